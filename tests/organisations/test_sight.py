"""The table "Who may see what", walked with every persona: metadata, files, lists and counts say the same."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone

from tests.cast import World, actor_of, make_delegation, make_person
from tests.entries import (
    arrived,
    make_assigned,
    make_delivered,
    make_directed,
    make_numbered,
    make_presented,
    make_registered,
    person,
    unit,
)
from vanthu.documents import actions as document_actions
from vanthu.documents import queries as documents
from vanthu.documents.models import IncomingEntry, OutgoingEntry
from vanthu.dossiers import actions as dossier_actions
from vanthu.dossiers import archiving
from vanthu.dossiers import queries as dossiers
from vanthu.issuing import actions as issuing_actions
from vanthu.issuing import queries as issuing
from vanthu.issuing.actions import Outline
from vanthu.kernel import participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import NotAllowed, NotFound
from vanthu.organisations.models import Account, Delegation, OfficeRules, Unit
from vanthu.organisations.powers import Role
from vanthu.tasks import actions as tasks
from vanthu.tasks.actions import Direction

# Columns are items of the province (see `Items`). "all": metadata and files; "data": metadata without files;
# "few": number, date and issuer only; "-": it does not exist.
TABLE = """
                        new  P1   mine P9   named former sent kept draft hidden filed open archive back
clerk                   all  all  all  all  few   all    all  few  all   -      all   all  all     data
head                    all  all  all  all  all   all    all  all  all   all    all   all  all     data
deputy                  -    all  all  -    -     -      all  -    all   -      all   all  all     -
deputy who sees all     all  all  all  all  all   all    all  all  all   all    all   all  all     data
chief                   all  all  all  all  -     all    all  -    all   -      all   all  all     data
head_of_unit            -    all  all  -    -     -      all  -    all   -      all   all  all     -
head_of_neighbour       -    -    -    -    -     -      -    -    -     -      -     -    -       -
two_posts               -    -    -    all  -     -      -    -    -     -      -     -    -       -
specialist              -    -    all  -    all   -      all  all  all   all    all   all  all     -
second_specialist       -    -    -    -    -     -      -    -    -     -      -     -    -       -
member of an open unit  -    all  all  -    -     -      all  -    all   -      all   all  all     -
neighbour               -    -    -    -    -     -      -    -    -     -      -     -    -       -
delegate                -    all  all  -    -     -      all  -    all   -      all   all  all     -
delegate afterwards     -    -    -    -    -     -      -    -    -     -      -     -    -       -
delegate revoked        -    -    -    -    -     -      -    -    -     -      -     -    -       -
delegate of the head    all  all  all  all  all   all    all  all  all   all    all   all  all     data
archivist               -    -    -    -    -     -      -    -    -     -      all   -    all     -
administrator           -    -    -    -    -     -      -    -    -     -      -     -    -       -
inspector               -    -    -    -    -     -      -    -    -     -      -     -    -       -
supreme_head            -    -    -    -    -     -      -    -    -     -      -     -    -       -
supreme_clerk           -    -    -    -    -     -      -    -    -     -      -     -    -       -
supreme_head_of_unit    -    -    -    -    -     -      -    -    -     -      -     -    -       -
supreme_specialist      -    -    -    -    -     -      -    -    -     -      -     -    -       -
region_head             -    -    -    -    -     -      -    -    -     -      -     -    -       -
region_clerk            -    -    -    -    -     -      -    -    -     -      -     -    -       -
region_specialist       -    -    -    -    -     -      -    -    -     -      -     -    -       -
second_region_clerk     -    -    -    -    -     -      -    -    -     -      -     -    -       -
two_offices             -    -    -    -    -     -      -    -    -     -      -     -    -       -
two_offices away        -    -    -    -    -     -      -    -    -     -      -     -    -       -
"""
HEADER, *ROWS = TABLE.strip().splitlines()
EXPECTED = {row[:24].strip(): dict(zip(HEADER.split(), row[24:].split(), strict=True)) for row in ROWS}


@dataclass(frozen=True)
class Items:
    """What the columns are: (kind, id) of each."""

    places: dict[str, Item]

    @classmethod
    def make(cls, world: World) -> "Items":
        specialist = world.actor("specialist")
        named = make_presented(world, restricted=True)
        tasks.direct(named.pk, Direction(lead=person(world, "specialist")), by=world.actor("head"))
        owners = [person(world, "specialist"), unit(world, "P1")]
        archive, filed = _handed_over(world, specialist)
        return cls(
            {
                "new": Item("in", make_registered(world).pk),
                "P1": Item("in", make_directed(world).pk),
                "mine": Item("in", make_assigned(world).pk),
                "P9": Item("in", make_directed(world, lead=unit(world, "P9")).pk),
                "named": Item("in", named.pk),
                "former": Item("in", _of_the_predecessor(world).pk),
                "sent": Item("out", make_numbered(world, "clerk", owners=owners).pk),
                "kept": Item("out", make_numbered(world, "clerk", owners=owners, restricted=True).pk),
                "draft": Item("draft", _draft(world, specialist)),
                "hidden": Item("draft", _draft(world, specialist, restricted=True)),
                "filed": filed,
                "open": Item("dossier", dossier_actions.open_dossier("Hồ sơ đang lập", by=specialist).pk),
                "archive": archive,
                "back": Item("in", _returned(world).pk),
            }
        )


def _handed_over(world: World, by: Actor) -> tuple[Item, Item]:
    filed = Item("in", make_assigned(world).pk)
    dossier = dossier_actions.open_dossier("Hồ sơ đã nộp lưu", retention_years=10, by=by)
    dossier_actions.put_in(dossier.pk, filed, by=by)
    dossier_actions.close(dossier.pk, reason="Văn bản giấy nộp kèm", by=by)
    archiving.hand_over(dossier.pk, by=by)
    return Item("dossier", dossier.pk), filed


def _of_the_predecessor(world: World) -> IncomingEntry:
    return arrived(make_numbered(world).document, world.former)


def _returned(world: World) -> IncomingEntry:
    entry = make_delivered(world)
    return document_actions.return_to_sender(entry.pk, "Gửi nhầm nơi nhận", by=world.actor("clerk"))


def _draft(world: World, by: Actor, *, restricted: bool = False) -> int:
    outline = Outline(
        kind="CV",
        subject="Về việc trả lời đề nghị phối hợp",
        signer_id=world.post("head").pk,
        others=["Công an tỉnh Bắc Ninh"],
        restricted=restricted,
    )
    draft = issuing_actions.start(outline, from_template=False, by=by)
    return draft.pk


@pytest.fixture
def items(world: World) -> Items:
    return Items.make(world)


def actors(world: World) -> Iterator[tuple[str, Actor]]:
    """Every row of the table with its actor; rows with a word more change the world first."""
    for name in EXPECTED:
        if " " not in name:
            yield name, world.actor(name)
    yield "two_offices away", world.actor("two_offices", office="second_region")
    make_delegation(world.post("head"), world.post("neighbour"), "direct")
    yield "delegate of the head", _again(world, "neighbour")
    OfficeRules.objects.filter(pk=world.province.pk).update(deputies_see_all=True)
    yield "deputy who sees all", _again(world, "deputy")
    Delegation.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    yield "delegate afterwards", _again(world, "delegate")
    Delegation.objects.update(ends_at=timezone.now() + timedelta(days=1), revoked_at=timezone.now())
    yield "delegate revoked", _again(world, "delegate")
    Unit.objects.filter(pk=world.unit("P1").pk).update(open_to_members=True)
    yield "member of an open unit", _again(world, "second_specialist")


def _again(world: World, persona: str) -> Actor:
    """The persona after their rights changed."""
    Account.objects.filter(pk=world.account(persona).pk).update(rights_version=F("rights_version") + 1)
    return world.actor(persona)


def metadata(by: Actor, item: Item) -> str:
    """What the room's own query shows of an item."""
    look: dict[str, Callable[[], Any]] = {
        "in": lambda: documents.incoming(item.id, by),
        "out": lambda: documents.outgoing(item.id, by),
        "draft": lambda: issuing.draft(item.id, by),
        "dossier": lambda: dossiers.dossier(item.id, by),
    }
    try:
        seen = look[item.kind]()
    except NotFound:
        return "-"
    if item.kind in ("in", "out"):
        document = seen.entry.document
        shown = document.subject != documents.MASKED_SUBJECT and bool(document.signer_name)
        assert shown is not seen.sight.masked
        assert document.issuer_name
        if not (seen.sight.masked or seen.sight.files):
            return "data"
    return "few" if seen.sight.masked else "all"


def files(by: Actor, item: Item) -> bool:
    """Whether the files of an item open."""
    match item.kind:
        case "in":
            return documents.may_open_document(IncomingEntry.objects.get(pk=item.id).document_id, by)
        case "out":
            return documents.may_open_document(OutgoingEntry.objects.get(pk=item.id).document_id, by)
        case "draft":
            return issuing.may_open_draft(item.id, by)
        case _:
            sight = participants.sight(by, item)
            return sight is not None and sight.files


def listed(by: Actor) -> set[Item]:
    """Everything that the lists show."""
    return {
        *(Item("in", seen.entry.pk) for seen in documents.incoming_list(by, limit=100)),
        *(Item("out", seen.entry.pk) for seen in documents.outgoing_list(by, limit=100)),
        *(Item("draft", seen.draft.pk) for seen in issuing.drafts(by, limit=100)),
        *(Item("dossier", one.pk) for one in dossiers.dossiers(by, limit=100)),
    }


def test_every_row_of_the_table(world: World, items: Items) -> None:
    found: dict[str, dict[str, str]] = {}
    for name, by in actors(world):
        found[name] = {column: metadata(by, item) for column, item in items.places.items()}
    assert found == EXPECTED


def test_files_open_for_whoever_sees_all(world: World, items: Items) -> None:
    for name, by in actors(world):
        opened = {column for column, item in items.places.items() if files(by, item)}
        expected = {column for column, level in EXPECTED[name].items() if level == "all"}
        if name.startswith("supreme_"):  # who sent these opens their own document
            opened -= {"former", "back"}
        assert opened == expected, name


def test_lists_show_what_is_seen_and_nothing_else(world: World, items: Items) -> None:
    for name, by in actors(world):
        expected = {items.places[column] for column, level in EXPECTED[name].items() if level != "-"}
        assert listed(by) & set(items.places.values()) == expected, name


def test_counts_are_those_of_the_lists(world: World, items: Items) -> None:
    for name, by in actors(world):
        counted = participants.counts(by)
        for kind in ("in", "out", "draft", "dossier"):
            for owner in ("o", "u", "p", "a"):
                rows = participants.window(by, kind, owner_kinds=(owner,), limit=200)  # type: ignore[arg-type]
                total = sum(n for (of, what, _), n in counted.items() if (of, what) == (owner, kind))
                assert total == len(rows), (name, kind, owner)
        if set(EXPECTED[name].values()) == {"-"} and not name.startswith("supreme_"):
            assert counted == {}, name


def test_the_table_names_the_whole_cast(world: World) -> None:
    assert set(world.accounts) <= set(EXPECTED)
    assert {name for name, _ in actors(world)} == set(EXPECTED)


def test_what_is_hidden_answers_like_what_is_not_there(world: World, items: Items) -> None:
    entry, nothing = items.places["mine"].id, 999_999_999
    verbs: list[Callable[[int, Actor], object]] = [
        lambda pk, by: document_actions.receive(pk, by=by),
        lambda pk, by: document_actions.return_to_sender(pk, "Gửi nhầm nơi nhận", by=by),
        lambda pk, by: document_actions.present(pk, world.person("head").pk, by=by),
        lambda pk, by: tasks.direct(pk, Direction(lead=unit(world, "P1")), by=by),
        lambda pk, by: tasks.assign(pk, Direction(lead=person(world, "specialist")), by=by),
        lambda pk, by: tasks.finish(pk, "Đã báo cáo", by=by),
        lambda pk, by: tasks.instruct(pk, "Ý kiến", by=by),
        lambda pk, by: tasks.mark_read(pk, by=by),
    ]
    for persona in ("neighbour", "head_of_neighbour", "region_clerk", "region_head", "administrator"):
        by = world.actor(persona)
        for verb in verbs:
            assert refusal(verb, entry, by) == refusal(verb, nothing, by)


def refusal(verb: Callable[[int, Actor], object], pk: int, by: Actor) -> tuple[str, str]:
    with pytest.raises((NotFound, NotAllowed)) as refused:
        verb(pk, by)
    return refused.value.code, refused.value.message


def test_a_predecessor_does_not_see_its_successors_documents(world: World, items: Items) -> None:
    left_behind = actor_of(make_person(world.former, Role.HEAD))
    seen = {name for name, item in items.places.items() if metadata(left_behind, item) != "-"}
    assert seen == {"former"}

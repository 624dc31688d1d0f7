"""Who may sign, whom a draft goes to, and how a restricted one comes through without being shown around."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from tests.cast import World, make_office
from tests.entries import make_delivered, make_registered
from tests.issuing.test_way import drafted, needs_converter, outline
from vanthu.documents import actions as documents
from vanthu.documents import queries as document_queries
from vanthu.issuing import actions, queries, reviews, saga, turns
from vanthu.issuing.models import Draft, Recipient, Version
from vanthu.issuing.showing import show
from vanthu.kernel.calendar import now, today
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations.models import Account, Office, OfficeRules, Post
from vanthu.organisations.powers import Role
from vanthu.web.issuing.tabs import tabs_for

pytestmark = pytest.mark.django_db


def start(
    world: World, persona: str = "specialist", *, replies_to: int | None = None, **fields: Any
) -> Draft:
    by = world.actor(persona)
    return actions.start(outline(world, **fields), replies_to=replies_to, from_template=False, by=by)


def put(draft: Draft, state: str) -> Draft:
    """The draft in a later state, without its files."""
    Draft.objects.filter(pk=draft.pk).update(state=state, signed_at=now() if state == "signed" else None)
    draft = queries.hold_free(draft.pk)
    show(draft, drafter_state="submitted")
    return draft


@pytest.mark.parametrize("signer", ["specialist", "clerk", "head_of_unit", "administrator", "region_head"])
def test_only_who_may_sign_for_the_office_is_named_as_signer(world: World, signer: str) -> None:
    with pytest.raises(Invalid) as refused:
        start(world, signer_id=world.post(signer).pk)
    assert set(refused.value.fields) == {"signer"}
    draft = start(world)
    with pytest.raises(Invalid):
        actions.change(
            draft.pk, outline(world, signer_id=world.post(signer).pk), by=world.actor("specialist")
        )


def test_the_check_of_form_moves_with_the_rules_of_the_office(world: World) -> None:
    OfficeRules.objects.filter(office=world.province).update(duties={"review_form": ["clerk"]})
    draft = put(start(world, restricted=True), "form")
    clerk = world.actor("clerk")
    assert turns.whose_turn(queries.draft(draft.pk, clerk).draft, clerk) == "form"
    assert "form" in [tab.key for tab in tabs_for(clerk, {})]
    chief = world.actor("chief")
    assert "form" not in [tab.key for tab in tabs_for(chief, {})]
    with pytest.raises(NotFound):
        queries.draft(draft.pk, chief)


def test_who_left_the_post_does_not_sign_and_the_office_sends_it_back(world: World) -> None:
    draft = put(start(world, signer_id=world.post("deputy").pk), "approval")
    assert turns.may_sign(draft, world.actor("deputy"))
    with pytest.raises(Conflict):
        reviews.return_draft(draft.pk, "Trả lại để sửa", by=world.actor("chief"))
    Post.objects.filter(pk=world.post("deputy").pk).update(valid_to_on=today() - timedelta(days=1))
    Post.objects.create(
        person=world.person("deputy"), office=world.province, role=Role.SPECIALIST, title="Kiểm sát viên"
    )
    Account.objects.filter(pk=world.account("deputy").pk).update(rights_version=F("rights_version") + 1)
    with pytest.raises(NotAllowed):
        saga.sign(draft.pk, by=world.actor("deputy"))
    reviews.return_draft(draft.pk, "Người ký đã chuyển công tác", by=world.actor("chief"))
    assert Draft.objects.get(pk=draft.pk).state == "drafting"


@pytest.mark.parametrize(
    ("recipients", "said"),
    [("former", "không còn hoạt động"), ("own", "chính cơ quan mình"), ("unknown", "không còn trong danh mục"),
     ("long", "dài quá 200")],
)  # fmt: skip
def test_recipients_that_cannot_get_it(world: World, recipients: str, said: str) -> None:
    fields: dict[str, dict[str, Any]] = {
        "former": {"office_ids": [world.former.pk]},
        "own": {"office_ids": [world.province.pk]},
        "unknown": {"office_ids": [999_999_999]},
        "long": {"others": ["Ủy ban " * 40]},
    }
    with pytest.raises(Invalid, match=said):
        start(world, **fields[recipients])
    assert not Recipient.objects.exists()


def test_nobody_gets_it_twice(world: World) -> None:
    region = world.region.pk
    draft = start(world, office_ids=[region, region], others=["Sở Nội vụ", " Sở  Nội vụ ", ""])
    assert [one.name for one in queries.recipients(draft.pk)] == [world.region.name, "Sở Nội vụ"]


@needs_converter
def test_four_hundred_recipients_stand_in_the_book(signing_world: World) -> None:
    world = signing_world
    offices = [make_office().pk for _ in range(120)]
    Office.objects.filter(pk__in=offices).update(name="Viện kiểm sát nhân dân khu vực số một trăm linh một")
    draft = drafted(world, office_ids=offices)
    actions.submit(draft.pk, by=world.actor("specialist"))
    reviews.pass_content(draft.pk, by=world.actor("head_of_unit"))
    saga.pass_form(draft.pk, by=world.actor("chief"))
    saga.sign(draft.pk, by=world.actor("head"))
    numbered = saga.number(draft.pk, by=world.actor("clerk"))
    assert numbered.outgoing is not None
    assert len(numbered.outgoing.recipients) > 4000
    assert numbered.outgoing.recipients.count(";") == 120


def test_what_is_not_registered_is_not_answered(world: World) -> None:
    entry = make_delivered(world)
    with pytest.raises(Conflict, match="chưa vào sổ"):
        start(world, "chief", replies_to=entry.pk)


def test_a_reply_does_not_tell_the_clerk_what_is_masked(world: World) -> None:
    entry = make_registered(world, restricted=True)
    assert document_queries.incoming(entry.pk, world.actor("clerk")).sight.masked
    with pytest.raises(NotAllowed, match="hạn chế tiếp cận"):
        start(world, "clerk", replies_to=entry.pk)
    assert not Draft.objects.exists()


def test_a_reply_to_a_restricted_document_stays_restricted(world: World) -> None:
    entry = make_registered(world, restricted=True)
    draft = start(world, "head", replies_to=entry.pk)
    assert draft.restricted
    changed = actions.change(draft.pk, outline(world, restricted=False), by=world.actor("head"))
    assert changed.restricted


def test_a_restricted_draft_names_whose_turn_it_is_and_nobody_longer(world: World) -> None:
    draft = start(world, restricted=True)
    route = (
        ("drafting", None), ("content", "head_of_unit"), ("form", "chief"), ("approval", "head"),
        ("signed", "clerk"), ("drafting", None),
    )  # fmt: skip
    for state, whose in route:
        put(draft, state)
        for persona in ("head_of_unit", "chief", "clerk", "deputy", "head_of_neighbour"):
            by = world.actor(persona)
            if persona == whose:
                assert queries.draft(draft.pk, by).draft.pk == draft.pk
            else:
                with pytest.raises(NotFound):
                    queries.draft(draft.pk, by)
        assert queries.draft(draft.pk, world.actor("specialist"))


@needs_converter
def test_a_restricted_draft_is_issued(signing_world: World) -> None:
    world = signing_world
    draft = drafted(world, restricted=True)
    actions.submit(draft.pk, by=world.actor("specialist"))
    reviews.pass_content(draft.pk, by=world.actor("head_of_unit"))
    saga.pass_form(draft.pk, by=world.actor("chief"))
    saga.sign(draft.pk, by=world.actor("head"))
    saga.number(draft.pk, by=world.actor("clerk"))
    run_jobs()
    draft.refresh_from_db()
    assert draft.state == "issued"
    assert draft.outgoing_id is not None
    assert document_queries.outgoing(draft.outgoing_id, world.actor("clerk")).sight.masked
    with pytest.raises(NotFound):
        queries.draft(draft.pk, world.actor("clerk"))


@needs_converter
def test_what_is_signed_is_the_newest_version(signing_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world = signing_world
    draft = drafted(world)
    actions.submit(draft.pk, by=world.actor("specialist"))
    reviews.pass_content(draft.pk, by=world.actor("head_of_unit"))
    places_of = saga.places_of

    def meanwhile(version: Version) -> Any:
        found = places_of(version)
        Version.objects.create(
            draft_id=draft.pk,
            ordinal=2,
            made_by_id=world.person("specialist").pk,
            made_at=now(),
            pdf=version.pdf,
        )
        return found

    monkeypatch.setattr(saga, "places_of", meanwhile)
    with pytest.raises(Conflict, match="bản mới"):
        saga.pass_form(draft.pk, by=world.actor("chief"))
    assert Draft.objects.get(pk=draft.pk).state == "form"


def test_an_entry_of_the_predecessor_is_presented_to_a_leader_of_today(world: World) -> None:
    entry = make_registered(world)
    type(entry).objects.filter(pk=entry.pk).update(office=world.former)
    documents.present(entry.pk, world.person("head").pk, by=world.actor("clerk"))
    assert document_queries.incoming(entry.pk, world.actor("head")).entry.state == "presented"

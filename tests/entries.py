"""Makers of documents on their way: typed in, delivered, directed, assigned, numbered. Personas: see the cast."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import count
from typing import Any

from tests.cast import World
from vanthu.documents import actions, outgoing, recalling
from vanthu.documents.fields import Arrival
from vanthu.documents.models import Document, IncomingEntry, OutgoingEntry
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Owner
from vanthu.organisations.models import Office
from vanthu.tasks import actions as tasks
from vanthu.tasks.actions import Direction

ISSUER = "Công an tỉnh Bắc Ninh"
SUBJECT = "Về việc phối hợp kiểm tra công tác tạm giữ, tạm giam năm 2026"
VERDICT = {"verdict": "valid", "summary": "Chữ ký hợp lệ: Vũ Đình Lâm.", "problems": [], "signatures": []}

_numbers = count(100)


def arrival(**fields: Any) -> Arrival:
    """What a clerk types; every call is another document."""
    day = today()
    return Arrival(
        **{
            "kind": "CV",
            "number": str(next(_numbers)),
            "notation": "CAT-PV01",
            "issued_on": day - timedelta(days=1),
            "issuer_name": ISSUER,
            "subject": SUBJECT,
            "signer_name": "Nguyễn Hữu Phước",
            "signer_title": "Phó Giám đốc",
            "arrived_on": day,
            **fields,
        }
    )


def make_registered(world: World, clerk: str = "clerk", **fields: Any) -> IncomingEntry:
    """An entry that the clerk registered by hand."""
    return actions.register(arrival(**fields), by=world.actor(clerk))


def make_presented(world: World, leader: str = "head", **fields: Any) -> IncomingEntry:
    """An entry that waits for the direction of a leader of the province."""
    entry = make_registered(world, **fields)
    return actions.present(entry.pk, world.person(leader).pk, by=world.actor("clerk"))


def make_directed(
    world: World, *, lead: Owner | None = None, support: Sequence[Owner] = (), **fields: Any
) -> IncomingEntry:
    """An entry that the head gave to unit 1 (or `lead`)."""
    entry = make_presented(world, **fields)
    direction = Direction(text="Đề nghị tham mưu.", lead=lead or unit(world, "P1"), support=support)
    tasks.direct(entry.pk, direction, by=world.actor("head"))
    return fresh(entry)


def make_assigned(world: World, persona: str = "specialist", **fields: Any) -> IncomingEntry:
    """An entry that the head of unit 1 passed on to a specialist."""
    entry = make_directed(world, **fields)
    direction = Direction(lead=person(world, persona))
    tasks.assign(entry.pk, direction, by=world.actor("head_of_unit"))
    return fresh(entry)


def make_numbered(
    world: World,
    clerk: str = "supreme_clerk",
    *,
    owners: Iterable[Owner] = (),
    restricted: bool = False,
    subject: str = SUBJECT,
    notation: str = "VKSTC-V14",
) -> OutgoingEntry:
    """An outgoing entry with its number, of the clerk's office."""
    by = world.actor(clerk)
    return outgoing.number(
        outgoing.Departure(
            kind="CV",
            notation=notation,
            issuer_name="Viện kiểm sát nhân dân tối cao",
            subject=subject,
            signer_name="Đào Trọng Khánh",
            signer_title="Viện trưởng",
            restricted=restricted,
        ),
        owners=list(owners),
        by=by,
    )


def make_delivered(world: World, office: str = "province", **fields: Any) -> IncomingEntry:
    """An entry of the Supreme Procuracy's document in the inbox of an office."""
    return arrived(make_numbered(world, **fields).document, world.office(office))


def make_recalled(world: World, office: str = "province", **fields: Any) -> IncomingEntry:
    """What is left at an office of a document that the Supreme Procuracy recalled."""
    outgoing_entry = make_numbered(world, **fields)
    outgoing.issue(outgoing_entry, by=world.actor("supreme_clerk"))
    entry = arrived(outgoing_entry.document, world.office(office))
    order = recalling.Order(
        reason="Ban hành nhầm phụ lục số liệu",
        basis="Điều 18 Nghị định 30/2020/NĐ-CP",
        ordered_by=world.person("supreme_head").pk,
    )
    recalling.recall(outgoing_entry.pk, order, by=world.actor("supreme_clerk"))
    recalling.empty(outgoing_entry.pk, [world.office(office).pk])
    return fresh(entry)


def arrived(document: Document, office: Office) -> IncomingEntry:
    """The entry of this document in the inbox of an office, delivered now unless it was."""
    found = actions.deliver(document, channel="internal", office_ids=[office.pk], verdict=VERDICT)
    return found[office.pk]


def fresh(entry: IncomingEntry) -> IncomingEntry:
    """The entry as it now stands in the database."""
    return IncomingEntry.objects.select_related("document").get(pk=entry.pk)


def unit(world: World, abbreviation: str) -> Owner:
    return Owner("u", world.unit(abbreviation).pk)


def person(world: World, persona: str) -> Owner:
    return Owner("p", world.person(persona).pk)


def stranger() -> Actor:
    """Somebody with every power and no reach."""
    return Actor(account_id=999_999, person_id=999_999, office_id=999_999, powers=frozenset({"register"}))

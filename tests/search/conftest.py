"""Items to be found."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from tests.cast import World
from vanthu.documents.models import Document, IncomingEntry, OutgoingEntry, Series
from vanthu.documents.symbols import split
from vanthu.kernel import participants
from vanthu.kernel.participants import Item, Owner
from vanthu.organisations.models import Office
from vanthu.search import actions

type Make = Callable[..., IncomingEntry]

_moments = count()
FIRST = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def moment() -> datetime:
    """Later than every moment before."""
    return FIRST + timedelta(hours=next(_moments))


def make_document(office: Office, subject: str, symbol: str, **fields: Any) -> Document:
    number, notation = split(symbol)
    values = {
        "kind": "KH",
        "issued_on": date(2026, 2, 27),
        "issuer_name": "Viện kiểm sát nhân dân tối cao",
        "signer_name": "Đào Trọng Khánh",
        **fields,
    }
    return Document.objects.create(
        entered_by_office=office, subject=subject, number=number, notation=notation, **values
    )


def make_arrival(
    document: Document, office: Office, owners: Iterable[Owner], *, restricted: bool = False, **fields: Any
) -> IncomingEntry:
    """The document registered at an office, its owners, and its row in search."""
    arrived_at = fields.pop("arrived_at", None) or moment()
    described = ("kind", "number", "notation", "issued_on", "issuer_name", "subject", "signer_name")
    if "arrival_number" in fields:
        fields |= _registered(office, arrived_at)
    entry = IncomingEntry.objects.create(
        office=office,
        document=document,
        arrived_at=arrived_at,
        state=fields.pop("state", "waiting"),
        channel="scan",
        restricted=restricted,
        **{name: getattr(document, name) for name in described} | fields,
    )
    for owner in (Owner("o", office.pk), *owners):
        participants.include(
            Item("in", entry.pk),
            owner,
            office_id=office.pk,
            role="owner",
            state="to_do",
            at=arrived_at,
            restricted=restricted,
        )
    actions.index("in", entry.pk)
    return entry


def _registered(office: Office, at: datetime) -> dict[str, Any]:
    series, _ = Series.objects.get_or_create(office=office, direction="in", scope="all", period="2026")
    return {"state": "registered", "series": series, "arrived_on": at.date(), "registered_at": at}


def make_departure(
    document: Document, office: Office, *, numbered_at: datetime | None = None
) -> OutgoingEntry:
    """The document issued by an office, and its row in search."""
    number = OutgoingEntry.objects.count() + 1
    series, _ = Series.objects.get_or_create(office=office, direction="out", scope="all", period="2026")
    entry = OutgoingEntry.objects.create(
        office=office,
        document=document,
        series=series,
        number=number,
        state="issued",
        numbered_at=numbered_at or moment(),
        issued_at=numbered_at or moment(),
    )
    participants.include(
        Item("out", entry.pk),
        Owner("o", office.pk),
        office_id=office.pk,
        role="owner",
        state="issued",
        at=entry.numbered_at,
    )
    actions.index("out", entry.pk)
    return entry


@pytest.fixture
def arrive(world: World) -> Make:
    """Make an entry of the province: `arrive(subject, symbol, owners)`."""

    def make(
        subject: str, symbol: str = "1/KH-VKSTC", owners: Iterable[Owner] = (), **fields: Any
    ) -> IncomingEntry:
        of_document = {
            name: fields.pop(name) for name in ("issuer_name", "issued_on", "kind") if name in fields
        }
        document = make_document(world.province, subject, symbol, **of_document)
        return make_arrival(document, world.province, owners, **fields)

    return make

"""Ways out of the installation: which connections are on, our addresses there, which way a body is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vanthu.exchange.axis_models import Arrival, Connection, Kind, OwnAddress
from vanthu.exchange.transports.base import Transport, Wire
from vanthu.exchange.transports.opening import open_transport
from vanthu.kernel.vault import decrypted
from vanthu.organisations import agencies
from vanthu.organisations.agency_codes import folded, forms

SECRET_OPTIONS = frozenset({"unit_secret"})  # kept encrypted like the secret itself
_own: dict[str, Callable[[Connection], Transport]] = {}


@dataclass(frozen=True, slots=True)
class Way:
    """How an office reaches a body: over this connection, from this address, under this code."""

    connection: Connection
    address: OwnAddress
    to_code: str


def serve(kind: Kind, make: Callable[[Connection], Transport]) -> None:
    """Let connections of a kind that is inside the installation be opened by `make`; called by `config.wiring`."""
    _own[kind] = make


def active() -> list[Connection]:
    """The connections that are on, the preferred ones first."""
    return list(Connection.objects.filter(active=True).order_by("position", "pk"))


def transport_of(connection: Connection) -> Transport:
    """The transport of a connection.

    Raises `Unavailable` when its secret cannot be read any more, `TransportError` when its address cannot be used.
    """
    if connection.kind in _own:
        return _own[connection.kind](connection)
    secret = decrypted(connection.secret) if connection.secret else ""
    options = dict(connection.options)
    for name in SECRET_OPTIONS & options.keys():
        options[name] = decrypted(options[name])
    return open_transport(Wire(connection.kind, connection.endpoint, connection.system_id, secret, options))


def own_addresses(connection: Connection, codes: Iterable[str]) -> dict[str, OwnAddress]:
    """{folded code: our address in use} of those codes that name one of our offices on a connection, in any form.

    The code itself goes before other codes that the connection's list has for the same body, these before the
    form that is computed. Raw codes that name nobody of ours are absent. One query where all are written as ours are,
    at most four.
    """
    wanted = {folded(code) for code in codes if folded(code)}
    ours = _ours(connection, wanted)
    others = wanted - ours.keys()
    if not others:
        return ours
    listed = agencies.aliases(others, connection.key)
    ways = {code: (*sorted(listed.get(code, ())), *forms(code)[1:]) for code in others}
    known = _ours(connection, {form for one in ways.values() for form in one})
    found = {code: next((known[form] for form in one if form in known), None) for code, one in ways.items()}
    return ours | {code: address for code, address in found.items() if address is not None}


def _ours(connection: Connection, codes: Iterable[str]) -> dict[str, OwnAddress]:
    """Our addresses in use under these folded codes."""
    rows = OwnAddress.objects.filter(connection=connection, active=True, folded__in=list(codes))
    return {row.folded: row for row in rows.select_related("office")}


def sender_of(entry_id: int) -> int | None:
    """The body outside whose packet brought an incoming entry, so that it can be answered; None for any other."""
    arrivals = Arrival.objects.filter(entry=entry_id, agency__isnull=False).select_related(
        "agency", "packet__connection"
    )
    found = arrivals.order_by("-pk").first()
    if found is None or found.agency is None or found.agency.active:
        return found.agency_id if found else None
    joined = agencies.by_code(found.agency.code, found.packet.connection.key)
    return joined.pk if joined else found.agency_id


def ways(office_id: int, agency_ids: Iterable[int]) -> dict[int, Way]:
    """{body: the way to it} by the preferred connection on which the office has an address and the body a code.

    Bodies without a way are absent; an office of a room of practice has no address. At most two queries.
    """
    ids = list(agency_ids)
    if not ids:
        return {}
    mine = (
        OwnAddress.objects.filter(
            office=office_id, office__room=None, active=True, preferred=True, connection__active=True
        )
        .select_related("connection")
        .order_by("-connection__position", "-connection")
    )
    addresses = list(mine)
    codes = agencies.current_codes(ids, [one.connection.key for one in addresses]) if addresses else {}
    found: dict[int, Way] = {}
    for address in addresses:  # the preferred connection comes last and stands
        for body in ids:
            if to_code := codes.get((body, address.connection.key)):
                found[body] = Way(address.connection, address, to_code)
    return found

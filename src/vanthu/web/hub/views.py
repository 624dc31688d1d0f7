"""The interface of the axis, served by this installation: names, headers and answers are those of its kit."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from vanthu.exchange.dialects.reading import moment
from vanthu.exchange.hub import bodies, queues, sending
from vanthu.exchange.hub.calls import Caller
from vanthu.exchange.hub.errors import FILE_BAD, HubError
from vanthu.exchange.hub.sending import Offer
from vanthu.kernel.calendar import now
from vanthu.kernel.files import written
from vanthu.organisations.agency_codes import depth, folded
from vanthu.web.hub import answers
from vanthu.web.hub.gate import hub_call
from vanthu.web.hub.taking import declared_length, take

KINDS = ("edoc", "status")
_WEEK = timedelta(days=7)
_MOST_JSON = 64 << 10  # bytes of a body that registers an agency


@hub_call("POST", remembers=True)
def send(request: HttpRequest, caller: Caller) -> HttpResponseBase:
    """`sendEdoc`: take one packet for all its receivers; answers its `DocId`."""
    message, system = caller.message, caller.system
    kind, from_code = _kind(caller), message.value("from")
    if not bodies.speaks_for(system, from_code, caller.connection):
        raise sending.wrong_sender(from_code)
    sending.refuse_over_quota(system, declared_length(request))
    with written.workplace() as folder:
        path = folder / "packet.edxml"
        size, sha256 = take(request, path, message.value("hash-file"))
        offer = Offer(
            system=system,
            connection=caller.connection,
            kind=kind,
            from_code=from_code,
            to_codes=_to_codes(message.value("to")),
            path=path,
            size=size,
            sha256=sha256,
            digest=message.digest,
        )
        return answers.done(DocId=sending.accept(offer, folder))


@hub_call("POST")
def received(request: HttpRequest, caller: Caller) -> HttpResponseBase:
    """`getReceivedEdocList`: what waits for the system, oldest first; pages are counted from 1."""
    value = caller.message.value
    until = moment(value("toDate"))
    rows = queues.waiting(
        caller.system,
        _kind(caller),
        since=moment(value("fromDate")),
        until=_end_of(until) if until else None,
        to_code=value("to"),
        place=max(0, _number(value("pageIndex"), 1) - 1),
        size=_number(value("pageSize"), queues.PAGE),
    )
    found = [
        {
            "docId": row.doc_id,
            "serviceType": "eDoc",
            "messageType": row.kind,
            "created_time": _time(row.queued_at),
            "updated_time": _time(row.changed_at),
            "from": row.packet.from_code,
            "to": row.to_code,
            "status": row.state,
            "status_desc": row.note or row.get_state_display(),
        }
        for row in rows
    ]
    return answers.done(data=found)


@hub_call("POST")
def sent(request: HttpRequest, caller: Caller) -> HttpResponseBase:
    """`getSentEdocList`: where a packet of the system is for each receiver; else all of a week, or since `fromDate`."""
    value = caller.message.value
    since = moment(value("fromDate")) or (None if value("docId") else now() - _WEEK)
    rows = queues.sent(caller.system, doc_id=value("docId"), since=since)
    found = [
        {
            "serviceType": "eDoc",
            "messageType": row.kind,
            "senderDocId": row.packet.doc_id,
            "receiverDocId": row.doc_id,
            "fromCode": row.packet.from_code,
            "toCode": row.to_code,
            "title": row.packet.title,
            "notation": row.packet.symbol,
            "sentTime": _time(row.packet.sent_at),
            "receivedTime": _time(row.received_at) if row.received_at else "",
            "sendStatus": "done",
            "sendStatusDesc": "Trục đã nhận",
            "receiveStatus": row.state,
            "receiveStatusDesc": row.note or row.get_state_display(),
        }
        for row in rows
    ]
    return answers.done(data=found)


@hub_call("POST")
def fetch(request: HttpRequest, caller: Caller) -> HttpResponseBase:
    """`getEdoc`: a packet for the system, base64 in the answer."""
    row = queues.item(caller.system, caller.message.value("docId"))
    return answers.in_json(queues.opened(row))


@hub_call("GET")
def download(request: HttpRequest, caller: Caller) -> HttpResponseBase:
    """`downloadEdoc`: the same as a file."""
    row = queues.item(caller.system, caller.message.value("docId"))
    return answers.as_file(queues.opened(row), f"{row.doc_id}.edxml")


@hub_call("POST")
def tell(request: HttpRequest, caller: Caller) -> HttpResponseBase:
    """`updateStatus`: what the system has done with a packet that it took."""
    value = caller.message.value
    queues.tell(queues.item(caller.system, value("docId")), value("status"), value("description"))
    return answers.done()


@hub_call("GET", "POST")
def count_documents(request: HttpRequest, caller: Caller) -> HttpResponseBase:
    """`countReceiveEdoc`: how many document packets wait."""
    return answers.done(count=queues.count(caller.system, "edoc"))


@hub_call("GET", "POST")
def count_statuses(request: HttpRequest, caller: Caller) -> HttpResponseBase:
    """`countReceiveStatus`: how many statuses wait."""
    return answers.done(count=queues.count(caller.system, "status"))


@hub_call("POST")
def agencies(request: HttpRequest, caller: Caller) -> HttpResponseBase:
    """`getAgenciesList`: every body on the hub."""
    listed = bodies.listing(caller.connection)
    parents = {folded(one.code): one.id for one in listed}
    found = [
        {
            "id": one.id,
            "pid": parents.get(folded(one.parent_code), ""),
            "code": one.code,
            "name": one.name,
            "mail": one.email,
            "oldCode": one.old_code,
        }
        for one in listed
    ]
    return answers.done(data=found)


@hub_call("POST")
def new_agencies(request: HttpRequest, caller: Caller) -> HttpResponseBase:
    """`getAgenciesListQD20`: the same by the codes of Decision 20/2020/QĐ-TTg, of one level where it is named."""
    level = _number(caller.message.value("level"), 0)
    found = [
        {"id": one.id, "code": one.code, "name": one.name, "mail": one.email, "code102": one.old_code}
        for one in bodies.listing(caller.connection)
        if not level or depth(folded(one.code)) == level
    ]
    return answers.done(data=found)


@hub_call("POST")
def changed_agencies(request: HttpRequest, caller: Caller) -> HttpResponseBase:
    """`getSynchronizeUnit`: every body with the version of its last change, or what changed after `fromVersion`."""
    since = _number(caller.message.value("fromVersion"), 0)
    listed = bodies.changes(caller.connection, since)
    parents = {folded(one.code): one.id for one in listed}
    found = [
        {
            "id": one.id,
            "pid": parents.get(folded(one.parent_code), ""),
            "code": one.code,
            "name": one.name,
            "mail": one.email,
            "version": one.version,
            "centerCode": caller.connection.system_id,
            "deleted": one.deleted,
            "modifyDate": _time(one.changed_at),
            "isAgency": True,
        }
        for one in listed
    ]
    return answers.done(data=found)


@hub_call("POST")
def register(request: HttpRequest, caller: Caller) -> HttpResponseBase:
    """`registerAgency`: enter a body below the system's own."""
    try:
        given: Any = json.loads(request.read(_MOST_JSON))
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise HubError(FILE_BAD, "Thân của yêu cầu phải là JSON có code và name.")
    bodies.register(caller.system, given)
    return answers.done()


@hub_call("POST")
def unregister(request: HttpRequest, caller: Caller) -> HttpResponseBase:
    """`deleteAgency`: take it off again."""
    bodies.unregister(caller.system, caller.message.value("AgencyCode"))
    return answers.done()


def _kind(caller: Caller) -> str:
    kind = caller.message.value("messagetype").lower()
    if kind not in KINDS:
        raise HubError(FILE_BAD, "messagetype phải là edoc hoặc status.")
    return kind


def _to_codes(text: str) -> tuple[str, ...] | None:
    """The receivers of the header `to`, None for all whom the packet names."""
    if not text:
        return None
    try:
        codes = json.loads(text)
    except ValueError:
        codes = None
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise HubError(FILE_BAD, 'Tiêu đề to phải là mảng JSON các mã, ví dụ ["H53.13"].')
    return tuple(codes) or None


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else otherwise


def _time(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y/%m/%d %H:%M:%S")


def _end_of(until: datetime) -> datetime:
    """A day alone is meant to its end."""
    return until + timedelta(days=1) if (until.hour, until.minute) == (0, 0) else until

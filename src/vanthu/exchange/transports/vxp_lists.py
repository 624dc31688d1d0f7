"""Lists of the axis as it answers them: names differ from server to server, times have several forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from vanthu.exchange.transports.base import AgencyRow, Listed, SentTo

_MADE = ("created_time", "createdTime")
_FORMS = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S")


def text(row: Mapping[str, Any], *names: str) -> str:
    """The first of the fields that says something, as trimmed text."""
    for name in names:
        value = row.get(name)
        if value is not None and (found := str(value).strip()) and found != "null":
            return found
    return ""


def moment(value: Any) -> datetime | None:
    """A time in milliseconds since 1970, or written out in local time; None where it is neither."""
    said = str(value or "").strip()
    if said.isdigit():
        seconds = int(said) / 1000 if len(said) > 10 else int(said)
        return datetime.fromtimestamp(seconds, UTC) if seconds < 1e11 else None
    for form in _FORMS:
        try:
            return timezone.make_aware(datetime.strptime(said[:19], form))  # noqa: DTZ007 - made aware here
        except ValueError:
            continue
    return None


def days(since: datetime | None) -> dict[str, str]:
    """The parameters that ask for a span of days, both included; none without a beginning."""
    if since is None:
        return {}
    return {
        "fromDate": f"{timezone.localtime(since):%Y/%m/%d}",
        "toDate": f"{timezone.localtime():%Y/%m/%d}",
    }


def listed_rows(rows: Sequence[Mapping[str, Any]], kind: str) -> Iterator[Listed]:
    """Packets that wait, oldest first; rows without an id are none."""
    for row in sorted(rows, key=lambda one: text(one, *_MADE)):
        if doc_id := text(row, "docId"):
            yield Listed(
                doc_id=doc_id,
                kind=kind,
                from_code=text(row, "from"),
                to_code=text(row, "to"),
                created_at=moment(text(row, *_MADE)),
                status=text(row, "status").lower(),
            )


def sent_rows(rows: Sequence[Mapping[str, Any]], doc_id: str) -> list[SentTo]:
    """Where packets of ours are, a row a receiver."""
    return [
        SentTo(
            doc_id=text(row, "senderDocId", "docId") or doc_id,
            to_code=text(row, "toCode", "to"),
            status=text(row, "receiveStatus", "sendStatus", "status").lower(),
            receiver_doc_id=text(row, "receiverDocId"),
            note=text(row, "receiveStatusDesc", "sendStatusDesc"),
            symbol=text(row, "notation"),
            title=text(row, "title"),
            sent_at=moment(row.get("sentTime")),
            received_at=moment(row.get("receivedTime")),
            from_code=text(row, "fromCode", "from"),
            kind=text(row, "messageType").lower(),
        )
        for row in rows
    ]


def agency_rows(
    units: Sequence[Mapping[str, Any]],
    listed: Sequence[Mapping[str, Any]],
    renamed: Sequence[Mapping[str, Any]],
    since_version: int,
) -> Iterator[AgencyRow]:
    """One row a body out of the three lists: units (versions), the list (`oldCode`), the new codes (`code102`).

    Where units carry versions, only those after `since_version`; bodies that only the other lists have come as well.
    """
    older: dict[str, set[str]] = {}
    for row, name in [*((one, "oldCode") for one in listed), *((one, "code102") for one in renamed)]:
        code, old = text(row, "code"), text(row, name)
        if code and old and code != old:
            older.setdefault(code, set()).add(old)
            older.setdefault(old, set()).add(code)
    codes = {text(row, "id"): text(row, "code") for row in (*listed, *units)}
    given: set[str] = set()
    for row in (*units, *listed, *renamed):
        code = text(row, "code")
        if not code or code in given:
            continue
        given.update((code, *older.get(code, ())))
        version = int(found) if (found := text(row, "version")).isdigit() else 0
        if version and version <= since_version:
            continue
        yield AgencyRow(
            code=code,
            name=text(row, "name") or code,
            old_codes=tuple(sorted(older.get(code, ()))),
            parent_code=codes.get(text(row, "pid"), ""),
            email=text(row, "mail"),
            version=version,
            deleted=_yes(row.get("deleted")),
            is_agency=_yes(row.get("isAgency", True)),
        )


def _yes(value: Any) -> bool:
    return str(value).strip().lower() in ("true", "1", "yes")

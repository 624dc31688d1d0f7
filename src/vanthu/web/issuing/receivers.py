"""Recipients as forms and pages of drafts have them: chosen by typing, and how each will be reached."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

from vanthu.exchange import connections
from vanthu.issuing import recipients as issuing
from vanthu.issuing.states import DraftState
from vanthu.organisations import agencies
from vanthu.organisations import queries as organisations

if TYPE_CHECKING:
    from vanthu.issuing.models import Draft, Recipient
    from vanthu.kernel.actor import Actor
    from vanthu.organisations.agencies import Found

_ID = re.compile(r"a?\d{1,18}")


class ReceiversField(forms.MultipleChoiceField):
    """Offices ("12") and bodies outside ("a12") chosen by typing: the verb checks them, options are likely ones."""

    def valid_value(self, value: Any) -> bool:
        return _ID.fullmatch(str(value)) is not None


def body_value(pk: int) -> str:
    """A body outside as `ReceiversField` names it."""
    return f"a{pk}"


def split(values: Iterable[Any]) -> tuple[list[int], list[int]]:
    """(offices, bodies outside) of chosen values; what is neither is left out."""
    chosen = [str(value) for value in values if _ID.fullmatch(str(value))]
    return (
        [int(value) for value in chosen if value.isdigit()],
        [int(value[1:]) for value in chosen if not value.isdigit()],
    )


def likely(chosen: Iterable[Any], by: Actor) -> list[tuple[str, str]]:
    """Options: what is chosen, then the superior and the offices below."""
    values = list(dict.fromkeys(map(str, chosen)))
    office_ids, body_ids = split(values)
    own = organisations.office(by.office)
    near = {one.pk: one for one in organisations.offices_below(own.pk)}
    known = organisations.offices_by_ids([*office_ids, *filter(None, [own.parent_id])]) | near
    bodies = agencies.by_ids(body_ids) if body_ids else {}
    names = {str(pk): one.name for pk, one in known.items()}
    names |= {
        body_value(pk): f"{one.name} ({one.code})" if one.code else one.name for pk, one in bodies.items()
    }
    order = [*values, *([str(own.parent_id)] if own.parent_id else []), *map(str, near)]
    return [(value, names[value]) for value in dict.fromkeys(order) if value in names]


def as_typed(recipients: Iterable[Recipient]) -> dict[str, Any]:
    """The recipients of a draft as `OutlineForm` takes them."""
    rows = list(recipients)
    return {
        "offices": [
            str(one.office_id) if one.office_id else body_value(one.agency_id or 0)
            for one in rows
            if one.office_id or one.agency_id
        ],
        "others": "\n".join(one.name for one in rows if not one.office_id and not one.agency_id),
        "paper_to": "\n".join(one.name for one in rows if one.on_paper),
    }


@dataclass(frozen=True, slots=True)
class Receiver:
    """A recipient and how the document will get there; `meant` is the body that a typed name probably means."""

    recipient: Recipient
    how: str
    icon: str
    meant: Found | None = None

    @property
    def code(self) -> str:
        """The code of a body outside, "" for others."""
        return self.recipient.agency.code if self.recipient.agency else ""


def receivers(draft: Draft, recipients: Sequence[Recipient], by: Actor) -> list[Receiver]:
    """How each recipient is reached; to the drafter it is offered what typed names mean. At most three queries.

    None where all are offices of the sector.
    """
    bodies = [one.agency_id for one in recipients if one.agency_id]
    ways = connections.ways(draft.office_id, bodies)
    mine = draft.state == DraftState.DRAFTING and draft.drafter_id == by.person_id and by.room_id is None
    meant = issuing.likely_bodies(recipients) if mine else {}
    return [Receiver(one, *_how(one, reached=one.agency_id in ways), meant.get(one.pk)) for one in recipients]


def _how(one: Recipient, *, reached: bool) -> tuple[str, str]:
    if one.office_id:
        return "trong ngành, gửi ngay khi phát hành", "building"
    if one.agency_id:
        return ("qua trục liên thông", "send") if reached else ("chưa nối trục – gửi giấy", "print")
    return "ngoài hệ thống: văn thư in, gửi bưu điện", "print"

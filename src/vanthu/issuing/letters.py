"""From a draft to the letter that the layout composes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from vanthu.documents import kinds
from vanthu.documents.states import Urgency
from vanthu.issuing.layout.letter import LetterData
from vanthu.issuing.signing_forms import lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.issuing.models import CoSigner, Draft, Recipient


def letter_of(
    draft: Draft,
    recipients: Sequence[Recipient],
    co_signers: Sequence[CoSigner] = (),
    *,
    body: tuple[str, ...],
    day: date,
) -> LetterData:
    """The letter in the layout of its kind; number, day and month stay blank for the clerk."""
    joint = [one.post for one in co_signers if not one.initials]
    # letters and reports name them under "Kính gửi", invitations and telegrams in their opening line
    named_above = kinds.by_code(draft.kind).addressed or draft.kind in ("GM", "CD")
    office = draft.office
    archive = f"VT, {draft.unit.abbreviation}" if draft.unit else "VT"
    addressed = [one.name for one in recipients if one.addressed]
    return LetterData(
        kind=draft.kind,
        office=office.name,
        superior=office.parent.name if office.parent else "",
        symbol=draft.notation,
        place=office.place,
        year=day.year,
        subject=draft.subject,
        recipients=tuple(addressed) if named_above else (),
        basis=_basis(draft),
        body=body,
        signing=lines_of(draft.signer, draft.signing_form) if draft.signer else ("VIỆN TRƯỞNG",),
        joint=tuple((lines_of(post), post.person.full_name) for post in joint),
        joint_offices=tuple(
            dict.fromkeys(post.office.name for post in joint if post.office_id != draft.office_id)
        ),
        signer=draft.signer.person.full_name if draft.signer else "",
        copies=tuple(one.name for one in recipients if not (one.addressed and named_above)),
        archive=archive,
        urgency=Urgency(draft.urgency),
        circulation="LƯU HÀNH NỘI BỘ" if draft.restricted else "",
    )


def _basis(draft: Draft) -> tuple[str, ...]:
    """What a decision or plan rests on; an official letter says it in its first sentence instead."""
    if draft.kind not in ("QD", "KH", "NQ"):
        return ()
    found = [f"Căn cứ {described(draft)}"] if draft.replies_to else []
    return ("Căn cứ Luật Tổ chức Viện kiểm sát nhân dân", *found)


def described(draft: Draft) -> str:
    """The document that the draft answers, in a phrase: "Kế hoạch số 12/KH-VKSTC ngày 05/11/2026 của … về …"."""
    entry = draft.replies_to
    if entry is None:
        return ""
    kind = kinds.by_code(entry.kind).name
    day = f" ngày {entry.issued_on:%d/%m/%Y}" if entry.issued_on else ""
    return f"{kind} số {entry.symbol}{day} của {entry.issuer_name} về {_about(entry.subject)}"


def _about(subject: str) -> str:
    text = subject.strip().rstrip(".")
    for opening in ("Về việc ", "V/v ", "về việc ", "Về "):
        text = text.removeprefix(opening)
    return f"việc {text[:1].lower()}{text[1:]}"


def first_body(draft: Draft) -> tuple[str, ...]:
    """The text that a new draft starts with; the specialist goes on from there in Word."""
    opening = (
        f"{draft.office.name} nhận được {described(draft)}. Sau khi nghiên cứu, {draft.office.name} có ý kiến như sau:"
        if draft.replies_to
        else f"{draft.office.name} [nội dung mở đầu]."
    )
    closing = f"Trên đây là ý kiến của {draft.office.name}, đề nghị Quý cơ quan tổng hợp."
    return (opening, "1. [Nội dung thứ nhất]", "2. [Nội dung thứ hai]", closing)

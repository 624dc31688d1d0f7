"""From a draft to the letter that the layout composes."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from vanthu.documents import kinds
from vanthu.documents.states import Urgency
from vanthu.issuing.layout.forms import form_of
from vanthu.issuing.layout.letter import LetterData
from vanthu.issuing.purpose_models import Purpose
from vanthu.issuing.signing_forms import lines_of, title_of
from vanthu.organisations import queries as organisations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.documents.models import Document
    from vanthu.issuing.models import CoSigner, Draft, Recipient

_LEFT_OPEN = re.compile(r"\[[^\W\d_][^\[\]]{3,79}\]|…{6,}")
_POINTS = ("1. [Nội dung thứ nhất].", "2. [Nội dung thứ hai].")


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
    named_above = form_of(draft.kind).names_recipients
    office = draft.office
    archive = f"VT, {draft.unit.abbreviation}" if draft.unit else "VT"
    if draft.kind == "BB":  # mẫu 1.9
        archive = "VT, Hồ sơ"
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
        secretary=draft.drafter.full_name,
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
    proposed = [f"Theo đề nghị của {_proposer(draft)}"] if draft.kind != "KH" else []
    return ("Căn cứ Luật Tổ chức Viện kiểm sát nhân dân", *found, *proposed)


def _proposer(draft: Draft) -> str:
    """ "Trưởng phòng 1": who leads the unit that drafts."""
    heads = organisations.heads_of(draft.unit_id) if draft.unit_id else []
    return title_of(heads[0]) if heads else "[chức vụ người đứng đầu đơn vị soạn thảo]"


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
    """The text that a new draft starts with, () for that of its form; the specialist goes on from there in Word."""
    office, answered = draft.office.name, described(draft)
    purpose = Purpose.objects.select_related("document").filter(draft=draft.pk).first()
    match draft.kind:
        case "CV" if purpose and purpose.kind == "corrects":
            return _correction(office, purpose.document)
        case "CV" if answered:
            return (
                f"{office} nhận được {answered}. Sau khi nghiên cứu, {office} có ý kiến như sau:",
                *_POINTS,
                f"Trên đây là ý kiến của {office}, đề nghị Quý cơ quan tổng hợp.",
            )
        case "CV":
            return (
                f"[Căn cứ, lý do]. {office} đề nghị Quý cơ quan [việc cần phối hợp, giải quyết] như sau:",
                *_POINTS,
                f"{office} đề nghị Quý cơ quan quan tâm, phối hợp thực hiện.",
            )
        case "BC" if answered:
            opening = f"Thực hiện {answered}, {office} báo cáo kết quả như sau:"
            return (opening, *form_of("BC").body)
        case "QD":
            first, second, *others = form_of("QD").body
            if issued := _issued(draft.subject):
                first = f"Điều 1. {issued}."
            if purpose and purpose.kind == "replaces":
                second = f"{second.removesuffix('.')} và thay thế {_named(purpose.document)}."
            return (first, second, *others)
        case _:
            return ()


def _named(document: Document) -> str:
    """ "Kế hoạch số 12/KH-VKS ngày 05/11/2026"."""
    day = f" ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    return f"{document.kind_name} số {document.symbol}{day}"


def _correction(office: str, document: Document) -> tuple[str, ...]:
    """An official letter that corrects form, technique or procedure (article 18.3)."""
    return (
        f"{office} đã ban hành {_named(document)} về {_about(document.subject)}.",
        f"Do sơ suất trong quá trình soạn thảo, {office} đính chính {document.kind_name} nêu trên như sau:",
        "1. Tại [trang, dòng, mục], đã in: “[nội dung sai]”; nay sửa lại là: “[nội dung đúng]”.",
        "2. Các nội dung khác giữ nguyên.",
        f"{office} thông báo để Quý cơ quan biết, thực hiện.",
    )


def _issued(subject: str) -> str:
    """ "Ban hành kèm theo Quyết định này Quy chế làm việc" of a decision that issues or approves (mẫu 1.3); else ""."""
    text = subject.strip().rstrip(".").removeprefix("Về việc ").removeprefix("Về ")
    for act in ("ban hành", "phê duyệt"):
        if text.lower().startswith(f"{act} "):
            return f"{act.capitalize()} kèm theo Quyết định này {text[len(act) + 1 :]}"
    return ""


def left_open(text: str) -> list[str]:
    """What a text still holds of its template, each once: "[Nội dung thứ nhất]", lines of dots."""
    found = (" ".join(one.split()) for one in _LEFT_OPEN.findall(text))
    return list(dict.fromkeys("dòng chấm" if one.startswith("…") else one for one in found))

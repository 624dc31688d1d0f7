"""The verbs of drafts that are their drafter's: start, change, submit, give up. Decree 30/2020/NĐ-CP, article 10.

Files stand in `versions`, checking in `reviews`, signing, numbering, sealing and issuing in `saga`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from vanthu.documents import kinds, series
from vanthu.documents import queries as documents
from vanthu.documents.fields import refuse_secret
from vanthu.documents.states import IN_THE_BOOK, Medium, Urgency
from vanthu.dossiers import actions as dossiers
from vanthu.dossiers import queries as dossier_queries
from vanthu.issuing import cosigning, form_check, queries, signing_forms, versions
from vanthu.issuing.models import Draft
from vanthu.issuing.recipients import set_on_paper, set_recipients
from vanthu.issuing.showing import show
from vanthu.issuing.states import DRAFTS
from vanthu.issuing.turns import own_draft
from vanthu.kernel import ledger, moves
from vanthu.kernel.calendar import now, today
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed
from vanthu.organisations import queries as organisations

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry
    from vanthu.kernel.actor import Actor
    from vanthu.organisations.models import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What a drafter says of a draft. `office_ids` are recipients of the sector, `agency_ids` bodies
    outside that have a code, `others` bodies by name."""

    kind: str
    subject: str
    signer_id: int
    office_ids: Sequence[int] = ()
    others: Sequence[str] = ()
    agency_ids: Sequence[int] = ()
    urgency: int = 0
    restricted: bool = False
    secrecy: str = ""
    reply_due_on: Any = None
    collective: bool = False
    """Signed for the collective body (TM. Ủy ban kiểm sát)."""
    paper_copies: int = 0
    """Sealed prints that go out beside the file; with them `paper_reason` says why."""
    paper_reason: str = ""
    paper_office_ids: Sequence[int] = ()
    paper_others: Sequence[str] = ()


@transaction.atomic
def start(
    outline: Outline,
    *,
    replies_to: int | None = None,
    dossier_id: int | None = None,
    from_template: bool = True,
    by: Actor,
) -> Draft:
    """Open a draft; with `from_template` its first version is the DOCX of the kind, filled in.

    `replies_to` is an incoming entry that the actor sees. Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    by.require("draft")
    _check(outline)
    entry = _answered(replies_to, by) if replies_to else None
    signer = _signer(outline.signer_id, by)
    unit_id = by.unit_ids[0] if by.unit_ids else None
    form = signing_forms.form_of(signer, outline.kind, collective=outline.collective, unit_id=unit_id)
    draft = Draft.objects.create(
        office_id=by.office,
        unit_id=unit_id,
        drafter_id=by.person,
        kind=outline.kind,
        notation=notation(outline.kind, by),
        subject=outline.subject.strip(),
        urgency=outline.urgency,
        restricted=outline.restricted or bool(entry and entry.restricted),
        replies_to=entry,
        dossier_id=dossier_id,
        signer=signer,
        signing_form=form.form,
        signing_basis=form.basis,
        reply_due_on=outline.reply_due_on,
        created_at=now(),
        **_on_paper(outline),
    )
    set_recipients(draft, outline.office_ids, outline.others, outline.agency_ids)
    set_on_paper(draft, outline.paper_office_ids, outline.paper_others)
    show(draft, drafter_state="drafting")
    if dossier_id is not None:
        dossiers.put_in(dossier_id, Item("draft", draft.pk), by=by)
    answering = f" trả lời văn bản số đến {entry.arrival_number}" if entry else ""
    ledger.record("issuing.started", draft, by=by, note=f"mở dự thảo{answering}")
    if from_template:
        versions.add_template_version(draft.pk, by=by)
    return draft


def _answered(pk: int, by: Actor) -> IncomingEntry:
    """The entry that a draft answers: registered, and seen whole, because the draft repeats its subject."""
    seen = documents.incoming(pk, by)
    if seen.sight.masked:
        raise NotAllowed("Văn bản hạn chế tiếp cận: chỉ người được giao mới soạn văn bản trả lời.")
    if seen.entry.state not in IN_THE_BOOK:
        raise Conflict("Văn bản chưa vào sổ. Đề nghị văn thư tiếp nhận, vào sổ trước khi trả lời.")
    return seen.entry


def _signer(post_id: int, by: Actor) -> Post:
    """One of those who may sign for the office today (article 13); raises `Invalid` for anybody else."""
    found = next((post for post in queries.signers(by) if post.pk == post_id), None)
    if found is None:
        raise Invalid(fields={"signer": "Chọn người ký trong danh sách người có thẩm quyền ký của cơ quan."})
    return found


def notation(kind_code: str, by: Actor) -> str:
    """The symbol that the office gives this kind when the actor's unit drafts it, e.g. "KH-VKS-P1"."""
    unit = organisations.unit(by.unit_ids[0], office_id=by.office).abbreviation if by.unit_ids else ""
    return series.notation(by.office, kinds.by_code(kind_code), unit)


def _check(outline: Outline) -> None:
    refuse_secret(outline.secrecy)
    wrong: dict[str, str] = {}
    if outline.urgency not in Urgency.values:
        wrong["urgency"] = "Chọn độ khẩn trong danh sách."
    if outline.kind not in dict(kinds.choices("administrative", "copy")):
        wrong["kind"] = "Chọn tên loại văn bản trong danh sách gợi ý."
    if len(outline.subject.strip()) < 10:
        wrong["subject"] = "Nhập trích yếu, ít nhất 10 ký tự."
    if len(outline.subject.strip()) > 500:
        wrong["subject"] = "Trích yếu dài quá 500 ký tự. Rút ngắn lại."
    if outline.reply_due_on and outline.reply_due_on < today():
        wrong["reply_due_on"] = f"Hạn trả lời phải từ hôm nay ({today():%d/%m/%Y}) trở đi."
    if not 0 <= outline.paper_copies <= 999:
        wrong["paper_copies"] = "Số bản giấy từ 0 đến 999."
    if outline.paper_copies > 0 and len(outline.paper_reason.strip()) < 5:
        wrong["paper_reason"] = "Ghi lý do phát hành song song bản giấy."
    if not outline.paper_copies and (outline.paper_office_ids or outline.paper_others):
        wrong["paper_copies"] = "Nhập số bản giấy, hoặc bỏ chọn nơi nhận bản giấy."
    if wrong:
        raise Invalid(fields=wrong)


def _on_paper(outline: Outline) -> dict[str, Any]:
    """Paper beside the file, with its reason; what a report counts as song song."""
    parallel = outline.paper_copies > 0
    return {
        "medium": Medium.PARALLEL if parallel else Medium.ELECTRONIC,
        "paper_copies": outline.paper_copies,
        "paper_reason": outline.paper_reason.strip()[:300] if parallel else "",
    }


@transaction.atomic
def change(pk: int, outline: Outline, *, by: Actor) -> Draft:
    """Change what the drafter said of a draft that is still with them."""
    by.require("draft")
    draft = own_draft(pk, by)
    _check(outline)
    signer = _signer(outline.signer_id, by)
    before = {name: getattr(draft, name) for name in ("kind", "subject", "urgency", "signer_id")}
    if draft.outgoing_id and outline.kind != draft.kind:
        raise Conflict(
            "Dự thảo đã có số trước khi ký nên không đổi loại văn bản. Đề nghị văn thư hủy số trước."
        )
    draft.kind, draft.subject, draft.urgency = outline.kind, outline.subject.strip(), outline.urgency
    form = signing_forms.form_of(signer, outline.kind, collective=outline.collective, unit_id=draft.unit_id)
    draft.signer, draft.signing_form, draft.signing_basis = signer, form.form, form.basis
    for name, value in _on_paper(outline).items():
        setattr(draft, name, value)
    answers_restricted = draft.replies_to is not None and draft.replies_to.restricted
    draft.restricted, draft.reply_due_on = outline.restricted or answers_restricted, outline.reply_due_on
    draft.places = {}
    if draft.outgoing_id is None:  # the symbol of a number stays
        draft.notation = notation(outline.kind, by)
    draft.save(
        update_fields=[
            "kind", "subject", "urgency", "signer", "signing_form", "restricted", "reply_due_on", "notation",
            "places", "signing_basis", "medium", "paper_copies", "paper_reason",
        ]
    )  # fmt: skip
    set_recipients(draft, outline.office_ids, outline.others, outline.agency_ids)
    set_on_paper(draft, outline.paper_office_ids, outline.paper_others)
    show(draft, drafter_state="drafting")
    after = {name: getattr(draft, name) for name in before}
    changes = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    ledger.record("issuing.changed", draft, by=by, changes=changes, note="sửa thông tin dự thảo")
    return draft


@transaction.atomic
def submit(pk: int, *, by: Actor) -> Draft:
    """Submit for review: content to the head of the unit, or form at once when the head drafts themselves."""
    draft = own_draft(pk, by)
    version = queries.newest(pk)
    if version.pdf_id is None and not version.source_id:
        raise Invalid("Dự thảo chưa có tệp. Tải tệp lên hoặc tạo từ mẫu trước khi trình.")
    if version.conversion_trouble and version.pdf_id is None:
        raise Invalid("Bản mới nhất chưa chuyển được sang PDF. Tải kèm bản PDF rồi trình lại.")
    if draft.signer_id is not None:
        _signer(draft.signer_id, by)  # who has left since does not sign
    cosigning.require(draft)
    form_check.require(draft, version)
    if draft.dossier_id is None and (held := dossier_queries.holding("draft", pk, by)):
        draft.dossier_id = held[0].pk  # filed since it was opened; reports count what comes from a dossier
        draft.save(update_fields=["dossier"])
    heads = organisations.heads_of(draft.unit_id) if draft.unit_id else []
    alone = not heads or any(post.person_id == draft.drafter_id for post in heads)
    moves.make(DRAFTS, "submit_to_form" if alone else "submit", draft, by=by, also={"submitted_at": now()})
    show(draft, drafter_state="submitted")
    whom = "Văn phòng kiểm tra thể thức" if alone else "lãnh đạo đơn vị kiểm tra nội dung"
    ledger.record(
        "issuing.submitted", draft, by=by, note=f"trình {whom} (bản {version.ordinal})", power="draft"
    )
    return draft


@transaction.atomic
def take_back(pk: int, *, by: Actor) -> Draft:
    """The drafter takes a submitted draft back before it reaches the signer."""
    draft = queries.draft(pk, by, lock=True).draft
    if draft.drafter_id != by.person_id:
        raise NotAllowed("Chỉ người soạn thảo rút lại được dự thảo.")
    moves.make(DRAFTS, "take_back", draft, by=by)
    show(draft, drafter_state="drafting")
    ledger.record("issuing.taken_back", draft, by=by, note="rút lại dự thảo")
    return draft


@transaction.atomic
def withdraw(pk: int, *, by: Actor) -> Draft:
    """Give a draft up; its versions are kept."""
    draft = own_draft(pk, by)
    if draft.outgoing is not None:
        symbol = draft.outgoing.document.symbol
        raise Conflict(f"Dự thảo đang giữ số {symbol}. Đề nghị văn thư hủy số trước khi hủy dự thảo.")
    moves.make(DRAFTS, "withdraw", draft, by=by)
    show(draft, drafter_state="withdrawn")
    ledger.record("issuing.withdrawn", draft, by=by, note="hủy dự thảo")
    return draft

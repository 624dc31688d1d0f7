"""Remarks at a place in the text of a draft: made by whoever reads it, answered by a later version or by a word.

Decree 30/2020/NĐ-CP, article 10.4; Phụ lục VI, III.1.n.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.issuing import queries
from vanthu.issuing.models import Mark
from vanthu.issuing.states import UNFINISHED
from vanthu.kernel import ledger
from vanthu.kernel.calendar import now
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound

if TYPE_CHECKING:
    from vanthu.issuing.models import Draft, Version
    from vanthu.kernel.actor import Actor

MOST = 200  # marks of one draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is to be said at a place. `page` from 1; `rect` is left, bottom, right, top in points."""

    text: str
    page: int = 1
    rect: tuple[float, float, float, float] | None = None
    quote: str = ""


@transaction.atomic
def mark(pk: int, remark: Remark, *, by: Actor) -> Mark:
    """Make a remark at a place of the newest version; everybody who sees the draft may."""
    draft = queries.draft(pk, by, lock=True).draft
    if draft.state not in UNFINISHED:
        raise Conflict("Dự thảo đã kết thúc nên không góp ý tại chỗ được nữa.")
    version = queries.newest(pk)
    _check(remark, version, draft)
    draft.marks_made += 1
    draft.marks_open += 1
    draft.save(update_fields=["marks_made", "marks_open"])
    made = Mark.objects.create(
        draft=draft,
        version=version,
        ordinal=draft.marks_made,
        page=remark.page,
        rect=list(remark.rect) if remark.rect else None,
        quote=remark.quote.strip(),
        text=remark.text.strip(),
        author_id=by.person,
        author_title=by.title,
        made_at=now(),
    )
    ledger.record(
        "issuing.marked",
        draft,
        by=by,
        office_id=draft.office_id,
        note=f"góp ý tại chỗ số {made.ordinal}, trang {made.page}: “{made.text}”",
    )
    return made


def _check(remark: Remark, version: Version, draft: Draft) -> None:
    wrong: dict[str, str] = {}
    pages = (version.pdf.file.page_count or 1) if version.pdf else 1
    if len(remark.text.strip()) < 3:
        wrong["text"] = "Ghi điều cần sửa ở chỗ này."
    if not 1 <= remark.page <= pages:
        wrong["page"] = f"Bản mới nhất có {pages} trang. Nhập trang từ 1 đến {pages}."
    if len(remark.quote.strip()) > 300:
        wrong["quote"] = "Chỉ chép đoạn cần sửa, nhiều nhất 300 ký tự."
    if draft.marks_made >= MOST:
        wrong["text"] = f"Dự thảo đã có {MOST} góp ý tại chỗ. Gộp ý kiến vào một văn bản góp ý rồi tải lên."
    if wrong:
        raise Invalid(fields=wrong)


@transaction.atomic
def answer_mark(pk: int, ordinal: int, text: str, *, by: Actor) -> Mark:
    """The drafter answers a remark in words, when the text stays as it is."""
    draft = queries.draft(pk, by, lock=True).draft
    if draft.drafter_id != by.person_id:
        raise NotAllowed("Chỉ người soạn thảo trả lời góp ý tại chỗ.")
    if len(text.strip()) < 3:
        raise Invalid("Ghi vì sao giữ nguyên, hoặc tải bản mới đã sửa.")
    found = Mark.objects.filter(draft=draft, ordinal=ordinal).first()
    if found is None:
        raise NotFound()
    if found.answered_at is not None:
        raise Conflict("Góp ý này đã được trả lời. Tải lại trang để xem.")
    found.answer, found.answered_by_id, found.answered_at = text.strip()[:500], by.person, now()
    found.save(update_fields=["answer", "answered_by", "answered_at"])
    _count_open(draft)
    ledger.record(
        "issuing.mark_answered",
        draft,
        by=by,
        note=f"trả lời góp ý số {ordinal}: “{found.answer}”",
    )
    return found


def answer_by_version(draft: Draft, version: Version, ordinals: Collection[int], *, by: Actor) -> list[int]:
    """The open remarks among `ordinals` that a new version answers, part of the verb that adds the version."""
    if not ordinals:
        return []
    rows = Mark.objects.filter(draft=draft, ordinal__in=ordinals, answered_at__isnull=True)
    answered = sorted(rows.values_list("ordinal", flat=True))
    rows.update(answered_in=version, answered_by_id=by.person, answered_at=now())
    _count_open(draft)
    return answered


def _count_open(draft: Draft) -> None:
    draft.marks_open = Mark.objects.filter(draft=draft, answered_at__isnull=True).count()
    draft.save(update_fields=["marks_open"])

"""The check of form of a draft's versions: made in the background when a version comes, kept, mended on a click.

Decree 30/2020/NĐ-CP, article 12.2 and Phụ lục I, II, III. It advises; who checks the form decides.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from django.db import transaction

from vanthu.issuing import queries, versions
from vanthu.issuing.form_models import FormCheck
from vanthu.issuing.models import Version
from vanthu.issuing.states import DraftState, Step
from vanthu.issuing.turns import whose_turn
from vanthu.kernel.calendar import now
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import DOCX, PDF
from vanthu.kernel.files.scanning import Locked
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed
from vanthu.organisations import queries as organisations
from vanthu.reading import apart

if TYPE_CHECKING:
    from vanthu.issuing.models import Draft
    from vanthu.kernel.actor import Actor

_FILES = {DOCX: ".docx", PDF: ".pdf"}
_LONGEST_NOTE = 400


def check_version(version_id: int) -> None:
    """Check a version once, and once more for places on the page when it has a PDF; idempotent."""
    rows = Version.objects.select_related("source__file", "pdf__file", "draft")
    version = rows.filter(pk=version_id).first()
    if version is None or version.source is None or version.source.file.media_type not in _FILES:
        return
    known = FormCheck.objects.filter(version=version_id).first()
    if known is not None and (known.placed or version.pdf_id is None):
        return
    _keep(version, _found(version))


def _found(version: Version) -> dict[str, Any]:
    """What the file says; a file that cannot be read leaves a sentence."""
    source = version.source
    if source is None:
        return {"trouble": "Bản này không có tệp để kiểm tra."}
    ending = _FILES[source.file.media_type]
    try:
        with ExitStack() as stack:
            path = stack.enter_context(file_queries.copy_of(source.file, f"version{ending}"))
            pdf = None
            if ending == ".docx" and version.pdf is not None:
                pdf = stack.enter_context(file_queries.copy_of(version.pdf.file, "pages.pdf"))
            return apart.form(path, f"version{ending}", version.draft.kind, pdf)
    except (Invalid, Locked) as refusal:
        return {"trouble": refusal.message[:300]}


@transaction.atomic
def _keep(version: Version, found: dict[str, Any]) -> None:
    findings = found.get("findings", [])
    errors = sum(one["level"] == "error" for one in findings)
    checked = bool(found.get("checked"))
    FormCheck.objects.update_or_create(
        version=version,
        defaults={
            "kind": found.get("kind", ""),
            "checked": checked,
            "errors": errors,
            "advice": len(findings) - errors,
            "findings": findings,
            "placed": version.pdf_id is not None,
            "trouble": found.get("trouble", ""),
            "checked_at": now(),
        },
    )
    counts = (errors, len(findings) - errors) if checked else (None, None)
    Version.objects.filter(pk=version.pk).update(form_errors=counts[0], form_advice=counts[1])


def of_version(version_id: int) -> FormCheck | None:
    """What was found in a version, None while it was not checked."""
    return FormCheck.objects.filter(version=version_id).first()


def require(draft: Draft, version: Version) -> None:
    """Raise `Invalid` for errors of form where the rules of the office let no such draft be submitted."""
    if not organisations.rules_of(draft.office_id).form_errors_stop:
        return
    check_version(version.pk)
    found = of_version(version.pk)
    if found is not None and found.errors:
        raise Invalid(
            "Quy chế của cơ quan không cho trình dự thảo còn lỗi thể thức;"
            f" bản {version.ordinal} còn {found.errors} lỗi. Mở “Thể thức”, sửa rồi trình lại.",
            code="form_errors",
        )


def may_mend(draft: Draft, by: Actor) -> bool:
    """The drafter while they draft, else whoever checks the draft or signs it now (article 10, Phụ lục VI, III.1.n)."""
    if draft.state == DraftState.DRAFTING:
        return draft.drafter_id == by.person_id and by.may("draft")
    return whose_turn(draft, by) in (Step.CONTENT, Step.FORM, Step.APPROVAL)


def mend(pk: int, keys: Collection[str], *, ordinal: int, by: Actor) -> Version:
    """A new version in which these findings of version `ordinal` are mended; without keys all errors that can be.

    Raises `NotAllowed`; `Conflict` when another version came, it was signed or has a number; `Invalid` when nothing
    can be mended.
    """
    draft = queries.draft(pk, by).draft
    if not may_mend(draft, by):
        raise NotAllowed("Chỉ người soạn thảo, hoặc người đang kiểm tra, ký dự thảo sửa thể thức.")
    version = queries.newest(pk)
    if version.ordinal != ordinal:
        raise Conflict(
            "Dự thảo vừa có bản mới. Xem kết quả kiểm tra của bản mới rồi sửa.", code="moved_already"
        )
    if draft.outgoing_id is not None or version.signed_id is not None:
        raise Conflict("Dự thảo đã ký hoặc đã có số nên không sửa thể thức được nữa.")
    if version.source is None or version.source.file.media_type != DOCX:
        raise Invalid("Chỉ sửa giúp được tệp DOCX. Sửa trong Word rồi tải bản mới lên.")
    chosen = _chosen(version, keys)
    with file_queries.copy_of(version.source.file, "version.docx") as path:
        data = apart.form_fixed(path, "version.docx", draft.kind, [one["key"] for one in chosen])
    made = versions.add_mended_version(pk, data, version.source.name, note=_note(chosen), by=by)
    check_version(made.pk)
    return made


def _chosen(version: Version, keys: Collection[str]) -> list[dict[str, Any]]:
    known = of_version(version.pk)
    findings = known.findings if known is not None else []
    wanted = [one for one in findings if one["fixable"]]
    wanted = [one for one in wanted if (one["key"] in keys if keys else one["level"] == "error")]
    if not wanted:
        raise Invalid("Không còn chỗ nào sửa giúp được. Sửa trong Word rồi tải bản mới lên.")
    return wanted


def _note(chosen: list[dict[str, Any]]) -> str:
    """ "sửa thể thức 2 chỗ: …", what was changed in words first."""
    said = [f"“{one['before']}” thành “{one['after']}”" if one["after"] else one["message"] for one in chosen]
    note = f"sửa thể thức {len(chosen)} chỗ: {'; '.join(dict.fromkeys(said))}"
    return note if len(note) <= _LONGEST_NOTE else f"{note[: _LONGEST_NOTE - 1]}…"

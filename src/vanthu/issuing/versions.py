"""The files of a draft: its versions (every one is kept), and what goes with the document.

Decree 30/2020/NĐ-CP, article 10; Phụ lục VI, part I, III.5.a.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import transaction

from vanthu.issuing import letters, marks, queries, templates
from vanthu.issuing.models import Version
from vanthu.issuing.showing import show
from vanthu.issuing.states import DRAFTS, DraftState, Step
from vanthu.issuing.turns import own_draft, whose_turn
from vanthu.kernel import ledger, moves
from vanthu.kernel.calendar import now, today
from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.files.contract import DOCX, PDF
from vanthu.kernel.refusals import Conflict, NotAllowed
from vanthu.organisations.names import key_of

if TYPE_CHECKING:
    from uuid import UUID

    from vanthu.issuing.models import Draft
    from vanthu.kernel.actor import Actor


def add_template_version(pk: int, *, by: Actor) -> Version:
    """A new version from the template of the kind (real DOCX, layout of Decree 30/2020)."""
    draft = queries.draft(pk, by).draft
    data = templates.laid_out(
        letters.letter_of(
            draft,
            queries.recipients(pk),
            queries.co_signers(pk) if draft.co_signers else (),
            body=letters.first_body(draft),
            day=today(),
        ),
        draft.office_id,
    )
    file = file_actions.store_bytes(data, DOCX)

    def attach(version: Version) -> None:
        version.source = file_actions.attach(
            file, owner_kind="version", owner_id=version.pk, role="docx", name=f"{_file_stem(draft)}.docx"
        )

    return _add_version(pk, attach, note="từ mẫu của loại văn bản", by=by)


def _file_stem(draft: Draft) -> str:
    words = key_of(draft.subject).split()[:8]
    return "-".join([draft.kind.lower(), *words]) or "du-thao"


def add_mended_version(pk: int, data: bytes, name: str, *, note: str, by: Actor) -> Version:
    """A new version that the program made of the newest one by mending its form; nobody mends what has a number."""
    draft = queries.draft(pk, by).draft
    if draft.outgoing_id is not None:
        raise Conflict("Dự thảo đã có số nên không sửa thể thức được nữa. Đề nghị văn thư hủy số trước.")
    file = file_actions.store_bytes(data, DOCX)

    def attach(version: Version) -> None:
        version.source = file_actions.attach(
            file, owner_kind="version", owner_id=version.pk, role="docx", name=name
        )

    return _add_version(pk, attach, note=note, by=by)


def add_version(
    pk: int,
    upload_id: UUID | str,
    *,
    pdf_upload_id: UUID | str = "",
    note: str = "",
    answers: Collection[int] = (),
    by: Actor,
) -> Version:
    """A new version from an upload (DOCX, or PDF); a DOCX may bring its own PDF where no converter runs.

    `answers` are the numbers of the remarks that it answers. Besides the drafter, whoever's turn it is may correct.
    """

    def attach(version: Version) -> None:
        version.source = file_actions.attach_upload(
            upload_id, owner_kind="version", owner_id=version.pk, role="docx", by=by
        )
        if pdf_upload_id:
            version.pdf = file_actions.attach_upload(
                pdf_upload_id, owner_kind="version", owner_id=version.pk, role="pdf", by=by
            )
        elif version.source.file.media_type == PDF:
            version.pdf = version.source

    return _add_version(pk, attach, note=note, answers=answers, by=by)


@transaction.atomic
def _add_version(pk: int, attach: Any, *, note: str, answers: Collection[int] = (), by: Actor) -> Version:
    draft, corrects = _editable(pk, by)
    draft.last_version += 1
    draft.places = {}
    draft.save(update_fields=["last_version", "places"])
    version = Version.objects.create(
        draft=draft, ordinal=draft.last_version, made_by_id=by.person, made_at=now(), note=note[:500]
    )
    attach(version)
    version.save(update_fields=["source", "pdf"])
    answered = marks.answer_by_version(draft, version, answers, by=by)
    said = f"{corrects or 'thêm'} bản dự thảo {version.ordinal}"
    if answered:
        said += f", trả lời góp ý số {', '.join(map(str, answered))}"
    ledger.record("issuing.versioned", draft, by=by, note=said)
    return version


def _editable(pk: int, by: Actor) -> tuple[Draft, str]:
    """The draft in the drafter's hands, or in those of whoever checks or signs it, and how their version is called.

    Phụ lục VI, III.1.n. What the signer corrects goes back to the check of the form (article 11.2).
    """
    draft = queries.draft(pk, by, lock=True).draft
    step = whose_turn(draft, by)
    if step is None:
        by.require("draft")
        return own_draft(pk, by), ""
    if step in (Step.NUMBER, Step.CO_SIGN):
        raise NotAllowed("Bước này không sửa dự thảo. Trả lại người soạn kèm ý kiến cần sửa.")
    if draft.state == DraftState.APPROVAL:
        moves.make(DRAFTS, "correct", draft, by=by)
        show(draft, drafter_state="submitted")
    return draft, f"sửa khi kiểm tra {step.label.lower()},"


@transaction.atomic
def add_attachment(pk: int, upload_id: UUID | str, *, by: Actor) -> None:
    """Add a file that goes with the document (phụ lục, tài liệu kèm theo)."""
    by.require("draft")
    draft = own_draft(pk, by)
    made = file_actions.attach_upload(
        upload_id, owner_kind="draft", owner_id=draft.pk, role="attachment", by=by
    )
    ledger.record("issuing.attached", draft, by=by, note=f"thêm tệp kèm theo {made.name}")


@transaction.atomic
def remove_attachment(pk: int, attachment_id: UUID | str, *, by: Actor) -> None:
    """Take a file away that was added to a draft still in the drafter's hands."""
    draft = own_draft(pk, by)
    for one in queries.attachments(pk):
        if str(one.pk) == str(attachment_id):
            file_actions.detach(one)
            ledger.record("issuing.detached", draft, by=by, note=f"bỏ tệp kèm theo {one.name}")

"""Drafts that correct or replace an issued document. Decree 30/2020/NĐ-CP, article 18.3.

A mistake in the content is put right by a document of the same form, one of form or procedure by an official letter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.documents import queries as documents
from vanthu.documents import relations
from vanthu.documents.states import OutgoingState
from vanthu.issuing import actions, queries, versions
from vanthu.issuing.actions import Outline
from vanthu.issuing.purpose_models import Purpose
from vanthu.issuing.states import UNFINISHED
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed

if TYPE_CHECKING:
    from vanthu.documents.models import OutgoingEntry
    from vanthu.issuing.models import Draft
    from vanthu.kernel.actor import Actor
    from vanthu.kernel.ledger import Event


@transaction.atomic
def correct(outgoing_id: int, *, by: Actor) -> Draft:
    """Start the official letter that corrects the form of an issued document, to the same recipients."""
    entry = _issued(outgoing_id, by)
    document = entry.document
    day = f" ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    subject = f"Đính chính {document.kind_name} số {document.symbol}{day}"
    return _start(entry, "corrects", kind="CV", subject=subject, by=by)


@transaction.atomic
def replace(outgoing_id: int, *, by: Actor) -> Draft:
    """Start the document of the same kind that replaces one whose content is wrong, to the same recipients."""
    entry = _issued(outgoing_id, by)
    if entry.document.kind not in dict(queries.draftable_kinds()):
        raise Invalid(
            f"{entry.document.kind_name} không soạn từ mẫu ở đây. Soạn văn bản thay thế ở phần mềm nghiệp vụ."
        )
    return _start(entry, "replaces", kind=entry.document.kind, subject=entry.document.subject, by=by)


def _issued(pk: int, by: Actor) -> OutgoingEntry:
    """An issued entry that the actor sees whole."""
    by.require("draft")
    seen = documents.outgoing(pk, by)
    if seen.sight.masked:
        raise NotAllowed(
            "Văn bản hạn chế tiếp cận: chỉ người được nêu tên soạn văn bản đính chính, thay thế."
        )
    if seen.entry.state != OutgoingState.ISSUED:
        raise Conflict("Chỉ đính chính, thay thế được văn bản đã phát hành và chưa thu hồi.")
    return seen.entry


def _start(entry: OutgoingEntry, purpose: str, *, kind: str, subject: str, by: Actor) -> Draft:
    begun = _begun(entry, purpose, by)
    if begun is not None:
        return begun
    before = queries.of_outgoing(entry.pk)
    named = queries.recipients(before.pk) if before else []
    posts = queries.signers(by)
    signer = next(
        (post for post in posts if before and post.pk == before.signer_id), posts[0] if posts else None
    )
    if signer is None:
        raise Invalid("Cơ quan chưa có người ký. Đề nghị quản trị gán chức vụ lãnh đạo.")
    outline = Outline(
        kind=kind,
        subject=subject[:500],
        signer_id=signer.pk,
        office_ids=[one.office_id for one in named if one.office_id],
        agency_ids=[one.agency_id for one in named if one.agency_id],
        others=[one.name for one in named if not one.office_id and not one.agency_id],
        urgency=entry.document.urgency,
        restricted=entry.restricted,
    )
    draft = actions.start(outline, from_template=False, by=by)
    Purpose.objects.create(draft=draft, kind=purpose, document=entry.document)
    versions.add_template_version(draft.pk, by=by)
    return draft


def _begun(entry: OutgoingEntry, purpose: str, by: Actor) -> Draft | None:
    """The actor's own draft that already is to do so; raises `Conflict` where a colleague has one."""
    rows = Purpose.objects.select_related("draft__drafter").filter(
        document=entry.document, kind=purpose, draft__state__in=UNFINISHED, draft__office=by.office
    )
    found = rows.first()
    if found is None or found.draft.drafter_id == by.person_id:
        return found.draft if found else None
    raise Conflict(
        f"{found.draft.drafter.full_name} đang soạn văn bản {found.get_kind_display()} văn bản này."
        " Đề nghị người đó trình tiếp, hoặc hủy dự thảo ấy rồi làm lại."
    )


def of_draft(draft_id: int) -> Purpose | None:
    """What the draft is to do to another document, or None."""
    return Purpose.objects.select_related("document").filter(draft=draft_id).first()


def on_issued(event: Event) -> None:
    """A document was issued: what its draft was for is noted at both documents."""
    purpose = Purpose.objects.select_related("document", "draft__outgoing__document").filter(
        draft__outgoing=event.item_id
    )
    for one in purpose:
        if one.draft.outgoing is not None:
            relations.relate(one.draft.outgoing.document, one.document, one.kind, by=event.by)

"""Papers of a dossier that are no documents of the office: notes, minutes, pictures, recordings (article 29.1.b)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from vanthu.documents import secret_scans
from vanthu.dossiers import readiness
from vanthu.dossiers.actions import fillable, place
from vanthu.dossiers.models import DossierItem, Paper
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import actions as files
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Invalid
from vanthu.reading import actions as reading


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFields:
    """What somebody says of a paper; without an author it is who adds it."""

    title: str = ""
    author: str = ""
    dated_on: date | None = None


@transaction.atomic
def empty(paper_id: int) -> None:
    """A secret mark was found on its file (Law 117/2025/QH15): a paper without name, author and file stays."""
    readiness.forget("paper", paper_id)
    Paper.objects.filter(pk=paper_id).update(title=secret_scans.TOMBSTONE, author="", dated_on=None)
    secret_scans.release("paper", paper_id)


@transaction.atomic
def add_paper(dossier_id: int, upload_id: UUID | str, fields: PaperFields, *, by: Actor) -> DossierItem:
    """Put a file into an open dossier beside its documents; its pages are counted where it has pages."""
    dossier = fillable(dossier_id, by)
    if len(fields.title.strip()) < 3:
        raise Invalid(fields={"paper_title": "Nhập tên tài liệu, ít nhất 3 ký tự."})
    paper = Paper.objects.create(
        office_id=dossier.office_id,
        title=fields.title.strip()[:500],
        author=fields.author.strip()[:200] or by.name,
        dated_on=fields.dated_on,
        added_by_id=by.person,
    )
    attached = files.attach_upload(upload_id, owner_kind="paper", owner_id=paper.pk, role="main", by=by)
    paper.pages = reading.count_pages(attached.file) or None
    paper.save(update_fields=["pages"])
    return place(dossier, Item("paper", paper.pk), by=by, what="tài liệu")

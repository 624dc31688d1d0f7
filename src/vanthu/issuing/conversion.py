"""Give a version its PDF and its text."""

from io import BytesIO
from pathlib import Path

from django.db import transaction

from vanthu.issuing.models import Version
from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.files.scanning import Locked
from vanthu.kernel.refusals import Invalid
from vanthu.reading import apart, convert, practice_mark, text
from vanthu.reading.convert import LibreOfficeMissing


def convert_version(version_id: int) -> None:
    """Convert the newest file of a version to PDF, count its pages, keep its text; idempotent.

    A file that cannot be converted leaves a sentence that the page shows; the drafter then brings the PDF.
    """
    rows = Version.objects.select_related("source__file", "pdf__file", "draft__office")
    version = rows.filter(pk=version_id).first()
    if version is None or version.source is None or version.text:
        return
    try:
        if version.pdf is None:
            with file_queries.copy_of(version.source.file, version.source.name) as source:
                made = source.with_name("converted.pdf")
                try:
                    convert.to_pdf(source, made)
                    if version.draft.office.room_id is not None:
                        _mark(made)
                    pdf = file_actions.store_bytes(made, PDF)
                finally:
                    made.unlink(missing_ok=True)
            name = version.source.name.rsplit(".", 1)[0] + ".pdf"
            version.pdf = file_actions.attach(
                pdf, owner_kind="version", owner_id=version.pk, role="pdf", name=name
            )
        elif version.draft.office.room_id is not None:
            _mark_upload(version)
        _read(version)
    except (Invalid, LibreOfficeMissing, Locked) as refusal:
        Version.objects.filter(pk=version_id).update(conversion_trouble=refusal.message[:300])


def _mark(made: Path) -> None:
    """In practice every page says so, before anybody signs it."""
    plain = BytesIO(made.read_bytes())
    with made.open("wb") as target:
        practice_mark.write_marked(plain, target)


def _mark_upload(version: Version) -> None:
    """A PDF that was brought in practice goes on as a copy that says so on every page."""
    assert version.pdf is not None  # noqa: S101 - the caller looked
    target = BytesIO()
    with file_queries.copy_of(version.pdf.file, version.pdf.name) as path:
        if practice_mark.WORDS in text.page_texts(path)[0]:
            return
        with path.open("rb") as source:
            practice_mark.write_marked(source, target)
    pdf = file_actions.store_bytes(target.getvalue(), PDF)
    version.pdf = file_actions.attach(
        pdf, owner_kind="version", owner_id=version.pk, role="pdf", name=version.pdf.name
    )


@transaction.atomic
def _read(version: Version) -> None:
    assert version.pdf is not None  # noqa: S101 - made just before
    with file_queries.copy_of(version.pdf.file, "version.pdf") as path:
        file_actions.count_pages(version.pdf.file, apart.page_count(path))
        version.text = "\n\n".join(text.page_texts(path))
    version.conversion_trouble = ""
    version.save(update_fields=["pdf", "text", "conversion_trouble"])

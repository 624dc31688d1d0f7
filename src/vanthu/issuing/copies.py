"""Certified copies: sao y, trích sao, sao lục. Decree 30/2020/NĐ-CP, articles 25-27; Phụ lục I, part II.

A copy is a draft whose file is what is copied and the block of the copy behind it; it is checked, signed, numbered in
its own series and issued like any document, and linked to the original.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import transaction

from vanthu.documents import kinds
from vanthu.documents import queries as documents
from vanthu.documents.recalling import refuse_recalled
from vanthu.documents.states import NOT_HELD, IncomingState
from vanthu.issuing import actions, queries, versions
from vanthu.issuing.actions import Outline
from vanthu.issuing.models import Draft
from vanthu.issuing.purpose_models import Purpose
from vanthu.issuing.signing_forms import lines_of
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed
from vanthu.signing.geometry import Rect
from vanthu.signing.places import OFFICE, Place, Places, corner_rect, find_places

if TYPE_CHECKING:
    from vanthu.documents.models import Document, IncomingEntry, OutgoingEntry
    from vanthu.documents.queries import Seen
    from vanthu.issuing.layout import copy_page
    from vanthu.kernel.actor import Actor
    from vanthu.kernel.files.models import Attachment
else:
    copy_page = later("vanthu.issuing.layout.copy_page")

FORMS = {"SY": "SAO Y", "TRS": "TRÍCH SAO", "SL": "SAO LỤC"}
VALUE = "Bản sao thực hiện đúng quy định có giá trị pháp lý như bản chính (Điều 26 Nghị định 30/2020/NĐ-CP)."
_PAGES = re.compile(r"\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*")
_INITIALS = Rect(90, 40, 150, 64)  # at the foot of the block, where initials belong to nobody's text


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyOrder:
    """Which copy is made: form SY, TRS or SL; of an extract the pages ("1-2,5"); who signs, who gets it."""

    form: str
    attachment_id: UUID
    pages: str = ""
    signer_id: int = 0
    office_ids: Sequence[int] = ()
    others: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class CopyBlock:
    """What stands in the seven boxes; number, day and month stay blank for the clerk."""

    form: str
    """ "SAO Y", "TRÍCH SAO", "SAO LỤC"."""
    office: str
    superior: str
    symbol: str
    """ "SY-VKS"."""
    place: str
    year: int
    signing: tuple[str, ...]
    signer: str
    recipients: tuple[str, ...]
    archive: str
    source: str
    """What was copied: "Trích sao trang 1-2 của Kế hoạch số 12/KH-VKS ngày 05/11/2026"; "" for a whole copy."""


class Original(NamedTuple):
    """What can be copied: the document, its PDF files, whether it is restricted."""

    document: Document
    files: list[Attachment]
    restricted: bool


def original(item_kind: str, item_id: int, by: Actor) -> Original:
    """The incoming ("in") or outgoing ("out") document, if the actor may copy it; raises `NotFound`, `NotAllowed`."""
    by.require("draft", "Bản sao do người soạn thảo văn bản của cơ quan lập.")
    seen: Seen[IncomingEntry] | Seen[OutgoingEntry]
    if item_kind == "in":
        seen = documents.incoming(item_id, by)
        if seen.entry.state in (IncomingState.WAITING, *NOT_HELD):
            raise Conflict("Chỉ sao văn bản đã vào sổ và chưa bị thu hồi.")
    else:
        seen = documents.outgoing(item_id, by)
        refuse_recalled(item_id)
    if seen.sight.masked or not seen.sight.files:
        raise NotAllowed("Chỉ người được xem tệp của văn bản mới lập bản sao.")
    held = documents.document_files([seen.entry.document_id]).get(seen.entry.document_id, [])
    files = [one for one in held if one.file.media_type == PDF]
    return Original(seen.entry.document, files, seen.entry.restricted)


def start(item_kind: str, item_id: int, order: CopyOrder, *, by: Actor) -> Draft:
    """Compose a copy and open its draft, with every place already found. Raises `Invalid` per field."""
    source = original(item_kind, item_id, by)
    attachment = next((one for one in source.files if one.pk == order.attachment_id), None)
    wanted = _check(source, attachment, order)
    assert attachment is not None  # noqa: S101 - checked
    with transaction.atomic():
        draft = _open(source, order, wanted, by)
        with TemporaryDirectory(prefix="vanthu-copy-") as folder:
            made, places = _compose(
                draft, attachment, wanted, _described(source.document, order), Path(folder)
            )
            upload = file_actions.stage(io.BytesIO(made), f"{order.form.lower()}.pdf", by=by)
        versions.add_version(draft.pk, upload.pk, note=_described(source.document, order), by=by)
        Draft.objects.filter(pk=draft.pk).update(places=places.as_json())
    return draft


def _check(source: Original, attachment: Attachment | None, order: CopyOrder) -> list[int]:
    """The pages to copy, from 0; raises `Invalid` for what the decree does not allow."""
    if order.form not in FORMS:
        raise Invalid(fields={"form": "Chọn hình thức sao."})
    if attachment is None:
        raise Invalid(fields={"attachment": "Chọn tệp PDF của văn bản để sao."})
    if order.form == "SL" and source.document.kind != "SY":
        raise Invalid(
            fields={"form": "Sao lục chỉ lập từ bản sao y (Điều 3 khoản 11 Nghị định 30/2020/NĐ-CP)."}
        )
    total = attachment.file.page_count or 1
    if order.form != "TRS":
        return list(range(total))
    return read_pages(order.pages, total)


def read_pages(text: str, total: int) -> list[int]:
    """Pages as typed ("1-2,5"), from 0, in order; raises `Invalid` for none, or one that the file does not have."""
    tidy = text.replace(" ", "").replace(";", ",")
    if not _PAGES.fullmatch(tidy):
        raise Invalid(fields={"pages": "Ghi các trang cần trích, ví dụ 1-2,5."})
    found: set[int] = set()
    for part in tidy.split(","):
        first, _, last = part.partition("-")
        found.update(range(int(first) - 1, int(last or first)))
    if not found or min(found) < 0 or max(found) >= total:
        raise Invalid(fields={"pages": f"Tệp có {total} trang. Ghi các trang trong khoảng đó, ví dụ 1-2,5."})
    return sorted(found)


def _described(document: Document, order: CopyOrder) -> str:
    """ "Trích sao trang 1-2 của Kế hoạch số 12/KH-VKS ngày 05/11/2026 của …"."""
    day = f" ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    what = f"{document.kind_name} số {document.symbol}{day} của {document.issuer_name}"
    pages = f" trang {order.pages.strip()}" if order.form == "TRS" else ""
    return f"{FORMS[order.form].capitalize()}{pages} của {what}"


def _open(source: Original, order: CopyOrder, wanted: list[int], by: Actor) -> Draft:
    outline = Outline(
        kind=order.form,
        subject=_described(source.document, order)[:500],
        signer_id=order.signer_id,
        office_ids=order.office_ids,
        others=order.others,
        restricted=source.restricted,
    )
    draft = actions.start(outline, from_template=False, by=by)
    pages = f"{len(wanted)} trang"
    Purpose.objects.create(draft=draft, kind="copies", document=source.document, made_from=pages)
    return draft


def _compose(
    draft: Draft, attachment: Attachment, wanted: list[int], described: str, folder: Path
) -> tuple[bytes, Places]:
    """What is copied, flat, with the block behind it; and the places of number, date, signature and words."""
    (folder / "block.pdf").write_bytes(
        copy_page.render(block_of(draft, described if draft.kind == "TRS" else ""))
    )
    signer = draft.signer.person.full_name if draft.signer else ""
    found = find_places(folder / "block.pdf", signer, initials=0).found
    with file_queries.copy_of(attachment.file, "original.pdf") as path:
        first = copy_page.assemble(path, wanted, folder / "block.pdf", folder / "copy.pdf")
    moved = {name: Place(len(wanted), one.rect, one.size, one.italic) for name, one in found.items()}
    moved[OFFICE] = Place(0, corner_rect(Rect(*first)))  # ô 14: words, no picture of the seal
    moved["KyNhay1"] = Place(len(wanted), _INITIALS)
    return (folder / "copy.pdf").read_bytes(), Places(moved)


def block_of(draft: Draft, source: str) -> CopyBlock:
    """The seven boxes of a draft that is a copy."""
    office = draft.office
    return CopyBlock(
        form=FORMS[draft.kind],
        office=office.name,
        superior=office.parent.name if office.parent else "",
        symbol=draft.notation,
        place=office.place,
        year=today().year,
        signing=lines_of(draft.signer) if draft.signer else (),
        signer=draft.signer.person.full_name if draft.signer else "",
        recipients=tuple(one.name for one in queries.recipients(draft.pk)),
        archive=f"VT, {draft.unit.abbreviation}" if draft.unit else "VT",
        source=source,
    )


def is_copy(kind_code: str) -> bool:
    """Whether a kind is a certified copy."""
    return kinds.by_code(kind_code).family == "copy"

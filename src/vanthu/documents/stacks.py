"""A stack of scans brought at once: cut into documents, each confirmed by the clerk, who may cut and join by hand.

What is registered gets a file of its own; a file that is one document stays as it came, with its signatures.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from django.db import transaction

from vanthu.documents import actions, kinds, queries, stack_queries
from vanthu.documents.fields import Arrival, refuse_secret
from vanthu.documents.models import IncomingEntry
from vanthu.documents.receiving_models import Stack, StackRow
from vanthu.documents.receiving_states import SCANS, TO_CONFIRM
from vanthu.kernel import ledger, moves
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.files.models import Attachment, StoredFile
from vanthu.kernel.files.scanning import Locked
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.reading import actions as reading
from vanthu.reading import assembling, splitting

MOST_FILES = 200  # in one stack
_STEP = 1000  # between the positions of two files
_ERASED = "xóa bản quét văn bản mật khỏi hệ thống"
_STAYED_OUT = (
    "Một văn bản có dấu mật: bản quét đã xóa khỏi hệ thống. Chuyển bản giấy cho người giữ tài liệu mật."
)


@transaction.atomic
def bring(uploads: Sequence[UUID | str], *, split_at_blank: bool, by: Actor) -> Stack:
    """Begin a stack from PDF files that the clerk uploaded; a job cuts them into rows. Raises `Invalid`."""
    by.require("register")
    if not uploads:
        raise Invalid(fields={"uploads": "Chọn ít nhất một tệp PDF."})
    if len(uploads) > MOST_FILES:
        raise Invalid(fields={"uploads": f"Một tập nhiều nhất {MOST_FILES} tệp. Chia thành hai tập."})
    stack = Stack.objects.create(
        office_id=by.office, brought_by_id=by.person, brought_at=now(), split_at_blank=split_at_blank
    )
    for position, upload in enumerate(uploads, start=1):
        held = file_actions.attach_upload(
            upload, owner_kind="stack", owner_id=stack.pk, role="scan", position=position, by=by
        )
        if held.file.media_type != PDF:
            raise Invalid(fields={"uploads": f"{held.name} không phải PDF. Bỏ tệp này rồi gửi lại."})
    ledger.record("documents.stack_brought", stack, by=by, note=f"đưa vào {len(uploads)} tệp quét để vào sổ")
    return stack


def read(stack_id: int) -> None:
    """Cut the files of a stack into rows, file by file; what was cut before stays. For the job."""
    for source in file_queries.attachments("stack", [stack_id])[stack_id]:
        try:
            copy = file_queries.copy_of(source.file, "scan.pdf")
        except Locked as locked:
            _note(stack_id, f"{source.name}: {locked.message}")
            continue
        with copy as path:
            pages = splitting.kinds_of_pages(path)
            found = splitting.ranges(pages, at_blank=Stack.objects.get(pk=stack_id).split_at_blank)
            labels = splitting.labels_of(path, pages, found)
        _add_rows(stack_id, source, list(zip(found, labels, strict=True)))
    Stack.objects.filter(pk=stack_id).update(read=True)


@transaction.atomic
def _add_rows(stack_id: int, source: Attachment, found: Sequence[tuple[splitting.Range, str]]) -> None:
    stack = Stack.objects.select_for_update(no_key=True).get(pk=stack_id)
    if StackRow.objects.filter(stack=stack, parts__0__0=str(source.pk)).exists():
        return
    if not file_queries.held("stack", stack_id, source.pk):  # it was erased meanwhile
        return
    reading.count_pages(source.file)
    StackRow.objects.bulk_create(
        StackRow(
            stack=stack,
            position=source.position * _STEP + place,
            parts=[[str(source.pk), one.first, one.last]],
            pages=one.last - one.first + 1,
            fields=_known(label),
        )
        for place, (one, label) in enumerate(found)
    )
    if not found:
        _note(stack_id, f"{source.name}: chỉ có trang trắng hoặc tờ ngăn.")


@transaction.atomic
def _note(stack_id: int, trouble: str) -> None:
    """Say what is wrong with a file of a stack, once."""
    stack = Stack.objects.select_for_update(no_key=True).get(pk=stack_id)
    if trouble not in stack.trouble:
        stack.trouble = f"{stack.trouble} {trouble}".strip()[:500]
        stack.save(update_fields=["trouble"])


def _known(label: str) -> dict[str, str]:
    """What a separator sheet says of the document behind it: its kind and who issued it."""
    kind, _, issuer = label.partition("|")
    known = {"kind": kind if kind in kinds.CODES else "", "issuer_name": issuer[:200]}
    return {name: value for name, value in known.items() if value}


@transaction.atomic
def confirm(pk: int, arrival: Arrival, *, by: Actor) -> IncomingEntry:
    """Register a row as it was confirmed; a second time gives the same entry.

    Raises as `actions.register`, and `Conflict` for a row that was dropped.
    """
    row = stack_queries.row(pk, by, lock=True)
    if row.entry_id is not None:
        return queries.incoming(row.entry_id, by).entry
    upload = uuid4()
    file_actions.set_aside(upload, file_of(row), _name_of(row), by=by)
    entry = actions.register(arrival, uploads=[upload], by=by)
    moves.make(SCANS, "register", row, by=by, also={"entry": entry, "fields": {}})
    return entry


@transaction.atomic
def skip(pk: int, *, by: Actor) -> StackRow:
    """Leave a row for later: it comes again after the others."""
    row = stack_queries.row(pk, by, lock=True)
    moves.make(SCANS, "skip", row, by=by)
    return row


@transaction.atomic
def drop(pk: int, *, by: Actor) -> StackRow:
    """Take a row out of the stack (a page that belongs nowhere, a double); the scan itself is kept with the stack."""
    row = stack_queries.row(pk, by, lock=True)
    moves.make(SCANS, "drop", row, by=by, also={"fields": {}})
    ledger.record(
        "documents.scan_dropped",
        row.stack,
        by=by,
        note=f"bỏ {row.pages} trang khỏi tập quét",
        power="register",
    )
    return row


@transaction.atomic
def divide(pk: int, page: int, *, by: Actor) -> StackRow:
    """The page (counted in the row, from 2) begins another document; returns the new row, which follows."""
    row = _to_confirm(pk, by)
    if not 2 <= page <= row.pages:
        raise Invalid("Chọn một trang từ trang 2 trở đi để tách.")
    kept, rest = _cut(row.parts, page - 1)
    after = stack_queries.following(row)
    position = (row.position + after.position) / 2 if after else row.position + 1
    _change(row, kept)
    return StackRow.objects.create(stack=row.stack, position=position, parts=rest, pages=_count(rest))


@transaction.atomic
def join(pk: int, *, by: Actor) -> StackRow:
    """The row goes on with the one after it: they are one document. Raises `Conflict` when nothing follows."""
    row = _to_confirm(pk, by)
    after = stack_queries.following(row)
    if after is None:
        raise Conflict("Sau văn bản này không còn văn bản nào chưa vào sổ để gộp.")
    moves.make(SCANS, "drop", after, by=by, also={"fields": {}})
    _change(row, [*row.parts, *after.parts])
    return row


@transaction.atomic
def keep_fields(pk: int, fields: Mapping[str, str], *, by: Actor) -> None:
    """Autosave what was typed for a row; of a secret document nothing is kept."""
    refuse_secret(fields.get("secrecy", ""))
    row = _to_confirm(pk, by)
    StackRow.objects.filter(pk=row.pk).update(fields=dict(fields))


@transaction.atomic
def erase(pk: int, *, by: Actor) -> None:
    """A row turned out to be secret: it goes with every file that shows it (Law 117/2025/QH15).

    Other documents of the same scan get files of their own first.
    """
    _erase(_to_confirm(pk, by), by)


@transaction.atomic
def erase_page(source: Attachment, page: int) -> None:
    """A page (from 1) of a scanned file shows a secret mark: its document goes as by `erase`, and the stack says so."""
    stack = Stack.objects.select_for_update(no_key=True).get(pk=source.owner_id)
    by = Actor.for_system(stack.office_id)
    rows = stack_queries.rows(stack).filter(state__in=TO_CONFIRM)
    shown = next((one for one in rows if _shows(one, str(source.pk), page)), None)
    if shown is not None:
        _erase(shown, by)
    else:  # not cut yet, or registered: that document has a file of its own
        file_actions.detach(source)
        ledger.record("documents.secret_scan_erased", stack, by=by, note=_ERASED)
    stack.trouble = f"{stack.trouble} {_STAYED_OUT}".strip()[:500]
    stack.save(update_fields=["trouble"])


def _shows(row: StackRow, source: str, page: int) -> bool:
    return any(part[0] == source and int(part[1]) <= page <= int(part[2]) for part in row.parts)


def _erase(row: StackRow, by: Actor) -> None:
    sources = {part[0] for part in row.parts}
    for other in stack_queries.rows(row.stack).filter(state__in=TO_CONFIRM).exclude(pk=row.pk):
        if sources & {part[0] for part in other.parts}:
            own = file_actions.attach(
                file_of(other), owner_kind="stack", owner_id=row.stack_id, role="scan", name=_name_of(other)
            )
            _change(other, [[str(own.pk), 1, other.pages]])
    moves.make(SCANS, "drop", row, by=by, also={"fields": {}})
    held = [file_queries.attachment(source) for source in sources]
    for one in held:
        file_actions.detach(one)
    ledger.record("documents.secret_scan_erased", row.stack, by=by, note=_ERASED)
    for sha256 in {one.file_id for one in held}:
        transaction.on_commit(partial(file_actions.erase, sha256))


def file_of(row: StackRow) -> StoredFile:
    """The PDF of a row: the scanned file itself when the row is all of it, else its pages put together."""
    sources = {part[0]: file_queries.attachment(part[0]) for part in row.parts}
    [first, *others] = row.parts
    whole = sources[first[0]].file
    if not others and (first[1], first[2]) == (1, whole.page_count):
        return whole
    with TemporaryDirectory() as folder:
        target = Path(folder) / "row.pdf"
        assembling.assemble([(sources[pk].file, start, end) for pk, start, end in row.parts], target)
        made = file_actions.store_bytes(target, PDF)
    reading.count_pages(made)
    return made


def _to_confirm(pk: int, by: Actor) -> StackRow:
    row = stack_queries.row(pk, by, lock=True)
    if row.state not in TO_CONFIRM:
        raise Conflict("Văn bản này trong tập đã xong. Mở lại tập quét để làm tiếp.")
    return row


def _change(row: StackRow, parts: list[list[object]]) -> None:
    row.parts, row.pages = parts, _count(parts)
    row.save(update_fields=["parts", "pages"])


def _count(parts: Iterable[Sequence[object]]) -> int:
    return sum(int(str(last)) - int(str(first)) + 1 for _, first, last in parts)


def _cut(parts: Sequence[Sequence[object]], pages: int) -> tuple[list[list[object]], list[list[object]]]:
    """The parts of the first so many pages, and those of the rest."""
    kept: list[list[object]] = []
    rest: list[list[object]] = []
    for source, start, end in parts:
        first, last = int(str(start)), int(str(end))
        middle = min(last, first + pages - 1)
        if middle >= first:
            kept.append([source, first, middle])
        if middle < last:
            rest.append([source, max(middle + 1, first), last])
        pages = max(0, pages - (last - first + 1))
    return kept, rest


def _name_of(row: StackRow) -> str:
    first = file_queries.attachment(row.parts[0][0])
    whole = len(row.parts) == 1 and (row.parts[0][1], row.parts[0][2]) == (1, first.file.page_count)
    return first.name if whole else f"{Path(first.name).stem[:150]}-trang-{row.parts[0][1]}.pdf"

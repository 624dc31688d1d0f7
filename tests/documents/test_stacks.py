"""Stacks of scans: cut by sheets and blank pages, confirmed row by row, cut and joined by hand, kept for tomorrow."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageDraw

from tests.cast import World
from tests.entries import arrival
from vanthu.documents import stack_queries, stacks
from vanthu.documents.receiving_models import Stack, StackRow
from vanthu.documents.separator import write_separator
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound


def paper(*pages: str) -> BytesIO:
    """A scan: "t" a page of text, "b" a blank one, "s" a separator sheet."""
    target, sheet, text = BytesIO(), BytesIO(), BytesIO()
    write_separator(sheet)
    image = Image.new("L", (620, 877), 255)
    ImageDraw.Draw(image).rectangle((80, 100, 500, 300), fill=30)
    image.save(text, "PDF", resolution=75)
    with pikepdf.new() as pdf, pikepdf.open(sheet) as divider, pikepdf.open(text) as written:
        for page in pages:
            if page == "b":
                pdf.add_blank_page(page_size=(595, 842))
            else:
                pdf.pages.extend((divider if page == "s" else written).pages)
        pdf.save(target)
    target.seek(0)
    return target


def bring(by: Actor, *scans: BytesIO, split_at_blank: bool = False) -> Stack:
    uploads = [files.stage(scan, f"quet-{place}.pdf", by=by).pk for place, scan in enumerate(scans, 1)]
    stack = stacks.bring(uploads, split_at_blank=split_at_blank, by=by)
    stacks.read(stack.pk)
    return stack


def pages(stack: Stack) -> list[int]:
    return [row.pages for row in stack_queries.rows(stack)]


def rows(stack: Stack) -> list[StackRow]:
    return list(stack_queries.rows(stack))


def size_of(entry: Any) -> list[int]:
    [file] = file_queries.attachments("document", [entry.document_id])[entry.document_id]
    with file_queries.copy_of(file.file, "x.pdf") as path, pikepdf.open(path) as pdf:
        return [len(pdf.pages), entry.pages]


def test_files_and_sheets_and_blank_pages_make_rows(world: World) -> None:
    clerk = world.actor("clerk")
    assert pages(bring(clerk, paper("t", "b"), paper("t", "t", "s", "t"), paper("t"))) == [2, 2, 1, 1]
    by_blank = bring(clerk, paper("t", "b", "t", "t"), paper("b", "b"), split_at_blank=True)
    assert pages(by_blank) == [1, 2]
    by_blank.refresh_from_db()
    assert "quet-2.pdf: chỉ có trang trắng" in by_blank.trouble
    stacks.read(by_blank.pk)
    assert pages(by_blank) == [1, 2], "the job may run twice"


def test_a_row_becomes_an_entry_with_just_its_pages(world: World) -> None:
    clerk = world.actor("clerk")
    stack = bring(clerk, paper("t", "t", "s", "t"), paper("t"))
    first, second, third = rows(stack)
    made = stacks.confirm(first.pk, arrival(medium="paper", channel="scan"), by=clerk)
    assert size_of(made) == [2, 2]
    assert stacks.confirm(first.pk, arrival(), by=clerk) == made, "pressed twice, registered once"
    entry = stacks.confirm(third.pk, arrival(), by=clerk)
    [attached] = file_queries.attachments("document", [entry.document_id])[entry.document_id]
    assert attached.file_id == stack_queries.sources(third)[third.parts[0][0]].file_id, "it stays as it came"
    assert attached.name == "quet-2.pdf"
    assert stack_queries.next_row(stack) == second


def test_left_rows_come_last_and_the_queue_is_kept(world: World) -> None:
    clerk = world.actor("clerk")
    stack = bring(clerk, paper("t"), paper("t"), paper("t"))
    first, second, third = rows(stack)
    stacks.skip(first.pk, by=clerk)
    stacks.keep_fields(second.pk, {"subject": "Đang gõ dở"}, by=clerk)
    assert stack_queries.next_row(stack, after=first) == second
    assert stack_queries.next_row(stack, after=second) == third
    [known] = stack_queries.open_stacks(clerk)
    assert (known.waiting, known.skipped, known.registered) == (2, 1, 0)
    assert stack_queries.row(second.pk, clerk).fields == {"subject": "Đang gõ dở"}
    for row in (second, third):
        stacks.confirm(row.pk, arrival(), by=clerk)
    assert stack_queries.next_row(stack, after=third) == first
    stacks.drop(first.pk, by=clerk)
    assert stack_queries.next_row(stack) is None
    assert stack_queries.open_stacks(clerk) == []


def test_cut_and_joined_by_hand(world: World) -> None:
    clerk = world.actor("clerk")
    stack = bring(clerk, paper("t", "t", "t"), paper("t", "t"))
    first, second = rows(stack)
    stacks.divide(first.pk, 3, by=clerk)
    assert pages(stack) == [2, 1, 2]
    middle = rows(stack)[1]
    stacks.join(middle.pk, by=clerk)
    assert pages(stack) == [2, 3]
    stacks.divide(middle.pk, 3, by=clerk)
    assert pages(stack) == [2, 2, 1]
    assert size_of(stacks.confirm(middle.pk, arrival(), by=clerk)) == [2, 2]
    for wrong in (1, 3):
        with pytest.raises(Invalid):
            stacks.divide(first.pk, wrong, by=clerk)
    with pytest.raises(Conflict):
        stacks.join(rows(stack)[-1].pk, by=clerk)
    with pytest.raises(Conflict):
        stacks.divide(middle.pk, 2, by=clerk)
    assert second.pages == 2


def test_a_secret_scan_goes_with_its_file_and_its_neighbours_stay(world: World) -> None:
    clerk = world.actor("clerk")
    stack = bring(clerk, paper("t", "s", "t", "t"))
    secret, other = rows(stack)
    source = secret.parts[0][0]
    stacks.erase(secret.pk, by=clerk)
    with pytest.raises(NotFound):
        file_queries.attachment(source)
    assert size_of(stacks.confirm(other.pk, arrival(), by=clerk)) == [2, 2]
    with pytest.raises(NotAllowed):
        stacks.keep_fields(other.pk, {"secrecy": "mat"}, by=clerk)


def test_only_clerks_of_the_office_see_a_stack(world: World) -> None:
    stack = bring(world.actor("clerk"), paper("t"))
    [row] = rows(stack)
    with pytest.raises(NotFound):
        stacks.confirm(row.pk, arrival(), by=world.actor("region_clerk"))
    with pytest.raises(NotAllowed):
        stack_queries.stack(stack.pk, world.actor("head"))
    assert stack_queries.may_open_stack(stack.pk, world.actor("clerk"))
    assert not stack_queries.may_open_stack(stack.pk, world.actor("region_clerk"))
    with pytest.raises(Invalid):
        stacks.bring([], split_at_blank=False, by=world.actor("clerk"))


def test_a_sheet_for_a_kind_and_issuer_fills_them_in(world: World) -> None:
    clerk = world.actor("clerk")
    target, plain = BytesIO(), paper("t", "s", "t")
    with pikepdf.new() as pdf, pikepdf.open(plain) as scan:
        sheet = BytesIO()
        write_separator(sheet, kind="KH", issuer="Công an tỉnh Bắc Ninh")
        with pikepdf.open(sheet) as announced:
            pdf.pages.extend(announced.pages)
            pdf.add_blank_page(page_size=(595, 842))  # its back
            pdf.pages.extend(scan.pages)
            pdf.pages.extend(announced.pages)
            pdf.pages.append(scan.pages[0])
        pdf.save(target)
    target.seek(0)
    known = {"kind": "KH", "issuer_name": "Công an tỉnh Bắc Ninh"}
    stack = bring(clerk, target)
    assert [row.fields for row in rows(stack)] == [known, {}, known], "a sheet speaks of one document"
    assert stack_queries.names(stack, rows(stack)) == [
        "quet-1.pdf, trang 3", "quet-1.pdf, trang 5", "quet-1.pdf, trang 7",
    ]  # fmt: skip

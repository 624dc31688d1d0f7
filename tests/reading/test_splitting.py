"""Stacks of scans: blank pages and separator sheets are known by their picture, however the paper lay."""

import io
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from vanthu.documents.separator import write_separator
from vanthu.reading import pages, splitting
from vanthu.reading.barcodes import NEW_DOCUMENT
from vanthu.reading.splitting import PageKind, Range, kind_of, ranges

T, B, S = PageKind.TEXT, PageKind.BLANK, PageKind.SEPARATOR


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The separator sheet as it is printed."""
    path = tmp_path_factory.mktemp("sheet") / "to-ngan.pdf"
    with path.open("wb") as target:
        write_separator(target)
    return path


def picture(path: Path) -> Image.Image:
    return Image.open(io.BytesIO(pages.render(path, 1, 320))).convert("L")


def written(lines: int, paper: int = 255) -> Image.Image:
    """A page with lines of "text"."""
    image = Image.new("L", (320, 453), paper)
    draw = ImageDraw.Draw(image)
    for line in range(lines):
        for word in range(8):
            draw.rectangle((40 + word * 30, 60 + line * 12, 60 + word * 30, 64 + line * 12), fill=40)
    return image


def test_the_printed_sheet_is_known(sheet: Path) -> None:
    assert splitting.kinds_of_pages(sheet) == [S]


@pytest.mark.parametrize("angle", [0, 2, -2, 90, 180, 270, 178])
def test_however_it_lay_on_the_glass(sheet: Path, angle: int) -> None:
    turned = picture(sheet).rotate(angle, expand=True, fillcolor=255)
    assert kind_of(turned) is S


def test_a_bad_copy_of_the_sheet_is_known(sheet: Path) -> None:
    image = picture(sheet)
    grey = Image.blend(image, Image.new("L", image.size, 170), 0.35).filter(ImageFilter.GaussianBlur(1))
    smaller = Image.new("L", (320, 453), 255)
    smaller.paste(image.resize((288, 408)), (16, 20))
    assert (kind_of(grey), kind_of(smaller)) == (S, S)


def test_blank_paper_of_any_colour_and_one_line_of_text() -> None:
    yellow = Image.new("L", (320, 453), 214)
    dirty = Image.new("L", (320, 453), 250)
    draw = ImageDraw.Draw(dirty)
    draw.rectangle((0, 0, 12, 453), fill=0)  # the edge of the glass
    draw.ellipse((4, 200, 14, 210), fill=0)  # a hole
    draw.point([(100, 100), (200, 300), (151, 222)], fill=0)
    assert (kind_of(yellow), kind_of(dirty)) == (B, B)
    assert (kind_of(written(1)), kind_of(written(30, paper=214))) == (T, T)


def test_dark_pages_and_tables_are_no_separators() -> None:
    black = Image.new("L", (320, 453), 10)
    table = written(20)
    draw = ImageDraw.Draw(table)
    for row in range(0, 453, 24):
        draw.rectangle((0, row, 320, row + 11), fill=0)
    assert (kind_of(black), kind_of(table)) == (T, T)


@pytest.mark.parametrize(
    ("kinds", "at_blank", "found"),
    [
        ([T, T, T], False, [Range(1, 3)]),
        ([T, S, T, T, S, T], False, [Range(1, 1), Range(3, 4), Range(6, 6)]),
        ([S, B, T, B, T, S, S, T, S], False, [Range(3, 5), Range(8, 8)]),
        ([T, B, T, B, B, T, T], True, [Range(1, 1), Range(3, 3), Range(6, 7)]),
        ([T, B, T], False, [Range(1, 3)]),
        ([B, S, B], True, []),
    ],
)
def test_documents_lie_between_dividers(kinds: list[PageKind], at_blank: bool, found: list[Range]) -> None:
    assert ranges(kinds, at_blank=at_blank) == found


def test_a_stack_in_one_file(sheet: Path, tmp_path: Path) -> None:
    whole = pikepdf.new()
    text = io.BytesIO()
    written(20).resize((1240, 1754)).save(text, "PDF", resolution=150)
    with pikepdf.open(text) as one, pikepdf.open(sheet) as divider:
        for part in (one, one, divider, one):
            whole.pages.extend(part.pages)
        whole.add_blank_page(page_size=(595, 842))
        whole.save(tmp_path / "stack.pdf")
    assert splitting.kinds_of_pages(tmp_path / "stack.pdf") == [T, T, S, T, B]


def scanned(says: str, *, dpi: int = 150, angle: int = 0, across: bool = False) -> Image.Image:
    """A written page with a barcode 50 mm wide on it, as a scanner at so many dots per inch sees it."""
    image = written(20).resize((round(8.27 * dpi), round(11.69 * dpi)))
    code = zxingcpp.create_barcode(says, zxingcpp.BarcodeFormat.QRCode, ec_level="H")
    side = round(50 / 25.4 * dpi)
    image.paste(Image.fromarray(code.to_image(scale=10)).resize((side, side)), (3 * side // 2, 4 * side))
    turned = image.rotate(angle, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    return turned.transpose(Image.Transpose.ROTATE_90) if across else turned


def kinds(tmp_path: Path, image: Image.Image, dpi: int = 150) -> list[PageKind]:
    image.save(tmp_path / "scan.pdf", resolution=dpi)
    return splitting.kinds_of_pages(tmp_path / "scan.pdf")


@pytest.mark.parametrize(
    ("dpi", "angle", "across"),
    [(150, 2, False), (150, -2, True), (150, 182, True), (200, -2, False), (300, 2, True), (300, 182, False)],
)
def test_a_page_with_our_barcode_divides(tmp_path: Path, dpi: int, angle: int, across: bool) -> None:
    assert kinds(tmp_path, scanned(NEW_DOCUMENT, dpi=dpi, angle=angle, across=across), dpi) == [S]


@pytest.mark.parametrize("says", ["https://vks.example/tra-cuu?so=15", "VANTHU:VAN-BAN-MOI-KHAC"])
def test_a_barcode_of_the_document_itself_divides_nothing(tmp_path: Path, says: str) -> None:
    assert kinds(tmp_path, scanned(says)) == [T]


def test_the_barcode_tells_a_sheet_whose_stripes_were_spoiled(sheet: Path, tmp_path: Path) -> None:
    spoiled = Image.open(io.BytesIO(pages.render(sheet, 1, 1240))).convert("L")
    ImageDraw.Draw(spoiled).rectangle((0, 300, 1240, 800), fill=255)
    assert kind_of(spoiled.resize((320, 453))) is T
    assert kinds(tmp_path, spoiled) == [S]

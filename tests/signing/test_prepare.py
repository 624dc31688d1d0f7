"""Finding the places, putting the fields in, filling them."""

from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from tests.signing.papers import SIGNER, make_paper
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.signing.fields import fill, prepare, prepare_attachment
from vanthu.signing.geometry import Rect
from vanthu.signing.places import (
    DAY,
    LEADER,
    MONTH,
    NUMBER,
    OFFICE,
    SEAL_DIAMETER,
    Place,
    Places,
    find_places,
)


def text_of(path: Path) -> str:
    document = pdfium.PdfDocument(path)
    document.init_forms()
    return str(document[0].get_textpage().get_text_bounded())


def test_all_places_are_found(paper: Path) -> None:
    places = find_places(paper, SIGNER)
    assert places.missing == ()
    assert places.found[NUMBER].size == pytest.approx(13, abs=0.1)
    assert not places.found[NUMBER].italic
    assert places.found[DAY].size == pytest.approx(14, abs=0.1)
    assert places.found[DAY].italic
    assert places.found[DAY].rect.right < places.found[MONTH].rect.left
    assert "KyNhay1" in places.found


def test_the_seal_covers_a_third_of_the_signature_from_the_left(paper: Path) -> None:
    found = find_places(paper, SIGNER).found
    signature, seal = found[LEADER].rect, found[OFFICE].rect
    assert seal.width == pytest.approx(36 / 25.4 * 72) == pytest.approx(SEAL_DIAMETER)
    assert seal.right - signature.left == pytest.approx(signature.width / 3)
    assert seal.centre[1] == pytest.approx(signature.centre[1])


def test_the_signature_stands_above_the_name_not_at_its_mention_in_the_text(paper: Path) -> None:
    place = find_places(paper, SIGNER).found[LEADER].rect
    assert place.centre[0] > 300
    assert place.height >= 22


def test_the_block_is_found_on_the_last_page(tmp_path: Path) -> None:
    places = find_places(make_paper(tmp_path / "long.pdf", pages=3), SIGNER)
    assert places.found[LEADER].page > 0 == places.found[NUMBER].page
    assert places.found[OFFICE].page == places.found[LEADER].page


@pytest.mark.parametrize(
    ("change", "gaps"),
    [
        ({"number": "12"}, {NUMBER}),
        ({"number": ""}, {NUMBER}),
        ({"day": "05"}, {DAY, MONTH}),
        ({"gap": 1}, {LEADER, OFFICE}),
        ({"signer": "Lê Thị Hoa"}, {LEADER, OFFICE}),
    ],
)
def test_a_missing_place_is_named(tmp_path: Path, change: dict[str, object], gaps: set[str]) -> None:
    paper = make_paper(tmp_path / "plan.pdf", **change)  # type: ignore[arg-type]
    places = find_places(paper, SIGNER)
    assert {gap.field for gap in places.missing} == gaps
    with pytest.raises(Invalid) as refusal:
        prepare(paper, places, tmp_path / "form.pdf")
    assert set(refusal.value.fields) == gaps
    assert all("Đánh dấu chỗ này trên trang" in sentence for sentence in refusal.value.fields.values())


def test_what_the_drafter_places_by_hand_completes_the_places(tmp_path: Path) -> None:
    paper = make_paper(tmp_path / "plan.pdf", gap=1)
    places = find_places(paper, SIGNER).placed(LEADER, Place(0, Rect(380, 300, 480, 350)))
    assert places.missing == ()
    prepare(paper, Places.from_json(places.as_json()), tmp_path / "form.pdf")
    with pikepdf.open(tmp_path / "form.pdf") as document:
        assert {str(field.T) for field in document.Root.AcroForm.Fields} >= {
            NUMBER,
            DAY,
            MONTH,
            LEADER,
            OFFICE,
        }


def test_a_scan_has_no_places(tmp_path: Path) -> None:
    document = pdfium.PdfDocument.new()
    document.new_page(595, 842)
    document.save(tmp_path / "scan.pdf")
    assert len(find_places(tmp_path / "scan.pdf", SIGNER).missing) == 5


def test_filled_fields_show_in_the_text_and_are_read_only(form: Path, tmp_path: Path) -> None:
    fill(form, {NUMBER: "129", DAY: "05", MONTH: "01"}, tmp_path / "filled.pdf")
    assert tmp_path.joinpath("filled.pdf").read_bytes().startswith(form.read_bytes())
    with pikepdf.open(tmp_path / "filled.pdf") as document:
        fields = {str(field.T): field for field in document.Root.AcroForm.Fields}
        assert str(fields[NUMBER].V) == "129"
        assert int(fields[NUMBER].Ff) & 1


def test_a_field_is_filled_once(form: Path, tmp_path: Path) -> None:
    fill(form, {NUMBER: "129"}, tmp_path / "filled.pdf")
    with pytest.raises(Conflict, match="Số văn bản"):
        fill(tmp_path / "filled.pdf", {NUMBER: "130"}, tmp_path / "again.pdf")


def test_dots_in_the_template_do_not_hinder(tmp_path: Path) -> None:
    paper = make_paper(tmp_path / "dots.pdf", number="……", day="….")
    assert find_places(paper, SIGNER).missing == ()


def test_a_file_that_is_no_pdf_is_refused(tmp_path: Path) -> None:
    tmp_path.joinpath("bad.pdf").write_bytes(b"not a PDF")
    with pytest.raises(Invalid, match="PDF bị hỏng"):
        prepare_attachment(tmp_path / "bad.pdf", tmp_path / "out.pdf")

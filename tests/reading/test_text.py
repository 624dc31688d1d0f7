"""The text layer comes page by page, composed and clean."""

import unicodedata

import pytest

from tests.reading.conftest import Put, pdf_of
from vanthu.kernel.refusals import Invalid
from vanthu.reading.text import cleaned, page_texts


def test_every_page_has_its_text(put: Put, clean_pdf) -> None:
    first, second = page_texts(put("a.pdf", clean_pdf))
    assert first == "Kế hoạch công tác quý IV, xem trang thông tin"
    assert second == "Trang hai"


def test_decomposed_letters_are_composed(put: Put) -> None:
    apart = unicodedata.normalize("NFD", "Viện kiểm sát nhân dân tỉnh Quảng Ngãi")
    (text,) = page_texts(put("a.pdf", pdf_of(f"<p>{apart}</p>")))
    assert text == "Viện kiểm sát nhân dân tỉnh Quảng Ngãi"


def test_a_picture_has_no_text(put: Put) -> None:
    box = "<div style='width:50mm;height:50mm;background:#ccc'></div>"
    assert page_texts(put("a.pdf", pdf_of(box))) == [""]


def test_cleaning() -> None:
    assert cleaned("chuyển\u00a0 đổi \r\n\r\n số\x00\u200b") == "chuyển đổi\nsố"
    assert cleaned("kế ho\ufffe\r\nạch") == "kế hoạch"


def test_a_limit_for_one_file(put: Put, clean_pdf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vanthu.reading.text.MOST_LETTERS", 8)
    assert page_texts(put("a.pdf", clean_pdf)) == ["Kế hoạch", ""]


def test_a_broken_file(put: Put) -> None:
    with pytest.raises(Invalid):
        page_texts(put("a.pdf", b"no pdf"))

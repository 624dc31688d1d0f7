"""Number and symbol: every form that the offices write, read and written again."""

import string

import pytest

from vanthu.documents import kinds, symbols
from vanthu.documents.symbols import NotUnderstood, Symbol

SEEN = [
    # text, number, letter, year, kind, office, unit, form
    ("01/CT-VKSTC", 1, "", None, "CT", "VKSTC", "", "state"),
    ("03/CT-VKSTC", 3, "", None, "CT", "VKSTC", "", "state"),
    ("12/QĐ-VKSTC", 12, "", None, "QĐ", "VKSTC", "", "state"),
    ("194/QĐ-VKSTC", 194, "", None, "QĐ", "VKSTC", "", "state"),
    ("245/QĐ-VKSTC", 245, "", None, "QĐ", "VKSTC", "", "state"),
    ("310/QĐ-VKSTC", 310, "", None, "QĐ", "VKSTC", "", "state"),
    ("221/KH-VKSTC", 221, "", None, "KH", "VKSTC", "", "state"),
    ("11/HD-VKSTC", 11, "", None, "HD", "VKSTC", "", "state"),
    ("01/KH-VKS-VP", 1, "", None, "KH", "VKS", "VP", "state"),
    ("133/KH-VKS-VP", 133, "", None, "KH", "VKS", "VP", "state"),
    ("718/KH-VKS-VP", 718, "", None, "KH", "VKS", "VP", "state"),
    ("2143/KH-VKS-VP", 2143, "", None, "KH", "VKS", "VP", "state"),
    ("1885/QĐ-VKS", 1885, "", None, "QĐ", "VKS", "", "state"),
    ("1886/QĐ-VKS", 1886, "", None, "QĐ", "VKS", "", "state"),
    ("04/TTr-VKSTC", 4, "", None, "TTr", "VKSTC", "", "state"),
    ("15/QĐ-VKSKV7", 15, "", None, "QĐ", "VKSKV7", "", "state"),
    ("19/YC-VKSKV7", 19, "", None, "YC", "VKSKV7", "", "state"),
    ("07/QyĐ-VKSTC", 7, "", None, "QyĐ", "VKSTC", "", "state"),
    ("811/VKS-TK", 811, "", None, "", "VKS", "TK", "state"),
    ("12/VKSTC-V14", 12, "", None, "", "VKSTC", "V14", "state"),
    ("1552/BTTTT-THH", 1552, "", None, "", "BTTTT", "THH", "state"),
    ("05/VKS", 5, "", None, "", "VKS", "", "state"),
    ("31/BC-VKS-TH&TK", 31, "", None, "BC", "VKS", "TH&TK", "state"),
    ("426/CSĐT(PC02)", 426, "", None, "", "CSĐT", "(PC02)", "state"),
    ("426/TB-CSĐT-Đ2(PC02)", 426, "", None, "TB", "CSĐT", "Đ2(PC02)", "state"),
    ("05/SY-VKS", 5, "", None, "SY", "VKS", "", "state"),
    ("06/TrS-VKS", 6, "", None, "TrS", "VKS", "", "state"),
    ("07/SL-VKS", 7, "", None, "SL", "VKS", "", "state"),
    ("05a/QĐ-VKS", 5, "a", None, "QĐ", "VKS", "", "state"),
    ("951/NQ-UBTVQH13", 951, "", None, "NQ", "UBTVQH13", "", "state"),
    ("30/2020/NĐ-CP", 30, "", 2020, "NĐ", "CP", "", "legal"),
    ("04/2025/TT-VKSTC", 4, "", 2025, "TT", "VKSTC", "", "legal"),
    ("01/2025/TTLT-VKSTC-TATC", 1, "", 2025, "TTLT", "VKSTC", "TATC", "legal"),
    ("33/2024/QH15", 33, "", 2024, "", "QH15", "", "legal"),
    ("129-NQ/BCSĐ", 129, "", None, "NQ", "BCSĐ", "", "party"),
    ("21-KH/ĐU", 21, "", None, "KH", "ĐU", "", "party"),
    ("36-HD/VPTW", 36, "", None, "HD", "VPTW", "", "party"),
    ("383-QĐ/TW", 383, "", None, "QĐ", "TW", "", "party"),
]


@pytest.mark.parametrize("row", SEEN, ids=[row[0] for row in SEEN])
def test_reads_what_the_offices_write_and_writes_it_again(row: tuple[object, ...]) -> None:
    text, *parts = row
    symbol = symbols.parse(str(text))
    assert symbol == Symbol(*parts)  # type: ignore[arg-type]
    assert str(symbol) == text
    assert symbols.join(*symbols.split(str(text))) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2143 / KH - VKS - VP", "2143/KH-VKS-VP"),
        ("2143/KH–VKS—VP", "2143/KH-VKS-VP"),
        ("2143/KH--VKS- –VP", "2143/KH-VKS-VP"),
        ("  Số: 2143/KH-VKS-VP; ", "2143/KH-VKS-VP"),
        ("SỐ 2143\u00a0/\u00a0KH-VKS-VP.", "2143/KH-VKS-VP"),
        ("\ufeff2143/\u200bKH-VKS-VP", "2143/KH-VKS-VP"),
        ("2143/kh-vks-vp", "2143/KH-VKS-VP"),
        ("2143/KH-vks-vp", "2143/KH-VKS-VP"),
        ("15/qd-vkskv7", "15/QĐ-VKSKV7"),
        ("15/QÐ-VKSKV7", "15/QĐ-VKSKV7"),
        ("04/ttr-vkstc", "04/TTr-VKSTC"),
        ("04/TTR-VKSTC", "04/TTr-VKSTC"),
        ("6/trs-vks", "06/TrS-VKS"),
        ("426/csđt(pc02)", "426/CSĐT(PC02)"),
        ("30/2020/nđ-cp", "30/2020/NĐ-CP"),
        ("129-nq/bcsđ", "129-NQ/BCSĐ"),
        ("129 – NQ / BCSĐ", "129-NQ/BCSĐ"),
        ("1/QĐ-VKS", "01/QĐ-VKS"),
        ("001/QĐ-VKS", "01/QĐ-VKS"),
        ("5a/QĐ-VKS", "05a/QĐ-VKS"),
        ("1/TB-BTTTT-ĐÂ\u0301", "01/TB-BTTTT-ĐẤ"),
    ],
)
def test_one_meaning_however_it_is_typed(typed: str, meant: str) -> None:
    assert str(symbols.parse(typed)) == meant


@pytest.mark.parametrize(
    ("typed", "number", "notation"),
    [
        ("2143/KH-VKS-VP", "2143", "KH-VKS-VP"),
        ("2143/kh-vks-vp", "2143", "KH-VKS-VP"),
        ("15/không rõ", "15", "không rõ"),
        ("5/TTR-VKS", "5", "TTR-VKS"),
        ("426/CV-CSĐT(PC02)", "426", "CV-CSĐT(PC02)"),
        ("1/QĐ-VKS", "1", "QĐ-VKS"),
        ("30/2020/NĐ-CP", "30", "2020/NĐ-CP"),
        ("129-NQ/BCSĐ", "129", "-NQ/BCSĐ"),
        ("15-KHAC/VKS", "15", "-KHAC/VKS"),
        ("15/QĐ/VKS", "15", "QĐ/VKS"),
        ("12//VKS", "", "12//VKS"),
        ("không số", "", "không số"),
        ("2143", "", "2143"),
        ("", "", ""),
    ],
)
def test_splits_what_is_typed_at_once(typed: str, number: str, notation: str) -> None:
    assert symbols.split(typed) == (number, notation)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Hãy viết số trước"),
        ("KH-VKS", "Hãy viết số trước"),
        ("a/KH-VKS", "Hãy viết số trước"),
        ("0/KH-VKS", "bắt đầu từ 01"),
        ("1234567/KH-VKS", "nhiều nhất 6 chữ số"),
        ("9" * 10_000 + "/KH-VKS", "nhiều nhất 6 chữ số"),
        ("2143", "Hãy viết dấu “/”"),
        ("2143/", "Hãy viết dấu “/”"),
        ("2143 KH-VKS", "Hãy viết dấu “/”"),
        ("1-KHAC/VKS", "của Đảng"),
        ("12/-VKS", "chỉ gồm chữ"),
        ("12/QĐ/VKS", "chỉ gồm chữ"),
        ("12/KH VKS", "chỉ gồm chữ"),
        ("12/KH-VKS ngày 05/3/2026", "chỉ gồm chữ"),
        ("30/2020", "chỉ gồm chữ"),
        ("12/QĐ-VKS(", "chỉ gồm chữ"),
    ],
)
def test_what_has_no_form_is_kept_with_a_sentence_that_says_what_to_write(text: str, why: str) -> None:
    result = symbols.parse(text)
    assert isinstance(result, NotUnderstood)
    assert not result
    assert result.text == text
    assert why in result.why


@pytest.mark.parametrize(
    ("code", "office", "unit", "pattern", "notation"),
    [
        ("KH", "VKS", "VP", "{kind}-{office}-{unit}", "KH-VKS-VP"),
        ("KH", "VKSTC", "", "{kind}-{office}-{unit}", "KH-VKSTC"),
        ("QD", "VKS", "P15", "{kind}-{office}", "QĐ-VKS"),
        ("CV", "VKS", "TK", "{kind}-{office}-{unit}", "VKS-TK"),
        ("DNQ", "ĐU", "VP", "{kind}-{office}-{unit}", "-NQ/ĐU"),
        ("SY", "VKS", "VP", "{kind}-{office}-{unit}", "SY-VKS"),
        ("TRS", "VKS", "VP", "{kind}-{office}-{unit}", "TrS-VKS"),
    ],
)
def test_the_symbol_of_an_own_document(
    code: str, office: str, unit: str, pattern: str, notation: str
) -> None:
    made = symbols.notation_for(kinds.by_code(code), office, unit, pattern)
    assert made == notation
    read = symbols.parse(symbols.written(7, made))
    assert isinstance(read, Symbol)
    assert read.notation == notation


@pytest.mark.parametrize(
    ("number", "notation", "year", "text"),
    [
        (1, "KH-VKS", None, "01/KH-VKS"),
        (9, "-NQ/ĐU", None, "09-NQ/ĐU"),
        (10, "KH-VKS", None, "10/KH-VKS"),
        ("2143", "KH-VKS-VP", None, "2143/KH-VKS-VP"),
        (4, "TT-VKSTC", 2025, "04/2025/TT-VKSTC"),
        ("", "KH-VKS", None, "KH-VKS"),
    ],
)
def test_numbers_below_ten_get_a_zero(number: int | str, notation: str, year: int | None, text: str) -> None:
    assert symbols.written(number, notation, year=year) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2143/KH-VKS-VP", "KH"),
        ("KH-VKS-VP", "KH"),
        ("811/VKS-TK", "CV"),
        ("15/CV-UBND", "CV"),
        ("15/QH-VP", "CV"),
        ("01/CT-VKSTC", "CT"),
        ("30/2020/NĐ-CP", "ND"),
        ("2020/NĐ-CP", "ND"),
        ("04/2025/TT-VKSTC", "TT"),
        ("12/KN-VKS", "KN"),
        ("33/2024/QH15", "LUAT"),
        ("129-NQ/BCSĐ", "DNQ"),
        ("-NQ/BCSĐ", "DNQ"),
        ("951/NQ-UBTVQH13", "NQ"),
        ("05/SY-VKS", "SY"),
        ("06/TrS-VKS", "TRS"),
        ("07/SL-VKS", "SL"),
        ("05/2024/NQ-HĐTP", "NQQP"),
    ],
)
def test_guesses_the_kind(text: str, code: str) -> None:
    kind = symbols.guess_kind(text)
    assert kind is not None
    assert kind.code == code


@pytest.mark.parametrize("text", ["!!", "", "12/2026/HS-ST"])
def test_guesses_nothing_from_what_does_not_say_it(text: str) -> None:
    assert symbols.guess_kind(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("VKSND tối cao", "01", "CT-VKSTC"), ("Viện kiểm sát nhân dân tối cao", "1", "ct - vkstc")),
        (("VKSND tối cao", "2", "QÐ-VKSTC"), ("VKSND tối cao", "02", "QĐ-VKSTC")),
        (("VKSNDTC", "2143", "KH-VKS-VP"), ("Viện Kiểm sát Nhân dân Tối cao", "2143", "KH–VKS-VP")),
        (("UBND tỉnh Bắc Ninh", "7", "QĐ-UBND"), ("Ủy ban nhân dân tỉnh Bắc Ninh", "07", "QD-UBND")),
        (("VKS khu vực 7", "15", "QĐ-VKSKV7"), ("VKSND KV7", "15", "QĐ-VKSKV7")),
        (("VKS quân sự trung ương", "3", "TB-VKSQSTW"), ("VKSQS TW", "03", "TB-VKSQSTW")),
        (("CA tỉnh Bắc Ninh", "426", "CV-CSĐT(PC02)"), ("Công an tỉnh Bắc Ninh", "426", "CV-CSĐT (PC02)")),
    ],
)
def test_the_same_document_has_one_duplicate_key(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    assert symbols.duplicate_key(*one) == symbols.duplicate_key(*other) != ""


@pytest.mark.parametrize(
    "other",
    [
        ("VKSND tối cao", "2", "CT-VKSTC"),
        ("VKSND tối cao", "1", "KH-VKSTC"),
        ("VKSND tỉnh X", "1", "CT-VKSTC"),
    ],
)
def test_different_documents_have_different_keys(other: tuple[str, str, str]) -> None:
    assert symbols.duplicate_key("VKSND tối cao", "1", "CT-VKSTC") != symbols.duplicate_key(*other)


def test_a_key_fits_its_column_however_long_the_issuer_is_named() -> None:
    assert len(symbols.duplicate_key("VKSND " * 100, "1", "CT-VKSTC")) == 200


def test_no_key_without_number_or_issuer() -> None:
    assert symbols.duplicate_key("VKSND tối cao", "", "CT-VKSTC") == ""
    assert symbols.duplicate_key(" ", "1", "CT-VKSTC") == ""


def test_the_letters_of_symbols_are_those_of_the_alphabet() -> None:
    assert set("".join(kinds.ABBREVIATIONS)) <= set(string.ascii_letters + "Đ")

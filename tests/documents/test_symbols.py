"""Number and symbol: every form that the offices write, read and written again."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanthu.documents import kinds, symbols
from vanthu.documents.symbols import Symbol

SEEN = [
    # text, number, year, notation, kind, office, unit, form
    ("01/CT-VKSTC", "01", None, "CT-VKSTC", "CT", "VKSTC", "", "state"),
    ("194/QĐ-VKSTC", "194", None, "QĐ-VKSTC", "QĐ", "VKSTC", "", "state"),
    ("221/KH-VKSTC", "221", None, "KH-VKSTC", "KH", "VKSTC", "", "state"),
    ("01/KH-VKS-VP", "01", None, "KH-VKS-VP", "KH", "VKS", "VP", "state"),
    ("2143/KH-VKS-VP", "2143", None, "KH-VKS-VP", "KH", "VKS", "VP", "state"),
    ("1885/QĐ-VKS", "1885", None, "QĐ-VKS", "QĐ", "VKS", "", "state"),
    ("04/TTr-VKSTC", "04", None, "TTr-VKSTC", "TTr", "VKSTC", "", "state"),
    ("15/QĐ-VKSKV7", "15", None, "QĐ-VKSKV7", "QĐ", "VKSKV7", "", "state"),
    ("811/VKS-TK", "811", None, "VKS-TK", "", "VKS", "TK", "state"),
    ("12/VKSTC-V14", "12", None, "VKSTC-V14", "", "VKSTC", "V14", "state"),
    ("1552/BTTTT-THH", "1552", None, "BTTTT-THH", "", "BTTTT", "THH", "state"),
    ("05a/SY-VKS", "05a", None, "SY-VKS", "SY", "VKS", "", "state"),
    ("951/NQ-UBTVQH13", "951", None, "NQ-UBTVQH13", "NQ", "UBTVQH13", "", "state"),
    ("30/2020/NĐ-CP", "30", 2020, "NĐ-CP", "NĐ", "CP", "", "legal"),
    ("04/2025/TT-VKSTC", "04", 2025, "TT-VKSTC", "TT", "VKSTC", "", "legal"),
    ("01/2025/TTLT-VKSTC-TATC", "01", 2025, "TTLT-VKSTC-TATC", "TTLT", "VKSTC", "TATC", "legal"),
    ("33/2024/QH15", "33", 2024, "QH15", "", "QH15", "", "legal"),
    ("129-NQ/BCSĐ", "129", None, "-NQ/BCSĐ", "NQ", "BCSĐ", "", "party"),
    ("21-KH/ĐU", "21", None, "-KH/ĐU", "KH", "ĐU", "", "party"),
    ("383-QĐ/TW", "383", None, "-QĐ/TW", "QĐ", "TW", "", "party"),
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
        ("Số: 2143/KH-VKS-VP", "2143/KH-VKS-VP"),
        ("2143/kh-vks-vp", "2143/KH-VKS-VP"),
        ("15/qd-vkskv7", "15/QĐ-VKSKV7"),
        ("04/ttr-vkstc", "04/TTr-VKSTC"),
        ("30/2020/nđ-cp", "30/2020/NĐ-CP"),
        ("129-nq/bcsđ", "129-NQ/BCSĐ"),
        ("1/QĐ-VKS", "01/QĐ-VKS"),
        ("001/QĐ-VKS", "01/QĐ-VKS"),
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
    "text", ["", "2143", "KH-VKS", "426/CV-CSĐT(PC02)", "1-KHAC/VKS", "a/KH-VKS", "12/-VKS"]
)
def test_what_has_no_form_is_not_read(text: str) -> None:
    assert symbols.parse(text) is None


@given(st.text())
def test_splitting_never_fails_and_keeps_every_letter(text: str) -> None:
    assert symbols.join(*symbols.split(text)) == symbols.normalise(text)


OFFICES = st.sampled_from(["VKSTC", "VKS", "VKSKV7", "VKSBN", "UBND", "BTTTT", "VKSQSTW", "ĐHKS"])
UNITS = st.sampled_from(["", "VP", "V14", "P1", "TK", "C2", "THH", "TH&TK"])
KINDS = st.sampled_from([k.abbreviation for k in kinds.ALL if k.family != "party" and k.abbreviation])
PARTY_KINDS = st.sampled_from([k.abbreviation for k in kinds.PARTY])
NUMBERS = st.builds(
    lambda n, letter: f"{n:02}{letter}", st.integers(1, 99_999), st.sampled_from(["", "", "a", "b"])
)


@st.composite
def any_symbol(draw: st.DrawFn) -> Symbol:
    form = draw(st.sampled_from(["state", "legal", "party"]))
    if form == "party":
        kind, office = draw(PARTY_KINDS), draw(st.sampled_from(["TW", "BCSĐ", "ĐU", "VPTW", "ĐUK.1"]))
        return Symbol(
            f"{draw(st.integers(1, 9999)):02}", None, f"-{kind}/{office}", kind, office, "", "party"
        )
    kind, office, unit = draw(st.one_of(st.just(""), KINDS)), draw(OFFICES), draw(UNITS)
    notation = "-".join(part for part in (kind, office, unit) if part)
    year = draw(st.integers(1945, 2099)) if form == "legal" else None
    return Symbol(draw(NUMBERS), year, notation, kind, office, unit, form)  # type: ignore[arg-type]


@given(any_symbol())
def test_what_is_written_is_read_the_same(symbol: Symbol) -> None:
    assert symbols.parse(str(symbol)) == symbol


@given(any_symbol(), st.sampled_from(["–", "—", " - ", "\u2011", "-"]))
def test_dashes_and_spaces_do_not_matter(symbol: Symbol, dash: str) -> None:
    assert symbols.parse(str(symbol).replace("-", dash)) == symbol


@given(any_symbol())
def test_small_letters_mean_the_same_kind_and_office(symbol: Symbol) -> None:
    again = symbols.parse(str(symbol).lower())
    assert again is not None
    assert (again.number, again.kind_abbreviation, again.office, again.unit) == (
        symbol.number.lower(),
        symbol.kind_abbreviation,
        symbol.office.upper(),
        symbol.unit.upper(),
    )


@pytest.mark.parametrize(
    ("code", "office", "unit", "pattern", "notation"),
    [
        ("KH", "VKS", "VP", "{kind}-{office}-{unit}", "KH-VKS-VP"),
        ("KH", "VKSTC", "", "{kind}-{office}-{unit}", "KH-VKSTC"),
        ("QD", "VKS", "P15", "{kind}-{office}", "QĐ-VKS"),
        ("CV", "VKS", "TK", "{kind}-{office}-{unit}", "VKS-TK"),
        ("DNQ", "ĐU", "VP", "{kind}-{office}-{unit}", "-NQ/ĐU"),
    ],
)
def test_the_symbol_of_an_own_document(
    code: str, office: str, unit: str, pattern: str, notation: str
) -> None:
    made = symbols.notation_for(kinds.by_code(code), office, unit, pattern)
    assert made == notation
    assert symbols.parse(symbols.written(7, made)) is not None


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
        ("01/CT-VKSTC", "CT"),
        ("30/2020/NĐ-CP", "ND"),
        ("2020/NĐ-CP", "ND"),
        ("04/2025/TT-VKSTC", "TT"),
        ("12/KN-VKS", "KN"),
        ("33/2024/QH15", "LUAT"),
        ("129-NQ/BCSĐ", "DNQ"),
        ("-NQ/BCSĐ", "DNQ"),
        ("951/NQ-UBTVQH13", "NQ"),
        ("05/2024/NQ-HĐTP", "NQQP"),
    ],
)
def test_guesses_the_kind(text: str, code: str) -> None:
    kind = symbols.guess_kind(text)
    assert kind is not None
    assert kind.code == code


def test_guesses_nothing_from_nonsense() -> None:
    assert symbols.guess_kind("!!") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("VKSND tối cao", "01", "CT-VKSTC"), ("Viện kiểm sát nhân dân tối cao", "1", "ct - vkstc")),
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

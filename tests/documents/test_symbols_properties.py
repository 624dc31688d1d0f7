"""Number and symbol: what holds for every symbol of the grammar, and for every text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vanthu.documents import kinds, symbols
from vanthu.documents.symbols import NotUnderstood, Symbol

# the forms that five public reports of 2021-2024 show
REPORTED = (
    "01/CT-VKSTC", "194/QĐ-VKSTC", "221/KH-VKSTC", "01/KH-VKS-VP", "2143/KH-VKS-VP", "718/KH-VKS-VP", "1885/QĐ-VKS",
    "245/QĐ-VKSTC", "1552/BTTTT-THH", "129-NQ/BCSĐ", "30/2020/NĐ-CP", "310/QĐ-VKSTC", "03/CT-VKSTC", "12/QĐ-VKSTC",
)  # fmt: skip

CAPITALS = "ABCDEGHIKLMNOPQRSTUVXYĐÂÊÔƠƯ"
ABBREVIATIONS = {kind.abbreviation for kind in kinds.ALL}
KINDS = st.sampled_from(sorted(kind.abbreviation for kind in kinds.ALL if kind.family != "party"))
PARTY_KINDS = st.sampled_from([kind.abbreviation for kind in kinds.PARTY])
WORDS = st.builds(
    "{}{}{}".format,
    st.text(CAPITALS, min_size=1, max_size=6),
    st.sampled_from(["", "KV", "&", "."]),
    st.text(CAPITALS + "0123456789", min_size=1, max_size=2),
)
OFFICES = WORDS.filter(lambda word: not kinds.abbreviation_in(word))
UNITS = st.one_of(
    st.just(""),
    WORDS,
    st.sampled_from(["VP", "V14", "P1", "TK", "C2"]),
    st.lists(WORDS, min_size=2, max_size=3).map("-".join),
    WORDS.map("({})".format),
    st.tuples(WORDS, WORDS).map(lambda pair: f"{pair[0]}({pair[1]})"),
)
LETTERS = st.sampled_from(["", "", "", "a", "b", "đ", "A"])


@st.composite
def well_formed(draw: st.DrawFn) -> Symbol:
    """Any symbol of the grammar."""
    number, letter, office = draw(st.integers(1, 999_999)), draw(LETTERS), draw(OFFICES)
    form: symbols.Form = draw(st.sampled_from(["state", "legal", "party"]))
    if form == "party":
        return Symbol(number, letter, None, draw(PARTY_KINDS), office, "", form)
    year = draw(st.integers(1945, 2099)) if form == "legal" else None
    return Symbol(number, letter, year, draw(KINDS), office, draw(UNITS), form)


def texts() -> st.SearchStrategy[str]:
    """Any text, and texts of the characters that symbols are made of."""
    near = st.text(st.sampled_from("0129 /-–().&:ađqQĐKHVSố\u00ad\u0301\u200b,\n"), max_size=30)
    return st.one_of(st.text(), near, st.builds("{}/{}".format, st.integers(0, 9999), near))


@given(well_formed())
def test_what_is_written_is_read_the_same(symbol: Symbol) -> None:
    assert symbols.parse(str(symbol)) == symbol


@pytest.mark.parametrize("text", REPORTED)
def test_the_forms_of_the_reports_are_read_and_printed_as_they_stand(text: str) -> None:
    symbol = symbols.parse(text)
    assert isinstance(symbol, Symbol)
    assert str(symbol) == text


@given(well_formed())
def test_printing_what_was_read_changes_nothing(symbol: Symbol) -> None:
    text = str(symbol)
    assert str(symbols.parse(text)) == text
    assert symbols.normalise(text) == text
    assert symbols.join(*symbols.split(text)) == text


@given(
    well_formed(), st.sampled_from(["–", "—", " - ", "\u2011", "--", "\u00ad"]), st.sampled_from(["/", " / "])
)
def test_dashes_and_spaces_do_not_matter(symbol: Symbol, dash: str, slash: str) -> None:
    typed = f" Số: {str(symbol).replace('-', dash).replace('/', slash)} . "
    assert symbols.parse(typed) == symbol


@given(well_formed())
def test_small_letters_mean_the_same(symbol: Symbol) -> None:
    again = symbols.parse(str(symbol).lower())
    assert isinstance(again, Symbol)
    assert str(again).lower() == str(symbol).lower()
    assert again.notation == symbol.notation


@given(well_formed(), st.integers(1, 3))
def test_zeros_in_front_do_not_matter(symbol: Symbol, zeros: int) -> None:
    assert symbols.parse("0" * zeros + str(symbol).lstrip("0")) == symbol


@given(well_formed())
def test_numbers_below_ten_are_printed_with_a_zero(symbol: Symbol) -> None:
    figures = str(symbol)[: 1 + max(len(str(symbol.number)) - 1, 1)]
    assert figures == f"{symbol.number:02}"


@given(texts())
@example("9" * 5000)
@example("ß/ŉ-ǰ")
def test_no_text_makes_reading_fail(text: str) -> None:
    result = symbols.parse(text)
    if isinstance(result, NotUnderstood):
        assert result.text == text
        assert result.why.endswith(".")
        return
    assert symbols.parse(str(result)) == result
    assert result.abbreviation in ABBREVIATIONS


@given(texts())
@example("Số số: 12/Số 5")
def test_splitting_never_fails_and_keeps_every_letter(text: str) -> None:
    assert symbols.join(*symbols.split(text)) == symbols.normalise(text)
    assert symbols.normalise(symbols.normalise(text)) == symbols.normalise(text)


@given(texts())
def test_guessing_and_comparing_never_fail(text: str) -> None:
    guessed = symbols.guess_kind(text)
    assert guessed is None or guessed in kinds.ALL
    assert len(symbols.duplicate_key("Viện kiểm sát nhân dân", text, text)) <= 200

"""Lexemes: the same for what is indexed and what is asked."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanthu.kernel.vietnamese import fold, spelled
from vanthu.search import asking, tokens
from vanthu.search.asking import Typed


def test_words_lose_marks_case_and_leading_zeros() -> None:
    assert tokens.words("Kế hoạch số 07, ĐƯỜNG hoà") == ["ke", "hoach", "so", "7", "duong", "hoa"]


def test_text_gives_words_and_pairs() -> None:
    assert tokens.text_lexemes("Kế hoạch kiểm tra") == {
        "ke", "hoach", "kiem", "tra", "ke_hoach", "hoach_kiem", "kiem_tra",
        f"={spelled('kế')}", f"={spelled('hoạch')}", f"={spelled('kiểm')}",
    }  # fmt: skip


def test_words_with_marks_have_one_spelling() -> None:
    assert tokens.marked_lexemes("Hòa hoà HÒA Đ.") == {f"={spelled('hoà')}", "=đ"}
    assert tokens.marked_lexemes("tra 2143") == set()


@pytest.mark.parametrize(
    ("symbol", "lexemes"),
    [
        (
            "2143/KH-VKS-VP",
            {"_s2143", "_skh", "_svks", "_svp", "_t2143/kh/vks/vp", "_ykh/vks/vp", "_yvks/vp"},
        ),
        ("01/CT-VKSTC", {"_s1", "_sct", "_svkstc", "_t1/ct/vkstc", "_yct/vkstc"}),
        ("129-NQ/BCSĐ", {"_s129", "_snq", "_sbcsd", "_t129/nq/bcsd", "_ynq/bcsd", "=bcsđ"}),
        ("KH-VKS", {"_skh", "_svks", "_ykh/vks"}),
        ("2143", {"_s2143", "_t2143/"}),
        ("", set()),
    ],
)
def test_symbols_are_found_whole_by_part_and_by_ending(symbol: str, lexemes: set[str]) -> None:
    assert tokens.symbol_lexemes(symbol) == lexemes


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("kế hoạch kiểm tra", [("run", "kế hoạch kiểm tra")]),
        ('án "tái định cư" 2026', [("run", "án"), ("phrase", "tái định cư"), ("run", "2026")]),
        ("“tái định cư”", [("phrase", "tái định cư")]),
        ("2143/KH-VKS-VP", [("symbol", "2143 KH VKS VP")]),
        ("2143/KH–VKS", [("symbol", "2143 KH VKS")]),
        ("KH-VKS tái định cư", [("symbol", "KH VKS"), ("run", "tái định cư")]),
        ("2143/", [("symbol", "2143")]),
        ("2143", [("run", "2143")]),
        ("kinh tế - xã hội", [("run", "kinh tế xã hội")]),
        ("15/7/2026", [("date", "15 7 2026")]),
        ("31/2/2026", [("symbol", "31 2 2026")]),
        ("(án, ma túy).", [("run", "án ma túy")]),
        ("", []),
        (' "" - / ', []),
    ],
)
def test_reads_what_is_typed(text: str, typed: list[tuple[str, str]]) -> None:
    assert [(one.kind, " ".join(one.syllables)) for one in asking.read(text)] == typed


def test_a_date_is_one() -> None:
    assert asking.read("15/7/2026")[0].day == date(2026, 7, 15)


@dataclass
class Words:
    """What is known of pairs, whatever their marks."""

    together: dict[str, float] = field(default_factory=dict)
    otherwise: float = 0.0
    always_these: bool = False

    def cohesion(self, pair: str, *_: str) -> float:
        return self.together.get(fold(pair.replace("=", "")), self.otherwise)

    def usual(self, *_: str) -> bool:
        return self.always_these


TOGETHER = {"ke_hoach": 0.9, "hoach_kiem": 0.2, "kiem_tra": 0.8, "tra_ke": 0.01}


@pytest.mark.parametrize(
    ("run", "parts"),
    [
        ("kế hoạch kiểm tra", ["kế hoạch", "kiểm tra"]),
        ("kiểm tra kế hoạch", ["kiểm tra", "kế hoạch"]),
        ("kế hoạch kiểm", ["kế hoạch", "kiểm"]),
        ("tra kế hoạch", ["tra", "kế hoạch"]),
        ("tra kế", ["tra", "kế"]),
        ("án", ["án"]),
    ],
)
def test_runs_are_cut_into_likely_words(run: str, parts: list[str]) -> None:
    cut = asking.cut(run.split(), Words(TOGETHER))
    assert [" ".join(part) for part in cut] == parts


def test_pairs_that_nearly_always_have_these_marks_are_asked_for_without() -> None:
    (usual,) = asking.groups(asking.read("kế hoạch"), Words(otherwise=1.0, always_these=True))
    assert usual.alternatives == (("ke_hoach",),)
    (doubtful,) = asking.groups(asking.read("kế hoạch"), Words(otherwise=1.0))
    assert doubtful.alternatives == (("ke_hoach", *map(tokens.marked_lexeme, ["kế", "hoạch"])),)


def _only(text: str, *, unfinished: bool = False) -> asking.Group:
    (group,) = asking.groups(asking.read(text), Words(otherwise=1.0), unfinished=unfinished)
    return group


@pytest.mark.parametrize(
    ("asked", "text", "fits"),
    [
        ("ke hoach", "Kế hoạch 12", True),
        ("KE HOACH", "kế   hoạch", True),
        ("kế hoạch", "Kế hoạch", True),
        ("kế hoạch", "kè hoạch", False),
        ("hòa giải", "hoà giải", True),
        ("hoà giải", "Hòa giải", True),
        ("thủy", "thuỷ", True),
        ("hòa", "hỏa", False),
        ("hoa", "hỏa", True),
        ("đường", "duong", False),
        ("duong", "ĐƯỜNG", True),
        ("an", "bàn", False),
        ('"tái định cư"', "tái định, cư", True),
        ('"tái định cư"', "tái định và định cư", False),
        ("07", "tháng 7", True),
        ("2143/KH", "2143/KH-VKS-VP", True),
        ("kh-vks", "2143/KH-VKS-VP", True),
        ("vksnd", "Viện kiểm sát nhân dân tỉnh", True),
        ("VKSND", "gửi VKSND tỉnh", True),
        ("vksnd", "Viện kiểm sát quân sự", False),
        ("CQDT", "cơ quan điều tra", True),
        ("15/7/2026", "15/07/2026", True),
        ("15/7/2026", "115/07/2026", False),
    ],
)
def test_the_pattern_tells_what_fits(asked: str, text: str, *, fits: bool) -> None:
    assert (_only(asked).pattern.search(text) is not None) is fits


@pytest.mark.parametrize(
    ("asked", "strict"),
    [
        ("ke hoach", False),
        ("kế hoạch", True),
        ("đ", False),
        ('"a b c"', True),
        ('"a b"', False),
        ("2143/KH", False),
    ],
)
def test_marks_and_long_phrases_are_checked_in_the_text(asked: str, *, strict: bool) -> None:
    assert _only(asked).strict is strict


def test_the_last_word_may_be_unfinished() -> None:
    assert _only("ke hoa", unfinished=True).alternatives == (("ke_hoa*",), ("ke", "hoa"))
    assert _only("214", unfinished=True).alternatives == (("214*",), ("_s214*",), ("_n214",))
    assert [one.alternatives for one in asking.groups(asking.read("an k"), Words(), unfinished=True)] == [
        (("an",), ("_san",))
    ]


def test_an_abbreviation_stands_alone_and_for_its_name() -> None:
    for unfinished in (False, True):
        kind, office = asking.groups(asking.read("hoạch UBND"), Words(otherwise=1.0), unfinished=unfinished)
        assert kind.pattern.search("hoạch")
        assert office.alternatives == (("ubnd",), ("_subnd",), ("uy_ban", "ban_nhan", "nhan_dan"))
    assert "uy_ban" in asking.candidates(asking.read("UBND"))


SYLLABLES = ["kế", "hoạch", "kiểm", "tra", "công", "án", "ma", "túy", "hòa", "2143", "15"]


@given(st.text(max_size=80))
def test_anything_can_be_typed(text: str) -> None:
    typed = asking.read(text)
    for unfinished in (False, True):
        for group in asking.groups(typed, Words(otherwise=0.5), unfinished=unfinished):
            assert group.alternatives
            assert all(chain and all(chain) for chain in group.alternatives)


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1))
def test_a_text_answers_every_question_taken_from_it(syllables: list[str]) -> None:
    text = " ".join(syllables)
    lexemes = tokens.text_lexemes(text)
    for group in asking.groups([Typed("run", tuple(syllables))], Words(otherwise=0.5)):
        assert any(set(chain) <= lexemes for chain in group.alternatives)
        assert group.pattern.search(text)

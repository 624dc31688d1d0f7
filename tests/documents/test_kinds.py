"""Kinds of documents: the rows of the decree, and finding a kind while typing."""

import re

import pytest

from vanthu.documents import kinds

DECREE = (
    "Nghị quyết,Quyết định,Chỉ thị,Quy chế,Quy định,Thông cáo,Thông báo,Hướng dẫn,Chương trình,Kế hoạch,"
    "Phương án,Đề án,Dự án,Báo cáo,Biên bản,Tờ trình,Hợp đồng,Công văn,Công điện,Bản ghi nhớ,Bản thỏa thuận,"
    "Giấy ủy quyền,Giấy mời,Giấy giới thiệu,Giấy nghỉ phép,Phiếu gửi,Phiếu chuyển,Phiếu báo,Thư công"
)


def test_the_29_kinds_stand_in_the_order_of_the_decree() -> None:
    assert [kind.name for kind in kinds.ADMINISTRATIVE] == DECREE.split(",")


def test_codes_are_words_of_ascii_capitals_and_unique() -> None:
    codes = [kind.code for kind in kinds.ALL]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[A-Z]{2,8}", code) for code in codes)


def test_every_row_names_its_article_and_a_type_of_the_circular() -> None:
    assert all(kind.basis for kind in kinds.ALL)
    assert {kind.type_code for kind in kinds.ADMINISTRATIVE} == {f"{n:02}" for n in range(1, 30)}
    assert all(1 <= int(kind.type_code) <= 32 for kind in kinds.ALL)


def test_only_letters_reports_and_submissions_are_addressed() -> None:
    assert {kind.code for kind in kinds.ALL if kind.addressed} == {"CV", "BC", "TTR"}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("kế hoạch", "KH"),
        ("ke hoach", "KH"),
        ("KH", "KH"),
        ("kh", "KH"),
        ("qđ", "QD"),
        ("qd", "QD"),
        ("hđ", "HOPDONG"),
        ("hd", "HD"),
        ("đa", "DEAN"),
        ("da", "DUAN"),
        ("ttr", "TTR"),
        ("cv", "CV"),
        ("cong v", "CV"),
        ("cáo", "CAOTRANG"),
        ("trang", "CAOTRANG"),
        ("ke hoach dang", "DKH"),
        ("tt", "TT"),
    ],
)
def test_suggests_with_and_without_marks(typed: str, code: str) -> None:
    assert kinds.suggest(typed)[0].code == code


def test_suggests_both_meanings_of_an_abbreviation() -> None:
    assert {"CT", "CAOTRANG"} <= {kind.code for kind in kinds.suggest("CT")}


def test_suggests_the_first_kinds_for_nothing_and_none_for_nonsense() -> None:
    assert [kind.code for kind in kinds.suggest("", limit=2)] == ["NQ", "QD"]
    assert kinds.suggest("zzz") == []


def test_choices_by_family() -> None:
    assert len(kinds.choices("administrative")) == 29
    assert len(kinds.choices()) == len(kinds.ALL)


@pytest.mark.parametrize(
    ("part", "abbreviation"),
    [("QĐ", "QĐ"), ("qđ", "QĐ"), ("QD", "QĐ"), ("ttr", "TTr"), ("hd", "HD"), ("hđ", "HĐ"), ("VKS", "")],
)
def test_reads_the_part_of_a_symbol_that_names_the_kind(part: str, abbreviation: str) -> None:
    assert kinds.abbreviation_in(part) == abbreviation


def test_an_unknown_code_is_a_bug() -> None:
    with pytest.raises(KeyError):
        kinds.by_code("X")

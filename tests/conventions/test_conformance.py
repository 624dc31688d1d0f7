"""The table of the decree (docs/conformance.md) names only places, pages and tests that exist."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from django.urls import get_resolver

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/conformance.md"

# Phụ lục VI, phần I: the letters of its points skip f, j, w, z as Vietnamese lists do
POINTS = {
    "P": "1 2 3 4 5",
    "G": "1 2 3 4 5 6 7 8",
    "III.1.": "a b c d đ e g h i k l m n o",
    "III.2.": "a b c",
    "III.3.": "a b c",
    "III.4.": "a b c d đ e g",
    "III.5.": "a b c d đ e g",
    "III.6.": "a b c d đ e g h i k l",
    "III.7.": "a b c d đ",
    "III.8.": "a b c",
    "IV.1.": "a b c d đ e g",
    "IV.": "2 3",
    "V.": "O1 O2 O3 O4 O5 O6",
}


class Row(NamedTuple):
    """One requirement: its code and text, the names of places and of tests, and what is not there yet."""

    code: str
    requirement: str
    places: list[str]
    tests: list[str]
    missing: str


def rows() -> Iterator[Row]:
    for line in PAGE.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] != "Code" and cells[0].strip("-"):
            code, requirement, places, tests, missing = cells
            yield Row(code, requirement, quoted(places), quoted(tests), missing)


def quoted(cell: str) -> list[str]:
    """The names in backticks of a cell, which holds nothing else."""
    names = re.findall(r"`([^`]+)`", cell)
    assert cell.split() == [f"`{name}`" for name in names], f"between the names stands something: {cell}"
    return names


TABLE = list(rows())


@cache
def names_in(path: Path) -> frozenset[str]:
    """Names defined at the top of a module, and methods as Class::method."""
    found = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{part.name}" for part in node.body if isinstance(part, ast.FunctionDef)}
        if isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return frozenset(found)


@cache
def pages() -> frozenset[str]:
    """The names of all addresses."""
    return frozenset(name for name in get_resolver().reverse_dict if isinstance(name, str))


def exists(folder: str, place: str) -> bool:
    file, _, name = place.partition("::")
    path = ROOT / folder / file
    return path.is_file() and (not name or name in names_in(path))


def test_the_table_has_every_requirement_of_the_decree_in_its_order() -> None:
    wanted = [start + point for start, points in POINTS.items() for point in points.split()]
    assert [row.code for row in TABLE] == wanted


@pytest.mark.parametrize("row", TABLE, ids=[row.code for row in TABLE])
def test_places_and_tests_exist(row: Row) -> None:
    for place in row.places:
        if place.startswith("page:"):
            assert place.removeprefix("page:") in pages(), f"no page has the name {place}"
        else:
            assert exists("src/vanthu", place), f"there is no {place}"
    for test in row.tests:
        assert exists("tests", test), f"there is no {test}"
        assert test.rpartition("::")[2].startswith("test_"), f"{test} is no test"


@pytest.mark.parametrize("row", TABLE, ids=[row.code for row in TABLE])
def test_what_is_met_has_a_place_and_a_test_and_the_rest_says_not_yet_and_why(row: Row) -> None:
    assert row.requirement
    assert bool(row.places) == bool(row.tests), "a place without a test, or a test without a place"
    assert row.places or row.missing, "neither met nor said to be missing"
    assert not row.missing or re.match(
        r"not yet(?: \((?:signing|axis|archive)\)$|(?: \(\w+\))?: \w)", row.missing
    )
    for place in re.findall(r"`([^`]+::[^`]+)`", row.missing):
        assert exists("src/vanthu", place), f"there is no {place}"


def test_the_sum_above_the_table_is_right() -> None:
    met = sum(not row.missing for row in TABLE)
    part = sum(bool(row.missing and row.places) for row in TABLE)
    counted = f"{len(TABLE)} requirements: {met} met, {part} in part, {len(TABLE) - met - part} not yet."
    assert counted in PAGE.read_text(), counted

"""Who receives a document (ô 9a, 9b): those after "Kính gửi", then the list under "Nơi nhận"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from vanthu.kernel.vietnamese import fold
from vanthu.reading.fields.elsewhere import as_elsewhere
from vanthu.reading.fields.lines import Row
from vanthu.reading.fields.repairs import mended
from vanthu.reading.fields.values import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.reading.fields.foot import Foot
    from vanthu.reading.fields.lines import Piece, Sheet

_GREETS = re.compile(r"^\W{0,2}k[ií]nh ?g[uư][iỉ]\b\W*")
_ITEM = re.compile(r"^[^\w(]{0,2}[-–—•+*~=]\s*")
_SAME = re.compile(r"^(?:nhu ?tren|nhu |luu\b|luu:)")
_SPECKS = re.compile(r"[;.]\s+\S{1,4}$")  # what a scan makes of a stamp's edge, behind the end of an item
# "Lưu: VT, P1", however a scan reads it, alone or run into the item before.
_KEPT = re.compile(r"(?:^|;\s*)\W*(?:[LTI1]\w{1,4}\s?[:;.]?\s*VT|[Ll]ưu\s?[:;]).*$")
_REMARK = re.compile(r"\s*\(([^()]*)\)?")  # "(để báo cáo)", "(b/c)", "(02)"; a name in brackets has a capital
_REMARKED = ("de ", "bao cao", "dang ", "thuc hien", "phoi hop", "theo doi", "chi dao", "thong bao", "qua ")
_COLON = re.compile(r":\s+\S.*\S")  # inside a row: it is a sentence of the text
_SURE_OF_SHORT, _GRAIN = 0.3, 3  # letters of a word that a stamp's edge looks like
_SHORT = 5  # letters of a remark that a scan garbled


def read(first: Sheet, start: float, foot: Foot | None) -> Field[tuple[str, ...]]:
    """Those addressed after "Kính gửi", then those of "Nơi nhận"; remarks in brackets are left out."""
    addressed, greeting = _addressed(first, start)
    listed: list[tuple[str, list[Piece]]] = _listed(foot) if foot else []
    names = tuple(dict.fromkeys([name for name, _ in (*addressed, *listed) if name]))
    if not names:
        return Field()
    if greeting:
        return Field.at(names, 0.85, first.number, greeting)
    pieces = [piece for _, pieces in listed for piece in pieces]
    return Field.at(names, 0.85, foot.sheet.number if foot else first.number, pieces)


def _addressed(page: Sheet, start: float) -> tuple[list[tuple[str, list[Piece]]], list[Piece]]:
    rows = page.rows(one for one in page.pieces if one.level > start)
    at = next((n for n, row in enumerate(rows) if _GREETS.match(fold(row.text))), None)
    if at is None:
        return [], []
    taken = _greeting_rows(rows, at, page)
    first = _after_colon(rows[at])
    items = _items([first, *[list(row.pieces) for row in taken[1:]]], page, always=False)
    return items, [one for row in taken for one in row.pieces]


def _after_colon(row: Row) -> list[Piece]:
    for at, one in enumerate(row.pieces):
        if ":" in one.text or fold(one.text).startswith("gui"):
            return list(row.pieces[at + 1 :])
    return []


def _greeting_rows(rows: Sequence[Row], at: int, page: Sheet) -> list[Row]:
    """The row with "Kính gửi" and those that go on with it: dashed, or set in from both margins."""
    taken = [rows[at]]
    edge = min((row.left for row in rows), default=0.0)
    indent = rows[at].left
    alone = not _after_colon(rows[at])
    column = _column(rows[at : at + 2])
    for row in rows[at + 1 :]:
        step = row.level - taken[-1].level
        dashed = bool(_ITEM.match(row.text))
        if dashed and (row.left < column - page.size or _COLON.search(row.text)):
            break
        inside = row.left > max(edge + 4 * page.size, indent - 0.5 * page.size)
        if step > 2.4 * page.size or not (inside or (dashed and row.left > edge + 2.2 * page.size)):
            break
        if not dashed and not inside:
            break
        if not alone and not dashed and row.left <= indent + page.size:
            break
        taken.append(row)
    return taken


def _column(rows: Sequence[Row]) -> float:
    """Where the items after "Kính gửi" begin, on its row or the next; dashes of the text stand further left."""
    beside = _after_colon(rows[0])
    if beside:
        return beside[0].left
    return rows[-1].left if _ITEM.match(rows[-1].text) else 0.0


def _listed(foot: Foot) -> list[tuple[str, list[Piece]]]:
    """The lines under "Nơi nhận" up to the archive's."""
    if foot.heading is None:
        return []
    rows: list[list[Piece]] = []
    left = (
        Row(tuple(pieces)) for row in foot.left if (pieces := [one for one in row.pieces if not _grain(one)])
    )
    before = foot.heading.level
    for row in left:
        if row.level <= foot.heading.level + 0.3 * foot.sheet.size:
            continue
        if row.level - before > 2.4 * foot.sheet.size:
            break
        rows.append(list(row.pieces))
        before = row.level
        if _SAME.match(fold(_ITEM.sub("", row.text))) and "luu" in fold(row.text)[:8]:
            break
    return _items(_in_columns(rows, foot.sheet.size), foot.sheet, always=True)


def _grain(piece: Piece) -> bool:
    """Whether a short word is what a scan makes of the edge of a stamp."""
    said = any(map(str.isalpha, piece.text))
    return said and piece.confidence < _SURE_OF_SHORT and len(piece.text.strip(".,;")) <= _GRAIN


def _in_columns(rows: Sequence[list[Piece]], size: float) -> Sequence[list[Piece]]:
    """The rows of a list that is set in two columns, those of the left one first: no word crosses a second dash."""
    seconds = [
        one.left
        for row in rows
        for before, one in pairwise(row)
        if _ITEM.fullmatch(one.text)
        and (before.text.endswith((";", ",", ".")) or one.left - before.right > size)
    ]
    if not seconds:
        return rows
    border = min(seconds) - 0.2 * size
    short = [row for row in rows if not _SAME.match(fold(_ITEM.sub("", " ".join(one.text for one in row))))]
    if any(one.left < border < one.right for row in short for one in row):
        return rows
    first = [[one for one in row if one.left < border] for row in rows]
    second = [[one for one in row if one.left >= border] for row in rows]
    return [row for row in (*first, *second) if row]


def _items(rows: Sequence[list[Piece]], page: Sheet, *, always: bool) -> list[tuple[str, list[Piece]]]:
    """(name, words) of each item: a dash begins one, a row without goes on; without dashes a semicolon ends one."""
    dashed = any(row and _ITEM.match(row[0].text) for row in rows)
    groups: list[list[Piece]] = []
    ended = True
    for row in rows:
        if not row:
            continue
        begins = bool(_ITEM.match(row[0].text)) if dashed else ended
        if begins or not groups:
            groups.append([])
        groups[-1] += row
        ended = row[-1].text.endswith((";", "."))
    items: list[tuple[str, list[Piece]]] = []
    for group in groups:
        texts = [one.text for one in group]
        words = mended(
            as_elsewhere(group, page) if page.scanned else texts, [one.confidence for one in group]
        )
        text = _ITEM.sub("", " ".join(words))
        for part in [text] if dashed and always else text.split(";"):
            name = _recipient(part)
            if name:
                items.append((name, group))
    return items


def _without_remark(said: re.Match[str]) -> str:
    remark = not said[1][:1].isupper() or len(said[1]) <= _SHORT or fold(said[1]).startswith(_REMARKED)
    return "" if remark else said[0]


def _recipient(text: str) -> str:
    name = _KEPT.sub("", _REMARK.sub(_without_remark, text)).strip(" ;:,./*-–_|~=")
    name = _SPECKS.sub("", name)
    plain = fold(name)
    if len(name) < 2 or _SAME.match(plain) or not any(letter.isalpha() for letter in name):
        return ""
    return name

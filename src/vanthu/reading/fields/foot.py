"""The end of the document: who signed and as what (ô 7a, 7b), and who receives it (ô 9a, 9b)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from vanthu.kernel.vietnamese import fold
from vanthu.reading.fields import lexicon, naming
from vanthu.reading.fields.lines import Row
from vanthu.reading.fields.people import personal
from vanthu.reading.fields.repairs import mended
from vanthu.reading.fields.values import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.reading.fields.known import Signer
    from vanthu.reading.fields.lines import Piece, Sheet

_RECEIVES = re.compile(r"^\W{0,2}n[o0][iíl1] ?nh[a@]n\b")
_GREETS = re.compile(r"^\W{0,2}k[ií]nh ?g[uư][iỉ]\b\W*")
_FORMS = re.compile(
    r"^(?P<form>KT|TL|TM|TUQ|T/M|K/T|T/L|Q|QUYỀN)\s?[.,:]?\s+(?=\S)|^(?P<tight>KT|TL|TM|TUQ|Q)[.,](?=\S)"
)
_ACTING = ("Q", "QUYỀN")
_RANKS = re.compile(
    r"^(?:(?:đại|thượng|trung|thiếu)\s(?:tướng|tá|úy|uý)|(?:gs|pgs|ts|ths|bs|ks|cn)\.?|tiến sĩ|thạc sĩ|luật sư"
    r"|đ/c|ông|bà)[\s.,]+",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[a-zà-ỹđ]")  # a lone small letter is the end of a signature
_AROUND = ".,;:*|_'\"()"
_SURE_NAME = 90  # of 100: a name this near to a known one is that
_NO_NAME = ("đã ký", "ký bởi", "người ký", "ngày ký", "cơ quan:", "thời gian ký", "email")
_ITEM = re.compile(r"^[^\w(]{0,2}[-–—•+*~=]\s*")
_SAME = re.compile(r"^(?:nhu |luu\b|luu:)")
_SPECKS = re.compile(
    r"[;.]\s+\S{1,4}$"
)  # what a scan makes of the edge of a stamp, behind the end of an item
# "Lưu: VT, P1", however a scan reads it, alone or run into the item before.
_KEPT = re.compile(r"(?:^|;\s*)\W*[LTI1]\w{1,4}\s?[:;.]?\s*VT.*$")
_REMARK = re.compile(
    r"\s*\((?:đ[ểếêẻe]|b/|báo cáo|t/h|p/h|qua |thay|bản|gửi|đ/c|ph/hợp)[^)]*\)?", re.IGNORECASE
)
_ROWS_OF_FORM = 16  # type sizes from the signing form to the name


@dataclass(frozen=True, slots=True)
class Foot:
    """Where the end of the document lies: the heading "Nơi nhận" and the block on its right."""

    sheet: Sheet
    heading: Row | None
    left: tuple[Row, ...]
    right: tuple[Row, ...]


def find(pages: Sequence[Sheet]) -> Foot | None:
    """The first page with "Nơi nhận" at the beginning of a row, else the first with a signing form or a post."""
    for page in pages:
        for row in page.rows(one for one in page.pieces if one.left < 0.5 * page.width):
            if _RECEIVES.match(fold(row.text)):
                return _from(page, row)
    for page in pages:
        posts = [row for row in page.spans() if row.middle > 0.5 * page.width and _begins_signing(row.text)]
        if posts:
            return _beside(page, posts[0])
    return None


def _begins_signing(text: str) -> bool:
    return _upper(text) and (bool(_FORMS.match(text)) or bool(_post(text)))


def _from(page: Sheet, heading: Row) -> Foot:
    start = heading.level - 2.2 * page.size
    below = [one for one in page.pieces if one.level > start]
    border = _border(page, heading, below)
    right = {one for span in page.spans(below) for one in _right_of(span, border, page)}
    lower = heading.level - 0.4 * page.size
    left = page.rows(one for one in below if one not in right and one.level > lower)
    return Foot(page, heading, tuple(left), tuple(page.rows(right)))


def _right_of(span: Row, border: float, page: Sheet) -> list[Piece]:
    """The words of the block on the right: a name may begin left of the form over it, but not at the margin."""
    if span.left > 0.3 * page.width and span.middle >= border:
        return list(span.pieces)
    return [one for one in span.pieces if one.middle >= border]


def _border(page: Sheet, heading: Row, below: Sequence[Piece]) -> float:
    """Between the two blocks: the left end of the signing form's longest row, else the middle of the page."""
    near = [
        one for one in below if one.level < heading.level + 8 * page.size and one.left > 0.36 * page.width
    ]
    rows = [row for row in page.spans(near) if _begins_signing(row.text)]
    return min((row.left for row in rows), default=0.5 * page.width) - 0.4 * page.size


def _beside(page: Sheet, post: Row) -> Foot:
    below = [one for one in page.pieces if one.level > post.level - 0.6 * page.size]
    right = page.rows(one for one in below if one.middle > post.left - page.size)
    return Foot(page, None, (), tuple(right))


def signer(
    foot: Foot | None, known: Sequence[Signer], following: Sheet | None = None
) -> tuple[Field[str], Field[str]]:
    """(name, post). The post is that of the person: "Phó Viện trưởng" under "KT. VIỆN TRƯỞNG".

    A name that the page had no room for is looked for on the head of the `following` one.
    """
    if foot is None:
        return Field(), Field()
    rows = [row for row in foot.right if row.text.strip()]
    first = next((at for at, row in enumerate(rows) if _begins_signing(row.text)), None)
    if first is None:
        return Field(), Field()
    form = _form(rows, first, foot.sheet)
    post = _own_post(form, foot.sheet.number)
    below = [row for row in rows if row.level > form[-1].level]
    name = _name(foot.sheet, form, below, known)
    return (name if name.value else _name_over(following, known)), post


def _form(rows: Sequence[Row], first: int, page: Sheet) -> list[Row]:
    """The rows of the signing form: in capitals, one under the other."""
    taken = [rows[first]]
    for before, row in pairwise(rows[first:]):
        if row.level - before.level > 2.2 * page.size:
            break
        if _upper(row.text):
            taken.append(row)
        elif _name_words(row):
            break
    return taken


def _upper(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 2 and sum(letter.isupper() for letter in letters) >= 0.75 * len(letters)


def _own_post(form: Sequence[Row], page: int) -> Field[str]:
    """What the person is: the rows after the last that says for whom; what runs over two rows is joined."""
    start, acting = 0, False
    for at, row in enumerate(form):
        said = _FORMS.match(row.text.strip())
        if said is None:
            continue
        acting = (said["form"] or said["tight"]) in _ACTING
        start = at if acting else _after(form, at)
    rows = form[start:] or form[-1:]
    text = _FORMS.sub("", " ".join(row.text for row in rows).strip())
    written, score = _written_post(text)
    pieces = [one for row in rows for one in row.pieces]
    return Field.at(f"Quyền {written}" if acting else written, 0.6 + 0.0037 * score, page, pieces)


def _after(form: Sequence[Row], at: int) -> int:
    """The row where the own post begins; that for which one signs may run over two ("KT. CHỦ NHIỆM / ỦY BAN").

    Who signs KT. is a deputy (Decree 30/2020, article 13).
    """
    deputy = fold(form[at].text).startswith("kt")
    for start in range(at + 1, len(form)):
        text = fold(form[start].text)
        if _FORMS.match(form[start].text) or text.startswith(("pho ", "thu ")):
            return start
        if not deputy and _begins_post(text):
            return start
    return min(at + 1, len(form) - 1)


def _begins_post(plain: str) -> str:
    """The longest known post with which a folded text begins."""
    begins = [post for post in lexicon.POSTS if f"{plain} ".startswith(f"{fold(post)} ")]
    return max(begins, key=len, default="")


def _post(text: str) -> str:
    """The known post with which a text in capitals begins, or that it is but for what a scan garbled."""
    bare = _FORMS.sub("", text.strip())
    return _begins_post(fold(bare)) or lexicon.closest(bare, lexicon.POSTS, 86)[0]


def _written_post(text: str) -> tuple[str, float]:
    """The post in ordinary case, and how sure it is a known one (0 to 100)."""
    whole, score = lexicon.closest(text, lexicon.POSTS, 86)
    if whole and len(whole.split()) >= len(text.split()):
        return whole, min(score, 100)
    post = _post(text)
    if post:
        rest = " ".join(text.split()[len(post.split()) :])
        return f"{post} {naming.ordinary(rest)}".strip(), 90.0
    return naming.ordinary(text), 40.0


def _name(page: Sheet, form: Sequence[Row], below: Sequence[Row], known: Sequence[Signer]) -> Field[str]:
    """The name under the signature: the last row near the form's middle that is two to five words with capitals."""
    middle = sum(row.middle for row in form) / len(form)
    best: tuple[float, Row, list[Piece]] | None = None
    for row in below:
        down = row.level - form[-1].level
        if down > _ROWS_OF_FORM * page.size:
            break
        pieces = _name_words(row)
        if not pieces:
            continue
        away = abs((pieces[0].left + pieces[-1].right) / 2 - middle)
        if away < 5 * page.size:
            worth = sum(one.confidence for one in pieces) / len(pieces) - away / (20 * page.size)
            if best is None or worth >= best[0] - 0.15:
                best = (worth, row, pieces)
    if best is None:
        return Field()
    return _known_name(best[2], page.number, known, 0.85)


def _name_over(following: Sheet | None, known: Sequence[Signer]) -> Field[str]:
    """The name on the head of the page after the signing form's, on its right half."""
    if following is None:
        return Field()
    high = following.rows(
        one
        for one in following.pieces
        if one.middle > 0.5 * following.width and one.level < 0.35 * following.height
    )
    named = [pieces for row in high if (pieces := _name_words(row))]
    return _known_name(named[0], following.number, known, 0.6) if named else Field()


def _known_name(pieces: Sequence[Piece], page: int, known: Sequence[Signer], sure: float) -> Field[str]:
    """The name as the installation knows it, else as it is read with the family's name spelled as families are."""
    text = _RANKS.sub("", " ".join(one.text.strip(_AROUND) for one in pieces))
    name, score = lexicon.closest(text, (one.name for one in known), 84)
    if name and score > _SURE_NAME:
        return Field.at(name, 0.97, page, pieces)
    return Field.at(personal(text), sure, page, pieces)


def _name_words(row: Row) -> list[Piece]:
    """The words of a row that are a person's name; empty when it is none."""
    if any(mark in row.text.lower() for mark in _NO_NAME):
        return []
    pieces = [
        one for one in row.pieces if any(map(str.isalpha, one.text)) and not _LETTER.fullmatch(one.text)
    ]
    while rank := _RANKS.match(" ".join(one.text for one in pieces) + " "):
        pieces = pieces[len(rank[0].split()) :]
    words = [one.text.strip(_AROUND) for one in pieces]
    fits = 2 <= len(words) <= 5 and all(_given(word) for word in words)
    return pieces if fits else []


def _given(word: str) -> bool:
    return len(word) <= 8 and word.isalpha() and word[0].isupper() and (len(word) == 1 or word[1:].islower())


def recipients(page_one: Sequence[Sheet], start: float, foot: Foot | None) -> Field[tuple[str, ...]]:
    """Those addressed after "Kính gửi", then those of "Nơi nhận"; remarks in brackets are left out."""
    addressed, greeting, page = _addressed(page_one[0], start) if page_one else ([], [], 1)
    listed: list[tuple[str, list[Piece]]] = _listed(foot) if foot else []
    names = tuple(dict.fromkeys([name for name, _ in (*addressed, *listed) if name]))
    if not names:
        return Field()
    if greeting:
        return Field.at(names, 0.85, page, greeting)
    pieces = [piece for _, pieces in listed for piece in pieces]
    return Field.at(names, 0.85, foot.sheet.number if foot else page, pieces)


def _addressed(page: Sheet, start: float) -> tuple[list[tuple[str, list[Piece]]], list[Piece], int]:
    rows = page.rows(one for one in page.pieces if one.level > start)
    at = next((n for n, row in enumerate(rows) if _GREETS.match(fold(row.text))), None)
    if at is None:
        return [], [], page.number
    taken = _greeting_rows(rows, at, page)
    first = _after_colon(rows[at])
    items = _items([first, *[list(row.pieces) for row in taken[1:]]], always=False)
    return items, [one for row in taken for one in row.pieces], page.number


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
    for row in rows[at + 1 :]:
        step = row.level - taken[-1].level
        dashed = bool(_ITEM.match(row.text))
        inside = row.left > max(edge + 4 * page.size, indent - 0.5 * page.size)
        if step > 2.4 * page.size or not (inside or (dashed and row.left > edge + 2.2 * page.size)):
            break
        if not dashed and not inside:
            break
        if not alone and not dashed and row.left <= indent + page.size:
            break
        taken.append(row)
    return taken


def _listed(foot: Foot) -> list[tuple[str, list[Piece]]]:
    """The lines under "Nơi nhận" up to the archive's."""
    if foot.heading is None:
        return []
    rows: list[list[Piece]] = []
    before = foot.heading.level
    for row in foot.left:
        if row.level <= foot.heading.level + 0.3 * foot.sheet.size:
            continue
        if row.level - before > 2.4 * foot.sheet.size:
            break
        rows.append(list(row.pieces))
        before = row.level
        if _SAME.match(fold(_ITEM.sub("", row.text))) and "luu" in fold(row.text)[:8]:
            break
    return _items(rows, always=True)


def _items(rows: Sequence[list[Piece]], *, always: bool) -> list[tuple[str, list[Piece]]]:
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
        words = mended([one.text for one in group], [one.confidence for one in group])
        text = _ITEM.sub("", " ".join(words))
        for part in [text] if dashed and always else text.split(";"):
            name = _recipient(part)
            if name:
                items.append((name, group))
    return items


def _recipient(text: str) -> str:
    name = _KEPT.sub("", _REMARK.sub("", text)).strip(" ;,./*-–_|~=")
    name = _SPECKS.sub("", name)
    plain = fold(name)
    if len(name) < 2 or _SAME.match(plain) or not any(letter.isalpha() for letter in name):
        return ""
    return name

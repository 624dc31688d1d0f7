"""The end of the document: where its two blocks lie, who signed and as what (ô 7a, 7b)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from vanthu.kernel.vietnamese import fold, spelled
from vanthu.reading.fields import lexicon, naming
from vanthu.reading.fields.lines import Row
from vanthu.reading.fields.people import is_family, personal
from vanthu.reading.fields.values import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.reading.fields.known import Signer
    from vanthu.reading.fields.lines import Piece, Sheet

_RECEIVES = re.compile(r"^\W{0,2}(?:n[o0][iíl1] ?nh[a@]n\b|nhan ?:)")
_FORMS = re.compile(
    r"^(?P<form>KT|TL|TM|TUQ|T/M|K/T|T/L|Q|QUYỀN)\s?[.,:]?\s+(?=\S)|^(?P<tight>KT|TL|TM|TUQ|Q)[.,](?=\S)"
)
_ACTING = ("Q", "QUYỀN")
_RANKS = re.compile(
    r"^(?:(?:đại|thượng|trung|thiếu)\s(?:tướng|tá|úy|uý)|(?:gs|pgs|ts|ths|tskh|bs|bs\.?ck\.?[i1l]{1,2}|ks|kts|cn|ds|ls|ccv|ttnd|ttưt)\.?"
    r"|tiến sĩ|thạc sĩ|luật sư|bác sĩ|giáo sư|phó giáo sư"
    r"|đ/c|ông|bà)[\s.,]+",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[a-zà-ỹđ]")  # a lone small letter is the end of a signature
_AROUND = ".,;:*|_'\"()"
_SURE_LETTER = 0.8  # a lone letter or figure of which the OCR is less sure is a piece of the stamp
_GAP_IN_FORM, _GAP_TO_POST = 2.2, 3.4  # type sizes; a scan may have lost the row before a post
_LESS_THAN_LINE = 0.55  # type sizes
_NUMBERED = (
    "phong",
    "vu",
    "cuc",
    "doi",
    "vien",
    "khoa",
    "vuc",
    "ban",
    "to",
    "so",
    "toa",
    "quan",
    "phuong",
    "khu",
)
_AREAS = ("xã", "sở", "bộ", "vụ", "tổ")  # short words that are no grain behind a post
_KINDS = ("ban", "phong", "khoa", "tram", "doi")  # kinds of bodies with which posts end
_STRAY = 2  # letters that a scan makes of a stamp over a post
_FIGURE = re.compile(r"\d")
_SURE_OF_SHORT, _GRAIN = 0.4, 3  # letters of a word that a signature looks like
_SURE_NAME = 90  # of 100: a name this near to a known one is that
_NO_NAME = ("đã ký", "ký bởi", "người ký", "ngày ký", "cơ quan:", "thời gian ký", "email")
_FORM_LEFT = 0.36  # of the page's width: no signing form begins further left
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
    at = next((at for at, one in enumerate(span.pieces) if one.middle >= border), len(span.pieces))
    while (
        0 < at < len(span.pieces) and _upper(span.pieces[at].text) and _form_word(span.pieces[at - 1], page)
    ):
        at -= 1  # a row of the form that reaches further left than its others
    return list(span.pieces[at:])


def _form_word(piece: Piece, page: Sheet) -> bool:
    """Whether a word may belong to a signing form, which is in capitals and not at the left margin."""
    return piece.text.isupper() and piece.text.isalpha() and piece.left > _FORM_LEFT * page.width


def _border(page: Sheet, heading: Row, below: Sequence[Piece]) -> float:
    """Between the two blocks: the left end of the signing form's longest row, else the middle of the page."""
    near = [
        one
        for one in below
        if one.level < heading.level + 8 * page.size and one.left > _FORM_LEFT * page.width
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
    rows = _levelled(foot.right, foot.sheet.size)
    first = next((at for at, row in enumerate(rows) if _begins_signing(row.text)), None)
    if first is None:
        return Field(), Field()
    form = _form(rows, first, foot.sheet)
    post = _own_post(form, foot.sheet.number)
    below = [row for row in rows if row.level > form[-1].level]
    name = _name(foot.sheet, form, below, known)
    return (name if name.value else _name_over(following, known)), post


def _levelled(rows: Sequence[Row], size: float) -> list[Row]:
    """The rows, those joined that lie less than a line apart: a stamp over a row shifts some of its words."""
    joined: list[Row] = []
    for row in rows:
        if joined and row.level - joined[-1].level < _LESS_THAN_LINE * size:
            pieces = (*joined.pop().pieces, *row.pieces)
            joined.append(Row(tuple(sorted(pieces, key=lambda one: one.left))))
        else:
            joined.append(row)
    return joined


def _form(rows: Sequence[Row], first: int, page: Sheet) -> list[Row]:
    """The rows of the signing form: in capitals, one under the other."""
    taken = [rows[first]]
    for before, row in pairwise(rows[first:]):
        step = (row.level - before.level) / page.size
        if step > (_GAP_TO_POST if _begins_signing(row.text) else _GAP_IN_FORM):
            break
        if _upper(row.text) or row.text.isupper():
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
    pieces = [one for row in rows for one in row.pieces if _of_post(one, row)]
    text = _FORMS.sub("", " ".join(one.text for one in pieces).strip())
    written, score = _written_post(text)
    return Field.at(f"Quyền {written}" if acting else written, 0.6 + 0.0037 * score, page, pieces)


def _of_post(piece: Piece, row: Row) -> bool:
    """Whether a piece is a word of a post: a lone letter is read surely, a lone figure ends the row ("PHÒNG 9")."""
    if not any(map(str.isalnum, piece.text)) and piece.text not in "-–&":
        return False
    if len(piece.text) > 1:
        return True
    if piece.text.isdigit():
        before = row.pieces[row.pieces.index(piece) - 1]
        return piece is row.pieces[-1] and fold(before.text) in _NUMBERED
    return piece.confidence > _SURE_LETTER


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
    more = len(lexicon.bare_letters(text)) - len(lexicon.bare_letters(whole))
    stray = (
        more <= _STRAY
        and not _FIGURE.search(text)
        and spelled(text.rpartition(" ")[2]) not in map(spelled, _AREAS)
    )
    if whole and (len(whole.split()) >= len(text.split()) or stray):
        return whole, min(score, 100)
    post = _post(text)
    if post:
        rest = " ".join(text.split()[len(post.split()) :])
        return f"{post} {_of_what(post, rest)}".strip(), 90.0
    return naming.ordinary(text), 40.0


def _of_what(post: str, rest: str) -> str:
    """What follows a post: "Bạn đọc" after "Trưởng ban", which is the function of a body as in "Ban Bạn đọc"."""
    kind = post.rsplit(maxsplit=1)[-1]
    if fold(kind) not in _KINDS or not rest:
        return naming.ordinary(rest)
    return naming.ordinary(f"{kind} {rest}").partition(" ")[2]


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
    words = text.split()
    confidences = [one.confidence for one in pieces][-len(words) :]
    if is_family(words[0]):
        words[0] = words[0].capitalize()
    read = personal(words, confidences) if len(words) == len(confidences) else text
    return Field.at(read, sure, page, pieces)


def _name_words(row: Row) -> list[Piece]:
    """The words of a row that are a person's name; empty when it is none."""
    if any(mark in row.text.lower() for mark in _NO_NAME):
        return []
    pieces = [
        one
        for one in row.pieces
        if any(map(str.isalpha, one.text)) and not _LETTER.fullmatch(one.text) and not _grain(one)
    ]
    while rank := _RANKS.match(" ".join(one.text for one in pieces) + " "):
        pieces = pieces[len(rank[0].split()) :]
    words = [one.text.strip(_AROUND) for one in pieces]
    if words and is_family(words[0]):
        words[0] = words[0].capitalize()
    fits = 2 <= len(words) <= 5 and all(_given(word) for word in words)
    return pieces if fits else []


def _grain(piece: Piece) -> bool:
    """Whether a short word in small letters is what a scan makes of a signature."""
    return piece.confidence < _SURE_OF_SHORT and piece.text.islower() and len(piece.text) <= _GRAIN


def _given(word: str) -> bool:
    return len(word) <= 8 and word.isalpha() and word[0].isupper() and (len(word) == 1 or word[1:].islower())

"""Title, addressees and text (ô 5a, 6, 9a): a letter's content as lines with a style each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vanthu.issuing.layout.forms import DOTS, Form
from vanthu.issuing.layout.letter import LetterData
from vanthu.issuing.layout.names import about, capitals

TEXT, HEADING, CHAPTER = "6 Nội dung", "6 Đề mục", "6 Chương, mục"
CONTENT = (TEXT, HEADING, CHAPTER)
_CHAPTER = re.compile(r"^(?:Phần|Chương|Mục|Tiểu mục) (?:[IVXLC]+|\d+|thứ \w+)\b\.?")
_ARTICLE = re.compile(r"^Điều \d+[a-zđ]?\.\s*")
_CLAUSE = re.compile(r"^(?:[IVXLC]+|[A-H]|\d+(?:\.\d+)*)\.\s+\S")
_OPEN_END = (".", ";", ":", ",", "…")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: `lead` is written bold before `text`."""

    style: str
    text: str
    lead: str = ""


def title_lines(form: Form, data: LetterData) -> list[Line]:
    """Name of the kind and trích yếu; an official letter has neither here."""
    if not form.title:
        return []
    subject = (
        about(data.subject, "Về việc") if form.enacts and not _names_its_act(data.subject) else data.subject
    )
    return [Line("5a Tên loại", form.title), *([Line("5a Trích yếu", subject)] if subject else [])]


def addressee_lines(recipients: Sequence[str]) -> list[Line]:
    """Kính gửi: one on the same line; several one below the other, dashes under the colon."""
    if len(recipients) == 1:
        return [Line("9a Kính gửi", f"Kính gửi: {_bare(recipients[0])}")]
    return [Line("9a Nơi gửi", "Kính gửi:"), *listed("9a Nơi gửi", recipients)] if recipients else []


def listed(style: str, items: Sequence[str]) -> list[Line]:
    """Lines with a dash each, ";" behind all but the last, which takes "."."""
    last = len(items) - 1
    return [
        Line(style, f"- {_bare(item)}{'.' if index == last else ';'}") for index, item in enumerate(items)
    ]


def content_lines(form: Form, data: LetterData) -> list[Line]:
    """Everything between title and signature, ended with "./."."""
    return _ended(
        [
            *_basis(form, data),
            *_opening(form, data),
            *_details(form, data),
            *structured(data.body or [text.replace("{office}", data.office) for text in form.body]),
        ]
    )


def structured(paragraphs: Sequence[str]) -> list[Line]:
    """Recognise chapters, articles and numbered headings by their first words (Phụ lục I, II.6)."""
    lines: list[Line] = []
    for paragraph in (" ".join(text.split()) for text in paragraphs):
        if not paragraph:
            continue
        under_chapter = bool(lines) and lines[-1].style == CHAPTER and _CHAPTER.match(lines[-1].text)
        if _CHAPTER.match(paragraph) or (under_chapter and paragraph.isupper()):
            lines.append(Line(CHAPTER, paragraph))
        else:
            lines.append(_article_or_clause(paragraph))
    return lines


def last_article(paragraphs: Sequence[str]) -> str:
    """ "Điều 3" of a decision whose last article is the third; empty where there are none."""
    found = [match.group().rstrip(". ") for match in map(_ARTICLE.match, paragraphs) if match]
    return found[-1] if found else ""


def receiver_lines(form: Form, data: LetterData) -> list[Line]:
    """Nơi nhận: "Như trên" or "Như Điều …" first, the archive last."""
    first: tuple[str, ...] = ()
    if form.names_recipients and data.recipients:
        first = ("Như trên",)
    elif form.enacts:
        article = last_article(data.body or form.body)
        first = (f"Như {article}",) if article else ()
    given = tuple(item for item in data.copies if not item.lstrip("- ").lower().startswith(("như ", "lưu:")))
    items = listed("9b Danh sách nhận", (*first, *given, f"Lưu: {data.archive}"))
    mark = [Line("12 Người soạn thảo", data.drafter_mark)] if data.drafter_mark else []
    return [Line("9b Nơi nhận", "Nơi nhận:"), *items, *mark]


def _article_or_clause(paragraph: str) -> Line:
    titled = not paragraph.endswith(_OPEN_END)
    article = _ARTICLE.match(paragraph)
    if article and not titled:
        return Line(TEXT, paragraph[article.end() :], lead=f"{article.group().rstrip()} ")
    if titled and (article or _CLAUSE.match(paragraph)):
        return Line(HEADING, paragraph)
    return Line(TEXT, paragraph)


def _basis(form: Form, data: LetterData) -> Iterator[Line]:
    basis = [_bare(text) for text in data.basis or form.basis]
    if form.authority:
        authority = data.authority or f"{form.authority} {data.office}"
        yield Line("6 Thẩm quyền ban hành", "\n".join(capitals(authority, letters=52)))
    for index, text in enumerate(basis):
        yield Line("6 Căn cứ", f"{text}{'.' if index == len(basis) - 1 else ';'}")
    if form.enacts:
        yield Line("6 Thẩm quyền ban hành", form.enacts)


def _opening(form: Form, data: LetterData) -> Iterator[Line]:
    if not form.opening:
        return
    recipients = "; ".join(map(_bare, data.recipients)) or DOTS
    office = data.authority or data.office
    yield Line(TEXT, form.opening.format(office=office, recipients=recipients))
    if form.lists_recipients:
        yield from listed(TEXT, data.recipients or (DOTS,))


def _details(form: Form, data: LetterData) -> Iterator[Line]:
    labels = [*form.details, *(label for label in data.details if label not in form.details)]
    for label in labels:
        value = data.details.get(label, DOTS)
        yield Line(TEXT, f"{label}: {value if value.endswith(_OPEN_END) else value + '.'}")


def _ended(lines: list[Line]) -> list[Line]:
    """A document ends with "./."."""
    if not lines:
        return lines
    *rest, last = lines
    return [*rest, replace(last, text=f"{last.text.removesuffix('./.').rstrip('. ;')}./.")]


def _names_its_act(subject: str) -> bool:
    return not subject or subject.lower().startswith(("về ", "ban hành", "phê duyệt", "quy định"))


def _bare(item: str) -> str:
    return item.strip().lstrip("-– ").rstrip(";. ")

# ruff: noqa: E501 - a style sheet reads better with a rule on a line
"""A letter in the layout of Decree 30/2020 as PDF, quickly: 0.1 s of processor, for thousands of documents.

What people draft in the product is composed as DOCX by `vanthu.issuing.layout`; this is for what is there already
when somebody begins to practise, and in the demonstration.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from vanthu.documents.kinds import Kind, by_code
from vanthu.documents.states import Urgency
from vanthu.kernel.later import later

if TYPE_CHECKING:
    from datetime import date

    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
else:
    weasyprint = later("weasyprint")

BLANK_NUMBER, BLANK_DAY = "\u00a0" * 12, "\u00a0" * 8
CONTINUED = "; "
BODIES = (
    "Viện kiểm sát nhân dân",
    "Tòa án nhân dân",
    "Ủy ban nhân dân",
    "Hội đồng nhân dân",
    "Thi hành án dân sự",
)
ONE_LINE = 27
"""Letters of a name in 12 points bold capitals that fit the left column."""


STYLE = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm;
  @top-center { content: counter(page); font: 13pt Tinos, "Liberation Serif", serif } }
@page :first { @top-center { content: none } }
body { font: 14pt/1.2 Tinos, "Liberation Serif", "Times New Roman", serif; margin: 0; text-align: justify; hyphens: manual }
table { width: 100%; border-collapse: collapse } td { vertical-align: top; padding: 0 }
.head td { text-align: center } .head { margin-bottom: 12pt }
.head .left { width: 45% } .small { font-size: 12pt } .one { font-size: 13pt } .b { font-weight: bold } .i { font-style: italic }
.caps { text-transform: uppercase } .line { width: 33%; margin: 1pt auto 4pt; border-top: .7pt solid #000 }
.motto .line { width: 88% } .no { margin-top: 4pt; font-size: 13pt }
.urgent { display: inline-block; margin: 6pt 0; padding: 1pt 8pt; border: 1.4pt solid #d00; color: #d00; font: bold 13pt Tinos }
.title { text-align: center; margin: 6pt 0 0; font-weight: bold } .subject { text-align: center; font-weight: bold; margin: 0 }
.rule { width: 30%; margin: 4pt auto 10pt; border-top: .7pt solid #000 }
p { margin: 0 0 5pt; text-indent: 12.7mm; orphans: 2; widows: 2 } p.section { font-weight: bold; text-align: left }
p.enacts { font-weight: bold; text-align: center; text-indent: 0 }
p.to { text-indent: 0; text-align: center; margin: 4pt 0 10pt } p.basis { font-style: italic }
.foot { margin-top: 10pt; page-break-inside: avoid } .foot td { width: 50% }
.banner { position: fixed; top: -14mm; left: 0; right: 0; text-indent: 0; text-align: center; color: #b00020; font-weight: bold; font-size: 12pt }
.copies { font-size: 11pt; text-align: left; line-height: 1.15 } .copies .b { font-size: 12pt }
.sign { text-align: center } .gap { height: 29mm; position: relative }
.gap svg { position: absolute; left: 4mm; top: -4mm; width: 74mm; height: 40mm }
"""
LETTER_SUBJECT = '<div class="small" style="margin-top:2pt">V/v {}</div>'


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands on the pages. Without `number` the places of number, day and month are left open."""

    kind: str
    superior: str
    office: str
    number: str
    notation: str
    place: str
    day: date
    subject: str
    recipients: tuple[str, ...]
    basis: tuple[str, ...]
    body: tuple[str, ...]
    signing: tuple[str, ...]
    signer: str
    copies: tuple[str, ...]
    archive: str
    urgency: int = 0
    banner: str = ""
    """What stands in red at the head of every page."""
    mark: str = ""
    """SVG over the name: a scan shows a hand and a stamp."""


@cache
def style() -> tuple[weasyprint.CSS, FontConfiguration]:
    """The sheet, parsed once per process."""
    fonts = weasyprint.text.fonts.FontConfiguration()
    return weasyprint.CSS(string=STYLE, font_config=fonts), fonts


def pdf(letter: Letter) -> bytes:
    """The letter as PDF."""
    sheet, fonts = style()
    made: bytes = weasyprint.HTML(string=page(letter)).write_pdf(stylesheets=[sheet], font_config=fonts)
    return made


def page(letter: Letter) -> str:
    """The letter as HTML."""
    kind = by_code(letter.kind)
    banner = [f'<p class="banner">{escape(letter.banner)}</p>'] if letter.banner else []
    parts = [*banner, head(letter, kind), title(letter, kind)]
    if letter.recipients:
        parts.append(f'<p class="to">Kính gửi: {escape(CONTINUED.join(letter.recipients))}.</p>')
    parts += [f'<p class="basis">{escape(line)};</p>' for line in letter.basis]
    parts += [f'<p class="{paragraph_class(line)}">{escape(line)}</p>' for line in letter.body]
    parts.append(foot(letter))
    return f'<html lang="vi"><body>{"".join(parts)}</body></html>'


def paragraph_class(line: str) -> str:
    """Headings with Roman numbers are bold; what a decision enacts stands in the middle."""
    if line.isupper() and line.endswith(":"):
        return "enacts"
    return "section" if line.isupper() or line.split(".", maxsplit=1)[0] in {"I", "II", "III", "IV"} else ""


def head(letter: Letter, kind: Kind) -> str:
    """Issuer, number and subject of a letter on the left; motto, place and date on the right."""
    party = kind.family == "party"
    number = letter.number or BLANK_NUMBER
    joint = "" if letter.notation.startswith("-") else "/"
    colon = "" if party else ":"
    day = f"{letter.day.day:02d}" if letter.number else BLANK_DAY
    month = (
        (f"{letter.day.month:02d}" if letter.day.month < 3 else str(letter.day.month))
        if letter.number
        else BLANK_DAY
    )
    above = f'<div class="small caps">{escape(letter.superior)}</div>' if letter.superior else ""
    subject = LETTER_SUBJECT.format(escape(lower(letter.subject))) if untitled(kind) else ""
    urgency = f'<div class="urgent">{Urgency(letter.urgency).label.upper()}</div>' if letter.urgency else ""
    left = (
        f'{above}<div class="small caps b">{broken(letter.office)}</div>'
        + ("<div>*</div>" if party else '<div class="line"></div>')
        + f'<div class="no">Số{colon} {escape(number)}{joint}{escape(letter.notation)}</div>{subject}{urgency}'
    )
    motto = (
        '<div class="b">ĐẢNG CỘNG SẢN VIỆT NAM</div>'
        if party
        else '<div class="small b">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</div><div class="one b">Độc lập - Tự do - Hạnh phúc</div>'
    )
    right = (
        f'{motto}<div class="line"></div><div class="i no">{escape(letter.place)}, ngày {day} tháng {month}'
        f" năm {letter.day.year}</div>"
    )
    return f'<table class="head"><tr><td class="left">{left}</td><td class="motto">{right}</td></tr></table>'


def untitled(kind: Kind) -> bool:
    """An official letter, of the State or of the Party: its subject stands under the number."""
    return not kind.abbreviation or kind.code == "DCV"


def broken(name: str) -> str:
    """The issuer's name, broken where the law's samples break it: after the kind of body."""
    for body in BODIES:
        if name.startswith(f"{body} ") and len(name) > ONE_LINE:
            return f"{escape(body)}<br>{escape(name.removeprefix(body).strip())}"
    return escape(name)


def title(letter: Letter, kind: Kind) -> str:
    """Name of the kind and subject; letters have none."""
    if untitled(kind):
        return ""
    name = kind.name.partition(" (")[0].removesuffix(" tố tụng")
    subject = letter.subject
    if subject.startswith(f"{name} "):
        subject = subject.removeprefix(f"{name} ")
        subject = subject[:1].upper() + subject[1:]
    return (
        f'<div class="title caps">{escape(name)}</div><div class="subject">{escape(subject)}</div>'
        '<div class="rule"></div>'
    )


def foot(letter: Letter) -> str:
    """Who gets copies on the left; title, room for the signature and name on the right."""
    copies = [*(letter.copies or ("Như trên",)), f"Lưu: {letter.archive}"]
    left = "".join(f"<div>- {escape(line)}{';' if line is not copies[-1] else '.'}</div>" for line in copies)
    lines = "".join(f'<div class="b">{escape(line)}</div>' for line in letter.signing)
    right = f'{lines}<div class="gap">{letter.mark}</div><div class="b">{escape(letter.signer)}</div>'
    return (
        f'<table class="foot"><tr><td class="copies"><div class="b i">Nơi nhận:</div>{left}</td>'
        f'<td class="sign">{right}</td></tr></table>'
    )


def lower(text: str) -> str:
    """The subject after "V/v"."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]

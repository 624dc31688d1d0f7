# ruff: noqa: E501 - a line is a line of the page
"""Letters set in rows of inline blocks, printed by WeasyPrint: looks that only the unseen documents have."""

import random
from dataclasses import dataclass
from html import escape

from weasyprint import HTML

from vanthu_tools.reading_bench import typed, word_files
from vanthu_tools.reading_bench.letter import Letter


@dataclass(frozen=True, slots=True)
class Look:
    """One way to set a letter: sizes in points, widths of the two halves of the head in percent."""

    face: str
    size: float
    head: float
    halves: tuple[int, int]
    leading: float
    tight: float
    """Between the letters of names in the head, in points."""
    row_apart: bool
    """Number and date in a row of their own under both names."""
    urgent: str
    """Where the box of urgency stands: "above", "below", "beside" or "over-date"."""
    greeting: str
    """ "middle", "left" or "bold"."""
    indent: str
    """Before a paragraph: "deep" or "none" with a blank line."""
    listing: str = "one"
    """Recipients in "one" or "two" columns."""


LOOKS = (
    Look("Tinos", 13.5, 12, (41, 58), 1.3, -0.2, True, "below", "middle", "deep"),
    Look("Tinos", 14, 13, (39, 60), 1.15, -0.35, False, "above", "left", "deep"),
    Look("'Noto Sans'", 11, 10, (43, 56), 1.4, 0, True, "beside", "bold", "none"),
    Look("Tinos", 13, 12.5, (40, 59), 1.5, 0, True, "over-date", "left", "deep"),
    Look("'Noto Serif'", 11, 10.5, (45, 54), 1.25, -0.1, False, "below", "middle", "none", listing="two"),
)
_FRAME = {"Khẩn": "20mm", "Thượng khẩn": "40mm", "Hỏa tốc": "30mm"}


def pdf(letter: Letter, at: int) -> bytes:
    """The letter in the look whose turn it is; two in seven are Word files."""
    turn = at % (len(LOOKS) + 2)
    if turn >= len(LOOKS):
        return word_files.pdf(typed.docx(letter, gap=turn == len(LOOKS)))
    return bytes(HTML(string=html(letter, LOOKS[turn])).write_pdf())


def html(letter: Letter, look: Look) -> str:
    """The letter as one HTML document."""
    left, right = look.halves
    css = f"""@page{{size:A4;margin:20mm 17mm 23mm 33mm}} @page:nth(n+2){{@top-center{{content:counter(page);font:14pt {look.face}}}}}
body{{margin:0;font:{look.size}pt/{look.leading} {look.face}}} .i{{display:inline-block;vertical-align:top;text-align:center;line-height:1.2;font-size:{look.head}pt}}
.l{{width:{left}%}} .r{{width:{right}%}} .n{{letter-spacing:{look.tight}pt}} .m{{font-size:{look.head + 1}pt}}
.s{{height:.8pt;background:#000;margin:3pt auto}} .c{{text-align:center;font-weight:bold}}
.f{{display:inline-block;border:1pt solid #e4002b;color:#e4002b;font-weight:bold;font-size:13pt;line-height:8mm;text-align:center}}
.x{{text-align:justify;{"text-indent:12.7mm;margin-top:6pt" if look.indent == "deep" else "margin-top:11pt"}}}
.e{{break-inside:avoid;margin-top:12pt}} .e .i{{font-size:{look.size}pt}}"""
    draw = random.Random(letter.key)
    return f"<style>{css}</style>{_above(letter, look)}{_head(letter, look, draw)}{_name_of(letter)}{_whom(letter, look, draw)}{_content(letter)}{_last(letter, look, draw)}"


def _frame(letter: Letter, look: Look, place: str) -> str:
    if not letter.urgency or look.urgent != place:
        return ""
    return f'<span class="f" style="width:{_FRAME[letter.urgency]}">{letter.urgency.upper()}</span>'


def _above(letter: Letter, look: Look) -> str:
    frame = _frame(letter, look, "above")
    return f'<div style="margin:-9mm 0 3mm;text-align:right">{frame}</div>' if frame else ""


def _stroke(share: int) -> str:
    return f'<div class="s" style="width:{share}%"></div>'


def _head(letter: Letter, look: Look, draw: random.Random) -> str:
    over = "<br>".join(letter.over)
    own = "<br>".join(letter.own)
    names = f'<div class="n">{over}</div><div class="n"><b>{own}</b></div>{"<div>*</div>" if letter.party else _stroke(draw.choice((33, 40, 48)))}'
    if letter.party:
        nation = '<b class="m" style="border-bottom:.9pt solid">ĐẢNG CỘNG SẢN VIỆT NAM</b>'
    else:
        nation = f'<b class="n">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><div class="m"><b>Độc lập - Tự do - Hạnh phúc</b></div>{_stroke(54)}'
    number = f"<div>{'Số' if letter.party else 'Số:'} {letter.symbol}</div>{_about(letter)}"
    below = _frame(letter, look, "below")
    number += f'<div style="padding-top:6pt">{below}</div>' if below else ""
    frame = _frame(letter, look, "over-date")
    said = f'<div style="padding-bottom:5pt">{frame}</div>' if frame else ""
    said += f'<i class="m">{_when(letter, draw)}</i>'
    if look.row_apart:
        return f'{_pair(names, nation)}<div style="height:7pt"></div>{_pair(number, said)}'
    lift = "" if letter.party else f"padding-top:{9 + 8 * max(0, len(letter.over) + len(letter.own) - 2)}pt"
    return _pair(f"{names}{number}", f'{nation}<div style="{lift or "padding-top:18pt"}">{said}</div>')


def _pair(left: str, right: str) -> str:
    return f'<div><div class="i l">{left}</div><div class="i r">{right}</div></div>'


def _about(letter: Letter) -> str:
    if letter.title:
        return ""
    if letter.party:
        return f'<div style="padding:6pt 4mm 0;font-size:12pt"><i>Về việc {escape(letter.subject)}</i></div>'
    return f'<div style="padding:6pt 4mm 0;font-size:12pt">V/v {escape(letter.subject)}</div>'


def _when(letter: Letter, draw: random.Random) -> str:
    """By the decree most often, with all zeros or with none sometimes."""
    on = letter.issued_on
    lawful = (f"{on:%d}", f"{on:%m}" if on.month < 3 else str(on.month))
    day, month = draw.choice((lawful, lawful, (f"{on:%d}", f"{on:%m}"), (str(on.day), str(on.month))))
    return f"{letter.place}, ngày {day} tháng {month} năm {on.year}"


def _name_of(letter: Letter) -> str:
    if not letter.title:
        return ""
    return f'<div class="c" style="margin-top:15pt">{letter.title}</div><div class="c" style="padding:0 14mm">{escape(letter.subject)}</div><div class="s" style="width:24%;margin-bottom:10pt"></div>'


def _whom(letter: Letter, look: Look, draw: random.Random) -> str:
    frame = _frame(letter, look, "beside")
    box = f'<div style="margin-top:9pt">{frame}</div>' if frame else ""
    names = letter.addressed
    if not names:
        return box
    word = "<b><i>Kính gửi:</i></b>" if look.greeting == "bold" else "Kính gửi:"
    if len(names) == 1:
        side = "text-align:center" if look.greeting != "left" else "padding-left:15mm"
        return f'{box}<div style="margin:12pt 0 8pt;{side}">{word} {names[0]}{draw.choice((".", ""))}</div>'
    rows = "".join(f"<div>- {one};</div>" for one in names[:-1]) + f"<div>- {names[-1]}.</div>"
    if look.greeting == "middle":
        return f'{box}<div style="margin:12pt 0 8pt"><div style="padding-left:28mm">{word}</div><div style="padding-left:48mm">{rows}</div></div>'
    return f'{box}<div style="margin:12pt 0 8pt 14mm"><div style="display:inline-block;vertical-align:top;width:24mm">{word}</div><div style="display:inline-block;width:115mm">{rows}</div></div>'


def _content(letter: Letter) -> str:
    body = [escape(one) for one in letter.body]
    body[-1] = body[-1].rstrip(".") + "./."
    before: list[str] = []
    if letter.basis:
        before.append(f'<div class="c" style="padding:2pt 8mm">{letter.competence}</div>')
        before += [f'<div class="x"><i>{escape(one)}</i></div>' for one in letter.basis]
        word = "QUYẾT NGHỊ:" if letter.title == "NGHỊ QUYẾT" else "QUYẾT ĐỊNH:"
        before.append(f'<div class="c" style="margin-top:9pt">{word}</div>')
        body = [f"<b>Điều {at}.</b> {one}" for at, one in enumerate(body, start=1)]
    return "".join(before + [f'<div class="x">{one}</div>' for one in body])


def _last(letter: Letter, look: Look, draw: random.Random) -> str:
    first = "Như trên" if letter.addressed else "Như Điều 1" if letter.basis else ""
    items = [
        *([first] if first else []),
        *letter.copies,
        f"{draw.choice(('Lưu:', 'Lưu:', 'Lưu'))} {letter.archive}",
    ]
    if look.listing == "two" and len(items) > 4:
        half = (len(items) + 1) // 2
        columns = (items[:half], items[half:])
        rows = "".join(
            f'<div style="display:inline-block;vertical-align:top;width:49%">{_dashed(one, items[-1])}</div>'
            for one in columns
        )
    else:
        rows = _dashed(items, items[-1])
    form = "<br>".join(letter.form)
    mark = (
        f'<div style="font-size:11pt;text-align:right;padding-right:9mm">{draw.choice(("TH", "DVK", "P.HC"))}.({draw.randint(3, 60):02}b)</div>'
        if draw.random() < 0.25
        else ""
    )
    foot = (
        f'<div style="border-top:.5pt solid;margin-top:20pt;text-align:center;font-size:11pt">Trụ sở: {draw.randint(1, 99)} đường Trần Phú | ĐT: 0{draw.randint(203, 296)} 3{draw.randint(100000, 999999)} | vanphong@donvi.gov.vn</div>'
        if draw.random() < 0.2
        else ""
    )
    return f"""<div class="e"><div class="i" style="width:50%;text-align:left"><b style="font-size:12pt"><i>Nơi nhận:</i></b><div style="font-size:11pt">{rows}</div>{mark}</div><div class="i" style="width:49%"><b>{form}</b>
<div style="height:27mm"></div><b>{letter.signer}</b></div>{foot}</div>"""


def _dashed(items: list[str], last: str) -> str:
    return "".join(f"<div>- {one}{'.' if one == last else ';'}</div>" for one in items)

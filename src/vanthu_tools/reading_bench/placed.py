# ruff: noqa: E501 - a line is a line of the page
"""Letters set in blocks placed by measure, printed by WeasyPrint: looks that only the held documents have."""

import random
from dataclasses import dataclass
from datetime import date
from html import escape

from weasyprint import HTML

from vanthu_tools.reading_bench import tabbed, word_files
from vanthu_tools.reading_bench.letter import Letter


@dataclass(frozen=True, slots=True)
class Look:
    """One way to set a letter: sizes in points, `left` and `right` are the widths of the head in millimetres."""

    face: str
    size: float
    head: float
    left: int
    right: int
    leading: float
    rule: str
    """How lines under names are drawn: "border", "underline", "strokes" or "drawn"."""
    about: str
    """Before the subject of a letter."""
    date: str
    """Zeros before days and months: "law", "both" or "none"."""
    box: str
    """Where the box of urgency stands: "number", "corner", "date" or "title"."""
    columns: int = 1
    """Of a long list of recipients."""
    dash: str = "-"


LOOKS = (
    Look("Tinos", 14, 13, 72, 94, 1.2, "border", "V/v", "law", "number"),
    Look("'Noto Serif'", 11.5, 10.5, 76, 90, 1.3, "underline", "V/v", "both", "corner", columns=2),
    Look("Arimo", 12, 11, 74, 92, 1.35, "strokes", "V/v:", "none", "date", dash="–"),
    Look("Tinos", 13, 12, 70, 96, 1.45, "drawn", "V/v", "law", "title"),
    Look("'DejaVu Serif Condensed'", 11, 10.5, 74, 92, 1.25, "border", "Về việc", "both", "number", dash="+"),
)
_BOXES = {"Khẩn": 20, "Thượng khẩn": 40, "Hỏa tốc": 30}


def pdf(letter: Letter, at: int) -> bytes:
    """The letter in the look whose turn it is; two in seven are Word files."""
    turn = at % (len(LOOKS) + 2)
    if turn >= len(LOOKS):
        return word_files.pdf(tabbed.docx(letter, tabs=turn == len(LOOKS)))
    return bytes(HTML(string=html(letter, LOOKS[turn])).write_pdf())


def html(letter: Letter, look: Look) -> str:
    """The letter as one HTML document."""
    css = f"""@page{{size:A4;margin:21mm 15mm 20mm 29mm;@top-center{{content:counter(page);font:13pt {look.face}}}}}
@page:first{{@top-center{{content:none}}}} body{{margin:0;font:{look.size}pt/{look.leading} {look.face}}}
.head{{position:relative;font-size:{look.head}pt;line-height:{_row(look)}pt;text-align:center}}
.left{{width:{look.left}mm}} .nation{{position:absolute;top:0;right:0;width:{look.right}mm;white-space:nowrap}}
.day{{position:absolute;right:0;width:{look.right}mm;font-style:italic;font-size:{look.head + 0.5}pt}}
.hurry{{border:1.2pt solid #d3101f;color:#d3101f;font:bold 13pt/8mm {look.face};height:8mm;text-align:center}}
.note{{position:absolute;top:-13mm;right:6mm;border:.8pt solid;font:bold 12pt/7mm {look.face};padding:0 3mm}}
.title{{text-align:center;font-weight:bold;position:relative}} p{{margin:6pt 0 0;text-align:justify;text-indent:10mm}}
.foot{{position:relative;break-inside:avoid;margin-top:11pt}} .list{{width:80mm;font-size:11pt;line-height:1.15}}
.sign{{position:absolute;top:0;right:0;width:82mm;text-align:center;font-weight:bold;line-height:1.2}}"""
    draw = random.Random(letter.key)
    return f"<style>{css}</style>{_head(letter, look, draw)}{_title(letter, look)}{_greeting(letter, look)}{_text(letter)}{_foot(letter, look, draw)}"


def _row(look: Look) -> float:
    return round(look.head * 1.22, 1)


def _rule(look: Look, share: float) -> str:
    """A line of this share of the block."""
    if look.rule == "strokes":
        return f'<div style="line-height:9pt;font-size:9pt">{"-" * round(share * 42)}</div>'
    if look.rule == "drawn":
        return f'<div style="height:6pt"><svg width="{round(share * 200)}" height="3"><line x1="0" y1="1" x2="{round(share * 200)}" y2="1" stroke="black" stroke-width="1.1"/></svg></div>'
    return f'<div style="width:{round(share * 100)}%;margin:3pt auto 2pt;border-top:.75pt solid;line-height:1pt">&nbsp;</div>'


def _box(letter: Letter, look: Look, place: str, style: str = "") -> str:
    if not letter.urgency or look.box != place:
        return ""
    return (
        f'<div class="hurry" style="width:{_BOXES[letter.urgency]}mm;{style}">{letter.urgency.upper()}</div>'
    )


def _head(letter: Letter, look: Look, draw: random.Random) -> str:
    over = "".join(f"<div>{one}</div>" for one in letter.over)
    own = [f"<b>{one}</b>" for one in letter.own]
    if look.rule == "underline" and not letter.party:
        own[-1] = f"<u>{own[-1]}</u>"
    mark = "<div>*</div>" if letter.party else "" if look.rule == "underline" else _rule(look, 0.38)
    number = (
        f"Số {letter.symbol}"
        if letter.party
        else f"Số:{draw.choice((' ', ' ', '&nbsp;&nbsp;', ''))}{letter.symbol}"
    )
    about = (
        ""
        if letter.title
        else f'<div style="padding:5pt 3mm 0;font-size:{min(look.head, 12)}pt">{look.about} {escape(letter.subject)}</div>'
    )
    rows = len(letter.over) + len(letter.own)
    top = max(rows * _row(look) + 12, 2 * _row(look) + 20)
    note = draw.choice(("",) * 9 + ("LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI"))
    said = f'<div class="day" style="top:{top:.0f}pt">{said_on(letter, look.date)}{_box(letter, look, "date", "margin:7pt auto 0;font-style:normal")}</div>'
    left = f'{over}{"".join(f"<div>{one}</div>" for one in own)}{mark}<div style="padding-top:5pt">{number}</div>{about}{_box(letter, look, "number", "margin:7pt auto 0")}'
    return f'<div class="head" style="min-height:{top + 34:.0f}pt">{_nation(letter, look)}{said}<div class="left">{left}</div>{_box(letter, look, "corner", "position:absolute;top:-12mm;left:2mm")}{f"<div class=note>{note}</div>" if note else ""}</div>'


def _nation(letter: Letter, look: Look) -> str:
    line = "text-decoration:underline" if look.rule == "underline" or letter.party else ""
    if letter.party:
        return f'<div class="nation"><b style="font-size:{look.head + 2}pt;{line}">ĐẢNG CỘNG SẢN VIỆT NAM</b></div>'
    rule = "" if line else _rule(look, 0.58)
    return f'<div class="nation"><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br><b style="font-size:{look.head + 0.5}pt;{line}">Độc lập - Tự do - Hạnh phúc</b>{rule}</div>'


def said_on(letter: Letter, zeros: str) -> str:
    """Place and date as they are printed."""
    on: date = letter.issued_on
    day, month = {
        "law": (f"{on.day:02}", f"{on.month:02}" if on.month < 3 else str(on.month)),
        "both": (f"{on.day:02}", f"{on.month:02}"),
        "none": (str(on.day), str(on.month)),
    }[zeros]
    return f"{letter.place}, ngày {day} tháng {month} năm {on.year}"


def _title(letter: Letter, look: Look) -> str:
    beside = _box(letter, look, "title", "position:absolute;left:2mm;top:0")
    if not letter.title:
        return f'<div class="title" style="height:11mm;margin-top:7pt">{beside}</div>' if beside else ""
    subject = f'<div style="padding:0 {18 if beside else 10}mm">{escape(letter.subject)}</div>'
    rule = '<div style="width:30mm;margin:3pt auto 9pt;border-top:.75pt solid"></div>'
    return f'<div class="title" style="margin-top:12pt">{beside}<div style="padding:0 42mm">{letter.title}</div>{subject}{rule}</div>'


def _greeting(letter: Letter, look: Look) -> str:
    names = letter.addressed
    if not names:
        return ""
    if len(names) == 1:
        end = "." if look.date == "both" else ""
        return f'<div style="margin:13pt 0 7pt;text-align:center">Kính gửi: {names[0]}{end}</div>'
    ends = [";"] * (len(names) - 1) + ["."]
    rows = "".join(f"<div>{look.dash} {one}{end}</div>" for one, end in zip(names, ends, strict=True))
    return f'<div style="margin:13pt 0 7pt 20mm;position:relative">Kính gửi:<div style="margin-left:19mm">{rows}</div></div>'


def _text(letter: Letter) -> str:
    parts = [f"<p><i>{escape(one)}</i></p>" for one in letter.basis]
    body = [escape(one) for one in letter.body]
    if letter.basis:
        word = "QUYẾT NGHỊ:" if letter.title == "NGHỊ QUYẾT" else "QUYẾT ĐỊNH:"
        parts.insert(0, f'<div class="title" style="padding:4pt 10mm 3pt">{letter.competence}</div>')
        parts.append(f'<div class="title" style="margin-top:8pt">{word}</div>')
        body = [f"<b>Điều {at}.</b> {one}" for at, one in enumerate(body, start=1)]
    body[-1] = body[-1].rstrip(".") + "./."
    return "".join(parts + [f"<p>{one}</p>" for one in body])


def _foot(letter: Letter, look: Look, draw: random.Random) -> str:
    first = "Như trên" if letter.addressed else "Như Điều 2" if letter.basis else ""
    items = [*([first] if first else []), *letter.copies]
    wide = ' style="columns:2;column-gap:4mm"' if look.columns > 1 and len(items) > 4 else ""
    rows = "".join(f"<div>{look.dash if look.dash != '+' else '-'} {one};</div>" for one in items)
    drafted = (
        f'<div style="padding:5pt 0 0 32mm">{draw.choice(("NVH", "LTP", "QK"))}.({draw.randint(5, 90):02})</div>'
        if draw.random() < 0.3
        else ""
    )
    form = "".join(f"<div>{one}</div>" for one in letter.form)
    height = 34 + 6 * len(letter.form)
    address = (
        f'<div style="border-top:.6pt solid;margin-top:14pt;font-size:11pt;line-height:1.2">Địa chỉ: số {draw.randint(2, 300)}, đường Hùng Vương; điện thoại: 0{draw.randint(200, 299)}.3{draw.randint(100, 999)}.{draw.randint(100, 999)}</div>'
        if draw.random() < 0.2
        else ""
    )
    return f"""<div class="foot" style="min-height:{height + 12}mm"><div class="list"><div style="font-size:12pt"><b><i>Nơi nhận:</i></b></div><div{wide}>{rows}</div><div>- Lưu: {letter.archive}.</div>{drafted}</div>
<div class="sign">{form}<div style="height:25mm"></div>{letter.signer}</div></div>{address}"""

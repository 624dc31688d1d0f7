# ruff: noqa: E501 - a line is a line of the page
"""Letters set in blocks, printed by WeasyPrint: the looks of the checked documents, built apart from `tables`."""

from dataclasses import dataclass
from html import escape

from vanthu_tools.reading_bench.letter import Letter


@dataclass(frozen=True, slots=True)
class Look:
    """One way to set a letter; `shape` is (left, gap, right) of the head in millimetres."""

    face: str
    size: float
    shape: tuple[int, int, int]
    leading: float
    about: str
    """Before the subject of a letter."""
    greeting: str
    """How several recipients stand: "rows" or "dashes"."""
    box: str
    """Where the box of urgency stands: "left", "right", "under"."""
    signature_mm: int
    capital_motto: bool = False


LOOKS = (
    Look("'Liberation Serif'", 14, (72, 4, 94), 1.2, "V/v", "dashes", "under", 30),
    Look("FreeSerif", 13, (66, 2, 92), 1.35, "V/v:", "rows", "left", 24),
    Look("'TeX Gyre Termes'", 13, (70, 6, 90), 1.15, "Về việc", "dashes", "under", 22),
    Look("Tinos", 14, (78, 0, 92), 1.4, "V/v", "rows", "right", 34),
    Look("'DejaVu Serif Condensed'", 11.5, (74, 2, 92), 1.3, "V/v", "dashes", "left", 26),
)


def html(letter: Letter, look: Look) -> str:
    """The letter as one HTML document."""
    left, gap, right = look.shape
    css = f"""@page{{size:210mm 297mm;margin:20mm 16mm 22mm 28mm;
@top-center{{content:counter(page);font-size:13pt}}}} @page:first{{@top-center{{content:none}}}}
body{{font-family:{look.face};font-size:{look.size}pt;line-height:{look.leading}}}
header{{display:grid;grid-template-columns:{left}mm {right}mm;column-gap:{gap}mm;text-align:center;line-height:1.2;font-size:{look.size - 1}pt}}
header em{{font-size:{look.size}pt}} section p{{text-align:justify;text-indent:12.7mm;margin:5pt 0}}
h1,h2{{font-size:{look.size}pt;text-align:center;margin:0}} h1{{margin-top:14pt}} h2{{padding:0 16mm}}
.line{{width:28mm;border-bottom:.8pt solid;margin:3pt auto 4pt}} .long{{width:56mm}}
.hurry{{border:1.5pt solid #c8102e;color:#c8102e;font-weight:bold;text-align:center;padding:3pt 0;margin-top:5pt}}
footer{{display:flex;justify-content:space-between;margin-top:14pt;break-inside:avoid}}
footer>div:first-child{{width:78mm}} footer>div:last-child{{width:84mm;text-align:center;font-weight:bold}}
ul{{list-style:none;margin:0;padding:0;font-size:11pt;line-height:1.15}}"""
    return f"<style>{css}</style>{_box(letter, look, 'left', 'right')}<header>{_left(letter, look)}{_right(letter)}</header>{_title(letter)}<section>{_greeting(letter, look)}{_body(letter)}</section>{_end(letter, look)}"  # fmt: skip


def _box(letter: Letter, look: Look, *places: str) -> str:
    if not letter.urgency or look.box not in places:
        return ""
    width = {"Khẩn": 20, "Thượng khẩn": 42, "Hỏa tốc": 30}[letter.urgency]
    side = "margin-left:auto" if look.box == "right" else ""
    if look.box == "under":
        side = "margin-left:auto;margin-right:auto"
    return f'<div class="hurry" style="width:{width}mm;{side}">{letter.urgency.upper()}</div>'


def _left(letter: Letter, look: Look) -> str:
    over = "".join(f"<div>{one}</div>" for one in letter.over)
    own = "".join(f"<div><b>{one}</b></div>" for one in letter.own)
    about = ""
    if not letter.title:
        about = f'<div style="font-size:12pt;padding:4pt 3mm 0">{look.about} {escape(letter.subject)}</div>'
    mark = "<div>*</div>" if letter.party else '<div class="line"></div>'
    number = f"Số {letter.symbol}" if letter.party else f"Số: {letter.symbol}"
    return f"<div>{over}{own}{mark}<div>{number}</div>{about}{_box(letter, look, 'under')}</div>"


def _right(letter: Letter) -> str:
    day = letter.issued_on
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    said = f"<em>{letter.place}, ngày {day:%d} tháng {month} năm {day.year}</em>"
    if letter.party:
        return f'<div><b style="font-size:15pt;text-decoration:underline">ĐẢNG CỘNG SẢN VIỆT NAM</b><div style="margin-top:12pt">{said}</div></div>'  # fmt: skip
    lift = "14pt" if len(letter.over) + len(letter.own) > 2 else "4pt"
    return f'<div><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><div><b>Độc lập - Tự do - Hạnh phúc</b></div><div class="line long"></div><div style="padding-top:{lift}">{said}</div></div>'  # fmt: skip


def _title(letter: Letter) -> str:
    if not letter.title:
        return ""
    return f'<h1>{letter.title}</h1><h2>{escape(letter.subject)}</h2><div class="line" style="margin-bottom:12pt"></div>'  # fmt: skip


def _greeting(letter: Letter, look: Look) -> str:
    names = letter.addressed
    if not names:
        return ""
    if len(names) == 1:
        return f'<div style="margin:14pt 0 10pt 25mm">Kính gửi: {names[0]}</div>'
    dash = "- " if look.greeting == "dashes" else ""
    rows = "".join(
        f"<div>{dash}{one}{';' if at < len(names) - 1 else '.'}</div>" for at, one in enumerate(names)
    )
    return f'<div style="display:grid;grid-template-columns:22mm 100mm;margin:14pt 0 10pt 22mm"><div>Kính gửi:</div><div>{rows}</div></div>'  # fmt: skip


def _body(letter: Letter) -> str:
    parts = [f'<p style="font-style:italic">{escape(one)}</p>' for one in letter.basis]
    if letter.basis:
        word = "QUYẾT NGHỊ:" if letter.title == "NGHỊ QUYẾT" else "QUYẾT ĐỊNH:"
        parts.append(f"<h1>{word}</h1>")
        body = [f"<b>Điều {at}.</b> {escape(one)}" for at, one in enumerate(letter.body, start=1)]
    else:
        body = [escape(one) for one in letter.body]
    if body:
        body[-1] = body[-1].rstrip(".") + "./."
    return "".join(parts + [f"<p>{one}</p>" for one in body])


def _end(letter: Letter, look: Look) -> str:
    items = [*letter.copies, f"Lưu: {letter.archive}"]
    if letter.addressed:
        items.insert(0, "Như trên")
    elif letter.basis:
        items.insert(0, "Như Điều 3")
    lines = "".join(f"<li>- {one}{';' if at < len(items) - 1 else '.'}</li>" for at, one in enumerate(items))
    form = "".join(f"<div>{one}</div>" for one in letter.form)
    return f"""<footer><div><b><i style="font-size:12pt">Nơi nhận:</i></b><ul>{lines}</ul></div>
<div>{form}<div style="height:{look.signature_mm}mm"></div><div>{letter.signer}</div></div></footer>"""

# ruff: noqa: E501 - a line is a line of the page
"""Letters set with floating blocks, printed by WeasyPrint: looks that only the seen documents have."""

from dataclasses import dataclass
from html import escape

from vanthu_tools.reading_bench.letter import Letter


@dataclass(frozen=True, slots=True)
class Look:
    """One way to set a letter: sizes in points, the left block in percent, the rule under names in percent."""

    face: str
    size: float
    left: int
    rule: int
    spread: float
    small_head: bool = False
    plain_end: bool = False
    """Without "./." at the end, and a blank line between paragraphs."""


LOOKS = (
    Look("'Liberation Serif'", 13.5, 43, 30, 1.25),
    Look("'TeX Gyre Termes'", 14, 41, 45, 1.15, small_head=True),
    Look("Tinos", 13, 40, 33, 1.5, plain_end=True),
    Look("'Noto Serif'", 11.5, 44, 25, 1.3, small_head=True),
)


def html(letter: Letter, look: Look) -> str:
    """The letter as one HTML document."""
    head = look.size - (2 if look.small_head else 1)
    css = f"""@page{{size:A4;margin:22mm 18mm 20mm 32mm}}
body{{font:{look.size}pt {look.face},serif;line-height:{look.spread};margin:0}}
.a{{float:left;width:{look.left}%;text-align:center;font-size:{head}pt;line-height:1.2}}
.b{{float:right;width:{98 - look.left}%;text-align:center;font-size:{head}pt;line-height:1.2}}
.c{{clear:both}} hr{{border:0;border-top:.6pt solid;margin:3pt auto}} .t{{text-align:center;font-weight:bold}}
.p{{text-align:justify;text-indent:1.1cm;margin-top:{9 if look.plain_end else 4}pt}}
.q{{display:table;margin:7pt auto 0;border:1pt solid #e00000;color:#e00000;font-weight:bold;padding:1pt 10pt}}"""
    return f"<style>{css}</style>{_top(letter, look)}{_middle(letter, look)}{_bottom(letter)}"


def _top(letter: Letter, look: Look) -> str:
    over = "".join(f"{one}<br>" for one in letter.over)
    own = "<br>".join(letter.own)
    mark = "*" if letter.party else f'<hr style="width:{look.rule}%">'
    colon = "" if letter.party else ":"
    about = (
        ""
        if letter.title
        else f'<div style="padding:5pt 2mm 0;font-size:12pt">V/v {escape(letter.subject)}</div>'
    )
    hurry = f'<div class="q">{letter.urgency.upper()}</div>' if letter.urgency else ""
    left = f"{over}<b>{own}</b><br>{mark}<div>Số{colon} {letter.symbol}</div>{about}{hurry}"
    day = letter.issued_on
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    said = f"<i>{letter.place}, ngày {day:%d} tháng {month} năm {day.year}</i>"
    if letter.party:
        nation = '<b style="font-size:15pt">ĐẢNG CỘNG SẢN VIỆT NAM</b><hr style="width:64%">'
    else:
        nation = (
            '<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b><hr style="width:57%">'
        )
    rows = max(0, len(letter.over) + len(letter.own) - 2) * 1.1
    return f'<div class="a">{left}</div><div class="b">{nation}<div style="margin-top:{rows + 0.5}em">{said}</div></div><div class="c"></div>'  # fmt: skip


def _middle(letter: Letter, look: Look) -> str:
    parts = []
    if letter.title:
        parts.append(f'<div class="t" style="margin-top:16pt">{letter.title}</div>')
        parts.append(
            f'<div class="t" style="padding:0 12mm">{escape(letter.subject)}</div><hr style="width:18%">'
        )
    if len(letter.addressed) == 1:
        parts.append(f'<div style="padding:10pt 0 6pt 2.4cm">Kính gửi: {letter.addressed[0]}.</div>')
    elif letter.addressed:
        rows = "".join(f"<div>- {one};</div>" for one in letter.addressed)
        parts.append(f'<div style="padding:10pt 0 0 2.4cm">Kính gửi:</div><div style="padding:0 0 6pt 4.4cm">{rows}</div>')  # fmt: skip
    parts += [f'<div class="p"><i>{escape(one)}</i></div>' for one in letter.basis]
    if letter.basis:
        parts.append('<div class="t" style="margin:8pt 0 4pt">QUYẾT ĐỊNH:</div>')
    end = "." if look.plain_end else "./."
    last = len(letter.body) - 1
    parts += [
        f'<div class="p">{escape(one.rstrip(".")) + end if at == last else escape(one)}</div>'
        for at, one in enumerate(letter.body)
    ]
    return "".join(parts)


def _bottom(letter: Letter) -> str:
    items = [*(["Như trên"] if letter.addressed else []), *letter.copies, f"Lưu: {letter.archive}"]
    lines = "".join(f"<div>- {one}{';' if one != items[-1] else '.'}</div>" for one in items)
    form = "<br>".join(letter.form)
    return f"""<div style="margin-top:12pt;break-inside:avoid;display:flex;justify-content:space-between"><div style="width:47%;font-size:11pt;line-height:1.15">
<b><i style="font-size:12pt">Nơi nhận:</i></b>{lines}</div>
<div style="width:50%;text-align:center;font-weight:bold">{form}<div style="height:28mm"></div>{letter.signer}</div></div>"""  # fmt: skip

# ruff: noqa: E501 - a line is a line of the page
"""Letters set as HTML tables, printed by WeasyPrint: the looks that reading was tuned on."""

from dataclasses import dataclass
from html import escape

from vanthu_tools.reading_bench.letter import Letter


@dataclass(frozen=True, slots=True)
class Look:
    """One way to set a letter; sizes in points, widths in percent or millimetres."""

    face: str = "'Liberation Serif'"
    size: float = 14
    head: float = 13
    left: int = 42
    margins: str = "20mm 15mm 20mm 30mm"
    spacing: float = 1.25
    number_gap: str = " "
    box_top: bool = False
    """The box of urgency over the head, not under the number."""
    dash: str = "-"


LOOKS = (
    Look(),
    Look(face="Tinos", size=13, head=12, left=40, margins="25mm 20mm 25mm 35mm", spacing=1.1, number_gap=""),
    Look(face="'Liberation Serif'", size=14, head=13, left=45, margins="20mm 15mm 20mm 30mm", spacing=1.5, box_top=True),
    Look(face="Tinos", size=13.5, head=12.5, left=44, spacing=1.3, dash="–"),
)  # fmt: skip


def html(letter: Letter, look: Look) -> str:
    """The letter as one HTML document."""
    css = f"""@page{{size:A4;margin:{look.margins}}}
body{{font:{look.size}pt {look.face},serif;line-height:{look.spacing};margin:0}}
table{{width:100%;border-collapse:collapse}} td{{vertical-align:top;padding:0;text-align:center}}
.h{{font-size:{look.head}pt;line-height:1.15}} .l{{width:{look.left}%}}
.r{{display:block;margin:2pt auto;border-top:.7pt solid}} p{{margin:0 0 6pt;text-align:justify;text-indent:1cm}}
.u{{border:1.2pt solid #d0021b;color:#d0021b;font-weight:bold;display:inline-block;padding:2pt 8pt;margin-top:6pt}}
.k{{text-align:center;font-weight:bold;margin:8pt 0 0}} .n{{text-align:left;font-size:11pt;line-height:1.2}}"""
    return f"<style>{css}</style>{_head(letter, look)}{_title(letter)}{_text(letter)}{_foot(letter, look)}"


def _head(letter: Letter, look: Look) -> str:
    box = f'<div class="u">{letter.urgency.upper()}</div>' if letter.urgency else ""
    over = "<br>".join(letter.over)
    own = "<br>".join(letter.own)
    about = (
        ""
        if letter.title
        else f'<div style="font-size:12pt;margin-top:6pt">V/v {escape(letter.subject)}</div>'
    )
    day = f"{letter.place}, ngày {letter.issued_on:%d} tháng {_month(letter)} năm {letter.issued_on.year}"
    if letter.party:
        right = (
            '<b style="font-size:14pt">ĐẢNG CỘNG SẢN VIỆT NAM</b><span class="r" style="width:60%"></span>'
        )
        left = f"{over}<br><b>{own}</b><br>*<br>Số {letter.symbol}{about}"
        return f'<table class="h"><tr><td class="l">{left}{box}</td><td>{right}<i>{day}</i></td></tr></table>'
    right = (
        "<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br>"
        f'<b style="font-size:{look.head + 1}pt">Độc lập - Tự do - Hạnh phúc</b><span class="r" style="width:62%"></span>'
    )
    left = (f"{over}<br>" if over else "") + f'<b>{own}</b><span class="r" style="width:35%"></span>'
    number = f"Số:{look.number_gap}{letter.symbol}{about}{'' if look.box_top else '<br>' + box}"
    rows = f'<tr><td class="l">{left}</td><td>{right}</td></tr><tr><td style="padding-top:5pt">{number}</td><td style="padding-top:5pt"><i style="font-size:{look.head + 1}pt">{day}</i></td></tr>'  # fmt: skip
    return (f"<div>{box}</div>" if look.box_top else "") + f'<table class="h">{rows}</table>'


def _month(letter: Letter) -> str:
    month = letter.issued_on.month
    return f"{month:02}" if month < 3 else str(month)


def _title(letter: Letter) -> str:
    if not letter.title:
        return ""
    return f'<div class="k">{letter.title}</div><div class="k" style="margin:0 2cm">{escape(letter.subject)}</div><span class="r" style="width:20%;margin-bottom:10pt"></span>'  # fmt: skip


def _text(letter: Letter) -> str:
    parts = []
    if len(letter.addressed) == 1:
        parts.append(f'<div style="text-align:center;margin:12pt 0">Kính gửi: {letter.addressed[0]}.</div>')
    elif letter.addressed:
        lines = "".join(f"<div>- {one};</div>" for one in letter.addressed[:-1])
        lines += f"<div>- {letter.addressed[-1]}.</div>"
        parts.append(f'<div style="margin:12pt 0 12pt 3cm">Kính gửi:<div style="margin-left:1.7cm">{lines}</div></div>')  # fmt: skip
    parts += [f"<p><i>{one}</i></p>" for one in letter.basis]
    if letter.basis:
        parts.append('<div class="k" style="margin:8pt 0">QUYẾT ĐỊNH:</div>')
    last = len(letter.body) - 1
    parts += [
        f"<p>{escape(one.rstrip('.')) + './.' if at == last else escape(one)}</p>"
        for at, one in enumerate(letter.body)
    ]
    return "".join(parts)


def _foot(letter: Letter, look: Look) -> str:
    first = "" if not letter.addressed else f"{look.dash} Như trên;<br>"
    copies = "".join(f"{look.dash} {one};<br>" for one in letter.copies)
    form = "<br>".join(letter.form)
    return f"""<table style="margin-top:8pt;break-inside:avoid"><tr>
<td style="width:45%;text-align:left"><div style="font-size:12pt"><b><i>Nơi nhận:</i></b></div>
<div class="n">{first}{copies}{look.dash} Lưu: {letter.archive}.</div></td>
<td><b>{form}</b><div style="height:26mm"></div><b>{letter.signer}</b></td></tr></table>"""

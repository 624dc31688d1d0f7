"""Biên bản: the minutes of a hand-over, return, loss or damage of a seal or device (form 1.9, Decree 30/2020)."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, BinaryIO

from vanthu.kernel.later import later
from vanthu.signing.custody_states import CustodyAct, CustodyKind

if TYPE_CHECKING:
    import weasyprint

    from vanthu.signing.custody_models import CustodyRecord
else:
    weasyprint = later("weasyprint")

_STYLE = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm }
html { font: 14pt/1.35 Tinos, "Times New Roman", serif }
body { margin: 0 }
p { margin: 0 0 2mm; text-align: justify }
.head { display: flex; text-align: center; font-size: 12.5pt }
.head div { flex: 2 }
.head div:last-child { flex: 3; white-space: nowrap }
.line { display: inline-block; border-bottom: .25mm solid; width: 30mm }
h1 { font-size: 14pt; text-align: center; margin: 10mm 0 0 }
.about { text-align: center; font-weight: bold; margin: 0 0 6mm }
.signs { display: flex; text-align: center; margin-top: 10mm; break-inside: avoid }
.signs div { flex: 1; height: 42mm; font-weight: bold; font-size: 13pt }
.signs i { font-weight: normal; display: block; margin-bottom: 26mm }
.kept { font-size: 11pt; break-inside: avoid }
"""
_TITLES = {
    CustodyAct.RECEIVE: "Tiếp nhận", CustodyAct.HAND_OVER: "Bàn giao", CustodyAct.GIVE_BACK: "Thu hồi, nhận lại",
    CustodyAct.LOSE: "Về việc mất", CustodyAct.FIND: "Nhận lại sau khi tìm thấy", CustodyAct.DAMAGE: "Về việc hỏng",
    CustodyAct.REPAIR: "Nhận lại sau khi sửa chữa", CustodyAct.SURRENDER: "Nộp lại", CustodyAct.COUNT: "Kiểm kê",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Whose paper it is; `recorder` who wrote it."""

    superior: str
    office: str
    place: str
    recorder: str


def write_minutes(record: CustodyRecord, head: Letterhead, target: BinaryIO) -> None:
    """Write the minutes of one record as PDF, to be signed by both sides; what is not known keeps dots."""
    day, item = record.done_on, record.item
    about = f"{_TITLES[CustodyAct(record.act)]} con dấu, thiết bị lưu khóa bí mật"
    text = (
        f'<div class="head"><div>{escape(head.superior.upper())}<br><b>{escape(head.office.upper())}</b><br>'
        f'<span class="line"></span><br>Số: {record.number:02d}/BB</div><div>'
        "<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br><b>Độc lập - Tự do - Hạnh phúc</b><br>"
        '<span class="line"></span><br>'
        f"<i>{escape(head.place)}, ngày {day:%d} tháng {day:%m} năm {day:%Y}</i></div></div>"
        f'<h1>BIÊN BẢN</h1><p class="about">{escape(about)}</p>'
        f"<p>Thời gian: ……… giờ ……… ngày {day:%d/%m/%Y}</p>"
        f"<p>Địa điểm: trụ sở {escape(head.office)}</p>"
        f"{_people(record, head)}"
        f"<p>Con dấu, thiết bị: {escape(CustodyKind(item.kind).label)}; {escape(item.name)}</p>"
        f"<p>Số hiệu, số sê-ri: {escape(item.number)}</p>"
        f"<p>Nơi cấp: {escape(item.received_from)}, nhận ngày {item.received_on:%d/%m/%Y}</p>"
        f"{_line('Văn bản cho phép', record.permission)}"
        f"<p>Tình trạng, nội dung: {escape(record.condition) or '……………………………………………'}</p>"
        "<p>Từ thời điểm lập biên bản, bên nhận chịu trách nhiệm quản lý, sử dụng con dấu, thiết bị theo quy định."
        " Biên bản lập thành 02 bản, mỗi bên giữ 01 bản.</p>"
        '<div class="signs"><div>BÊN GIAO<i>(Ký, ghi rõ họ tên)</i>'
        f"{escape(record.giver.full_name if record.giver else '')}</div>"
        "<div>NGƯỜI CHỨNG KIẾN<i>(Ký, ghi rõ họ tên)</i></div>"
        f"<div>BÊN NHẬN<i>(Ký, ghi rõ họ tên)</i>"
        f"{escape(record.receiver.full_name if record.receiver else '')}</div></div>"
        '<p class="kept"><b><i>Nơi nhận:</i></b><br>- Như trên;<br>- Lưu: VT.</p>'
    )
    weasyprint.HTML(string=f'<html lang="vi"><style>{_STYLE}</style><body>{text}').write_pdf(target)


def _people(record: CustodyRecord, head: Letterhead) -> str:
    """Who gives and who receives; where the register names nobody, it is the office itself or who issued it."""
    item = record.item
    giver = record.giver.full_name if record.giver else head.office
    receiver = record.receiver.full_name if record.receiver else f"{head.office} (văn thư: {head.recorder})"
    if record.act == CustodyAct.RECEIVE:
        giver = item.received_from
    if record.act == CustodyAct.SURRENDER:
        receiver = item.received_from
    return f"<p>Bên giao: {escape(giver)}</p><p>Bên nhận: {escape(receiver)}</p>"


def _line(label: str, text: str) -> str:
    return f"<p>{label}: {escape(text)}</p>" if text else ""

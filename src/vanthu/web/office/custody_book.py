"""Sổ theo dõi con dấu, thiết bị lưu khóa bí mật: its columns as they are printed."""

from vanthu.documents.books.columns import Book, Column
from vanthu.signing.custody_queries import BookLine
from vanthu.signing.custody_states import CustodyAct


def _what(line: BookLine) -> str:
    return f"{line.item.get_kind_display()}: {line.item.name}"


def _giver(line: BookLine) -> str:
    if line.record.act == CustodyAct.RECEIVE:
        return line.item.received_from
    return line.record.giver.full_name if line.record.giver else "Cơ quan"


def _receiver(line: BookLine) -> str:
    if line.record.act == CustodyAct.SURRENDER:
        return line.item.received_from
    return line.record.receiver.full_name if line.record.receiver else "Cơ quan"


CUSTODY_BOOK = Book(
    "SỔ THEO DÕI CON DẤU, THIẾT BỊ LƯU KHÓA BÍ MẬT",
    (
        Column("Con dấu, thiết bị", 54, _what),
        Column("Số hiệu, số sê-ri", 30, lambda line: line.item.number),
        Column("Ngày", 20, lambda line: line.record.done_on, centred=True),
        Column("Việc", 22, lambda line: line.record.get_act_display()),
        Column("Bên giao", 34, _giver),
        Column("Bên nhận", 34, _receiver),
        Column("Số biên bản", 17, lambda line: f"{line.record.number:02d}/{line.record.year}", centred=True),
        Column("Văn bản cho phép", 30, lambda line: line.record.permission),
        Column("Tình trạng", 36, lambda line: line.record.condition),
    ),
    "lần ghi",
)

"""Levels of signatures, and how far the keeping of a signed file for decades is."""

from django.db.models import TextChoices

from vanthu.kernel.moves import Move


class Level(TextChoices):
    """PAdES level of ETSI EN 319 142-1: signature; proof of time; evidence on certificates; archive time stamp."""

    NONE = "", "Không có chữ ký"
    B = "B-B", "B-B"
    T = "B-T", "B-T"
    LT = "B-LT", "B-LT"
    LTA = "B-LTA", "B-LTA"


def highest(*levels: Level) -> Level:
    """The highest of these levels."""
    order = list(Level)
    return max(levels, key=order.index)


class Trouble(TextChoices):
    """Why a file is not at B-LTA, or would not hold: a Vietnamese clause."""

    NONE = "", ""
    NO_TIME_STAMP = "no_time_stamp", "dịch vụ cấp dấu thời gian chưa trả lời"
    NO_ANSWER = "no_answer", "chưa hỏi được trạng thái thu hồi của chứng thư số"
    REVOKED = "revoked", "chứng thư số đã bị thu hồi trước khi ký"
    UNTRUSTED = "untrusted", "chứng thư số không do đơn vị mà hệ thống tin cậy cấp"
    MALFORMED = "malformed", "cấu trúc tệp không cho ghi thêm bằng chứng"
    NO_EVIDENCE = "no_evidence", "thiếu bằng chứng về chứng thư số để kiểm tra sau mười năm"
    CHANGED = "changed", "tệp bị sửa sau khi ký"


TRANSIENT = (Trouble.NO_TIME_STAMP, Trouble.NO_ANSWER)


class KeepingState(TextChoices):
    """Of one signed file."""

    WAITING = "waiting", "Chờ nâng mức chữ ký"
    LASTING = "lasting", "Lưu trữ lâu dài được"
    SHORT = "short", "Chưa đủ bằng chứng lâu dài"
    UNSIGNED = "unsigned", "Tệp không có chữ ký"


_RAISABLE = ("waiting", "lasting", "short")

KEEPINGS: dict[str, Move] = {
    "last": Move(_RAISABLE, "lasting", "", "Nâng mức, gia hạn"),
    "fall_short": Move(_RAISABLE, "short", "", "Không đủ bằng chứng"),
    "leave": Move(("waiting",), "unsigned", "", "Không có chữ ký"),
}

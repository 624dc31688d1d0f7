"""The period of a report, its groups of lines, and who may have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from vanthu.kernel.refusals import Invalid, NotAllowed

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor

LONGEST = 731  # days; two years


@dataclass(frozen=True, slots=True)
class Period:
    """From a day up to and including another, at most two years."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise Invalid(fields={"end_on": "Ngày cuối phải từ ngày đầu trở đi. Chọn lại kỳ báo cáo."})
        if (self.end - self.start).days > LONGEST:
            raise Invalid(fields={"end_on": "Kỳ báo cáo dài nhất hai năm. Chọn lại ngày đầu hoặc ngày cuối."})


@dataclass(frozen=True, slots=True)
class Group[L]:
    """Lines that count the same documents in one way; the first group is the total, without a heading."""

    heading: str
    lines: tuple[L, ...]


def require_whole(by: Actor) -> bool:
    """Whether restricted documents are counted for the actor; raises `NotAllowed` for who does not see the office."""
    by.require("print_books", "Chỉ văn thư, lãnh đạo và Chánh Văn phòng lập báo cáo của cơ quan.")
    reached = {(one.owner_kind, one.owner_id): one.restricted for one in by.open_reaches}
    whole = reached.get(("o", by.office))
    if whole is None:
        raise NotAllowed(
            "Chỉ người xem được toàn bộ văn bản của cơ quan lập báo cáo. Đề nghị văn thư lập giúp."
        )
    return whole != "hidden"

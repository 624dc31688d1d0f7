"""Statistics of a period: the figures of the reports on incoming (O2) and outgoing documents (O4)."""

from datetime import date
from typing import TYPE_CHECKING

from ninja import Query, Router, Schema
from pydantic import Field

from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid
from vanthu.statistics import handling, issued
from vanthu.statistics.periods import Period
from vanthu.web.api.access import ProgramRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.statistics.handling import Handled
    from vanthu.statistics.issued import Issued
    from vanthu.statistics.periods import Group

router = Router(tags=["Thống kê"])


class PeriodQuery(Schema):
    """Which days."""

    start_on: date | None = Field(None, description="Bỏ trống là đầu tháng này.")
    end_on: date | None = Field(None, description="Bỏ trống là hôm nay. Dài nhất hai năm.")

    def period(self) -> Period:
        """As the reports take it; raises `Invalid`."""
        first, last = self.start_on or today().replace(day=1), self.end_on or today()
        if first.year < 1950 or last.year > 2200:
            raise Invalid(fields={"start_on": "Chọn ngày từ năm 1950 đến năm 2200."})
        return Period(first, last)


class HandledOut(Schema):
    """Một dòng về văn bản đến."""

    label: str = Field(examples=["Phòng 1"])
    total: int
    in_time: int = Field(description="Đã giải quyết đúng hạn.")
    late: int = Field(description="Đã giải quyết quá hạn.")
    open: int = Field(description="Đang giải quyết, trong hạn.")
    overdue: int = Field(description="Chưa giải quyết, quá hạn.")
    undirected: int = Field(description="Trong đó chưa phân công.")
    replied: int = Field(description="Có văn bản trả lời.")
    extended: int
    chased: int
    share_in_time: int | None = Field(description="Phần trăm đúng hạn của số đã giải quyết.")


class IssuedOut(Schema):
    """Một dòng về văn bản đi."""

    label: str = Field(examples=["Phòng 1"])
    total: int = Field(description="Đã cấp số.")
    in_time: int = Field(description="Phát hành trong ngày ký hoặc ngày làm việc tiếp theo.")
    late: int
    open: int
    overdue: int
    voided: int
    signed: int = Field(description="Ký số.")
    replies: int = Field(description="Trả lời văn bản đến.")
    places: int = Field(description="Nơi nhận trên hệ thống.")
    booked: int = Field(description="Trong đó đã vào sổ.")
    returned: int
    share_in_time: int | None


class HandledGroup(Schema):
    """Cùng những văn bản, đếm theo một cách; nhóm đầu là tổng số."""

    heading: str = Field(examples=["Theo đơn vị chủ trì"])
    lines: list[HandledOut]


class IssuedGroup(Schema):
    """Cùng những văn bản, đếm theo một cách; nhóm đầu là tổng số."""

    heading: str = Field(examples=["Theo đơn vị soạn thảo"])
    lines: list[IssuedOut]


@router.get("/statistics/incoming", response=list[HandledGroup], summary="Tình hình giải quyết văn bản đến")
def count_incoming(request: ProgramRequest, asked: Query[PeriodQuery]) -> "Sequence[Group[Handled]]":
    """Đếm theo đơn vị, người, loại, hình thức, nguồn; cho người xem được cả cơ quan và in sổ."""
    return handling.report(request.actor, asked.period())


@router.get("/statistics/outgoing", response=list[IssuedGroup], summary="Tình hình giải quyết văn bản đi")
def count_outgoing(request: ProgramRequest, asked: Query[PeriodQuery]) -> "Sequence[Group[Issued]]":
    """Đếm theo đơn vị, người soạn thảo, loại, hình thức; cho người xem được cả cơ quan và in sổ."""
    return issued.report(request.actor, asked.period())

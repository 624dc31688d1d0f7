"""`vanthu bench agencies`: a list of 120,000 bodies taken over twice, and searched letter by letter."""

import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from itertools import islice
from statistics import median, quantiles
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from vanthu.exchange.transports.base import AgencyRow
from vanthu_tools import running
from vanthu_tools.bench.place import at_work_in

app = typer.Typer()
console = Console(highlight=False)

LIMIT_MS = 50.0
TYPED = (
    "ubnd tinh nghe an", "ủy ban nhân dân xã tân lập", "so tu phap", "stp ha tinh", "bo cong an", "ca tinh",
    "tand tinh lang son", "truong tieu hoc binh minh", "h41.07", "000.00.13.h53", "vpcp", "phong tu phap tay ninh",
    "cuc thue", "an phu", "thads", "benh vien da khoa",
)  # fmt: skip
_PROVINCES = (
    "An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Đắk Lắk", "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai",
    "Hà Tĩnh", "Hưng Yên", "Khánh Hòa", "Lai Châu", "Lâm Đồng", "Lạng Sơn", "Lào Cai", "Nghệ An", "Ninh Bình",
    "Phú Thọ", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sơn La", "Tây Ninh", "Thái Nguyên", "Thanh Hóa",
    "Tuyên Quang", "Vĩnh Long",
)  # fmt: skip
_SYLLABLES = (
    "An", "Bình", "Châu", "Đông", "Đức", "Giang", "Hà", "Hải", "Hòa", "Hưng", "Khánh", "Kim", "Lạc", "Lập", "Long",
    "Lộc", "Minh", "Mỹ", "Nam", "Nghĩa", "Phong", "Phú", "Phước", "Quang", "Sơn", "Tân", "Tây", "Thạnh", "Thành",
    "Thịnh", "Thuận", "Tiến", "Trung", "Trường", "Vân", "Vĩnh", "Xuân", "Yên",
)  # fmt: skip
_DEPARTMENTS = (
    "Sở Tư pháp", "Sở Nội vụ", "Sở Tài chính", "Sở Xây dựng", "Sở Y tế", "Sở Công Thương", "Sở Khoa học và Công nghệ",
    "Sở Giáo dục và Đào tạo", "Sở Nông nghiệp và Môi trường", "Văn phòng UBND", "Thanh tra", "Ban Quản lý dự án",
    "Công an", "Tòa án nhân dân", "Cục Thuế", "Thi hành án dân sự", "Bệnh viện đa khoa", "Bảo hiểm xã hội",
)  # fmt: skip
_LOCAL = (
    "Phòng Tư pháp", "Phòng Nội vụ", "Phòng Tài chính", "Trường Tiểu học", "Trường Trung học cơ sở", "Trạm Y tế",
    "Trường Mầm non", "Văn phòng HĐND và UBND", "Hội Nông dân", "Đoàn Thanh niên", "Công an", "Ban Chỉ huy quân sự",
)  # fmt: skip


_Body = partial(AgencyRow, version=1)


def invented(count: int) -> Iterator[AgencyRow]:
    """So many bodies: provinces, what is under them, communes and what is under these, the same at every call."""
    made = random.Random(20260101)
    places = [f"{one} {other}" for one in _SYLLABLES for other in _SYLLABLES if one != other]
    provinces = (
        (f"{letter}{at}", name) for letter in "HIJKLM" for at, name in enumerate(_PROVINCES, start=10)
    )
    bodies = (body for code, name in provinces for body in _province(code, name, made.sample(places, 300)))
    return islice(bodies, count)


def _province(code: str, name: str, places: Sequence[str]) -> Iterator[AgencyRow]:
    yield _Body(code, f"Ủy ban nhân dân tỉnh {name}", (f"000.00.00.{code}",))
    for at, kind in enumerate(_DEPARTMENTS, start=1):
        yield _Body(f"{code}.{at:02}", f"{kind} tỉnh {name}", (f"000.00.{at:02}.{code}",), code)
    for place_at, place in enumerate(places):
        commune = f"{code}.{30 + place_at // 70:02}.{place_at % 70 + 10:02}"
        yield _Body(commune, f"Ủy ban nhân dân xã {place}", (), code)
        for at, kind in enumerate(_LOCAL, start=1):
            yield _Body(f"{commune}.{at:03}", f"{kind} xã {place}", (), commune)


@app.command()
def agencies(
    count: Annotated[
        int, typer.Option(min=1000, max=600_000, help="How many bodies (*cơ quan, đơn vị liên thông*).")
    ] = 120_000,
) -> None:
    """Take a list of bodies over, twice, and search it letter by letter (*danh sách đơn vị liên thông*)."""
    with at_work_in("bench_axis"), running.product():
        running.bring_tables_up_to_date()
        lists = import_module("vanthu.organisations.agencies")
        models = import_module("vanthu.organisations.agency_models")
        models.AgencyCode.objects.all().delete()
        models.Agency.objects.all().delete()
        table = Table("Step", "Measured", "Limit", "")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for step in ("First list", "The same list again"):
            started = time.perf_counter()
            told = lists.take_over("bench", invented(count), True)
            took = time.perf_counter() - started
            table.add_row(step, f"{took:.1f} s, {told.new:,} new, {told.changed:,} changed", "seconds", "")
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        table.add_row("Memory beside the program", f"{grown:.0f} MB", "", "")
        times = _typing(lists.search)
        worst = quantiles(times, n=20)[-1]
        met = worst < LIMIT_MS
        table.add_row(
            f"A letter typed, of {len(times)}",
            f"half {median(times):.0f} ms, 19 of 20 {worst:.0f} ms, all {max(times):.0f} ms",
            f"{LIMIT_MS:.0f} ms",
            "met" if met else "missed",
        )
        console.print(table)
    if not met:
        sys.exit("Missed: searching while typing.")


def _typing(search: Callable[[str, int], object]) -> list[float]:
    """Milliseconds of every letter of what is typed."""
    times = []
    for text in TYPED:
        for end in range(1, len(text) + 1):
            started = time.perf_counter()
            search(text[:end], 20)
            times.append((time.perf_counter() - started) * 1000)
    return times

"""The schedules of two weeks: this week published and changed once, the next one being drawn up; rooms and cars."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from vanthu.calendar import actions, rooms, weeks
from vanthu.calendar.actions import Plan
from vanthu.calendar.lines import monday_of
from vanthu.kernel.actor import Actor
from vanthu.organisations import queries as organisations
from vanthu.organisations.models import Account
from vanthu_tools.demo.cast import MAIN
from vanthu_tools.demo.clock import ZONE
from vanthu_tools.demo.loading.ids import Ids

REGION = "bac_ninh.kv7"
PLACES = {
    MAIN: (
        ("room", "Hội trường tầng 3", 150, "Màn hình, điểm cầu trực tuyến"),
        ("room", "Phòng họp tầng 2", 40, "Màn hình"),
        ("room", "Phòng họp Ban cán sự đảng", 16, ""),
        ("car", "Xe 99A-012.34", 7, "Lái xe Nguyễn Văn Tuấn"),
        ("car", "Xe 99A-056.78", 16, "Lái xe Trần Quang Hòa"),
    ),
    REGION: (("room", "Phòng họp", 30, ""), ("car", "Xe 99A-101.23", 7, "")),
}
CLERKS = {MAIN: "thuy.vanthu", REGION: "mai.kv7"}
HEADS = {MAIN: "lam.vientruong", REGION: "thong.kv7"}

THIS_WEEK = {
    MAIN: """
0|07:45|08:30|Chào cờ, giao ban tuần toàn đơn vị|lam.vientruong|minh.pvt ha.pvt thinh.pvt hang.cvp|Hội trường tầng 3||Văn phòng
0|14:00|16:30|Nghe báo cáo án, việc phức tạp của Phòng 1|minh.pvt|huy.tp1 khai.p1 P1|Phòng họp tầng 2||Phòng 1
1|08:00|11:00|Tiếp công dân định kỳ của lãnh đạo Viện|lam.vientruong|hang.cvp|Phòng tiếp công dân||Phòng 12
1|14:00|17:00|Họp liên ngành về giải quyết vụ án tham nhũng, chức vụ|ha.pvt|P3 toan.tp2|Phòng họp tầng 2||Phòng 3
2|08:00|11:30|Trực tiếp kiểm sát việc tạm giữ, tạm giam tại Trại tạm giam Công an tỉnh|minh.pvt|nghia.tp8 hieu.p8|Trại tạm giam Công an tỉnh|Xe 99A-056.78|Phòng 8
2|14:00|16:00|Làm việc với Đoàn đại biểu Quốc hội tỉnh|lam.vientruong|hang.cvp|Trụ sở Đoàn đại biểu Quốc hội tỉnh|Xe 99A-012.34|Văn phòng
3|08:00|11:30|Hội nghị trực tuyến toàn Ngành về công tác tháng 11|lam.vientruong|minh.pvt ha.pvt thinh.pvt huy.tp1 oanh.tp9|Hội trường tầng 3||Văn phòng
3|14:00|16:00|Nhận xét, đánh giá cán bộ|lam.vientruong|ha.pvt|Phòng họp Ban cán sự đảng||*
4|08:00|11:00|Dự phiên tòa rút kinh nghiệm tại Tòa án nhân dân tỉnh|thinh.pvt|P7|Tòa án nhân dân tỉnh||Phòng 7
""",  # noqa: E501
    REGION: """
0|07:45|08:30|Giao ban tuần|thong.kv7|quan.kv7 mai.kv7|Phòng họp||
1|08:00|11:00|Tiếp công dân định kỳ|thong.kv7|quan.kv7|Phòng tiếp công dân||
3|08:00|11:30|Hội nghị trực tuyến toàn Ngành về công tác tháng 11|thong.kv7|quan.kv7 mai.kv7|Phòng họp||
""",
}
NEXT_WEEK = {
    MAIN: """
0|07:45|08:30|Giao ban tuần toàn đơn vị|lam.vientruong|minh.pvt ha.pvt thinh.pvt hang.cvp|Hội trường tầng 3||Văn phòng
1|08:00|11:00|Duyệt báo cáo tổng kết công tác năm|lam.vientruong|minh.pvt hang.cvp|Phòng họp tầng 2||Văn phòng
2|14:00|16:30|Kiểm tra công tác văn thư, lưu trữ tại Viện kiểm sát nhân dân khu vực 7|minh.pvt|hang.cvp thuy.vanthu|VKSND khu vực 7|Xe 99A-012.34|Văn phòng
3|08:00|11:00|Họp liên ngành tư pháp tháng 11|ha.pvt|huy.tp1 oanh.tp9|Phòng họp tầng 2||Phòng 1
""",  # noqa: E501
    REGION: """
0|07:45|08:30|Giao ban tuần|thong.kv7|quan.kv7 mai.kv7|Phòng họp||
2|14:00|16:30|Làm việc với đoàn kiểm tra công tác văn thư, lưu trữ của Viện kiểm sát nhân dân tỉnh|thong.kv7|mai.kv7|Phòng họp||Văn thư
""",  # noqa: E501
}
"""day|from|to|subject|chair|people and units|place or room|car|who prepares ("*": restricted)"""

LATER = "4|14:00|16:00|Làm việc với Công an tỉnh về án trọng điểm|minh.pvt|huy.tp1|Phòng họp tầng 2||Phòng 1"


@dataclass(frozen=True, slots=True)
class Place:
    """An office with its actors, its rooms and cars by name, and where to look people and units up."""

    key: str
    clerk: Actor
    head: Actor
    lent: dict[str, int]
    ids: Ids


def load(today: date, ids: Ids) -> None:
    """Both offices, by the verbs that people use."""
    for key in (MAIN, REGION):
        place = _place(key, ids)
        monday = monday_of(today)
        for line in THIS_WEEK[key].strip().splitlines():
            _plan(line, monday, place)
        _publish(monday, place)
        if key == MAIN:
            _plan(LATER, monday, place)
            _publish(monday, place)
        for line in NEXT_WEEK[key].strip().splitlines():
            _plan(line, monday + timedelta(days=7), place)
    weeks.submit(monday_of(today) + timedelta(days=7), by=_place_actor(CLERKS[REGION]))


def _place(key: str, ids: Ids) -> Place:
    clerk = _place_actor(CLERKS[key])
    made = [
        rooms.add(kind, name, seats=seats, note=note, by=clerk) for kind, name, seats, note in PLACES[key]
    ]
    return Place(key, clerk, _place_actor(HEADS[key]), {one.name: one.pk for one in made}, ids)


def _place_actor(username: str) -> Actor:
    return organisations.actor_for(Account.objects.get(username=username))


def _publish(monday: date, place: Place) -> None:
    weeks.submit(monday, by=place.clerk)
    weeks.approve(monday, by=place.head)
    weeks.publish(monday, by=place.clerk)


def _plan(line: str, monday: date, place: Place) -> None:
    day, start, end, subject, chair, who, where, car, prepares = line.split("|")
    on = monday + timedelta(days=int(day))
    names = who.split()
    new = Plan(
        subject=subject,
        starts_at=datetime.combine(on, time.fromisoformat(start), ZONE),
        ends_at=datetime.combine(on, time.fromisoformat(end), ZONE),
        chair_id=place.ids.person(chair),
        people=[place.ids.person(name) for name in names if "." in name],
        units=[place.ids.units[f"{place.key}/{name}"].pk for name in names if "." not in name],
        place="" if where in place.lent else where,
        room_id=place.lent.get(where),
        car_id=place.lent.get(car),
        preparation=prepares.strip("*"),
        in_week=True,
    )
    restricted = prepares == "*"
    actions.make(replace(new, restricted=restricted), by=place.head if restricted else place.clerk)

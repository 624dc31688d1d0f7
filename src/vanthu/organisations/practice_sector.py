"""The invented sector of a room of practice: a province with its units, its superior, a region; and their people."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from vanthu.kernel.refusals import NotFound
from vanthu.organisations.models import Level, Office, Person, Post, Unit
from vanthu.organisations.names import key_of, office_key
from vanthu.organisations.powers import Role
from vanthu.organisations.practice_models import PracticeRoom

PLACE = "Thực Hành"


@dataclass(frozen=True, slots=True)
class OfficeSketch:
    """An invented office; `key` names it here, `parent` the one above it."""

    key: str
    level: Level
    name: str
    short_name: str
    code: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part to play: an invented person's post in an invented office; `units` are those in a deputy's charge."""

    key: str
    office: str
    name: str
    role: Role
    title: str
    unit: str = ""
    charge: tuple[str, ...] = ()
    position: int = 5


OFFICES = (
    OfficeSketch(
        "supreme", Level.SUPREME, "Viện kiểm sát nhân dân tối cao (thực hành)",
        "VKSND tối cao (thực hành)", "VKSTC",
    ),
    OfficeSketch(
        "province", Level.PROVINCE, "Viện kiểm sát nhân dân tỉnh Thực Hành", "VKSND tỉnh Thực Hành", "VKS", "supreme"
    ),
    OfficeSketch(
        "region", Level.REGION, "Viện kiểm sát nhân dân khu vực 1 - Thực Hành",
        "VKSND khu vực 1 - Thực Hành", "VKSKV1", "province",
    ),
)  # fmt: skip
UNITS = (  # office, abbreviation, name, whether it is the administration
    ("supreme", "VP", "Văn phòng", True),
    ("province", "VP", "Văn phòng", True),
    ("province", "P1", "Phòng 1", False),
    ("province", "P2", "Phòng 2", False),
)
PARTS = (
    Part("clerk", "province", "Phạm Thị Tập", Role.CLERK, "Văn thư", "VP"),
    Part("head", "province", "Nguyễn Văn Thực", Role.HEAD, "Viện trưởng", position=1),
    Part(
        "deputy", "province", "Trần Thị Hành", Role.DEPUTY, "Phó Viện trưởng", charge=("P1", "P2"), position=2
    ),
    Part("chief", "province", "Lê Thị Luyện", Role.ADMINISTRATION_HEAD, "Chánh Văn phòng", "VP", position=3),
    Part("unit_head", "province", "Hoàng Văn Mẫu", Role.UNIT_HEAD, "Trưởng phòng", "P1", position=3),
    Part("specialist", "province", "Vũ Thị Thử", Role.SPECIALIST, "Kiểm sát viên", "P1"),
    Part("second_unit_head", "province", "Bùi Văn Phỏng", Role.UNIT_HEAD, "Trưởng phòng", "P2", position=3),
    Part("second_specialist", "province", "Đỗ Văn Nháp", Role.SPECIALIST, "Kiểm tra viên", "P2"),
    Part("archivist", "province", "Dương Thị Lưu", Role.ARCHIVIST, "Lưu trữ viên", "VP"),
    Part("supreme_clerk", "supreme", "Đặng Thị Trên", Role.CLERK, "Văn thư", "VP"),
    Part("supreme_head", "supreme", "Lý Văn Cấp", Role.HEAD, "Viện trưởng", position=1),
    Part("region_clerk", "region", "Mai Thị Vực", Role.CLERK, "Văn thư"),
    Part("region_head", "region", "Tạ Văn Khu", Role.HEAD, "Viện trưởng", position=1),
    Part("region_specialist", "region", "Hồ Thị Giải", Role.SPECIALIST, "Kiểm sát viên"),
)


@dataclass(frozen=True, slots=True)
class Sector:
    """What was invented for a room, by the keys of `OFFICES` and `PARTS`; units of the province by abbreviation."""

    offices: dict[str, Office]
    units: dict[str, Unit]
    posts: dict[str, Post]


@transaction.atomic
def invent(on: date) -> tuple[PracticeRoom, Sector]:
    """A new room for a day and its sector. Everything in it is valid on that day only, and so ends by itself."""
    room = PracticeRoom.objects.create(on=on)
    day = {"valid_from_on": on, "valid_to_on": on}
    offices: dict[str, Office] = {}
    for one in OFFICES:
        offices[one.key] = Office.objects.create(
            level=one.level, name=one.name, short_name=one.short_name, code=one.code, place=PLACE,
            province=PLACE, parent=offices.get(one.parent), room=room,
            search_key=office_key(one.name, one.short_name), **day,
        )  # fmt: skip
    units = Unit.objects.bulk_create(
        Unit(
            office=offices[office], name=name, short_name=name, abbreviation=short,
            is_administration=administration, position=place, **day,
        )
        for place, (office, short, name, administration) in enumerate(UNITS)
    )  # fmt: skip
    by_name = {(row[0], row[1]): unit for row, unit in zip(UNITS, units, strict=True)}
    people = Person.objects.bulk_create(
        Person(full_name=one.name, search_key=key_of(one.name)) for one in PARTS
    )
    posts = Post.objects.bulk_create(
        Post(
            person=person, office=offices[one.office], unit=by_name.get((one.office, one.unit)),
            role=one.role, title=one.title, position=one.position, **day,
        )
        for one, person in zip(PARTS, people, strict=True)
    )  # fmt: skip
    made = dict(zip((one.key for one in PARTS), posts, strict=True))
    for part in PARTS:
        if part.charge:
            made[part.key].charge.set([by_name[part.office, short] for short in part.charge])
    own = {short: unit for (office, short), unit in by_name.items() if office == "province"}
    return room, Sector(offices, own, made)


def sector_of(room: PracticeRoom) -> Sector:
    """What was invented for a room, read again. Raises `NotFound` for a room without a sector."""
    offices = {
        sketch.key: one
        for sketch, one in zip(OFFICES, Office.objects.filter(room=room).order_by("pk"), strict=False)
    }
    rows = Post.objects.filter(office__room=room).select_related("person", "office", "unit").order_by("pk")
    posts = {part.key: one for part, one in zip(PARTS, rows, strict=False)}
    if len(offices) < len(OFFICES) or len(posts) < len(PARTS):
        raise NotFound("Phòng thực hành này chưa được chuẩn bị. Vào lại từ trình đơn Thực hành.")
    units = {unit.abbreviation: unit for unit in Unit.objects.filter(office=offices["province"])}
    return Sector(offices, units, posts)

"""Everybody of the staffed offices: the cast first, the rest by establishment; accounts, second posts, a delegation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from vanthu_tools.demo.cast import (
    APPELLATE,
    APPELLATE_SPECIALISTS,
    CAST_TABLE,
    LEADERS,
    MAIN,
    REGION_STRENGTH,
    STAFFED,
    STRENGTH,
    SUFFIXES,
)
from vanthu_tools.demo.names import Names, username
from vanthu_tools.demo.offices import SUPREME
from vanthu_tools.demo.specs import AccountSpec, DelegationSpec, PersonSpec, PostSpec
from vanthu_tools.demo.units import units_by_key

SEED = 20260722
MAIL_DOMAIN = "vksnd.example"

RANKS = {
    "head": ("Kiểm sát viên cao cấp",),
    "deputy": ("Kiểm sát viên cao cấp",),
    "admin_head": ("Kiểm sát viên trung cấp",),
    "admin_deputy": ("Kiểm sát viên trung cấp", "Chuyên viên chính"),
    "unit_head": ("Kiểm sát viên cao cấp", "Kiểm sát viên trung cấp"),
    "unit_deputy": ("Kiểm sát viên trung cấp",),
    "clerk": ("Văn thư viên", "Văn thư viên trung cấp"),
    "archivist": ("Lưu trữ viên",),
    "administrator": ("Chuyên viên",),
    "inspector": ("Kiểm sát viên trung cấp",),
}
PROFESSIONALS = (
    ("Kiểm sát viên", "Kiểm sát viên trung cấp"),
    ("Kiểm sát viên", "Kiểm sát viên sơ cấp"),
    ("Kiểm sát viên", "Kiểm sát viên sơ cấp"),
    ("Kiểm tra viên", "Kiểm tra viên"),
    ("Kiểm tra viên", "Kiểm tra viên chính"),
    ("Chuyên viên", "Chuyên viên"),
)
"""Title and rank of a specialist."""

OFFICE_WORK = ("Chuyên viên tổng hợp", "Kế toán trưởng", "Kế toán viên", "Chuyên viên quản trị", "Thủ quỹ")
SECOND_POSTS = (
    ("nhung.p10", "bac_ninh.kv7", None, "Phó Viện trưởng (biệt phái)", "deputy"),
    ("thang.thanhtra", MAIN, None, "Kiểm tra nhật ký hệ thống", "inspector"),
)
"""sign-in name, office, unit, title, role: people who hold a second post, one of them in another office."""

DELEGATIONS = (("oanh.tp9", "linh.p9", MAIN, -2, 5, "Đi công tác tại Viện kiểm sát nhân dân tối cao"),)


def in_charge_of_form(post: PostSpec) -> PostSpec:
    """In a regional procuracy the clerk also answers for the form: there is no administration (Văn phòng)."""
    return PostSpec(post.person, post.office, None, "Phụ trách công tác văn phòng", "admin_head", main=False)


@dataclass(frozen=True, slots=True)
class Place:
    """A post to be filled; the first four fields of a line of the cast fill it by name."""

    office: str
    unit: str | None
    role: str
    title: str
    rank: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Staff:
    people: tuple[PersonSpec, ...]
    posts: tuple[PostSpec, ...]
    accounts: tuple[AccountSpec, ...]
    delegations: tuple[DelegationSpec, ...]

    def of(self, office: str, *roles: str, unit: str | None = None) -> list[PostSpec]:
        """Main posts of an office (or one of its units) with one of `roles`, in order of rank."""
        return [
            post
            for post in self.posts
            if post.office == office
            and post.main
            and (not roles or post.role in roles)
            and unit in {None, post.unit}
        ]


def suffix(office: str, unit_code: str | None) -> str:
    """What sign-in names end in: `p9`, `kv7`, `vp.hp`."""
    if office.startswith(f"{MAIN}.kv"):
        return office.removeprefix(f"{MAIN}.")
    parts = [unit_code.lower() if unit_code else "ld", SUFFIXES.get(office, "")]
    return ".".join(part for part in parts if part)


def administration_places(office: str, unit: str, strength: int) -> Iterator[tuple[str, str]]:
    """Roles and titles of an office's administration (*Văn phòng*)."""
    fixed = [("admin_head", "Chánh Văn phòng"), ("admin_deputy", "Phó Chánh Văn phòng"), ("clerk", "Văn thư")]
    fixed += [("archivist", "Lưu trữ viên")]
    if office != SUPREME:
        fixed.append(("administrator", "Quản trị công nghệ thông tin"))
    if office in {SUPREME, MAIN}:
        fixed += [("clerk", "Văn thư"), ("admin_deputy", "Phó Chánh Văn phòng")]
    yield from fixed[:strength]
    for index in range(strength - len(fixed)):
        yield "specialist", OFFICE_WORK[index % len(OFFICE_WORK)]


def unit_places(office: str, code: str, strength: int) -> Iterator[tuple[str, str]]:
    """Roles and titles of one unit."""
    unit = units_by_key()[f"{office}/{code}"]
    if unit.kind == "administration":
        yield from administration_places(office, unit.key, strength)
        return
    deputies = 2 if strength >= 8 else 1
    yield "unit_head", unit.head
    for _ in range(deputies):
        yield "unit_deputy", unit.deputy
    for index in range(strength - 1 - deputies):
        if unit.kind == "technology" and index < 2:
            yield "administrator", "Quản trị hệ thống"
        else:
            yield "specialist", ""


def region_places(strength: int) -> Iterator[tuple[str, str]]:
    """A regional procuracy: no units; the accountant is the clerk."""
    yield "head", "Viện trưởng"
    yield from [("deputy", "Phó Viện trưởng")] * 2
    yield "clerk", "Kế toán kiêm văn thư"
    yield from [("specialist", "")] * (strength - 4)


def places(random: Random) -> Iterator[Place]:
    """Every post of every staffed office."""
    for office in STAFFED:
        rows: list[tuple[str | None, str, str]] = []
        if office in REGION_STRENGTH:
            rows += [(None, role, title) for role, title in region_places(REGION_STRENGTH[office])]
        else:
            leaders = ["head"] + ["deputy"] * (LEADERS[office] - 1)
            rows += [(None, role, "Viện trưởng" if role == "head" else "Phó Viện trưởng") for role in leaders]
        for code, strength in STRENGTH.get(office, {}).items():
            rows += [(code, role, title) for role, title in unit_places(office, code, strength)]
        if office == APPELLATE:
            rows += [(None, "specialist", "")] * APPELLATE_SPECIALISTS
        for unit, role, title in rows:
            yield place(random, office, unit, role, title)


def place(random: Random, office: str, code: str | None, role: str, title: str) -> Place:
    """One post with the rank of whoever holds it."""
    if title:
        rank = random.choice(RANKS.get(role, ("Chuyên viên",)))
    else:
        title, rank = random.choice(PROFESSIONALS)
    if office == SUPREME and role in {"head", "deputy"}:
        rank = "Kiểm sát viên Viện kiểm sát nhân dân tối cao"
    return Place(office, f"{office}/{code}" if code else None, role, title, rank, suffix(office, code))


class Named:
    """The lines of the cast, taken one by one for the posts they fit."""

    def __init__(self) -> None:
        self.lines = [line.split("|") for line in CAST_TABLE.strip().splitlines()]
        self.names = {line[4] for line in self.lines}
        self.usernames = {line[3] for line in self.lines}

    def take(self, place: Place) -> list[str] | None:
        """The line for this post, if one is left."""
        code = place.unit.partition("/")[2] if place.unit else "-"
        for line in self.lines:
            if line[:3] == [place.office, code, place.role]:
                self.lines.remove(line)
                return line
        return None


@cache
def staff() -> Staff:
    """Everybody, always the same."""
    random = Random(SEED)
    named = Named()
    drawn = Names(random, named.names)
    people, posts, accounts = [], [], []
    for number, post in enumerate(places(random), 1):
        line = named.take(post)
        gender = random.choice(("male", "female")) if line is None else {"m": "male", "f": "female"}[line[5]]
        name = drawn.draw(gender) if line is None else line[4]
        sign_in = username(name, post.suffix, named.usernames) if line is None else line[3]
        title = post.title if line is None else line[6]
        charge = (
            tuple(f"{post.office}/{code}" for code in line[7].split(",")) if line and len(line) > 7 else ()
        )
        born_on = date(1966, 1, 5) + timedelta(
            days=random.randrange(365 * (18 if "head" in post.role else 33))
        )
        people.append(PersonSpec(sign_in, name, gender, born_on, post.rank))
        posts.append(PostSpec(sign_in, post.office, post.unit, title, post.role, charge=charge))
        active = line is not None or random.random() > 0.06
        accounts.append(
            AccountSpec(
                sign_in, sign_in, post.office, f"{sign_in}@{MAIL_DOMAIN}", f"0900 000 {number:03d}", active
            )
        )
    posts += [
        PostSpec(person, office, unit, title, role, main=False)
        for person, office, unit, title, role in SECOND_POSTS
    ]
    posts += [
        in_charge_of_form(post) for post in posts if post.office in REGION_STRENGTH and post.role == "clerk"
    ]
    return Staff(
        tuple(people), tuple(posts), tuple(accounts), tuple(DelegationSpec(*row) for row in DELEGATIONS)
    )

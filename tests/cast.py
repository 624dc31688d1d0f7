"""The cast: a small sector on a real database, its personas, and makers of more of it.

The Supreme Procuracy (one department), the province of Bắc Ninh (administration, units 1, 2 and 9), two regional
procuracies below it, and the former procuracy of Bắc Giang that the province succeeded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from vanthu.kernel.actor import Actor
from vanthu.organisations import queries
from vanthu.organisations.models import (
    Account,
    Delegation,
    Level,
    Office,
    OfficeRules,
    Person,
    Post,
    Succession,
    Unit,
)
from vanthu.organisations.names import key_of, office_key
from vanthu.organisations.powers import Role

PASSWORD = "Kiem-sat-2026"
MERGED_ON = date(2025, 7, 1)

_numbers = count(1)
_hashes: dict[str, str] = {}


@dataclass(frozen=True)
class Persona:
    """One member of the cast. `unit` and `charge` are abbreviations of units of the office."""

    name: str
    office: str
    role: Role
    title: str
    unit: str = ""
    charge: tuple[str, ...] = ()
    position: int = 5


CAST: Mapping[str, Persona] = {
    "clerk": Persona("Phạm Thu Thủy", "province", Role.CLERK, "Văn thư", "VP"),
    "head": Persona("Vũ Đình Lâm", "province", Role.HEAD, "Viện trưởng", position=1),
    "deputy": Persona(
        "Nguyễn Văn Minh", "province", Role.DEPUTY, "Phó Viện trưởng", charge=("P1", "P2"), position=2
    ),
    "chief": Persona(
        "Ngô Thị Bích Hằng", "province", Role.ADMINISTRATION_HEAD, "Chánh Văn phòng", "VP", position=3
    ),
    "head_of_unit": Persona("Đặng Quang Huy", "province", Role.UNIT_HEAD, "Trưởng phòng", "P1", position=3),
    "specialist": Persona("Lê Quang Khải", "province", Role.SPECIALIST, "Kiểm sát viên", "P1"),
    "second_specialist": Persona("Trần Thúy Nga", "province", Role.SPECIALIST, "Kiểm tra viên", "P1"),
    "archivist": Persona("Tạ Minh Châu", "province", Role.ARCHIVIST, "Lưu trữ viên", "VP"),
    "administrator": Persona("Dương Tuấn Kiệt", "province", Role.ADMINISTRATOR, "Quản trị", "VP"),
    "inspector": Persona("Mai Xuân Thắng", "province", Role.INSPECTOR, "Thanh tra"),
    "head_of_neighbour": Persona(
        "Lương Đức Toàn", "province", Role.UNIT_HEAD, "Trưởng phòng", "P2", position=3
    ),
    "neighbour": Persona("Cao Thị Diệu Linh", "province", Role.SPECIALIST, "Kiểm sát viên", "P2"),
    "two_posts": Persona("Bùi Kim Oanh", "province", Role.UNIT_HEAD, "Trưởng phòng", "P9", position=3),
    "two_offices": Persona("Đỗ Minh Hiếu", "province", Role.SPECIALIST, "Kiểm sát viên", "P2"),
    "delegate": Persona("Phan Trọng Nghĩa", "province", Role.SPECIALIST, "Kiểm sát viên", "P1"),
    "region_clerk": Persona("Chu Ngọc Mai", "region", Role.CLERK, "Kế toán kiêm văn thư"),
    "region_head": Persona("Nguyễn Bá Thông", "region", Role.HEAD, "Viện trưởng", position=1),
    "region_specialist": Persona("Đoàn Mạnh Quân", "region", Role.SPECIALIST, "Kiểm sát viên"),
    "second_region_clerk": Persona("Hoàng Thị Lan", "second_region", Role.CLERK, "Văn thư"),
    "supreme_clerk": Persona("Trịnh Bảo Ngọc", "supreme", Role.CLERK, "Văn thư", "VP"),
    "supreme_head": Persona("Đào Trọng Khánh", "supreme", Role.HEAD, "Viện trưởng", position=1),
    "supreme_head_of_unit": Persona("Tô Hải Đăng", "supreme", Role.UNIT_HEAD, "Vụ trưởng", "V14", position=3),
    "supreme_specialist": Persona("Hồ Khánh Vy", "supreme", Role.SPECIALIST, "Kiểm sát viên", "V14"),
}
"""Everybody has an account `<persona>` with PASSWORD. `two_posts` is also an inspector of the province,
`two_offices` also clerk of the second region, `delegate` holds "assign" and "review_content" of `head_of_unit`."""


@dataclass
class World:
    """What `make_world` made. Units are known by `office.abbreviation`: `province.P1`."""

    supreme: Office
    province: Office
    region: Office
    second_region: Office
    former: Office
    units: dict[str, Unit] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    delegation: Delegation | None = None

    def office(self, name: str) -> Office:
        """supreme, province, region, second_region or former."""
        office: Office = getattr(self, name)
        return office

    def unit(self, name: str) -> Unit:
        """`P1` (of the province) or `supreme.V14`."""
        return self.units[name if "." in name else f"province.{name}"]

    def account(self, persona: str) -> Account:
        return self.accounts[persona]

    def person(self, persona: str) -> Person:
        return self.posts[persona].person

    def post(self, persona: str) -> Post:
        return self.posts[persona]

    def actor(self, persona: str, *, office: str = "") -> Actor:
        """The persona at work, as the middleware would make it (fresh rights)."""
        account = Account.objects.get(pk=self.accounts[persona].pk)
        return queries.actor_for(account, self.office(office).pk if office else None)

    def client(self, persona: str = "", **headers: Any) -> Client:
        """A browser in which the persona is signed in ("" = nobody)."""
        browser = Client(**headers)
        if persona:
            browser.force_login(self.accounts[persona], "allauth.account.auth_backends.AuthenticationBackend")
        return browser


def make_office(level: Level = Level.REGION, *, parent: Office | None = None, **fields: Any) -> Office:
    """One more office; without a name it gets a region's of its own number."""
    number = next(_numbers)
    name = fields.pop("name", f"Viện kiểm sát nhân dân khu vực {100 + number}")
    short = fields.pop("short_name", f"VKSND khu vực {100 + number}")
    fields = {"code": f"VKSKV{100 + number}", "place": "Bắc Ninh", "province": "Bắc Ninh", **fields}
    return Office.objects.create(
        level=level, parent=parent, name=name, short_name=short, search_key=office_key(name, short), **fields
    )


def make_unit(office: Office, abbreviation: str, name: str = "", **fields: Any) -> Unit:
    """One more unit of an office."""
    name = name or f"Phòng {abbreviation.removeprefix('P')}"
    fields = {"short_name": name, "position": next(_numbers), **fields}
    return Unit.objects.create(office=office, name=name, abbreviation=abbreviation, **fields)


def make_person(
    office: Office,
    role: Role = Role.SPECIALIST,
    *,
    name: str = "",
    unit: Unit | None = None,
    username: str = "",
    title: str = "",
    charge: Iterable[Unit] = (),
    **fields: Any,
) -> Post:
    """One more person with a post and an account (PASSWORD); returns the post."""
    number = next(_numbers)
    name = name or f"Nguyễn Văn Số {number}"
    person = Person.objects.create(full_name=name, search_key=key_of(name))
    Account.objects.create(
        username=username or f"user{number}",
        person=person,
        password=password_hash(),
        activated_at=timezone.now(),
    )
    post = Post.objects.create(
        person=person, office=office, unit=unit, role=role, title=title or Role(role).label, **fields
    )
    post.charge.set(charge)
    return post


def account_of(post: Post) -> Account:
    """The account of a post's person."""
    return Account.objects.get(person=post.person_id)


def actor_of(post: Post) -> Actor:
    """The person of a post, at work in its office."""
    return queries.actor_for(account_of(post), post.office_id)


def make_delegation(
    giver: Post,
    receiver: Post,
    *powers: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    **fields: Any,
) -> Delegation:
    """A delegation that holds from yesterday until tomorrow unless said otherwise."""
    moment = timezone.now()
    return Delegation.objects.create(
        giver=giver,
        receiver=receiver,
        powers=list(powers),
        starts_at=starts_at or moment - timedelta(days=1),
        ends_at=ends_at or moment + timedelta(days=1),
        reason="Đi công tác",
        **fields,
    )


def password_hash() -> str:
    """PASSWORD hashed once per run."""
    if not _hashes:
        _hashes[PASSWORD] = make_password(PASSWORD)
    return _hashes[PASSWORD]


def make_world() -> World:
    """The whole cast, in a dozen queries."""
    world = _offices()
    _units(world)
    _people(world)
    _second_posts(world)
    OfficeRules.objects.create(office=world.province, deputies_see_all=False)
    return world


def _office(pk: int, level: Level, name: str, short: str, **fields: Any) -> Office:
    province = fields["place"]
    key = office_key(name, short)
    return Office(
        pk=pk, level=level, name=name, short_name=short, province=province, search_key=key, **fields
    )


def _offices() -> World:
    base = next(_numbers) * 1000  # ids of their own, so that caches of an earlier test never fit
    people = "Viện kiểm sát nhân dân"
    supreme = _office(
        base + 1, Level.SUPREME, f"{people} tối cao", "VKSND tối cao", code="VKSTC", place="Hà Nội"
    )
    here: dict[str, Any] = {"place": "Bắc Ninh", "valid_from_on": MERGED_ON}
    name = "tỉnh Bắc Ninh"
    province = _office(
        base + 2, Level.PROVINCE, f"{people} {name}", f"VKSND {name}", code="VKS", parent=supreme, **here
    )
    regions = [
        _office(
            base + 2 + place,
            Level.REGION,
            f"{people} khu vực {number} - Bắc Ninh",
            f"VKSND khu vực {number}",
            code=f"VKSKV{number}",
            parent=province,
            **here,
        )
        for place, number in enumerate((7, 1), 1)
    ]
    former = _office(
        base + 5,
        Level.PROVINCE,
        f"{people} tỉnh Bắc Giang",
        "VKSND tỉnh Bắc Giang",
        code="VKS",
        place="Bắc Giang",
        parent=supreme,
        valid_to_on=MERGED_ON - timedelta(days=1),
    )
    Office.objects.bulk_create([supreme, province, *regions, former])
    Succession.objects.create(
        predecessor=former, successor=province, on=MERGED_ON, basis="Nghị quyết 82/2025/UBTVQH15"
    )
    return World(supreme, province, *regions, former)


def _units(world: World) -> None:
    rows = (
        ("supreme", "VP", "Văn phòng", True),
        ("supreme", "V14", "Vụ Pháp chế và Quản lý khoa học", False),
        ("province", "VP", "Văn phòng", True),
        ("province", "P1", "Phòng 1", False),
        ("province", "P2", "Phòng 2", False),
        ("province", "P9", "Phòng 9", False),
    )
    made = [
        Unit(
            office=world.office(office), name=name, short_name=name, abbreviation=short,
            is_administration=administration, position=place,
        )
        for place, (office, short, name, administration) in enumerate(rows)
    ]  # fmt: skip
    Unit.objects.bulk_create(made)
    world.units = {f"{row[0]}.{row[1]}": unit for row, unit in zip(rows, made, strict=True)}


def _people(world: World) -> None:
    people = [Person(full_name=one.name, search_key=key_of(one.name)) for one in CAST.values()]
    Person.objects.bulk_create(people)
    moment = timezone.now()
    accounts = [
        Account(username=key, person=person, password=password_hash(), activated_at=moment)
        for key, person in zip(CAST, people, strict=True)
    ]
    Account.objects.bulk_create(accounts)
    posts = [
        Post(
            person=person,
            office=world.office(one.office),
            unit=world.units[f"{one.office}.{one.unit}"] if one.unit else None,
            role=one.role,
            title=one.title,
            position=one.position,
        )
        for one, person in zip(CAST.values(), people, strict=True)
    ]
    Post.objects.bulk_create(posts)
    world.accounts = dict(zip(CAST, accounts, strict=True))
    world.posts = dict(zip(CAST, posts, strict=True))
    for key, one in CAST.items():
        if one.charge:
            world.posts[key].charge.set([world.unit(short) for short in one.charge])


def _second_posts(world: World) -> None:
    Post.objects.bulk_create(
        [
            Post(
                person=world.person("two_posts"),
                office=world.province,
                role=Role.INSPECTOR,
                title="Thanh tra viên kiêm nhiệm",
                position=9,
            ),
            Post(
                person=world.person("two_offices"),
                office=world.second_region,
                role=Role.CLERK,
                title="Văn thư biệt phái",
                position=9,
            ),
        ]
    )
    world.delegation = make_delegation(
        world.post("head_of_unit"), world.post("delegate"), "assign", "review_content"
    )


@pytest.fixture
def world(db: None) -> World:
    """The cast on the test's database."""
    return make_world()

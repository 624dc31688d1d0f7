"""Offices with their history, units, people, posts, accounts, certificates and a delegation."""

import json
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password

from vanthu.organisations.models import (
    Account,
    Delegation,
    Office,
    OfficeRules,
    Person,
    Post,
    Succession,
    Unit,
)
from vanthu.organisations.names import key_of, office_key
from vanthu.organisations.powers import DELEGABLE, POWERS_OF, Role
from vanthu_tools.demo.cast import PASSWORD, STAFFED, cast
from vanthu_tools.demo.clock import ZONE
from vanthu_tools.demo.ground import PREDECESSORS, ground
from vanthu_tools.demo.loading.ids import Ids, put
from vanthu_tools.demo.offices import offices
from vanthu_tools.demo.people import staff
from vanthu_tools.demo.plan import PER_KIND
from vanthu_tools.demo.specs import REORGANISED_ON, OfficeSpec, PostSpec, UnitSpec
from vanthu_tools.demo.units import FIELD_WORDS, short_name, units
from vanthu_tools.demo.writing import NAMES
from vanthu_tools.enrolment import enrol

BASIS = "Luật số 82/2025/QH15 sửa đổi Luật Tổ chức Viện kiểm sát nhân dân"
ROLES = {
    "clerk": Role.CLERK, "head": Role.HEAD, "deputy": Role.DEPUTY, "admin_head": Role.ADMINISTRATION_HEAD,
    "admin_deputy": Role.ADMINISTRATION_HEAD, "unit_head": Role.UNIT_HEAD, "unit_deputy": Role.UNIT_HEAD,
    "specialist": Role.SPECIALIST, "archivist": Role.ARCHIVIST, "administrator": Role.ADMINISTRATOR,
    "inspector": Role.INSPECTOR,
}  # fmt: skip
ORDER = (
    "head",
    "deputy",
    "admin_head",
    "unit_head",
    "admin_deputy",
    "unit_deputy",
    "clerk",
    "archivist",
    "specialist",
)
SECOND = 50
"""Where second posts stand: after every main post, so that a person signs in to the office of the main one."""

MATTERS = {
    "V1": "P1", "V4": "P1", "V2": "P2", "V3": "P3", "V6": "P3", "V7": "P7", "V8": "P8", "V9": "P9", "V10": "P10",
    "V11": "P11", "V12": "P12", "V15": "P15", "T1": "TTr",
}  # fmt: skip
"""Units of the Supreme Procuracy that do what a provincial unit does."""

HANDLING_DAYS = 12


def load_offices(ids: Ids) -> None:
    """Every office, its successions, and the rules of those whose books are loaded."""
    for level in range(5):
        rows = [spec for spec in offices() if depth(spec) == level]
        made = put(Office, (office_row(spec, ids) for spec in rows))
        ids.offices |= {spec.key: row for spec, row in zip(rows, made, strict=True)}
    put(
        Succession,
        (
            Succession(
                predecessor_id=ids.office(spec.key),
                successor_id=ids.office(spec.successor),
                on=REORGANISED_ON,
                basis=BASIS,
            )
            for spec in offices()
            if spec.successor
        ),
    )
    put(
        OfficeRules,
        (
            OfficeRules(
                office_id=ids.office(key),
                common_series=key not in PER_KIND,
                unit_in_symbol=key not in PER_KIND,
                handling_days=HANDLING_DAYS,
            )
            for key in (*STAFFED, *PREDECESSORS)
        ),
    )


def depth(spec: OfficeSpec) -> int:
    """How many offices stand above this one."""
    return 0 if spec.parent is None else 1 + depth(BY_KEY[spec.parent])


BY_KEY = {spec.key: spec for spec in offices()}


def office_row(spec: OfficeSpec, ids: Ids) -> Office:
    local = spec.level in {"province", "region", "district"}
    return Office(
        level=spec.level,
        parent=ids.offices[spec.parent] if spec.parent else None,
        name=spec.name,
        short_name=spec.short_name,
        code=spec.symbol,
        place=spec.place,
        province=ground(spec.key).name if local else "",
        identifier=spec.axis_code,
        search_key=office_key(spec.name, spec.short_name),
        valid_from_on=spec.valid_from,
        valid_to_on=spec.valid_to,
    )


def load_units(ids: Ids) -> None:
    """Units of today's offices, and of the predecessors whose books are loaded."""
    specs = [unit for unit in units() if BY_KEY[unit.office].valid_to is None or unit.office in PREDECESSORS]
    made = put(Unit, (unit_row(spec, ids) for spec in specs))
    ids.units = {spec.key: row for spec, row in zip(specs, made, strict=True)}


def unit_row(spec: UnitSpec, ids: Ids) -> Unit:
    office = BY_KEY[spec.office]
    words = FIELD_WORDS.get(spec.code, FIELD_WORDS.get(MATTERS.get(spec.code, ""), ""))
    return Unit(
        office_id=ids.office(spec.office),
        name=spec.name,
        short_name=short_name(spec),
        abbreviation=spec.code,
        position=spec.position,
        is_administration=spec.kind == "administration",
        field_words=", ".join(key_of(phrase) for phrase in words.split(",") if phrase.strip()),
        valid_from_on=office.valid_from,
        valid_to_on=office.valid_to,
    )


def load_people(ids: Ids) -> None:
    """People with their posts, the units in the charge of deputies, and accounts."""
    people = staff()
    made = put(
        Person,
        (
            Person(full_name=one.name, search_key=key_of(one.name), rank=one.rank, phone=account.phone)
            for one, account in zip(people.people, people.accounts, strict=True)
        ),
    )
    ids.people = {one.key: row for one, row in zip(people.people, made, strict=True)}
    posts = put(Post, (post_row(post, ids) for post in people.posts))
    pairs = list(zip(people.posts, posts, strict=True))
    ids.posts = {(post.person, post.office): row for post, row in pairs if post.main}
    through = Post.charge.through
    put(
        through,
        (through(post_id=row.pk, unit_id=ids.unit(key)) for post, row in pairs for key in post.charge),
    )
    load_accounts(ids)


def load_accounts(ids: Ids) -> None:
    """Accounts with one password, hashed once because hashing is slow on purpose; a few wait for their activation."""
    password = make_password(PASSWORD)
    activated = datetime(2025, 7, 3, 8, tzinfo=ZONE)
    accounts = put(
        Account,
        (
            Account(
                username=one.username,
                email=one.email,
                person=ids.people[one.person],
                password=password if one.active else make_password(None),
                activated_at=activated if one.active else None,
            )
            for one in staff().accounts
        ),
    )
    ids.accounts = {row.username: row.pk for row in accounts}


def post_row(post: PostSpec, ids: Ids) -> Post:
    place = ORDER.index(post.role) + 1 if post.role in ORDER else len(ORDER) + 1
    return Post(
        person=ids.people[post.person],
        office_id=ids.office(post.office),
        unit_id=ids.unit(post.unit),
        role=ROLES[post.role],
        title=post.title,
        position=place if post.main else SECOND,
        valid_from_on=REORGANISED_ON,
    )


def load_delegations(ids: Ids, moment: datetime) -> None:
    """Who is away today, and who stands in for them."""
    for one in staff().delegations:
        giver, receiver = ids.posts[one.giver, one.office], ids.posts[one.taker, one.office]
        Delegation.objects.create(
            giver=giver,
            receiver=receiver,
            powers=sorted(DELEGABLE & POWERS_OF[giver.role]),
            starts_at=moment + timedelta(days=one.from_days),
            ends_at=moment + timedelta(days=one.until_days),
            reason=one.reason,
        )


def load_certificates(ids: Ids) -> int:
    """A certificate of the test authority for everybody with a post and every staffed office."""
    office_of = {post.person: post.office for post in reversed(staff().posts)}
    people = [
        (row.pk, row.full_name, name_in_certificate(ids.offices[office_of[key]]))
        for key, row in ids.people.items()
    ]
    return enrol(people, [(ids.office(key), name_in_certificate(ids.offices[key])) for key in STAFFED])


def name_in_certificate(office: Office) -> str:
    """X.520 allows 64 letters, counted in bytes by the library."""
    return office.name if len(office.name.encode()) <= 64 else office.short_name


def write_cast() -> None:
    """Whom the sign-in page offers as buttons."""
    rows = [
        {"username": one.username, "name": NAMES[one.username], "role": one.label, "what": one.does}
        for one in cast()
    ]
    settings.DEMO_CAST.parent.mkdir(parents=True, exist_ok=True)
    settings.DEMO_CAST.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")

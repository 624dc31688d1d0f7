"""The offices, units, people and series of the benchmark into an empty database, and the files that papers share."""

from collections.abc import Iterable
from datetime import date, datetime
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Model

from vanthu.documents.models import Series
from vanthu.kernel.models import StoredFile
from vanthu.organisations.models import Account, Office, OfficeRules, Person, Post, Unit
from vanthu.organisations.names import key_of, office_key
from vanthu.organisations.powers import Role
from vanthu.practice.letter import Letter, pdf
from vanthu_tools.bench import sector as plan
from vanthu_tools.bench.outline import SeriesKey
from vanthu_tools.bench.receiving import HANDLING_DAYS
from vanthu_tools.bench.slices import Stored
from vanthu_tools.demo.bodies import paragraphs
from vanthu_tools.demo.cast import PASSWORD
from vanthu_tools.demo.clock import ZONE
from vanthu_tools.demo.filing.making import kept
from vanthu_tools.demo.units import FIELD_WORDS

BATCH = 2000
FOUNDED_ON = date(2015, 6, 1)
ACTIVATED_AT = datetime(2024, 1, 2, 8, tzinfo=ZONE)
LETTERS = (("CV", "VP"), ("BC", "P2"), ("KH", "P9"), ("TB", "P7"), ("QD", "P15"), ("KNG", "P8"))


@transaction.atomic
def settle(sector: plan.Sector, series: dict[SeriesKey, int]) -> None:
    """Write everything that is there before the first document; `series` are their last numbers."""
    put(Office, (_office(one) for one in sector.offices))
    put(OfficeRules, (_rules(one) for one in sector.offices))
    put(
        Unit,
        (_unit(one, office, place) for office in sector.offices for place, one in enumerate(office.units)),
    )
    everybody = [
        (person, office, unit, place)
        for office in sector.offices
        for place, (person, unit) in enumerate(office.people(), 1)
    ]
    put(
        Person,
        (Person(id=one.id, full_name=one.name, search_key=key_of(one.name)) for one, *_ in everybody),
    )
    put(Post, (_post(*one) for one in everybody))
    password = make_password(PASSWORD)
    put(Account, (_account(one, password) for one, *_ in everybody))
    put(Series, (_series(number, key, series[key]) for key, number in series_ids(series).items()))


def series_ids(keys: Iterable[SeriesKey]) -> dict[SeriesKey, int]:
    """The ids of the series; the same keys always give the same."""
    return {key: number for number, key in enumerate(sorted(keys), 1)}


def put[M: Model](model: type[M], rows: Iterable[M]) -> None:
    """Insert rows that know their ids."""
    model._default_manager.bulk_create(list(rows), batch_size=BATCH)


def _office(one: plan.Office) -> Office:
    spec = one.spec
    return Office(
        id=one.id,
        level=spec.level,
        parent_id=one.parent.id if one.parent else None,
        name=spec.name,
        short_name=spec.short_name.removesuffix(" (trước 01/7/2025)")[:80],
        code=spec.symbol,
        place=spec.place,
        province="" if one.writer in {"TC", "PT"} else one.province.name,
        identifier=spec.axis_code,
        search_key=office_key(spec.name, spec.short_name),
        valid_from_on=FOUNDED_ON,
    )


def _rules(one: plan.Office) -> OfficeRules:
    return OfficeRules(
        office_id=one.id,
        common_series=one.common_series,
        unit_in_symbol=one.spec.level == "province",
        handling_days=HANDLING_DAYS,
    )


def _unit(one: plan.Unit, office: plan.Office, place: int) -> Unit:
    words = [FIELD_WORDS.get(matter, "") for matter in one.takes]
    phrases = [key_of(phrase) for text in words for phrase in text.split(",") if phrase.strip()]
    return Unit(
        id=one.id,
        office_id=office.id,
        name=one.name,
        short_name=one.short_name,
        abbreviation=one.abbreviation,
        position=place,
        is_administration=one.administration,
        field_words=", ".join(phrases),
        valid_from_on=FOUNDED_ON,
    )


def _post(person: plan.Person, office: plan.Office, unit: plan.Unit | None, place: int) -> Post:
    return Post(
        id=person.id,
        person_id=person.id,
        office_id=office.id,
        unit_id=unit.id if unit else None,
        role=Role(person.role),
        title=person.title,
        position=min(place, 900),
        valid_from_on=FOUNDED_ON,
    )


def _account(person: plan.Person, password: str) -> Account:
    return Account(
        id=person.id,
        username=person.username,
        person_id=person.id,
        password=password,
        activated_at=ACTIVATED_AT,
    )


def _series(number: int, key: SeriesKey, last: int) -> Series:
    office, direction, scope, period = key
    return Series(id=number, office_id=office, direction=direction, scope=scope, period=period, last=last)


def shared_files(wanted: int) -> list[Stored]:
    """So many letters as real PDFs in the store; those that are there already count."""
    for number in range(StoredFile.objects.count(), wanted):
        kept(pdf(_letter(number)))
    found = StoredFile.objects.order_by("stored_at", "sha256")[:wanted]
    return [Stored(one.sha256, one.page_count or 1) for one in found]


def _letter(number: int) -> Letter:
    """A letter of one to several pages."""
    random = Random(number)
    kind, matter = LETTERS[number % len(LETTERS)]
    day, office = date(2026, 1 + number % 12, 15), "Viện kiểm sát nhân dân tỉnh Bắc Ninh"
    subject = f"Về việc thực hiện nhiệm vụ công tác kiểm sát, mẫu số {number + 1}"
    body = paragraphs(kind, matter, subject, office, day, random)
    return Letter(
        kind=kind,
        superior="Viện kiểm sát nhân dân tối cao",
        office=office,
        number=f"{number + 1:02d}",
        notation="VKS-VP",
        place="Bắc Ninh",
        day=day,
        subject=subject,
        recipients=("Viện kiểm sát nhân dân tối cao",),
        basis=(),
        body=body * (1 + number % 4),
        signing=("VIỆN TRƯỞNG",),
        signer="Vũ Đình Lâm",
        copies=(),
        archive="VT",
    )

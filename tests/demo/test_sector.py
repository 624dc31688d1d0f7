"""The offices, people and words of the demonstration sector."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from vanthu.documents.kinds import by_code
from vanthu.organisations.models import Level
from vanthu_tools.demo.bodies import paragraphs
from vanthu_tools.demo.cast import STAFFED, cast
from vanthu_tools.demo.ground import ground
from vanthu_tools.demo.names import AVOID
from vanthu_tools.demo.offices import by_key, offices
from vanthu_tools.demo.outside import BODIES
from vanthu_tools.demo.people import staff
from vanthu_tools.demo.subjects import patterns
from vanthu_tools.demo.subjects.words import Words
from vanthu_tools.demo.units import units


def test_the_sector_has_the_offices_of_the_law() -> None:
    today = Counter(office.level for office in offices() if office.valid_to is None)
    assert (today["supreme"], today["province"], today["region"]) == (1, 34, 355)
    former = Counter(office.level for office in offices() if office.valid_to is not None)
    assert (former["province"], former["high"]) == (63, 3)
    assert 680 <= former["district"] <= 710


def test_every_former_office_has_a_successor_of_today() -> None:
    for office in offices():
        if office.valid_to is not None:
            assert by_key()[office.successor or ""].valid_to is None, office.short_name


def test_parents_stand_before_their_offices_and_names_are_unique() -> None:
    seen: set[str] = set()
    for office in offices():
        assert office.parent is None or office.parent in seen, office.key
        seen.add(office.key)
    assert len({office.short_name for office in offices()}) == len(offices())


def test_levels_are_those_of_the_product() -> None:
    assert {office.level for office in offices()} <= set(Level.values)


def test_about_four_hundred_people_have_accounts_of_their_own() -> None:
    people = staff()
    assert 370 <= len(people.accounts) <= 430
    assert len({account.username for account in people.accounts}) == len(people.accounts)
    assert not {person.name for person in people.people} & AVOID
    assert {post.office for post in people.posts} == set(STAFFED)


@pytest.mark.parametrize("office", STAFFED)
def test_a_staffed_office_has_who_it_needs(office: str) -> None:
    roles = Counter(post.role for post in staff().of(office))
    assert roles["head"] == 1
    assert roles["clerk"] >= 1
    assert roles["deputy"] >= 1
    assert roles["specialist"] >= 3


def test_the_cast_signs_in_with_short_names() -> None:
    accounts = {account.username for account in staff().accounts if account.active}
    assert {member.username for member in cast()} <= accounts
    assert all(len(member.username) <= 16 for member in cast())


def test_somebody_holds_posts_in_two_offices_and_somebody_is_away() -> None:
    offices_of: dict[str, set[str]] = {}
    for post in staff().posts:
        offices_of.setdefault(post.person, set()).add(post.office)
    assert any(len(found) == 2 for found in offices_of.values())
    assert staff().delegations


def test_units_have_one_code_each_in_their_office() -> None:
    pairs = [(unit.office, unit.code) for unit in units()]
    assert len(set(pairs)) == len(pairs)


def test_there_are_more_than_three_hundred_things_to_write_about() -> None:
    assert len({pattern.text for pattern in patterns()}) >= 400
    for pattern in patterns():
        assert by_code(pattern.kind)
        assert set(pattern.writers) <= {"TC", "PT", "T", "KV", *BODIES}


def test_every_pattern_reads_whole_and_has_a_text() -> None:
    day = date(2026, 11, 12)
    for number, pattern in enumerate(patterns()):
        random = Random(number)
        subject = pattern.text.format_map(Words(random, ground("bac_ninh"), day, ("Lê Văn An",)))
        assert "{" not in subject
        assert len(subject) < 400
        body = paragraphs(pattern.kind, pattern.unit, subject, "Viện kiểm sát", day, random)
        assert len(body) >= 3
        assert not any("{" in line for line in body)

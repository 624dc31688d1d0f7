"""Going to practise: a furnished room, the powers of a part, the real person's name, and rooms that are made ahead."""

from datetime import timedelta

import pytest
from django.core.cache import caches

from tests.cast import World
from tests.practice.rooms import make_entered, playing
from vanthu.documents import actions as documents
from vanthu.documents.models import IncomingEntry
from vanthu.dossiers import archiving
from vanthu.dossiers.models import Dossier
from vanthu.dossiers.queries import documents_inside as inside
from vanthu.issuing.models import Draft
from vanthu.kernel.calendar import today
from vanthu.kernel.models import LedgerEntry
from vanthu.kernel.refusals import NotAllowed
from vanthu.organisations import practice
from vanthu.organisations.models import Office, Post
from vanthu.organisations.practice_models import PracticeRoom
from vanthu.practice import actions, jobs, papers

pytestmark = pytest.mark.django_db


def test_whoever_enters_acts_with_the_powers_of_the_part_under_their_own_name(world: World) -> None:
    sector = make_entered(world)
    by = playing(world, sector, "clerk")
    assert by.may("register")
    assert not world.actor("specialist").may("register")
    assert (by.name, by.title) == ("Lê Quang Khải", "Văn thư (thực hành)")
    entry = IncomingEntry.objects.filter(office=by.office, state="waiting").earliest("pk")
    documents.receive(entry.pk, by=by)
    done = LedgerEntry.objects.get(verb="documents.registered", item_id=entry.pk)
    assert done.account_id == world.account("specialist").pk
    noted = LedgerEntry.objects.get(verb="organisations.practice_entered")
    assert (noted.office_id, noted.account_id) == (world.province.pk, done.account_id)


def test_something_lies_ready_at_every_step(world: World) -> None:
    sector = make_entered(world)
    office = sector.offices["province"]
    states = IncomingEntry.objects.filter(office=office).values_list("state", flat=True)
    assert sorted(states) == ["directed"] * 2 + ["done"] * 2 + ["presented"] * 2 + ["waiting"] * 5
    dossier = Dossier.objects.get(office=office)
    archivist = playing(world, sector, "archivist")
    assert [one.kind for one in inside(dossier.pk)] == ["in", "in"]
    assert archiving.accept(dossier.pk, by=archivist).state == "accepted"
    drafts = Draft.objects.filter(office=office).values_list("state", flat=True)
    assert sorted(drafts) == ["approval", "content", "drafting", "form"]


def test_a_room_is_kept_all_day_and_furnished_once(world: World) -> None:
    by = world.actor("specialist")
    first = actions.enter(None, by=by)
    jobs.furnish(PracticeRoom.objects.get().pk)
    jobs.furnish(PracticeRoom.objects.get().pk)
    assert actions.enter(None, by=by) == first
    assert Draft.objects.count() == 4


def test_colleagues_share_a_room_by_its_number_and_others_cannot_enter_it(world: World) -> None:
    sector = make_entered(world, "specialist", number=3)
    assert actions.enter(3, by=world.actor("neighbour")) == sector.posts["clerk"].pk
    assert playing(world, sector, "head", "neighbour").may("direct")
    own = make_entered(world, "specialist")
    for stranger, closed in (("region_clerk", sector), ("neighbour", own)):
        with pytest.raises(practice.PracticeOver):
            playing(world, closed, "clerk", stranger)
    assert actions.enter(3, by=world.actor("region_clerk")) != sector.posts["clerk"].pk


def test_whoever_practises_does_not_enter_once_more(world: World) -> None:
    by = playing(world, make_entered(world), "head")
    with pytest.raises(NotAllowed, match="đang thực hành"):
        actions.enter(None, by=by)


def test_the_night_makes_as_many_rooms_as_were_wanted_and_day_replaces_what_is_taken(world: World) -> None:
    before = today() - timedelta(days=2)
    PracticeRoom.objects.bulk_create(
        PracticeRoom(on=before, home=world.province, number=number, taken_at=practice.now())
        for number in range(1, 8)
    )
    assert practice.busiest() == 7
    spare = actions.make_room(today())
    assert actions.missing(7) == 6
    actions.enter(None, by=world.actor("clerk"))
    spare.refresh_from_db()
    assert spare.owner_id == world.account("clerk").pk
    assert actions.missing(1) == 1
    jobs.make_one(day=before.isoformat(), wanted=1)  # of a day that is over
    assert actions.missing(1) == 1
    jobs.make_one(day=today().isoformat(), wanted=1)
    assert actions.missing(1) == 0


def test_files_are_made_once_a_day_and_given_up_after_it(world: World) -> None:
    pack = papers.files_of(today())
    assert papers.files_of(today()) == pack
    papers.give_up_before(today() + timedelta(days=1))
    held = papers.file_queries.attachments(papers.OWNER, [today().toordinal()])
    assert not held.get(today().toordinal())


def test_after_midnight_nobody_is_in_the_room_any_more(world: World) -> None:
    sector = make_entered(world)
    yesterday = today() - timedelta(days=1)
    PracticeRoom.objects.update(on=yesterday)
    Office.objects.exclude(room=None).update(valid_from_on=yesterday, valid_to_on=yesterday)
    Post.objects.exclude(office__room=None).update(valid_from_on=yesterday, valid_to_on=yesterday)
    caches["actors"].clear()
    with pytest.raises(practice.PracticeOver, match="nửa đêm"):
        playing(world, sector, "clerk")
    assert practice.taken(None, by=world.actor("specialist")) is None

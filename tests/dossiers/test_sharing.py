"""A dossier is shown to people and units, to read or to contribute, until a day; the archive takes or returns it."""

from datetime import timedelta

import pytest

from tests.cast import World
from tests.entries import make_assigned, make_registered, person, unit
from vanthu.documents import queries as documents
from vanthu.dossiers import actions, archiving, jobs, queries, sharing
from vanthu.dossiers.models import Dossier, Share
from vanthu.kernel import ledger, participants
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound

REASON = "Văn bản giấy nộp kèm theo hồ sơ"


def make_filled(world: World) -> tuple[Dossier, Item]:
    by = world.actor("specialist")
    dossier = actions.open_dossier("Hồ sơ kiểm tra công tác văn thư", retention_years=10, by=by)
    item = Item("in", make_assigned(world).pk)
    actions.put_in(dossier.pk, item, by=by)
    return dossier, item


def test_a_reader_sees_the_dossier_and_its_documents_and_puts_nothing_in(world: World) -> None:
    dossier, item = make_filled(world)
    reader = world.actor("neighbour")
    with pytest.raises(NotFound):
        queries.dossier(dossier.pk, reader)
    sharing.share(dossier.pk, person(world, "neighbour"), by=world.actor("specialist"))
    assert queries.dossier(dossier.pk, reader).dossier == dossier
    assert documents.incoming(item.id, reader).sight.files
    with pytest.raises(NotAllowed, match="chỉ được xem"):
        actions.put_in(dossier.pk, item, by=reader)
    with pytest.raises(NotAllowed):
        actions.close(dossier.pk, by=reader)
    last = ledger.last_act(dossier)
    assert last is not None
    assert last.note == "chia sẻ hồ sơ cho Cao Thị Diệu Linh xem"
    with pytest.raises(Invalid, match="đã xem được"):
        sharing.share(dossier.pk, person(world, "neighbour"), by=world.actor("specialist"))


def test_a_contributor_puts_in_and_later_documents_are_seen_too(world: World) -> None:
    dossier, _ = make_filled(world)
    by = world.actor("specialist")
    sharing.share(dossier.pk, unit(world, "P2"), contribute=True, by=by)
    head = world.actor("head_of_neighbour")
    later = make_assigned(world)
    actions.put_in(dossier.pk, Item("in", later.pk), by=by)
    assert documents.incoming(later.pk, head).entry == later
    own = actions.open_dossier("Hồ sơ của phòng hai tự lập", by=head)
    assert own.notation == "01.P2"
    registered = make_registered(world)
    participants.include(
        Item("in", registered.pk), unit(world, "P2"), office_id=world.province.pk, role="lead", state="done",
        at=registered.arrived_at,
    )  # fmt: skip
    assert actions.put_in(dossier.pk, Item("in", registered.pk), by=head).ordinal == 3


def test_restricted_documents_stay_hidden_and_what_one_saw_before_stays(world: World) -> None:
    by = world.actor("clerk")
    dossier = actions.open_dossier("Hồ sơ có văn bản hạn chế", by=by)
    secret, plain = make_registered(world, restricted=True), make_registered(world)
    own = make_assigned(world)
    for entry in (secret, plain, own):
        actions.put_in(dossier.pk, Item("in", entry.pk), by=by)
    given = sharing.share(dossier.pk, person(world, "specialist"), by=by)
    reader = world.actor("specialist")
    assert documents.incoming(plain.pk, reader).entry == plain
    with pytest.raises(NotFound):
        documents.incoming(secret.pk, reader)
    sharing.unshare(dossier.pk, given.pk, by=by)
    with pytest.raises(NotFound):
        documents.incoming(plain.pk, reader)
    assert documents.incoming(own.pk, reader).sight.state_for(person(world, "specialist")) == "to_do"


def test_a_share_ends_after_its_last_day(world: World) -> None:
    dossier, item = make_filled(world)
    by, reader = world.actor("specialist"), world.actor("neighbour")
    with pytest.raises(Invalid, match="từ hôm nay"):
        sharing.share(dossier.pk, person(world, "neighbour"), until_on=today() - timedelta(days=1), by=by)
    given = sharing.share(dossier.pk, person(world, "neighbour"), until_on=today(), by=by)
    jobs.end_shares()
    assert queries.dossier(dossier.pk, reader).dossier == dossier
    Share.objects.filter(pk=given.pk).update(until_on=today() - timedelta(days=1))
    jobs.end_shares()
    for look in (lambda: queries.dossier(dossier.pk, reader), lambda: documents.incoming(item.id, reader)):
        with pytest.raises(NotFound):
            look()
    assert sharing.end_due() == 0


def test_only_the_keeper_shares_and_only_inside_the_office(world: World) -> None:
    dossier, _ = make_filled(world)
    with pytest.raises(NotAllowed):
        sharing.share(dossier.pk, person(world, "neighbour"), by=world.actor("clerk"))
    with pytest.raises(NotFound):
        sharing.share(dossier.pk, person(world, "region_specialist"), by=world.actor("specialist"))


def test_the_archivist_accepts_and_then_nobody_changes_it(world: World) -> None:
    dossier, _ = make_filled(world)
    by, archivist = world.actor("specialist"), world.actor("archivist")
    actions.close(dossier.pk, reason=REASON, by=by)
    archiving.hand_over(dossier.pk, by=by)
    with pytest.raises(NotAllowed):
        archiving.accept(dossier.pk, by=by)
    assert archiving.accept(dossier.pk, by=archivist).state == "accepted"
    for act in (actions.reopen, archiving.hand_over):
        with pytest.raises(Conflict):
            act(dossier.pk, by=by)
    with pytest.raises(Conflict):
        archiving.give_back(dossier.pk, "Thiếu mục lục văn bản", by=archivist)
    with pytest.raises(Conflict, match="đã nộp lưu"):
        sharing.share(dossier.pk, person(world, "neighbour"), by=by)


def test_what_is_given_back_says_why_and_leaves_the_archives_sight(world: World) -> None:
    dossier, item = make_filled(world)
    by, archivist = world.actor("specialist"), world.actor("archivist")
    actions.close(dossier.pk, reason=REASON, by=by)
    archiving.hand_over(dossier.pk, by=by)
    with pytest.raises(Invalid, match="phải bổ sung"):
        archiving.give_back(dossier.pk, "thiếu", by=archivist)
    archiving.give_back(dossier.pk, "Bổ sung bản quét của văn bản thứ 1", by=archivist)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.returned_reason) == ("closed", "Bổ sung bản quét của văn bản thứ 1")
    for look in (
        lambda: queries.dossier(dossier.pk, archivist),
        lambda: documents.incoming(item.id, archivist),
    ):
        with pytest.raises(NotFound):
            look()
    actions.reopen(dossier.pk, by=by)
    assert actions.close(dossier.pk, reason=REASON, by=by).returned_reason == ""

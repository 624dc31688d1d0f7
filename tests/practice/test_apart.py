"""Nothing leaves a room of practice, nothing comes in, and nothing of it counts."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.browser.papers import scan
from tests.cast import World
from tests.entries import make_delivered, make_registered
from tests.practice.rooms import make_entered, playing
from vanthu.calendar import feeds
from vanthu.documents import actions as documents
from vanthu.documents import inventing, proof, receiving
from vanthu.documents.models import Document, IncomingEntry, OutgoingEntry, Series
from vanthu.documents.receiving import RightPlace
from vanthu.exchange.models import Delivery
from vanthu.issuing import actions as issuing
from vanthu.issuing import conversion, cosigning, saga, versions
from vanthu.issuing.models import Draft, Version
from vanthu.kernel import kept
from vanthu.kernel.files import actions as files
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Invalid, NotAllowed
from vanthu.organisations import directory, mail, tokens_actions
from vanthu.organisations import queries as organisations
from vanthu.organisations.practice_sector import Sector

pytestmark = pytest.mark.django_db


@pytest.fixture
def sector(world: World) -> Sector:
    return make_entered(world)


def outline(sector: Sector, *office_ids: int) -> Any:
    return issuing.Outline(
        kind="CV", subject="Về việc tập phát hành văn bản", signer_id=sector.posts["head"].pk,
        office_ids=office_ids,
    )  # fmt: skip


def test_a_draft_of_practice_goes_to_offices_of_its_room_only(world: World, sector: Sector) -> None:
    by = playing(world, sector, "specialist")
    other = make_entered(world, "clerk")
    for office in (world.region, other.offices["region"]):
        with pytest.raises(Invalid) as refused:
            issuing.start(outline(sector, office.pk), from_template=False, by=by)
        assert "phòng thực hành" in refused.value.fields["recipients"]
    assert issuing.start(outline(sector, sector.offices["region"].pk), from_template=False, by=by)


def test_a_real_draft_goes_to_real_offices_only(world: World, sector: Sector) -> None:
    real = issuing.Outline(
        kind="CV", subject="Về việc kiểm tra văn thư", signer_id=world.post("head").pk,
        office_ids=[sector.offices["region"].pk],
    )  # fmt: skip
    with pytest.raises(Invalid):
        issuing.start(real, from_template=False, by=world.actor("specialist"))


def test_a_misdirected_document_is_passed_on_inside_its_world(world: World, sector: Sector) -> None:
    clerk = playing(world, sector, "clerk")
    entry = IncomingEntry.objects.filter(office=clerk.office, state="waiting").earliest("pk")
    out = RightPlace(office_id=world.region.pk, note="thuộc thẩm quyền khu vực")
    with pytest.raises(Invalid):
        receiving.pass_on(entry.pk, out, by=clerk)
    into = RightPlace(office_id=sector.offices["region"].pk, note="thuộc thẩm quyền khu vực")
    with pytest.raises(Invalid):
        receiving.pass_on(make_delivered(world).pk, into, by=world.actor("clerk"))
    receiving.pass_on(entry.pk, into, by=clerk)
    assert IncomingEntry.objects.filter(office=sector.offices["region"], document=entry.document_id).exists()


def test_a_real_leader_is_not_asked_to_sign_what_is_practised(world: World, sector: Sector) -> None:
    by = playing(world, sector, "specialist")
    draft = Draft.objects.get(office=by.office, state="drafting")
    with pytest.raises(Invalid):
        cosigning.add_joint(draft.pk, world.supreme.pk, by=by)


def test_the_database_refuses_a_delivery_between_worlds(world: World, sector: Sector) -> None:
    entry = Document.objects.filter(entered_by_office__room__isnull=False).earliest("pk")
    series = Series.objects.filter(office=sector.offices["province"]).earliest("pk")
    sent = OutgoingEntry.objects.create(
        office=sector.offices["province"], document=entry, series=series, number=1, state="numbered",
        numbered_at=entry.created_at,
    )  # fmt: skip
    row = {"document": entry, "outgoing": sent, "to_name": "x", "state": "queued", "position": 0}
    times = {"queued_at": entry.created_at, "changed_at": entry.created_at}
    with pytest.raises(IntegrityError, match="room of practice"), transaction.atomic():
        Delivery.objects.create(
            from_office=sector.offices["province"], to_office=world.region, **row, **times
        )
    assert Delivery.objects.create(
        from_office=sector.offices["province"], to_office=sector.offices["region"], **row, **times
    )


def test_invented_documents_never_lie_in_a_real_inbox(world: World, sector: Sector) -> None:
    paper: Any = None
    with pytest.raises(NotAllowed):
        inventing.deliver(paper, to=world.actor("clerk"))


def test_what_would_leave_is_refused(world: World, sector: Sector) -> None:
    by = playing(world, sector, "specialist")
    for act in (
        lambda: tokens_actions.make_own("Đồng bộ", ["read"], None, by=by),
        lambda: feeds.make(by=by),
        lambda: mail.keep_digest("a@vks.gov.vn", "daily", by=by),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not by.may("connect")


def test_lists_of_offices_know_only_their_own_world(world: World, sector: Sector) -> None:
    room = sector.offices["region"].room_id
    assert directory.suggest_offices("thuc hanh") == []
    assert {one.pk for one in directory.suggest_offices("", room_id=room)} == {
        one.pk for one in sector.offices.values()
    }
    assert directory.offices("thuc hanh") == []
    name = sector.offices["region"].name
    assert organisations.find_office_by_name(name) is None
    assert organisations.find_office_by_name(name, room_id=room) == sector.offices["region"]
    assert organisations.office_with_folder(str(sector.offices["region"].pk)) is None


def test_real_books_and_the_nightly_proof_do_not_know_practice(world: World, sector: Sector) -> None:
    before = make_registered(world).arrival_number or 0
    clerk = playing(world, sector, "clerk")
    for entry in IncomingEntry.objects.filter(office=clerk.office, state="waiting"):
        documents.receive(entry.pk, by=clerk)
    assert make_registered(world).arrival_number == before + 1
    Series.objects.filter(office=clerk.office).update(last=99)  # a gap that would be told
    assert proof.check() == []
    real = Series.objects.filter(office__room=None).count()
    assert proof.prove().books == real < Series.objects.count()


def test_what_is_typed_in_practice_is_not_offered_outside(world: World, sector: Sector) -> None:
    by, real = playing(world, sector, "specialist"), world.actor("specialist")
    kept.keep("/incoming/register", [("subject", "Tập")], by=by)
    assert kept.kept("/incoming/register", by=real) is None
    assert kept.kept("/incoming/register", by=by) is not None


def test_signing_sealing_and_issuing_are_practised_with_keys_of_no_value(
    world: World, sector: Sector
) -> None:
    head, clerk = playing(world, sector, "head"), playing(world, sector, "clerk")
    draft = Draft.objects.get(office=head.office, state="approval")
    run_jobs()
    saga.sign(draft.pk, by=head)
    saga.number(draft.pk, by=clerk)
    run_jobs()
    draft.refresh_from_db()
    assert draft.state == "issued"
    arrived = IncomingEntry.objects.filter(
        office=sector.offices["region"],
        document=draft.outgoing.document_id,  # type: ignore[union-attr]
    ).get()
    assert arrived.signature_verdict in ("invalid", "unknown")  # nobody trusts what is practised
    assert set(Delivery.objects.values_list("to_office__room", flat=True)) == {head.room_id}


def test_a_pdf_brought_in_practice_goes_on_with_the_mark(
    world: World, sector: Sector, tmp_path: Path
) -> None:
    by = playing(world, sector, "specialist")
    draft = issuing.start(outline(sector, sector.offices["region"].pk), from_template=False, by=by)
    with scan(tmp_path / "du-thao.pdf").open("rb") as stream:
        upload = files.stage(stream, "du-thao.pdf", by=by)
    version = versions.add_version(draft.pk, upload.pk, by=by)
    conversion.convert_version(version.pk)
    version.refresh_from_db()
    assert version.pdf_id != version.source_id
    assert "VĂN BẢN THỰC HÀNH - KHÔNG CÓ GIÁ TRỊ" in version.text
    ready = Version.objects.filter(draft__office=by.office, draft__state="drafting").earliest("pk")
    conversion.convert_version(ready.pk)
    ready.refresh_from_db()
    assert ready.pdf_id == ready.source_id  # it says so already

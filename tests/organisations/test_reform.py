"""The reform of 1 July 2025 rehearsed: four levels become three, in the middle of the work.

Two district procuracies of Bắc Ninh are joined into a new regional one, a third goes to a region that exists already,
the high procuracy of Hà Nội becomes the appellate one, and a province that ended gives its unit to another.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.cast import World, account_of, actor_of, make_office, make_person, make_unit
from tests.entries import arrival
from tests.left_behind import left_behind
from vanthu.documents import actions as documents
from vanthu.documents import book_lines, closing, outgoing, proof
from vanthu.documents import queries as document_queries
from vanthu.documents.models import IncomingEntry, OutgoingEntry, Series
from vanthu.documents.series_models import BookClosing
from vanthu.dossiers import actions as dossiers
from vanthu.dossiers import archiving, handing_over, sharing
from vanthu.dossiers import queries as dossier_queries
from vanthu.dossiers.models import Dossier
from vanthu.exchange import actions as exchange
from vanthu.exchange.models import Delivery
from vanthu.issuing import actions as issuing
from vanthu.issuing.models import Draft
from vanthu.kernel import ledger, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.models import LedgerEntry, Participant
from vanthu.kernel.participants import Item, Owner
from vanthu.organisations import carrying, change_queries, changing, jobs, queries
from vanthu.organisations.change_models import Change
from vanthu.organisations.change_states import ChangeKind
from vanthu.organisations.changing import Heir, Wish
from vanthu.organisations.models import Level, Office, Post
from vanthu.organisations.powers import Role
from vanthu.search import queries as search
from vanthu.tasks import actions as tasks
from vanthu.tasks import matters
from vanthu.tasks.models import Task

EVE = datetime(2025, 6, 30, 3, tzinfo=UTC)  # ten in the morning in Hà Nội
MIDNIGHT = datetime(2025, 6, 30, 17, 0, 5, tzinfo=UTC)
DAY = date(2025, 7, 1)
BASIS = "82/2025/QH15"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moment that it is; the first element."""
    moment = [EVE]

    def tick() -> datetime:
        moment[0] += timedelta(milliseconds=1)
        return moment[0]

    monkeypatch.setattr("django.utils.timezone.now", tick)
    return moment


class District:
    """A district procuracy with a head, a clerk and a specialist, and work in every state."""

    def __init__(self, name: str, code: str, parent: Office) -> None:
        self.office = make_office(
            Level.DISTRICT, parent=parent, name=f"Viện kiểm sát nhân dân huyện {name}",
            short_name=f"VKSND huyện {name}", code=code,
        )  # fmt: skip
        self.head = make_person(
            self.office, Role.HEAD, title="Viện trưởng", position=1, name=f"Trần Văn {name}"
        )
        self.clerk = make_person(self.office, Role.CLERK, title="Văn thư", name=f"Lê Thị {name}")
        self.specialist = make_person(self.office, title="Kiểm sát viên", name=f"Ngô Quang {name}")

    @property
    def by(self) -> Actor:
        """The clerk."""
        return actor_of(self.clerk)

    def busy(self, world: World) -> None:
        """One entry waits, one is in the book, one is presented, one is handled, one is done; a reply is drafted."""
        self.waiting = _sent(world, self.office)
        self.registered = documents.register(arrival(), by=self.by)
        presented = documents.register(arrival(), by=self.by)
        self.presented = documents.present(presented.pk, self.head.person_id, by=self.by)
        self.handled = self._directed()
        self.done = documents.register(arrival(issuer_name=self.office.name, notation="ABC"), by=self.by)
        documents.close(self.done, "Lưu để theo dõi", by=actor_of(self.head))
        lead = Owner("p", self.specialist.person_id)
        self.matter = matters.give(
            matters.Order(title="Rà soát án tạm đình chỉ sáu tháng đầu năm", lead=lead),
            by=actor_of(self.head),
        )
        self.dossier = dossiers.open_dossier(
            "Kiểm sát việc tạm giữ, tạm giam năm 2025", by=actor_of(self.specialist)
        )
        self.closed = self._closed()
        self.draft = issuing.start(
            issuing.Outline(kind="CV", subject="Báo cáo kết quả công tác sáu tháng", signer_id=self.head.pk,
                            others=["Công an tỉnh Bắc Ninh"]),
            replies_to=self.handled.pk, by=actor_of(self.specialist), from_template=False,
        )  # fmt: skip
        self.issued = outgoing.issue(_numbered(self.office, self.by), by=self.by)

    def _closed(self) -> Dossier:
        """A dossier that was closed and is not handed over yet."""
        made = dossiers.open_dossier(
            "Kiểm sát việc thi hành án dân sự năm 2024", retention_years=10, by=actor_of(self.specialist)
        )
        dossiers.put_in(made.pk, Item("in", self.handled.pk), by=actor_of(self.specialist))
        return dossiers.close(made.pk, reason="Văn bản giấy nộp kèm theo hồ sơ", by=actor_of(self.specialist))

    def _directed(self) -> IncomingEntry:
        entry = documents.register(arrival(), by=self.by)
        documents.present(entry.pk, self.head.person_id, by=self.by)
        order = tasks.Direction(text="Giải quyết", lead=Owner("p", self.specialist.person_id))
        tasks.direct(entry.pk, order, by=actor_of(self.head))
        return entry


def _numbered(office: Office, by: Actor) -> OutgoingEntry:
    departure = outgoing.Departure(
        kind="CV", notation=f"{office.code}-VP", issuer_name=office.name, signer_name="Đào Trọng Khánh",
        signer_title="Viện trưởng", subject=f"Báo cáo thống kê của {office.short_name}",
    )  # fmt: skip
    return outgoing.number(departure, owners=[], by=by)


def _sent(world: World, *offices: Office) -> Delivery:
    """A document of the Supreme Procuracy on its way to these offices; the first one's delivery."""
    by = world.actor("supreme_clerk")
    made = _numbered(world.supreme, by)
    outgoing.issue(made, by=by)
    return exchange.send(made, [(one.pk, one.name) for one in offices], by=by)[0]


@pytest.fixture
def sector(world: World, clock: list[datetime]) -> "Sector":
    return Sector(world)


class Sector:
    """Bắc Giang and Bắc Ninh with districts, and the high procuracy, on the eve of the reform."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.administrator = make_person(world.supreme, Role.ADMINISTRATOR, name="Lý Thị Quản Trị")
        self.old = self._province("Hà Bắc Thượng", "VKSHBT")
        self.new = self._province("Hà Bắc", "VKSHB")
        self.unit = make_unit(self.old, "P1")
        self.new_unit = make_unit(self.new, "P1")
        self.head_of_unit = make_person(self.old, Role.UNIT_HEAD, unit=self.unit, title="Trưởng phòng")
        self.districts = [
            District(name, code, self.old) for name, code in (("Đông Sơn", "VKSDS"), ("Tây Hà", "VKSTH"))
        ]
        self.high = make_office(
            Level.HIGH, parent=world.supreme, name="Viện kiểm sát nhân dân cấp cao tại Hà Nội",
            short_name="VKSND cấp cao tại Hà Nội", code="VKSCCHN",
        )  # fmt: skip
        make_person(self.high, Role.CLERK, title="Văn thư")
        for district in self.districts:
            district.busy(world)
        run_jobs(ahead=60)  # deliveries arrive, rows of search are written

    def _province(self, name: str, code: str) -> Office:
        office = make_office(
            Level.PROVINCE, parent=self.world.supreme, name=f"Viện kiểm sát nhân dân tỉnh {name}",
            short_name=f"VKSND tỉnh {name}", code=code,
        )  # fmt: skip
        make_person(office, Role.HEAD, title="Viện trưởng", position=1)
        return office

    @property
    def by(self) -> Actor:
        return actor_of(self.administrator)

    def plan(self) -> list[Change]:
        """The three changes of the day; the region is planned before the province that it is to stand below."""
        region = Heir(
            name="Viện kiểm sát nhân dân khu vực 33 - Hà Bắc", short_name="VKSND khu vực 33", code="VKSKV33",
            level=Level.REGION, parent_id=self.new.pk, head_id=self.districts[1].head.person_id,
        )  # fmt: skip
        appellate = Heir(
            name="Viện Công tố và Kiểm sát xét xử phúc thẩm tại Hà Nội", short_name="Viện phúc thẩm Hà Nội",
            code="VPTHN", level=Level.APPELLATE, parent_id=self.world.supreme.pk, goes_on=True,
        )  # fmt: skip
        districts = [one.office.pk for one in self.districts]
        return [
            self._planned(ChangeKind.MERGE, districts, region),
            self._planned(ChangeKind.MERGE, [self.old.pk], Heir(existing_id=self.new.pk)),
            self._planned(ChangeKind.DISSOLVE, [self.high.pk], appellate),
        ]

    def _planned(self, kind: str, offices: list[int], heir: Heir) -> Change:
        wish = Wish(kind, False, DAY, BASIS, date(2025, 6, 27), offices, [heir])
        return changing.plan(wish, by=self.by)

    @property
    def region(self) -> Office:
        return Office.objects.get(code="VKSKV33")

    def ended(self) -> list[int]:
        return [self.old.pk, self.high.pk, *(one.office.pk for one in self.districts)]


def _reform(clock: list[datetime]) -> None:
    clock[0] = max(MIDNIGHT, clock[0])
    jobs.begin_changes()
    run_jobs(ahead=60)


def test_nothing_open_stays_with_an_office_that_ended(sector: Sector, clock: list[datetime]) -> None:
    sector.plan()
    assert queries.office(sector.old.pk).valid_to_on is None  # nothing before its day
    assert left_behind(sector.ended())["entries"] == 8
    _reform(clock)
    assert set(Change.objects.values_list("state", flat=True)) == {"done"}
    ended = sector.ended()
    assert left_behind(ended) == {}
    assert not Draft.objects.filter(office__in=ended).exists()
    assert not Participant.objects.filter(owner_kind="o", owner_id__in=ended, pending=True).exists()
    moved = IncomingEntry.objects.filter(office=sector.region.pk)
    assert moved.count() == 8  # four open ones of each district; what was done stays where it was
    assert {one.done.office_id for one in sector.districts} == {one.office.pk for one in sector.districts}


def test_people_go_on_with_their_accounts_and_their_work(sector: Sector, clock: list[datetime]) -> None:
    sector.plan()
    _reform(clock)
    first, second = sector.districts
    posts = queries.valid_posts(office_id=sector.region.pk)
    heads = [post for post in posts if post.role == Role.HEAD]
    assert [post.person_id for post in heads] == [second.head.person_id]
    assert next(post for post in posts if post.person_id == first.head.person_id).role == Role.DEPUTY
    by = queries.actor_for(account_of(first.specialist))
    assert by.office_id == sector.region.pk
    task = Task.objects.get(source_kind="in", source_id=first.handled.pk)
    assert (task.person_id, task.office_id) == (first.specialist.person_id, sector.region.pk)
    tasks.finish(first.handled.pk, "Đã giải quyết xong vụ việc", by=by)
    clerk = queries.actor_for(account_of(first.clerk))
    head = second.head.person_id
    documents.present(first.registered.pk, head, by=clerk)
    received = documents.receive(_entry(first).pk, by=clerk)
    assert (received.arrival_number, received.series.office_id) == (1, sector.region.pk)  # type: ignore[union-attr]
    draft = Draft.objects.get(pk=first.draft.pk)
    assert draft.notation.startswith("VKSKV33")
    chief = queries.actor_for(account_of(sector.head_of_unit))
    assert (chief.office_id, chief.unit_ids) == (sector.new.pk, (sector.new_unit.pk,))


def _entry(district: District) -> IncomingEntry:
    delivery = Delivery.objects.get(pk=district.waiting.pk)
    assert delivery.entry is not None
    return delivery.entry


def test_books_are_closed_with_a_certificate_and_continuous(sector: Sector, clock: list[datetime]) -> None:
    high = actor_of(Post.objects.get(office=sector.high))
    documents.register(arrival(), by=high)
    sector.plan()
    _reform(clock)
    books = Series.objects.filter(office__in=sector.ended())
    assert books.count() == 5  # two of each district, one of the high procuracy
    assert {book.closed_on for book in books} == {DAY}
    certified = BookClosing.objects.get(series__office=sector.districts[0].office, series__direction="in")
    assert (certified.first, certified.last, certified.documents) == (1, 4, 4)
    assert BASIS in certified.reason
    assert certified.closed_by.startswith("Lý Thị Quản Trị")
    assert proof.check() == []
    here = queries.actor_for(account_of(sector.districts[0].clerk))
    shelf = [one.series.pk for one in closing.shelf(here)]
    assert certified.series_id in shelf  # who took over prints the old book too
    lines = list(book_lines.incoming_book(here, DAY, DAY, series_id=certified.series_id))
    assert [line.arrival_number for line in lines] == [1, 2, 3, 4]
    heir = Office.objects.get(code="VPTHN")
    clerk = queries.actor_for(account_of(Post.objects.get(office=heir)))
    assert documents.register(arrival(), by=clerk).arrival_number == 2  # it chose to go on with the numbers


def test_closed_dossiers_are_handed_over_by_the_successor_from_the_old_fonds(
    sector: Sector, clock: list[datetime]
) -> None:
    sector.plan()
    _reform(clock)
    archivist = actor_of(make_person(sector.region, Role.ARCHIVIST))
    first, second = sector.districts
    by, head = (queries.actor_for(account_of(one)) for one in (first.specialist, second.head))
    assert [one.pk for one in dossier_queries.handed_over_in(by, DAY.year, None)] == [first.closed.pk]
    both = {one.pk for one in dossier_queries.handed_over_in(head, DAY.year, None)}
    assert both == {first.closed.pk, second.closed.pk}
    kept = [work.id for work in handing_over.work_of(first.specialist.person_id, sector.region.pk)]
    assert first.closed.pk in kept  # when they leave, it goes to a colleague
    sharing.share(first.closed.pk, Owner("p", second.specialist.person_id), by=by)
    colleague = queries.actor_for(account_of(second.specialist))
    assert dossier_queries.dossier(first.closed.pk, colleague).sight.files
    archiving.hand_over(first.closed.pk, by=by)
    archiving.hand_over(second.closed.pk, by=head)  # whoever made it may have left
    assert archiving.accept(first.closed.pk, by=archivist).office_id == first.office.pk
    given_back = archiving.give_back(second.closed.pk, "Thiếu chứng từ kết thúc", by=archivist)
    assert dossiers.reopen(given_back.pk, by=head).state == "open"  # to be mended where it is


def test_old_numbers_are_found_under_the_old_and_the_new_name(sector: Sector, clock: list[datetime]) -> None:
    sector.plan()
    _reform(clock)
    first = sector.districts[0]
    by = queries.actor_for(account_of(sector.districts[1].head))
    for asked in ("Đông Sơn", "khu vực 33", "dong son"):
        found = {(hit.item_kind, hit.item_id) for hit in search.gather(asked, by=by, limit=50).hits}
        assert ("out", first.issued.pk) in found, asked
        assert ("in", first.done.pk) in found, asked
    seen = document_queries.outgoing(first.issued.pk, by)
    assert seen.entry.document.issuer_name == first.office.name  # as it was called on that day


def test_what_is_sent_to_an_old_district_arrives_at_the_region(sector: Sector, clock: list[datetime]) -> None:
    queued = _sent(
        sector.world, *(one.office for one in sector.districts)
    )  # on its way when midnight strikes
    sector.plan()
    clock[0] = MIDNIGHT
    jobs.begin_changes()
    late = _sent(sector.world, sector.districts[1].office)  # addressed to a name that is no more
    run_jobs(ahead=60)
    for delivery in (queued, late):
        delivery.refresh_from_db()
        assert (delivery.state, delivery.to_office_id) == ("sent", sector.region.pk)
        assert delivery.entry is not None
        assert delivery.entry.office_id == sector.region.pk
    assert "kế thừa" in late.reason
    twice = Delivery.objects.get(document=queued.document_id, to_office=sector.districts[1].office)
    assert twice.state == "stopped"  # one document reaches the region once
    offered = change_queries.suggest_former("tây hà")
    assert [(one.office.pk, one.former) for one in offered] == [
        (sector.region.pk, sector.districts[1].office.name)
    ]


def test_a_number_half_way_holds_the_change_up_until_it_is_settled(
    sector: Sector, clock: list[datetime]
) -> None:
    half = _numbered(sector.districts[0].office, sector.districts[0].by)
    change = sector.plan()[0]
    assert "chưa phát hành" in change_queries.preview(change).obstacles[0]
    _reform(clock)
    change.refresh_from_db()
    assert (change.state, "chưa phát hành" in change.trouble) == ("planned", True)
    assert queries.office(sector.districts[0].office.pk).valid_to_on is None
    outgoing.void(half, "Văn bản không ban hành nữa", by=sector.districts[0].by)
    _reform(clock)
    change.refresh_from_db()
    assert (change.state, change.trouble) == ("done", "")


def test_the_work_comes_in_portions_and_a_second_run_changes_nothing(
    sector: Sector, clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "PORTION", 1)
    change = sector.plan()[0]
    clock[0] = MIDNIGHT
    jobs.begin_change(change.pk)
    by = queries.actor_for(account_of(sector.districts[1].head))
    mine = {Item("in", one.registered.pk) for one in sector.districts}
    while True:  # however far it is, the people of the region see all of it, once
        seen = [Item("in", pk) for pk in participants.visible(by, "in") if Item("in", pk) in mine]
        assert sorted(seen) == sorted(mine)
        if not carrying.carry(change.pk):
            break
    _reform(clock)
    change.refresh_from_db()
    assert change.state == "done"
    assert change.moved > 10
    before = _everything()
    jobs.begin_changes()
    jobs.begin_change(change.pk)
    run_jobs(ahead=60)
    assert _everything() == before


def _everything() -> tuple[Any, ...]:
    return (
        LedgerEntry.objects.count(), Post.objects.count(), Series.objects.count(), BookClosing.objects.count(),
        sorted(Participant.objects.values_list("item_kind", "item_id", "owner_kind", "owner_id", "state", "pending")),
    )  # fmt: skip


def test_the_ledger_tells_it_in_sentences_and_holds(sector: Sector, clock: list[datetime]) -> None:
    sector.plan()
    _reform(clock)
    first = sector.districts[0]
    said = [act.note for act in ledger.history(first.office)]
    assert said[-1] == (
        f"{first.office.name} kết thúc, {sector.region.name} kế thừa từ 01/07/2025 theo 82/2025/QH15 ngày 27/06/2025"
    )
    told = ledger.history(IncomingEntry.objects.get(pk=first.registered.pk))[-1]
    assert told.note.startswith(f"chuyển sang {sector.region.name}")
    assert list(ledger.check()) == []

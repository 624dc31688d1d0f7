"""Index: rows follow their items, again and again, and never twice."""

from datetime import date, timedelta

import pytest
from django.db import connection
from weasyprint import HTML

from tests.cast import World
from tests.search.conftest import Make, make_arrival, make_departure, make_document, moment
from vanthu.documents import actions as documents
from vanthu.documents.fields import Arrival
from vanthu.documents.models import IncomingEntry
from vanthu.dossiers.models import Dossier
from vanthu.issuing.models import Draft, Version
from vanthu.kernel import participants
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.participants import Item, Owner
from vanthu.search import actions, asking, frequencies, jobs, partitions, queries, sources, tokens
from vanthu.search.models import SearchBody, SearchRow, WordFrequency


def found(world: World, text: str, persona: str = "clerk") -> list[tuple[str, int]]:
    hits = queries.search(text, by=world.actor(persona)).hits
    return [(hit.item_kind, hit.item_id) for hit in hits]


def test_what_the_clerk_registers_is_found_when_the_jobs_have_run(world: World) -> None:
    clerk = world.actor("clerk")
    arrival = Arrival(
        kind="KH", number="2143", notation="KH-VKS-VP", issued_on=today(), arrived_on=today(),
        issuer_name="VKSND tối cao", subject="Kế hoạch kiểm tra công tác văn thư năm 2027",
    )  # fmt: skip
    pdf = files.store_bytes(HTML(string="<p>Sổ đăng ký văn bản đến</p>").write_pdf(), "application/pdf")
    entry = documents.register(arrival, by=clerk)
    documents.attach_file(entry.document_id, pdf, role="main", name="kh.pdf")
    run_jobs()
    for text in ("2143/KH", "văn thư", f"{entry.arrival_number}", f"{today():%d/%m/%Y}", "sổ đăng ký"):
        assert found(world, text) == [("in", entry.pk)], text
    documents.present(entry.pk, world.person("head").pk, by=clerk)
    run_jobs()
    assert found(world, "văn thư", "head") == [("in", entry.pk)]
    assert found(world, "văn thư", "specialist") == []


def test_indexing_again_changes_nothing(world: World, arrive: Make) -> None:
    entry = arrive("Công văn đôn đốc báo cáo")
    before = list(SearchRow.objects.values_list("item_kind", "item_id", "at", "tokens"))
    actions.index("in", entry.pk)
    assert list(SearchRow.objects.values_list("item_kind", "item_id", "at", "tokens")) == before


def test_a_job_indexes_what_changed(world: World, arrive: Make) -> None:
    entry = arrive("Công văn đôn đốc báo cáo")
    IncomingEntry.objects.filter(pk=entry.pk).update(subject="Công văn nhắc việc")
    participants.include(
        Item("in", entry.pk), Owner("p", world.person("specialist").pk),
        office_id=world.province.pk, role="lead", state="to_do", at=moment(),
    )  # fmt: skip
    jobs.index_soon("in", entry.pk)
    assert found(world, "nhắc việc") == []
    assert run_jobs() == 1
    assert found(world, "nhắc việc") == found(world, "nhắc việc", "specialist") == [("in", entry.pk)]
    assert found(world, "đôn đốc") == []


def test_a_row_moves_with_the_time_of_its_document(world: World, arrive: Make) -> None:
    entry = arrive("Công văn năm cũ")
    IncomingEntry.objects.filter(pk=entry.pk).update(arrived_at=entry.arrived_at - timedelta(days=900))
    actions.index("in", entry.pk)
    (row,) = SearchRow.objects.all()
    assert row.at == entry.arrived_at - timedelta(days=900)


def test_what_is_gone_leaves(world: World, arrive: Make) -> None:
    entry = arrive("Công văn bị thu hồi")
    actions.write_body(sources.load("in", [entry.pk]), "Nội dung")
    IncomingEntry.objects.filter(pk=entry.pk).delete()
    actions.index("in", entry.pk)
    actions.index("in", 10**9)
    assert not SearchRow.objects.exists()
    assert not SearchBody.objects.exists()


def test_the_body_stays_while_somebody_has_the_document(world: World) -> None:
    document = make_document(world.supreme, "Kế hoạch tập huấn", "3/KH-VKSTC")
    out = make_departure(document, world.supreme)
    entry = make_arrival(document, world.region, [])
    actions.write_body(sources.load("in", [entry.pk]), "Nội dung tập huấn")
    actions.forget("in", entry.pk)
    assert SearchBody.objects.count() == 1
    actions.forget("out", out.pk)
    assert SearchBody.objects.count() == 0


def test_of_what_was_returned_only_the_row_is_found(world: World) -> None:
    document = make_document(world.supreme, "Kế hoạch tập huấn", "3/KH-VKSTC")
    make_departure(document, world.supreme)
    entry = make_arrival(document, world.region, [])
    actions.write_body(sources.load("in", [entry.pk]), "Nội dung bồi dưỡng")
    assert found(world, "bồi dưỡng", "region_clerk") == [("in", entry.pk)]
    IncomingEntry.objects.filter(pk=entry.pk).update(state="returned", returned_reason="Gửi nhầm")
    actions.index("in", entry.pk)
    jobs.index_body("document", document.pk)
    assert found(world, "bồi dưỡng", "region_clerk") == []
    assert found(world, "tập huấn", "region_clerk") == [("in", entry.pk)]


def test_a_body_without_text_is_none(world: World, arrive: Make) -> None:
    entry = arrive("Công văn kèm bản quét")
    actions.write_body(sources.load("in", [entry.pk]), "Có chữ")
    actions.write_body(sources.load("in", [entry.pk]), " \n")
    actions.write_body([], "Không của ai")
    assert not SearchBody.objects.exists()


def test_the_text_of_a_document_is_not_read_again_for_every_office(world: World) -> None:
    document = make_document(world.supreme, "Kế hoạch tập huấn", "3/KH-VKSTC")
    out = make_departure(document, world.supreme)
    jobs.index_text_soon("out", out.pk)
    assert run_jobs() == 1  # there is no text yet, so nothing is kept
    actions.write_body(sources.load("out", [out.pk]), "Nội dung tập huấn")
    entry = make_arrival(document, world.region, [])
    jobs.index_text_soon("in", entry.pk)
    assert run_jobs() == 0
    assert found(world, "nội dung tập huấn", "region_clerk") == [("in", entry.pk)]


def test_drafts_are_found_by_subject_and_text_until_they_have_a_number(world: World) -> None:
    drafter = world.person("specialist")
    draft = Draft.objects.create(
        office=world.province, unit=world.unit("P1"), drafter=drafter, kind="BC", notation="BC-VKS-P1",
        subject="Báo cáo chuyên đề án ma túy", created_at=moment(),
    )  # fmt: skip
    for ordinal, text in ((1, "Bản đầu"), (2, "Số liệu sáu tháng đầu năm")):
        Version.objects.create(draft=draft, ordinal=ordinal, made_by=drafter, made_at=moment(), text=text)
    participants.include(
        Item("draft", draft.pk), Owner("p", drafter.pk),
        office_id=world.province.pk, role="drafter", state="drafting", at=draft.created_at,
    )  # fmt: skip
    jobs.index_soon("draft", draft.pk)
    jobs.index_body_soon("draft", draft.pk)
    run_jobs()
    for text in ("án ma túy", "BC-VKS-P1", "sáu tháng", "Quang Khải"):
        assert found(world, text, "specialist") == [("draft", draft.pk)]
    assert found(world, "bản đầu", "specialist") == []
    assert found(world, "án ma túy", "clerk") == []
    document = make_document(world.province, draft.subject, "12/BC-VKS-P1")
    Draft.objects.filter(pk=draft.pk).update(outgoing=make_departure(document, world.province))
    actions.index("draft", draft.pk)
    assert found(world, "án ma túy", "specialist") == []


def test_dossiers_are_found(world: World) -> None:
    creator = world.person("specialist")
    dossier = Dossier.objects.create(
        office=world.province, unit=world.unit("P1"), creator=creator, year=2026, ordinal=1,
        notation="01.P1", title="Hồ sơ kiểm tra chuyên đề", started_on=date(2026, 1, 5),
    )  # fmt: skip
    participants.include(
        Item("dossier", dossier.pk), Owner("u", world.unit("P1").pk),
        office_id=world.province.pk, role="unit", state="open", at=moment(),
    )  # fmt: skip
    actions.index("dossier", dossier.pk)
    assert found(world, "kiểm tra chuyên đề", "head_of_unit") == [("dossier", dossier.pk)]


def test_everything_can_be_written_again(world: World, arrive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    for number in range(5):
        arrive(f"Công văn thứ {number}")
    before = set(SearchRow.objects.values_list("item_id", "at"))
    SearchRow.objects.all().delete()
    assert [actions.rebuild(kind) for kind in sources.ITEM_KINDS] == [5, 0, 0, 0]
    assert set(SearchRow.objects.values_list("item_id", "at")) == before


def test_frequencies_count_rows_and_bodies_a_day(world: World, arrive: Make) -> None:
    frequencies.refresh()  # nothing there yet
    for number in range(4):
        entry = arrive(f"Kế hoạch {number}", arrived_at=moment() + timedelta(days=number))
    actions.write_body(sources.load("in", [entry.pk]), "kế hoạch kế hoạch")
    jobs.refresh_frequencies(0)
    known = frequencies.of(["ke_hoach", "khong"])
    assert known.rows["ke_hoach"] == known.rows[""] > 1
    assert known.bodies == {"": 1.0, "ke_hoach": 1.0}
    assert frequencies.of(["ke", "hoach", "ke_hoach"]).cohesion("ke_hoach", "ke", "hoach") == 1.0
    assert WordFrequency.objects.filter(lexeme="0").exists()


def test_words_that_stand_together_with_other_marks_are_no_pair(world: World, arrive: Make) -> None:
    for number in range(4):
        arrive(f"Viện kiểm sát nhân dân {number}")
    arrive("Kiểm sát việc tiếp nhận")
    frequencies.refresh()
    typed = asking.read("sát nhận")
    known = frequencies.of(asking.candidates(typed))
    assert known.cohesion("sat_nhan", "sat", "nhan") == 1.0
    sat, nhan = map(tokens.marked_lexeme, ["sát", "nhận"])
    assert known.cohesion(f"{sat}_{nhan}", sat, nhan) == 0.0
    assert not known.usual(f"{sat}_{nhan}", "sat_nhan")
    assert [group.alternatives for group in asking.groups(typed, known)] == [
        ((sat,),),
        ((nhan,),),
    ]


def test_years_to_come_get_their_partitions(db: None) -> None:
    jobs.make_partitions(0)
    partitions.make(2035, 2035)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname IN (%s, %s)",
                       ["search_searchrow_2035", "search_searchbody_2035"])  # fmt: skip
        assert cursor.fetchone() == (2,)

"""Register what came from outside: number, fields, files, duplicates; secret documents stay out."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cast import World
from tests.entries import SUBJECT, arrival, make_delivered, make_registered
from vanthu.documents import actions, queries
from vanthu.documents.actions import Duplicate
from vanthu.documents.fields import SECRECY_SENTENCE
from vanthu.documents.models import Document, IncomingEntry, Series
from vanthu.kernel import ledger, participants
from vanthu.kernel.calendar import today, working_days_after
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import checks
from vanthu.kernel.refusals import Invalid, NotAllowed, NotFound

LAST_YEAR = date(today().year - 1, 12, 31)


def test_the_next_arrival_number_and_todays_date(world: World) -> None:
    clerk = world.actor("clerk")
    numbers = [actions.register(arrival(), by=clerk).arrival_number for _ in range(3)]
    assert numbers == [1, 2, 3]
    entry = make_registered(world)
    assert (entry.state, entry.arrived_on, entry.office) == ("registered", today(), world.province)
    assert entry.symbol.endswith("/CAT-PV01")
    assert make_registered(world, "region_clerk").arrival_number == 1


def test_fields_are_trimmed_and_kept_in_entry_and_document(world: World) -> None:
    entry = make_registered(world, subject=f"  {SUBJECT} ", urgency=2, remark="bản sao")
    assert entry.subject == entry.document.subject == SUBJECT
    assert (entry.urgency, entry.remark) == (2, "bản sao")
    assert entry.document.entered_by_office == world.province


def test_without_a_deadline_the_rules_of_the_office_give_one(world: World) -> None:
    assert make_registered(world).due_on == working_days_after(today(), 15)
    day = today() + timedelta(days=3)
    assert make_registered(world, due_on=day).due_on == day


def test_the_office_sees_it_and_history_says_so(world: World) -> None:
    entry = make_registered(world)
    seen = queries.incoming(entry.pk, world.actor("clerk"))
    assert (seen.participant.state, seen.participant.pending) == ("registered", True)
    act = ledger.last_act(entry)
    assert act is not None
    assert (act.actor_name, act.note) == ("Phạm Thu Thủy", "vào sổ văn bản đến, số đến 1")
    assert participants.counts(world.actor("head"))["o", "in", "registered"] == 1


@pytest.mark.parametrize(
    "persona", ["head", "specialist", "administrator", "inspector", "archivist", "chief"]
)
def test_only_clerks_register(world: World, persona: str) -> None:
    with pytest.raises(NotAllowed):
        actions.register(arrival(), by=world.actor(persona))
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"kind": "XX"}, "kind"),
        ({"subject": "ngắn"}, "subject"),
        ({"subject": "dài " * 300}, "subject"),
        ({"issuer_name": " "}, "issuer_name"),
        ({"number": "1" * 12}, "number"),
        ({"issued_on": None}, "issued_on"),
        ({"issued_on": today() + timedelta(days=1)}, "issued_on"),
        ({"arrived_on": today() + timedelta(days=1)}, "arrived_on"),
        ({"arrived_on": LAST_YEAR, "issued_on": LAST_YEAR}, "arrived_on"),
        ({"due_on": today() - timedelta(days=1)}, "due_on"),
    ],
)
def test_bad_fields_are_named_with_a_sentence(world: World, fields: dict[str, Any], wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.register(arrival(**fields), by=world.actor("clerk"))
    assert set(refused.value.fields) == {wrong}
    assert refused.value.fields[wrong].endswith(".")
    assert not Series.objects.exists()


@pytest.mark.parametrize("degree", ["mật", "Tối mật", "TUYỆT MẬT", "gì đó"])
def test_secret_documents_stay_out(world: World, degree: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        actions.register(arrival(secrecy=degree, duplicate_reason="x"), by=world.actor("clerk"))
    assert (refused.value.message, refused.value.code) == (SECRECY_SENTENCE, "secret_documents_stay_out")
    assert not IncomingEntry.objects.exists()


def test_a_second_registration_offers_the_first(world: World) -> None:
    first = make_registered(world, number="2143", notation="KH-VKS-VP")
    again = {"number": "02143", "notation": "kh-vks-vp", "issuer_name": "CA tỉnh Bắc Ninh"}
    with pytest.raises(Duplicate, match="đã có ở số đến 1") as refused:
        make_registered(world, **again)
    assert [seen.entry.pk for seen in refused.value.found] == [first.pk]
    second = make_registered(world, **again, duplicate_reason="bản đính chính cùng số")
    assert (second.arrival_number, second.duplicate_reason) == (2, "bản đính chính cùng số")


def test_what_waits_for_receipt_is_a_duplicate_too(world: World) -> None:
    waiting = make_delivered(world)
    with pytest.raises(Duplicate, match="đang chờ tiếp nhận"):
        make_registered(
            world, number=waiting.number, notation=waiting.notation, issuer_name=waiting.issuer_name
        )


def test_other_offices_registrations_are_not_told(world: World) -> None:
    make_registered(world, "region_clerk", number="77")
    assert make_registered(world, number="77").arrival_number == 1


def test_uploads_become_the_documents_files(
    world: World, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILES_S3_BUCKET, settings.FILES_DIR, settings.VAR_DIR = "", tmp_path / "files", tmp_path
    monkeypatch.setattr(checks, "CHECKS", [])
    clerk = world.actor("clerk")
    upload = files.stage(io.BytesIO(b"%PDF-1.7 xin chao"), "Công văn.pdf", by=clerk)
    entry = actions.register(arrival(), uploads=[upload.pk], by=clerk)
    held = queries.document_files([entry.document_id])[entry.document_id]
    assert [(one.name, one.role) for one in held] == [("Công văn.pdf", "main")]
    assert queries.may_open_document(entry.document_id, clerk)
    assert not queries.may_open_document(entry.document_id, world.actor("region_clerk"))
    with pytest.raises(NotFound):
        actions.register(arrival(), uploads=[upload.pk], by=world.actor("region_clerk"))


def test_half_filled_forms_are_kept_for_their_clerk(world: World) -> None:
    clerk = world.actor("clerk")
    draft = actions.keep_entry_draft({"subject": "Về"}, None, by=clerk)
    kept = actions.keep_entry_draft({"subject": "Về việc"}, draft.pk, by=clerk)
    assert kept.pk == draft.pk
    assert [one.fields for one in queries.entry_drafts(clerk)] == [{"subject": "Về việc"}]
    other = world.actor("region_clerk")
    assert queries.entry_drafts(other) == []
    actions.drop_entry_draft(draft.pk, by=other)
    assert queries.entry_drafts(clerk)
    actions.drop_entry_draft(draft.pk, by=clerk)
    assert queries.entry_drafts(clerk) == []


def test_issuers_and_signers_are_suggested_from_the_offices_own_book(world: World) -> None:
    clerk = world.actor("clerk")
    make_registered(world)
    make_registered(world, signer_name="Người Được Giấu", restricted=True)
    make_registered(world, "region_clerk", issuer_name="Ngân hàng Nhà nước")
    assert queries.suggest_issuers("cong an bac ninh", clerk) == ["Công an tỉnh Bắc Ninh"]
    assert queries.suggest_issuers("ngan hang", clerk) == []
    signers = queries.suggest_signers("", "Công an tỉnh Bắc Ninh", clerk)
    assert signers == [("Nguyễn Hữu Phước", "Phó Giám đốc")]

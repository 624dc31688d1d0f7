"""The calls of the axis's kit at our hub: who gets in, what goes through, what is declined and with which code."""

import base64
import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import World
from tests.exchange.hub_kit import (
    HEALTH,
    JUSTICE,
    PROVINCE,
    REGION,
    TOWNS,
    Kit,
    document,
    make_hub,
    make_system,
    packed,
    status,
)
from vanthu.exchange.hub import actions
from vanthu.exchange.hub.jobs import forget
from vanthu.exchange.models import Connection, HubBody, HubCall, HubItem, HubMessage, HubPacket, HubSystem
from vanthu.kernel import vault
from vanthu.kernel.files.models import Attachment

WIRE = Path(__file__).parent / "transports/vxp-wire"


@pytest.fixture
def hub(world: World) -> Connection:
    return make_hub(world)


@pytest.fixture
def justice(world: World, hub: Connection) -> Kit:
    return make_system(world, f"{JUSTICE}: Sở Tư pháp tỉnh Bắc Ninh")


@pytest.fixture
def towns(world: World, hub: Connection) -> Kit:
    return make_system(world, TOWNS, system_id="huyen")


def code_of(answer: Any) -> str:
    said = answer if isinstance(answer, dict) else answer.json()
    assert said["status"] == ("OK" if said["ErrorCode"] == "0" else "FAIL")
    assert bool(said["ErrorDesc"]) == (said["ErrorCode"] != "0")
    return str(said["ErrorCode"])


def test_a_packet_goes_from_one_system_to_another_and_its_state_comes_back(justice: Kit, towns: Kit) -> None:
    sent = packed(document("000.00.21.H05", "h05.22"))  # an old form, and small letters
    answer = justice.send(sent)
    assert code_of(answer) == "0"
    assert towns.call("countReceiveEdoc", servicetype="eDoc", messagetype="edoc")["count"] == 2
    assert justice.waiting() == []
    first, second = towns.waiting()
    assert (first["from"], first["to"], second["to"]) == (JUSTICE, "000.00.21.H05", "H05.22")
    assert (first["status"], first["messageType"]) == ("initial", "edoc")
    got = towns.call("getEdoc", docId=first["docId"], filePath="store")
    assert base64.b64decode(got["data"]) == sent
    headers = towns.signed({"docId": second["docId"], "filePath": "store"})
    loaded = towns.browser.get("/downloadEdoc", headers=headers)
    assert b"".join(loaded.streaming_content) == sent
    assert int(loaded["Content-Length"]) == len(sent)
    for row, told in ((first, "processing"), (first, "done"), (first, "fail"), (second, "FAIL")):
        assert (
            code_of(towns.call("updateStatus", docId=row["docId"], status=told, description="loi tep")) == "0"
        )
    assert towns.waiting() == []
    rows = justice.call("getSentEdocList", b"", docId=answer["DocId"])["data"]
    assert [(row["toCode"], row["receiveStatus"], row["receiverDocId"]) for row in rows] == [
        ("000.00.21.H05", "done", first["docId"]),
        ("H05.22", "fail", second["docId"]),
    ]
    assert rows[0]["notation"] == "15/STP-VP"
    assert rows[0]["receivedTime"]
    assert rows[1]["receiveStatusDesc"] == "loi tep"
    assert towns.call("getSentEdocList", b"", docId=answer["DocId"])["data"] == []


def test_the_answer_may_be_lost_and_the_same_packet_is_sent_again(justice: Kit, towns: Kit) -> None:
    packet = packed(document("H05.21", "H05.22"))
    first = justice.send(packet)["DocId"]
    assert justice.send(packet)["DocId"] == first
    row = towns.waiting(to="H05.22")[0]
    towns.call("updateStatus", docId=row["docId"], status="fail", description="hong")
    assert justice.send(packet)["DocId"] == first  # what failed is queued again, nothing is doubled
    assert len(towns.waiting()) == HubItem.objects.count() == 2
    assert justice.send(packet, to=["H05.22"])["DocId"] != first  # other receivers are another sending
    HubPacket.objects.update(sent_at=timezone.now() - timedelta(hours=25))
    assert justice.send(packet)["DocId"] != first


def test_a_part_of_the_receivers_and_nobody_else(justice: Kit, towns: Kit) -> None:
    packet = packed(document("H05.21", PROVINCE))
    assert code_of(justice.send(packet, to=["000.00.21.H05"])) == "0"
    assert [row["to"] for row in towns.waiting()] == ["000.00.21.H05"]
    answer = justice.send(packet, to=["H05.22"])
    assert code_of(answer) == "18"
    assert "H05.22" in answer["ErrorDesc"]


def test_a_status_goes_to_the_body_of_the_document(justice: Kit, towns: Kit) -> None:
    sent = document("H05.21")
    report = packed(status("03", sender="H05.21", about=sent))
    assert code_of(towns.send(report, "H05.21", to=["H05.99"])) == "0"
    assert justice.waiting("edoc") == []
    (row,) = justice.waiting("status")
    assert row["to"] == JUSTICE
    assert justice.call("countReceiveStatus")["count"] == 1
    assert base64.b64decode(justice.call("getEdoc", docId=row["docId"])["data"]) == report


def test_two_hundred_receivers_are_one_packet(
    world: World, justice: Kit, django_assert_max_num_queries: Any
) -> None:
    codes = [f"H07.{number}" for number in range(200)]
    other = make_system(world, "\n".join(f"{code}: Xã {code}" for code in codes), system_id="xa")
    packet = packed(document(*codes))
    headers = justice.offer(packet, JUSTICE)
    with django_assert_max_num_queries(32):  # as many for one receiver
        assert code_of(justice.post("sendEdoc", headers, packet + b"\r\n")) == "0"
    assert HubPacket.objects.count() == Attachment.objects.filter(owner_kind="hub_packet").count() == 1
    assert len(other.waiting()) == 200
    assert [row["to"] for row in other.waiting(pageSize="3", pageIndex="2")] == codes[3:6]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ({"packet": b"khong phai XML"}, "10"),
        ({"packet": b"<?xml version='1.0'?><edXML><a>"}, "10"),
        ({"packet": b"<?xml version='1.0'?><message/>"}, "22"),
        ({"packet": packed(document("H05.21")), "messagetype": "status"}, "22"),
        ({"packet": packed(document("H05.21")), "messagetype": "thu"}, "10"),
        ({"packet": packed(document("H05.21", "H99.01"))}, "18"),
        ({"packet": packed(document("H05.21")), "from_code": HEALTH}, "19"),
        ({"packet": packed(document("H05.21")), "from_code": PROVINCE}, "19"),
        ({"packet": packed(document("H05.21", sender=HEALTH))}, "19"),
        ({"packet": packed(document("H05.21")), "hash-file": "00" * 32}, "21"),
        ({"packet": packed(document("H05.21")), "to": ["H05.21", 7]}, "10"),
        ({"packet": packed(document())}, "22"),
    ],
)
def test_what_is_wrong_is_named_by_its_code(
    justice: Kit, towns: Kit, broken: dict[str, Any], code: str
) -> None:
    answer = justice.send(**broken)
    assert code_of(answer) == code
    assert not HubPacket.objects.exists()
    call = HubCall.objects.get()
    assert (call.call, call.answer, call.note) == ("sendEdoc", code, answer["ErrorDesc"])
    assert call.taken == len(broken["packet"]) + 2


def test_a_body_that_ended_early_or_was_changed_is_declined(justice: Kit, towns: Kit) -> None:
    packet = packed(document("H05.21"))
    headers = justice.offer(packet, JUSTICE)
    assert code_of(justice.post("sendEdoc", headers, packet[:-40])) == "21"
    assert code_of(justice.post("sendEdoc", headers, packet.replace(b"STP", b"XXX"))) == "21"
    assert code_of(justice.post("sendEdoc", headers, b"")) == "10"
    assert (
        code_of(justice.post("sendEdoc", headers, packet)) == "0"
    )  # no line end, and the first that was whole
    assert code_of(justice.post("sendEdoc", headers, packet)) == "15"


def test_both_spellings_of_a_hash_are_taken(justice: Kit, towns: Kit) -> None:
    packet = packed(document("H05.21"))
    assert code_of(justice.send(packet, **{"hash-file": sha256(packet).hexdigest()})) == "0"
    assert code_of(justice.send(packet)) == "0"


def test_nobody_learns_whether_an_id_exists(justice: Kit) -> None:
    values = {"servicetype": "eDoc", "messagetype": "edoc"}
    wrong = [
        Kit("khong-co", justice.secret).signed(values),
        Kit(justice.system_id, "khoa-sai").signed(values),
        justice.signed(values) | {"XroadVnpt-messagetype": "status"},
        justice.signed(values) | {"XroadVnpt-docId": "them"},  # not signed
        {name: value for name, value in justice.signed(values).items() if name != "XroadVnpt-servicetype"},
        justice.signed(values) | {"XroadVnpt-hash-header": "đ"},
        {},
    ]
    answers = [justice.post("getReceivedEdocList", headers, b"") for headers in wrong]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert code_of(answers[0]) == "15"
    assert not answers[0].cookies
    assert set(HubCall.objects.values_list("system", "answer")) == {(None, "15")}


def test_a_message_of_another_time_and_one_that_came_before_are_refused(justice: Kit) -> None:
    values = {"servicetype": "eDoc", "messagetype": "edoc"}
    for minutes, code in ((-16, "15"), (16, "15"), (-14, "0"), (14, "0")):
        headers = justice.signed(values, at=timezone.now() + timedelta(minutes=minutes))
        assert code_of(justice.post("getReceivedEdocList", headers)) == code, minutes
    again = justice.post("getReceivedEdocList", headers)
    assert code_of(again) == "15"
    assert "đã được nhận" in again.json()["ErrorDesc"]
    HubMessage.objects.update(at=timezone.now() - timedelta(hours=1))
    HubCall.objects.update(at=timezone.now() - timedelta(days=91))
    forget()
    assert not HubMessage.objects.exists()
    assert not HubCall.objects.exists()


def test_bytes_go_when_no_receiver_waits_for_them_any_more(justice: Kit, towns: Kit) -> None:
    sent = (document(to, number=number) for number, to in (("1", "H05.21"), ("2", "H05.22"), ("3", "H05.21")))
    taken, waits, fresh = (justice.send(packed(one))["DocId"] for one in sent)
    rows = {row["docId"]: row for row in towns.waiting()}
    for name in [name for name, row in rows.items() if row["to"] == "H05.21"]:
        towns.call("updateStatus", docId=name, status="done")
    HubItem.objects.exclude(packet__doc_id=fresh).update(changed_at=timezone.now() - timedelta(days=91))
    HubPacket.objects.update(sent_at=timezone.now() - timedelta(days=91))
    forget()
    erased = HubPacket.objects.get(erased_at__isnull=False)
    assert erased.doc_id == taken
    held = Attachment.objects.filter(owner_kind="hub_packet").values_list("owner_id", flat=True)
    assert set(held) == set(HubPacket.objects.filter(doc_id__in=[waits, fresh]).values_list("pk", flat=True))
    name = HubItem.objects.get(packet=erased).doc_id
    assert "quá 90 ngày" in towns.call("getEdoc", docId=name, filePath="store")["ErrorDesc"]


def test_the_captured_requests_of_the_kit_are_understood(
    world: World, hub: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit = make_system(world, "000.00.00.X99: Hệ thống thử", system_id="000.00.00.X99")
    monkeypatch.setattr(
        "vanthu.exchange.hub.replays.refuse_old", lambda message: None
    )  # they are of the past
    HubSystem.objects.update(secret=vault.encrypted("test-secret"))
    codes = {}
    for path in sorted(WIRE.glob("*.txt")):
        head, _, body = path.read_bytes().replace(b"\r\n", b"\n").partition(b"\n\n")
        first, *lines = head.decode().split("\n")
        headers = dict(line.split(": ", 1) for line in lines if line.startswith("XroadVnpt"))
        if "sendEdoc" in first:
            body = body.rstrip(b"\n") + b"\r\n"
        answer = kit.post(first.split()[1].strip("/"), headers, body)
        codes[path.stem] = code_of(answer)
    assert codes == {
        "01_getReceivedEdocList": "0",
        "02_getSentEdocList": "0",
        "03_sendEdoc": "22",  # `<x>` is no packet: signature and hash are right
        "04_sendEdoc": "22",
        "05_getAgenciesList": "0",
        "06_getAgenciesListQD20": "0",
        "07_getSynchronizeUnit": "0",
        "08_getEdoc": "10",  # no such document
        "09_updateStatus": "15",  # the kit spoils Vietnamese letters: the header is not what it signed
        "10_countReceiveEdoc": "0",
        "11_registerAgency": "0",
        "12_deleteAgency": "0",
    }


def test_a_locked_system_neither_sends_nor_receives(world: World, justice: Kit, towns: Kit) -> None:
    system = HubSystem.objects.get(system_id=towns.system_id)
    actions.switch_off(system.pk, by=world.actor("administrator"))
    assert code_of(towns.call("countReceiveEdoc")) == "23"
    answer = justice.send(packed(document("H05.21")))
    assert (code_of(answer), "H05.21" in answer["ErrorDesc"]) == ("23", True)
    actions.switch_on(system.pk, by=world.actor("administrator"))
    assert code_of(justice.send(packed(document("H05.21")))) == "0"


def test_quotas_and_rates_are_told(world: World, hub: Connection, towns: Kit, settings: Any) -> None:
    few = make_system(
        world, f"{HEALTH}: Sở Y tế", packets_per_day=1, megabytes_per_day=1, calls_per_minute=10
    )
    packets = [packed(document("H05.21", sender=HEALTH, number=str(number))) for number in range(2)]
    large = few.offer(b"x" * 1_100_000, HEALTH)
    answer = few.post("sendEdoc", large, b"x" * 1_100_000)
    assert (answer.status_code, code_of(answer), "1 MB" in answer.json()["ErrorDesc"]) == (429, "20", True)
    assert code_of(few.send(packets[0], HEALTH)) == "0"
    answer = few.send(packets[1], HEALTH)
    assert (code_of(answer), "1 gói tin" in answer["ErrorDesc"]) == ("20", True)
    codes = [code_of(few.call("countReceiveEdoc")) for _ in range(9)]
    assert (codes.count("0"), codes[-1]) == (7, "20")
    settings.HUB_RATE = 1
    logged = HubCall.objects.count()
    towns.call("countReceiveEdoc")
    assert towns.post("countReceiveEdoc", {}).status_code == 429
    assert HubCall.objects.count() <= logged + 1  # what is too much costs no write


def test_a_system_enters_bodies_below_its_own_and_takes_them_off(
    world: World, justice: Kit, towns: Kit
) -> None:
    def enter(kit: Kit, code: str, name: str = "Phòng Công chứng số 1") -> str:
        body = {"id": "1", "pcode": JUSTICE, "code": code, "name": name, "mail": "cc1@bacninh.gov.vn"}
        return code_of(kit.call("registerAgency", json.dumps(body).encode()))

    assert [enter(justice, "H05.13.01"), enter(justice, "H05.13.01"), enter(justice, "H05.21.01")] == [
        "0",
        "0",
        "19",
    ]
    assert enter(justice, "H05.13.02", name="") == "10"
    assert code_of(justice.call("registerAgency", b"[]")) == "10"
    rows = towns.call("getAgenciesList", b"")["data"]
    names = {row["code"]: (row["name"], row["oldCode"]) for row in rows}
    assert names["H05.13.01"] == ("Phòng Công chứng số 1", "000.01.13.H05")
    assert names["H05.21"][1] == "000.00.21.H05"
    assert names[PROVINCE][0] == world.province.name
    parent = {row["code"]: row["id"] for row in rows}[JUSTICE]
    assert next(row["pid"] for row in rows if row["code"] == "H05.13.01") == parent
    assert {row["code"] for row in towns.call("getAgenciesListQD20", b"", level="3")["data"]} == {
        "H05.13.01", REGION,
    }  # fmt: skip
    assert code_of(towns.send(packed(document("H05.13.01", sender="H05.22")), "H05.22")) == "0"
    assert code_of(towns.call("deleteAgency", AgencyCode="H05.13.01")) == "18"
    assert code_of(justice.call("deleteAgency", AgencyCode=JUSTICE)) == "19"  # the administrator's
    version = max(row["version"] for row in towns.call("getSynchronizeUnit", b"")["data"])
    assert code_of(justice.call("deleteAgency", AgencyCode="H05.13.01")) == "0"
    (gone,) = towns.call("getSynchronizeUnit", b"", fromVersion=str(version))["data"]
    assert (gone["code"], gone["deleted"]) == ("H05.13.01", True)
    assert HubBody.objects.filter(active=True).count() == 3
    assert code_of(towns.send(packed(document("H05.13.01", sender="H05.22", number="2")), "H05.22")) == "23"


def test_statuses_that_are_none_and_papers_of_others(justice: Kit, towns: Kit) -> None:
    justice.send(packed(document("H05.21", "H05.22")))
    first, second = (row["docId"] for row in towns.waiting())
    assert code_of(justice.call("getEdoc", docId=first)) == "10"
    assert code_of(justice.call("updateStatus", docId=first, status="done")) == "10"
    assert code_of(towns.call("updateStatus", docId=first, status="xong")) == "10"
    assert code_of(towns.call("updateStatus", docId=first, status="03")) == "0"  # what some systems tell here
    assert [row["docId"] for row in towns.waiting()] == [second]
    tomorrow = (timezone.localdate() + timedelta(days=1)).strftime("%Y/%m/%d")
    assert towns.waiting(fromDate=tomorrow) == []
    assert len(towns.waiting(toDate=timezone.localdate().strftime("%d/%m/%Y"))) == 1


@pytest.mark.django_db
def test_without_the_hub_there_is_nothing(world: World) -> None:
    assert Client().post("/sendEdoc", b"x", content_type="application/octet-stream").status_code == 404
    make_hub(world)
    assert Client().post("/sendEdoc", b"x", content_type="application/octet-stream").status_code == 401
    assert Client(enforce_csrf_checks=True).get("/sendEdoc").status_code == 405
    Connection.objects.update(active=False)
    assert Client().get("/downloadEdoc").status_code == 404

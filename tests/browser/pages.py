"""Every page that a browser shows, with a persona that may open it, in a sector where something stands on each."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.cache import caches

from tests.appointments import at, make_appointment, make_room, monday, publish
from tests.browser import stages
from tests.browser.papers import reply, scan
from tests.browser.sector import Sector
from tests.conventions.gates_packets import make_packets
from tests.entries import make_delivered, make_presented
from tests.exchange.hub_kit import TOWNS, document, make_hub, make_system, packed
from vanthu.calendar import actions as calendar
from vanthu.documents import book_rules, reserving, sealed, stack_queries, stacks, taking
from vanthu.documents.receiving_models import Mail
from vanthu.documents.sealed import Envelope
from vanthu.dossiers import actions as dossiers
from vanthu.dossiers import freezing
from vanthu.exchange.models import Delivery, HubSystem
from vanthu.issuing import cosigning, marks, opinions, queries, versions
from vanthu.issuing.marks import Remark
from vanthu.issuing.opinions import Inquiry
from vanthu.kernel.calendar import now, today
from vanthu.kernel.files import actions as files
from vanthu.kernel.models import Webhook, WebhookDelivery
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.webhooks.events import EVENTS
from vanthu.organisations import tokens_actions as tokens
from vanthu.organisations.models import OfficeRules
from vanthu.organisations.powers import Role
from vanthu.signing import queries as signing_queries
from vanthu.signing.models import SigningRequest, SigningSession


@dataclass(frozen=True)
class Place:
    """A page: who opens it, and where it is."""

    persona: str
    path: str


def furnish(sector: Sector, folder: Path) -> dict[str, Any]:
    """A document at every stage; the ids by the names of the stages."""
    world = sector.world
    reply_to = stages.assigned(sector, folder, subject="Đề nghị phối hợp kiểm tra việc tạm giữ, tạm giam")
    by = world.actor("specialist")
    dossier = dossiers.open_dossier("Kiểm tra công tác văn thư, lưu trữ năm 2027", by=by)
    dossiers.put_in(dossier.pk, Item("in", reply_to.pk), by=by)
    draft = stages.drafted(sector, folder, reply_to)
    upload = files.stage(reply(folder / "ban-2.pdf", pages=2).open("rb"), "ban-2.pdf", by=by)
    versions.add_version(draft.pk, upload.pk, by=by)
    sector.work()
    _reviewed(sector, draft.pk)
    return {
        "registered": stages.registered(sector, folder).pk,
        "presented": stages.presented(sector, folder).pk,
        "second": make_presented(world).pk,
        "directed": stages.directed(sector, folder).pk,
        "assigned": reply_to.pk,
        "waiting": make_delivered(world).pk,
        "freeze": freezing.freeze(
            "Phục vụ thanh tra " + "giữ-nguyên-hiện-trạng-" * 5,
            "Theo yêu cầu của Thanh tra",
            [Item("in", make_presented(world).pk)],
            by=world.actor("head"),
        ).pk,
        **_received(sector, folder),
        **make_packets(world),
        "dossier": dossier.pk,
        "draft": draft.pk,
        "content": stages.submitted(sector, folder).pk,
        "form": stages.to_check(sector, folder).pk,
        "approval": stages.to_sign(sector, folder).pk,
        "signing": _waiting_for_a_device(sector),
        "signed": stages.signed(sector, folder).pk,
        **_issued(sector, folder),
        "neighbour": world.account("neighbour").pk,
        "head": world.person("head").pk,
        "region": world.region.pk,
        **_connected(sector),
        **_numbered(sector),
        **_planned(sector),
    }


def _issued(sector: Sector, folder: Path) -> dict[str, int]:
    """An issued document, and one of its recipients."""
    entry = stages.issued(sector, folder).outgoing_id
    line = Delivery.objects.filter(outgoing=entry).order_by("pk")[0]
    return {"issued": entry or 0, "line": line.pk}


def _waiting_for_a_device(sector: Sector) -> int:
    """A request to the program on the head's computer: one file waits, one was refused with a long reason."""
    head = sector.world.person("head").pk
    (key,) = signing_queries.certificates_of("person", head)
    whose: dict[str, Any] = {
        "certificate": key, "provider": "agent", "title": stages.REPLY, "person_id": head,
        "office_id": sector.world.province.pk, "expires_at": now() + timedelta(hours=8),
    }  # fmt: skip
    made = SigningRequest.objects.create(purpose="issuing.sign", actor={"person_id": head}, **whose)
    for number, (state, problem) in enumerate((("waiting", ""), ("failed", "Tệp bị hỏng. " * 9))):
        SigningSession.objects.create(
            request=made, file_sha256=f"{number}" * 64, role="approval", field="LanhDao", state=state,
            problem=problem, prepared=b"", digest=b"", **whose,
        )  # fmt: skip
    return made.pk


def _received(sector: Sector, folder: Path) -> dict[str, int]:
    """A stack of scans with a row to confirm, a mail in trouble, envelopes; papers may be recorded."""
    world = sector.world
    by = world.actor("clerk")
    scanned = files.stage(scan(folder / "tap-quet.pdf").open("rb"), "tap-quet.pdf", by=by)
    stack = stacks.bring([scanned.pk], split_at_blank=False, by=by)
    stacks.read(stack.pk)
    Mail.objects.create(
        office=world.province, state="trouble", file_name="thu.eml", sha256="0" * 64, received_at=now(),
        sender="vanthu@bacninh.gov.vn", trouble="Thư bị hỏng định dạng nên không đọc được. Mở tệp gốc để xem.",
    )  # fmt: skip
    addressed = Envelope(
        issuer_name="Công an tỉnh Bắc Ninh", addressee_id=world.person("specialist").pk, arrived_on=today()
    )
    opened = sealed.register_envelope(addressed, by=by)
    OfficeRules.objects.filter(office=world.province).update(clerk_records_paper=True)
    caches["actors"].clear()
    return {
        "stack": stack.pk,
        "scan": stack_queries.rows(stack)[0].pk,
        "envelope": sealed.register_envelope(addressed, by=by).pk,
        "opened": sealed.open_envelope(opened.pk, by=by).pk,
    }


def _reviewed(sector: Sector, pk: int) -> None:
    """Remarks with and without a place, opinions given and waited for, co-signers of two offices."""
    world = sector.world
    by, reader = sector.world.actor("specialist"), sector.world.actor("head_of_unit")
    marks.mark(pk, Remark(text="Sửa căn cứ ban hành.", rect=(90, 560, 300, 600)), by=reader)
    marks.mark(pk, Remark(text="Bổ sung nơi nhận " + "tổ-liên-ngành-" * 9, quote="Nơi nhận"), by=reader)
    asked = [Owner("u", world.unit("P2").pk), Owner("p", world.person("archivist").pk)]
    opinions.ask(pk, Inquiry(owners=asked, due_on=today()), by=by)
    given = queries.consultations(pk)[0][1][0]
    opinions.answer(pk, given.pk, "other", "Lùi sang quý II.", by=world.actor("head_of_neighbour"))
    cosigning.add_initials(pk, world.post("chief").pk, by=by)
    cosigning.add_joint(pk, world.region.pk, by=by)


def _connected(sector: Sector) -> dict[str, int]:
    """A token, a program with a key, a webhook with a failed delivery; all with the longest names."""
    world, day = sector.world, today() + timedelta(days=30)
    long_name = ("Phần mềm " + "thống-kê-tội-phạm-liên-ngành-" * 3)[:80]
    by = world.actor("administrator")
    tokens.make_own(long_name, ["read"], day, by=world.actor("head_of_unit"))
    program = tokens.add_program(long_name, role=Role.SPECIALIST, by=by)
    tokens.make_for_program(program.pk, long_name, ["read"], day, by=by)
    url = "https://thong-ke.example.vn/" + "su-kien" * 20
    hook = Webhook.objects.create(office_id=by.office, name=long_name, url=url, events=list(EVENTS))
    answer = {"status": 500, "ms": 312, "problem": "Nơi nhận trả lời 500.", "answer": "databaselocked" * 20}
    delivery = WebhookDelivery.objects.create(
        hook=hook, event="webhook.test", at=now(), about_kind="webhook", about_id=hook.pk,
        state="failed", attempts=1, tries=[{"at": now().isoformat(), **answer}],
    )  # fmt: skip
    return {
        "program": program.pk, "webhook": hook.pk, "delivery": delivery.pk, "system": _system(sector.world).pk,
    }  # fmt: skip


def _system(world: Any) -> HubSystem:
    """A system at the hub with a queue and calls that were declined."""
    make_hub(world)
    kit = make_system(world, TOWNS, system_id="000.00.00.H05")
    kit.send(packed(document("H05.22", sender="H05.21")), "H05.21")
    row = kit.waiting()[0]
    kit.call(
        "updateStatus",
        docId=row["docId"],
        status="fail",
        description="khong mo duoc tep dinh kem cua goi tin",
    )
    kit.call("getEdoc", docId="khong-co")
    return HubSystem.objects.get()


def _numbered(sector: Sector) -> dict[str, int]:
    """A paper document with its number, held numbers, a series of its own."""
    by = sector.world.actor("clerk")
    paper = taking.take(taking.Slip(kind="BC", subject="Báo cáo công tác văn thư quý IV"), by=by)
    purpose = "Quyết định khen thưởng " + "tập-thể-cá-nhân-" * 8
    wish = reserving.Hold(
        kind="QD", notation="QĐ-VKS", purpose=purpose, expires_on=today(), held_for="Phòng 1"
    )
    reserving.hold(wish, by=by)
    book_rules.define(book_rules.Wish(name="Kế hoạch", kinds=("KH",)), by=by)
    return {"paper": paper.pk, "book": paper.series_id}


def _planned(sector: Sector) -> dict[str, Any]:
    """A week that was published and changed, with a room, something restricted and something gone."""
    world = sector.world
    room = make_room(world)
    row = make_appointment(world, "head", "deputy", room_id=room.pk, units=[world.unit("P1").pk])
    make_appointment(world, "deputy", by="deputy", restricted=True, starts_at=at(14), ends_at=at(16))
    gone = make_appointment(world, "head", starts_at=at(8, day=4), ends_at=at(9, day=4))
    publish(world)
    calendar.cancel(gone.pk, "Hoãn sang tuần sau", by=world.actor("clerk"))
    return {"appointment": row.pk, "room": room.pk, "week": monday().isoformat()}


_PAGES = """
                  /sign-in/
clerk             /
clerk             /incoming?tab=registered
clerk             /incoming?tab=waiting
clerk             /incoming?tab=overdue
clerk             /incoming/register
clerk             /incoming/register/stopped
clerk             /incoming/stacks
clerk             /incoming/stacks/{stack}?rows=1
clerk             /incoming/scans/{scan}
clerk             /incoming/mails
clerk             /incoming/packets
clerk             /incoming/packets/{packet}
clerk             /incoming/requests/{request}
clerk             /incoming/{from_outside}
clerk             /incoming/envelope
clerk             /incoming/{opened}/complete
clerk             /incoming/{presented}/paper
clerk             /incoming/{waiting}/pass-on
specialist        /incoming/{envelope}
clerk             /incoming/{registered}
clerk             /incoming/{registered}/present
clerk             /incoming/{waiting}
clerk             /incoming/{waiting}/receive
clerk             /incoming/{waiting}/return
clerk             /outgoing
clerk             /outgoing?tab=issued
clerk             /outgoing/{issued}
clerk             /outgoing/sending
clerk             /outgoing/sending/{line}
clerk             /outgoing/drafts/{signed}/issue
clerk             /calendar?tuan={week}
clerk             /calendar/new?entry={registered}
clerk             /calendar/{appointment}
clerk             /calendar/{appointment}/change
clerk             /calendar/rooms
clerk             /calendar/rooms/{room}
clerk             /calendar/feed
clerk             /outgoing/numbers
clerk             /outgoing/numbers/take
clerk             /outgoing/numbers/{paper}
clerk             /reports
clerk             /reports/handling
clerk             /reports/issued
clerk             /reports/stock
clerk             /reports/signing
clerk             /reports/exchanged
clerk             /office/custody/
clerk             /office/custody/new
clerk             /office/custody/count
specialist        /account/certificate/
clerk             /reports/books
clerk             /reports/books/{book}
clerk             /reports/books/rules
clerk             /search?q=kiem+tra
clerk             /search?q=khong+co
clerk             /khong-co-trang-nay
head              /
head              /incoming?tab=to_direct
head              /work/tasks?tab=followed
head              /work/tasks/overview
head              /work/tasks/give
head              /work/rhythms
head              /incoming/{presented}
head              /incoming/{presented}/direct
head              /calendar?tuan={week}
head              /outgoing?tab=to_sign
head              /outgoing/drafts/{approval}
head              /outgoing/drafts/{approval}/sign
head              /outgoing/sign?pick={approval}
head              /signing
head              /signing/{signing}
chief             /outgoing/drafts/{form}
head_of_unit      /
head_of_unit      /incoming/{directed}/assign
head_of_unit      /outgoing/drafts/{content}
head_of_unit      /account/
head_of_unit      /account/delegations/
head_of_unit      /account/rights/
head_of_unit      /office/rules/
head_of_unit      /account/preferences/
head_of_unit      /account/tokens/
head_of_unit      /practice/
head_of_unit      /account/sessions/
head_of_unit      /account/second-factor/
head_of_unit      /account/password/
specialist        /
specialist        /incoming/{assigned}
specialist        /outgoing/drafts/start
specialist        /outgoing/drafts/start?reply={assigned}
specialist        /outgoing/drafts/{draft}
specialist        /outgoing/drafts/{draft}/change
specialist        /outgoing/drafts/{draft}/compare
specialist        /outgoing/drafts/{draft}/place
specialist        /outgoing/drafts/{draft}/marks
specialist        /outgoing/drafts/{draft}/form-check
specialist        /outgoing/drafts/{draft}/opinions
specialist        /outgoing/drafts/{draft}/co-signers?office={region}
specialist        /work
specialist        /work/tasks
specialist        /notices
specialist        /working-days
specialist        /signatures/check
specialist        /work/dossiers/open
specialist        /work/dossiers/{dossier}
specialist        /work/dossiers/{dossier}/share
specialist        /work/dossiers/file/in/{assigned}
specialist        /work/plans
archivist         /work/retention
archivist         /work/retention/add
head              /work/freezes
head              /work/freezes/add
head              /work/freezes/{freeze}
administrator     /people/
administrator     /people/new
administrator     /people/{neighbour}/
administrator     /people/{neighbour}/work
administrator     /people/rights/
administrator     /people/delegations/
administrator     /people/accesses/
administrator     /office/rules/
administrator     /office/changes/
administrator     /office/changes/plan/merge/units
administrator     /office/templates/
administrator     /office/templates/KH/
specialist        /office/templates/party-document
administrator     /office/certificates/
administrator     /office/certificates/person/{head}/
administrator     /people/programs/
administrator     /people/programs/{program}/
administrator     /office/axis/
administrator     /office/agencies/
administrator     /office/agencies/?q=so
administrator     /webhooks/
administrator     /webhooks/new
administrator     /webhooks/{webhook}/
administrator     /webhooks/{webhook}/change
administrator     /webhooks/deliveries/{delivery}/
administrator     /hub/systems/
administrator     /hub/systems/new
administrator     /hub/systems/{system}/
administrator     /hub/systems/{system}/calls
administrator     /hub/systems/{system}/change
region_clerk      /
"""


CLERK = {"", "clerk"}
LEADERS = {"head", "chief", "head_of_unit"}
OTHERS = {"specialist", "administrator", "archivist", "region_clerk"}
"""Everybody above is in one of these: tests of all pages have a file for each, so that workers share them."""


def places(ids: dict[str, Any], personas: Set[str]) -> list[Place]:
    """The pages of these personas, their numbers filled in."""
    lines = [line.format(**ids).split() for line in _PAGES.strip().splitlines()]
    found = [Place(line[0] if len(line) > 1 else "", line[-1]) for line in lines]
    assert {one.persona for one in found} == CLERK | LEADERS | OTHERS
    return [one for one in found if one.persona in personas]

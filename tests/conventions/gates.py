"""The sector of the gate table: one of everything, in every state that a verb begins from."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.cache import caches
from django.utils import timezone

from tests.appointments import make_appointment, make_room, monday
from tests.cast import World, make_delegation
from tests.conventions.gates_axis import axis_forms, make_axis
from tests.conventions.gates_packets import make_packets
from tests.conventions.gates_tasks import make_tasks, task_forms
from tests.entries import (
    SUBJECT,
    arrival,
    make_assigned,
    make_delivered,
    make_directed,
    make_presented,
    make_recalled,
    make_registered,
    person,
)
from tests.signing.custody import enrolled_for_practice, handed_over
from tests.web import drafts
from vanthu.documents import actions as documents
from vanthu.documents import book_rules, closing, reserving, sealed, stack_queries, stacks, taking
from vanthu.documents.book_rules import Wish
from vanthu.documents.models import EntryDraft, OutgoingEntry
from vanthu.documents.receiving_models import Mail
from vanthu.documents.reserving import Hold
from vanthu.documents.sealed import Envelope
from vanthu.documents.series_models import HeldNumber
from vanthu.documents.taking import Slip
from vanthu.dossiers import actions as dossiers
from vanthu.dossiers import archiving, freezing, plans, schedule, sharing
from vanthu.exchange.models import Delivery, HubSystem
from vanthu.issuing import cosigning, first_number, marks, opinions, queries, saga, versions
from vanthu.issuing.models import Version
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.models import Webhook, WebhookDelivery
from vanthu.kernel.participants import Item
from vanthu.organisations import actions as organisations
from vanthu.organisations import changing, tokens_actions
from vanthu.organisations.models import OfficeRules
from vanthu.organisations.powers import Role
from vanthu.search import habits
from vanthu.signing import queries as signing_queries
from vanthu.signing.augmenting_models import Keeping
from vanthu.signing.models import SigningRequest, SigningSession

PERSONAS = {
    "C": "clerk",
    "H": "head",
    "D": "deputy",
    "A": "chief",
    "U": "head_of_unit",
    "S": "specialist",
    "V": "archivist",
    "M": "administrator",
    "I": "inspector",
    "N": "neighbour",
    "R": "region_clerk",
}
"""Short names of the personas who walk through the gates; R is the stranger of another office."""


@dataclass
class Sector:
    """`args`: what an address names, by object; `data`: what forms send, by name."""

    world: World
    args: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    data: dict[str, dict[str, Any]] = field(default_factory=dict)


def make_sector(world: World) -> Sector:
    """One of everything in the province; the clerk, unit 1 and its specialist have it in hand."""
    sector = Sector(world, args={"": ()})
    _entries(sector)
    _drafts(sector)
    _signing(sector)
    _dossiers(sector)
    _files(sector)
    _people(sector)
    _custody(sector)
    _webhooks(sector)
    make_tasks(sector)
    sector.args.update({name: (pk,) for name, pk in make_packets(world).items()})
    make_axis(sector)
    _calendar(sector)
    _books(sector)
    _forms(sector)
    numbered = drafts.signed(world)  # last: no job has sealed it
    saga.number(numbered.pk, by=world.actor("clerk"))
    sector.args["numbered"] = (numbered.pk,)
    return sector


def _entries(sector: Sector) -> None:
    world, args = sector.world, sector.args
    args["waiting"] = (make_delivered(world).pk,)
    args["recalled"] = (make_recalled(world).pk,)
    args["registered"] = (make_registered(world).pk,)
    args["presented"] = (make_presented(world).pk,)
    args["directed"] = (make_directed(world).pk,)
    args["assigned"] = (make_assigned(world).pk,)
    args["to read"] = (make_directed(world, support=[person(world, "specialist")]).pk,)
    kept = EntryDraft.objects.create(
        account_id=world.account("clerk").pk, office=world.province, fields={"subject": "Dở"}
    )
    args["kept form"] = (kept.pk,)
    act = ledger.last_act(make_presented(world))
    assert act is not None
    args["act"] = (act.id,)
    _received(sector)


def _received(sector: Sector) -> None:
    """A stack of two scans, a mail in trouble, envelopes; the clerk may record what leaders wrote on paper."""
    world, args, by = sector.world, sector.args, sector.world.actor("clerk")
    stack = stacks.bring(
        [drafts.stage(world, "clerk"), drafts.stage(world, "clerk")], split_at_blank=False, by=by
    )
    stacks.read(stack.pk)
    args["stack"], args["scan"] = (stack.pk,), (stack_queries.rows(stack)[0].pk,)
    args["scan file"] = (Attachment.objects.filter(owner_kind="stack", owner_id=stack.pk)[0].pk,)
    mail = Mail.objects.create(
        office=world.province, state="trouble", file_name="thu.eml", sha256="0" * 64,
        received_at=timezone.now(), trouble="Không đọc được.",
    )  # fmt: skip
    raw = files.store_bytes(b"From: ?", "message/rfc822")
    args["mail"] = (mail.pk,)
    args["mail file"] = (
        files.attach(raw, owner_kind="mail", owner_id=mail.pk, role="raw", name="thu-goc.eml").pk,
    )
    addressed = Envelope(
        issuer_name="Công an tỉnh Bắc Ninh", addressee_id=world.person("specialist").pk, arrived_on=today()
    )
    args["envelope"] = (sealed.register_envelope(addressed, by=by).pk,)
    opened = sealed.register_envelope(addressed, by=by)
    args["opened"] = (sealed.open_envelope(opened.pk, by=by).pk,)
    OfficeRules.objects.filter(office=world.province).update(clerk_records_paper=True)
    caches["actors"].clear()


def _drafts(sector: Sector) -> None:
    world, args = sector.world, sector.args
    made = {
        "draft": drafts.drafted(world),
        "submitted": drafts.submitted(world),
        "checked": drafts.checked(world),
        "to sign": drafts.to_sign(world),
        "signed": drafts.signed(world),
    }
    args.update({name: (draft.pk,) for name, draft in made.items()})
    by = world.actor("specialist")
    versions.add_version(made["draft"].pk, drafts.stage(world), by=by)
    versions.add_attachment(made["draft"].pk, drafts.stage(world), by=by)
    attached = Attachment.objects.get(owner_kind="draft", owner_id=made["draft"].pk)
    args["draft attachment"] = (made["draft"].pk, attached.pk)
    saga.number(drafts.signed(world).pk, by=world.actor("clerk"))
    run_jobs()
    entry = OutgoingEntry.objects.get(office=world.province)
    args["issued"] = (entry.pk,)
    args["delivery"] = (entry.pk, Delivery.objects.filter(outgoing=entry).order_by("pk")[0].pk)
    args["line"] = args["delivery"][1:]
    _reviews(sector)


def _reviews(sector: Sector) -> None:
    """Remarks, opinions, co-signers on drafts of their own; numbers that come before the signature."""
    world, args, by = sector.world, sector.args, sector.world.actor("specialist")
    marked = drafts.drafted(world)
    mark = marks.mark(marked.pk, marks.Remark(text="Sửa căn cứ"), by=world.actor("head_of_unit"))
    args["mark"] = (marked.pk, mark.ordinal)
    signer = cosigning.add_initials(marked.pk, world.post("chief").pk, by=by)
    args["co-signer"] = (marked.pk, signer.pk)
    asked = drafts.drafted(world)
    inquiry = opinions.Inquiry(owners=[person(world, "archivist")], due_on=opinions.usual_due())
    made = opinions.ask(asked.pk, inquiry, by=by)
    opinion = queries.consultations(asked.pk)[0][1][0]
    args["asked"], args["round"] = (asked.pk,), (asked.pk, made.pk)
    args["opinion"] = (asked.pk, opinion.pk)
    rules = OfficeRules.objects.filter(office=world.province)
    rules.update(number_before_signature=True)
    args["to number"] = (drafts.to_sign(world).pk,)
    numbered = drafts.to_sign(world)
    first_number.number_first(numbered.pk, by=world.actor("clerk"))
    args["numbered first"] = (numbered.pk,)
    rules.update(number_before_signature=False)


def _signing(sector: Sector) -> None:
    """A request of the head that waits for the signing program on their computer."""
    person, office = sector.world.person("head").pk, sector.world.province.pk
    (key,) = signing_queries.certificates_of("person", person)
    whose: dict[str, Any] = {
        "certificate": key, "provider": "agent", "title": drafts.SUBJECT, "person_id": person,
        "office_id": office, "expires_at": timezone.now() + timedelta(hours=1),
    }  # fmt: skip
    made = SigningRequest.objects.create(
        purpose="issuing.sign", actor={"person_id": person, "office_id": office}, **whose
    )
    SigningSession.objects.create(
        request=made, subject_id=sector.args["to sign"][0], file_sha256="0" * 64, role="approval",
        field="LanhDao", prepared=b"", digest=b"", **whose,
    )  # fmt: skip
    sector.args["signing request"] = (made.pk,)


def _dossiers(sector: Sector) -> None:
    world, args, by = sector.world, sector.args, sector.world.actor("specialist")
    filed = make_assigned(world)
    for name in ("open dossier", "closed dossier", "handed dossier"):
        title = f"Hồ sơ kiểm tra công tác văn thư ({name})"
        made = dossiers.open_dossier(title, retention_years=10, by=by)
        dossiers.put_in(made.pk, Item("in", filed.pk), by=by)
        args[name] = (made.pk,)
        if name != "open dossier":
            dossiers.close(made.pk, reason="Văn bản giấy nộp kèm theo", by=by)
    archiving.hand_over(args["handed dossier"][0], by=by)
    shared = dossiers.open_dossier("Hồ sơ chia sẻ cho lưu trữ viên xem", by=by)
    share = sharing.share(shared.pk, person(world, "archivist"), by=by)
    args["share"] = (shared.pk, share.pk)
    args["export"] = (dossiers.order_export(args["open dossier"][0], by=by).pk,)
    args["filed entry"] = ("in", filed.pk)
    _plans(sector)
    _kept_long(sector)


def _kept_long(sector: Sector) -> None:
    """A line of the retention schedule of the sector, one of the office; a frozen document."""
    args, by = sector.args, sector.world.actor("head")
    args["period"] = (schedule.lines(by.office)[0].pk,)
    line = schedule.Fields(group="Nhóm riêng", title="Hồ sơ kiểm sát thi hành án", years=20)
    args["own period"] = (schedule.set_line(line, by=by).pk,)
    thing = Item("in", make_registered(sector.world).pk)
    args["freeze"] = (freezing.freeze("Phục vụ thanh tra", "Yêu cầu của Thanh tra", [thing], by=by).pk,)


def _plans(sector: Sector) -> None:
    """Plans of unit 1: of this year approved, of the next one empty, of the last one being drawn up; one proposed."""
    args, year, by = sector.args, today().year, sector.world.actor("head_of_unit")
    unit, line = (
        by.unit_ids[0],
        plans.PlannedFields(title="Hồ sơ kiểm sát tạm giữ, tạm giam", retention_years=20),
    )
    approved, drafting = (plans.start_plan(year - back, unit, by=by) for back in (0, 1))
    args["planned row"] = (plans.put_row(approved.pk, line, by=by).pk,)
    plans.propose(approved.pk, by=by)
    plans.approve(approved.pk, "12/QĐ-VKS", today(), by=sector.world.actor("head"))
    args["plan"], args["drafting plan"] = (approved.pk,), (drafting.pk,)
    args["drafting row"] = (drafting.pk, plans.put_row(drafting.pk, line, by=by).pk)
    args["empty plan"] = (plans.start_plan(year + 1, unit, by=by).pk,)
    other = sector.world.actor("head_of_neighbour")
    proposed = plans.start_plan(year, other.unit_ids[0], by=other)
    plans.put_row(proposed.pk, line, by=other)
    args["proposed plan"] = (plans.propose(proposed.pk, by=other).pk,)


def _files(sector: Sector) -> None:
    world, args = sector.world, sector.args
    entry = documents.register(arrival(), uploads=[drafts.stage(world, "clerk")], by=world.actor("clerk"))
    attached = Attachment.objects.get(owner_kind="document", owner_id=entry.document_id)
    sent = OutgoingEntry.objects.get(pk=args["issued"][0])
    main = Attachment.objects.get(owner_kind="document", owner_id=sent.document_id, role="main")
    args["issued file"] = (main.pk,)
    keeping, _ = Keeping.objects.update_or_create(file_sha256=main.file_id, defaults={"level": "B-LT"})
    files.attach(main.file, owner_kind="keeping", owner_id=keeping.pk, role="lasting", name="lasting.pdf")
    args["file"], args["page"] = (attached.pk,), (attached.pk, 1)
    args["with file"] = (entry.pk,)
    version = Version.objects.get(draft=args["draft"][0], ordinal=1)
    args["version file"] = (Attachment.objects.get(owner_kind="version", owner_id=version.pk).pk,)
    upload = drafts.stage(world, "clerk")
    args["upload"], args["upload page"] = (upload,), (upload, 1)
    args["unknown"], args["no key"], args["no part"] = (uuid4(),), (1,), (1,)


def _custody(sector: Sector) -> None:
    """A certificate of the head with a picture; a token in the hands of a specialist."""
    args, head = sector.args, sector.world.person("head")
    certificate = enrolled_for_practice(head.pk, head.full_name)
    args["template"] = ("KH",)
    args["holder"], args["certificate"] = ("person", head.pk), (certificate.pk,)
    record = handed_over(sector.world, "specialist")
    args["custody"], args["custody record"] = (record.item_id,), (record.pk,)


def _people(sector: Sector) -> None:
    world, args = sector.world, sector.args
    colleague = world.account("second_specialist")
    args["colleague"] = (colleague.pk,)
    args["post of colleague"] = (colleague.pk, world.post("second_specialist").pk)
    args["office"] = (world.province.pk,)
    given = make_delegation(
        world.post("head_of_unit"), world.post("specialist"), "assign",
        starts_at=timezone.now() + timedelta(days=5), ends_at=timezone.now() + timedelta(days=6),
    )  # fmt: skip
    args["delegation"] = (given.pk,)
    args["change_asked"] = ("rename", "units")
    args["change"] = (_planned_change(world),)
    args["looked"] = ("in", *args["assigned"])
    link = organisations.make_activation(colleague.pk, by=world.actor("administrator"))
    args["activation"] = (link.token,)
    day, administrator = today() + timedelta(days=30), world.actor("administrator")
    own = tokens_actions.make_own("Đồng bộ việc của tôi", ["read"], day, by=world.actor("specialist"))
    args["token"] = (own.token.pk,)
    program = tokens_actions.add_program("Phần mềm một cửa", role=Role.CLERK, by=administrator)
    key = tokens_actions.make_for_program(program.pk, "Kết nối", ["read"], day, by=administrator)
    args["program"], args["program token"] = (program.pk,), (program.pk, key.token.pk)


def _planned_change(world: World) -> int:
    """Unit 9 shall have another name."""
    new = changing.Heir(name="Phòng Kiểm sát xét xử dân sự", short_name="Phòng dân sự", code="P9")
    day = today() + timedelta(days=30)
    wish = changing.Wish("rename", True, day, "12/QĐ-VKSTC", today(), [world.unit("P9").pk], [new])
    return changing.plan(wish, by=world.actor("administrator")).pk


def _webhooks(sector: Sector) -> None:
    for where, office in (("", sector.world.province), (" elsewhere", sector.world.region)):
        hook = Webhook.objects.create(office_id=office.pk, name="Quản lý án", url="https://qlav.example.vn/")
        row = WebhookDelivery.objects.create(
            hook=hook, event="webhook.test", at=timezone.now(), about_kind="webhook", about_id=hook.pk
        )
        sector.args[f"webhook{where}"] = (hook.pk,)
        sector.args[f"webhook delivery{where}"] = (row.pk,)
        sector.args[f"delivery of webhook{where}"] = (hook.pk, row.pk)
        system = HubSystem.objects.create(
            system_id=f"H05{where}", secret="", name="Hệ thống tỉnh", office=office, made_at=timezone.now()
        )
        sector.args[f"hub system{where}"] = (system.pk,)


def _calendar(sector: Sector) -> None:
    world, args = sector.world, sector.args
    own = make_appointment(world, "specialist", by="specialist", in_week=False)
    args["own appointment"], args["appointment"] = (own.pk,), (make_appointment(world, "head").pk,)
    args["room"], args["week"], args["no week"] = (make_room(world).pk,), (monday().isoformat(),), ("x",)


def _books(sector: Sector) -> None:
    world, args, by = sector.world, sector.args, sector.world.actor("clerk")
    entry = taking.take(Slip(kind="BC", subject=SUBJECT, unit_id=world.unit("P1").pk), by=by)
    args["paper"] = (entry.pk,)
    args["own book"] = (entry.series_id,)
    gone = taking.take(Slip(kind="HD", subject=SUBJECT), by=by)
    closing.close(gone.series_id, "Sáp nhập cơ quan từ ngày mai", by=by)
    args["closed book"] = (gone.series_id,)
    wish = Hold(kind="TTR", notation="TTr-VKS", purpose="Tờ trình về kinh phí", expires_on=today(), count=2)
    first, second = reserving.hold(wish, by=by)
    args["held number"], args["colleague's number"] = (first.pk,), (second.pk,)
    HeldNumber.objects.filter(pk=second.pk).update(holder_id=world.person("chief").pk)
    args["series rule"] = (book_rules.define(Wish(name="Chương trình", kinds=("CTR",)), by=by).pk,)


def _forms(sector: Sector) -> None:
    world = sector.world
    sector.args["saved_search"] = (habits.save("Tạm giam", "q=tam+giam", by=world.actor("clerk")).pk,)
    direction = {"text": "Đề nghị tham mưu.", "lead": f"u{world.unit('P1').pk}", "way": "lead"}
    sector.data = {
        "": {},
        "leader": {"leader": world.person("head").pk},
        "direction": direction,
        "assignment": direction | {"lead": f"p{world.person('specialist').pk}"},
        "note": {"note": "Thư rác, đã xem."},
        "right place": {"to": "Sở Tư pháp tỉnh Bắc Ninh", "note": "Thuộc thẩm quyền của Sở Tư pháp."},
        "reason": {"reason": "Gửi nhầm nơi nhận, đề nghị gửi lại."},
        "recall": {
            "reason": "Ban hành nhầm phụ lục số liệu.",
            "basis": "Điều 18 Nghị định 30/2020/NĐ-CP",
            "ordered_by": world.person("head").pk,
        },
        "paper": {"paper": "destroyed"},
        "copy": {"form": "SY"},
        "party document": {
            "kind": "DTB",
            "organ": "ĐU",
            "subject": "Kết luận họp",
            "committee": "Đảng ủy Viện",
            "signing": "T/M ĐẢNG ỦY\nBÍ THƯ",
        },
        "words": {"text": "Đề nghị sửa căn cứ ban hành."},
        "result": {"result": "Đã tổng hợp vào báo cáo quý."},
        "dossier": {
            "title": "Hồ sơ kiểm tra công tác tạm giữ, tạm giam",
            "retention": "10",
            "outside_reason": "Phát sinh ngoài danh mục",
        },
        "closing": {"reason": "Văn bản giấy nộp kèm theo hồ sơ"},
        "item in dossier": {"item": f"in:{sector.args['filed entry'][1]}"},
        "xlsx": {"format": "xlsx"},
        "new plan": {"year": today().year + 1, "unit": world.unit("P2").pk},
        "decision": {"decision": "13/QĐ-VKS", "decided_on": today().strftime("%d/%m/%Y")},
        "pick to sign": {"pick": sector.args["to sign"]},
        "picked waiting": {"picked": sector.args["waiting"]},
        "picked registered": {"picked": sector.args["registered"], "leader": world.person("head").pk},
        "picked presented": direction | {"picked": sector.args["presented"]},
        "pick signed": {"pick": sector.args["signed"]},
        "version": {"uploads": drafts.stage(world)},
        "first version": {"version": "1"},
        "mark": {"text": "Đề nghị sửa căn cứ ban hành.", "page": 1},
        "answer": {"answer": "Giữ nguyên theo mẫu."},
        "inquiry": {"owners": f"u{world.unit('P9').pk}", "due_on": "31/12/2099"},
        "agree": {"answer": "agree", "text": ""},
        "initials": {"initials": world.post("head_of_unit").pk},
        "attachment": {"attachments": drafts.stage(world)},
        "compared": {"left": 1, "right": 1},
        "series rule": {"name": "Kế hoạch", "direction": "out", "year_type": "calendar", "kinds": ["KH"]},
        "symbol rule": {"kind": "QD", "pattern": "{kind}-{office}"},
        "number rules": {"hold_days": 5, "congresses": ""},
        "paper book": {"book": "PA", "last": 12},
        "hold": {"kind": "CV", "purpose": "Công văn trả lời cử tri", "expires_on": today(), "count": 1},
        "slip": {"kind": "CV", "subject": SUBJECT, "copies": 1},
        "book": {"book": "incoming", "format": "xlsx", "start_on": "01/01/2026", "end_on": "31/12/2026"},
        **task_forms(sector),
        **axis_forms(sector),
        "consents": {"answer": "disagree", "reason": "Đã thi hành xong"},
        "q": {"q": "tạm giam"},
        "no room": {"number": "99"},
        "no practice day": {"on": "x", "people": "5"},
        "appointment": {
            "subject": "Làm việc với đơn vị",
            "on": "05/01/2027",
            "starts": "08:00",
            "ends": "09:30",
            "attendees": [f"p{world.person('head').pk}"],
        },
        "kept": {"name": "/incoming/1 /incoming/1/return", "values": '[["reason", "Gửi nhầm"]]'},
        "exported": {"q": "tạm giam", "format": "xlsx"},
        "saved": {"name": "Tạm giam", "query": "q=tam+giam"},
        "fields": {"fields": ["symbol"]},
    }

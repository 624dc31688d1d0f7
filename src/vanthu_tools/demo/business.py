"""A little of everything else that an office does, by the verbs that people use, so that no page is empty.

Numbers that are held, voided and supplementary, an envelope, work that no document brought in every state, opinions and
remarks on a draft, plans of dossiers, a delegation to come, the operating rules with their number.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from vanthu.documents import book_rules, reserving, sealed, series, taking
from vanthu.documents.kinds import by_code
from vanthu.documents.reserving import Hold
from vanthu.documents.sealed import Envelope
from vanthu.documents.taking import Slip
from vanthu.dossiers import actions as dossiers
from vanthu.dossiers import plans
from vanthu.dossiers.plans import PlannedFields
from vanthu.issuing import marks, opinions
from vanthu.issuing.models import Draft, Opinion
from vanthu.issuing.opinions import Inquiry
from vanthu.kernel import participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today, working_days_after
from vanthu.kernel.participants import Item, Owner
from vanthu.organisations import delegating, rules_actions
from vanthu.organisations import queries as organisations
from vanthu.organisations.models import Account
from vanthu.tasks import chasing, deadlines, following, matters, rhythms
from vanthu.tasks.chasing import Words
from vanthu.tasks.following import Result
from vanthu.tasks.matters import Order, Part
from vanthu.tasks.models import Matter, Task
from vanthu.tasks.rhythms import Beat
from vanthu.tasks.states import Every, Grade, Origin
from vanthu_tools.demo.cast import MAIN
from vanthu_tools.demo.clock import ZONE
from vanthu_tools.demo.loading.ids import Ids
from vanthu_tools.demo.story import Plan

PLANS = {
    "P8": (
        "Kiểm sát việc tạm giữ, tạm giam",
        "Kiểm sát thi hành án hình sự",
        "Đặc xá, giảm án, tha tù trước thời hạn",
    ),
    "P9": ("Kiểm sát giải quyết án dân sự", "Kháng nghị án dân sự", "Thỉnh thị, trả lời khu vực"),
    "P2": ("Kiểm sát điều tra án kinh tế", "Thực hành quyền công tố tại phiên tòa"),
}
"""Unit: titles of the dossiers that its plan of the year names."""

PAPERS = 4
"""Documents of paper only, of which no file is made: three numbers that were taken, an envelope."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The main province with its people as actors, and where to look rows up."""

    story: Plan
    ids: Ids

    def actor(self, username: str) -> Actor:
        return organisations.actor_for(Account.objects.get(username=username))

    def person(self, username: str) -> Owner:
        return Owner("p", self.ids.person(username))

    def unit(self, abbreviation: str) -> Owner:
        return Owner("u", self.ids.units[f"{MAIN}/{abbreviation}"].pk)


def load(story: Plan, ids: Ids) -> None:
    """All of it, after what the story tells; deadlines count from today, as those verbs do."""
    stage = Stage(story, ids)
    _rule(stage)
    _number(stage)
    _work(stage)
    _follow(stage)
    _ask(stage)
    _plan(stage)
    _delegate(stage)


def _rule(stage: Stage) -> None:
    """The operating rules have a number and a date; numbers may be held for five days and have letters."""
    issued_on = date(2025, 7, 15)
    changes = {"days_by_kind": {"CĐ": 1, "BC": 10}, "longest_delegation": 30}
    rules_actions.change_rules(
        changes, number="68/QĐ-VKS", issued_on=issued_on, by=stage.actor("kiet.quantri")
    )
    book_rules.change(letters_allowed=True, hold_days=5, congresses=[], by=stage.actor("thuy.vanthu"))


def _number(stage: Stage) -> None:
    """A paper document sent, one voided, one with a letter; two numbers held; an envelope that stays closed."""
    by = stage.actor("thuy.vanthu")
    unit = stage.unit("P12").id
    slip = Slip(
        kind="CV", subject="Về việc trả lời đơn của công dân Nguyễn Văn Thảo, phường Kinh Bắc", unit_id=unit,
        signer_name="Ngô Thị Bích Hằng", signer_title="Chánh Văn phòng", recipients="Công dân; VT, P12", copies=2,
    )  # fmt: skip
    sent = taking.take(slip, by=by)
    taking.dispatch(sent.pk, by=by)
    wrong = taking.take(Slip(kind="CV", subject="Về việc mời họp (ghi nhầm thành công văn)"), by=by)
    taking.void(wrong.pk, "Ghi nhầm tên loại, đã lấy số giấy mời", by=by)
    also = Slip(
        kind="CV", subject="Về việc chuyển đơn của công dân (ban hành cùng ngày)", unit_id=unit,
        wanted=f"{sent.number}a", reason="Phát hành cùng ngày, nối tiếp công văn trước",
    )  # fmt: skip
    taking.take(also, by=by)
    wish = Hold(
        kind="KH", notation=series.notation(by.office, by_code("KH"), "VP"),
        purpose="Kế hoạch công tác năm tới, chờ lãnh đạo Viện duyệt", held_for="Văn phòng",
        expires_on=min(today() + timedelta(days=3), date(today().year, 12, 31)), count=2,
    )  # fmt: skip
    reserving.hold(wish, by=by)
    sealed.register_envelope(
        Envelope(
            issuer_name="Ban Nội chính Tỉnh ủy Bắc Ninh", addressee_id=stage.ids.person("minh.pvt"),
            symbol="15-CV/BNCTU", arrived_on=today(), remark="Bì còn nguyên niêm phong",
        ),
        by=by,
    )  # fmt: skip


def _given(stage: Stage, giver: str, title: str, lead: Owner, days: int, **fields: Any) -> Task:
    order = Order(
        title=title, lead=lead, due_on=working_days_after(today(), days) if days else today(), **fields
    )
    matter = matters.give(order, by=stage.actor(giver))
    return Task.objects.get(source_kind="matter", source_id=matter.pk, role="lead", parent=None)


def _work(stage: Stage) -> None:
    """Of a meeting, divided, under way with more time asked for; done and waiting; returned; periodic."""
    meeting: dict[str, Any] = {
        "origin": Origin.MEETING,
        "origin_name": "Giao ban công tác tháng",
        "origin_on": today(),
    }
    title = "Rà soát toàn bộ vụ án tạm đình chỉ, báo cáo số liệu và kiến nghị phục hồi"
    whole = _given(
        stage, "lam.vientruong", title, stage.unit("P1"), 8, support=[stage.unit("P2")],
        text="Chú ý các vụ sắp hết thời hiệu truy cứu trách nhiệm hình sự.", **meeting,
    )  # fmt: skip
    part = Part(title="Lập danh sách các vụ án của khu vực 1, 6, 7", owner=stage.person("khai.p1"),
                due_on=working_days_after(today(), 5))  # fmt: skip
    mine = matters.divide(whole.pk, part, by=stage.actor("huy.tp1"))
    khai = stage.actor("khai.p1")
    following.note_progress(mine.pk, "Đã có danh sách của khu vực 1 và khu vực 6", 60, by=khai)
    reason = "Khu vực 7 đang đối chiếu hồ sơ với cơ quan điều tra"
    deadlines.ask_extension(mine.pk, working_days_after(today(), 7), reason, by=khai)
    done = _given(stage, "huy.tp1", "Chuẩn bị tài liệu họp liên ngành tháng này", stage.person("khai.p1"), 2)
    following.hand_in(done.pk, Result(text="Đã gửi tài liệu vào hồ sơ họp, gồm 3 phụ lục"), by=khai)
    back = _given(
        stage, "lam.vientruong", "Góp ý dự thảo quy chế phối hợp với Sở Tài chính", stage.person("nga.p2"), 4
    )
    following.return_task(back.pk, "Nội dung thuộc lĩnh vực của Phòng 9", by=stage.actor("nga.p2"))
    beat = Beat(
        title="Báo cáo công tác tháng của đơn vị", every=Every.MONTH, day=20, lead=stage.unit("P8"),
        text="Gửi Văn phòng tổng hợp, theo mẫu số 02.",
    )  # fmt: skip
    rhythms.start(beat, by=stage.actor("lam.vientruong"))


def _follow(stage: Stage) -> None:
    """Something late, chased once."""
    title = "Báo cáo việc khắc phục kiến nghị của đoàn kiểm tra liên ngành"
    late = _given(stage, "minh.pvt", title, stage.unit("P8"), 0)
    due_on = today() - timedelta(days=4)
    Task.objects.filter(pk=late.pk).update(due_on=due_on)
    Matter.objects.filter(pk=late.source_id).update(due_on=due_on)
    participants.set_due(Item("matter", late.source_id), due_on)
    words = Words(grade=Grade.FIRST, text="Đề nghị báo cáo ngay trong ngày để tổng hợp trình Viện trưởng")
    chasing.chase(late.pk, words, by=stage.actor("hang.cvp"))


def _ask(stage: Stage) -> None:
    """Opinions on a draft of the province, two of three given; remarks at places in its text."""
    story = stage.story.drafts
    mine = [one for one in story if one.office == MAIN and one.state == "drafting" and one.versions]
    if not mine:
        return
    asked = mine[0]
    pk = stage.ids.drafts[id(asked)]
    units = [name for name in ("P2", "P8", "P9", "P10") if f"{MAIN}/{name}" != asked.unit][:3]
    heads = {"P2": "toan.tp2", "P8": "nghia.tp8", "P9": "oanh.tp9", "P10": "nhung.p10"}
    inquiry = Inquiry(
        owners=[stage.unit(name) for name in units], due_on=opinions.usual_due(),
        question="Đề nghị góp ý về thời hạn và đơn vị chủ trì ở mục II.",
    )  # fmt: skip
    made = opinions.ask(pk, inquiry, by=stage.actor(asked.drafter))
    given = Opinion.objects.filter(consultation=made).order_by("position")
    answers = (("agree", ""), ("other", "Đề nghị kéo dài thời hạn ở điểm 2 mục II thêm 5 ngày làm việc."))
    for name, opinion, (answer, text) in zip(units, given, answers, strict=False):
        opinions.answer(pk, opinion.pk, answer, text, by=stage.actor(heads[name]))
    _remark(pk, stage, heads[units[0]])


def _remark(pk: int, stage: Stage, author: str) -> None:
    by = stage.actor(author)
    first = marks.Remark(text="Bổ sung căn cứ: Luật Tổ chức Viện kiểm sát nhân dân năm 2024", page=1)
    marks.mark(pk, first, by=by)
    marks.mark(pk, marks.Remark(text="Thống nhất cách viết tên cơ quan trong cả văn bản", page=1), by=by)
    drafter = Draft.objects.select_related("drafter").get(pk=pk).drafter_id
    account = Account.objects.get(person=drafter)
    marks.answer_mark(pk, 1, "Đã bổ sung ở bản sau", by=organisations.actor_for(account))


def _plan(stage: Stage) -> None:
    """Plans of dossiers of the year: one approved with a dossier opened from it, one proposed, one being drawn up."""
    year = today().year
    heads = {"P8": "nghia.tp8", "P9": "oanh.tp9", "P2": "toan.tp2"}
    made = {}
    for name, titles in PLANS.items():
        by = stage.actor(heads[name])
        made[name] = plans.start_plan(year, stage.unit(name).id, by=by)
        plans.put_row(made[name].pk, PlannedFields(title="Hồ sơ nghiệp vụ", level=1), by=by)
        rows = [
            plans.put_row(
                made[name].pk, PlannedFields(title=f"{title} năm {year}", retention_years=20), by=by
            )
            for title in titles
        ]
        if name != "P2":
            plans.propose(made[name].pk, by=by)
        if name == "P8":
            head = stage.actor("lam.vientruong")
            plans.approve(made[name].pk, "03/QĐ-VKS", min(today(), date(year, 1, 6)), by=head)
            dossiers.open_planned(rows[0].pk, by=stage.actor("hieu.p8"))


def _delegate(stage: Stage) -> None:
    """The head of unit 2 will be away next week."""
    begin = datetime.combine(today() + timedelta(days=5), time(7, 30), ZONE)
    post = stage.ids.posts["nga.p2", MAIN]
    delegating.delegate(
        post.pk, ["assign"], starts_at=begin, ends_at=begin + timedelta(days=5), reason="Tập huấn tại Hà Nội",
        basis="Giấy ủy quyền số 02/GUQ-P2", by=stage.actor("toan.tp2"),
    )  # fmt: skip

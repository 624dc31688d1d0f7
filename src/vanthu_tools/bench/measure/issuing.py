"""How long issuing takes: the answer to the clerk, the seal, and the way into the last inbox."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from django.db.models import Count, Q

from vanthu.exchange.models import Delivery
from vanthu.exchange.states import DeliveryState
from vanthu.issuing import actions, reviews, saga, versions
from vanthu.issuing import queries as issuing
from vanthu.issuing.actions import Outline
from vanthu.issuing.models import Draft
from vanthu.issuing.states import DraftState
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.organisations import queries as organisations
from vanthu.organisations.models import Account, Office, Post
from vanthu.organisations.powers import Role
from vanthu.practice.letter import pdf
from vanthu_tools.bench.measure.driving import Call, Client
from vanthu_tools.bench.measure.seats import Seat, Seats
from vanthu_tools.demo.filing.contents import letter_of_draft
from vanthu_tools.enrolment import enrol

SUBJECT = "Về việc kiểm tra công tác văn thư, lưu trữ và bảo vệ bí mật nhà nước"
BODY = ("Thực hiện chương trình công tác năm, đề nghị các đơn vị tự kiểm tra và báo cáo kết quả.",) * 6
PATIENCE = 120.0  # seconds until an issue counts as lost
LOOK = 0.02  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Issue:
    """Seconds from the clerk's click to the page (`answered`), the seal (`issued`), the last inbox (`delivered`)."""

    offices: int
    answered: float
    issued: float
    delivered: float
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who it takes to issue: all of one office."""

    clerk: Seat
    drafter: Seat
    checker: Seat
    signer: Seat


def desk_of(seats: Seats) -> Desk | None:
    """The people of one office who can issue a document together."""
    for clerk in seats.of(Role.CLERK):
        here = {seat.role: seat for seat in seats.all if seat.actor.office_id == clerk.actor.office_id}
        drafter = here.get(Role.SPECIALIST) or here.get(Role.UNIT_HEAD)
        if drafter and {Role.HEAD, Role.ADMINISTRATION_HEAD} <= here.keys():
            return Desk(clerk, drafter, here[Role.ADMINISTRATION_HEAD], here[Role.HEAD])
    return None


def receivers(office_id: int, wanted: int) -> list[Office]:
    """So many offices of today, or as many as there are."""
    here = Q(valid_to_on=None) | Q(valid_to_on__gte=today())
    rows = Office.objects.filter(here, room=None).exclude(pk=office_id)
    return list(rows.order_by("pk")[:wanted])


def signed_draft(desk: Desk, offices: Sequence[Office]) -> Draft:
    """A draft to these offices that went through all reviews and carries a real signature."""
    _certificates(desk)
    by, signer = desk.drafter.actor, desk.signer.actor
    post = organisations.post_of_person(signer.person, office_id=signer.office, roles=(Role.HEAD,))
    outline = Outline(
        kind="CV", subject=SUBJECT, signer_id=post.pk, office_ids=[office.pk for office in offices]
    )
    draft = actions.start(outline, from_template=False, by=by)
    paper = pdf(letter_of_draft(draft, BODY, "VP"))
    upload = files.stage(BytesIO(paper), "cong-van.pdf", by=by)
    versions.add_version(draft.pk, upload.pk, by=by)
    draft = actions.submit(draft.pk, by=by)
    if draft.state == DraftState.CONTENT:
        reviews.pass_content(draft.pk, "Nhất trí", by=_actor(organisations.heads_of(draft.unit_id or 0)[0]))
    saga.pass_form(draft.pk, by=desk.checker.actor)
    return saga.sign(draft.pk, by=signer)


def _certificates(desk: Desk) -> None:
    """The signer's and the office's, from the test authority."""
    office = organisations.office(desk.clerk.actor.office)
    signer = desk.signer.actor
    enrol([(signer.person, signer.name, office.name)], [(office.pk, office.name)])


def _actor(post: Post) -> Actor:
    return organisations.actor_for(Account.objects.get(person=post.person_id), post.office_id)


def issue(desk: Desk, draft: Draft, address: tuple[str, int]) -> Issue:
    """Issue through HTTP as the clerk does, and look until the last receiver has it; a worker must run."""
    offices = len(issuing.recipients(draft.pk))
    start = time.perf_counter()
    answer = Client(*address).ask("Issue", Call.form(desk.clerk, f"/outgoing/drafts/{draft.pk}/issue"))
    answered = time.perf_counter() - start
    if answer.trouble:
        return Issue(offices, answered, 0, 0, answer.trouble)
    issued = _until(start, lambda: Draft.objects.filter(pk=draft.pk, state=DraftState.ISSUED).exists())
    outgoing = Draft.objects.values_list("outgoing", flat=True).get(pk=draft.pk)
    delivered = _until(start, lambda: _all_delivered(outgoing or 0, offices))
    trouble = "" if delivered else f"not everywhere after {PATIENCE:.0f} s"
    return Issue(offices, answered, issued, delivered, trouble)


def _all_delivered(outgoing: int, offices: int) -> bool:
    rows = Delivery.objects.filter(outgoing=outgoing).aggregate(
        made=Count("pk"), waiting=Count("pk", filter=Q(state=DeliveryState.QUEUED))
    )
    return bool(rows["made"] == offices and rows["waiting"] == 0)


def _until(start: float, done: Callable[[], bool]) -> float:
    """Seconds since `start` when it was done; 0 when patience ended first."""
    while time.perf_counter() - start < PATIENCE:
        if done():
            return time.perf_counter() - start
        time.sleep(LOOK)
    return 0.0

"""Nothing stays with nobody: a column that names a person is handed over with open work, or has a reason."""

import re

from django.apps import apps
from django.db.models import BigIntegerField, ForeignKey, Q

from tests.appointments import at, make_appointment, make_room
from tests.cast import World
from tests.dossiers.test_plans import line, make_plan
from tests.entries import make_assigned, make_presented, person
from tests.tasks.test_rhythms import beat
from tests.web.drafts import drafted
from vanthu.documents import sealed
from vanthu.dossiers import actions as dossiers
from vanthu.dossiers import plans
from vanthu.issuing import actions as drafts
from vanthu.issuing import cosigning, opinions, reviews, saga
from vanthu.issuing.opinions import Inquiry
from vanthu.issuing.states import IN_REVIEW, UNFINISHED
from vanthu.kernel.calendar import today
from vanthu.organisations import leaving
from vanthu.signing import custody
from vanthu.signing.geometry import Rect
from vanthu.signing.places import Place
from vanthu.tasks import matters, rhythms
from vanthu.tasks.states import LIVE
from vanthu.web.accounts.leaving import ACTS, work_of

PEOPLE = ("organisations.Person", "organisations.Account", "organisations.Post")
NUMBERS = re.compile(r"(account|person|owner|holder|made_by|asked_by|given_by|keeper)_id")

# What of a column is open work; after the hand-over no such row names who left.
OPEN: dict[str, Q] = {
    "kernel.Participant.owner_id": Q(owner_kind="p", pending=True) & ~Q(item_kind__in=["notice", "week"]),
    "dossiers.Dossier.creator": Q(state__in=["open", "closed"]),
    "dossiers.PlanRow.keeper": Q(),
    "tasks.Task.person": Q(state__in=LIVE),
    "tasks.Task.given_by": Q(state__in=LIVE),
    "tasks.Matter.given_by": Q(state="open"),
    "tasks.Rhythm.person": Q(stopped_on=None),
    "tasks.Rhythm.given_by": Q(stopped_on=None),
    "calendar.Appointment.chair": Q(state="planned"),
    "calendar.Appointment.creator": Q(state="planned"),
    "calendar.Attendee.person": Q(appointment__state="planned"),
    "signing.CustodyItem.holder": Q(state="held"),
    "issuing.Draft.drafter": Q(state__in=UNFINISHED),
    "issuing.Draft.signer": Q(state__in=IN_REVIEW),
    "issuing.CoSigner.post": Q(signed_at=None, draft__state__in=IN_REVIEW),
    "issuing.Opinion.person": Q(answered_at=None, consultation__draft__state__in=UNFINISHED),
}

ACCOUNT = "belongs to the account, which ends with the person; no work of the office"
PAST = "says who did it; a thing of the past stays as it was"
ANYBODY = "every clerk of the office goes on with it"
TOLD = "tells the person something; the work that it is about is handed over"
REASONS: dict[str, str] = {
    "account.EmailAddress.user": ACCOUNT,
    "mfa.Authenticator.user": ACCOUNT,
    "usersessions.UserSession.user": ACCOUNT,
    "kernel.AccessLog.account_id": PAST,
    "kernel.AccessLog.person_id": PAST,
    "kernel.Attachment.owner_id": "the thing that a file belongs to, no person",
    "kernel.Upload.account_id": ACCOUNT,
    "kernel.LedgerEntry.account_id": PAST,
    "kernel.LedgerEntry.person_id": PAST,
    "kernel.Counter.owner_id": "counts rows of Participant",
    "kernel.Idempotency.account_id": PAST,
    "kernel.KeptForm.account_id": ACCOUNT,
    "organisations.Account.person": ACCOUNT,
    "organisations.Activation.account": ACCOUNT,
    "organisations.Activation.made_by_id": PAST,
    "organisations.Token.account": ACCOUNT,
    "organisations.Token.created_by": PAST,
    "organisations.Change.planned_by": PAST,
    "organisations.Successor.head": "who shall lead an office from a day on; another administrator names another",
    "organisations.ChangeLine.post": "goes where its unit goes once the person has left it",
    "organisations.Post.person": "ending it is what the hand-over comes before",
    "organisations.PracticeRoom.owner": "a room to practise in; nothing in it counts",
    "organisations.Delegation.giver": "ends with the post: a power is not inherited",
    "organisations.Delegation.receiver": "ends with the post: a power is not inherited",
    "organisations.RightsChange.person": TOLD,
    "signing.SigningRequest.person_id": "lasts minutes; the drafts are handed over",
    "signing.SigningSession.person_id": "lasts minutes; the draft is handed over",
    "signing.Certificate.holder_id": "a key is given back, never passed on",
    "statistics.SigningTally.person_id": PAST,
    "signing.CustodyItem.owner": "whose own device it is; they give it back, nobody else gets it",
    "signing.CustodyRecord.giver": PAST,
    "signing.CustodyRecord.receiver": PAST,
    "signing.CustodyRecord.recorded_by": PAST,
    "documents.Stack.brought_by": ANYBODY,
    "documents.HeldNumber.holder_id": "a colleague takes the number over, or it is free after its day",
    "documents.Recall.ordered_by": PAST,
    "documents.Recall.recorded_by": PAST,
    "documents.RecallNote.noted_by": PAST,
    "documents.EntryDraft.account_id": "a form half filled in; the paper lies on the desk",
    "dossiers.DossierItem.added_by": PAST,
    "dossiers.Paper.added_by": PAST,
    "dossiers.Share.owner_id": "lets somebody read or add; the keeper has the work",
    "dossiers.Export.account_id": ACCOUNT,
    "tasks.Instruction.author": PAST,
    "tasks.Instruction.recorded_by": PAST,
    "tasks.Extension.asked_by": "the task is handed over, and who has it is answered",
    "tasks.Extension.answered_by": PAST,
    "tasks.Progress.author": PAST,
    "tasks.Chase.person": PAST,
    "tasks.Chase.by": PAST,
    "tasks.Notice.person": TOLD,
    "tasks.Digest.account_id": PAST,
    "calendar.Week.approved_by": PAST,
    "calendar.Feed.account": ACCOUNT,
    "issuing.Draft.content_by": PAST,
    "issuing.Draft.recorded_by": PAST,
    "issuing.Draft.next_co_signer": "one of the co-signers: the draft goes back with them",
    "issuing.LetterTemplate.made_by": PAST,
    "issuing.LetterTemplate.ended_by": PAST,
    "issuing.Version.made_by": PAST,
    "issuing.Review.author": PAST,
    "issuing.Mark.author": "the drafter answers a remark",
    "issuing.Mark.answered_by": PAST,
    "issuing.Consultation.asked_by": "the drafter closes it just so",
    "issuing.Opinion.author": PAST,
    "search.SavedSearch.account_id": ACCOUNT,
    "search.ShownFields.account_id": ACCOUNT,
}


def columns() -> dict[str, ForeignKey | BigIntegerField]:
    """{app.Model.column: field} of everything in the database that may name a person."""
    found = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            related = getattr(field, "related_model", None)
            named = related is not None and related._meta.label in PEOPLE
            if named or (isinstance(field, BigIntegerField) and NUMBERS.fullmatch(field.name)):
                found[f"{model._meta.label}.{field.name}"] = field
    return found


def test_every_column_that_names_a_person_is_known() -> None:
    assert set(columns()) - set(OPEN) - set(REASONS) == set()
    assert set(OPEN) <= set(columns())
    assert not set(OPEN) & set(REASONS)


def named(column: str, person_id: int) -> int:
    """Rows of open work whose column names this person."""
    field = columns()[column]
    related = getattr(field, "related_model", None)
    path = f"{field.name}__person" if related and related._meta.label == "organisations.Post" else field.name
    return field.model._default_manager.filter(OPEN[column], **{path: person_id}).count()


def fill(world: World) -> None:
    """Open work of every kind in the hands of the head, the administration head and a specialist."""
    clerk, head, specialist = (world.actor(name) for name in ("clerk", "head", "specialist"))
    make_presented(world)
    make_assigned(world)
    envelope = sealed.Envelope(
        issuer_name="Tòa án nhân dân tỉnh", addressee_id=specialist.person, arrived_on=today()
    )
    sealed.register_envelope(envelope, by=clerk)
    matters.give(matters.Order(title="Rà soát danh mục thiết bị", lead=person(world, "specialist")), by=head)
    rhythms.start(beat(world), by=head)
    rhythms.start(beat(world, lead=person(world, "specialist")), by=head)
    dossiers.open_dossier("Kiểm tra công tác văn thư năm 2026", by=specialist)
    plans.put_row(make_plan(world).pk, line(keeper_id=specialist.person), by=specialist)
    make_appointment(world, "specialist", chair_id=head.person)
    make_appointment(
        world,
        "head",
        by="specialist",
        starts_at=at(14),
        ends_at=at(15),
        in_week=False,
        room_id=make_room(world).pk,
    )
    keep_devices(world)
    one = drafted(world)
    opinions.ask(one.pk, Inquiry(owners=[person(world, "chief")], due_on=today()), by=specialist)
    two = drafted(world, "Kế hoạch công tác lưu trữ năm 2027")
    cosigning.add_initials(two.pk, world.post("chief").pk, by=specialist)
    saga.place(two.pk, "KyNhay1", Place(0, Rect(240, 300, 300, 324)), by=specialist)
    drafts.submit(two.pk, by=specialist)
    reviews.pass_content(two.pk, by=world.actor("head_of_unit"))
    saga.pass_form(two.pk, by=world.actor("chief"))


def keep_devices(world: World) -> None:
    """The administration head has the seal, a specialist their own token."""
    clerk = world.actor("clerk")
    for kind, persona, own in (("seal", "chief", False), ("token", "specialist", True)):
        holder = world.person(persona).pk
        device = custody.Received(
            kind=kind,
            number=f"{kind}-1",
            name="Dùng để ký",
            received_on=today(),
            received_from="Nơi cấp",
            owner_id=holder if own else None,
        )
        item = custody.receive(device, by=clerk)
        slip = custody.HandOver(to_id=holder, done_on=today(), permission="12/QĐ-VKS")
        custody.hand_over(item.pk, slip, by=clerk)


def test_after_the_hand_over_no_open_work_names_who_left(world: World) -> None:
    fill(world)
    leavers = {"head": "deputy", "chief": "deputy", "specialist": "second_specialist"}
    ids = {name: world.person(name).pk for name in leavers}
    before = {column: sum(named(column, pk) for pk in ids.values()) for column in OPEN}
    assert all(before.values()), f"the test makes no such work: {[one for one in before if not before[one]]}"
    by = world.actor("administrator")
    for leaver, successor in leavers.items():
        given = leaving.change(ids[leaver], world.person(successor).pk, by=by)
        for act in ACTS.values():
            act(given, by=by)
        assert not any(work_of(ids[leaver], by.office).values())
        assert {column: named(column, ids[leaver]) for column in OPEN} == dict.fromkeys(OPEN, 0)

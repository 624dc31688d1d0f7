"""Drafts of a person who leaves go to another drafter; what waited for their signature goes back to its drafter."""

from django.db import transaction
from django.db.models import Q, QuerySet

from vanthu.issuing.models import CoSigner, Draft, Opinion
from vanthu.issuing.showing import show
from vanthu.issuing.states import DRAFTS, IN_REVIEW, UNFINISHED, DraftState
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.participants import Item, Owner
from vanthu.organisations.leaving import Change, Work, pass_row


def work_of(person_id: int, office_id: int) -> list[Work]:
    """Unfinished drafts of this person, what waits for their signature, opinions they owe. Three queries."""
    own = _drafts(person_id, office_id).order_by("pk")
    unsigned = _to_sign(person_id, office_id).order_by("pk")
    asked = _opinions(person_id, office_id).values_list("consultation__draft", "consultation__due_on")
    turned_back = "sẽ do người này ký: trả lại để chọn người ký khác"
    return [
        *(Work(one.pk, f"Dự thảo #{one.pk}: {DraftState(one.state).label.lower()}") for one in own),
        *(Work(one.pk, f"Dự thảo #{one.pk} {turned_back}") for one in unsigned),
        *(Work(pk, f"Góp ý dự thảo #{pk}", due_on) for pk, due_on in asked.order_by("pk")),
    ]


@transaction.atomic
def hand_over(given: Change, *, by: Actor) -> int:
    """The successor goes on drafting. A signature is nobody else's: what waits for it goes back to its drafter."""
    by.require("administer")
    unsigned = list(_to_sign(given.leaver, by.office).select_for_update(of=("self",)).order_by("pk"))
    for draft in unsigned:
        moves.make(DRAFTS, "return", draft, by=by)
        show(draft, drafter_state="returned")
        ledger.record(
            "issuing.returned", draft, by=by,
            note=f"trả lại để chọn người ký khác: {given.leaver_name} thôi nhiệm vụ",
        )  # fmt: skip
    own = list(_drafts(given.leaver, by.office).select_for_update(of=("self",)).order_by("pk"))
    for draft in own:
        row = next(
            (one for one in participants.owners(Item("draft", draft.pk)) if one.role == "drafter"), None
        )
        draft.drafter_id = given.to.person_id
        draft.save(update_fields=["drafter"])
        participants.exclude(Item("draft", draft.pk), Owner("p", given.leaver))
        show(draft, drafter_state=row.state if row else "drafting")
        ledger.record("issuing.reassigned", draft, by=by, note=given.note)
    return len(unsigned) + len(own) + _pass_opinions(given, by)


def _pass_opinions(given: Change, by: Actor) -> int:
    """Ask the successor instead, unless they were asked themselves."""
    rows = _opinions(given.leaver, by.office).select_related("consultation__draft").order_by("pk")
    for opinion in rows:
        others = Opinion.objects.filter(consultation=opinion.consultation_id, person=given.to.person_id)
        if not others.exists():
            opinion.person_id = given.to.person_id
            opinion.save(update_fields=["person"])
        pass_row(Item("draft", opinion.consultation.draft_id), given)
        ledger.record("issuing.reassigned", opinion.consultation.draft, by=by, note=given.note)
    return len(rows)


def _opinions(person_id: int, office_id: int) -> QuerySet[Opinion]:
    return Opinion.objects.filter(
        person=person_id,
        answered_at=None,
        consultation__closed_at=None,
        consultation__draft__office=office_id,
        consultation__draft__state__in=UNFINISHED,
    )


def _drafts(person_id: int, office_id: int) -> QuerySet[Draft]:
    return Draft.objects.select_related("signer").filter(
        drafter=person_id, office=office_id, state__in=UNFINISHED
    )


def _to_sign(person_id: int, office_id: int) -> QuerySet[Draft]:
    beside = CoSigner.objects.filter(post__person=person_id, signed_at=None).values("draft")
    mine = Q(signer__person=person_id) | Q(pk__in=beside)
    return Draft.objects.select_related("signer").filter(mine, office=office_id, state__in=IN_REVIEW)

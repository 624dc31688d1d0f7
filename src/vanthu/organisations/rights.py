"""Whoever's rights changed is told until they confirm. Decree 30/2020/NĐ-CP, Phụ lục VI, III.3.c."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from vanthu.kernel import ledger, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.ledger import Event
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Conflict
from vanthu.organisations.models import Account, RightsChange

LISTED = 200


def changed(person_ids: Iterable[int]) -> None:
    """Rights are read anew with the next request of these people."""
    Account.objects.filter(person__in=list(person_ids)).update(rights_version=F("rights_version") + 1)


def tell(person_ids: Iterable[int], text: str, *, by: Actor, item: Item | None = None) -> None:
    """Tell people of a change that somebody else made; of one item nobody has two open alerts. Three queries."""
    people = Account.objects.filter(person__in=set(person_ids) - {by.person_id}, is_program=False)
    told = list(people.values_list("person_id", flat=True).order_by("person_id"))
    if not told:
        return
    RightsChange.objects.bulk_create(
        [
            RightsChange(
                person_id=person,
                office_id=by.office,
                text=text[:400],
                by_name=by.name,
                changed_at=now(),
                item_kind_of=item.kind if item else "",
                item_id_of=item.id if item else None,
            )
            for person in told
        ],
        ignore_conflicts=True,
    )
    _count(told)


def _count(person_ids: Iterable[int]) -> None:
    waiting = (
        RightsChange.objects.filter(person=OuterRef("person"), confirmed_at=None)
        .order_by()
        .values("person")
        .annotate(n=Count("pk"))
        .values("n")
    )
    Account.objects.filter(person__in=list(person_ids)).update(
        rights_to_confirm=Coalesce(Subquery(waiting, output_field=IntegerField()), 0)
    )


def changes_of(by: Actor) -> list[RightsChange]:
    """What changed in the actor's rights, what is not confirmed first, then the newest."""
    rows = RightsChange.objects.filter(person=by.person).select_related("office")
    return list(rows.order_by(F("confirmed_at").desc(nulls_first=True), "-changed_at", "-pk")[:LISTED])


def unconfirmed(by: Actor) -> list[RightsChange]:
    """Changes of rights in the actor's office that somebody has not confirmed yet, oldest first; needs `administer`."""
    by.require("administer")
    rows = RightsChange.objects.filter(office=by.office, confirmed_at=None).select_related("person")
    return list(rows.order_by("changed_at", "pk")[:LISTED])


@transaction.atomic
def confirm(newest: int, *, by: Actor) -> int:
    """The person knows of their changes up to the one with this id; returns how many they confirmed."""
    open_ = RightsChange.objects.filter(person=by.person, confirmed_at=None, pk__lte=newest)
    texts = list(open_.select_for_update().order_by("pk").values_list("text", flat=True))
    if not texts:
        raise Conflict("Các thay đổi này đã được xác nhận rồi. Tải lại trang để xem.")
    open_.update(confirmed_at=now())
    _count([by.person])
    ledger.record(
        "organisations.rights_confirmed",
        Account.objects.get(pk=by.account),
        by=by,
        changes={"confirmed": (None, len(texts))},
        note=f"xác nhận đã biết thay đổi quyền: {' '.join(texts)}",
    )
    return len(texts)


_WORDS = {"in": "văn bản đến", "out": "văn bản đi", "draft": "dự thảo", "dossier": "hồ sơ", "matter": "việc"}


def on_shown(event: Event) -> None:
    """Somebody was named on a restricted document: they, and only they, are told that they may open it now."""
    if not getattr(event.subject, "restricted", False):
        return
    item = Item(event.item_kind, event.item_id)
    named = {row.owner_id for row in participants.owners(item) if row.owner_kind == "p"}
    known = set(
        RightsChange.objects.filter(item_kind_of=item.kind, item_id_of=item.id, person__in=named).values_list(
            "person_id", flat=True
        )
    )
    what = _WORDS.get(item.kind, "văn bản")
    tell(named - known, f"Được xem {what} hạn chế tiếp cận do {event.by.name} giao.", by=event.by, item=item)

"""Freeze hand-picked sets of documents and dossiers, and lift it (Decree 30/2020/NĐ-CP, Phụ lục VI, part I, IV.1.g).

A frozen dossier freezes the documents in it. Each item names the newest freeze that holds it (`kernel.freezing`), and
every verb that would change it refuses with the sentence of that freeze.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q

from vanthu.documents import filing, outgoing_search
from vanthu.dossiers import queries
from vanthu.dossiers.models import Dossier
from vanthu.kernel import ledger, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.freezing import Freezable, Freeze, Frozen
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound

KINDS = ("in", "out", "dossier")
MOST_ITEMS = 500
_LEAST = 10  # letters of a reason that says something
_ARRIVAL = re.compile(r"(?:số )?đến (\d+)(?:/(\d{4}))?", re.IGNORECASE)
_NOTATION = re.compile(r"(\d{2,4}\.[^\s./]{1,14})(?:/(\d{4}))?")


@dataclass(frozen=True, slots=True)
class Listed:
    """A freeze and how many things it holds."""

    freeze: Freeze
    documents: int
    dossiers: int


def may_freeze(by: Actor) -> bool:
    """Whether the actor freezes and lifts: the leaders of the office."""
    return by.office_id is not None and by.may("approve")


def require_leader(by: Actor) -> None:
    """Raise `NotAllowed` for everybody else."""
    if not may_freeze(by):
        raise NotAllowed(
            "Chỉ lãnh đạo cơ quan đóng băng, gỡ đóng băng văn bản và hồ sơ. Đề nghị lãnh đạo thực hiện."
        )


@transaction.atomic
def freeze(name: str, reason: str, items: Sequence[Item], *, by: Actor) -> Freeze:
    """Freeze these documents and dossiers of the actor's office, and what lies in the dossiers.

    Raises `Invalid` per field, `NotFound` for what the actor does not see.
    """
    require_leader(by)
    _check(name, reason, items)
    wanted = set(_whole(items, by))
    found = _held(wanted, by.office)
    if len(found) != len(wanted):
        raise NotFound()
    made = Freeze.objects.create(
        office_id=by.office,
        name=name.strip(),
        reason=reason.strip(),
        frozen_by=f"{by.title} {by.name}".strip(),
        frozen_at=now(),
    )
    Frozen.objects.bulk_create(
        Frozen(freeze=made, item_kind_of=item.kind, item_id_of=item.id) for item in sorted(found)
    )
    _name(found.values(), made)
    for thing in found.values():
        ledger.record("dossiers.frozen", thing, by=by, note=f"đóng băng theo “{made.name}”: {made.reason}")
    ledger.record(
        "dossiers.set_frozen", made, by=by, note=f"đóng băng {len(found)} văn bản, hồ sơ: {made.reason}"
    )
    return made


@transaction.atomic
def lift(pk: int, reason: str, *, by: Actor) -> Freeze:
    """Lift a freeze; what another one holds too stays frozen. Raises `Invalid`, `Conflict` when it was lifted."""
    require_leader(by)
    if len(reason.strip()) < _LEAST:
        raise Invalid(fields={"reason": f"Ghi rõ vì sao gỡ đóng băng (ít nhất {_LEAST} ký tự)."})
    found = Freeze.objects.select_for_update().filter(pk=pk, office_id=by.office).first()
    if found is None:
        raise NotFound()
    if found.lifted_at is not None:
        raise Conflict(f"{found.lifted_by} đã gỡ đóng băng này. Tải lại trang để xem.")
    found.lifted_by, found.lifted_at = f"{by.title} {by.name}".strip(), now()
    found.lifted_reason = reason.strip()[:500]
    found.save(update_fields=["lifted_by", "lifted_at", "lifted_reason"])
    things = _held({Item(one.item_kind_of, one.item_id_of) for one in _rows(found)}, by.office)
    for item, thing in things.items():
        _name([thing], _newest(item))
        ledger.record(
            "dossiers.unfrozen", thing, by=by, note=f"gỡ đóng băng “{found.name}”: {found.lifted_reason}"
        )
    filing.empty_recalled(
        [item.id for item, thing in things.items() if item.kind == "in" and not thing.freeze_id]
    )
    ledger.record("dossiers.set_lifted", found, by=by, note=f"gỡ đóng băng: {found.lifted_reason}")
    return found


def freezes(by: Actor, *, limit: int = 200) -> list[Listed]:
    """The freezes of the office, those in force first, newest first. One query."""
    require_leader(by)
    folders = Count("pk", filter=Q(item_kind_of="dossier"))
    rows = (
        Frozen.objects.filter(freeze__office_id=by.office)
        .values("freeze")
        .annotate(all=Count("pk"), folders=folders)
    )
    counted = {row["freeze"]: (row["all"] - row["folders"], row["folders"]) for row in rows}
    found = Freeze.objects.filter(pk__in=counted).order_by("-frozen_at")[:limit]
    shown = sorted(found, key=lambda one: one.lifted_at is not None)
    return [Listed(one, *counted[one.pk]) for one in shown]


def one(pk: int, by: Actor) -> Freeze:
    """A freeze of the office; raises `NotFound`."""
    require_leader(by)
    found = Freeze.objects.filter(pk=pk, office_id=by.office).first()
    if found is None:
        raise NotFound()
    return found


def items_of(found: Freeze) -> list[Item]:
    """What it holds."""
    return [Item(row.item_kind_of, row.item_id_of) for row in _rows(found)]


def named(text: str, by: Actor) -> tuple[list[Item], list[str]]:
    """(what lines of text name, the lines that name nothing the actor sees).

    A line is the symbol of an issued document ("12/KH-VKS"), "đến 15" or "đến 15/2025", or a dossier: "01.P1",
    "01.P1/2025".
    """
    found, unknown = [], []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        item = _named(line, by)
        if item is None:
            unknown.append(line)
        else:
            found.append(item)
    return found, unknown


def _named(line: str, by: Actor) -> Item | None:
    if arrival := _ARRIVAL.fullmatch(line):
        ids = filing.by_arrival(int(arrival[1]), int(arrival[2] or today().year), by.office)
        return next((Item("in", pk) for pk in ids if participants.sight(by, Item("in", pk))), None)
    if notation := _NOTATION.fullmatch(line):
        rows = Dossier.objects.filter(
            office=by.office, notation=notation[1], year=int(notation[2] or today().year)
        )
        ids = list(rows.values_list("pk", flat=True))
        return next((Item("dossier", pk) for pk in ids if participants.sight(by, Item("dossier", pk))), None)
    pk = outgoing_search.by_symbol(line, by)
    return Item("out", pk) if pk else None


def _check(name: str, reason: str, items: Sequence[Item]) -> None:
    wrong = {}
    if not 5 <= len(name.strip()) <= 200:
        wrong["name"] = "Đặt tên tập đóng băng, từ 5 đến 200 ký tự."
    if not _LEAST <= len(reason.strip()) <= 500:
        wrong["reason"] = f"Ghi rõ lý do, căn cứ (từ {_LEAST} đến 500 ký tự)."
    if not items:
        wrong["things"] = "Chọn ít nhất một văn bản hoặc hồ sơ."
    elif len(items) > MOST_ITEMS:
        wrong["things"] = f"Một tập nhiều nhất {MOST_ITEMS} văn bản, hồ sơ. Chia thành nhiều tập."
    if wrong:
        raise Invalid(fields=wrong)


def _whole(items: Iterable[Item], by: Actor) -> Iterable[Item]:
    """The items that the actor sees, and the documents inside the dossiers among them."""
    for item in items:
        if item.kind not in KINDS or participants.sight(by, item) is None:
            raise NotFound()
        yield item
        if item.kind == "dossier":
            yield from (inside for inside in queries.documents_inside(item.id) if inside.kind in KINDS)


def _held(items: Iterable[Item], office_id: int) -> dict[Item, Freezable]:
    """The rows of these items of the office, locked until commit."""
    wanted = list(items)
    found: dict[Item, Freezable] = dict(filing.hold(wanted, office_id))
    folders = [item.id for item in wanted if item.kind == "dossier"]
    rows = Dossier.objects.select_for_update(of=("self",)).filter(pk__in=folders, office=office_id)
    return found | {Item("dossier", row.pk): row for row in rows.order_by("pk")}


def _name(things: Iterable[Freezable], freeze: Freeze | None) -> None:
    for thing in things:
        thing.freeze = freeze
        thing.save(update_fields=["freeze"])


def _newest(item: Item) -> Freeze | None:
    """The newest freeze in force that holds an item."""
    rows = Frozen.objects.filter(item_kind_of=item.kind, item_id_of=item.id, freeze__lifted_at=None)
    found = rows.select_related("freeze").order_by("-freeze").first()
    return found.freeze if found else None


def _rows(found: Freeze) -> list[Frozen]:
    return list(Frozen.objects.filter(freeze=found).order_by("item_kind_of", "item_id_of"))

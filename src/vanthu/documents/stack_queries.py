"""Stacks of scans of an office and their rows; for who registers there, strangers find nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from vanthu.documents.receiving_models import Stack, StackRow
from vanthu.documents.receiving_states import TO_CONFIRM, ScanState
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.refusals import NotFound

_GONE = "Không tìm thấy tập quét này. Mở lại danh sách tập quét."


@dataclass(frozen=True, slots=True)
class OpenStack:
    """A stack with rows to confirm, or that is still being read."""

    stack: Stack
    waiting: int
    skipped: int
    registered: int

    @property
    def left(self) -> int:
        return self.waiting + self.skipped


def stack(pk: int, by: Actor) -> Stack:
    """One stack of the actor's office; needs `register`, raises `NotFound`."""
    by.require("register")
    found = Stack.objects.select_related("brought_by").filter(pk=pk, office=by.office_id).first()
    if found is None:
        raise NotFound(_GONE)
    return found


def open_stacks(by: Actor, *, limit: int = 20) -> list[OpenStack]:
    """Stacks of the office that are not finished, newest first; needs `register`. Two queries."""
    by.require("register")
    left = StackRow.objects.filter(stack=OuterRef("pk"), state__in=TO_CONFIRM)
    found = Stack.objects.filter(Q(read=False) | Q(Exists(left)), office=by.office_id)
    stacks = list(found.select_related("brought_by").order_by("-pk")[:limit])
    counted = StackRow.objects.filter(stack__in=stacks).values_list("stack", "state").annotate(n=Count("pk"))
    number = {(stack, state): n for stack, state, n in counted.order_by()}
    states = (ScanState.WAITING, ScanState.SKIPPED, ScanState.REGISTERED)
    return [OpenStack(one, *(number.get((one.pk, state), 0) for state in states)) for one in stacks]


def rows(of: Stack) -> QuerySet[StackRow]:
    """The rows of a stack that were not dropped, in order."""
    found = StackRow.objects.filter(stack=of).exclude(state=ScanState.DROPPED)
    return found.select_related("entry").order_by("position", "pk")


def row(pk: int, by: Actor, *, lock: bool = False) -> StackRow:
    """One row of a stack of the actor's office; needs `register`, raises `NotFound`. `lock` holds it till commit."""
    by.require("register")
    found = StackRow.objects.select_related("stack")
    if lock:
        found = found.select_for_update(of=("self",))
    one = found.filter(pk=pk, stack__office=by.office_id).first()
    if one is None:
        raise NotFound(_GONE)
    return one


def names(of: Stack, found: Sequence[StackRow]) -> list[str]:
    """What to call each row while nobody typed its subject: its file, and its pages where that has more. One query."""
    files = {str(held.pk): held for held in file_queries.attachments("stack", [of.pk])[of.pk]}
    made = []
    for one in found:
        source, first, last = one.parts[0]
        held = files.get(source)
        whole = held is not None and (first, last) == (1, held.file.page_count)
        span = f"trang {first}" if first == last else f"trang {first}–{last}"
        made.append(", ".join(filter(None, (held.name if held else "Bản quét", "" if whole else span))))
    return made


def next_row(of: Stack, *, after: StackRow | None = None) -> StackRow | None:
    """What is to be confirmed next: rows that wait, from this one on and round, then those left for later."""
    to_confirm = list(rows(of).filter(state__in=TO_CONFIRM))
    if not to_confirm:
        return None
    passed = (after.position, after.pk) if after else (float("-inf"), 0)
    others = [one for one in to_confirm if after is None or one.pk != after.pk] or to_confirm

    def rank(one: StackRow) -> tuple[bool, bool, float, int]:
        return one.state != ScanState.WAITING, (one.position, one.pk) < passed, one.position, one.pk

    return min(others, key=rank)


def following(one: StackRow) -> StackRow | None:
    """The next row in order that is to be confirmed, held till commit."""
    later = Q(position__gt=one.position) | Q(position=one.position, pk__gt=one.pk)
    found = rows(one.stack).filter(later, state__in=TO_CONFIRM)
    return found.select_for_update(of=("self",)).first()


def sources(one: StackRow) -> dict[str, Attachment]:
    """{id: scanned file} of the pages of a row. One query."""
    held = file_queries.attachments("stack", [one.stack_id])[one.stack_id]
    wanted = {part[0] for part in one.parts}
    return {str(file.pk): file for file in held if str(file.pk) in wanted}


def may_open_stack(stack_id: int, by: Actor) -> bool:
    """Whether the actor may look at the scans of a stack: the clerks of its office."""
    return by.may("register") and Stack.objects.filter(pk=stack_id, office=by.office_id).exists()

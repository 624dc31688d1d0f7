"""What one issued document does to another: corrects, replaces, amends, copies. Decree 30/2020, articles 18.3, 25."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from vanthu.documents.models import Document, IncomingEntry, OutgoingEntry, Relation
from vanthu.documents.queries import MASKED_SUBJECT
from vanthu.documents.states import IncomingState
from vanthu.kernel import ledger, participants
from vanthu.kernel.actor import Actor

CHANGES = ("replaces", "corrects", "amends")  # whoever reads the older document must know of these

_PASSIVE = {
    "replies_to": "Được trả lời bằng",
    "replaces": "Được thay thế bằng",
    "amends": "Được sửa đổi bằng",
    "corrects": "Được đính chính bằng",
    "copies": "Được sao bằng",
    "related": "Liên quan",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Another document as the actor sees it: the words of the relation, and which of their entries to open."""

    kind: str
    word: str
    symbol: str
    subject: str
    item_kind: str
    item_id: int
    newer: bool

    @property
    def changes(self) -> bool:
        """Whether the document at hand is no longer to be read alone."""
        return self.newer and self.kind in CHANGES


@transaction.atomic
def relate(source: Document, target: Document, kind: str, *, by: Actor) -> None:
    """Note that an issued document of the office changes or copies another; both histories say so. Idempotent."""
    relation, new = Relation.objects.get_or_create(source=source, target=target, kind=kind)
    if not new:
        return
    word = relation.get_kind_display()
    for document, note in (
        (source, f"{word} {target.symbol}"),
        (target, f"{_PASSIVE[kind].lower()} {source.symbol}"),
    ):
        entry = _own_entry(document, by)
        if entry is not None:
            ledger.record(
                "documents.related",
                entry,
                by=by,
                office_id=entry.office_id,
                changes={"kind": ("", kind)},
                note=note,
            )


def _own_entry(document: Document, by: Actor) -> OutgoingEntry | IncomingEntry | None:
    """The entry of a document at the actor's office."""
    mine = {"document": document, "office": by.office_id}
    return OutgoingEntry.objects.filter(**mine).first() or IncomingEntry.objects.filter(**mine).first()


def links(document_id: int, by: Actor) -> list[Link]:
    """What the document answers, changes or copies, and what does so to it, as far as the actor sees those.

    The caller has checked the sight of the document itself. One query without relations, six with any number.
    """
    rows = list(Relation.objects.filter(Q(source=document_id) | Q(target=document_id)).order_by("pk"))
    if not rows:
        return []
    others = {one.target_id if one.source_id == document_id else one.source_id for one in rows}
    shown = _shown(others, by)
    found = []
    for one in rows:
        newer = one.target_id == document_id
        place = shown.get(one.source_id if newer else one.target_id)
        if place is not None:
            word = _PASSIVE[one.kind] if newer else one.get_kind_display().capitalize()
            found.append(Link(one.kind, word, *place, newer=newer))
    return found


type _Place = tuple[str, str, str, int]


def _shown(document_ids: Iterable[int], by: Actor) -> dict[int, _Place]:
    """{document: (symbol, subject, item kind, id)} of the entry through which the actor sees most of it."""
    wanted, here = list(document_ids), by.offices
    found: dict[int, _Place] = {}
    for kind, model in (("in", IncomingEntry), ("out", OutgoingEntry)):
        entries = {
            row.pk: row
            for row in model._default_manager.filter(document__in=wanted, office__in=here).select_related(
                "document"
            )
        }
        for pk, sight in (participants.sights(by, kind, entries) if entries else {}).items():
            document, closed = (
                entries[pk].document,
                kind == "in" and entries[pk].state == IncomingState.RECALLED,
            )
            place = (
                document.symbol,
                MASKED_SUBJECT if sight.masked or closed else document.subject,
                kind,
                pk,
            )
            if document.pk not in found or found[document.pk][1] == MASKED_SUBJECT:
                found[document.pk] = place
    return found


def changed_by(document_id: int) -> list[tuple[str, OutgoingEntry]]:
    """(kind, the entry of the older document) of what a document of an office replaces or corrects, for system work."""
    targets = dict(
        Relation.objects.filter(source=document_id, kind__in=("replaces", "corrects"))
        .order_by("-pk")
        .values_list("target", "kind")
    )
    entries = OutgoingEntry.objects.filter(document__in=targets).select_related("document").order_by("pk")
    return [(targets[one.document_id], one) for one in entries]

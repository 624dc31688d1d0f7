"""Drafts, versions, reviews and recipients, as far as the actor sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from vanthu.documents import kinds, symbols
from vanthu.documents import queries as documents
from vanthu.documents.states import Medium
from vanthu.issuing.models import Consultation, CoSigner, Draft, Mark, Opinion, Recipient, Review, Version
from vanthu.issuing.purpose_models import Purpose
from vanthu.issuing.signing_forms import signers_of
from vanthu.issuing.states import DraftState
from vanthu.kernel import participants
from vanthu.kernel.calendar import today
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.participants import Cursor, Item, Sight
from vanthu.kernel.refusals import NotFound

if TYPE_CHECKING:
    from uuid import UUID

    from vanthu.kernel.actor import Actor
    from vanthu.kernel.files.models import Attachment
    from vanthu.kernel.models import Participant
    from vanthu.organisations.models import Post


@dataclass(frozen=True, slots=True)
class SeenDraft:
    """A draft and how the actor sees it."""

    draft: Draft
    sight: Sight
    participant: Participant


def draft(pk: int, by: Actor, *, lock: bool = False) -> SeenDraft:
    """One draft; raises `NotFound` for whoever it does not exist for. `lock` holds it until commit."""
    sight = participants.sight(by, Item("draft", pk))
    if sight is None or sight.masked:
        raise NotFound()
    return SeenDraft(_load(pk, lock=lock), sight, sight.rows[0])


def hold(pk: int) -> Draft:
    """A draft for system work, locked until commit; pages and people use `draft`."""
    return _load(pk, lock=True)


def _load(pk: int, *, lock: bool) -> Draft:
    rows = Draft.objects.select_related(
        "office",
        "office__parent",
        "unit",
        "drafter",
        "signer__person",
        "signer__unit",
        "next_co_signer__person",
        "replies_to",
        "outgoing__document",
        "recorded_by",
    )
    purpose = rows.annotate(for_document=Subquery(_PURPOSE))
    return (rows.select_for_update(of=("self",)) if lock else purpose).get(pk=pk)


_PURPOSE = Purpose.objects.filter(draft=OuterRef("pk")).values(
    said=JSONObject(
        act="kind",
        kind="document__kind",
        number="document__number",
        notation="document__notation",
        issued_on="document__issued_on",
    )
)


@dataclass(frozen=True, slots=True)
class ForDocument:
    """What a draft is to do to another document: "đính chính" the "Kế hoạch 12/KH-VKS ngày 05/11/2026"."""

    act: str
    document: str


def for_document(draft: Draft) -> ForDocument | None:
    """What a draft that `draft` loaded corrects, replaces or copies; no query of its own."""
    said = getattr(draft, "for_document", None)
    if said is None:
        return None
    day = f" ngày {date.fromisoformat(said['issued_on']):%d/%m/%Y}" if said["issued_on"] else ""
    name, symbol = kinds.by_code(said["kind"]).name, symbols.join(said["number"], said["notation"])
    return ForDocument(dict(Purpose.KINDS)[said["act"]], f"{name} {symbol}{day}")


def drafts(
    by: Actor,
    *,
    states: Sequence[str] = (),
    owner_kinds: Sequence[str] = ("o", "u", "p"),
    before: Cursor | None = None,
    limit: int = 50,
) -> list[SeenDraft]:
    """A page of drafts, newest first, by the owners' states. Two queries."""
    rows = participants.window(
        by,
        "draft",
        states=states,
        owner_kinds=owner_kinds,  # type: ignore[arg-type]
        before=before,
        limit=limit,
    )
    return drafts_of(by, rows)


def drafts_of(by: Actor, rows: Sequence[Participant]) -> list[SeenDraft]:
    """The drafts of rows that `participants` gave for this actor, in their order. One query."""
    found = Draft.objects.select_related(
        "drafter", "unit", "signer__person", "next_co_signer__person", "outgoing__document"
    ).in_bulk({row.item_id for row in rows})
    seen = []
    for row in rows:
        sight = participants.sight_of_rows(by, [row])
        if sight is not None and not sight.masked:
            seen.append(SeenDraft(found[row.item_id], sight, row))
    return seen


def versions(draft_id: int) -> list[Version]:
    """Every version, newest first, with its files."""
    rows = Version.objects.filter(draft=draft_id).select_related(
        "made_by", "source__file", "pdf__file", "prepared__file", "signed__file", "issued__file"
    )
    return list(rows.order_by("-ordinal"))


def newest(draft_id: int) -> Version:
    """The newest version; raises `NotFound` when there is none."""
    found = versions(draft_id)
    if not found:
        raise NotFound("Dự thảo chưa có bản nào. Tải tệp lên hoặc tạo từ mẫu.")
    return found[0]


def newest_of(draft_ids: Sequence[int]) -> dict[int, Version]:
    """{draft: its newest version, with its files} for several drafts. One query."""
    rows = Version.objects.filter(draft__in=draft_ids).select_related(
        "pdf__file", "prepared__file", "signed__file"
    )
    return {row.draft_id: row for row in rows.order_by("draft", "ordinal")}


def reviews(draft_id: int) -> list[Review]:
    """Decisions and comments, oldest first."""
    return list(
        Review.objects.filter(draft=draft_id).select_related("author", "version").order_by("written_at", "id")
    )


def marks(draft_id: int) -> list[Mark]:
    """Remarks at places of a draft, in the order they were made."""
    rows = Mark.objects.filter(draft=draft_id)
    return list(rows.select_related("author", "version", "answered_by", "answered_in").order_by("ordinal"))


def consultations(draft_id: int) -> list[tuple[Consultation, list[Opinion]]]:
    """The rounds of asking opinions, newest first, each with its opinions in order. Two queries."""
    rounds = list(
        Consultation.objects.filter(draft=draft_id)
        .select_related("asked_by", "version")
        .order_by("-asked_at", "-id")
    )
    found: dict[int, list[Opinion]] = {one.pk: [] for one in rounds}
    rows = Opinion.objects.filter(consultation__in=found).select_related("unit", "person", "author")
    for row in rows.order_by("position", "id"):
        found[row.consultation_id].append(row)
    return [(one, found[one.pk]) for one in rounds]


def co_signers(draft_id: int) -> list[CoSigner]:
    """Who initials or signs before the signer, in order."""
    rows = CoSigner.objects.filter(draft=draft_id)
    return list(rows.select_related("post__person", "post__office", "post__unit").order_by("position"))


@dataclass(frozen=True, slots=True)
class Figures:
    """Drafts of an office that were submitted in a time: from a dossier, issued, on paper beside the file."""

    submitted: int
    filed: int
    issued: int
    parallel: int

    @property
    def filed_share(self) -> int:
        """Of a hundred submitted drafts, how many came from a dossier."""
        return round(100 * self.filed / self.submitted) if self.submitted else 0


def figures(office_id: int, since: date, until: date) -> Figures:
    """The figures of the days from `since` to `until`, both counted. One query."""
    issued = Q(state=DraftState.ISSUED)
    found = Draft.objects.filter(
        office=office_id,
        submitted_at__gte=_midnight(since),
        submitted_at__lt=_midnight(until + timedelta(days=1)),
    ).aggregate(
        submitted=Count("pk"),
        filed=Count("pk", filter=Q(dossier__isnull=False)),
        issued=Count("pk", filter=issued),
        parallel=Count("pk", filter=issued & Q(medium=Medium.PARALLEL)),
    )
    return Figures(**found)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def recipients(draft_id: int) -> list[Recipient]:
    """Who gets the document, in order."""
    rows = Recipient.objects.filter(draft=draft_id).select_related("office", "agency")
    return list(rows.order_by("position", "id"))


def recipients_of(draft_ids: Sequence[int]) -> dict[int, list[Recipient]]:
    """{draft: who gets it, in order} for several drafts. One query."""
    found: dict[int, list[Recipient]] = {pk: [] for pk in draft_ids}
    for row in (
        Recipient.objects.filter(draft__in=draft_ids)
        .select_related("office", "agency")
        .order_by("draft", "position", "id")
    ):
        found[row.draft_id].append(row)
    return found


def attachments(draft_id: int) -> list[Attachment]:
    """Files that go with the draft (phụ lục, tài liệu kèm theo)."""
    return file_queries.attachments("draft", [draft_id]).get(draft_id, [])


def ids_of_kinds(codes: Sequence[str]) -> QuerySet[Draft, int]:
    """The ids of the drafts of these kinds, for what a delegation shows."""
    return Draft.objects.filter(kind__in=codes).values_list("pk", flat=True)


def holding(draft_id: int) -> list[Draft]:
    """The draft itself, for system work that tells its office of a file."""
    return list(Draft.objects.filter(pk=draft_id))


def holding_version(version_id: int) -> list[Draft]:
    """The same by a version."""
    return list(Draft.objects.filter(pk__in=Version.objects.filter(pk=version_id).values("draft")))


def may_open_version(version_id: int, by: Actor) -> bool:
    """Whether the actor may open the files of a version."""
    found = Version.objects.filter(pk=version_id).values_list("draft_id", flat=True).first()
    return found is not None and may_open_draft(found, by)


def may_open_draft(draft_id: int, by: Actor) -> bool:
    """Whether the actor may open the files of a draft."""
    sight = participants.sight(by, Item("draft", draft_id))
    return sight is not None and sight.files


def replying_to(entry_id: int, by: Actor) -> list[Draft]:
    """Drafts that answer an incoming entry and that the actor sees."""
    rows = Draft.objects.filter(replies_to=entry_id, pk__in=participants.visible(by, "draft"))
    return list(rows.exclude(state="withdrawn").order_by("pk"))


def open_draft_of(outgoing_id: int, by: Actor) -> Draft | None:
    """The draft of an outgoing entry, if the actor may open its files. One query."""
    return Draft.objects.filter(
        outgoing=outgoing_id, pk__in=participants.visible(by, "draft", files=True)
    ).first()


def of_outgoing(outgoing_id: int) -> Draft | None:
    """The draft from which an outgoing entry came."""
    return Draft.objects.filter(outgoing=outgoing_id).first()


def signers(by: Actor) -> list[Post]:
    """Who may sign for the office: its leaders; heads of units by order (TL.) or by written authority (TUQ.)."""
    return signers_of(by.office)


def draftable_kinds() -> list[tuple[str, str]]:
    """(code, name) of the kinds that have a template."""
    return kinds.choices("administrative")


def signed_file(draft_id: int) -> UUID | None:
    """The attachment id of the newest signed or issued PDF, or None."""
    version = Version.objects.filter(draft=draft_id).order_by("-ordinal").first()
    return (version.issued_id or version.signed_id) if version else None


def hold_free(pk: int) -> Draft:
    """A draft for system work that goes on outside a transaction, not locked."""
    return _load(pk, lock=False)


def interrupted(before: datetime) -> list[tuple[int, int]]:
    """(draft, office) of issues that have had a number since `before` and are not issued; at most 100.

    Of practice only those of today: what is interrupted at midnight stays so.
    """
    rows = Draft.objects.filter(state="numbered", outgoing__numbered_at__lt=before)
    rows = rows.filter(Q(office__room=None) | Q(office__room__on=today()))
    return list(rows.order_by("pk").values_list("pk", "office_id")[:100])


def draft_lines(ids: Sequence[int], by: Actor) -> dict[int, documents.ContentsLine]:
    """Lines of drafts for a dossier's table of contents; an issued one is shown with its number. Two queries."""
    if not ids:
        return {}
    sights = participants.sights(by, "draft", ids)
    found = {}
    for row in Draft.objects.filter(pk__in=sights).select_related("office", "outgoing__document"):
        document = row.outgoing.document if row.outgoing else None
        found[row.pk] = documents.ContentsLine(
            document.symbol if document else f"…/{row.notation}",
            document.issued_on if document else None,
            kinds.by_code(row.kind).name,
            row.subject if document else f"{row.subject} (dự thảo)",
            row.office.name,
            document.pages if document else None,
        )
    return found

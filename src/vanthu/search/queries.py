"""Find what one may see: newest first, in windows sized by word frequency, checked against the participants."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from vanthu.documents.queries import MASKED_SUBJECT
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Invalid
from vanthu.search import marks
from vanthu.search.asking import Group
from vanthu.search.marks import Part
from vanthu.search.models import SearchBody
from vanthu.search.plans import Plan, Scope, plan
from vanthu.search.windows import OLDEST, Found, Place, Span, batches

COUNTED = 200  # hits are counted up to here
EXAMINED = 3_000  # rows that one page may look at before it stops; the next page goes on from there
SUGGESTED = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """One item found: `item_kind` in, out, draft, dossier. Texts come in parts, the found words marked.

    A masked hit shows number, date and issuer only; `snippet` is empty unless words stand in the body.
    """

    item_kind: str
    item_id: int
    office_id: int
    at: datetime
    kind: str
    symbol: tuple[Part, ...]
    title: tuple[Part, ...]
    issuer: tuple[Part, ...]
    issued_on: date | None
    arrival_number: int | None
    masked: bool
    snippet: tuple[Part, ...] = ()


class Page(NamedTuple):
    """Hits, the place where the next page begins ("" = the end), and how many there are: "12", "200+".

    `count_text` is given on the first page only.
    """

    hits: list[Hit]
    next_cursor: str
    count_text: str


def search(
    text: str,
    *,
    by: Actor,
    scope: Scope = "all",
    year: int | None = None,
    kind: str = "",
    item_kind: str = "",
    before: str = "",
    limit: int = 20,
) -> Page:
    """One page of what the actor may see and `text` asks for, newest first.

    `scope`: all, office, unit, mine; `year` (Asia/Ho_Chi_Minh) None for all; `kind` a code of documents.kinds;
    `before` the `next_cursor` of the page before. Raises `Invalid` for a broken cursor or year. Words match with or
    without marks unless marks were typed; quotes ask for a phrase; 2143/KH, KH-VKS, 15/7/2026 are understood.
    """
    start = Place.read(before) if before else None
    asked = plan(text, by, scope=scope, kind=kind, item_kind=item_kind)
    if asked is None:
        return Page([], "", "" if start else "0")
    wanted = limit + 1 if start else COUNTED + 1
    reader = _Reader(asked)
    rows = batches(asked, size=wanted, span=None if year is None else _year(year), before=start)
    found, stopped = reader.collect(rows, wanted)
    shown = found[:limit]
    following = shown[-1].place if len(found) > limit else stopped
    count = f"{min(len(found), COUNTED)}{'+' if len(found) > COUNTED or stopped else ''}"
    return Page(reader.hits(shown), str(following or ""), "" if start else count)


def suggest(text: str, by: Actor, *, limit: int = SUGGESTED) -> list[Hit]:
    """The newest items whose number, title, issuer or signer fit; the last word may be unfinished."""
    asked = plan(text, by, unfinished=True)
    if asked is None:
        return []
    reader = _Reader(asked, bodies=False)
    found, _ = reader.collect(batches(asked, size=limit, days=30, bodies=False), limit)
    return reader.hits(found)


def _year(year: int) -> Span:
    if not OLDEST.year < year < 9999:
        raise Invalid("Năm không đúng. Chọn một năm trong danh sách, hoặc tìm trong tất cả các năm.")
    zone = timezone.get_default_timezone()
    return Span(datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone))


@dataclass(slots=True)
class _Reader:
    """Reads rows of one plan closely: what the lexemes let through too easily, and what to show of it."""

    plan: Plan
    bodies: bool = True
    texts: dict[tuple[str, int], str] = field(default_factory=dict)

    def collect(self, rows: Iterable[list[Found]], wanted: int) -> tuple[list[Found], Place | None]:
        """As many rows as wanted, and the place where it gave up because too few of very many would do."""
        found: list[Found] = []
        examined = 0
        for batch in rows:
            found += self._accepted(batch)
            examined += len(batch)
            if len(found) >= wanted:
                return found[:wanted], None
            if examined >= EXAMINED:
                return found, batch[-1].place
        return found, None

    def _accepted(self, batch: list[Found]) -> Iterator[Found]:
        missing = {row.place: self._missing(row) for row in batch}
        self._load(row for row in batch if missing[row.place] and not row.masked)
        for row in batch:
            body = "" if row.masked else self.texts.get(row.source, "")
            if all(group.pattern.search(body) for group in missing[row.place]):
                yield row

    def _missing(self, row: Found) -> list[Group]:
        """What must be found and does not stand in the row; of a masked one, everything must."""
        shown = _shown(row)
        asked = self.plan.groups if row.masked else [group for group in self.plan.groups if group.strict]
        return [group for group in asked if not group.pattern.search(shown)]

    def _load(self, rows: Iterable[Found]) -> None:
        """Bring the bodies of these rows, one query for those not here yet."""
        wanted = {row.source for row in rows} - self.texts.keys()
        if not wanted or not self.bodies:
            return
        self.texts.update(dict.fromkeys(wanted, ""))
        bodies = SearchBody.objects.filter(_any_source(wanted))
        for source_kind, source_id, text in bodies.values_list("source_kind", "source_id", "text"):
            self.texts[source_kind, source_id] = text

    def hits(self, rows: Collection[Found]) -> list[Hit]:
        """The rows as they are shown."""
        elsewhere = {row.place: self._elsewhere(row) for row in rows if not row.masked}
        self._load(row for row in rows if elsewhere.get(row.place))
        return [self._hit(row, elsewhere.get(row.place, [])) for row in rows]

    def _elsewhere(self, row: Found) -> list[Group]:
        shown = _shown(row)
        return [group for group in self.plan.groups if not group.pattern.search(shown)]

    def _hit(self, row: Found, elsewhere: list[Group]) -> Hit:
        patterns = [group.pattern for group in self.plan.groups]
        body = self.texts.get(row.source, "") if elsewhere else ""
        return Hit(
            item_kind=row.place.item_kind,
            item_id=row.place.item_id,
            office_id=row.office_id,
            at=row.place.at,
            kind=row.kind,
            symbol=marks.parts(row.symbol, patterns),
            title=(Part(MASKED_SUBJECT, found=False),) if row.masked else marks.parts(row.title, patterns),
            issuer=marks.parts(row.issuer, patterns),
            issued_on=row.issued_on,
            arrival_number=row.arrival_number,
            masked=row.masked,
            snippet=marks.snippet(body, [group.pattern for group in elsewhere]),
        )


def _shown(row: Found) -> str:
    """What of a row may answer: of a masked one number, date, arrival number and issuer."""
    day = f"{row.issued_on:%d/%m/%Y}" if row.issued_on else ""
    open_fields = (row.symbol, day, str(row.arrival_number or ""), row.issuer)
    return "\n".join(open_fields if row.masked else (*open_fields, row.title, row.signer))


def _any_source(sources: Iterable[tuple[str, int]]) -> Q:
    ids: dict[str, list[int]] = {}
    for source_kind, source_id in sorted(sources):
        ids.setdefault(source_kind, []).append(source_id)
    wanted = Q(pk__in=[])
    for source_kind, numbers in ids.items():
        wanted |= Q(source_kind=source_kind, source_id__in=numbers)
    return wanted

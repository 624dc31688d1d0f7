"""Find what one may see: newest first, in windows sized by word frequency, checked against the participants."""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import batched
from typing import NamedTuple, TypedDict, Unpack

from django.db.models import Q
from django.utils import timezone

from vanthu.documents.queries import MASKED_SUBJECT
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid
from vanthu.kernel.vietnamese import fold
from vanthu.search import marks
from vanthu.search.asking import Group
from vanthu.search.marks import Part
from vanthu.search.models import SearchBody
from vanthu.search.plans import Field, Plan, Scope, plan
from vanthu.search.windows import OLDEST, Found, Place, Span, batches

COUNTED = 200  # hits are counted up to here
SURE = 40  # of those, so many are looked up in the text where the lexemes alone do not decide
CHUNK = 20  # texts brought at once
EXAMINED = 3_000  # rows that one page may look at before it stops; the next page goes on from there
SUGGESTED = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """One item found: `item_kind` in, out, draft, dossier. Texts come in parts, the found words marked.

    A masked hit shows number, date and issuer only; `snippet` is the passage of the body, or of what else was typed,
    in which words stand that stand nowhere else.
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
    signer: tuple[Part, ...] = ()
    snippet: tuple[Part, ...] = ()


class Gathered(NamedTuple):
    """Hits, newest first, and whether there are no more."""

    hits: list[Hit]
    whole: bool


class Page(NamedTuple):
    """Hits, the place where the next page begins ("" = the end), and how many there are: "12", "khoảng 120", "200+".

    `count_text` is given on the first page only; *khoảng* where not every text was looked up.
    """

    hits: list[Hit]
    next_cursor: str
    count_text: str


class Narrowed(TypedDict, total=False):
    """What narrows a search. `scope`: all, office, unit, mine; `kind` a code of documents.kinds; `item_kind` in, out,
    draft, dossier; `issuer` and `signer` words that must stand there; `year`, or the days `since` and `until`
    (Asia/Ho_Chi_Minh, both included) on which it came into the system.
    """

    scope: Scope
    kind: str
    item_kind: str
    issuer: str
    signer: str
    year: int | None
    since: date | None
    until: date | None


def search(text: str, *, by: Actor, before: str = "", limit: int = 20, **narrowed: Unpack[Narrowed]) -> Page:
    """One page of what the actor may see and `text` asks for, newest first.

    `before` is the `next_cursor` of the page before. Raises `Invalid` for a broken cursor or year. Words match with or
    without marks unless marks were typed; quotes ask for a phrase; 2143/KH, KH-VKS, 15/7/2026 are understood.
    """
    start = Place.read(before) if before else None
    asked = _plan(text, by, narrowed)
    if asked is None:
        return Page([], "", "" if start else "0")
    wanted = limit + 1 if start else COUNTED + 1
    reader = _Reader(asked, sure=max(SURE, limit + 1))
    found, stopped = reader.collect(batches(asked, size=wanted, span=_span(narrowed), before=start), wanted)
    shown = found[:limit]
    following = shown[-1].place if len(found) > limit else stopped
    return Page(
        reader.hits(shown), str(following or ""), "" if start else reader.count_text(len(found), stopped)
    )


def gather(text: str, *, by: Actor, limit: int, **narrowed: Unpack[Narrowed]) -> Gathered:
    """The newest `limit` hits at once, to be sorted or written out."""
    asked = _plan(text, by, narrowed)
    if asked is None:
        return Gathered([], whole=True)
    reader = _Reader(asked)
    found, stopped = reader.collect(batches(asked, size=limit + 1, span=_span(narrowed)), limit + 1)
    return Gathered(reader.hits(found[:limit]), whole=len(found) <= limit and stopped is None)


def _plan(text: str, by: Actor, narrowed: Narrowed) -> Plan | None:
    fields: dict[Field, str] = {"issuer": narrowed.get("issuer", ""), "signer": narrowed.get("signer", "")}
    return plan(
        text,
        by,
        scope=narrowed.get("scope", "all"),
        kind=narrowed.get("kind", ""),
        item_kind=narrowed.get("item_kind", ""),
        fields={name: words for name, words in fields.items() if words},
        browse=not text.strip() and any(value for value in narrowed.values() if value != "all"),
    )


def suggest(text: str, by: Actor, *, limit: int = SUGGESTED) -> list[Hit]:
    """The newest items whose number, title, issuer or signer fit; the last word may be unfinished.

    What carries the typed number itself stands before what only mentions it.
    """
    asked = plan(text, by, unfinished=True)
    if asked is None:
        return []
    reader = _Reader(asked, bodies=False)
    typed = fold(text.strip()).lstrip("0")
    numbered = _NUMBER.match(typed) is not None
    wanted = limit * 4 if numbered else limit
    found, _ = reader.collect(batches(asked, size=wanted, days=30, bodies=False), wanted)
    if numbered:
        found.sort(key=lambda row: not _carries(row, typed))
    return reader.hits(found[:limit])


_NUMBER = re.compile(r"\d{1,5}(?:[/-]\S*)?$")


def _carries(row: Found, typed: str) -> bool:
    """Whether this is the row's own number: "344", "344/k" of "344/KH-VKS" (not of "3441/KH"), or it arrived as 344."""
    own = re.match(rf"{re.escape(typed)}(?!\d)", fold(row.symbol).lstrip("0"))
    return own is not None or str(row.arrival_number or "") == typed


def _span(narrowed: Narrowed) -> Span | None:
    """The time between the days asked for; a year is its days."""
    since, until, year = narrowed.get("since"), narrowed.get("until"), narrowed.get("year")
    if year is not None:
        if not OLDEST.year < year < 9999:
            raise Invalid("Năm không đúng. Chọn một năm trong danh sách, hoặc tìm trong tất cả các năm.")
        since, until = max(since or date.min, date(year, 1, 1)), min(until or date.max, date(year, 12, 31))
    if since is None and until is None:
        return None
    if since and until and until < since:
        raise Invalid(fields={"until": "Ngày cuối phải từ ngày đầu trở đi."})
    end = today() if until is None else min(until, today())
    return Span(_midnight(since) if since else OLDEST, _midnight(end + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return datetime.combine(max(day, OLDEST.date()), time.min, timezone.get_default_timezone())


@dataclass(slots=True)
class _Reader:
    """Reads rows of one plan closely: what the lexemes let through too easily, and what to show of it."""

    plan: Plan
    bodies: bool = True
    sure: float = math.inf  # rows that are looked up in the text; of later ones the lexemes decide
    guessed: bool = False
    texts: dict[tuple[str, int], str] = field(default_factory=dict)

    def collect(self, rows: Iterable[list[Found]], wanted: int) -> tuple[list[Found], Place | None]:
        """As many rows as wanted, and the place where it stopped: too few of very many would do, or a page is full."""
        found: list[Found] = []
        examined = 0
        for batch in rows:
            for some in batched(batch, CHUNK if self.sure < len(batch) else len(batch)):
                found += self._accepted(some, look=len(found) < self.sure)
            examined += len(batch)
            if len(found) >= wanted:
                return found[:wanted], None
            if examined >= EXAMINED or (len(batch) == wanted and len(found) >= self.sure):
                return found, batch[-1].place
        return found, None

    def count_text(self, found: int, stopped: Place | None) -> str:
        """How many there are, in words of the page."""
        if found > COUNTED or stopped:
            return f"{min(found, COUNTED)}+"
        return f"khoảng {found}" if self.guessed else str(found)

    def _accepted(self, rows: Sequence[Found], *, look: bool) -> Iterator[Found]:
        fitting = [row for row in rows if self._fits(row)]
        missing = {row.place: self._missing(row) for row in fitting}
        if look:
            self._load(row for row in fitting if missing[row.place] and not row.masked)
        for row in fitting:
            if not missing[row.place]:
                yield row
            elif not look and not row.masked:
                self.guessed = True
                yield row
            elif not row.masked and self._all_in_text(row, missing[row.place]):
                yield row

    def _all_in_text(self, row: Found, groups: Iterable[Group]) -> bool:
        text = self.texts.get(row.source, "")
        return all(group.pattern.search(text) for group in groups)

    def _fits(self, row: Found) -> bool:
        """Whether the fields hold what must stand in them; who signed a masked one is not told."""
        there = {"issuer": row.issuer, "signer": "" if row.masked else row.signer}
        return all(group.pattern.search(there[name]) for name, group in self.plan.fields)

    def _missing(self, row: Found) -> list[Group]:
        """What must be found and does not stand in the row; of a masked one, everything must."""
        typed = _shown(row) if row.masked else f"{_shown(row)}\n{row.more}"
        asked = self.plan.groups if row.masked else [group for group in self.plan.groups if group.strict]
        return [group for group in asked if not group.pattern.search(typed)]

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
        self._load(
            row
            for row in rows
            if any(not one.pattern.search(row.more) for one in elsewhere.get(row.place, ()))
        )
        return [self._hit(row, elsewhere.get(row.place, [])) for row in rows]

    def _elsewhere(self, row: Found) -> list[Group]:
        shown = _shown(row)
        return [group for group in self.plan.groups if not group.pattern.search(shown)]

    def _hit(self, row: Found, elsewhere: list[Group]) -> Hit:
        patterns = [group.pattern for group in self.plan.groups]
        body = f"{row.more}\n{self.texts.get(row.source, '')}" if elsewhere else ""
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
            signer=() if row.masked else marks.parts(row.signer.strip(), patterns),
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

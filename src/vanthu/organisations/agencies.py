"""Bodies outside the installation: found by any code and by typing, kept when they are unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction

from vanthu.kernel.calendar import now
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations import inheriting
from vanthu.organisations.agency_codes import LONGEST, folded, forms
from vanthu.organisations.agency_lists import TakenOver, take_over
from vanthu.organisations.agency_models import Agency, AgencyCode
from vanthu.organisations.agency_names import TOP, agency_key, typed_words
from vanthu.organisations.names import key_of

__all__ = ["Found", "TakenOver", "by_code", "by_ids", "like", "search", "sender", "take_over"]

_CANDIDATES = 400  # matches that are put in order where there are more of them


def by_code(code: str, source: str) -> Agency | None:
    """The body that this code names in the list of a connection (its key), else in any list. Any form, any case.

    The code as it is written goes before the form that is computed from it; None where several bodies have it.
    """
    wanted = forms(code)
    rows = AgencyCode.objects.filter(folded__in=wanted).select_related("agency")
    ranked: dict[tuple[bool, bool, bool], set[Agency]] = {}
    for row in rows:
        rank = (row.folded != wanted[0], row.source != source, not row.active)
        ranked.setdefault(rank, set()).add(row.agency)
    best = ranked[min(ranked)] if ranked else set()
    return next(iter(best)) if len(best) == 1 else None


def sender(code: str, name: str, source: str) -> Agency:
    """The body that sent something: found by its code, else kept as one that nobody has verified yet.

    One without a code is known by its name only.
    """
    name = nfc(name)[:500] or code
    found = by_code(code, source) if folded(code) else _nameless(name)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return _unverified(code.strip()[:LONGEST], name, source)
    except IntegrityError:  # another packet of the same body came at the same moment
        return AgencyCode.objects.select_related("agency").get(source=source, folded=folded(code)).agency


def _nameless(name: str) -> Agency | None:
    """Who sent without a code before, under this name."""
    return Agency.objects.filter(name=name, code="").order_by("pk").first()


def _unverified(code: str, name: str, source: str) -> Agency:
    made = Agency.objects.create(
        name=name,
        code=code,
        search_key=agency_key(name, [code] if code else []),
        verified=False,
        changed_at=now(),
    )
    if folded(code):
        AgencyCode.objects.create(agency=made, source=source, code=code, folded=folded(code))
    return made


def aliases(codes: Iterable[str], source: str) -> dict[str, set[str]]:
    """{folded code: every code of the body that it names in a list, folded}; unknown codes are absent. Two queries."""
    known = AgencyCode.objects.filter(source=source, folded__in=list(codes))
    asked = dict(known.values_list("folded", "agency"))
    of_body: dict[int, set[str]] = {}
    for body, code in AgencyCode.objects.filter(agency__in=asked.values()).values_list("agency", "folded"):
        of_body.setdefault(body, set()).add(code)
    return {code: of_body[body] for code, body in asked.items()}


def current_codes(ids: Iterable[int], sources: Iterable[str]) -> dict[tuple[int, str], str]:
    """{(body, list): the code that packets are addressed with there}, of those that are in use. One query."""
    rows = AgencyCode.objects.filter(
        agency__in=list(ids), agency__active=True, source__in=list(sources), current=True, active=True
    )
    return {
        (agency, source): code
        for agency, source, code in rows.order_by("-pk").values_list("agency", "source", "code")
    }


def by_ids(ids: Iterable[int]) -> dict[int, Agency]:
    """{id: body} in one query."""
    return Agency.objects.in_bulk(list(ids))


@dataclass(frozen=True, slots=True)
class Found:
    """A body that typing found; `over` names the one above it, `office_id` is set when it is one of ours today."""

    id: int
    name: str
    code: str
    over: str
    office_id: int | None
    verified: bool


def search(text: str, limit: int = 20, *, unverified: bool = False) -> list[Found]:
    """Bodies in use by beginnings of words of their names or of the one above, or by a code; at most two queries.

    Whole words go before beginnings, then what stands higher, then shorter names. Systems of the axis (`W00`) are
    never found; those that nobody verified only when asked for.
    """
    words = typed_words(text)
    if not words:
        return []
    rows = _matching([TOP, *words], words, limit, unverified=unverified)
    if len(rows) < limit:
        known = {row.id for row in rows}
        more = _matching(words, words, limit, unverified=unverified)
        rows += [row for row in more if row.id not in known]
    heirs = inheriting.heirs({row.office_id for row in rows if row.office_id}) if rows else {}
    return [_of_today(row, heirs) for row in rows[:limit]]


def _of_today(row: Found, heirs: Mapping[int, int]) -> Found:
    heir = heirs.get(row.office_id or 0)
    return row if heir is None else Found(row.id, row.name, row.code, row.over, heir, row.verified)


_SEARCH = """
SELECT found.id, found.name, found.code, coalesce(over.name, ''), found.office_id, found.verified FROM (
    SELECT id, name, code, parent_code, office_id, verified, search_key FROM organisations_agency
    WHERE array_to_tsvector(string_to_array(search_key, ' ')) @@ %s::tsquery
        AND active AND (verified OR %s) AND lower(code) NOT LIKE '%%w00%%'
    LIMIT %s
) found
LEFT JOIN LATERAL (
    SELECT agency.name FROM organisations_agencycode code JOIN organisations_agency agency
        ON agency.id = code.agency_id
    WHERE code.folded = found.parent_code AND found.parent_code <> '' LIMIT 1
) over ON true
ORDER BY array_to_tsvector(string_to_array(split_part(found.search_key, ' | ', 1), ' ')) @@ %s::tsquery DESC,
    array_length(string_to_array(found.code, '.'), 1), length(found.name), found.name, found.id
LIMIT %s
"""


def _matching(needed: Sequence[str], words: Sequence[str], limit: int, *, unverified: bool) -> list[Found]:
    prefixes = " & ".join(_lexeme(word) + ("" if word == TOP else ":*") for word in dict.fromkeys(needed))
    whole = " & ".join(map(_lexeme, dict.fromkeys(words)))
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, [prefixes, unverified, _CANDIDATES, whole, limit])
        return [Found(*row) for row in cursor.fetchall()]


_LIKE = """
SELECT asked.name, one.* FROM unnest(%s::text[], %s::text[]) AS asked (name, words)
JOIN LATERAL (
    SELECT id, name, code, '', office_id, verified FROM (
        SELECT id, name, code, office_id, verified FROM organisations_agency
        WHERE array_to_tsvector(string_to_array(search_key, ' ')) @@ asked.words::tsquery
            AND active AND verified AND lower(code) NOT LIKE '%%w00%%'
        LIMIT %s
    ) found
    ORDER BY length(name), id LIMIT 2
) one ON true
"""


def like(names: Iterable[str]) -> dict[str, Found]:
    """{typed name: the body that it means}: the only one that all its words find, or the only one called so.

    One query for all names.
    """
    words = {name: typed_words(name) for name in dict.fromkeys(names)}
    asked = {
        name: " & ".join(map(_lexeme, dict.fromkeys(typed)))
        for name, typed in words.items()
        if len(typed) > 1
    }
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, [list(asked), list(asked.values()), _CANDIDATES])
        rows = cursor.fetchall()
    found: dict[str, list[Found]] = {}
    for name, *body in rows:
        found.setdefault(name, []).append(Found(*body))
    return {name: several[0] for name, several in found.items() if _stands_out(name, several)}


def _stands_out(name: str, several: Sequence[Found]) -> bool:
    same = [one for one in several if key_of(one.name) == key_of(name)]
    return len(several) == 1 or (len(same) == 1 and several[0] in same)


def _lexeme(word: str) -> str:
    """A word as a tsquery quotes it."""
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"

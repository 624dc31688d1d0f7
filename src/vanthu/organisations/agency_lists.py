"""The list of bodies of a connection is taken over in bulk: copied beside the tables, then merged by a few statements.

A body is the same when any of its codes is known, in this list first, then in any other. What the list no longer has
stays, but is not offered any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import connection, transaction

from vanthu.kernel.calendar import now
from vanthu.kernel.refusals import Conflict
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations.agency_codes import LONGEST, folded, forms, other_form
from vanthu.organisations.agency_models import AgencyCode
from vanthu.organisations.agency_names import agency_key
from vanthu.organisations.models import Office

LEAST_SHARE = 0.5  # a whole list that is shorter than this share of what is known is not believed


class Row(Protocol):
    """A body as a list has it; `old_codes` are other forms of its code."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def old_codes(self) -> Sequence[str]: ...
    @property
    def parent_code(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def deleted(self) -> bool: ...
    @property
    def is_agency(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What came of a list: rows that were read, bodies that are new, changed, gone; the greatest version seen."""

    read: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0
    version: int = 0


@transaction.atomic
def take_over(
    source: str, rows: Iterable[Row], whole: bool, *, ours: Mapping[str, int] | None = None
) -> TakenOver:
    """Bring the bodies of a list up to date; `whole`: what is not in it is gone. `ours`: {folded code: our office}.

    Raises `Conflict` for a whole list that has lost most of what is known: it was cut off on its way.
    Memory does not grow with the list.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('agencies'))")  # one list at a time
        cursor.execute(_BESIDE)
        with cursor.copy(_COPY) as copy:
            for line in _lines(rows):
                copy.write_row(line)
        cursor.execute(_INDEX)
        cursor.execute("SELECT count(DISTINCT place), coalesce(max(version), 0) FROM given")
        read, version = cursor.fetchone()
        if whole:
            _refuse_cut_off(source, read)
        taking: dict[str, str | datetime] = {"source": source, "now": now()}
        cursor.execute(_ABOVE)
        cursor.execute(_MATCH, taking)
        cursor.execute(_NEW, taking)
        new = cursor.rowcount
        cursor.execute(_CHANGED, taking)
        changed = cursor.rowcount
        cursor.execute(_CODES, taking)
        cursor.execute(_OLDER, taking)
        cursor.execute(_GONE_WHOLE if whole else _GONE_NAMED, taking)
        cursor.execute(_INACTIVE, taking)
        gone = cursor.rowcount
        _tell_ours(dict(ours or {}))
        cursor.execute(_KEYS)
        cursor.execute("DROP TABLE given, matched")
    return TakenOver(read, new, changed, gone, version)


def _lines(rows: Iterable[Row]) -> Iterator[tuple[object, ...]]:
    """A line per code of each row, the newest code first; rows without a code cannot be addressed."""
    for place, row in enumerate(rows):
        code = row.code.strip()[:LONGEST]
        if not folded(code):
            continue
        older = [one.strip()[:LONGEST] for one in row.old_codes if folded(one)]
        codes = list({folded(one): one for one in (*reversed(older), code)}.values())[::-1]
        name = nfc(row.name)[:500] or code
        body = (
            name, folded(row.parent_code), row.email.strip()[:200], row.version,
            row.is_agency and not row.deleted, agency_key(name, codes),
        )  # fmt: skip
        for at, one in enumerate(codes):
            yield (place, at == 0, one, folded(one), other_form(folded(one)), *body)


def _refuse_cut_off(source: str, read: int) -> None:
    rows = AgencyCode.objects.filter(source=source, current=True, active=True, agency__verified=True)
    known = rows.count()
    if read < known * LEAST_SHARE:
        raise Conflict(
            f"Danh sách nhận được chỉ có {read} đơn vị, trong khi đang biết {known}. Danh sách cũ được giữ nguyên;"
            " kiểm tra kết nối rồi đồng bộ lại.",
            code="list_cut_off",
        )


def _tell_ours(ours: Mapping[str, int]) -> None:
    """Bodies that are offices of ours: by the identifier of the office, or by an address that it has."""
    known = dict(ours)
    for pk, identifier in (
        Office.objects.filter(room=None).exclude(identifier="").values_list("pk", "identifier")
    ):
        for form in forms(identifier):
            known.setdefault(form, pk)
    if known:
        with connection.cursor() as cursor:
            cursor.execute(_OURS, [list(known), list(known.values())])


_BESIDE = """
CREATE TEMPORARY TABLE given (place int, main boolean, code text, folded text, other text, name text,
    parent text, email text, version bigint, live boolean, key text) ON COMMIT DROP
"""
_COPY = "COPY given (place, main, code, folded, other, name, parent, email, version, live, key) FROM STDIN"
_INDEX = """
DELETE FROM given USING (
    SELECT ctid AS here, row_number() OVER (PARTITION BY folded ORDER BY main DESC, version DESC, place DESC) AS nth
    FROM given
) twin WHERE given.ctid = twin.here AND twin.nth > 1;
DELETE FROM given WHERE NOT EXISTS (SELECT FROM given one WHERE one.place = given.place AND one.main);
CREATE INDEX ON given (folded); CREATE INDEX ON given (place); ANALYZE given
"""
# here and not afterwards, so that the index of words is written once
_ABOVE = """
UPDATE given SET key = concat_ws(' | ', given.key, split_part(above.key, ' ; ', 1))
FROM given above WHERE given.main AND above.folded = given.parent AND above.place <> given.place
"""
# the body of each row: by its newest code before older ones, in this list before others; what is computed comes last,
# and only where this list does not say itself that they are two
_MATCH = """
CREATE TEMPORARY TABLE matched ON COMMIT DROP AS
SELECT DISTINCT ON (place) place, agency_id, false AS fresh FROM (
    SELECT given.place, code.agency_id,
        ARRAY[code.source = %(source)s, given.main, code.active] AS nearness
    FROM given JOIN organisations_agencycode code ON code.folded = given.folded
    UNION ALL
    SELECT given.place, code.agency_id, ARRAY[false, false, false]
    FROM given JOIN organisations_agencycode code ON code.folded = given.other
    JOIN organisations_agency agency ON agency.id = code.agency_id
    WHERE given.main AND given.other <> '' AND (code.source <> %(source)s OR NOT agency.verified)
) found
ORDER BY place, nearness DESC, agency_id
"""
_NEW = """
WITH fresh AS (
    SELECT nextval(pg_get_serial_sequence('organisations_agency', 'id')) AS id, one.* FROM (
        SELECT * FROM given WHERE main AND live AND NOT EXISTS (SELECT FROM matched WHERE matched.place = given.place)
        ORDER BY place
    ) one
), kept AS (
    INSERT INTO matched SELECT place, id, true FROM fresh
)
INSERT INTO organisations_agency (id, name, code, parent_code, email, search_key, active, verified, changed_at)
SELECT id, name, code, parent, email, key, true, true, %(now)s FROM fresh
"""
_CHANGED = """
UPDATE organisations_agency agency SET name = given.name, code = given.code, parent_code = given.parent,
    email = given.email, search_key = given.key, active = true, verified = true, changed_at = %(now)s
FROM (
    SELECT DISTINCT ON (agency_id) * FROM given JOIN matched USING (place)
    WHERE given.main AND given.live AND NOT matched.fresh ORDER BY agency_id, place
) given
WHERE agency.id = given.agency_id AND ((agency.name, agency.code, agency.parent_code, agency.email, agency.active,
    agency.verified) IS DISTINCT FROM (given.name, given.code, given.parent, given.email, true, true)
    OR NOT starts_with(agency.search_key, split_part(given.key, ' | ', 1)))
"""
_CODES = """
INSERT INTO organisations_agencycode AS known (agency_id, source, code, folded, current, active, version)
SELECT matched.agency_id, %(source)s, given.code, given.folded, given.main, true, given.version
FROM given JOIN matched USING (place) WHERE given.live
ON CONFLICT (source, folded) DO UPDATE SET agency_id = excluded.agency_id, code = excluded.code,
    current = excluded.current, active = true, version = excluded.version
WHERE (known.agency_id, known.code, known.current, known.active, known.version)
    IS DISTINCT FROM (excluded.agency_id, excluded.code, excluded.current, true, excluded.version)
"""
# a code that the body had before it was given another is an older form of it
_OLDER = """
UPDATE organisations_agencycode known SET current = false
FROM matched JOIN given ON given.place = matched.place AND given.main AND given.live
WHERE known.agency_id = matched.agency_id AND known.source = %(source)s AND known.current
    AND NOT EXISTS (SELECT FROM given one WHERE one.folded = known.folded)
"""
_GONE_NAMED = """
UPDATE organisations_agencycode known SET active = false, version = given.version
FROM given WHERE known.source = %(source)s AND known.folded = given.folded AND NOT given.live AND known.active
"""
_GONE_WHOLE = """
UPDATE organisations_agencycode known SET active = false
WHERE known.source = %(source)s AND known.active
    AND NOT EXISTS (SELECT FROM given WHERE given.folded = known.folded AND given.live)
    AND NOT EXISTS (SELECT FROM organisations_agency one WHERE one.id = known.agency_id AND NOT one.verified)
"""
_INACTIVE = """
UPDATE organisations_agency agency SET active = false, changed_at = %(now)s
WHERE agency.active AND agency.code <> ''
    AND NOT EXISTS (SELECT FROM organisations_agencycode code WHERE code.agency_id = agency.id AND code.active)
"""
_OURS = """
UPDATE organisations_agency agency SET office_id = ours.office
FROM organisations_agencycode code JOIN unnest(%s::text[], %s::bigint[]) AS ours (folded, office)
    ON ours.folded = code.folded
WHERE code.agency_id = agency.id AND agency.office_id IS DISTINCT FROM ours.office
"""
# codes from other lists, and the words of the body above
_KEYS = """
WITH whole AS (
    SELECT agency.id, concat_ws(' | ', concat_ws(' ', split_part(agency.search_key, ' | ', 1), others.codes),
        split_part(above.search_key, ' ; ', 1)) AS key
    FROM organisations_agency agency
    LEFT JOIN LATERAL (
        SELECT string_agg(DISTINCT code.folded, ' ') AS codes FROM organisations_agencycode code
        WHERE code.agency_id = agency.id
            AND NOT code.folded = ANY (string_to_array(split_part(agency.search_key, ' | ', 1), ' '))
    ) others ON true
    LEFT JOIN LATERAL (
        SELECT parent.search_key FROM organisations_agencycode code
        JOIN organisations_agency parent ON parent.id = code.agency_id
        WHERE agency.parent_code <> '' AND code.folded = agency.parent_code AND parent.id <> agency.id LIMIT 1
    ) above ON true
    WHERE agency.id IN (SELECT agency_id FROM matched) OR agency.parent_code IN (SELECT folded FROM given)
)
UPDATE organisations_agency agency SET search_key = whole.key FROM whole
WHERE agency.id = whole.id AND agency.search_key <> whole.key
"""

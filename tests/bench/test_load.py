"""A loaded sector is as if people had worked: chained, numbered, counted, found; and nothing is loaded twice."""

from collections import Counter as Tally
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, Max, Sum
from psycopg import sql
from psycopg.conninfo import make_conninfo

from vanthu.documents import queries, symbols
from vanthu.documents.models import Document, IncomingEntry, OutgoingEntry, Series
from vanthu.documents.states import IN_THE_BOOK
from vanthu.exchange.models import Delivery
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import working_days_between
from vanthu.kernel.models import Counter, LedgerEntry, Participant
from vanthu.organisations.models import Account, Office, Post
from vanthu.organisations.powers import Role
from vanthu.organisations.queries import actor_for
from vanthu.search import actions as search_actions
from vanthu.search import queries as search
from vanthu.search import sources
from vanthu.search.models import SearchBody, SearchRow
from vanthu_tools.bench import crew
from vanthu_tools.bench.loading import Load, OtherLoad

pytestmark = pytest.mark.django_db

DOCUMENTS, OFFICES, TODAY = 400, 8, date(2026, 11, 20)
OWN = "bench_load, bench_chunk, bench_step, bench_index"
"""Tables of the load itself."""


def load(documents: int = DOCUMENTS) -> Load:
    wanted = {name: connection.get_connection_params()[name] for name in ("host", "user", "password", "dbname")
              if connection.get_connection_params().get(name)}  # fmt: skip
    return Load(
        make_conninfo(**wanted), documents, OFFICES, lambda *_: None, processes=1, files=1, today=TODAY
    )


def rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def indexes() -> set[tuple[str, str]]:
    return set(rows("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"))


def reread() -> None:
    """Make indexes of some states once from what PostgreSQL prints of them, as a restored dump does.

    It prints `IN` with other casts the second time, and the same from then on.
    """
    for name, definition in indexes():
        if "= ANY (" in definition:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP INDEX {name}; {definition}")


class Ended(Exception):
    """What a killed load looks like from inside."""


@pytest.fixture(scope="module")
def before(django_db_setup: None, django_db_blocker: Any) -> Iterator[set[tuple[str, str]]]:
    """The indexes before a load that was ended in the middle and taken up again."""
    with django_db_blocker.unblock():
        reread()
        known = indexes()
        write, slices = crew.write, iter(range(100))

        def break_off(order: crew.Order) -> tuple[int, int]:
            if next(slices) == 5:
                raise Ended
            return write(order)

        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(crew, "write", break_off)
                with pytest.raises(Ended):
                    load().run()
            assert load().run()
            yield known
        finally:
            connection.rollback() if connection.in_atomic_block else None
            call_command("flush", interactive=False, verbosity=0)
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE IF EXISTS {OWN}")


@pytest.fixture(autouse=True)
def loaded(before: set[tuple[str, str]]) -> None:
    """Every test looks at the loaded sector."""


def actor(role: Role, level: str = "province") -> Actor:
    """Whoever has this role in the office of this level with the most incoming documents."""
    offices = Office.objects.filter(level=level).values_list("pk", flat=True)
    tally = Tally(IncomingEntry.objects.filter(office__in=list(offices)).values_list("office_id", flat=True))
    post = Post.objects.filter(office=tally.most_common(1)[0][0], role=role).order_by("id").first()
    assert post is not None
    return actor_for(Account.objects.get(person=post.person_id))


def test_everything_is_there() -> None:
    assert Document.objects.count() == DOCUMENTS
    assert Office.objects.count() == OFFICES
    assert IncomingEntry.objects.count() > DOCUMENTS / 2
    assert {one["state"] for one in IncomingEntry.objects.values("state")} >= {
        "waiting", "registered", "presented", "directed", "done",
    }  # fmt: skip
    assert not Document.objects.exclude(
        pk__in=rows_of("SELECT owner_id FROM kernel_attachment WHERE owner_kind = 'document'")
    ).exists()


def rows_of(statement: str) -> list[Any]:
    return [one for (one,) in rows(statement)]


def test_the_chains_are_intact_and_in_order_of_time_inside_a_slice() -> None:
    assert LedgerEntry.objects.count() > 5 * DOCUMENTS
    assert list(ledger.check()) == []


def test_numbers_have_no_gap() -> None:
    taken: dict[int, tuple[int, int]] = {}
    registered = IncomingEntry.objects.filter(state__in=IN_THE_BOOK)
    for found, number in ((registered, "arrival_number"), (OutgoingEntry.objects.all(), "number")):
        counted = found.values_list("series").annotate(Count("id"), Max(number)).order_by()
        taken |= {series: (many, highest) for series, many, highest in counted}
    assert taken == {one.pk: (one.last, one.last) for one in Series.objects.all()}


def test_arrival_numbers_rise_with_the_days() -> None:
    last: dict[int, tuple[int, date]] = {}
    for entry in IncomingEntry.objects.filter(series__isnull=False).order_by("arrival_number"):
        before = last.get(entry.series_id or 0)
        assert entry.arrived_on is not None
        assert before is None or before[1] <= entry.arrived_on
        last[entry.series_id or 0] = (entry.arrival_number or 0, entry.arrived_on)
    assert working_days_between(max(day for _, day in last.values()), TODAY) >= 1


def test_counters_are_the_rows() -> None:
    keys = ("office_id", "owner_kind", "owner_id", "item_kind", "state", "restricted")
    counted = {one[:-1]: one[-1] for one in Counter.objects.values_list(*keys).annotate(Sum("n")).order_by()}
    assert counted == {
        one[:-1]: one[-1] for one in Participant.objects.values_list(*keys).annotate(Count("id")).order_by()
    }


def test_no_row_names_what_is_not_there() -> None:
    keys = rows("""
        SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, b.attname
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]
        WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace""")
    assert len(keys) > 40
    for table, column, other, key in keys:
        statement = sql.SQL(
            "SELECT count(*) FROM {} t WHERE t.{} IS NOT NULL AND NOT EXISTS (SELECT FROM {} o WHERE o.{} = t.{})"
        ).format(*map(sql.Identifier, (table, column, other, key, column)))
        assert rows(statement.as_string()) == [(0,)], (table, column)


def test_the_indexes_are_made_again(before: set[tuple[str, str]]) -> None:
    assert {one for one in indexes() if not one[0].startswith("bench_")} == before


def test_new_rows_get_new_ids() -> None:
    highest = rows("SELECT max(id) FROM documents_document")[0][0]
    (following,) = rows("SELECT nextval(pg_get_serial_sequence('documents_document', 'id'))")
    assert following[0] == highest + 1


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.UNIT_HEAD, Role.SPECIALIST])
def test_people_see_their_lists(role: Role) -> None:
    by = actor(role)
    seen = queries.incoming_list(by, limit=20)
    assert seen
    assert {one.entry.office_id for one in seen} == {by.office_id}


def test_what_is_loaded_is_found() -> None:
    by = actor(Role.HEAD)
    entry = queries.incoming_list(by, states=("done",), limit=1)[0].entry
    found = search.search(entry.symbol, by=by)
    assert entry.pk in {hit.item_id for hit in found.hits if hit.item_kind == "in"}


def test_lexemes_are_those_that_search_makes() -> None:
    for kind in sources.ITEM_KINDS:
        ids = list(SearchRow.objects.filter(item_kind=kind).values_list("item_id", flat=True))
        items = sources.load(kind, ids)
        assert len(items) == len(ids) > 0
        stored = dict(
            rows("SELECT item_id, tsvector_to_array(tokens) FROM search_searchrow WHERE item_kind = %s", kind)
        )
        fields = ("at", "more", "source_kind", "source_id")
        found = SearchRow.objects.filter(item_kind=kind).values_list("item_id", *fields)
        shown = {item_id: values for item_id, *values in found}
        for item in items:
            assert set(stored[item.item_id]) == search_actions.row_lexemes(item), item
            assert tuple(shown[item.item_id]) == (item.at, item.more, item.source_kind, item.source_id)


def test_nothing_is_missing_from_search() -> None:
    for kind in sources.ITEM_KINDS:
        ids = sources.ids_after(kind, 0, 10_000)
        wanted = {item.item_id for item in sources.load(kind, ids)}
        assert set(SearchRow.objects.filter(item_kind=kind).values_list("item_id", flat=True)) == wanted


def test_texts_have_the_lexemes_of_their_words() -> None:
    bodies = list(SearchBody.objects.values_list("source_id", "text"))
    assert bodies
    stored = dict(rows("SELECT source_id, tsvector_to_array(tokens) FROM search_searchbody"))
    for number, text in bodies:
        items = [one for kind, pk in sources.items_of("document", number) for one in sources.load(kind, [pk])]
        assert set(stored[number]) == search_actions.body_lexemes(items, text)


def test_duplicates_are_known_by_the_key_of_the_product() -> None:
    for entry in IncomingEntry.objects.all():
        assert entry.duplicate_key == symbols.duplicate_key(entry.issuer_name, entry.number, entry.notation)


def test_deliveries_stand_as_their_receivers_do() -> None:
    inside = Delivery.objects.filter(to_office__isnull=False).select_related("entry")
    assert inside
    for one in inside:
        assert one.entry is not None
        assert (one.entry.office_id, one.entry.document_id) == (one.to_office_id, one.document_id)
        assert one.arrival_number == one.entry.arrival_number


def test_loading_again_adds_nothing() -> None:
    assert not load().run()
    assert Document.objects.count() == DOCUMENTS


def test_another_size_is_refused() -> None:
    with pytest.raises(OtherLoad, match="400 documents"):
        load(documents=500).run()

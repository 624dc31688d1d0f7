"""What the office already holds of a file: the same bytes, nearly the same text, and only what the actor may see."""

from __future__ import annotations

import io
import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import World
from tests.entries import arrival
from tests.reading.conftest import pdf_of
from vanthu.documents import actions, near
from vanthu.documents.models import IncomingEntry
from vanthu.documents.near import Typed
from vanthu.documents.near_models import TextPrint
from vanthu.documents.near_prints import alike, print_of
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.kernel.jobs import run_jobs

_SPOKEN = """kiểm sát việc tạm giữ tạm giam thi hành án hình sự công tác phối hợp báo cáo kết quả viện trưởng đơn vị
trực thuộc thời hạn giải quyết đơn khiếu nại tố cáo kế hoạch kiểm tra năm hồ sơ vụ án điều tra truy tố"""
WORDS = _SPOKEN.split()


def text(seed: int, length: int = 260) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) for _ in range(length))


def misread(of: str, share: float) -> str:
    """As another reading gives it: marks lost everywhere, some words wrong."""
    chosen = random.Random(7)
    words = [f"{word}x" if chosen.random() < share else word for word in of.split()]
    return " ".join(words).replace("ể", "ế").replace("ô", "o")


def test_another_reading_of_a_text_is_alike_and_another_text_is_not() -> None:
    one, again, other = (print_of(each, office_id=1) for each in (text(1), misread(text(1), 0.02), text(2)))
    assert one is not None and again is not None and other is not None  # noqa: PT018
    assert alike(one.parts, again.parts) > 0.7
    assert alike(one.parts, other.parts) < 0.5
    assert set(one.bands) & set(again.bands)
    elsewhere = print_of(text(1), office_id=2)
    assert elsewhere is not None
    assert not set(one.bands) & set(elsewhere.bands)
    assert print_of("Giấy mời họp", office_id=1) is None


def brought(world: World, words: str, clerk: str = "clerk") -> str:
    """The id of an upload of a document with these words."""
    data = pdf_of(f"<p>{words}</p>")
    return str(files.stage(io.BytesIO(data), "cong-van.pdf", by=world.actor(clerk)).pk)


def registered(world: World, words: str, clerk: str = "clerk", **fields: Any) -> IncomingEntry:
    upload = brought(world, words, clerk)
    return actions.register(arrival(**fields), uploads=[upload], by=world.actor(clerk))


def sha256_of(upload: str) -> str:
    file = files.Upload.objects.get(pk=upload).file_id
    assert file is not None
    return file


@pytest.mark.django_db
def test_the_same_file_and_nearly_the_same_text_are_named(world: World) -> None:
    entry = registered(world, text(1))
    run_jobs()
    by = world.actor("clerk")
    typed = Typed(
        issuer_name=entry.issuer_name, number="999", notation=entry.notation, issued_on=entry.issued_on
    )
    [same] = near.found([sha256_of(brought(world, text(1)))], typed, by)
    assert same.same_file
    assert same.seen is not None
    assert same.seen.entry.pk == entry.pk
    assert same.differs == ("số, ký hiệu",)
    upload = brought(world, misread(text(1), 0.02))
    assert near.found([sha256_of(upload)], typed, by) == []  # nothing is read yet
    run_jobs()
    [nearly] = near.found([sha256_of(upload)], typed, by)
    assert not nearly.same_file
    assert nearly.percent > 70
    assert near.found([sha256_of(upload)], typed, by, but=entry.pk) == []
    later = Typed(number="999", notation="CAT-PV01", issued_on=today() - timedelta(days=9))
    assert near.found([sha256_of(upload)], later, by) == []  # the same form, another document


@pytest.mark.django_db
def test_what_the_actor_does_not_see_is_not_named_and_other_offices_do_not_count(world: World) -> None:
    secretive = registered(world, text(1), restricted=True)
    registered(world, text(1), "region_clerk", number="4")
    run_jobs()
    sha256 = sha256_of(brought(world, text(1)))
    found = near.found([sha256], Typed(), world.actor("clerk"))
    assert len(found) == 1
    if found[0].seen is not None:
        assert found[0].seen.entry.subject != secretive.subject or not found[0].seen.sight.masked
    [unnamed] = near.found([sha256], Typed(), world.actor("specialist"))
    assert unnamed.seen is None


@pytest.mark.django_db
def test_the_lookup_does_not_grow_with_what_is_held(world: World) -> None:
    entry = registered(world, text(1))
    run_jobs()
    upload = brought(world, misread(text(1), 0.02))
    run_jobs()
    by = world.actor("clerk")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert near.found([sha256_of(upload)], Typed(), by)
        return len(queries)

    few = asked()
    for place in range(3):
        registered(world, text(10 + place))
    run_jobs()
    assert asked() == few
    assert TextPrint.objects.count() == 4
    made = print_of(text(1), office_id=entry.office_id)
    assert made is not None
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        rows = TextPrint.objects.filter(bands__overlap=list(made.bands))
        assert "text_prints_alike" in rows.explain()

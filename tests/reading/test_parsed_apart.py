"""A file that crashes, hangs or bloats its reader is refused with a sentence; the server and other files go on."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.reading.conftest import Put
from vanthu.kernel.refusals import Invalid
from vanthu.reading import apart, confined, pages
from vanthu.reading.apart import Apart


@pytest.fixture(scope="module")
def hostile() -> Iterator[Apart]:
    made = Apart("tests.reading.hostile", seconds=1, memory=2 << 30)
    yield made
    made.close()


def refused(hostile: Apart, operation: str, *arguments: str) -> Invalid:
    with pytest.raises(Invalid) as caught:
        hostile.ask(operation, *arguments)
    assert caught.value.message.endswith("tải lại.")
    return caught.value


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        ("segfault", "file_breaks_reader"),
        ("loop", "file_too_slow"),
        ("sleep", "file_too_slow"),
        ("eat", "file_too_heavy"),
        ("open_files", "file_breaks_reader"),
    ],
)
def test_what_a_hostile_file_does_ends_in_a_sentence(hostile: Apart, operation: str, code: str) -> None:
    assert refused(hostile, operation).code == code
    assert hostile.ask("echo", "Viện", 2) == ["Viện", 2]


def test_a_reader_writes_nothing(hostile: Apart, tmp_path: Path) -> None:
    assert refused(hostile, "write", str(tmp_path / "a")).code == "file_breaks_reader"
    assert (tmp_path / "a").stat().st_size == 0


def test_refusals_of_a_parser_come_through(hostile: Apart) -> None:
    with pytest.raises(Invalid, match="Chọn tệp khác") as caught:
        hostile.ask("refuse")
    assert caught.value.code == "of_the_parser"


def test_bytes_that_look_like_an_answer_are_bytes(hostile: Apart) -> None:
    assert hostile.ask("lie") == b'{"value": 1}\n'


def test_a_reader_has_no_network_and_none_of_our_secrets(
    hostile: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile.close()
    monkeypatch.setenv("VANTHU_SECRET", "x")
    monkeypatch.setenv("DATABASE_URL", "x")
    assert not {"VANTHU_SECRET", "DATABASE_URL"} & set(hostile.ask("secrets"))
    if confined.without_network():
        assert hostile.ask("networks") in ([], ["lo"])


def test_a_helper_that_was_killed_is_started_again(hostile: Apart) -> None:
    hostile.ask("echo")
    assert hostile._helper is not None
    hostile._helper.kill()
    hostile._helper.wait()
    assert hostile.ask("echo", 1) == [1]


def test_one_that_hangs_does_not_hold_up_the_others(hostile: Apart) -> None:
    with ThreadPoolExecutor(4) as threads:
        slow = threads.submit(refused, hostile, "sleep")
        assert list(threads.map(lambda n: hostile.ask("echo", n), range(20))) == [[n] for n in range(20)]
        assert not slow.done()
        assert slow.result().code == "file_too_slow"


def test_a_fork_of_the_server_asks_a_helper_of_its_own(hostile: Apart) -> None:
    hostile.ask("echo")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        same = hostile._helper
        os.write(writing, str(hostile.ask("echo", 7) == [7] and hostile._helper is not same).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reading, 10) == b"True"
    os.close(reading)
    os.close(writing)
    assert hostile.ask("echo", 8) == [8]


def test_the_gate_apart_says_what_the_gate_says(put: Put, clean_pdf: bytes) -> None:
    path = put("a.pdf", clean_pdf)
    apart.check(path, "a.pdf")
    assert apart.page_count(path) == pages.page_count(path) == 2
    assert apart.render(path, 1, 240) == pages.render(path, 1, 240)
    with pytest.raises(Invalid) as caught:
        apart.check(put("b.pdf", clean_pdf[:200]), "b.pdf")
    assert caught.value.code == "file_truncated"

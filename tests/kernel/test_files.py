"""Staging, accepting, attaching, giving up and erasing files."""

import hashlib
import io
import os
import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from vanthu.kernel.actor import SYSTEM, Actor
from vanthu.kernel.files import actions, checks, jobs, previews, queries, store
from vanthu.kernel.files.contract import ByteRange, FileMissing
from vanthu.kernel.files.models import Attachment, StoredFile, Upload
from vanthu.kernel.jobs import enqueue, run_jobs
from vanthu.kernel.refusals import Invalid, NotFound

CLERK = Actor(account_id=11, person_id=21, office_id=31)
NEIGHBOUR = Actor(account_id=12, person_id=22, office_id=31)
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
OLD = timedelta(hours=25)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    """A folder of its own for every test."""
    settings.FILES_S3_BUCKET, settings.FILES_DIR, settings.VAR_DIR = "", tmp_path / "files", tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def no_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "CHECKS", [])


def stage(data: bytes = PDF, name: str = "Công văn 12.pdf", by: Actor = CLERK) -> Upload:
    return actions.stage(io.BytesIO(data), name, by=by)


def attach(file: StoredFile, owner_id: int = 1, **more: Any) -> Attachment:
    return actions.attach(
        file, owner_kind="in", owner_id=owner_id, role="main", name="Công văn 12.pdf", **more
    )


def grow_old(by: timedelta = OLD) -> None:
    past = timezone.now() - by
    StoredFile.objects.update(stored_at=past)
    Upload.objects.update(received_at=past)


def bytes_on_disk(place: Path) -> list[str]:
    return sorted(path.name for path in (place / "files").rglob("*") if path.is_file())


def staging_is_empty(place: Path) -> bool:
    return not any((place / "staging").iterdir())


class TestStaging:
    def test_an_upload_is_kept_with_name_size_and_type(self, place: Path) -> None:
        upload = stage()
        assert (upload.name, upload.size, upload.state) == ("Công văn 12.pdf", len(PDF), "staged")
        assert upload.file is not None
        assert (upload.file.size, upload.file.media_type) == (len(PDF), "application/pdf")
        assert store.open(upload.file.sha256).read() == PDF
        assert staging_is_empty(place)

    def test_a_file_above_the_limit_is_refused_with_its_size(self, place: Path, settings: Any) -> None:
        settings.UPLOAD_LIMIT = 2 << 20
        with pytest.raises(Invalid) as refusal:
            stage(bytes(int(2.5 * (1 << 20))))
        assert refusal.value.message == (
            "Tệp quá 2 MB (đang là 2,5 MB). Quét lại 200 dpi, đen trắng, hoặc tách thành hai tệp."
        )
        assert staging_is_empty(place)
        assert bytes_on_disk(place) == []

    def test_an_endless_stream_is_cut_off(self, place: Path, settings: Any) -> None:
        class Endless:
            def read(self, size: int = -1, /) -> bytes:
                return bytes(size)

        settings.UPLOAD_LIMIT = 1 << 20
        with pytest.raises(Invalid, match="đang là hơn 10 MB"):
            actions.stage(Endless(), "x.pdf", by=CLERK)
        assert staging_is_empty(place)

    def test_the_limit_itself_is_allowed(self, settings: Any) -> None:
        settings.UPLOAD_LIMIT = len(PDF)
        assert stage().state == "staged"

    def test_an_empty_file_is_refused(self) -> None:
        with pytest.raises(Invalid, match="Tệp rỗng"):
            stage(b"")

    def test_what_a_check_refuses_is_erased_at_once(self, place: Path) -> None:
        seen: list[tuple[bytes, str]] = []

        def secret(path: Path, name: str) -> None:
            seen.append((path.read_bytes(), name))
            raise Invalid("Văn bản mật không được đưa vào hệ thống này.")

        checks.add(secret)
        with pytest.raises(Invalid, match="Văn bản mật"):
            stage()
        assert seen == [(PDF, "Công văn 12.pdf")]
        assert staging_is_empty(place)
        assert bytes_on_disk(place) == []
        assert StoredFile.objects.count() == 0
        upload = Upload.objects.get()
        assert (upload.state, upload.file) == ("refused", None)
        with pytest.raises(Invalid, match="Văn bản mật"):
            actions.accept(upload.pk, by=CLERK)

    def test_a_check_that_breaks_leaves_nothing_either(self, place: Path) -> None:
        def broken(path: Path, name: str) -> None:
            raise ZeroDivisionError

        checks.add(broken)
        with pytest.raises(ZeroDivisionError):
            stage()
        assert staging_is_empty(place)
        assert bytes_on_disk(place) == []

    def test_a_check_is_added_once(self) -> None:
        def check(path: Path, name: str) -> None: ...

        checks.add(check)
        checks.add(check)
        assert len(checks.CHECKS) == 1

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("C:\\Users\\lan\\Báo cáo.pdf", "Báo cáo.pdf"),
            ("../../etc/passwd", "passwd"),
            ("Ba\u0301o ca\u0301o\u202efdp.exe\x00.pdf", "Báo cáofdp.exe.pdf"),
            ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
        ],
    )
    def test_names_are_tidied(self, given: str, kept: str) -> None:
        assert stage(name=given).name == kept

    @pytest.mark.parametrize("name", ["", "...", "folder/", "\u200b"])
    def test_a_file_needs_a_name(self, name: str) -> None:
        with pytest.raises(Invalid, match="không có tên"):
            stage(name=name)


class TestUploadsBelongToTheirAccount:
    def test_a_stranger_finds_nothing(self) -> None:
        upload = stage()
        for act in (
            lambda: queries.upload(upload.pk, NEIGHBOUR),
            lambda: queries.upload(upload.pk, SYSTEM),
            lambda: actions.accept(upload.pk, by=NEIGHBOUR),
            lambda: actions.discard(upload.pk, by=NEIGHBOUR),
            lambda: actions.attach_upload(upload.pk, owner_kind="in", owner_id=1, role="main", by=NEIGHBOUR),
        ):
            with pytest.raises(NotFound):
                act()
        assert queries.upload(str(upload.pk), CLERK) == upload

    def test_the_answer_is_the_same_for_an_upload_that_never_was(self) -> None:
        upload = stage()
        answers = set()
        for pk in (upload.pk, uuid.uuid4(), "nonsense"):
            with pytest.raises(NotFound) as refusal:
                queries.upload(pk, NEIGHBOUR)
            answers.add((refusal.value.code, refusal.value.status))
        assert len(answers) == 1

    def test_the_same_bytes_elsewhere_are_not_revealed(self, place: Path) -> None:
        first, second = stage(), stage(by=NEIGHBOUR)
        assert first.pk != second.pk
        assert first.file == second.file
        assert len(bytes_on_disk(place)) == 1
        assert (second.name, second.state, second.size) == (first.name, first.state, first.size)

    def test_the_systems_own_uploads_are_its_own(self) -> None:
        upload = stage(by=SYSTEM)
        assert queries.upload(upload.pk, SYSTEM) == upload
        with pytest.raises(NotFound):
            queries.upload(upload.pk, CLERK)


class TestAttaching:
    def test_an_upload_becomes_an_attachment(self) -> None:
        upload = stage()
        attachment = actions.attach_upload(upload.pk, owner_kind="in", owner_id=7, role="main", by=CLERK)
        assert (attachment.name, attachment.role, attachment.position) == ("Công văn 12.pdf", "main", 1)
        assert queries.upload(upload.pk, CLERK).state == "accepted"
        assert queries.attachment(str(attachment.pk)).file.size == len(PDF)
        assert queries.open_attachment(attachment).read() == PDF
        assert queries.open_attachment(attachment, ByteRange(0, 4)).read() == b"%PDF"

    def test_accepting_twice_gives_the_same_file(self) -> None:
        upload = stage()
        assert actions.accept(upload.pk, by=CLERK) == actions.accept(upload.pk, by=CLERK)

    def test_attachments_come_in_order_with_one_query(self, django_assert_num_queries: Any) -> None:
        file = actions.store_bytes(PDF, "application/pdf")
        first, second = attach(file), attach(file)
        ahead = attach(file, position=0)
        other = attach(file, owner_id=2)
        with django_assert_num_queries(1):
            found = queries.attachments("in", [1, 2, 3])
            assert [row.file.size for row in found[1]] == [len(PDF)] * 3
        assert found == {1: [ahead, first, second], 2: [other], 3: []}

    @pytest.mark.parametrize("pk", ["", "x", uuid.uuid4()])
    def test_no_such_attachment(self, pk: Any) -> None:
        with pytest.raises(NotFound):
            queries.attachment(pk)

    def test_a_file_made_by_the_system_is_kept_from_bytes_or_path(self, place: Path) -> None:
        source = place / "made.pdf"
        source.write_bytes(PDF)
        assert actions.store_bytes(PDF, "application/pdf") == actions.store_bytes(source, "application/pdf")
        assert source.exists()
        assert bytes_on_disk(place) == [hashlib.sha256(PDF).hexdigest()]

    def test_a_program_gets_a_copy_that_does_not_stay(self, place: Path) -> None:
        with queries.copy_of(actions.store_bytes(PDF, "application/pdf"), "x.pdf") as path:
            assert path.read_bytes() == PDF
            assert path.suffix == ".pdf"
            path.write_bytes(b"changed")
        assert staging_is_empty(place)
        assert store.open(hashlib.sha256(PDF).hexdigest()).read() == PDF

    def test_pages_are_counted_once(self) -> None:
        file = actions.store_bytes(PDF, "application/pdf")
        actions.count_pages(file, 12)
        assert actions.store_bytes(PDF, "application/pdf").page_count == 12

    @pytest.mark.parametrize(
        "wrong", [{"state": "refused"}, {"file": None}, {"state": "gone"}, {"refusal": "Không."}]
    )
    def test_the_database_refuses_an_upload_without_bytes_or_reason(self, wrong: dict[str, Any]) -> None:
        upload = stage()
        with pytest.raises(IntegrityError), transaction.atomic():
            Upload.objects.filter(pk=upload.pk).update(**wrong)

    def test_the_database_refuses_a_name_that_is_no_hash(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            StoredFile.objects.create(sha256="Z" * 64, size=1, media_type="text/plain")


class TestSweep:
    def test_bytes_live_as_long_as_one_owner(self, place: Path) -> None:
        file = actions.store_bytes(PDF, "application/pdf")
        first, second = attach(file), attach(file, owner_id=2)
        grow_old()
        actions.detach(first)
        assert actions.sweep() == 0
        actions.detach(second)
        assert actions.sweep() == 1
        assert bytes_on_disk(place) == []
        assert StoredFile.objects.count() == 0

    def test_what_came_in_lately_stays(self, place: Path) -> None:
        actions.store_bytes(PDF, "application/pdf")
        grow_old(timedelta(hours=23))
        assert actions.sweep() == 0
        assert len(bytes_on_disk(place)) == 1

    def test_coming_in_again_counts_as_new(self) -> None:
        actions.store_bytes(PDF, "application/pdf")
        grow_old()
        actions.store_bytes(PDF, "application/pdf")
        assert actions.sweep() == 0

    def test_uploads_that_nobody_used_go_with_their_bytes(self, place: Path) -> None:
        upload = stage()
        grow_old()
        assert actions.sweep() == 1
        assert bytes_on_disk(place) == []
        with pytest.raises(NotFound):
            queries.upload(upload.pk, CLERK)

    def test_a_discarded_upload_is_gone_but_not_what_was_attached(self) -> None:
        upload = stage()
        attachment = actions.attach_upload(upload.pk, owner_kind="in", owner_id=7, role="main", by=CLERK)
        actions.discard(upload.pk, by=CLERK)
        with pytest.raises(NotFound):
            queries.upload(upload.pk, CLERK)
        grow_old()
        actions.sweep()
        assert queries.open_attachment(attachment).read() == PDF

    def test_page_images_go_with_the_file(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(previews, "_renderers", [lambda path, page, width: b"png"])
        attachment = attach(actions.store_bytes(PDF, "application/pdf"))
        image = previews.page_image(attachment, 1, 800)
        assert isinstance(image, Path)
        actions.detach(attachment)
        grow_old()
        actions.sweep()
        assert not image.exists()

    def test_what_a_killed_process_left_in_staging_goes(self, place: Path) -> None:
        stage()
        left = place / "staging" / "tmpabc"
        left.write_bytes(b"half")
        os.utime(left, (0, 0))
        actions.sweep()
        assert not left.exists()

    def test_an_owner_who_came_after_the_sweep_chose_the_file_keeps_it(self, place: Path) -> None:
        file = actions.store_bytes(PDF, "application/pdf")
        attach(file)
        grow_old()
        assert actions.erase(file.sha256, timezone.now()) is False
        assert len(bytes_on_disk(place)) == 1

    def test_attaching_what_was_swept_is_refused(self) -> None:
        file = actions.store_bytes(PDF, "application/pdf")
        grow_old()
        actions.sweep()
        with pytest.raises(NotFound, match="Tải tệp lên lại"):
            attach(file)

    def test_the_hourly_job_sweeps(self, place: Path) -> None:
        actions.store_bytes(PDF, "application/pdf")
        grow_old()
        enqueue(jobs.sweep, timestamp=0)
        assert run_jobs() == 1
        assert bytes_on_disk(place) == []

    def test_the_nightly_job_reads_everything(self, caplog: pytest.LogCaptureFixture) -> None:
        attach(actions.store_bytes(PDF, "application/pdf"))
        lost = actions.store_bytes(b"lost", "text/plain")
        store.delete(lost.sha256)
        grow_old()
        enqueue(jobs.scrub, timestamp=0)
        assert run_jobs() == 3  # the start, the slice with both files, the slice that finds nothing more
        assert [file.sha256 for file in queries.damaged()] == [lost.sha256]
        assert any(line.levelname == "CRITICAL" and lost.sha256 in line.message for line in caplog.records)


def in_thread(act: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    """Run `act` in a thread with its own connection; the list gets its result or its error."""
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(act())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, results


@pytest.mark.django_db(transaction=True)
class TestRaces:
    @pytest.fixture(autouse=True)
    def tidy(self) -> Iterator[None]:
        yield
        Attachment.objects.all().delete()

    def test_the_sweep_passes_over_a_file_that_is_being_attached(self, place: Path) -> None:
        file = actions.store_bytes(PDF, "application/pdf")
        grow_old()
        with transaction.atomic():
            attachment = attach(file)
            thread, results = in_thread(actions.sweep)
            thread.join(10)
            assert results == [0]
        assert queries.open_attachment(attachment).read() == PDF

    def test_who_attaches_while_the_sweep_erases_is_told(
        self, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = actions.store_bytes(PDF, "application/pdf")
        grow_old()
        erasing, go_on = threading.Event(), threading.Event()

        def slow_delete(sha256: str) -> None:
            erasing.set()
            go_on.wait(10)
            store.current().delete(sha256)

        monkeypatch.setattr(store, "delete", slow_delete)
        sweep, swept = in_thread(actions.sweep)
        assert erasing.wait(10)
        attaching, attached = in_thread(lambda: attach(file))
        attaching.join(0.3)
        assert attaching.is_alive()  # waits for the sweep instead of owning bytes that vanish
        go_on.set()
        sweep.join(10)
        attaching.join(10)
        assert swept == [1]
        assert isinstance(attached[0], NotFound)
        with pytest.raises(FileMissing):
            store.open(file.sha256)

    def test_bytes_that_come_in_while_the_sweep_erases_are_there_afterwards(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = actions.store_bytes(PDF, "application/pdf")
        grow_old()
        erasing, go_on = threading.Event(), threading.Event()

        def slow_delete(sha256: str) -> None:
            erasing.set()
            go_on.wait(10)
            store.current().delete(sha256)

        monkeypatch.setattr(store, "delete", slow_delete)
        sweep, _ = in_thread(actions.sweep)
        assert erasing.wait(10)
        storing, stored = in_thread(lambda: actions.store_bytes(PDF, "application/pdf"))
        storing.join(0.3)
        go_on.set()
        sweep.join(10)
        storing.join(10)
        assert stored == [file]
        assert StoredFile.objects.filter(pk=file.pk).exists()
        assert store.open(file.sha256).read() == PDF

    def test_eight_people_bring_the_same_file_at_once(self, place: Path) -> None:
        people = [Actor(account_id=100 + n, office_id=31) for n in range(8)]
        started = [in_thread(lambda by=by: stage(by=by)) for by in people]  # type: ignore[misc]
        for thread, _ in started:
            thread.join(20)
        uploads = [results[0] for _, results in started]
        assert all(isinstance(upload, Upload) for upload in uploads)
        assert len({upload.pk for upload in uploads}) == 8
        assert bytes_on_disk(place) == [hashlib.sha256(PDF).hexdigest()]
        assert staging_is_empty(place)

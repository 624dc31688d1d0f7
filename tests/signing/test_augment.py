"""Signed files are kept for decades: levels, authorities that are down, renewal, and whether the evidence will do."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from unittest.mock import Mock

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from django.utils import timezone
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pytest_django.fixtures import Settings
from werkzeug.exceptions import ServiceUnavailable

from tests.signing.authority import Cast
from tests.signing.conftest import Issued, bytes_of, stored
from tests.signing.papers import make_paper
from vanthu.kernel import ledger
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.models import StoredFile
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import NotFound
from vanthu.signing import (
    augmenting,
    augmenting_outlook,
    augmenting_pdf,
    augmenting_queries,
    jobs,
    pades,
)
from vanthu.signing.appearance import Invisible, stamp_style
from vanthu.signing.augmenting_models import Keeping
from vanthu.signing.augmenting_states import KeepingState
from vanthu.signing.verify import Verifier
from vanthu_tools import test_pki
from vanthu_tools.test_pki import Authority, Holder

NOWHERE = "http://127.0.0.1:9/tsa"


class Document:
    """An issued file that something holds, and the longer file beside it."""

    def __init__(self, file: StoredFile, folder: Path) -> None:
        self.file, self._folder = file, folder
        self.held = files.attach(file, owner_kind="document", owner_id=1, role="main", name="129-KH.pdf")

    @property
    def row(self) -> Keeping:
        return Keeping.objects.get(file_sha256=self.file.sha256)

    @property
    def said(self) -> str:
        return augmenting_queries.standing([self.file.sha256])[self.file.sha256].sentence

    def longer(self) -> Path:
        attachment, _ = augmenting_queries.lasting_copy(self.file.sha256)
        path = self._folder / "longer.pdf"
        path.write_bytes(bytes_of(attachment.file))
        return path


@pytest.fixture(scope="session")
def sealed(authority: Authority, form: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan that the leader signed and the office sealed, with time stamps; made once."""
    folder = tmp_path_factory.mktemp("sealed")
    source = form
    for field, kind, name in (("LanhDao", "person", "Nguyễn Văn An"), ("CoQuan", "office", "VKSND")):
        key = ec.generate_private_key(ec.SECP256R1())
        chain = [
            authority.issue(Holder(kind, 90, name, "VKSND"), key=key).certificate,
            authority.certificate("ca"),
        ]
        target = folder / f"{field}.pdf"
        prepared = pades.prepare(source, target, field=field, chain=chain, style=stamp_style(Invisible()))
        signature = key.sign(prepared.to_sign, ec.ECDSA(utils.Prehashed(hashes.SHA256())))
        assert pades.finish(target, prepared, signature, tsa_url=authority.tsa_url).level == "B-T"
        source = target
    return source


@pytest.fixture
def document(cast: Cast, sealed: Path, tmp_path: Path) -> Document:
    return Document(stored(sealed), tmp_path)


def keep(document: Document) -> None:
    jobs.keep([document.file.sha256], office_id=1)
    run_jobs()


def come_due(document: Document) -> None:
    """Time passes until the file is looked at again."""
    Keeping.objects.filter(pk=document.row.pk).update(due_at=timezone.now())
    augmenting.raise_due(60)


def test_an_issued_file_comes_to_b_lta_and_would_hold_in_ten_years(issued: Issued, tmp_path: Path) -> None:
    document = Document(issued.sealed.file, tmp_path)
    keep(document)
    row = document.row
    assert (row.state, row.level, row.trouble) == ("lasting", "B-LTA", "")
    assert row.outlook == {"LanhDao": "OK", "CoQuan": "OK"}
    assert row.outlook_at
    assert row.outlook_at.year == timezone.now().year + 10
    longer = document.longer()
    assert longer.read_bytes().startswith(issued.path.read_bytes())
    report = Verifier().verify(longer, issued.expected)
    assert report.verdict == "valid", report.summary
    assert document.said.startswith(
        f"Mức B-LTA, đã thử: năm {row.outlook_at.year} vẫn kiểm tra được. Gia hạn"
    )
    acts = ledger.history(row)
    assert [act.note for act in acts] == ["nâng chữ ký số lên mức B-LTA để lưu trữ lâu dài"]
    assert acts[0].changes["sha256"][0] == issued.sealed.file.sha256


def test_the_file_is_asked_for_once_and_raised_once(document: Document) -> None:
    keep(document)
    before = document.row
    keep(document)
    augmenting.raise_file(document.file.sha256)
    assert augmenting.raise_due(5) == 0
    assert document.row.stamped_at == before.stamped_at
    assert Keeping.objects.count() == 1


def test_without_time_stamps_the_evidence_is_kept_and_the_level_is_said(
    document: Document, settings: Settings, authority: Authority
) -> None:
    settings.TSA_URL = NOWHERE
    keep(document)
    assert (document.row.state, document.row.level) == ("waiting", "B-LT")
    assert (
        document.said
        == "Mới ở mức B-LT: dịch vụ cấp dấu thời gian chưa trả lời. Hệ thống tự thử lại rồi nâng mức."
    )
    assert Verifier().verify(document.longer()).verdict == "valid"
    settings.TSA_URL = authority.tsa_url
    come_due(document)
    assert (document.row.state, document.row.level) == ("lasting", "B-LTA")


def test_a_file_signed_while_time_stamps_were_down_is_proven_later(
    cast: Cast, form: Path, settings: Settings, authority: Authority, tmp_path: Path
) -> None:
    settings.TSA_URL = NOWHERE
    issued = Issued(cast, form, tmp_path)
    document = Document(issued.sealed.file, tmp_path)
    keep(document)
    assert (document.row.state, document.row.level) == ("waiting", "B-B")
    with pytest.raises(NotFound, match="Chưa có bản lưu trữ lâu dài"):
        document.longer()
    settings.TSA_URL = authority.tsa_url
    come_due(document)
    assert (document.row.state, document.row.level) == ("lasting", "B-LTA")
    report = Verifier().verify(document.longer(), issued.expected)
    assert report.verdict == "valid", report.summary


class Refusing:
    """Answers no question: stands where the authority makes its answers."""

    def __init__(self, *_: object, **__: object) -> None:
        raise ServiceUnavailable


@pytest.fixture
def silence() -> Iterator[pytest.MonkeyPatch]:
    """OCSP and CRLs answer no more, until it is undone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(test_pki, "SimpleOCSPResponder", Refusing)
        patch.setattr(test_pki, "CRLBuilder", Refusing)
        yield patch


def test_without_answers_on_certificates_the_level_stays_and_is_raised_later(
    document: Document, silence: pytest.MonkeyPatch
) -> None:
    keep(document)
    assert (document.row.state, document.row.level) == ("waiting", "B-T")
    assert document.said.startswith("Mới ở mức B-T: chưa hỏi được trạng thái thu hồi của chứng thư số.")
    assert not augmenting_queries.standing([document.file.sha256])[document.file.sha256].longer
    silence.undo()
    come_due(document)
    assert (document.row.state, document.row.level) == ("lasting", "B-LTA")


def test_pauses_grow_and_end_for_all_when_one_comes_through(
    document: Document, settings: Settings, authority: Authority
) -> None:
    settings.TSA_URL = NOWHERE
    keep(document)
    come_due(document)
    again = document.row.due_at
    assert again
    assert document.row.tries == 2
    assert timedelta(minutes=9) < again - timezone.now() < timedelta(minutes=11)
    other = Keeping.objects.create(
        file_sha256="0" * 64, trouble="no_time_stamp", tries=9, due_at=timezone.now() + timedelta(hours=6)
    )
    settings.TSA_URL = authority.tsa_url
    Keeping.objects.filter(pk=document.row.pk).update(due_at=timezone.now())
    augmenting.raise_file(document.file.sha256)
    other.refresh_from_db()
    assert other.due_at
    assert other.due_at <= timezone.now()


def test_one_failure_ends_a_round(document: Document, settings: Settings, tmp_path: Path) -> None:
    settings.TSA_URL = NOWHERE
    plain = stored(make_paper(tmp_path / "plain.pdf"))
    augmenting.want([document.file.sha256, plain.sha256], office_id=1)
    Keeping.objects.filter(file_sha256=plain.sha256).update(due_at=timezone.now())
    assert augmenting.raise_due(60) == 0
    assert Keeping.objects.get(file_sha256=plain.sha256).tries == 0


def test_a_time_stamp_is_renewed_by_another_over_it(document: Document) -> None:
    keep(document)
    first = document.longer().read_bytes()
    come_due(document)
    renewed = document.longer()
    assert renewed.read_bytes().startswith(first)
    assert len(first) < renewed.stat().st_size
    assert Verifier().verify(renewed).verdict == "valid"
    assert (document.row.state, document.row.trouble) == ("lasting", "")
    assert ledger.history(document.row)[-1].note == "gia hạn dấu thời gian lưu trữ (mức B-LTA)"


def test_a_renewal_that_finds_nobody_keeps_what_there_is(document: Document, settings: Settings) -> None:
    keep(document)
    before = document.longer().read_bytes()
    settings.TSA_URL = NOWHERE
    come_due(document)
    assert document.row.state == "lasting"
    assert document.longer().read_bytes() == before
    assert "Chưa gia hạn được: dịch vụ cấp dấu thời gian chưa trả lời" in document.said


@pytest.mark.parametrize(("ends", "renewed"), [(4000, 365), (400, 310), (91, 7), (30, 7)])
def test_it_is_renewed_after_a_year_or_before_the_certificate_of_the_time_stamp_ends(
    ends: int, renewed: int
) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    row = Keeping(stamped_at=now, protected_until_at=now + timedelta(days=ends))
    assert augmenting.look_again_at(row, now) == now + timedelta(days=renewed)


class Careless(Authority):
    """An authority whose issuing certificate says nowhere whether it is revoked."""

    def _signed(self, builder: x509.CertificateBuilder, *args: Any) -> x509.Certificate:
        *_, issuer_key, issuer_name = args
        if issuer_name != "root":
            return super()._signed(builder, *args)
        return builder.sign(issuer_key, hashes.SHA256())


@pytest.fixture
def careless(tmp_path: Path, settings: Settings, db: None) -> Iterator[Cast]:
    settings.PKI_DIR = tmp_path / "pki"
    settings.TRUST_ROOTS = settings.PKI_DIR / "roots"
    authority = Careless(settings.PKI_DIR, "")
    server = test_pki.server(authority, 0)
    authority.address = f"http://127.0.0.1:{server.server_port}"
    settings.TSA_URL = authority.tsa_url
    authority.make()
    Thread(target=server.serve_forever, daemon=True).start()
    yield Cast(authority)
    server.shutdown()
    server.server_close()


def test_a_chain_without_revocation_would_not_hold_and_is_not_called_archivable(
    careless: Cast, form: Path, tmp_path: Path
) -> None:
    document = Document(Issued(careless, form, tmp_path).sealed.file, tmp_path)
    keep(document)
    row = document.row
    assert (row.state, row.level, row.trouble) == ("short", "B-LTA", "no_evidence")
    assert set(row.outlook.values()) == {"NO_POE"}
    assert document.said == (
        "Mức B-LTA, chưa lưu trữ lâu dài được: thiếu bằng chứng về chứng thư số để kiểm tra sau mười năm."
    )
    assert not augmenting_queries.standing([document.file.sha256])[document.file.sha256].lasting


def with_other_page(path: Path, out: Path) -> Path:
    """The file with an update that empties its page."""
    with path.open("rb") as source, out.open("wb") as target:
        writer = IncrementalPdfFileWriter(source)
        page, _ = writer.find_page_for_modification(0)
        page.get_object()["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
        writer.update_container(page.get_object())
        writer.write(target)
    return out


def test_a_file_changed_after_signing_is_never_called_archivable(
    cast: Cast, sealed: Path, tmp_path: Path
) -> None:
    document = Document(stored(with_other_page(sealed, tmp_path / "changed.pdf")), tmp_path)
    keep(document)
    assert (document.row.state, document.row.trouble) == ("short", "changed")


def test_revoked_after_signing_it_is_kept_thanks_to_the_time_stamp(
    cast: Cast, issued: Issued, tmp_path: Path
) -> None:
    document = Document(issued.sealed.file, tmp_path)
    cast.authority.revoke(int(issued.leader.serial, 16), datetime.now(UTC) + timedelta(seconds=20))
    keep(document)
    assert document.row.state == "lasting", document.row.trouble


def test_revoked_before_signing_it_is_not_kept(cast: Cast, issued: Issued, tmp_path: Path) -> None:
    document = Document(issued.sealed.file, tmp_path)
    cast.authority.revoke(int(issued.leader.serial, 16), datetime.now(UTC) - timedelta(hours=1))
    keep(document)
    assert (document.row.state, document.row.level, document.row.trouble) == ("short", "B-T", "revoked")


def test_files_without_signatures_are_left(cast: Cast, paper: Path) -> None:
    file = stored(paper)
    jobs.keep([file.sha256], office_id=1)
    run_jobs()
    row = Keeping.objects.get()
    assert (row.state, row.due_at) == ("unsigned", None)
    assert augmenting_queries.standing([file.sha256]) == {}


def test_a_malformed_file_is_said_to_be_so(cast: Cast, tmp_path: Path) -> None:
    tmp_path.joinpath("bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    document = Document(stored(tmp_path / "bad.pdf"), tmp_path)
    keep(document)
    assert document.said == "Chưa lưu trữ lâu dài được: cấu trúc tệp không cho ghi thêm bằng chứng."


def test_a_killed_worker_loses_nothing(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    augmenting.want([document.file.sha256], office_id=1)
    with monkeypatch.context() as patch:
        patch.setattr(augmenting_outlook, "outlook", Mock(side_effect=SystemExit))
        with pytest.raises(SystemExit):
            augmenting.raise_file(document.file.sha256)
    row = document.row
    assert (row.state, row.level) == ("waiting", "")
    assert row.due_at
    assert row.due_at > timezone.now()
    come_due(document)
    assert document.row.state == "lasting"


def test_a_worker_that_lost_its_lease_writes_nothing(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    augmenting.want([document.file.sha256], office_id=1)
    real = augmenting_pdf.raise_level

    def overtaken(path: Path, *, tsa_url: str) -> augmenting_pdf.Reached:
        Keeping.objects.update(due_at=timezone.now() + timedelta(hours=1))
        return real(path, tsa_url=tsa_url)

    monkeypatch.setattr(augmenting_pdf, "raise_level", overtaken)
    augmenting.raise_file(document.file.sha256)
    assert (document.row.state, document.row.level) == ("waiting", "")
    assert not ledger.history(document.row)


def test_what_was_appended_goes_with_the_file(document: Document) -> None:
    keep(document)
    assert augmenting.prune() == 0
    files.detach(document.held)
    row = document.row
    assert augmenting.prune() == 1
    assert not Keeping.objects.exists()
    assert augmenting_queries.lasting_attachment(row) is None


def test_an_installation_without_time_stamps_says_so(document: Document, settings: Settings) -> None:
    settings.TSA_URL = ""
    keep(document)
    assert document.row.state == KeepingState.WAITING
    assert document.said == ("Chưa nâng mức chữ ký được: hệ thống chưa khai báo dịch vụ cấp dấu thời gian.")

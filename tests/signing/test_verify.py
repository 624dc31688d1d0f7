"""Attacks on a signed document, numbered as in the trial of validators; each must be found."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pytest_django.fixtures import Settings

from tests.signing.authority import Cast
from tests.signing.conftest import Issued, bytes_of, stored
from vanthu.signing import actions, pades
from vanthu.signing.appearance import Invisible, stamp_style
from vanthu.signing.policies import GOVERNMENT_COMPAT, LEGACY_SHA1
from vanthu.signing.report import Report
from vanthu.signing.verify import Verifier


def changed(path: Path, change: Callable[[IncrementalPdfFileWriter], None]) -> Path:
    """The file with an incremental update."""
    out = path.with_name("changed.pdf")
    with path.open("rb") as source, out.open("wb") as target:
        writer = IncrementalPdfFileWriter(source)
        change(writer)
        writer.write(target)
    return out


def rewritten(path: Path, data: bytes) -> Path:
    out = path.with_name("rewritten.pdf")
    out.write_bytes(data)
    return out


def field_of(writer: IncrementalPdfFileWriter, name: str) -> generic.DictionaryObject:
    fields = writer.root["/AcroForm"]["/Fields"]
    return next(f.get_object() for f in fields if f.get_object()["/T"] == name)


def replace_page(writer: IncrementalPdfFileWriter) -> None:
    page, _ = writer.find_page_for_modification(0)
    page.get_object()["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
    writer.update_container(page.get_object())


def overlay(writer: IncrementalPdfFileWriter) -> None:
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Square"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (100, 100, 300, 300))),
        }
    )
    page, _ = writer.find_page_for_modification(0)
    page.get_object()["/Annots"].append(writer.add_object(note))
    writer.update_container(page.get_object()["/Annots"])


def renumber(writer: IncrementalPdfFileWriter) -> None:
    field = field_of(writer, "SoVB")
    field["/V"] = generic.TextStringObject("999")
    writer.update_container(field)


def test_a02_a_changed_byte(issued: Issued) -> None:
    data = bytearray(issued.path.read_bytes())
    data[data.index(b"stream") + 40] ^= 1
    report = Verifier().verify(rewritten(issued.path, bytes(data)))
    assert report.verdict == "invalid"
    assert not any(signature.intact for signature in report.signatures)


def test_a03_a_changed_signature(issued: Issued) -> None:
    data = issued.path.read_bytes()
    start = data.index(b"/Contents <") + 4000
    flipped = b"0" if data[start : start + 1] != b"0" else b"1"
    assert (
        Verifier().verify(rewritten(issued.path, data[:start] + flipped + data[start + 1 :])).verdict
        != "valid"
    )


@pytest.mark.parametrize("tail", [b"secret", b"\n%%EOF\n", b"secret\n%%EOF\n", b" " * 64])
def test_a04_garbage_after_the_end(issued: Issued, tail: bytes) -> None:
    report = Verifier().verify(rewritten(issued.path, issued.path.read_bytes() + tail))
    assert report.verdict == "invalid", report.summary


@pytest.mark.parametrize("policy", [None, GOVERNMENT_COMPAT, LEGACY_SHA1])
@pytest.mark.parametrize("attack", [replace_page, overlay])
def test_a05_a07_a_changed_page(
    issued: Issued, attack: Callable[[IncrementalPdfFileWriter], None], policy: object
) -> None:
    verifier = Verifier() if policy is None else Verifier(policy)  # type: ignore[arg-type]
    report = verifier.verify(changed(issued.path, attack))
    assert report.verdict == "invalid"
    assert "tệp bị sửa sau khi ký" in report.summary


def test_a13_revoked_before_signing(cast: Cast, issued: Issued) -> None:
    cast.authority.revoke(int(issued.leader.serial, 16), datetime.now(UTC) - timedelta(hours=1))
    report = Verifier().verify(issued.path)
    assert report.verdict == "invalid"
    assert report.signatures[0].revocation == "revoked"
    assert "đã bị thu hồi" in report.signatures[0].sentence


def test_revoked_after_signing_stays_valid_thanks_to_the_time_stamp(cast: Cast, issued: Issued) -> None:
    cast.authority.revoke(int(issued.leader.serial, 16), datetime.now(UTC) + timedelta(seconds=2))
    assert Verifier().verify(issued.path).verdict == "valid"


def test_a12_signed_with_an_expired_certificate(cast: Cast, form: Path, tmp_path: Path) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    certificate = cast.enrol(
        "person", 11, "Nguyễn Văn An", start=yesterday - timedelta(days=9), end=yesterday
    )
    pem = (cast.authority.folder / "keys" / f"{certificate.key_name}.pem").read_bytes()
    key = serialization.load_pem_private_key(pem, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    report = Verifier().verify(sign_below(form, tmp_path, key, certificate.x509, cast))
    assert report.verdict == "invalid"
    assert "đã hết hạn khi ký" in report.summary


def test_a14_a_self_signed_certificate_of_the_same_name(cast: Cast, form: Path, tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = cast.leader_certificate().x509.subject
    now = datetime.now(UTC)
    forged = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=9))
        .sign(key, hashes.SHA256())
    )
    report = Verifier().verify(sign_below(form, tmp_path, key, forged, cast))
    assert report.verdict == "unknown"
    assert not report.signatures[0].trusted
    assert "không coi là bản gốc" in report.summary


def sign_below(
    form: Path, folder: Path, key: ec.EllipticCurvePrivateKey, own: x509.Certificate, cast: Cast
) -> Path:
    """Sign without any of the room's checks, as a forger would."""
    path = folder / "forged.pdf"
    prepared = pades.prepare(
        form,
        path,
        field="LanhDao",
        chain=[own, cast.authority.certificate("ca")],
        style=stamp_style(Invisible()),
    )
    signature = key.sign(prepared.attributes, ec.ECDSA(hashes.SHA256()))
    pades.finish(path, prepared, signature, tsa_url=cast.authority.tsa_url)
    return path


def test_a15_the_number_changed_after_the_seal(issued: Issued) -> None:
    report = Verifier().verify(changed(issued.path, renumber), issued.expected)
    assert report.verdict == "invalid"
    assert report.problems == ("số, ngày hoặc ô nhập bị sửa sau khi đã ký (SoVB)",)


def test_a16_rolled_back_to_before_the_seal(issued: Issued) -> None:
    before = rewritten(issued.path, bytes_of(issued.signed.file))
    assert Verifier().verify(before).verdict == "valid"
    report = Verifier().verify(before, issued.expected)
    assert report.verdict == "invalid"
    assert "thiếu chữ ký" in report.summary


def test_a18_an_unexpected_signer(cast: Cast, issued: Issued) -> None:
    extra = actions.sign_file(
        stored(issued.path),
        role="initials",
        certificate=cast.colleague_certificate(),
        appearance=Invisible(),
        by=cast.colleague,
    )
    path = rewritten(issued.path, bytes_of(extra.file))
    assert "sau khi cơ quan ký" in Verifier().verify(path).summary
    report = Verifier().verify(path, issued.expected)
    assert report.verdict == "invalid"
    assert "có chữ ký thừa" in report.summary


def test_the_wrong_signer_in_the_right_field(cast: Cast, issued: Issued) -> None:
    other = cast.colleague_certificate().serial
    report = Verifier().verify(issued.path, {**issued.expected, "LanhDao": other})
    assert report.verdict == "invalid"
    assert "không phải người được giao ký" in report.summary


def test_an_unsigned_file(form: Path, issued: Issued) -> None:
    assert Verifier().verify(form) == Report("unsigned", policy="own/1")
    assert Verifier().verify(form).summary == "Tệp không có chữ ký số."
    assert Verifier().verify(form, issued.expected).verdict == "invalid"


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\n%%EOF\n"])
def test_a_malformed_file_is_invalid(tmp_path: Path, data: bytes) -> None:
    tmp_path.joinpath("bad.pdf").write_bytes(data)
    report = Verifier(trusted=()).verify(tmp_path / "bad.pdf")
    assert report.verdict == "invalid"
    assert "bị hỏng" in report.summary


def test_when_nobody_answers_the_state_is_unknown_not_valid(
    issued: Issued, settings: Settings, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    monkeypatch.setattr(
        type(cast.authority), "revoked", lambda self: (_ for _ in ()).throw(OSError("closed"))
    )
    report = Verifier().verify(issued.path)
    assert report.verdict == "unknown"
    assert report.signatures[0].revocation == "unknown"
    assert report.signatures[0].trusted
    assert "chưa hỏi được trạng thái" in report.summary


def test_a_report_survives_json(issued: Issued) -> None:
    report = Verifier().verify(issued.path)
    assert Report.from_json(report.as_json()) == report

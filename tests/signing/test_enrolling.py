"""Certificates are enrolled, replaced, withdrawn and watched; every refusal is one sentence at its field."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7, pkcs12
from django.utils import timezone
from PIL import Image

from tests.cast import World
from tests.signing.custody import transparent_png
from vanthu.kernel import ledger
from vanthu.kernel.actor import SYSTEM
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.signing import actions, certificate_queries, certificates, queries, watching
from vanthu.signing.certificates import Given
from vanthu.signing.models import Certificate
from vanthu.signing.providers import practice_key
from vanthu.tasks import notices
from vanthu_tools.test_pki import Authority, Holder, Issued

DAY = timedelta(days=1)


@pytest.fixture
def issuer(authority: Authority, world: World) -> Iterator[Authority]:
    yield authority
    (authority.folder / "revoked.json").unlink(missing_ok=True)


def issued_to(authority: Authority, name: str, **validity: datetime) -> Issued:
    return authority.issue(Holder("person", 1, name, "VKSND tỉnh Bắc Ninh"), **validity)


def head(world: World) -> certificates.Holder:
    by = world.actor("administrator")
    return certificates.holder("person", world.person("head").pk, by)


def given(issued: Issued, **more: object) -> Given:
    content = issued.certificate.public_bytes(Encoding.PEM)
    return Given(content, "software_key", issued.key_name, **more)  # type: ignore[arg-type]


def enrolled(world: World, authority: Authority, **validity: datetime) -> Certificate:
    one = issued_to(authority, "Vũ Đình Lâm", **validity)
    return certificates.enrol(given(one), whose=head(world), by=world.actor("administrator"))


def opaque_png() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (60, 30), (255, 255, 255)).save(kept, "PNG")
    return kept.getvalue()


def test_a_certificate_is_enrolled_replaced_and_withdrawn_and_the_past_stays(
    world: World, issuer: Authority
) -> None:
    by, whose = world.actor("administrator"), head(world)
    first = certificates.enrol(
        given(issued_to(issuer, "VŨ ĐÌNH LÂM"), picture=transparent_png()), whose=whose, by=by
    )
    second = enrolled(world, issuer)
    assert queries.person_certificate(whose.id) == second
    assert bytes(second.picture or b"") == bytes(first.picture or b"")  # the picture goes on
    now, past = certificate_queries.of_holder("person", whose.id)
    assert (now.state, now.words, now.revocation) == ("active", "Đang dùng", "không bị thu hồi")
    assert past.standing is not None
    assert (past.state, past.standing.ended_reason) == (
        "ended",
        f"Thay bằng chứng thư số {second.serial[-8:].upper()}",
    )
    with pytest.raises(Invalid) as refused:
        certificates.withdraw(second.pk, " ", by=by)
    assert "lý do" in refused.value.fields["reason"]
    certificates.withdraw(second.pk, "Chuyển công tác", by=by)
    with pytest.raises(Invalid):
        queries.person_certificate(whose.id)
    with pytest.raises(Conflict):
        certificates.withdraw(second.pk, "Chuyển công tác", by=by)
    assert [act.verb for act in ledger.history(second)] == ["signing.enrolled", "signing.withdrawn"]
    note = ledger.history(second)[0].note
    assert note.startswith("đăng ký chứng thư số của Vũ Đình Lâm, số sê-ri")


@pytest.mark.parametrize("form", ["der", "pem with chain", "p7b", "p12"])
def test_files_of_every_kind_are_read(world: World, issuer: Authority, form: str) -> None:
    one = issued_to(issuer, "Vũ Đình Lâm")
    chain = [one.certificate, issuer.certificate("ca")]
    content = {
        "der": lambda: one.certificate.public_bytes(Encoding.DER),
        "pem with chain": lambda: b"".join(row.public_bytes(Encoding.PEM) for row in reversed(chain)),
        "p7b": lambda: pkcs7.serialize_certificates(chain, Encoding.DER),
        "p12": lambda: pkcs12.serialize_key_and_certificates(
            b"lam", None, None, [pkcs12.PKCS12Certificate(row, None) for row in chain],  # type: ignore[list-item]
            serialization.BestAvailableEncryption(b"1234"),
        ),
    }[form]()  # fmt: skip
    brought = Given(content, "software_key", one.key_name, password="1234")
    made = certificates.enrol(brought, whose=head(world), by=world.actor("administrator"))
    assert made.serial == f"{one.certificate.serial_number:x}"
    assert "BEGIN CERTIFICATE" in made.standing.chain  # type: ignore[attr-defined]


def self_signed(name: str, **usage: bool) -> x509.Certificate:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    uses = {
        one: usage.get(one, False)
        for one in (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
            "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        )
    }  # fmt: skip
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(now + DAY)
        .add_extension(x509.KeyUsage(**uses), critical=True)
        .sign(key, hashes.SHA256())
    )


def refusal(world: World, brought: Given) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        certificates.enrol(brought, whose=head(world), by=world.actor("administrator"))
    return refused.value.fields


def test_every_refusal_is_a_sentence_at_its_field(world: World, issuer: Authority) -> None:
    good = issued_to(issuer, "Vũ Đình Lâm")
    now = datetime.now(UTC)
    other = issued_to(issuer, "Trần Văn Khác")
    assert "không phải “Vũ Đình Lâm”" in refusal(world, given(other))["file"]
    expired = issued_to(issuer, "Vũ Đình Lâm", start=now - 9 * DAY, end=now - DAY)
    assert "đã hết hạn" in refusal(world, given(expired))["file"]
    early = issued_to(issuer, "Vũ Đình Lâm", start=now + DAY, end=now + 9 * DAY)
    assert "chỉ có hiệu lực từ" in refusal(world, given(early))["file"]
    for certificate, told in (
        (self_signed("Vũ Đình Lâm", key_encipherment=True), "không dùng để ký văn bản"),
        (self_signed("Vũ Đình Lâm", content_commitment=True), "không do đơn vị mà hệ thống tin cậy cấp"),
    ):
        brought = Given(certificate.public_bytes(Encoding.DER), "software_key", "k")
        assert told in refusal(world, brought)["file"]
    issuer.revoke(good.certificate.serial_number)
    assert "thu hồi" in refusal(world, given(good))["file"]
    assert "chưa nối" in refusal(world, Given(given(good).file, "nothing", "k"))["provider"]
    for content in (b"", b"junk", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"):
        assert refusal(world, Given(content, "software_key"))["file"]


def test_a_private_key_never_comes_in(world: World, issuer: Authority) -> None:
    one = issued_to(issuer, "Vũ Đình Lâm")
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    told = refusal(world, Given(given(one).file + pem, "software_key"))
    assert "khóa bí mật" in told["file"]
    authority_key = issuer.key("ca")
    p12 = pkcs12.serialize_key_and_certificates(
        b"x", authority_key, issuer.certificate("ca"), None, serialization.BestAvailableEncryption(b"1234")
    )
    assert "khóa bí mật" in refusal(world, Given(p12, "software_key", password="1234"))["file"]
    assert "Mật khẩu" in refusal(world, Given(p12, "software_key", password="4321"))["password"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"GIF89a", "PNG"),
        (opaque_png(), "trong suốt"),
        (transparent_png(ink=False), "có nét"),
        (b"\x89PNG" + b"0" * 1_000_001, "1 MB"),
    ],
)
def test_a_picture_is_a_transparent_png(world: World, issuer: Authority, content: bytes, told: str) -> None:
    brought = given(issued_to(issuer, "Vũ Đình Lâm"), picture=content)
    assert told in refusal(world, brought)["picture"]


def test_only_the_administrator_of_the_office_enrols(world: World, issuer: Authority) -> None:
    with pytest.raises(NotFound):
        certificates.holder("person", world.person("region_clerk").pk, world.actor("administrator"))
    with pytest.raises(NotFound):
        certificates.holder("office", world.region.pk, world.actor("administrator"))
    with pytest.raises(NotAllowed):
        certificates.holder("office", world.province.pk, world.actor("clerk"))
    made = enrolled(world, issuer)
    with pytest.raises(NotFound):
        certificate_queries.picture_of(made.pk, world.actor("head"))  # none was enrolled
    certificates.change_picture(made.pk, transparent_png(), by=world.actor("administrator"))
    for persona in ("head", "administrator"):
        assert certificate_queries.picture_of(made.pk, world.actor(persona)).startswith(b"\x89PNG")
    for persona in ("clerk", "deputy", "region_clerk"):
        with pytest.raises(NotFound):
            certificate_queries.picture_of(made.pk, world.actor(persona))


def told_to(world: World, persona: str) -> list[str]:
    return [one.text for one in notices.unseen(world.actor(persona))]


def test_holder_and_administrator_are_warned_once_at_each_step(world: World, issuer: Authority) -> None:
    now = timezone.now()
    made = enrolled(world, issuer, start=now - DAY, end=now + 45 * DAY)
    assert watching.warn() == 1
    assert watching.warn() == 0
    assert ["còn 45 ngày" in text for text in told_to(world, "head")] == [True]
    assert ["Vũ Đình Lâm" in text for text in told_to(world, "administrator")] == [True]
    assert told_to(world, "clerk") == []
    assert watching.warn(now + 10 * DAY) == 0
    assert watching.warn(now + 20 * DAY) == 1
    assert watching.warn(now + 21 * DAY) == 0
    assert watching.warn(now + 39 * DAY) == 1
    assert ["còn 6 ngày" in text for text in told_to(world, "head")] == [True]  # the newest says it
    assert watching.warn(now + 50 * DAY) == 0
    assert ledger.last_act(made).verb == "signing.expiring"  # type: ignore[union-attr]
    enrolled(world, issuer)
    assert told_to(world, "head") == told_to(world, "administrator") == []


def test_an_early_certificate_of_practice_warns_nobody(world: World) -> None:
    fresh = practice_key.certificate("x", "Vũ Đình Lâm")
    actions.enrol(
        [actions.Enrolment("person", world.person("head").pk, fresh, practice_key.NAME, "x")], by=SYSTEM
    )
    assert watching.warn() == 0
    assert not watching.ask_issuers()


def test_a_revoked_certificate_signs_no_more_from_that_night(world: World, issuer: Authority) -> None:
    made = enrolled(world, issuer)
    assert watching.ask_issuers()["good"] == 1
    issuer.revoke(made.x509.serial_number)
    assert watching.ask_issuers()["revoked"] == 1
    with pytest.raises(Invalid, match="thu hồi"):
        queries.person_certificate(made.holder_id)
    (found,) = certificate_queries.of_holder("person", made.holder_id)
    assert (found.state, found.words) == ("revoked", "Đã bị thu hồi")
    assert "không ký được nữa" in told_to(world, "head")[0]
    assert "Xin cấp mới" in told_to(world, "administrator")[0]
    assert not watching.ask_issuers()


def test_silence_changes_nothing_and_an_issuer_that_is_silent_is_left_alone(
    world: World, issuer: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = world.actor("administrator")
    for persona in ("head", "deputy", "clerk", "chief", "specialist"):
        person = world.person(persona)
        whose = certificates.holder("person", person.pk, by)
        certificates.enrol(given(issued_to(issuer, person.full_name)), whose=whose, by=by)
    asked = []
    monkeypatch.setattr(watching.roots, "state_of", lambda chain: asked.append(chain) or "unknown")
    assert watching.ask_issuers()["unknown"] == len(asked) == 3
    assert all(
        row.shown.revocation == "không bị thu hồi" for row in certificate_queries.of_office(by) if row.shown
    )

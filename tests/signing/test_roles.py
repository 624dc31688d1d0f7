"""Who signs as what in files of others: from the certificate, from names of fields, from the order."""

from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.signing.attacks import asn1
from vanthu.signing.roles import is_office, roles_of

KEY = ec.generate_private_key(ec.SECP256R1())


def certificate(common: str, organisation: str = "Chính phủ", uid: str = "") -> asn1_x509.Certificate:
    parts = [(NameOID.COMMON_NAME, common), (NameOID.ORGANIZATION_NAME, organisation), (NameOID.USER_ID, uid)]
    name = x509.Name([x509.NameAttribute(oid, value) for oid, value in parts if value])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(KEY.public_key())
    builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    return asn1(builder.sign(KEY, hashes.SHA256()))


@pytest.mark.parametrize(
    "name",
    [
        "Viện kiểm sát nhân dân tỉnh Bắc Ninh",
        "VKSND TỐI CAO",
        "Văn phòng Chính phủ",
        "Vụ Pháp chế",
        "Trường Đại học Kiểm sát Hà Nội",
        "Uy ban nhan dan tinh Bac Ninh",
        "Test agency",
        "Chính phủ",
    ],
)
def test_the_certificate_of_an_office(name: str) -> None:
    assert is_office(certificate(name))


@pytest.mark.parametrize(
    "name", ["Nguyễn Văn An", "Vũ Thị Hoa", "Vu Thi Hoa", "Đoàn Văn Nam", "Trương Công Sơn", "Tran Van Phong"]
)
def test_the_certificate_of_a_person(name: str) -> None:
    assert not is_office(certificate(name))


def test_identifiers_come_before_names() -> None:
    assert is_office(certificate("Nguyễn Văn An", uid="MST:0100109106"))
    assert not is_office(certificate("Văn phòng", uid="CCCD:001086000001"))


PERSON, OTHER, OFFICE = (
    certificate("Nguyễn Văn An"),
    certificate("Trần Thị Bình"),
    certificate("VKSND khu vực 2"),
)


@pytest.mark.parametrize(
    ("signed", "roles"),
    [
        ([("Signature1", PERSON)], ["approval"]),
        ([("Signature1", OFFICE)], ["seal"]),
        (
            [("Signature1", OTHER), ("Signature2", PERSON), ("Signature3", OFFICE)],
            ["initials", "approval", "seal"],
        ),
        ([("Signature1", PERSON), ("Signature2", OFFICE), ("Signature3", OTHER)], ["approval", "seal", ""]),
        (
            [("Signature1", PERSON), ("Signature2", OFFICE), ("Signature3", OFFICE)],
            ["approval", "seal", "seal"],
        ),
        ([("KyNhay1", OTHER), ("LanhDao", PERSON), ("KyNhay2", OTHER)], ["initials", "approval", ""]),
        ([("ky_nhay_vp", OTHER), ("Leader", PERSON), ("ConDau", OFFICE)], ["initials", "approval", "seal"]),
        ([("ConDau", PERSON)], ["approval"]),  # a person does not become an office by the name of a field
        ([("LanhDao", PERSON), ("LienTich1", OTHER), ("CoQuan", OFFICE)], ["approval", "approval", "seal"]),
    ],
)
def test_roles(signed: list[tuple[str, asn1_x509.Certificate]], roles: list[str]) -> None:
    assert roles_of(signed) == roles

"""Who signs as what: from our own fields, from the names of others, from whether a certificate is an office's."""

import re
import unicodedata
from collections.abc import Sequence

from asn1crypto import core
from asn1crypto import x509 as asn1_x509

from vanthu.signing.places import LEADER, OFFICE
from vanthu.signing.policies import common_name, first_of
from vanthu.signing.report import Role

_OWN_FIELDS = re.compile(rf"(?P<initials>KyNhay\d+)|(?P<approval>{LEADER}|LienTich\d+)|(?P<seal>{OFFICE})")
_NAMED = (
    ("seal", re.compile(r"seal|con_?dau|co_?quan|agency|office|organi[sz]ation|van_?thu|to_?chuc")),
    ("initials", re.compile(r"nhay|initial")),
    ("approval", re.compile(r"leader|lanh_?dao|thu_?truong|vien_?truong|approv|ky_?duyet")),
)
# With its marks a name is unmistakable: "Vụ" is no "Vũ", "Trường" no "Trương". Without marks two words are needed.
_OFFICES = re.compile(
    r"(viện|vksnd|vks|tòa án|toà án|tand|ủy ban|uỷ ban|ubnd|hđnd|hội đồng|hội|sở|bộ|cục|chi cục|tổng cục|vụ|ban|"
    r"văn phòng|phòng|công an|thanh tra|trường|học viện|đại học|bệnh viện|công ty|tổng công ty|tập đoàn|trung tâm|"
    r"tỉnh ủy|thành ủy|đảng ủy|đảng bộ|kho bạc|ngân hàng|bảo hiểm|chính phủ|quốc hội|cơ quan|đơn vị|liên đoàn|"
    r"mặt trận|xã|phường)\b"
)
_OFFICES_BARE = re.compile(
    r"(vien kiem sat|vksnd|vks|toa an|tand|uy ban|ubnd|hdnd|hoi dong|chi cuc|tong cuc|van phong|cong an|thanh tra|"
    r"hoc vien|dai hoc|benh vien|cong ty|tong cong ty|trung tam|tinh uy|thanh uy|dang uy|kho bac|ngan hang|"
    r"bao hiem|chinh phu|quoc hoi|co quan|don vi|mat tran|bo (?:cong an|tu phap|tai chinh|noi vu|quoc phong))\b"
    r"|.*\b(office|agency|organi[sz]ation|ministry|department|procuracy|court|authority|seal)\b"
)
_TITLES_OF_PEOPLE = {"given_name", "surname", "title", "name"}
_STATEMENTS = "1.3.6.1.5.5.7.1.3"  # what a qualified certificate says of itself
_SEAL, _PERSON = (core.ObjectIdentifier(f"0.4.0.1862.1.6.{kind}").dump() for kind in (2, 1))


def own_role(field: str) -> Role:
    """The role of a field that this system makes, "" for any other field."""
    match = _OWN_FIELDS.fullmatch(field)
    roles: dict[str | None, Role] = {"initials": "initials", "approval": "approval", "seal": "seal"}
    return roles.get(match.lastgroup, "") if match else ""


def is_office(certificate: asn1_x509.Certificate) -> bool:
    """Whether a certificate is an organisation's: by its statements, its identifiers, its name."""
    stated = _stated(certificate)
    if stated is not None:
        return stated
    subject = certificate.subject.native
    if _TITLES_OF_PEOPLE & subject.keys():
        return False
    identifier = first_of(subject.get("user_id", "")) or first_of(subject.get("serial_number", ""))
    if identifier.upper().startswith(("MST:", "MNS:", "OFFICE-")) or "organization_identifier" in subject:
        return True
    if identifier.upper().startswith(("CCCD", "CMND", "HC:", "PERSON-")):
        return False
    name = common_name(certificate)
    bodies = {first_of(subject.get(key, "")) for key in ("organization_name", "organizational_unit_name")}
    plain = _plain(name)
    unmarked = plain == name.casefold() and _OFFICES_BARE.match(plain)
    return name in bodies or bool(_OFFICES.match(name.casefold()) or unmarked)


def roles_of(signed: Sequence[tuple[str, asn1_x509.Certificate]]) -> list[Role]:
    """The role of each signature (field, certificate) of a file, in the order in which they were made.

    The last person before the first seal approves, people before them initialled; what a person signs behind the
    seal, or initials behind the approval, has no role.
    """
    roles: list[Role] = [own_role(field) or _named(field, certificate) for field, certificate in signed]
    persons = [
        place
        for place, (_, certificate) in enumerate(signed)
        if not roles[place] and not is_office(certificate)
    ]
    for place, (_, certificate) in enumerate(signed):
        if not roles[place] and is_office(certificate):
            roles[place] = "seal"
    seal = roles.index("seal") if "seal" in roles else len(roles)
    early = [place for place in persons if place < seal]
    if early and "approval" not in roles:
        roles[early.pop()] = "approval"
    for place in early:
        roles[place] = "initials"
    done = roles.index("approval") if "approval" in roles else seal
    return [_in_order(role, place, done, seal) for place, role in enumerate(roles)]


def _in_order(role: Role, place: int, approved: int, sealed: int) -> Role:
    late = (place > sealed and role != "seal") or (role == "initials" and place > approved)
    return "" if late else role


def _named(field: str, certificate: asn1_x509.Certificate) -> Role:
    """What the name of a stranger's field says, where the certificate does not contradict."""
    plain = _plain(field).replace(" ", "_")
    found: Role = next((role for role, words in _NAMED if words.search(plain)), "")  # type: ignore[misc]
    return found if found != "seal" or is_office(certificate) else ""


def _stated(certificate: asn1_x509.Certificate) -> bool | None:
    """What the certificate's own statements (ETSI EN 319 412-5) say; None without any."""
    for extension in certificate["tbs_certificate"]["extensions"]:
        if extension["extn_id"].dotted == _STATEMENTS:
            stated = extension["extn_value"].contents
            return True if _SEAL in stated else False if _PERSON in stated else None
    return None


def _plain(text: str) -> str:
    """Small letters without marks: "Viện Kiểm sát" becomes "vien kiem sat"."""
    folded = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in folded if not unicodedata.combining(letter))

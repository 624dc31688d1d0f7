"""Certificates of people and offices: enrolled, replaced, withdrawn by the administrator; ended when revoked.

Enrolling asks the device and the issuer: call it outside a transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst

from vanthu.kernel import ledger
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Conflict, Invalid, NotFound
from vanthu.organisations import queries as organisations
from vanthu.organisations.names import key_of
from vanthu.signing import actions, certificate_files
from vanthu.signing.actions import Enrolment
from vanthu.signing.certificate_models import CertificateStanding
from vanthu.signing.devices import device_of
from vanthu.signing.models import Certificate
from vanthu.signing.providers import PROVIDERS, agent, practice_key
from vanthu.signing.providers.base import KeyHolder, SigningError
from vanthu.signing.states import HolderKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from vanthu.kernel.actor import Actor
    from vanthu.signing import roots
else:
    roots = later("vanthu.signing.roots")

_LONGEST_NAME = 64  # letters of a common name (X.520)
_REASON = "Ghi lý do, ví dụ: người giữ chuyển công tác, mất thiết bị."


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose certificate it is: a person of the actor's office, or the office itself; `names` it may be issued to."""

    kind: str
    id: int
    name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What the administrator brings: the file, its password, the device and its name for the key, a picture."""

    file: bytes
    provider: str
    key_name: str = ""
    password: str = ""
    picture: bytes = b""


def holder(kind: str, pk: int, by: Actor) -> Holder:
    """A person with a post in the actor's office, or that office; raises `NotFound`. Needs `administer`."""
    by.require("administer")
    if kind == HolderKind.OFFICE and pk == by.office:
        office = organisations.office(pk)
        return Holder(kind, pk, office.name, (office.name, office.short_name))
    posts = organisations.valid_posts(person_id=pk, office_id=by.office) if kind == HolderKind.PERSON else []
    if not posts:
        raise NotFound("Không tìm thấy người này trong cơ quan. Mở lại danh sách chứng thư số.")
    name = posts[0].person.full_name
    return Holder(kind, pk, name, (name,))


def enrol(given: Given, *, whose: Holder, by: Actor) -> Certificate:
    """Enrol a certificate for its holder; it replaces the one in use on the same device, which stays in the history.

    Raises `Invalid` with one sentence for the field that is wrong, `NotAllowed`, `Conflict` in practice.
    """
    by.require("administer")
    by.refuse_practice("Trong thực hành, chứng thư số được cấp sẵn. Rời thực hành để đăng ký chứng thư thật.")
    brought = certificate_files.read(given.file, given.password)
    picture = certificate_files.picture(given.picture) if given.picture else _picture_before(whose)
    chain, state = _checked(brought, given, whose)
    own = chain[0]
    with transaction.atomic():
        earlier = _in_use(whose, given.provider)
        actions.enrol([Enrolment(whose.kind, whose.id, own, given.provider, given.key_name, picture)], by=by)
        fresh = Certificate.objects.get(
            holder_kind=whose.kind, holder_id=whose.id, provider=given.provider, active=True
        )
        above = "".join(one.public_bytes(Encoding.PEM).decode() for one in chain[1:])
        CertificateStanding.objects.create(
            certificate=fresh, chain=above, revocation=state, checked_at=timezone.now()
        )
        if earlier is not None:
            _end(earlier, f"Thay bằng chứng thư số {fresh.serial[-8:].upper()}")
        _record("signing.enrolled", fresh, whose, "đăng ký chứng thư số", by, before=earlier)
    return fresh


@transaction.atomic
def withdraw(pk: int, reason: str, *, by: Actor) -> Certificate:
    """The certificate no longer signs here. Raises `Invalid` without a reason, `Conflict` when it ended already."""
    found = certificate_of_office(pk, by)
    if not reason.strip():
        raise Invalid(fields={"reason": _REASON})
    changed = Certificate.objects.filter(pk=pk, active=True).update(active=False)
    if not changed:
        raise Conflict("Chứng thư số này đã thôi dùng. Tải lại trang để xem trạng thái mới.")
    found.active = False
    _end(found, reason.strip())
    whose = Holder(found.holder_kind, found.holder_id, found.common_name, ())
    _record("signing.withdrawn", found, whose, f"thôi dùng chứng thư số ({reason.strip()})", by)
    return found


@transaction.atomic
def change_picture(pk: int, data: bytes, *, by: Actor) -> None:
    """Another picture of the signature or seal. Raises `Invalid` for a picture that is not a transparent PNG."""
    found = certificate_of_office(pk, by)
    if not found.active:
        raise Conflict("Chứng thư số này đã thôi dùng. Tải lại trang để xem trạng thái mới.")
    found.picture = certificate_files.picture(data)
    found.save(update_fields=["picture"])
    whose = Holder(found.holder_kind, found.holder_id, found.common_name, ())
    _record("signing.picture_changed", found, whose, "thay ảnh chữ ký, con dấu đi cùng chứng thư số", by)


def certificate_of_office(pk: int, by: Actor) -> Certificate:
    """A certificate of the actor's office or of one of its people; raises `NotFound`. Needs `administer`."""
    by.require("administer")
    found = Certificate.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("Không có chứng thư số này. Mở lại danh sách chứng thư số.")
    holder(found.holder_kind, found.holder_id, by)
    return found


def devices() -> list[tuple[str, str]]:
    """(name, label) of the devices that certificates are enrolled for on this installation."""
    known = [
        (name, capfirst(device.capabilities.label))
        for name, device in PROVIDERS.items()
        if name != practice_key.NAME and not (settings.PRODUCTION and name == "software_key")
    ]
    return [*known, (agent.NAME, "Chương trình ký số trên máy tính (VGCA Sign Service)")]


def _checked(
    brought: list[x509.Certificate], given: Given, whose: Holder
) -> tuple[list[x509.Certificate], str]:
    """(the certificate and those above it, what its issuer says); raises `Invalid` at the first thing wrong."""
    own = brought[0]
    refusal = _name_refusal(own, whose) or _time_refusal(own) or certificate_files.unfit(own)
    if refusal:
        raise Invalid(fields={"file": refusal}, code="certificate_refused")
    chain = [own, *_above(brought, given)]
    state = roots.state_of(chain)
    if state in _UNTRUSTED:
        raise Invalid(fields={"file": _UNTRUSTED[state]}, code=f"certificate_{state}")
    return chain, state


_UNTRUSTED = {
    "untrusted": "Chứng thư số không do đơn vị mà hệ thống tin cậy cấp. Chọn chứng thư số do Ban Cơ yếu Chính phủ"
    " cấp; nếu đúng rồi, báo quản trị hệ thống nạp chứng thư gốc.",
    "revoked": "Chứng thư số này đã bị đơn vị cấp thu hồi. Xin cấp chứng thư số mới.",
}


def _name_refusal(own: x509.Certificate, whose: Holder) -> str:
    names = own.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    issued_to = str(names[0].value) if names else ""
    if key_of(issued_to) in {key_of(name[:_LONGEST_NAME]) for name in whose.names}:
        return ""
    return (
        f"Chứng thư số cấp cho “{issued_to or 'không ghi tên'}”, không phải “{whose.name}”."
        " Chọn đúng tệp, hoặc sửa họ tên, tên cơ quan cho khớp."
    )


def _time_refusal(own: x509.Certificate) -> str:
    now = timezone.now()
    if now > own.not_valid_after_utc:
        ended = timezone.localtime(own.not_valid_after_utc)
        return f"Chứng thư số đã hết hạn ngày {ended:%d/%m/%Y}. Gia hạn hoặc xin cấp chứng thư số mới."
    if now < own.not_valid_before_utc:
        begins = timezone.localtime(own.not_valid_before_utc)
        return f"Chứng thư số chỉ có hiệu lực từ ngày {begins:%d/%m/%Y}. Đăng ký lại từ ngày đó."
    return ""


def _above(brought: list[x509.Certificate], given: Given) -> list[x509.Certificate]:
    """Those above it, as they came with it, else as the device knows them."""
    if given.provider == agent.NAME:
        return brought[1:]
    try:
        told = device_of(given.provider).chain(KeyHolder(brought[0], given.key_name))
    except SigningError as error:
        raise Invalid(fields={"provider": error.message}, code="device_refused") from error
    if told and told[0] != brought[0]:
        raise Invalid(
            fields={
                "key_name": "Thiết bị giữ một chứng thư số khác dưới tên khóa này. Kiểm tra lại tên khóa."
            }
        )
    return list(dict.fromkeys([*brought[1:], *told[1:]]))


def _of(whose: Holder) -> QuerySet[Certificate]:
    """What the holder signs with, one certificate per device."""
    return Certificate.objects.filter(holder_kind=whose.kind, holder_id=whose.id, active=True)


def _in_use(whose: Holder, provider: str) -> Certificate | None:
    return _of(whose).select_for_update().filter(provider=provider).first()


def _picture_before(whose: Holder) -> bytes | None:
    """A new certificate keeps the picture of the one before it, of whatever device."""
    row = _of(whose).filter(picture__isnull=False).order_by("-enrolled_at", "-pk").first()
    return bytes(row.picture) if row and row.picture else None


def _end(certificate: Certificate, reason: str) -> None:
    CertificateStanding.objects.update_or_create(
        certificate=certificate, defaults={"ended_at": timezone.now(), "ended_reason": reason[:300]}
    )


def end_revoked(certificate: Certificate, *, office_id: int, by: Actor) -> None:
    """Its issuer revoked it: nothing is signed with it from now on, and its holder is told."""
    Certificate.objects.filter(pk=certificate.pk).update(active=False)
    certificate.active = False
    _end(certificate, "Đơn vị cấp đã thu hồi")
    note = f"chứng thư số của {certificate.common_name} bị đơn vị cấp thu hồi, không ký được nữa"
    ledger.record("signing.revoked", certificate, by=by, office_id=office_id, note=note)


def _record(
    verb: str, found: Certificate, whose: Holder, what: str, by: Actor, before: Certificate | None = None
) -> None:
    changes = {"serial": (before.serial if before else None, found.serial)}
    until = f"{timezone.localtime(found.valid_until_at):%d/%m/%Y}"
    note = f"{what} của {whose.name}, số sê-ri {found.serial[-8:].upper()}, hạn {until}"
    ledger.record(verb, found, by=by, changes=changes, note=note)

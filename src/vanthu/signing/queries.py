"""Certificates of people and offices, their pictures, and signing sessions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from vanthu.kernel.files import queries as files
from vanthu.kernel.files.models import StoredFile
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Invalid, NotFound
from vanthu.signing.models import Certificate, SigningRequest, SigningSession
from vanthu.signing.providers import PROVIDERS, practice_key
from vanthu.signing.states import OPEN_REQUESTS, HolderKind, SessionState

if TYPE_CHECKING:
    from vanthu.signing import appearance
else:
    appearance = later("vanthu.signing.appearance")


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A file with its new signature. `level` is B-T with a time stamp, B-B without; `serial` is hexadecimal."""

    file: StoredFile
    level: str
    field: str
    serial: str
    signed_at: datetime
    session_id: int


def person_certificate(person_id: int) -> Certificate:
    """The active certificate of a person. Raises `Invalid` that says how to get one."""
    return _active(
        HolderKind.PERSON,
        person_id,
        "Anh/chị chưa có chứng thư số trong hệ thống. Đề nghị quản trị cơ quan đăng ký chứng thư số rồi ký lại.",
    )


def office_certificate(office_id: int) -> Certificate:
    """The active certificate of an office. Raises `Invalid` that says how to get one."""
    return _active(
        HolderKind.OFFICE,
        office_id,
        "Cơ quan chưa có chứng thư số trong hệ thống. Đề nghị quản trị đăng ký chứng thư số của cơ quan rồi làm lại.",
    )


def holders_with_certificate(kind: str, holder_ids: Collection[int]) -> frozenset[int]:
    """Which of these people (kind `person`) or offices (kind `office`) have a certificate that is valid now."""
    rows = Certificate.objects.filter(
        holder_kind=kind, holder_id__in=holder_ids, active=True, valid_until_at__gt=timezone.now()
    )
    return frozenset(rows.values_list("holder_id", flat=True))


def picture(certificate: Certificate) -> appearance.Picture:
    """The picture of a person's signature or an office's seal; invented ones exist for demonstration and practice only.

    Raises `Invalid` when none was enrolled.
    """
    if certificate.picture:
        return appearance.Picture(bytes(certificate.picture))
    if settings.PRODUCTION and certificate.provider != practice_key.NAME:
        raise Invalid(
            "Chưa có ảnh chữ ký hoặc con dấu của chứng thư số này. Đề nghị quản trị cơ quan bổ sung ảnh."
        )
    if certificate.holder_kind == HolderKind.OFFICE:
        return appearance.invented_seal(certificate.common_name)
    return appearance.invented_signature(certificate.common_name)


def certificates_of(kind: str, holder_id: int) -> list[Certificate]:
    """What this person or office signs with, one certificate per device; what was used last comes first. One query."""
    used = SigningSession.objects.filter(certificate=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    rows = Certificate.objects.filter(holder_kind=kind, holder_id=holder_id, active=True)
    last = F("last_session").desc(nulls_last=True)
    return list(rows.annotate(last_session=Subquery(used)).order_by(last, "-enrolled_at", "-pk"))


def session(pk: int) -> SigningSession:
    """One session with its certificate. Raises `NotFound`."""
    found = SigningSession.objects.select_related("certificate").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def signed_file(found: SigningSession) -> SignedFile:
    """What a finished session gave. Raises `NotFound` for one that is not finished."""
    if found.state != SessionState.SIGNED or found.signed_at is None:
        raise NotFound
    return SignedFile(
        file=session_file(found, "signed"),
        level=found.level,
        field=found.field,
        serial=found.certificate.serial,
        signed_at=found.signed_at,
        session_id=found.pk,
    )


def signed_files(request_id: int, subject_id: int) -> list[SignedFile] | None:
    """All files of one item in a request, in the order they were asked for; None while one is not signed."""
    rows = SigningSession.objects.filter(request=request_id, subject_id=subject_id).select_related(
        "certificate"
    )
    sessions = list(rows.order_by("pk"))
    if any(one.state != SessionState.SIGNED for one in sessions):
        return None
    return [signed_file(one) for one in sessions]


def session_file(found: SigningSession, role: str) -> StoredFile:
    """The prepared or the signed file of a session. Raises `NotFound` when it is gone."""
    held = files.attachments(SigningSession.item_kind, [found.pk])[found.pk]
    for attachment in held:
        if attachment.role == role:
            return attachment.file
    raise NotFound


def open_request_ids() -> list[int]:
    """Requests that are not over."""
    return list(SigningRequest.objects.filter(state__in=OPEN_REQUESTS).values_list("pk", flat=True))


def needs_owner(request_id: int) -> bool:
    """Whether the device of this request waits for somebody."""
    provider = SigningRequest.objects.values_list("provider", flat=True).get(pk=request_id)
    return provider in PROVIDERS and PROVIDERS[provider].capabilities.interactive


def unfinished_session_ids(request_id: int | None = None) -> list[int]:
    """Files of open requests (or of this one) that the device has signed and that have not gone on yet."""
    one = {} if request_id is None else {"request_id": request_id}
    rows = SigningSession.objects.filter(
        request__state__in=OPEN_REQUESTS,
        state__in=(SessionState.ANSWERED, SessionState.SIGNED),
        continued_at__isnull=True,
        **one,
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _active(kind: HolderKind, holder_id: int, refusal: str) -> Certificate:
    rows = Certificate.objects.filter(holder_kind=kind, holder_id=holder_id)
    found = rows.filter(active=True).order_by("-enrolled_at", "-pk").first()
    if found is not None:
        return found
    last = rows.select_related("standing").order_by("-enrolled_at", "-pk").first()
    standing = getattr(last, "standing", None)
    if standing is not None and standing.revocation == "revoked":
        raise Invalid(_REVOKED, code="certificate_revoked")
    raise Invalid(refusal, code="no_certificate")


_REVOKED = (
    "Chứng thư số đã bị đơn vị cấp thu hồi nên không ký được."
    " Đề nghị quản trị cơ quan đăng ký chứng thư số mới rồi ký lại."
)

"""Whether a certificate may sign: for whom it is, and whether it counts now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from vanthu.kernel.later import later
from vanthu.kernel.refusals import Invalid, NotAllowed
from vanthu.signing.providers import agent, practice_key
from vanthu.signing.states import HolderKind, SigningRole

if TYPE_CHECKING:
    from cryptography import x509

    from vanthu.kernel.actor import Actor
    from vanthu.signing import roots
    from vanthu.signing.models import Certificate
else:
    roots = later("vanthu.signing.roots")

# An invented person's certificate, which nobody trusts; one whose signed file is judged whole when it comes back.
_NOT_ASKED_ABOUT = (practice_key.NAME, agent.NAME)


def check_holder(certificate: Certificate, role: str, by: Actor) -> None:
    """The holder of the certificate is the one who acts: nobody signs with another's (ĐT144, Article 8.5)."""
    own = by.office_id if role == SigningRole.SEAL else by.person_id
    kind = HolderKind.OFFICE if role == SigningRole.SEAL else HolderKind.PERSON
    if certificate.holder_kind != kind or certificate.holder_id != own:
        raise NotAllowed(
            "Chứng thư số này không phải của cơ quan anh/chị. Chọn chứng thư số của cơ quan mình."
            if kind == HolderKind.OFFICE
            else "Chứng thư số này không phải của anh/chị. Ký bằng chứng thư số của chính mình."
        )


def check(certificate: Certificate, chain: list[x509.Certificate]) -> None:
    """Refuse a certificate that may not sign now (TT 15/2025/TT-BKHCN, Article 5).

    No answer about its revocation is no refusal: the report on the signed file will say so.
    """
    now = timezone.now()
    refusals = {
        "revoked": "Chứng thư số đã bị thu hồi nên không ký được. Đề nghị Ban Cơ yếu Chính phủ cấp chứng thư mới.",
        "expired": f"Chứng thư số đã hết hạn ngày {timezone.localtime(certificate.valid_until_at):%d/%m/%Y}."
        " Gia hạn hoặc xin cấp chứng thư mới rồi ký lại.",
        "not_yet": f"Chứng thư số chỉ có hiệu lực từ ngày {timezone.localtime(certificate.valid_from_at):%d/%m/%Y}.",
        "untrusted": "Chứng thư số không do đơn vị mà hệ thống tin cậy cấp. Báo quản trị hệ thống kiểm tra.",
    }
    if not certificate.active:
        raise Invalid(
            "Chứng thư số này không còn dùng. Chọn chứng thư số đang hiệu lực.", code="certificate_inactive"
        )
    if certificate.provider in _NOT_ASKED_ABOUT and now <= certificate.valid_until_at:
        return
    state = roots.state_of(chain) if now <= certificate.valid_until_at else "expired"
    if state in refusals:
        raise Invalid(refusals[state], code=f"certificate_{state}")

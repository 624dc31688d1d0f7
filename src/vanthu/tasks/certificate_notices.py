"""Telling the holder and the administrators of a certificate that ends or was revoked; forgotten once it is settled."""

from vanthu.kernel.ledger import Event
from vanthu.organisations import queries as organisations
from vanthu.organisations.powers import Role
from vanthu.signing import certificate_queries as certificates
from vanthu.tasks import notices

OWN, OFFICE = "own_cert", "certs"


def on_expiring(event: Event) -> None:
    """Within 60, 30 or 7 days of its end."""
    found = certificates.named(event.item_id)
    days, until = event.changes["days"][1], f"{found.until:%d/%m/%Y}"
    _tell(
        event,
        found,
        f"Chứng thư số của anh/chị hết hạn ngày {until}, còn {days} ngày. Đề nghị quản trị cơ quan làm thủ tục"
        " gia hạn.",
        f"Chứng thư số của {found.name} hết hạn ngày {until}, còn {days} ngày. Làm thủ tục gia hạn rồi"
        " đăng ký chứng thư mới.",
    )


def on_revoked(event: Event) -> None:
    """By its issuer: nothing can be signed with it."""
    found = certificates.named(event.item_id)
    _tell(
        event,
        found,
        "Chứng thư số của anh/chị đã bị đơn vị cấp thu hồi, không ký được nữa. Liên hệ quản trị cơ quan.",
        f"Chứng thư số của {found.name} đã bị đơn vị cấp thu hồi. Xin cấp mới rồi đăng ký lại.",
    )


def on_settled(event: Event) -> None:
    """Another one was enrolled, or it was withdrawn: nothing is left to do."""
    notices.forget_about(certificates.ids_of_holder(event.item_id), (OWN, OFFICE))


def _tell(event: Event, found: certificates.Named, holder_text: str, office_text: str) -> None:
    own = [found.holder_id] if found.holder_kind == "person" else []
    roles = (Role.ADMINISTRATOR,) if own else (Role.ADMINISTRATOR, Role.CLERK)
    keepers = {post.person_id for post in organisations.posts_with_role(event.office_id, *roles)} - set(own)
    notices.forget_about([event.item_id], (OWN, OFFICE), office_id=event.office_id)
    notices.tell_about(event.item_id, OWN, holder_text, own, office_id=event.office_id)
    notices.tell_about(event.item_id, OFFICE, office_text, sorted(keepers), office_id=event.office_id)

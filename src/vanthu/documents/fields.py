"""What a person or a delivery says of a document before it is registered, and the checks on it."""

from dataclasses import dataclass
from datetime import date

from vanthu.documents import kinds
from vanthu.documents.models import Described, IncomingEntry
from vanthu.documents.states import Channel, Medium, Urgency
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed
from vanthu.reading.secrecy import SENTENCE as SECRECY_SENTENCE

NOT_SECRET = ("", "thuong", "thường")


def refuse_secret(secrecy: str) -> None:
    """Raise `NotAllowed` for any degree of secrecy (Law 117/2025/QH15): nothing of it may be kept here."""
    if secrecy.strip().lower() not in NOT_SECRET:
        raise NotAllowed(SECRECY_SENTENCE, code="secret_documents_stay_out")


def refuse_sealed(entry: IncomingEntry) -> None:
    """Raise `Conflict` for an envelope of which only the outside is known."""
    if entry.sealed:
        raise Conflict("Mới đăng ký theo bì. Văn thư đăng ký đủ văn bản trong bì trước.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """The fields of a document (Decree 30/2020, Phụ lục VI, part II, I.3-14 and II.3-15)."""

    kind: str
    number: str = ""
    notation: str = ""
    issued_on: date | None = None
    issuer_name: str
    subject: str
    signer_name: str = ""
    signer_title: str = ""
    urgency: int = 0

    def values(self) -> dict[str, object]:
        """Field names of `Described` with their values."""
        return {name: getattr(self, name) for name in Description.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival(Description):
    """A document as the clerk registers it at one office."""

    issuer_id: int | None = None
    arrived_on: date
    due_on: date | None = None
    medium: str = Medium.ELECTRONIC
    channel: str = Channel.FILE
    remark: str = ""
    restricted: bool = False
    secrecy: str = ""
    duplicate_reason: str = ""


def check_description(described: Description) -> dict[str, str]:
    """{field: sentence} of what is wrong; lengths are those of Phụ lục VI."""
    wrong: dict[str, str] = {}
    if described.kind not in {kind.code for kind in kinds.ALL}:
        wrong["kind"] = "Chọn tên loại văn bản trong danh sách gợi ý."
    if len(described.subject.strip()) < 10:
        wrong["subject"] = "Nhập trích yếu, ít nhất 10 ký tự."
    if not described.issuer_name.strip():
        wrong["issuer_name"] = "Nhập cơ quan ban hành văn bản."
    if described.urgency not in Urgency.values:
        wrong["urgency"] = "Chọn độ khẩn trong danh sách."
    for name, label in _LABELS.items():
        limit = getattr(Described._meta.get_field(name), "max_length", None) or 0
        if len(getattr(described, name)) > limit:
            wrong.setdefault(name, f"{label} dài quá {limit} ký tự. Rút ngắn lại.")
    return wrong


_LABELS = {
    "number": "Số văn bản",
    "notation": "Ký hiệu",
    "subject": "Trích yếu",
    "issuer_name": "Tên cơ quan",
    "signer_name": "Họ tên người ký",
    "signer_title": "Chức vụ người ký",
}


def check_arrival(arrival: Arrival, *, today: date) -> None:
    """Raise `NotAllowed` for a secret document, `Invalid` with a sentence per field for bad input."""
    refuse_secret(arrival.secrecy)
    wrong = check_description(arrival)
    if arrival.medium not in Medium.values:
        wrong["medium"] = "Chọn dạng văn bản trong danh sách."
    for name, label in (("remark", "Ghi chú"), ("duplicate_reason", "Lý do")):
        limit = getattr(IncomingEntry._meta.get_field(name), "max_length", 0)
        if len(getattr(arrival, name)) > limit:
            wrong[name] = f"{label} dài quá {limit} ký tự. Rút ngắn lại."
    if arrival.arrived_on > today:
        wrong["arrived_on"] = f"Ngày đến không được sau hôm nay ({today:%d/%m/%Y})."
    elif arrival.arrived_on.year != today.year:
        wrong["arrived_on"] = f"Ngày đến phải trong năm {today.year}, vì số đến lấy theo sổ của năm."
    if arrival.issued_on is None:
        wrong["issued_on"] = "Nhập ngày văn bản, ví dụ 18/11/2026."
    elif arrival.issued_on > arrival.arrived_on:
        wrong["issued_on"] = f"Ngày văn bản phải trước hoặc bằng ngày đến ({arrival.arrived_on:%d/%m/%Y})."
    if arrival.due_on is not None and arrival.due_on < arrival.arrived_on:
        wrong["due_on"] = f"Hạn giải quyết phải từ ngày đến ({arrival.arrived_on:%d/%m/%Y}) trở đi."
    if wrong:
        raise Invalid(fields=wrong)

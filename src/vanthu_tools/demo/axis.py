"""Demonstration of the axis: bodies outside with plausible codes, addresses, what a few documents came to over it.

The connection is a folder in which nobody answers; codes follow Decision 20/2020/QĐ-TTg but are nobody's real list.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from vanthu.exchange import making
from vanthu.exchange.axis_models import Connection, Kind, OwnAddress, SentPacket
from vanthu.exchange.axis_states import SendState, Transport
from vanthu.exchange.models import Delivery, Receipt
from vanthu.exchange.states import DeliveryChannel, DeliveryState
from vanthu.exchange.transports.base import AgencyRow
from vanthu.organisations import agencies
from vanthu.organisations.agency_codes import folded
from vanthu.organisations.agency_models import AgencyCode
from vanthu.organisations.models import Office
from vanthu_tools.demo.cast import MAIN
from vanthu_tools.demo.loading.ids import Ids
from vanthu_tools.running import var_folder

KEY, PROVINCE = "trinh-dien", "H05"
MINISTRIES = {
    "G01": "Bộ Công an", "G02": "Bộ Công Thương", "G03": "Bộ Giáo dục và Đào tạo", "G06": "Bộ Khoa học và Công nghệ",
    "G08": "Bộ Ngoại giao", "G09": "Bộ Nội vụ", "G10": "Bộ Nông nghiệp và Môi trường", "G11": "Bộ Quốc phòng",
    "G12": "Bộ Tài chính", "G15": "Bộ Tư pháp", "G16": "Bộ Văn hóa, Thể thao và Du lịch", "G17": "Bộ Xây dựng",
    "G18": "Bộ Y tế", "G19": "Ngân hàng Nhà nước Việt Nam", "G20": "Thanh tra Chính phủ", "G22": "Văn phòng Chính phủ",
    "D01": "Tòa án nhân dân tối cao", "F01": "Kiểm toán nhà nước",
}  # fmt: skip
PROVINCES = {
    "H14": "Cao Bằng", "H20": "Đồng Tháp", "H37": "Lạng Sơn", "H41": "Nghệ An", "H53": "Tây Ninh", "H56": "Thanh Hóa",
}  # fmt: skip
LOCAL = 30
"""So many of the bodies that the main province writes to most are on the axis."""


@dataclass(frozen=True, slots=True)
class Course:
    """What became of one document: states one after the other, the last one so many days ago."""

    states: tuple[str, ...]
    transport: Transport
    days: int
    note: str = ""


COURSES = (
    Course((DeliveryState.SENT,), Transport.INITIAL, 4),
    Course((DeliveryState.SENT, DeliveryState.FAILED), Transport.FAIL, 1, "Bên nhận không đọc được gói tin"),
    Course(
        (DeliveryState.SENT, DeliveryState.ARRIVED, DeliveryState.RETURNED),
        Transport.DONE,
        2,
        "Văn bản không thuộc thẩm quyền",
    ),
    Course((DeliveryState.SENT, DeliveryState.ARRIVED), Transport.DONE, 1),
    Course((DeliveryState.SENT, DeliveryState.ARRIVED, DeliveryState.REGISTERED), Transport.DONE, 3),
    Course(
        (DeliveryState.SENT, DeliveryState.ARRIVED, DeliveryState.REGISTERED, DeliveryState.HANDLING),
        Transport.DONE,
        2,
    ),
    Course((DeliveryState.SENT, DeliveryState.REGISTERED, DeliveryState.DONE), Transport.DONE, 5),
    Course((DeliveryState.SENT,), Transport.PROCESSING, 0),
)


def load(ids: Ids) -> None:
    """Bodies, one connection, addresses of all offices that have a code, the courses of the newest documents."""
    folder = var_folder() / "axis"
    for box in ("in", "sent"):
        (folder / PROVINCE / box).mkdir(parents=True, exist_ok=True)
    connection = Connection.objects.create(
        key=KEY, name="Trục liên thông (trình diễn)", kind=Kind.FOLDER, endpoint=str(folder),
        system_id=PROVINCE, active=True, agencies_at=timezone.now(), answered_at=timezone.now(),
    )  # fmt: skip
    _addresses(connection, Office.objects.filter(room=None, valid_to_on=None).exclude(identifier=""))
    office = ids.office(MAIN)
    agencies.take_over(KEY, _bodies(office), whole=True)
    agencies.sender("H05.77", "Ban Quản lý dự án tỉnh", KEY)
    address = OwnAddress.objects.filter(connection=connection, office=office).first()
    if address is not None:
        _courses(office, address)


def _addresses(connection: Connection, offices: Iterable[Office]) -> None:
    codes = {folded(one.identifier): one for one in offices}
    OwnAddress.objects.bulk_create(
        OwnAddress(connection=connection, office=office, code=office.identifier, folded=code)
        for code, office in codes.items()
    )


def _bodies(office: int) -> list[AgencyRow]:
    named = Delivery.objects.filter(from_office=office, channel=DeliveryChannel.PAPER).values_list("to_name")
    names = [name for name, _ in named.annotate(times=Count("pk")).order_by("-times", "to_name")[:LOCAL]]
    above = [AgencyRow(code, name, (f"000.00.00.{code}",)) for code, name in MINISTRIES.items()]
    above += [AgencyRow(code, f"Ủy ban nhân dân tỉnh {name}") for code, name in PROVINCES.items()]
    top = "Ủy ban nhân dân tỉnh Bắc Ninh"
    below = (
        AgencyRow(f"{PROVINCE}.{at:02}", name, (), PROVINCE)
        for at, name in enumerate(names, 1)
        if name != top
    )
    return [*above, AgencyRow(PROVINCE, top), *(row for row in below if row.name not in MINISTRIES.values())]


def _courses(office: int, address: OwnAddress) -> None:
    rows_of_list = AgencyCode.objects.filter(source=KEY, current=True, agency__verified=True)
    known = {one.agency.name: one.agency for one in rows_of_list.select_related("agency")}
    rows = (
        Delivery.objects.filter(
            from_office=office, channel=DeliveryChannel.PAPER, state=DeliveryState.OUTSIDE
        )
        .filter(to_name__in=known)
        .select_related("outgoing__document")
        .order_by("-queued_at", "pk")
    )
    for course, row in zip(COURSES, rows[: len(COURSES)], strict=False):
        body = known[row.to_name]
        moment = timezone.now() - timedelta(days=course.days, hours=2)
        packet = SentPacket.objects.create(
            key=f"demo:{row.pk}", connection=address.connection, address=address, kind="edoc", code="0",
            outgoing=row.outgoing, document_id=making.document_id(address.code, row.outgoing), to_codes=[body.code],
            state=SendState.ACCEPTED, doc_id=f"demo-{row.pk}", made_at=moment, changed_at=moment,
        )  # fmt: skip
        Delivery.objects.filter(pk=row.pk).update(
            channel=DeliveryChannel.AXIS, agency=body, to_code=body.code, packet=packet, doc_id=packet.doc_id,
            transport=course.transport, state=course.states[-1], reason=course.note, changed_at=moment,
            queued_at=moment - timedelta(days=1),
        )  # fmt: skip
        Receipt.objects.filter(delivery=row).delete()
        Receipt.objects.bulk_create(
            Receipt(
                delivery=row,
                state=state,
                at=moment - timedelta(hours=3 * (len(course.states) - place - 1)),
                note=course.note if state == course.states[-1] else "",
            )
            for place, state in enumerate(course.states)
        )

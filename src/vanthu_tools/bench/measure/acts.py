"""What people do: register, upload a scan, direct, receive. Each act needs something to act on, made beforehand."""

import random
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from io import BytesIO
from itertools import count, cycle
from typing import Any
from uuid import uuid4

import pikepdf

from vanthu.documents import actions as documents
from vanthu.documents import queries
from vanthu.documents.fields import Arrival
from vanthu.documents.models import Document, IncomingEntry
from vanthu.documents.states import IncomingState
from vanthu.kernel.calendar import today
from vanthu.organisations import queries as organisations
from vanthu.organisations.powers import Role
from vanthu_tools.bench.measure.driving import Call, Page
from vanthu_tools.bench.measure.seats import Seat, Seats

BATCH = 500
CHANNEL = "internal"
ISSUERS = ("Công an tỉnh", "Tòa án nhân dân tỉnh", "Ủy ban nhân dân tỉnh", "Sở Nội vụ", "Thanh tra tỉnh")
SUBJECTS = (
    "Về việc phối hợp kiểm tra công tác tạm giữ, tạm giam quý IV",
    "Kế hoạch rà soát, xử lý tin báo, tố giác về tội phạm trên địa bàn",
    "Về việc cung cấp hồ sơ, tài liệu phục vụ công tác kiểm sát thi hành án dân sự",
    "Báo cáo kết quả thực hiện quy chế phối hợp liên ngành sáu tháng cuối năm",
    "Thông báo lịch làm việc của đoàn kiểm tra liên ngành tại đơn vị",
)
_numbers = count(random.SystemRandom().randrange(10_000) * 100_000)


def acting_pages(seats: Seats, stock: int) -> list[Page]:
    """Acts, with enough to do for so many of each kind."""
    clerks = seats.of(Role.CLERK)
    made = [
        Page("Register", "act", registering(clerks)),
        Page("Upload a scan of one page", "act", uploading(clerks)),
        Page("Direct", "act", iter(_mixed(directing(seats, stock)))),
        Page("Receive", "act", iter(_mixed(receiving(clerks, stock)))),
    ]
    return made if clerks else []


def _mixed(calls: Sequence[Call]) -> list[Call]:
    return random.Random(1).sample(calls, len(calls))


def typed() -> dict[str, object]:
    """What a clerk types; every call is another document."""
    number = next(_numbers)
    day = today()
    return {
        "issuer_name": f"{ISSUERS[number % len(ISSUERS)]} Bắc Ninh",
        "kind": "CV",
        "number": str(number),
        "notation": "CAT-PV01",
        "issued_on": f"{day - timedelta(days=1):%d/%m/%Y}",
        "arrived_on": f"{day:%d/%m/%Y}",
        "subject": f"{SUBJECTS[number % len(SUBJECTS)]} năm {day.year}",
        "signer_name": "Nguyễn Hữu Phước",
        "signer_title": "Phó Giám đốc",
        "urgency": 0,
        "medium": "paper",
        "idempotency_key": uuid4().hex,
    }


def arrival() -> Arrival:
    """The same for the verb itself."""
    fields, day = typed(), today()
    words = ("issuer_name", "kind", "number", "notation", "subject", "signer_name", "signer_title")
    typed_words: dict[str, Any] = {name: fields[name] for name in words}
    return Arrival(issued_on=day - timedelta(days=1), arrived_on=day, **typed_words)


def registering(clerks: Sequence[Seat]) -> Iterator[Call]:
    """The form of registration, sent by one clerk after the other."""
    return (Call.form(seat, "/incoming/register", **typed()) for seat in cycle(clerks))


def uploading(clerks: Sequence[Seat]) -> Iterator[Call]:
    """A scan of one page; each is another file, so that it is checked and stored anew."""
    border = uuid4().hex
    for seat in cycle(clerks):
        body = (
            f"--{border}\r\n"
            'Content-Disposition: form-data; name="file"; filename="quet.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        ).encode() + scan() + f"\r\n--{border}--\r\n".encode()  # fmt: skip
        yield Call(seat, "/uploads", body, f"multipart/form-data; boundary={border}", wanted=201)


def scan() -> bytes:
    """A PDF of one page as heavy as a scan in black and white, 40 kB, unlike any other."""
    content = BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Contents = pdf.make_stream(b"% " + random.randbytes(20_000).hex().encode())
        pdf.save(content)
    return content.getvalue()


def directing(seats: Seats, stock: int) -> list[Call]:
    """Leaders give a document to a unit, or to a person where the office has no units."""
    found: list[Call] = []
    pairs = [
        (leader, clerk)
        for leader in seats.of(Role.HEAD)
        for clerk in seats.of(Role.CLERK)
        if leader.actor.office_id == clerk.actor.office_id
    ]
    leads = {leader.account_id: _lead(leader) for leader, _ in pairs}
    for leader, clerk in _turns(pairs, stock):
        entry = documents.register(arrival(), by=clerk.actor)
        documents.present(entry.pk, leader.actor.person, by=clerk.actor)
        found.append(
            Call.form(
                leader,
                f"/incoming/{entry.pk}/direct",
                text="Đề nghị tham mưu, báo cáo lãnh đạo trước hạn.",
                lead=leads[leader.account_id],
                due_on=f"{today() + timedelta(days=10):%d/%m/%Y}",
            )
        )
    return found


def _turns[T](things: Sequence[T], times: int) -> Iterator[T]:
    """One after the other until there were so many."""
    for place in range(times if things else 0):
        yield things[place % len(things)]


def _lead(leader: Seat) -> str:
    """Who gets the work, as the form names them."""
    units = organisations.units_of(leader.actor.office)
    if units:
        return f"u{units[-1].pk}"
    people = organisations.posts_with_role(leader.actor.office, Role.SPECIALIST, Role.UNIT_HEAD)
    return f"p{people[0].person_id if people else leader.actor.person}"


def receiving(clerks: Sequence[Seat], stock: int) -> list[Call]:
    """Clerks receive what was delivered with one click; where too little waits, more is delivered."""
    each = -(-stock // max(1, len(clerks)))
    return [
        Call.form(clerk, f"/incoming/{number}/receive")
        for clerk in clerks
        for number in _waiting(clerk, each)
    ]


def _waiting(clerk: Seat, wanted: int) -> list[int]:
    """Ids of entries that wait in the clerk's inbox; more documents are delivered where too few do."""
    office = clerk.actor.office
    waiting = IncomingEntry.objects.filter(office=office, state=IncomingState.WAITING, restricted=False)
    found = [one.pk for one in waiting.order_by("-pk")[: wanted * 2] if _only_one(one, clerk)][:wanted]
    others = (
        Document.objects.filter(issuer__isnull=False, restricted=False)
        .exclude(entered_by_office=office)
        .exclude(pk__in=IncomingEntry.objects.filter(office=office).values("document"))
        .order_by("-pk")[: wanted - len(found)]
    )
    made = [
        documents.deliver(one, channel=CHANNEL, office_ids=[office], verdict={})[office] for one in others
    ]
    return found + [one.pk for one in made if _only_one(one, clerk)]


def _only_one(entry: IncomingEntry, clerk: Seat) -> bool:
    """Whether receiving it asks nothing: no other entry has its issuer, number and symbol."""
    return len(queries.duplicates(entry.issuer_name, entry.number, entry.notation, clerk.actor)) < 2


def enough(pages: int, clients: int, seconds: float, think: float) -> int:
    """How many of each act so many clients may get through: 120 answers a second at most."""
    rate = min(120.0, clients / think) if think else 120.0
    return int(seconds * rate / max(1, pages) * 1.3) + clients


def stamp() -> str:
    """The moment, as figures carry it."""
    return time.strftime("%Y-%m-%dT%H:%M:%S%z")

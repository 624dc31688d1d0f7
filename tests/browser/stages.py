"""Documents brought to a stage by the verbs, so that a test walks only the steps it is about."""

from itertools import count
from pathlib import Path

from tests.browser.papers import letter, reply
from tests.browser.sector import Sector
from tests.entries import arrival, person, unit
from vanthu.documents import actions as documents
from vanthu.documents.models import IncomingEntry
from vanthu.issuing import actions, reviews, saga, versions
from vanthu.issuing.actions import Outline
from vanthu.issuing.models import Draft
from vanthu.kernel.files import actions as files
from vanthu.tasks import actions as tasks
from vanthu.tasks.actions import Direction

SUBJECT = "Kiểm tra công tác văn thư, lưu trữ năm 2027"
REPLY = "Về việc kiểm tra công tác văn thư, lưu trữ năm 2027"

_numbers = count(2143)


def registered(sector: Sector, folder: Path, **fields: object) -> IncomingEntry:
    """A plan of the Supreme Procuracy with its PDF, registered by the clerk; its text is read."""
    clerk = sector.world.actor("clerk")
    number = str(fields.get("number") or next(_numbers))
    plan = {
        "kind": "KH",
        "number": number,
        "notation": "KH-VKS-VP",
        "issuer_name": sector.world.supreme.name,
        "issuer_id": sector.world.supreme.pk,
        "subject": SUBJECT,
        "signer_name": "Hoàng Minh Tiến",
        "signer_title": "Chánh Văn phòng",
        **fields,
    }
    paper = letter(
        folder / f"ke-hoach-{number}.pdf", symbol=f"{number}/KH-VKS-VP", subject=str(plan["subject"])
    )
    with paper.open("rb") as stream:
        upload = files.stage(stream, paper.name, by=clerk)
    entry = documents.register(arrival(**plan), uploads=[upload.pk], by=clerk)
    sector.work()
    return entry


def presented(sector: Sector, folder: Path, **fields: object) -> IncomingEntry:
    """… that waits for the head."""
    entry = registered(sector, folder, **fields)
    return documents.present(entry.pk, sector.world.person("head").pk, by=sector.world.actor("clerk"))


def directed(sector: Sector, folder: Path, **fields: object) -> IncomingEntry:
    """… that the head gave to unit 1."""
    entry = presented(sector, folder, **fields)
    direction = Direction(text="Giao Phòng 1 tham mưu trả lời.", lead=unit(sector.world, "P1"))
    tasks.direct(entry.pk, direction, by=sector.world.actor("head"))
    return entry


def assigned(sector: Sector, folder: Path, **fields: object) -> IncomingEntry:
    """… that the head of unit 1 passed on to the specialist."""
    entry = directed(sector, folder, **fields)
    direction = Direction(lead=person(sector.world, "specialist"))
    tasks.assign(entry.pk, direction, by=sector.world.actor("head_of_unit"))
    return entry


def drafted(sector: Sector, folder: Path, reply_to: IncomingEntry | None = None, **changes: object) -> Draft:
    """A draft of the specialist whose only version is a PDF as Word saves it, for the head's signature."""
    world = sector.world
    by = world.actor("specialist")
    outline = {
        "kind": "CV",
        "subject": REPLY,
        "signer_id": world.post("head").pk,
        "office_ids": [world.region.pk],
        "others": ["Sở Nội vụ tỉnh Bắc Ninh"],
        **changes,
    }
    draft = actions.start(
        Outline(**outline),  # type: ignore[arg-type]
        replies_to=reply_to.pk if reply_to else None,
        from_template=False,
        by=by,
    )
    paper = reply(folder / "du-thao.pdf")
    with paper.open("rb") as stream:
        upload = files.stage(stream, paper.name, by=by)
    versions.add_version(draft.pk, upload.pk, by=by)
    sector.work()
    return draft


def submitted(sector: Sector, folder: Path, reply_to: IncomingEntry | None = None) -> Draft:
    """… that waits for the head of unit 1."""
    draft = drafted(sector, folder, reply_to)
    return actions.submit(draft.pk, by=sector.world.actor("specialist"))


def to_check(sector: Sector, folder: Path, reply_to: IncomingEntry | None = None) -> Draft:
    """… that waits for the head of administration."""
    draft = submitted(sector, folder, reply_to)
    return reviews.pass_content(draft.pk, "Nhất trí nội dung.", by=sector.world.actor("head_of_unit"))


def to_sign(sector: Sector, folder: Path, reply_to: IncomingEntry | None = None) -> Draft:
    """… that waits for the signature of the head."""
    draft = to_check(sector, folder, reply_to)
    return saga.pass_form(draft.pk, by=sector.world.actor("chief"))


def signed(sector: Sector, folder: Path, reply_to: IncomingEntry | None = None) -> Draft:
    """… that waits for its number."""
    draft = to_sign(sector, folder, reply_to)
    return sector.apart(saga.sign, draft.pk, by=sector.world.actor("head"))


def issued(sector: Sector, folder: Path, reply_to: IncomingEntry | None = None) -> Draft:
    """… that lies in the inbox of the region."""
    draft = signed(sector, folder, reply_to)
    saga.number(draft.pk, by=sector.world.actor("clerk"))
    sector.work()
    draft.refresh_from_db()
    return draft

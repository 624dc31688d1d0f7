"""Documents that nobody wrote: they lie ready in the inboxes of a room of practice."""

from dataclasses import dataclass

from django.db import transaction

from vanthu.documents import actions
from vanthu.documents.fields import Description
from vanthu.documents.models import Document, IncomingEntry
from vanthu.documents.states import Channel
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.files.models import StoredFile
from vanthu.kernel.refusals import NotAllowed

UNSIGNED = {"verdict": "unsigned", "summary": "Không có chữ ký số.", "problems": [], "signatures": []}


@dataclass(frozen=True, slots=True)
class Invented:
    """What is said of an invented document, its PDF and its name; `issuer_id` if an invented office wrote it."""

    description: Description
    file: StoredFile
    name: str
    issuer_id: int | None = None


@transaction.atomic
def deliver(paper: Invented, *, to: Actor) -> IncomingEntry:
    """Put an invented document into the inbox of an invented office; raises `NotAllowed` for a real one."""
    if to.room_id is None:
        raise NotAllowed("Văn bản giả định chỉ đưa vào phòng thực hành.", code="only_practice")
    office_id = to.office
    document = Document.objects.create(
        **paper.description.values(),
        issuer_id=paper.issuer_id,
        entered_by_office_id=office_id,
        pages=paper.file.page_count,
    )
    file_actions.attach(
        paper.file, owner_kind="document", owner_id=document.pk, role="main", name=paper.name, position=1
    )
    channel = Channel.FILE if paper.issuer_id is None else Channel.INTERNAL
    return actions.deliver(document, channel=channel, office_ids=[office_id], verdict=UNSIGNED)[office_id]

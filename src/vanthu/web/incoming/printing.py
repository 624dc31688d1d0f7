"""What is printed of an entry: the copy with the arrival stamp, the form of handling (phiếu giải quyết)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from django.http import FileResponse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from vanthu.documents import queries, slips, stamping
from vanthu.documents.slips import Given, Opinion, Slip
from vanthu.documents.stamping import Stamp
from vanthu.documents.states import IN_THE_BOOK
from vanthu.dossiers import queries as dossiers
from vanthu.kernel import access
from vanthu.kernel.calendar import today
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.refusals import Conflict, NotFound
from vanthu.organisations import change_queries
from vanthu.organisations import queries as organisations
from vanthu.tasks import queries as tasks
from vanthu.web.shell.requests import SignedRequest, address_of

if TYPE_CHECKING:
    from datetime import date

    from vanthu.documents.models import IncomingEntry
    from vanthu.documents.queries import Seen
    from vanthu.kernel.files.models import Attachment
    from vanthu.organisations.models import Unit
    from vanthu.tasks.models import Instruction, Task

    type Called = Callable[[Unit, date], str]


@require_GET
def stamped_copy(request: SignedRequest, pk: int) -> FileResponse:
    """The first PDF of the document with the arrival stamp, to print; the download is recorded."""
    by = request.actor
    seen = queries.incoming(pk, by)
    by.require("register", "Chỉ văn thư in bản có dấu đến.")
    entry, source = _in_the_book(seen), _first_pdf(seen)
    held = dossiers.holding("in", pk, by)
    arrived_on = entry.arrived_on or today()
    book_of = entry.series.office if entry.series else entry.office
    stamp = Stamp(
        office=change_queries.name_on(book_of, arrived_on),
        number=entry.arrival_number or 0,
        arrived_on=arrived_on,
        forwarded=entry.receivers,
        dossier=held[0].notation if held else "",
    )
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    with file_queries.copy_of(source.file, source.name) as path:
        stamping.write_stamped(path, stamp, target)
    target.seek(0)
    access.note(
        "download", by=by, item_kind="in", item_id=pk, attachment_id=source.pk, address=address_of(request)
    )
    return FileResponse(target, filename=f"den-{entry.arrival_number}.pdf", content_type=PDF)


def _in_the_book(seen: Seen[IncomingEntry]) -> IncomingEntry:
    if seen.entry.state not in IN_THE_BOOK:
        raise Conflict("Văn bản chưa vào sổ nên chưa có dấu đến. Tiếp nhận, vào sổ trước rồi in.")
    return seen.entry


def _first_pdf(seen: Seen[IncomingEntry]) -> Attachment:
    if not seen.sight.files:
        raise NotFound()
    held = queries.document_files([seen.entry.document_id])[seen.entry.document_id]
    found = next((one for one in held if one.file.media_type == PDF), None)
    if found is None:
        raise Conflict("Văn bản này không có tệp PDF để đóng dấu đến. Đóng dấu lên bản giấy.")
    return found


@require_GET
def slip(request: SignedRequest, pk: int) -> FileResponse:
    """Phiếu giải quyết văn bản đến, filled from what was directed, assigned and reported."""
    by = request.actor
    seen = queries.incoming(pk, by)
    if seen.sight.masked:
        raise NotFound()
    target = BytesIO()
    slips.write_slip(_slip_of(_in_the_book(seen)), target)
    target.seek(0)
    access.note("download", by=by, item_kind="in", item_id=pk, address=address_of(request))
    name = f"phieu-giai-quyet-{seen.entry.arrival_number}.pdf"
    return FileResponse(target, filename=name, content_type=PDF)


def _slip_of(entry: IncomingEntry) -> Slip:
    office = organisations.office(entry.office_id)
    given = tasks.tasks_of("in", entry.pk)
    called = change_queries.unit_names({task.unit_id for task in given if task.unit_id})
    units = _units(given, entry.office_id, called)
    dated = f" ngày {entry.issued_on:%d/%m/%Y}" if entry.issued_on else ""
    arrived = f" ngày {entry.arrived_on:%d/%m/%Y}" if entry.arrived_on else ""
    return Slip(
        superior=office.parent.name if office.parent else "",
        office=change_queries.name_on(office, entry.arrived_on or today()),
        place=office.place,
        day=today(),
        about=f"{entry.kind_name} {entry.symbol}{dated} của {entry.issuer_name}: {entry.subject}",
        arrival=f"Số đến {entry.arrival_number}{arrived}",
        leaders=_leaders(tasks.instructions("in", entry.pk), given, {one.text for one in units}, called),
        units=units,
        proposals=_proposals(given),
    )


def _leaders(
    written: Sequence[Instruction], given: Sequence[Task], of_units: set[str], called: Called
) -> list[Opinion]:
    """What was written by hand or typed by leaders; what heads of unit wrote stands in the second part."""
    found = []
    for one in written:
        own = [task for task in given if task.instruction_id == one.pk and task.parent_id is None]
        if not own and one.text in of_units:
            continue
        found.append(
            Opinion(
                text=one.text,
                given=_given(own, called),
                author=f"{one.author_title} {one.author.full_name}",
                written_on=one.paper_on or localtime(one.written_at).date(),
                note="bút phê trên giấy" if one.paper_on else "",
            )
        )
    return found


def _units(given: Sequence[Task], office_id: int, called: Called) -> list[Opinion]:
    """What heads of unit passed on, one opinion per task of the unit."""
    titles = {post.person_id: post.title for post in organisations.valid_posts(office_id=office_id)}
    found = []
    for parent in given:
        parts = [task for task in given if task.parent_id == parent.pk]
        if parts:
            by = parts[0].given_by
            found.append(
                Opinion(
                    text=parts[0].text,
                    given=_given(parts, called),
                    author=f"{titles.get(by.pk, '')} {by.full_name}".strip(),
                    written_on=localtime(parts[0].given_at).date(),
                )
            )
    return found


def _given(given: Sequence[Task], called: Called) -> list[Given]:
    """To whom work was given; units by their names of that day."""
    return [
        Given(
            name=task.person.full_name
            if task.person
            else called(task.unit, localtime(task.given_at).date())
            if task.unit
            else "",
            role=task.get_role_display().lower(),
            due_on=task.due_on,
        )
        for task in given
    ]


def _proposals(given: Sequence[Task]) -> list[Opinion]:
    """What whoever handled it reported."""
    return [
        Opinion(text=task.result, author=task.person.full_name, written_on=localtime(task.done_at).date())
        for task in given
        if task.person is not None and task.result and task.done_at
    ]

"""The register of seals and secret-key devices: list, book to print, one item with its history, minutes."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vanthu.documents.books import BookCover, write_pdf, write_xlsx
from vanthu.kernel import access
from vanthu.kernel.calendar import today
from vanthu.kernel.files.contract import PDF, XLSX
from vanthu.organisations import queries as organisations
from vanthu.signing import custody as verbs
from vanthu.signing import custody_paper
from vanthu.signing import custody_queries as queries
from vanthu.signing.custody_paper import Letterhead
from vanthu.signing.custody_states import CUSTODY, CustodyAct, CustodyState
from vanthu.web.office.custody_book import CUSTODY_BOOK
from vanthu.web.office.custody_forms import ChangeForm, HandOverForm
from vanthu.web.shell.requests import SignedRequest, address_of

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor
    from vanthu.signing.custody_models import CustodyItem

TONES = {"kept": "", "held": "ok", "damaged": "warn", "lost": "danger", "gone": ""}


@require_GET
def custody(request: SignedRequest) -> HttpResponseBase:
    """The register, a page of it; `?tinh=` what is in one state; `?format=` the book as PDF or XLSX."""
    by = request.actor
    wanted = request.GET.get("format", "")
    if wanted in ("pdf", "xlsx"):
        return _book(request, wanted)
    state, after = request.GET.get("tinh", ""), request.GET.get("sau", "")
    rows = queries.items(by, state, after=int(after) if after.isdecimal() and len(after) < 19 else 0)
    counts = queries.counts(by)
    here = sum(number for key, number in counts.items() if key != CustodyState.SURRENDERED)
    page = {
        "rows": [(one, TONES[one.state]) for one in rows[: queries.PAGE]],
        "older": str(rows[queries.PAGE - 1].pk) if len(rows) > queries.PAGE else "",
        "tabs": [
            ("", "Tất cả", here),
            *((key, label, counts.get(key, 0)) for key, label in CustodyState.choices),
        ],
        "state": state,
        "keeper": may_keep(by),
    }
    return render(request, "office/custody.html", page)


def may_keep(by: Actor) -> bool:
    """Whether the actor writes into the register."""
    return any(by.may(power) for power in verbs.KEEPERS)


@require_GET
def custody_item(request: SignedRequest, pk: int) -> HttpResponse:
    """One item: where it is, what may be done, every record of it."""
    return item_page(request, pk)


def item_page(
    request: SignedRequest,
    pk: int,
    *,
    giving: HandOverForm | None = None,
    changing: ChangeForm | None = None,
    conflict: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of an item; with a form that was refused."""
    by = request.actor
    found = queries.item(pk, by)
    keeper = may_keep(by)
    acts = acts_of(found)
    page = {
        "item": found,
        "tone": TONES[found.state],
        "records": queries.records(found),
        "giving": (giving or HandOverForm(by=by))
        if keeper and found.state in CUSTODY["hand"].sources
        else None,
        "changing": (changing or ChangeForm(acts=acts)) if keeper and acts else None,
        "reader": queries.may_read(by),
        "conflict": conflict,
    }
    return render(request, "office/custody_item.html", page, status=status)


def acts_of(item: CustodyItem) -> list[tuple[str, str]]:
    """[(act, label)] that are possible now, but for the hand-over."""
    return [
        (act, CustodyAct(act).label)
        for act, move in CUSTODY.items()
        if act != CustodyAct.HAND_OVER and item.state in move.sources
    ]


@require_GET
def minutes(request: SignedRequest, pk: int) -> HttpResponseBase:
    """The minutes of one record as PDF, to be signed."""
    by = request.actor
    record = queries.record(pk, by)
    office = organisations.office(by.office)
    head = Letterhead(
        superior=office.parent.name if office.parent else "",
        office=office.name,
        place=office.place,
        recorder=record.recorded_by.full_name if record.recorded_by else by.name,
    )
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    custody_paper.write_minutes(record, head, target)
    target.seek(0)
    name = f"bien-ban-{record.number:02d}-{record.year}.pdf"
    return FileResponse(target, as_attachment=False, filename=name, content_type=PDF)


def _book(request: SignedRequest, wanted: str) -> FileResponse:
    by = request.actor
    office = organisations.office(by.office)
    lines: list[Any] = list(queries.book(by))
    first = min((line.record.done_on for line in lines), default=today())
    cover = BookCover(
        office=office.name,
        superior=office.parent.name if office.parent else "",
        year=today().year,
        from_on=first,
        to_on=today(),
    )
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    writer = write_pdf if wanted == "pdf" else write_xlsx
    writer(CUSTODY_BOOK, cover, lines, target)
    target.seek(0)
    access.note("download", by=by, item_kind="custody", item_id=by.office, address=address_of(request))
    return FileResponse(
        target,
        as_attachment=True,
        filename=f"so-con-dau-thiet-bi-{today():%Y%m%d}.{wanted}",
        content_type=PDF if wanted == "pdf" else XLSX,
    )

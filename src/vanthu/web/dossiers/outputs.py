"""Outputs O5 and O6: the contents of a dossier, the list of a hand-over; as PDF to print and bind, and as XLSX."""

from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vanthu.documents.books.columns import grouped
from vanthu.dossiers import lists, queries
from vanthu.dossiers.lists.columns import hand_over_closing
from vanthu.kernel import access
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.files.contract import PDF, XLSX
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import change_queries
from vanthu.organisations import queries as organisations
from vanthu.web.dossiers.contents import Line, contents
from vanthu.web.shell.requests import SignedRequest, address_of

if TYPE_CHECKING:
    from vanthu.dossiers.models import Dossier
    from vanthu.organisations.models import Office

_LONGEST = 1000  # dossiers of a list that is made while the browser waits: about twelve seconds


def contents_rows(lines: Sequence[Line]) -> list[lists.ContentsRow]:
    """The rows, with the pages that each takes when all are laid one after the other ("3-8")."""
    made, page = [], 1
    for line in lines:
        count = line.pages or 0
        span = "" if not count else str(page) if count == 1 else f"{page}-{page + count - 1}"
        page += count
        made.append(
            lists.ContentsRow(line.ordinal, line.symbol, line.day, line.kind, line.subject, line.author, span)
        )
    return made


def contents_head(dossier: "Dossier", office: "Office") -> lists.ListHead:
    """What stands around the contents of a dossier; the office as it was called when the work ended."""
    pages = f", {grouped(dossier.page_total)} trang" if dossier.page_total else ""
    return lists.ListHead(
        office=change_queries.name_on(office, dossier.ended_on or today()),
        superior=office.parent.name if office.parent else "",
        lines=[f"Số, ký hiệu hồ sơ: {dossier.notation}", f"Năm {dossier.year}", dossier.title],
        closing=[f"Mục lục này gồm {grouped(dossier.last_ordinal)} văn bản, tài liệu{pages}."],
        signer="NGƯỜI LẬP",
    )


@require_GET
def dossier_contents(request: SignedRequest, pk: int) -> HttpResponseBase:
    """O5: Mục lục văn bản, tài liệu of one dossier."""
    by = request.actor
    found = queries.dossier(pk, by).dossier
    rows = contents_rows(contents(pk, by))
    access.note("download", by=by, item_kind="dossier", item_id=pk, address=address_of(request))
    name = f"muc-luc-ho-so-{found.year}-{found.notation}"
    return _file(
        request, lists.CONTENTS, contents_head(found, organisations.office(found.office_id)), rows, name
    )


@require_GET
def hand_over_list(request: SignedRequest) -> HttpResponseBase:
    """O6: Mục lục hồ sơ, tài liệu nộp lưu, of a year and unit, or of dossiers that are named (`hs`)."""
    by = request.actor
    by.require("keep_dossier")
    unit = _number(request, "dv")
    year = _number(request, "nam") or queries.last_year_to_hand_over(by) or today().year
    found = _wanted(request, by, year, unit)
    units = [(one.pk, one.name) for one in organisations.units_of(by.office)]
    if request.GET.get("format") not in ("pdf", "xlsx") or not found:
        context = {
            "dossiers": found,
            "year": year,
            "unit": unit,
            "units": units,
            "years": range(today().year, today().year - 6, -1),
            "kept": sum(one.retention_years == 0 for one in found),
        }
        return render(request, "dossiers/hand_over_list.html", context)
    if len(found) > _LONGEST and request.GET["format"] == "pdf":
        raise Invalid(
            f"Mục lục có {len(found)} hồ sơ, quá dài cho một tệp PDF. Chọn từng đơn vị, hoặc tải Excel."
        )
    rows = _hand_over_rows(found, by)
    office = organisations.office(by.office)
    whose = dict(units).get(unit or 0, "")
    head = lists.ListHead(
        office=whose or office.name,
        superior=office.name if whose else office.parent.name if office.parent else "",
        lines=[f"Năm {year}"],
        closing=hand_over_closing(len(found)),
        signer="NGƯỜI LẬP",
    )
    return _file(request, lists.HAND_OVER, head, rows, f"muc-luc-nop-luu-{year}")


def _wanted(request: SignedRequest, by: Actor, year: int, unit: int | None) -> "list[Dossier]":
    named = [int(value) for value in request.GET.getlist("hs") if value.isdigit()]
    return queries.of_ids(named[:_LONGEST], by) if named else queries.handed_over_in(by, year, unit)


def _hand_over_rows(found: "Sequence[Dossier]", by: Actor) -> list[lists.HandOverRow | lists.FondsRow]:
    """The dossiers in one run of numbers; those of an office that was taken over stand under the name of its fonds."""
    rows: list[lists.HandOverRow | lists.FondsRow] = []
    fonds = by.office
    for number, one in enumerate(found, start=1):
        if one.office_id != fonds:
            fonds = one.office_id
            rows.append(lists.FondsRow(f"Phông {one.office.name}"))
        rows.append(
            lists.HandOverRow(
                number, one.notation, one.title, one.started_on, one.ended_on, one.retention_years,
                one.page_total, one.remark,
            )
        )  # fmt: skip
    return rows


def _number(request: SignedRequest, name: str) -> int | None:
    value = request.GET.get(name, "")
    return int(value) if value.isdigit() and len(value) < 10 else None


def _file(
    request: SignedRequest, form: lists.ListForm, head: lists.ListHead, rows: Sequence[object], name: str
) -> HttpResponse | FileResponse:
    xlsx = request.GET.get("format") == "xlsx"
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    (lists.write_xlsx if xlsx else lists.write_pdf)(form, head, rows, target)
    target.seek(0)
    kind, ending = (XLSX, "xlsx") if xlsx else (PDF, "pdf")
    return FileResponse(target, as_attachment=True, filename=f"{name}.{ending}", content_type=kind)

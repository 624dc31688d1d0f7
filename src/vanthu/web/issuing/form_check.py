"""Views of the check of form: what was found in the newest version, beside its pages, and the buttons that mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from vanthu.issuing import form_check as checks
from vanthu.issuing import queries
from vanthu.kernel.files.contract import DOCX
from vanthu.kernel.refusals import Refusal
from vanthu.web.issuing.spots import newest_pages, spotted
from vanthu.web.shell.acting import done_or_refused
from vanthu.web.shell.requests import SignedRequest

if TYPE_CHECKING:
    from vanthu.issuing.form_models import FormCheck
    from vanthu.issuing.models import Draft, Version
    from vanthu.kernel.actor import Actor
    from vanthu.web.files.pages import PageImage


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding as the page shows it; `number` is also that on the page image, `page` 0 where it is not known."""

    number: int
    key: str
    error: bool
    rule: str
    basis: str
    message: str
    quote: str
    paragraph: int
    page: int
    box: Sequence[float]
    before: str
    after: str
    fixable: bool


@require_GET
def form_check(request: SignedRequest, pk: int) -> HttpResponse:
    """The findings in the newest version of a draft; a page that waits asks with `?seen=` its own stage."""
    draft = queries.draft(pk, request.actor).draft
    page = _context(draft, request.actor)
    seen = request.GET.get("seen")
    if seen is None:
        return render(request, "issuing/form_check.html", page)
    if seen == page["stage"]:
        return HttpResponse(status=204)
    return render(request, "issuing/form_check.html#findings", page)


@require_POST
def fix_form(request: SignedRequest, pk: int) -> HttpResponse:
    """Mend one finding (`key`) or, without one, all errors that can be mended, in a new version."""
    by = request.actor
    ordinal = request.POST.get("version", "")
    keys = request.POST.getlist("key")

    def mend() -> None:
        checks.mend(pk, keys, ordinal=int(ordinal) if ordinal.isdigit() else 0, by=by)

    def refused(refusal: Refusal) -> HttpResponse:
        context = _context(queries.draft(pk, by).draft, by) | {"refusal": refusal}
        return render(request, "issuing/form_check.html", context, status=refusal.status)

    said = "Đã sửa thể thức trong bản dự thảo mới; bản trước vẫn giữ."
    return done_or_refused(request, mend, said, to=reverse("form_check", args=[pk]), refused=refused)


def _context(draft: Draft, by: Actor) -> dict[str, Any]:
    versions = queries.versions(draft.pk)[:1]
    newest = versions[0] if versions else None
    known = checks.of_version(newest.pk) if newest is not None else None
    findings = [_row(number, one) for number, one in enumerate(known.findings if known else (), 1)]
    pages: Sequence[PageImage] = newest_pages(newest)
    errors = [one for one in findings if one.error]
    stage = _stage(newest, known)
    return {
        "draft": draft,
        "newest": newest,
        "known": known,
        "errors": errors,
        "advice": [one for one in findings if not one.error],
        "may_fix": _may_fix(draft, newest, by),
        "fixable": sum(one.fixable for one in errors),
        "pages": spotted(pages, findings),
        "stage": stage,
        "waits": stage.endswith(("reading", "paging")),
    }


def _stage(newest: Version | None, known: FormCheck | None) -> str:
    """Version and how far its check is: to be read, read but without pages yet, done; "none" without one."""
    if newest is None:
        return "none"
    if known is None:
        return f"{newest.ordinal}-reading"
    paging = not known.placed and not newest.conversion_trouble
    return f"{newest.ordinal}-{'paging' if paging else 'done'}"


def _may_fix(draft: Draft, newest: Version | None, by: Actor) -> bool:
    """Who may mend the draft, while its newest version is a DOCX without number and signature."""
    if newest is None or newest.source is None or newest.source.file.media_type != DOCX:
        return False
    if draft.outgoing_id is not None or newest.signed_id is not None:
        return False
    return checks.may_mend(draft, by)


def _row(number: int, one: dict[str, Any]) -> FindingRow:
    place = one["place"]
    return FindingRow(
        number, one["key"], one["level"] == "error", one["id"], one["rule"], one["message"], place["quote"],
        place["paragraph"] or 0, place["page"] or 0, place["box"] or (), one["before"], one["after"], one["fixable"],
    )  # fmt: skip

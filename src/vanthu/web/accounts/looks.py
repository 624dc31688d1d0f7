"""Who looked and downloaded: beside an item for those who follow it up, counts of the office for who administers it."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from vanthu.documents import queries as documents
from vanthu.dossiers import queries as dossiers
from vanthu.issuing import queries as drafts
from vanthu.kernel import access
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.refusals import Invalid, NotAllowed, NotFound, Refusal
from vanthu.organisations import people, queries
from vanthu.web.shell.requests import SignedRequest, address_of

if TYPE_CHECKING:
    from vanthu.organisations.models import Account

PAGE = 50
DAYS = timedelta(days=31)
WORDS = {
    "view": "xem",
    "download": "tải về",
    "print": "in",
    "official": "in bản chính",
    "sign_in": "đăng nhập",
}
ABOUT = {
    "in": "Văn bản đến", "out": "Văn bản đi", "draft": "Dự thảo", "dossier": "Hồ sơ", "document": "Tệp văn bản",
    "book": "Sổ đăng ký", "account": "Hệ thống",
}  # fmt: skip
type Found = tuple[str, str, list[tuple[str, int]]]  # name, address, what the log knows it as


@require_GET
def looks(request: SignedRequest, kind: str, pk: int) -> HttpResponse:
    """Who of the office viewed and downloaded an item; for those who see it whole and follow work up."""
    by = request.actor
    if kind not in _FINDS:
        raise NotFound()
    name, url, items = _FINDS[kind](pk, by)
    if not by.may("chase"):
        raise NotAllowed("Chỉ văn thư, lãnh đạo Viện và Chánh Văn phòng xem được ai đã xem, tải văn bản.")
    found = access.looks(items, office_id=by.office)
    names = people.names_of(one.person_id for one in found)
    page = {
        "name": name,
        "url": url,
        "rows": [(names.get(one.person_id, ""), WORDS[one.action], one) for one in found],
        "views": sum(one.times for one in found if one.action == "view"),
        "downloads": sum(one.times for one in found if one.action == "download"),
    }
    return render(request, "accounts/looks.html", page)


def _incoming(pk: int, by: Actor) -> Found:
    seen = documents.incoming(pk, by)
    _refuse_masked(masked=seen.sight.masked)
    name = f"Văn bản đến số {seen.entry.arrival_number or '(chưa vào sổ)'}"
    return name, reverse("entry", args=[pk]), [("in", pk), ("document", seen.entry.document_id)]


def _outgoing(pk: int, by: Actor) -> Found:
    seen = documents.outgoing(pk, by)
    _refuse_masked(masked=seen.sight.masked)
    items = [("out", pk), ("document", seen.entry.document_id)]
    return f"Văn bản đi {seen.entry.document.symbol}", reverse("outgoing_entry", args=[pk]), items


def _draft(pk: int, by: Actor) -> Found:
    draft = drafts.draft(pk, by).draft
    items = [("draft", pk), *(("version", one.pk) for one in drafts.versions(pk))]
    return f"Dự thảo “{draft.subject}”", reverse("draft", args=[pk]), items


def _dossier(pk: int, by: Actor) -> Found:
    dossier = dossiers.dossier(pk, by).dossier
    return f"Hồ sơ {dossier.notation}", reverse("dossier", args=[pk]), [("dossier", pk)]


_FINDS: dict[str, Callable[[int, Actor], Found]] = {
    "in": _incoming, "out": _outgoing, "draft": _draft, "dossier": _dossier,
}  # fmt: skip


def _refuse_masked(*, masked: bool) -> None:
    if masked:
        raise NotFound()


@require_GET
def accesses(request: SignedRequest) -> HttpResponse:
    """Accesses of the office by day, and each look by itself for the inspector; never what was looked at."""
    by = request.actor
    if not by.may("read_ledger"):
        by.require("administer")
    before = request.GET.get("sau", "")
    if before and not (before.isascii() and before.isdigit() and len(before) < 19):
        raise Invalid("Đường dẫn trang sau đã hỏng. Mở lại lượt truy cập từ đầu.")
    counted = access.days(by.office, since=now() - DAYS)
    page: dict[str, Any] = {"days": counted, "rows": [], "older": "", "single": False}
    if by.may("read_ledger"):
        found = access.newest(by.office, before=int(before) if before else None, limit=PAGE)
        names = people.names_of(row.person_id for row in found if row.person_id)
        page["single"] = True
        page["rows"] = [
            (names.get(row.person_id or 0, ""), WORDS[row.action], ABOUT.get(row.item_kind, "Trang"), row)
            for row in found
        ]
        page["older"] = str(found[-1].pk) if len(found) == PAGE else ""
    return render(request, "accounts/accesses.html", page)


@receiver(user_logged_in, dispatch_uid="accesses.count_sign_in")
def count_sign_in(request: HttpRequest | None, user: "Account", **_: object) -> None:
    """One more access to the system (III.6.b), of the office of the person's first post."""
    if request is None:
        return
    try:
        by = queries.actor_for(user)
    except Refusal:  # without a post there is no office whose access it is
        return
    access.note("sign_in", by=by, item_kind="account", item_id=user.pk, address=address_of(request))

"""Signatures: anyone signed in verifies files, nothing of which is kept; the report on a document that came in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from vanthu.documents import queries
from vanthu.kernel import access
from vanthu.kernel.refusals import NotAllowed, NotFound
from vanthu.signing import apart, evidence
from vanthu.signing.report import Report
from vanthu.web.shell.requests import SignedRequest, address_of
from vanthu.web.signatures.cards import Card, card

MOST_FILES = 10
LARGEST = 100 * 1024 * 1024  # bytes of all files together


@require_http_methods(["GET", "POST"])
def check_signatures(request: SignedRequest) -> HttpResponse:
    """Files are dropped, verified in a process with limits, and forgotten."""
    files = request.FILES.getlist("files")
    wrong = _too_much(files) if request.method == "POST" else ""
    cards = _checked(files) if files and not wrong else []
    context = {"cards": cards, "wrong": wrong, "most": MOST_FILES, "largest": LARGEST // 1024 // 1024}
    return render(request, "signatures/check.html", context, status=422 if wrong else 200)


@require_GET
def incoming_signatures(request: SignedRequest, pk: int) -> HttpResponse:
    """The report on the signatures of a received document, to read and to print."""
    seen = queries.incoming(pk, request.actor)
    if seen.sight.masked:
        raise NotAllowed("Văn bản hạn chế tiếp cận: chỉ người được nêu tên xem kết quả kiểm tra chữ ký.")
    if not seen.entry.signature_verdict:
        raise NotFound
    access.note("view", by=request.actor, item_kind="in", item_id=pk, address=address_of(request))
    report = Report.from_json(seen.entry.signature_report)
    context = {
        "entry": seen.entry,
        "cards": [card(seen.entry.symbol or seen.entry.document.kind_name, report)],
        "back": reverse("entry", args=[pk]),
    }
    return render(request, "signatures/report.html", context)


def _too_much(files: Sequence[UploadedFile[Any]]) -> str:
    if not files:
        return "Chưa chọn tệp. Chọn một hoặc nhiều tệp PDF rồi bấm Kiểm tra."
    if len(files) > MOST_FILES:
        return f"Mỗi lần kiểm tra nhiều nhất {MOST_FILES} tệp. Bỏ bớt tệp rồi thử lại."
    if sum(one.size or 0 for one in files) > LARGEST:
        return f"Các tệp lớn hơn {LARGEST // 1024 // 1024} MB. Kiểm tra từng tệp một, hoặc nhờ quản trị kiểm tra."
    return ""


def _checked(files: Sequence[UploadedFile[Any]]) -> list[Card]:
    with TemporaryDirectory() as folder:
        paths = [_written(one, Path(folder, f"{number}.pdf")) for number, one in enumerate(files)]
        reports = apart.verify_apart(paths)
    return [
        card(one.name or "tệp", evidence.with_versions(report))
        for one, report in zip(files, reports, strict=True)
    ]


def _written(file: UploadedFile[Any], path: Path) -> Path:
    with path.open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    return path

"""Certificates: the administrator enrols, replaces and withdraws them; each person sees their own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.kernel import ledger
from vanthu.kernel.ledger import Act
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.signing import certificate_queries as queries
from vanthu.signing import certificates as verbs
from vanthu.signing import custody_queries
from vanthu.signing.certificate_queries import Shown
from vanthu.tasks import certificate_notices, notices
from vanthu.web.office.certificate_forms import EnrolForm, PictureForm, WithdrawForm
from vanthu.web.shell.forms import Form
from vanthu.web.shell.requests import SignedRequest

TABS = (
    ("", "Tất cả"),
    ("ending", "Sắp hết hạn"),
    ("expired", "Đã hết hạn"),
    ("none", "Chưa có"),
)


@require_GET
def certificates(request: SignedRequest) -> HttpResponse:
    """The office and its people with their certificates; `?tinh=` those of one state."""
    text, wanted = request.GET.get("q", "").strip(), request.GET.get("tinh", "")
    rows = queries.of_office(request.actor, text)
    notices.mark_seen(by=request.actor, kind=certificate_notices.OFFICE)
    page = {
        "rows": [row for row in rows if wanted in ("", row.state)],
        "tabs": [(key, label, sum(key in ("", row.state) for row in rows)) for key, label in TABS],
        "wanted": wanted,
        "text": text,
    }
    return render(request, "office/certificates.html", page)


@require_http_methods(["GET", "POST"])
def certificate(request: SignedRequest, kind: str, pk: int) -> HttpResponse:
    """The certificates of one holder, and the form for a new one."""
    if request.method == "GET":
        return _page(request, kind, pk, _fresh(kind, pk))
    by = request.actor
    whose = verbs.holder(kind, pk, by)
    form = EnrolForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            made = verbs.enrol(form.given, whose=whose, by=by)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, f"Đã đăng ký chứng thư số của {whose.name}.{_unasked(made.pk, kind, pk)}"
            )
            return redirect("certificate", kind, pk)
    return _page(request, kind, pk, form)


def _unasked(certificate_id: int, kind: str, pk: int) -> str:
    fresh = next(one for one in queries.of_holder(kind, pk) if one.certificate.pk == certificate_id)
    known = fresh.standing is not None and fresh.standing.revocation == "good"
    return "" if known else " Đơn vị cấp chưa trả lời về tình trạng thu hồi; hệ thống hỏi lại mỗi đêm."


def _fresh(kind: str, pk: int) -> EnrolForm:
    """The empty form; the device is that of the certificate before."""
    rows = queries.of_holder(kind, pk)
    return EnrolForm(initial={"provider": rows[0].certificate.provider if rows else ""})


@dataclass(frozen=True, slots=True)
class Card:
    """A certificate in use on the page of its holder: its picture ("" = none), its history and its two forms."""

    shown: Shown
    picture: str
    history: Sequence[Act] = ()
    ending: WithdrawForm | None = None
    drawing: PictureForm | None = None


def _page(
    request: SignedRequest, kind: str, pk: int, form: EnrolForm, *, refused: tuple[int, Form] | None = None
) -> HttpResponse:
    """The page of a holder; `refused` names the certificate whose form could not be used, and that form."""
    whose = verbs.holder(kind, pk, request.actor)
    rows = queries.of_holder(kind, pk)
    page = {
        "whose": whose,
        "cards": [_managed(one, refused) for one in _in_use(rows)],
        "past": [one for one in rows if not one.certificate.active],
        "devices": dict(verbs.devices()),
        "form": form,
    }
    return render(request, "office/certificate.html", page, status=422 if refused or form.errors else 200)


def _in_use(rows: Sequence[Shown]) -> list[Card]:
    """The certificates that are used, each with the address of its picture."""
    used = [one for one in rows if one.certificate.active]
    drawn = queries.with_picture(one.certificate.pk for one in used)
    return [
        Card(
            one,
            reverse("certificate_picture", args=[one.certificate.pk]) if one.certificate.pk in drawn else "",
        )
        for one in used
    ]


def _managed(card: Card, refused: tuple[int, Form] | None) -> Card:
    found = card.shown.certificate
    wrong = refused[1] if refused and refused[0] == found.pk else None
    return replace(
        card,
        history=tuple(reversed(ledger.history(found))),
        ending=wrong if isinstance(wrong, WithdrawForm) else WithdrawForm(prefix=f"end{found.pk}"),
        drawing=wrong if isinstance(wrong, PictureForm) else PictureForm(prefix=f"draw{found.pk}"),
    )


@require_POST
def withdraw(request: SignedRequest, pk: int) -> HttpResponse:
    """The certificate is no longer used."""
    found = verbs.certificate_of_office(pk, request.actor)
    form = WithdrawForm(request.POST, prefix=f"end{pk}")
    if form.is_valid():
        try:
            verbs.withdraw(pk, form.cleaned_data["reason"], by=request.actor)
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Chứng thư số này đã thôi dùng; chữ ký đã ký vẫn có giá trị.")
            return redirect("certificate", found.holder_kind, found.holder_id)
    return _page(
        request,
        found.holder_kind,
        found.holder_id,
        _fresh(found.holder_kind, found.holder_id),
        refused=(pk, form),
    )


@require_POST
def change_picture(request: SignedRequest, pk: int) -> HttpResponse:
    """Another picture of the signature or seal."""
    found = verbs.certificate_of_office(pk, request.actor)
    form = PictureForm(request.POST, request.FILES, prefix=f"draw{pk}")
    if form.is_valid():
        try:
            verbs.change_picture(pk, form.cleaned_data["picture"].read(), by=request.actor)
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã thay ảnh. Xem cỡ thật ở khung bên dưới.")
            return redirect("certificate", found.holder_kind, found.holder_id)
    return _page(
        request,
        found.holder_kind,
        found.holder_id,
        _fresh(found.holder_kind, found.holder_id),
        refused=(pk, form),
    )


@require_GET
def picture(request: SignedRequest, pk: int) -> HttpResponse:
    """The picture enrolled with a certificate."""
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(queries.picture_of(pk, request.actor), content_type="image/png", headers=headers)


@require_GET
def my_certificate(request: SignedRequest) -> HttpResponse:
    """My certificate, those before it, and what I have in custody."""
    rows = queries.mine(request.actor)
    notices.mark_seen(by=request.actor, kind=certificate_notices.OWN)
    page = {
        "cards": _in_use(rows),
        "past": [one for one in rows if not one.certificate.active],
        "devices": dict(verbs.devices()),
        "items": custody_queries.mine(request.actor),
    }
    return render(request, "office/my_certificate.html", page)

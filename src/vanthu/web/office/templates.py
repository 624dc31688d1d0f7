"""Templates of documents: everybody of the office looks and takes them home, its administrator changes them."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.issuing import template_previews, templates
from vanthu.issuing.layout.places import BY_NAME, COPIES, OF_PARTY, TEMPLATED, allowed, needed
from vanthu.issuing.template_checks import TemplateRefused
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.contract import DOCX
from vanthu.kernel.refusals import Invalid, NotFound
from vanthu.reading import convert
from vanthu.web.office.certificate_forms import FileField
from vanthu.web.shell.forms import Form, TextField
from vanthu.web.shell.requests import SignedRequest

GROUPS = (
    ("Văn bản hành chính", tuple(row for row in TEMPLATED if row[0] not in (*COPIES, *OF_PARTY))),
    ("Bản sao", tuple(row for row in TEMPLATED if row[0] in COPIES)),
    ("Văn bản của Đảng", tuple(row for row in TEMPLATED if row[0] in OF_PARTY)),
)


class TemplateForm(Form):
    """An edited template, and what was changed in it."""

    file = FileField(
        ".docx",
        label="Tệp mẫu đã sửa (.docx)",
        help_text="Hệ thống kiểm tra chỗ điền và thể thức trước khi dùng.",
    )
    note = TextField(
        label="Đã sửa gì",
        required=False,
        max_length=300,
        help_text="Ví dụ: thêm địa chỉ cơ quan ở cuối trang 1.",
    )


@require_GET
def office_templates(request: SignedRequest) -> HttpResponse:
    """Every kind with the template in force."""
    own = templates.own_of(request.actor.office)
    groups = [(label, [(code, name, own.get(code)) for code, name in rows]) for label, rows in GROUPS]
    page = {"groups": groups, "own": len(own), "may_change": request.actor.may("administer")}
    return render(request, "office/templates.html", page)


@require_http_methods(["GET", "POST"])
def office_template(request: SignedRequest, kind: str) -> HttpResponse:
    """The template of a kind: how it looks, its placeholders, its history; an edited one is brought here."""
    name = templates.name_of(kind)
    if request.method == "GET":
        return _page(request, kind, TemplateForm())
    request.actor.require("administer")
    form = TemplateForm(request.POST, request.FILES)
    faults: tuple[str, ...] = ()
    if form.is_valid():
        try:
            ordinal = _take(kind, form, request)
        except TemplateRefused as refusal:
            faults = refusal.faults
            form.add_error("file", "Mẫu chưa dùng được. Sửa trong Word các chỗ nêu ở trên rồi tải lên lại.")
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{name} từ nay dùng mẫu của cơ quan, bản {ordinal}.")
            return redirect("office_template", kind)
    return _page(request, kind, form, faults)


def _take(kind: str, form: TemplateForm, request: SignedRequest) -> int:
    """The number of the new version."""
    sent = form.cleaned_data["file"]
    upload = files.stage(sent, sent.name, by=request.actor)
    return templates.take(kind, upload.pk, form.cleaned_data["note"], by=request.actor).ordinal


def _page(
    request: SignedRequest, kind: str, form: TemplateForm, faults: tuple[str, ...] = ()
) -> HttpResponse:
    versions = templates.history(kind, request.actor)
    must = needed(kind)
    name = templates.name_of(kind)
    page = {
        "kind": kind,
        "of_party": kind in OF_PARTY,
        "named": f"{name[:1].lower()}{name[1:]}",
        "current": next((one for one in versions if one.ended_at is None), None),
        "versions": versions,
        "places": [(BY_NAME[one], one in must) for one in allowed(kind)],
        "drawable": convert.available(),
        "may_change": request.actor.may("administer"),
        "form": form,
        "faults": faults,
    }
    return render(request, "office/template.html", page, status=422 if form.errors else 200)


@require_POST
def end_template(request: SignedRequest, kind: str) -> HttpResponse:
    """Back to the sector's template."""
    templates.back_to_sector(kind, by=request.actor)
    messages.success(request, f"{templates.name_of(kind)} dùng lại mẫu của ngành.")
    return redirect("office_template", kind)


@require_GET
def template_file(request: SignedRequest, kind: str) -> HttpResponse:
    """The DOCX in force; `?ban=` an earlier version, `?mau=nganh` the sector's, `?mau=dien` filled with the office."""
    which, version = request.GET.get("mau", ""), request.GET.get("ban", "")
    if version and not version.isdecimal():
        raise NotFound
    match which:
        case "nganh":
            data, said = templates.of_sector(kind, request.actor), "mau-nganh"
        case "dien":
            data, said = templates.filled(kind, request.actor), "dien-san"
        case _:
            data = templates.template(kind, request.actor, ordinal=int(version) if version else None)
            said = f"mau-ban-{version}" if version else "mau"
    response = HttpResponse(data, content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(True, f"{kind.lower()}-{said}.docx") or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
def template_page(request: SignedRequest, kind: str) -> HttpResponseBase:
    """The first page of a letter made from the template in force."""
    image = template_previews.page_image(kind, request.actor)
    headers = {"Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}
    return FileResponse(image.open("rb"), content_type="image/png", headers=headers)

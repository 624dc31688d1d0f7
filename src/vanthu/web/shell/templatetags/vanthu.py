"""Template tags of every page: icons, marks, dates, form fields, error summaries, pagers, empty states."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest, QueryDict
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from vanthu.kernel import calendar
from vanthu.kernel.files import scanning
from vanthu.kernel.files.models import INFECTED, StoredFile

register = template.Library()

_URGENCY = {1: "Khẩn", 2: "Thượng khẩn", 3: "Hỏa tốc"}
_SOON = 2  # days before the deadline from which it is shown in amber


@register.simple_tag
@cache
def icon(name: str, label: str = "") -> SafeString:
    """A stroke icon of the sprite; silent for screen readers unless it has a label."""
    href = f"{static('dist/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="i" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="i" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag
def badge(text: object, tone: str = "", symbol: str = "") -> SafeString:
    """A small mark with text; tone is "", "info", "ok", "warn" or "danger"; nothing for an empty text."""
    if text in (None, ""):
        return SafeString("")
    mark = format_html("{} ", icon(symbol)) if symbol else ""
    return format_html('<span class="badge {}">{}{}</span>', tone, mark, text)


@register.simple_tag
@cache
def urgency(level: int | None) -> SafeString:
    """The degree of urgency (`documents.states.Urgency`); nothing for an ordinary document."""
    return badge(_URGENCY.get(int(level or 0), ""), "danger")


@register.simple_tag
def count(number: int | None, name: str = "", hot: bool = False, unit: str = "việc") -> SafeString:
    """A round count; with a name it is kept fresh by polling. Nothing is shown for zero."""
    data = format_html(' data-count="{}"', name) if name else ""
    if not number:
        return (
            format_html('<span class="n"{} data-unit="{}" hidden></span>', data, unit)
            if name
            else SafeString("")
        )
    return format_html(
        '<span class="n{}"{} data-unit="{}">{}<span class="sr"> {}</span></span>',
        " hot" if hot else "",
        data,
        unit,
        number,
        unit,
    )


@register.simple_tag
def initials(name: str) -> SafeString:
    """The round mark of a person or unit: first letters of the last two words, or the figure of a unit."""
    words = [word for word in (name or "").split() if word[0].isalnum()]
    return format_html(
        '<span class="av" aria-hidden="true">{}</span>', "".join(word[0].upper() for word in words[-2:])
    )


def _as_date(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def date_vn(value: date | datetime | None) -> str:
    """dd/mm/yyyy, or "" for nothing."""
    return f"{_as_date(value):%d/%m/%Y}" if value else ""


@register.filter
def day_vn(value: date | datetime | None) -> str:
    """dd/mm, with the year only when it is another one."""
    if not value:
        return ""
    day = _as_date(value)
    return f"{day:%d/%m}" if day.year == calendar.today().year else f"{day:%d/%m/%Y}"


@register.filter
def long_date_vn(value: date | datetime | None) -> str:
    """Thứ hai, 23/11/2026."""
    if not value:
        return ""
    names = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
    day = _as_date(value)
    return f"{names[day.weekday()]}, {day:%d/%m/%Y}"


@register.filter
def time_vn(value: datetime | None) -> str:
    """HH:MM of the office's clock."""
    return f"{timezone.localtime(value):%H:%M}" if value else ""


@register.filter
def moment_vn(value: datetime | None) -> str:
    """When something happened as one says it: "hôm nay 08:12", "hôm qua 16:40", "18/11 09:05"."""
    if not value:
        return ""
    local = timezone.localtime(value)
    ago = (calendar.today() - local.date()).days
    names = {0: "hôm nay", 1: "hôm qua"}
    return f"{names.get(ago) or day_vn(local)} {local:%H:%M}"


@register.filter
def size_vn(number: int | None) -> str:
    """Bytes as a person reads them: "820 KB", "15,3 MB"."""
    if number is None:
        return ""
    if number < 1024 * 1024:
        return f"{max(1, round(number / 1024))} KB"
    return f"{number / 1024 / 1024:.1f} MB".replace(".", ",")


@register.filter
def scanned(file: StoredFile) -> str:
    """Whether a kept file was scanned for viruses, and when: "đã quét mã độc 23/11/2026"."""
    return scanning.said(file)


@register.filter
def locked(file: StoredFile | None) -> str:
    """Why nobody opens this file, "" when it is open or there is none."""
    return scanning.Locked(file.virus).message if file and file.scan_state == INFECTED else ""


@register.simple_tag
def due(day: date | None, done: bool = False, long: bool = False) -> SafeString:
    """A deadline: late in red with the days, near in amber, else dd/mm. Done ones are plain."""
    if day is None:
        return SafeString("")
    shown = date_vn(day) if long else day_vn(day)
    left = (day - calendar.today()).days
    if done or left > _SOON:
        return format_html('<time class="due" datetime="{}">{}</time>', day.isoformat(), shown)
    plain = format_html('<time datetime="{}">{}</time>', day.isoformat(), shown)
    if left < 0:
        return format_html('<span class="due late">{} <small>quá {} ngày</small></span>', plain, -left)
    word = {0: "hôm nay", 1: "ngày mai"}.get(left, f"còn {left} ngày")
    return format_html('<span class="due soon">{} <small>{}</small></span>', plain, word)


def _described(bound: BoundField) -> str:
    ids = []
    if bound.help_text:
        ids.append(f"{bound.auto_id}-hint")
    if bound.errors:
        ids.append(f"{bound.auto_id}-err")
    return " ".join(ids)


@register.inclusion_tag("shell/field.html")
def field(bound: BoundField, span: str = "", label: str = "", **attributes: Any) -> dict[str, Any]:
    """Label, input, hint and error of a form field. `span` is c2…c9 of 12; keyword attributes go to the input.

    Underscores in attribute names become hyphens: `data_island="datefield"`. A form with errors gives the focus to
    their list, so `autofocus` is left out there.
    """
    attrs = {name.replace("_", "-"): value for name, value in attributes.items()}
    if bound.form.errors:
        attrs.pop("autofocus", None)
    described = _described(bound)
    if described:
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    widget = bound.field.widget
    return {
        "field": bound,
        "input": bound.as_widget(attrs=attrs),
        "label": label or bound.label,
        "span": span,
        "single_check": isinstance(widget, CheckboxInput),
        "group": isinstance(widget, RadioSelect | CheckboxSelectMultiple),
    }


@register.inclusion_tag("shell/error_summary.html")
def error_summary(form: BaseForm, title: str = "") -> dict[str, Any]:
    """The list of errors on top of a form, each a link to its field; focus moves there."""
    fields = [(form[name], errors) for name, errors in form.errors.items() if name in form.fields]
    total = sum(len(errors) for _, errors in fields) + len(form.non_field_errors())
    heading = title or ("Chưa lưu được. Sửa một chỗ:" if total == 1 else f"Chưa lưu được. Sửa {total} chỗ:")
    return {"fields": fields, "others": form.non_field_errors(), "total": total, "title": heading}


@register.inclusion_tag("shell/pager.html", takes_context=True)
def pager(context: Mapping[str, Any], newer: str = "", older: str = "", note: str = "") -> dict[str, Any]:
    """Keyset pager: `newer` and `older` are cursors ("" where there is nothing); other parameters stay."""
    request: HttpRequest | None = context.get("request")
    base = request.GET if request else QueryDict()

    def link(name: str, cursor: str) -> str:
        query = base.copy()
        for key in ("truoc", "sau"):
            query.pop(key, None)
        query[name] = cursor
        return f"?{query.urlencode()}"

    return {
        "newer": link("truoc", newer) if newer else "",
        "older": link("sau", older) if older else "",
        "note": note,
    }


@register.inclusion_tag("shell/empty.html")
def empty(
    title: str, text: str = "", symbol: str = "check-circle", url: str = "", action: str = ""
) -> dict[str, str]:
    """What a list says when nothing is in it: what that means and what to do next."""
    return {"title": title, "text": text, "symbol": symbol, "url": url, "action": action}


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changes: object) -> str:
    """The address of this page with some parameters changed; an empty value removes one, paging starts anew."""
    request: HttpRequest | None = context.get("request")
    values = request.GET.copy() if request else QueryDict(mutable=True)
    for key in ("truoc", "sau"):
        values.pop(key, None)
    for key, value in changes.items():
        if value in (None, ""):
            values.pop(key, None)
        else:
            values[key] = str(value)
    return f"?{values.urlencode()}"


@register.filter
def days_from_now(days: int) -> date:
    """The date so many days from today (used by the style guide)."""
    return calendar.today() + timedelta(days=int(days))


@register.filter
def of(found: Mapping[Any, Any] | None, key: object) -> Any:
    """What a dictionary has under a key, or nothing."""
    return (found or {}).get(key, ())

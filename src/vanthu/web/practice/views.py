"""To practise and back: the room, its parts, one click out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid, NotFound
from vanthu.organisations import practice as rooms
from vanthu.organisations import practice_days
from vanthu.practice import actions
from vanthu.web.shell import seats
from vanthu.web.shell.forms import DayField, Form
from vanthu.web.shell.requests import SignedRequest


@require_GET
def practice(request: SignedRequest) -> HttpResponse:
    """What practice is, the ways in; for whoever is in it the parts to play and the way out."""
    return render(request, "practice/practice.html", _page(request, AnnounceForm()))


class AnnounceForm(Form):
    """How many people of the office practise on a day."""

    on = DayField(label="Ngày tập huấn")
    people = forms.IntegerField(label="Số người", min_value=0, max_value=practice_days.MOST)


def _page(request: SignedRequest, form: AnnounceForm) -> dict[str, Any]:
    by = request.actor
    announces = by.may("administer") and by.room_id is None
    return {
        "numbers": range(1, rooms.SHARED + 1),
        "tasks": TASKS,
        "form": form if announces else None,
        "days": practice_days.coming(by) if announces else [],
    }


@require_POST
def announce(request: SignedRequest) -> HttpResponse:
    """The administrator says that many will practise on a day."""
    request.actor.require("administer")
    form = AnnounceForm(request.POST)
    if form.is_valid():
        on, people = form.cleaned_data["on"], form.cleaned_data["people"]
        try:
            practice_days.announce(on, people, by=request.actor)
        except Invalid as refusal:
            form.refuse(refusal)
    if form.errors:
        return render(request, "practice/practice.html", _page(request, form), status=422)
    ready = "Phòng đang được chuẩn bị ngay." if on == today() else "Phòng sẽ sẵn sàng từ đầu ngày."
    said = f"{people} người. {ready}" if people else "đã hủy."
    messages.success(request, f"Buổi tập huấn ngày {on:%d/%m/%Y}: {said}")
    return redirect("practice")


TASKS = (
    ("Văn thư", "Tiếp nhận, vào sổ văn bản đang chờ; trình lãnh đạo; chuyển tiếp văn bản gửi nhầm."),
    ("Lãnh đạo Viện", "Cho ý kiến chỉ đạo, giao đơn vị và hạn giải quyết; duyệt và ký số văn bản."),
    ("Lãnh đạo đơn vị", "Giao việc cho chuyên viên; kiểm tra nội dung dự thảo."),
    ("Chuyên viên", "Lập hồ sơ, soạn dự thảo trả lời, trình ký; báo cáo kết quả."),
    ("Chánh Văn phòng", "Kiểm tra thể thức dự thảo trước khi trình ký."),
    ("Lưu trữ viên", "Nhận hồ sơ nộp lưu, trả lại hồ sơ còn thiếu."),
    ("Cơ quan cấp trên, khu vực", "Nhận văn bản tỉnh vừa phát hành, xem trạng thái gửi nhận hai chiều."),
)


@require_POST
def enter(request: SignedRequest) -> HttpResponse:
    """Go to practise, alone or in a shared room."""
    post_id = actions.enter(_number(request.POST.get("number", "")), by=request.actor)
    seats.play(request, post_id)
    messages.success(request, "Đã vào thực hành. Mọi việc ở đây không tính, đêm nay xóa khỏi mọi danh sách.")
    return redirect("/")


def _number(text: str) -> int | None:
    """The shared room, None for one's own."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise Invalid(f"Chọn phòng chung từ 1 đến {rooms.SHARED}.")
    return int(text)


@require_POST
def play(request: SignedRequest, post_id: int) -> HttpResponse:
    """Take another part in the room."""
    room_id = request.actor.room_id
    seat = next((one for one in rooms.seats_in(room_id) if one.post_id == post_id), None) if room_id else None
    if seat is None:
        raise NotFound("Không có vai này trong phòng thực hành. Vào thực hành từ trình đơn cá nhân.")
    seats.play(request, post_id)
    messages.info(request, f"Đang đóng vai {seat.title}, {seat.office}.")
    return redirect("/")


@require_POST
def leave(request: SignedRequest) -> HttpResponse:
    """Back to the real office."""
    seats.leave(request)
    messages.info(request, "Đã thôi thực hành. Anh/chị đang ở cơ quan thật.")
    return redirect("/")

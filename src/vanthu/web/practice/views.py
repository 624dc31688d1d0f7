"""To practise and back: the room, its parts, one click out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from vanthu.kernel.refusals import Invalid, NotFound
from vanthu.organisations import practice as rooms
from vanthu.practice import actions
from vanthu.web.shell import seats
from vanthu.web.shell.requests import SignedRequest


@require_GET
def practice(request: SignedRequest) -> HttpResponse:
    """What practice is, the ways in; for whoever is in it the parts to play and the way out."""
    numbers = range(1, rooms.SHARED + 1)
    return render(request, "practice/practice.html", {"numbers": numbers, "tasks": TASKS})


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

"""The living style guide: every part and page archetype with sample content. Routed in development only.

Its templates are what new pages are copied from; they read no data.
"""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

_NAV = (
    ("desk", "Bàn làm việc", "Bàn", "home", 0, False),
    ("in", "Văn bản đến", "Đến", "in", 14, True),
    ("out", "Văn bản đi", "Đi", "out", 5, False),
    ("work", "Công việc & hồ sơ", "", "folder", 0, False),
    ("calendar", "Lịch công tác", "Lịch", "cal", 0, False),
    ("reports", "Báo cáo", "", "chart", 0, False),
    ("library", "Kho tra cứu", "", "archive", 0, False),
)
_PEOPLE = {
    "clerk": ("Phạm Thu Thủy", "Văn thư"),
    "leader": ("Nguyễn Văn Minh", "Phó Viện trưởng"),
    "head": ("Lê Quang Khải", "Trưởng phòng 1"),
    "specialist": ("Đỗ Minh Hiếu", "Kiểm sát viên, Phòng 8"),
}
PAGES = {  # name: (title, entry of the menu, who)
    "desk_clerk": ("Bàn làm việc: văn thư", "desk", "clerk"),
    "desk_leader": ("Bàn làm việc: lãnh đạo", "desk", "leader"),
    "desk_head": ("Bàn làm việc: trưởng phòng", "desk", "head"),
    "desk_specialist": ("Bàn làm việc: chuyên viên", "desk", "specialist"),
    "list": ("Danh sách và xem trước", "in", "leader"),
    "register": ("Vào sổ cạnh bản quét", "in", "clerk"),
    "document": ("Trang một văn bản", "in", "head"),
    "direct": ("Bút phê, từng văn bản (điện thoại)", "in", "leader"),
    "sign": ("Ký số, từng văn bản (điện thoại)", "out", "leader"),
    "draft": ("Soạn dự thảo", "out", "specialist"),
    "compare": ("So sánh hai bản dự thảo", "out", "head"),
    "issue": ("Cấp số, đóng dấu, phát hành", "out", "clerk"),
    "delivery": ("Theo dõi gửi nhận", "out", "clerk"),
    "dossier": ("Hồ sơ công việc", "work", "specialist"),
    "search": ("Kết quả tìm kiếm", "search", "specialist"),
    "sign_in": ("Đăng nhập", "", ""),
    "refusal": ("Trang từ chối, báo lỗi", "in", "clerk"),
    "empty": ("Trang chưa có gì", "in", "clerk"),
}

_ICONS = [
    "home",
    "in",
    "out",
    "folder",
    "folder-plus",
    "cal",
    "chart",
    "archive",
    "search",
    "bell",
    "user",
    "people",
    "user-swap",
    "building",
    "pen",
    "sign",
    "check",
    "check-double",
    "check-circle",
    "stamp",
    "seal",
    "number",
    "scan",
    "clock",
    "history",
    "more",
    "menu",
    "file",
    "file-plus",
    "files",
    "clip",
    "compare",
    "back",
    "next",
    "up",
    "down",
    "arrow",
    "return",
    "x",
    "plus",
    "minus",
    "send",
    "route",
    "zoom",
    "expand",
    "shield",
    "shield-off",
    "lock",
    "key",
    "move",
    "print",
    "download",
    "upload",
    "filter",
    "sort",
    "gear",
    "exit",
    "keyboard",
    "info",
    "alert",
    "cloud",
    "cloud-off",
    "star",
    "link",
    "refresh",
    "undo",
    "trash",
    "comment",
    "list",
    "eye",
    "book",
    "phone",
]


class SampleForm(forms.Form):
    """One field of every kind."""

    number = forms.CharField(label="Số", help_text="Gõ liền 2143/KH-VKS-VP cũng được")
    issued_on = forms.CharField(label="Ngày văn bản")
    kind = forms.ChoiceField(
        label="Loại", choices=[("", "Chọn loại"), ("cv", "Công văn"), ("kh", "Kế hoạch")]
    )
    subject = forms.CharField(label="Trích yếu", min_length=10, widget=forms.Textarea(attrs={"rows": 2}))
    urgency = forms.ChoiceField(
        label="Độ khẩn",
        choices=[("0", "Thường"), ("1", "Khẩn"), ("2", "Thượng khẩn"), ("3", "Hỏa tốc")],
        widget=forms.RadioSelect,
        initial="0",
    )
    restricted = forms.BooleanField(
        label="Hạn chế người xem", help_text="Chỉ người được nêu tên mới mở được.", required=False
    )


def frame(here: str, who: str) -> SimpleNamespace:
    """What base.html reads as `shell`; the contract is in docs/frontend.md."""
    name, title = _PEOPLE.get(who, ("", ""))
    nav = [
        {"key": key, "label": label, "short": short, "icon": icon, "count": count, "hot": hot, "url": "#"}
        for key, label, short, icon, count, hot in _NAV
    ]
    menu = [
        {"label": "Ủy quyền khi vắng", "icon": "user-swap", "url": "#"},
        {"label": "Cài đặt hiển thị", "icon": "gear", "url": "#"},
        {"label": "Mật khẩu và thiết bị", "icon": "key", "url": "#"},
    ]
    return SimpleNamespace(
        office="VKSND tỉnh Bắc Sơn", name=name, title=title, here=here, nav=nav, menu=menu,
        actors=[], home_url=".", search_url="search", suggest_url="suggest", counts_url="counts", csrf_url="",
        sign_out_url="#", user_key=f"guide-{who}", theme="", density="", keys_off=False, q="",
    )  # fmt: skip


def _context(request: HttpRequest, here: str, who: str) -> dict[str, Any]:
    shell = frame(here, who)
    shell.theme = request.GET.get("theme", "")
    wrong = SampleForm({"number": "", "issued_on": "22/11/2026", "subject": "ngắn", "urgency": "1"})
    return {"shell": shell, "pages": PAGES, "wrong": wrong, "icons": _ICONS}


def index(request: HttpRequest) -> HttpResponse:
    """Every part, and links to every archetype."""
    return render(request, "shell/styleguide.html", _context(request, "", "clerk"))


def page(request: HttpRequest, name: str) -> HttpResponse:
    """One page archetype."""
    if name not in PAGES:
        raise Http404
    _, here, who = PAGES[name]
    return render(request, f"shell/guide/{name}.html", _context(request, here, who))


urlpatterns = [path("", index, name="guide"), path("<slug:name>", page, name="guide_page")]

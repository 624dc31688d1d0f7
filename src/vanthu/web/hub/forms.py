from django import forms

from vanthu.exchange.hub.wishes import Wish, lines_of
from vanthu.web.shell.forms import Form, TextField, WordsField


class SystemForm(Form):
    """A registered system: whom it speaks for, and how much it may send."""

    name = TextField(label="Tên hệ thống", max_length=120, help_text="Ví dụ: Phần mềm văn bản của UBND tỉnh.")
    lines = WordsField(
        label="Các cơ quan gửi nhận qua hệ thống này",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi dòng một cơ quan: mã định danh, mã cũ (nếu có), dấu hai chấm, tên."
        " Ví dụ: H53.13, 000.00.13.H53: Sở Tư pháp tỉnh Tây Ninh",
    )
    packets_per_day = forms.IntegerField(
        label="Số gói tin gửi lên mỗi ngày", min_value=1, max_value=1_000_000
    )
    megabytes_per_day = forms.IntegerField(
        label="Dung lượng gửi lên mỗi ngày (MB)", min_value=1, max_value=1_000_000
    )
    calls_per_minute = forms.IntegerField(label="Số lần gọi mỗi phút", min_value=10, max_value=100_000)

    @property
    def wish(self) -> Wish:
        """What a valid form says. Raises `Invalid` for lines that name no bodies."""
        data = self.cleaned_data
        return Wish(
            name=data["name"],
            lines=lines_of(data["lines"]),
            packets_per_day=data["packets_per_day"],
            megabytes_per_day=data["megabytes_per_day"],
            calls_per_minute=data["calls_per_minute"],
        )


class NewSystemForm(SystemForm):
    """The same with the id, which stays."""

    system_id = forms.CharField(
        label="SystemId",
        max_length=60,
        help_text="Thường là mã định danh của cơ quan chủ quản hệ thống, ví dụ 000.00.00.H53.",
    )
    field_order = ("name", "system_id", "lines")

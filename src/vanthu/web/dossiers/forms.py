"""Forms of dossiers and of the plans that they are opened from."""

from itertools import groupby
from typing import Any

from django import forms

from vanthu.dossiers import retention, schedule
from vanthu.dossiers.actions import Description
from vanthu.dossiers.papers import PaperFields
from vanthu.dossiers.plans import PlannedFields
from vanthu.kernel.calendar import today
from vanthu.web.shell.forms import DayField, Form, TextField, WordsField

USAGES = [("01", "Công khai"), ("02", "Sử dụng có điều kiện")]


def retention_field(**more: Any) -> forms.TypedChoiceField:
    """Thời hạn bảo quản in years, "" while it is not fixed."""
    choices = [("", "Theo bảng, hoặc xác định sau"), *retention.choices()]
    return forms.TypedChoiceField(
        label="Thời hạn bảo quản", choices=choices, coerce=int, empty_value=None, required=False, **more
    )


class _Scheduled(Form):
    """What has its line in the retention schedule of an office."""

    period = forms.TypedChoiceField(
        label="Nhóm trong bảng thời hạn",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Chọn nhóm thì thời hạn lấy theo bảng, không được ngắn hơn",
    )

    def __init__(self, *args: Any, office_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = schedule.lines(office_id)
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            ("", "Không chọn"),
            *(
                (group, [(one.pk, str(one)) for one in rows])
                for group, rows in groupby(lines, key=lambda one: one.group)
            ),
        ]


class DossierForm(_Scheduled):
    """Opening a dossier outside the plan."""

    title = TextField(label="Tiêu đề hồ sơ", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    retention = retention_field()
    outside_reason = TextField(label="Lý do mở ngoài danh mục", max_length=300, required=False)


class DescriptionForm(_Scheduled):
    """The fields of an open dossier (Phụ lục VI, part II.III)."""

    title = TextField(label="Tiêu đề hồ sơ", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    retention = retention_field()
    usage = forms.ChoiceField(label="Chế độ sử dụng", choices=USAGES)
    language = TextField(label="Ngôn ngữ", max_length=50)
    started_on = DayField(label="Ngày bắt đầu")
    remark = TextField(label="Ghi chú", max_length=500, required=False)

    def description(self) -> Description:
        """The valid form as the verb takes it."""
        data = self.cleaned_data
        return Description(
            title=data["title"],
            retention_years=data["retention"],
            period_id=data["period"],
            usage=data["usage"],
            language=data["language"],
            started_on=data["started_on"],
            remark=data["remark"],
        )


class PaperForm(Form):
    """A file that is no document of the office."""

    paper_title = TextField(label="Tên tài liệu", max_length=500)
    author = TextField(label="Tác giả", max_length=200, required=False)
    dated_on = DayField(label="Ngày tài liệu", initial=today)

    def paper(self) -> PaperFields:
        """The valid form as the verb takes it."""
        data = self.cleaned_data
        return PaperFields(title=data["paper_title"], author=data["author"], dated_on=data["dated_on"])


class ShareForm(Form):
    """To whom a dossier is shown, how, and until when."""

    owner = forms.CharField(
        label="Chia sẻ cho",
        error_messages={"required": "Chọn người hoặc đơn vị trong danh sách gợi ý."},
        widget=forms.Select,
    )
    way = forms.ChoiceField(
        label="Được",
        choices=[("read", "Xem"), ("contribute", "Xem và bổ sung văn bản")],
        initial="read",
        widget=forms.RadioSelect,
    )
    until_on = DayField(label="Đến hết ngày", required=False, help_text="Bỏ trống: đến khi thôi chia sẻ")


class ClosingForm(Form):
    """Why a dossier is closed although something cannot be mended."""

    reason = WordsField(
        label="Lý do kết thúc khi còn thiếu",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )


class RowForm(_Scheduled):
    """A line of a plan: a dossier or a heading."""

    level = forms.TypedChoiceField(
        label="Dòng là",
        choices=[("0", "Hồ sơ"), ("1", "Đề mục lớn"), ("2", "Đề mục nhỏ")],
        coerce=int,
        initial="0",
        widget=forms.RadioSelect,
    )
    notation = TextField(
        label="Số và ký hiệu hồ sơ", max_length=20, required=False, help_text="Bỏ trống: lấy số tiếp theo"
    )
    title = TextField(
        label="Tên đề mục hoặc tiêu đề hồ sơ", max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    retention = retention_field()
    keeper = forms.CharField(label="Người lập hồ sơ", required=False, widget=forms.Select)
    remark = TextField(label="Ghi chú", max_length=500, required=False)

    def fields_of_row(self) -> PlannedFields:
        """The valid form as the verb takes it."""
        data = self.cleaned_data
        return PlannedFields(
            level=data["level"],
            notation=data["notation"],
            title=data["title"],
            retention_years=data["retention"],
            period_id=data["period"],
            keeper_id=read_person(data["keeper"]),
            remark=data["remark"],
        )


def read_person(text: str) -> int | None:
    """A person as a typing field carries them: "p34"."""
    number = text.removeprefix("p")
    return int(number) if number.isdigit() else None


class ApprovalForm(Form):
    """The decision that issues a plan."""

    decision = TextField(
        label="Số quyết định ban hành", max_length=60, required=False, help_text="Ví dụ 12/QĐ-VKS"
    )
    decided_on = DayField(label="Ngày duyệt", initial=today)


class PeriodForm(Form):
    """A line of the retention schedule."""

    group = TextField(label="Nhóm hồ sơ", max_length=100, help_text="Ví dụ: Tổ chức, cán bộ")
    title = TextField(label="Hồ sơ, tài liệu", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    years = forms.TypedChoiceField(
        label="Thời hạn lưu trữ", coerce=int, empty_value=None, required=False,
        choices=[("", "Không tính bằng năm"), *retention.choices()],
    )  # fmt: skip
    until = TextField(
        label="Hoặc đến khi",
        max_length=100,
        required=False,
        help_text="Ví dụ: Đến khi văn bản hết hiệu lực thi hành",
    )
    basis = TextField(label="Căn cứ", max_length=200, required=False, help_text="Số thông tư, quyết định")
    confirmed = forms.BooleanField(
        label="Đã thẩm định", required=False, help_text="Đã đối chiếu với quy định đang có hiệu lực"
    )

    def fields_of_line(self) -> schedule.Fields:
        """The valid form as the verb takes it."""
        return schedule.Fields(**{name: self.cleaned_data[name] for name in schedule.Fields.__slots__})


class SendBackForm(Form):
    """What is to be changed."""

    reason = WordsField(label="Phải sửa gì", widget=forms.Textarea(attrs={"rows": 2}), max_length=500)

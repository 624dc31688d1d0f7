"""What is noted about a line."""

from __future__ import annotations

from vanthu.kernel.calendar import today
from vanthu.web.shell.forms import DayField, Form, TextField


class CallForm(Form):
    """A call to the recipient."""

    prefix = "call"
    on = DayField(label="Ngày gọi", initial=today)
    note = TextField(label="Nơi nhận trả lời", max_length=300)


class SettleForm(Form):
    """Why it stays as it is."""

    prefix = "settle"
    note = TextField(
        label="Vì sao", max_length=300, help_text="Ví dụ: gửi trùng, đã gửi đúng nơi bằng văn bản khác."
    )


class PaperForm(Form):
    """How the paper goes."""

    prefix = "paper"
    note = TextField(
        label="Gửi bằng cách nào, vì sao", max_length=300, help_text="Ví dụ: bưu điện, trục báo lỗi."
    )

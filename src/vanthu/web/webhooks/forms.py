from typing import Any

from django import forms

from vanthu.kernel.actor import Actor
from vanthu.kernel.webhooks import actions
from vanthu.kernel.webhooks.actions import Slip
from vanthu.kernel.webhooks.addresses import LONGEST
from vanthu.kernel.webhooks.events import EVENTS
from vanthu.web.shell.forms import Form, TextField


class WebhookForm(Form):
    """Where to, and of what."""

    name = TextField(label="Tên nơi nhận", max_length=80, help_text="Ví dụ: Phần mềm quản lý án.")
    url = forms.CharField(
        label="Địa chỉ nhận",
        max_length=LONGEST,
        help_text="Bắt đầu bằng https://; chương trình nhận phải trả lời trong 10 giây.",
    )
    events = forms.MultipleChoiceField(
        label="Báo khi",
        choices=[(name, event.label) for name, event in EVENTS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một sự kiện."},
        help_text="Việc thuộc nhiều mục chỉ báo một lần, theo mục được chọn đứng trước.",
    )

    def subscribe(self, by: Actor) -> Slip:
        """Make the webhook of a valid form; raises `Invalid`."""
        return actions.subscribe(**self._fields, by=by, key=self.given_key)

    def change(self, pk: int, by: Actor) -> None:
        """Change the webhook to what a valid form says; raises `Invalid`."""
        actions.change(pk, **self._fields, by=by)

    @property
    def _fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "url", "events")}

"""Forms of connections, addresses and bodies outside."""

from typing import Any

from django import forms
from django.urls import reverse_lazy

from vanthu.exchange.axis_models import Connection, Kind
from vanthu.exchange.connecting import LIMITS, MEGABYTE, Wish
from vanthu.organisations.agency_codes import LONGEST
from vanthu.web.shell.forms import Form, TextField

# what a kind of connection may be told beside its address: {option: kinds}
OPTIONS: dict[str, tuple[str, ...]] = {
    "recall": tuple(Kind.values),
    "resends": tuple(Kind.values),
    "receivers": tuple(Kind.values),
    "level": (Kind.VXP,),
    "page_size": (Kind.VXP,),
    "download": (Kind.VXP,),
    "plain_http": (Kind.VXP, Kind.HEADER, Kind.OAUTH),
    "sent_path": (Kind.HEADER, Kind.OAUTH),
    "agencies_path": (Kind.HEADER,),
    "base_path": (Kind.OAUTH,),
    "unit_header": (Kind.OAUTH,),
    "unit_secret": (Kind.OAUTH,),
    "swap": (Kind.FOLDER,),
}


def _number(label: str, limit: str, help_text: str = "", **fields: Any) -> forms.IntegerField:
    least, most = LIMITS[limit]
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=help_text, **fields)


def _secret(label: str, help_text: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "off", "data-no-draft": True})
    return forms.CharField(label=label, required=False, max_length=200, widget=widget, help_text=help_text)


class ConnectionForm(Form):
    """A connection; the secret is typed once and never shown again."""

    name = TextField(
        label="Tên kết nối", help_text="Ví dụ: Trục liên thông văn bản quốc gia.", max_length=120
    )
    kind = forms.ChoiceField(label="Loại kết nối", choices=Kind.choices)
    endpoint = forms.CharField(
        label="Địa chỉ dịch vụ hoặc thư mục",
        required=False,
        max_length=300,
        help_text="https://… bên kia cấp; với thư mục trao đổi: đường dẫn đầy đủ trên máy chủ.",
    )
    system_id = forms.CharField(
        label="Mã hệ thống", required=False, max_length=60, help_text="SystemId bên kia cấp khi đăng ký."
    )
    secret = _secret("Khóa bí mật", "Nhập một lần; hệ thống giữ ở dạng mã hóa và không hiện lại.")
    position = _number(
        "Thứ tự ưu tiên",
        "position",
        "Số nhỏ được dùng trước khi nhiều đường đến được một nơi nhận.",
        initial=0,
    )
    poll_minutes = _number("Hỏi văn bản mới mỗi (phút)", "poll_minutes", initial=5)
    packet_megabytes = _number(
        "Giới hạn tệp một gói tin (MB)", "packet_megabytes", "Tính trước khi đóng gói.", initial=50
    )
    recall = forms.ChoiceField(
        label="Thu hồi bằng",
        required=False,
        choices=[("", "Trạng thái 13 – yêu cầu lấy lại"), ("packet", "Gói tin nghiệp vụ 1 – thu hồi")],
    )
    resends = forms.IntegerField(
        label="Gửi lại tối đa (lần)", required=False, min_value=1, max_value=50, help_text="Bỏ trống: 5 lần."
    )
    receivers = forms.IntegerField(
        label="Nơi nhận mỗi gói",
        required=False,
        min_value=1,
        max_value=1000,
        help_text="Bỏ trống: tất cả trong một gói.",
    )
    level = forms.IntegerField(label="Cấp của danh sách đơn vị", required=False, min_value=1, max_value=9)
    page_size = forms.IntegerField(label="Số dòng một lần hỏi", required=False, min_value=10, max_value=5000)
    download = forms.BooleanField(label="Tải gói tin bằng downloadEdoc", required=False)
    plain_http = forms.BooleanField(label="Cho phép http trong mạng riêng đã bảo vệ", required=False)
    sent_path = forms.CharField(label="Đường dẫn hỏi gói đã gửi", required=False, max_length=200)
    agencies_path = forms.CharField(label="Đường dẫn danh sách đơn vị", required=False, max_length=200)
    base_path = forms.CharField(label="Đường dẫn gốc", required=False, max_length=200)
    unit_header = forms.CharField(label="Tiêu đề mang khóa đơn vị", required=False, max_length=60)
    unit_secret = _secret("Khóa của đơn vị", "Bỏ trống: giữ khóa đang có.")
    swap = forms.BooleanField(label="Thư mục do bên kia lập: đổi chiều đến và đi", required=False)

    def __init__(self, *args: Any, connection: Connection | None = None, **kwargs: Any) -> None:
        if connection is not None:
            kwargs["initial"] = _shown(connection)
        super().__init__(*args, **kwargs)
        if connection is not None:
            self.fields["secret"].label = "Khóa bí mật mới"
            self.fields["secret"].help_text = "Bỏ trống: giữ khóa đang có." if connection.secret else ""
            self.fields["kind"].disabled = True

    def wish(self) -> Wish:
        """The valid form as the verbs take it: only options of its kind."""
        data = self.cleaned_data
        plain = ("name", "kind", "endpoint", "system_id", "position", "poll_minutes", "packet_megabytes")
        return Wish(
            **{name: data[name] for name in plain},
            options={name: data[name] for name, kinds in OPTIONS.items() if data["kind"] in kinds},
        )

    @property
    def technical(self) -> list[forms.BoundField]:
        """Options that only some kinds have: of the connection's own kind where it is known."""
        kind = self.initial.get("kind") if self.fields["kind"].disabled else None
        return [
            self[name]
            for name, kinds in OPTIONS.items()
            if len(kinds) < len(Kind.values) and (kind is None or kind in kinds)
        ]


def _shown(row: Connection) -> dict[str, Any]:
    options = {name: value for name, value in row.options.items() if name != "unit_secret"}
    return options | {
        "name": row.name,
        "kind": row.kind,
        "endpoint": row.endpoint,
        "system_id": row.system_id,
        "position": row.position,
        "poll_minutes": row.poll_minutes,
        "packet_megabytes": row.packet_limit // MEGABYTE,
    }


class TypedIdField(forms.TypedChoiceField):
    """Something chosen by typing; the verb checks it."""

    def valid_value(self, value: Any) -> bool:
        return str(value).isdigit()


def _typed(source: str, placeholder: str) -> forms.Select:
    return forms.Select(
        {"data-island": "combobox", "data-source": reverse_lazy(source), "data-placeholder": placeholder}
    )


class AddressForm(Form):
    """A code of an office on a connection."""

    office = TypedIdField(label="Cơ quan", coerce=int, widget=_typed("suggest_offices", "Gõ tên cơ quan"))
    code = forms.CharField(
        label="Mã định danh", max_length=LONGEST, help_text="Như đã đăng ký trên trục, ví dụ H05.47."
    )
    preferred = forms.BooleanField(label="Gửi đi bằng địa chỉ này", required=False, initial=True)

    def __init__(self, *args: Any, own: tuple[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [own]  # type: ignore[attr-defined]


class NameForm(Form):
    """The true name of a body that wrote to us."""

    name = TextField(label="Tên cơ quan, đơn vị", max_length=500)


class JoinForm(Form):
    """Which known body an unconfirmed one is."""

    known = TypedIdField(
        label="Là đơn vị đã biết", coerce=int, widget=_typed("suggest_agencies", "Gõ tên hoặc mã")
    )


class CodeForm(Form):
    """One more code of a body."""

    code = forms.CharField(label="Mã khác", max_length=LONGEST, help_text="Ví dụ mã cũ 000.00.00.G22.")

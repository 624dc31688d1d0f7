"""Forms about certificates."""

from typing import Any

from django import forms

from vanthu.signing import certificates
from vanthu.signing.certificates import Given
from vanthu.web.shell.forms import Form, TextField

_PICTURE = "PNG nền trong suốt: chữ ký màu xanh, con dấu màu đỏ đúng cỡ thật (36 mm)."


class FileField(forms.FileField):
    """A file; its control says which ones."""

    def __init__(self, accept: str, **kwargs: Any) -> None:
        super().__init__(widget=forms.FileInput(attrs={"accept": accept}), **kwargs)


class EnrolForm(Form):
    """A certificate from a file, the device of its key, a picture."""

    file = FileField(
        ".cer,.crt,.pem,.der,.p7b,.p12,.pfx",
        label="Tệp chứng thư số",
        help_text="Xuất từ thiết bị, không kèm khóa bí mật: .cer, .crt, .pem, .p7b, .p12.",
    )
    password = forms.CharField(
        label="Mật khẩu của tệp",
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Chỉ khi là tệp .p12, .pfx có mật khẩu.",
    )
    provider = forms.ChoiceField(label="Khóa nằm ở")
    key_name = TextField(
        label="Tên khóa trong thiết bị",
        required=False,
        max_length=100,
        help_text="Tên hoặc mã mà thiết bị, dịch vụ ký từ xa đặt cho khóa này. Ký trên máy tính: để trống.",
    )
    picture = FileField(
        ".png", label="Ảnh chữ ký hoặc con dấu", required=False, help_text=f"{_PICTURE} Để trống: giữ ảnh cũ."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].choices = certificates.devices()  # type: ignore[attr-defined]

    @property
    def given(self) -> Given:
        """What a valid form brings."""
        data = self.cleaned_data
        picture = data["picture"].read() if data["picture"] else b""
        return Given(data["file"].read(), data["provider"], data["key_name"], data["password"], picture)


class WithdrawForm(Form):
    """Why a certificate is no longer used."""

    reason = TextField(label="Lý do thôi dùng", max_length=300)


class PictureForm(Form):
    """Another picture."""

    picture = FileField(".png", label="Ảnh mới", help_text=_PICTURE)

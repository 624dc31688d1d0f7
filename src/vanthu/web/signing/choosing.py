"""With which certificate a page signs: the one last used, or the one chosen on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vanthu.signing import queries
from vanthu.signing.devices import device_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict

    from vanthu.signing.models import Certificate
    from vanthu.signing.providers.base import Capabilities

NONE = (
    "Anh/chị chưa có chứng thư số trong hệ thống. Đề nghị quản trị cơ quan đăng ký chứng thư số rồi ký lại."
)
SECRETS = {"pin": "Mã PIN của thiết bị ký", "otp": "Mã xác thực (OTP)"}


@dataclass(frozen=True, slots=True)
class Key:
    """A certificate and the device that holds its key, as a choice."""

    certificate: Certificate
    device: Capabilities

    @property
    def label(self) -> str:
        return f"{self.device.label[:1].upper()}{self.device.label[1:]}"

    @property
    def secrets(self) -> list[tuple[str, str]]:
        """(name, label) of what the signer types here."""
        return [(name, SECRETS[name]) for name in self.device.secrets]

    @property
    def asks(self) -> bool:
        """Whether its owner has to act, so that the signature comes later."""
        return self.device.interactive


@dataclass(frozen=True, slots=True)
class Keys:
    """The choices; the first is proposed. `chosen` is None without any."""

    all: Sequence[Key]
    chosen: Key | None

    @property
    def several(self) -> bool:
        return len(self.all) > 1


def keys(kind: str, holder_id: int, sent: QueryDict | Mapping[str, str]) -> Keys:
    """What this person or office (kind `person`, `office`) may sign with; `sent` names one by `certificate`."""
    found = [
        Key(one, device_of(one.provider).capabilities) for one in queries.certificates_of(kind, holder_id)
    ]
    named = str(sent.get("certificate", ""))
    chosen = next((one for one in found if str(one.certificate.pk) == named), found[0] if found else None)
    return Keys(found, chosen)


def secrets_of(sent: QueryDict | Mapping[str, str], key: Key) -> dict[str, str]:
    """What was typed for this device."""
    return {name: str(sent.get(name, "")) for name in key.device.secrets}

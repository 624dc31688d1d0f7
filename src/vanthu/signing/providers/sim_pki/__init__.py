"""SIM PKI: the key lies in the SIM card, its owner types the PIN on the phone. A slot, not a device yet.

The shape of a call is ETSI TS 102 204 (a mobile signature service between us and the operator): `MSS_Signature` in the
mode asynchClientServer with the number (MSISDN), what the phone shows and the hash, then `MSS_StatusQuery` under the
service's transaction: `start` and `poll`, with `key_name` the number. Which service the government's SIM cards answer
to, and under which contract, is not public; so nothing is sent.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from cryptography import x509

from vanthu.signing.providers.base import Answer, Capabilities, Job, KeyHolder, SigningError

NAME = "sim_pki"


class SimPki:
    """Refuses with what is missing."""

    capabilities = Capabilities(
        frozenset({"sha256_rsa", "sha256_ecdsa"}), batch=1, interactive=True, label="SIM PKI"
    )

    def chain(self, holder: KeyHolder) -> list[x509.Certificate]:
        """Refuses: nothing can be asked."""
        raise _no_contract()

    def start(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """Refuses: nothing can be asked."""
        raise _no_contract()

    def poll(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """Refuses: nothing was asked."""
        raise _no_contract()

    def on_callback(self, payload: Mapping[str, Any]) -> tuple[str, Answer | None]:
        """Refuses: nobody reports."""
        raise _no_contract()


def _no_contract() -> SigningError:
    return SigningError(
        "Ký bằng SIM PKI cần hợp đồng với đơn vị cung cấp dịch vụ (Ban Cơ yếu Chính phủ và nhà mạng), hệ thống chưa"
        " được nối. Ký bằng thiết bị lưu khóa bí mật hoặc dịch vụ ký số từ xa; hỏi quản trị hệ thống.",
        permanent=True,
    )

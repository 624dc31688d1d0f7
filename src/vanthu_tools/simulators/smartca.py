"""A stand-in of VNPT SmartCA, gateway "sp769", after its integration document (version 4) and public callers of it."""

import json
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from werkzeug.routing import Rule
from werkzeug.wrappers import Request, Response

from vanthu_tools.simulators.phones import Credential, Service, Transaction, given

PORT = 9021
ROOT = "/sca/sp769"
_SAID = {  # what the document does not tell: the words of an answer to who declined or let it lapse
    "rejected": (4002, "user_rejected"),
    "expired": (4001, "transaction_expired"),
    "failed": (4004, "sign_failed"),
}


class SmartCa(Service):
    """`report_to` is the address that the service reports to; `wrap` makes of a signature what it returns."""

    title = "VNPT SmartCA (mô phỏng)"

    def __init__(
        self,
        wallet: Callable[[str], Iterable[Credential]],
        *,
        account: tuple[str, str] = ("demo", "demo"),
        report_to: str = "",
        wrap: Callable[[bytes, Credential, bytes], bytes] = lambda signature, credential, digest: signature,
    ) -> None:
        self.account, self.report_to, self.wrap = account, report_to, wrap
        super().__init__(wallet)

    def rules(self) -> list[Rule]:
        post = ["POST"]
        return [
            Rule(f"{ROOT}/v1/credentials/get_certificate", methods=post, endpoint=self._certificates),
            Rule(f"{ROOT}/v1/signatures/sign", methods=post, endpoint=self._sign),
            Rule(f"{ROOT}/v1/signatures/sign/<name>/status", methods=post, endpoint=self._status),
        ]

    def _certificates(self, request: Request) -> Response:
        body = given(request)
        if (refusal := self._stranger(body)) is not None:
            return refusal
        rows = []
        for one in self.wallet(str(body.get("user_id"))):
            if body.get("serial_number") in ("", None, one.serial):
                texts = [_text(above) for above in one.above]
                rows.append(
                    {
                        "service_type": "SMARTCA",
                        "cert_id": f"cert-{one.serial}",
                        "cert_status": "Đang hoạt động",
                        "serial_number": one.serial,
                        "cert_data": _text(one.certificate),
                        "chain_data": {
                            "ca_cert": texts[0] if texts else None,
                            "root_cert": texts[1] if texts[1:] else None,
                        },
                        "transaction_id": body.get("transaction_id"),
                    }
                )
        return _answer(200, "Success", {"user_certificates": rows})

    def _sign(self, request: Request) -> Response:
        body = given(request)
        if (refusal := self._stranger(body)) is not None:
            return refusal
        name = str(body.get("transaction_id") or "")
        serials = {one.serial: one for one in self.wallet(str(body.get("user_id")))}
        credential = serials.get(str(body.get("serial_number")))
        if credential is None:
            return _answer(403, "CREDENTIAL_STATUS_INVALID", None, 403)
        if not name or any(one.name == name for one in self.transactions.values()):
            return _answer(400, "transaction_id must be unique", None, 400)
        files = body.get("sign_files") or []
        if not files or any(one.get("sign_type") != "hash" for one in files):
            return _answer(400, "only hash is supported", None, 400)
        documents = [(str(one["doc_id"]), bytes.fromhex(one["data_to_be_signed"])) for one in files]
        made = self.ask(
            Transaction(
                name, str(body["user_id"]), credential, str(body.get("transaction_desc") or ""), documents
            )
        )
        return _answer(200, "sig_wait_for_user_confirm", {"transaction_id": name, "tran_code": made.id})

    def _status(self, request: Request, name: str) -> Response:
        found = next((one for one in self.transactions.values() if name in (one.name, one.id)), None)
        if found is None:
            return _answer(404, "transaction not found", None, 404)
        if found.now == "waiting":
            return _answer(200, "sig_wait_for_user_confirm", {"transaction_id": found.name})
        if found.now == "confirmed":
            return _answer(
                200, "SUCCESS", {"transaction_id": found.name, "signatures": self._signatures(found)}
            )
        return _answer(*_SAID[found.now], None)

    def pressed(self, transaction: Transaction) -> None:
        """Report; who does not answer is not told again."""
        if not self.report_to:
            return
        confirmed = transaction.state == "confirmed"
        code, message = (200, "SUCCESS") if confirmed else _SAID[transaction.state]
        body = {
            "sp_id": self.account[0],
            "status_code": code,
            "message": message,
            "transaction_id": transaction.name,
            "signed_files": self._signatures(transaction) if confirmed else [],
        }
        call = urllib.request.Request(  # noqa: S310 - an address of ours
            self.report_to, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with suppress(OSError), urllib.request.urlopen(call, timeout=5):  # noqa: S310
            pass

    def _signatures(self, transaction: Transaction) -> list[dict[str, Any]]:
        digests = dict(transaction.documents)
        return [
            {
                "doc_id": name,
                "signature_value": b64encode(
                    self.wrap(signature, transaction.credential, digests[name])
                ).decode(),
                "timestamp_signature": None,
            }
            for name, signature in transaction.signatures()
        ]

    def _stranger(self, body: Any) -> Response | None:
        if (body.get("sp_id"), body.get("sp_password")) != self.account:
            return _answer(401, "SP_CREDENTIAL_INVALID", None, 401)
        return None


def _answer(code: int, message: str, data: Any, status: int = 200) -> Response:
    body = {"status_code": code, "message": message, "data": data}
    return Response(json.dumps(body), status=status, mimetype="application/json")


def _text(certificate: x509.Certificate) -> str:
    """With the line ends that the real service puts in."""
    plain = b64encode(certificate.public_bytes(Encoding.DER)).decode()
    return "\r\n".join(plain[begin : begin + 76] for begin in range(0, len(plain), 76))

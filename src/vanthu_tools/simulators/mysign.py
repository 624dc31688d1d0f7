"""A stand-in of Viettel MySign, gateway "vtss", after public callers of it and notes on its documents."""

import base64
import json
from collections.abc import Callable, Iterable
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from werkzeug.routing import Rule
from werkzeug.wrappers import Request, Response

from vanthu_tools.simulators.phones import Credential, Service, Transaction, given

PORT = 9022
ROOT = "/vtss/service"
_STATUS = {"waiting": "4000", "confirmed": "1", "expired": "4001", "rejected": "4002", "failed": "4004"}
_LONGEST = 100  # letters of base64 that a name may have


class MySign(Service):
    """`logins` counts the tokens that were given."""

    title = "Viettel MySign (mô phỏng)"

    def __init__(
        self,
        wallet: Callable[[str], Iterable[Credential]],
        *,
        account: tuple[str, str, str] = ("demo", "demo", "adss:ras:profile:001"),
    ) -> None:
        self.account, self.logins = account, 0
        self.tokens: dict[str, str] = {}
        super().__init__(wallet)

    def rules(self) -> list[Rule]:
        post = ["POST"]
        return [
            Rule(f"{ROOT}/ras/v1/login", methods=post, endpoint=self._login),
            Rule(f"{ROOT}/certificates/info", methods=post, endpoint=self._certificates),
            Rule(f"{ROOT}/signHash", methods=post, endpoint=self._sign),
            Rule(f"{ROOT}/requests/status", methods=post, endpoint=self._status),
        ]

    def _login(self, request: Request) -> Response:
        body = given(request)
        if tuple(body.get(name) for name in ("client_id", "client_secret", "profile_id")) != self.account:
            return _refusal(401, "86024", "Client secret is invalid")
        if not list(self.wallet(str(body.get("user_id")))):
            return _refusal(400, "58008", "User ID does not exist")
        self.logins += 1
        token = f"token-{self.logins}"
        self.tokens[token] = str(body["user_id"])
        return _answer(
            {"access_token": token, "refresh_token": "", "token_type": "Bearer", "expires_in": "3600"}
        )

    def _certificates(self, request: Request) -> Response:
        user = self._user(request)
        if user is None:
            return _refusal(401, "59033", "token is invalid")
        return _answer(
            [
                {
                    "credential_id": f"{user}_{one.serial[:8]}",
                    "key": {"status": "enabled", "algo": ["1.2.840.113549.1.1.1"], "len": "2048"},
                    "cert": {
                        "status": "valid",
                        "certificates": [
                            base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()
                            for certificate in (one.certificate, *one.above)
                        ],
                    },
                    "authMode": "implicit",
                    "multisign": "2147483647",
                    "scal": "2",
                }
                for one in self.wallet(user)
            ]
        )

    def _sign(self, request: Request) -> Response:
        user, body = self._user(request), given(request)
        if user is None:
            return _refusal(401, "59033", "token is invalid")
        named = {f"{user}_{one.serial[:8]}": one for one in self.wallet(user)}
        credential = named.get(str(body.get("credentialID")))
        hashes, documents = body.get("hash") or [], body.get("documents") or []
        if credential is None or body.get("async") not in (1, 2):
            return _refusal(400, "40000", "credentialID or async is invalid")
        if not len(hashes) == len(documents) == body.get("numSignatures"):
            return _refusal(400, "40000", "numSignatures is invalid")
        if (title := _words(body.get("description"))) is None:
            return _refusal(400, "40000", "description is invalid")
        if any(_words(one.get("document_name")) is None for one in documents):
            return _refusal(400, "40000", "document_name is invalid")
        pairs = [
            (str(one["document_id"]), base64.b64decode(digest))
            for one, digest in zip(documents, hashes, strict=True)
        ]
        made = self.ask(Transaction("", user, credential, title, pairs))
        return _answer({"transactionId": made.id})

    def _status(self, request: Request) -> Response:
        if self._user(request) is None:
            return _refusal(401, "59033", "token is invalid")
        found = self.transactions.get(str(given(request).get("transactionId")))
        if found is None:
            return _refusal(400, "40004", "transaction does not exist")
        body: dict[str, Any] = {"status": _STATUS[found.now], "signatures": None}
        if found.now == "confirmed":
            texts = [base64.b64encode(signature).decode() for _, signature in found.signatures()]
            body["signatures"] = [f"{text[:60]}\r\n{text[60:]}" for text in texts]
        return _answer(body)

    def _user(self, request: Request) -> str | None:
        return self.tokens.get(request.headers.get("Authorization", "").removeprefix("Bearer "))


def _words(text: Any) -> str | None:
    """What a text in base64 says; None for one that the service refuses."""
    try:
        return base64.b64decode(str(text), validate=True).decode() if len(str(text)) < _LONGEST else None
    except ValueError:
        return None


def _answer(body: Any, status: int = 200) -> Response:
    return Response(json.dumps(body), status=status, mimetype="application/json")


def _refusal(status: int, code: str, said: str) -> Response:
    return _answer({"error": code, "error_description": said}, status)

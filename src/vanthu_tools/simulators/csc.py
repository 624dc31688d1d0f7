"""A stand-in of a remote signing service with the interface of the Cloud Signature Consortium, version 2."""

import base64
import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from werkzeug.routing import Rule
from werkzeug.wrappers import Request, Response

from vanthu_tools.simulators.phones import Credential, Service, given

ROOT = "/csc/v2"
_SHA256 = "2.16.840.1.101.3.4.2.1"


@dataclass
class Activation:
    """What a SAD opens: these hashes of this credential, each once."""

    credential: str
    left: list[str]


@dataclass
class Lock:
    """How a credential is opened: `kind` PIN, OTP or "" (nothing); three wrong tries lock it."""

    kind: str = "PIN"
    value: str = "123456"
    tries: int = 3
    sent: int = field(default=0)


class Csc(Service):
    """`locks` are by credential; `multisign` hashes fit into one call; `authorised` counts authorisations."""

    title = "CSC (mô phỏng)"

    def __init__(
        self,
        wallet: Callable[[str], Iterable[Credential]],
        locks: dict[str, Lock],
        *,
        multisign: int = 10,
        client: tuple[str, str] = ("", ""),
    ) -> None:
        self.locks, self.multisign, self.client = locks, multisign, client
        self.authorised = self.calls = 0
        self.activations: dict[str, Activation] = {}
        self.tokens: set[str] = set()
        super().__init__(wallet)

    def rules(self) -> list[Rule]:
        post = ["POST"]
        return [
            Rule("/oauth2/token", methods=post, endpoint=self._token),
            Rule(f"{ROOT}/credentials/info", methods=post, endpoint=self._info),
            Rule(f"{ROOT}/credentials/sendOTP", methods=post, endpoint=self._send),
            Rule(f"{ROOT}/credentials/authorize", methods=post, endpoint=self._authorise),
            Rule(f"{ROOT}/signatures/signHash", methods=post, endpoint=self._sign),
        ]

    def _token(self, request: Request) -> Response:
        body = given(request)
        if (body.get("client_id"), body.get("client_secret")) != self.client:
            return _refusal("invalid_client", "Client authentication failed", 401)
        token = secrets.token_urlsafe()
        self.tokens.add(token)
        return _answer({"access_token": token, "token_type": "Bearer", "expires_in": 3600})

    def _info(self, request: Request) -> Response:
        found = self._credential(request)
        if isinstance(found, Response):
            return found
        chain = [
            base64.b64encode(one.public_bytes(Encoding.DER)).decode()
            for one in (found.certificate, *found.above)
        ]
        kind = self.locks[str(given(request)["credentialID"])].kind
        return _answer(
            {
                "key": {"status": "enabled", "algo": ["1.2.840.113549.1.1.1"], "len": 2048},
                "cert": {"status": "valid", "certificates": chain},
                "auth": {"mode": "explicit" if kind else "implicit", "objects": [{"type": kind, "id": kind}]},
                "SCAL": "2",
                "multisign": self.multisign,
            }
        )

    def _send(self, request: Request) -> Response:
        found = self._credential(request)
        if isinstance(found, Response):
            return found
        self.locks[str(given(request)["credentialID"])].sent += 1
        return _answer({})

    def _authorise(self, request: Request) -> Response:
        found, body = self._credential(request), given(request)
        if isinstance(found, Response):
            return found
        hashes = body.get("hashes") or []
        if body.get("hashAlgorithmOID") != _SHA256 or len(hashes) != body.get("numSignatures"):
            return _refusal("invalid_request", "Numbers of signatures is too high or hashes are missing")
        lock = self.locks[str(body["credentialID"])]
        typed = {str(one.get("id")): str(one.get("value")) for one in body.get("authData") or []}
        if lock.kind and lock.tries <= 0:
            return _refusal("locked_pin", "The PIN is locked")
        if lock.kind and typed.get(lock.kind) != lock.value:
            lock.tries -= 1
            return _refusal(f"invalid_{lock.kind.lower()}", f"The {lock.kind} is invalid")
        lock.tries = 3
        self.authorised += 1
        activation = secrets.token_urlsafe()
        self.activations[activation] = Activation(str(body["credentialID"]), list(hashes))
        return _answer({"SAD": activation, "expiresIn": 3600})

    def _sign(self, request: Request) -> Response:
        found, body = self._credential(request), given(request)
        if isinstance(found, Response):
            return found
        hashes = body.get("hashes") or []
        activation = self.activations.get(str(body.get("SAD")))
        if activation is None or activation.credential != body["credentialID"]:
            return _refusal("invalid_request", "Invalid parameter SAD")
        if not 1 <= len(hashes) <= self.multisign or body.get("operationMode") != "S":
            return _refusal("invalid_request", "Too many hashes, or no synchronous mode")
        if any(one not in activation.left for one in hashes):
            return _refusal("invalid_request", "Hash is not authorized by the SAD")
        for one in hashes:
            activation.left.remove(one)
        self.calls += 1
        signed = (found.sign(base64.b64decode(one)) for one in hashes)
        return _answer({"signatures": [base64.b64encode(one).decode() for one in signed]})

    def _credential(self, request: Request) -> Credential | Response:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.client != ("", "") and token not in self.tokens:
            return _refusal("invalid_token", "The token is invalid", 401)
        found = next(iter(self.wallet(str(given(request).get("credentialID")))), None)
        return found or _refusal("invalid_request", "Invalid parameter credentialID")


def _answer(body: Any, status: int = 200) -> Response:
    return Response(json.dumps(body), status=status, mimetype="application/json")


def _refusal(error: str, said: str, status: int = 400) -> Response:
    return _answer({"error": error, "error_description": said}, status)

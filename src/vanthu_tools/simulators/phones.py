"""What the stand-ins of signing services share: signers' keys, requests on their phones, a page to press yes or no."""

import html
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

type Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

PATIENCE = timedelta(minutes=4)
_PREHASHED = utils.Prehashed(hashes.SHA256())
_PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="3"><title>{title}</title>
<body style="font: 18px sans-serif; max-width: 26rem; margin: 1rem auto"><h1>{title}</h1>
<p>Thay cho ứng dụng trên điện thoại, chỉ để trình diễn.</p>{rows}</body></html>"""
_ROW = """<form method="post" action="/phone/{id}" style="border: 1px solid #999; padding: 1rem; margin: 1rem 0">
<strong>{title}</strong><p>{documents} văn bản · mã {code}</p>
<button name="do" value="confirm">Đồng ý ký</button> <button name="do" value="reject">Từ chối</button></form>"""


@dataclass(frozen=True, slots=True)
class Credential:
    """A key at the service: its certificate and those above it, the root last."""

    certificate: x509.Certificate
    key: Key
    above: tuple[x509.Certificate, ...] = ()

    @property
    def serial(self) -> str:
        return f"{self.certificate.serial_number:x}"

    def sign(self, digest: bytes) -> bytes:
        """PKCS#1 v1.5 or DER of ECDSA over a SHA-256 hash."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(digest, padding.PKCS1v15(), _PREHASHED)
        return self.key.sign(digest, ec.ECDSA(_PREHASHED))


@dataclass
class Transaction:
    """One request on a phone. `name` is the caller's, `id` the service's; `documents` are (id, hash)."""

    name: str
    user_id: str
    credential: Credential
    title: str
    documents: list[tuple[str, bytes]]
    state: str = "waiting"  # confirmed, rejected, expired, failed
    id: str = field(default_factory=lambda: str(uuid4()))
    until: datetime = field(default_factory=lambda: datetime.now(UTC) + PATIENCE)

    @property
    def now(self) -> str:
        """Its state, lapsed when nobody answered."""
        return "expired" if self.state == "waiting" and datetime.now(UTC) > self.until else self.state

    def signatures(self) -> list[tuple[str, bytes]]:
        return [(name, self.credential.sign(digest)) for name, digest in self.documents]


class Service:
    """A signing service over HTTP. `wallet` gives the credentials of a user; subclasses add the addresses.

    `asked` counts the questions that appeared on phones; `lose` makes the next so many requests vanish after they took
    effect, as when the line breaks; while `hold` is set to an event, answers wait for it.
    """

    title = "Điện thoại"

    def __init__(self, wallet: Callable[[str], Iterable[Credential]]) -> None:
        self.wallet = wallet
        self.transactions: dict[str, Transaction] = {}
        self.lose = 0
        self.hold: threading.Event | None = None
        self.lock = threading.Lock()
        self._server: BaseWSGIServer | None = None
        phone = [
            Rule("/", methods=["GET"], endpoint=self._phone),
            Rule("/phone/<key>", methods=["POST"], endpoint=self._pressed),
        ]
        self._routes = Map([*phone, *self.rules()])

    def rules(self) -> list[Rule]:
        """The addresses of the service's interface."""
        return []

    @property
    def asked(self) -> int:
        return len(self.transactions)

    def ask(self, transaction: Transaction) -> Transaction:
        self.transactions[transaction.id] = transaction
        return transaction

    def press(self, state: str = "confirmed") -> None:
        """Every signer presses the same on every question that waits."""
        for one in list(self.transactions.values()):
            if one.state == "waiting":
                one.state = state
                self.pressed(one)

    def pressed(self, transaction: Transaction) -> None:
        """What the service does when its signer has answered."""

    def start(self, port: int = 0) -> str:
        """Serve in a thread; returns the address."""
        self._server = make_server("127.0.0.1", port, self, threaded=True, request_handler=_Quiet)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def serve(self, port: int) -> None:
        """Serve until Ctrl+C."""
        make_server("127.0.0.1", port, self, threaded=True, request_handler=_Quiet).serve_forever()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        try:
            endpoint, arguments = self._routes.bind_to_environ(environ).match()
            with self.lock:
                response = endpoint(request, **arguments)
                if self.lose and request.path != "/":
                    self.lose -= 1
                    response = Response("", status=502)
        except HTTPException as refusal:
            response = refusal.get_response(environ)
        if self.hold is not None:
            self.hold.wait(60)
        answered: Iterable[bytes] = response(environ, start_response)
        return answered

    def _phone(self, request: Request) -> Response:
        rows = "".join(
            _ROW.format(
                id=one.id, title=html.escape(one.title), documents=len(one.documents), code=one.id[-6:]
            )
            for one in self.transactions.values()
            if one.now == "waiting"
        )
        page = _PAGE.format(title=self.title, rows=rows or "<p>Không có yêu cầu nào.</p>")
        return Response(page, mimetype="text/html")

    def _pressed(self, request: Request, key: str) -> Response:
        one = self.transactions.get(key)
        if one is None:
            raise NotFound
        if one.now == "waiting":
            one.state = "confirmed" if request.form.get("do") == "confirm" else "rejected"
            threading.Thread(target=self.pressed, args=[one], daemon=True).start()
        return redirect("/", 303)


def given(request: Request) -> Mapping[str, Any]:
    """The object of JSON that came."""
    found = request.get_json(force=True, silent=True)
    return found if isinstance(found, dict) else {}


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing of each request."""

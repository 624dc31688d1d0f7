"""A stand-in for the government's signing program on a computer (VGCA Sign Service), for demonstration and tests.

Speaks its protocol over TLS with a certificate of its own: `wss://127.0.0.1:8987/SignApproved` and `/SignIssued`,
one text frame each way. Fetches the file, signs it as that program does (the first signature certifies with form
filling allowed, `adbe.pkcs7.detached`, SHA-256, a new visible field Signature1, Signature2 …) and returns it.
"""

import asyncio
import json
import ssl
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from ipaddress import IPv4Address
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout, FormData, WSMsgType, web
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from vanthu.signing.appearance import invented_seal, invented_signature, stamp_style

PORT = 8987
APPROVED, ISSUED = "/SignApproved", "/SignIssued"
DONE, CANCELLED, REFUSED = 0, 11, 12  # of the last two only "not 0" is known of the real program
_PATIENCE = ClientTimeout(total=60)


@dataclass(frozen=True, slots=True)
class Token:
    """A key device that is plugged in: the certificate, its key, those above it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def name(self) -> str:
        found = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(found[0].value) if found else ""


class Cancelled(Exception):
    """The person closed the window of the program without signing."""


class Crashed(Exception):
    """The program ended without a word."""


@dataclass
class Agent:
    """The program with what is plugged in: `person` signs what is approved, `office` what is issued.

    `decide` is the person at the computer: called with the path before each signature, it may raise `Cancelled`
    or `Crashed`. `heard` are the frames that came, for tests.
    """

    person: Token
    office: Token | None = None
    tsa_url: str = ""
    decide: Callable[[str], None] = lambda path: None
    heard: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def application(self) -> web.Application:
        made = web.Application()
        made.add_routes([web.get(APPROVED, self._called), web.get(ISSUED, self._called)])
        return made

    async def _called(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        message = await socket.receive()
        if message.type is not WSMsgType.TEXT:
            return socket
        frame = json.loads(message.data)
        self.heard.append((request.path, frame))
        try:
            self.decide(request.path)
            answer = await self._signed(request.path, frame)
        except Cancelled:
            answer = _answer(CANCELLED, "Người dùng hủy ký.")
        except Crashed:
            await socket.close(code=1011)
            return socket
        except (ClientError, TimeoutError) as error:
            answer = _answer(REFUSED, f"Không tải được tệp: {error}")
        await socket.send_str(json.dumps(answer, ensure_ascii=False))
        await socket.close()
        return socket

    async def _signed(self, path: str, frame: dict[str, object]) -> dict[str, object]:
        """Fetch, sign, return; the answer repeats what the upload handler said."""
        async with ClientSession(timeout=_PATIENCE) as session:
            async with session.get(str(frame["FileName"])) as response:
                response.raise_for_status()
                data = await response.read()
            token = self.office if path == ISSUED and self.office else self.person
            signed = await sign(data, token, seal=path == ISSUED, tsa_url=self.tsa_url)
            form = FormData()
            form.add_field("uploadfile", signed, filename="signed.pdf", content_type="application/pdf")
            async with session.post(str(frame["FileUploadHandler"]), data=form) as response:
                response.raise_for_status()
                said = await response.json()
        if said.get("Status") is not True:
            return _answer(REFUSED, str(said.get("Message", "")))
        return _answer(DONE, "", said) | {
            "DocumentNumber": frame.get("DocNumber", ""),
            "DocumentDate": frame.get("IssuedDate", ""),
        }


def _answer(status: int, message: str, said: dict[str, object] | None = None) -> dict[str, object]:
    named = {key: (said or {}).get(key, "") for key in ("FileName", "FileServer")}
    return {"Status": status, "Message": message, **named, "DocumentNumber": "", "DocumentDate": ""}


async def sign(data: bytes, token: Token, *, seal: bool = False, tsa_url: str = "") -> bytes:
    """The PDF with one more signature, as the government's program adds it."""
    writer = IncrementalPdfFileWriter(BytesIO(data), strict=False)
    reader = PdfFileReader(BytesIO(data), strict=False)
    taken = {one.field_name for one in reader.embedded_signatures}
    number = next(n for n in range(1, 99) if f"Signature{n}" not in taken)
    metadata = PdfSignatureMetadata(
        field_name=f"Signature{number}",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
        certify=not taken,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    page, box = _place(reader, "CoQuan" if seal else "LanhDao")
    picture = invented_seal(token.name) if seal else invented_signature(token.name)
    signer = PdfSigner(
        metadata,
        _signer(token),
        timestamper=HTTPTimeStamper(tsa_url) if tsa_url else None,
        stamp_style=stamp_style(picture),
        new_field_spec=SigFieldSpec(f"Signature{number}", on_page=page, box=box),
    )
    out = BytesIO()
    await signer.async_sign_pdf(writer, output=out)
    return out.getvalue()


def _place(reader: PdfFileReader, wanted: str) -> tuple[int, tuple[int, int, int, int]]:
    """Where the person draws the frame: over the empty field of that name, else low on the last page."""
    pages = int(reader.root["/Pages"]["/Count"])
    for number in range(pages):
        page, _ = reader.find_page_for_modification(number)
        for reference in page.get_object().get("/Annots", ()):
            annotation = reference.get_object()
            if str(annotation.get("/T", "")) == wanted:
                left, bottom, right, top = (round(float(value)) for value in annotation["/Rect"])
                return number, (left, bottom, right, top)
    return pages - 1, (330, 150, 500, 210)


def _signer(token: Token) -> SimpleSigner:
    store = SimpleCertificateStore()
    store.register_multiple(_asn1(one) for one in token.chain)
    return SimpleSigner(
        signing_cert=_asn1(token.certificate),
        signing_key=keys.PrivateKeyInfo.load(
            token.key.private_bytes(
                serialization.Encoding.DER,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        ),
        cert_registry=store,
    )


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


# --- running it ---


def own_certificate(folder: Path) -> Path:
    """A PEM file with a key and a certificate for 127.0.0.1 that signs itself, as the real program brings one."""
    path = folder / "agent-tls.pem"
    if path.exists():
        return path
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    begins = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=800))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), False)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


async def start(agent: Agent, pem: Path, port: int) -> tuple[web.AppRunner, int]:
    """The program listening on 127.0.0.1; port 0 takes a free one, which is returned."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    runner = web.AppRunner(agent.application(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port, ssl_context=context)
    await site.start()
    return runner, runner.addresses[0][1]


def serve(agent: Agent, pem: Path, port: int = PORT) -> None:
    """Run until the process ends."""

    async def forever() -> None:
        await start(agent, pem, port)
        await asyncio.Event().wait()

    asyncio.run(forever())


class Running:
    """The program in a thread, for tests: `address` is where browsers reach it."""

    def __init__(self, agent: Agent, folder: Path) -> None:
        self.agent = agent
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._runner, port = self._wait(start(agent, own_certificate(folder), 0))
        self.address = f"wss://127.0.0.1:{port}"

    def _wait[T](self, coroutine: Coroutine[object, object, T]) -> T:
        future: Future[T] = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        return future.result(timeout=30)

    def stop(self) -> None:
        """Nothing listens any more; calls that are under way end."""
        self._wait(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()

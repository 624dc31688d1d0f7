"""Ten documents by a key far away, in one authorisation, at a stand-in of a remote signing service."""

import time
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

from vanthu.signing import pades
from vanthu.signing.appearance import invented_signature, stamp_style
from vanthu.signing.places import LEADER
from vanthu.signing.providers.base import Done, Job, KeyHolder
from vanthu.signing.providers.csc import Csc as RemoteKey
from vanthu_tools.bench.signing.papers import SIGNER
from vanthu_tools.simulators.csc import Csc, Lock
from vanthu_tools.simulators.phones import Credential
from vanthu_tools.test_pki import Authority, Issued

DOCUMENTS = 10
_PIN = "123456"


@dataclass(frozen=True, slots=True)
class Batch:
    """How many documents were signed, with how many authorisations, and the seconds from asking to the last file."""

    documents: int
    authorisations: int
    seconds: float


def sign_ten(
    source: Path, folder: Path, authority: Authority, issued: Issued, key: rsa.RSAPrivateKey
) -> Batch:
    """Prepare ten files, ask once with a PIN, put the ten signatures in."""
    above = (authority.certificate("ca"), authority.root)
    credential = Credential(issued.certificate, key, above)
    service = Csc(lambda _: [credential], {"bench": Lock(value=_PIN)}, client=("bench", "bench"))
    settings.CSC_URL, settings.CSC_VERSION = service.start(), 2
    settings.CSC_ID, settings.CSC_SECRET = "bench", "bench"
    try:
        begun = time.perf_counter()
        holder, device = KeyHolder(issued.certificate, "bench"), RemoteKey(("pin",))
        chain, style = device.chain(holder), stamp_style(invented_signature(SIGNER))
        paths = [folder / f"remote-{number}.pdf" for number in range(DOCUMENTS)]
        prepared = [
            pades.prepare(source, path, field=LEADER, chain=chain, style=style, reason=path.stem)
            for path in paths
        ]
        answer = device.start(Job(holder, "Ten", secrets={"pin": _PIN}), [one.to_sign for one in prepared])
        if not isinstance(answer, Done):
            raise TypeError(answer)
        for path, one, signature in zip(paths, prepared, answer.signatures, strict=True):
            pades.finish(path, one, signature, tsa_url="")
        return Batch(len(paths), service.authorised, time.perf_counter() - begun)
    finally:
        service.stop()

"""One signature, as the product makes it."""

from pathlib import Path

from vanthu.signing import pades
from vanthu.signing.appearance import invented_signature, stamp_style
from vanthu.signing.places import LEADER
from vanthu.signing.providers.base import Done, Job, KeyHolder
from vanthu.signing.providers.software_key import SoftwareKey


def sign(source: Path, target: Path, holder: KeyHolder) -> None:
    """A PAdES signature (B-B) with a picture in the leader's field."""
    device = SoftwareKey()
    style = stamp_style(invented_signature("Nguyễn Văn An"))
    prepared = pades.prepare(source, target, field=LEADER, chain=device.chain(holder), style=style)
    answer = device.start(Job(holder, ""), [prepared.to_sign])
    if not isinstance(answer, Done):
        raise TypeError(answer)
    pades.finish(target, prepared, answer.signatures[0], tsa_url="")

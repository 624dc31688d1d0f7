"""Key devices by name. A new one is a folder here and a line in this dictionary."""

from vanthu.signing.providers import practice_key
from vanthu.signing.providers.base import DigestSigner
from vanthu.signing.providers.practice_key import PracticeKey
from vanthu.signing.providers.software_key import SoftwareKey

PROVIDERS: dict[str, DigestSigner] = {"software_key": SoftwareKey(), practice_key.NAME: PracticeKey()}

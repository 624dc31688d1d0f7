"""Key devices by name. A new one is a folder here and a line in this dictionary."""

from vanthu.signing.providers import agent, csc, mysign, pkcs11, practice_key, sim_pki, smartca
from vanthu.signing.providers.agent import Agent
from vanthu.signing.providers.base import DigestSigner
from vanthu.signing.providers.csc import Csc
from vanthu.signing.providers.mysign import MySign
from vanthu.signing.providers.pkcs11 import Pkcs11
from vanthu.signing.providers.practice_key import PracticeKey
from vanthu.signing.providers.sim_pki import SimPki
from vanthu.signing.providers.smartca import SmartCa
from vanthu.signing.providers.software_key import SoftwareKey

PROVIDERS: dict[str, DigestSigner] = {
    "software_key": SoftwareKey(),
    practice_key.NAME: PracticeKey(),
    agent.NAME: Agent(),
    pkcs11.NAME: Pkcs11(),
    csc.NAME: Csc(),
    csc.NAME_WITH_PIN: Csc(("pin",)),
    csc.NAME_WITH_OTP: Csc(("otp",)),
    smartca.NAME: SmartCa(),
    mysign.NAME: MySign(),
    sim_pki.NAME: SimPki(),
}

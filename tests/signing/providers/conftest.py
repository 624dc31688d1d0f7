"""Certificates whose keys lie at a service or in a module, for tests of the devices."""

from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.signing.authority import OFFICE, Cast
from tests.signing.requested import forms, signed
from vanthu.kernel.actor import SYSTEM
from vanthu.signing import actions
from vanthu.signing.actions import Enrolment
from vanthu.signing.models import Certificate
from vanthu_tools.simulators.phones import Credential
from vanthu_tools.test_pki import Holder

__all__ = ["forms", "signed"]  # fixtures

type Enrol = Callable[..., tuple[Certificate, Credential]]


@pytest.fixture(scope="session")
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture
def enrolled(cast: Cast, rsa_key: rsa.RSAPrivateKey) -> Enrol:
    """Enrol the leader (or the office) with a device that holds an RSA key (or another)."""

    def enrol(
        provider: str, key_name: str, kind: str = "person", key: Any = None
    ) -> tuple[Certificate, Credential]:
        number = 11 if kind == "person" else 1
        key = key or rsa_key
        issued = cast.authority.issue(Holder(kind, number, "Nguyễn Văn An", OFFICE), key=key)
        actions.enrol([Enrolment(kind, number, issued.certificate, provider, key_name)], by=SYSTEM)
        certificate = Certificate.objects.get(active=True, holder_kind=kind, provider=provider)
        above = (cast.authority.certificate("ca"), cast.authority.root)
        return certificate, Credential(issued.certificate, key, above)

    return enrol

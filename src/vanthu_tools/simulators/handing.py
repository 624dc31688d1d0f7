"""Puts phones with keys into the hands of the demonstration's people, and serves the service behind them."""

from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

from vanthu.kernel.actor import SYSTEM
from vanthu.organisations.models import Account
from vanthu.organisations.queries import valid_posts
from vanthu.signing import actions, queries
from vanthu.signing.actions import Enrolment
from vanthu.signing.models import Certificate
from vanthu_tools import test_pki
from vanthu_tools.simulators.mysign import MySign
from vanthu_tools.simulators.phones import Credential, Service
from vanthu_tools.simulators.smartca import SmartCa
from vanthu_tools.test_pki import Holder

_BITS = 2048


def service(device: str) -> Service:
    """The stand-in of this device (`smartca` or `mysign`) with the keys that were handed out."""
    wallet = _wallet(device)
    if device == "smartca":
        account = (settings.SMARTCA_ID, settings.SMARTCA_PASSWORD)
        return SmartCa(lambda user: wallet.get(user, []), account=account)
    account_of_mysign = (settings.MYSIGN_ID, settings.MYSIGN_SECRET, settings.MYSIGN_PROFILE)
    return MySign(lambda user: wallet.get(user, []), account=account_of_mysign)


def hand_out(device: str, usernames: Iterable[str]) -> list[str]:
    """Enrol a key on a phone for each account that has none; returns the names of all its people.

    Raises `LookupError` for an account that is not there or has no post.
    """
    names = []
    for username in usernames:
        account = Account.objects.select_related("person").filter(username=username).first()
        posts = valid_posts(person_id=account.person_id) if account and account.person_id else []
        if account is None or account.person is None or not posts:
            raise LookupError(f"There is no account {username} of a person with a post.")
        holder = Holder("person", account.person.pk, account.person.full_name, posts[0].office.name)
        if not any(one.provider == device for one in queries.certificates_of(holder.kind, holder.id)):
            _enrol(device, holder)
        names.append(holder.name)
    return names


def _enrol(device: str, holder: Holder) -> None:
    key = rsa.generate_private_key(65537, _BITS)
    issued = test_pki.ensure(Path(settings.PKI_DIR)).issue(holder, key=key)
    user = f"{holder.id:012d}"  # as long as a citizen's number
    actions.enrol([Enrolment(holder.kind, holder.id, issued.certificate, device, user)], by=SYSTEM)


def _wallet(device: str) -> dict[str, list[Credential]]:
    """By the service's name of the person."""
    authority = test_pki.ensure(Path(settings.PKI_DIR))
    above = (authority.certificate("ca"), authority.root)
    found: dict[str, list[Credential]] = {}
    for row in Certificate.objects.filter(provider=device, active=True):
        pem = (Path(settings.PKI_DIR) / "keys" / f"{row.serial}.pem").read_bytes()
        key = serialization.load_pem_private_key(pem, password=None)
        assert isinstance(key, rsa.RSAPrivateKey)
        found.setdefault(row.key_name, []).append(Credential(row.x509, key, above))
    return found

"""Key devices of people of the demonstration, plugged into the stand-in of the signing program."""

from pathlib import Path

from django.conf import settings

from vanthu.kernel.actor import SYSTEM
from vanthu.organisations.models import Account
from vanthu.organisations.powers import Role
from vanthu.organisations.queries import valid_posts
from vanthu.signing import actions, queries
from vanthu.signing.actions import Enrolment
from vanthu.signing.providers.agent import NAME
from vanthu_tools import test_pki
from vanthu_tools.simulators.agent import Agent, Token
from vanthu_tools.test_pki import Holder, read_key


def agent_of(username: str) -> Agent:
    """The program with the person's device; a clerk has the office's too. Raises `LookupError`."""
    account = Account.objects.select_related("person").filter(username=username).first()
    posts = valid_posts(person_id=account.person_id) if account and account.person_id else []
    if account is None or account.person is None or not posts:
        raise LookupError(f"There is no account {username} of a person with a post.")
    office = posts[0].office
    person = token(Holder("person", account.person.pk, account.person.full_name, office.name))
    seal = any(post.role == Role.CLERK for post in posts)
    return Agent(
        person,
        token(Holder("office", office.pk, office.name, office.name)) if seal else None,
        tsa_url=test_pki.ensure(Path(settings.PKI_DIR)).tsa_url,
    )


def token(holder: Holder) -> Token:
    """The holder's key device; a certificate from the test authority is enrolled where there is none."""
    authority = test_pki.ensure(Path(settings.PKI_DIR))
    mine = (one for one in queries.certificates_of(holder.kind, holder.id) if one.provider == NAME)
    found = next(mine, None)
    if found is not None:
        certificate, key_name = found.x509, found.key_name
    else:
        issued = authority.issue(holder)
        certificate, key_name = issued.certificate, issued.key_name
        actions.enrol([Enrolment(holder.kind, holder.id, certificate, NAME, key_name)], by=SYSTEM)
    key = read_key(Path(settings.PKI_DIR) / "keys" / f"{key_name}.pem")
    return Token(certificate, key, (authority.certificate("ca"),))

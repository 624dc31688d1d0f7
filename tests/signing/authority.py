"""A real time-stamp authority, OCSP responder and CRL server on a free port, and certificates from it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings

from vanthu.kernel.actor import SYSTEM, Actor
from vanthu.signing import actions, queries
from vanthu.signing.actions import Enrolment
from vanthu.signing.models import Certificate
from vanthu_tools.test_pki import Authority, Holder, serve_in_thread

OFFICE = "Viện kiểm sát nhân dân tỉnh Bắc Ninh"


@pytest.fixture(scope="session")
def authority() -> Iterator[Authority]:
    """The services answer in a thread; verification trusts their root."""
    made, server = serve_in_thread(Path(settings.PKI_DIR))
    yield made
    server.shutdown()
    server.server_close()


@dataclass
class Cast:
    """Who signs: a leader, a colleague and their office, each with a certificate."""

    authority: Authority
    leader: Actor = field(default_factory=lambda: Actor(person_id=11, office_id=1, name="Nguyễn Văn An"))
    colleague: Actor = field(default_factory=lambda: Actor(person_id=12, office_id=1, name="Trần Thị Bình"))

    def enrol(self, kind: str, number: int, name: str, **validity: object) -> Certificate:
        """A fresh certificate from the authority, enrolled for its holder."""
        issued = self.authority.issue(Holder(kind, number, name, OFFICE), **validity)  # type: ignore[arg-type]
        entry = Enrolment(kind, number, issued.certificate, "software_key", issued.key_name)
        actions.enrol([entry], by=SYSTEM)
        return queries.person_certificate(number) if kind == "person" else queries.office_certificate(number)

    def leader_certificate(self) -> Certificate:
        return self.enrol("person", 11, "Nguyễn Văn An")

    def colleague_certificate(self) -> Certificate:
        return self.enrol("person", 12, "Trần Thị Bình")

    def office_certificate(self) -> Certificate:
        return self.enrol("office", 1, OFFICE)

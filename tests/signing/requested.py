"""Three plans that wait for their signatures, and requests to sign them, for tests."""

from pathlib import Path

import pytest

from tests.signing.conftest import stored
from tests.signing.papers import SIGNER, make_paper
from vanthu.kernel.actor import Actor
from vanthu.kernel.jobs import run_jobs
from vanthu.signing import finishing, requests
from vanthu.signing.appearance import Invisible
from vanthu.signing.fields import prepare
from vanthu.signing.models import Certificate, SigningRequest
from vanthu.signing.places import find_places
from vanthu.signing.requests import Wanted


@pytest.fixture(scope="session")
def forms(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three plans with their fields."""
    folder = tmp_path_factory.mktemp("forms")
    made = []
    for number in range(3):
        paper = make_paper(folder / f"plan-{number}.pdf", gap=5 + number)
        made.append(folder / f"form-{number}.pdf")
        prepare(paper, find_places(paper, SIGNER), made[-1])
    return made


@pytest.fixture
def signed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The subjects that went on, in their order."""
    gone_on: list[int] = []
    monkeypatch.setitem(
        finishing._continuations, "test.sign", lambda session: gone_on.append(session.subject_id)
    )
    return gone_on


def ask(
    forms: list[Path], certificate: Certificate, by: Actor, key: str = "", field: str = "LanhDao"
) -> SigningRequest:
    wanted = [
        Wanted(stored(form), "approval", field, Invisible(), f"Kế hoạch {number}", 100 + number)
        for number, form in enumerate(forms)
    ]
    return requests.ask(wanted, certificate=certificate, purpose="test.sign", by=by, key=key)


def states(request: SigningRequest) -> list[str]:
    return [row.state for row in requests.progress(request)]


def over(request: SigningRequest) -> SigningRequest:
    """As it stands when all jobs have run, also those of the coming minute."""
    run_jobs(ahead=60)
    request.refresh_from_db()
    return request

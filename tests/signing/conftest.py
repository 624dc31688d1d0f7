from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.signing.authority import Cast
from tests.signing.papers import SIGNER, make_paper
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.models import StoredFile
from vanthu.signing import actions, queries
from vanthu.signing.appearance import Invisible
from vanthu.signing.fields import fill, prepare
from vanthu.signing.models import Certificate
from vanthu.signing.places import find_places
from vanthu_tools.test_pki import Authority

NUMBERED = {"SoVB": "129", "Ngay": "22", "Thang": "11"}


@pytest.fixture
def cast(authority: Authority, settings: Settings, db: None) -> Cast:
    settings.TSA_URL = authority.tsa_url
    return Cast(authority)


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An unsigned plan."""
    return make_paper(tmp_path_factory.mktemp("papers") / "plan.pdf")


@pytest.fixture(scope="session")
def form(paper: Path) -> Path:
    """The plan with its fields."""
    out = paper.with_name("form.pdf")
    prepare(paper, find_places(paper, SIGNER), out)
    return out


def stored(path: Path) -> StoredFile:
    return files.store_bytes(path, "application/pdf")


def bytes_of(file: StoredFile) -> bytes:
    with file_queries.copy_of(file) as path:
        return path.read_bytes()


class Issued:
    """A plan that the leader signed, the clerk numbered and the office sealed."""

    def __init__(self, cast: Cast, form: Path, folder: Path) -> None:
        self.leader = cast.leader_certificate()
        self.office = cast.office_certificate()
        self.signed = self._sign(stored(form), "approval", self.leader, cast)
        with file_queries.copy_of(self.signed.file) as path:
            fill(path, NUMBERED, folder / "numbered.pdf")
        self.sealed = self._sign(stored(folder / "numbered.pdf"), "seal", self.office, cast)
        self.path = folder / "issued.pdf"
        self.path.write_bytes(bytes_of(self.sealed.file))
        self.expected = {"LanhDao": self.leader.serial, "CoQuan": self.office.serial}

    def _sign(self, file: StoredFile, role: str, certificate: Certificate, cast: Cast) -> queries.SignedFile:
        look = queries.picture(certificate) if role != "initials" else Invisible()
        return actions.sign_file(file, role=role, certificate=certificate, appearance=look, by=cast.leader)


@pytest.fixture
def issued(cast: Cast, form: Path, tmp_path: Path) -> Issued:
    return Issued(cast, form, tmp_path)

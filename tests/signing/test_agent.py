"""The government's signing program: what it brings back is taken only when it is what was asked for."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.signing.authority import Cast
from tests.signing.conftest import NUMBERED
from vanthu.signing.fields import fill
from vanthu.signing.loops import run
from vanthu.signing.models import Certificate
from vanthu.signing.policies import GOVERNMENT_COMPAT, OWN
from vanthu.signing.providers.agent import Agent
from vanthu.signing.providers.base import KeyHolder, SigningError, Ticket
from vanthu.signing.verify import Verifier
from vanthu_tools.simulators.agent import Token, sign
from vanthu_tools.test_pki import read_key

AGENT = Agent()


def token(certificate: Certificate, cast: Cast) -> Token:
    key = read_key(Path(settings.PKI_DIR) / "keys" / f"{certificate.key_name}.pem")
    return Token(certificate.x509, key, (cast.authority.certificate("ca"),))


def ticket(certificate: Certificate, field: str = "LanhDao") -> Ticket:
    return AGENT.tickets("0" * 64, field, KeyHolder(certificate.x509, certificate.key_name))


def signed(path: Path, who: Token, cast: Cast, **options: object) -> Path:
    """A copy beside it that the program signed."""
    out = path.with_name(f"{path.stem}-signed.pdf")
    out.write_bytes(run(sign(path.read_bytes(), who, tsa_url=cast.authority.tsa_url, **options)))  # type: ignore[arg-type]
    return out


@pytest.fixture
def plan(form: Path, tmp_path: Path) -> Path:
    """The plan with its fields, where the test may write beside it."""
    path = tmp_path / "plan.pdf"
    path.write_bytes(form.read_bytes())
    return path


def test_leader_and_office_sign_with_it_and_the_number_comes_between(cast: Cast, plan: Path) -> None:
    leader, office = cast.leader_certificate(), cast.office_certificate()
    approved = signed(plan, token(leader, cast), cast)
    taken = AGENT.accept(ticket(leader), plan, approved)
    assert (taken.signer, taken.level, taken.covers_file) == ("Nguyễn Văn An", "B-T", True)
    numbered = plan.with_name("numbered.pdf")
    fill(approved, NUMBERED, numbered)
    issued = signed(numbered, token(office, cast), cast, seal=True)
    assert AGENT.accept(ticket(office, "CoQuan"), numbered, issued).serial == office.serial
    report = Verifier(GOVERNMENT_COMPAT).verify(issued)
    assert [one.field for one in report.signatures] == ["Signature1", "Signature2"]
    assert report.verdict == "valid"
    assert Verifier(OWN).verify(issued).verdict == "invalid"  # a visible field added to a certified file


def test_another_holder_another_file_and_no_signature_are_refused(
    cast: Cast, plan: Path, tmp_path: Path
) -> None:
    leader, colleague = cast.leader_certificate(), cast.colleague_certificate()
    others = signed(plan, token(colleague, cast), cast)
    with pytest.raises(SigningError, match="chứng thư số của Trần Thị Bình"):
        AGENT.accept(ticket(leader), plan, others)
    mine = signed(plan, token(leader, cast), cast)
    another = tmp_path / "another.pdf"
    another.write_bytes(plan.read_bytes()[:-9] + b"\n%%EOF \n\n")
    with pytest.raises(SigningError, match="không phải văn bản đã đưa ký"):
        AGENT.accept(ticket(leader), another, mine)
    with pytest.raises(SigningError, match="chưa được ký"):
        AGENT.accept(ticket(leader), plan, plan)
    filled = tmp_path / "filled.pdf"
    fill(plan, NUMBERED, filled)
    with pytest.raises(SigningError, match="chưa có chữ ký số"):
        AGENT.accept(ticket(leader), plan, filled)


def test_two_signatures_bytes_after_the_last_and_a_number_changed_under_way_are_refused(
    cast: Cast, plan: Path, tmp_path: Path
) -> None:
    leader = cast.leader_certificate()
    once = signed(plan, token(leader, cast), cast)
    twice = signed(once, token(leader, cast), cast)
    with pytest.raises(SigningError, match="đúng một chữ ký"):
        AGENT.accept(ticket(leader), plan, twice)
    trailing = tmp_path / "trailing.pdf"
    trailing.write_bytes(once.read_bytes() + b"x" * 40)
    with pytest.raises(SigningError, match="Không nhận tệp"):
        AGENT.accept(ticket(leader), plan, trailing)
    filled = tmp_path / "filled.pdf"
    fill(once, NUMBERED, filled)
    with pytest.raises(SigningError, match=r"ghi thêm sau khi ký|điền sau chữ ký cuối cùng"):
        AGENT.accept(ticket(leader), plan, filled)
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(plan.read_bytes() + b"garbage\n%%EOF\n")
    with pytest.raises(SigningError):
        AGENT.accept(ticket(leader), plan, damaged)


def test_a_revoked_certificate_is_refused(cast: Cast, plan: Path) -> None:
    leader = cast.leader_certificate()
    cast.authority.revoke(int(leader.serial, 16))
    with pytest.raises(SigningError, match="thu hồi"):
        AGENT.accept(ticket(leader), plan, signed(plan, token(leader, cast), cast))

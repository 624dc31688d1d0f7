"""Viettel MySign against a stand-in on loopback: log in once, one confirmation for many files, every way to fail."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.signing.authority import Cast
from tests.signing.providers.conftest import Enrol
from tests.signing.requested import ask, over, states
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Invalid
from vanthu.signing import asking
from vanthu.signing.models import Certificate
from vanthu_tools.simulators.mysign import MySign
from vanthu_tools.simulators.phones import Credential

USER = "CMT_001088012345"


@pytest.fixture
def wallet() -> dict[str, list[Credential]]:
    return {}


@pytest.fixture
def service(wallet: dict[str, list[Credential]], settings: Settings) -> Iterator[MySign]:
    made = MySign(lambda user: wallet.get(user, []), account=("vks", "secret", settings.MYSIGN_PROFILE))
    settings.MYSIGN_URL = made.start()
    settings.MYSIGN_ID, settings.MYSIGN_SECRET = "vks", "secret"
    yield made
    made.stop()


@pytest.fixture
def phone(service: MySign, wallet: dict[str, list[Credential]], enrolled: Enrol) -> Certificate:
    certificate, credential = enrolled("mysign", USER)
    wallet[USER] = [credential]
    return certificate


def test_three_files_are_signed_by_one_confirmation(
    cast: Cast, service: MySign, phone: Certificate, forms: list[Path], signed: list[int]
) -> None:
    request = ask(forms, phone, cast.leader)
    run_jobs(ahead=3)
    (transaction,) = service.transactions.values()
    assert transaction.title == "Ký 3 văn bản"
    assert states(request) == ["waiting"] * 3
    service.press()
    assert over(request).state == "done"
    assert (service.asked, service.logins) == (1, 1)
    assert signed == [100, 101, 102]


@pytest.mark.parametrize(
    ("pressed", "state"), [("rejected", "rejected"), ("expired", "expired"), ("failed", "failed")]
)
def test_what_the_signer_does_not_confirm_ends_with_a_sentence(
    cast: Cast, service: MySign, phone: Certificate, forms: list[Path], pressed: str, state: str
) -> None:
    request = ask(forms, phone, cast.leader)
    run_jobs()
    service.press(pressed)
    assert over(request).state == state
    assert "MySign" in request.problem


def test_a_token_that_ended_is_fetched_anew(
    cast: Cast, service: MySign, phone: Certificate, forms: list[Path], signed: list[int]
) -> None:
    request = ask(forms, phone, cast.leader)
    run_jobs()
    service.tokens.clear()
    service.press()
    assert over(request).state == "done"
    assert service.logins == 2


def test_when_the_answer_is_lost_the_phone_is_not_asked_a_second_time(
    cast: Cast, service: MySign, phone: Certificate, forms: list[Path], signed: list[int]
) -> None:
    request = ask(forms, phone, cast.leader)
    service.lose = 1
    assert asking.advance(request.pk)
    service.press()
    assert over(request).state == "failed"
    assert "bấm từ chối; rồi gửi ký lại" in request.problem
    assert service.asked == 1
    assert not signed
    again = ask(forms, phone, cast.leader)
    run_jobs()
    service.press()
    assert over(again).state == "done"


def test_a_stranger_to_the_service_is_told_so(
    cast: Cast, service: MySign, phone: Certificate, wallet: dict[str, list[Credential]], forms: list[Path]
) -> None:
    wallet.clear()
    with pytest.raises(Invalid, match="User ID does not exist"):
        ask(forms, phone, cast.leader)
    assert not service.asked

"""One authorisation for many files: a result per file, nothing twice, whatever is interrupted."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.signing.authority import Cast
from tests.signing.conftest import bytes_of, stored
from tests.signing.papers import make_paper
from tests.signing.phones import DECLINED, LAPSED, Killed, Phone
from tests.signing.requested import ask, forms, over, signed, states
from vanthu.kernel import ledger
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound, Unavailable
from vanthu.signing import actions, asking, finishing, queries, request_jobs, requests
from vanthu.signing.appearance import Invisible
from vanthu.signing.models import Certificate, SigningRequest, SigningSession
from vanthu.signing.providers import PROVIDERS
from vanthu.signing.providers.base import SigningError

__all__ = ["forms", "signed"]  # fixtures


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Phone:
    made = Phone()
    monkeypatch.setitem(PROVIDERS, "phone", made)
    return made


@pytest.fixture
def phone(cast: Cast, device: Phone) -> Certificate:
    """The leader's certificate, whose key answers to a phone."""
    certificate = cast.leader_certificate()
    certificate.provider = "phone"
    certificate.save(update_fields=["provider"])
    return certificate


def test_three_files_are_signed_by_one_confirmation(
    cast: Cast, device: Phone, phone: Certificate, forms: list[Path], signed: list[int], tmp_path: Path
) -> None:
    request = ask(forms, phone, cast.leader)
    assert states(request) == ["prepared"] * 3
    run_jobs()
    request.refresh_from_db()
    assert (request.state, request.code, states(request)) == ("waiting", "47", ["waiting"] * 3)
    assert not signed
    device.confirmed = True
    assert over(request).state == "done"
    assert len(device.authorisations) == 1
    assert device.titles == ["Ký 3 văn bản"]
    assert signed == [100, 101, 102]
    assert all(row.settled and not row.problem for row in requests.progress(request))
    for row in requests.progress(request):
        path = tmp_path / "signed.pdf"
        path.write_bytes(bytes_of(queries.signed_file(queries.session(row.session_id)).file))
        found = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=True)
        assert "Signature is Valid" in found.stdout
    assert [act.verb for act in ledger.history(request)] == [
        "signing.requested",
        "signing.answered",
        "signing.ended",
    ]
    assert ledger.history(request)[1].note == "xác nhận trên điện thoại: 3/3 chữ ký"


def test_a_device_that_takes_two_at_a_time_is_asked_twice(
    cast: Cast, device: Phone, phone: Certificate, forms: list[Path], signed: list[int]
) -> None:
    object.__setattr__(device.capabilities, "batch", 2)
    device.confirmed = True
    assert over(ask(forms, phone, cast.leader)).state == "done"
    assert [len(hashes) for hashes in device.authorisations.values()] == [2, 1]
    assert sorted(signed) == [100, 101, 102]


def test_a_device_that_asks_nobody_has_signed_at_once(
    cast: Cast, forms: list[Path], signed: list[int]
) -> None:
    request = ask(forms, cast.leader_certificate(), cast.leader)
    assert request.state == "done"
    assert signed == [100, 101, 102]


@pytest.mark.parametrize("twice", ["key", "files"])
def test_pressed_twice_is_asked_once(
    cast: Cast, device: Phone, phone: Certificate, forms: list[Path], signed: list[int], twice: str
) -> None:
    keys = ("k1", "k1") if twice == "key" else ("", "")
    first, second = (ask(forms, phone, cast.leader, key) for key in keys)
    assert first.pk == second.pk
    device.confirmed = True
    over(first)
    assert len(device.authorisations) == 1
    assert signed == [100, 101, 102]


def test_what_is_signed_already_is_taken_over_and_not_signed_again(
    cast: Cast, device: Phone, phone: Certificate, forms: list[Path], signed: list[int]
) -> None:
    device.confirmed = True
    over(ask(forms[:1], phone, cast.leader))
    again = over(ask(forms[:2], phone, cast.leader))
    assert again.state == "done"
    assert [len(hashes) for hashes in device.authorisations.values()] == [1, 1]
    assert sorted(signed) == [100, 100, 101]


def test_a_file_that_cannot_be_signed_spoils_no_other(
    cast: Cast, device: Phone, phone: Certificate, forms: list[Path], signed: list[int], tmp_path: Path
) -> None:
    device.spoils, device.confirmed = {1, -2}, True
    bare = make_paper(tmp_path / "bare.pdf")
    request = over(ask([*forms, bare], phone, cast.leader))
    assert request.state == "partly"
    rows = requests.progress(request)
    assert [row.state for row in rows] == ["signed", "failed", "failed", "failed"]
    assert "không ký văn bản này" in rows[1].problem
    assert "không khớp với chứng thư số" in rows[2].problem
    assert "ô không có hoặc đã ký" in rows[3].problem
    assert signed == [100]
    assert SigningSession.objects.exclude(state="signed").filter(level="").count() == 3


def test_when_no_file_can_be_signed_nothing_is_asked(
    cast: Cast, device: Phone, phone: Certificate, tmp_path: Path
) -> None:
    with pytest.raises(Invalid, match="ô không có hoặc đã ký"):
        ask([make_paper(tmp_path / "bare.pdf")], phone, cast.leader)
    assert not SigningRequest.objects.exists()


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_process_killed_while_it_asks_is_followed_by_one_that_asks_under_the_same_reference(
    cast: Cast, device: Phone, phone: Certificate, forms: list[Path], signed: list[int], moment: str
) -> None:
    request = ask(forms, phone, cast.leader)
    device.dies = moment
    with pytest.raises(Killed):
        asking.advance(request.pk)
    assert states(request) == ["waiting"] * 3
    device.dies, device.confirmed = "", True
    request_jobs.resume()
    assert over(request).state == "done"
    assert len(device.authorisations) == 1
    assert signed == [100, 101, 102]


def test_a_process_killed_before_it_finishes_a_file_is_followed_by_one_that_does(
    cast: Cast,
    device: Phone,
    phone: Certificate,
    forms: list[Path],
    signed: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    device.confirmed = True
    request = ask(forms, phone, cast.leader)
    assert asking.advance(request.pk)
    assert states(request) == ["answered"] * 3
    SigningRequest.objects.update(expires_at=datetime.now(UTC) - timedelta(minutes=1))
    device.trouble = SigningError("never asked again")
    request_jobs.resume()
    assert over(request).state == "done"
    assert signed == [100, 101, 102]


def test_a_continuation_that_refuses_is_shown_and_one_that_is_unavailable_comes_again(
    cast: Cast, device: Phone, phone: Certificate, forms: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([Conflict("Dự thảo vừa được sửa."), Unavailable("Kho tệp chưa trả lời."), None])

    def go_on(session: SigningSession) -> None:
        if (answer := next(answers)) is not None:
            raise answer

    monkeypatch.setitem(finishing._continuations, "test.sign", go_on)
    device.confirmed = True
    request = ask(forms[:2], phone, cast.leader)
    asking.advance(request.pk)
    first, second = queries.unfinished_session_ids(request.pk)
    finishing.finish(first)
    with pytest.raises(Unavailable):
        finishing.finish(second)
    request.refresh_from_db()
    assert (request.state, states(request)) == ("waiting" if request.code else "asked", ["signed", "signed"])
    finishing.finish(second)
    request.refresh_from_db()
    assert request.state == "done"
    assert [row.problem for row in requests.progress(request)] == ["Dự thảo vừa được sửa.", ""]


@pytest.mark.parametrize(("trouble", "state"), [(DECLINED, "rejected"), (LAPSED, "expired")])
def test_declining_and_letting_it_lapse_free_the_files(
    cast: Cast,
    device: Phone,
    phone: Certificate,
    forms: list[Path],
    signed: list[int],
    trouble: SigningError,
    state: str,
) -> None:
    device.trouble = trouble
    request = over(ask(forms, phone, cast.leader))
    assert (request.state, states(request)) == (state, [state] * 3)
    assert request.problem == trouble.message
    device.trouble, device.confirmed = None, True
    assert over(ask(forms, phone, cast.leader)).state == "done"


def test_a_device_that_does_not_answer_is_asked_until_the_request_expires(
    cast: Cast, device: Phone, phone: Certificate, forms: list[Path]
) -> None:
    request = ask(forms, phone, cast.leader)
    device.trouble = SigningError("Dịch vụ ký chưa trả lời.")
    assert asking.advance(request.pk)
    request.refresh_from_db()
    assert request.problem == "Dịch vụ ký chưa trả lời."
    SigningRequest.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert not asking.advance(request.pk)
    request.refresh_from_db()
    assert (request.state, states(request)) == ("expired", ["expired"] * 3)


def test_a_cancelled_request_takes_no_signature(
    cast: Cast, device: Phone, phone: Certificate, forms: list[Path], signed: list[int]
) -> None:
    request = ask(forms, phone, cast.leader)
    asking.advance(request.pk)
    with pytest.raises(NotFound):
        requests.cancel(request.pk, by=cast.colleague)
    assert requests.cancel(request.pk, by=cast.leader).state == "cancelled"
    device.confirmed = True
    assert over(request).state == "cancelled"
    assert not signed
    with pytest.raises(Conflict, match="không hủy được nữa"):
        requests.cancel(request.pk, by=cast.leader)


def test_a_report_of_the_service_finishes_at_once_and_twice_is_once(
    cast: Cast, device: Phone, phone: Certificate, forms: list[Path], signed: list[int]
) -> None:
    request = ask(forms, phone, cast.leader)
    asking.advance(request.pk)
    (part,) = device.authorisations
    held = SigningSession.objects.select_related("certificate").first()
    assert held is not None
    job = asking.Job(asking.holder_of(held.certificate), "", part)
    payload = {"reference": part, "signatures": device.signatures(job)}
    assert request_jobs.told("phone", payload)
    assert states(request) == ["answered"] * 3
    assert not request_jobs.told("phone", payload)
    assert over(request).state == "done"
    assert device.polls == 0
    assert signed == [100, 101, 102]


def test_a_forged_report_changes_nothing(
    cast: Cast, device: Phone, phone: Certificate, forms: list[Path]
) -> None:
    request = ask(forms, phone, cast.leader)
    asking.advance(request.pk)
    (part,) = device.authorisations
    assert request_jobs.told("phone", {"reference": part, "signatures": [b"x" * 70] * 3})
    assert states(request) == ["waiting"] * 3
    assert not request_jobs.told("phone", {"reference": "unknown"})


def test_a_typed_code_goes_to_the_device_once_and_is_kept_nowhere(
    cast: Cast, device: Phone, phone: Certificate, forms: list[Path], signed: list[int]
) -> None:
    object.__setattr__(device.capabilities, "secrets", ("pin",))
    request = ask(forms, phone, cast.leader)
    run_jobs()
    assert states(request) == ["prepared"] * 3
    with pytest.raises(Invalid) as missing:
        requests.authorise(request.pk, {}, by=cast.leader)
    assert set(missing.value.fields) == {"pin"}
    with pytest.raises(Invalid, match="còn 2 lần thử"):
        requests.authorise(request.pk, {"pin": "9999"}, by=cast.leader)
    assert states(request) == ["prepared"] * 3
    with pytest.raises(NotFound):
        requests.authorise(request.pk, {"pin": "1234"}, by=cast.colleague)
    requests.authorise(request.pk, {"pin": "1234"}, by=cast.leader)
    assert states(request) == ["answered"] * 3
    assert over(request).state == "done"
    assert len(device.authorisations) == 1
    with pytest.raises(Conflict, match="đã kết thúc"):
        requests.authorise(request.pk, {"pin": "1234"}, by=cast.leader)


def test_a_process_killed_with_a_typed_code_asks_for_it_again(
    cast: Cast, device: Phone, phone: Certificate, forms: list[Path], signed: list[int]
) -> None:
    object.__setattr__(device.capabilities, "secrets", ("pin",))
    request = ask(forms, phone, cast.leader)
    device.dies = "before"
    with pytest.raises(Killed):
        requests.authorise(request.pk, {"pin": "1234"}, by=cast.leader)
    device.dies = ""
    assert asking.advance(request.pk)
    assert states(request) == ["prepared"] * 3
    requests.authorise(request.pk, {"pin": "1234"}, by=cast.leader)
    assert over(request).state == "done"


def test_only_the_holder_asks_and_the_same_file_waits_for_one(
    cast: Cast, device: Phone, phone: Certificate, forms: list[Path]
) -> None:
    with pytest.raises(NotAllowed):
        ask(forms, phone, cast.colleague)
    ask(forms[:1], phone, cast.leader)
    mixed = ask(forms, phone, cast.leader)
    rows = requests.progress(mixed)
    assert rows[0].state == "failed"
    assert "đang chờ ký trong một yêu cầu khác" in rows[0].problem
    assert [row.state for row in rows[1:]] == ["prepared"] * 2
    with pytest.raises(Unavailable) as waits:  # the direct way asks no second time either
        actions.sign_file(
            stored(forms[0]), role="approval", certificate=phone, appearance=Invisible(), by=cast.leader
        )
    assert waits.value.code == "waiting"
    assert not device.authorisations

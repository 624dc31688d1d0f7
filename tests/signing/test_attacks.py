"""Every attack of the trial on files that others signed is found, every clean file passes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.signing.attacks import INCREMENTAL, Workshop, asn1
from vanthu.signing.policies import GOVERNMENT_COMPAT, LEGACY_SHA1, OWN
from vanthu.signing.report import Report
from vanthu.signing.verify import Verifier
from vanthu_tools.test_pki import Authority

CLEAN = ("simple", "issued", "archived", "renewed", "government")


@pytest.fixture(scope="session")
def workshop(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(authority, tmp_path_factory.mktemp("attacks"))


@pytest.fixture(scope="session")
def verifier(workshop: Workshop) -> Verifier:
    """Chooses the policy of each file; trusts the root of the test authority."""
    return Verifier(None, [asn1(workshop.authority.root)])


@pytest.fixture(params=("issued", "archived", "government"))
def clean(request: pytest.FixtureRequest, workshop: Workshop) -> Path:
    return Path(getattr(workshop, request.param))


def codes(report: Report) -> set[str]:
    return {one.code for one in (*report.findings, *report.signatures) if one.code}


@pytest.mark.parametrize(
    ("name", "level", "policy", "roles"),
    [
        ("simple", "B-B", "government_compat/1", ["approval"]),
        ("issued", "B-T", "own/1", ["approval", "seal"]),
        ("archived", "B-LTA", "own/1", ["initials", "initials", "approval", "seal"]),
        ("renewed", "B-LTA", "own/1", ["initials", "initials", "approval", "seal"]),
        ("government", "B-T", "government_compat/1", ["approval", "seal"]),
    ],
)
def test_clean_files_pass(
    workshop: Workshop, verifier: Verifier, name: str, level: str, policy: str, roles: list[str]
) -> None:
    report = verifier.verify(getattr(workshop, name))
    assert (report.verdict, report.level, report.policy) == ("valid", level, policy), report.summary
    assert [one.role for one in report.signatures] == roles
    assert report.problems == ()
    assert report.notes == (("không có chữ ký của cơ quan",) if name == "simple" else ())


def test_stranger_changes_are_told_apart_from_evidence(workshop: Workshop, verifier: Verifier) -> None:
    *_, leader, office = verifier.verify(workshop.renewed).signatures
    assert office.changed == "chỉ thêm dấu thời gian, bằng chứng kiểm tra"
    assert "thêm chữ ký (cơ quan)" in leader.changed
    assert "điền số văn bản" in verifier.verify(workshop.issued).signatures[0].changed


def test_a02_a_changed_byte(workshop: Workshop, verifier: Verifier, clean: Path) -> None:
    report = verifier.verify(workshop.a02_byte_changed(clean))
    assert report.verdict == "invalid"
    assert not any(one.intact for one in report.signatures)


def test_a03_a_changed_signature(workshop: Workshop, verifier: Verifier, clean: Path) -> None:
    report = verifier.verify(workshop.a03_signature_changed(clean))
    assert report.verdict == "invalid"
    assert report.signatures[0].code == "content_changed"


def test_a03b_a_changed_time_stamp(workshop: Workshop, verifier: Verifier) -> None:
    report = verifier.verify(workshop.a03b_stamp_changed(workshop.government))
    assert report.verdict == "invalid"
    assert report.signatures[0].code == "stamp_broken"


@pytest.mark.parametrize(
    "tail", [b"secret", b"\n%%EOF\n", b"secret\n%%EOF\n", b" " * 64, b"x\nstartxref\n%d\n%%%%EOF\n"]
)
def test_a04_garbage_after_the_end(workshop: Workshop, verifier: Verifier, clean: Path, tail: bytes) -> None:
    again = int(clean.read_bytes().rpartition(b"startxref")[2].split()[0])
    report = verifier.verify(workshop.a04_garbage(clean, tail % again if b"%d" in tail else tail))
    assert report.verdict == "invalid"


@pytest.mark.parametrize("policy", [OWN, GOVERNMENT_COMPAT, LEGACY_SHA1])
@pytest.mark.parametrize("code", INCREMENTAL)
def test_a05_to_a08_changed_after_signing(workshop: Workshop, clean: Path, code: str, policy: object) -> None:
    verifier = Verifier(policy, [asn1(workshop.authority.root)])  # type: ignore[arg-type]
    report = verifier.verify(INCREMENTAL[code](workshop, clean))
    assert report.verdict == "invalid"
    assert "changed_after_signing" in codes(report)
    assert any(change.startswith(code) for one in report.signatures for change in one.changes)


def test_a09_to_a11_broken_structures(workshop: Workshop, verifier: Verifier, clean: Path) -> None:
    for attack in (workshop.a09_range_removed, workshop.a10_signature_emptied, workshop.a11_wrapped):
        assert verifier.verify(attack(clean)).verdict == "invalid"


def test_a12_to_a14_certificates(workshop: Workshop, verifier: Verifier) -> None:
    expired, revoked = verifier.verify(workshop.a12_expired()), verifier.verify(workshop.a13_revoked())
    assert (expired.verdict, expired.signatures[0].code) == ("invalid", "expired")
    assert (revoked.verdict, revoked.signatures[0].revocation) == ("invalid", "revoked")
    forged = verifier.verify(workshop.a14_self_signed())
    assert (forged.verdict, forged.signatures[0].trusted) == ("unknown", False)


def test_a15_the_number_is_changed(workshop: Workshop, verifier: Verifier) -> None:
    for clean in (workshop.issued, workshop.archived):
        for policy in (None, GOVERNMENT_COMPAT):
            judge = verifier if policy is None else Verifier(policy, [asn1(workshop.authority.root)])
            for attack in (workshop.a15_number_changed, workshop.a15b_number_changed_and_signed):
                report = judge.verify(attack(clean))
                assert report.verdict == "invalid"
                assert "số, ngày hoặc ô nhập bị sửa sau khi đã ký (SoVB)" in report.problems


def test_a16_rolled_back(workshop: Workshop, verifier: Verifier, clean: Path) -> None:
    earlier = workshop.a16_rolled_back(clean)
    assert "office_absent" in codes(verifier.verify(earlier))
    report = verifier.verify(earlier, roles=["approval", "seal"])
    assert report.verdict == "invalid"
    assert "thiếu chữ ký: cơ quan ký" in report.problems


def test_a17_a_font_is_redefined(workshop: Workshop, verifier: Verifier, clean: Path) -> None:
    report = verifier.verify(workshop.a17_font_redefined(clean))
    assert report.verdict == "invalid"
    assert "page_changed: 1" in report.signatures[-1].changes


def test_a18_an_extra_signer(workshop: Workshop, verifier: Verifier, clean: Path) -> None:
    roles = [one.role for one in verifier.verify(clean).signatures]
    extra = workshop.a18_extra_signer(clean)
    assert verifier.verify(clean, roles=roles).verdict == "valid"
    report = verifier.verify(extra, roles=roles)
    assert report.verdict == "invalid"
    assert "signer_unexpected" in codes(report)
    plain = verifier.verify(extra)
    assert any("Trần Thị Bình" in note and "ký thêm" in note for note in plain.notes)


def test_evidence_in_the_file_answers_when_nobody_else_does(workshop: Workshop) -> None:
    alone = Verifier(None, [asn1(workshop.authority.root)], online=False)
    *initials, leader, office = alone.verify(workshop.renewed).signatures
    assert {leader.verdict, office.verdict} == {"valid"}
    assert {one.revocation for one in initials} == {"unknown"}
    assert alone.verify(workshop.issued).verdict == "unknown"


def test_the_initials_of_many_are_one_word(workshop: Workshop, verifier: Verifier) -> None:
    assert verifier.verify(workshop.archived, roles=["initials", "approval", "seal"]).verdict == "valid"
    assert verifier.verify(workshop.archived, roles=["approval", "seal"]).verdict == "invalid"


def test_sha1_only_below_the_roots_that_a_policy_names(
    workshop: Workshop, verifier: Verifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = workshop.sign(workshop.paper, workshop.old_key(), "Signature1", stamp=False, out="old.pdf")
    report = verifier.verify(old)
    assert (report.verdict, report.signatures[0].code) == ("invalid", "weak_algorithm")
    root = asn1(workshop.authority.root)
    assert Verifier(LEGACY_SHA1, [root]).verify(old).verdict == "valid"
    monkeypatch.setattr(
        "vanthu.signing.roots.trusted", lambda: (root,)
    )  # the installation's, of another name
    assert Verifier(LEGACY_SHA1).verify(old).verdict == "invalid"


@pytest.mark.parametrize("online", [True, False])
def test_a_certificate_that_names_nobody_to_ask(workshop: Workshop, online: bool) -> None:
    key = workshop.silent_key()
    silent = workshop.sign(workshop.paper, key, "Signature1", stamp=False, out="silent.pdf")
    report = Verifier(None, [asn1(key.chain[0])], online=online).verify(silent)
    assert (report.verdict, report.signatures[0].revocation) == ("valid", "good")


@hypothesis_settings(max_examples=60)
@given(data=st.data())
def test_damaged_files_are_judged_and_never_raise(
    data: st.DataObject, workshop: Workshop, verifier: Verifier
) -> None:
    clean = workshop.issued.read_bytes()
    damaged = bytearray(clean)
    match data.draw(st.sampled_from(["cut", "flip", "fill", "noise"])):
        case "cut":
            del damaged[data.draw(st.integers(0, len(clean) - 20)) :]
        case "flip":
            for at in data.draw(
                st.lists(st.integers(0, len(clean) - 1), min_size=1, max_size=30, unique=True)
            ):
                damaged[at] ^= data.draw(st.integers(1, 255))
        case "fill":
            start = data.draw(st.integers(0, len(clean) - 1))
            damaged[start : start + 200] = data.draw(st.binary(min_size=1, max_size=200))
        case "noise":
            damaged[:] = data.draw(st.binary(max_size=400))
    path = workshop.rewritten(bytes(damaged), "damaged.pdf")
    assert verifier.verify(path).verdict != "valid" or bytes(damaged) == clean


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"%PDF-1.7\nxref\n0 999999999\ntrailer\n<< /Size 999999999 >>\nstartxref\n9\n%%EOF\n",
        b"%PDF-1.7\ntrailer\n<< /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF\n",
        b"%PDF-1.7\n" + b"[" * 20000,
    ],
)
def test_strange_files_are_invalid(workshop: Workshop, verifier: Verifier, content: bytes) -> None:
    assert verifier.verify(workshop.rewritten(content, "strange.pdf")).verdict == "invalid"


def test_files_with_passwords_are_no_errors(workshop: Workshop, verifier: Verifier) -> None:
    assert "locked" in codes(verifier.verify(workshop.locked))
    assert verifier.verify(workshop.restricted).verdict == "unsigned"

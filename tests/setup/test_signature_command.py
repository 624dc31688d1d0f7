"""`vanthu signature check`: one JSON list, exit codes, sentences; no server, no database."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from tests.signing.attacks import Workshop
from vanthu_tools import signature_commands
from vanthu_tools.test_pki import Authority

ENTRY = {"file", "valid", "level", "signatures", "findings"}
SIGNATURE = {"signer", "role", "intact", "trusted", "revocation", "signed_at", "changes_after"}


@pytest.fixture(scope="module")
def workshop(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(authority, tmp_path_factory.mktemp("command"))


@pytest.fixture(scope="module")
def root(workshop: Workshop) -> str:
    return str(workshop.authority.folder / "roots" / "root.pem")


def check(*arguments: object) -> Result:
    """The command in this process."""
    return CliRunner().invoke(signature_commands.app, ["check", *map(str, arguments)])


def alone(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, on a machine whose database does not answer."""
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}
    command = [str(Path(sys.executable).parent / "vanthu"), "signature", "check", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def judged(*arguments: object) -> list[dict[str, Any]]:
    done = check(*arguments, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    return read(done.stdout)


def read(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)
    assert all(one.keys() == ENTRY for one in found)
    assert all(signature.keys() == SIGNATURE for one in found for signature in one["signatures"])
    return found


def test_files_are_judged_in_their_order(workshop: Workshop, root: str) -> None:
    text = workshop.rewritten(b"hello", "hello.txt")
    files = [workshop.archived, workshop.a05_page_replaced(workshop.issued), workshop.paper, text]
    done = alone(*files, "--json", "--trust", root)
    assert (done.returncode, done.stderr) == (0, "")
    clean, changed, unsigned, nothing = read(done.stdout)
    assert (clean["valid"], clean["level"], clean["findings"]) == (True, "B-LTA", [])
    assert [one["role"] for one in clean["signatures"]] == ["initials", "initials", "leader", "office"]
    assert {one["revocation"] for one in clean["signatures"]} == {"good"}
    assert clean["signatures"][-1]["changes_after"] == ["evidence_added", "stamp_added"]
    assert not changed["valid"]
    assert "page_changed: 1" in changed["signatures"][-1]["changes_after"]
    assert any(one.startswith("changed_after_signing: ") for one in changed["findings"])
    assert (unsigned["valid"], unsigned["level"], unsigned["signatures"]) == (False, "none", [])
    assert [one.partition(":")[0] for one in (*unsigned["findings"], *nothing["findings"])] == [
        "unsigned",
        "damaged",
    ]


def test_expected_roles(workshop: Workshop, root: str) -> None:
    files = [
        workshop.issued,
        workshop.a16_rolled_back(workshop.issued),
        workshop.a18_extra_signer(workshop.government),
    ]
    whole, rolled_back, extra = judged(*files, "--trust", root, "--expect", "leader, office")
    assert whole["valid"]
    assert any("role_missing: thiếu chữ ký: cơ quan ký" in one for one in rolled_back["findings"])
    assert any(one.startswith("signer_unexpected: ") for one in extra["findings"])


def test_a_root_that_is_not_trusted(workshop: Workshop, tmp_path: Path) -> None:
    (tmp_path / "other.pem").write_bytes((workshop.authority.folder / "tsa.pem").read_bytes())
    (found,) = judged(workshop.issued, "--trust", tmp_path / "other.pem")
    assert not found["valid"]
    assert not any(one["trusted"] for one in found["signatures"])


def test_what_cannot_be_read_still_has_its_entry(workshop: Workshop, root: str) -> None:
    done = check(workshop.folder / "missing.pdf", workshop.simple, "--json", "--trust", root)
    missing, simple = json.loads(done.stdout)
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "Không đọc được tệp" in done.stderr
    assert (missing["valid"], missing["findings"][0].partition(":")[0]) == (False, "unreadable")
    assert simple["valid"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--policy", "strict"], "Không có chính sách “strict”"),
        (["--expect", "leader,boss"], "Không có vai trò “boss”"),
        (["--trust", "/nowhere.pem"], "Không đọc được chứng thư gốc"),
    ],
)
def test_an_option_that_means_nothing(workshop: Workshop, arguments: list[str], said: str) -> None:
    done = check(workshop.simple, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_people_read_vietnamese(workshop: Workshop, root: str) -> None:
    done = check(workshop.issued, "--trust", root, "--policy", "own")
    assert done.exit_code == 0
    assert "Chữ ký hợp lệ: Nguyễn Văn An, Viện kiểm sát nhân dân tỉnh Bắc Ninh." in done.stdout
    assert "Sửa sau khi ký: thêm chữ ký (cơ quan); điền số văn bản" in done.stdout

"""`vanthu form-check`: readable by people, by programs, and it never ends in a traceback."""

import json
from pathlib import Path

from typer.testing import CliRunner

from tests.reading.forms import LETTER, NAME, SYMBOL, drop, say, written
from vanthu.reading.form import check
from vanthu_tools.cli import app


def run(*words: str) -> tuple[int, str, str]:
    ended = CliRunner().invoke(app, ["form-check", *words])
    return ended.exit_code, ended.stdout, ended.stderr


def test_a_good_document(tmp_path: Path) -> None:
    code, said, _ = run(str(written(LETTER, tmp_path)))
    assert code == 0
    assert "0 lỗi, 0 gợi ý" in said


def test_findings_as_a_table_and_as_json(tmp_path: Path) -> None:
    path = written(LETTER, tmp_path, say(SYMBOL, "Số: 5/VKS-P1"))
    code, said, _ = run(str(path))
    assert code == 1
    assert "3.zero" in said
    assert "đoạn 7" in said
    code, said, _ = run(str(path), "--json")
    assert code == 1
    assert json.loads(said) == check(path, path.name).as_json()


def test_a_mended_copy_is_written(tmp_path: Path) -> None:
    path = written(LETTER, tmp_path, say(SYMBOL, "Số: 5 / vks-P1"))
    out = tmp_path / "mended.docx"
    code, _, complaints = run(str(path), "--fix", str(out))
    assert code == 1  # of the file that was given
    assert "→" in complaints
    assert not check(out, out.name).findings
    spoilt = written(LETTER, tmp_path, drop(NAME))
    assert run(str(spoilt), "--fix", str(out)) == (
        2,
        "",
        "Không có chỗ nào sửa giúp được nên không ghi tệp mới.\n",
    )


def test_what_cannot_be_read(tmp_path: Path) -> None:
    broken = tmp_path / "a.docx"
    broken.write_bytes(b"PK\x03\x04")
    for name in (str(broken), str(tmp_path / "none.docx"), str(tmp_path)):
        code, said, complaints = run(name, "--json")
        assert (code, said) == (2, "")
        assert complaints.strip().count("\n") == 0
        assert "Traceback" not in complaints

"""Wrong settings stop the start with a hint; secrets may stand in files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment as env

PRODUCTION = {
    "VANTHU_MODE": "production",
    "VANTHU_SECRET_KEY": "k" * 60,
    "VANTHU_HOSTS": "vanthu.example.vn",
    "DATABASE_URL": "postgresql://vanthu:secret@db.example.vn:5433/vanthu?sslmode=require",
}


def read_settings(
    tmp_path: Path, variables: dict[str, str], show: str = ""
) -> subprocess.CompletedProcess[str]:
    """The settings in a process of their own, with these variables and no others of ours."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("VANTHU_", "DATABASE_"))
    }
    return subprocess.run(
        [sys.executable, "-c", f"from config import settings; print({show})"],
        env={**kept, "VANTHU_VAR": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_secret_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    monkeypatch.setenv("VANTHU_SOMETHING_FILE", str(tmp_path / "secret"))
    assert env.text("VANTHU_SOMETHING") == "from a file"


def test_a_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANTHU_SOMETHING_FILE", "/nowhere")
    with pytest.raises(ImproperlyConfigured, match="VANTHU_SOMETHING_FILE names /nowhere"):
        env.text("VANTHU_SOMETHING")


def test_the_secret_of_a_demonstration_is_made_once_and_private(tmp_path: Path) -> None:
    file = tmp_path / "var/secret"
    assert env.kept_secret(file) == env.kept_secret(file)
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("missing", "hint"),
    [
        ("VANTHU_SECRET_KEY", "a random text"),
        ("VANTHU_HOSTS", "the names under which people reach the site"),
        ("DATABASE_URL", "postgresql://user:password@host/vanthu of a PostgreSQL server"),
    ],
)
def test_production_does_not_start_without(tmp_path: Path, missing: str, hint: str) -> None:
    done = read_settings(tmp_path, {name: value for name, value in PRODUCTION.items() if name != missing})
    assert done.returncode != 0
    assert f"Set {missing} (or {missing}_FILE): {hint}" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("VANTHU_MODE", "prodution", "must be one of: demo, production, test"),
        ("VANTHU_SECRET_KEY", "short", "shorter than 50 letters"),
        ("VANTHU_UPLOAD_LIMIT_MB", "plenty", "must be a whole number from 1 up"),
        ("DATABASE_URL", "mysql://here", "not an address of PostgreSQL"),
        (
            "VANTHU_S3_BUCKET",
            "files",
            "VANTHU_S3_ENDPOINT, VANTHU_S3_KEY and VANTHU_S3_SECRET are needed too",
        ),
    ],
)
def test_a_wrong_value_is_refused_with_a_hint(tmp_path: Path, name: str, value: str, hint: str) -> None:
    done = read_settings(tmp_path, {**PRODUCTION, name: value})
    assert done.returncode != 0
    assert hint in done.stderr


def test_production_takes_the_server_that_is_named(tmp_path: Path) -> None:
    done = read_settings(tmp_path, PRODUCTION, 'settings.DATABASES["default"]')
    assert "'HOST': 'db.example.vn'" in done.stdout
    assert "'sslmode': 'require'" in done.stdout


def test_production_is_reached_only_by_https(tmp_path: Path) -> None:
    shown = "settings.SESSION_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT, settings.DEMO"
    assert read_settings(tmp_path, PRODUCTION, shown).stdout == "True True False\n"

"""Runs every check of the code, all of them even when one fails, and ends with status 1 if any did."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv/bin"
TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "src").rglob("templates/**/*.html"))

CHECKS: dict[str, list[str]] = {
    "style": ["ruff", "check", "--quiet"],
    "format": ["ruff", "format", "--check", "--quiet"],
    "types": ["mypy", "--no-error-summary"],
    "imports": ["lint-imports", "--no-logo"],
    "templates": ["djade", "--check", *TEMPLATES],
    "system check": ["python", "-W", "ignore", "-m", "django", "check"],
    "migrations": ["python", "-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run"],
    "known vulnerabilities": ["python", "tools/audit.py"],
}


def main() -> int:
    # No check needs a database; none of them may find a developer's.
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VANTHU_MODE": "test",
        "DATABASE_URL": "host=/nonexistent dbname=none",
    }
    failed = []
    for name, (program, *arguments) in CHECKS.items():
        start = time.monotonic()
        print(f"→ {name} …", flush=True)
        if subprocess.run([BIN / program, *arguments], cwd=ROOT, env=environment, check=False).returncode:
            failed.append(name)
        print(f"  {'FAILED' if name in failed else 'ok'}, {time.monotonic() - start:.0f} s", flush=True)
    print(f"Checks that failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

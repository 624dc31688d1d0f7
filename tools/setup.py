"""Sets the project up: interpreter, Python packages, system packages, front end. `python3 tools/setup.py [dev]`.

Needs nothing but a Python of 3.8 or newer. What is already there is left alone, so the second run takes no time.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from interpreter import find_interpreter
from system_packages import install_missing

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"


class Failed(Exception):
    """Set-up cannot go on; the text says why and what to do."""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("profile", nargs="?", choices=("runtime", "dev"), default="runtime")
    profile = parser.parse_args().profile
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "setup.lock").open("w") as lock:
        wait_for_others(lock)
        system = threading.Thread(target=install_missing, args=(ROOT, profile), daemon=True)
        system.start()
        make_environment()
        install_packages(profile)
        build_assets()
        if profile == "dev":
            run([str(PYTHON), str(ROOT / "tools" / "old_browser.py")])
        system.join()


def wait_for_others(lock):
    try:
        import fcntl  # noqa: PLC0415 - not on Windows, where this project does not run
    except ImportError:
        raise Failed("This project runs on Linux and macOS (on Windows: inside WSL).") from None
    fcntl.flock(lock, fcntl.LOCK_EX)


def make_environment():
    """Creates .venv, or makes it anew when its interpreter has gone."""
    if PYTHON.exists() and subprocess.run([str(PYTHON), "-c", ""], check=False).returncode == 0:
        return
    interpreter = find_interpreter(ROOT)
    if interpreter is None:
        raise Failed(
            "Python 3.12 or newer with its `venv` module is needed and was not found.\n"
            "Install one of these, then try again:\n"
            "  Debian 13, Ubuntu 24.04:  sudo apt-get install python3 python3-venv\n"
            "  macOS:                    brew install python@3.13\n"
            "  elsewhere:                uv python install 3.13   (https://docs.astral.sh/uv/)"
        )
    with Step("Python environment from " + interpreter):
        run([interpreter, "-m", "venv", "--clear", str(VENV)])


def install_packages(profile):
    """Installs exactly the locked packages with their hashes, then the project itself, editable."""
    if profile == "runtime" and (STAMPS / "dev").exists():
        profile = "dev"  # a developer keeps the tools for tests when the product is started
    requirements = ROOT / "requirements" / (profile + ".txt")
    stamp = digest([requirements, ROOT / "requirements" / "uv.txt", ROOT / "pyproject.toml"])
    if is_stamped(profile, stamp):
        return
    with Step("Python packages"):
        run(
            [
                str(PYTHON),
                "-m",
                "pip",
                "install",
                "-q",
                "--require-hashes",
                "-r",
                str(ROOT / "requirements/uv.txt"),
            ]
        )
        uv = [str(VENV / "bin" / "uv"), "pip"]
        if run(
            [*uv, "sync", "-q", "--python", str(PYTHON), "--require-hashes", str(requirements)], check=False
        ):
            # uv does not know what pip is configured with (a mirror, a certificate): pip itself does
            run([str(PYTHON), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(requirements)])
        no_isolation = ["--no-deps", "--no-build-isolation", "--no-index"]
        run([str(PYTHON), "-m", "pip", "install", "-q", *no_isolation, "--editable", str(ROOT)])
    put_stamp(profile, stamp)


def build_assets():
    run([str(PYTHON), str(ROOT / "tools" / "assets.py")])


def run(command, check=True):
    code = subprocess.run(command, cwd=str(ROOT), env=environment(), check=False).returncode
    if code and check:
        raise Failed("This command failed with status %d:\n  %s" % (code, " ".join(command)))
    return code


def environment():
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "UV_LINK_MODE": os.environ.get("UV_LINK_MODE", "copy")}
    return {**os.environ, **quiet}


def digest(paths):
    whole = hashlib.sha256(str(sys.version_info[:2]).encode())
    for path in paths:
        whole.update(path.read_bytes())
    return whole.hexdigest()


def is_stamped(name, stamp):
    file = STAMPS / name
    return file.exists() and file.read_text() == stamp


def put_stamp(name, stamp):
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / name).write_text(stamp)


class Step:
    """Says what is being done and how long it took."""

    def __init__(self, text):
        self.text = text

    def __enter__(self):
        print("→ %s …" % self.text, flush=True)
        self.start = time.time()

    def __exit__(self, kind, *_):
        if kind is None:
            print("  done in %.0f s" % (time.time() - self.start), flush=True)


if __name__ == "__main__":
    try:
        main()
    except Failed as trouble:
        sys.exit("\nSet-up stopped. %s" % trouble)

"""Finds a Python of 3.12 or newer on this machine, or has one installed. Standard library only, Python 3.8 or newer."""

import glob
import os
import shutil
import subprocess
import sys
from pathlib import Path

VERSIONS = ("3.13", "3.14", "3.12")  # in order of preference
PROBE = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"


def find_interpreter(root):
    """The path of a usable interpreter, or None."""
    by_version = {}
    for candidate in candidates():
        version = probe(candidate)
        if version in VERSIONS:
            by_version.setdefault(version, candidate)
            if version == VERSIONS[0]:
                break
    for version in VERSIONS:
        if version in by_version:
            return by_version[version]
    return install_by_apt() or install_by_uv(root)


def candidates():
    for version in VERSIONS:
        found = shutil.which("python" + version)
        if found:
            yield found
    yield sys.executable
    pyenv = os.environ.get("PYENV_ROOT", "~/.pyenv")
    for pattern in (pyenv + "/versions/*/bin/python3", "~/.local/share/uv/python/*/bin/python3"):
        for path in sorted(glob.glob(os.path.expanduser(pattern)), reverse=True):
            yield path
    for path in ("/usr/local/bin/python3", "/opt/homebrew/bin/python3", "/usr/bin/python3"):
        yield path


def probe(path):
    """The version such as "3.13"; "" when it does not start or has no `venv` (pyenv's shims, Debian's bare one)."""
    try:
        done = subprocess.run(
            [path, "-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
        )
    except OSError:
        return ""
    return done.stdout.decode().strip() if done.returncode == 0 else ""


def install_by_apt():
    """Debian keeps `venv` in a package of its own: root may fetch it for a Python that is new enough."""
    if os.geteuid() != 0 or not shutil.which("apt-get") or sys.version_info < (3, 12):
        return None
    package = "python%d.%d-venv" % sys.version_info[:2]
    print("→ System package %s …" % package, flush=True)
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", package]):
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    return sys.executable if probe(sys.executable) in VERSIONS else None


def install_by_uv(root):
    """Has uv, from the PATH or fetched into var/, download an interpreter."""
    uv = shutil.which("uv") or fetch_uv(root)
    if uv is None:
        return None
    print("→ Python %s by uv …" % VERSIONS[0], flush=True)
    subprocess.run([uv, "python", "install", "-q", VERSIONS[0]], check=False)
    found = subprocess.run([uv, "python", "find", VERSIONS[0]], stdout=subprocess.PIPE, check=False)
    path = found.stdout.decode().strip()
    return path if path and probe(path) in VERSIONS else None


def fetch_uv(root):
    folder = Path(root) / "var" / "uv"
    requirements = str(Path(root) / "requirements" / "uv.txt")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--require-hashes",
        "--target",
        str(folder),
        "-r",
        requirements,
    ]
    if subprocess.run(command, check=False).returncode != 0:
        return None
    return str(folder / "bin" / "uv")

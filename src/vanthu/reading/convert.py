"""Word and OpenDocument files to PDF by LibreOffice, in a confined process of its own."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from vanthu.kernel.refusals import Invalid, Unavailable

CONVERTIBLE = frozenset({".docx", ".doc", ".odt", ".rtf"})
SECONDS = 120
_MEMORY_BYTES = 4 << 30  # address space; a conversion needs about 0.3 GB of it in real memory
_OUTPUT_BYTES = 300 << 20
# Macros off, nothing fetched from outside (linked pictures, templates), proxy to nowhere.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
_SETTING = (
    '<item oor:path="/org.openoffice.{path}">'
    '<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SAFE = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


class LibreOfficeMissing(Unavailable):
    """This machine cannot make a PDF from a Word file; the drafter brings the PDF."""

    code = "libreoffice_missing"
    default = (
        "Máy chủ chưa cài LibreOffice nên chưa tự tạo được bản PDF. "
        "Anh/chị lưu văn bản thành PDF (Tệp > Lưu thành PDF) rồi tải lên cạnh tệp DOCX."
    )


def available() -> bool:
    """Whether LibreOffice is on this machine."""
    return _program() is not None


def to_pdf(source: Path, target: Path, *, seconds: float = SECONDS) -> Path:
    """Convert a DOCX, DOC, ODT or RTF file to the PDF `target`; returns it.

    Raises `LibreOfficeMissing`, `Invalid` when the file cannot be converted, `Unavailable` when it takes too long.
    """
    program = _program()
    if program is None:
        raise LibreOfficeMissing
    if source.suffix.lower() not in CONVERTIBLE:
        raise Invalid("Chỉ tạo được PDF từ tệp DOCX, DOC, ODT, RTF. Tải lên bản PDF.", code="not_convertible")
    with tempfile.TemporaryDirectory(prefix="vanthu-convert-") as folder:
        made = _convert(program, source, Path(folder), seconds)
        if not made.is_file() or made.stat().st_size == 0:
            raise Invalid(
                "Không chuyển được tệp này sang PDF. Mở tệp bằng Word, lưu lại, hoặc tải lên bản PDF cạnh tệp này.",
                code="not_converted",
            )
        shutil.copyfile(made, target)
    return target


def _convert(program: str, source: Path, folder: Path, seconds: float) -> Path:
    """Run LibreOffice on a copy with a harmless name; it gets a profile of its own, so calls never meet."""
    copy = folder / f"in{source.suffix.lower()}"
    shutil.copyfile(source, copy)
    _write_profile(folder / "profile")
    (folder / "out").mkdir()
    command = [
        *_confined(),
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder / "out"), str(copy)),
    ]
    _run(command, folder, seconds)
    return folder / "out" / "in.pdf"


def _run(command: list[str], folder: Path, seconds: float) -> None:
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # LibreOffice starts children: the whole group is killed
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise Unavailable(
            "Tạo bản PDF quá lâu nên đã dừng. Thử lại; nếu vẫn lâu, tải lên bản PDF cạnh tệp này.",
            code="conversion_too_slow",
        ) from None
    finally:
        _kill_group(process)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _confined() -> list[str]:
    """Prefix that limits memory, time and file size, and takes the network away where the system allows it."""
    limits: list[str] = []
    if prlimit := shutil.which("prlimit"):
        limits = [
            prlimit,
            f"--as={_MEMORY_BYTES}",
            f"--cpu={SECONDS}",
            f"--fsize={_OUTPUT_BYTES}",
            "--core=0",
        ]
    return [*limits, *_without_network()]


@cache
def _without_network() -> tuple[str, ...]:
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    command = (unshare, "--user", "--map-current-user", "--net")
    tried = subprocess.run([*command, "true"], capture_output=True, check=False, timeout=10)
    return command if tried.returncode == 0 else ()


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of ours goes along: no database address, no keys."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
        "http_proxy": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
    }


def _write_profile(profile: Path) -> None:
    (profile / "user").mkdir(parents=True)
    items = "\n".join(_SETTING.format(path=path, name=name, value=value) for path, name, value in _SAFE)
    (profile / "user" / "registrymodifications.xcu").write_text(
        _SETTINGS.format(items=items), encoding="utf-8"
    )


def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")

"""Word and OpenDocument files to PDF by LibreOffice, in a confined process of its own."""

import shutil
import tempfile
from pathlib import Path

from vanthu.kernel.refusals import Invalid, Unavailable
from vanthu.reading import confined

CONVERTIBLE = frozenset({".docx", ".doc", ".odt", ".rtf"})
SECONDS = 120
_MEMORY_BYTES = 4 << 30  # address space; a conversion needs about 0.3 GB of it in real memory
_PROXY = "http://127.0.0.1:9"
_ENVIRONMENT = {"SAL_USE_VCLPLUGIN": "svp", "http_proxy": _PROXY, "https_proxy": _PROXY}
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
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder / "out"), str(copy)),
    ]
    _run(command, folder, seconds)
    return folder / "out" / "in.pdf"


def _run(command: list[str], folder: Path, seconds: float) -> None:
    try:
        confined.run(
            command, seconds=seconds, memory=_MEMORY_BYTES, folder=str(folder), also=dict(_ENVIRONMENT)
        )
    except confined.TooSlow:
        raise Unavailable(
            "Tạo bản PDF quá lâu nên đã dừng. Thử lại; nếu vẫn lâu, tải lên bản PDF cạnh tệp này.",
            code="conversion_too_slow",
        ) from None


def _write_profile(profile: Path) -> None:
    (profile / "user").mkdir(parents=True)
    items = "\n".join(_SETTING.format(path=path, name=name, value=value) for path, name, value in _SAFE)
    (profile / "user" / "registrymodifications.xcu").write_text(
        _SETTINGS.format(items=items), encoding="utf-8"
    )


def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")

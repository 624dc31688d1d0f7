"""Programs and fonts that come from the system. Standard library only, Python 3.8 or newer.

Root on Debian or Ubuntu gets the missing ones installed; anybody else is told the command, and the product runs
without them and says on the page what it cannot do.
"""

import glob
import os
import shutil
import subprocess
import sys
from ctypes.util import find_library


class Need:
    def __init__(self, name, packages, found, without, profile="runtime"):
        self.name, self.packages, self.found, self.without, self.profile = (
            name,
            packages,
            found,
            without,
            profile,
        )


def has_program(*names):
    return lambda: any(shutil.which(name) for name in names)


def has_file(*patterns):
    return lambda: any(glob.glob(pattern, recursive=True) for pattern in patterns)


NEEDS = (
    Need(
        "LibreOffice",
        ["libreoffice-writer-nogui"],
        has_program("soffice", "libreoffice"),
        "drafts (DOCX) are not turned into PDF; a drafter uploads the PDF too",
    ),
    Need(
        "fonts like Times New Roman (Tinos)",
        ["fonts-croscore"],
        has_file("/usr/share/fonts/**/Tinos-Regular.ttf", "/Library/Fonts/**/Times New Roman.ttf"),
        "PDF files made here look different from what Word shows",
    ),
    Need(
        "Noto fonts",
        ["fonts-noto-core"],
        has_file("/usr/share/fonts/**/NotoSans-Regular.ttf", "/Library/Fonts/**/NotoSans*"),
        "printed registers use another font",
    ),
    Need(
        "Pango",
        ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"],
        lambda: all(find_library(name) for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")),
        "registers cannot be printed as PDF",
    ),
    Need(
        "Tesseract with Vietnamese",
        ["tesseract-ocr", "tesseract-ocr-vie"],
        has_file(
            "/usr/share/tesseract-ocr/*/tessdata/vie.traineddata",
            "/opt/homebrew/share/tessdata/vie.traineddata",
        ),
        "the text of scans is not read",
    ),
    Need(
        "xmlsec1",
        ["xmlsec1"],
        has_program("xmlsec1"),
        "no second program checks the signatures of packets in the tests",
        profile="dev",
    ),
    Need(
        "Poppler's programs",
        ["poppler-utils"],
        has_program("pdfsig"),
        "no second program checks signatures in PDF files and what is drawn on them; these tests fail",
        profile="dev",
    ),
    Need(
        "PDFBox",
        ["libpdfbox2-java", "libbcpkix-java"],
        lambda: not shutil.which("java") or has_file("/usr/share/java/pdfbox2.jar")(),
        "no third program checks signatures in PDF files",
        profile="dev",
    ),
    Need(
        "SoftHSM",
        ["softhsm2"],
        has_file("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/*/softhsm/libsofthsm2.so"),
        "the tests of security modules are left out",
        profile="dev",
    ),
    Need(
        "ClamAV",
        ["clamav-daemon"],
        has_program("clamd"),
        "the scan for viruses is not tested against the real daemon",
        profile="dev",
    ),
    Need(
        "Chromium",
        ["chromium"],
        has_program("chromium", "chromium-browser", "google-chrome"),
        "browser tests cannot run",
        profile="dev",
    ),
)


def install_missing(root, profile):
    """Installs what is missing where it may, and says what stays missing."""
    missing = find_missing(profile)
    packages = [package for need in missing for package in need.packages]
    if packages and may_install() and not tried_before(root, packages):
        print(
            "→ System packages (%s), beside the rest …" % ", ".join(need.name for need in missing), flush=True
        )
        apt_install(root, packages)
        missing = find_missing(profile)
    if missing:
        tell(missing)


def find_missing(profile):
    return [need for need in NEEDS if need.profile in ("runtime", profile) and not need.found()]


def may_install():
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def tried_before(root, packages):
    """Whether the last try, which failed, was for the same packages; `make clean` forgets it."""
    stamp = root / "var" / "system-packages-tried"
    wanted = " ".join(packages)
    if stamp.exists() and stamp.read_text() == wanted:
        return True
    stamp.write_text(wanted)
    return False


def apt_install(root, packages):
    log = root / "var" / "system-packages.log"
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with log.open("wb") as output:
        for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            code = subprocess.run(
                ["apt-get", "-o", "DPkg::Lock::Timeout=300", *command],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment, check=False,
            ).returncode  # fmt: skip
    if code:
        print("  apt-get failed; its words are in %s" % log, flush=True)
    else:
        (root / "var" / "system-packages-tried").unlink()


def tell(missing):
    lines = ["", "Missing on this machine (the rest works without):"]
    lines += ["  %s: %s." % (need.name, need.without) for need in missing]
    packages = " ".join(package for need in missing for package in need.packages)
    if shutil.which("apt-get"):
        lines += [
            "To have it:  sudo apt-get update && sudo apt-get install --no-install-recommends " + packages
        ]
    else:
        lines += ["Debian calls the packages:  " + packages]
    print("\n".join(lines) + "\n", file=sys.stderr, flush=True)

"""Independent validators agree with ours, wherever they look at the same thing: OpenSSL, PDFBox, two written in Rust.

None of them sees everything (`docs/signing.md` has the table): a row here names who must find the attack.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pdfsigner
import pytest
import pyunderskrift
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.signing.attacks import Workshop, asn1
from vanthu.signing.verify import Verifier
from vanthu_tools.test_pki import Authority

OPENSSL = shutil.which("openssl")
JARS = [
    jar
    for name in ("pdfbox2", "fontbox2", "commons-logging", "bcprov", "bcpkix", "bcutil")
    if (jar := Path(os.environ.get("PDFBOX_JARS", "/usr/share/java"), f"{name}.jar")).exists()
]


@pytest.fixture(scope="session")
def workshop(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(authority, tmp_path_factory.mktemp("others"))


def root_of(workshop: Workshop) -> Path:
    return workshop.authority.folder / "roots" / "root.pem"


def rust_pdfsigner(path: Path, workshop: Workshop) -> bool:
    """pdfsignerpy: every signature valid and trusted, nothing changed after the last."""
    try:
        report = pdfsigner.verify_pdf_report(str(path), roots=str(root_of(workshop)))
    except ValueError:
        return False
    return bool(report["document_intact"] and report["all_valid"] and report["all_trusted"])


def rust_underskrift(path: Path, workshop: Workshop) -> bool:
    """pyunderskrift: every signature of a person or an office intact and trusted.

    Time stamps it judges otherwise; where a form has fields for text, too, it finds no signatures at all.
    """
    stores = pyunderskrift.TrustStoreSet()
    stores.set_sig_store(pyunderskrift.TrustStore.from_pem_file(str(root_of(workshop))))
    try:
        report = pyunderskrift.SignatureVerifier(stores).verify_pdf(path.read_bytes())
    except ValueError:
        return False
    signed = [one for one in report.signatures if "timestamp" not in str(one.signature_type).lower()]
    return bool(signed) and all(
        one.integrity_ok and one.digest_matches and one.chain_trusted and not one.extended_by_non_safe_updates
        for one in signed
    )


def openssl(path: Path, workshop: Workshop) -> bool:
    """OpenSSL: each signature (CMS) over the bytes that it names; it knows nothing of PDF."""
    try:
        with path.open("rb") as file:
            signatures = PdfFileReader(file, strict=False).embedded_regular_signatures
            parts = [(one.pkcs7_content, [int(n) for n in one.byte_range]) for one in signatures]
    except (PdfError, ValueError):
        return False
    data = path.read_bytes()
    return all(
        _verified(cms, data[:end] + data[start : start + rest], path.parent, workshop)
        for cms, (_, end, start, rest) in parts
    )


def _verified(cms: bytes, content: bytes, folder: Path, workshop: Workshop) -> bool:
    (folder / "one.cms").write_bytes(cms)
    (folder / "one.bin").write_bytes(content)
    command = [
        str(OPENSSL),
        "cms",
        "-verify",
        "-inform",
        "DER",
        "-binary",
        "-in",
        "one.cms",
        "-content",
        "one.bin",
    ]
    command += ["-CAfile", str(root_of(workshop)), "-purpose", "any", "-out", "one.out"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def pdfbox(path: Path) -> bool:
    """PDFBox with Bouncy Castle: each signature over the bytes that it names."""
    command = [
        "java",
        "-cp",
        ":".join(map(str, JARS)),
        str(Path(__file__).parent / "pdfbox" / "Check.java"),
        str(path),
    ]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


VALIDATORS: dict[str, Callable[[Path, Workshop], bool]] = {"p": rust_pdfsigner, "u": rust_underskrift}
if OPENSSL:
    VALIDATORS["o"] = openssl


def accepting(path: Path, workshop: Workshop) -> set[str]:
    return {letter for letter, accepts in VALIDATORS.items() if accepts(path, workshop)}


@pytest.mark.parametrize("name", ["simple", "issued", "archived", "renewed", "government"])
def test_clean_files_are_accepted(workshop: Workshop, name: str) -> None:
    path = getattr(workshop, name)
    assert Verifier(None, [asn1(workshop.authority.root)]).verify(path).verdict == "valid"
    found = accepting(path, workshop)
    if name in ("simple", "government"):
        assert found == VALIDATORS.keys()
    else:  # of a form with text `u` sees nothing; what follows an archive time stamp `p` now and then mistakes
        assert found >= {"o"} & VALIDATORS.keys()
        signatures = pdfsigner.verify_pdf(str(path), roots=str(root_of(workshop)))
        assert len(signatures) >= 2
        assert all(one["valid"] and one["chain_trusted"] for one in signatures)


FOUND_BY = {
    Workshop.a02_byte_changed: "opu",
    Workshop.a03_signature_changed: "opu",
    Workshop.a04_garbage: "p",
    Workshop.a05_page_replaced: "pu",
    Workshop.a06_page_appended: "pu",
    Workshop.a07_overlay: "pu",
    Workshop.a08_picture_swapped: "pu",
    Workshop.a09_range_removed: "op",
    Workshop.a10_signature_emptied: "op",
    Workshop.a17_font_redefined: "pu",
}


@pytest.mark.parametrize("attack", FOUND_BY, ids=lambda attack: attack.__name__)
def test_attacks_are_found_by_others_too(
    workshop: Workshop, attack: Callable[[Workshop, Path], Path]
) -> None:
    path = attack(workshop, workshop.government)
    assert Verifier(None, [asn1(workshop.authority.root)]).verify(path).verdict == "invalid"
    assert not accepting(path, workshop) & set(FOUND_BY[attack])


def test_a15_is_found_by_one(workshop: Workshop) -> None:
    assert accepting(workshop.a15_number_changed(workshop.issued), workshop) == {"o"} & VALIDATORS.keys()


@pytest.mark.parametrize(
    "make", [Workshop.a12_expired, Workshop.a14_self_signed], ids=lambda make: make.__name__
)
def test_certificates_are_refused_by_all(workshop: Workshop, make: Callable[[Workshop], Path]) -> None:
    path = make(workshop)
    assert Verifier(None, [asn1(workshop.authority.root)]).verify(path).verdict != "valid"
    assert accepting(path, workshop) == set()


@pytest.mark.skipif(
    len(JARS) < 6 or shutil.which("java") is None,
    reason="PDFBox is not here: apt-get install libpdfbox2-java libbcpkix-java and a JDK, or name PDFBOX_JARS",
)
def test_pdfbox_agrees_on_the_signed_bytes(workshop: Workshop) -> None:
    assert all(pdfbox(path) for path in (workshop.issued, workshop.archived, workshop.government))
    changed = (workshop.a02_byte_changed, workshop.a03_signature_changed, workshop.a10_signature_emptied)
    assert not any(pdfbox(attack(workshop.government)) for attack in changed)

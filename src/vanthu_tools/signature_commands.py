"""`vanthu signature …`: verify signed files (*kiểm tra chữ ký số*) without a server or a database."""

import json
import logging
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from vanthu.kernel.later import later

if TYPE_CHECKING:
    from asn1crypto import x509

    from vanthu.signing import policies, report, roots, verify
else:
    policies = later("vanthu.signing.policies")
    report = later("vanthu.signing.report")
    roots = later("vanthu.signing.roots")
    verify = later("vanthu.signing.verify")

app = typer.Typer(no_args_is_help=True, help="Signatures (*chữ ký số*) of PDF files.")

ROLES: Mapping[str, str] = {"leader": "approval", "office": "seal", "initials": "initials", "other": ""}
"""The words of programs for who signs, and those of the signing room."""
_OTHER_WORDS = {
    "approval": "leader", "lanh_dao": "leader", "lãnh đạo": "leader",
    "seal": "office", "co_quan": "office", "cơ quan": "office",
    "ky_nhay": "initials", "ký nháy": "initials",
}  # fmt: skip
_WORDS = {meaning: word for word, meaning in ROLES.items()}
_UNREADABLE = "Không đọc được tệp {}. Kiểm tra tên tệp và quyền đọc rồi chạy lại."


@app.callback()
def signature() -> None:
    """Signatures (*chữ ký số*) of PDF files."""


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="PDF files to verify.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON list on standard output.")] = False,
    trust: Annotated[
        list[Path] | None,
        typer.Option(help="PEM file with a trusted root; repeat it. Without it: those of the installation."),
    ] = None,
    policy: Annotated[str, typer.Option(help="own, government_compat, legacy_sha1, or auto.")] = "auto",
    expect: Annotated[
        str, typer.Option(help="Who must have signed, and nobody else: leader,office,initials,other.")
    ] = "",
    offline: Annotated[bool, typer.Option("--offline", help="Ask no OCSP responder, fetch no CRL.")] = False,
) -> None:
    """Verify the signatures of files (*kiểm tra chữ ký số*) and say what was changed afterwards.

    Ends with 0 whenever every file could be judged, also when it is not valid; with 1 when one could not be read;
    with 2 when an option means nothing.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    logging.basicConfig(stream=sys.stderr, level=logging.CRITICAL)
    wanted = _wanted(expect)
    verifier = verify.Verifier(_policy(policy), _trusted(trust), online=not offline)
    results = [_result(verifier, path, wanted) for path in files]
    if as_json:
        entries = [_entry(path, found) for path, found in zip(files, results, strict=True)]
        sys.stdout.write(json.dumps(entries, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(_page(path, found) for path, found in zip(files, results, strict=True)))
    missing = [path for path, found in zip(files, results, strict=True) if _is_unreadable(found)]
    if missing:
        _refuse(_UNREADABLE.format(", ".join(map(str, missing))), status=1)


def _result(verifier: "verify.Verifier", path: Path, wanted: Sequence[Any] | None) -> "report.Report":
    try:
        return verifier.verify(path, roles=wanted)
    except OSError:
        words = _UNREADABLE.format(path.name)
        return report.Report("unknown", findings=(report.Finding("unreadable", words),))


def _is_unreadable(found: "report.Report") -> bool:
    return any(one.code == "unreadable" for one in found.findings)


def _entry(path: Path, found: "report.Report") -> dict[str, Any]:
    """One file as programs read it; `findings` and `changes_after` are texts that begin with a stable code."""
    return {
        "file": str(path),
        "valid": found.verdict == "valid",
        "level": found.level or "none",
        "signatures": [
            {
                "signer": one.signer,
                "role": _WORDS[one.role],
                "intact": one.intact,
                "trusted": one.trusted,
                "revocation": one.revocation,
                "signed_at": one.signed_at.isoformat() if one.signed_at else None,
                "changes_after": list(one.changes),
            }
            for one in found.signatures
        ],
        "findings": list(_findings(found)),
    }


def _findings(found: "report.Report") -> Iterable[str]:
    if found.verdict == "unsigned":
        yield "unsigned: tệp không có chữ ký số"
    for number, one in enumerate(found.signatures, 1):
        if one.reason:
            yield f"{one.code}: chữ ký {number} ({one.signer}): {one.reason}"
    yield from map(str, found.findings)


def _page(path: Path, found: "report.Report") -> str:
    """One file as people read it."""
    lines = [str(path), f"  {found.summary}"]
    if found.signatures:
        lines.append(f"  Mức của tệp: {found.level}. Chính sách: {found.policy}.")
    for number, one in enumerate(found.signatures, 1):
        lines += [f"  {number}. {one.sentence}", *(f"     {name}: {value}" for name, value in one.facts)]
    lines += [f"  {'Sai' if one.grave else 'Lưu ý'}: {one.words}." for one in found.findings]
    return "\n".join(lines) + "\n"


def _policy(name: str) -> "policies.Policy | None":
    if name == policies.AUTOMATIC:
        return None
    if name not in policies.POLICIES:
        _refuse(f"Không có chính sách “{name}”. Chọn một trong: auto, {', '.join(policies.POLICIES)}.")
    return policies.POLICIES[name]


def _wanted(text: str) -> list[str] | None:
    if not text.strip():
        return None
    words = [_OTHER_WORDS.get(word, word) for word in (part.strip().lower() for part in text.split(","))]
    unknown = [word for word in words if word not in ROLES]
    if unknown:
        _refuse(f"Không có vai trò “{unknown[0]}”. Chọn trong: {', '.join(ROLES)}.")
    return [ROLES[word] for word in words]


def _trusted(paths: Sequence[Path] | None) -> "tuple[x509.Certificate, ...] | None":
    if not paths:
        return None
    try:
        return tuple(one for path in paths for one in roots.read_roots(path))
    except (OSError, ValueError):
        _refuse("Không đọc được chứng thư gốc đã nêu ở --trust. Dùng tệp PEM hoặc DER của chứng thư gốc.")


def _refuse(sentence: str, *, status: int = 2) -> NoReturn:
    sys.stderr.write(sentence + "\n")
    raise typer.Exit(status)

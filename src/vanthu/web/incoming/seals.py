"""The result of the signature check, as the pages of an entry show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vanthu.web.signatures.cards import WORDS

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry


_DIGITISED = ("Bản quét văn bản giấy, cơ quan ký số", "ok", "scan")


@dataclass(frozen=True, slots=True)
class Seal:
    """The verdict in a word, its reason, and a sentence per signature with whether it holds."""

    word: str
    tone: str
    icon: str
    summary: str
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    signatures: tuple[tuple[str, bool], ...]


def seal_of(entry: IncomingEntry) -> Seal | None:
    """What was found on the file; None when nothing was checked (paper, scans)."""
    found = WORDS.get(entry.signature_verdict)
    if found is None:
        return None
    word, _, tone, icon = found
    known = (word, tone, icon)
    report: dict[str, Any] = entry.signature_report
    if report.get("digitised") and entry.signature_verdict == "valid":
        known = _DIGITISED
    signatures = tuple(
        (str(one.get("sentence", "")), one.get("verdict") == "valid") for one in report.get("signatures", [])
    )
    problems = tuple(str(one) for one in report.get("problems", []))
    notes = tuple(str(one) for one in report.get("notes", []))
    return Seal(
        *known, summary=str(report.get("summary", "")), problems=problems, notes=notes, signatures=signatures
    )

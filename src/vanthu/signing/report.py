"""What was found about the signatures of a file, in words for people and as data for programs."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

type Verdict = Literal["valid", "invalid", "unknown", "unsigned"]
type Role = Literal["initials", "approval", "seal", ""]
type Revocation = Literal["good", "revoked", "unknown"]

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_OPENINGS = {
    "valid": "Chữ ký hợp lệ",
    "invalid": "Chữ ký không hợp lệ",
    "unknown": "Chưa xác định được chữ ký",
}


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature. `serial` is hexadecimal; `level` is B-B without a time stamp, B-T with one; `reason` is a
    Vietnamese clause, "" when the signature is valid."""

    field: str
    role: Role
    signer: str
    organisation: str
    serial: str
    verdict: Verdict
    reason: str
    intact: bool
    trusted: bool
    revocation: Revocation
    changes_allowed: bool
    covers_file: bool
    level: str
    signed_at: datetime | None

    @property
    def sentence(self) -> str:
        """The signature in one Vietnamese sentence."""
        who = self.signer + (f" ({self.organisation})" if self.organisation not in ("", self.signer) else "")
        when = f", ký lúc {self.signed_at.astimezone(_HANOI):%H:%M ngày %d/%m/%Y}" if self.signed_at else ""
        if self.verdict != "valid":
            return f"{_OPENINGS[self.verdict]}: {who}{when} – {self.reason}."
        stamp = "có dấu thời gian" if self.level == "B-T" else "chưa có dấu thời gian"
        return f"{_OPENINGS[self.verdict]}: {who}{when}, {stamp}."


@dataclass(frozen=True, slots=True)
class Report:
    """The whole file. `problems` are Vietnamese clauses about the file itself; each makes it invalid."""

    verdict: Verdict
    signatures: tuple[SignatureReport, ...] = ()
    problems: tuple[str, ...] = field(default=())

    @property
    def summary(self) -> str:
        """The result in one Vietnamese sentence, for a list or a badge's title."""
        if self.verdict == "unsigned":
            return "Tệp không có chữ ký số."
        if self.verdict == "valid":
            names = ", ".join(dict.fromkeys(signature.signer for signature in self.signatures))
            return f"Chữ ký hợp lệ: {names}."
        reasons = [*self.problems, *(s.reason for s in self.signatures if s.verdict == self.verdict)]
        return f"{_OPENINGS[self.verdict]}: {'; '.join(dict.fromkeys(filter(None, reasons)))}."

    @property
    def level(self) -> str:
        """The lowest level of the signatures: "B-T" only if all have a time stamp; "" without signatures."""
        return min((signature.level for signature in self.signatures), default="")

    def as_json(self) -> dict[str, Any]:
        """The report as JSON holds it, with the sentences."""
        return {
            "verdict": self.verdict,
            "summary": self.summary,
            "problems": list(self.problems),
            "signatures": [
                {
                    **asdict(signature),
                    "signed_at": signature.signed_at.isoformat() if signature.signed_at else None,
                    "sentence": signature.sentence,
                }
                for signature in self.signatures
            ],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """A report from what `as_json` gave."""
        return cls(data["verdict"], tuple(map(_signature, data["signatures"])), tuple(data["problems"]))


def _signature(data: Mapping[str, Any]) -> SignatureReport:
    values = {key: value for key, value in data.items() if key != "sentence"}
    if values["signed_at"]:
        values["signed_at"] = datetime.fromisoformat(values["signed_at"])
    return SignatureReport(**values)

"""What was found about the signatures of a file, in words for people and as data for programs."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

from vanthu.signing.changing import Change

type Verdict = Literal["valid", "invalid", "unknown", "unsigned"]
type Role = Literal["initials", "approval", "seal", ""]
type Revocation = Literal["good", "revoked", "unknown"]

LEVELS = ("", "B-B", "B-T", "B-LT", "B-LTA")
"""The levels of PAdES (ETSI EN 319 142-1), the lowest first; "" is no signature."""
ROLE_NAMES: Mapping[Role, str] = {
    "initials": "ký nháy",
    "approval": "lãnh đạo ký",
    "seal": "cơ quan ký",
    "": "chưa rõ vai trò",
}
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_OPENINGS = {
    "valid": "Chữ ký hợp lệ",
    "invalid": "Chữ ký không hợp lệ",
    "unknown": "Chưa xác định được chữ ký",
}
_LEVEL_WORDS = {
    "B-B": "chưa có dấu thời gian",
    "B-T": "có dấu thời gian",
    "B-LT": "có dấu thời gian và bằng chứng kiểm tra",
    "B-LTA": "có dấu thời gian lưu trữ",
}


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature. `serial` is hexadecimal; `level` of PAdES; `reason` a Vietnamese clause, "" when it is valid.

    `role` is "" where none can be told; `office`: the certificate is an organisation's. `changes` are what was done
    to the file afterwards (`changing.Change` as text). `stamped_at`: what a time stamp proves, else None.
    `mark` is a hash of the signature, by which it is known again in another version of the file.
    """

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
    code: str = ""
    office: bool = False
    changes: tuple[str, ...] = ()
    stamped_at: datetime | None = None
    mark: str = ""

    @property
    def sentence(self) -> str:
        """The signature in one Vietnamese sentence."""
        when = f", ký lúc {moment(self.signed_at)}" if self.signed_at else ""
        if self.verdict != "valid":
            return f"{_OPENINGS[self.verdict]}: {self.who}{when} – {self.reason}."
        return f"{_OPENINGS[self.verdict]}: {self.who}{when}, {_LEVEL_WORDS[self.level]}."

    @property
    def who(self) -> str:
        """The signer and, of a person, the organisation."""
        return self.signer + (f" ({self.organisation})" if self.organisation not in ("", self.signer) else "")

    @property
    def changed(self) -> str:
        """What was changed after this signature, as a Vietnamese clause; "" for nothing."""
        made = [Change.parse(text) for text in self.changes]
        weighty = list(dict.fromkeys(one.words for one in made if not one.harmless))
        if len(made) > 0 and not weighty:
            return "chỉ thêm dấu thời gian, bằng chứng kiểm tra"
        kept = ["thêm dấu thời gian, bằng chứng kiểm tra"] if any(one.harmless for one in made) else []
        return "; ".join([*weighty, *kept])

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What a card or a printed page shows of the signature: (name, value)."""
        holder = "chứng thư của cơ quan, tổ chức" if self.office else "chứng thư cá nhân"
        return (
            ("Vai trò", f"{ROLE_NAMES[self.role].capitalize()}, {holder}"),
            ("Ký lúc", self._time),
            ("Mức", f"{self.level}, {_LEVEL_WORDS[self.level]}" if self.level else "không xác định"),
            ("Nội dung", "nguyên vẹn" if self.intact else "không còn đúng như lúc ký"),
            ("Chứng thư", self._certificate),
            ("Sửa sau khi ký", self.changed or "không"),
        )

    @property
    def _certificate(self) -> str:
        if not self.intact:
            return "không kiểm tra, vì nội dung không còn đúng"
        asked = {
            "good": "không bị thu hồi khi ký",
            "revoked": "đã bị thu hồi",
            "unknown": "chưa hỏi được có bị thu hồi không",
        }
        if self.revocation == "revoked":
            return asked["revoked"]
        return (
            f"đơn vị cấp được tin cậy, {asked[self.revocation]}"
            if self.trusted
            else "đơn vị cấp không được tin cậy"
        )

    @property
    def _time(self) -> str:
        if self.signed_at is None:
            return "không ghi"
        source = "theo dấu thời gian" if self.stamped_at else "theo máy của người ký"
        return f"{moment(self.signed_at)}, {source}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the file as a whole: a stable code, a Vietnamese clause, and whether it makes it invalid."""

    code: str
    words: str
    grave: bool = True

    def __str__(self) -> str:
        return f"{self.code}: {self.words}"


@dataclass(frozen=True, slots=True)
class Report:
    """The whole file, under a policy (`policies.Policy.label`)."""

    verdict: Verdict
    signatures: tuple[SignatureReport, ...] = ()
    findings: tuple[Finding, ...] = ()
    policy: str = ""

    @classmethod
    def unjudged(cls, reason: str) -> Self:
        """The report on what could not be looked at."""
        return cls("unknown", findings=(Finding("not_judged", reason),))

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with the file itself, each a Vietnamese clause."""
        return tuple(one.words for one in self.findings if one.grave)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know although it is not wrong."""
        return tuple(one.words for one in self.findings if not one.grave)

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
        """The lowest level of the leader's and the office's signatures, of all without these; "" without signatures."""
        weighty = [one for one in self.signatures if one.role in ("approval", "seal")] or self.signatures
        return min((one.level for one in weighty), key=LEVELS.index, default="")

    def as_json(self) -> dict[str, Any]:
        """The report as JSON holds it, with the sentences."""
        return {
            "verdict": self.verdict,
            "summary": self.summary,
            "level": self.level,
            "policy": self.policy,
            "problems": list(self.problems),
            "notes": list(self.notes),
            "findings": [asdict(one) for one in self.findings],
            "signatures": [
                {
                    **{key: _written(value) for key, value in asdict(signature).items()},
                    "sentence": signature.sentence,
                }
                for signature in self.signatures
            ],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """A report from what `as_json` gave, also when it was written before levels and policies were known."""
        findings = data.get("findings") or [
            {"code": "", "words": words, "grave": True} for words in data["problems"]
        ]
        return cls(
            data["verdict"],
            tuple(map(_signature, data["signatures"])),
            tuple(Finding(**one) for one in findings),
            data.get("policy", ""),
        )


def moment(at: datetime) -> str:
    """A moment as people here read it."""
    return f"{at.astimezone(_HANOI):%H:%M ngày %d/%m/%Y}"


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


_NAMES = {field.name for field in fields(SignatureReport)}


def _signature(data: Mapping[str, Any]) -> SignatureReport:
    values = {key: value for key, value in data.items() if key in _NAMES}
    for key in ("signed_at", "stamped_at"):
        values[key] = datetime.fromisoformat(values[key]) if values.get(key) else None
    return SignatureReport(**{**values, "changes": tuple(values.get("changes", ()))})

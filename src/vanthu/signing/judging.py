"""The judgement on one file: each signature, the time stamps of the file, and our own checks."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel

from vanthu.signing.changing import Change
from vanthu.signing.policies import Policy, common_name, first_of
from vanthu.signing.report import ROLE_NAMES, Finding, Report, Revocation, Role, SignatureReport, Verdict
from vanthu.signing.revisions import Changes, has_garbage_at_end
from vanthu.signing.roles import is_office, own_role, roles_of
from vanthu.signing.trust import Chains, Outcome, Stamp, Trouble

type Signature = EmbeddedPdfSignature
type Answer = tuple[Verdict, str, str]  # code and clause of the reason

_ANSWERS: Mapping[Trouble, Answer] = {
    "": ("valid", "", ""),
    "broken": ("invalid", "content_changed", "nội dung tệp không còn đúng như lúc ký"),
    "untrusted": (
        "unknown",
        "not_trusted",
        "chứng thư số không do đơn vị cấp mà hệ thống tin cậy, không coi là bản gốc",
    ),
    "revoked": ("invalid", "revoked", "chứng thư số đã bị thu hồi"),
    "unanswered": (
        "unknown",
        "revocation_unknown",
        "chưa hỏi được trạng thái chứng thư số, thử lại sau",
    ),
    "expired": (
        "unknown",
        "expired",
        "chứng thư số đã hết hạn, không có dấu thời gian để biết ký lúc nào",
    ),
    "not_yet": ("invalid", "not_yet_valid", "chứng thư số chưa có hiệu lực khi ký"),
    "weak": (
        "invalid",
        "weak_algorithm",
        "chữ ký hoặc chứng thư số dùng thuật toán không còn an toàn (SHA-1)",
    ),
}
_EXPIRED: Answer = ("invalid", "expired", "chứng thư số đã hết hạn khi ký")
_CHANGED: Answer = ("invalid", "changed_after_signing", "tệp bị sửa sau khi ký")
_REVOCATION: Mapping[Trouble, Revocation] = {"": "good", "revoked": "revoked"}
_STAMPS: Mapping[Trouble, Answer] = {
    "broken": ("invalid", "stamp_broken", "dấu thời gian không đúng"),
    "revoked": ("invalid", "stamp_revoked", "dấu thời gian do đơn vị đã bị thu hồi chứng thư cấp"),
    "unanswered": ("unknown", "stamp_unknown", "chưa kiểm tra được dấu thời gian, thử lại sau"),
}
_STAMP_DOUBTED: Answer = (
    "unknown",
    "stamp_not_trusted",
    "dấu thời gian không do đơn vị mà hệ thống tin cậy cấp",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who should have signed: the serial number of the certificate by field, or the roles; None is anybody."""

    serials: Mapping[str, str] | None = None
    roles: Sequence[Role] | None = None


async def judge(
    path: Path,
    reader: PdfFileReader,
    signatures: Sequence[Signature],
    *,
    policy: Policy,
    chains: Chains,
    wanted: Wanted,
) -> Report:
    """The report on a file that could be read; `signatures` in the order of their revisions, time stamps too."""
    regular = [one for one in signatures if one.sig_object_type != "/DocTimeStamp"]
    if not regular:
        missing = tuple(_absent(wanted, ()))
        return Report("invalid" if missing else "unsigned", findings=missing, policy=policy.label)
    for one in signatures:
        one.compute_integrity_info(diff_policy=policy.diff_policy)
    stamps = await _archive_stamps([one for one in signatures if one not in regular], chains)
    judging = _Judging(policy, chains, wanted, Changes(reader, signatures), stamps)
    roles = roles_of([(str(one.field_name), one.signer_cert) for one in regular])
    seal = next((one for one, role in zip(regular, roles, strict=True) if role == "seal"), None)
    judged = [await judging.signature(one, role, seal) for one, role in zip(regular, roles, strict=True)]
    findings = (
        *_of_file(path, judged, regular, seal),
        *_of_stamps(stamps),
        *_absent(wanted, judged),
        *_notes(reader, judged, wanted),
    )
    return Report(_verdict(judged, findings, stamps), tuple(judged), findings, policy.label)


@dataclass(frozen=True, slots=True)
class _Archive:
    """A time stamp over the whole file. `allowed`: what came after it may stand there."""

    revision: int
    stamp: Stamp
    allowed: bool

    @property
    def good(self) -> bool:
        return self.allowed and self.stamp.outcome.good


@dataclass(frozen=True, slots=True)
class _Judging:
    policy: Policy
    chains: Chains
    wanted: Wanted
    changes: Changes
    archives: Sequence[_Archive]

    async def signature(self, signature: Signature, role: Role, seal: Signature | None) -> SignatureReport:
        later = [
            one.stamp.at for one in self.archives if one.good and one.revision > signature.signed_revision
        ]
        archived = min(later, default=None)
        stamp = await self.chains.attached_stamp(signature, archived)
        stamped = stamp.at if stamp and stamp.outcome.good else None
        proven = min(filter(None, (stamped, archived)), default=None)
        outcome = await self.chains.signature(signature, proven)
        changes = self.changes.after(signature)
        verdict, code, reason = self._answer(signature, outcome, stamp, proven, seal)
        subject = signature.signer_cert.subject.native
        return SignatureReport(
            field=str(signature.field_name),
            role=role,
            signer=common_name(signature.signer_cert) or signature.signer_cert.subject.human_friendly,
            organisation=first_of(subject.get("organization_name", "")),
            serial=f"{signature.signer_cert.serial_number:x}",
            verdict=verdict,
            reason=reason,
            code=code,
            intact=outcome.trouble != "broken",
            trusted=outcome.trouble in ("", "unanswered"),
            revocation=_REVOCATION.get(outcome.trouble, "unknown"),
            changes_allowed=_allowed(signature),
            covers_file=signature.coverage == SignatureCoverageLevel.ENTIRE_FILE,
            level=_level(outcome, stamp, archived),
            signed_at=proven or signature.self_reported_timestamp,
            stamped_at=proven,
            office=is_office(signature.signer_cert),
            changes=tuple(map(str, changes)),
            mark=hashlib.sha256(signature.pkcs7_content).hexdigest(),
        )

    def _answer(
        self,
        signature: Signature,
        outcome: Outcome,
        stamp: Stamp | None,
        proven: datetime | None,
        seal: Signature | None,
    ) -> Answer:
        """Verdict, code and clause: what is certainly wrong before what could not be learnt."""
        answer = _ANSWERS[outcome.trouble]
        claimed = proven or signature.self_reported_timestamp
        if outcome.trouble == "expired" and claimed and claimed > signature.signer_cert.not_valid_after:
            answer = _EXPIRED
        doubt = (
            _STAMPS.get(stamp.outcome.trouble, _STAMP_DOUBTED) if stamp and not stamp.outcome.good else None
        )
        intruder = self._intrusion(signature, seal)
        if outcome.trouble != "broken" and not _allowed(signature):
            return _CHANGED
        if answer[0] != "invalid" and intruder:
            return ("invalid", *intruder)
        if doubt and (answer[0] == "valid" or (doubt[0] == "invalid" and answer[0] != "invalid")):
            return doubt
        return answer

    def _intrusion(self, signature: Signature, seal: Signature | None) -> tuple[str, str] | None:
        """Why this signature should not be there: code and clause."""
        field, serials = str(signature.field_name), self.wanted.serials
        if serials is not None and field not in serials:
            return "signer_unexpected", "có chữ ký thừa, không nằm trong quy trình ký văn bản"
        if serials and f"{signature.signer_cert.serial_number:x}" != serials[field].lower():
            return "signer_unexpected", "người ký không phải người được giao ký"
        if self.policy.own_fields_only and not own_role(field):
            return "foreign_field", "chữ ký nằm ngoài các ô ký của văn bản"
        sealed = seal.signed_revision if seal is not None else signature.signed_revision
        if self.policy.own_fields_only and signature.signed_revision > sealed:
            return "signed_after_seal", "có chữ ký thêm vào sau khi cơ quan ký"
        return None


async def _archive_stamps(stamps: Sequence[Signature], chains: Chains) -> list[_Archive]:
    """The time stamps of the file; each is proven by the newer ones, so the newest is judged first."""
    judged: list[_Archive] = []
    for one in sorted(stamps, key=lambda one: one.signed_revision, reverse=True):
        proven = min((newer.stamp.at for newer in judged if newer.good), default=None)
        stamp = await chains.stamp(one.signed_data, one.compute_digest, proven)
        judged.append(_Archive(one.signed_revision, stamp, _allowed(one)))
    return judged


def _allowed(signature: Signature) -> bool:
    """Whether the signature covers its revision wholly, and what came later may stand in the file."""
    integrity = signature.summarise_integrity_info()
    covered = integrity["coverage"] >= SignatureCoverageLevel.ENTIRE_REVISION
    return bool(covered and integrity["docmdp_ok"])


def _level(outcome: Outcome, stamp: Stamp | None, archived: datetime | None) -> str:
    """A time stamp about whose authority nobody answers today counts; one that does not hold does not."""
    stamped = stamp is not None and stamp.outcome.trouble in ("", "unanswered")
    if not stamped and archived is None:
        return "B-B"
    if not outcome.kept:
        return "B-T"
    return "B-LT" if archived is None else "B-LTA"


def _of_file(
    path: Path, judged: Sequence[SignatureReport], regular: Sequence[Signature], seal: Signature | None
) -> Iterator[Finding]:
    if has_garbage_at_end(path):
        yield Finding("garbage_at_end", "có dữ liệu lạ ở cuối tệp")
    edited, open_fields = set(), set()
    for report, signature in zip(judged, regular, strict=True):
        made = [Change.parse(text) for text in report.changes]
        filled = {one.where for one in made if one.code in ("field_filled", "field_added")}
        edited |= {one.where for one in made if one.code == "field_changed"}
        edited |= filled if signature is seal else set()
        open_fields |= filled if signature is regular[-1] else set()
    if edited:
        yield Finding("field_changed", f"số, ngày hoặc ô nhập bị sửa sau khi đã ký ({_listed(edited)})")
    elif open_fields:
        yield Finding(
            "field_unconfirmed",
            f"ô nhập được điền sau chữ ký cuối cùng, chưa ai ký xác nhận ({_listed(open_fields)})",
        )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _of_stamps(archives: Sequence[_Archive]) -> Iterator[Finding]:
    troubles = {one.stamp.outcome.trouble if one.allowed else "broken" for one in archives}
    if troubles & {"broken", "revoked", "weak", "not_yet"}:
        yield Finding("archive_stamp_broken", "dấu thời gian lưu trữ của tệp không đúng")
    elif troubles - {""}:
        yield Finding(
            "archive_stamp_unknown", "chưa kiểm tra được dấu thời gian lưu trữ của tệp", grave=False
        )


def _absent(wanted: Wanted, judged: Sequence[SignatureReport]) -> Iterator[Finding]:
    """Who should have signed and did not, or signed and should not have."""
    if set(wanted.serials or ()) - {one.field for one in judged}:
        yield Finding("role_missing", "thiếu chữ ký mà quy trình đã ghi nhận")
    if wanted.roles is None:
        return
    left = Counter(wanted.roles)
    for one in judged:
        initialled = one.role == "initials" and wanted.roles.count("initials") == 1 and own_role(one.field)
        if left[one.role] > 0:
            left[one.role] -= 1
        elif not initialled:
            yield Finding("signer_unexpected", f"có chữ ký thừa: {one.who} ({ROLE_NAMES[one.role]})")
    for role in left.elements():
        yield Finding("role_missing", f"thiếu chữ ký: {ROLE_NAMES[role]}")


def _notes(reader: PdfFileReader, judged: Sequence[SignatureReport], wanted: Wanted) -> Iterator[Finding]:
    """What a reader of an unknown file should know: which role nobody signed in, who signed without one."""
    if wanted.roles is not None or wanted.serials is not None:
        return
    present = {one.role for one in judged}
    empty = {str(name) for name, _, _ in enumerate_sig_fields(reader, filled_status=False)}
    for role, code, whose in (
        ("approval", "leader_absent", "lãnh đạo"),
        ("seal", "office_absent", "cơ quan"),
    ):
        if role not in present:
            tail = ", ô ký còn trống" if any(own_role(name) == role for name in empty) else ""
            yield Finding(code, f"không có chữ ký của {whose}{tail}", grave=False)
    for one in judged:
        if not one.role:
            yield Finding("signer_without_role", f"{one.who} ký thêm, không rõ vai trò", grave=False)


def _verdict(
    judged: Sequence[SignatureReport], findings: Sequence[Finding], archives: Sequence[_Archive]
) -> Verdict:
    verdicts = {one.verdict for one in judged}
    if "invalid" in verdicts or any(one.grave for one in findings):
        return "invalid"
    return "unknown" if "unknown" in verdicts or not all(one.good for one in archives) else "valid"

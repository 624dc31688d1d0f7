"""Judge the files that the system holds, keep what was found with its evidence, find older versions of a file.

One row per file and version of the policy: a file is judged once, and again only while nobody could be asked.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F

from vanthu.kernel.calendar import now
from vanthu.kernel.files import queries as files
from vanthu.kernel.files.contract import FileDamaged
from vanthu.kernel.files.scanning import Locked
from vanthu.kernel.later import later
from vanthu.signing.evidence_models import Evidence
from vanthu.signing.report import Finding, Report

if TYPE_CHECKING:
    from vanthu.kernel.files.models import StoredFile
    from vanthu.signing import policies, verify
    from vanthu.signing.trust import Knowledge
else:
    policies = later("vanthu.signing.policies")
    verify = later("vanthu.signing.verify")

UNREAD = Report.unjudged("không đọc được tệp trong kho để kiểm tra")
LOCKED = Report.unjudged("tệp nhiễm mã độc nên đã khóa, không kiểm tra chữ ký")
_PAUSE = timedelta(minutes=5)  # half the first pause between two questions
_LARGEST = 2_000_000  # bytes of one CRL that are kept


def judge(file: StoredFile, *, own: bool = False) -> Report:
    """The report on a stored file; made on the first call, made again while it is "unknown".

    `own`: a document that this system made. Call it outside a transaction: it asks OCSP responders.
    """
    policy = policies.OWN if own else None
    asked = policy.label if policy else policies.AUTOMATIC_LABEL
    known = Evidence.objects.filter(sha256=file.sha256, asked=asked).first()
    if known is not None and known.verdict != "unknown":
        return with_versions(Report.from_json(known.report))
    try:
        with files.copy_of(file, "judged.pdf") as path:
            report, material = verify.Verifier(policy).verify_with_material(path)
    except FileDamaged:
        return UNREAD
    except Locked:
        return LOCKED
    values: dict[str, Any] = {
        "verdict": report.verdict,
        "report": report.as_json(),
        "material": packed(material),
        "marks": marks_of(report),
        "first_mark": next(iter(marks_of(report)), ""),
        "judged_at": now(),
    }
    if known is not None:
        values["tries"] = F("tries") + 1
    Evidence.objects.update_or_create(
        sha256=file.sha256, asked=asked, defaults=values, create_defaults={**values, "tries": 1}
    )
    return with_versions(report)


def rests(file: StoredFile) -> bool:
    """Whether the file was asked about a moment ago without an answer: soon asked again at first, then ever later."""
    row = Evidence.objects.filter(sha256=file.sha256, verdict="unknown").order_by("-judged_at").first()
    return row is not None and row.judged_at + _PAUSE * 2 ** min(row.tries, 9) > now()


def with_versions(report: Report) -> Report:
    """The same report; invalid if the system knows the file with more signatures (it was rolled back)."""
    marks = marks_of(report)
    if not marks:
        return report
    versions = Evidence.objects.filter(first_mark=marks[0], verdict="valid")
    longer = next((one for one in versions if set(one.marks) > set(marks)), None)
    if longer is None:
        return report
    more = [one for one in Report.from_json(longer.report).signatures if one.mark not in marks]
    names = ", ".join(dict.fromkeys(one.who for one in more))
    found = Finding("older_version", f"hệ thống đã biết một bản sau của tệp này, có thêm chữ ký của {names}")
    return replace(report, verdict="invalid", findings=(*report.findings, found))


def marks_of(report: Report) -> list[str]:
    """The hashes of the signatures in the order in which they were made."""
    return [one.mark for one in report.signatures]


def packed(material: Knowledge) -> bytes:
    """Certificates, CRLs and OCSP responses as a row keeps them; CRLs over two megabytes are left out."""
    held = {
        "certificates": _texts(one.dump() for one in material.certificates),
        "crls": _texts(one.dump() for one in material.crls),
        "responses": _texts(one.dump() for one in material.responses),
    }
    return gzip.compress(json.dumps(held).encode(), mtime=0)


def unpacked(material: bytes) -> dict[str, list[bytes]]:
    """What `packed` gave, as DER."""
    held = json.loads(gzip.decompress(material))
    return {kind: [base64.b64decode(text) for text in texts] for kind, texts in held.items()}


def _texts(ders: Iterable[bytes]) -> list[str]:
    return sorted({base64.b64encode(der).decode() for der in ders if len(der) <= _LARGEST})

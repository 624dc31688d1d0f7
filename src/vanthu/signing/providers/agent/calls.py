"""What the browser sends to the agent: one WebSocket per call, one text frame each way.

Paths and keys as the agent's own script uses them (`vgca_sign_approved`, `vgca_sign_issued`); keys are case-sensitive.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from vanthu.signing.states import SigningRole

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
APPROVED, ISSUED = "/SignApproved", "/SignIssued"


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the path below the agent's address, and the text frame."""

    path: str
    frame: str


def call(role: str, address: str, *, number: str = "", issued_on: date | None = None) -> Call:
    """Leaders and those who initial approve; the office issues, with number and date of the document.

    `address` is absolute and carries the ticket: the agent fetches the file there and returns it there.
    """
    frame: dict[str, object] = {
        "FileUploadHandler": address,
        "SessionId": "",  # no cookie of ours
        "JWTToken": "",
        "FileName": address,
        "MetaData": [],
    }
    if role != SigningRole.SEAL:
        return Call(APPROVED, json.dumps(frame))
    frame |= {"DocNumber": number, "IssuedDate": _moment(issued_on)}
    return Call(ISSUED, json.dumps(frame, ensure_ascii=False))


def _moment(day: date | None) -> str:
    """ISO 8601 in Vietnam, at noon as the agent's examples have it; "" without a date."""
    return datetime.combine(day, time(12), _HANOI).isoformat() if day else ""


def answer(status: bool, message: str = "", *, name: str = "") -> dict[str, object]:
    """What the agent gets for a returned file: `Status` is a boolean, keys are PascalCase."""
    return {"Status": status, "Message": message, "FileName": name, "FileServer": name, "DocumentNumber": ""}

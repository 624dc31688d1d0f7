"""What the page of a request to a device shows of it and of each file."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from vanthu.issuing import batch_signing, sealing
from vanthu.signing import requests
from vanthu.signing.devices import device_of
from vanthu.signing.providers import agent
from vanthu.signing.states import OPEN_REQUESTS, UNANSWERED, SessionState
from vanthu.web.signing.choosing import SECRETS

if TYPE_CHECKING:
    from vanthu.signing.models import SigningRequest
    from vanthu.signing.providers.base import Capabilities
    from vanthu.signing.requests import Row

PAGES = {batch_signing.PURPOSE: "draft", sealing.PURPOSE: "issue"}
"""The page of what each purpose signs."""
_LOOKS = {
    SessionState.PREPARED: ("Đang gửi tới thiết bị", "", "clock"),
    SessionState.WAITING: ("Chờ xác nhận", "info", "clock"),
    SessionState.ANSWERED: ("Đang ghép chữ ký", "info", "clock"),
    SessionState.SIGNED: ("Đã ký", "ok", "check"),
    SessionState.REJECTED: ("Từ chối ký", "danger", "x"),
    SessionState.EXPIRED: ("Hết hạn, chưa ký", "warn", "clock"),
    SessionState.FAILED: ("Không ký được", "danger", "alert"),
    SessionState.CANCELLED: ("Đã hủy, chưa ký", "", "x"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """One file: what came of it so far."""

    title: str
    url: str
    state: str
    label: str
    tone: str
    symbol: str
    problem: str
    signed: bool
    again: bool
    subject_id: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A request with its files. `minutes` that are left, rounded up."""

    request: SigningRequest
    results: list[Result]
    device: Capabilities
    minutes: int

    @property
    def over(self) -> bool:
        """Every file has its result."""
        return self.request.state not in OPEN_REQUESTS

    @property
    def signed(self) -> int:
        return sum(one.signed for one in self.results)

    @property
    def percent(self) -> int:
        return round(100 * self.signed / len(self.results)) if self.results else 0

    @property
    def by_agent(self) -> bool:
        return self.request.provider == agent.NAME

    @property
    def secrets(self) -> list[tuple[str, str]]:
        """What its owner still has to type for the device."""
        asks = any(one.state == SessionState.PREPARED for one in self.results)
        return [(name, SECRETS[name]) for name in self.device.secrets] if asks else []

    @property
    def unanswered(self) -> int:
        """Files that the device has not signed, which may still be given up."""
        return sum(one.state in UNANSWERED for one in self.results)

    @property
    def again(self) -> list[int]:
        """Drafts of which the signature did not come and may be asked for again."""
        return [one.subject_id for one in self.results if one.again]

    @property
    def signs(self) -> bool:
        """Whether drafts are signed; else the office seals."""
        return self.request.purpose == batch_signing.PURPOSE


def shown(request: SigningRequest) -> Shown:
    """The request as its page shows it. One query more."""
    over = request.state not in OPEN_REQUESTS
    left = (request.expires_at - timezone.now()).total_seconds()
    return Shown(
        request,
        [_result(one, request, over) for one in requests.progress(request)],
        device_of(request.provider).capabilities,
        0 if over else max(math.ceil(left / 60), 0),
    )


def _result(row: Row, request: SigningRequest, over: bool) -> Result:
    label, tone, symbol = _LOOKS[SessionState(row.state)]
    signed = row.state == SessionState.SIGNED and row.settled and not row.problem
    if row.state == SessionState.SIGNED and not row.settled:
        label, tone, symbol = "Đang hoàn tất", "info", "clock"
    elif row.state == SessionState.SIGNED and row.problem:
        label, tone, symbol = "Chữ ký không được dùng", "danger", "alert"
    page = PAGES.get(request.purpose)
    return Result(
        title=row.title,
        url=reverse(page, args=[row.subject_id]) if page and row.subject_id else "",
        state=row.state,
        label=label,
        tone=tone,
        symbol=symbol,
        problem=row.problem,
        signed=signed,
        again=over and row.state != SessionState.SIGNED,
        subject_id=row.subject_id,
    )

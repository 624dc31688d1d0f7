"""How far the signatures of files are kept for decades, for pages, programs and the readiness meter."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from vanthu.kernel.files import queries as files
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.refusals import NotFound
from vanthu.signing.augmenting_models import Keeping
from vanthu.signing.augmenting_states import TRANSIENT, KeepingState, Level, Trouble


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one signed file: its state, the level of the longer file, why it is not at B-LTA, when it is looked at next.

    `checked_for` is the time to come for which its signatures were tried.
    """

    state: str
    level: str
    trouble: str
    due_at: datetime | None
    checked_for: datetime | None

    @property
    def lasting(self) -> bool:
        """Whether the file counts as archivable."""
        return self.state == KeepingState.LASTING

    @property
    def longer(self) -> bool:
        """Whether there is a longer file to download."""
        return self.level in (Level.LT, Level.LTA)

    @property
    def sentence(self) -> str:
        """The state of raising in one Vietnamese sentence."""
        reason = Trouble(self.trouble).label
        if self.state == KeepingState.LASTING and self.checked_for is not None:
            late = f" Chưa gia hạn được: {reason}; hệ thống tự thử lại." if reason else ""
            renewal = f" Gia hạn dấu thời gian từ {_day(self.due_at)}." if self.due_at and not reason else ""
            return f"Mức B-LTA, đã thử: năm {self.checked_for.year} vẫn kiểm tra được.{renewal}{late}"
        if self.state == KeepingState.SHORT:
            at = f"Mức {self.level}, chưa" if self.level else "Chưa"
            return f"{at} lưu trữ lâu dài được: {reason}."
        if not settings.TSA_URL:
            return "Chưa nâng mức chữ ký được: hệ thống chưa khai báo dịch vụ cấp dấu thời gian."
        if self.trouble in TRANSIENT:
            at = f"Mới ở mức {self.level}: " if self.level else ""
            return f"{at}{reason}. Hệ thống tự thử lại rồi nâng mức."
        return "Hệ thống đang nâng chữ ký lên mức lưu trữ lâu dài (B-LTA)."


def standing(sha256s: Collection[str]) -> dict[str, Standing]:
    """{SHA-256 of the signed file: how it stands}; files without signatures, or that nobody asked for, have none."""
    rows = Keeping.objects.filter(file_sha256__in=sha256s).exclude(state=KeepingState.UNSIGNED)
    return {
        row.file_sha256: Standing(row.state, row.level, row.trouble, row.due_at, row.outlook_at)
        for row in rows
    }


def lasting_attachment(row: Keeping) -> Attachment | None:
    """The longer file of a row."""
    held = files.attachments(Keeping.item_kind, [row.pk])[row.pk]
    return held[-1] if held else None


def lasting_copy(sha256: str) -> tuple[Attachment, str]:
    """The longer file made of this signed file, and its level. Raises `NotFound` while there is none."""
    row = Keeping.objects.filter(file_sha256=sha256).first()
    held = lasting_attachment(row) if row else None
    if row is None or held is None:
        raise NotFound("Chưa có bản lưu trữ lâu dài của tệp này. Hệ thống đang nâng mức chữ ký; thử lại sau.")
    return held, row.level


def _day(at: datetime) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y}"

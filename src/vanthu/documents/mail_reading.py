"""What a mail (`.eml`) says: sender, subject, day, text, files, with the standard library's parser."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from vanthu.documents import symbols
from vanthu.documents.states import Urgency
from vanthu.kernel.refusals import Invalid

_TAGS = re.compile(r"<(style|script)\b.*?</\1>|<[^>]+>", re.IGNORECASE | re.DOTALL)
_SYMBOL = re.compile(r"(?<!\w)(\d{1,6}/[^\s,;:()]{2,40})")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_MOST_TEXT = 100_000  # letters


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file of a mail: its name and bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as far as it can be read."""

    message_id: str
    sender: str
    sender_name: str
    subject: str
    text: str
    sent_at: datetime | None
    urgency: int
    files: tuple[AttachedFile, ...]

    @property
    def symbol(self) -> tuple[str, str]:
        """Number and symbol that stand in the subject ("2143", "KH-VKS-VP"), or two empty texts."""
        found = _SYMBOL.search(self.subject)
        return symbols.split(found[1].rstrip(".")) if found else ("", "")


def read_letter(path: Path) -> Letter:
    """The mail in a file; raises `Invalid` with the reason when it is none, or nothing of it can be read."""
    with path.open("rb") as stream:
        message = BytesParser(policy=policy.default).parse(stream)
    try:
        return _letter(message)
    except (LookupError, ValueError, TypeError, AttributeError, IndexError) as error:
        # what the standard parser raises for headers and encodings that follow no rule
        raise Invalid("Thư bị hỏng định dạng nên không đọc được. Mở tệp gốc để xem.") from error


def _letter(message: EmailMessage) -> Letter:
    name, sender = parseaddr(_header(message, "From"))
    if "@" not in sender:
        raise Invalid("Tệp không phải là thư điện tử, hoặc thư không có địa chỉ nơi gửi. Mở tệp gốc để xem.")
    text, files = _text(message), tuple(_files(message))
    if not text and not files:
        raise Invalid("Thư không có nội dung và không có tệp nào. Mở tệp gốc để xem.")
    return Letter(
        message_id=_header(message, "Message-ID")[:255],
        sender=sender[:320],
        sender_name=name[:200],
        subject=_header(message, "Subject")[:1000],
        text=text,
        sent_at=_moment(_header(message, "Date")),
        urgency=_urgency(message),
        files=files,
    )


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(_CONTROL.sub(" ", str(message.get(name, ""))).split())


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    text = str(body.get_content())
    if body.get_content_subtype() == "html":
        text = _TAGS.sub(" ", text)
    return _CONTROL.sub(" ", text.replace("\r\n", "\n")).strip()[:_MOST_TEXT]


def _files(message: EmailMessage) -> list[AttachedFile]:
    found = []
    for number, part in enumerate(message.iter_attachments(), start=1):
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
            data = inner.as_bytes() if isinstance(inner, EmailMessage) else b""
        else:
            payload = part.get_payload(decode=True)
            data = payload if isinstance(payload, bytes) else b""
        found.append(AttachedFile(part.get_filename() or f"tep-{number}", data))
    return found


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _urgency(message: EmailMessage) -> int:
    high = _header(message, "Importance").lower() == "high" or _header(message, "X-Priority")[:1] in (
        "1",
        "2",
    )
    return Urgency.URGENT if high else Urgency.NORMAL

"""The lines of a mail (`.eml`): who wrote to whom, when, about what, and its text. Its files are files of their own."""

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from vanthu.kernel.refusals import Invalid
from vanthu.reading.text import cleaned

_HEADERS = (("From", "Từ"), ("To", "Đến"), ("Cc", "Đồng gửi"), ("Date", "Ngày"), ("Subject", "Chủ đề"))
_TAGS = re.compile(r"<(style|script|head)\b.*?</\1>|<[^>]+>", re.IGNORECASE | re.DOTALL)
_LINE_ENDS = re.compile(r"<(?:br|/p|/div|/tr|/li|/h\d)\b[^>]*>", re.IGNORECASE)
_ENTITIES = {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}


def lines(path: Path) -> list[str]:
    """The lines of a mail, headers first. Raises `Invalid` for what is no mail."""
    with path.open("rb") as stream:
        message = BytesParser(policy=policy.default).parse(stream)
    try:
        heads = [
            f"{word}: {' '.join(str(message[name]).split())}" for name, word in _HEADERS if message[name]
        ]
        body = _body(message)
        names = [f"Tệp: {part.get_filename()}" for part in message.iter_attachments() if part.get_filename()]
    except (LookupError, ValueError, TypeError, AttributeError, IndexError) as error:
        # what the standard parser raises for headers and encodings that follow no rule
        raise Invalid(
            "Thư bị hỏng định dạng nên không đọc được. Mở tệp gốc để xem.", code="mail_broken"
        ) from error
    if not message["From"]:
        raise Invalid("Tệp không phải là thư điện tử. Mở tệp gốc để xem.", code="no_mail")
    return [line for text in (*heads, body, *names) for line in cleaned(text).split("\n") if line]


def _body(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    text = str(body.get_content())
    if body.get_content_subtype() == "html":
        text = _TAGS.sub(" ", _LINE_ENDS.sub("\n", text))
        for entity, letter in _ENTITIES.items():
            text = text.replace(entity, letter)
    return text

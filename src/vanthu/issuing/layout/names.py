"""Names in capitals, broken where a reader expects it, and trích yếu in the words of each kind."""

import re

from vanthu.issuing.layout import measures

# An office name that is too long for the column breaks before the part that tells one office from another.
_TELLING_PART = re.compile(
    r" (?=(?:TỐI CAO|TỈNH|THÀNH PHỐ|KHU VỰC|QUÂN SỰ|TRUNG ƯƠNG|QUÂN KHU|CẤP CAO|HUYỆN|QUẬN|TẠI) ?)"
)
_ABOUT = re.compile(r"^(?:v/v|về việc|về)[:\s]+", re.IGNORECASE)
# A trích yếu that begins with one of these keeps its capital behind "Về việc".
_PROPER = (
    "Viện",
    "Tòa",
    "Bộ",
    "Đảng",
    "Quốc hội",
    "Chính phủ",
    "Nhà nước",
    "Công an",
    "Ủy ban",
    "Luật",
    "Nghị",
    "Thông tư",
)


def capitals(name: str, letters: int = measures.HEAD_LETTERS) -> list[str]:
    """An office name in capitals, in as few lines of at most `letters` letters as its natural breaks allow."""
    lines: list[str] = []
    for part in _TELLING_PART.split(" ".join(name.upper().split())):
        if lines and len(lines[-1]) + 1 + len(part) <= letters:
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    return lines


def about(subject: str, word: str) -> str:
    """The subject behind "V/v" or "Về việc", once, in lower case unless it begins with a name."""
    subject = _ABOUT.sub("", subject.strip())
    if subject[1:2].islower() and not subject.startswith(_PROPER):
        subject = subject[0].lower() + subject[1:]
    return f"{word} {subject}"


def width_mm(text: str, points: float) -> float:
    """Roughly how wide bold Times letters run; good enough for the length of a rule, not for breaking lines."""
    ems = sum(0.26 if letter in " .,-/" else 0.71 if letter.isupper() else 0.49 for letter in text)
    return ems * points * 25.4 / 72

"""What the form of a registered system says."""

from dataclasses import dataclass

from vanthu.kernel.refusals import Invalid
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations.agency_codes import LONGEST, folded


@dataclass(frozen=True, slots=True)
class Line:
    """A body that a system speaks for: its codes, the newest first, and its name."""

    codes: tuple[str, ...]
    name: str

    def __str__(self) -> str:
        return f"{', '.join(self.codes)}: {self.name}"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form of a system says; limits as in `HubSystem`."""

    name: str
    lines: tuple[Line, ...]
    packets_per_day: int
    megabytes_per_day: int
    calls_per_minute: int

    @property
    def limits(self) -> dict[str, int]:
        """The limits by the names of their columns."""
        names = ("packets_per_day", "megabytes_per_day", "calls_per_minute")
        return {name: getattr(self, name) for name in names}


def lines_of(text: str) -> tuple[Line, ...]:
    """The bodies of a form, one a line: `mã, mã cũ: tên`. Raises `Invalid` (field `lines`) naming the line."""
    found = []
    for place, row in enumerate(filter(None, map(str.strip, text.splitlines())), 1):
        codes_part, _, name = row.partition(":")
        codes = tuple(filter(None, map(str.strip, codes_part.split(","))))
        bad = [code for code in codes if not 2 <= len(folded(code)) < LONGEST or " " in code]
        if not codes or bad or not nfc(name):
            raise lines_wrong(
                f"Dòng {place} chưa đúng. Viết dạng: H53.13, 000.00.13.H53: Sở Tư pháp tỉnh Tây Ninh."
            )
        found.append(Line(codes, nfc(name)[:500]))
    every = [folded(code) for line in found for code in line.codes]
    twice = sorted({code.upper() for code in every if every.count(code) > 1})
    if twice:
        raise lines_wrong(f"Mã {', '.join(twice)} ghi hai lần. Mỗi mã thuộc một cơ quan.")
    if not found:
        raise lines_wrong("Ghi ít nhất một cơ quan mà hệ thống này gửi nhận thay.")
    return tuple(found)


def lines_wrong(sentence: str) -> Invalid:
    """The refusal of the field of bodies."""
    return Invalid(fields={"lines": sentence})

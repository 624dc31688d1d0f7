"""Letters drawn from a word list by seed: who writes to whom about what, with deadlines and the traps beside them."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from vanthu.documents import kinds
from vanthu_tools.reading_bench.letter import Letter, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST_DAY = date(2026, 1, 5)
_REFERRED = ("KH-VKSTC", "VKS-P1", "CV-CSĐT", "HD-VKSTC", "UBND-NC")
_BASIS = (
    "Căn cứ Luật Tổ chức Viện kiểm sát nhân dân;",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;",
)
_URGENCIES = ("",) * 7 + ("Khẩn", "Thượng khẩn", "Hỏa tốc")


@dataclass(frozen=True, slots=True)
class Body:
    """A body that writes: names with "/" where a line may break, its part of symbols, who signs in which form."""

    over: str
    own: str
    code: str
    units: tuple[str, ...]
    forms: tuple[str, ...]
    party: bool = False
    kinds: tuple[str, ...] = ()
    """What it sends; () = what the set has for all."""
    place: str = ""
    """Where it sits, if that does not follow from its name."""


@dataclass(frozen=True, slots=True)
class Words:
    """What one set of documents is made of; `{p}` is a province, `{n}` a number, `{x}` a commune."""

    bodies: tuple[Body, ...]
    provinces: tuple[str, ...]
    communes: tuple[str, ...]
    families: tuple[str, ...]
    middles: tuple[str, ...]
    givens: tuple[str, ...]
    subjects: dict[str, tuple[str, ...]]
    """{code of a kind: subjects}; "" are subjects for any kind."""
    paragraphs: tuple[str, ...]
    due: tuple[str, ...]
    """Sentences with {day}."""
    traps: tuple[str, ...]
    """Sentences with {past}, {later} (dates) or {day} (a number) that set no deadline."""
    references: tuple[str, ...]
    """Sentences with {symbol} and {past}."""
    recipients: tuple[str, ...]
    remarks: tuple[str, ...]
    kinds: tuple[str, ...]
    party_kinds: tuple[str, ...]
    ranks: tuple[str, ...]
    """For a form with {rank}."""
    titles: tuple[str, ...] = ()
    """Academic ones, for a form with {title}."""
    proper: frozenset[str] = frozenset()
    """Codes of the kinds that have only subjects of their own."""
    referred: tuple[str, ...] = _REFERRED
    """Symbols of referred documents, without numbers."""
    basis: tuple[str, ...] = _BASIS
    party_basis: tuple[str, ...] = _BASIS
    archives: tuple[str, ...] = ("VT, {unit}",)


def bodies(table: str) -> tuple[Body, ...]:
    """The lines of a table: over|own|code|units|forms, then perhaps |kinds|place; a Party body begins with "*".

    The unit "_" is none.
    """
    made = []
    for line in table.strip().splitlines():
        over, own, code, units, forms, codes, place = (*line.split("|"), "", "")[:7]
        made.append(
            Body(
                over.lstrip("*"), own, code, tuple(units.split()), tuple(forms.split(";")),
                over.startswith("*"), tuple(codes.split()), place,
            )
        )  # fmt: skip
    return tuple(made)


def letters(words: Words, count: int, seed: str, name: str) -> Iterator[Letter]:
    """So many letters; the same for the same seed, and a longer run begins like a shorter one."""
    for at in range(count):
        yield _Writer(words, random.Random(f"{seed}-{at}"), f"{name}-{at:03}", at).letter()


class _Writer:
    """Draws one letter."""

    def __init__(self, words: Words, draw: random.Random, key: str, at: int) -> None:
        self.words, self.draw, self.key = words, draw, key
        self.body = words.bodies[at % len(words.bodies)]
        self.province, self.commune = draw.choice(words.provinces), draw.choice(words.communes)
        self.region = draw.randint(1, 12)
        self.day = _FIRST_DAY + timedelta(days=draw.randrange(300))
        self.at = at

    def letter(self) -> Letter:
        kind = self._kind()
        subject = self._subject(kind)
        number, notation = self._symbol(kind)
        form = self.draw.choice(self.body.forms)
        name = self._name()
        rank = self._rank(form)
        lines = tuple(line.strip().upper() for line in _parts(form))
        lines = tuple(self._filled(line) if "{" in line else line for line in lines)
        due, due_on = self._due()
        referred, symbols = self._references()
        addressed = self._recipients(kind.addressed and kind.family != "party")
        copies, plain = self._copies(set(addressed))
        body = [*self._paragraphs(), *referred, *due]
        truth: dict[str, Value] = {
            "issuer": self._plain(self.body.own),
            "number": number,
            "symbol": notation,
            "issued_on": self.day,
            "kind": kind.name,
            "subject": subject[:1].upper() + subject[1:],
            "signer_name": name,
            "signer_post": self._post(form),
            "urgency": self._urgency(),
            "recipients": tuple(dict.fromkeys((*addressed, *plain))) or None,
            "due_on": due_on,
        }
        return Letter(
            self.key, self.body.party, self._lines(self.body.over), self._lines(self.body.own), number, notation,
            self._place(), self.day, kind.name.partition(" (")[0].upper() if kind.code not in ("CV", "DCV") else "",
            subject, addressed, self._basis(kind), tuple(body), lines, f"{rank} {name}".strip(), copies,
            self._archive(), str(truth["urgency"] or ""), truth, symbols,
        )  # fmt: skip

    def _kind(self) -> kinds.Kind:
        if self.body.kinds:
            turn, place = divmod(self.at, len(self.words.bodies))
            return kinds.by_code(self.body.kinds[(turn + place) % len(self.body.kinds)])
        codes = self.words.party_kinds if self.body.party else self.words.kinds
        return kinds.by_code(codes[(self.at // len(self.words.bodies) + self.at) % len(codes)])

    def _subject(self, kind: kinds.Kind) -> str:
        choice = self.words.subjects.get(kind.code, ())
        if kind.code not in self.words.proper:
            choice = (*choice, *self.words.subjects[""])
        text = self._filled(self.draw.choice(choice))
        if kind.code in ("CV", "DCV"):
            return text[:1].lower() + text[1:]
        if kind.code in ("QD", "DQD", "NQ") and self.draw.random() < 0.8:
            return f"Về việc {text[:1].lower()}{text[1:]}"
        return text

    def _filled(self, text: str) -> str:
        return text.format(
            p=self.province,
            n=self.region,
            x=self.commune,
            year=self.day.year,
            quarter=(self.day.month + 2) // 3,
        )

    def _plain(self, name: str) -> str:
        """In ordinary case; the city's own name has a capital (Phụ lục II, III.2)."""
        return self._filled(name.replace("/", " ")).replace("thành phố Hồ", "Thành phố Hồ")

    def _lines(self, name: str) -> tuple[str, ...]:
        return tuple(self._filled(line).upper() for line in name.split("/") if line)

    def _symbol(self, kind: kinds.Kind) -> tuple[str, str]:
        number = f"{self.draw.choice((self.draw.randint(1, 99), self.draw.randint(100, 2900))):02}"
        code, unit = self._filled(self.body.code), self.draw.choice(self.body.units)
        if self.body.party:
            return number, f"-{kind.abbreviation}/{code}"
        if not kind.abbreviation:
            return number, f"{code}-{unit}".removesuffix("-_")
        if unit == "_":
            return number, f"{kind.abbreviation}-{code}"
        return number, f"{kind.abbreviation}-{code}" + (f"-{unit}" if self.draw.random() < 0.25 else "")

    def _place(self) -> str:
        if self.body.place:
            return self._filled(self.body.place)
        if "{x}" in self.body.own:
            return self.commune
        central = "{p}" not in self.body.own + self.body.over
        return "Hà Nội" if central else self.province

    def _rank(self, form: str) -> str:
        for mark, choice in (("{rank}", self.words.ranks), ("{title}", self.words.titles)):
            if mark in form:
                return self.draw.choice(choice)
        return ""

    def _archive(self) -> str:
        unit, patterns = self.draw.choice(self.body.units), self.words.archives
        pattern = self.draw.choice(patterns) if len(patterns) > 1 else patterns[0]
        return (pattern.replace(", {unit}", "") if unit == "_" else pattern).format(unit=unit)

    def _name(self) -> str:
        words = self.words
        return " ".join(
            (
                self.draw.choice(words.families),
                self.draw.choice(words.middles),
                self.draw.choice(words.givens),
            )
        )

    def _post(self, form: str) -> str:
        """What the person is: the last line of the form; Q. stays as "Quyền"."""
        last = self._filled(_parts(form)[-1])
        return last.replace("Q. ", "Quyền ") if last.startswith("Q. ") else last

    def _urgency(self) -> str | None:
        return self.draw.choice(_URGENCIES) or None

    def _due(self) -> tuple[list[str], date | None]:
        """Sentences with or without a deadline, and the deadline."""
        day = self.day + timedelta(days=self.draw.randint(6, 45))
        past = self.day - timedelta(days=self.draw.randint(20, 400))
        shown = self.draw.choice((f"{day.day}/{day.month}/{day.year}", f"{day:%d/%m/%Y}", _long(day)))
        sentences = []
        if self.draw.random() < 0.5:
            later = self.day + (self.day - past) // 4
            trap = self.draw.choice(self.words.traps)
            sentences.append(trap.format(past=f"{past:%d/%m/%Y}", day=day.day, later=f"{later:%d/%m/%Y}"))
        if self.draw.random() < 0.55:
            return sentences, None
        return [*sentences, self.draw.choice(self.words.due).format(day=shown)], day

    def _references(self) -> tuple[list[str], tuple[str, ...]]:
        if self.draw.random() < 0.45:
            return [], ()
        past = self.day - timedelta(days=self.draw.randint(5, 200))
        symbol = f"{self.draw.randint(1, 999):02}/{self.draw.choice(self.words.referred)}"
        text = self.draw.choice(self.words.references)
        return [text.format(symbol=symbol, past=self.draw.choice((f"{past:%d/%m/%Y}", _long(past))))], (
            symbol,
        )

    def _paragraphs(self) -> list[str]:
        drawn = self.draw.sample(self.words.paragraphs, self.draw.choice((2, 3, 3, 4, 7, 11)))
        return [self._filled(one) for one in drawn]

    def _basis(self, kind: kinds.Kind) -> tuple[str, ...]:
        if kind.code not in ("QD", "NQ", "DQD"):
            return ()
        basis = self.words.party_basis if self.body.party else self.words.basis
        return tuple(self._filled(one) for one in basis)

    def _recipients(self, addressed: bool) -> tuple[str, ...]:
        if not addressed:
            return ()
        return tuple(self._drawn(self.draw.choice((1, 1, 1, 2, 3))))

    def _drawn(self, count: int) -> list[str]:
        return [self._filled(one) for one in self.draw.sample(self.words.recipients, count)]

    def _copies(self, addressed: set[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The lines with remarks, and the names alone."""
        names = [one for one in self._drawn(self.draw.randint(1, 4)) if one not in addressed]
        lines = tuple(f"{one} {self.draw.choice(self.words.remarks)}".strip() for one in names)
        return lines, tuple(names)


def _long(day: date) -> str:
    return f"{day:%d} tháng {day:%m} năm {day.year}"


def _parts(form: str) -> list[str]:
    """The lines of a signing form; the strokes of "T/M", "T/L" and "K/T" part nothing."""
    return [line.strip() for line in re.split(r"/(?![MLT] )", re.sub(r"\{rank\}|\{title\}", "", form))]

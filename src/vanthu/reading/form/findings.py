"""What the check of form says: findings with the rule, the place, the sentence and, where possible, what mends it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from vanthu.reading.form.catalogue import RULES, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vanthu.reading.form.lines import Line
    from vanthu.reading.form.package import Package

type Level = Literal["error", "advice"]
type Mend = Callable[[Package], None]
_LONGEST_QUOTE = 120


class Change(NamedTuple):
    """Words before and after a fix, and which letters of the line it replaces; of a fix of looks all are empty."""

    before: str = ""
    after: str = ""
    start: int = 0
    end: int = 0


NOTHING = Change()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as the rule says. `key` names it among those of the same document."""

    rule: Rule
    message: str
    line: Line | None = None
    quote: str = ""
    mend: Mend | None = field(default=None, repr=False)
    change: Change = NOTHING
    key: str = ""

    @property
    def fixable(self) -> bool:
        return self.mend is not None

    def as_json(self) -> dict[str, Any]:
        """The finding as the command prints it."""
        line = self.line
        return {
            "id": self.rule.id,
            "level": self.rule.level,
            "rule": self.rule.basis,
            "place": {
                "paragraph": line.number if line is not None and line.number else None,
                "page": line.page if line is not None and line.page else None,
                "box": [round(side, 4) for side in line.box] if line is not None and line.box else None,
                "quote": self.quote,
            },
            "message": self.message,
            "fixable": self.fixable,
        }

    def as_row(self) -> dict[str, Any]:
        """The finding as a version keeps it: the same with its key and the words that a fix would change."""
        return {**self.as_json(), "key": self.key, "before": self.change.before, "after": self.change.after}


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a file; `kind` is a code of `documents.kinds`, "" where none was recognised.

    `checked` is false for documents whose form other rules set (norms, procedure).
    """

    file: str
    kind: str
    findings: tuple[Finding, ...]
    checked: bool = True

    @property
    def errors(self) -> int:
        return sum(one.rule.level == "error" for one in self.findings)

    @property
    def advice(self) -> int:
        return len(self.findings) - self.errors

    def as_json(self) -> dict[str, Any]:
        """The report as the command prints it."""
        return {
            "file": self.file,
            "kind": self.kind,
            "errors": self.errors,
            "advice": self.advice,
            "findings": [one.as_json() for one in self.findings],
        }

    def as_rows(self) -> dict[str, Any]:
        """The report as a version keeps it."""
        return {
            "kind": self.kind,
            "checked": self.checked,
            "findings": [one.as_row() for one in self.findings],
        }


def found(
    rule: str,
    line: Line | None,
    message: str,
    mend: Mend | None = None,
    *,
    change: Change = NOTHING,
    quote: str = "",
) -> Finding:
    """A finding of the rule with this id at a line."""
    words = quote or (line.text if line is not None else "")
    return Finding(RULES[rule], message, line, _short(words), mend, change)


def keyed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings with their keys, errors before advice, each in the order of the document."""
    counts: Counter[str] = Counter()
    rows: list[Finding] = []
    for one in findings:
        place = f"{one.rule.id}:{one.line.number if one.line is not None else 0}"
        counts[place] += 1
        rows.append(
            Finding(
                one.rule, one.message, one.line, one.quote, one.mend, one.change, f"{place}:{counts[place]}"
            )
        )
    return tuple(sorted(rows, key=lambda one: one.rule.level != "error"))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"

"""What was found about signatures, as cards: a word with its colour, the reason, the facts."""

from collections.abc import Sequence
from dataclasses import dataclass

from vanthu.signing.report import Report, SignatureReport

# What a page says of a file, and shortly of a signature; colour and picture are the same for both.
WORDS = {
    "valid": ("Chữ ký hợp lệ", "Hợp lệ", "ok", "shield"),
    "invalid": ("Chữ ký không hợp lệ", "Không hợp lệ", "danger", "shield-off"),
    "unknown": ("Chưa xác minh được chữ ký", "Chưa xác minh được", "warn", "alert"),
    "unsigned": ("Không có chữ ký số", "Không có chữ ký số", "", "shield-off"),
}
_POLICIES = {
    "own": "văn bản do hệ thống này lập",
    "government_compat": "tệp ký bằng công cụ của Ban Cơ yếu hoặc phần mềm khác",
    "legacy_sha1": "chứng thư thế hệ G1 (SHA-1)",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One signature on a card."""

    word: str
    tone: str
    icon: str
    who: str
    reason: str
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Card:
    """One file: the word, the sentence, what is wrong, what to know, and its signatures."""

    name: str
    word: str
    tone: str
    icon: str
    summary: str
    problems: Sequence[str]
    notes: Sequence[str]
    policy: str
    level: str
    marks: Sequence[Mark]


def card(name: str, report: Report) -> Card:
    """The card of a file."""
    word, _, tone, icon = WORDS[report.verdict]
    policy, _, version = report.policy.partition("/")
    return Card(
        name=name,
        word=word,
        tone=tone,
        icon=icon,
        summary=report.summary,
        problems=[_sentence(words) for words in report.problems],
        notes=[_sentence(words) for words in report.notes],
        policy=f"{_POLICIES[policy]} (bản {version})" if policy in _POLICIES else "",
        level=report.level,
        marks=[_mark(one) for one in report.signatures],
    )


def _mark(one: SignatureReport) -> Mark:
    _, word, tone, icon = WORDS[one.verdict]
    return Mark(word, tone, icon, one.who, _sentence(one.reason) if one.reason else "", one.facts)


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."

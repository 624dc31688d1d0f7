"""Number and symbol (số, ký hiệu) of a document: one grammar to read and to write them.

State form `2143/KH-VKS-VP` and legal form `30/2020/NĐ-CP` (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II,
mục I, điểm 3; Phụ lục III), Party form `129-NQ/BCSĐ` (Hướng dẫn 36-HD/VPTW). What does not parse is kept.
"""

import re
from dataclasses import dataclass
from typing import Literal

from vanthu.documents.kinds import Kind, abbreviation_in, by_code, with_abbreviation
from vanthu.kernel.vietnamese import fold, nfc

type Form = Literal["state", "legal", "party"]

_LETTER = r"[^\W\d_]"
_WORD = rf"{_LETTER}(?:[^\W_]|[&.](?=[^\W_]))*"
_PART = r"(?:[^\W_]|[&.](?=[^\W_]))+"
_STATE = re.compile(
    rf"(?P<number>\d{{1,6}}{_LETTER}?)/(?:(?P<year>(?:19|20)\d\d)/)?(?P<notation>{_WORD}(?:-{_PART})*)"
)
_PARTY = re.compile(
    rf"(?P<number>\d{{1,6}})(?P<notation>-(?P<kind>{_WORD})/(?P<office>{_WORD}(?:-{_PART})*))"
)
_LOOSE = re.compile(rf"(?P<number>\d{{1,6}}{_LETTER}?)(?P<joint>[/-])(?P<rest>[^/-].*)")
_DASHES = re.compile(r"\s*[-\u00ad\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]\s*")
_SLASHES = re.compile(r"\s*[/\u2044\u2215\uff0f]\s*")
_PREFIX = re.compile(r"số\s*:?\s*(?=\d)", re.IGNORECASE)
_SMALL = re.compile(rf"(?P<head>\d+{_LETTER}?[/-](?:\d{{4}}/)?)(?P<kind>[^/-]*)(?P<rest>.*)")
_NUMBER = re.compile(r"0*(?P<figures>\d+)(?P<letter>\D?)")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A number and symbol that was read; `str()` writes it again.

    `notation` is the ký hiệu without number and year: "KH-VKS-VP", "NĐ-CP"; in the Party form it carries
    the joint: "-NQ/BCSĐ". The kind's abbreviation is "" for official letters; `unit` is all after the office.
    """

    number: str
    year: int | None
    notation: str
    kind_abbreviation: str
    office: str
    unit: str
    form: Form

    def __str__(self) -> str:
        return written(self.number, self.notation, year=self.year)


def normalise(text: str) -> str:
    """NFC, no "Số:" in front, plain hyphens and slashes without spaces; `2143/kh-vks` gets its capitals."""
    text = _SLASHES.sub("/", _DASHES.sub("-", _PREFIX.sub("", nfc(text))))
    small = _SMALL.fullmatch(text)
    if small is None or text != text.lower():
        return text
    kind = abbreviation_in(small["kind"]) if small["rest"] else ""
    return small["head"] + (kind or small["kind"].upper()) + small["rest"].upper()


def parse(text: str) -> Symbol | None:
    """Read a number and symbol in any of the three forms; None when it has none of them."""
    text = normalise(text)
    if party := _PARTY.fullmatch(text):
        kind = abbreviation_in(party["kind"])
        number, notation, office = _padded(party["number"]), party["notation"], party["office"]
        return Symbol(number, None, notation, kind, office, "", "party") if kind else None
    if state := _STATE.fullmatch(text):
        return _state(state["number"], state["year"], state["notation"])
    return None


def _state(number: str, year: str | None, notation: str) -> Symbol:
    first, _, rest = notation.partition("-")
    kind = abbreviation_in(first) if rest else ""
    office, _, unit = (rest if kind else notation).partition("-")
    form: Form = "legal" if year else "state"
    return Symbol(_padded(number), int(year) if year else None, notation, kind, office, unit, form)


def split(text: str) -> tuple[str, str]:
    """(number, symbol) of what was typed at once, for the two fields of a form; never fails.

    The year of a legal document stays with the symbol: ("30", "2020/NĐ-CP"), and the hyphen of a Party
    document too: ("129", "-NQ/BCSĐ"). Without a number: ("", text).
    """
    tidy = normalise(text)
    found = _LOOSE.fullmatch(tidy)
    if found is None:
        return "", tidy
    return found["number"], found["rest"] if found["joint"] == "/" else f"-{found['rest']}"


def join(number: str, notation: str) -> str:
    """Number and symbol as a document shows them: the inverse of `split`."""
    return number + ("/" if number and notation and not notation.startswith("-") else "") + notation


def written(number: int | str, notation: str, *, year: int | None = None) -> str:
    """Number and symbol as they are printed; numbers below 10 get a zero, `year` is for legal documents."""
    return join(_padded(str(number)), f"{year}/{notation}" if year else notation)


def _padded(number: str) -> str:
    found = _NUMBER.fullmatch(number)
    return f"{found['figures']:0>2}{found['letter']}" if found else number


def notation_for(
    kind: Kind, office_code: str, unit_code: str = "", pattern: str = "{kind}-{office}-{unit}"
) -> str:
    """The symbol (ký hiệu) of a document that an office issues, e.g. "KH-VKS-VP", "VKS-TK", "-NQ/ĐU".

    `pattern` is the rule of the office with {kind}, {office}, {unit}; parts that are empty fall out.
    """
    if kind.family == "party":
        return f"-{kind.abbreviation}/{office_code}"
    filled = pattern.format(kind=kind.abbreviation, office=office_code, unit=unit_code)
    return "-".join(part for part in filled.split("-") if part)


def guess_kind(text: str) -> Kind | None:
    """The kind that a whole symbol, or its notation alone, points to; None when it says nothing.

    Without an abbreviation it is an official letter, or a law (`33/2024/QH15`). "CT" is read as a directive
    and "QĐ" as an administrative decision: the procedural kinds of that name are chosen by hand.
    """
    symbol = parse(text) or parse(join("1", text.strip()))
    if symbol is None:
        return None
    if not symbol.kind_abbreviation:
        return by_code("LUAT" if symbol.form == "legal" and symbol.office.startswith("QH") else "CV")
    if symbol.form == "party":
        return with_abbreviation(symbol.kind_abbreviation, "party")
    preferred = with_abbreviation(symbol.kind_abbreviation, "legal") if symbol.form == "legal" else None
    return preferred or with_abbreviation(symbol.kind_abbreviation)


# How one issuer is written in many ways; the longer form is the normal form. Compared without marks.
_ISSUER_WORDS = (
    (re.compile(r"\bvksnd\b"), "vien kiem sat nhan dan"),
    (re.compile(r"\bvksqs\b"), "vien kiem sat quan su"),
    (re.compile(r"\bvks(?:nd)?tc\b"), "vien kiem sat nhan dan toi cao"),
    (re.compile(r"\bvks\b"), "vien kiem sat"),
    (re.compile(r"\bvien kiem sat (?!nhan dan|quan su)"), "vien kiem sat nhan dan "),
    (re.compile(r"\btand\b"), "toa an nhan dan"),
    (re.compile(r"\bubnd\b"), "uy ban nhan dan"),
    (re.compile(r"\bhdnd\b"), "hoi dong nhan dan"),
    (re.compile(r"\bca(?= (?:tinh|thanh pho|tp|xa|phuong)\b)"), "cong an"),
    (re.compile(r"\b(?:cqcsdt|co quan csdt)\b"), "co quan canh sat dieu tra"),
    (re.compile(r"\btp\b"), "thanh pho"),
    (re.compile(r"\bhcm\b"), "ho chi minh"),
    (re.compile(r"\btw\b"), "trung uong"),
    (re.compile(r"\bkv\s*(?=\d)"), "khu vuc "),
)
_NOT_A_WORD = re.compile(r"[^0-9a-z]+")


def issuer_key(issuer: str) -> str:
    """The issuer without marks, case, abbreviations: "VKSND tối cao" gives "vien kiem sat nhan dan toi cao"."""
    plain = _NOT_A_WORD.sub(" ", fold(issuer)).strip()
    for pattern, whole in _ISSUER_WORDS:
        plain = pattern.sub(whole, plain)
    return " ".join(plain.split())


def duplicate_key(issuer: str, number: str, notation: str) -> str:
    """What two registrations of the same document have in common, for the warning before the second.

    Leading zeros, case, marks, spaces and hyphens do not count. "" when number or issuer is missing; at most
    200 characters.
    """
    figures = _NOT_A_WORD.sub("", fold(_padded(number.strip())))
    if not figures or not issuer.strip():
        return ""
    return "|".join([figures, _NOT_A_WORD.sub("", fold(notation)), issuer_key(issuer)])[:200]

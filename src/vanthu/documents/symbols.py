"""Number and symbol (số, ký hiệu) of a document: one grammar to read and to write them.

    state     NUMBER "/" NOTATION             2143/KH-VKS-VP · 05a/SY-VKS · 811/VKS-TK (a letter: no kind)
    legal     NUMBER "/" YEAR "/" NOTATION    30/2020/NĐ-CP · 33/2024/QH15
    party     NUMBER "-" KIND "/" OFFICE      129-NQ/BCSĐ
    NUMBER    two figures at least, a supplementary letter may follow: 01 · 10 · 05a
    NOTATION  [KIND "-"] OFFICE {"-" UNIT} ["(" UNIT ")"]

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục I, điểm 3 and Phụ lục III; Hướng dẫn 36-HD/VPTW for
the Party form; units after named kinds and in brackets as offices write them. KIND is an abbreviation of
`kinds`, copies (SY, TrS, SL) included. What has none of the forms is kept as it was typed.
"""

import re
from dataclasses import dataclass
from typing import Literal

from vanthu.documents.kinds import Kind, abbreviation_in, by_code, with_abbreviation
from vanthu.kernel.vietnamese import fold, nfc

type Form = Literal["state", "legal", "party"]

# Vietnamese letters alone: each has one capital, so what is written is read the same again.
_ABC = "A-Za-zÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ"
_PART = rf"(?:[{_ABC}0-9]|[&.](?=[{_ABC}0-9]))+"
_WORD = rf"(?=[{_ABC}]){_PART}"
_NUMBER = rf"(?P<number>0{{0,5}}[1-9][0-9]{{0,5}})(?P<letter>[{_ABC}]?)"
_STATE = re.compile(
    rf"{_NUMBER}/(?:(?P<year>(?:19|20)[0-9]{{2}})/)?(?P<first>{_WORD})(?P<rest>(?:-{_PART})*(?:\({_PART}\))?)"
)
_PARTY = re.compile(rf"{_NUMBER}-(?P<first>{_WORD})(?P<rest>/{_WORD}(?:-{_PART})*)")
_OFFICE = re.compile(r"(?P<office>[^-(]*)-?(?P<unit>.*)")
_LOOSE = re.compile(rf"(?P<number>[0-9]{{1,6}}[{_ABC}]?)(?P<joint>[/-])(?P<rest>[^/-].*)")
_HEAD = re.compile(rf"(?P<figures>[0-9]+)[{_ABC}]?(?P<joint>[/-]?)(?P<rest>.*)")
_ANY_NUMBER = re.compile(rf"0*(?P<figures>[0-9]+)(?P<letter>[{_ABC}]?)")
_LETTERS = re.compile(rf"[{_ABC}0-9]+")
_DASHES = re.compile(r"(?:\s*[-\u00ad\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d])+\s*")
_SLASHES = re.compile(r"\s*[/\u2044\u2215\uff0f]\s*")
_PREFIX = re.compile(r"(?:số\s*:?\s*)+(?=[0-9])", re.IGNORECASE)
# What is pasted along unseen, and the Icelandic letter that older keyboards give instead of Đ.
_STRANGE = str.maketrans({"Ð": "Đ", "ð": "đ"} | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class Symbol:
    """A number and symbol that was read; `str()` writes it in its normal form.

    `letter` is the supplementary one (the a of 05a); `abbreviation` is the kind's, "" for official letters;
    `unit` is all after the office: "VP", "P1(TH)", "(PC02)", the further issuers of a joint circular.
    """

    number: int
    letter: str
    year: int | None
    abbreviation: str
    office: str
    unit: str
    form: Form

    @property
    def notation(self) -> str:
        """The ký hiệu without number and year: "KH-VKS-VP", "NĐ-CP"; the Party's has its joint: "-NQ/BCSĐ"."""
        if self.form == "party":
            return f"-{self.abbreviation}/{self.office}"
        named = "-".join(part for part in (self.abbreviation, self.office) if part)
        return named + ("-" if self.unit and not self.unit.startswith("(") else "") + self.unit

    def __str__(self) -> str:
        return written(f"{self.number}{self.letter}", self.notation, year=self.year)


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A text in none of the forms, and the sentence that says what to write instead. It counts as false."""

    text: str
    why: str

    def __bool__(self) -> Literal[False]:
        return False


def normalise(text: str) -> str:
    """NFC, no "Số:" in front nor stop behind, plain hyphens and slashes without spaces.

    Small letters become capitals where the text has one of the forms: `2143/kh-vks` gives 2143/KH-VKS.
    """
    tidy = nfc(text.translate(_STRANGE)).rstrip(" .,;:")
    if prefix := _PREFIX.match(tidy):
        tidy = tidy[prefix.end() :]
    tidy = _SLASHES.sub("/", _DASHES.sub("-", tidy))
    found = _STATE.fullmatch(tidy) or _PARTY.fullmatch(tidy)
    if found is None:
        return tidy
    named = found["rest"][:1] in ("-", "/")
    kind = abbreviation_in(found["first"]) if named and found["first"].islower() else ""
    return tidy[: found.start("first")] + (kind or _capitals(found["first"])) + _capitals(found["rest"])


def _capitals(part: str) -> str:
    """Words in small letters in capitals; words of both, as "QyĐ", stay as they are."""
    return _LETTERS.sub(lambda word: word[0].upper() if word[0].islower() else word[0], part)


def parse(text: str) -> Symbol | NotUnderstood:
    """Read a number and symbol in any of the forms, however it is typed; fails on no text."""
    tidy = normalise(text)
    if found := _STATE.fullmatch(tidy):
        return _state(found)
    found = _PARTY.fullmatch(tidy)
    if found and (kind := abbreviation_in(found["first"])):
        return Symbol(int(found["number"]), found["letter"], None, kind, found["rest"][1:], "", "party")
    return NotUnderstood(text, _why(tidy))


def _state(found: re.Match[str]) -> Symbol:
    first, rest, year = found["first"], found["rest"], found["year"]
    kind = abbreviation_in(first) if rest.startswith("-") else ""
    place = _OFFICE.fullmatch(rest[1:] if kind else first + rest)
    office, unit = (place["office"], place["unit"]) if place else ("", "")
    form: Form = "legal" if year else "state"
    return Symbol(
        int(found["number"]), found["letter"], int(year) if year else None, kind, office, unit, form
    )


def _why(tidy: str) -> str:
    """What to write instead of a text in none of the forms."""
    head = _HEAD.fullmatch(tidy)
    if head is None:
        return "Hãy viết số trước rồi đến ký hiệu, ví dụ 12/QĐ-VKS."
    if not 1 <= len(head["figures"].lstrip("0")) <= 6:
        return "Số của văn bản bắt đầu từ 01 và có nhiều nhất 6 chữ số: hãy xem lại số."
    if not head["joint"] or not head["rest"]:
        return "Hãy viết dấu “/” rồi ký hiệu sau số, ví dụ 12/QĐ-VKS."
    if head["joint"] == "-":
        return (
            "Sau dấu “-” phải là tên loại văn bản của Đảng, ví dụ 129-NQ/BCSĐ; văn bản khác viết 12/QĐ-VKS."
        )
    return "Ký hiệu chỉ gồm chữ, chữ số và dấu “-” giữa các nhóm: hãy viết lại, ví dụ 12/QĐ-VKS-P1."


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
    found = _ANY_NUMBER.fullmatch(number)
    return f"{found['figures']:0>2}{found['letter']}" if found else number


def notation_for(
    kind: Kind, office_code: str, unit_code: str = "", pattern: str = "{kind}-{office}-{unit}"
) -> str:
    """The symbol (ký hiệu) of a document that an office issues, e.g. "KH-VKS-VP", "VKS-TK", "-NQ/ĐU".

    `pattern` is the rule of the office with {kind}, {office}, {unit}; parts that are empty fall out. Copies
    name the office alone (Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 3.1), Party documents have their own form.
    """
    if kind.family == "party":
        return f"-{kind.abbreviation}/{office_code}"
    if kind.family == "copy":
        unit_code = ""
    filled = pattern.format(kind=kind.abbreviation, office=office_code, unit=unit_code)
    return "-".join(part for part in filled.split("-") if part)


def guess_kind(text: str) -> Kind | None:
    """The kind that a whole symbol, or its notation alone, points to; None when it says nothing.

    Without an abbreviation it is an official letter, with a year a law (`33/2024/QH15`) or unknown, as in the
    judgment `12/2026/HS-ST`. "CT" is read as a directive and "QĐ" as an administrative decision: the
    procedural kinds of that name are chosen by hand.
    """
    symbol = parse(text) or parse(join("1", text.strip()))
    if not symbol:
        return None
    if not symbol.abbreviation and symbol.form == "state":
        return by_code("CV")
    if not symbol.abbreviation:
        return by_code("LUAT") if symbol.office.startswith("QH") else None
    if symbol.form == "party":
        return with_abbreviation(symbol.abbreviation, "party")
    preferred = with_abbreviation(symbol.abbreviation, "legal") if symbol.form == "legal" else None
    return preferred or with_abbreviation(symbol.abbreviation)


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
    figures, symbol = (
        _NOT_A_WORD.sub("", fold(part.translate(_STRANGE))) for part in (_padded(number.strip()), notation)
    )
    if not figures or not issuer.strip():
        return ""
    return "|".join([figures, symbol, issuer_key(issuer)])[:200]

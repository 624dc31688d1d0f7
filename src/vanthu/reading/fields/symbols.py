"""Number and symbol (số, ký hiệu) as a page shows them, with what a scan does to them put right where it is sure.

The forms are those of Decree 30/2020, Phụ lục I.II.3 and Hướng dẫn 36-HD/VPTW: 2143/KH-VKS-VP, 811/VKS-TK,
30/2020/NĐ-CP, 129-NQ/BCSĐ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vanthu.kernel.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vanthu.reading.fields.known import Known

_ABC = "A-Za-zÀ-ỹĂăĐđƠơƯưÐ"
_DASH = "[-\u2010-\u2015\u2212_~]"
_NUMBER = r"(?P<number>[0-9OoIl|]{1,6}[a-z]?)?"
_PART = rf"[{_ABC}0-9&.]+(?:\([{_ABC}0-9]+\))?"
_STATE = re.compile(
    rf"{_NUMBER}\s*[.|]?\s?/\s*(?:(?P<year>(?:19|20)[0-9]{{2}})\s*/\s*)?"
    rf"(?P<rest>[{_ABC}][{_ABC}0-9&.]*(?:\s?{_DASH}\s?{_PART})*(?:\s?\([{_ABC}0-9]+\))?)"
)
_PARTY = re.compile(
    rf"{_NUMBER}\s?{_DASH}\s?(?P<kind>[{_ABC}]{{1,4}})\s?/\s?(?P<rest>[{_ABC}][{_ABC}0-9.]*(?:{_DASH}[{_ABC}0-9.]+)*)"
)
_FIGURES = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"})
_STRANGE = str.maketrans({"Ð": "Đ", "ð": "đ"})
_WORD = re.compile(rf"[{_ABC}]+[0-9]*|[0-9]+")
# What stands for a body or a unit in symbols of this sector and of those that write to it.
_KNOWN_PARTS = """
VKS VKSTC VKSNDTC VKSKV VKSQS VKSQSTW TAND TANDTC TA TAKV UBND HĐND UBKT CA CSĐT CQĐT CQCSĐT ANĐT BCA BQP BTP BNV
BTC BCT BXD BYT BGDĐT BKHCN BNNMT BVHTTDL BNG TTCP TTg CP QH VPCP VPQH VPCTN VPTW TW TU ĐU ĐUK BCSĐ BTCTU BNCTU
BTGDVTU UBKTTU VPTU UBMTTQ MTTQ STP SNV STC SXD SYT SCT SKHCN SGDĐT SNNMT SVHTTDL TTT BHXH KBNN NHNN THADS CTHADS
PTHADS TCTHADS TTG PC CT TCT ĐĐBQH VP TH TK NC KT VX TCCB TĐKT CNTT CĐS VTLT PL PLHSHC KGVX NV HC HS DS TM QLGG XDVB
BTTP CCVC HCSN QLCS XLĐ BTCD KHTC TCHC TTBVPL KSĐT KSXX QLĐĐ ĐTXD TTr KSTHA HTQT KTNN LĐLĐ LHPN HND ĐTN HLG VPLS ĐLS
BQL BQLDA TTTT HĐTĐKT
"""
_TAIL = re.compile(r"[A-ZĐƯƠÂÊÔĂ]{2,}[jltfi]")  # a rule of the page read as a small letter
_TWICE = re.compile(r"(?<=[A-ZĐ])[Il](?=1)")  # the figure 1, read as a letter too
_UNIT = re.compile(r"(?<=^[PVCTKA])[Il]$")  # "P1", "V1": units are counted
_PARTS = frozenset(_KNOWN_PARTS.split())


@dataclass(frozen=True, slots=True)
class Read:
    """A number and symbol; `symbol` keeps the year of a legal document and the joint of the Party's: "-NQ/BCSĐ"."""

    number: str
    symbol: str
    party: bool
    sure: float

    @property
    def whole(self) -> str:
        """Both as the document shows them."""
        joint = "" if not self.number or self.symbol.startswith("-") else "/"
        return self.number + joint + self.symbol


def read(text: str, known: Known) -> Read | None:
    """The first number and symbol in a text; the number stays empty where it is left to be written by hand."""
    tidy = text.translate(_STRANGE)
    found = _STATE.search(tidy)
    party = _PARTY.search(tidy)
    if party is not None and (found is None or party.start() <= found.start() or party["number"]):
        kind = _kind(party["kind"], (kind.abbreviation for kind in known.kinds if kind.party))
        if kind:
            return Read(_number(party["number"]), f"-{kind}/{_parts(party['rest'], known)}", True, 0.97)
    if found is None:
        found = _joined(tidy, known)
    if found is None:
        return None
    rest = _rest(found["rest"], known)
    number = _number(found["number"])
    sure = 0.97 if number else 0.6
    return Read(number, f"{found['year']}/{rest}" if found["year"] else rest, False, sure)


def _joined(text: str, known: Known) -> re.Match[str] | None:
    """A number and symbol whose stroke a scan lost ("45HD-VKSTC"): the kind's abbreviation follows the figures."""
    kinds = "|".join(re.escape(kind.abbreviation) for kind in known.kinds if kind.abbreviation)
    return re.search(
        rf"\b(?P<number>[0-9]{{1,5}})\s?[JI|l]?(?P<year>(?!))?(?P<rest>(?:{kinds})-[{_ABC}][{_ABC}0-9&.-]*)",
        text,
    )


def abbreviation_of(one: Read) -> str:
    """What may be the kind in a symbol: "KH" of KH-VKS-VP, "NQ" of -NQ/BCSĐ; "" for one of a single part."""
    if one.party:
        return one.symbol[1:].partition("/")[0]
    rest = re.sub(r"^[0-9]{4}/", "", one.symbol)
    return rest.partition("-")[0] if "-" in rest else ""


def _number(text: str | None) -> str:
    """The figures, at least two as they are written; a letter of an inserted number stays."""
    if not text:
        return ""
    letter = text[-1] if text[-1] in "abcdeg" and len(text) > 1 else ""
    figures = (text[:-1] if letter else text).translate(_FIGURES)
    if not figures.isdigit() or not figures.strip("0"):
        return ""
    return f"{figures.lstrip('0'):0>2}{letter}"


def _rest(text: str, known: Known) -> str:
    first, joint, others = re.sub(rf"\s*{_DASH}\s*", "-", text).replace(" ", "").partition("-")
    kind = _kind(first, (kind.abbreviation for kind in known.kinds if not kind.party)) if joint else ""
    return (kind or _parts(first, known)) + joint + _parts(others, known)


def _kind(part: str, abbreviations: Iterable[str]) -> str:
    """The abbreviation of a kind that a part says, with the marks a scan lost; "" when it is none or may be two."""
    known = {one for one in abbreviations if one}
    for written in (str, str.casefold, fold, _single, _strokes):
        alike = {one for one in known if written(one) == written(part)}
        if alike:
            return alike.pop() if len(alike) == 1 else ""
    return ""


def _single(part: str) -> str:
    """Without marks, letters that a scan doubled once: "QĐĐ" as "QĐ"."""
    return re.sub(r"(.)\1", r"\1", fold(part))


def _strokes(part: str) -> str:
    """Without the bar that tells T from I: "TIr" is "TTr"."""
    strokes = part.replace("I", "T")
    return re.sub(r"T+", "T", strokes) if strokes.endswith("r") else strokes


def _parts(text: str, known: Known) -> str:
    return _WORD.sub(
        lambda word: _part(word[0], known), re.sub(rf"\s*{_DASH}\s*", "-", text).replace(" ", "")
    )


def _part(word: str, known: Known) -> str:
    """A part of a symbol with the marks that a scan lost: "CSDT" gives "CSĐT" where nothing else is written so."""
    if _TAIL.fullmatch(word):
        word = word[:-1]
    word = _UNIT.sub("1", _TWICE.sub("", word))
    letters = word.rstrip("0123456789")
    written = {
        *_PARTS,
        *(part for body in known.bodies for one in body.notations for part in _WORD.findall(one)),
    }
    if not letters or letters in written:
        return word
    alike = {one for one in written if fold(one) == fold(letters)}
    return alike.pop() + word[len(letters) :] if len(alike) == 1 else word

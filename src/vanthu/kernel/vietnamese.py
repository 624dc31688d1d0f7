"""Vietnamese text made comparable: without marks (`fold`), and with marks but one spelling (`spelled`)."""

import re
import unicodedata

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}  # huyền, sắc, ngã, hỏi, nặng
_SPACES = re.compile(r"\s+")
_SYLLABLE = re.compile(r"[^\W_]+")


def nfc(text: str) -> str:
    """The text composed (NFC), runs of white space made one space, ends trimmed."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """Lower case without marks, đ as d: "Kế hoạch" and "KE HOACH" both give "ke hoach"."""
    return _SPACES.sub(" ", unmarked(text).lower()).strip()


def unmarked(text: str) -> str:
    """The same letters without marks, đ as d: "Kế hoạch" gives "Ke hoach"."""
    apart = unicodedata.normalize("NFKD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def syllables(text: str) -> list[str]:
    """The syllables and figures of a text as they are written, composed (NFC)."""
    return _SYLLABLE.findall(unicodedata.normalize("NFC", text))


def spelled(syllable: str) -> str:
    """One spelling of a syllable wherever its tone mark stands: "hòa" and "hoà" give the same string."""
    letters: list[str] = []
    tones: list[str] = []
    for letter in unicodedata.normalize("NFD", syllable.lower()):
        (tones if letter in _TONES else letters).append(letter)
    return unicodedata.normalize("NFC", "".join(letters)) + "".join(tones)

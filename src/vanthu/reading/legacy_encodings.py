"""Text in fonts of before Unicode: TCVN3 ("ABC", fonts `.Vn…`; TCVN 5712:1993, VN3) and VNI (fonts `VNI-…`).

The font tells the encoding, never the text: what such a font shows is written here in Unicode.
"""

import re
import unicodedata
from functools import cache

_TONES = "àảãáạ"
# The codes of VN3 as Windows shows them, each beside its letter; in fonts whose name ends in H they are capitals.
_VN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")  # a file that names an old font may hold Unicode all the same
_NAME = re.compile(r"(?:[A-Z]{6}\+)?(\.Vn|VNI[-_ ])([^,]*)", re.IGNORECASE)
_STYLE = re.compile(r"[-, ]?(?:bold|italic|oblique|regular)+$", re.IGNORECASE)


def converted(text: str, font: str) -> str:
    """The text that is shown in this font (its name as Word or a PDF tells it), in Unicode, composed (NFC)."""
    found = _NAME.match(font)
    if found is None or (text.isascii() and not _capital(found)) or _UNICODE_ONLY.search(text):
        return text
    if found[1].lower() != ".vn":
        return _from_vni(text)
    read = "".join(_VN3.get(letter, letter) for letter in text)
    return read.upper() if _capital(found) else read


def _capital(found: re.Match[str]) -> bool:
    return found[1].lower() == ".vn" and _STYLE.sub("", found[2]).endswith("H")


@cache
def _vni() -> dict[str, str]:
    """A letter and the mark behind it, or one code alone, as Windows shows them: what they mean, in both cases."""
    marks = dict(zip("øûõùï", _TONES, strict=True))
    of_breve, of_circumflex = dict(zip("èúüéë", _TONES, strict=True)), dict(zip("àåãáä", _TONES, strict=True))
    table = {"ô": "ơ", "ö": "ư", "ñ": "đ", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "í": "í", "ò": "ị", "î": "ỵ"}
    for vowel in "aeouy":
        table |= {vowel + mark: _toned(vowel, tone) for mark, tone in marks.items()}
    for written, vowel in (("ô", "ơ"), ("ö", "ư")):
        table |= {written + mark: _toned(vowel, tone) for mark, tone in marks.items()}
    table |= {"aê": "ă"} | {"a" + mark: _toned("ă", tone) for mark, tone in of_breve.items()}
    for vowel, round_one in zip("aeo", "âêô", strict=True):
        table |= {vowel + "â": round_one}
        table |= {vowel + mark: _toned(round_one, tone) for mark, tone in of_circumflex.items()}
    return table | {written.upper(): letter.upper() for written, letter in table.items()} | _mixed(table)


def _mixed(table: dict[str, str]) -> dict[str, str]:
    """A capital with a small mark behind it, as people type at the beginning of a word."""
    pairs = {written: letter for written, letter in table.items() if len(written) == 2}
    return {written[0].upper() + written[1]: letter.upper() for written, letter in pairs.items()}


def _toned(vowel: str, like: str) -> str:
    tone = unicodedata.normalize("NFD", like)[-1]
    return unicodedata.normalize("NFC", vowel + tone)


def _from_vni(text: str) -> str:
    table = _vni()
    read, at = [], 0
    while at < len(text):
        size = 2 if text[at : at + 2] in table else 1
        piece = text[at : at + size]
        read.append(table.get(piece, piece))
        at += size
    return "".join(read)

"""Codes of bodies (mã định danh): one spelling of each, and the form that the other regulation gives it.

Old: 13 characters, the most special level first, `000.00.13.H53` (QCVN 102:2016). New: the most general first, at most
35 characters, `H53.13` (Decision 20/2020/QĐ-TTg). Lists are asked first; what is computed here only helps to find
a body. Nothing is refused for its form: codes such as `vxp.saas.03` are in use.
"""

import re

LONGEST = 60
_WIDTHS = (3, 2, 2, 3)  # figures of the groups of the old form, as it is written
_OLD = re.compile(r"[0-9a-z]{3}\.[0-9a-z]{2}\.[0-9a-z]{2}\.[a-z][0-9a-z]{2}")
_NEW = re.compile(r"[a-z][0-9a-z]{2}(\.[0-9a-z]{2,3}){0,3}")


def folded(code: str) -> str:
    """The code in lower case without white space: what codes are compared by."""
    return "".join(code.split()).lower()[:LONGEST]


def other_form(code: str) -> str:
    """The old form of a folded new code, the new form of an old one; "" where neither can be told."""
    if _OLD.fullmatch(code):
        return ".".join(group for group in reversed(code.split(".")) if group.strip("0"))
    if not _NEW.fullmatch(code):
        return ""
    groups = code.split(".")
    padded = [*reversed(groups)]
    missing = len(_WIDTHS) - len(padded)
    made = ".".join([*("0" * width for width in _WIDTHS[:missing]), *padded])
    return made if _OLD.fullmatch(made) else ""


def forms(code: str) -> tuple[str, ...]:
    """A code folded, and its other form where it has one."""
    plain = folded(code)
    return tuple(filter(None, (plain, other_form(plain))))


def depth(code: str) -> int:
    """How far below the top a body stands by its folded code: 1 a ministry or province, 2 what is under it."""
    newest = other_form(code) if _OLD.fullmatch(code) else code
    return newest.count(".") + 1


def of_system(code: str) -> bool:
    """Whether it names a system or a centre of the axis, which nobody writes to (`W00`)."""
    return "w00" in code

"""Words of the office: places, posts, what bodies are called in short, which stand higher, and the nearest of names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from vanthu.kernel.vietnamese import fold
from vanthu.reading.fields import lists

if TYPE_CHECKING:
    from collections.abc import Iterable

PLACES = tuple(name for line in lists.lines("places") for name in lists.entries(line))
POSTS = tuple(dict.fromkeys(post for line in lists.lines("posts") for post in lists.entries(line)))
_ABBREVIATED = {
    "vksndtc": "Viện kiểm sát nhân dân tối cao",
    "vkstc": "Viện kiểm sát nhân dân tối cao",
    "vksnd": "Viện kiểm sát nhân dân",
    "vksqs": "Viện kiểm sát quân sự",
    "vks": "Viện kiểm sát",
    "tandtc": "Tòa án nhân dân tối cao",
    "tand": "Tòa án nhân dân",
    "ubnd": "Ủy ban nhân dân",
    "hdnd": "Hội đồng nhân dân",
    "ubmttq": "Ủy ban Mặt trận Tổ quốc",
    "csdt": "Cảnh sát điều tra",
    "andt": "An ninh điều tra",
    "thads": "Thi hành án dân sự",
    "bhxh": "Bảo hiểm xã hội",
    "tp": "thành phố",
}

# Words with which the name of a body begins; what stands higher has the higher rank, so that the line above is told
# from the first line of a long name: "Công an tỉnh / Cơ quan điều tra" are two, "Cơ quan điều tra / Công an tỉnh" one.
HEADS = {
    "ban chap hanh trung uong": 9, "trung uong": 9, "quoc hoi": 9, "chinh phu": 9, "thu tuong": 9,
    "vien kiem sat nhan dan toi cao": 9, "toa an nhan dan toi cao": 9, "bo": 8, "vien kiem sat": 7, "toa an": 7,
    "uy ban nhan dan": 7, "ubnd": 7, "hdnd": 7, "hoi dong nhan dan": 7, "vksnd": 7, "vks": 7, "tand": 7, "tinh uy": 7,
    "thanh uy": 7, "tong cuc": 6, "cong an": 6, "quan khu": 8, "quan chung": 8, "so": 5, "dang bo": 7, "doan": 5,
    "ngan hang": 7, "bao hiem xa hoi": 6, "thanh tra chinh phu": 8, "kiem toan": 8, "mat tran": 7, "uy ban": 6,
    "hoc vien": 5, "truong": 5, "cuc": 5, "vu": 4, "co quan": 4, "thi hanh an": 5, "thanh tra": 4, "trai": 3,
    "dang uy": 5, "ban": 4, "van phong": 3, "phong": 2, "chi cuc": 4, "chi bo": 3, "trung tam": 3, "hoi": 5,
    "lien doan": 5, "cong ty": 5, "tong cong ty": 6, "tap doan": 6, "benh vien": 4, "bao": 4, "tap chi": 4,
    "kho bac": 5, "thue": 5, "hai quan": 5, "bo chi huy": 5, "bo tu lenh": 6, "nha tam giu": 2, "to": 1,
    "vien": 6, "toa": 6,
}  # fmt: skip


def spelled_out(text: str) -> str:
    """Abbreviations of bodies written out: "UBND tỉnh" gives "Ủy ban nhân dân tỉnh"."""
    return " ".join(_long(word) for word in text.split())


def _long(word: str) -> str:
    bare = word.strip(".,;:()")
    if bare.upper() != bare and bare.lower() != "tp":
        return word
    long = _ABBREVIATED.get(fold(bare), "")
    return word.replace(bare, long).replace("phố.", "phố") if long else word


def closest(text: str, names: Iterable[str], least: float) -> tuple[str, float]:
    """The name nearest to a text that a scan may have garbled, and how near (0 to 100); ("", 0) below `least`.

    Compared without marks and blanks; between names that differ by marks only, marks decide.
    """
    bare = bare_letters(text)
    best, best_score = "", 0.0
    for name in names:
        score = fuzz.ratio(bare, bare_letters(name), score_cutoff=least)
        if score:
            score += fuzz.ratio(text.lower(), name.lower()) / 1000
        if score > best_score:
            best, best_score = name, score
    return best, best_score


@cache
def bare_letters(text: str) -> str:
    """The letters and figures without marks, blanks and signs."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def head_rank(text: str) -> int:
    """How high a body stands whose name begins like this text; 0 when no body's name begins so."""
    plain = re.sub(r"[^a-z0-9 ]", " ", fold(text)).strip()
    ranks = [(len(head), rank) for head, rank in HEADS.items() if f"{plain} ".startswith(f"{head} ")]
    return max(ranks)[1] if ranks else 0

"""Who gets a document: offices of the sector by level and matter, bodies outside by what they do."""

import re
from datetime import date
from random import Random

from vanthu_tools.demo.ground import PREDECESSORS, ground, provinces, regions, writer_class
from vanthu_tools.demo.offices import SUPREME, by_key
from vanthu_tools.demo.outside import BODIES, filled
from vanthu_tools.demo.places import Province
from vanthu_tools.demo.specs import REORGANISED_ON
from vanthu_tools.demo.story import Sending
from vanthu_tools.demo.subjects import Pattern

PERSONAL = ("{prov}", "{loc}", "{commune}", "{mr}", "{accused}", "{staff}", "{jail}", "{company}")
UPWARDS = (
    "Báo cáo",
    "Tổng hợp",
    "Tham gia ý kiến",
    "Cử cán bộ",
    "Đề nghị cấp",
    "Đề nghị kháng nghị",
    "Xin ý kiến",
)
TO_COURTS = frozenset({"KN", "CAOTRANG"})
TO_BODIES = frozenset({"QDTT", "YC", "KNG", "KL"})
UNIT_BODIES = {
    "P1": "CA", "P2": "CA", "P3": "CA", "P7": "TA", "P8": "TG", "P9": "TA", "P10": "TA", "P11": "TH", "P12": "TCD",
    "P15": "SNV", "TTr": "TTRT", "VP": "UB", "C2": "SKHCN", "V14": "STP",
}  # fmt: skip
"""The body outside that a provincial unit writes to most."""

LOCAL_BODIES = {"CA": "CA", "TA": "TAKV", "TG": "UBX", "TH": "THKV", "TCD": "UBX", "UB": "UBX"}
"""The same for a regional procuracy."""

TARGETS = ("bac_ninh", "bac_ninh", "hai_phong", "nghe_an")


def is_personal(pattern: Pattern) -> bool:
    """Whether the matter is one province's, not everybody's."""
    return pattern.kind not in {"HD", "CT", "TB", "KH"} and any(word in pattern.text for word in PERSONAL)


def target_province(random: Random, pattern: Pattern, day: date) -> str | None:
    """The province that a document from above concerns, or None for all of them."""
    if not is_personal(pattern):
        return None
    if day < REORGANISED_ON:
        return random.choice(("old.bac_ninh.2", "old.bac_ninh.1", "old.hai_phong.1", "old.nghe_an.1"))
    return random.choice(TARGETS) if random.random() < 0.85 else random.choice(provinces(day))


NAMED = re.compile(
    r"(?P<office>Ủy ban nhân dân|Công an) (?P<commune>(?:xã|phường) [^,]+)$"
    r"|(?P<jail>(?:Trại|Phân trại) tạm giam .+?)(?: quý .+| năm .+)?$"
    r"|(?P<enforcers>Phòng Thi hành án dân sự khu vực \d+)"
)
"""Bodies that a subject names: they are who it is written to."""


def named_in(subject: str) -> str:
    """The body outside that the subject names at its end, or ""."""
    found = NAMED.search(subject)
    if found is None:
        return ""
    return found["jail"] or found["enforcers"] or f"{found['office']} {found['commune']}"


def body_name(random: Random, key: str, province: Province) -> str:
    """The name of a body outside for one province."""
    number = random.randint(1, province.regions)
    commune = f"xã {random.choice(province.former[0].districts).name}"
    return filled(BODIES[key].name, province, number, commune)


def sector(*keys: str) -> list[Sending]:
    """Offices of the sector as recipients."""
    return [Sending(key, by_key()[key].name) for key in dict.fromkeys(keys)]


def addressees(random: Random, office: str, pattern: Pattern, target: str | None, day: date) -> list[Sending]:
    """Recipients of what `office` writes; `target` is the province a matter from above concerns."""
    match writer_class(office):
        case "TC":
            return from_supreme(random, pattern, target, day)
        case "PT":
            if pattern.kind == "BC":
                return sector(SUPREME)
            outside = [Sending(None, "Tòa Phúc thẩm Tòa án nhân dân tối cao tại Hà Nội")]
            return sector(target or "bac_ninh") + (outside if pattern.kind in {"KN", "KNG", "QDTT"} else [])
        case "T":
            return from_province(random, office, pattern)
        case _:
            return from_region(random, office, pattern)


def from_supreme(random: Random, pattern: Pattern, target: str | None, day: date) -> list[Sending]:
    """To the province concerned, or to all; directives and decisions also to the appellate and military branch."""
    if target:
        return sector(target)
    found = sector(*everybody(random, day))
    if day >= REORGANISED_ON:
        found += sector("pt.hn", "pt.dn", "pt.hcm")
    if pattern.kind in {"CT", "HD", "QD", "TT"}:
        found += sector("qs")
    if pattern.unit in {"V14", "VP"} and random.random() < 0.3:
        found.append(Sending(None, "Văn phòng Trung ương Đảng"))
    return found


def everybody(random: Random, day: date) -> list[str]:
    """All provinces; of the 63 of before, those whose books are loaded and a few others stand for all."""
    found = list(provinces(day))
    if day >= REORGANISED_ON:
        return found
    return [*PREDECESSORS, *random.sample([key for key in found if key not in PREDECESSORS], 6)]


def from_province(random: Random, office: str, pattern: Pattern) -> list[Sending]:
    """Reports go up, plans down, procedural documents to courts and police."""
    place = ground(office)
    below = [key for key in regions(office) if by_key()[key].level == "region"]
    outside = [Sending(None, body_name(random, UNIT_BODIES[pattern.unit], place))]
    if pattern.kind in {"BC", "TTR"} or pattern.text.startswith(UPWARDS):
        return sector(SUPREME) + (outside if pattern.unit == "VP" and "Hội đồng" in pattern.text else [])
    if pattern.kind in TO_COURTS | TO_BODIES:
        return procedural(random, office, pattern, below)
    if "{loc}" in pattern.text and below:
        return sector(random.choice(below)) + (outside if random.random() < 0.3 else [])
    if pattern.kind == "CV" and pattern.unit not in {"VP", "C2", "V14", "P15", "TTr"}:
        return outside
    if pattern.kind in {"KH", "HD"} and random.random() < 0.5:
        return sector(SUPREME, *below)
    return sector(*below) if below else [*sector(SUPREME), *outside]


def procedural(random: Random, office: str, pattern: Pattern, below: list[str]) -> list[Sending]:
    """To the court and the appellate institute; else to the body concerned, sometimes with a copy below."""
    if pattern.kind in TO_COURTS:
        above = "pt.hn" if below else SUPREME
        return [Sending(None, body_name(random, "TA", ground(office))), *sector(above)]
    outside = [Sending(None, body_name(random, UNIT_BODIES[pattern.unit], ground(office)))]
    return outside + (sector(random.choice(below)) if below and random.random() < 0.5 else [])


def from_region(random: Random, office: str, pattern: Pattern) -> list[Sending]:
    """Reports and questions to the province; the rest to local bodies."""
    province = by_key()[office].parent or SUPREME
    if pattern.kind in {"BC", "TTR", "CV", "BB", "KN"}:
        return sector(province)
    key = UNIT_BODIES[pattern.unit]
    local = Sending(None, body_name(random, LOCAL_BODIES.get(key, "UBX"), ground(office)))
    return [local] + (sector(province) if random.random() < 0.4 else [])

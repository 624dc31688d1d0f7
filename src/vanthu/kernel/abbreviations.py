"""Abbreviations that officials type and write for the long name; a search for one finds the other's texts too."""

_SPELLED = {
    "VKS": "viện kiểm sát",
    "VKSND": "viện kiểm sát nhân dân",
    "VKSNDTC": "viện kiểm sát nhân dân tối cao",
    "VKSTC": "viện kiểm sát nhân dân tối cao",
    "VKSQS": "viện kiểm sát quân sự",
    "KSV": "kiểm sát viên",
    "KTV": "kiểm tra viên",
    "ĐTV": "điều tra viên",
    "TAND": "tòa án nhân dân",
    "TANDTC": "tòa án nhân dân tối cao",
    "CQĐT": "cơ quan điều tra",
    "CSĐT": "cảnh sát điều tra",
    "ANĐT": "an ninh điều tra",
    "THADS": "thi hành án dân sự",
    "THAHS": "thi hành án hình sự",
    "THQCT": "thực hành quyền công tố",
    "HĐND": "hội đồng nhân dân",
    "UBND": "ủy ban nhân dân",
    "UBMTTQ": "ủy ban mặt trận tổ quốc",
    "BLHS": "bộ luật hình sự",
    "BLTTHS": "bộ luật tố tụng hình sự",
    "BLDS": "bộ luật dân sự",
    "BLTTDS": "bộ luật tố tụng dân sự",
    "TTHS": "tố tụng hình sự",
    "HNGĐ": "hôn nhân gia đình",
    "KNTC": "khiếu nại tố cáo",
    "BMNN": "bí mật nhà nước",
    "CNTT": "công nghệ thông tin",
    "CĐS": "chuyển đổi số",
    "PCCC": "phòng cháy chữa cháy",
    "TCCB": "tổ chức cán bộ",
    "QPPL": "quy phạm pháp luật",
}
SPELLED = {short.lower(): tuple(name.split()) for short, name in _SPELLED.items()}


def spelled_out(syllable: str) -> tuple[str, ...]:
    """The words of which this is an abbreviation, with or without đ as it is typed; empty for any other."""
    typed = syllable.lower()
    return SPELLED.get(typed) or _WITHOUT_MARKS.get(typed, ())


_WITHOUT_MARKS = {short.replace("đ", "d"): name for short, name in SPELLED.items()}

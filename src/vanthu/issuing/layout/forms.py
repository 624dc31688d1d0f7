"""The kinds of administrative document (Decree 30/2020, Điều 7 and Phụ lục III) and what sets their form apart."""

from dataclasses import dataclass

DOTS = "…………………"


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a kind. An empty `title` is the official letter, whose subject stands under its number."""

    title: str
    addressed: bool = False
    """Has "Kính gửi" (công văn; tờ trình and báo cáo going up)."""
    authority: str = ""
    """Who decides, before the office's name; a form with it enacts: legal basis first, then `enacts`."""
    enacts: str = ""
    opening: str = ""
    """First sentence; {office} and {recipients} are filled in."""
    lists_recipients: bool = False
    details: tuple[str, ...] = ()
    body: tuple[str, ...] = (DOTS,)
    """What a drafter finds in a fresh template."""
    basis: tuple[str, ...] = ()
    two_signers: bool = False


_DECISION_BASIS = ("Căn cứ Luật Tổ chức Viện kiểm sát nhân dân", f"Căn cứ {DOTS}", f"Theo đề nghị của {DOTS}")
_ARTICLES = (
    f"Điều 1. {DOTS}.",
    "Điều 2. {this} này có hiệu lực kể từ ngày ký.",
    "Điều 3. Chánh Văn phòng, thủ trưởng các đơn vị, cá nhân có liên quan chịu trách nhiệm thi hành {this} này.",
)
_PLAN = (
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Mục đích",
    DOTS,
    "2. Yêu cầu",
    DOTS,
    "II. NỘI DUNG",
    DOTS,
    "III. TỔ CHỨC THỰC HIỆN",
    DOTS,
)
_REPORT = (
    "I. KẾT QUẢ THỰC HIỆN",
    DOTS,
    "II. KHÓ KHĂN, VƯỚNG MẮC VÀ NGUYÊN NHÂN",
    DOTS,
    "III. PHƯƠNG HƯỚNG, NHIỆM VỤ",
    DOTS,
    "IV. ĐỀ XUẤT, KIẾN NGHỊ",
    DOTS,
)
_REGULATION = (
    "Chương I",
    "QUY ĐỊNH CHUNG",
    "Điều 1. Phạm vi điều chỉnh",
    DOTS,
    "Điều 2. Đối tượng áp dụng",
    DOTS,
)


def _this(articles: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(article.replace("{this}", name) for article in articles)


# By code of `documents.kinds`.
FORMS: dict[str, Form] = {
    "NQ": Form(
        "NGHỊ QUYẾT",
        authority="ỦY BAN KIỂM SÁT",
        enacts="QUYẾT NGHỊ:",
        basis=_DECISION_BASIS,
        body=_this(_ARTICLES, "Nghị quyết"),
    ),
    "QD": Form(
        "QUYẾT ĐỊNH",
        authority="VIỆN TRƯỞNG",
        enacts="QUYẾT ĐỊNH:",
        basis=_DECISION_BASIS,
        body=_this(_ARTICLES, "Quyết định"),
    ),
    "CT": Form("CHỈ THỊ"),
    "QC": Form("QUY CHẾ", body=_REGULATION),
    "QYD": Form("QUY ĐỊNH", body=_REGULATION),
    "TC": Form("THÔNG CÁO"),
    "TB": Form("THÔNG BÁO"),
    "HD": Form("HƯỚNG DẪN"),
    "CTR": Form("CHƯƠNG TRÌNH", body=_PLAN),
    "KH": Form("KẾ HOẠCH", body=_PLAN),
    "PA": Form("PHƯƠNG ÁN", body=_PLAN),
    "DEAN": Form("ĐỀ ÁN", body=_PLAN),
    "DUAN": Form("DỰ ÁN", body=_PLAN),
    "BC": Form("BÁO CÁO", addressed=True, body=_REPORT),
    "TTR": Form("TỜ TRÌNH", addressed=True),
    "HOPDONG": Form("HỢP ĐỒNG"),
    "CV": Form("", addressed=True),
    "CD": Form("CÔNG ĐIỆN", opening="{office} điện:", lists_recipients=True),
    "BGN": Form("BẢN GHI NHỚ"),
    "BTT": Form("BẢN THỎA THUẬN"),
    "GUQ": Form(
        "GIẤY ỦY QUYỀN", details=("Người ủy quyền", "Người được ủy quyền", "Nội dung ủy quyền", "Thời hạn")
    ),
    "PG": Form("PHIẾU GỬI"),
    "PC": Form("PHIẾU CHUYỂN"),
    "PB": Form("PHIẾU BÁO"),
    "THUCONG": Form("THƯ CÔNG"),
    "GM": Form(
        "GIẤY MỜI",
        opening="{office} trân trọng kính mời: {recipients}.",
        details=("Tới dự", "Chủ trì", "Thời gian", "Địa điểm"),
        body=("Rất mong Quý đại biểu đến dự đúng thành phần, thời gian.",),
    ),
    "GGT": Form(
        "GIẤY GIỚI THIỆU",
        opening="{office} trân trọng giới thiệu:",
        details=("Ông (bà)", "Chức vụ", "Được cử đến", "Về việc"),
        body=(
            "Đề nghị Quý cơ quan tạo điều kiện để ông (bà) có tên ở trên hoàn thành nhiệm vụ.",
            f"Giấy này có giá trị đến hết ngày {DOTS}",
        ),
    ),
    "BB": Form(
        "BIÊN BẢN",
        details=(
            "Thời gian bắt đầu",
            "Địa điểm",
            "Thành phần tham dự",
            "Chủ trì (chủ tọa)",
            "Thư ký (người ghi biên bản)",
        ),
        body=("Nội dung:", DOTS, "Cuộc họp kết thúc vào … giờ …, ngày …………"),
        two_signers=True,
    ),
    "GNP": Form(
        "GIẤY NGHỈ PHÉP",
        opening="Xét Đơn đề nghị nghỉ phép của người có tên dưới đây, {office} cấp cho:",
        details=("Ông (bà)", "Chức vụ", "Được nghỉ phép trong thời gian", "Nơi nghỉ phép"),
        body=("Số ngày nghỉ phép nêu trên được tính vào thời gian nghỉ phép hằng năm.",),
    ),
}


def form_of(kind: str) -> Form:
    """The form of a kind; a kind that the office itself added takes the form of the official letter."""
    return FORMS.get(kind, FORMS["CV"])

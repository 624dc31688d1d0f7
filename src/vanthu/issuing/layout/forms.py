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
    """What a drafter finds in a fresh template; {office} is filled in."""
    basis: tuple[str, ...] = ()
    two_signers: bool = False
    counterpart: str = ""
    """Who signs for the other side, on the right, of what two sides agree."""

    @property
    def names_recipients(self) -> bool:
        """Whether the recipients stand above or in the text already."""
        return self.addressed or self.lists_recipients or "{recipients}" in self.opening


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
_ORDER = (
    "[Tình hình, lý do ban hành chỉ thị].",
    "Để [mục đích], Viện trưởng {office} chỉ thị:",
    "1. [Nội dung thứ nhất].",
    "2. [Nội dung thứ hai].",
    "Thủ trưởng các đơn vị chịu trách nhiệm tổ chức thực hiện Chỉ thị này.",
)
_NOTICE = (
    "{office} thông báo [việc cần thông báo] như sau:",
    "1. [Nội dung thứ nhất].",
    "2. [Nội dung thứ hai].",
    "{office} thông báo để các đơn vị, cá nhân có liên quan biết, thực hiện.",
)
_GUIDE = (
    "Căn cứ [văn bản], {office} hướng dẫn [việc cần hướng dẫn] như sau:",
    "1. [Nội dung thứ nhất].",
    "2. [Nội dung thứ hai].",
    "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị phản ánh về {office} để được hướng dẫn.",
)
_PROPOSAL = (
    "[Căn cứ, sự cần thiết]. {office} kính trình [cơ quan, người có thẩm quyền] như sau:",
    "1. [Nội dung trình].",
    "2. [Nội dung xin ý kiến, quyết định].",
    "Kính trình [cơ quan, người có thẩm quyền] xem xét, quyết định.",
)
_SENDING = (
    "{office} gửi kèm theo Phiếu này các văn bản, tài liệu sau:",
    "1. [Tên văn bản, tài liệu; số lượng].",
    "2. [Tên văn bản, tài liệu; số lượng].",
    "Sau khi nhận được, đề nghị Quý cơ quan gửi lại Phiếu gửi này.",
)
_TRANSFER = (
    "{office} nhận được [đơn, văn bản] của [tên, địa chỉ] về [nội dung].",
    "Sau khi xem xét, {office} chuyển [đơn, văn bản] nêu trên đến [cơ quan] để giải quyết theo thẩm quyền.",
)
_REPORTING = ("{office} báo để [cơ quan, người nhận] biết:", "1. [Nội dung].", "2. [Thời gian, địa điểm].")


def _agreement(name: str) -> tuple[str, ...]:
    """What two sides agree on: who they are, articles, how many copies."""
    return (
        "Hôm nay, ngày … tháng … năm …, tại [địa điểm], chúng tôi gồm:",
        "Bên A: {office}.",
        "Địa chỉ: [địa chỉ]; đại diện: [họ tên, chức vụ].",
        "Bên B: [tên cơ quan, tổ chức, cá nhân].",
        "Địa chỉ: [địa chỉ]; đại diện: [họ tên, chức vụ].",
        "Hai bên thống nhất các nội dung sau:",
        "Điều 1. [Nội dung thứ nhất].",
        "Điều 2. [Trách nhiệm của mỗi bên].",
        f"Điều 3. {name} này có hiệu lực kể từ ngày ký, lập thành … bản có giá trị như nhau, mỗi bên giữ … bản.",
    )


_SIDE = "ĐẠI DIỆN BÊN B"


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
    "CT": Form("CHỈ THỊ", body=_ORDER),
    "QC": Form("QUY CHẾ", body=_REGULATION),
    "QYD": Form("QUY ĐỊNH", body=_REGULATION),
    "TC": Form("THÔNG CÁO", body=("[Nội dung thông cáo].",)),
    "TB": Form("THÔNG BÁO", body=_NOTICE),
    "HD": Form("HƯỚNG DẪN", body=_GUIDE),
    "CTR": Form("CHƯƠNG TRÌNH", body=_PLAN),
    "KH": Form("KẾ HOẠCH", body=_PLAN),
    "PA": Form("PHƯƠNG ÁN", body=_PLAN),
    "DEAN": Form("ĐỀ ÁN", body=_PLAN),
    "DUAN": Form("DỰ ÁN", body=_PLAN),
    "BC": Form("BÁO CÁO", addressed=True, body=_REPORT),
    "TTR": Form("TỜ TRÌNH", addressed=True, body=_PROPOSAL),
    "HOPDONG": Form("HỢP ĐỒNG", body=_agreement("Hợp đồng"), counterpart=_SIDE),
    "CV": Form("", addressed=True),
    "CD": Form("CÔNG ĐIỆN", opening="{office} điện:", lists_recipients=True),
    "BGN": Form("BẢN GHI NHỚ", body=_agreement("Bản ghi nhớ"), counterpart=_SIDE),
    "BTT": Form("BẢN THỎA THUẬN", body=_agreement("Bản thỏa thuận"), counterpart=_SIDE),
    "GUQ": Form(
        "GIẤY ỦY QUYỀN", details=("Người ủy quyền", "Người được ủy quyền", "Nội dung ủy quyền", "Thời hạn")
    ),
    "PG": Form("PHIẾU GỬI", body=_SENDING),
    "PC": Form("PHIẾU CHUYỂN", body=_TRANSFER),
    "PB": Form("PHIẾU BÁO", body=_REPORTING),
    "THUCONG": Form("THƯ CÔNG", body=("[Lời thưa gửi],", "[Nội dung thư].", "[Lời chúc, lời cảm ơn].")),
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

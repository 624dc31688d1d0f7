# ruff: noqa: E501 - a line is a sentence of an office
"""What lies ready in a room of practice: invented documents on their way, and drafts at every step."""

from dataclasses import dataclass
from typing import Literal

PLACE = "Thực Hành"
PROVINCE = "Viện kiểm sát nhân dân tỉnh Thực Hành"
REGION = "Viện kiểm sát nhân dân khu vực 1 - Thực Hành"

type Stage = Literal["waiting", "presented", "directed", "assigned", "done"]
type Step = Literal["drafting", "content", "form", "approval"]


@dataclass(frozen=True, slots=True)
class Paper:
    """An invented document that came to the office `to`; `issuer` is a key of the invented sector or a body's name."""

    key: str
    kind: str
    issuer: str
    number: str
    notation: str
    subject: str
    body: tuple[str, ...]
    signer: str
    title: str
    to: str = "province"
    stage: Stage = "waiting"
    leader: str = "head"
    urgency: int = 0
    days_ago: int = 1


@dataclass(frozen=True, slots=True)
class Sketch:
    """An invented draft of the specialist and how far it has come; `to` are keys of the invented sector."""

    key: str
    step: Step
    subject: str
    body: tuple[str, ...]
    to: tuple[str, ...] = ("region",)


PAPERS = (
    Paper(
        "phoi-hop", "CV", "Công an tỉnh Thực Hành", "2143", "CAT-PV01",
        "Phối hợp kiểm tra công tác tạm giữ, tạm giam",
        (
            "Thực hiện quy chế phối hợp giữa hai ngành, Công an tỉnh Thực Hành đề nghị Viện kiểm sát nhân dân tỉnh Thực Hành cử cán bộ tham gia Đoàn kiểm tra công tác tạm giữ, tạm giam.",
            "Đề nghị quý Viện gửi danh sách cán bộ tham gia trước ngày làm việc thứ năm kể từ ngày nhận văn bản này.",
        ),
        "Lê Văn Mẫn", "Phó Giám đốc",
    ),
    Paper(
        "giay-moi", "GM", "Ủy ban nhân dân tỉnh Thực Hành", "312", "GM-UBND",
        "Dự họp Ban Chỉ đạo phòng, chống tội phạm tỉnh Thực Hành",
        (
            "Ủy ban nhân dân tỉnh Thực Hành trân trọng kính mời đại diện lãnh đạo Viện dự họp Ban Chỉ đạo phòng, chống tội phạm.",
            "Thời gian: 14 giờ, ngày làm việc thứ ba kể từ ngày ký giấy mời. Địa điểm: Phòng họp số 2, trụ sở Ủy ban nhân dân tỉnh.",
        ),
        "Trịnh Thị Mời", "Phó Chủ tịch", urgency=1,
    ),
    Paper(
        "huong-dan", "HD", "supreme", "45", "HD-VKSTC",
        "Lập hồ sơ công việc điện tử và nộp lưu vào Lưu trữ cơ quan",
        (
            "Để thực hiện thống nhất việc lập hồ sơ điện tử, Viện kiểm sát nhân dân tối cao (thực hành) hướng dẫn như sau:",
            "1. Mỗi công việc mở một hồ sơ; văn bản đến, văn bản đi của công việc được đưa vào hồ sơ trong ngày.",
            "2. Hồ sơ kết thúc được kiểm tra đủ thành phần trước khi nộp lưu.",
        ),
        "Lý Văn Cấp", "Viện trưởng",
    ),
    Paper(
        "bao-cao", "BC", "region", "118", "BC-VKSKV1", "Kết quả công tác kiểm sát tháng trước",
        (
            "Viện kiểm sát nhân dân khu vực 1 - Thực Hành báo cáo kết quả công tác kiểm sát tháng trước như sau:",
            "Đã kiểm sát 100% tin báo, tố giác tội phạm; không có trường hợp quá hạn. Văn bản điện tử ký số đạt 98%.",
        ),
        "Tạ Văn Khu", "Viện trưởng",
    ),
    Paper(
        "gui-nham", "CV", "Tòa án nhân dân tỉnh Thực Hành", "87", "TA-HC",
        "Đề nghị Viện kiểm sát nhân dân khu vực 1 cử Kiểm sát viên tham gia phiên họp",
        (
            "Tòa án nhân dân tỉnh Thực Hành đề nghị Viện kiểm sát nhân dân khu vực 1 - Thực Hành cử Kiểm sát viên tham gia phiên họp xét đơn.",
            "(Văn bản này gửi nhầm: dùng để tập chuyển tiếp hoặc trả lại.)",
        ),
        "Phan Văn Xử", "Phó Chánh án",
    ),
    Paper(
        "chuyen-don", "CV", "Ban Tiếp công dân tỉnh Thực Hành", "56", "BTCD",
        "Chuyển đơn của công dân, đề nghị giải quyết theo thẩm quyền",
        ("Ban Tiếp công dân tỉnh Thực Hành chuyển đơn của ông Nguyễn Văn Đơn để quý Viện xem xét, giải quyết theo thẩm quyền và thông báo kết quả.",),
        "Vương Thị Tiếp", "Trưởng ban", stage="presented", days_ago=2,
    ),
    Paper(
        "giam-sat", "KH", "Hội đồng nhân dân tỉnh Thực Hành", "09", "KH-HDND",
        "Giám sát công tác giải quyết khiếu nại, tố cáo",
        ("Hội đồng nhân dân tỉnh Thực Hành lập kế hoạch giám sát; đề nghị quý Viện chuẩn bị báo cáo và bố trí lịch làm việc với Đoàn giám sát.",),
        "Cao Văn Giám", "Phó Chủ tịch", stage="presented", leader="deputy", days_ago=2,
    ),
    Paper(
        "so-lieu", "CV", "supreme", "1207", "VKSTC-VP", "Cung cấp số liệu tình hình tội phạm phục vụ báo cáo tổng kết",
        ("Viện kiểm sát nhân dân tối cao (thực hành) đề nghị quý Viện tổng hợp số liệu tình hình tội phạm và gửi về trước thời hạn ghi trên phiếu giao việc.",),
        "Lý Văn Cấp", "Viện trưởng", stage="directed", days_ago=3,
    ),
    Paper(
        "vuong-mac", "CV", "region", "131", "VKSKV1", "Xin ý kiến về vướng mắc trong áp dụng quy định về thời hạn",
        ("Viện kiểm sát nhân dân khu vực 1 - Thực Hành xin ý kiến chỉ đạo về cách tính thời hạn khi ngày cuối cùng trùng ngày nghỉ.",),
        "Tạ Văn Khu", "Viện trưởng", stage="assigned", days_ago=3,
    ),
    Paper(
        "tap-huan", "GM", "supreme", "88", "GM-VKSTC", "Dự tập huấn công tác lập hồ sơ điện tử",
        ("Viện kiểm sát nhân dân tối cao (thực hành) kính mời quý Viện cử công chức dự tập huấn công tác lập hồ sơ điện tử.",),
        "Lý Văn Cấp", "Viện trưởng", stage="done", days_ago=20,
    ),
    Paper(
        "tai-lieu", "CV", "supreme", "1105", "VKSTC-VP", "Gửi tài liệu tập huấn công tác lập hồ sơ điện tử",
        ("Viện kiểm sát nhân dân tối cao (thực hành) gửi tài liệu tập huấn để quý Viện nghiên cứu, áp dụng.",),
        "Lý Văn Cấp", "Viện trưởng", stage="done", days_ago=15,
    ),
    Paper(
        "don-doc", "CV", "province", "402", "VKS-VP", "Đôn đốc gửi báo cáo công tác",
        ("Viện kiểm sát nhân dân tỉnh Thực Hành đề nghị Viện kiểm sát nhân dân khu vực 1 gửi báo cáo công tác trước ngày 25 hằng tháng.",),
        "Nguyễn Văn Thực", "Viện trưởng", to="region",
    ),
    Paper(
        "to-trinh", "TTR", "province", "33", "TTr-VKS-VP", "Đề nghị bổ sung kinh phí số hóa hồ sơ",
        ("Viện kiểm sát nhân dân tỉnh Thực Hành kính trình xem xét bổ sung kinh phí số hóa hồ sơ.",),
        "Nguyễn Văn Thực", "Viện trưởng", to="supreme",
    ),
)  # fmt: skip
SKETCHES = (
    Sketch(
        "du-thao", "drafting", "Trả lời vướng mắc về cách tính thời hạn",
        ("Trả lời đề nghị của quý đơn vị, Viện kiểm sát nhân dân tỉnh Thực Hành có ý kiến như sau:", "Khi ngày cuối cùng của thời hạn trùng ngày nghỉ thì thời hạn kết thúc vào ngày làm việc tiếp theo."),
    ),
    Sketch(
        "cho-noi-dung", "content", "Cử cán bộ tham gia Đoàn kiểm tra liên ngành",
        ("Viện kiểm sát nhân dân tỉnh Thực Hành cử một Kiểm sát viên tham gia Đoàn kiểm tra liên ngành.", "Đề nghị quý đơn vị phối hợp, tạo điều kiện."),
    ),
    Sketch(
        "cho-the-thuc", "form", "Yêu cầu báo cáo công tác văn thư, lưu trữ",
        ("Viện kiểm sát nhân dân tỉnh Thực Hành yêu cầu Viện kiểm sát nhân dân khu vực 1 báo cáo công tác văn thư, lưu trữ.", "Báo cáo gửi về Văn phòng để tổng hợp."),
    ),
    Sketch(
        "cho-ky", "approval", "Thông báo lịch kiểm tra công tác văn thư",
        ("Viện kiểm sát nhân dân tỉnh Thực Hành thông báo lịch kiểm tra công tác văn thư tại quý đơn vị.", "Đề nghị quý đơn vị chuẩn bị sổ đăng ký văn bản và hồ sơ công việc."),
        to=("region", "supreme"),
    ),
)  # fmt: skip
DIRECTION = "Giao Phòng 1 chủ trì tham mưu, báo cáo lãnh đạo Viện. Các đơn vị liên quan phối hợp."
ASSIGNMENT = "Đ/c nghiên cứu, dự thảo văn bản trả lời trình tôi xem."
RESULT = "Đã cử người dự, đã báo cáo kết quả với lãnh đạo đơn vị."
DOSSIER = "Hồ sơ về việc tập huấn công tác lập hồ sơ điện tử"
REASON = "Văn bản của nơi gửi không có chữ ký số, đã đối chiếu với bản giấy."
"""What the specialist of the room has handed over to the archive, and why it was closed as it is."""

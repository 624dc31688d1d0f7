# ruff: noqa: E501 - a line is a sentence of an office
"""The words of the documents that reading was tuned on."""

from vanthu_tools.reading_bench.writing import Words, bodies

BODIES = """
|Viện kiểm sát nhân dân/tối cao|VKSTC|V1 V2 V14 VP C2|Viện trưởng;KT. Viện trưởng/Phó Viện trưởng;TL. Viện trưởng/Chánh Văn phòng;TL. Viện trưởng/KT. Vụ trưởng Vụ 14/Phó Vụ trưởng
Viện kiểm sát nhân dân/tối cao|Viện kiểm sát nhân dân/tỉnh {p}|VKS|P1 P2 P9 VP TTr|Viện trưởng;KT. Viện trưởng/Phó Viện trưởng;TL. Viện trưởng/Chánh Văn phòng;TM. Ủy ban kiểm sát/Viện trưởng
Viện kiểm sát nhân dân/tỉnh {p}|Viện kiểm sát nhân dân/khu vực {n}|VKSKV{n}|HS DS VP|Viện trưởng;KT. Viện trưởng/Phó Viện trưởng;Q. Viện trưởng
|Ủy ban nhân dân/tỉnh {p}|UBND|NC KGVX TH|TM. Ủy ban nhân dân/KT. Chủ tịch/Phó Chủ tịch;TM. Ủy ban nhân dân/Chủ tịch
UBND tỉnh {p}|Sở Tư pháp|STP|VP XDVB BTTP|Giám đốc;KT. Giám đốc/Phó Giám đốc
Tòa án nhân dân tối cao|Tòa án nhân dân/tỉnh {p}|TA|HS DS VP|Chánh án;KT. Chánh án/Phó Chánh án
Công an tỉnh {p}|Cơ quan/Cảnh sát điều tra|CSĐT|PC01 PC02 PC04|Thủ trưởng{rank};KT. Thủ trưởng/Phó Thủ trưởng{rank}
|Bộ Tư pháp|BTP|PLHSHC VP|Bộ trưởng;KT. Bộ trưởng/Thứ trưởng;TL. Bộ trưởng/Chánh Văn phòng
Bộ Nội vụ|Cục Văn thư và/Lưu trữ nhà nước|VTLTNN|NVĐP VP|Cục trưởng;KT. Cục trưởng/Phó Cục trưởng
Bộ Tư pháp|Thi hành án dân sự/tỉnh {p}|THADS|NV VP|Trưởng Thi hành án dân sự;KT. Trưởng Thi hành án dân sự/Phó Trưởng Thi hành án dân sự
*Tỉnh ủy {p}|Ban Nội chính|BNCTU|VP|Trưởng ban;KT. Trưởng ban/Phó Trưởng ban
*Đảng bộ tỉnh {p}|Đảng ủy Viện kiểm sát/nhân dân tỉnh {p}|ĐU|VP|T/M Đảng ủy/Bí thư;T/M Đảng ủy/Phó Bí thư
"""

SUBJECTS = {
    "": (
        "Triển khai phần mềm quản lý văn bản và điều hành trong ngành Kiểm sát nhân dân",
        "Tăng cường công tác kiểm sát việc khởi tố, điều tra các vụ án hình sự trên địa bàn tỉnh {p}",
        "Phối hợp rà soát, thống kê tội phạm và vi phạm pháp luật quý {quarter} năm {year}",
        "Tổ chức hội nghị trực tuyến rút kinh nghiệm công tác giải quyết án dân sự",
        "Kiểm tra công tác văn thư, lưu trữ và bảo vệ bí mật nhà nước",
        "Cung cấp hồ sơ, tài liệu vụ án Nguyễn Văn A phạm tội Trộm cắp tài sản",
        "Bồi dưỡng nghiệp vụ cho Kiểm sát viên, Kiểm tra viên năm {year}",
        "Thực hiện chế độ thông tin, báo cáo và chuyển đổi số",
        "Phòng, chống tham nhũng, tiêu cực và thực hành tiết kiệm",
        "Xử lý tài sản công dôi dư sau sắp xếp đơn vị hành chính",
        "Trả lời kiến nghị của Viện kiểm sát nhân dân khu vực {n}",
        "Giải quyết đơn khiếu nại của công dân đối với quyết định đình chỉ điều tra",
        "Phân công nhiệm vụ Lãnh đạo Viện",
        "Sơ kết 6 tháng đầu năm {year} công tác kiểm sát thi hành án hình sự",
    ),
    "QD": (
        "Ban hành Quy chế làm việc của cơ quan",
        "Bổ nhiệm chức vụ Trưởng phòng",
        "Thành lập Đoàn kiểm tra liên ngành năm {year}",
        "Nâng bậc lương thường xuyên đối với công chức",
    ),
    "GM": ("Dự Hội nghị tổng kết công tác năm {year}", "Họp liên ngành tư pháp tháng {n}"),
    "TB": (
        "Kết luận của đồng chí Viện trưởng tại cuộc họp giao ban tháng {n}",
        "Thời gian nghỉ lễ Quốc khánh 02/9",
    ),
}

WORDS = Words(
    bodies=bodies(BODIES),
    provinces=("Nam Định", "Quảng Ngãi", "Nghệ An", "Lạng Sơn", "Đồng Tháp", "Gia Lai", "Bắc Ninh", "Thanh Hóa", "Cà Mau", "Thái Nguyên"),
    communes=("Hòa Bình", "Tân Lập"),
    families=("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô"),
    middles=("Văn", "Thị", "Đức", "Minh", "Quang", "Thị Thu", "Xuân", "Hữu", "Ngọc"),
    givens=("Hùng", "Thủy", "Cường", "Hương", "Tuấn", "Bình", "Nga", "Khải", "Hiển", "Lâm", "Ngọc", "Sơn"),
    subjects=SUBJECTS,
    paragraphs=(
        "Thời gian qua, các đơn vị đã chủ động triển khai nhiệm vụ được giao, chất lượng công tác có chuyển biến tích cực, tuy nhiên vẫn còn một số tồn tại, hạn chế cần sớm khắc phục.",
        "Các đơn vị tập trung rà soát số liệu, tài liệu có liên quan; phân công cán bộ theo dõi, đôn đốc và chịu trách nhiệm về tính chính xác của thông tin báo cáo.",
        "Qua công tác kiểm sát, phát hiện một số vi phạm trong việc tiếp nhận, giải quyết tố giác, tin báo về tội phạm và kiến nghị khởi tố, ảnh hưởng đến quyền và lợi ích hợp pháp của công dân.",
        "Kinh phí thực hiện được bố trí từ nguồn ngân sách nhà nước giao trong dự toán chi thường xuyên hằng năm của đơn vị.",
        "Văn phòng chủ trì, phối hợp với các phòng nghiệp vụ hướng dẫn cài đặt, cấp tài khoản và tổ chức tập huấn cho công chức làm công tác văn thư.",
        "Trong quá trình thực hiện nếu có khó khăn, vướng mắc, đề nghị phản ánh kịp thời để xem xét, hướng dẫn giải quyết.",
        "Yêu cầu Thủ trưởng các đơn vị quán triệt, tổ chức thực hiện nghiêm túc, bảo đảm tiết kiệm, hiệu quả, tránh hình thức.",
        "Kết quả bước đầu cho thấy tỷ lệ giải quyết án đạt 96,5 %, vượt chỉ tiêu Quốc hội giao; không có trường hợp đình chỉ do bị can không phạm tội.",
        "1. Tiếp tục đổi mới, nâng cao hiệu quả công tác thực hành quyền công tố và kiểm sát hoạt động tư pháp.",
        "2. Đẩy mạnh ứng dụng công nghệ thông tin, số hóa hồ sơ vụ án, gắn với cải cách hành chính tư pháp.",
        "Đối với các vụ án phức tạp, kéo dài, Kiểm sát viên phải báo cáo đề xuất kịp thời với lãnh đạo Viện để thống nhất quan điểm với Cơ quan điều tra và Tòa án cùng cấp.",
        "Công tác quản lý, giáo dục người bị tạm giữ, tạm giam được thực hiện đúng quy định; chế độ ăn, ở, khám bệnh được bảo đảm.",
    ),
    due=(
        "Báo cáo kết quả thực hiện gửi về Viện kiểm sát (qua Văn phòng) trước ngày {day} để tổng hợp.",
        "Đề nghị quý cơ quan gửi ý kiến bằng văn bản chậm nhất là ngày {day}.",
        "Thời gian thực hiện từ nay đến hết ngày {day}.",
    ),
    traps=(
        "Định kỳ gửi báo cáo trước ngày {day} hằng tháng theo quy định.",
        "Vụ án được khởi tố ngày {past} và đã chuyển hồ sơ đúng thời hạn.",
        "Số liệu tính từ ngày {past} đến thời điểm kiểm tra.",
    ),
    references=(
        "Thực hiện Kế hoạch số {symbol} ngày {past} của Viện kiểm sát nhân dân tối cao về công tác năm, đơn vị đã tổ chức quán triệt đến toàn thể công chức.",
        "Phúc đáp Công văn số {symbol} ngày {past} của Viện kiểm sát nhân dân tối cao, đơn vị có ý kiến như sau.",
    ),
    recipients=(
        "Viện kiểm sát nhân dân tối cao", "Các phòng thuộc Viện kiểm sát tỉnh", "Viện kiểm sát nhân dân khu vực {n}", "Công an tỉnh {p}",
        "Tòa án nhân dân tỉnh {p}", "Thường trực Tỉnh ủy", "Sở Tài chính tỉnh {p}", "Lãnh đạo Viện", "Đồng chí Viện trưởng", "Vụ 14",
    ),
    remarks=("(để b/c)", "(để phối hợp)", "", "", "(để thực hiện)"),
    kinds=("CV", "QD", "KH", "BC", "TB", "CV", "TTR", "GM", "HD", "CT", "CV", "CTR", "QC", "PA", "NQ", "CV", "GGT", "PC"),
    party_kinds=("DNQ", "DCV", "DKH", "DBC", "DTB", "DQD"),
    ranks=("Thượng tá", "Đại tá", "Trung tá"),
)  # fmt: skip

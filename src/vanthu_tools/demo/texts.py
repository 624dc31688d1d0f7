"""What people write while a document is handled: directions, results, comments, reasons, titles of dossiers."""

DIRECTIONS = {
    "professional": """
Giao {lead} chủ trì nghiên cứu, tham mưu; báo cáo tôi trước ngày {due}.
Giao {lead} xử lý theo thẩm quyền, báo cáo kết quả trước {due}.
{lead} nghiên cứu hồ sơ, đề xuất quan điểm giải quyết. Lưu ý thời hạn tố tụng.
Chuyển {lead}: kiểm tra, xác minh và dự thảo văn bản trả lời trình tôi ký trước {due}.
Giao {lead} phân công Kiểm sát viên có kinh nghiệm thụ lý; trao đổi với cơ quan liên quan nếu cần.
{lead} tham mưu, thống nhất với các đơn vị phối hợp rồi trình. Việc này phải xong trước {due}.
Đề nghị {lead} rà soát toàn bộ số liệu, đối chiếu sổ thụ lý trước khi báo cáo. Hạn {due}.
Giao {lead} theo dõi chặt chẽ, kịp thời báo cáo những vấn đề phức tạp phát sinh.
{lead} nghiên cứu, tổ chức thực hiện trong đơn vị và hướng dẫn VKSND khu vực.
Đồng ý với đề xuất của Văn phòng: giao {lead} chủ trì, báo cáo lãnh đạo Viện trước {due}.
""",
    "administration": """
Giao Văn phòng tổng hợp, dự thảo báo cáo trình tôi trước {due}.
Văn phòng tham mưu triển khai, sao gửi các đơn vị để thực hiện.
Văn phòng chuẩn bị nội dung, phòng họp và giấy mời; báo cáo lãnh đạo Viện.
Giao Văn phòng đôn đốc các đơn vị, VKSND khu vực gửi số liệu đúng hạn {due}.
Chánh Văn phòng xem xét, bố trí lịch và phân công người dự.
""",
    "personnel": """
Phòng 15 tham mưu, rà soát hồ sơ theo đúng quy trình; báo cáo trước {due}.
Giao {lead} thông báo đến các đơn vị, tổng hợp danh sách trước {due}.
{lead} tham mưu Ban cán sự, lãnh đạo Viện cho ý kiến.
""",
    "inspection": """
Thanh tra nghiên cứu, đề xuất; bảo đảm khách quan, đúng thời hạn {due}.
Giao Thanh tra phối hợp với đơn vị liên quan xác minh, báo cáo kết quả.
""",
    "technology": """
Giao {lead} hướng dẫn các đơn vị thực hiện; tổng hợp vướng mắc báo cáo trước {due}.
{lead} phối hợp kiểm tra kỹ thuật, bảo đảm an toàn thông tin.
""",
}
"""By kind of the leading unit."""

URGENT_DIRECTION = "Việc gấp. {lead} làm ngay trong ngày, báo cáo trực tiếp tôi."
INFORM_DIRECTION = "Để biết. Các đơn vị nghiên cứu, quán triệt."

ASSIGNMENTS = """
Đ/c nghiên cứu, dự thảo văn bản báo cáo lãnh đạo phòng trước {due}.
Giao đ/c thụ lý chính, lập hồ sơ công việc và báo cáo tiến độ hằng tuần.
Đ/c kiểm tra hồ sơ, trao đổi với Điều tra viên rồi đề xuất.
Đ/c tổng hợp số liệu, đối chiếu với báo cáo tháng trước.
Đ/c làm đầu mối, chủ động liên hệ các đơn vị phối hợp.
Đ/c tham mưu phương án trả lời; chú ý căn cứ pháp luật viện dẫn.
"""

RESULTS = """
Đã báo cáo kết quả với lãnh đạo phòng và lưu hồ sơ công việc.
Đã tham mưu văn bản trả lời, lãnh đạo Viện đã ký phát hành.
Đã phổ biến đến toàn thể cán bộ, công chức trong đơn vị.
Đã tổng hợp số liệu gửi Văn phòng.
Đã tham dự họp và báo cáo kết quả.
Đã kiểm sát quyết định, có căn cứ, không có vi phạm.
Đã nghiên cứu hồ sơ, thống nhất với quan điểm của cơ quan chuyển đến.
Đã trao đổi với cơ quan liên quan, hai bên thống nhất hướng giải quyết.
Đã cập nhật phần mềm và sổ theo dõi nghiệp vụ.
Đã cử Kiểm sát viên tham gia đúng thành phần, thời gian.
Đã xác minh, có báo cáo kết quả gửi lãnh đạo Viện.
Đã hướng dẫn VKSND khu vực thực hiện.
"""

INFORMED = "Để biết, lưu"

RETURN_TO_SENDER = """
Văn bản không thuộc thẩm quyền giải quyết của cơ quan; đề nghị gửi đúng nơi nhận.
Tệp đính kèm không mở được, đề nghị gửi lại văn bản.
Thiếu phụ lục kèm theo nêu trong văn bản.
Gửi trùng với văn bản đã nhận trước đó.
"""

CONTENT_AGREED = """
Đồng ý nội dung.
Đồng ý, chuyển Văn phòng soát thể thức.
Nội dung bảo đảm, số liệu đã đối chiếu.
Thống nhất với dự thảo.
"""
CONTENT_RETURNED = """
Phần căn cứ cần bổ sung điều luật áp dụng; mục 2 viết gọn lại.
Số liệu ở đoạn hai chưa khớp với báo cáo thống kê, đề nghị kiểm tra lại.
Cần nêu rõ thời hạn thực hiện và đơn vị đầu mối.
Quan điểm xử lý chưa rõ, bổ sung phân tích chứng cứ trước khi trình.
Bổ sung ý kiến của đơn vị phối hợp.
"""
FORM_AGREED = """
Đúng thể thức.
Thể thức, kỹ thuật trình bày bảo đảm.
Đã soát, đúng mẫu.
"""
FORM_RETURNED = """
Ký hiệu chưa đúng quy định, nơi nhận thiếu dấu phẩy và "Lưu: VT"; đề nghị sửa.
Căn cứ pháp lý phải trình bày nghiêng, mỗi căn cứ một dòng.
Lỗi cỡ chữ ở trích yếu, thừa dòng trống cuối trang 1.
"""
APPROVAL_RETURNED = """
Mục 3 nên yêu cầu báo cáo kết quả khắc phục trước ngày cụ thể. Sửa rồi trình lại.
Cân nhắc lại câu kết luận; viết rõ trách nhiệm của từng đơn vị.
Bổ sung nơi nhận là Viện kiểm sát nhân dân tối cao.
"""
COMMENTS = """
Đoạn thứ ba nên dẫn số văn bản chỉ đạo của cấp trên.
Đề nghị rút gọn phần mở đầu.
Tôi đã bổ sung số liệu quý vào bảng.
Cần thống nhất cách gọi tên cơ quan theo tên mới từ 01/7/2025.
"""
VERSION_NOTES = """
Bản đầu
Sửa theo ý kiến lãnh đạo phòng
Sửa thể thức theo góp ý của Văn phòng
Bổ sung căn cứ, nơi nhận
Rà soát lại số liệu
"""
WITHDRAWN = "Không ban hành nữa, đã ghép vào văn bản chung."
VOIDED = "Cấp số nhầm ký hiệu khi phát hành, đã cấp số khác cho văn bản đúng."

DOSSIERS = {
    "P1": (
        "Hồ sơ kiểm sát vụ án {accused} và đồng phạm về tội {crime1}",
        "Kiểm sát việc giải quyết án ma túy năm {year}",
    ),
    "P2": (
        "Hồ sơ kiểm sát vụ án {accused} phạm tội {crime2}",
        "Kiểm sát việc giải quyết nguồn tin về tội phạm {quarter}",
    ),
    "P3": (
        "Hồ sơ kiểm sát vụ án {crime3} tại {company}",
        "Theo dõi các vụ án tham nhũng, tiêu cực năm {year}",
    ),
    "P7": (
        "Hồ sơ kiểm sát xét xử phúc thẩm vụ án {accused}",
        "Kháng nghị, kiến nghị trong xét xử hình sự năm {year}",
    ),
    "P8": ("Trực tiếp kiểm sát tại {jail} năm {year}", "Kiểm sát thi hành án hình sự {quarter}"),
    "P9": (
        "Hồ sơ kiểm sát vụ án dân sự thụ lý số {ds}",
        "Trả lời thỉnh thị án dân sự, hôn nhân và gia đình năm {year}",
    ),
    "P10": ("Hồ sơ kiểm sát vụ án hành chính do {mr} khởi kiện", "Kiểm sát giải quyết phá sản {company}"),
    "P11": (
        "Trực tiếp kiểm sát tại Phòng Thi hành án dân sự {loc}",
        "Các vụ việc thi hành án dân sự phức tạp năm {year}",
    ),
    "P12": ("Giải quyết đơn khiếu nại của {mr}", "Tiếp công dân, xử lý đơn {quarter}"),
    "P15": ("Công tác đào tạo, bồi dưỡng năm {year}", "Bổ nhiệm chức danh tư pháp đợt {n} năm {year}"),
    "TTr": ("Thanh tra việc thực hiện quy chế nghiệp vụ tại VKSND {loc}", "Xác minh đơn tố cáo năm {year}"),
    "VP": (
        "Báo cáo công tác kiểm sát {quarter}",
        "Kiểm tra công tác văn thư, lưu trữ năm {year}",
        "Hội nghị giao ban {month}",
    ),
    "C2": ("Triển khai chuyển đổi số năm {year}",),
    "V14": ("Góp ý dự thảo văn bản quy phạm pháp luật năm {year}",),
}
"""Titles by unit."""


def lines(text: str) -> tuple[str, ...]:
    """The sentences of one of the lists above."""
    return tuple(text.strip().splitlines())

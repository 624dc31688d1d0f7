# ruff: noqa: E501 - a line is a sentence of an office
"""Other bodies, subjects, names and sentences: the words of the documents whose clean pages were looked at once."""

from vanthu_tools.reading_bench.writing import Words, bodies

BODIES = """
|Viện kiểm sát nhân dân tối cao|VKSTC|V4 V8 T1 C1|Viện trưởng;KT. Viện trưởng/Phó Viện trưởng Thường trực;TL. Viện trưởng/Vụ trưởng Vụ Tổ chức cán bộ;TUQ. Viện trưởng/Chánh Thanh tra
Viện kiểm sát nhân dân/tối cao|Viện kiểm sát nhân dân/thành phố {p}|VKS|P3 P7 P15 TH|Viện trưởng;KT. Viện trưởng/Phó Viện trưởng;TL. Viện trưởng/Trưởng phòng 15;Q. Viện trưởng
Viện kiểm sát nhân dân/thành phố {p}|Viện kiểm sát nhân dân khu vực {n}|VKSKV{n}|ÁN TH|KT. Viện trưởng/Phó Viện trưởng;Viện trưởng
Hội đồng nhân dân/thành phố {p}|Ban Pháp chế|HĐND|PC|TM. Ban Pháp chế/Trưởng ban;TM. Ban Pháp chế/KT. Trưởng ban/Phó Trưởng ban
Thành phố {p}|Ủy ban nhân dân/phường {x}|UBND|VHXH KT|Chủ tịch;KT. Chủ tịch/Phó Chủ tịch;TM. Ủy ban nhân dân/Chủ tịch
UBND thành phố {p}|Sở Nông nghiệp/và Môi trường|SNNMT|QLĐĐ VP|Giám đốc;KT. Giám đốc/Phó Giám đốc
Tòa án nhân dân/thành phố {p}|Tòa án nhân dân/khu vực {n}|TAKV{n}|DS HC|Chánh án;KT. Chánh án/Phó Chánh án
Bộ Công an|Công an thành phố {p}|CATP|PV01 PC06|Giám đốc{rank};KT. Giám đốc/Phó Giám đốc{rank}
|Thanh tra Chính phủ|TTCP|C.IV VP|Tổng Thanh tra;KT. Tổng Thanh tra/Phó Tổng Thanh tra
|Bộ Tài chính|BTC|KTN QLCS|TL. Bộ trưởng/Cục trưởng Cục Quản lý công sản;KT. Bộ trưởng/Thứ trưởng
Bộ Tài chính|Bảo hiểm xã hội/thành phố {p}|BHXH|TCHC|Giám đốc;KT. Giám đốc/Phó Giám đốc
Công an thành phố {p}|Trại tạm giam số 1|TTG|TM|KT. Giám thị/Phó Giám thị{rank};Giám thị{rank}
*Đảng bộ thành phố {p}|Đảng ủy các cơ quan/Đảng thành phố|ĐUK|VP|T/M Ban Thường vụ/Phó Bí thư;T/M Ban Thường vụ/Bí thư
*|Thành ủy {p}|TU|VP|T/M Ban Thường vụ/Phó Bí thư Thường trực;T/L Ban Thường vụ/Chánh Văn phòng
"""

SUBJECTS = {
    "": (
        "Lấy ý kiến góp ý dự thảo Thông tư liên tịch về phối hợp trong giải quyết vụ án kinh tế",
        "Đôn đốc thu hồi tài sản bị chiếm đoạt, thất thoát trong các vụ án tham nhũng",
        "Chuẩn bị nội dung phục vụ kỳ họp thứ {n} Hội đồng nhân dân thành phố {p}",
        "Thống nhất số liệu án tạm đình chỉ giữa các cơ quan tiến hành tố tụng",
        "Thu thập chứng cứ, giám định bổ sung theo yêu cầu điều tra",
        "Cấp chứng thư số chuyên dùng công vụ cho lãnh đạo và công chức",
        "Mua sắm trang thiết bị phòng họp trực tuyến năm {year}",
        "Tuyển dụng công chức nghiệp vụ kiểm sát đợt 2 năm {year}",
        "Thực hiện dân chủ ở cơ sở và xây dựng văn hóa công sở",
        "Giải phóng mặt bằng khu đất tại phường {x}",
        "Kháng nghị phúc thẩm bản án dân sự sơ thẩm về tranh chấp quyền sử dụng đất",
        "Đảm bảo an toàn, an ninh mạng dịp nghỉ Tết Nguyên đán",
        "Quyết toán ngân sách năm {year} và công khai tài chính",
        "Luân chuyển, điều động cán bộ lãnh đạo cấp phòng",
        "Đánh giá, xếp loại chất lượng tổ chức đảng, đảng viên cuối năm",
    ),
    "QD": (
        "Phê duyệt Kế hoạch lựa chọn nhà thầu gói thầu số {n}",
        "Kiện toàn Ban Chỉ đạo chuyển đổi số",
        "Điều động công chức đến nhận công tác tại đơn vị khác",
    ),
    "GM": ("Tham dự phiên họp thẩm định hồ sơ dự án", "Dự buổi làm việc với Đoàn giám sát"),
    "BC": (
        "Tình hình, kết quả công tác quý {quarter} năm {year} và phương hướng nhiệm vụ trọng tâm thời gian tới",
    ),
}

WORDS = Words(
    bodies=bodies(BODIES),
    provinces=("Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế", "Hồ Chí Minh"),
    communes=("Bạch Mai", "Ngã Bảy", "Phú Thượng", "An Khê"),
    families=("Phan", "Trịnh", "Đinh", "Dương", "Lý", "Hồ", "Đào", "Mai", "Tạ", "Nguyễn", "Quách"),
    middles=("Bá", "Thị Kim", "Thanh", "Hồng", "Gia", "Tiến", "Thế", "Mỹ", "Đình", "Phương"),
    givens=("Trường", "Yến", "Quyết", "Hạnh", "Đạt", "Thắng", "Mẫn", "Vượng", "Diễm", "Khôi", "Uyên", "Thuận"),
    subjects=SUBJECTS,
    paragraphs=(
        "Xét tính chất phức tạp của vụ việc, để bảo đảm việc xử lý nghiêm minh, đúng pháp luật, cơ quan chủ trì đề nghị các thành viên nghiên cứu kỹ hồ sơ gửi kèm.",
        "Theo phản ánh của cử tri, tình trạng ô nhiễm nguồn nước tại khu vực chưa được giải quyết dứt điểm, gây bức xúc trong nhân dân.",
        "Số tiền đã thu hồi được là 12.450.000.000 đồng, đạt 68,2 % tổng số tiền phải thi hành án; phần còn lại đang tiếp tục xác minh điều kiện thi hành.",
        "Hồ sơ dự tuyển nộp trực tiếp tại bộ phận một cửa hoặc qua đường bưu điện, kèm bản sao văn bằng, chứng chỉ có chứng thực.",
        "Các thiết bị phải bảo đảm tiêu chuẩn kỹ thuật, có xuất xứ rõ ràng, thời gian bảo hành tối thiểu 36 tháng.",
        "Nội dung góp ý tập trung vào bố cục, phạm vi điều chỉnh, trách nhiệm phối hợp và trình tự, thủ tục trao đổi thông tin.",
        "Đề nghị đồng chí sắp xếp thời gian đến dự đúng giờ; tài liệu sẽ được gửi qua hệ thống quản lý văn bản.",
        "Ban Tổ chức bố trí chỗ nghỉ, phương tiện đưa đón đối với đại biểu ở xa; kinh phí đi lại do cơ quan cử người thanh toán.",
        "I. Mục đích, yêu cầu: nâng cao nhận thức, trách nhiệm của người đứng đầu trong lãnh đạo, chỉ đạo thực hiện nhiệm vụ chính trị.",
        "II. Nội dung trọng tâm: cụ thể hóa chỉ tiêu, phân công rõ người, rõ việc, rõ thời gian, rõ sản phẩm.",
        "Hội đồng xét xử nhận định bị đơn đã vi phạm nghĩa vụ thanh toán; tuy nhiên việc thu thập chứng cứ của cấp sơ thẩm chưa đầy đủ.",
        "Giao đơn vị chuyên môn thẩm tra, trình cấp có thẩm quyền xem xét, quyết định theo quy định hiện hành.",
    ),
    due=(
        "Văn bản trả lời đề nghị gửi trước 17 giờ 00 ngày {day}.",
        "Hạn cuối nhận hồ sơ là ngày {day}.",
        "Yêu cầu hoàn thành và báo cáo không muộn hơn, chậm nhất vào ngày {day}, để kịp trình cấp trên.",
        "Danh sách đại biểu gửi về bộ phận thường trực trước ngày {day}.",
    ),
    traps=(
        "Bản án sơ thẩm tuyên ngày {past} đã bị kháng cáo trong hạn luật định.",
        "Các đơn vị nộp báo cáo nhanh trước ngày {day} của mỗi tháng.",
        "Quy định này thay thế quy định đã áp dụng đến hết ngày {past}.",
    ),
    references=(
        "Căn cứ Quyết định số {symbol} ngày {past} của Viện trưởng Viện kiểm sát nhân dân tối cao, các đơn vị khẩn trương thực hiện.",
        "Tiếp theo Thông báo số {symbol} ngày {past} về việc phân công chuẩn bị, đơn vị bổ sung một số nội dung.",
        "Ngày {past}, cơ quan đã nhận được Công văn số {symbol} kèm theo hồ sơ.",
    ),
    recipients=(
        "Ban Nội chính Trung ương", "Thành ủy {p}", "Cục Thi hành án dân sự", "Phòng Cảnh sát kinh tế", "Ủy ban nhân dân các phường, xã",
        "Văn phòng Đoàn đại biểu Quốc hội", "Bí thư các chi bộ trực thuộc", "Kho bạc Nhà nước khu vực {n}", "Ông Trần Quốc Bảo, phường {x}",
        "Trung tâm Phục vụ hành chính công", "Thủ trưởng các đơn vị trực thuộc",
    ),
    remarks=("", "(b/c)", "(để theo dõi)", "", "(để chỉ đạo)"),
    kinds=("CV", "BC", "CV", "QD", "TTR", "KH", "CV", "TB", "CD", "GM", "CV", "PB", "DEAN", "HD", "QYD", "CV", "NQ", "BB", "GUQ", "PG"),
    party_kinds=("DCV", "DKL", "DHD", "DTTR", "DCTR", "DQD"),
    ranks=("Thiếu tướng", "Thượng tá", "Thiếu tá"),
)  # fmt: skip

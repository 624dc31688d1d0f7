# ruff: noqa: E501 - a line is a sentence of an office
"""The words of the seen documents: written after the rules of reading, which were mended by their failures later."""

from vanthu_tools.reading_bench.writing import Words, bodies

BODIES = """
Viện kiểm sát nhân dân/tối cao|Viện kiểm sát nhân dân/tỉnh {p}|VKS|P5 P10 P12 VP|Viện trưởng;KT. Viện trưởng/Phó Viện trưởng;TL. Viện trưởng/Trưởng phòng 12;TL. Viện trưởng/KT. Chánh Văn phòng/Phó Chánh Văn phòng
Viện kiểm sát nhân dân/tỉnh {p}|Viện kiểm sát nhân dân/khu vực {n} - {p}|VKSKV{n}|TH VP|Viện trưởng;KT. Viện trưởng/Phó Viện trưởng
Viện kiểm sát quân sự/Trung ương|Viện kiểm sát quân sự/Quân khu {n}|VKSQK{n}|P1 P2|Viện trưởng{rank};KT. Viện trưởng/Phó Viện trưởng{rank}
Viện kiểm sát nhân dân/tối cao|Trường Đại học Kiểm sát/Hà Nội|T2|ĐT HC|Hiệu trưởng;KT. Hiệu trưởng/Phó Hiệu trưởng
UBND tỉnh {p}|Thanh tra tỉnh|TTT|NV1 VP|Chánh Thanh tra;KT. Chánh Thanh tra/Phó Chánh Thanh tra
Ủy ban nhân dân/tỉnh {p}|Sở Khoa học/và Công nghệ|SKHCN|CĐS VP|Giám đốc;KT. Giám đốc/Phó Giám đốc
Ủy ban nhân dân tỉnh {p}|Ủy ban nhân dân/xã {x}|UBND|KT VX|TM. Ủy ban nhân dân/KT. Chủ tịch/Phó Chủ tịch;TM. Ủy ban nhân dân/Chủ tịch
|Tòa án nhân dân tối cao|TANDTC|PC TH|KT. Chánh án/Phó Chánh án;TL. Chánh án/Chánh Văn phòng
|Hội đồng nhân dân/tỉnh {p}|HĐND|TT|TM. Hội đồng nhân dân/Chủ tịch;TM. Thường trực Hội đồng nhân dân/Phó Chủ tịch
Bộ Công an|Cục Cảnh sát điều tra/tội phạm về ma túy|C04|P3 TM|KT. Cục trưởng/Phó Cục trưởng{rank};Cục trưởng{rank}
|Bộ Quốc phòng|BQP|PC VP|KT. Bộ trưởng/Thứ trưởng{rank};TL. Bộ trưởng/Chánh Văn phòng{rank}
Bộ Y tế|Cục Khám, chữa bệnh/và Quản lý hành nghề|KCB|NV|KT. Cục trưởng/Phó Cục trưởng
*Tỉnh ủy {p}|Ủy ban Kiểm tra|UBKTTU|VP|T/M Ủy ban Kiểm tra/Phó Chủ nhiệm;K/T Chủ nhiệm/Phó Chủ nhiệm
*Đảng ủy Viện kiểm sát nhân dân/tối cao|Chi bộ Vụ {n}|CB|VP|T/M Chi bộ/Bí thư
"""

SUBJECTS = {
    "": (
        "Xác minh lý lịch tư pháp phục vụ công tác bổ nhiệm chức danh",
        "Hưởng ứng Ngày Pháp luật nước Cộng hòa xã hội chủ nghĩa Việt Nam năm {year}",
        "Khắc phục hậu quả bão, lũ và ổn định đời sống nhân dân xã {x}",
        "Chuyển đơn tố cáo của ông Lê Hữu Phước đến cơ quan có thẩm quyền",
        "Đính chính sai sót trong Bản kết luận điều tra",
        "Thẩm định dự thảo Đề án xây dựng kho lưu trữ số dùng chung",
        "Cử công chức tham gia lớp bồi dưỡng lý luận chính trị khóa {n}",
        "Áp dụng thống nhất quy định về tạm ngừng phiên tòa",
        "Rà quét mã độc, vá lỗ hổng bảo mật trên máy chủ và máy trạm",
        "Nhập liệu dữ liệu án hình sự vào hệ thống quản lý án",
        "Đề nghị truy nã bị can bỏ trốn trong vụ án Mua bán người",
        "Kiểm tra chéo sổ sách kế toán giữa các đơn vị dự toán",
        "Miễn chấp hành hình phạt tù có điều kiện đối với phạm nhân",
        "Chúc mừng kỷ niệm 65 năm Ngày thành lập Ngành",
    ),
    "QD": (
        "Ban hành Quy định về sử dụng thư điện tử công vụ",
        "Cho phép thôi giữ chức danh Kiểm sát viên sơ cấp",
        "Tặng Giấy khen cho tập thể, cá nhân",
    ),
    "GM": ("Dự Lễ công bố quyết định về công tác cán bộ",),
    "TTR": ("Xin chủ trương đầu tư trụ sở làm việc",),
}

WORDS = Words(
    bodies=bodies(BODIES),
    provinces=("Lâm Đồng", "Sơn La", "Hà Tĩnh", "Đắk Lắk", "Vĩnh Long", "Quảng Trị", "Phú Thọ", "Khánh Hòa", "Tây Ninh", "Lào Cai"),
    communes=("Mường Bú", "Kỳ Xuân", "Đạ Tẻh", "Phước Thạnh", "Vân Bán"),
    families=("Võ", "Huỳnh", "Lương", "Cao", "Lò", "Nguyễn", "Trần", "Hà", "Châu", "Thái", "Đoàn"),
    middles=("Công", "Thị Mai", "Quốc", "Hoài", "Trọng", "Thị", "Anh", "Viết", "Khánh", "Bảo"),
    givens=("Dũng", "Phượng", "Toàn", "Liên", "Nghĩa", "Hòa", "Quyên", "Tiệp", "Châu", "Vinh", "Luân", "Ánh"),
    subjects=SUBJECTS,
    paragraphs=(
        "Ngày làm việc thứ nhất, đoàn đã tiến hành khảo sát thực tế tại ba điểm kho và lập biên bản ghi nhận hiện trạng.",
        "Tổng số người tham gia là 128 đồng chí, trong đó có 47 đồng chí là nữ; kết quả đánh giá cuối khóa đạt loại khá trở lên.",
        "Máy trạm phải được cài bản vá mới nhất, gỡ bỏ phần mềm không rõ nguồn gốc và báo ngay khi phát hiện dấu hiệu bất thường.",
        "Bị can hiện không có mặt tại nơi cư trú; chính quyền địa phương và gia đình không biết đang ở đâu, làm gì.",
        "Người viết đơn chưa nêu được căn cứ, chưa cung cấp tài liệu kèm theo nên không đủ điều kiện thụ lý.",
        "Mưa lớn kéo dài làm sạt lở nhiều đoạn đường, cô lập hai thôn; thiệt hại ước tính 3,7 tỷ đồng.",
        "Trân trọng cảm ơn sự quan tâm, phối hợp của quý cơ quan trong suốt thời gian qua.",
        "a) Thành phần: đại diện lãnh đạo, bộ phận tham mưu tổng hợp và chuyên viên theo dõi.",
        "b) Tài liệu: sổ cái, chứng từ gốc, bảng đối chiếu công nợ và biên bản kiểm kê cuối kỳ.",
        "Hội nghị kết thúc vào hồi 16 giờ 30 phút cùng ngày, các đại biểu thống nhất với nội dung nêu trên.",
        "Việc áp dụng khoản 2 Điều 238 Bộ luật Tố tụng hình sự còn có cách hiểu khác nhau giữa các Tòa án.",
        "Cơ sở khám bệnh phải công khai bảng giá, bố trí biển chỉ dẫn và đường dây nóng tiếp nhận phản ánh.",
    ),
    due=(
        "Kết quả đề nghị gửi bằng văn bản về cơ quan chúng tôi trước ngày {day}.",
        "Các đồng chí đăng ký tham dự với bộ phận thường trực chậm nhất ngày {day}.",
        "Công việc phải hoàn thành trong thời hạn đến hết ngày {day}.",
    ),
    traps=(
        "Bị can bị bắt tạm giam từ ngày {past} theo lệnh của Cơ quan điều tra.",
        "Đơn vị gửi số liệu về Văn phòng trước ngày {day} hằng quý.",
        "Quy chế ban hành ngày {past} hết hiệu lực kể từ ngày ký văn bản này.",
    ),
    references=(
        "Theo Thông báo số {symbol} ngày {past} của Văn phòng, lịch họp có thay đổi.",
        "Cơ quan chúng tôi nhận được Công văn số {symbol} ngày {past} của Viện kiểm sát nhân dân tỉnh và xin trả lời.",
    ),
    recipients=(
        "Cục Lãnh sự, Bộ Ngoại giao", "Đảng ủy xã {x}", "Các đồng chí Ủy viên Ban Thường vụ", "Trạm Y tế xã {x}", "Bà Hoàng Thị Lụa, thôn 4",
        "Hội Liên hiệp Phụ nữ tỉnh {p}", "Báo Bảo vệ pháp luật", "Phòng Hậu cần", "Vụ Pháp chế và Quản lý khoa học", "Trưởng các khoa, phòng, trung tâm",
    ),
    remarks=("", "", "(để biết)", "(để phối hợp thực hiện)", "(b/c)"),
    kinds=("CV", "TB", "CV", "BC", "QD", "CV", "KH", "TTR", "CV", "HD", "CT", "GM", "CV", "DUAN", "PC", "CV", "GGT", "TC", "GNP"),
    party_kinds=("DCV", "DBC", "DQD", "DTB", "DNQ", "DKH"),
    ranks=("Đại tá", "Thượng úy", "Trung tướng"),
)  # fmt: skip

# ruff: noqa: E501 - a line is a sentence of an office
"""The words of the unseen documents: bodies, people and sentences of no other set, written without sight of the rules.

Who writes rules opens neither this module nor `inlined` and `typed` before the last measurement.
"""

from vanthu_tools.reading_bench.writing import Words, bodies

BODIES = """
Viện kiểm sát nhân dân/tỉnh {p}|Viện kiểm sát nhân dân/khu vực {n} - {p}|VKSKV{n}|BPNV VPH|Viện trưởng;KT. Viện trưởng/Phó Viện trưởng;TUQ. Viện trưởng/Chánh Văn phòng|CV KNG BC TTR YC CV
Công an tỉnh {p}|Phòng Cảnh sát hình sự|PC02|Đ2 TM|Trưởng phòng{rank};KT. Trưởng phòng/Phó Trưởng phòng{rank}|CV BC TB CV
UBND tỉnh {p}|Sở Giáo dục và Đào tạo|SGDĐT|GDTrH KTQLCL|Giám đốc;KT. Giám đốc/Phó Giám đốc;TL. Giám đốc/KT. Chánh Văn phòng/Phó Chánh Văn phòng
|Bộ Xây dựng|BXD|KTQLXD PC|KT. Bộ trưởng/Thứ trưởng;Bộ trưởng;TL. Bộ trưởng/KT. Vụ trưởng Vụ Pháp chế/Phó Vụ trưởng
Bộ Công an|Cục Cảnh sát quản lý/hành chính về trật tự xã hội|C06|P5 TTDLDC|Cục trưởng{rank};KT. Cục trưởng/Phó Cục trưởng{rank}|CV HD KH CV
Viện kiểm sát nhân dân/tối cao|Vụ Tổ chức cán bộ|V15|TH P2|Vụ trưởng;KT. Vụ trưởng/Phó Vụ trưởng|CV GM TB CV HD
Tòa án nhân dân/tỉnh {p}|Tòa án nhân dân/khu vực {n} - {p}|TAKV{n}|TKTH VP|Chánh án;KT. Chánh án/Phó Chánh án|CV QD TB BC GGT
*Tỉnh ủy {p}|Ban Tổ chức|BTCTU|VP|Trưởng ban;K/T Trưởng ban/Phó Trưởng ban
Bảo hiểm xã hội/Việt Nam|Bảo hiểm xã hội/tỉnh {p}|BHXH|KTNB CĐBHXH|Giám đốc;KT. Giám đốc/Phó Giám đốc;TL. Giám đốc/Trưởng phòng Kiểm tra
VKSND tối cao|Viện kiểm sát nhân dân/tỉnh {p}|VKS|P6 P13 TTKT|KT. Viện trưởng/Phó Viện trưởng;Viện trưởng;TL. Viện trưởng/Trưởng phòng 6;TM. Ủy ban kiểm sát/KT. Viện trưởng/Phó Viện trưởng|KH KN CV YC TB KL CTR
Bộ Quốc phòng|Bộ Tư lệnh Quân khu 9|QK9|PC TM|Tư lệnh{rank};KT. Tư lệnh/Phó Tư lệnh{rank}|CV CD KH TB|Cần Thơ
Công an tỉnh {p}|Cơ quan An ninh điều tra|ANĐT|Đ4 THTK|Thủ trưởng{rank};KT. Thủ trưởng/Phó Thủ trưởng{rank}|CV TB CV PC
|Văn phòng Quốc hội|VPQH|HC TT|KT. Chủ nhiệm/Phó Chủ nhiệm;TL. Chủ nhiệm/Vụ trưởng Vụ Hành chính;Chủ nhiệm|CV GM TB CV
Tỉnh {p}|Hội đồng nhân dân/phường {x}|HĐND|VP|TM. Thường trực Hội đồng nhân dân/Phó Chủ tịch;TM. Hội đồng nhân dân/Chủ tịch|NQ CV BC TB CTR
Bộ Nông nghiệp/và Môi trường|Cục Lâm nghiệp/và Kiểm lâm|LNKL|ĐDPH TTPC|KT. Cục trưởng/Phó Cục trưởng;Cục trưởng
Bộ Quốc phòng|Cục Điều tra hình sự|ĐTHS|P2 VP|Cục trưởng{rank};KT. Cục trưởng/Phó Cục trưởng{rank}|CV BC CV TB
Viện kiểm sát quân sự/Trung ương|Viện kiểm sát quân sự/Quân khu 7|VKSQK7|HCTH P3|KT. Viện trưởng/Phó Viện trưởng{rank};Viện trưởng{rank}|CV BC KH KNG|Thành phố Hồ Chí Minh
Viện kiểm sát nhân dân/Thành phố Hồ Chí Minh|Viện kiểm sát nhân dân khu vực {n}/- Thành phố Hồ Chí Minh|VKSKV{n}|HSST DSHC|Viện trưởng;KT. Viện trưởng/Phó Viện trưởng|CV BC KN CV YC|Thành phố Hồ Chí Minh
*|Văn phòng Trung ương Đảng|VPTW|VP|K/T Chánh Văn phòng/Phó Chánh Văn phòng;Chánh Văn phòng|DCV DTB DHD DCV
Ủy ban nhân dân/tỉnh {p}|Sở Dân tộc/và Tôn giáo|SDTTG|CSDT VP|KT. Giám đốc/Phó Giám đốc;Giám đốc
Bộ Tài chính|Kho bạc Nhà nước|KBNN|KTNN PC|KT. Giám đốc/Phó Giám đốc;TL. Giám đốc/Trưởng ban Pháp chế
Ủy ban nhân dân/phường {x}|Phòng Kinh tế, Hạ tầng/và Đô thị|KTHTĐT|XD|Trưởng phòng;KT. Trưởng phòng/Phó Trưởng phòng|CV BC TB TTR|{x}
Công an tỉnh {p}|Công an phường {x}|CAP|TH CSTT|Trưởng Công an phường{rank};KT. Trưởng Công an phường/Phó Trưởng Công an phường{rank}|CV BC PC CV
*Đảng bộ tỉnh {p}|Đảng ủy phường {x}|ĐU|VP|T/M Ban Thường vụ/Phó Bí thư Thường trực;T/M Đảng ủy/Bí thư
Tổng Liên đoàn Lao động/Việt Nam|Liên đoàn Lao động/tỉnh {p}|LĐLĐ|CSPL|TM. Ban Thường vụ/Phó Chủ tịch;TM. Ban Thường vụ/Chủ tịch|CV KH TB CV
Bộ Công an|Viện Khoa học hình sự|C09|P6 TT1|Viện trưởng{rank};KT. Viện trưởng/Phó Viện trưởng{rank}|CV TB CV|Hà Nội
|Hội Luật gia Việt Nam|HLGVN|VPTW|TM. Ban Thường vụ/Phó Chủ tịch;TM. Ban Thường vụ/Chủ tịch|CV KH CV TB
Tập đoàn Bưu chính/Viễn thông Việt Nam|Viễn thông {p}|VTT|KTĐT NSTH|Giám đốc;KT. Giám đốc/Phó Giám đốc|CV TB CV|{p}
Sở Tư pháp/tỉnh {p}|Phòng Công chứng số 1|PCC1|_|Trưởng phòng;KT. Trưởng phòng/Phó Trưởng phòng|CV PB CV|{p}
Sở Y tế/tỉnh {p}|Trung tâm Pháp y|TTPY|GĐ|Giám đốc{title};KT. Giám đốc/Phó Giám đốc{title}|CV TB CV|{p}
Ủy ban nhân dân/tỉnh {p}|Ban Quản lý/các khu công nghiệp|BQLKCN|QLDN LĐ|Trưởng ban;KT. Trưởng ban/Phó Trưởng ban
Tòa án nhân dân/tối cao|Học viện Tòa án|HVTA|ĐTBD KHXX|Giám đốc{title};KT. Giám đốc/Phó Giám đốc{title}|CV KH TB QD GM
|Ngân hàng Phát triển/Việt Nam|NHPT|XLN PCTT|TL. Tổng Giám đốc/Trưởng ban Xử lý nợ;TL. Tổng Giám đốc/KT. Trưởng ban Pháp chế/Phó Trưởng ban|CV TB
"""

SUBJECTS = {
    "": (
        "Trích xuất dữ liệu cước viễn thông của thuê bao di động",
        "Thực hiện kiến nghị của Đoàn kiểm sát trực tiếp công tác thi hành án dân sự",
        "Chuyển kết luận giám định dấu vết đường vân và chữ viết",
        "Tuyên truyền pháp luật về phòng, chống bạo lực học đường cho học sinh lớp {n}",
        "Thẩm tra lý lịch của người xin vào Ngành Kiểm sát",
        "Nguyên nhân tử vong của nạn nhân trong vụ cháy nhà trọ",
        "Xác định giá trị quyền sử dụng đất tại thời điểm phạm tội",
        "Tình hình thực hiện Nghị quyết về bảo đảm trật tự, an toàn giao thông {year}",
        "Bàn giao hồ sơ vụ án Phá rối an ninh kèm vật chứng",
        "Tổng hợp ý kiến về mô hình Tòa án, Viện kiểm sát khu vực",
        "Trốn đóng bảo hiểm của Công ty Cổ phần Dệt may Sông Tiền",
        "Thi đua cao điểm chào mừng Đại hội công đoàn các cấp",
        "Định danh điện tử và xác thực tài khoản của tổ chức",
        "Tham gia đoàn công tác kiểm tra thực địa rừng đặc dụng",
        "Hủy bỏ văn bản công chứng hợp đồng chuyển nhượng bất động sản",
        "Thống nhất thời gian xét xử vụ án Dương Kim Long cùng 16 đồng phạm",
        "Chuẩn bị báo cáo chuyên đề phục vụ phiên chất vấn tại kỳ họp thứ {n}",
        "Nhân rộng mô hình “Tiếng kẻng an ninh” tại các bản, làng",
        "Khoanh vùng xử lý các khoản nợ quá hạn của dự án thủy điện Nậm Khóa",
        "Nhắc lại việc chậm gửi hồ sơ nghiệm thu công trình trụ sở làm việc",
        "Bảo đảm quyền, lợi ích hợp pháp của lao động nữ trong khu công nghiệp",
        "Thi tuyển chức danh lãnh đạo, quản lý cấp phòng",
        "Xuất trình bản gốc di chúc và giấy chứng tử",
        "Việc thực hiện kết luận số 03 của Đoàn giám sát tại địa bàn phường {x}",
        "Giới thiệu nhân sự tham gia Hội đồng tuyển chọn Kiểm sát viên",
        "Nghỉ hưu trước tuổi theo nguyện vọng cá nhân",
        "Tiếp nhận người bị buộc trở về nước qua cửa khẩu",
        "Hiệu đính phần mềm tra cứu văn bản; cấp lại mật khẩu",
        "Tổ chức phiên tòa giả định cho sinh viên khóa {n}",
        "Tạm dừng thanh toán vốn đầu tư công đối với gói thầu số 05/XL",
        "Hồi âm Phiếu chuyển đơn 77/PC-VKS của quý Viện",
        "Đăng ký nhu cầu ấn phẩm, biểu mẫu tố tụng năm {year}",
        "Họp rà soát án trọng điểm ngày 15 hằng tháng",
    ),
    "QD": (
        "Tuyển thẳng sinh viên tốt nghiệp loại xuất sắc",
        "Hủy một phần quyết định của cấp huyện trước sắp xếp",
        "Thành lập Tổ giúp việc Ban Soạn thảo",
        "Giao chỉ tiêu biên chế và số người làm việc năm {year}",
        "Chuyển vụ án dân sự cho Tòa án khác giải quyết theo thẩm quyền",
    ),
    "KN": (
        "Bản án hôn nhân và gia đình sơ thẩm về chia tài sản chung",
        "Bản án hình sự sơ thẩm xét xử bị cáo Lường Văn Phái về tội Hủy hoại rừng",
        "Quyết định tạm đình chỉ giải quyết vụ án kinh doanh, thương mại",
    ),
    "KNG": (
        "Chấm dứt vi phạm về thời hạn gửi bản án, quyết định cho Viện kiểm sát",
        "Phòng ngừa tội phạm trong hoạt động dạy thêm, học thêm",
    ),
    "YC": (
        "Xác minh điều kiện thi hành án của người phải thi hành án",
        "Cung cấp tài liệu về kết quả giải quyết khiếu nại trong hoạt động tư pháp",
    ),
    "KL": ("Kiểm sát trực tiếp công tác thi hành án hình sự tại phường {x}",),
    "NQ": (
        "Kết quả giám sát việc giải quyết kiến nghị của cử tri",
        "Bầu bổ sung Ủy viên Ủy ban nhân dân phường",
    ),
    "GM": (
        "Dự phiên họp toàn thể của Ủy ban",
        "Dự Lễ khai giảng và gặp mặt học viên mới",
        "Gặp mặt báo chí đầu Xuân",
    ),
    "CTR": ("Hành động phòng, chống tác hại của rượu, bia", "Công tác trọng tâm quý {quarter} năm {year}"),
    "PC": ("Đơn phản ánh của tập thể hộ kinh doanh chợ {x}", "Đơn xin xóa án tích của bà Kim Thị Sa Rết"),
    "PB": ("Kết quả xét nghiệm, đối chiếu hồ sơ công chứng", "Lịch nộp phí, thù lao công chứng còn thiếu"),
    "GGT": ("Thẩm tra viên đến sao chụp hồ sơ", "Thư ký Tòa án đến tống đạt văn bản tố tụng"),
    "CD": (
        "Chủ động ứng phó triều cường, xâm nhập mặn",
        "Duy trì nghiêm chế độ trực sẵn sàng chiến đấu dịp lễ",
    ),
}

WORDS = Words(
    bodies=bodies(BODIES),
    provinces=("Điện Biên", "Cao Bằng", "Hưng Yên", "An Giang"),
    communes=("Thanh Nưa", "Trùng Khánh", "Phố Hiến", "Rạch Giá", "Thục Phán", "Vĩnh Tế"),
    families=("Lường", "Triệu", "Thạch", "Doãn", "La", "Tăng", "Sầm", "Nghiêm", "Siu", "Ninh", "Khuất", "Đàm"),
    middles=("Hoàng", "Thị Ánh", "Việt", "Thị Sen", "Trí", "Nguyên", "Như", "Kế", "Thị Hồng", "Tuấn"),
    givens=("Phúc", "Ngân", "Khoa", "Thơm", "Điệp", "Hoạt", "Xuyến", "Nhã", "Tân", "Ký", "Thúy", "Ước", "Bách"),
    subjects=SUBJECTS,
    paragraphs=(
        "Mẫu vật gửi giám định được niêm phong trong phong bì dán kín, mặt ngoài có đủ chữ ký của điều tra viên và người chứng kiến.",
        "Nhà trường đã mời chuyên gia tâm lý nói chuyện chuyên đề cho 1.240 em; phụ huynh ký cam kết không giao xe máy cho con chưa đủ tuổi.",
        "Doanh nghiệp nợ kéo dài 27 tháng, số tiền chậm đóng kể cả lãi là 3.918.554.200 đồng, ảnh hưởng trực tiếp đến 306 công nhân.",
        "Đến thời điểm này, khối lượng hoàn thành phần thô đạt khoảng ba phần tư; nhà thầu phụ đã rút khỏi công trường mà không thông báo.",
        "Chủ tọa phiên tòa đã hỏi ý kiến những người tham gia tố tụng; không ai đề nghị thay đổi người tiến hành tố tụng.",
        "Học viên nộp học phí bằng chuyển khoản, ghi rõ họ tên, lớp và mã hồ sơ ở phần diễn giải.",
        "Thuê bao nêu trên đăng ký chính chủ, hòa mạng từ tháng 6 năm 2021, hiện đang hoạt động hai chiều.",
        "Người chết là nữ giới, khoảng 35 đến 40 tuổi; trên cơ thể không có vết thương do vật tày hay vật sắc gây ra.",
        "Bên cạnh mặt được, sự gắn kết giữa các ngành có lúc chưa nhịp nhàng, còn tình trạng chờ việc, đùn đẩy.",
        "1. Thường xuyên quán triệt cho cán bộ, chiến sĩ nắm vững đối tượng, địa bàn, quy luật hoạt động của từng loại tội phạm.",
        "2. Gắn việc thực hiện nhiệm vụ với phong trào thi đua; biểu dương kịp thời tập thể, cá nhân xuất sắc.",
        "3. Chuẩn bị tốt lực lượng, phương tiện, hậu cần tại chỗ; không để bị động, bất ngờ trong mọi tình huống.",
        "Hiện trường là lô rừng số 6 khoảnh 12; số cây bị cưa hạ chủ yếu là dổi, trám, đường kính gốc từ 28 cm đến 64 cm.",
        "Bên nhận chuyển nhượng trình bày đã giao đủ tiền, còn bên chuyển nhượng khẳng định chữ ký trên biên nhận không phải của mình.",
        "Cơ sở dữ liệu được làm sạch theo nguyên tắc “đúng, đủ, sạch, sống”; mã định danh trùng lặp phải xử lý thủ công.",
        "Các khoản vay đều có tài sản bảo đảm nhưng giá trị định giá lại thấp hơn dư nợ gốc, khách hàng không còn nguồn trả.",
        "Về nhân sự, tập thể lãnh đạo đã bỏ phiếu kín; người được giới thiệu đạt số phiếu đồng ý 100 phần trăm.",
        "Mong quý vị đến dự đông đủ, sự hiện diện của quý vị góp phần vào thành công của chương trình.",
        "Chế độ trực lãnh đạo, trực ban, trực chỉ huy duy trì 24/24 giờ; sự cố phát sinh báo qua số máy 069.2345.678.",
        "Đồng bào trên địa bàn chấp hành tốt chủ trương của Đảng, không nghe theo lời kẻ xấu xúi giục tụ tập đông người.",
        "Bảng kê chứng từ chi tiết theo từng mã nhiệm vụ được lập thành hai liên, mỗi bên giữ một liên.",
        "Qua xem xét, nội dung đơn thuộc thẩm quyền của cơ quan thi hành án; người gửi đơn đã được hướng dẫn bằng phiếu riêng.",
        "Thư mục tài liệu hội thảo được đăng trên trang nội bộ, không phát hành bản giấy.",
        "Diện tích nhà xưởng xây vượt phép 214 m2; chủ đầu tư đã tự tháo dỡ phần mái hiên phía sau.",
    ),
    due=(
        "Báo cáo bằng văn bản xin gửi lại cho chúng tôi trước ngày {day} để kịp tổng hợp chung.",
        "Đề nghị chỉ đạo các bộ phận liên quan trả lời chậm nhất ngày {day}, qua đường công văn và thư điện tử.",
        "Mọi vướng mắc phải được tháo gỡ dứt điểm trước ngày {day}.",
        "Thời hạn hoàn thành: đến hết ngày {day}.",
        "Phiếu xác nhận tham dự gửi về bộ phận lễ tân trước 16 giờ ngày {day}.",
        "Nhận được văn bản này, yêu cầu đồng chí Trưởng các đơn vị khẩn trương tổ chức thực hiện, báo cáo kết quả trước ngày {day}.",
        "Hồ sơ cán bộ dự tuyển phải có mặt tại bộ phận tổ chức chậm nhất là 17 giờ 00 ngày {day}.",
        "Các Phòng chủ động nhập số liệu và xong trước ngày {day}.",
        "Đề nghị Quý cơ quan quan tâm, cho ý kiến trước ngày {day}.",
    ),
    traps=(
        "Nạn nhân nhập viện cấp cứu lúc 22 giờ 15 phút ngày {past} và tử vong sau đó hai giờ.",
        "Buổi lễ diễn ra vào 7 giờ 30 phút sáng ngày {later}, tại sân trung tâm.",
        "Chế độ báo cáo tháng giữ nguyên, gửi trước ngày {day} của tháng kế tiếp.",
        "Giấy phép xây dựng cấp ngày {past} đã bị điều chỉnh một lần.",
        "Trong vòng 05 ngày làm việc sau khi nhận văn bản, các bên có thể đề nghị xem xét lại kết quả.",
        "Nghị quyết có hiệu lực thi hành từ ngày {later}.",
        "Lần kiểm tra gần nhất kết thúc vào ngày {past}, không phát hiện sai sót lớn.",
        "Thẻ đảng viên cấp từ ngày {past} vẫn còn giá trị sử dụng.",
    ),
    references=(
        "Để trả lời Yêu cầu số {symbol} ngày {past} của quý Viện, chúng tôi báo cáo kết quả như dưới đây.",
        "Xét Tờ trình số {symbol} ngày {past}, Thường trực đã thống nhất chủ trương.",
        "Kể từ khi có Công văn số {symbol} ngày {past} hướng dẫn thực hiện, các vướng mắc cơ bản được giải quyết.",
        "Đã nhận đủ hồ sơ kèm theo Phiếu chuyển số {symbol} ngày {past} do Văn phòng gửi đến.",
        "Nội dung này sửa một phần Báo cáo số {symbol} ngày {past} đã gửi trước đây.",
    ),
    recipients=(
        "Viện kiểm sát nhân dân khu vực {n} - Thành phố Hồ Chí Minh", "Phòng Cảnh sát kinh tế Công an tỉnh {p}", "Đồng chí Phó Viện trưởng phụ trách", "Tòa án nhân dân khu vực {n} - {p}",
        "Ban Chấp hành Đảng bộ tỉnh {p}", "Cơ quan Cảnh sát điều tra", "Công ty Cổ phần Dệt may Sông Tiền", "Bà Quàng Thị Ín, bản Co Pục", "Ủy ban nhân dân phường {x}", "Hiệu trưởng các trường trung học phổ thông",
        "Trung tâm Giám định y khoa tỉnh {p}", "Phòng 13, Viện kiểm sát nhân dân tỉnh {p}", "Tạp chí Kiểm sát", "Thường trực Đảng ủy phường {x}", "Công đoàn Viên chức Việt Nam", "Văn phòng đăng ký đất đai",
        "Ông Thạch Sô Phát", "Chủ tịch Hội đồng quản lý", "Ban Giám hiệu", "Tổ kiểm tra liên ngành số {n}", "Lãnh đạo Vụ", "Trang thông tin điện tử phường {x}", "Các khoa, bộ môn thuộc Học viện",
        "Viện kiểm sát quân sự Trung ương", "Chi cục Thi hành án dân sự", "Đồn Biên phòng Tây Trang", "Vụ Thi đua - Khen thưởng",
    ),
    remarks=("", "", "", "(để b/cáo)", "(để p/hợp)", "(để biết, chỉ đạo)", "(thực hiện)", "(để niêm yết)"),
    kinds=("CV", "TB", "CV", "QD", "BC", "CV", "KH", "TTR", "CV", "HD", "CT", "CV", "DEAN", "QC", "GM"),
    party_kinds=("DTB", "DCV", "DQD", "DKH", "DCV", "DBC", "DCTR"),
    ranks=("Đại tá", "Thượng tá", "Thiếu tá", "Trung tá", "Thượng úy", "Thiếu tướng"),
    titles=("TS.", "BS.", "PGS. TS.", "ThS. BS.", "GS. TS."),
    proper=frozenset({"KN", "KNG", "YC", "KL", "PC", "PB", "GGT", "CD", "GM", "NQ", "CTR"}),
    referred=("YC-VKS", "VKS-P13", "TTr-SXD", "PC-VP", "CV-PA09", "KTHT-XD", "VKSKV2-TH", "BC-TAND"),
    basis=(
        "Căn cứ Luật Cán bộ, công chức;",
        "Căn cứ Thông tư số 02/2023/TT-BNV ngày 23 tháng 3 năm 2023 của Bộ trưởng Bộ Nội vụ;",
        "Căn cứ Biên bản họp ngày 05 tháng 01 năm 2026;",
        "Xét đề nghị của người phụ trách công tác cán bộ.",
    ),
    party_basis=(
        "Căn cứ Quy định thi hành Điều lệ Đảng;",
        "Căn cứ Quy chế làm việc của cấp ủy khóa mới;",
        "Theo đề nghị của Văn phòng cấp ủy,",
    ),
    archives=("VT, {unit}", "VT, {unit}, HS", "VT, {unit} (05)"),
)  # fmt: skip

# ruff: noqa: E501 - a line is a sentence of an office
"""The words of the held documents: what offices of all sorts send to procuracies, written without sight of the rules."""

from vanthu_tools.reading_bench.writing import Words, bodies

BODIES = """
VKSND tối cao|Viện kiểm sát nhân dân/tỉnh {p}|VKS|P2 P8 P11|KT. Viện trưởng/Phó Viện trưởng;Viện trưởng;TL. Viện trưởng/KT. Trưởng phòng 8/Phó Trưởng phòng;TM. Ủy ban kiểm sát/Viện trưởng|CV KNG BC YC TB KH KL
Công an tỉnh {p}|Văn phòng Cơ quan/Cảnh sát điều tra|VPCQCSĐT|Đ1 Đ3|Chánh Văn phòng{rank};KT. Chánh Văn phòng/Phó Chánh Văn phòng{rank}|CV TB BC PC
Ủy ban nhân dân/tỉnh {p}|Sở Y tế|SYT|NVY TCCB|Giám đốc;KT. Giám đốc/Phó Giám đốc;TL. Giám đốc/Chánh Văn phòng
Viện kiểm sát nhân dân/tối cao|Cục Thống kê tội phạm/và Chuyển đổi số|C2|THTK CĐS|Cục trưởng;KT. Cục trưởng/Phó Cục trưởng|CV HD TB CV KH
Bộ Công an|Cục Cảnh sát điều tra tội phạm/về tham nhũng, kinh tế,/buôn lậu|C03|P4 P10|KT. Cục trưởng/Phó Cục trưởng{rank};Cục trưởng{rank}|CV TB CV BC
|Bộ Ngoại giao|BNG|LS LPQT VP|KT. Bộ trưởng/Thứ trưởng;TL. Bộ trưởng/Cục trưởng Cục Lãnh sự;TUQ. Bộ trưởng/Vụ trưởng Vụ Luật pháp và Điều ước quốc tế
Tòa án nhân dân/tối cao|Tòa Phúc thẩm Tòa án nhân dân/tối cao tại Hà Nội|TPT|HS DS|Chánh tòa;KT. Chánh tòa/Phó Chánh tòa|CV TB QD CV GGT
VKSND tỉnh {p}|Viện kiểm sát nhân dân/khu vực {n}|VKSKV{n}|HC KT|KT. Viện trưởng/Phó Viện trưởng;Q. Viện trưởng;Viện trưởng|CV KN TTR YC BC KH
*|Ban Nội chính/Trung ương|BNCTW|VP V3|K/T Trưởng ban/Phó Trưởng ban;T/L Trưởng ban/Chánh Văn phòng
Bộ Tài chính/Cục Hải quan|Chi cục Hải quan/khu vực VIII|HQKV8|CBLXL NV|Chi cục trưởng;KT. Chi cục trưởng/Phó Chi cục trưởng||Quảng Ninh
Viện kiểm sát nhân dân/tối cao|Viện Công tố và Kiểm sát/xét xử phúc thẩm tại Đà Nẵng|VPT2|V1 VP|Viện trưởng;KT. Viện trưởng/Phó Viện trưởng|CV KN BC CV TB|Đà Nẵng
Công an tỉnh {p}|Công an xã {x}|CAX|ĐTHS TH|Trưởng Công an xã{rank};KT. Trưởng Công an xã/Phó Trưởng Công an xã{rank}|CV BC PC CV
UBND tỉnh {p}|Sở Xây dựng|SXD|QLN TTXD|Giám đốc;KT. Giám đốc/Phó Giám đốc
|Văn phòng Chính phủ|VPCP|NC V.I|KT. Bộ trưởng, Chủ nhiệm/Phó Chủ nhiệm;Bộ trưởng, Chủ nhiệm|CV TB GM PC CV
Cục Thuế|Thuế tỉnh {p}|TTI|QLN TTKT1|Trưởng Thuế tỉnh;KT. Trưởng Thuế tỉnh/Phó Trưởng Thuế tỉnh|CV TB QD CV
Viện kiểm sát quân sự/Trung ương|Viện kiểm sát quân sự/Quân chủng Hải quân|VKSQCHQ|P1 BTC|Viện trưởng{rank};KT. Viện trưởng/Phó Viện trưởng{rank}|CV KH BC TB|Hải Phòng
|Ủy ban nhân dân/thành phố Hải Phòng|UBND|NC1 TCNS|TM. Ủy ban nhân dân/KT. Chủ tịch/Phó Chủ tịch Thường trực;TM. Ủy ban nhân dân/Chủ tịch;TL. Chủ tịch/Chánh Văn phòng||Hải Phòng
Bộ Y tế|Bệnh viện Tâm thần/Trung ương 1|BVTTTW1|KHTH GĐPY|Giám đốc{title};KT. Giám đốc/Phó Giám đốc{title}|CV TB CV GM
*Đảng bộ tỉnh {p}|Đảng ủy/Công an tỉnh {p}|ĐUCA|VP|T/M Đảng ủy/Phó Bí thư;T/M Ban Thường vụ/Bí thư
Tòa án quân sự/Trung ương|Tòa án quân sự/Quân khu 4|TAQK4|TH HS|Chánh án{rank};KT. Chánh án/Phó Chánh án{rank}|CV TB QD BC|Nghệ An
Bộ Tư pháp|Cục Bổ trợ tư pháp|BTTP|GĐ LSTV|Cục trưởng;KT. Cục trưởng/Phó Cục trưởng
|Ủy ban Mặt trận Tổ quốc/Việt Nam tỉnh {p}|MTTQ|BTT|TM. Ban Thường trực/Phó Chủ tịch;TM. Ban Thường trực/Chủ tịch
Bộ Công an/Cục C10|Trại giam Ngọc Lý|TGNL|GDHS HC|Giám thị{rank};KT. Giám thị/Phó Giám thị{rank}|CV TB PB CV|Bắc Ninh
Sở Nông nghiệp/và Môi trường|Chi cục Kiểm lâm|CCKL|TTPC BVR|Chi cục trưởng;KT. Chi cục trưởng/Phó Chi cục trưởng|CV BC TB CV|{p}
Tổng công ty Điện lực/miền Bắc|Công ty Điện lực {p}|PCTI|TTPC KTAT|Giám đốc;KT. Giám đốc/Phó Giám đốc|CV TB CV|{p}
Bộ Công an|Công an tỉnh {p}|CAT|PV11 PC10|Giám đốc{rank};KT. Giám đốc/Phó Giám đốc{rank}|CV KH TB TTR BC CD
Liên đoàn Luật sư/Việt Nam|Đoàn Luật sư/tỉnh {p}|ĐLS|_|TM. Ban Chủ nhiệm/Chủ nhiệm;TM. Ban Chủ nhiệm/Phó Chủ nhiệm|CV TB CV
|Ngân hàng Chính sách xã hội|NHCS|PC TDSV|TL. Tổng Giám đốc/Trưởng ban Pháp chế;TUQ. Tổng Giám đốc/Giám đốc Trung tâm Đào tạo|CV TB
Bộ Tư pháp|Học viện Tư pháp|HVTP|ĐTBD TCHC|Giám đốc{title};KT. Giám đốc/Phó Giám đốc{title}|CV KH TB GM QD
Bộ Tư pháp|Báo Pháp luật Việt Nam|BPLVN|_|TL. Tổng Biên tập/Trưởng ban Bạn đọc|CV GGT PC CV
"""

SUBJECTS = {
    "": (
        "Cung cấp thông tin tài khoản phục vụ giải quyết nguồn tin về tội phạm",
        "Góp ý hồ sơ xây dựng Luật Thi hành tạm giữ, tạm giam và cấm đi khỏi nơi cư trú (sửa đổi)",
        "Tham dự phiên tòa rút kinh nghiệm theo cụm thi đua số {n}",
        "Trưng cầu giám định pháp y tâm thần đối với bị can Vàng A Sùng",
        "Kết quả xử lý kiến nghị phòng ngừa tội phạm, vi phạm pháp luật trong quản lý đất đai",
        "Trao đổi việc phân loại tội phạm mua bán trái phép hóa đơn",
        "Thu hồi, tiêu hủy vật chứng không còn giá trị sử dụng",
        "Rút kinh nghiệm việc lập hồ sơ đề nghị đặc xá đợt 2/9/{year}",
        "Xác nhận quá trình đóng bảo hiểm của bà Đinh Thị Vân",
        "Thay đổi đầu mối liên hệ và chữ ký số của đơn vị",
        "Công tác phối hợp bảo vệ phiên tòa xét xử lưu động tại xã {x}",
        "Tăng cường biện pháp phòng cháy, chữa cháy kho vật chứng mùa hanh khô",
        "Danh sách cá nhân được cử đi đào tạo trình độ thạc sĩ năm {year}",
        "Đăng tin tuyên truyền gương người tốt, việc tốt quý {quarter}/{year}",
        "Kiểm tra việc chấp hành pháp luật về bảo vệ rừng tại lâm phận xã {x}",
        "Thông tin tình trạng hôn nhân của công dân cư trú ở nước ngoài",
        "Xử lý hàng hóa vi phạm tồn đọng tại kho ngoại quan",
        "Gia hạn thời hạn kiểm tra, xác minh tin báo của Công ty TNHH Hoàng Gia Phát",
        "Trả lời Văn bản số 112/VKS-P2 về việc chuyển hồ sơ vụ án xâm hại trẻ em",
        "Mời luật sư chỉ định bào chữa cho người chưa thành niên",
        "Vận hành thử nghiệm phần mềm quản lý án phiên bản 3.2",
        "Bố trí phòng hỏi cung có ghi âm, ghi hình có âm thanh",
        "Khảo sát nhu cầu sử dụng điện và an toàn lưới điện trụ sở",
        "Hoàn trả tiền tạm ứng án phí, lệ phí Tòa án",
        "Ủy thác tư pháp tống đạt giấy triệu tập đương sự tại Cộng hòa Séc",
        "Công khai kết luận kiểm tra chuyên ngành về đầu tư xây dựng nhà ở xã hội",
        "Phối hợp truy tìm người có quyền lợi, nghĩa vụ liên quan",
        "Nộp lưu hồ sơ, tài liệu vào Lưu trữ lịch sử giai đoạn 2011 - 2020",
        "Tình hình người nghiện ma túy ngoài xã hội trên địa bàn tỉnh {p}",
        "Chấn chỉnh việc gửi, nhận văn bản điện tử không đúng thể thức",
        "Chuyển thông tin phản ánh của bạn đọc",
        "Cung cấp bệnh án của người bị hại Trần Thị Nhung",
    ),
    "QD": (
        "Phân công Thẩm phán giải quyết vụ án",
        "Ban hành Nội quy tiếp công dân",
        "Cưỡng chế bằng biện pháp phong tỏa tài khoản",
        "Công nhận kết quả hết tập sự đối với công chức",
        "Xử phạt vi phạm hành chính trong lĩnh vực quản lý thuế",
    ),
    "KN": (
        "Bản án dân sự sơ thẩm về tranh chấp hợp đồng tín dụng",
        "Bản án hình sự sơ thẩm theo thủ tục phúc thẩm đối với bị cáo Giàng Seo Páo",
        "Quyết định công nhận thuận tình ly hôn",
    ),
    "KNG": (
        "Khắc phục vi phạm trong việc lấy lời khai người dưới 18 tuổi",
        "Khắc phục vi phạm trong công tác quản lý đất đai tại xã {x}",
        "Phòng ngừa vi phạm trong hoạt động cho vay tiêu dùng",
    ),
    "YC": (
        "Chuyển hồ sơ vụ án dân sự để xem xét theo thủ tục giám đốc thẩm",
        "Tự kiểm tra việc thi hành án và thông báo kết quả",
    ),
    "KL": ("Trực tiếp kiểm sát việc tạm giữ, tạm giam tại Nhà tạm giữ khu vực {n}",),
    "GM": ("Dự họp báo thường kỳ quý {quarter}/{year}", "Tham dự Hội thảo khoa học về bảo vệ quyền trẻ em"),
    "TTR": (
        "Đề nghị bổ sung biên chế và kinh phí hoạt động năm {year}",
        "Phê duyệt danh mục tài sản thanh lý",
    ),
    "PC": ("Đơn đề nghị của ông Bàn Văn Tình", "Đơn kêu oan của phạm nhân đang chấp hành án"),
    "PB": ("Tiền lưu ký của người bị tạm giam", "Thay đổi nơi chấp hành án của phạm nhân"),
    "GGT": ("Phóng viên đến liên hệ công tác", "Cán bộ đến nhận hồ sơ vụ án"),
    "CD": (
        "Tập trung tìm kiếm đối tượng trốn khỏi nơi giam",
        "Ứng phó mưa lớn, lũ quét trên địa bàn tỉnh {p}",
    ),
}

WORDS = Words(
    bodies=bodies(BODIES),
    provinces=("Lai Châu", "Quảng Ninh", "Ninh Bình", "Đồng Nai", "Tuyên Quang"),
    communes=("Nậm Hàng", "Quảng Lâm", "Kim Sơn", "Xuân Lộc", "Sơn Dương", "Thống Nhất"),
    families=("Vi", "Hứa", "Tống", "Bế", "Kiều", "Nông", "Lại", "Rơ Châm", "Tô", "Phùng", "Chu"),
    middles=("Duy", "Thị Ngọc", "Hải", "Thị Bích", "Thành", "Sỹ", "Mạnh", "Cẩm", "Nhật", "Trung"),
    givens=("Kiên", "Oanh", "Tùng", "Ngà", "Thụy", "Hưởng", "Nhàn", "Giáp", "Đông", "Loan", "Chiến", "Huệ", "Úy"),
    subjects=SUBJECTS,
    paragraphs=(
        "Căn cứ kết quả tra cứu, người có tên nêu trên mở 02 tài khoản thanh toán; sao kê chi tiết được đóng dấu giáp lai và gửi kèm văn bản này.",
        "Trong kỳ, lực lượng chức năng đã triệt phá 14 tụ điểm, bắt giữ 39 đối tượng, thu giữ hơn 2,1 kg chất bột màu trắng nghi là heroin.",
        "Về quan điểm xử lý, chúng tôi cho rằng hành vi của các đối tượng đã đủ yếu tố cấu thành tội phạm quy định tại khoản 3 Điều 174 Bộ luật Hình sự.",
        "Trường hợp thay đổi đầu mối, quý đơn vị vui lòng cập nhật lại số điện thoại và hộp thư công vụ vào biểu mẫu kèm theo.",
        "Số lượng phạm nhân đủ điều kiện xét giảm thời hạn chấp hành án phạt tù là 211 người, tăng 18 người so với đợt trước.",
        "Hệ thống chữa cháy tự động tại kho số 2 đã xuống cấp, áp lực nước không bảo đảm; bình bột xách tay hết hạn kiểm định.",
        "Người đại diện theo ủy quyền của doanh nghiệp có mặt, xuất trình giấy tờ tùy thân và chứng từ nhập khẩu lô hàng.",
        "Tại buổi làm việc, đại diện các bên đều thống nhất ranh giới rừng phòng hộ theo bản đồ kiểm kê và cam kết không lấn chiếm thêm.",
        "Bệnh nhân tỉnh táo, tiếp xúc được, định hướng không gian và thời gian tốt, không phát hiện triệu chứng loạn thần tại thời điểm thăm khám.",
        "- Đối với nhóm việc thứ nhất: phân loại theo từng tội danh, đối chiếu với sổ thụ lý và biên bản giao nhận.",
        "- Đối với nhóm việc thứ hai: lập danh sách riêng, nêu rõ lý do chậm, người chịu trách nhiệm và biện pháp tháo gỡ.",
        "Mọi chi phí ăn, nghỉ của học viên do cơ quan cử đi học chi trả theo chế độ công tác phí hiện hành.",
        "Luật sư được chỉ định có trách nhiệm liên hệ điều tra viên thụ lý để làm thủ tục đăng ký bào chữa.",
        "Bản án có hiệu lực pháp luật đã tuyên trả lại cho bị đơn khoản tiền nộp thừa, nhưng đến nay hồ sơ chi trả vẫn chưa hoàn thiện.",
        "Đường truyền số liệu chuyên dùng hay bị gián đoạn vào giờ cao điểm, dẫn đến bản ghi không đồng bộ được về trung tâm dữ liệu.",
        "Ngoài ra, một bộ phận người lao động chưa nắm được quy trình cắt điện khẩn, còn tự ý đấu nối thiết bị công suất lớn.",
        "Cử tri kiến nghị sớm công bố danh mục thửa đất được miễn tiền thuê, tránh để người dân phải đi lại nhiều lần.",
        "Trên cơ sở báo cáo của cơ quan chuyên môn, Thường trực đã họp, cho ý kiến và kết luận bốn nhóm vấn đề.",
        "Việc tống đạt qua kênh ngoại giao thường kéo dài từ bốn đến sáu tháng; phí dịch thuật do bên yêu cầu tạm ứng.",
        "Xin gửi tới các đồng chí lời chào trân trọng và mong tiếp tục nhận được sự hợp tác chặt chẽ.",
        "Kết luận giám định số lượng gỗ tròn là 41,327 m3, thuộc nhóm IIA, trị giá khoảng 1,2 tỷ đồng tại thời điểm xâm hại.",
        "Kèm theo: 01 bản chính biên bản phiên họp, 01 đĩa DVD ghi hình, 05 bút lục đánh số từ 118 đến 122.",
    ),
    due=(
        "Rất mong nhận được văn bản phúc đáp của quý cơ quan trước ngày {day}.",
        "Đề nghị các đơn vị gửi kết quả rà soát về đầu mối tổng hợp trước 11 giờ 30 phút ngày {day}.",
        "Các nội dung nêu trên phải thực hiện xong chậm nhất vào ngày {day}.",
        "Bản đăng ký (theo mẫu) xin gửi về Ban Tổ chức, chậm nhất là ngày {day}.",
        "Yêu cầu khắc phục xong vi phạm và có văn bản trả lời trước ngày {day}.",
        "Thời hạn gửi ý kiến tham gia: trước ngày {day}; quá thời hạn trên coi như đồng ý với dự thảo.",
        "Việc bàn giao hồ sơ, vật chứng hoàn thành trước ngày {day} và lập thành biên bản.",
        "Đợt cao điểm phải kết thúc, có báo cáo kèm phụ lục số liệu trước ngày {day}.",
    ),
    traps=(
        "Cuộc họp trước đó tổ chức hồi 8 giờ 00 ngày {past} tại phòng khách tầng 2.",
        "Hội thảo khai mạc lúc 13 giờ 30 phút ngày {later} tại Hội trường lớn.",
        "Hằng tháng, số liệu thống kê được chốt vào ngày {day} và gửi qua trục liên thông.",
        "Người bị hại trình báo sự việc vào tối ngày {past}.",
        "Trong thời hạn 15 ngày kể từ ngày nhận được văn bản này, đương sự có quyền khiếu nại.",
        "Quyết định này có hiệu lực kể từ ngày {later}.",
        "Hợp đồng lao động giữa hai bên chấm dứt từ ngày {past} nhưng chưa chốt sổ.",
    ),
    references=(
        "Phúc đáp đề nghị tại Công văn số {symbol} ngày {past} của quý Viện, chúng tôi xin cung cấp như sau.",
        "Ngày {past}, đơn vị nhận được Văn bản số {symbol} cùng 12 tập tài liệu gửi kèm.",
        "Thực hiện Kế hoạch số {symbol} ngày {past} về công tác phối hợp liên ngành, hai bên đã trao đổi thông tin định kỳ.",
        "Sau khi nghiên cứu Thông báo số {symbol} ngày {past}, lãnh đạo đơn vị nhất trí với nội dung đề xuất.",
    ),
    recipients=(
        "Viện kiểm sát nhân dân tỉnh {p}", "Viện kiểm sát nhân dân khu vực {n} - {p}", "Cơ quan Cảnh sát điều tra Công an tỉnh {p}", "Phòng Cảnh sát quản lý hành chính về trật tự xã hội",
        "Thường trực Hội đồng nhân dân tỉnh {p}", "Vụ Công tố và Kiểm sát xét xử hình sự", "Trưởng Công an xã {x}", "Bà Lưu Thị Sen, thôn Nà Lốc", "Ủy ban nhân dân xã {x}", "Các chi nhánh trực thuộc",
        "Trại tạm giam, Công an tỉnh {p}", "Phòng 8, Viện kiểm sát nhân dân tỉnh {p}", "Đài Phát thanh và Truyền hình tỉnh {p}", "Đồng chí Bí thư Tỉnh ủy", "Ông Tống Duy Khương", "Chi cục Thuế khu vực {n}",
        "Văn phòng luật sư Nhân Chính", "Tổ công tác số 3", "Hội đồng thi đua, khen thưởng", "Thành viên Ban Chỉ đạo", "Lãnh đạo Cục", "Cổng thông tin điện tử tỉnh {p}", "Các sở, ban, ngành tỉnh {p}",
    ),
    remarks=("", "", "", "(để báo cáo)", "(phối hợp)", "(để đăng tải)", "(thay b/c)", "(để t/hiện)"),
    kinds=("CV", "KH", "CV", "TB", "QD", "CV", "BC", "TTR", "CV", "GM", "HD", "CV", "PA", "CTR"),
    party_kinds=("DCV", "DKH", "DTB", "DHD", "DBC", "DCV", "DQD"),
    ranks=("Thượng tá", "Trung tá", "Đại úy", "Thiếu tướng", "Thiếu tá"),
    titles=("TS.", "ThS.", "PGS. TS.", "BSCKII."),
    proper=frozenset({"KN", "KNG", "YC", "KL", "PC", "PB", "GGT", "CD", "GM"}),
    referred=("VKS-P8", "CV-PC03", "KH-UBND", "VKSKV4-HC", "TA-TKTH", "BC-STP"),
    basis=(
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Căn cứ Nghị định số 138/2020/NĐ-CP ngày 27 tháng 11 năm 2020 của Chính phủ;",
        "Theo đề nghị của Trưởng phòng Tổ chức - Hành chính.",
    ),
    party_basis=(
        "Căn cứ Điều lệ Đảng Cộng sản Việt Nam;",
        "Xét đề nghị của cơ quan tham mưu,",
    ),
    archives=("VT, {unit}", "VT, {unit} (03b)", "VT, HS, {unit}"),
)  # fmt: skip

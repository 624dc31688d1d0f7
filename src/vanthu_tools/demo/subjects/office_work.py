# ruff: noqa: E501 - a line is a sentence of an office
"""Subjects on the office itself: planning, reports, meetings, finance, records, technology, law (units VP, V14, C2, C3)."""

TEXT = """
CT|TC|VP|Công tác của ngành Kiểm sát nhân dân năm {next}
HD|TC|VP|Thực hiện chế độ thông tin, báo cáo và quản lý công tác trong ngành Kiểm sát nhân dân
KH|TC|VP|Triển khai các nhiệm vụ trọng tâm công tác kiểm sát {half}
KH|TC|VP|Tổ chức Hội nghị trực tuyến triển khai công tác kiểm sát năm {next}
CV|TC|VP|Chuẩn bị nội dung phục vụ Viện trưởng trả lời chất vấn tại kỳ họp Quốc hội
CV|TC|VP|Báo cáo tình hình thực hiện chỉ tiêu công tác kiểm sát tính đến ngày {day}
CV|TC|VP|Thực hiện chế độ báo cáo tuần, báo cáo tháng trên hệ thống thông tin báo cáo của ngành
CV|TC|VP|Trực cơ quan và bảo đảm an ninh, an toàn dịp nghỉ lễ {holiday}
TB|TC|VP|Kết luận của Viện trưởng tại cuộc họp giao ban {month}
TB|TC|VP|Kết luận của Phó Viện trưởng tại Hội nghị trực tuyến về công tác {half}
GM|TC|VP|Dự Hội nghị trực tuyến toàn Ngành sơ kết công tác {half}
GM|TC|VP|Tập huấn trực tuyến nghiệp vụ văn thư, lưu trữ và lập hồ sơ điện tử
CTR|TC|VP|Chương trình công tác của Viện kiểm sát nhân dân tối cao {month}
KH|T|VP|Công tác kiểm sát năm {next} của Viện kiểm sát nhân dân {prov}
KH|T|VP|Thực hiện Chỉ thị công tác của Viện trưởng Viện kiểm sát nhân dân tối cao năm {year}
KH|T|VP|Kiểm tra công tác văn thư, lưu trữ năm {next}
KH|T|VP|Kiểm tra việc thực hiện chỉ tiêu, kế hoạch công tác tại VKSND {loc} {half}
KH|T|VP|Cải cách hành chính và kiểm soát thủ tục hành chính năm {year}
CTR|T|VP|Chương trình công tác của lãnh đạo Viện {month}
TB|T|VP|Kết luận của Viện trưởng tại hội nghị giao ban {month}
TB|T|VP|Kết luận của Phó Viện trưởng tại cuộc họp kiểm điểm tiến độ thực hiện chỉ tiêu {quarter}
TB|T|VP|Phân công trực lãnh đạo, trực nghiệp vụ dịp nghỉ lễ {holiday}
TB|T|VP|Nội dung, thời gian giao ban trực tuyến với Viện kiểm sát nhân dân khu vực {month}
GM|T|VP|Dự hội nghị sơ kết công tác kiểm sát {half}
GM|T|VP|Dự họp giao ban công tác {month} tại điểm cầu VKSND {loc}
GM|TA|VP|Mời họp liên ngành rút kinh nghiệm công tác giải quyết án trọng điểm {quarter}
GM|UB|VP|Dự phiên họp thường kỳ {month} của Ủy ban nhân dân {prov}
GM|UB|VP|Dự họp Ban Chỉ đạo phòng, chống tội phạm, tệ nạn xã hội {prov}
BC|T|VP|Kết quả công tác kiểm sát {month} và nhiệm vụ trọng tâm tháng tiếp theo
BC|T|VP|Tổng kết công tác kiểm sát năm {year}, phương hướng nhiệm vụ năm {next}
BC|T|VP|Sơ kết công tác kiểm sát {half}
BC|T|VP|Phục vụ kỳ họp Hội đồng nhân dân {prov} về công tác kiểm sát {half}
BC|KV|VP|Kết quả công tác kiểm sát {month}
BC|KV|VP|Báo cáo tuần về tình hình tội phạm và kết quả công tác kiểm sát (từ ngày {day})
BC|KV|VP|Sơ kết công tác kiểm sát {half} của VKSND khu vực
BC|PT|VP|Kết quả công tác kiểm sát xét xử phúc thẩm {month}
BC|T|VP|Kết quả thực hiện dân chủ ở cơ sở và văn hóa công sở năm {year}
CV|T|VP|Yêu cầu báo cáo kết quả công tác kiểm sát việc tuân theo pháp luật trong hoạt động tư pháp {quarter}
CV|T|VP|Đôn đốc thực hiện các chỉ tiêu chưa đạt theo Quyết định số 139/QĐ-VKSTC
CV|T|VP|Đăng ký lịch làm việc với lãnh đạo Ủy ban nhân dân {prov}
CV|KV|VP|Đề nghị hỗ trợ kinh phí sửa chữa trụ sở làm việc
CV|KV|VP|Đề nghị cấp đổi con dấu và bàn giao con dấu hết giá trị sử dụng
BB|KV|VP|Bàn giao con dấu, thiết bị lưu khóa bí mật của cơ quan
QD|T|VP|Về việc ban hành Quy chế làm việc của Viện kiểm sát nhân dân {prov}
QD|T|VP|Về việc ban hành Danh mục hồ sơ cơ quan năm {year}
QD|T|VP|Về việc thành lập Tổ thẩm định tài liệu hết giá trị
QD|T|VP|Về việc giao dự toán ngân sách nhà nước năm {year} cho VKSND {loc}
QD|TC|VP|Về việc giao dự toán ngân sách nhà nước năm {next} cho Viện kiểm sát nhân dân {prov}
QD|TC|VP|Về việc phê duyệt chủ trương đầu tư dự án cải tạo, mở rộng trụ sở VKSND {loc}
CV|TC|VP|Thẩm định quyết toán ngân sách nhà nước năm {last}
CV|TC|VP|Kiểm kê, đánh giá lại tài sản công tại các đơn vị sau sắp xếp tổ chức bộ máy
CV|STC|VP|Thông báo thẩm định hồ sơ sắp xếp, xử lý cơ sở nhà, đất trên địa bàn {loc}
CV|STC|VP|Hướng dẫn lập dự toán kinh phí ngân sách địa phương hỗ trợ năm {next}
TTR|T|VP|Đề nghị bổ sung kinh phí mua sắm trang thiết bị số hóa hồ sơ năm {year}
TTR|KV|VP|Đề nghị cấp bổ sung máy quét, máy tính phục vụ công tác văn thư
BC|T|VP|Tình hình thực hiện dự toán ngân sách và công khai tài chính {quarter}
BC|KV|VP|Báo cáo kiểm kê tài sản, công cụ, dụng cụ tính đến ngày {day}
HD|TC|VP|Nộp lưu hồ sơ, tài liệu điện tử vào Lưu trữ cơ quan
CV|TC|VP|Rà soát công tác quản lý, sử dụng con dấu và thiết bị lưu khóa bí mật sau sắp xếp
CV|TC|VP|Tổng kết việc thi hành Quy chế công tác văn thư, lưu trữ ngành Kiểm sát nhân dân
BC|T|VP|Kết quả chỉnh lý tài liệu tồn đọng và bàn giao hồ sơ của Viện kiểm sát nhân dân cấp huyện
BC|KV|VP|Kết quả lập hồ sơ công việc và nộp lưu năm {last}
CV|SNV|VP|Kiểm tra công tác văn thư, lưu trữ đối với cơ quan, đơn vị trên địa bàn {prov}
CV|STP|VP|Hướng dẫn quản lý, sử dụng chữ ký số trong hoạt động của các cơ quan tư pháp
CV|STP|VP|Lấy ý kiến dự thảo văn bản quy phạm pháp luật về phối hợp giám định tư pháp
CV|SKHCN|VP|Kết nối, chia sẻ dữ liệu qua Trục liên thông văn bản quốc gia
CV|SKHCN|VP|Rà soát mã định danh điện tử của các cơ quan, đơn vị trên địa bàn {prov}
KH|SKHCN|VP|Diễn tập ứng phó sự cố an toàn thông tin mạng năm {year}
KH|UB|VP|Thực hiện chuyển đổi số trên địa bàn {prov} năm {year}
QD|UB|VP|Về việc kiện toàn Ban Chỉ đạo phòng, chống tội phạm và xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc
CV|UB|VP|Tham gia ý kiến vào dự thảo Quy chế phối hợp giữa các cơ quan nội chính {prov}
CV|UB|P2|Chỉ đạo tăng cường phòng, chống tội phạm {crime2} trên địa bàn
KH|UB|P1|Cao điểm phòng, chống tội phạm ma túy {quarter}
CV|HDND|VP|Đề nghị báo cáo phục vụ giám sát việc thực hiện chính sách, pháp luật trong hoạt động tư pháp
KH|HDND|VP|Giám sát của Ban Pháp chế đối với công tác giải quyết án hành chính năm {year}
NQ|HDND|VP|Về kết quả giám sát công tác của các cơ quan tư pháp {half}
CV|BO|VP|Lấy ý kiến dự thảo Thông tư liên tịch về phối hợp thi hành quy định của Bộ luật Tố tụng hình sự
CV|BO|VP|Cung cấp số liệu phục vụ xây dựng báo cáo của Chính phủ về công tác phòng, chống tội phạm năm {year}
CV|BO|VP|Gia hạn, cấp mới chứng thư chữ ký số chuyên dùng công vụ
QD|TC|C2|Về việc ban hành Quy chế quản lý, sử dụng phần mềm dùng chung trong ngành Kiểm sát nhân dân
QD|TC|C2|Về việc phê duyệt Bộ chỉ số đánh giá mức độ chuyển đổi số năm {year}
KH|TC|C2|Ứng dụng công nghệ thông tin, chuyển đổi số của ngành Kiểm sát nhân dân năm {next}
KH|TC|C2|Triển khai Đề án chuyển đổi số trong tố tụng hình sự theo Quyết định số 422/QĐ-TTg
HD|TC|C2|Số hóa hồ sơ vụ án và cập nhật mã hồ sơ điện tử trên cơ sở dữ liệu dùng chung
HD|TC|C2|Cấp, thu hồi và quản lý chứng thư chữ ký số của cá nhân, cơ quan
CV|TC|C2|Triển khai Trợ lý ảo hỗ trợ Kiểm sát viên tại Viện kiểm sát nhân dân {prov}
CV|TC|C2|Cập nhật số liệu thống kê hình sự, dân sự trên phần mềm kỳ {month}
CV|TC|C2|Rà soát lỗ hổng bảo mật và cập nhật phần mềm phòng, chống mã độc
CV|TC|C2|Kích hoạt tài khoản hệ thống quản lý văn bản và điều hành cho cán bộ, công chức
TB|TC|C2|Kết quả xếp hạng mức độ chuyển đổi số của Viện kiểm sát nhân dân cấp tỉnh năm {last}
TB|TC|C2|Lịch bảo trì hệ thống hội nghị truyền hình và đường truyền số liệu chuyên dùng
KH|T|C2|Thực hiện chuyển đổi số của Viện kiểm sát nhân dân {prov} năm {year}
KH|T|C2|Tập huấn trực tuyến sử dụng phần mềm quản lý án hình sự, dân sự cho các điểm cầu
BC|T|C2|Kết quả ứng dụng công nghệ thông tin và chữ ký số {quarter}
BC|T|C2|Kết quả số hóa hồ sơ vụ án, trình chiếu chứng cứ tại phiên tòa {half}
BC|KV|C2|Tỷ lệ văn bản điện tử, chữ ký số và tài khoản kích hoạt {month}
BC|KV|C2|Kết quả nhập liệu trên phần mềm quản lý án và thống kê kỳ {month}
CV|KV|C2|Đề nghị khắc phục sự cố đường truyền hội nghị trực tuyến
CV|T|C2|Đề nghị cấp chứng thư chữ ký số cho {n} công chức và thiết bị lưu khóa bí mật
CV|T|C2|Chấn chỉnh việc phát hành song song văn bản giấy và văn bản điện tử
TT|TC|V14|Quy định về công tác kiểm sát việc tuân theo pháp luật trong thi hành tạm giữ, tạm giam và thi hành án hình sự
CV|TC|V14|Lấy ý kiến dự thảo Luật sửa đổi, bổ sung một số điều của Bộ luật Tố tụng hình sự
CV|TC|V14|Giải đáp một số vướng mắc trong áp dụng pháp luật hình sự và tố tụng hình sự năm {year}
CV|TC|V14|Tổng kết thực tiễn thi hành Luật Tổ chức Viện kiểm sát nhân dân
CV|TC|V14|Rà soát biểu mẫu tố tụng, nghiệp vụ ban hành kèm theo Thông tư số 03/2026/TT-VKSTC
KH|TC|V14|Phổ biến, giáo dục pháp luật và hưởng ứng Ngày Pháp luật Việt Nam năm {year}
BC|T|V14|Tổng hợp khó khăn, vướng mắc trong áp dụng Bộ luật Hình sự, Bộ luật Tố tụng hình sự năm {year}
CV|T|V14|Tham gia ý kiến dự thảo Luật Tư pháp người chưa thành niên và văn bản hướng dẫn
CV|T|V14|Tổng hợp ý kiến về dự thảo Thông tư quy định phân công, phối hợp giữa các cấp kiểm sát
KH|T|V14|Tuyên truyền, phổ biến, giáo dục pháp luật năm {year}
CV|KV|V14|Phản ánh vướng mắc khi áp dụng quy định về thẩm quyền theo khu vực
CV|BO|V14|Góp ý hồ sơ dự án Luật Thi hành án dân sự (sửa đổi)
CV|BO|V14|Đề nghị cử đại diện tham gia Ban soạn thảo, Tổ biên tập dự án Luật Hỗ trợ tư pháp
CV|BO|P11|Trao đổi vướng mắc trong thi hành án dân sự đối với vụ việc tại {company}
CV|BO|P11|Phối hợp rà soát án hành chính chưa thi hành xong tại {prov}
CV|BO|P15|Phối hợp đào tạo chức danh tư pháp khóa {n} năm {year}
CV|BO|V14|Tổng kết {n} năm thi hành Luật Giám định tư pháp
BC|BO|P11|Kết quả công tác thi hành án dân sự, theo dõi thi hành án hành chính {half}
GM|BO|V14|Dự họp Hội đồng thẩm định dự thảo văn bản quy phạm pháp luật {month}
KH|BO|V14|Triển khai thi hành Luật Tương trợ tư pháp về hình sự năm {year}
CV|BO|P2|Thông báo kết quả giải quyết yêu cầu tương trợ tư pháp liên quan đến bị can {accused}
TB|BO|V14|Kết luận của Thứ trưởng tại cuộc họp liên ngành {month}
CV|UB|P15|Tham gia ý kiến về nhân sự và chế độ chính sách sau sắp xếp đơn vị hành chính {prov}
CV|UB|P9|Đề nghị xem xét kháng nghị giám đốc thẩm bản án số {dspt}
CV|UB|VP|Bố trí trụ sở làm việc cho VKSND {loc}
CV|UB|P12|Chuyển đơn của {mr}, {commune}, đề nghị giải quyết theo thẩm quyền
CV|TCD|P12|Phối hợp tiếp công dân đối với {mr} và một số hộ dân {commune}
CV|HDND|P2|Cung cấp số liệu tình hình tội phạm {half} phục vụ kỳ họp thường lệ
CV|DD|VP|Đề nghị báo cáo phục vụ Đoàn đại biểu Quốc hội giám sát chuyên đề năm {year}
CV|LS|P12|Đề nghị đăng ký bào chữa cho bị can {accused} trong vụ án {crime2}
CV|LS|P7|Đề nghị được sao chụp hồ sơ phúc thẩm vụ án {accused}
CV|TA|P7|Đề nghị phối hợp bảo đảm đường truyền cho phiên tòa trực tuyến xét xử bị cáo {accused}
CV|TA|P9|Đề nghị cử Kiểm sát viên tham gia phiên tòa phúc thẩm tranh chấp thừa kế thụ lý số {ds}
"""

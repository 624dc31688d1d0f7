# ruff: noqa: E501 - a line is a sentence of an office
"""Subjects on criminal cases: prosecution and supervision of investigation (units 1, 2, 3) and of trial (unit 7)."""

TEXT = """
KL|T,KV|P2|Kết luận trực tiếp kiểm sát việc tiếp nhận, giải quyết nguồn tin về tội phạm tại Công an {commune}
KH|T|P2|Kiểm sát trực tiếp việc tiếp nhận, giải quyết tố giác, tin báo về tội phạm và kiến nghị khởi tố tại Cơ quan Cảnh sát điều tra Công an {prov} năm {year}
KH|T,KV|P2|Phối hợp liên ngành giải quyết dứt điểm các tin báo, tố giác tội phạm tạm đình chỉ trước năm {year}
KNG|T,KV|P2|Kiến nghị khắc phục vi phạm trong việc tiếp nhận, phân loại và giải quyết nguồn tin về tội phạm tại Công an {commune}
KNG|T,KV|P2|Kiến nghị áp dụng biện pháp phòng ngừa tội phạm và vi phạm pháp luật về {crime2} trên địa bàn {loc}
KNG|T|P1|Kiến nghị phòng ngừa tội phạm và vi phạm pháp luật về ma túy trong các cơ sở kinh doanh dịch vụ có điều kiện trên địa bàn {prov}
YC|T,KV|P2|Yêu cầu điều tra vụ án {accused} bị khởi tố về tội {crime2} theo {clause2}
YC|T,KV|P1|Yêu cầu điều tra vụ án {accused} và đồng phạm về tội {crime1}
YC|T|P3|Yêu cầu điều tra bổ sung vụ án {accused} phạm tội {crime3} xảy ra tại {company}
YC|T,KV|P2|Yêu cầu kiểm tra, xác minh nguồn tin về tội phạm theo đơn tố giác của {mr} ngày {day}
YC|T,KV|P2|Yêu cầu cung cấp tài liệu để xác định vi phạm trong việc ra quyết định không khởi tố vụ án hình sự đối với {accused}
QDTT|T,KV|P2|Phê chuẩn Quyết định khởi tố bị can đối với {accused} về tội {crime2}
QDTT|T,KV|P2|Phê chuẩn Lệnh bắt bị can để tạm giam đối với {accused}
QDTT|T,KV|P2|Gia hạn thời hạn tạm giam để điều tra đối với bị can {accused}, phạm tội {crime2}
QDTT|T,KV|P1|Phê chuẩn việc gia hạn tạm giữ lần thứ hai đối với {accused}
QDTT|T,KV|P2|Gia hạn thời hạn giải quyết nguồn tin về tội phạm xảy ra ngày {day} tại {commune}
QDTT|T,KV|P2|Gia hạn thời hạn điều tra lần thứ nhất vụ án {crime2} xảy ra tại {commune}
QDTT|T|P3|Gia hạn thời hạn điều tra lần thứ hai vụ án {crime3} xảy ra tại {company}
QDTT|T,KV|P2|Phân công Kiểm sát viên thực hành quyền công tố, kiểm sát việc khởi tố, điều tra và kiểm sát việc tuân theo pháp luật trong giai đoạn điều tra vụ án {accused}
QDTT|T|P2|Chuyển vụ án hình sự {accused} phạm tội {crime2} cho VKSND {loc} để thực hành quyền công tố, kiểm sát xét xử sơ thẩm
QDTT|T,KV|P2|Trả hồ sơ để điều tra bổ sung vụ án {accused} phạm tội {crime2}
QDTT|T,KV|P2|Hủy bỏ Quyết định tạm đình chỉ giải quyết nguồn tin về tội phạm liên quan đến {accused}
CAOTRANG|T|P1|Truy tố các bị can {accused} và đồng phạm về tội {crime1}
CAOTRANG|T,KV|P2|Truy tố bị can {accused} về tội {crime2} theo {clause2}
CAOTRANG|T|P3|Truy tố bị can {accused} và đồng phạm về tội {crime3} theo {clause3}
CV|T|P2|Đề nghị Cơ quan Cảnh sát điều tra chuyển hồ sơ vụ án {accused} phạm tội {crime2} để xem xét việc gia hạn
CV|KV|P2|Xin ý kiến chỉ đạo về đường lối xử lý vụ án {accused} bị khởi tố về tội {crime2}
CV|T|P2|Trả lời thỉnh thị của VKSND {loc} về việc giải quyết vụ án {accused} phạm tội {crime2}
CV|TC|P2|Trả lời thỉnh thị về việc áp dụng khoản 2 Điều 53 Bộ luật Hình sự đối với bị can {accused} trong vụ án {crime2}
CV|TC|P3|Yêu cầu báo cáo tiến độ giải quyết các vụ án tham nhũng, tiêu cực thuộc diện Ban Chỉ đạo theo dõi đến ngày {day}
CV|T|P3|Báo cáo tiến độ điều tra vụ án {crime3} xảy ra tại {company}
CV|TC|P1|Tăng cường công tác thực hành quyền công tố, kiểm sát điều tra các vụ án {crime1} có yếu tố nước ngoài
CV|TC|P2|Rút kinh nghiệm trong công tác thực hành quyền công tố, kiểm sát điều tra các vụ án xâm hại người dưới 18 tuổi
CV|TC|P2|Chấn chỉnh việc lạm dụng trả hồ sơ điều tra bổ sung giữa các cơ quan tiến hành tố tụng
CV|T|P2|Đề nghị phối hợp tổ chức họp liên ngành giải quyết vụ án {accused} phạm tội {crime2}
CV|T|P1|Đề nghị trưng cầu giám định bổ sung mẫu vật thu giữ trong vụ án {accused} phạm tội {crime1}
CV|T|P3|Đề nghị cử giám định viên tư pháp trong lĩnh vực tài chính để giải quyết vụ án tại {company}
CV|CA|P2|Chuyển hồ sơ vụ án hình sự {accused} phạm tội {crime2} để thực hành quyền công tố, kiểm sát điều tra
CV|CA|P1|Đề nghị phê chuẩn lệnh bắt tạm giam đối với {accused} về hành vi {crime1}
CV|CA|P2|Đề nghị gia hạn thời hạn điều tra vụ án {accused} phạm tội {crime2}
CV|CA|P2|Trao đổi việc giải quyết tin báo về tội phạm do {mr} tố giác ngày {day}
CV|CA|P3|Đề nghị cung cấp hồ sơ vụ án {crime3} đã xét xử để phục vụ công tác điều tra mở rộng
CV|CA|P2|Thông báo kết quả thực hiện kiến nghị của Viện kiểm sát về việc quản lý, xử lý vật chứng
BC|CA|P2|Kết quả tiếp nhận, giải quyết nguồn tin về tội phạm {month} của Cơ quan Cảnh sát điều tra
TB|CA|P2|Thông báo về việc tiếp nhận nguồn tin về tội phạm xảy ra tại {commune} ngày {day}
TB|CA|P1|Thông báo kết quả phá chuyên án đấu tranh với đối tượng {accused} về hành vi {crime1}
QD|CA|P2|Khởi tố vụ án hình sự {crime2} xảy ra tại {commune} ngày {day}
QD|CA|P2|Tạm đình chỉ điều tra vụ án hình sự {crime2} do chưa xác định được bị can
QD|CA|P3|Ủy thác điều tra trong vụ án {accused} phạm tội {crime3}
BC|CA|P2|Bản kết luận điều tra vụ án {accused} phạm tội {crime2}, đề nghị truy tố
CV|UBX|P2|Phối hợp cung cấp hồ sơ quản lý đất đai phục vụ giải quyết nguồn tin về tội phạm tại {commune}
BC|KV|P2|Kết quả kiểm sát việc tiếp nhận, giải quyết tố giác, tin báo về tội phạm {month}
BC|KV|P2|Kết quả thực hành quyền công tố, kiểm sát điều tra, kiểm sát xét xử án hình sự {quarter}
BC|KV|P2|Báo cáo án tạm đình chỉ và kết quả rà soát các vụ án, vụ việc tạm đình chỉ tính đến ngày {day}
BC|KV|P2|Báo cáo đề xuất giải quyết vụ án {accused} phạm tội {crime2}
BC|KV|P3|Kết quả công tác phòng, chống tham nhũng, lãng phí, tiêu cực {quarter}
BC|T|P3|Kết quả giải quyết án tham nhũng, chức vụ, kinh tế {half}
BC|T|P2|Tổng kết công tác thực hành quyền công tố, kiểm sát điều tra án trật tự xã hội năm {year}
BC|T|P1|Sơ kết công tác kiểm sát việc giải quyết các vụ án ma túy {half}
BC|T|P2|Báo cáo án trọng điểm, phức tạp trên địa bàn {prov} {month}
BC|T|P2|Báo cáo vụ án có bị can được đình chỉ do không phạm tội: {accused}
BC|T|P2|Kết quả thực hiện Chỉ thị số 05/CT-VKSTC về tăng cường trách nhiệm công tố trong giải quyết các vụ án hình sự năm {year}
HD|TC|P2|Công tác thực hành quyền công tố, kiểm sát việc giải quyết nguồn tin về tội phạm, kiểm sát điều tra án trật tự xã hội năm {next}
HD|TC|P3|Công tác thực hành quyền công tố và kiểm sát điều tra án kinh tế, tham nhũng năm {next}
HD|TC|P1|Lập hồ sơ kiểm sát và lưu trữ điện tử đối với các vụ án {crime1} có nhiều bị can
HD|TC|P2|Xây dựng báo cáo đề xuất bằng sơ đồ tư duy trong giải quyết vụ án hình sự
CT|TC|P2|Tăng cường trách nhiệm công tố trong giải quyết các vụ án hình sự, gắn công tố với hoạt động điều tra
CT|TC|P7|Nâng cao chất lượng công tác kháng nghị phúc thẩm hình sự
KH|TC|P2|Kiểm tra liên ngành việc giải quyết các vụ án, vụ việc tạm đình chỉ tại một số địa phương năm {year}
KH|TC|P3|Tổng kết việc thi hành các quy định về thu hồi tài sản trong các vụ án tham nhũng, kinh tế
TB|TC|P2|Thông báo rút kinh nghiệm vụ án {accused} phạm tội {crime2} bị hủy án để điều tra lại
TB|TC|P3|Thông báo rút kinh nghiệm trong thực hành quyền công tố, kiểm sát điều tra vụ án {crime3} tại {company}
TB|T|P2|Thông báo rút kinh nghiệm về những tồn tại trong công tác kiểm sát khám nghiệm hiện trường, khám nghiệm tử thi trên địa bàn {loc}
TB|T|P2|Kết luận của Phó Viện trưởng tại cuộc họp liên ngành về vụ án {accused} phạm tội {crime2}
GM|T|P2|Họp liên ngành cho ý kiến về vụ án {accused} bị khởi tố về tội {crime2}
GM|CA|P2|Mời dự họp trao đổi, thống nhất đường lối xử lý vụ việc xảy ra ngày {day} tại {commune}
KN|T|P7|Kháng nghị phúc thẩm đối với Bản án hình sự sơ thẩm số {hs} ngày {day} của Tòa án nhân dân {loc}
KN|KV|P7|Kháng nghị phúc thẩm đối với Bản án hình sự sơ thẩm số {hs} về phần hình phạt đối với bị cáo {accused}
KN|PT|P7|Kháng nghị giám đốc thẩm đối với Bản án hình sự phúc thẩm số {hspt} ngày {day} của Tòa án nhân dân {prov}
QDTT|PT|P7|Rút một phần kháng nghị đối với Bản án hình sự sơ thẩm số {hs} của Tòa án nhân dân {prov}
KNG|T|P7|Kiến nghị khắc phục vi phạm trong việc ban hành, gửi bản án, quyết định hình sự của Tòa án nhân dân {loc}
KNG|PT|P7|Kiến nghị khắc phục vi phạm thủ tục tố tụng trong xét xử phúc thẩm các vụ án hình sự {half}
CV|T|P7|Đề nghị Tòa án nhân dân {loc} chuyển hồ sơ vụ án {accused} để nghiên cứu kháng nghị
CV|T|P7|Báo cáo đề nghị kháng nghị giám đốc thẩm Bản án hình sự số {hs} đã có hiệu lực pháp luật
CV|PT|P7|Yêu cầu chuyển hồ sơ vụ án hình sự {accused} có kháng cáo, kháng nghị
CV|PT|P7|Thông báo kết quả xét xử phúc thẩm vụ án {accused} phạm tội {crime2}
CV|TA|P7|Chuyển hồ sơ vụ án hình sự phúc thẩm thụ lý số {hspt} để nghiên cứu trước khi xét xử
CV|TA|P7|Trao đổi thời gian mở phiên tòa rút kinh nghiệm xét xử vụ án {accused} phạm tội {crime2}
QD|TA|P7|Đưa vụ án ra xét xử sơ thẩm đối với bị cáo {accused} phạm tội {crime2}
QD|TA|P7|Trả hồ sơ để điều tra bổ sung vụ án {accused} phạm tội {crime}
TB|TA|P7|Thông báo kháng cáo của bị cáo {accused} đối với Bản án số {hs}
TB|TA|P7|Thông báo về việc tổ chức phiên tòa trực tuyến xét xử vụ án {accused}
TB|TAKV|P7|Thông báo thay đổi thời gian mở phiên tòa xét xử vụ án {accused} phạm tội {crime2}
KH|T|P7|Tổ chức phiên tòa hình sự rút kinh nghiệm trong toàn ngành Kiểm sát {prov} {quarter}
KH|T|P7|Số hóa hồ sơ và trình chiếu chứng cứ tại phiên tòa xét xử các vụ án hình sự năm {year}
BC|T|P7|Kết quả công tác kháng nghị phúc thẩm hình sự ngang cấp {half}
BC|T|P7|Tổng kết công tác thực hành quyền công tố, kiểm sát xét xử hình sự năm {year}
BC|KV|P7|Kết quả tổ chức phiên tòa rút kinh nghiệm, phiên tòa trực tuyến {quarter}
BC|KV|P7|Báo cáo án hình sự sơ thẩm bị cấp phúc thẩm sửa, hủy {half}
TB|PT|P7|Thông báo rút kinh nghiệm qua công tác kiểm sát bản án hình sự sơ thẩm của địa phương {half}
TB|T|P7|Thông báo rút kinh nghiệm vụ án {accused} phạm tội {crime2} bị cấp phúc thẩm hủy án
HD|TC|P7|Công tác thực hành quyền công tố, kiểm sát xét xử hình sự năm {next}
"""

# ruff: noqa: E501 - a line is a sentence of an office
"""Subjects on civil cases (unit 9), administrative and commercial cases (unit 10) and petitions (unit 12)."""

TEXT = """
KN|T|P9|Kháng nghị phúc thẩm Bản án dân sự sơ thẩm số {dsst} ngày {day} của Tòa án nhân dân {loc} về tranh chấp quyền sử dụng đất
KN|KV|P9|Kháng nghị phúc thẩm Quyết định đình chỉ giải quyết vụ án dân sự thụ lý số {ds}
KN|PT|P9|Kháng nghị giám đốc thẩm Bản án dân sự phúc thẩm số {dspt} của Tòa án nhân dân {prov}
KNG|T,KV|P9|Kiến nghị khắc phục vi phạm trong việc thụ lý, giải quyết các vụ việc dân sự, hôn nhân và gia đình của Tòa án nhân dân {loc}
KNG|T|P9|Kiến nghị phòng ngừa vi phạm trong công tác cấp giấy chứng nhận quyền sử dụng đất tại {commune}
KNG|KV|P9|Kiến nghị khắc phục vi phạm trong hoạt động công chứng, chứng thực hợp đồng chuyển nhượng quyền sử dụng đất
YC|T,KV|P9|Yêu cầu xác minh, thu thập chứng cứ trong vụ án tranh chấp thừa kế thụ lý số {ds}
YC|KV|P9|Yêu cầu chuyển hồ sơ vụ việc dân sự thụ lý số {ds} để nghiên cứu tham gia phiên tòa
CV|T|P9|Trả lời thỉnh thị của VKSND {loc} về tranh chấp hợp đồng đặt cọc chuyển nhượng đất giữa {mr} và {mr2}
CV|KV|P9|Thỉnh thị về việc xác định tư cách người tham gia tố tụng trong vụ án tranh chấp ranh giới đất thụ lý số {ds}
CV|T|P9|Đề nghị cung cấp tài liệu, chứng cứ liên quan đến vụ án dân sự thụ lý số {ds}
CV|T|P9|Báo cáo đề nghị kháng nghị giám đốc thẩm Bản án dân sự số {dspt} về tranh chấp chia tài sản chung
CV|PT|P9|Trả lời đơn đề nghị giám đốc thẩm của {mr} đối với Bản án dân sự phúc thẩm số {dspt}
CV|TA|P9|Chuyển hồ sơ vụ án dân sự phúc thẩm tranh chấp hợp đồng vay tài sản giữa {mr} và {mr2}
CV|TA|P9|Trao đổi việc hoãn phiên tòa do vắng mặt người có quyền lợi, nghĩa vụ liên quan trong vụ án thụ lý số {ds}
CV|TAKV|P9|Đề nghị cử Kiểm sát viên tham gia phiên họp giải quyết việc dân sự tuyên bố {mr} mất tích
TB|TA|P9|Thông báo thụ lý phúc thẩm vụ án tranh chấp đòi lại quyền sử dụng đất của {mr}
TB|TAKV|P9|Thông báo về việc thụ lý vụ án hôn nhân và gia đình số {hn}
QD|TA|P9|Đưa vụ án dân sự ra xét xử phúc thẩm: tranh chấp hợp đồng chuyển nhượng quyền sử dụng đất thụ lý số {ds}
QD|TAKV|P9|Công nhận thuận tình ly hôn và sự thỏa thuận của các đương sự, vụ án số {hn}
QD|TAKV|P9|Tạm đình chỉ giải quyết vụ án dân sự thụ lý số {ds}
CV|UBX|P9|Cung cấp hồ sơ địa chính thửa đất của {mr} theo yêu cầu của Viện kiểm sát
CV|STNMT|P9|Trả lời về nguồn gốc, quá trình sử dụng thửa đất đang tranh chấp trong vụ án thụ lý số {ds}
BC|KV|P9|Kết quả kiểm sát việc giải quyết các vụ việc dân sự, hôn nhân và gia đình {month}
BC|KV|P9|Kết quả phiên tòa dân sự rút kinh nghiệm {quarter}
BC|T|P9|Tổng kết công tác kiểm sát việc giải quyết các vụ việc dân sự, hôn nhân và gia đình năm {year}
BC|T|P9|Báo cáo chuyên đề kiểm sát việc giải quyết án tranh chấp quyền sử dụng đất giai đoạn {last}-{year}
KH|T|P9|Nâng cao chất lượng công tác kháng nghị, kiến nghị án dân sự năm {year}
KH|T|P9|Tổ chức phiên tòa dân sự, hành chính, kinh doanh thương mại rút kinh nghiệm {quarter}
HD|TC|P9|Công tác kiểm sát việc giải quyết các vụ, việc dân sự, hôn nhân và gia đình năm {next}
CT|TC|P9|Tăng cường công tác kháng nghị phúc thẩm, kháng nghị giám đốc thẩm các vụ án dân sự, hành chính
TB|TC|P9|Thông báo rút kinh nghiệm vụ án tranh chấp hợp đồng tín dụng giữa Ngân hàng và {company}
TB|PT|P9|Thông báo rút kinh nghiệm qua các vụ án dân sự bị Tòa án cấp phúc thẩm hủy, sửa {half}
TB|T|P9|Thông báo rút kinh nghiệm vụ án tranh chấp quyền sở hữu nhà ở có vi phạm về thu thập chứng cứ
KN|T|P10|Kháng nghị phúc thẩm Bản án hành chính sơ thẩm số {hc} về khiếu kiện quyết định thu hồi đất
KN|T,KV|P10|Kháng nghị phúc thẩm Bản án kinh doanh thương mại sơ thẩm số {kd} giữa {company} và {company2}
KN|PT|P10|Kháng nghị giám đốc thẩm Bản án hành chính phúc thẩm về khiếu kiện quyết định giải quyết khiếu nại đất đai của {mr}
KNG|T|P10|Kiến nghị khắc phục vi phạm trong việc gửi văn bản tố tụng các vụ án hành chính của Tòa án nhân dân {loc}
KNG|T|P10|Kiến nghị Ủy ban nhân dân {prov} chấn chỉnh công tác tham gia tố tụng hành chính của người bị kiện
YC|T|P10|Yêu cầu Tòa án thu thập bổ sung chứng cứ trong vụ án hành chính do {mr} khởi kiện
CV|T|P10|Đề nghị Ủy ban nhân dân {commune} cung cấp hồ sơ bồi thường, hỗ trợ, tái định cư của hộ {mr}
CV|KV|P10|Thỉnh thị việc áp dụng thời hiệu khởi kiện trong vụ án tranh chấp hợp đồng mua bán hàng hóa của {company}
CV|TA|P10|Chuyển hồ sơ vụ án hành chính {mr} khởi kiện quyết định hành chính của Ủy ban nhân dân {commune}
TB|TA|P10|Thông báo thụ lý yêu cầu mở thủ tục phá sản đối với {company}
QD|TA|P10|Đưa vụ án lao động ra xét xử: tranh chấp về đơn phương chấm dứt hợp đồng lao động tại {company}
QD|TA|P10|Mở thủ tục phá sản đối với {company}
BC|KV|P10|Kết quả kiểm sát việc giải quyết án hành chính, kinh doanh thương mại, lao động {quarter}
BC|T|P10|Tổng kết công tác kiểm sát việc giải quyết án hành chính, kinh doanh thương mại, lao động và phá sản năm {year}
HD|TC|P10|Công tác kiểm sát việc giải quyết các vụ án hành chính, vụ việc kinh doanh thương mại, lao động năm {next}
TB|TC|P10|Thông báo rút kinh nghiệm trong kiểm sát việc giải quyết vụ án hành chính về thu hồi đất tại {prov}
CV|UB|P10|Cử người đại diện theo ủy quyền tham gia tố tụng hành chính trong vụ án do {mr} khởi kiện
CV|TC|P12|Phối hợp giải quyết đơn tố giác tội phạm của {mr}, trú tại {commune}
CV|TC|P12|Chuyển đơn tố cáo của {mr} đối với cán bộ tư pháp để giải quyết theo thẩm quyền
CV|T|P12|Báo cáo kết quả giải quyết đơn khiếu nại của {mr} theo yêu cầu của Viện kiểm sát nhân dân tối cao
CV|T|P12|Trả lời đơn đề nghị xem xét lại Quyết định không khởi tố vụ án hình sự của {mr}
CV|KV|P12|Báo cáo kết quả giải quyết đơn khiếu nại kéo dài của {mr}
QDTT|T|P12|Giải quyết khiếu nại lần hai của {mr} đối với Quyết định của Viện trưởng VKSND {loc}
QDTT|KV|P12|Giải quyết khiếu nại của {mr} về việc tạm giữ đồ vật, tài liệu
TB|T,KV|P12|Thông báo thụ lý giải quyết đơn tố cáo của {mr}
TB|T|P12|Thông báo không thụ lý đơn khiếu nại của {mr} do đã hết thời hiệu
PC|T|P12|Chuyển đơn của {mr} đến Cơ quan Cảnh sát điều tra Công an {prov} để giải quyết theo thẩm quyền
PC|TC|P12|Chuyển đơn khiếu nại của {mr}, trú tại {commune}, đến Viện kiểm sát nhân dân {prov}
PC|TCD|P12|Chuyển đơn của {mr} đề nghị xem xét việc giải quyết vụ án hình sự
PC|DD|P12|Chuyển đơn kiến nghị của cử tri {mr}, {commune}
CV|DD|P12|Đôn đốc trả lời đơn của công dân do Đoàn đại biểu Quốc hội chuyển đến: {mr}
CV|LS|P12|Đề nghị sao chụp tài liệu trong hồ sơ vụ án {accused} phục vụ việc bào chữa
CV|LS|P12|Kiến nghị hủy bỏ biện pháp tạm giam đối với bị can {accused}
KH|T|P12|Trực tiếp kiểm sát việc giải quyết khiếu nại, tố cáo trong hoạt động tư pháp của Tòa án nhân dân {loc}
KL|T|P12|Kết luận trực tiếp kiểm sát việc giải quyết khiếu nại, tố cáo trong hoạt động tư pháp của Cơ quan điều tra
KH|T|P12|Tiếp công dân phục vụ kỳ họp Hội đồng nhân dân {prov} năm {year}
TB|T|P12|Lịch tiếp công dân của lãnh đạo Viện {month}
KNG|T|P12|Kiến nghị khắc phục vi phạm trong giải quyết khiếu nại, tố cáo về hoạt động tư pháp tại Thi hành án dân sự {prov}
BC|KV|P12|Kết quả tiếp công dân, giải quyết khiếu nại, tố cáo {month}
BC|T|P12|Kết quả tiếp công dân, giải quyết đơn và kiểm sát việc giải quyết khiếu nại, tố cáo về tư pháp {quarter}
BC|T|P12|Rà soát các vụ việc khiếu nại, tố cáo đông người, phức tạp, kéo dài trên địa bàn {prov}
HD|TC|P12|Công tác tiếp công dân, giải quyết và kiểm sát việc giải quyết khiếu nại, tố cáo về tư pháp năm {next}
TB|TC|P12|Kết quả giải quyết đơn khiếu nại bức xúc, kéo dài của {mr}
"""

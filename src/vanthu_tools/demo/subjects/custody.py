# ruff: noqa: E501 - a line is a sentence of an office
"""Subjects on custody, execution of criminal sentences (unit 8) and enforcement of civil judgments (unit 11)."""

TEXT = """
KL|T|P8|Kết luận trực tiếp kiểm sát việc tạm giữ, tạm giam tại {jail}
KL|T,KV|P8|Kết luận kiểm sát trực tiếp công tác thi hành án hình sự tại Công an {commune}
KL|T,KV|P8|Kết luận trực tiếp kiểm sát việc giám sát, giáo dục người chấp hành án treo, cải tạo không giam giữ tại Ủy ban nhân dân {commune}
KL|T|P8|Kết luận trực tiếp kiểm sát việc chấp hành pháp luật trong công tác quản lý, giáo dục phạm nhân tại {jail} {quarter}
KH|T|P8|Trực tiếp kiểm sát việc tuân theo pháp luật trong tạm giữ, tạm giam, thi hành án hình sự năm {year}
KH|T|P8|Kiểm sát trực tiếp việc xét giảm thời hạn chấp hành án phạt tù đợt 02/9/{year} tại {jail}
QD|T|P8|Trực tiếp kiểm sát việc thi hành tạm giữ, tạm giam tại {jail}
QD|KV|P8|Trực tiếp kiểm sát việc thi hành án hình sự tại Ủy ban nhân dân {commune}
KNG|T,KV|P8|Kiến nghị khắc phục vi phạm trong công tác quản lý người bị tạm giữ, tạm giam tại {jail}
KNG|KV|P8|Kiến nghị khắc phục vi phạm trong quản lý người chấp hành án tại Ủy ban nhân dân {commune}
KNG|T|P8|Kiến nghị phòng ngừa vi phạm trong việc xét hoãn, tạm đình chỉ chấp hành án phạt tù đối với người bị bệnh nặng
KN|KV|P8|Kháng nghị vi phạm của Tòa án nhân dân {loc} trong việc chậm ra quyết định thi hành án hình sự đối với bị án {accused}
KN|T|P8|Kháng nghị đối với Quyết định giảm thời hạn chấp hành án phạt tù của phạm nhân {accused}
YC|KV|P8|Yêu cầu Cơ quan thi hành án hình sự tự kiểm tra việc tiếp nhận, quản lý hồ sơ người được hưởng án treo
YC|T|P8|Yêu cầu truy bắt bị án {accused} bỏ trốn sau khi bản án có hiệu lực pháp luật
CV|T|P8|Đề nghị cung cấp danh sách người bị kết án phạt tù đang tại ngoại chưa bị bắt thi hành án tính đến ngày {day}
CV|T|P8|Tham gia ý kiến về hồ sơ đề nghị giảm thời hạn chấp hành án phạt tù đối với {n} phạm nhân của {jail}
CV|TG|P8|Đề nghị kiểm sát hồ sơ xét giảm thời hạn chấp hành án phạt tù đợt 30/4/{year}
CV|TG|P8|Thông báo tình hình sức khỏe của người bị tạm giam {accused}
CV|TG|P8|Báo cáo kết quả thực hiện kiến nghị, kết luận của Viện kiểm sát về chế độ ăn, ở, thăm gặp
TB|TG|P8|Thông báo về việc người bị tạm giam {accused} chết tại cơ sở giam giữ
BC|TG|P8|Kết quả công tác quản lý, giam giữ và thi hành án hình sự {month}
CV|CA|P8|Đề nghị phối hợp kiểm tra việc chấp hành pháp luật tại nhà tạm giữ {quarter}
CV|TA|P8|Trao đổi việc ra quyết định ủy thác thi hành án phạt tù đối với {accused}
QD|TA|P8|Hoãn chấp hành án phạt tù đối với bị án {accused}
QD|TAKV|P8|Thi hành án phạt tù đối với bị án {accused} theo Bản án số {hs}
BC|KV|P8|Kết quả kiểm sát việc tạm giữ, tạm giam và thi hành án hình sự {month}
BC|T|P8|Kết quả kiểm sát việc đặc xá năm {year} tại {jail}
BC|T|P8|Tổng kết công tác kiểm sát tạm giữ, tạm giam, thi hành án hình sự năm {year}
HD|TC|P8|Công tác kiểm sát giam giữ và thi hành án hình sự năm {next}
CV|TC|P8|Yêu cầu tăng cường kiểm sát phòng ngừa vi phạm, chết người tại cơ sở giam giữ
KH|TC|P8|Kiểm tra liên ngành việc chấp hành pháp luật trong quản lý giam giữ tại {prov}
TB|TC|P8|Thông báo rút kinh nghiệm trong công tác kiểm sát việc bắt thi hành án đối với bị án tại ngoại
BC|UBX|P8|Kết quả giám sát, giáo dục người chấp hành án phạt cải tạo không giam giữ, án treo {half}
KL|T|P11|Kết luận kiểm sát trực tiếp tại Phòng Thi hành án dân sự {loc}
KL|T|P11|Kết luận trực tiếp kiểm sát việc tuân theo pháp luật trong công tác thi hành án dân sự, thi hành án hành chính tại Thi hành án dân sự {prov}
KH|T|P11|Kiểm sát trực tiếp công tác thi hành án dân sự, hành chính {half}
QD|T|P11|Trực tiếp kiểm sát việc tuân theo pháp luật trong hoạt động thi hành án dân sự tại {loc}
KNG|T,KV|P11|Kiến nghị khắc phục vi phạm trong việc kê biên, thẩm định giá, bán đấu giá tài sản thi hành án của {mr}
KNG|KV|P11|Kiến nghị về việc chậm xác minh điều kiện thi hành án đối với {company}
KN|KV|P11|Kháng nghị Quyết định đình chỉ thi hành án đối với {mr}
KN|T|P11|Kháng nghị Quyết định cưỡng chế kê biên quyền sử dụng đất của Phòng Thi hành án dân sự {loc}
YC|KV|P11|Yêu cầu cung cấp hồ sơ, tài liệu về việc thi hành Bản án số {dsst} của Tòa án nhân dân {loc}
YC|T|P11|Yêu cầu ra quyết định thi hành án đúng thời hạn đối với các bản án có hiệu lực {quarter}
CV|TH|P11|Thông báo kế hoạch cưỡng chế giao tài sản cho người trúng đấu giá trong vụ việc của {mr}
CV|TH|P11|Trao đổi, xin ý kiến về việc thi hành án đối với khoản tiền {money} trong vụ án {company}
CV|THKV|P11|Đề nghị cử Kiểm sát viên tham gia cưỡng chế kê biên tài sản của {mr} ngày {day}
CV|THKV|P11|Trả lời kiến nghị của Viện kiểm sát về việc phân loại việc chưa có điều kiện thi hành án
BC|TH|P11|Kết quả thi hành án dân sự, theo dõi thi hành án hành chính {month}
BC|TH|P11|Kết quả thi hành các vụ việc tín dụng, ngân hàng có giá trị lớn tính đến ngày {day}
GM|TH|P11|Họp Ban Chỉ đạo thi hành án dân sự {prov} về vụ việc phức tạp của {company}
KH|TH|P11|Tiêu hủy vật chứng, tài sản đợt {n} năm {year}
QD|THKV|P11|Cưỡng chế thi hành án buộc chuyển giao quyền sử dụng đất đối với {mr}
BC|KV|P11|Kết quả kiểm sát thi hành án dân sự, hành chính {quarter}
BC|T|P11|Tổng kết công tác kiểm sát thi hành án dân sự, thi hành án hành chính năm {year}
BC|T|P11|Báo cáo các vụ việc thi hành án dân sự kéo dài trên 5 năm trên địa bàn {prov}
HD|TC|P11|Công tác kiểm sát thi hành án dân sự, thi hành án hành chính năm {next}
CV|TC|P11|Rà soát các bản án hành chính có hiệu lực chưa được thi hành trên địa bàn {prov}
TB|TC|P11|Thông báo rút kinh nghiệm vi phạm trong xử lý tài sản thế chấp để thi hành án
TB|T|P11|Thông báo rút kinh nghiệm trong công tác kiểm sát việc trả tiền, tài sản cho người được thi hành án tại {loc}
"""

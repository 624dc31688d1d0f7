# ruff: noqa: E501 - a line is a sentence of an office
"""Subjects on people (unit 15), inspection, emulation and the Party."""

TEXT = """
QD|T|P15|Về việc điều động, phân công công tác đối với {staff}
QD|T|P15|Về việc nâng bậc lương thường xuyên đối với công chức và người lao động đợt {n} năm {year}
QD|T|P15|Về việc nghỉ hưu và hưởng chế độ bảo hiểm xã hội đối với {staff}
QD|TC|P15|Về việc bổ nhiệm {staff} giữ chức vụ Phó Trưởng phòng Viện kiểm sát nhân dân {prov}
QD|TC|P15|Về việc bổ nhiệm Kiểm sát viên trung cấp đối với {n} công chức Viện kiểm sát nhân dân {prov}
QD|TC|P15|Về việc bổ nhiệm lại chức danh Kiểm sát viên sơ cấp đối với {staff}
QD|TC|P15|Về việc phân bổ biên chế, số lượng Kiểm sát viên, Kiểm tra viên của Viện kiểm sát nhân dân {prov} năm {year}
QD|TC|P15|Về việc điều động {staff} đến nhận công tác tại Viện kiểm sát nhân dân {prov}
QD|T|P15|Về việc cử công chức tham gia lớp đào tạo nghiệp vụ kiểm sát khóa {n}
QD|T|P15|Về việc biệt phái công chức đến công tác tại VKSND {loc}
QD|T|P15|Về việc phê duyệt quy hoạch các chức danh lãnh đạo, quản lý nhiệm kỳ 2026-2031 của {loc}
QD|T|P15|Về việc công nhận hết thời gian tập sự và bổ nhiệm vào ngạch đối với {staff}
TTR|T|P15|Đề nghị bổ nhiệm Kiểm sát viên sơ cấp đối với {staff}
TTR|T|P15|Đề nghị phê duyệt vị trí việc làm và cơ cấu ngạch công chức năm {year}
TTR|T|P15|Đề nghị khen thưởng thành tích đột xuất trong giải quyết vụ án {accused}
TTR|KV|P15|Đề nghị xét tặng danh hiệu thi đua đối với tập thể, cá nhân có thành tích xuất sắc năm {year}
TTR|KV|P15|Đề nghị bổ nhiệm chức danh Kiểm tra viên đối với {staff}
CV|TC|P15|Thống kê số lượng, chất lượng công chức, viên chức, người lao động năm {year}
CV|TC|P15|Lấy ý kiến dự thảo Quy chế thi tuyển chức danh tư pháp trong ngành Kiểm sát nhân dân
CV|TC|P15|Cử cán bộ tham gia lớp bồi dưỡng kỹ năng lãnh đạo, quản lý cấp phòng khóa {n}
CV|TC|P15|Triển khai kê khai tài sản, thu nhập năm {year}
CV|TC|P15|Rà soát tổ chức bộ máy, biên chế sau khi sắp xếp Viện kiểm sát nhân dân cấp tỉnh, khu vực
CV|T|P15|Cử cán bộ tham gia lớp bồi dưỡng kỹ năng kiểm sát xét xử các vụ án xâm phạm sở hữu trí tuệ
CV|T|P15|Đề nghị nhận xét, đánh giá đối với {staff} tại nơi cư trú
CV|T|P15|Báo cáo nhu cầu đào tạo, bồi dưỡng năm {next}
CV|KV|P15|Đăng ký nhu cầu biên chế, luân chuyển cán bộ năm {next}
CV|KV|P15|Cử công chức tham gia Hội thi Kiểm sát viên giỏi năm {year}
KH|T|P15|Tổ chức Hội thi Kiểm sát viên giỏi ngành Kiểm sát {prov} năm {year}
KH|T|P15|Đào tạo, bồi dưỡng công chức, viên chức và người lao động năm {year}
KH|T|P15|Chuyển đổi vị trí công tác đối với cán bộ, công chức năm {year}
KH|TC|P15|Tổ chức thi tuyển Kiểm sát viên trung cấp, Kiểm sát viên sơ cấp đợt {n} năm {year}
TB|TC|P15|Kết quả kỳ thi tuyển Kiểm sát viên sơ cấp, trung cấp, cao cấp năm {year}
TB|TC|P15|Chiêu sinh lớp bồi dưỡng nghiệp vụ thực hành quyền công tố, kiểm sát điều tra khóa {n}
TB|T|P15|Kết quả đánh giá, xếp loại chất lượng công chức {quarter}
BC|T|P15|Kết quả thực hiện công tác tổ chức cán bộ {half}
BC|KV|P15|Kết quả tự đánh giá, xếp loại chất lượng tập thể, cá nhân năm {year}
BC|T|P15|Kết quả thực hiện quy định về bảo vệ chính trị nội bộ {half}
CV|SNV|P15|Hướng dẫn rà soát, kê khai hồ sơ công chức trên cơ sở dữ liệu quốc gia
CV|SNV|P15|Đăng ký danh hiệu thi đua và hình thức khen thưởng cấp tỉnh năm {year}
QD|UB|P15|Về việc tặng Bằng khen cho các tập thể, cá nhân có thành tích trong đấu tranh phòng, chống tội phạm năm {year}
KH|T|TTr|Thanh tra việc chấp hành kỷ luật nội vụ, quy chế nghiệp vụ tại VKSND {loc} năm {year}
KL|T|TTr|Kết luận thanh tra việc thực hiện quy chế nghiệp vụ, kỷ luật công vụ tại VKSND {loc}
QD|T|TTr|Về việc thành lập Đoàn thanh tra nghiệp vụ tại VKSND {loc}
QD|TC|TTr|Về việc thanh tra toàn diện công tác của Viện kiểm sát nhân dân {prov}
KH|TC|TTr|Công tác thanh tra trong ngành Kiểm sát nhân dân năm {next}
CV|TC|TTr|Chấn chỉnh kỷ luật, kỷ cương công vụ trong dịp Tết Nguyên đán năm {next}
CV|TC|TTr|Xác minh nội dung đơn tố cáo đối với {staff}
BC|T|TTr|Kết quả xác minh đơn tố cáo công chức của VKSND {loc}
BC|T|TTr|Kết quả công tác thanh tra và việc thực hiện kết luận thanh tra {half}
TB|T|TTr|Kết quả kiểm tra đột xuất việc chấp hành giờ giấc, trang phục tại các đơn vị
BC|KV|TTr|Kết quả tự kiểm tra việc thực hiện quy định về quản lý, sử dụng biên lai, tang vật
CV|TTRT|TTr|Phối hợp cung cấp thông tin vụ việc có dấu hiệu tội phạm phát hiện qua thanh tra tại {company}
KH|TTRT|TTr|Kế hoạch thanh tra chuyên đề về quản lý, sử dụng đất đai năm {next}
KL|TTRT|P3|Kết luận thanh tra việc quản lý đầu tư xây dựng tại {commune}, kiến nghị xử lý hành vi vi phạm
BC|TTRT|P3|Tổng hợp các vụ việc chuyển cơ quan điều tra qua hoạt động thanh tra {quarter}
KH|T|P15|Phát động phong trào thi đua chào mừng kỷ niệm ngày thành lập ngành Kiểm sát nhân dân 26/7/{year}
QD|TC|P15|Về việc tặng thưởng danh hiệu Chiến sĩ thi đua ngành Kiểm sát nhân dân năm {year}
HD|TC|P15|Bình xét thi đua và chấm điểm công tác của Viện kiểm sát nhân dân các cấp năm {year}
TB|TC|P15|Kết quả phân loại thi đua các cụm, khối năm {year}
BC|T|P15|Tổng kết phong trào thi đua và công tác khen thưởng năm {year}
DNQ|DU|P15|Lãnh đạo thực hiện nhiệm vụ chính trị của đơn vị năm {year}
DKH|DU|P15|Học tập, quán triệt Nghị quyết Đại hội Đảng bộ nhiệm kỳ 2025-2030
DKH|DU|P15|Kiểm tra, giám sát của Đảng ủy năm {year}
DCV|DU|P15|Báo cáo kết quả kiểm điểm tập thể, cá nhân năm {year}
DTB|DU|P15|Kết luận của Ban Thường vụ Đảng ủy về công tác cán bộ {quarter}
DBC|DU|P15|Kết quả học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh {half}
DHD|DU|P15|Sinh hoạt chuyên đề chi bộ {quarter}
DQD|DU|P15|Về việc công nhận đảng viên chính thức đối với {staff}
DKH|TU|VP|Thực hiện Kết luận của Bộ Chính trị về công tác nội chính, cải cách tư pháp
DCV|BNC|P3|Đề nghị báo cáo kết quả giải quyết các vụ án, vụ việc thuộc diện Ban Chỉ đạo phòng, chống tham nhũng, tiêu cực {prov} theo dõi, chỉ đạo
DCV|BNC|P3|Tham gia ý kiến về đường lối xử lý vụ việc tại {company}
DTB|BNC|P3|Kết luận của Ban Chỉ đạo phòng, chống tham nhũng, lãng phí, tiêu cực {prov} tại phiên họp thứ {n}
DKL|TU|P2|Kết luận của Ban Thường vụ về tình hình an ninh, trật tự và công tác phòng, chống tội phạm {quarter}
DBC|TU|VP|Kết quả thực hiện chương trình công tác cải cách tư pháp năm {year}
"""

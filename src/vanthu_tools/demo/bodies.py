# ruff: noqa: E501 - a line is a sentence of an office
"""A page or two of text for a document, so that its file reads like the letter that its subject announces."""

from datetime import date, timedelta
from random import Random

LAWS = {
    "P1": ("Bộ luật Tố tụng hình sự năm 2015 (sửa đổi, bổ sung năm 2021, 2025)", "Luật Phòng, chống ma túy"),
    "P2": (
        "Bộ luật Hình sự, Bộ luật Tố tụng hình sự",
        "Thông tư liên tịch số 01/2017/TTLT-BCA-BQP-BTC-BNN&PTNT-VKSNDTC",
    ),
    "P3": ("Bộ luật Tố tụng hình sự năm 2015", "Luật Phòng, chống tham nhũng năm 2018"),
    "P7": (
        "Điều 41, Điều 266 và Điều 267 Bộ luật Tố tụng hình sự",
        "Quy chế công tác thực hành quyền công tố, kiểm sát xét xử vụ án hình sự",
    ),
    "P8": ("Luật Thi hành tạm giữ, tạm giam", "Luật Thi hành án hình sự năm 2019"),
    "P9": (
        "Điều 21 và Điều 58 Bộ luật Tố tụng dân sự năm 2015",
        "Quy chế công tác kiểm sát việc giải quyết các vụ, việc dân sự",
    ),
    "P10": ("Điều 25 và Điều 43 Luật Tố tụng hành chính năm 2015", "Luật Phá sản"),
    "P11": (
        "Điều 12 Luật Thi hành án dân sự",
        "Quy chế công tác kiểm sát thi hành án dân sự, thi hành án hành chính",
    ),
    "P12": (
        "Luật Khiếu nại, Luật Tố cáo",
        "Quy chế tiếp công dân, giải quyết và kiểm sát việc giải quyết khiếu nại, tố cáo",
    ),
    "P15": (
        "Luật Cán bộ, công chức",
        "Quy chế bổ nhiệm, miễn nhiệm chức danh tư pháp trong ngành Kiểm sát nhân dân",
    ),
    "TTr": ("Luật Thanh tra", "Quy chế công tác thanh tra trong ngành Kiểm sát nhân dân"),
    "VP": (
        "Quy chế làm việc của Viện kiểm sát nhân dân",
        "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư",
    ),
    "C2": ("Luật Giao dịch điện tử năm 2023", "Quyết định số 444/QĐ-VKSTC ngày 14/12/2023"),
    "V14": (
        "Luật Ban hành văn bản quy phạm pháp luật năm 2025",
        "Quy chế xây dựng văn bản trong ngành Kiểm sát nhân dân",
    ),
}
"""What a unit rests on."""

OPENINGS = {
    "CV": "Thực hiện nhiệm vụ được giao và căn cứ {law}, {issuer} có ý kiến về việc {subject} như sau:",
    "BC": "Thực hiện chế độ thông tin, báo cáo và quản lý công tác trong ngành Kiểm sát nhân dân, {issuer} báo cáo {subject} như sau:",
    "KH": "Thực hiện chương trình công tác năm {year}, {issuer} xây dựng kế hoạch {subject} với những nội dung sau:",
    "TB": "{issuer} thông báo {subject} như sau:",
    "KL": "Căn cứ quyết định trực tiếp kiểm sát và kết quả làm việc từ ngày {from} đến ngày {ended}, {issuer} kết luận như sau:",
    "KN": "Qua nghiên cứu hồ sơ vụ án và kiểm sát bản án, quyết định, {issuer} nhận thấy:",
    "KNG": "Qua công tác kiểm sát từ ngày {from} đến ngày {ended}, {issuer} phát hiện một số vi phạm sau đây:",
    "YC": "Qua nghiên cứu hồ sơ, tài liệu, căn cứ {law}, {issuer} yêu cầu:",
    "TTR": "Căn cứ {law} và tình hình thực tế của đơn vị, {issuer} kính trình xem xét việc {subject}, cụ thể như sau:",
    "GM": "{issuer} trân trọng kính mời đồng chí {subject}.",
    "HD": "Để thực hiện thống nhất trong toàn Ngành, căn cứ {law}, {issuer} hướng dẫn như sau:",
    "CT": "Thời gian qua, công tác này đã có chuyển biến tích cực, song vẫn còn hạn chế, thiếu sót. Để khắc phục, Viện trưởng yêu cầu:",
}

FINDINGS = {
    "P1": """
Trong kỳ, các lực lượng chức năng đã phát hiện, bắt giữ nhiều vụ mua bán, vận chuyển trái phép chất ma túy với thủ đoạn ngày càng tinh vi, lợi dụng dịch vụ chuyển phát nhanh và mạng xã hội để giao dịch.
Viện kiểm sát đã bám sát tiến độ điều tra ngay từ đầu, đề ra {a} bản yêu cầu điều tra có chất lượng, được Điều tra viên thực hiện đầy đủ; không có trường hợp nào bị bắt, giữ oan.
Việc niêm phong, giám định mẫu vật và xác định khối lượng chất ma túy còn có trường hợp chậm, biên bản chưa ghi đầy đủ đặc điểm bao gói.
""",
    "P2": """
Cơ quan điều tra đã tiếp nhận {b} nguồn tin về tội phạm, đã giải quyết {a} tin, tỷ lệ giải quyết đạt trên 93%; số còn lại đang trong thời hạn luật định.
Kiểm sát viên đã trực tiếp kiểm sát khám nghiệm hiện trường, lấy lời khai, tham gia hỏi cung bị can; các quyết định tố tụng được ban hành bảo đảm có căn cứ, đúng pháp luật.
Một số hồ sơ còn thiếu biên bản giao nhận, chậm gửi quyết định phân công Điều tra viên và chậm thông báo kết quả giải quyết cho người tố giác.
Lời khai của bị can phù hợp với lời khai của người làm chứng, kết luận giám định và vật chứng thu giữ; hành vi phạm tội đã rõ.
""",
    "P3": """
Kết quả định giá tài sản xác định thiệt hại ban đầu là {b},6 tỷ đồng; cơ quan tiến hành tố tụng đã kê biên, phong tỏa tài sản trị giá {a} tỷ đồng để bảo đảm thi hành án.
Đây là vụ án thuộc diện Ban Chỉ đạo theo dõi, dư luận quan tâm; hồ sơ tài liệu nhiều, phải trưng cầu giám định ở nhiều lĩnh vực nên thời hạn giải quyết kéo dài.
Các bị can đã lợi dụng sơ hở trong quản lý tài chính, lập khống chứng từ để rút tiền chi tiêu ngoài sổ sách kế toán.
""",
    "P7": """
Bản án sơ thẩm đã đánh giá không đầy đủ các tình tiết tăng nặng, giảm nhẹ trách nhiệm hình sự, áp dụng hình phạt chưa tương xứng với tính chất, mức độ nguy hiểm cho xã hội của hành vi phạm tội.
Trong kỳ đã kiểm sát {b} bản án, quyết định; phát hiện {a} bản án có vi phạm về thời hạn gửi, tuyên án phí và xử lý vật chứng.
Tại phiên tòa, Kiểm sát viên chủ động xét hỏi, tranh luận, trình chiếu chứng cứ số hóa; luận tội bảo đảm căn cứ, được Hội đồng xét xử chấp nhận.
""",
    "P8": """
Đến thời điểm kiểm sát, cơ sở đang quản lý {b} người bị tạm giữ, tạm giam; hồ sơ, sổ sách được lập theo mẫu, chế độ ăn, ở, mặc, thăm gặp được thực hiện theo quy định.
Còn {a} trường hợp chậm gửi thông báo sắp hết thời hạn tạm giam; việc phân loại giam giữ đối với người dưới 18 tuổi có thời điểm chưa bảo đảm do thiếu buồng giam.
Ủy ban nhân dân cấp xã đã phân công người trực tiếp giám sát, giáo dục, song việc nhận xét định kỳ ba tháng chưa đầy đủ.
""",
    "P9": """
Tòa án cấp sơ thẩm chưa thu thập đầy đủ chứng cứ về nguồn gốc, quá trình sử dụng đất, chưa tiến hành xem xét, thẩm định tại chỗ phần diện tích có tranh chấp.
Trong kỳ đã kiểm sát {b} thông báo thụ lý, tham gia {a} phiên tòa, phiên họp; phát biểu của Kiểm sát viên đúng quy định tại Điều 262 Bộ luật Tố tụng dân sự.
Việc gửi quyết định đưa vụ án ra xét xử và thông báo thụ lý cho Viện kiểm sát còn có trường hợp chậm từ 03 đến 12 ngày.
""",
    "P10": """
Người bị kiện ủy quyền tham gia tố tụng không đúng thành phần, không tham gia phiên họp kiểm tra việc giao nộp, tiếp cận, công khai chứng cứ và đối thoại.
Trong kỳ đã kiểm sát {b} vụ việc hành chính, kinh doanh thương mại, lao động; ban hành {a} kiến nghị, kháng nghị, tỷ lệ được chấp nhận đạt 100%.
Hồ sơ thu hồi đất, bồi thường, hỗ trợ chưa thể hiện rõ trình tự niêm yết công khai phương án theo quy định.
""",
    "P11": """
Cơ quan thi hành án đã thụ lý {b} việc, thi hành xong {a} việc; số việc chưa có điều kiện thi hành được xác minh, phân loại nhưng còn trường hợp xác minh quá thời hạn 06 tháng.
Chấp hành viên chậm ra thông báo về kết quả bán đấu giá, chưa kịp thời chi trả tiền cho người được thi hành án.
Việc bảo quản, xử lý vật chứng được thực hiện đúng quy định; sổ sách, chứng từ kế toán thi hành án lưu đầy đủ.
""",
    "P12": """
Trong kỳ đã tiếp {b} lượt công dân, tiếp nhận {a} đơn; các đơn được phân loại, xử lý trong thời hạn 07 ngày làm việc.
Nội dung đơn chủ yếu khiếu nại quyết định không khởi tố vụ án hình sự và tố giác hành vi chiếm đoạt tài sản trong giao dịch dân sự.
Qua xác minh, nội dung khiếu nại là có cơ sở một phần; đơn vị đã yêu cầu cơ quan có thẩm quyền giải quyết lại theo đúng trình tự.
""",
    "P15": """
Tổng số công chức, người lao động hiện có {b} người, trong đó Kiểm sát viên chiếm 62%; còn thiếu {a} chỉ tiêu so với biên chế được giao.
Việc rà soát, bổ sung quy hoạch, luân chuyển và chuyển đổi vị trí công tác thực hiện đúng nguyên tắc, dân chủ, công khai.
Hồ sơ gồm: sơ yếu lý lịch, bản tự nhận xét, biên bản lấy phiếu tín nhiệm, kết luận tiêu chuẩn chính trị và các văn bằng, chứng chỉ kèm theo.
""",
    "TTr": """
Qua kiểm tra {b} hồ sơ, sổ sách, Đoàn ghi nhận đơn vị chấp hành nghiêm quy chế nghiệp vụ; kỷ luật, kỷ cương công vụ được giữ vững.
Còn {a} trường hợp chưa đăng ký lịch công tác, ghi sổ thụ lý thiếu cột mục; đơn vị đã tiếp thu và khắc phục ngay trong thời gian thanh tra.
Không phát hiện cán bộ, công chức vi phạm đến mức phải xử lý kỷ luật.
""",
    "VP": """
Các chỉ tiêu nghiệp vụ cơ bản hoàn thành và vượt kế hoạch; còn {a} chỉ tiêu đạt dưới 70%, cần tập trung trong thời gian tới.
Văn phòng đã tham mưu ban hành {b} văn bản, tổng hợp báo cáo đúng thời hạn; văn bản điện tử ký số đạt 98%.
Công tác văn thư, lưu trữ, quản lý con dấu và thiết bị lưu khóa bí mật bảo đảm đúng quy định; hồ sơ công việc được lập trên hệ thống.
""",
    "C2": """
Đến nay, tỷ lệ tài khoản kích hoạt đạt 98%, tỷ lệ văn bản điện tử ký số cá nhân và cơ quan đạt {b}%; không còn văn bản phát hành song song bản giấy trừ trường hợp luật định.
Đã số hóa {a} hồ sơ vụ án đưa ra xét xử; các điểm cầu trực tuyến hoạt động ổn định.
Một số máy tính đã sử dụng trên 8 năm, cấu hình thấp; đường truyền tại đơn vị ở xa còn chập chờn.
""",
    "V14": """
Các đơn vị nhất trí với bố cục và nội dung cơ bản của dự thảo; có {a} nhóm ý kiến đề nghị làm rõ về thẩm quyền theo khu vực và thời điểm chuyển hồ sơ.
Qua tổng hợp {b} vướng mắc từ thực tiễn, phần lớn liên quan đến cách tính thời hạn tố tụng và giá trị chứng minh của dữ liệu điện tử.
Đề nghị bổ sung quy định chuyển tiếp để tránh khoảng trống khi áp dụng.
""",
}

DEMANDS = """
Chỉ đạo kiểm điểm, rút kinh nghiệm đối với tập thể, cá nhân để xảy ra thiếu sót nêu trên; có biện pháp khắc phục dứt điểm.
Tăng cường kiểm tra, đôn đốc; thực hiện đúng thời hạn và trình tự luật định trong từng việc cụ thể.
Phân công lãnh đạo trực tiếp phụ trách, cán bộ đầu mối và gửi danh sách trước ngày {until}.
Phối hợp chặt chẽ, trao đổi thông tin hai chiều; vướng mắc vượt thẩm quyền kịp thời báo cáo để thống nhất hướng giải quyết.
Lập hồ sơ công việc trên hệ thống, cập nhật đầy đủ tài liệu và thực hiện ký số khi gửi, nhận văn bản.
Báo cáo kết quả thực hiện bằng văn bản về {issuer} trước ngày {until}.
"""

CLOSINGS = {
    "CV": "Đề nghị quý cơ quan, đơn vị quan tâm phối hợp thực hiện./.",
    "BC": "Trên đây là báo cáo của {issuer}, kính trình cấp có thẩm quyền xem xét, chỉ đạo./.",
    "KH": "Yêu cầu các đơn vị nghiêm túc thực hiện; quá trình thực hiện có khó khăn, vướng mắc, kịp thời phản ánh về Văn phòng để tổng hợp, báo cáo lãnh đạo Viện./.",
    "TB": "{issuer} thông báo để các đơn vị biết, thực hiện./.",
    "KL": "Yêu cầu đơn vị được kiểm sát thực hiện nghiêm túc kết luận này và trả lời bằng văn bản trong thời hạn 30 ngày kể từ ngày nhận được./.",
    "KN": "Vì các lẽ trên, đề nghị Tòa án có thẩm quyền xét xử theo hướng chấp nhận kháng nghị của Viện kiểm sát./.",
    "KNG": "Đề nghị quý cơ quan xem xét, có biện pháp khắc phục và thông báo kết quả cho {issuer} trong thời hạn 30 ngày./.",
    "YC": "Kết quả thực hiện gửi về {issuer} để kiểm sát theo quy định của pháp luật./.",
    "TTR": "Kính đề nghị cấp có thẩm quyền xem xét, quyết định./.",
    "GM": "Đề nghị đồng chí bố trí thời gian đến dự đúng thành phần, thời gian để hội nghị đạt kết quả tốt./.",
    "HD": "Trong quá trình thực hiện có khó khăn, vướng mắc, đề nghị các đơn vị phản ánh về {issuer} để được hướng dẫn kịp thời./.",
    "CT": "Thủ trưởng các đơn vị trực thuộc, Viện trưởng Viện kiểm sát các cấp có trách nhiệm tổ chức thực hiện nghiêm Chỉ thị này./.",
}

ARTICLES = (
    "QUYẾT ĐỊNH:",
    "Điều 1. {content}.",
    "Điều 2. Quyết định này có hiệu lực kể từ ngày ký. Các quy định trước đây trái với Quyết định này đều bị bãi bỏ.",
    "Điều 3. Chánh Văn phòng, thủ trưởng các đơn vị có liên quan và các cá nhân có tên trong Quyết định chịu trách nhiệm thi hành./.",
)

FAMILY = {
    "DBC": "BC", "DKH": "KH", "DTB": "TB", "DKL": "TB", "DHD": "HD", "DCV": "CV", "DCT": "CT", "DTTR": "TTR",
    "PC": "CV", "CTR": "KH", "BB": "TB", "TT": "HD", "NQ": "TB", "DNQ": "CT", "CAOTRANG": "KN",
}  # fmt: skip
"""Kinds that read like another."""

DECISIONS = frozenset({"QD", "QDTT", "DQD"})


ORGANIC_LAWS = (
    ("Tòa án", "Luật Tổ chức Tòa án nhân dân năm 2024"),
    ("Ủy ban", "Luật Tổ chức chính quyền địa phương năm 2025"),
    ("Hội đồng", "Luật Tổ chức chính quyền địa phương năm 2025"),
    ("Cơ quan Cảnh sát", "Luật Tổ chức cơ quan điều tra hình sự"),
    ("Thi hành án", "Luật Thi hành án dân sự"),
    ("Phòng Thi hành án", "Luật Thi hành án dân sự"),
)
OWN_LAW = "Luật Tổ chức Viện kiểm sát nhân dân năm 2014 (sửa đổi, bổ sung năm 2025)"
"""The law that a body rests on, by the beginning of its name."""


def basis(unit: str, subject: str, issuer: str) -> tuple[str, ...]:
    """The legal basis of a decision, one line each."""
    first, second = LAWS.get(unit, LAWS["VP"])
    organic = next((law for name, law in ORGANIC_LAWS if issuer.startswith(name)), OWN_LAW)
    return (
        f"Căn cứ {organic}",
        f"Căn cứ {first}",
        f"Căn cứ {second}",
        f"Xét đề nghị của đơn vị chuyên môn về việc {lower(subject.removeprefix('Về việc '))}",
    )


def lower(text: str) -> str:
    """The subject inside a sentence: small first letter, unless it begins a name in capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def paragraphs(kind: str, unit: str, subject: str, issuer: str, day: date, random: Random) -> tuple[str, ...]:
    """The body of a document, without basis and signature; a decision has articles."""
    words = {
        "issuer": issuer,
        "subject": lower(subject.removeprefix("Về việc ")),
        "law": LAWS.get(unit, LAWS["VP"])[0],
        "year": str(day.year),
        "from": f"{day - timedelta(days=random.randint(20, 40)):%d/%m/%Y}",
        "ended": f"{day - timedelta(days=random.randint(2, 9)):%d/%m/%Y}",
        "until": f"{day + timedelta(days=random.randint(9, 25)):%d/%m/%Y}",
        "a": str(random.randint(3, 19)),
        "b": str(random.randint(24, 97)),
    }
    if kind in DECISIONS:
        content = subject.removeprefix("Về việc ")
        content = content[:1].upper() + content[1:]
        return tuple(article.format_map(words | {"content": content}) for article in ARTICLES)
    family = FAMILY.get(kind, kind)
    found = FINDINGS.get(unit, FINDINGS["VP"]).strip().splitlines()
    chosen = sorted(random.sample(range(6), 4 if family in {"CT", "HD", "KH"} else 3))
    demands = [DEMANDS.strip().splitlines()[index] for index in chosen]
    text = [OPENINGS.get(family, OPENINGS["CV"])]
    if family == "GM":
        hour = day + timedelta(days=5)
        text += [
            f"Thời gian: 08 giờ 00, ngày {hour:%d/%m/%Y}.",
            f"Địa điểm: Hội trường tầng 3, trụ sở {issuer}; các điểm cầu trực tuyến.",
            "Chủ trì: lãnh đạo Viện. Tài liệu gửi kèm trên hệ thống quản lý văn bản và điều hành.",
        ]
    else:
        text += sections(family, found, demands)
    text.append(CLOSINGS.get(family, CLOSINGS["CV"]))
    return tuple(line.format_map(words) for line in text)


def sections(family: str, found: list[str], demands: list[str]) -> list[str]:
    """The middle of the text: reports and plans have Roman headings, letters numbered points."""
    numbered = [f"{number}. {demand}" for number, demand in enumerate(demands, 1)]
    if family == "BC":
        return ["I. KẾT QUẢ THỰC HIỆN", *found, "II. NHIỆM VỤ, GIẢI PHÁP THỜI GIAN TỚI", *numbered]
    if family == "KH":
        return ["I. MỤC ĐÍCH, YÊU CẦU", found[-1], "II. NỘI DUNG", *numbered, "III. TỔ CHỨC THỰC HIỆN"]
    if family in {"KL", "KNG", "KN"}:
        return ["I. KẾT QUẢ KIỂM SÁT", *found, "II. YÊU CẦU, KIẾN NGHỊ", *numbered]
    return [*found[:2], *numbered]

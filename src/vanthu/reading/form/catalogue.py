"""The rules of form by id: level, where the law says it, and what it asks in one line.

Decree 30/2020/NĐ-CP, Phụ lục I (form), II (capitals), III (kinds); Hướng dẫn 36-HD/VPTW for documents of the Party.
`docs/form-check.md` shows this table; a test holds them equal.
"""

from __future__ import annotations

from typing import Literal, NamedTuple


class Rule(NamedTuple):
    """One rule. An `error` is against a plain requirement; an `advice` is what a reader should look at."""

    id: str
    level: Literal["error", "advice"]
    basis: str
    asks: str


def _rules(basis: str, *rows: tuple[str, str, str]) -> list[Rule]:
    level: dict[str, Literal["error", "advice"]] = {"!": "error", "?": "advice"}
    return [Rule(key, level[mark], basis, asks) for key, mark, asks in rows]


_GENERAL = "Phụ lục I, phần I, mục I"
_MAIN = "Phụ lục I, phần I, mục II"
_OTHER = "Phụ lục I, phần I, mục III"
_CAPITALS = "Phụ lục II"
_PARTY = "Hướng dẫn 36-HD/VPTW"

_ALL = [
    *_rules(
        f"{_GENERAL} (khổ giấy, định lề)",
        ("page.size", "!", "Khổ giấy A4 (210 × 297 mm)"),
        ("page.margins", "!", "Lề trên, dưới 20–25 mm; trái 30–35 mm; phải 15–20 mm"),
    ),
    *_rules(
        f"{_GENERAL} (số trang)",
        ("page.number", "!", "Văn bản từ hai trang có số trang ở giữa lề trên"),
        ("page.first", "!", "Trang đầu không có số trang"),
        ("page.look", "!", "Số trang cỡ 13–14, đứng, canh giữa"),
    ),
    *_rules(
        f"{_GENERAL} (phông chữ)",
        ("font.name", "!", "Phông chữ Times New Roman"),
        ("font.unicode", "!", "Bộ mã Unicode, không dùng phông TCVN3, VNI"),
        ("font.colour", "!", "Chữ màu đen"),
    ),
    *_rules(
        f"{_MAIN}, điểm 1 (ô 1)",
        ("1.missing", "!", "Có Quốc hiệu"),
        ("1.letters", "!", "Quốc hiệu viết đúng CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("1.look", "!", "Quốc hiệu cỡ 12–13, đứng, đậm, canh giữa"),
        ("1.place", "!", "Quốc hiệu, Tiêu ngữ ở nửa phải trang đầu"),
        ("1.motto-missing", "!", "Có Tiêu ngữ dưới Quốc hiệu"),
        ("1.motto-letters", "!", "Tiêu ngữ viết đúng Độc lập - Tự do - Hạnh phúc"),
        ("1.motto-look", "!", "Tiêu ngữ cỡ 13–14, đứng, đậm, canh giữa"),
        ("1.rule", "!", "Dưới Tiêu ngữ có đường kẻ ngang nét liền, dài bằng dòng chữ"),
        ("1.sizes", "?", "Tiêu ngữ lớn hơn Quốc hiệu một cỡ"),
    ),
    *_rules(
        f"{_MAIN}, điểm 2 (ô 2)",
        ("2.missing", "!", "Có tên cơ quan ban hành"),
        ("2.look", "!", "Tên cơ quan ban hành cỡ 12–13, đứng, đậm, canh giữa"),
        ("2.superior-look", "!", "Tên cơ quan chủ quản cỡ 12–13, đứng, không đậm, canh giữa"),
        ("2.capitals", "!", "Tên cơ quan viết chữ in hoa"),
        ("2.rule", "!", "Dưới tên cơ quan ban hành có đường kẻ ngang"),
        ("2.rule-length", "?", "Đường kẻ dài 1/3 đến 1/2 dòng chữ"),
    ),
    *_rules(
        f"{_MAIN}, điểm 3 (ô 3)",
        ("3.missing", "!", "Có số, ký hiệu"),
        ("3.colon", "!", "Sau từ “Số” có dấu hai chấm"),
        ("3.zero", "!", "Số nhỏ hơn 10 thêm số 0 phía trước"),
        ("3.spaces", "!", "Không cách chữ quanh dấu “/” và dấu “-”"),
        ("3.symbol", "!", "Ký hiệu gồm chữ viết tắt tên loại và tên cơ quan, chữ in hoa"),
        ("3.kind", "!", "Ký hiệu mang chữ viết tắt của đúng tên loại (Phụ lục III)"),
        ("3.look", "!", "Số, ký hiệu cỡ 13, đứng, không đậm, canh giữa"),
    ),
    *_rules(
        f"{_MAIN}, điểm 4 (ô 4)",
        ("4.missing", "!", "Có địa danh và thời gian ban hành"),
        ("4.comma", "!", "Sau địa danh có dấu phẩy"),
        ("4.form", "!", "Viết đủ “ngày … tháng … năm …”"),
        ("4.zero", "!", "Ngày dưới 10, tháng 1, 2 thêm số 0; tháng 3 đến 9 thì không"),
        ("4.look", "!", "Địa danh, thời gian cỡ 13–14, nghiêng, không đậm, canh giữa"),
    ),
    *_rules(
        f"{_MAIN}, điểm 5 (ô 5a)",
        ("5a.missing", "!", "Có tên loại văn bản"),
        ("5a.capitals", "!", "Tên loại viết chữ in hoa"),
        ("5a.look", "!", "Tên loại cỡ 13–14, đứng, đậm, canh giữa"),
        ("5a.subject", "!", "Có trích yếu dưới tên loại"),
        ("5a.subject-look", "!", "Trích yếu cỡ 13–14, đứng, đậm, canh giữa"),
        ("5a.rule", "!", "Dưới trích yếu có đường kẻ ngang"),
        ("5a.rule-length", "?", "Đường kẻ dài 1/3 đến 1/2 dòng chữ"),
    ),
    *_rules(
        f"{_MAIN}, điểm 5 (ô 5b)",
        ("5b.missing", "!", "Công văn có trích yếu dưới số, ký hiệu"),
        ("5b.form", "!", "Trích yếu công văn bắt đầu bằng “V/v”"),
        ("5b.look", "!", "Trích yếu công văn cỡ 12–13, đứng, không đậm, canh giữa"),
        ("5b.gap", "?", "Trích yếu công văn cách dòng số, ký hiệu 6 pt"),
    ),
    *_rules(
        f"{_MAIN}, điểm 6 (ô 6)",
        ("6.look", "!", "Nội dung cỡ 13–14, chữ đứng"),
        ("6.align", "!", "Nội dung canh đều cả hai lề"),
        ("6.indent", "!", "Đầu dòng lùi vào 1 cm hoặc 1,27 cm"),
        ("6.gap", "!", "Giữa các đoạn cách ít nhất 6 pt"),
        ("6.spacing", "!", "Khoảng cách dòng từ dòng đơn đến 1,5 lines"),
        ("6.pdf-indent", "?", "Đầu dòng trên trang PDF lùi vào 1 cm hoặc 1,27 cm"),
        ("6.pdf-gap", "?", "Giữa các đoạn trên trang PDF cách ít nhất 6 pt"),
        ("6.pdf-spacing", "?", "Khoảng cách dòng trên trang PDF từ dòng đơn đến 1,5 lines"),
        ("6.basis-look", "!", "Căn cứ cỡ 13–14, chữ nghiêng"),
        ("6.basis-end", "!", "Mỗi căn cứ kết thúc bằng “;”, căn cứ cuối bằng “.”"),
        ("6.basis-law", "?", "Căn cứ luật, pháp lệnh không ghi số, cơ quan ban hành"),
        ("6.enacts", "!", "Nghị quyết, quyết định có dòng QUYẾT NGHỊ: hoặc QUYẾT ĐỊNH:"),
        ("6.chapter", "!", "Phần, Chương, Mục trình bày dòng riêng, canh giữa, đứng, đậm"),
        ("6.chapter-title", "!", "Tiêu đề của phần, chương, mục viết chữ in hoa"),
        ("6.article", "!", "“Điều 1.” viết đứng, đậm, sau số có dấu chấm"),
        ("6.article-order", "!", "Các điều đánh số liên tục"),
        ("6.point", "!", "Điểm viết chữ cái thường rồi dấu “)”"),
        ("6.point-order", "!", "Điểm theo thứ tự bảng chữ cái tiếng Việt (a, b, c, d, đ, e, g…)"),
        ("6.end", "!", "Nội dung kết thúc bằng “./.”"),
    ),
    *_rules(
        f"Điều 13 và {_MAIN}, điểm 7 (ô 7a, 7b)",
        ("7a.missing", "!", "Có quyền hạn, chức vụ của người ký"),
        ("7a.form", "!", "Viết KT., TL., TUQ., TM., Q. có dấu chấm rồi cách chữ"),
        ("7a.capitals", "!", "Quyền hạn, chức vụ viết chữ in hoa"),
        ("7a.competence", "!", "Dưới KT., TL., TUQ., TM. là chức vụ của người trực tiếp ký"),
        ("7a.look", "!", "Quyền hạn, chức vụ cỡ 13–14, đứng, đậm, canh giữa"),
        ("7b.missing", "!", "Có họ tên người ký"),
        ("7b.rank", "!", "Không ghi học hàm, học vị, danh hiệu trước họ tên"),
        ("7b.case", "!", "Họ tên viết chữ thường, hoa chữ cái đầu"),
        ("7b.look", "!", "Họ tên cỡ 13–14, đứng, đậm, canh giữa"),
    ),
    *_rules(
        f"{_MAIN}, điểm 9 (ô 9a)",
        ("9a.missing", "!", "Công văn có “Kính gửi”"),
        ("9a.kind", "!", "Chỉ công văn, tờ trình, báo cáo có “Kính gửi”"),
        ("9a.form", "!", "Sau “Kính gửi” có dấu hai chấm; một nơi nhận viết cùng dòng"),
        ("9a.end", "!", "Nhiều nơi gửi: mỗi nơi một dòng có gạch đầu dòng, cuối dòng “;”, dòng cuối “.”"),
        ("9a.look", "!", "Kính gửi cỡ 13–14, đứng, không đậm"),
    ),
    *_rules(
        f"{_MAIN}, điểm 9 (ô 9b)",
        ("9b.missing", "!", "Có “Nơi nhận:”"),
        ("9b.look", "!", "Từ “Nơi nhận:” cỡ 12, nghiêng, đậm, sát lề trái"),
        ("9b.list-look", "!", "Danh sách nơi nhận cỡ 11, đứng, không đậm"),
        ("9b.end", "!", "Mỗi nơi nhận một dòng có gạch đầu dòng, cuối dòng “;”, dòng cuối “.”"),
        ("9b.archive", "!", "Dòng cuối ghi “- Lưu: VT, …”"),
        ("9b.above", "?", "Công văn, tờ trình: dòng đầu ghi “- Như trên;”"),
        ("9b.article", "?", "Nghị quyết, quyết định: dòng đầu ghi “- Như Điều …;”"),
    ),
    *_rules(
        f"{_OTHER} (ô 10b, 11)",
        ("10b.look", "!", "Dấu chỉ mức độ khẩn in hoa, cỡ 13–14, đứng, đậm, trong khung"),
        ("11.look", "!", "Chỉ dẫn phạm vi lưu hành in hoa, cỡ 13–14, đứng, đậm, trong khung"),
    ),
    *_rules(
        f"{_OTHER} (phụ lục)",
        ("appendix.number", "!", "Từ hai phụ lục thì đánh số La Mã"),
        ("appendix.look", "!", "Từ “Phụ lục” cỡ 14, đứng, đậm, canh giữa"),
        ("appendix.title", "!", "Tên phụ lục viết chữ in hoa, cỡ 13–14, đứng, đậm, canh giữa"),
        ("appendix.source", "!", "Dưới tên phụ lục ghi “(Kèm theo …)”"),
        ("appendix.source-look", "!", "Dòng “(Kèm theo …)” cỡ 13–14, nghiêng, canh giữa"),
    ),
    *_rules(
        f"{_CAPITALS}, mục I, V (câu, tên riêng khác)",
        ("capital.sentence", "?", "Viết hoa chữ cái đầu câu, đầu dòng"),
        ("capital.people", "?", "Viết hoa Nhân dân, Nhà nước"),
        ("capital.cite", "?", "Viết hoa Phần, Chương, Mục, Điều; không viết hoa khoản, điểm khi viện dẫn"),
        ("capital.document", "?", "Viết hoa chữ cái đầu tên loại của văn bản cụ thể"),
        ("capital.day", "?", "Viết hoa tên ngày trong tuần viết bằng chữ: thứ Hai"),
        ("capital.feast", "?", "Viết tết Nguyên đán, ngày Quốc khánh"),
    ),
    *_rules(
        f"{_CAPITALS}, mục III (tên địa lý)",
        ("capital.city", "?", "Viết Thủ đô Hà Nội, Thành phố Hồ Chí Minh"),
        ("capital.place", "?", "Danh từ chung chỉ địa giới viết thường, viết hoa khi đi với số"),
    ),
    *_rules(
        f"{_CAPITALS}, mục IV (tên cơ quan, tổ chức)",
        ("capital.office", "?", "Viết hoa tên cơ quan, tổ chức theo loại hình và chức năng"),
    ),
    *_rules(
        _PARTY,
        ("party.title", "!", "Góc phải ghi ĐẢNG CỘNG SẢN VIỆT NAM, đậm"),
        ("party.rule", "!", "Dưới tiêu đề có đường kẻ ngang"),
        ("party.star", "!", "Dưới tên cấp ủy có dấu *"),
        ("party.number", "!", "Số và ký hiệu viết “Số 12-QĐ/ĐU”, không có dấu hai chấm"),
        ("party.receivers", "!", "Có “Nơi nhận:” và dòng lưu"),
    ),
]  # fmt: skip

RULES: dict[str, Rule] = {rule.id: rule for rule in _ALL}

"""Letters hold what they were given, in the order of their kind, and blank places for number and date."""

import io
import re
from typing import Any

import pytest
from docx import Document
from docx.document import Document as DocumentFile
from docx.oxml.ns import qn

from vanthu.documents import kinds
from vanthu.documents.states import Urgency
from vanthu.issuing.layout import FORMS, Appendix, LetterData, compose
from vanthu.issuing.layout.body import structured
from vanthu.issuing.layout.names import about, capitals


def letter(kind: str = "CV", **changes: object) -> LetterData:
    symbol = kinds.by_code(kind).abbreviation
    given: dict[str, object] = {
        "kind": kind,
        "office": "Viện kiểm sát nhân dân tỉnh Nam Định",
        "superior": "Viện kiểm sát nhân dân tối cao",
        "symbol": f"{symbol}-VKS" if symbol else "VKS-P1",
        "place": "Nam Định",
        "year": 2026,
        "subject": "Báo cáo kết quả công tác quý III",
        "signer": "Trần Thị Minh Nguyệt",
        "signing": ("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG"),
        "archive": "VT, P1",
    }
    return LetterData(**(given | changes))  # type: ignore[arg-type]


def opened(data: LetterData) -> DocumentFile:
    return Document(io.BytesIO(compose(data)))


def words(paragraph: Any) -> str:
    return "".join(node.text or "\n" for node in paragraph.iter(qn("w:t"), qn("w:br")))


def lines(data: LetterData) -> list[str]:
    """Every paragraph in reading order, tables and nested tables included."""
    paragraphs = opened(data).element.body.iter(qn("w:p"))
    texts = map(words, paragraphs)
    return [text for text in texts if text.strip()]


def in_order(found: list[str], *wanted: str) -> None:
    places = [found.index(text) for text in wanted]
    assert places == sorted(places)


def test_every_administrative_kind_of_the_decree_has_a_form() -> None:
    assert set(FORMS) == {kind.code for kind in kinds.ADMINISTRATIVE}
    for kind in kinds.ADMINISTRATIVE:
        form = FORMS[kind.code]
        assert form.title == ("" if kind.code == "CV" else kind.name.upper())
        assert form.addressed == kind.addressed


@pytest.mark.parametrize("kind", list(FORMS))
def test_every_kind_has_head_blanks_and_signature(kind: str) -> None:
    found = lines(letter(kind))
    in_order(found, "VIỆN KIỂM SÁT NHÂN DÂN", "TỐI CAO", "TỈNH NAM ĐỊNH")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in found
    assert "Độc lập - Tự do - Hạnh phúc" in found
    assert any(re.fullmatch(r"Số: {8,}/\S+", line) for line in found)
    assert any(re.fullmatch(r"Nam Định, ngày {7}tháng {7}năm 2026", line) for line in found)
    assert "Trần Thị Minh Nguyệt" in found
    assert "Nơi nhận:" in found
    assert "- Lưu: VT, P1." in found
    text = " ".join(found)
    assert text.count("./.") == 1
    assert "{" not in text


@pytest.mark.parametrize(("kind", "title"), [("SY", "SAO Y"), ("TRS", "TRÍCH SAO"), ("SL", "SAO LỤC")])
def test_every_copy_has_its_seven_places(kind: str, title: str) -> None:
    """Phụ lục III, mẫu 3.1: kind, office, number, date, who signs, who gets it; no Quốc hiệu."""
    found = lines(letter(kind, copies=("Phòng 1",)))
    in_order(found, "TỈNH NAM ĐỊNH", title, f"Số:{' ' * 10}/{kinds.by_code(kind).abbreviation}-VKS")
    in_order(found, "Nơi nhận:", "- Phòng 1;", "- Lưu: VT, P1.", "KT. VIỆN TRƯỞNG", "Trần Thị Minh Nguyệt")
    assert any(re.fullmatch(r"Nam Định, ngày {7}tháng {7}năm 2026", line) for line in found)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" not in found
    assert kind in {one.code for one in kinds.ALL if one.family == "copy"}


def test_a_joint_document_has_every_signer_and_office() -> None:
    joint = ((("VIỆN TRƯỞNG",), "Lê Văn Hai"), (("KT. CHÁNH ÁN", "PHÓ CHÁNH ÁN"), "Phạm Thị Ba"))
    others = ("Viện kiểm sát nhân dân khu vực 7", "Tòa án nhân dân khu vực 7")
    found = lines(letter("KH", joint=joint, joint_offices=others, copies=("Phòng 1",)))
    in_order(
        found,
        "TỈNH NAM ĐỊNH",
        "KẾ HOẠCH",
        "Lê Văn Hai",
        "PHÓ CHÁNH ÁN",
        "Phạm Thị Ba",
        "Trần Thị Minh Nguyệt",
    )
    in_order(found, "Trần Thị Minh Nguyệt", "Nơi nhận:", "- Lưu: VT, P1.")
    assert "- TÒA ÁN NHÂN DÂN KHU VỰC 7" in " ".join(found)


def test_an_official_letter() -> None:
    found = lines(
        letter(
            recipients=("Phòng 1", "Phòng 9;", "- Thanh tra."),
            body=("Thực hiện Kế hoạch số 12.", "Báo cáo gửi trước ngày 05/12/2026."),
            copies=("Như trên", "Đ/c Viện trưởng (để b/c)"),
        )
    )
    in_order(
        found, "V/v báo cáo kết quả công tác quý III", "Kính gửi:", "- Phòng 1;", "- Phòng 9;", "- Thanh tra.",
        "Thực hiện Kế hoạch số 12.", "Báo cáo gửi trước ngày 05/12/2026./.",
        "Nơi nhận:", "- Như trên;", "- Đ/c Viện trưởng (để b/c);", "- Lưu: VT, P1.",
        "KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG",
    )  # fmt: skip
    assert found.count("- Như trên;") == 1


def test_one_recipient_stands_on_the_same_line() -> None:
    assert "Kính gửi: Vụ Pháp chế" in lines(letter(recipients=("Vụ Pháp chế.",)))


def test_a_decision() -> None:
    articles = (
        "Điều 1. Thành lập Tổ công tác.",
        "Điều 2. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này.",
    )
    found = lines(
        letter(
            "QD",
            subject="Thành lập Tổ công tác",
            basis=("Căn cứ Luật Tổ chức Viện kiểm sát nhân dân;", "Theo đề nghị của Chánh Văn phòng"),
            body=articles,
            copies=("Phòng 1",),
        )
    )
    in_order(
        found, "QUYẾT ĐỊNH", "Về việc thành lập Tổ công tác", "VIỆN TRƯỞNG VIỆN KIỂM SÁT NHÂN DÂN TỈNH NAM ĐỊNH",
        "Căn cứ Luật Tổ chức Viện kiểm sát nhân dân;", "Theo đề nghị của Chánh Văn phòng.", "QUYẾT ĐỊNH:", articles[0],
        articles[1].removesuffix(".") + "./.", "- Như Điều 2;", "- Phòng 1;", "- Lưu: VT, P1.",
    )  # fmt: skip


def test_a_resolution_is_the_committees() -> None:
    found = lines(letter("NQ", subject="Về công tác cán bộ", signing=("TM. ỦY BAN KIỂM SÁT", "VIỆN TRƯỞNG")))
    in_order(
        found, "NGHỊ QUYẾT", "Về công tác cán bộ", "ỦY BAN KIỂM SÁT VIỆN KIỂM SÁT NHÂN DÂN TỈNH NAM ĐỊNH",
        "QUYẾT NGHỊ:", "- Như Điều 3;", "TM. ỦY BAN KIỂM SÁT", "VIỆN TRƯỞNG",
    )  # fmt: skip


def test_an_indirect_decision_carries_the_text_it_issues() -> None:
    regulation = Appendix(
        title="Quy chế", subject="Làm việc của Viện", body=("Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi")
    )
    data = letter("QD", subject="Ban hành Quy chế làm việc", appendices=(regulation,))
    found = lines(data)
    assert "Ban hành Quy chế làm việc" in found
    assert found.count("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == 2
    assert sum(line.startswith("Số:") for line in found) == 1
    source = next(line for line in found if line.startswith("(Kèm theo Quyết định số"))
    assert re.search(
        r"số {8,}/QĐ-VKS ngày {7}tháng {7}năm 2026\ncủa Viện kiểm sát nhân dân tỉnh Nam Định\)$", source
    )
    document = opened(data)
    assert len(document.sections) == 2
    starts = document.sections[1]._sectPr.find(qn("w:pgNumType"))
    assert starts is not None
    assert starts.get(qn("w:start")) == "1"


def test_an_annex_has_its_label_and_no_head() -> None:
    annex = Appendix(label="Phụ lục I", title="Danh sách", body=("1. Ông An.",))
    found = lines(letter("KH", subject="Tập huấn", appendices=(annex,)))
    in_order(found, "Phụ lục I", "DANH SÁCH", "1. Ông An.")
    assert found.count("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == 1


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("CD", ("Viện kiểm sát nhân dân tỉnh Nam Định điện:", "- Phòng 1;", "- Phòng 2.")),
        (
            "GM",
            (
                "Viện kiểm sát nhân dân tỉnh Nam Định trân trọng kính mời: Phòng 1; Phòng 2.",
                "Địa điểm: Hội trường.",
            ),
        ),
        ("GGT", ("Viện kiểm sát nhân dân tỉnh Nam Định trân trọng giới thiệu:", "Ông (bà): …………………")),
        (
            "BB",
            (
                "Thời gian bắt đầu: …………………",
                "Địa điểm: Hội trường.",
                "THƯ KÝ",
                "Phạm Thu Hà",
                "CHỦ TỌA",
                "Nơi nhận:",
            ),
        ),
        ("BC", ("Kính gửi:", "- Phòng 1;", "I. KẾT QUẢ THỰC HIỆN", "- Như trên;")),
        ("KH", ("I. MỤC ĐÍCH, YÊU CẦU", "III. TỔ CHỨC THỰC HIỆN")),
    ],
)
def test_kinds_with_their_own_lines(kind: str, wanted: tuple[str, ...]) -> None:
    data = letter(
        kind, recipients=("Phòng 1", "Phòng 2"), details={"Địa điểm": "Hội trường"}, secretary="Phạm Thu Hà"
    )
    in_order(lines(data), *wanted)


def test_margins_hold_the_boxes() -> None:
    document = opened(
        letter(circulation="Lưu hành nội bộ", contact="12 Trần Phú; ĐT 0228", drafter_mark="PL.(30)")
    )
    section = document.sections[0]
    assert section.first_page_header.tables[0].cell(0, 0).text == "LƯU HÀNH NỘI BỘ"
    assert section.first_page_footer.paragraphs[0].text == "12 Trần Phú; ĐT 0228"
    assert "PL.(30)" in lines(letter(drafter_mark="PL.(30)"))


@pytest.mark.parametrize(
    ("urgency", "stamp"),
    [(Urgency.URGENT, "KHẨN"), (Urgency.VERY_URGENT, "THƯỢNG KHẨN"), (Urgency.EXPRESS, "HỎA TỐC")],
)
def test_the_stamp_of_urgency(urgency: Urgency, stamp: str) -> None:
    assert stamp in lines(letter(urgency=urgency))
    assert stamp not in lines(letter())


def test_the_parts_of_a_regulation_are_recognised() -> None:
    looks = [
        (line.style, line.lead)
        for line in structured(
            (
                "Chương II", "TRÁCH NHIỆM", "Mục 1", "LÃNH ĐẠO VIỆN", "Điều 3. Viện trưởng", "1. Chỉ đạo chung.",
                "a) Phân công;", "Điều 4. Phó Viện trưởng giúp Viện trưởng.", "2. Chế độ họp", "Trong năm 2026.",
            )
        )
    ]  # fmt: skip
    text, heading, chapter = "6 Nội dung", "6 Đề mục", "6 Chương, mục"
    assert looks == [
        (chapter, ""), (chapter, ""), (chapter, ""), (chapter, ""), (heading, ""), (text, ""),
        (text, ""), (text, "Điều 4. "), (heading, ""), (text, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("Viện kiểm sát nhân dân tối cao", ["VIỆN KIỂM SÁT NHÂN DÂN", "TỐI CAO"]),
        ("Viện kiểm sát nhân dân Thành phố Hồ Chí Minh", ["VIỆN KIỂM SÁT NHÂN DÂN", "THÀNH PHỐ HỒ CHÍ MINH"]),
        ("Viện kiểm sát nhân dân khu vực 12", ["VIỆN KIỂM SÁT NHÂN DÂN", "KHU VỰC 12"]),
        ("Viện kiểm sát quân sự Trung ương", ["VIỆN KIỂM SÁT QUÂN SỰ", "TRUNG ƯƠNG"]),
        ("Văn phòng", ["VĂN PHÒNG"]),
    ],
)
def test_names_break_where_a_reader_expects_it(name: str, broken: list[str]) -> None:
    assert capitals(name) == broken


def test_the_subject_follows_its_word_once() -> None:
    assert about("Báo cáo công tác", "V/v") == "V/v báo cáo công tác"
    assert about("V/v báo cáo", "V/v") == "V/v báo cáo"
    assert about("về việc VKSND khu vực", "V/v") == "V/v VKSND khu vực"
    assert about("Viện kiểm sát khu vực 3 xin ý kiến", "V/v") == "V/v Viện kiểm sát khu vực 3 xin ý kiến"

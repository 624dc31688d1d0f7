"""Each rule of form is seen to fire on a good document that was spoilt, and its fix to bring back what was good."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from tests.reading.forms import (
    DATE,
    DECISION,
    LETTER,
    LONG,
    NAME,
    RECORD,
    REGULATION,
    SYMBOL,
    URGENT,
    at,
    drop,
    lay,
    look,
    of_kind,
    of_the_party,
    say,
    section,
    swap,
    texts,
    without_rule,
    written,
)
from vanthu.documents import kinds
from vanthu.kernel.refusals import Invalid
from vanthu.reading.form import RULES, check, fix
from vanthu.reading.form import kinds as form_kinds
from vanthu_tools import form_rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document as DocumentFile

    from vanthu.issuing.layout import LetterData

KINDS = [kind.code for kind in kinds.ADMINISTRATIVE]
COPIES = ["SY", "TRS", "SL"]


def test_the_table_of_kinds_is_that_of_documents() -> None:
    known = {kind.code: (kind.abbreviation, kind.addressed) for kind in kinds.ADMINISTRATIVE}
    assert {one.code: (one.abbreviation, one.addressed) for one in form_kinds.ADMINISTRATIVE} == known
    families = {kind.code: kind.family for kind in kinds.ALL}
    assert {kind.code: kind.abbreviation for kind in kinds.PARTY} == form_kinds.PARTY
    assert {code for code, one in families.items() if one in ("legal", "procedural")} == form_kinds.UNCHECKED


@pytest.mark.parametrize("code", [*KINDS, *COPIES])
def test_what_the_product_makes_has_no_finding(code: str, tmp_path: Path) -> None:
    path = written(of_kind(code), tmp_path)
    told = check(path, path.name, code)
    assert [(one.rule.id, one.quote) for one in told.findings] == []
    if code in KINDS:
        assert check(path, path.name).kind == code


@pytest.mark.parametrize("data", [LETTER, DECISION, REGULATION, URGENT, RECORD])
def test_the_documents_that_are_spoilt_below_are_good(data: LetterData, tmp_path: Path) -> None:
    path = written(data, tmp_path)
    assert [(one.rule.id, one.quote) for one in check(path, path.name).findings] == []


CENTRE, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
RED = RGBColor(0xC0, 0, 0)
NATION, MOTTO, OFFICE = "CỘNG HÒA", "Độc lập", "TỈNH NAM ĐỊNH"
ABOUT = "V/v"
BODY = LONG[:20]


def no_page_number(document: DocumentFile) -> None:
    sections = document.sections[0]._sectPr
    for one in sections.findall(qn("w:headerReference")):
        sections.remove(one)


def move_nation_left(document: DocumentFile) -> None:
    row = document.tables[0].rows[0]
    left, right = row.cells[0], row.cells[-1]
    row._tr.remove(right._tc)
    row._tr.insert(list(row._tr).index(left._tc), right._tc)


def cut_paragraph(begins: str) -> Callable[[DocumentFile], None]:
    def mutate(document: DocumentFile) -> None:
        node = at(document, begins)._p
        node.getparent().remove(node)

    return mutate


def long_rule(document: DocumentFile) -> None:
    below = at(document, OFFICE)._p.getnext()
    for side in ("w:left", "w:right"):
        below.pPr.find(qn("w:ind")).set(qn(side), "0")


def page_number_look(document: DocumentFile) -> None:
    for run in document.sections[0].header._element.iter(qn("w:r")):
        properties = run.get_or_add_rPr()
        properties.append(properties.makeelement(qn("w:sz"), {qn("w:val"): "20"}))


def swap_last(document: DocumentFile) -> None:
    last = next(one for one in document.paragraphs if one.text.endswith("./."))
    last.runs[-1].text = last.runs[-1].text.removesuffix("./.") + "."


# (rule, good document, what spoils it, whether it can be mended)
SPOILT: list[tuple[str, LetterData, Callable[[DocumentFile], None], bool]] = [
    ("page.size", LETTER, section(page_width=Mm(216), page_height=Mm(279)), True),
    ("page.margins", LETTER, section(left_margin=Mm(20), top_margin=Mm(30)), True),
    ("page.number", RECORD, no_page_number, True),
    ("page.first", LETTER, section(different_first_page_header_footer=False), True),
    ("page.look", LETTER, page_number_look, True),
    ("font.name", LETTER, look(BODY, name="Arial"), True),
    ("font.unicode", LETTER, look(BODY, name=".VnTime"), False),
    ("font.colour", LETTER, look(BODY, color=None), True),
    ("1.missing", LETTER, drop(NATION), False),
    ("1.letters", LETTER, say(NATION, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT  NAM."), True),
    ("1.look", LETTER, look(NATION, bold=False), True),
    ("1.place", LETTER, move_nation_left, False),
    ("1.motto-missing", LETTER, drop(MOTTO), False),
    ("1.motto-letters", LETTER, say(MOTTO, "Độc lập – Tự do – Hạnh Phúc"), True),
    ("1.motto-look", LETTER, look(MOTTO, bold=False), True),
    ("1.rule", LETTER, without_rule(MOTTO), True),
    ("1.sizes", LETTER, look(MOTTO, size=Pt(14)), True),
    ("2.missing", LETTER, drop("VIỆN KIỂM SÁT", "TỐI CAO", "VIỆN KIỂM SÁT", OFFICE), False),
    ("2.look", LETTER, look(OFFICE, size=Pt(14)), True),
    ("2.superior-look", LETTER, look("TỐI CAO", italic=True), True),
    ("2.capitals", LETTER, say(OFFICE, "Tỉnh Nam Định"), True),
    ("2.rule", LETTER, without_rule(OFFICE), True),
    ("2.rule-length", LETTER, long_rule, False),
    ("3.missing", LETTER, drop(SYMBOL), False),
    ("3.colon", LETTER, swap(SYMBOL, "Số:", "Số"), True),
    ("3.zero", LETTER, say(SYMBOL, "Số: 5/VKS-P1"), True),
    ("3.spaces", LETTER, say(SYMBOL, "Số: 05 / VKS – P1"), True),
    ("3.symbol", LETTER, say(SYMBOL, "Số: 05/vks-p1"), True),
    ("3.symbol", LETTER, say(SYMBOL, "Số: 05"), False),
    ("3.kind", DECISION, say(SYMBOL, "Số: 05/KH-VKS"), False),
    ("3.look", LETTER, look(SYMBOL, bold=True), True),
    ("4.missing", LETTER, drop(DATE), False),
    ("4.comma", LETTER, swap(DATE, ",", ""), True),
    ("4.form", LETTER, say(DATE, "Nam Định, ngày 5 tháng 11 năm 26"), False),
    ("4.zero", LETTER, say(DATE, "Nam Định, ngày 5 tháng 11 năm 2026"), True),
    ("4.zero", LETTER, say(DATE, "Nam Định, ngày 15 tháng 09 năm 2026"), True),
    ("4.look", LETTER, look(DATE, italic=False), True),
    ("5a.missing", DECISION, drop("QUYẾT ĐỊNH"), False),
    ("5a.capitals", DECISION, say("QUYẾT ĐỊNH", "Quyết định"), True),
    ("5a.look", DECISION, look("QUYẾT ĐỊNH", size=Pt(16)), True),
    ("5a.subject", DECISION, cut_paragraph("Về việc"), False),
    ("5a.subject-look", DECISION, look("Về việc", bold=False), True),
    ("5a.rule", DECISION, without_rule("Về việc"), True),
    ("5b.missing", LETTER, drop(ABOUT), False),
    ("5b.form", LETTER, swap(ABOUT, "V/v", "Về việc"), True),
    ("5b.look", LETTER, look(ABOUT, bold=True), True),
    ("5b.gap", LETTER, lay(ABOUT, space_before=Pt(0)), True),
    ("6.look", LETTER, look(BODY, size=Pt(12)), True),
    ("6.look", LETTER, look(BODY, italic=True), True),
    ("6.align", LETTER, lay(BODY, alignment=LEFT), True),
    ("6.indent", LETTER, lay(BODY, first_line_indent=Mm(0)), True),
    ("6.gap", LETTER, lay(BODY, space_after=Pt(0)), True),
    ("6.spacing", LETTER, lay(BODY, line_spacing=2.0), True),
    ("6.basis-look", DECISION, look("Căn cứ", italic=False), True),
    ("6.basis-end", DECISION, swap("Căn cứ", ";", ","), True),
    ("6.basis-end", DECISION, swap("Theo đề nghị", "phòng.", "phòng;"), True),
    ("6.basis-law", DECISION, say("Căn cứ", "Căn cứ Luật số 63/2014/QH13 ngày 24/11/2014 của Quốc hội;"), False),
    ("6.enacts", DECISION, drop("QUYẾT ĐỊNH:"), False),
    ("6.chapter", REGULATION, lay("Chương I", alignment=LEFT), True),
    ("6.chapter-title", REGULATION, say("QUY ĐỊNH CHUNG", "Quy định chung"), True),
    ("6.article", DECISION, swap("Điều 2", "Điều 2.", "Điều 2:"), True),
    ("6.article", DECISION, look("Điều 2", bold=False), True),
    ("6.article-order", DECISION, swap("Điều 3", "Điều 3", "Điều 4"), False),
    ("6.point", LETTER, swap("b) ", "b)", "b."), True),
    ("6.point-order", LETTER, swap("đ) ", "đ)", "e)"), False),
    ("6.end", LETTER, swap_last, True),
    ("7a.missing", LETTER, drop("KT. VIỆN", "PHÓ VIỆN"), False),
    ("7a.form", LETTER, say("KT. VIỆN", "KT.VIỆN TRƯỞNG"), True),
    ("7a.form", LETTER, say("KT. VIỆN", "K/T VIỆN TRƯỞNG"), True),
    ("7a.capitals", LETTER, say("PHÓ VIỆN", "Phó Viện trưởng"), True),
    ("7a.competence", LETTER, say("PHÓ VIỆN", "VIỆN TRƯỞNG"), False),
    ("7a.competence", LETTER, drop("PHÓ VIỆN"), False),
    ("7a.look", LETTER, look("KT. VIỆN", bold=False), True),
    ("7b.missing", LETTER, drop(NAME), False),
    ("7b.rank", LETTER, say(NAME, "ThS. Trần Thị Minh Nguyệt"), True),
    ("7b.case", LETTER, say(NAME, "TRẦN THỊ MINH NGUYỆT"), True),
    ("7b.look", LETTER, look(NAME, italic=True), True),
    ("9a.missing", LETTER, drop("Kính gửi", "- Phòng 1", "- Phòng 9"), False),
    ("9a.kind", replace(RECORD, recipients=("Phòng 1",)), say("BÁO CÁO", "KẾ HOẠCH"), False),
    ("9a.form", LETTER, say("Kính gửi", "Kính gửi"), True),
    ("9a.end", LETTER, swap("- Phòng 1", ";", "."), True),
    ("9a.look", LETTER, look("Kính gửi", bold=True), True),
    ("9b.missing", LETTER, drop("Nơi nhận"), False),
    ("9b.look", LETTER, look("Nơi nhận", italic=False), True),
    ("9b.look", LETTER, say("Nơi nhận", "Nơi nhận"), True),
    ("9b.list-look", LETTER, look("- Như trên", size=Pt(13)), True),
    ("9b.end", LETTER, swap("- Như trên", ";", ","), True),
    ("9b.archive", LETTER, drop("- Lưu"), False),
    ("9b.archive", LETTER, swap("- Lưu", "Lưu: VT", "Lưu VT"), True),
    ("9b.above", LETTER, cut_paragraph("- Như trên"), False),
    ("9b.article", DECISION, cut_paragraph("- Như Điều"), False),
    ("10b.look", URGENT, look("KHẨN", bold=False), True),
    ("appendix.number", DECISION, say("Phụ lục II", "Phụ lục 2"), False),
    ("appendix.look", DECISION, look("Phụ lục I", size=Pt(12)), True),
    ("appendix.title", DECISION, say("LỊCH LÀM VIỆC", "Lịch làm việc"), True),
    ("appendix.source", DECISION, cut_paragraph("(Kèm theo"), False),
    ("appendix.source-look", DECISION, look("(Kèm theo", italic=False), True),
    ("capital.sentence", LETTER, say("1. Nội", "1. nội dung thứ nhất. nội dung thứ hai."), True),
    ("capital.people", LETTER, say("1. Nội", "1. Phục vụ nhân dân và cơ quan nhà nước, bảo vệ nhà nước."), True),
    ("capital.cite", LETTER, say("1. Nội", "1. Theo quy định tại Khoản 2 điều 12 của Luật."), True),
    ("capital.document", LETTER, say("1. Nội", "1. Theo kế hoạch số 12/KH-VKS và Nghị Định số 30/2020/NĐ-CP."), True),
    ("capital.day", LETTER, say("1. Nội", "1. Họp vào thứ hai, ngày 30 tháng 11 năm 2026."), True),
    ("capital.feast", LETTER, say("1. Nội", "1. Trực trong dịp Tết nguyên đán và quốc khánh 02/9."), True),
    ("capital.city", LETTER, say("1. Nội", "1. Công tác tại thủ đô Hà Nội và thành phố Hồ Chí Minh."), True),
    ("capital.place", LETTER, say("1. Nội", "1. Các đơn vị ở Tỉnh Nam Định và quận 1."), True),
    ("capital.office", LETTER, say("1. Nội", "1. Báo cáo Viện Kiểm sát nhân dân tối cao và bộ công an."), True),
]  # fmt: skip


def red(document: DocumentFile) -> None:
    for run in at(document, BODY).runs:
        run.font.color.rgb = RED


def spoil(rule: str, mutate: Callable[[DocumentFile], None]) -> Callable[[DocumentFile], None]:
    return red if rule == "font.colour" else mutate


@pytest.mark.parametrize(
    ("rule", "data", "mutate", "fixable"),
    [pytest.param(*row, id=f"{row[0]}-{index}") for index, row in enumerate(SPOILT)],
)
def test_what_is_spoilt_is_found_and_mended(
    rule: str, data: LetterData, mutate: Callable[[DocumentFile], None], fixable: bool, tmp_path: Path
) -> None:
    path = written(data, tmp_path, spoil(rule, mutate))
    told = check(path, path.name, data.kind if rule not in ("9a.kind",) else "KH")
    mine = [one for one in told.findings if one.rule.id == rule]
    assert mine, [(one.rule.id, one.quote) for one in told.findings]
    assert all(one.message.endswith(".") and one.line is not None and one.quote for one in mine)
    assert any(one.fixable for one in mine) == fixable
    if not fixable:
        return
    spoilt = [one for one in texts(path) if one]
    mended = tmp_path / "mended.docx"
    mended.write_bytes(fix(path, path.name, [one.key for one in mine], data.kind))
    after = check(mended, mended.name, data.kind)
    left = {one.rule.id for one in told.findings} - {rule}
    assert {one.rule.id for one in after.findings} <= left
    changed = {one.change for one in mine if one.change.before != one.change.after}
    said = [one for one in texts(mended) if one]
    assert sum(before != now for before, now in zip(spoilt, said, strict=True)) <= len(changed)


def test_every_rule_of_state_documents_is_shown_to_fire() -> None:
    shown = {row[0] for row in SPOILT} | {"11.look", "5a.rule-length"}
    others = ("party.", "6.pdf-")  # shown below, and with the PDF
    assert {rule for rule in RULES if not rule.startswith(others)} == shown


@pytest.mark.parametrize(
    ("rule", "mutate"),
    [("5a.rule-length", "Về việc"), ("11.look", "LƯU HÀNH")],
)
def test_rules_of_edges(rule: str, mutate: str, tmp_path: Path) -> None:
    def spoilt(document: DocumentFile) -> None:
        if rule == "11.look":
            for run in document.sections[0].first_page_header._element.iter(qn("w:r")):
                run.get_or_add_rPr().append(run.makeelement(qn("w:sz"), {qn("w:val"): "20"}))
            return
        below = at(document, mutate)._p.getnext()
        for side in ("w:left", "w:right"):
            below.pPr.find(qn("w:ind")).set(qn(side), "0")

    path = written(DECISION if rule.startswith("5a") else URGENT, tmp_path, spoilt)
    assert rule in {one.rule.id for one in check(path, path.name).findings}


def test_all_fixes_at_once_leave_what_only_a_person_can_mend(tmp_path: Path) -> None:
    spoilers: list[Any] = [
        say(SYMBOL, "Số: 5 / vks – P1"), swap(DATE, ",", ""), look(MOTTO, bold=False), without_rule(MOTTO),
        section(left_margin=Mm(20)), say("1. Nội", "1. theo Khoản 2 điều 12, phục vụ nhân dân. xong."),
        look(BODY, name="Arial", size=Pt(12)), drop(NAME), swap("- Như trên", ";", ""),
    ]  # fmt: skip

    def mutate(document: DocumentFile) -> None:
        for one in spoilers:
            one(document)

    path = written(LETTER, tmp_path, mutate)
    mended = tmp_path / "mended.docx"
    mended.write_bytes(fix(path, path.name, None, "CV"))
    assert [one.rule.id for one in check(mended, mended.name).findings] == ["7b.missing"]
    said = texts(mended)
    assert "Số: 05/VKS-P1" in said
    assert "1. Theo khoản 2 Điều 12, phục vụ Nhân dân. Xong." in said
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(mended) as after:
        assert before.namelist() == after.namelist()
        assert before.read("word/styles.xml") == after.read("word/styles.xml")


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.docx"
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(Invalid, match="hỏng"):
        check(path, path.name)
    with pytest.raises(Invalid, match="DOCX, PDF"):
        check(path, "broken.odt")
    good = written(LETTER, tmp_path)
    with pytest.raises(Invalid, match="Tải lại trang"):
        fix(good, good.name, ["6.end:1:1"])


def test_a_document_of_other_rules_is_not_judged(tmp_path: Path) -> None:
    path = written(LETTER, tmp_path, drop(NATION))
    told = check(path, path.name, "CAOTRANG")
    assert not told.findings
    assert not told.checked


@pytest.mark.parametrize(
    "right",
    [
        say("1. Nội", "Ủy ban nhân dân xã đã trả lời. Ở nơi khác thì chưa."),
        say("1. Nội", "1. Gửi báo cáo cho Tỉnh ủy Nam Định."),
        say(SYMBOL, "Số:          /VKS-TTr"),
        say(NAME, "Lưu Thị Minh Tâm"),
    ],
)
def test_what_is_right_is_left_alone(right: Callable[[DocumentFile], None], tmp_path: Path) -> None:
    path = written(LETTER, tmp_path, right)
    assert [(one.rule.id, one.quote) for one in check(path, path.name).findings] == []


def test_what_changes_is_shown_in_whole_words(tmp_path: Path) -> None:
    path = written(LETTER, tmp_path, swap(DATE, ",", ""))
    (told,) = check(path, path.name).findings
    assert told.change.before.split() == ["Nam", "Định", "ngày", "tháng", "năm"]
    assert told.change.after.split() == ["Nam", "Định,", "ngày", "tháng", "năm"]


def test_a_report_as_json(tmp_path: Path) -> None:
    path = written(LETTER, tmp_path, say(SYMBOL, "Số: 5/VKS-P1"))
    told = check(path, "cv.docx").as_json()
    assert told == {
        "file": "cv.docx", "kind": "CV", "errors": 1, "advice": 0,
        "findings": [{
            "id": "3.zero", "level": "error", "rule": "Phụ lục I, phần I, mục II, điểm 3 (ô 3)",
            "place": {"paragraph": 7, "page": None, "box": None, "quote": "Số: 5/VKS-P1"},
            "message": "Số nhỏ hơn 10 ghi thêm số 0 phía trước: 05.", "fixable": True,
        }],
    }  # fmt: skip


def test_the_page_of_rules_shows_the_table() -> None:
    assert form_rules.PAGE.read_text(encoding="utf-8") == form_rules.page(), (
        "run python -m vanthu_tools.form_rules"
    )


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("party.title", {"title": "ĐẢNG CỘNG SẢN VIỆT NAMM"}),
        ("party.rule", {"line": ""}),
        ("party.star", {"star": ""}),
        ("party.number", {"number": "Số: 12-TB/ĐU"}),
        ("party.number", {"number": "Số 12/TB-ĐU"}),
        ("party.receivers", {"kept": "- Các đảng viên;"}),
    ],
)
def test_documents_of_the_party_have_their_own_rules(
    rule: str, changes: dict[str, str], tmp_path: Path
) -> None:
    good = check(of_the_party(tmp_path), "good.docx")
    own = {one.rule.id for one in good.findings if one.rule.id.startswith(("party.", "1.", "2.", "3.", "5"))}
    assert own == set()  # no Quốc hiệu is asked of it
    assert good.kind == "DTB"
    told = check(of_the_party(tmp_path, **changes), "spoilt.docx")
    assert rule in {one.rule.id for one in told.findings}

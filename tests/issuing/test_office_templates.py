"""The office's administrator changes a template; drafts follow it; a spoiled one says what to mend and where."""

import io
from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as DocumentFile
from docx.shared import Mm

from tests.cast import World
from vanthu.issuing import actions, queries, templates
from vanthu.issuing.actions import Outline
from vanthu.issuing.layout.places import TEMPLATED
from vanthu.issuing.template_checks import TemplateRefused, require
from vanthu.kernel import ledger
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound

OWN = "Điện thoại trực ban: 0222 3822 100."


def edited(data: bytes, edit: Callable[[DocumentFile], object]) -> bytes:
    document = Document(io.BytesIO(data))
    edit(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_line(document: DocumentFile) -> None:
    text = next(one for one in document.paragraphs if one.text == "{{nội dung}}")
    text.insert_paragraph_before(OWN, style="6 Nội dung")


def taken(world: World, kind: str, edit: Callable[[DocumentFile], object]) -> templates.LetterTemplate:
    by = world.actor("administrator")
    data = edited(templates.template(kind, by), edit)
    upload = files.stage(BytesIO(data), "mau.docx", by=by)
    return templates.take(kind, upload.pk, "thêm điện thoại", by=by)


def drafted(world: World, kind: str = "KH") -> str:
    """The text of a draft that the specialist opens from the template."""
    outline = Outline(kind=kind, subject="Kiểm tra công tác năm 2027", signer_id=world.post("deputy").pk)
    draft = actions.start(outline, by=world.actor("specialist"))
    source = queries.newest(draft.pk).source
    assert source is not None
    document = Document(io.BytesIO(file_queries.open_attachment(source).read()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(one.text for one in document.paragraphs)])


@pytest.mark.parametrize("kind", [code for code, _ in TEMPLATED])
def test_the_sectors_templates_pass_the_check_of_an_offices_own(world: World, kind: str) -> None:
    by = world.actor("administrator")
    require(templates.of_sector(kind, by), kind, templates.sample(kind, by))


def test_drafts_follow_the_offices_template_until_it_goes_back(world: World) -> None:
    assert OWN not in drafted(world)
    made = taken(world, "KH", with_line)
    assert made.ordinal == 1
    found = drafted(world)
    assert OWN in found
    assert "VIỆN KIỂM SÁT NHÂN DÂN" in found
    assert "KT. VIỆN TRƯỞNG\nPHÓ VIỆN TRƯỞNG" in found
    assert "Nguyễn Văn Minh" in found
    assert "{{" not in found
    assert OWN not in drafted(world, "BC")
    by = world.actor("administrator")
    templates.back_to_sector("KH", by=by)
    assert OWN not in drafted(world)
    with pytest.raises(Conflict, match="đang dùng mẫu của ngành"):
        templates.back_to_sector("KH", by=by)
    again = taken(world, "KH", with_line)
    assert [one.ordinal for one in templates.history("KH", by)] == [again.ordinal, made.ordinal] == [2, 1]
    notes = [act.note for act in ledger.history(made)]
    assert notes == [
        "dùng mẫu riêng của cơ quan cho Kế hoạch, bản 1: thêm điện thoại",
        "dùng lại mẫu của ngành cho Kế hoạch",
    ]


def test_a_new_version_ends_the_one_before(world: World) -> None:
    taken(world, "CV", with_line)
    taken(world, "CV", with_line)
    by = world.actor("administrator")
    newest, former = templates.history("CV", by)
    assert (newest.ended_at, former.ended_by) == (None, world.person("administrator"))
    assert templates.own_of(world.province.pk)["CV"].pk == newest.pk
    assert OWN in Document(io.BytesIO(templates.template("CV", by, ordinal=1))).element.xml


def test_other_offices_keep_theirs(world: World) -> None:
    taken(world, "CV", with_line)
    assert templates.own_of(world.region.pk) == {}
    by = world.actor("region_clerk")
    assert OWN not in Document(io.BytesIO(templates.template("CV", by))).element.xml
    with pytest.raises(NotFound):
        templates.template("CV", by, ordinal=1)
    with pytest.raises(NotAllowed):
        templates.back_to_sector("CV", by=world.actor("clerk"))


def spoil(old: str, new: str) -> Callable[[DocumentFile], None]:
    def edit(document: DocumentFile) -> None:
        cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
        for one in [*document.paragraphs, *(each for cell in cells for each in cell.paragraphs)]:
            if old in one.text:
                one.runs[0].text = one.text.replace(old, new)

    return edit


def arial(document: DocumentFile) -> None:
    with_line(document)
    text = next(one for one in document.paragraphs if one.text == OWN)
    text.runs[0].font.name = "Arial"


def narrow(document: DocumentFile) -> None:
    document.sections[0].left_margin = Mm(10)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (spoil("{{người ký}}", ""), "Thiếu {{người ký}} (họ tên người ký)"),
        (spoil("{{người ký}}", "{{nguoi ký}}"), "không biết {{nguoi ký}}; có phải là {{người ký}}?"),
        (spoil("{{nội dung}}", "{{nội dung}"), "Ở dòng “{{nội dung}”: chỗ điền viết dở"),
        (spoil("{{nơi nhận}}", "- {{nơi nhận}};"), "{{nơi nhận}} phải đứng riêng một dòng"),
        (spoil("{{nội dung}}", "{{thư ký}}"), "Kế hoạch không có {{thư ký}}"),
        (spoil("Độc lập - Tự do - Hạnh phúc", "Độc lập"), "Phụ lục I"),
        (arial, "Times New Roman"),
        (narrow, "lề trái"),
    ],
)
def test_a_refused_template_says_what_to_mend(
    world: World, edit: Callable[[DocumentFile], None], said: str
) -> None:
    with pytest.raises(TemplateRefused) as caught:
        taken(world, "KH", edit)
    assert said.lower() in " ".join(caught.value.faults).lower()
    assert caught.value.message.endswith("Sửa trong Word rồi tải lên lại.")
    assert templates.own_of(world.province.pk) == {}


def test_only_a_docx_is_a_template(world: World) -> None:
    by = world.actor("administrator")
    upload = files.stage(BytesIO("Kính gửi".encode()), "mau.txt", by=by)
    with pytest.raises(Invalid, match=r"tệp Word \.docx"):
        templates.take("KH", upload.pk, by=by)


def test_the_party_form_is_filled_with_what_the_office_knows(world: World) -> None:
    document = Document(io.BytesIO(templates.filled("DANG", world.actor("specialist"))))
    found = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in found
    assert "ĐẢNG ỦY VIỆN KIỂM SÁT NHÂN DÂN\nTỈNH BẮC NINH\n*\nSố " in found
    assert "Bắc Ninh, ngày" in found
    assert "CỘNG HÒA" not in found

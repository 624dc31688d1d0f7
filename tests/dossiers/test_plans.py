"""Plans of dossiers: drawn up, copied, imported, proposed, approved; dossiers are opened from them (article 28)."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.cast import World
from vanthu.dossiers import actions, lists, plan_queries, plan_sheets, plans
from vanthu.dossiers.lists.columns import hand_over_closing, plan_closing, words
from vanthu.dossiers.models import Dossier, Plan, PlanRow
from vanthu.dossiers.plans import PlannedFields
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations.names import key_of

YEAR = today().year
TITLE = f"Hồ sơ kiểm sát việc tạm giữ, tạm giam năm {YEAR}"
HEAD = (
    "Số và ký hiệu hồ sơ",
    "Tên đề mục và tiêu đề hồ sơ",
    "Thời hạn bảo quản",
    "Người lập hồ sơ",
    "Ghi chú",
)


def make_plan(world: World, persona: str = "specialist", year: int = YEAR) -> Plan:
    by = world.actor(persona)
    return plans.start_plan(year, by.unit_ids[0], by=by)


def line(title: str = TITLE, **fields: Any) -> PlannedFields:
    return PlannedFields(**{"title": title, "retention_years": 20, **fields})


def make_approved(world: World, *titles: str) -> list[PlanRow]:
    plan, by = make_plan(world), world.actor("specialist")
    rows = [plans.put_row(plan.pk, line(title), by=by) for title in titles or (TITLE,)]
    plans.propose(plan.pk, by=world.actor("head_of_unit"))
    plans.approve(plan.pk, "12/QĐ-VKS", today(), by=world.actor("head"))
    return rows


def sheet(tmp_path: Path, *rows: tuple[Any, ...], head: tuple[str, ...] = HEAD) -> Path:
    book = Workbook()
    page = book.worksheets[0]
    for row in [("VIỆN KIỂM SÁT",), ("DANH MỤC HỒ SƠ",), head, ("(1)", "(2)", "(3)", "(4)", "(5)"), *rows]:
        page.append(row)
    book.save(tmp_path / "plan.xlsx")
    return tmp_path / "plan.xlsx"


def people(world: World) -> dict[str, int | None]:
    return {key_of("Lê Quang Khải"): world.person("specialist").pk, "phong 1": 0, "nguyen van hai": None}


def test_lines_get_the_next_notation_and_headings_none(world: World) -> None:
    plan, by = make_plan(world), world.actor("specialist")
    actions.open_dossier("Hồ sơ mở trước khi có danh mục", by=by)  # 01.P1
    heading = plans.put_row(plan.pk, line("I. Tạm giữ, tạm giam", level=1), by=by)
    rows = [plans.put_row(plan.pk, line(), by=by) for _ in range(2)]
    assert [heading.notation, *(one.notation for one in rows)] == ["", "02.P1", "03.P1"]
    with pytest.raises(Invalid, match="đã dùng cho “Hồ sơ mở trước"):
        plans.put_row(plan.pk, line(notation="01.P1"), by=by)
    assert actions.open_dossier("Hồ sơ mở sau khi có danh mục", by=by).notation == "04.P1"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": "ngắn"}, "title"),
        ({"retention_years": None}, "retention"),
        ({"retention_years": 71}, "retention"),
        ({"notation": "P1/01"}, "notation"),
    ],
)
def test_what_a_line_needs(world: World, fields: dict[str, Any], wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        plans.put_row(make_plan(world).pk, line(**fields), by=world.actor("specialist"))
    assert set(refused.value.fields) == {wrong}


def test_the_unit_proposes_and_the_head_approves(world: World) -> None:
    plan, by = make_plan(world), world.actor("specialist")
    with pytest.raises(Invalid, match="chưa có hồ sơ nào"):
        plans.propose(plan.pk, by=world.actor("head_of_unit"))
    row = plans.put_row(plan.pk, line(), by=by)
    with pytest.raises(NotAllowed, match="Lãnh đạo đơn vị trình"):
        plans.propose(plan.pk, by=by)
    plans.propose(plan.pk, by=world.actor("head_of_unit"))
    with pytest.raises(Conflict):
        plans.put_row(plan.pk, line(), by=by)
    with pytest.raises(NotAllowed):
        plans.approve(plan.pk, "", today(), by=world.actor("head_of_unit"))
    plans.send_back(plan.pk, "Bổ sung hồ sơ báo cáo năm", by=world.actor("head"))
    plans.put_row(plan.pk, line(retention_years=0), row_id=row.pk, by=by)
    plans.propose(plan.pk, by=world.actor("head_of_unit"))
    plans.approve(plan.pk, "12/QĐ-VKS", today(), by=world.actor("head"))
    plan.refresh_from_db()
    assert (plan.state, plan.decision, plan.returned_reason) == ("approved", "12/QĐ-VKS", "")
    assert [act.note for act in ledger.history(plan)][
        -1
    ] == f"duyệt danh mục hồ sơ năm {YEAR} kèm theo 12/QĐ-VKS"
    with pytest.raises(NotFound):
        plan_queries.plan(plan.pk, world.actor("region_clerk"))


def test_a_dossier_is_opened_from_its_line_once_and_takes_its_fields(world: World) -> None:
    (row,) = make_approved(world)
    dossier = actions.open_planned(row.pk, by=world.actor("specialist"))
    assert (dossier.notation, dossier.title, dossier.retention_years) == (row.notation, TITLE, 20)
    assert [one.dossier for one in plan_queries.lines(row.plan_id)] == [dossier]
    with pytest.raises(Conflict, match="Lê Quang Khải đã mở hồ sơ"):
        actions.open_planned(row.pk, by=world.actor("second_specialist"))
    plans.revise(row.plan_id, by=world.actor("specialist"))
    with pytest.raises(Conflict, match="đã mở từ dòng này"):
        plans.remove_row(row.plan_id, row.pk, by=world.actor("specialist"))


def test_another_unit_does_not_open_from_it_and_nobody_before_approval(world: World) -> None:
    (row,) = make_approved(world)
    with pytest.raises(NotAllowed, match="đơn vị khác"):
        actions.open_planned(row.pk, by=world.actor("neighbour"))
    with pytest.raises(NotFound):
        actions.open_planned(row.pk, by=world.actor("region_specialist"))
    plans.revise(row.plan_id, by=world.actor("specialist"))
    with pytest.raises(Conflict, match="chưa được duyệt"):
        actions.open_planned(row.pk, by=world.actor("specialist"))


def test_outside_an_approved_plan_a_reason_is_asked_for(world: World) -> None:
    make_approved(world)
    by = world.actor("specialist")
    with pytest.raises(Invalid) as refused:
        actions.open_dossier("Hồ sơ vụ việc đột xuất", by=by)
    assert set(refused.value.fields) == {"outside_reason"}
    made = actions.open_dossier("Hồ sơ vụ việc đột xuất", outside_reason="Viện trưởng giao đột xuất", by=by)
    assert (made.notation, made.outside_reason) == ("02.P1", "Viện trưởng giao đột xuất")
    assert actions.open_dossier("Hồ sơ của phòng khác", by=world.actor("neighbour")).notation == "01.P2"


def test_last_years_plan_is_copied_with_its_year_moved_on(world: World) -> None:
    by = world.actor("specialist")
    last = make_plan(world, year=YEAR - 1)
    plans.put_row(last.pk, line("I. Tạm giữ", level=1), by=by)
    plans.put_row(last.pk, line(f"Hồ sơ kiểm tra năm {YEAR - 1}"), by=by)
    plan = make_plan(world)
    plans.copy_last_year(plan.pk, by=by)
    copied = plan_queries.rows_of([plan.pk])
    assert [(one.notation, one.title) for one in copied] == [
        ("", "I. Tạm giữ"),
        ("01.P1", f"Hồ sơ kiểm tra năm {YEAR}"),
    ]
    with pytest.raises(Conflict, match="đã có dòng"):
        plans.copy_last_year(plan.pk, by=by)


def test_a_table_is_read_with_headings_periods_and_people(world: World, tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        ("", "I. TẠM GIỮ, TẠM GIAM", "", "", ""),
        ("1", "Kiểm tra", None, None, None),
        ("01.P1", TITLE, "Vĩnh viễn", "Lê Quang Khải", "cả năm"),
        ("", "Hồ sơ báo cáo tháng, quý của phòng", 10, "Phòng 1", ""),
        ("Danh mục hồ sơ này có 2 hồ sơ", None, None, None, None),
    )
    read = plan_sheets.read(path, people(world))
    assert read.problems == {}
    assert [(one.level, one.title) for one in read.rows[:2]] == [
        (1, "I. TẠM GIỮ, TẠM GIAM"),
        (2, "1. Kiểm tra"),
    ]
    keeper = world.person("specialist").pk
    assert read.rows[2] == line(notation="01.P1", retention_years=0, keeper_id=keeper, remark="cả năm")
    assert (read.rows[3].notation, read.rows[3].retention_years, read.rows[3].keeper_id) == ("", 10, None)


def test_every_bad_row_is_named_with_its_number_and_reason(world: World, tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        ("01.P1", TITLE, "20 năm", "", ""),
        ("01.P1", TITLE, "20 năm", "", ""),
        ("P1-02", "ngắn", "lâu dài", "Không Ai Biết", ""),
        ("03.P1", TITLE, "", "Nguyễn Văn Hai", ""),
    )
    problems = plan_sheets.read(path, people(world)).problems
    assert problems.keys() == {6, 7, 8}
    assert problems[6] == "số, ký hiệu 01.P1 đã có ở dòng 5"
    for said in (
        "“P1-02” sai dạng",
        "từ 10 đến 1000",
        "“lâu dài” không hiểu được",
        "không có ai tên Không Ai Biết",
    ):
        assert said in problems[7]
    assert "chưa ghi thời hạn bảo quản" in problems[8]
    assert "nhiều người tên Nguyễn Văn Hai" in problems[8]


def test_what_is_no_such_table_is_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="đủ năm cột"):
        plan_sheets.read(sheet(tmp_path, head=("Số", "Tên", "Hạn", "Người", "Ghi")), {})
    (tmp_path / "no.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(Invalid, match="Không đọc được"):
        plan_sheets.read(tmp_path / "no.xlsx", {})


def test_importing_twice_changes_nothing_and_what_is_written_is_read_again(
    world: World, tmp_path: Path
) -> None:
    plan, by = make_plan(world), world.actor("specialist")
    given = [line("I. TẠM GIỮ", level=1), line(notation="01.P1", retention_years=0), line(notation="02.P1")]
    assert plans.import_rows(plan.pk, given, by=by) == (3, 0)
    assert plans.import_rows(plan.pk, given, by=by) == (0, 3)
    rows = [
        lists.PlanFormRow(one.level, one.notation, one.title, one.retention_years, "", one.remark)
        for one in plan_queries.rows_of([plan.pk])
    ]
    head = lists.ListHead("Viện kiểm sát", lines=["Năm 2026"], closing=plan_closing(rows))
    with (tmp_path / "out.xlsx").open("wb") as target:
        lists.write_xlsx(lists.PLAN, head, rows, target)
    again = plan_sheets.read(tmp_path / "out.xlsx", {})
    assert (again.problems, again.rows) == (
        {},
        [line("I. TẠM GIỮ", level=1, retention_years=None), *given[1:]],
    )
    assert PlanRow.objects.count() == 3


def test_a_row_that_looks_like_a_formula_stays_text(world: World) -> None:
    target = BytesIO()
    row = lists.PlanFormRow(0, "01.P1", "=1+1 là tiêu đề", 5, "")
    lists.write_xlsx(lists.PLAN, lists.ListHead("Viện"), [row], target)
    cells = [
        cell for line_ in load_workbook(target).worksheets[0].iter_rows() for cell in line_ if cell.value
    ]
    assert [cell.data_type for cell in cells if cell.value == "=1+1 là tiêu đề"] == ["s"]


def test_closing_lines_count_as_the_decree_words_them(world: World) -> None:
    rows = [lists.PlanFormRow(0, "01.P1", TITLE, years, "") for years in (0, 10, 20)]
    assert plan_closing([lists.PlanFormRow(1, "", "I. A", None, ""), *rows]) == [
        "Danh mục hồ sơ này có 3 hồ sơ, bao gồm:",
        "1 hồ sơ bảo quản vĩnh viễn;",
        "2 hồ sơ bảo quản có thời hạn.",
    ]
    assert hand_over_closing(25)[1] == "Viết bằng chữ: Hai mươi lăm hồ sơ."


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "không"), (5, "năm"), (10, "mười"), (15, "mười lăm"), (21, "hai mươi mốt"), (100, "một trăm"),
        (105, "một trăm linh năm"), (1005, "một nghìn không trăm linh năm"),
        (2126, "hai nghìn một trăm hai mươi sáu"),
    ],
)  # fmt: skip
def test_numbers_in_words(number: int, said: str) -> None:
    assert words(number) == said


def test_a_plan_costs_the_same_however_long_it_is(world: World, django_assert_num_queries: Any) -> None:
    (first,) = make_approved(world)
    plan_id = first.plan_id
    for total in (1, 30):
        if total > 1:
            PlanRow.objects.bulk_create(
                PlanRow(
                    plan_id=plan_id, office_id=first.office_id, year=YEAR, position=number, title=TITLE,
                    notation=f"{number:02d}.P1", retention_years=5,
                )
                for number in range(2, total + 1)
            )  # fmt: skip
        with django_assert_num_queries(2):
            assert len(plan_queries.lines(plan_id)) == total
    assert Dossier.objects.count() == 0

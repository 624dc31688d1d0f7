"""What a clerk saved is offered when the same body writes again: to that office alone, nothing of restricted ones."""

import pytest
from django.test import Client

from tests.cast import World
from tests.entries import arrival
from tests.reading.conftest import pdf_of
from tests.web.test_suggestions import asked, brought, impatient  # noqa: F401 - the fixture acts by itself
from vanthu.documents import actions
from vanthu.kernel.jobs import run_jobs
from vanthu.reading import lessons
from vanthu.reading.lessons_models import Lesson, LessonKind

pytestmark = pytest.mark.django_db
SAVED = "Sở Tư pháp tỉnh Gia Lai"


def letter(number: int, signer: str) -> bytes:
    """A letter whose head names the body without its province, as such letters do."""
    return pdf_of(f"""<table style="width:100%;font-size:12pt;text-align:center"><tr>
<td style="width:42%">UBND TỈNH GIA LAI<br><b>SỞ TƯ PHÁP</b><br>Số: {number}/STP-VP</td>
<td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b><br>
<i>Gia Lai, ngày 12 tháng 11 năm 2026</i></td></tr></table>
<p style="text-align:center">Kính gửi: Viện kiểm sát nhân dân tỉnh Gia Lai.</p>
<p>Sở Tư pháp gửi danh sách giám định viên tư pháp theo vụ việc của năm {number} để quý cơ quan tham khảo./.</p>
<table style="width:100%"><tr><td style="width:45%"><i><b>Nơi nhận:</b></i><br>- Như trên;<br>- Lưu: VT.</td>
<td style="text-align:center"><b>GIÁM ĐỐC<br><br><br>{signer}</b></td></tr></table>""")


def read(browser: Client, number: int, signer: str) -> tuple[str, dict[str, str]]:
    """The id of the upload and what is offered for it."""
    upload = brought(browser, letter(number, signer))
    run_jobs()
    return upload, {one["name"]: one["value"] for one in asked(browser, upload)["fields"]}


def register(world: World, upload: str, **fields: object) -> None:
    """The clerk saves the full name of the body and how the signer really spells theirs."""
    saved = {
        "issuer_name": SAVED,
        "signer_name": "Đặng Ngọc Hiển",
        "signer_title": "Giám đốc",
        "notation": "STP-VP",
    }
    actions.register(arrival(**saved | fields), uploads=[upload], by=world.actor("clerk"))
    run_jobs()


def test_the_next_letter_of_the_same_body_is_read_as_the_clerk_saved_the_last(world: World) -> None:
    browser = world.client("clerk")
    upload, before = read(browser, 101, "Đặng Ngọc Hiến")
    assert (before["issuer_name"], before["signer_name"]) == ("Sở Tư pháp", "Đặng Ngọc Hiến")
    register(world, upload)
    _, after = read(browser, 102, "Đặng Ngọc Hiến")
    assert (after["issuer_name"], after["signer_name"]) == (SAVED, "Đặng Ngọc Hiển")
    _, elsewhere = read(world.client("region_clerk"), 103, "Đặng Ngọc Hiến")
    assert (elsewhere["issuer_name"], elsewhere["signer_name"]) == ("Sở Tư pháp", "Đặng Ngọc Hiến")


def test_a_restricted_document_teaches_nothing(world: World) -> None:
    upload, _ = read(world.client("clerk"), 104, "Đặng Ngọc Hiến")
    register(world, upload, restricted=True)
    assert not Lesson.objects.exists()


def test_lessons_are_counted_bounded_and_forgotten(world: World) -> None:
    office = world.actor("clerk").office
    for number in range(lessons.MOST_OF_KIND + 5):
        taught = lessons.Taught(SAVED, "so tu phap tinh gia lai", notation=f"STP-{number}")
        lessons.teach(office, taught)
        lessons.teach(office, taught)
    kept = Lesson.objects.filter(kind=LessonKind.NOTATION)
    assert kept.count() == lessons.count(office) == lessons.MOST_OF_KIND
    assert set(kept.values_list("times", flat=True)) == {2}
    kept.filter(value="STP-34").update(taught_at="2020-01-01T00:00Z")
    assert lessons.forget_old() == 1
    assert lessons.forget(office, "so tu phap tinh gia lai") == lessons.MOST_OF_KIND - 1
    assert lessons.count(office) == 0

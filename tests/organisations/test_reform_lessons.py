"""What merged offices had learnt about those who write to them is known to their successor."""

from datetime import datetime

from tests.organisations.test_reform import Sector, _reform, clock, sector
from vanthu.kernel.vietnamese import fold
from vanthu.reading import lessons
from vanthu.reading.lessons import Taught
from vanthu.reading.lessons_models import Lesson, LessonKind

__all__ = ["clock", "sector"]
NAME = "Sở Tư pháp tỉnh Hà Bắc"


def _taught(signer: str) -> Taught:
    return Taught(issuer=NAME, issuer_key=fold(NAME), notation="STP-VP", signer=signer, post="Giám đốc")


def test_lessons_go_to_the_successor_and_are_added_up(sector: Sector, clock: list[datetime]) -> None:
    first, second = (one.office.pk for one in sector.districts)
    lessons.teach(first, _taught("Vi Văn Một"))
    lessons.teach(first, _taught("Vi Văn Một"))
    lessons.teach(second, _taught("Vi Văn Một"))
    lessons.teach(second, _taught("La Thị Hai"))
    sector.plan()
    _reform(clock)
    of_successor = Lesson.objects.filter(office=sector.region.pk)
    assert {row.value: row.times for row in of_successor.filter(kind=LessonKind.SIGNER)} == {
        "Vi Văn Một": 3,
        "La Thị Hai": 1,
    }
    assert of_successor.get(kind=LessonKind.NOTATION).times == 4
    assert not Lesson.objects.filter(office__in=sector.ended()).exists()

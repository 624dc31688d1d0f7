"""Time and place as invitations write them."""

from datetime import date

import pytest
from django.utils import timezone

from vanthu.calendar.invitations import read

NEAR = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("Dự họp vào 14 giờ 00 ngày 25/11/2026 tại phòng họp tầng 2", "25/11 14:00", "25/11 16:00"),
        ("Mời họp lúc 8h30, ngày 02 tháng 12 năm 2026", "02/12 08:30", "02/12 10:30"),
        ("Thời gian: 08 giờ 00, ngày 30/11/2026. Địa điểm: Hội trường", "30/11 08:00", "30/11 10:00"),
        ("từ 08 giờ 00 đến 11 giờ 30 phút ngày 26/11", "26/11 08:00", "26/11 11:30"),
        ("Ngày 27/11/2026, vào hồi 2 giờ chiều", "27/11 14:00", "27/11 16:00"),
        ("14:00 - 16:30 thứ Sáu, ngày 27-11-2026", "27/11 14:00", "27/11 16:30"),
        (
            "Ngày 20 tháng 11 năm 2026. Kính mời dự họp hồi 07 giờ 45 ngày 24/11/2026",
            "24/11 07:45",
            "24/11 09:45",
        ),
    ],
)
def test_the_time_is_read(words: str, start: str, end: str) -> None:
    found = read(words, near=NEAR)
    assert found.starts_at is not None
    assert found.ends_at is not None
    assert [f"{timezone.localtime(one):%d/%m %H:%M}" for one in (found.starts_at, found.ends_at)] == [
        start,
        end,
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Dự hội nghị tổng kết năm 2026",
        "Rà soát 12 hồ sơ ngày 25/11/2026",
        "Lúc 25 giờ 00 ngày 25/11/2026",
        "8h ngày 31/2/2026",
    ],
)
def test_what_is_no_time_is_left(words: str) -> None:
    assert read(words, near=NEAR).starts_at is None


def test_a_day_without_year_lies_ahead() -> None:
    found = read("Mời họp 8 giờ ngày 05/01", near=date(2026, 12, 28))
    assert found.starts_at is not None
    assert timezone.localdate(found.starts_at) == date(2027, 1, 5)


@pytest.mark.parametrize(
    ("subject", "text", "place"),
    [
        (
            "Họp tại phòng họp tầng 2, Tòa án tỉnh; đề nghị đến dự",
            "",
            "phòng họp tầng 2, Tòa án tỉnh",
        ),
        (
            "Mời họp",
            "Lúc 8 giờ.\nĐịa điểm: Hội trường\ntầng 3; trực tuyến",
            "Hội trường tầng 3",
        ),
        ("Mời họp", "", ""),
    ],
)
def test_the_place_is_read(subject: str, text: str, place: str) -> None:
    assert read(subject, text, near=NEAR).place == place

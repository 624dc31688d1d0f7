"""What is read of an invitation's file, and whom it was given to."""

from pathlib import Path

from django.utils import timezone

from tests.browser.papers import letter
from tests.cast import World
from tests.entries import arrival, make_directed
from vanthu.calendar import papers
from vanthu.documents import actions as documents
from vanthu.kernel.files import actions as files


def test_the_first_page_says_when_and_where(world: World, tmp_path: Path) -> None:
    clerk = world.actor("clerk")
    words = "Kính mời dự họp. Thời gian: 08 giờ 15, ngày 30/11/2026. Địa điểm: Hội trường tầng 3."
    paper = letter(tmp_path / "giay-moi.pdf", symbol="15/GM-UBND", subject=words)
    upload = files.stage(paper.open("rb"), paper.name, by=clerk)
    entry = documents.register(
        arrival(subject="Mời dự họp liên ngành", kind="GM"), uploads=[upload.pk], by=clerk
    )
    subject, found = papers.invitation(entry.pk, clerk)
    assert subject == "Mời dự họp liên ngành"
    assert found.starts_at is not None
    assert f"{timezone.localtime(found.starts_at):%d/%m/%Y %H:%M}" == "30/11/2026 08:15"
    assert found.place == "Hội trường tầng 3"


def test_who_was_given_it_is_invited(world: World) -> None:
    entry = make_directed(world)
    by = world.actor("clerk")
    invited = {(one.kind, one.id) for one in papers.invited(entry.pk, by)}
    assert invited == {("p", world.person("head").pk), ("u", world.unit("P1").pk)}

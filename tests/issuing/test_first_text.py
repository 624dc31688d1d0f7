"""What a draft starts with: the text of its own kind, what it answers, who proposes it; and what is left of it."""

import io

import pytest
from docx import Document

from tests.cast import World
from tests.entries import make_assigned
from vanthu.documents import kinds
from vanthu.issuing import actions, letters, queries
from vanthu.issuing.actions import Outline
from vanthu.issuing.layout import compose
from vanthu.kernel.calendar import today

pytestmark = pytest.mark.django_db


def text_of(world: World, kind: str, subject: str = "Công tác kiểm sát quý IV năm 2026", **more: int) -> str:
    """The words of the file that a draft of this kind opens with."""
    outline = Outline(
        kind=kind, subject=subject, signer_id=world.post("head").pk, office_ids=[world.region.pk]
    )
    draft = actions.start(outline, from_template=False, by=world.actor("specialist"), **more)
    data = letters.letter_of(draft, queries.recipients(draft.pk), body=letters.first_body(draft), day=today())
    document = Document(io.BytesIO(compose(data)))
    return "\n".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t"))


@pytest.mark.parametrize("kind", [kind.code for kind in kinds.ADMINISTRATIVE if kind.code != "CV"])
def test_only_an_official_letter_opens_as_one(world: World, kind: str) -> None:
    text = text_of(world, kind)
    assert "Quý cơ quan [việc cần phối hợp" not in text
    assert "có ý kiến như sau" not in text
    assert "{" not in text


def test_a_decision_that_issues_a_text_says_so_and_who_proposes_it(world: World) -> None:
    text = text_of(world, "QD", "Ban hành Quy chế làm việc của Viện")
    assert "Ban hành kèm theo Quyết định này Quy chế làm việc của Viện." in text
    assert "Theo đề nghị của Trưởng phòng 1." in text
    assert "Điều 3." in text


def test_a_reply_says_what_it_answers(world: World) -> None:
    entry = make_assigned(world)
    for kind, words in (("CV", "nhận được"), ("BC", "Thực hiện"), ("KH", "Căn cứ")):
        text = text_of(world, kind, replies_to=entry.pk)
        assert entry.symbol in text, kind
        assert words in text, kind


def test_what_two_sides_agree_has_room_for_both(world: World) -> None:
    text = text_of(world, "BTT")
    assert "ĐẠI DIỆN BÊN A" in text
    assert "ĐẠI DIỆN BÊN B" in text


def test_who_is_named_in_the_text_is_not_named_again_below(world: World) -> None:
    for kind in ("GM", "CD", "TTR"):
        text = text_of(world, kind)
        assert "- Như trên;" in text, kind
        assert text.count(world.region.name) == 1, kind


def test_what_is_left_of_the_template_is_found() -> None:
    text = "1. [Nội dung thứ\nnhất].\nXem [1], Điều 2…\n…………………\n[Nội dung thứ nhất]"
    assert letters.left_open(text) == ["[Nội dung thứ nhất]", "dòng chấm"]
    assert letters.left_open("Viện kiểm sát nhận được văn bản [12/CV-VKS].") == []

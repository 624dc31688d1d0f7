"""A delegation for one book or for some kinds: neither seen nor done beyond it."""

import pytest

from tests.cast import World, actor_of, make_delegation, make_person
from tests.entries import make_directed
from vanthu.documents import queries as documents
from vanthu.issuing import actions, queries, reviews, turns
from vanthu.issuing.actions import Outline
from vanthu.issuing.models import Draft
from vanthu.issuing.showing import show
from vanthu.kernel import participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import NotAllowed, NotFound
from vanthu.organisations.models import Post
from vanthu.search import actions as search_actions
from vanthu.search import queries as search

pytestmark = pytest.mark.django_db


@pytest.fixture
def helper(world: World) -> Post:
    """A colleague of unit 2 who sees nothing of unit 1 as of right."""
    return make_person(world.province, unit=world.unit("P2"))


def to_review(world: World, kind: str) -> Draft:
    outline = Outline(kind=kind, subject=f"Về việc tạm giam, loại {kind}", signer_id=world.post("head").pk)
    draft = actions.start(outline, from_template=False, by=world.actor("specialist"))
    Draft.objects.filter(pk=draft.pk).update(state="content")
    draft.refresh_from_db()
    show(draft, drafter_state="submitted")
    return draft


def seen(by: Actor) -> list[int]:
    return sorted(one.draft.pk for one in queries.drafts(by, owner_kinds=("u",)))


def test_kinds_narrow_what_is_seen_and_done(world: World, helper: Post) -> None:
    make_delegation(world.post("head_of_unit"), helper, "review_content", kinds=["QD"])
    lent, other = to_review(world, "QD"), to_review(world, "KH")
    by = actor_of(helper)
    assert seen(by) == [lent.pk]
    assert participants.counts(by)["u", "draft", "to_review"] == 1  # what the list shows, not what unit 1 has
    assert list(participants.sights(by, "draft", [lent.pk, other.pk])) == [lent.pk]
    assert turns.whose_turn(lent, by) == "content"
    assert turns.whose_turn(other, by) is None
    with pytest.raises(NotFound):
        reviews.pass_content(other.pk, by=by)
    assert reviews.pass_content(lent.pk, by=by).state == "form"
    entry = make_directed(world)  # of another kind still, and in the other book
    with pytest.raises(NotFound):
        documents.incoming(entry.pk, by)
    search_actions.index("draft", lent.pk)
    assert search.search("tạm giam", by=by).hits == []  # what is lent in part is not searched


def test_two_delegations_add_up(world: World, helper: Post) -> None:
    for kind in ("QD", "KH"):
        make_delegation(world.post("head_of_unit"), helper, "review_content", kinds=[kind])
    drafts = [to_review(world, kind) for kind in ("QD", "KH", "BC")]
    assert seen(actor_of(helper)) == [one.pk for one in drafts[:2]]
    assert participants.counts(actor_of(helper))["u", "draft", "to_review"] == 2


def test_who_sees_it_as_of_right_is_still_held_to_the_kinds(world: World) -> None:
    """The head of administration checks every form; unit 1 lends them the content of decisions only."""
    make_delegation(
        world.post("head_of_unit"), world.post("head_of_neighbour"), "review_content", kinds=["QD"]
    )
    draft = to_review(world, "KH")
    by = world.actor("head_of_neighbour")
    assert by.may("review_content")
    assert not by.reaches_with("review_content", kind="KH", unit_ids=[draft.unit_id])
    assert by.reaches_with("review_content", kind="KH", unit_ids=[world.unit("P2").pk])
    with pytest.raises(NotAllowed, match="ngoài phạm vi ủy quyền của Đặng Quang Huy"):
        by.require_within("review_content", kind="KH", unit_ids=[draft.unit_id])


def test_a_book_narrows_what_is_seen(world: World, helper: Post) -> None:
    make_delegation(world.post("head_of_unit"), helper, "assign", book="in")
    entry, draft = make_directed(world), to_review(world, "QD")
    by = actor_of(helper)
    assert documents.incoming(entry.pk, by).sight.via == "Đặng Quang Huy"
    assert seen(by) == []
    with pytest.raises(NotFound):
        queries.draft(draft.pk, by)
    assert {kind for _, kind, _ in participants.counts(by)} <= {"in"}

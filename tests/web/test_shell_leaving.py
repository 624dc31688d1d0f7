"""The page that hands over a person's work; a last post does not end while there is some."""

from tests.cast import World
from tests.entries import SUBJECT, make_assigned


def text_of(response) -> str:
    return response.content.decode()


def test_a_last_post_ends_after_the_work_is_handed_over(world: World, django_assert_max_num_queries) -> None:
    entry = make_assigned(world)
    browser, account, post = (
        world.client("administrator"),
        world.account("specialist"),
        world.post("specialist"),
    )
    page = f"/people/{account.pk}/work?post={post.pk}"
    refused = browser.post(f"/people/{account.pk}/posts/{post.pk}/end")
    assert refused["Location"] == page
    browser.get("/")
    with django_assert_max_num_queries(20):
        shown = text_of(browser.get(page))
    assert f"Chủ trì: văn bản đến #{entry.pk}" in shown
    assert SUBJECT not in shown, "the administrator hands over what they may not read"
    wrong = browser.post(page, {"successor": world.person("region_clerk").pk, "rooms": ["tasks"]})
    assert wrong.status_code == 422
    fields = {"successor": world.person("second_specialist").pk, "rooms": ["tasks"]}
    assert browser.post(page, fields)["Location"] == page
    shown = text_of(browser.get(page))
    assert "Không còn việc nào chưa xong" in shown
    assert "Kết thúc chức vụ Kiểm sát viên" in shown
    assert browser.post(f"/people/{account.pk}/posts/{post.pk}/end")["Location"] == "/people/"
    assert world.client("specialist").get("/").status_code == 403
    assert world.client("second_specialist").get(f"/incoming/{entry.pk}").status_code == 200

"""People of an office as its administrator sees them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import NotFound
from vanthu.organisations import queries
from vanthu.organisations.models import Account, Person, Post
from vanthu.organisations.names import key_of


@dataclass(frozen=True, slots=True)
class Member:
    """A person of an office as its administrator sees them: the account and the posts valid today."""

    account: Account
    person: Person
    posts: tuple[Post, ...]


def staff(by: Actor, text: str = "") -> list[Member]:
    """People with a valid post in the actor's office, by typed name; needs `administer`. Two queries."""
    by.require("administer")
    posts = queries.valid(Post.objects.filter(office=by.office_id or 0).select_related("person", "unit"))
    for word in key_of(text).split():
        posts = posts.filter(person__search_key__contains=word)
    held: dict[int, list[Post]] = {}
    for post in posts.order_by(F("unit__position").asc(nulls_first=True), "position", "id"):
        held.setdefault(post.person_id, []).append(post)
    accounts = {one.person_id: one for one in Account.objects.filter(person__in=held, is_program=False)}
    return [
        Member(accounts[number], rows[0].person, tuple(sorted(rows, key=_rank)))
        for number, rows in held.items()
        if number in accounts
    ]


def _rank(post: Post) -> tuple[int, int]:
    return post.position, post.pk


def member(account_id: int, by: Actor) -> Member:
    """One person whose account the actor's office looks after, or who has no post yet; raises `NotFound`."""
    by.require("administer")
    account = Account.objects.select_related("person").filter(pk=account_id, person__isnull=False).first()
    if (
        account is None
        or account.person is None
        or queries.home_of(account.person.pk) not in (None, by.office_id)
    ):
        raise NotFound("Không tìm thấy người này trong cơ quan. Mở lại danh sách người dùng.")
    return Member(
        account,
        account.person,
        tuple(queries.valid_posts(person_id=account.person.pk, office_id=by.office_id)),
    )


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """{person: name} in one query."""
    return dict(Person.objects.filter(pk__in=set(ids)).values_list("pk", "full_name"))

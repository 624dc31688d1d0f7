"""Who is who: the actor of a request, people and their posts, offices, posts that sign."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import caches
from django.db.models import Q, QuerySet

from vanthu.kernel.actor import Actor, Scope
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Conflict, NotAllowed, NotFound
from vanthu.organisations import reaches
from vanthu.organisations.inheriting import inherited
from vanthu.organisations.models import (
    Account,
    Activation,
    Delegation,
    Office,
    OfficeRules,
    Post,
    Unit,
)
from vanthu.organisations.names import key_of
from vanthu.organisations.powers import POWERS_BY_RULE, Book, Role
from vanthu.organisations.rules import delegable_of, powers_of

_ACTORS = "actors"  # cache of this process; the key carries the account's rights version
_FRESH_SECONDS = 60


def actor_for(account: Account, office_id: int | None = None) -> Actor:
    """The actor of an account in one office (default: the office of the first post).

    Raises `NotAllowed` for an account without a valid post. Cached for a minute per rights version.
    """
    key = f"{account.pk}:{account.rights_version}:{office_id or 0}"
    cached: Actor | None = caches[_ACTORS].get(key)
    if cached is None:
        cached = _build_actor(account, office_id)
        caches[_ACTORS].set(key, cached, _FRESH_SECONDS)
    return cached


def actor_of(account_id: int, office_id: int | None) -> Actor:
    """The actor of an account for a job that works for it later, with the rights of then; raises as `actor_for`."""
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None:
        raise NotAllowed("Tài khoản này không còn hoạt động.", code="no_account")
    return actor_for(account, office_id)


def _build_actor(account: Account, office_id: int | None) -> Actor:
    posts = valid_posts(person_id=account.person_id)
    if not posts:
        raise NotAllowed(
            "Tài khoản chưa được gán chức vụ ở cơ quan nào. Liên hệ quản trị của cơ quan.", code="no_post"
        )
    office = next((one.office_id for one in posts if one.office_id == office_id), posts[0].office_id)
    here = [post for post in posts if post.office_id == office]
    return actor_in(here, account_id=account.pk)


def actor_in(here: Sequence[Post], *, account_id: int | None) -> Actor:
    """Who holds these posts, all of one person in one office, at work there with the account."""
    office = here[0].office_id
    given = _delegations_to(here, now())
    rules, taken = rules_of(office), inherited(office)
    powers = frozenset().union(*(powers_of(post.role, rules) for post in here), _by_rule(here, rules))
    for one in given:  # what the rules have come to forbid is delegated no longer
        one.powers = sorted(delegable_of(one.giver.role, rules).intersection(one.powers))
    delegated = {power: one.giver.person.full_name for one in given for power in one.powers}
    return Actor(
        account_id=account_id,
        person_id=here[0].person_id,
        office_id=office,
        unit_ids=tuple(dict.fromkeys(post.unit_id for post in here if post.unit_id)),
        led_unit_ids=tuple(
            dict.fromkeys(post.unit_id for post in here if post.unit_id and post.role in LEADING_ROLES)
        )
        + tuple(one.giver.unit_id for one in given if one.giver.unit_id and one.giver.role in LEADING_ROLES),
        post_ids=tuple(post.pk for post in here),
        name=here[0].person.full_name,
        title=here[0].title,
        roles=frozenset(post.role for post in here),
        powers=powers | delegated.keys(),
        reaches=reaches.of(here, given, rules, taken),
        delegated=tuple((power, name) for power, name in delegated.items() if power not in powers),
        delegator_ids=tuple(one.giver.person_id for one in given),
        unit_powers=_unit_powers(here, given, rules),
        scopes=tuple(
            scope
            for one in given
            for power in one.powers
            if (scope := _lent(power, one, powers, here, rules))
        ),
        room_id=here[0].office.room_id,
        predecessor_ids=taken.whole,
    )


def _lent(
    power: str, one: Delegation, own: frozenset[str], posts: Iterable[Post], rules: OfficeRules
) -> Scope | None:
    """How far a delegated power goes; None where the receiver has it as of right."""
    led = one.giver.unit_id if one.giver.role in LEADING_ROLES else None
    if power in own and (led is None or (led, power) in _unit_powers(posts, (), rules)):
        return None
    giver = one.giver.person.full_name
    return Scope(power, tuple(one.kinds), one.unit_id, giver, led_unit_id=led, beside=power in own)


def _by_rule(posts: Iterable[Post], rules: OfficeRules) -> frozenset[str]:
    """The powers that the rules of the office give to these posts beside those of their roles."""
    given = (
        POWERS_BY_RULE[name].get(post.role, frozenset())
        for name in POWERS_BY_RULE
        for post in posts
        if getattr(rules, name)
    )
    return frozenset().union(*given)


def _unit_powers(
    posts: Iterable[Post], given: Iterable[Delegation], rules: OfficeRules
) -> frozenset[tuple[int, str]]:
    """What a head may do as such; a delegate only what was delegated, and only for that head's unit."""
    pairs = [(post, powers_of(post.role, rules)) for post in posts]
    pairs += [(one.giver, frozenset(one.powers)) for one in given]
    return frozenset(
        (post.unit_id, power)
        for post, powers in pairs
        if post.unit_id and post.role in LEADING_ROLES
        for power in powers
    )


LEADING_ROLES = (Role.UNIT_HEAD, Role.ADMINISTRATION_HEAD)


def valid_posts(
    *, person_id: int | None = None, office_id: int | None = None, roles: Iterable[str] = ()
) -> list[Post]:
    """The posts of a person (or of an office, in these roles) that are valid today, leading ones first."""
    posts = valid(Post.objects.select_related("person", "office", "unit"))
    if person_id is not None:
        posts = posts.filter(person_id=person_id)
    if office_id is not None:
        posts = posts.filter(office_id=office_id)
    if roles := tuple(roles):
        posts = posts.filter(role__in=roles)
    return list(posts.order_by("position", "id"))


def valid[M: (Post, Unit, Office)](rows: QuerySet[M], day: date | None = None) -> QuerySet[M]:
    """Those of the rows that are valid on the day (default: today)."""
    day = day or today()
    return rows.filter(
        Q(valid_from_on=None) | Q(valid_from_on__lte=day), Q(valid_to_on=None) | Q(valid_to_on__gte=day)
    )


def _delegations_to(posts: Iterable[Post], moment: datetime) -> list[Delegation]:
    rows = Delegation.objects.filter(
        receiver__in=[post.pk for post in posts], starts_at__lte=moment, ends_at__gt=moment, revoked_at=None
    )
    # Whoever no longer holds the post has nothing left to delegate.
    return [one for one in rows.select_related("giver__person", "giver__unit") if one.giver.valid_on(today())]


def rules_of(office_id: int) -> OfficeRules:
    """The operating rules of an office; the defaults of the sector where it has set none."""
    return OfficeRules.objects.filter(pk=office_id).first() or OfficeRules(office_id=office_id)


def office(pk: int) -> Office:
    """One office; raises `NotFound`."""
    found = Office.objects.select_related("parent").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy cơ quan này.")
    return found


def office_with_folder(name: str) -> int | None:
    """The id of the real office whose identifier (mã định danh) or number this is, if it is valid today."""
    named = Q(identifier=name) | (Q(pk=int(name)) if name.isascii() and name.isdigit() else Q(pk=None))
    return valid(Office.objects.filter(named, room=None)).order_by("pk").values_list("pk", flat=True).first()


def unit(pk: int, *, office_id: int) -> Unit:
    """One unit of the office; raises `NotFound`."""
    found = Unit.objects.filter(pk=pk, office_id=office_id).first()
    if found is None:
        raise NotFound("Không tìm thấy đơn vị này trong cơ quan. Chọn lại từ danh sách gợi ý.")
    return found


def units_of(office_id: int) -> list[Unit]:
    """The units of an office today, in their order."""
    return list(valid(Unit.objects.filter(office_id=office_id)).order_by("position", "id"))


def post_of_person(person_id: int, *, office_id: int, roles: Iterable[str] = ()) -> Post:
    """The valid post of a person in the office (one of `roles`, if given); raises `NotFound`."""
    wanted = frozenset(roles)
    for post in valid_posts(person_id=person_id, office_id=office_id):
        if not wanted or post.role in wanted:
            return post
    raise NotFound("Người này hiện không giữ chức vụ phù hợp ở cơ quan. Chọn người khác.")


def posts_with_role(office_id: int, *roles: str) -> list[Post]:
    """Valid posts of these roles in an office, in order of rank."""
    return valid_posts(office_id=office_id, roles=roles)


def leaders(office_id: int) -> list[Post]:
    """The head and the deputies of an office (lãnh đạo Viện)."""
    return posts_with_role(office_id, Role.HEAD, Role.DEPUTY)


def authorities_to_sign(posts: Sequence[Post]) -> dict[int, list[Delegation]]:
    """{post: the written authorities (văn bản ủy quyền) by which the head lets this head of a unit sign now (TUQ.)}.

    Each names its document: "Giấy ủy quyền số 05/GUQ-VKS"; none where the rules of the office let nobody else sign.
    Decree 30/2020/NĐ-CP, article 13.3.
    """
    heads = {post.pk for post in posts if post.role in (Role.UNIT_HEAD, Role.ADMINISTRATION_HEAD)}
    given = _delegations_to([post for post in posts if post.pk in heads], now()) if heads else []
    written = [one for one in given if one.giver.role == Role.HEAD and "approve" in one.powers]
    if not written or "approve" in rules_of(written[0].giver.office_id).kept_powers:
        return {}
    found: dict[int, list[Delegation]] = {}
    for one in written:
        if one.book != Book.INCOMING and _WRITTEN.search(one.basis or one.reason):
            found.setdefault(one.receiver_id, []).append(one)
    return found


_WRITTEN = re.compile(r"\d+/[\w-]+")  # the number and symbol of a document


def members(unit_id: int) -> list[Post]:
    """Valid posts in a unit."""
    posts = valid(Post.objects.filter(unit_id=unit_id)).select_related("person", "unit")
    return list(posts.order_by("position", "id"))


def heads_of(unit_id: int) -> list[Post]:
    """Who leads the unit today."""
    return [post for post in members(unit_id) if post.role in LEADING_ROLES]


def offices_below(office_id: int) -> list[Office]:
    """Offices directly under this one, valid today."""
    return list(valid(Office.objects.filter(parent=office_id)).order_by("id"))


def offices_by_ids(ids: Iterable[int]) -> dict[int, Office]:
    """{id: office} in one query."""
    return Office.objects.in_bulk(list(ids))


def find_office_by_name(name: str, *, room_id: int | None = None) -> Office | None:
    """The office of the sector (or of the room of practice) that carries exactly this name or short name today."""
    wanted = key_of(name)
    rows = valid(Office.objects.filter(search_key__contains=wanted, room=room_id))[:20] if wanted else []
    exact = [one for one in rows if wanted in (key_of(one.name), key_of(one.short_name))]
    return exact[0] if len(exact) == 1 else None


def offices_of(account: Account) -> list[Office]:
    """The offices in which the account's person holds a valid post."""
    posts = valid_posts(person_id=account.person_id)
    return list({post.office_id: post.office for post in posts}.values())


@dataclass(frozen=True, slots=True)
class Seat:
    """A place from which a person works: an office (short name) and their first title there."""

    office_id: int
    office: str
    title: str


def seats_of(account: Account) -> tuple[Seat, ...]:
    """The offices in which the account's person works, the first post's first. Cached like the actor."""
    key = f"seats:{account.pk}:{account.rights_version}"
    cached: tuple[Seat, ...] | None = caches[_ACTORS].get(key)
    if cached is None:
        seats: dict[int, Seat] = {}
        for post in valid_posts(person_id=account.person_id):
            seats.setdefault(post.office_id, Seat(post.office_id, post.office.short_name, post.title))
        cached = tuple(seats.values())
        caches[_ACTORS].set(key, cached, _FRESH_SECONDS)
    return cached


def hold_office(office_id: int) -> None:
    """Lock the office's row until commit: for ordinals that count without a series of their own."""
    Office.objects.select_for_update(of=("self",), no_key=True).get(pk=office_id)


def post(pk: int, *, office_id: int) -> Post:
    """A post of the office that is valid today; raises `NotFound`."""
    for one in valid_posts(office_id=office_id):
        if one.pk == pk:
            return one
    raise NotFound("Người ký hiện không giữ chức vụ này. Chọn người ký khác.")


def home_of(person_id: int) -> int | None:
    """The office that looks after a person's account: of their first valid post, else of the last they held."""
    posts = valid_posts(person_id=person_id)
    if posts:
        return posts[0].office_id
    last = Post.objects.filter(person=person_id).order_by("-valid_to_on", "-id").first()
    return last.office_id if last else None


def account_named(username: str) -> Account | None:
    """The account with this sign-in name, if it may sign in."""
    return Account.objects.filter(username=username, is_active=True).first()


def token_hash(token: str) -> str:
    """Under what an activation is stored: the token itself is on the slip only."""
    return hashlib.sha256(token.encode()).hexdigest()


def activation(token: str) -> Activation:
    """The activation of a link, if it can still be used; else raises `NotFound` or `Conflict` with what to do."""
    made = Activation.objects.select_related("account__person").filter(token_hash=token_hash(token)).first()
    if made is None:
        raise NotFound(
            "Đường dẫn kích hoạt không đúng. Kiểm tra lại phiếu, hoặc đề nghị quản trị cấp phiếu mới."
        )
    if made.used_at is not None:
        raise Conflict(
            "Phiếu này đã dùng rồi. Đăng nhập bằng mật khẩu đã đặt, hoặc đề nghị cấp phiếu mới.", code="used"
        )
    if made.expires_at <= now() or not made.account.is_active:
        raise Conflict(
            "Phiếu kích hoạt hết hạn hoặc đã bị thay. Đề nghị quản trị của cơ quan cấp phiếu mới.",
            code="expired",
        )
    return made

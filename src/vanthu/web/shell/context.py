"""What the frame of a page shows: who is signed in, the menu, addresses the scripts need."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from vanthu.kernel.actor import Actor
from vanthu.organisations import practice
from vanthu.organisations.queries import Seat, seats_of
from vanthu.signing import custody_queries
from vanthu.web.shell import navigation
from vanthu.web.shell.navigation import address
from vanthu.web.shell.requests import counts_of


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the person's menu."""

    url: str
    icon: str
    label: str


@dataclass(frozen=True, slots=True)
class OtherSeat:
    """Another office in which the person may choose to work."""

    url: str
    title: str
    office: str


@dataclass(frozen=True, slots=True)
class Practice:
    """The part that the person plays, and all parts of their room."""

    post_id: int
    office: str
    title: str
    seats: Sequence[practice.Seat]


class Shell:
    """Read by `base.html`; each part costs a query at most, and only if the template shows it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._actor: Actor | None = getattr(request, "actor", None)

    @cached_property
    def _desk(self) -> dict[str, Any]:
        return getattr(self._request.user, "desk", None) or {} if self._actor else {}

    @cached_property
    def _seats(self) -> tuple[Seat, ...]:
        user = self._request.user
        return seats_of(user) if self._actor and user.is_authenticated else ()

    @cached_property
    def practice(self) -> Practice | None:
        """What the bar of practice shows; None in a real office."""
        if self._actor is None or self._actor.room_id is None:
            return None
        seats = practice.seats_in(self._actor.room_id)
        mine = next(one for one in seats if one.post_id in self._actor.post_ids)
        return Practice(mine.post_id, mine.office, mine.title, seats)

    @property
    def theme(self) -> str:
        return str(self._desk.get("theme", ""))

    @property
    def density(self) -> str:
        return str(self._desk.get("density", ""))

    @property
    def keys_off(self) -> bool:
        return bool(self._desk.get("keys_off"))

    @property
    def name(self) -> str:
        return self._actor.name if self._actor else ""

    @property
    def title(self) -> str:
        return self._actor.title if self._actor else ""

    @property
    def office(self) -> str:
        if self.practice:
            return self.practice.office
        office_id = self._actor.office_id if self._actor else None
        return next((seat.office for seat in self._seats if seat.office_id == office_id), "")

    @property
    def user_key(self) -> str:
        """Under what the browser keeps the texts of this person in this office."""
        return f"{self._actor.account_id}-{self._actor.office_id}" if self._actor else ""

    @cached_property
    def nav(self) -> list[navigation.Item]:
        return navigation.menu(self._actor, counts_of(self._request)) if self._actor else []  # type: ignore[arg-type]

    @property
    def notices_url(self) -> str:
        return address("notices") if self._actor else ""

    @cached_property
    def notices(self) -> int:
        """How many notices wait to be seen; read with the counts of the menu."""
        return counts_of(self._request).get(("p", "notice", "unseen"), 0) if self._actor else 0  # type: ignore[arg-type]

    @cached_property
    def here(self) -> str:
        return navigation.here(self._request.path)

    @property
    def q(self) -> str:
        return self._request.GET.get("q", "")

    @property
    def home_url(self) -> str:
        return address("desk") or "/"

    @property
    def search_url(self) -> str:
        return address("search")

    @property
    def suggest_url(self) -> str:
        return address("suggest") if self._actor else ""

    @property
    def counts_url(self) -> str:
        return reverse("counters") if self._actor else ""

    @property
    def csrf_url(self) -> str:
        return reverse("csrf") if self._actor else ""

    @property
    def follows(self) -> bool:
        """Whether the person follows work up, and so sees who looked at what."""
        return self._actor is not None and self._actor.may("chase")

    @property
    def rights_url(self) -> str:
        """Where changes of the person's rights wait to be confirmed; "" when none do, and on that page itself."""
        real = self._actor is not None and self._actor.room_id is None
        waiting = getattr(self._request.user, "rights_to_confirm", 0) if real else 0
        url = reverse("my_rights") if waiting else ""
        return "" if url == self._request.path else url

    @property
    def sign_out_url(self) -> str:
        return reverse("account_logout") if self._request.user.is_authenticated else ""

    @property
    def actors(self) -> list[OtherSeat]:
        """Real offices; whoever practises leaves that first."""
        if self.practice:
            return []
        office_id = self._actor.office_id if self._actor else None
        return [
            OtherSeat(reverse("work_in", args=[seat.office_id]), seat.title, seat.office)
            for seat in self._seats
            if seat.office_id != office_id
        ]

    @property
    def menu(self) -> list[Link]:
        """The person's own pages, and administration for who has the power."""
        if self._actor is None:
            return []
        if self.practice:
            return [
                Link(reverse("practice"), "user-swap", "Thực hành: đổi vai"),
                Link(reverse("delegations"), "user-swap", "Ủy quyền"),
                Link(reverse("office_rules"), "book", "Quy chế của cơ quan"),
                Link(reverse("office_templates"), "file", "Mẫu văn bản"),
                Link(reverse("check_signatures"), "shield", "Kiểm tra chữ ký số"),
                Link(reverse("working_days"), "cal", "Lịch nghỉ"),
            ]
        links = [
            Link(reverse("account"), "user", "Tài khoản của tôi"),
            Link(reverse("delegations"), "user-swap", "Ủy quyền"),
            Link(reverse("my_rights"), "lock", "Quyền của tôi"),
            Link(reverse("my_certificate"), "key", "Chứng thư số của tôi"),
            Link(reverse("office_rules"), "book", "Quy chế của cơ quan"),
            Link(reverse("office_templates"), "file", "Mẫu văn bản"),
            Link(reverse("check_signatures"), "shield", "Kiểm tra chữ ký số"),
            Link(reverse("preferences"), "gear", "Cài đặt"),
            Link(reverse("working_days"), "cal", "Lịch nghỉ"),
            Link(reverse("practice"), "star", "Thực hành"),
        ]
        if any(self._actor.may(power) for power in custody_queries.READERS):
            links.append(Link(reverse("custody"), "seal", "Con dấu, thiết bị"))
        if self._actor.may("administer"):
            links.append(Link(reverse("people"), "people", "Người dùng của cơ quan"))
            links.append(Link(reverse("certificates"), "shield", "Chứng thư số của cơ quan"))
            links.append(Link(reverse("changes"), "move", "Thay đổi tổ chức"))
            links.append(Link(reverse("axis"), "link", "Liên thông"))
            links.append(Link(reverse("webhooks"), "send", "Báo sự kiện (webhook)"))
        return links


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell` on every page."""
    return {"shell": Shell(request)}

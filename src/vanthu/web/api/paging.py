"""Pages of a list: an opaque cursor says where the next one begins, so that nothing is shown twice or left out."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from vanthu.kernel.models import Participant
from vanthu.kernel.participants import Cursor
from vanthu.kernel.refusals import Invalid
from vanthu.web.api.schemas import Text

MOST = 100


class Paging(Schema):
    """Which part of a list."""

    limit: int = Field(50, ge=1, le=MOST, description="Số dòng một trang, nhiều nhất 100.")
    cursor: Text = Field(
        "", max_length=200, description="Chỗ bắt đầu trang; lấy nguyên từ `next` của trang trước."
    )

    @property
    def wanted(self) -> int:
        """Rows to ask for: one more than a page, to know whether another follows."""
        return self.limit + 1

    @property
    def before(self) -> Cursor | None:
        """The place in a list of participants' rows."""
        place = self.place(2)
        return None if place is None else cursor_at(place)

    @property
    def after(self) -> int:
        """The place in a list ordered by id; 0 at its beginning."""
        place = self.place(1)
        if place is None:
            return 0
        if not isinstance(place[0], int) or not 0 <= place[0] < 2**63:
            raise wrong_cursor()
        return place[0]

    def place(self, length: int) -> list[str | int] | None:
        """What the cursor holds, None without one; raises `Invalid` for one that no page of ours made."""
        if not self.cursor:
            return None
        try:
            found = json.loads(urlsafe_b64decode(self.cursor.encode() + b"=="))
        except (ValueError, binascii.Error) as error:
            raise wrong_cursor() from error
        if not isinstance(found, list) or len(found) != length:
            raise wrong_cursor()
        if not all(isinstance(part, str | int) and not isinstance(part, bool) for part in found):
            raise wrong_cursor()
        return found


def wrong_cursor() -> Invalid:
    """The refusal of a cursor that was changed."""
    return Invalid(
        fields={"cursor": "Con trỏ trang không đúng. Lấy lại danh sách từ đầu."}, code="cursor_wrong"
    )


def place_of(row: Participant) -> tuple[str, int]:
    """Where a participant's row stands in its list, as a cursor holds it."""
    return row.at.isoformat(), row.item_id


def cursor_at(place: Sequence[str | int]) -> Cursor:
    """The same read back, from the first two parts of a cursor; raises `Invalid`."""
    try:
        return Cursor(datetime.fromisoformat(str(place[0])), int(place[1]))
    except ValueError as error:
        raise wrong_cursor() from error


class Page[T](Schema):
    """One page of a list, and the address of the next."""

    items: list[T]
    next: str | None = Field(None, description="Địa chỉ trang sau; null khi đã hết.")


def paged[R, T](
    request: HttpRequest,
    response: HttpResponse,
    rows: Sequence[R],
    paging: Paging,
    *,
    show: Callable[[R], T],
    place: Callable[[R], Sequence[object]],
) -> Page[T]:
    """The page of `rows`, of which `paging.wanted` were asked for; `place` gives what the cursor of a row holds."""
    shown = rows[: paging.limit]
    following = None
    if len(rows) > paging.limit:
        following = follow(request, response, place(shown[-1]))
    return Page[T](items=[show(row) for row in shown], next=following)


def follow(request: HttpRequest, response: HttpResponse, place: Sequence[object]) -> str:
    """The address of the page after `place`, in the answer's `Link` too."""
    values = [str(part) if not isinstance(part, int) else part for part in place]
    query = request.GET.copy()
    query["cursor"] = urlsafe_b64encode(json.dumps(values).encode()).rstrip(b"=").decode()
    following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    response["Link"] = f'<{following}>; rel="next"'
    return following

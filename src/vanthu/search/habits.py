"""How somebody likes to search: the searches they keep, and what they want to see of each hit."""

from collections.abc import Iterable

from django.db import transaction

from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Invalid, NotFound
from vanthu.search.models import SavedSearch, ShownFields

MOST_SAVED = 30
FIELDS = {
    "item": "Nằm ở",
    "kind": "Loại văn bản",
    "symbol": "Số, ký hiệu",
    "issued_on": "Ngày văn bản",
    "arrival_number": "Số đến",
    "issuer": "Cơ quan ban hành",
    "signer": "Người ký",
    "at": "Vào hệ thống",
}
"""What may be shown of a hit beside its title, in the order in which it is shown."""
USUAL = ("symbol", "issued_on", "arrival_number", "issuer")


@transaction.atomic
def save(name: str, query: str, *, by: Actor) -> SavedSearch:
    """Keep a search of the actor's account; the same name again replaces it. Raises `Invalid`."""
    name = name.strip()
    if not name or len(name) > 80:
        raise Invalid(fields={"name": "Đặt tên cho lần tìm này, nhiều nhất 80 ký tự."})
    if not query or len(query) > 1000:
        raise Invalid("Chưa có gì để lưu. Gõ từ cần tìm trước, rồi lưu.")
    kept = SavedSearch.objects.filter(account_id=by.account)
    if kept.exclude(name=name).count() >= MOST_SAVED:
        raise Invalid(f"Đã lưu {MOST_SAVED} lần tìm. Xóa bớt một lần tìm cũ rồi lưu lại.")
    saved, _ = kept.update_or_create(name=name, defaults={"query": query, "account_id": by.account})
    return saved


def forget(pk: int, *, by: Actor) -> str:
    """Keep a search no longer; returns its name."""
    found = SavedSearch.objects.filter(pk=pk, account_id=by.account).first()
    if found is None:
        raise NotFound("Lần tìm này không còn trong danh sách đã lưu.")
    found.delete()
    return found.name


def saved(by: Actor) -> list[SavedSearch]:
    """The searches that the actor keeps, by name."""
    return list(SavedSearch.objects.filter(account_id=by.account).order_by("name"))


def show(fields: Iterable[str], *, by: Actor) -> None:
    """Show these of `FIELDS` from now on; none brings back what is usual. Raises `Invalid`."""
    wanted = set(fields)
    if wanted - FIELDS.keys():
        raise Invalid("Chọn lại các trường trong danh sách.")
    rows = ShownFields.objects.filter(account_id=by.account)
    if wanted:
        ordered = [name for name in FIELDS if name in wanted]
        ShownFields.objects.update_or_create(account_id=by.account, defaults={"fields": ordered})
    else:
        rows.delete()


def shown(by: Actor) -> tuple[str, ...]:
    """Which of `FIELDS` the actor wants to see."""
    found = ShownFields.objects.filter(account_id=by.account).first()
    return tuple(name for name in found.fields if name in FIELDS) if found else USUAL

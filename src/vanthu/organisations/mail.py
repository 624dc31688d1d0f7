"""Where and how often a person wants an e-mail about what waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from vanthu.kernel import ledger
from vanthu.kernel.refusals import Invalid
from vanthu.organisations.models import Account

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor

DAILY = "daily"


@transaction.atomic
def keep_digest(address: str, every: str, *, by: Actor) -> None:
    """Keep the person's e-mail address and whether a digest goes there ("" or "daily").

    A new address is an act that the ledger knows: mail about the office's work goes there. Not from practice.
    """
    by.refuse_practice("Cài đặt thư tổng hợp là của cơ quan thật. Thôi thực hành rồi đổi.")
    address = address.strip()
    if every == DAILY and not address:
        raise Invalid(fields={"email": "Nhập địa chỉ thư điện tử công vụ để nhận thư tổng hợp."})
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise Invalid(
                fields={"email": "Địa chỉ thư điện tử chưa đúng, ví dụ khai.p1@vks.gov.vn."}
            ) from error
    account = Account.objects.select_for_update().get(pk=by.account)
    before = account.email
    account.email = address
    account.desk = {**account.desk, "digest": every}
    account.save(update_fields=["email", "desk"])
    if before != address:
        ledger.record("organisations.email_changed", account, by=by, note="đổi địa chỉ nhận thư điện tử")


def wanted() -> list[tuple[int, str]]:
    """(account id, address) of everybody who wants the daily digest."""
    rows = Account.objects.filter(is_active=True, desk__digest=DAILY).exclude(email="")
    return list(rows.order_by("pk").values_list("pk", "email"))


def address_of(account_id: int) -> str:
    """Where the digest of an account goes now, or ""."""
    rows = Account.objects.filter(pk=account_id, is_active=True, desk__digest=DAILY)
    return rows.values_list("email", flat=True).first() or ""

"""The same request twice gives the first result: a killed server commits what it never acknowledged."""

from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import Model

from vanthu.kernel.actor import Actor
from vanthu.kernel.models import Idempotency
from vanthu.kernel.refusals import Conflict


def once[T: Model](key: str, verb: str, act: Callable[[], T], load: Callable[[int], T], *, by: Actor) -> T:
    """Run `act` unless this account already did it under `key`; then return `load(id)` of that result.

    An empty key runs `act` always. The key and the result commit together. Raises `Conflict` when the key
    was used for another verb.
    """
    if not key:
        return act()
    with transaction.atomic():
        fresh = _marked(by.account_id or 0, key[:64], verb)
        if fresh is None:
            mark = Idempotency.objects.get(account_id=by.account_id or 0, key=key[:64])
            if mark.verb != verb or mark.result_id is None:
                raise Conflict(
                    "Khoá chống gửi trùng này đã dùng cho một việc khác. Tải lại trang, hoặc gửi với khoá mới.",
                    code="key_used",
                )
            return load(mark.result_id)
        result = act()
        Idempotency.objects.filter(pk=fresh).update(result_id=result.pk)
        return result


def _marked(account_id: int, key: str, verb: str) -> int | None:
    """The id of a new mark; None when the key was used, even by a request that was still at work when this one came."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_idempotency (account_id, key, verb, at) VALUES (%s, %s, %s, now())"
            " ON CONFLICT (account_id, key) DO NOTHING RETURNING id",
            [account_id, key, verb],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else None

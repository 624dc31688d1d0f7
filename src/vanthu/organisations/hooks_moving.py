"""Webhooks of an office that is no more go on telling: of what its successor does."""

from collections.abc import Sequence

from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.webhooks import outbox
from vanthu.kernel.webhooks.models import Webhook
from vanthu.organisations.moving import Count, Extent, Room, Route


def counts(extent: Extent) -> Sequence[Count]:
    """Webhooks of offices that end."""
    return (("Địa chỉ nhận sự kiện (webhook)", Webhook.objects.filter(office_id__in=extent.offices).count()),)


def begin(route: Route, *, goes_on: bool, fresh: bool, reason: str, by: Actor) -> None:
    """Bring them over as they are, with their secrets and what waits to be sent; the receiver notices nothing."""
    if not route.whole:
        return
    hooks = list(Webhook.objects.filter(office_id=route.office).order_by("pk"))
    for hook in hooks:
        hook.office_id = route.to_office
        hook.save(update_fields=["office_id"])
        ledger.record("webhooks.moved", hook, by=by, office_id=route.to_office, note=route.note)
    if hooks:
        outbox.forget_offices()


MOVING = Room("webhooks", counts=counts, begin=begin)

"""What the administrator of an office sees of its webhooks; never a secret, never a document."""

from django.db.models import Count, Q

from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import NotFound
from vanthu.kernel.webhooks.events import TEST
from vanthu.kernel.webhooks.models import SendState, Webhook, WebhookDelivery, WebhookState

PAGE = 50


def hooks(by: Actor) -> list[Webhook]:
    """Webhooks of the actor's office, each with how many deliveries are `pending` and `failed`. One query."""
    by.require("connect")
    counts = {
        name: Count("deliveries", filter=Q(deliveries__state=name))
        for name in (SendState.PENDING, SendState.FAILED)
    }
    return list(Webhook.objects.filter(office_id=by.office).annotate(**counts).order_by("name", "id"))


def hook(pk: int, by: Actor) -> Webhook:
    """One webhook of the actor's office; raises `NotFound`."""
    by.require("connect")
    found = Webhook.objects.filter(pk=pk, office_id=by.office).first()
    if found is None:
        raise NotFound("Không tìm thấy nơi nhận này trong cơ quan. Mở lại danh sách báo sự kiện.")
    return found


def deliveries(
    hook_id: int, by: Actor, *, state: str = "", before: int | None = None, limit: int = PAGE
) -> list[WebhookDelivery]:
    """Deliveries of a webhook, newest first, of one state or all, with ids before `before`."""
    rows = WebhookDelivery.objects.filter(hook=hook(hook_id, by))
    if state:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[:limit])


def delivery(pk: int, by: Actor) -> WebhookDelivery:
    """One delivery of a webhook of the actor's office; raises `NotFound`."""
    by.require("connect")
    found = WebhookDelivery.objects.select_related("hook").filter(pk=pk, hook__office_id=by.office).first()
    if found is None:
        raise NotFound("Không tìm thấy lần gửi này. Có thể nó đã quá 30 ngày nên không còn được giữ.")
    return found


def counts(hook_id: int, by: Actor) -> dict[str, int]:
    """{state: number of deliveries kept} of a webhook."""
    rows = WebhookDelivery.objects.filter(hook=hook(hook_id, by)).values_list("state").annotate(Count("pk"))
    return dict(rows.order_by())


def replayable(hook_id: int, by: Actor) -> int:
    """How many events of a webhook failed; tests are not sent again with them."""
    rows = WebhookDelivery.objects.filter(hook=hook(hook_id, by), state=SendState.FAILED)
    return rows.exclude(event=TEST).count()


def stopped(by: Actor) -> int:
    """How many webhooks of the actor's office were stopped because of errors."""
    by.require("connect")
    return Webhook.objects.filter(office_id=by.office, state=WebhookState.STOPPED).count()

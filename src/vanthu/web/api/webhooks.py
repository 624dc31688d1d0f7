"""Webhooks of an office for its administrator's programs: who is told, what became of it, send it again."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpResponse
from django.urls import reverse
from ninja import Body, Query, Router, Schema
from pydantic import Field

from vanthu.kernel.refusals import NotFound
from vanthu.kernel.webhooks import actions, keys, queries
from vanthu.kernel.webhooks.models import SendState, WebhookState
from vanthu.web.api.access import ProgramRequest, needs
from vanthu.web.api.paging import Page, Paging, paged
from vanthu.web.api.schemas import Coded, Given, Id, Text
from vanthu.web.api.writes import once

if TYPE_CHECKING:
    from vanthu.kernel.webhooks.models import Webhook, WebhookDelivery

router = Router(tags=["Webhook"], auth=needs("webhooks"))

type EventName = Literal["document.registered", "document.issued", "task.assigned", "status.changed"]


class WebhookOut(Schema):
    """Một nơi nhận thông báo của cơ quan."""

    id: int
    name: str = Field(examples=["Phần mềm quản lý án"])
    url: str = Field(examples=["https://quanlyan.example.vn/vanthu"])
    events: list[EventName]
    state: Coded = Field(examples=[{"code": "active", "name": "Đang báo"}])
    failing_since_at: datetime | None = Field(description="Không gửi được từ lúc nào.")
    made_at: datetime


class NewSecret(WebhookOut):
    """Nơi nhận vừa thêm, với khóa ký chỉ hiện lần này."""

    secret: str = Field(examples=["whsec_…"], description="Để kiểm tra chữ ký của mỗi thông báo; giữ kín.")


class DeliveryState(Schema):
    """Một thông báo và những lần đã gửi."""

    id: int
    message_id: str = Field(description="`Webhook-Id`; giữ nguyên khi gửi lại.")
    event: str = Field(examples=["document.registered"])
    at: datetime = Field(description="Sự kiện xảy ra lúc nào.")
    state: Coded = Field(examples=[{"code": "delivered", "name": "Đã nhận"}])
    attempts: int
    next_at: datetime | None = Field(description="Sẽ gửi lại lúc nào, khi đang chờ.")
    status: int | None = Field(description="Mã HTTP nơi nhận trả lời lần cuối.")
    problem: str = Field(description="Vì sao lần cuối không gửi được.")


class NewWebhook(Given):
    """Nơi nhận mới."""

    name: Text = Field(max_length=80, examples=["Phần mềm quản lý án"])
    url: Text = Field(
        max_length=500, description="Địa chỉ https, không nằm trong mạng của máy chủ trừ khi được cho phép."
    )
    events: list[EventName] = Field(min_length=1, max_length=10)


class DeliveryQuery(Paging):
    """Which deliveries."""

    state: Literal["pending", "delivered", "failed"] | None = Field(
        None, description="pending chờ gửi, delivered đã nhận, failed không gửi được."
    )


@router.get("/webhooks", response=list[WebhookOut], summary="Nơi nhận thông báo")
def list_webhooks(request: ProgramRequest) -> list[WebhookOut]:
    """Mọi nơi nhận của cơ quan, nhiều nhất 20."""
    return [WebhookOut(**_hook(one)) for one in queries.hooks(request.actor)]


@router.get("/webhooks/{pk}", response=WebhookOut, summary="Một nơi nhận")
def get_webhook(request: ProgramRequest, pk: Id) -> WebhookOut:
    """Không bao giờ hiện lại khóa ký."""
    return WebhookOut(**_hook(queries.hook(pk, request.actor)))


@router.post("/webhooks", response={201: NewSecret}, summary="Thêm nơi nhận")
def add_webhook(request: ProgramRequest, response: HttpResponse, given: Body[NewWebhook]) -> NewSecret:
    """Từ nay sự kiện của cơ quan được báo tới địa chỉ này. Thông báo chỉ nói việc gì với văn bản nào; muốn đọc thì
    nơi nhận dùng khoá của mình.
    """
    by = request.actor
    hook = once(
        request,
        lambda: actions.subscribe(given.url, given.events, name=given.name, by=by).hook,
        lambda pk: queries.hook(pk, by),
    )
    response["Location"] = reverse("api:get_webhook", args=[hook.pk])
    return NewSecret(**_hook(hook), secret=keys.newest(hook.secrets))


@router.delete("/webhooks/{pk}", response={204: None}, summary="Xóa nơi nhận")
def remove_webhook(request: ProgramRequest, pk: Id) -> None:
    """Cùng những thông báo đang chờ gửi. Đã xóa thì lần sau là 404."""
    actions.remove(pk, by=request.actor)


@router.get("/webhooks/{pk}/deliveries", response=Page[DeliveryState], summary="Các lần gửi")
def list_deliveries(
    request: ProgramRequest, response: HttpResponse, pk: Id, asked: Query[DeliveryQuery]
) -> Page[DeliveryState]:
    """Thông báo 30 ngày qua của một nơi nhận, mới nhất trước."""
    rows = queries.deliveries(
        pk, request.actor, state=asked.state or "", before=asked.after or None, limit=asked.wanted
    )
    return paged(
        request, response, rows, asked,
        show=lambda row: DeliveryState(**_delivery(row)),
        place=lambda row: (row.pk,),
    )  # fmt: skip


@router.post(
    "/webhooks/{pk}/deliveries/{delivery_id}/replay", response=DeliveryState, summary="Gửi lại một thông báo"
)
def replay_delivery(request: ProgramRequest, pk: Id, delivery_id: Id) -> DeliveryState:
    """Gửi lại, vẫn với `Webhook-Id` cũ. Đang chờ gửi, hoặc nơi nhận đang dừng thì 409."""
    by = request.actor
    if queries.delivery(delivery_id, by).hook_id != pk:
        raise NotFound("Không tìm thấy lần gửi này. Có thể nó đã quá 30 ngày nên không còn được giữ.")
    once(
        request,
        lambda: actions.replay(delivery_id, by=by),
        lambda _: queries.delivery(delivery_id, by),
    )
    return DeliveryState(**_delivery(queries.delivery(delivery_id, by)))


def _hook(hook: "Webhook") -> dict[str, Any]:
    return {
        "id": hook.pk,
        "name": hook.name,
        "url": hook.url,
        "events": hook.events,
        "state": Coded(code=hook.state, name=WebhookState(hook.state).label),
        "failing_since_at": hook.failing_since_at,
        "made_at": hook.made_at,
    }


def _delivery(row: "WebhookDelivery") -> dict[str, Any]:
    return {
        "id": row.pk,
        "message_id": str(row.message_id),
        "event": row.event,
        "at": row.at,
        "state": Coded(code=row.state, name=SendState(row.state).label),
        "attempts": row.attempts,
        "next_at": row.next_at if row.state == SendState.PENDING else None,
        "status": row.last.get("status"),
        "problem": row.last.get("problem", ""),
    }

"""The arrows of a webhook and of one delivery; their states stand with the tables, which the ledger loads first."""

from vanthu.kernel.moves import Move
from vanthu.kernel.webhooks.models import SendState, WebhookState

WEBHOOKS = {
    "pause": Move((WebhookState.ACTIVE,), WebhookState.PAUSED, "connect", "Tạm dừng"),
    "stop": Move((WebhookState.ACTIVE,), WebhookState.STOPPED, "", "Dừng vì lỗi"),
    "resume": Move((WebhookState.PAUSED, WebhookState.STOPPED), WebhookState.ACTIVE, "connect", "Bật lại"),
}

SENDS = {
    "retry": Move((SendState.PENDING,), SendState.PENDING, "", "Chờ gửi lại"),
    "deliver": Move((SendState.PENDING,), SendState.DELIVERED, "", "Nơi nhận trả lời 2xx"),
    "fail": Move((SendState.PENDING,), SendState.FAILED, "", "Hết lượt gửi"),
    "replay": Move((SendState.FAILED, SendState.DELIVERED), SendState.PENDING, "connect", "Gửi lại"),
}

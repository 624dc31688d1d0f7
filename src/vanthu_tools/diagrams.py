"""The state diagrams of the documentation, drawn from the tables of moves."""

from collections.abc import Mapping
from pathlib import Path

from vanthu.calendar.states import WEEKS, WeekState
from vanthu.documents.states import HELD, INCOMING, OUTGOING, HeldState, IncomingState, OutgoingState
from vanthu.dossiers.states import DOSSIERS, PLANS, DossierState, PlanState
from vanthu.exchange.axis_states import ARRIVALS, PACKETS, SENDINGS, ArrivalState, PacketState, Transport
from vanthu.exchange.axis_states import SendState as PacketSendState
from vanthu.exchange.hub.states import QUEUED
from vanthu.exchange.states import DELIVERIES, REPORTS, DeliveryState
from vanthu.issuing.states import DRAFTS, DraftState
from vanthu.kernel.moves import Move
from vanthu.kernel.webhooks.models import SendState, WebhookState
from vanthu.kernel.webhooks.states import SENDS, WEBHOOKS
from vanthu.organisations.change_states import CHANGES, ChangeState
from vanthu.organisations.powers import POWERS
from vanthu.reading.states import COPIES, READINGS, CopyState, ReadingState
from vanthu.signing.augmenting_states import KEEPINGS, KeepingState
from vanthu.signing.custody_states import CUSTODY, CustodyState
from vanthu.signing.states import REQUESTS, SESSIONS, RequestState, SessionState
from vanthu.tasks.states import MATTERS, TASKS, MatterState, TaskState

PAGE = Path(__file__).resolve().parents[2] / "docs" / "states.md"
DIAGRAMS: tuple[tuple[str, Mapping[str, Move], Mapping[str, str]], ...] = (
    ("Incoming entry (văn bản đến)", INCOMING, dict(IncomingState.choices)),
    ("Task (việc)", TASKS, dict(TaskState.choices)),
    ("Matter (việc không do văn bản đến)", MATTERS, dict(MatterState.choices)),
    ("Draft (dự thảo)", DRAFTS, dict(DraftState.choices)),
    ("Outgoing entry (văn bản đi)", OUTGOING, dict(OutgoingState.choices)),
    ("Held number (số giữ)", HELD, dict(HeldState.choices)),
    ("Delivery (gửi, nhận)", DELIVERIES, dict(DeliveryState.choices)),
    ("Delivery over the axis (báo về qua trục)", REPORTS, dict(DeliveryState.choices)),
    ("SentPacket (gói tin gửi)", SENDINGS, dict(PacketSendState.choices)),
    ("ReceivedPacket (gói tin đến)", PACKETS, dict(PacketState.choices)),
    ("Arrival (việc gói tin đòi hỏi)", ARRIVALS, dict(ArrivalState.choices)),
    ("HubItem (gói tin trên trục của mình)", QUEUED, dict(Transport.choices)),
    ("Dossier (hồ sơ công việc)", DOSSIERS, dict(DossierState.choices)),
    ("Week of an office (lịch công tác tuần)", WEEKS, dict(WeekState.choices)),
    ("Plan of dossiers (danh mục hồ sơ)", PLANS, dict(PlanState.choices)),
    ("Signing request (yêu cầu ký)", REQUESTS, dict(RequestState.choices)),
    ("Signature on one file (chữ ký)", SESSIONS, dict(SessionState.choices)),
    ("Change of the organisation (thay đổi tổ chức)", CHANGES, dict(ChangeState.choices)),
    ("Keeping of a signed file (lưu trữ lâu dài chữ ký số)", KEEPINGS, dict(KeepingState.choices)),
    ("Seal or device in custody (con dấu, thiết bị)", CUSTODY, dict(CustodyState.choices)),
    ("Reading of a file (đọc tệp)", READINGS, dict(ReadingState.choices)),
    ("Searchable copy of a scan (bản tìm kiếm được)", COPIES, dict(CopyState.choices)),
    ("Webhook (nơi nhận sự kiện)", WEBHOOKS, dict(WebhookState.choices)),
    ("Event sent to a webhook (lần gửi)", SENDS, dict(SendState.choices)),
)


def drawn(title: str, moves: Mapping[str, Move], labels: Mapping[str, str]) -> str:
    """One diagram in Mermaid's notation, and the powers that its arrows need."""
    arrows = [
        f"    {source} --> {move.target}: {move.label}" for move in moves.values() for source in move.sources
    ]
    states = [f"    {name}: {labels.get(name, name)}" for name in dict.fromkeys(labels)]
    powers = {move.power for move in moves.values() if move.power}
    needed = [f"- `{power}`: {POWERS[power]}" for power in sorted(powers)]
    lines = [f"## {title}", "", "```mermaid", "stateDiagram-v2", *states, *arrows, "```", ""]
    return "\n".join([*lines, *(["Powers:", "", *needed, ""] if needed else [])])


def page() -> str:
    """The whole page."""
    head = (
        "# States\n\nDrawn from the tables in `<room>/states.py` by `python -m vanthu_tools.state_diagrams`; "
        "a test holds the page to the tables.\n"
        "An arrow without a power is taken by another verb, or checked by the verb itself.\n"
    )
    return "\n".join([head, *(drawn(*diagram) for diagram in DIAGRAMS)])

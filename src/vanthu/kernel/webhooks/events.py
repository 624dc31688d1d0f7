"""The public names of events, stable for programs, and the acts of the ledger that they stand for."""

from dataclasses import dataclass

TEST = "webhook.test"  # sent on request only, so nobody subscribes to it


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """One name to subscribe to: how the page calls it, and the verbs of the ledger that raise it."""

    label: str
    verbs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """How programs know an item: its public kind and the address of its resource, which ends in the id."""

    kind: str
    address: str
    label: str


EVENTS: dict[str, PublicEvent] = {
    "document.registered": PublicEvent("Văn bản đến được vào sổ", ("documents.registered",)),
    "document.issued": PublicEvent("Văn bản đi được phát hành", ("documents.issued",)),
    "task.assigned": PublicEvent(
        "Văn bản được phân công, việc được giao", ("tasks.directed", "tasks.assigned")
    ),
    "status.changed": PublicEvent(
        "Văn bản, dự thảo, hồ sơ đổi trạng thái",
        (
            "documents.delivered", "documents.registered", "documents.returned", "documents.presented",
            "documents.taken_back", "documents.closed", "tasks.directed", "tasks.undirected", "tasks.assigned",
            "tasks.unassigned", "tasks.finished", "documents.numbered", "documents.issued", "documents.voided",
            "issuing.started", "issuing.submitted", "issuing.content_passed", "issuing.form_passed",
            "issuing.returned", "issuing.taken_back", "issuing.withdrawn", "issuing.signed", "issuing.sent_back",
            "issuing.numbered", "issuing.issued", "issuing.voided", "dossiers.opened", "dossiers.closed",
            "dossiers.reopened", "dossiers.handed_over", "documents.recalled", "documents.emptied",
        ),
    ),
}  # fmt: skip
"""An act that several names stand for is told once, under the first of them that was subscribed to."""

RESOURCES: dict[str, Resource] = {
    "in": Resource("incoming", "/api/v1/incoming/", "Văn bản đến"),
    "out": Resource("outgoing", "/api/v1/outgoing/", "Văn bản đi"),
    "draft": Resource("draft", "/api/v1/drafts/", "Dự thảo"),
    "dossier": Resource("dossier", "/api/v1/dossiers/", "Hồ sơ"),
    "webhook": Resource("webhook", "/api/v1/webhooks/", "Nơi nhận"),
}

VERBS = tuple(dict.fromkeys(verb for event in EVENTS.values() for verb in event.verbs))


def names_of(verb: str) -> tuple[str, ...]:
    """The public names of an act of the ledger, the most telling first."""
    return tuple(name for name, event in EVENTS.items() if verb in event.verbs)

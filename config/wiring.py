"""What happens upstairs after something happened downstairs: the one page that wires rooms together."""

from typing import Any

from vanthu.calendar import moving as calendar_moving
from vanthu.documents import actions as document_actions
from vanthu.documents import common_series, near, of_kinds, secret_scans
from vanthu.documents import jobs as document_jobs
from vanthu.documents import moving as documents_moving
from vanthu.documents import queries as documents
from vanthu.documents.states import Channel
from vanthu.dossiers import jobs as dossier_jobs
from vanthu.dossiers import moving as dossiers_moving
from vanthu.dossiers import papers, readiness
from vanthu.dossiers import queries as dossiers
from vanthu.exchange import actions as exchange
from vanthu.exchange import answering, connections, recalling
from vanthu.exchange import erasing as exchange_erasing
from vanthu.exchange import jobs as exchange_jobs
from vanthu.exchange import moving as exchange_moving
from vanthu.exchange import passing as exchange_passing
from vanthu.exchange.axis_models import Kind
from vanthu.exchange.hub.transport import HubTransport
from vanthu.issuing import batch_signing, purposes, sealing, secret_drafts
from vanthu.issuing import jobs as issuing_jobs
from vanthu.issuing import moving as issuing_moving
from vanthu.issuing import queries as issuing
from vanthu.kernel import participants
from vanthu.kernel.files import checks, locking, previews, scanning, told
from vanthu.kernel.files import jobs as file_jobs
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.jobs import enqueue
from vanthu.kernel.ledger import Event, when
from vanthu.kernel.webhooks import events, outbox
from vanthu.kernel.webhooks import jobs as webhook_jobs
from vanthu.organisations import hooks_moving, moving, rights
from vanthu.organisations import jobs as organisation_jobs
from vanthu.organisations import queries as organisations
from vanthu.practice import jobs as practice_jobs
from vanthu.reading import apart, clamav, storing
from vanthu.reading import jobs as reading_jobs
from vanthu.search import actions as search_actions
from vanthu.search import jobs as search
from vanthu.search import moving as search_moving
from vanthu.signing import finishing
from vanthu.signing import jobs as signing
from vanthu.signing import request_jobs as signing_jobs
from vanthu.tasks import actions as tasks
from vanthu.tasks import certificate_notices, secret_files, secret_notices, virus_notices
from vanthu.tasks import moving as tasks_moving
from vanthu.web.dossiers import facts
from vanthu.web.shell import undo

ON_INCOMING = (
    "documents.delivered", "documents.registered", "documents.returned", "documents.presented",
    "documents.passed_on", "documents.completed", "documents.taken_back", "documents.closed", "tasks.directed",
    "tasks.undirected", "tasks.instructed", "tasks.assigned", "tasks.unassigned", "tasks.finished",
    "tasks.reassigned", "documents.reassigned", "documents.moved", "documents.renewed",
)  # fmt: skip
SHOWS_TO_PEOPLE = (  # alerts of restricted items
    "documents.presented", "documents.reassigned", "tasks.directed", "tasks.assigned", "tasks.reassigned",
)  # fmt: skip
ON_DOCUMENT_WITH_FILES = (
    "documents.delivered", "documents.registered", "documents.completed", "documents.renewed", "documents.issued",
)  # fmt: skip
ON_OUTGOING = (
    "documents.numbered", "documents.amended", "documents.issued", "documents.voided", "documents.recalled",
)  # fmt: skip
ON_DRAFT = (
    "issuing.started", "issuing.reassigned", "issuing.changed",
    "issuing.submitted", "issuing.content_passed", "issuing.form_passed",
    "issuing.returned", "issuing.taken_back", "issuing.withdrawn", "issuing.signed", "issuing.numbered",
    "issuing.issued", "issuing.voided", "issuing.sent_back", "issuing.numbered_first", "issuing.number_given_up",
    "issuing.signed_on_paper", "issuing.numbered_on_paper", "issuing.scanned",
)  # fmt: skip
ON_DOSSIER = (
    "dossiers.opened",
    "dossiers.reassigned",
    "dossiers.moved",
    "dossiers.described",
    "dossiers.filed",
    "dossiers.taken_out",
    "dossiers.closed",
    "dossiers.reopened",
    "dossiers.handed_over",
    "dossiers.accepted",
    "dossiers.given_back",
    "dossiers.shared",
    "dossiers.unshared",
)
SHOWN_WITH_DOSSIER = (  # others see what lies in it, or no longer
    "dossiers.handed_over",
    "dossiers.given_back",
    "dossiers.shared",
    "dossiers.unshared",
)
MENDS_DOSSIERS = (
    "tasks.finished",
    "documents.closed",
    "issuing.issued",
    "issuing.withdrawn",
    "documents.issued",
)


# whose open work goes to the successor when organisations change, lower rooms first
MOVING = (
    documents_moving.MOVING, dossiers_moving.MOVING, tasks_moving.MOVING, calendar_moving.MOVING,
    issuing_moving.MOVING, exchange_moving.MOVING, search_moving.MOVING, hooks_moving.MOVING,
)  # fmt: skip


def connect() -> None:
    """Connect the rooms. Called once per process, when all of them are loaded."""
    checks.add(apart.check)
    previews.use(apart.render)
    _connect_scanner()
    participants.tell_kinds("in", of_kinds.incoming)
    participants.tell_kinds("out", of_kinds.outgoing)
    participants.tell_kinds("draft", issuing.ids_of_kinds)
    _connect_search()
    _connect_reading()
    _connect_rights()
    _connect_dossiers()
    _connect_exchange()
    _connect_webhooks()
    _connect_certificates()
    for room in MOVING:
        moving.use(room)
    when("organisations.change_began", organisation_jobs.on_began)
    when("documents.registered", _show_pages)
    when("documents.completed", _show_pages)
    when("documents.stack_brought", document_jobs.on_stack)
    when("documents.issued", _show_pages)  # before its receivers open it, too
    when("documents.issued", _keep_signatures)
    when("dossiers.filed", dossier_jobs.on_filed)
    when("signing.raised", dossier_jobs.on_raised)
    when("issuing.versioned", _convert)
    when("issuing.submitted", _check_form)
    when("organisations.rules_changed", common_series.on_rules_changed)
    when("issuing.numbered", _seal)
    when("organisations.practice_entered", practice_jobs.on_entered)
    when("organisations.practice_announced", practice_jobs.on_announced)
    when("issuing.scanned", _seal)
    when("signing.requested", signing_jobs.on_requested)
    when("signing.answered", signing_jobs.on_answered)
    finishing.go_on(batch_signing.PURPOSE, batch_signing.go_on)
    finishing.go_on(sealing.PURPOSE, sealing.go_on)
    undo.offer("documents.presented", document_actions.take_back)
    undo.offer("tasks.directed", tasks.undo_direct)
    undo.offer("tasks.assigned", tasks.undo_assign)


def _connect_rights() -> None:
    for verb in SHOWS_TO_PEOPLE:
        when(verb, rights.on_shown)


def _connect_scanner() -> None:
    scanning.use(clamav.scan, clamav.signatures_on)
    told.when_infected(clamav.note_refused)
    told.when_locked(locking.record)
    virus_notices.know_holders()
    locking.know("version", issuing.holding_version)
    locking.know("draft", issuing.holding)
    when(locking.VERB, virus_notices.on_locked)


def _connect_certificates() -> None:
    when("signing.expiring", certificate_notices.on_expiring)
    when("signing.revoked", certificate_notices.on_revoked)
    for verb in ("signing.enrolled", "signing.withdrawn"):
        when(verb, certificate_notices.on_settled)


def _connect_exchange() -> None:
    connections.serve(Kind.HUB, HubTransport)
    when("documents.issued", purposes.on_issued)
    when("documents.issued", exchange.on_issued)
    when("exchange.sent", exchange_jobs.on_sent)
    when("exchange.resent", exchange_jobs.on_sent)
    when("documents.registered", exchange.on_registered)
    when("documents.registered", exchange_jobs.on_arrived)
    when("documents.completed", exchange_jobs.on_arrived)
    when("documents.returned", exchange.on_returned)
    when("documents.passed_on", exchange_passing.on_passed_on)
    when("documents.closed", exchange.on_closed)
    when("tasks.directed", exchange_jobs.on_directed)
    when("documents.registered", answering.on_registered)
    when("documents.returned", answering.on_returned)
    when("documents.passed_on", answering.on_passed_on)
    when("documents.closed", answering.on_closed)
    when("tasks.directed", answering.on_assigned)
    when("tasks.assigned", answering.on_assigned)
    when("tasks.finished", answering.on_finished)
    when("documents.recalled", recalling.on_recalled)
    when("documents.recall_noted", recalling.on_noted)


def _connect_search() -> None:
    when("documents.emptied", lambda event: search_actions.forget("in", event.item_id))
    for kind, verbs in (
        ("in", ON_INCOMING),
        ("out", ON_OUTGOING),
        ("draft", ON_DRAFT),
        ("dossier", ON_DOSSIER),
    ):
        for verb in verbs:
            when(verb, _index[kind])


def _connect_reading() -> None:
    told.when_staged(storing.start)
    told.when_erasing(lambda file: storing.forget(file.sha256))
    storing.on_page(secret_scans.look)
    storing.on_done(_found_by_text)
    storing.on_done(reading_jobs.copy_soon)
    storing.on_done(near.keep_of_file)
    told.when_kept_out(secret_scans.note_kept_out)
    for verb in ON_DOCUMENT_WITH_FILES:
        when(verb, _read)
    for verb in ("documents.registered", "documents.completed"):
        when(verb, document_jobs.on_registered)
    secret_scans.empty_with("version", secret_drafts.empty_version)
    secret_scans.empty_with("draft", secret_drafts.empty)
    secret_scans.empty_with("paper", papers.empty)
    secret_scans.empty_with("task", secret_files.empty_task)
    secret_scans.empty_with("instruction", secret_files.empty_instruction)
    when("documents.secret_file_erased", secret_notices.on_file_erased)
    when("documents.secret_found", secret_drafts.on_found)
    when("documents.secret_found", exchange_erasing.on_secret_found)
    when("documents.secret_found", _tell_of_secret)
    when("documents.secret_found", _unfound)
    when("documents.secret_found", dossier_jobs.on_emptied)
    when("issuing.secret_found", dossier_jobs.on_emptied)
    when("issuing.secret_found", secret_notices.on_found_in_draft)
    when("issuing.secret_found", _unfound)


def _tell_of_secret(event: Event) -> None:
    told = secret_notices.on_found if event.item_kind == "in" else secret_notices.on_found_in_ours
    told(event)


def _unfound(event: Event) -> None:
    """Nothing of a document or draft is found any more, by whatever word."""
    search_actions.forget(event.item_kind, event.item_id)
    subject: Any = event.subject
    source = ("draft", event.item_id) if event.item_kind == "draft" else ("document", subject.document_id)
    search.index_body_soon(*source)


def _read(event: Event) -> None:
    """The text of a document's files; inside the sector its sender's were read when it was issued."""
    entry: Any = event.subject
    if event.verb != "documents.delivered" or entry.channel == Channel.AXIS:
        enqueue(reading_jobs.read_files_of, owner_kind="document", owner_id=entry.document_id)


def _found_by_text(sha256: str) -> None:
    """What was read is found by its words."""
    for document_id in file_queries.owners(sha256, "document"):
        search.index_body_soon("document", document_id)


def _connect_dossiers() -> None:
    for kind, source in (("in", facts.incoming), ("out", facts.outgoing), ("draft", facts.drafts)):
        readiness.know(kind, source)
    for verb in MENDS_DOSSIERS:
        when(verb, dossier_jobs.measure_holders)
    for verb in ("dossiers.filed", "dossiers.taken_out"):
        when(verb, _index_filed)
    for verb in SHOWN_WITH_DOSSIER:
        when(verb, _index_inside)


def _connect_webhooks() -> None:
    outbox.name_offices(lambda office_id: organisations.office(office_id).code)
    for verb in events.VERBS:
        when(verb, webhook_jobs.on_act)
    for verb in ("webhooks.resumed", "webhooks.tested", "webhooks.replayed"):
        when(verb, webhook_jobs.on_ready)


# files came with the act
WITH_TEXT = (
    "documents.registered",
    "documents.completed",
    "documents.renewed",
    "documents.issued",
    "issuing.submitted",
)

_index = {
    kind: (lambda event, kind=kind: search.index_soon(kind, event.item_id, text=event.verb in WITH_TEXT))
    for kind in ("in", "out", "draft", "dossier")
}


def _index_filed(event: Event) -> None:
    """Whom a dossier is shared with finds what is put into it."""
    for place in event.changes["item"]:
        kind, _, pk = (place or "").partition(":")
        if kind in _index:
            search.index_soon(kind, int(pk))


def _index_inside(event: Event) -> None:
    for item in dossiers.documents_inside(event.item_id):
        search.index_soon(item.kind, item.id)


def _show_pages(event: Event) -> None:
    """Page images before somebody opens the document."""
    document = event.subject.document  # type: ignore[attr-defined]  # of an entry
    for sha256 in documents.pdfs_of_document(document.pk) if document.pages else ():
        enqueue(file_jobs.render, once=f"render:{sha256}", sha256=sha256)


def _keep_signatures(event: Event) -> None:
    """What is issued is to be found valid in decades; what is practised leaves nothing and asks nobody."""
    if event.by.room_id is None and organisations.office(event.office_id).room_id is None:
        document = event.subject.document  # type: ignore[attr-defined]  # of an entry
        signing.keep(documents.pdfs_of_document(document.pk), office_id=event.office_id)


def _check_form(event: Event) -> None:
    enqueue(issuing_jobs.check_form, version_id=issuing.newest(event.item_id).pk)


def _convert(event: Event) -> None:
    enqueue(issuing_jobs.convert, version_id=issuing.newest(event.item_id).pk)


def _seal(event: Event) -> None:
    enqueue(
        issuing_jobs.seal, lock=f"issue:{event.item_id}", draft_id=event.item_id, clerk=event.by.remembered()
    )

"""The list of incoming documents and the page of an entry. What is done with entries stands in the other modules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_GET

from vanthu.documents import mails, queries, recalling, relations
from vanthu.documents.queries import Seen
from vanthu.documents.states import IN_THE_BOOK, NOT_HELD, Channel, IncomingState
from vanthu.dossiers import freezing
from vanthu.dossiers import queries as dossiers
from vanthu.exchange import actions as exchange
from vanthu.exchange import answering, receiving_box
from vanthu.exchange import queries as deliveries
from vanthu.exchange.acknowledging import told
from vanthu.issuing import queries as issuing
from vanthu.kernel import access, ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.participants import Item
from vanthu.organisations import queries as organisations
from vanthu.organisations.powers import Role
from vanthu.tasks import on_paper
from vanthu.tasks import queries as tasks
from vanthu.tasks.matters import may_give
from vanthu.web.files.lasting import kept
from vanthu.web.files.pages import shown
from vanthu.web.files.reading import read
from vanthu.web.incoming import cards, rows, seals
from vanthu.web.incoming.forms import DirectionForm, DossierForm, OpinionForm, PresentForm, ResultForm
from vanthu.web.incoming.tabs import SHOWN, Tab, chosen, tabs_for
from vanthu.web.shell.requests import SignedRequest, address_of, from_htmx, page_shown, standing_of

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry
    from vanthu.documents.relations import Link
    from vanthu.dossiers.models import Dossier
    from vanthu.organisations.models import Post

PAGE = 50


@require_GET
@conditional_page  # the list is asked again every few seconds: 304 while nothing is new
def incoming(request: SignedRequest) -> HttpResponse:
    """The list with its tabs; the first entry is previewed beside it."""
    by = request.actor
    standing = standing_of(request, "in")
    tabs = tabs_for(by, standing.counts, standing.overdue)
    tab = chosen(tabs, request.GET.get("tab", ""))
    seen, older = _page(tab, request)
    leads = tasks.leads_of("in", [one.entry.pk for one in seen])
    context = {
        "tabs": tabs[:SHOWN],
        "more_tabs": tabs[SHOWN:],
        "tab": tab,
        "rows": [rows.row_of(one, leads.get(one.entry.pk, ""), by) for one in seen],
        "older": older,
        "left_out": tab.overdue and standing.overdue > len(seen),
        "here": request.get_full_path(),
        "leaders": superiors(by) if by.may("present") and tab.presentable else [],
        "may_direct": tab.directable and (by.may("direct") or by.may("distribute")),
        "may_register": by.may("register"),
        "packets": receiving_box.counted(standing.counts) if by.may("register") else 0,
        "may_print": by.may("print_books"),
    }
    return render(
        request, "incoming/incoming.html#rows" if from_htmx(request) else "incoming/incoming.html", context
    )


def _page(tab: Tab, request: SignedRequest) -> tuple[list[Seen[IncomingEntry]], str]:
    """The rows of a page, and where the older ones begin; what must be done is shown with the urgent ones first."""
    by, before = request.actor, rows.read_cursor(request.GET.get("sau", ""))
    if tab.overdue:
        return queries.incoming_overdue(by, limit=PAGE), ""
    if tab.mine:
        to_do, following = queries.incoming_to_do(
            by, states=tab.states, owner_kinds=tab.owner_kinds, before=before, limit=PAGE
        )
        return to_do, rows.written_cursor(following) if following else ""
    seen = queries.incoming_list(
        by, states=tab.states, owner_kinds=tab.owner_kinds, before=before, limit=PAGE
    )
    return seen, rows.cursor_of(seen[-1]) if len(seen) == PAGE else ""


def superiors(by: Actor) -> list[Post]:
    """To whom the clerk presents: the leaders and the head of administration."""
    return organisations.posts_with_role(by.office, Role.HEAD, Role.DEPUTY, Role.ADMINISTRATION_HEAD)


def _shown(seen: Seen[IncomingEntry], by: Actor) -> dict[str, Any]:
    """Everything the page and the preview of an entry show."""
    entry, open_ = seen.entry, not seen.sight.masked
    files = queries.document_files([entry.document_id]).get(entry.document_id, []) if seen.sight.files else []
    worked = entry.state != "waiting"  # nobody works on what is not in the book
    given = tasks.tasks_of("in", entry.pk) if worked else []
    may = _verbs(seen, by)
    instructions = tasks.instructions("in", entry.pk) if open_ and worked else []
    may["unpaper"] = entry.state == "directed" and any(
        one.recorded_by_id and one.recorded_by_id == by.person_id for one in instructions
    )
    return {
        "seen": seen,
        "entry": entry,
        "row": rows.row_of(seen, rows.given_to(given), by),
        "channel": rows.CHANNELS[entry.channel],
        "files": shown(files),
        "seal": seals.seal_of(entry),
        **_recalled(seen),
        "instructions": instructions,
        "evidence": on_paper.evidence(instructions),
        "tree": rows.tree_of(given) if open_ else [],
        "history": ledger.history(entry) if open_ else [],
        "may": may,
        "present": PresentForm(leaders=superiors(by)) if may["present"] else None,
    }


def _recalled(seen: Seen[IncomingEntry]) -> dict[str, Any]:
    """Why the sender recalled the document, and that this office took note."""
    if seen.entry.state != IncomingState.RECALLED or seen.sight.masked:
        return {}
    return {
        "recall": recalling.recall_of_document(seen.entry.document_id),
        "recall_note": recalling.note_of(seen.entry.pk),
    }


_OF_FROZEN = ("stamp", "slip", "copy", "plan", "freeze")  # what changes nothing of it


def _verbs(seen: Seen[IncomingEntry], by: Actor) -> dict[str, bool]:
    """What this actor may do with the entry now; the page shows only these buttons."""
    entry, whole = seen.entry, not seen.sight.masked
    mine = {(row.owner_kind, row.state) for row in seen.sight.rows}
    waiting = entry.state == "waiting"
    open_ = entry.state in ("registered", "presented")
    verbs = {
        "receive": waiting and by.may("register"),
        "return": waiting and by.may("return"),
        "note_recall": ("o", "recalled") in mine and by.may("register"),
        "pass_on": waiting and by.may("return"),
        "complete": entry.sealed and entry.state == "registered" and by.may("register"),
        "open": entry.sealed
        and entry.state == "directed"
        and (("p", "to_open") in mine or by.may("register")),
        "paper": open_ and whole and not entry.sealed and by.may("record_paper"),
        "stamp": entry.state in IN_THE_BOOK and seen.sight.files and by.may("register"),
        "slip": entry.state in IN_THE_BOOK and whole and not entry.sealed,
        "present": entry.state == "registered" and not entry.sealed and by.may("present"),
        "direct": open_ and whole and not entry.sealed and (by.may("direct") or by.may("distribute")),
        "instruct": entry.state == "directed" and whole and (by.may("direct") or by.may("assign")),
        "assign": ("u", "to_assign") in mine and by.may("assign"),
        "finish": bool({("p", "to_do"), ("u", "to_assign")} & mine),
        "read": bool({("p", "to_read"), ("u", "to_read")} & mine),
        "draft": by.may("draft") and whole and not entry.sealed and (open_ or entry.state == "directed"),
        "copy": by.may("draft") and entry.state in IN_THE_BOOK and seen.sight.files and whole,
        "file": by.may("keep_dossier") and entry.state not in ("waiting", *NOT_HELD) and whole,
        "plan": by.may("plan") and entry.state not in ("waiting", *NOT_HELD) and whole,
        "freeze": freezing.may_freeze(by) and entry.state in IN_THE_BOOK and whole,
        "give": may_give(by) and entry.state in IN_THE_BOOK and not entry.sealed and whole,
    }
    return verbs if not entry.freeze_id else {name: may and name in _OF_FROZEN for name, may in verbs.items()}


@require_GET
def entry(request: SignedRequest, pk: int) -> HttpResponse:
    """The page of an entry: document, fields, tasks, history."""
    seen = queries.incoming(pk, request.actor)
    if seen.entry.state == "waiting" and request.actor.may("register"):
        exchange.mark_received(pk, by=request.actor)
    answering.mark_opened(seen, by=request.actor)
    access.note("view", by=request.actor, item_kind="in", item_id=pk, address=address_of(request))
    return entry_page(request, pk, seen=seen)


def entry_page(request: SignedRequest, pk: int, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of an entry, with forms as they were sent (`opinion`, `result`, `filing`) and why not (`conflict`)."""
    by = request.actor
    seen = more.pop("seen", None) or queries.incoming(pk, by)
    shown_ = _shown(seen, by)
    may = shown_["may"]
    links = [] if seen.sight.masked else relations.links(seen.entry.document_id, by)
    context = shown_ | {
        "kept": kept(shown_["files"]),
        "reading": read(shown_["files"]),
        "opinion": OpinionForm(),
        "result": ResultForm(),
        "filing": DossierForm(),
        "likely": _likely(seen, links, by) if may["file"] else [],
        "dossiers": dossiers.holding("in", pk, by),
        "replies": issuing.replying_to(pk, by),
        "given": tasks.given_about(Item("in", pk), by) if may["give"] else [],
        "links": links,
        "sender": deliveries.sender_of(seen.entry) if may["return"] else None,
        "told": told(pk) if seen.entry.channel == Channel.INTERNAL and by.may("register") else [],
        **_mailed(seen, by),
        **_way(seen, by),
        **more,
    }
    return render(request, "incoming/entry.html", context, status=status)


def _likely(seen: Seen[IncomingEntry], links: list[Link], by: Actor) -> list[Dossier]:
    """Where one would file it."""
    near = [Item(one.item_kind, one.item_id) for one in links]
    return dossiers.likely_dossiers(Item("in", seen.entry.pk), near, by)


def _mailed(seen: Seen[IncomingEntry], by: Actor) -> dict[str, Any]:
    """The mail that the entry came with: its words, what of it was refused, the raw mail for the clerk."""
    mail = mails.mail_of(seen.entry) if not seen.sight.masked else None
    if mail is None:
        return {}
    raw = file_queries.attachments("mail", [mail.pk])[mail.pk] if by.may("register") else []
    return {
        "mail": mail,
        "raw_mail": raw[0] if raw else None,
        "reply_address": _acknowledgement(seen.entry, mail.sender, mail.subject) if raw else "",
    }


def _way(seen: Seen[IncomingEntry], by: Actor) -> dict[str, Any]:
    """How the entry came over a connection, and what its sender asks for since."""
    if seen.entry.channel != Channel.AXIS or seen.sight.masked:
        return {}
    return {"way": receiving_box.way_of(seen.entry, by), "may_answer": by.may("register")}


def _acknowledgement(entry: IncomingEntry, sender: str, subject: str) -> str:
    """A mail that tells its sender the arrival number, ready to be sent (article 21.2.c)."""
    if entry.arrival_number is None or entry.arrived_on is None:
        return ""
    words = f"Đã nhận “{subject}”, số đến {entry.arrival_number} ngày {entry.arrived_on:%d/%m/%Y}."
    return f"mailto:{quote(sender, safe='@')}?subject={quote(f'Đã nhận: {subject}')}&body={quote(words)}"


@require_GET
def entry_preview(request: SignedRequest, pk: int) -> HttpResponse:
    """The entry beside the list; a leader directs it right there."""
    by = request.actor
    seen = queries.incoming(pk, by)
    context = _shown(seen, by) | {"back": page_shown(request)}
    if context["may"]["direct"]:
        context |= _direction(seen.entry, by)
    return render(request, "incoming/preview.html", context)


def _direction(entry: IncomingEntry, by: Actor) -> dict[str, Any]:
    form = DirectionForm(initial=cards.ready(entry, by))
    choices = cards.to_direct(entry.subject, by, restricted=entry.restricted)
    return {"form": form, "card": cards.card(form, choices, office_id=by.office)}

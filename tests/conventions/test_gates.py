"""THE GATE TABLE: every address of the product, who may pass, who sees it but may not, what a stranger learns.

One test walks the whole table with every persona; others hold that the table is whole and that verbs refuse GET.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import World
from tests.conventions.gates import PERSONAS, Sector, make_sector
from tests.entries import SUBJECT
from tests.web import drafts
from vanthu.web.shell import undo

ALL = "".join(PERSONAS)
OFFICE = ALL.replace("R", "")
WHO_SEES = "CHDAUS"  # the clerk, the leaders, the unit that has it in hand
AT_WORK = OFFICE.replace("M", "").replace("I", "") + "R"  # all but administrator and inspector
PASSED = (200, 302)


@dataclass(frozen=True)
class Gate:
    """One row: `may` pass (200 or 302), `sees` but may not (403), `also` {status: who}; everybody else gets `rest`."""

    name: str
    method: str
    thing: str = ""
    data: str = ""
    may: str = ""
    sees: str = ""
    rest: int = 404
    also: dict[int, str] = field(default_factory=dict)

    def expected(self, letter: str) -> tuple[int, ...]:
        if letter in self.may:
            return PASSED
        if letter in self.sees:
            return (403,)
        return next(((status,) for status, who in self.also.items() if letter in who), (self.rest,))


def get(name: str, thing: str = "", data: str = "", **rules: Any) -> Gate:
    return Gate(name, "get", thing, data, **rules)


def post(name: str, thing: str = "", data: str = "", **rules: Any) -> Gate:
    return Gate(name, "post", thing, data, **rules)


FRAME = (
    get("counters", may=ALL),
    get("csrf", may=ALL),
    get("kept_form", data="kept", may=ALL),
    post("kept_form", data="kept", may=ALL),
    post("undo", "act", may="C"),
    get("desk", may=ALL),
    post("receive_batch", data="picked waiting", may="C", sees="HDAUSVMIN"),
    get("journal", may="I", rest=403),
    get("archive", may=ALL),
    get("search", data="q", may=ALL),
    get("export_search", data="exported", may=ALL),
    get("passages", "looked", data="q", may=WHO_SEES),
    post("save_search", data="saved", may=ALL),
    post("forget_search", "saved_search", may="C", rest=404),
    post("show_fields", data="fields", may=ALL),
    get("api_docs", may=ALL),
    get("suggest", data="q", may=ALL),
    get("suggest_issuers", may=ALL),
    get("suggest_offices", may=ALL),
    get("suggest_receivers", may=ALL),
    get("suggest_agencies", may=ALL),
    get("suggest_signers", may=ALL),
    get("suggest_kinds", may=ALL),
    get("suggest_people", may=ALL),
    get("suggest_assignees", may=ALL),
    get("suggest_dossiers", may=ALL),
)

PEOPLE = (
    get("account", may=ALL),
    post("work_in", "office", may=OFFICE),
    get("preferences", may=ALL),
    post("preferences", may=ALL),
    get("account_change_password", may=ALL),
    get("account_reauthenticate", may=ALL),
    get("usersessions_list", may=ALL),
    get("delegations", may=ALL),
    get("tokens", may=ALL),
    post("tokens", also={422: ALL}),  # nothing was filled in
    post("revoke_token", "token", may="S"),
    get("programs", may="M", rest=403),
    post("programs", also={422: "M"}, rest=403),
    get("program", "program", may="M", rest=403),
    post("make_program_token", "program", also={422: "M"}, rest=403),
    post("revoke_program_token", "program token", may="M", rest=403),
    post("lock_program", "program", may="M", rest=403),
    post("unlock_program", "program", also={409: "M"}, rest=403),
    post("revoke_delegation", "delegation", may="UM"),
    get("office_delegations", may="M", rest=403),
    get("looks", "looked", may="CHDA", sees="US"),
    get("accesses", may="MI", rest=403),
    get("my_rights", may=ALL),
    post("confirm_rights"),  # the form names what was shown
    get("unconfirmed_rights", may="M", rest=403),
    get("office_rules", may=ALL),
    post("office_rules", also={422: "M"}, rest=403),
    get("changes", may="M", rest=403),
    get("plan_change", "change_asked", may="M", rest=403),
    post("plan_change", "change_asked", also={422: "M"}, rest=403),
    get("change", "change", may="M", rest=403),
    post("cancel_change", "change", also={422: "M"}, rest=403),
    post("make_change", "change", also={409: "M"}, rest=403),  # its day has not come
    post("divide_change", "change", also={409: "M"}, rest=403),  # it is no split
    post("name_head", "change", also={409: "M"}, rest=403),  # of units
    get("my_certificate", may=ALL),
    get("certificates", may="M", rest=403),
    get("certificate", "holder", may="M", rest=403),
    post("certificate", "holder", also={422: "M"}, rest=403),  # no file
    post("withdraw_certificate", "certificate", also={422: "M"}, rest=403),
    get("certificate_picture", "certificate", may="HM"),  # a signature is copied too easily
    post("change_certificate_picture", "certificate", also={422: "M"}, rest=403),
    get("office_templates", may=ALL),
    get("office_template", "template", may=ALL),
    post("office_template", "template", also={422: "M"}, rest=403),  # no file
    post("end_template", "template", also={409: "M"}, rest=403),  # it is the sector's
    get("template_file", "template", may=ALL),
    get("template_page", "template", may=ALL),
    get("party_document", may=ALL),
    post("party_document", data="party document", may=ALL),
    get("custody", may="CHDAMR", rest=403),
    get("receive_custody", may="CMR", rest=403),
    post("receive_custody", also={422: "CMR"}, rest=403),
    get("count_custody", may="CMR", rest=403),
    post("count_custody", also={422: "CMR"}, rest=403),
    get("custody_item", "custody", may="CHDAMS"),
    post("hand_over_custody", "custody", also={422: "CM", 404: "R"}, rest=403),
    post("change_custody", "custody", also={422: "CM", 404: "R"}, rest=403),
    get("custody_minutes", "custody record", may="CHDAMS"),
    get("people", may="M", rest=403),
    get("add_person", may="M", rest=403),
    get("person", "colleague", may="M", rest=403),
    post("make_activation", "colleague", may="M", rest=403),
    post("lock_person", "colleague", may="M", rest=403),
    post("unlock_person", "colleague", also={409: "M"}, rest=403),
    get("person_work", "colleague", may="M", rest=403),
    post("person_work", "colleague", also={422: "M"}, rest=403),
    post("give_post", "colleague", also={422: "M"}, rest=403),
    post("end_post", "post of colleague", may="M", rest=403),
    get("mfa_index", may=ALL),
    get("mfa_reauthenticate", may=ALL),
    get("mfa_activate_totp", may=ALL),
    get("mfa_deactivate_totp"),
    get("mfa_view_recovery_codes"),
    get("mfa_generate_recovery_codes", may=ALL),
    get("mfa_download_recovery_codes"),
    get("mfa_list_webauthn", may=ALL),
    get("mfa_add_webauthn", may=ALL),
    get("mfa_reauthenticate_webauthn", may=ALL),
    get("mfa_remove_webauthn", "no key", may=ALL),  # the password is asked for first
    get("mfa_edit_webauthn", "no key", may=ALL),
)

INCOMING = (
    get("incoming", may=ALL),
    get("register", may="CR", rest=403),
    post("register", may="CR", rest=403),
    post("save_entry_draft", may="CR", rest=403),
    post("drop_entry_draft", "kept form", may=ALL),  # only one's own is dropped
    get("duplicates", may="CR", rest=403),
    get("suggestions", may="", rest=403, also={404: "CR"}),
    get("register_stopped", may="CR", rest=403),
    post("register_stopped", may="CR", rest=403),
    post("present_picked", data="picked registered", may="C", sees="HDAUSVMIN"),
    post("direct_picked", data="picked presented", may="HA", sees="CUSVMINR"),
    get("entry", "assigned", may=WHO_SEES),
    get("entry", "waiting", may="CHA"),
    get("entry_preview", "assigned", may=WHO_SEES),
    get("receive", "waiting", may="C", sees="HA"),
    post("receive", "waiting", may="C", sees="HA"),
    get("entry_suggestions", "waiting", may="C", sees="HA"),
    get("stacks", may="CR", rest=403),
    post("stacks", may="CR", rest=403),
    get("separator_sheet", may="CR", rest=403),
    get("stack", "stack", may="C", rest=403, also={404: "R"}),
    get("stack_row", "scan", may="C", rest=403, also={404: "R"}),
    post("stack_row", "scan", may="C", rest=403, also={404: "R"}),
    get("row_suggestions", "scan", may="C", rest=403, also={404: "R"}),
    post("save_scan", "scan", may="C", rest=403, also={404: "R"}),
    post("skip_scan", "scan", may="C", rest=403, also={404: "R"}),
    post("drop_scan", "scan", may="C", rest=403, also={404: "R"}),
    post("join_scans", "scan", may="C", rest=403, also={404: "R"}),
    post("divide_scan", "scan", rest=403, also={404: "R", 422: "C"}),  # it has one page
    get("file", "scan file", may="C"),
    get("mails", may="CR", rest=403),
    post("settle_mail", "mail", "note", may="C", rest=403, also={404: "R"}),
    get("file", "mail file", may="C"),
    get("packets", may="CR", rest=403),
    get("packet", "packet", may="C", rest=403, also={404: "R"}),
    get("packet", "unmatched packet", may="C", rest=403, also={404: "R"}),
    post("settle_packet", "packet", "note", may="C", rest=403, also={404: "R"}),
    post("read_packet_again", "packet", may="C", rest=403, also={404: "R"}),
    post("take_packet", "packet", rest=403, also={404: "R", 409: "C"}),  # nobody's address is preferred there
    get("consent", "request", may="C", rest=403, also={404: "R"}),
    post("consent", "request", "consents", may="C", rest=403, also={404: "R"}),
    get("entry", "from_outside", may="CHA"),
    get("file", "packet file", may="C"),
    get("file", "file before", may="C"),
    get("envelope", may="CR", rest=403),
    post("envelope", may="CR", rest=403),
    post("open_envelope", "envelope", may="CS", sees="HA"),
    post("keep_private", "envelope", may="CS", sees="HA"),
    get("complete", "opened", may="C", sees="HAS"),
    post("complete", "opened", may="C", sees="HAS"),
    get("pass_on", "waiting", may="C", sees="HA"),
    post("pass_on", "waiting", "right place", may="C", sees="HA"),
    get("stamped_copy", "with file", may="C", sees="HA"),
    get("slip", "assigned", may=WHO_SEES),
    get("direct_on_paper", "presented", may="C", sees="HA"),
    post("direct_on_paper", "presented", may="C", sees="HA"),
    post("undo_direct_on_paper", "presented", sees="HA", also={409: "C"}),
    get("return_to_sender", "waiting", may="C", sees="HA"),
    post("return_to_sender", "waiting", "reason", may="C", sees="HA"),
    get("note_recall", "recalled", may="C", sees="HA"),
    post("note_recall", "recalled", "paper", may="C", sees="HA"),
    get("present", "registered", may="C", sees="HA"),
    post("present", "registered", "leader", may="C", sees="HA"),
    get("direct", "presented", may="HA", sees="C"),
    post("direct", "presented", "direction", may="HA", sees="C"),
    get("assign", "directed", may="AU", sees="CHD"),  # the chief is led back to the entry
    post("assign", "directed", "assignment", may="U", sees="CHDA"),
    post("instruct", "assigned", "words", may="HDAU", rest=403),
    post("finish", "assigned", "result", may="US", sees="CHDA"),
    post("mark_read", "to read", may=WHO_SEES),
    post("put_in_dossier", "assigned", "dossier", may=WHO_SEES),
)

OUTGOING = (
    get("outgoing", may=ALL),
    get("outgoing_entry", "issued", may=WHO_SEES),
    get("outgoing_preview", "issued", may=WHO_SEES),
    get("deliveries", "issued", may=WHO_SEES),
    post("correct", "issued", may=WHO_SEES, sees="VMI"),
    post("replace", "issued", may=WHO_SEES, sees="VMI"),
    get("copy_outgoing", "issued", may=WHO_SEES, sees="VMI"),
    post("copy_outgoing", "issued", "copy", also={422: WHO_SEES}, sees="VMI"),  # no file is named
    get("copy_incoming", "assigned", may=WHO_SEES, sees="VMI"),
    post("copy_incoming", "assigned", "copy", also={422: WHO_SEES}, sees="VMI"),
    get("outgoing_metadata", "issued", may=WHO_SEES),
    post("outgoing_metadata", "issued", also={422: "C"}, sees="HDAUS"),  # nothing was filled in
    get("incoming_metadata", "registered", may="CHA"),
    post("incoming_metadata", "registered", also={422: "C"}, sees="HA"),
    get("incoming_signatures", "waiting", may="CHA"),
    get("recall", "issued", may="C", sees="HDAUS"),
    post("recall", "issued", "recall", may="C", sees="HDAUS"),
    post("resend", "delivery", sees="DAU", also={409: "CHS"}),  # nothing came back
    get("sending", may="CR", rest=403),
    post("resend_picked", also={422: "CR"}, rest=403),  # nothing is chosen
    get("reconciled", "no key", also={404: "CR"}, rest=403),  # no connection
    get("sending_line", "line", may=WHO_SEES),
    post("resend_line", "line", sees="DAU", also={409: "CHS"}),  # nothing came back
    post("to_paper", "line", also={422: WHO_SEES}),  # no word why
    post("note_call", "line", also={422: WHO_SEES}),
    post("settle_line", "line", also={422: WHO_SEES}),
    post("resend_lost", "issued", also={409: WHO_SEES}),  # it reached everybody
    get("sign_batch", data="pick to sign", may=ALL),  # only the signer gets cards
    post("sign_batch", data="pick to sign", may="H", also={409: "DA"}, rest=422),
    get("signing_requests", may=ALL),
    get("signing_request", "signing request", may="H"),
    get("signing_progress", "signing request", may="H"),
    post("authorise_signing", "signing request", may="H"),
    post("cancel_signing", "signing request", may="H"),
    post("agent_calls", "signing request", may="H"),
    get("issue_batch", data="pick signed", may="CR", rest=403),
    post("issue_batch", data="pick signed", may="C", also={422: "R"}, rest=403),
    get("issue_batch_progress", data="pick signed", may="CR", rest=403),
    get("start_draft", may="CHDAUSNR", rest=403),
    post("start_draft", may="CHDAUSNR", rest=403),
    get("draft", "draft", may=WHO_SEES),
    get("draft", "to sign", may=WHO_SEES),
    get("draft_preview", "submitted", may=WHO_SEES),
    get("draft_pages", "draft", may=WHO_SEES),
    get("compare_versions", "draft", may=WHO_SEES),
    get("change_draft", "draft", may=WHO_SEES),  # only the drafter gets the form
    post("identify_recipient", "typed recipient", "meant", may="S", sees="CHDAU"),
    post("add_version", "draft", "version", may="S", sees="CHDAU"),
    post("add_draft_attachment", "draft", "attachment", may="S", sees="CHDAU"),
    post("remove_draft_attachment", "draft attachment", may="S", sees="CHDAU"),
    post("submit", "draft", may="S", sees="CHDAU"),
    post("withdraw", "draft", may="S", sees="CHDAU"),
    post("take_back", "submitted", may="S", sees="CHDAU"),
    post("pass_content", "submitted", may="U", sees="CHDAS"),
    post("pass_form", "checked", may="A", sees="CHDUS"),
    post("return_draft", "submitted", "words", may="U", sees="CDS", also={409: "HA"}),  # not their turn
    post("comment", "submitted", "words", may=WHO_SEES),
    get("place", "to sign", may=WHO_SEES),
    get("sign", "to sign", may=WHO_SEES),  # only the signer gets the card
    post("sign", "to sign", may="H", sees="CDAUS"),
    post("seal", "numbered", may="C", sees="HDAUS"),
    get("issue", "signed", may="C", sees="HDAUS"),
    post("issue", "signed", may="C", sees="HDAUS"),
    get("issue_progress", "signed", may=WHO_SEES),
    get("sign_on_paper", "to sign", may="C", sees="HDAUS"),
    post("sign_on_paper", "to sign", sees="HDAUS", also={422: "C"}),
    post("scan", "signed", sees="HDAUS", also={409: "C"}),
    post("void", "numbered", "reason", may="C", sees="HDAUS"),
    post("send_back", "signed", "words", may="C", sees="HDAUS"),
    get("form_check", "draft", may=WHO_SEES),
    post("fix_form", "draft", "first version", sees="CHDAU", also={409: "S"}),  # a later one came
    get("draft_marks", "draft", may=WHO_SEES),
    post("draft_marks", "draft", "mark", may=WHO_SEES),
    post("answer_mark", "mark", "answer", may="S", sees="CHDAU"),
    get("draft_opinions", "draft", may=WHO_SEES),
    post("draft_opinions", "draft", "inquiry", may="S", sees="CHDAU"),
    post("give_opinion", "opinion", "agree", may="V", sees="CHDAUS"),
    post("respond_opinion", "opinion", sees="CHDAUV", also={409: "S"}),  # not answered yet
    post("remind_opinions", "round", may="S", sees="CHDAUV"),
    post("close_opinions", "round", may="S", sees="CHDAUV"),
    get("opinion_summary", "asked", may=f"{WHO_SEES}V"),
    get("co_signers", "draft", may=WHO_SEES),
    post("co_signers", "draft", "initials", may="S", sees="CHDAU"),
    post("remove_co_signer", "co-signer", may="S", sees="CHDAU"),
    post("number_first", "to number", may="C", sees="HDAUS"),
    post("give_up_number", "numbered first", "reason", may="C", sees="HDAUS"),
)

TASKS = (
    get("tasks", may=ALL),
    get("overview", may="CHDAUR", rest=403),
    get("give_work", may="HDAU", rest=403),
    post("give_work", data="work", may="HDAU", rest=403),
    get("task", "work", may=WHO_SEES),
    get("task", "unit work", may="CHDAU"),
    post("note_progress", "work", "progress", may="S", sees="CHDAU"),
    post("hand_in", "work", "words", may="S", sees="CHDAU"),
    post("return_task", "work", "return", may="S", sees="CHDAU"),
    post("divide", "unit work", "part", may="U", sees="CHDA"),
    post("ask_extension", "work", "extension", may="S", sees="CHDAU"),
    post("grant_extension", "asked work", "grant", may="H", sees="CDAUS"),
    post("refuse_extension", "asked work", "refusal", may="H", sees="CDAUS"),
    post("accept_result", "reported work", may="H", sees="CDAUS"),
    post("send_back_result", "reported work", "redo", may="H", sees="CDAUS"),
    post("give_again", "returned work", may="H", sees="CDAUS"),
    post("withdraw_task", "work", "withdrawal", may="H", sees="CDAUS"),
    post("chase", "late work", "chasing", may="CHDA", sees="US"),
    post("mark_task_read", "work", may="S", sees="CHDAU"),
    get("rhythms", may="CHDAUR", rest=403),
    post("rhythms", data="rhythm", may="HDAU", rest=403),
    post("stop_rhythm", "rhythm", may="HD", sees="CAUSVMIN"),
    get("notices", may=ALL),
    post("notices_seen", may=ALL),
    get("practice", may=ALL),
    post("practice_announce", data="no practice day", also={422: "M"}, rest=403),
    post("practice_enter", data="no room", also={422: ALL}),
    post("practice_play", "no part"),  # of nobody who does not practise
    post("practice_leave", may=ALL),
    get("check_signatures", may=ALL),
    post("check_signatures", also={422: ALL}),  # without a file
    get("working_days", may=ALL),
    post("working_days", data="day", rest=403),  # the administrator of the highest office only
    post("drop_day", "day", rest=403),
)

DOSSIERS = (
    get("work", may=ALL),
    get("open_dossier", may="CHDAUSVNR", rest=403),
    post("open_dossier", data="dossier", may="CHDAUSVNR", rest=403),
    get("dossier", "open dossier", may=WHO_SEES),
    post("open_planned", "planned row", may="US", sees="CHDAVNMI"),
    get("hand_over_list", may="CHDAUSVNR", rest=403),
    get("file_item", "filed entry", may=WHO_SEES + "V"),  # it lies in a dossier that the archive has
    post("file_item", "filed entry", "dossier", may=WHO_SEES + "V"),
    get("describe_dossier", "open dossier", may="US", sees="CHDA"),
    post("describe_dossier", "open dossier", may="US", sees="CHDA"),  # nothing was filled in
    get("add_paper", "open dossier", may=WHO_SEES),
    post("add_paper", "open dossier", may=WHO_SEES),
    post("take_out_of_dossier", "open dossier", "item in dossier", may="US", sees="CHDA"),
    get("share_dossier", "open dossier", may="US", sees="CHDA"),
    post("share_dossier", "open dossier", may="US", sees="CHDA"),
    post("unshare_dossier", "share", may="US", sees="CHDAV"),
    get("dossier_contents", "open dossier", "xlsx", may=WHO_SEES),
    get("dossier_xml", "open dossier", may=WHO_SEES),
    post("export_dossier", "open dossier", may=WHO_SEES),
    get("dossier_export", "export", may="S"),
    get("dossier_export_file", "export"),  # not made yet
    post("close_dossier", "open dossier", "closing", may="US", sees="CHDA"),
    post("close_dossier", "open dossier", sees="CHDA", also={422: "US"}),  # something is missing
    post("accept_dossier", "handed dossier", may="V", sees=WHO_SEES),
    post("give_back_dossier", "handed dossier", "reason", may="V", sees=WHO_SEES),
    get("plans", may="CHDAUSVNR", rest=403),
    post("start_plan", data="new plan", may="N", rest=403, also={404: "R"}),
    get("plans_file", data="xlsx", may="CHDAUSVN", rest=403, also={422: "R"}),  # that office has none
    get("plan", "plan", may="CHDAUSVN", sees="MI"),
    get("plan_file", "plan", "xlsx", may="CHDAUSVN", sees="MI"),
    post("copy_plan", "empty plan", may="US", sees="CHDAVNMI"),
    post("import_plan", "drafting plan", sees="CHDAVNMI", also={422: "US"}),  # no file
    get("add_plan_row", "drafting plan", may="US", sees="CHDAVNMI"),
    post("add_plan_row", "drafting plan", may="US", sees="CHDAVNMI"),
    get("change_plan_row", "drafting row", may="US", sees="CHDAVNMI"),
    post("change_plan_row", "drafting row", may="US", sees="CHDAVNMI"),
    post("remove_plan_row", "drafting row", may="US", sees="CHDAVNMI"),
    post("propose_plan", "drafting plan", may="U", sees="CHDASVNMI"),
    post("approve_plan", "proposed plan", "decision", may="HD", sees="CAUSVNMI"),
    post("send_plan_back", "proposed plan", "reason", may="HD", sees="CAUSVNMI"),
    post("revise_plan", "plan", may="US", sees="CHDAVNMI"),
    get("retention_schedule", may="CHDAUSVNR", rest=403),
    get("retention_file", may="CHDAUSVNR", rest=403),
    get("add_retention_line", may="HDV", rest=403),
    post("add_retention_line", may="HDV", rest=403),
    get("change_retention_line", "period", may="HDV", rest=403),
    post("change_retention_line", "period", may="HDV", rest=403),
    post("drop_retention_line", "own period", may="HDV", rest=403),
    post("import_retention", rest=403, also={422: "HDV"}),  # no file
    get("freezes", may="HD", rest=403),
    get("add_freeze", may="HD", rest=403),
    post("add_freeze", may="HD", rest=403),
    get("freeze", "freeze", may="HD", rest=403),
    post("lift_freeze", "freeze", "reason", may="HD", rest=403),
    post("reopen_dossier", "closed dossier", may="US", sees="CHDA"),
    post("hand_over_dossier", "closed dossier", may="US", sees="CHDA"),
    get("reports", may="CHDAR", rest=403),
    get("handling_report", may="CHAR", rest=403),  # this deputy does not see the whole office
    get("issued_report", may="CHAR", rest=403),
    get("signing_report", may="CHAR", rest=403),
    get("exchanged_report", may="CHAR", rest=403),
    get("stock_report", may="CHAR", rest=403),
    get("book", data="book", may="CHAR", rest=403),  # this deputy does not see the whole office
    get("made_book", "unknown", sees="USVMIN"),
    get("made_book_file", "unknown", sees="USVMIN"),
    get("shelf", may="CHDAMR", rest=403),
    get("series_book", "own book", may="CHDAM", sees="USVIN"),
    get("series_book_file", "own book", may="CHA", sees="USVMIND"),
    post("close_book", "own book", "reason", may="C", sees="HDAUSVMIN"),
    post("reopen_book", "closed book", "reason", may="M", sees="CHDAUSVIN"),
    get("book_rules", may="CMR", rest=403),
    post("book_rules", data="series rule", may="CMR", rest=403),
    post("end_series", "series rule", may="CM", sees="HDAUSVIN"),
    post("write_symbols", data="symbol rule", may="CMR", rest=403),
    post("change_number_rules", data="number rules", may="CMR", rest=403),
    post("go_on_from", data="paper book", may="CMR", rest=403),
    get("held_numbers", may="CR", rest=403),
    post("held_numbers", data="hold", may="CR", rest=403),
    post("take_over_number", "colleague's number", may="C", sees="HDAUSVMIN"),
    post("void_held_number", "held number", "reason", may="C", sees="HDAUSVMIN"),
    get("take_number", may="CR", rest=403),
    post("take_number", data="slip", may="CR", rest=403),
    get("taken_number", "paper", may="C", sees="HDAU"),
    post("dispatch_paper", "paper", may="C", sees="HDAU"),
    post("void_paper", "paper", "reason", may="C", sees="HDAU"),
)

FILES = (
    post("uploads", also={422: ALL}),  # no file was sent
    get("upload", "upload", may="C"),
    get("upload_page", "upload page", may="C"),
    get("file", "file", may="CHA"),
    get("file", "version file", may=WHO_SEES),
    get("page_image", "page", may="CHA"),
    get("lasting_file", "issued file", may="CHDAUSR"),
    get("lasting_file", "file", rest=404),  # nothing was appended to it
    get("searchable_file", "file", rest=404),  # it is no scan
    get("print_file", "file", may="CHA"),
    get("print_official", "file", sees="CHA"),  # not issued here
    get("print_official", "issued file", may="C", sees="HDAUSR"),
)

WEBHOOKS = (
    get("webhooks", may="M", rest=403),
    get("add_webhook", may="M", rest=403),
    post("add_webhook", also={422: "M"}, rest=403),
    get("webhook", "webhook", may="M", rest=403),
    get("change_webhook", "webhook", may="M", rest=403),
    post("change_webhook", "webhook", also={422: "M"}, rest=403),
    post("pause_webhook", "webhook", may="M", rest=403),
    post("resume_webhook", "webhook", also={409: "M"}, rest=403),
    post("test_webhook", "webhook", may="M", rest=403),
    post("rotate_webhook_secret", "webhook", may="M", rest=403),
    post("replay_failed", "webhook", may="M", rest=403),
    post("remove_webhook", "webhook", may="M", rest=403),
    get("webhook_delivery", "webhook delivery", may="M", rest=403),
    post("replay", "webhook delivery", also={409: "M"}, rest=403),  # it waits already
    get("axis", may="M", rest=403),
    get("add_connection", may="M", rest=403),
    post("add_connection", also={422: "M"}, rest=403),
    get("connection", "connection", may="M", rest=403),
    get("change_connection", "connection", may="M", rest=403),
    post("change_connection", "connection", also={422: "M"}, rest=403),
    post("try_connection", "connection", may="M", rest=403),
    post("switch_on_connection", "connection", may="M", rest=403),
    post("switch_off_connection", "connection", may="M", rest=403),
    post("sync_agencies", "connection", may="M", rest=403),
    post("give_address", "connection", also={422: "M"}, rest=403),
    post("prefer_address", "address", may="M", rest=403),
    post("end_address", "address", may="M", rest=403),
    get("agencies", may="M", rest=403),
    get("agency", "body", may="M", rest=403),
    post("confirm_agency", "unverified body", "body name", may="M", rest=403),
    post("join_agency", "unverified body", also={422: "M"}, rest=403),
    post("add_agency_code", "body", also={422: "M"}, rest=403),
    get("hub_systems", may="M", rest=403),
    get("add_hub_system", may="M", rest=403),
    post("add_hub_system", also={422: "M"}, rest=403),
    get("hub_system", "hub system", may="M", rest=403),
    get("hub_calls", "hub system", may="M", rest=403),
    get("change_hub_system", "hub system", may="M", rest=403),
    post("change_hub_system", "hub system", also={422: "M"}, rest=403),
    post("renew_hub_secret", "hub system", may="M", rest=403),
    post("switch_off_hub_system", "hub system", may="M", rest=403),
    post("switch_on_hub_system", "hub system", also={409: "M"}, rest=403),  # it is on
    get("hub_system", "hub system elsewhere", may="M", rest=403),  # there is no administrator above
    get("webhook", "webhook elsewhere", rest=403, also={404: "M"}),
    post("remove_webhook", "webhook elsewhere", rest=403, also={404: "M"}),
    get("webhook_delivery", "webhook delivery elsewhere", rest=403, also={404: "M"}),
)

CALENDAR = (
    get("calendar", may=AT_WORK, rest=403),
    post("calendar_seen", may=AT_WORK, rest=403),
    get("plan_appointment", may=AT_WORK, rest=403),
    post("plan_appointment", data="appointment", may=AT_WORK.replace("R", ""), also={422: "R"}, rest=403),
    get("calendar_conflicts", may=AT_WORK, rest=403),
    post("appointment_from_entry", "assigned", may=WHO_SEES, also={403: "MI"}),  # led to the form
    get("appointment", "own appointment", may="CAS", also={403: "MI"}),
    get("appointment", "appointment", may="CHDA", also={403: "MI"}),
    get("change_appointment", "own appointment", may="CAS"),
    post("cancel_appointment", "own appointment", "reason", may="CAS"),
    post("leave_out_appointment", "appointment", may="CA", also={404: "R"}, rest=403),
    get("print_week", "no week", also={422: AT_WORK}, rest=403),
    post("submit_week", "week", may="CA", also={422: "R"}, rest=403),  # nothing stands in the other office's
    post("take_back_week", "week", also={409: "CAR"}, rest=403),
    post("send_back_week", "week", "reason", also={409: "HD"}, rest=403),
    post("approve_week", "week", may="HD", rest=403),
    post("publish_week", "week", also={409: "CAR"}, rest=403),
    post("begin_week_change", "week", "reason", also={409: "CAR"}, rest=403),
    get("calendar_rooms", may="CAR", rest=403),
    post("calendar_rooms", also={422: "CAR"}, rest=403),
    get("change_calendar_room", "room", may="CA", also={404: "R"}, rest=403),
    get("calendar_feed", may=AT_WORK, rest=403),
    post("calendar_feed", may=AT_WORK, rest=403),
    post("revoke_calendar_feed", also={409: AT_WORK}, rest=403),
)

GATES = (*FRAME, *PEOPLE, *INCOMING, *OUTGOING, *TASKS, *DOSSIERS, *FILES, *WEBHOOKS, *CALENDAR)

# Open to whoever has not signed in, with what they get.
OPEN = {
    "account_login": 200,
    "account_logout": 302,
    "account_inactive": 200,
    "demo_sign_in": 405,
    "mfa_authenticate": 302,
    "health": 200,
    "activate": 404,
    "read_calendar_feed": 404,
    "agent_file": 404,
    "signing_report": 405,
    # the hub is off
    "hub_send": 405,
    "hub_received": 405,
    "hub_sent": 405,
    "hub_fetch": 405,
    "hub_download": 404,
    "hub_tell": 405,
    "hub_count_documents": 404,
    "hub_count_statuses": 404,
    "hub_agencies": 405,
    "hub_new_agencies": 405,
    "hub_changed_agencies": 405,
    "hub_register": 405,
    "hub_unregister": 405,
}
NOT_OURS = {name for name in (gate.name for gate in PEOPLE) if name.startswith(("mfa_", "account_", "users"))}


@pytest.mark.django_db
def test_every_gate_with_every_persona(signing_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo, "_GRACE", timedelta(hours=1))  # the walk takes longer than a click
    sector = make_sector(signing_world)
    browsers = {letter: signing_world.client(persona) for letter, persona in PERSONAS.items()}
    wrong = []
    for gate in GATES:
        for letter, browser in browsers.items():
            status, read = knock(browser, gate, sector)
            if status not in gate.expected(letter):
                wrong.append(f"{gate.method} {gate.name} {gate.thing}: {PERSONAS[letter]} got {status}")
            if letter in "NMI" and (SUBJECT in read or drafts.SUBJECT in read):
                wrong.append(f"{gate.method} {gate.name}: {PERSONAS[letter]} reads a subject")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_who_has_not_signed_in_is_led_to_the_door(signing_world: World) -> None:
    sector, nobody = make_sector(signing_world), signing_world.client()
    for gate in GATES:
        response = send(nobody, gate, sector)
        assert response.status_code == 302, gate.name
        assert response["Location"].startswith("/sign-in/"), gate.name
    for name, status in OPEN.items():
        args: tuple[str, ...] = ()
        if name in ("activate", "read_calendar_feed", "agent_file"):
            args = ("no-such-link",)
        elif name == "signing_report":
            args = ("smartca", "no-such-secret")
        assert nobody.get(reverse(name, args=args)).status_code == status, name


def knock(browser: Client, gate: Gate, sector: Sector) -> tuple[int, str]:
    """The status and text of one request; what it did is undone."""
    with transaction.atomic():
        response = send(browser, gate, sector)
        streamed = getattr(response, "streaming_content", None)
        body = b"".join(streamed) if streamed is not None else response.content  # type: ignore[attr-defined]
        transaction.set_rollback(True)
    return response.status_code, body.decode(errors="ignore")


def send(browser: Client, gate: Gate, sector: Sector) -> HttpResponseBase:
    address = reverse(gate.name, args=sector.args[gate.thing])
    return getattr(browser, gate.method)(address, sector.data[gate.data])  # type: ignore[no-any-return]


def test_the_table_is_whole() -> None:
    assert {gate.name for gate in GATES} | OPEN.keys() == set(patterns())


@pytest.mark.django_db
def test_verbs_take_no_get_and_pages_no_post(world: World) -> None:
    methods = defaultdict(set)
    for gate in GATES:
        methods[gate.name].add(gate.method)
    browser, found = world.client("clerk"), patterns()
    for name, taken in methods.items():
        if name in NOT_OURS:
            continue
        for method in {"get", "post"} - taken:
            response = getattr(browser, method)(reverse(name, args=made_up(found[name])))
            if (name, method) not in TAKES_BOTH:
                assert response.status_code == 405, f"{method} {name}"


# Forms whose other half is not in the table because its rows would say the same.
TAKES_BOTH = {
    ("change_appointment", "post"), ("change_calendar_room", "post"),
    ("add_person", "post"), ("delegations", "post"), ("change_draft", "post"), ("place", "post"),
}  # fmt: skip


def patterns(resolver: URLResolver | None = None) -> dict[str, URLPattern]:
    """{name: pattern} of everything the product serves."""
    return {str(one.name): one for one in walked(resolver or get_resolver())}


def walked(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            if one.namespace != "api":  # what programs use has a walk of its own: tests/api/test_strangers.py
                yield from walked(one)
        else:
            yield one


def made_up(pattern: URLPattern) -> list[Any]:
    """Arguments that fit the address; methods are refused before anything is looked for."""
    kinds = {"IntConverter": 1, "UUIDConverter": uuid4(), "StringConverter": "x"}
    return [kinds[type(one).__name__] for one in pattern.pattern.converters.values()]

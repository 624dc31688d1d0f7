"""Rows on their way into the tables, as the text that PostgreSQL's COPY reads."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg
from psycopg import sql

_ESCAPES = (("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r"))
NULL = r"\N"

_TEXT: dict[type, Callable[[Any], str]] = {
    str: lambda value: value,
    int: str,
    float: str,
    bool: lambda value: "t" if value else "f",
    type(None): lambda _: NULL,
    date: date.isoformat,
}

encode: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
"""JSON as the ledger hashes it."""
quoted: Callable[[str], str] = json.encoder.encode_basestring
"""The same for a text, faster."""


def escaped(text: str) -> str:
    """Text that may hold a backslash, a tab or a line break."""
    for letter, written in _ESCAPES:  # faster than `translate`, which looks at every letter
        text = text.replace(letter, written)
    return text


class Sheet:
    """New rows of one table. Texts must be `escaped` by whoever cannot know what is in them."""

    def __init__(self, table: str, columns: str) -> None:
        self.table = table
        self.columns = columns.split()
        self.lines: list[str] = []

    def add(self, *values: object) -> None:
        """One row: values in the order of the columns."""
        self.lines.append(
            "\t".join(
                [value if value.__class__ is str else _TEXT[value.__class__](value) for value in values]
            )
        )

    def copy(self, cursor: psycopg.Cursor[Any]) -> int:
        """Write the rows; returns how many there were."""
        if not self.lines:
            return 0
        command = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(self.table), sql.SQL(", ").join(map(sql.Identifier, self.columns))
        )
        with cursor.copy(command) as copy:
            for start in range(0, len(self.lines), 5000):
                copy.write("\n".join(self.lines[start : start + 5000]) + "\n")
        written = len(self.lines)
        self.lines.clear()
        return written


DESCRIBED = "kind number notation issued_on issuer_name subject signer_name signer_title urgency pages"


class Sheets:
    """The tables of a load, in the order in which they are written."""

    def __init__(self) -> None:
        self.documents = Sheet(
            "documents_document",
            f"id {DESCRIBED} issuer_id entered_by_office_id language restricted reply_due_on created_at",
        )
        self.incoming = Sheet(
            "documents_incomingentry",
            f"id {DESCRIBED} office_id document_id series_id arrival_number arrived_on arrived_at registered_at state"
            " medium channel due_on remark restricted duplicate_key duplicate_reason signature_verdict"
            " signature_report returned_reason receivers handed_on_at closed_at closing_note",
        )
        self.outgoing = Sheet(
            "documents_outgoingentry",
            "id office_id document_id series_id number state medium restricted recipients copy_kept_by copies remark"
            " numbered_at issued_at voided_reason",
        )
        self.relations = Sheet("documents_relation", "id source_id target_id kind")
        self.participants = Sheet(
            "kernel_participant",
            "id item_kind item_id office_id owner_kind owner_id role state pending restricted urgency due_on at",
        )
        self.instructions = Sheet(
            "tasks_instruction",
            "id office_id item_kind_of item_id_of author_id author_title behalf_of text written_at",
        )
        self.tasks = Sheet(
            "tasks_task",
            "id office_id source_kind source_id instruction_id parent_id given_by_id unit_id person_id role text due_on"
            " state given_at accepted_at done_at result",
        )
        self.drafts = Sheet(
            "issuing_draft",
            "id office_id unit_id drafter_id kind notation subject urgency restricted replies_to_id signer_id"
            " signing_form state last_version content_by_id outgoing_id created_at submitted_at signed_at"
            " signature_level places trouble",
        )
        self.versions = Sheet(
            "issuing_version", "id draft_id ordinal made_by_id made_at pdf_id text note conversion_trouble"
        )
        self.reviews = Sheet(
            "issuing_review",
            "id draft_id version_id step decision author_id author_title behalf_of text written_at",
        )
        self.recipients = Sheet("issuing_recipient", "id draft_id office_id name addressed position")
        self.deliveries = Sheet(
            "exchange_delivery",
            "id document_id outgoing_id from_office_id to_office_id to_name channel state entry_id arrival_number"
            " reason position queued_at changed_at",
        )
        self.receipts = Sheet("exchange_receipt", "id delivery_id state note at")
        self.attachments = Sheet(
            "kernel_attachment", "id file_id owner_kind owner_id role name position attached_at"
        )
        self.dossiers = Sheet(
            "dossiers_dossier",
            "id office_id unit_id creator_id year ordinal notation title retention_years language state restricted"
            " started_on ended_on last_ordinal remark",
        )
        self.dossier_items = Sheet(
            "dossiers_dossieritem", "id dossier_id item_kind_of item_id_of ordinal added_at added_by_id"
        )
        self.search_rows = Sheet(
            "search_searchrow",
            "item_kind item_id at source_kind source_id office_id kind symbol title issuer signer issued_on"
            " arrival_number more tokens",
        )
        self.search_bodies = Sheet("search_searchbody", "source_kind source_id at text tokens")
        self.ledger_values = Sheet("kernel_ledgervalues", "entry_id values")
        self.ledger = Sheet(
            "kernel_ledgerentry",
            "id office_id seq at account_id person_id verb item_kind item_id fields values_hash hash",
        )

    def all(self) -> list[Sheet]:
        """Every sheet."""
        return [one for one in vars(self).values() if isinstance(one, Sheet)]

"""Documents of the Party, made from the office's template and taken home: they are issued outside the State's books."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vanthu.documents import kinds, series
from vanthu.issuing import templates
from vanthu.issuing.layout import fill
from vanthu.issuing.layout.places import PARTY_LETTER, template_of
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import queries as organisations

if TYPE_CHECKING:
    from vanthu.documents.kinds import Kind
    from vanthu.kernel.actor import Actor

KINDS: tuple[Kind, ...] = kinds.PARTY


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyDocument:
    """What a writer says; names in ordinary case, `signing` and `copies` line by line, `organ` as in "TB/ĐU"."""

    kind: str
    subject: str
    committee: str
    superior: str = ""
    organ: str = "ĐU"
    recipients: tuple[str, ...] = ()
    signing: tuple[str, ...] = templates.PARTY_SIGNING
    signer: str = ""
    copies: tuple[str, ...] = ()


def suggested(by: Actor) -> PartyDocument:
    """What is known of the committee of the actor's office."""
    office = organisations.office(by.office)
    organ = series.notation(office.pk, KINDS[0]).rpartition("/")[2]
    return PartyDocument(kind="DTB", subject="", committee=f"Đảng ủy {office.name}", organ=organ)


def make(said: PartyDocument, *, by: Actor) -> bytes:
    """The DOCX in the office's template. Raises `Invalid` for another kind, and for a letter to nobody."""
    kind = next((one for one in KINDS if one.code == said.kind), None)
    if kind is None:
        raise Invalid(fields={"kind": "Chọn một loại trong danh sách."})
    used = template_of(kind.code)
    if used == PARTY_LETTER and not said.recipients:
        raise Invalid(fields={"recipients": "Công văn phải có nơi kính gửi. Ghi mỗi dòng một nơi."})
    letter = replace(
        templates.blank(used, by),
        kind=kind.code,
        authority=said.committee,
        superior=said.superior,
        symbol=f"-{kind.abbreviation}/{said.organ}",
        subject=said.subject,
        recipients=said.recipients,
        signing=said.signing,
        signer=said.signer or "[Họ và tên]",
        copies=said.copies,
    )
    return fill(templates.template(used, by), letter)

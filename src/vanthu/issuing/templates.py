"""Templates of the kinds: the one in force in an office, filled for a draft; its administrator changes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.documents import kinds, series
from vanthu.issuing import template_checks
from vanthu.issuing.layout import LetterData, compose, fill, form_of, sector_template
from vanthu.issuing.layout.places import COPIES, OF_PARTY, TEMPLATED, template_of
from vanthu.issuing.signing_forms import lines_of
from vanthu.issuing.template_models import LetterTemplate
from vanthu.kernel import ledger
from vanthu.kernel.calendar import now, today
from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import DOCX
from vanthu.kernel.refusals import Conflict, Invalid, NotFound
from vanthu.organisations import queries as organisations

if TYPE_CHECKING:
    from uuid import UUID

    from vanthu.kernel.actor import Actor

PARTY_SIGNING = ("T/M ĐẢNG ỦY", "BÍ THƯ")
"""How a committee of the Party signs (Hướng dẫn 36-HD/VPTW)."""
_NAMES = dict(TEMPLATED)
_ARTICLES = (
    "Điều 1. Kiểm tra công tác văn thư, lưu trữ tại các đơn vị trực thuộc.",
    "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
    "Điều 3. Chánh Văn phòng, thủ trưởng các đơn vị chịu trách nhiệm thi hành Quyết định này.",
)
_TEXT = (
    "Thực hiện chương trình công tác năm, cơ quan tổ chức kiểm tra công tác văn thư, lưu trữ tại các đơn vị.",
    "Các đơn vị chuẩn bị báo cáo, hồ sơ, sổ sách để làm việc với đoàn kiểm tra.",
)


def name_of(kind: str) -> str:
    """What a kind with a template is called. Raises `NotFound`."""
    if kind not in _NAMES:
        raise NotFound
    return _NAMES[kind]


def own_of(office_id: int) -> dict[str, LetterTemplate]:
    """The office's own templates in force, by kind; one query."""
    rows = LetterTemplate.objects.filter(office=office_id, ended_at=None)
    return {row.kind: row for row in rows.select_related("made_by", "source__file")}


def history(kind: str, by: Actor) -> list[LetterTemplate]:
    """Every template that the office ever had of a kind, newest first."""
    rows = LetterTemplate.objects.filter(office=by.office, kind=kind).order_by("-ordinal")
    return list(rows.select_related("made_by", "ended_by", "source__file"))


def template(kind: str, by: Actor, *, ordinal: int | None = None) -> bytes:
    """The DOCX with placeholders that is in force in the actor's office, or an earlier one of its own.

    Raises `NotFound` for a kind without template, and for a number that the office never had.
    """
    name_of(kind)
    if ordinal is None:
        return _in_force(kind, by.office) or sector_template(kind, blank(kind, by))
    found = LetterTemplate.objects.filter(office=by.office, kind=kind, ordinal=ordinal).first()
    if found is None or found.source is None:
        raise NotFound
    return file_queries.open_attachment(found.source).read()


def of_sector(kind: str, by: Actor) -> bytes:
    """The sector's DOCX with placeholders, with lengths for the names of the actor's office."""
    name_of(kind)
    return sector_template(kind, blank(kind, by))


def filled(kind: str, by: Actor) -> bytes:
    """The template in force with everything that the office knows; what a writer must say stands in brackets."""
    return fill(template(kind, by), blank(kind, by))


def laid_out(data: LetterData, office_id: int) -> bytes:
    """A letter as DOCX: in the office's own template of its kind, else in the sector's layout.

    What several bodies issue together has columns of signatures that no template of one office has.
    """
    kind = template_of(data.kind)
    together = data.joint or data.joint_offices
    own = None if together else _in_force(kind, office_id)
    if own is None and kind in OF_PARTY:
        own = sector_template(kind, data)
    return fill(own, data) if own else compose(data)


def _in_force(kind: str, office_id: int) -> bytes | None:
    rows = LetterTemplate.objects.filter(office=office_id, kind=kind, ended_at=None)
    found = rows.select_related("source__file").first()
    return file_queries.open_attachment(found.source).read() if found and found.source else None


@transaction.atomic
def take(kind: str, upload_id: UUID | str, note: str = "", *, by: Actor) -> LetterTemplate:
    """Use an uploaded DOCX as the office's template of this kind from now on.

    Raises `Invalid` for another type of file, `TemplateRefused` with what to mend and where.
    """
    by.require("administer")
    name = name_of(kind)
    upload = file_queries.upload(upload_id, by)
    if upload.file is None or upload.file.media_type != DOCX:
        raise Invalid(fields={"file": "Mẫu phải là tệp Word .docx. Tải mẫu hiện dùng về, sửa rồi tải lên."})
    template_checks.require(file_queries.open_upload(upload).read(), kind, sample(kind, by))
    organisations.hold_office(by.office)
    last = LetterTemplate.objects.filter(office=by.office, kind=kind).order_by("-ordinal").first()
    _end(kind, by)
    made = LetterTemplate.objects.create(
        office_id=by.office,
        kind=kind,
        ordinal=last.ordinal + 1 if last else 1,
        note=note.strip()[:300],
        made_by_id=by.person,
        made_at=now(),
    )
    made.source = file_actions.attach_upload(
        upload.pk, owner_kind="template", owner_id=made.pk, role="docx", by=by
    )
    made.save(update_fields=["source"])
    said = f"dùng mẫu riêng của cơ quan cho {name}, bản {made.ordinal}"
    ledger.record("issuing.template_taken", made, by=by, note=f"{said}: {made.note}" if made.note else said)
    return made


@transaction.atomic
def back_to_sector(kind: str, *, by: Actor) -> None:
    """Use the sector's template of this kind again. Raises `Conflict` when it is in use already."""
    by.require("administer")
    name = name_of(kind)
    organisations.hold_office(by.office)
    ended = _end(kind, by)
    if ended is None:
        raise Conflict(f"{name} đang dùng mẫu của ngành rồi. Tải lại trang để xem.")
    ledger.record("issuing.template_ended", ended, by=by, note=f"dùng lại mẫu của ngành cho {name}")


def _end(kind: str, by: Actor) -> LetterTemplate | None:
    found = LetterTemplate.objects.filter(office=by.office, kind=kind, ended_at=None).first()
    if found is not None:
        found.ended_at, found.ended_by_id = now(), by.person
        found.save(update_fields=["ended_at", "ended_by"])
    return found


def blank(kind: str, by: Actor) -> LetterData:
    """A letter of the office of which only the office is known: names, place, symbol, who heads it."""
    office = organisations.office(by.office)
    heads = organisations.leaders(office.pk)[:1]
    letter = LetterData(
        kind=kind,
        office=office.name,
        superior=office.parent.name if office.parent else "",
        symbol="" if kind in OF_PARTY else series.notation(office.pk, kinds.by_code(kind)),
        place=office.place,
        year=today().year,
        subject="[Trích yếu nội dung văn bản]",
        recipients=("[Cơ quan, đơn vị nhận]",),
        signing=lines_of(heads[0]) if heads else ("VIỆN TRƯỞNG",),
        signer=heads[0].person.full_name if heads else "[Họ và tên]",
        secretary="[Họ và tên]",
    )
    if kind not in OF_PARTY:
        return letter
    return replace(letter, superior="", body=("[Nội dung].",), signing=PARTY_SIGNING, signer="[Họ và tên]")


def sample(kind: str, by: Actor) -> LetterData:
    """A whole letter of the office, as a preview shows it and as a template is tried with."""
    form = form_of("CV" if kind in COPIES or kind in OF_PARTY else kind)
    office = blank(kind, by)
    return replace(
        office,
        kind=template_checks.sample_kind(kind),
        symbol=series.notation(by.office, kinds.by_code(template_checks.sample_kind(kind))),
        subject="Kiểm tra công tác văn thư, lưu trữ",
        recipients=("Các đơn vị trực thuộc",) if form.names_recipients else (),
        basis=("Căn cứ Luật Tổ chức Viện kiểm sát nhân dân", "Theo đề nghị của Chánh Văn phòng")
        if form.enacts
        else (),
        details=dict.fromkeys(form.details, "Theo chương trình kiểm tra"),
        body=_ARTICLES if form.enacts else _TEXT,
        copies=("Lãnh đạo Viện",),
        signer=office.signer.replace("[Họ và tên]", "Nguyễn Văn An"),
        secretary="Trần Thị Bình",
    )

"""Who gets a draft when it is issued: offices of the sector that exist today, bodies outside by code or by name.

A body outside that was chosen is known by its code, however it is called later; one that was typed is only a name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from vanthu.issuing import queries
from vanthu.issuing.models import Draft, Recipient
from vanthu.issuing.states import DraftState
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations import agencies, inheriting
from vanthu.organisations import queries as organisations

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor
    from vanthu.organisations.agencies import Found
    from vanthu.organisations.agency_models import Agency
    from vanthu.organisations.models import Office

OTHER_WORLD = (
    "Văn bản thực hành chỉ gửi trong phòng thực hành, văn bản thật chỉ gửi cơ quan thật. Chọn lại nơi nhận."
)


def set_recipients(
    draft: Draft, office_ids: Iterable[int], names: Iterable[str], agency_ids: Iterable[int] = ()
) -> None:
    """Replace the recipients: offices and bodies outside by id, others by name, nobody twice.

    A body that is an office of ours is that office. Raises `Invalid` with what is wrong.
    """
    bodies, ours = _bodies(agency_ids)
    office_ids = list(dict.fromkeys([*office_ids, *ours]))
    offices = organisations.offices_by_ids([*office_ids, draft.office_id])
    others = dict.fromkeys(name for name in map(nfc, names) if name)
    if wrong := _wrong_recipient(draft, office_ids, offices, others, bodies):
        raise Invalid(fields={"recipients": wrong})
    Recipient.objects.filter(draft=draft).delete()
    taken: set[str] = set()
    rows = [Recipient(office=offices[pk], name=offices[pk].name) for pk in office_ids]
    rows += [Recipient(agency=body, name=_own_name(body, taken)) for body in bodies]
    rows += [Recipient(name=name) for name in others if name not in taken]
    for place, row in enumerate(rows):
        row.draft, row.position = draft, place
    Recipient.objects.bulk_create(rows)


def _bodies(ids: Iterable[int]) -> tuple[list[Agency], list[int]]:
    """Bodies outside in their order, and the offices of today that some of them are. Raises `Invalid`."""
    wanted = list(dict.fromkeys(ids))
    known = agencies.by_ids(wanted) if wanted else {}
    if len(known) < len(wanted):
        raise Invalid(
            fields={"recipients": "Có nơi nhận không còn trong danh sách liên thông. Chọn lại từ gợi ý."}
        )
    ours = [known[pk].office_id or 0 for pk in wanted if known[pk].office_id]
    heirs = inheriting.heirs(ours) if ours else {}
    return [known[pk] for pk in wanted if not known[pk].office_id], [heirs.get(pk, pk) for pk in ours]


def _own_name(body: Agency, taken: set[str]) -> str:
    """The name under which a body stands in the document; with its code where another is called the same."""
    longest = Recipient._meta.get_field("name").max_length or 0
    name = body.name[:longest]
    if name in taken:
        name = f"{body.name[: longest - len(body.code) - 3]} ({body.code})"
    taken.add(name)
    return name


def set_on_paper(draft: Draft, office_ids: Iterable[int], names: Iterable[str]) -> None:
    """Which of the recipients get a sealed print beside the file; others are refused by `Invalid`."""
    offices, others = set(office_ids), set(map(nfc, names))
    rows = Recipient.objects.filter(draft=draft)
    known = rows.filter(Q(office__in=offices) | Q(office=None, name__in=others))
    if known.count() < len(offices) + len(others):
        raise Invalid(fields={"paper_copies": "Nơi nhận bản giấy phải có trong nơi nhận của văn bản."})
    known.update(on_paper=True)


def _wrong_recipient(
    draft: Draft,
    ids: Collection[int],
    offices: Mapping[int, Office],
    others: Iterable[str],
    bodies: Collection[Agency],
) -> str:
    """What is wrong with the recipients, in a sentence, or ""; `offices` holds them and that of the draft."""
    if draft.office_id in ids:
        return "Không gửi cho chính cơ quan mình. Bỏ cơ quan này khỏi nơi nhận."
    if any(pk not in offices for pk in ids):
        return "Có nơi nhận không còn trong danh mục cơ quan. Chọn lại từ danh sách gợi ý."
    room_id = offices[draft.office_id].room_id
    if any(offices[pk].room_id != room_id for pk in ids) or (bodies and room_id is not None):
        return OTHER_WORLD
    ended = [office.name for office in offices.values() if not office.valid_on(today())]
    if ended:
        return f"{ended[0]} không còn hoạt động. Chọn cơ quan kế thừa thay vào nơi nhận."
    limit = Recipient._meta.get_field("name").max_length or 0
    if any(len(name) > limit for name in others):
        return f"Tên nơi nhận dài quá {limit} ký tự. Rút ngắn lại, mỗi nơi nhận một dòng."
    return ""


def likely_bodies(recipients: Iterable[Recipient]) -> dict[int, Found]:
    """{recipient: the body outside that is probably meant} of those who are only a name. At most one query."""
    named = {one.pk: one.name for one in recipients if not one.office_id and not one.agency_id}
    found = agencies.like(named.values()) if named else {}
    return {pk: found[name] for pk, name in named.items() if name in found}


@transaction.atomic
def identify(draft_id: int, recipient_id: int, agency_id: int, *, by: Actor) -> Recipient:
    """Say which body outside a typed name means; by the drafter, while the draft is with them.

    Its name in the document stays as it was typed. Raises `Conflict` where that body is a recipient already.
    """
    draft = queries.draft(draft_id, by).draft
    if draft.drafter_id != by.person_id:
        raise NotAllowed("Chỉ người soạn thảo xác định được nơi nhận của dự thảo.")
    if draft.state != DraftState.DRAFTING:
        raise Conflict("Dự thảo đã trình. Rút về rồi xác định nơi nhận.")
    by.refuse_practice(OTHER_WORLD)
    row = Recipient.objects.filter(pk=recipient_id, draft=draft, office=None, agency=None).first()
    body = agencies.by_ids([agency_id]).get(agency_id)
    if row is None or body is None:
        raise NotFound("Không còn nơi nhận này trong dự thảo. Tải lại trang để xem.")
    row.agency = None if body.office_id else body
    row.office_id = (
        inheriting.heirs([body.office_id]).get(body.office_id, body.office_id) if body.office_id else None
    )
    same = Q(agency=row.agency_id) if row.agency_id else Q(office=row.office_id)
    if Recipient.objects.filter(same, draft=draft).exists():
        raise Conflict(f"{body.name} đã có trong nơi nhận. Bỏ dòng “{row.name}” khi sửa thông tin dự thảo.")
    row.save(update_fields=["agency", "office"])
    ledger.record(
        "issuing.changed", draft, by=by, note=f"xác định nơi nhận “{row.name}” là {body.name} ({body.code})"
    )
    return row

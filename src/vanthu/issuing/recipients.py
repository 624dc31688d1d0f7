"""Who gets a draft when it is issued: offices of the sector that exist today, bodies outside by their names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import Q

from vanthu.issuing.models import Draft, Recipient
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations import queries as organisations

if TYPE_CHECKING:
    from vanthu.organisations.models import Office

OTHER_WORLD = (
    "Văn bản thực hành chỉ gửi trong phòng thực hành, văn bản thật chỉ gửi cơ quan thật. Chọn lại nơi nhận."
)


def set_recipients(draft: Draft, office_ids: Iterable[int], names: Iterable[str]) -> None:
    """Replace the recipients: offices by id, others by name, nobody twice. Raises `Invalid` with what is wrong."""
    office_ids = list(dict.fromkeys(office_ids))
    offices = organisations.offices_by_ids([*office_ids, draft.office_id])
    others = dict.fromkeys(name for name in map(nfc, names) if name)
    if wrong := _wrong_recipient(draft, office_ids, offices, others):
        raise Invalid(fields={"recipients": wrong})
    Recipient.objects.filter(draft=draft).delete()
    rows = [*((offices[pk], offices[pk].name) for pk in office_ids), *((None, name) for name in others)]
    Recipient.objects.bulk_create(
        Recipient(draft=draft, office=office, name=name, position=place)
        for place, (office, name) in enumerate(rows)
    )


def set_on_paper(draft: Draft, office_ids: Iterable[int], names: Iterable[str]) -> None:
    """Which of the recipients get a sealed print beside the file; others are refused by `Invalid`."""
    offices, others = set(office_ids), set(map(nfc, names))
    rows = Recipient.objects.filter(draft=draft)
    known = rows.filter(Q(office__in=offices) | Q(office=None, name__in=others))
    if known.count() < len(offices) + len(others):
        raise Invalid(fields={"paper_copies": "Nơi nhận bản giấy phải có trong nơi nhận của văn bản."})
    known.update(on_paper=True)


def _wrong_recipient(
    draft: Draft, ids: Collection[int], offices: Mapping[int, Office], others: Iterable[str]
) -> str:
    """What is wrong with the recipients, in a sentence, or ""; `offices` holds them and that of the draft."""
    if draft.office_id in ids:
        return "Không gửi cho chính cơ quan mình. Bỏ cơ quan này khỏi nơi nhận."
    if any(pk not in offices for pk in ids):
        return "Có nơi nhận không còn trong danh mục cơ quan. Chọn lại từ danh sách gợi ý."
    room_id = offices[draft.office_id].room_id
    if any(offices[pk].room_id != room_id for pk in ids):
        return OTHER_WORLD
    ended = [office.name for office in offices.values() if not office.valid_on(today())]
    if ended:
        return f"{ended[0]} không còn hoạt động. Chọn cơ quan kế thừa thay vào nơi nhận."
    limit = Recipient._meta.get_field("name").max_length or 0
    if any(len(name) > limit for name in others):
        return f"Tên nơi nhận dài quá {limit} ký tự. Rút ngắn lại, mỗi nơi nhận một dòng."
    return ""

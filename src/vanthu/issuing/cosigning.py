"""Initials (ký nháy) and joint signatures (ký liên tịch): several people in order before the signer.

People of one office, or leaders of offices of the sector, each with their own certificate. Decree 30/2020/NĐ-CP,
article 13; Phụ lục I.II.7 (documents of several bodies).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.issuing import queries
from vanthu.issuing.models import CoSigner
from vanthu.issuing.turns import own_draft
from vanthu.kernel import ledger
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Conflict, Invalid, NotFound
from vanthu.organisations import queries as organisations
from vanthu.organisations.powers import Role
from vanthu.signing.places import initials_field, joint_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vanthu.issuing.models import Draft
    from vanthu.kernel.actor import Actor
    from vanthu.organisations.models import Post

MOST = 12  # co-signers of one draft
ON_PAPER = "paper"  # instead of the level of a digital signature


def may_initial(office_id: int) -> list[Post]:
    """Who may initial a draft of the office: those who answer for its content or form, and its leaders."""
    return organisations.posts_with_role(
        office_id, Role.HEAD, Role.DEPUTY, Role.ADMINISTRATION_HEAD, Role.UNIT_HEAD
    )


@transaction.atomic
def add_initials(pk: int, post_id: int, *, by: Actor) -> CoSigner:
    """Ask one of the office to initial the draft before it is signed."""
    draft = own_draft(pk, by)
    post = next((one for one in may_initial(draft.office_id) if one.pk == post_id), None)
    if post is None:
        raise Invalid("Chọn người ký nháy trong danh sách lãnh đạo cơ quan, đơn vị.")
    return _add(draft, post, initials=True, by=by)


@transaction.atomic
def add_joint(pk: int, office_id: int, post_id: int | None = None, *, by: Actor) -> CoSigner:
    """Ask a leader of this office or another to sign together with the signer; without a post, its head."""
    draft = own_draft(pk, by)
    leaders = organisations.leaders(office_id)
    post = next((one for one in leaders if post_id in (None, one.pk)), None)
    if post is None or post.office.room_id != by.room_id:
        raise Invalid("Cơ quan này chưa có lãnh đạo đương chức trong hệ thống. Chọn cơ quan khác.")
    return _add(draft, post, initials=False, by=by)


def _add(draft: Draft, post: Post, *, initials: bool, by: Actor) -> CoSigner:
    others = queries.co_signers(draft.pk)
    if draft.signer is not None and post.person_id == draft.signer.person_id:
        raise Invalid(f"{post.person.full_name} đã là người ký văn bản này.")
    if post.person_id == draft.drafter_id:
        raise Invalid("Người soạn thảo không ký nháy, ký liên tịch văn bản của mình. Chọn người khác.")
    if any(one.post.person_id == post.person_id for one in others):
        raise Invalid(f"{post.person.full_name} đã có trong danh sách cùng ký.")
    if len(others) >= MOST:
        raise Invalid(f"Mỗi văn bản có nhiều nhất {MOST} người ký nháy, cùng ký.")
    made = CoSigner.objects.create(draft=draft, post=post, initials=initials, position=0)
    _arrange(draft, [*others, made])
    what = "ký nháy" if initials else "cùng ký"
    ledger.record(
        "issuing.co_signer_added", draft, by=by, note=f"đề nghị {post.title} {post.person.full_name} {what}"
    )
    return made


@transaction.atomic
def remove(pk: int, co_signer_id: int, *, by: Actor) -> None:
    """Take a co-signer off a draft that is still with its drafter."""
    draft = own_draft(pk, by)
    others = queries.co_signers(pk)
    gone = next((one for one in others if one.pk == co_signer_id), None)
    if gone is None:
        raise NotFound()
    CoSigner.objects.filter(pk=gone.pk).delete()
    _arrange(draft, [one for one in others if one is not gone])
    ledger.record("issuing.co_signer_removed", draft, by=by, note=f"bỏ {gone.post.person.full_name} cùng ký")


def _arrange(draft: Draft, rows: list[CoSigner]) -> None:
    """Positions from 1 without gaps, initials before full signatures; the draft knows how many there are."""
    ordered = sorted(rows, key=lambda one: not one.initials)
    for place, one in enumerate(ordered, 1):  # first out of the way: positions are unique
        CoSigner.objects.filter(pk=one.pk).update(position=-place)
    for place, one in enumerate(ordered, 1):
        CoSigner.objects.filter(pk=one.pk).update(position=place)
    draft.co_signers = len(ordered)
    draft.save(update_fields=["co_signers"])


def require(draft: Draft) -> None:
    """Raise `Invalid` when somebody who was to co-sign left the post since, or signs the document themselves."""
    rows = queries.co_signers(draft.pk) if draft.co_signers else []
    advice = "Bỏ người này ở trang “Ký nháy, ký liên tịch” rồi trình lại."
    for one in rows:
        name = one.post.person.full_name
        if not one.post.valid_on(today()):
            raise Invalid(f"{name} không còn giữ chức vụ {one.post.title} nên không cùng ký được. {advice}")
        if draft.signer is not None and one.post.person_id == draft.signer.person_id:
            raise Invalid(f"{name} đã là người ký văn bản này. {advice}")


def begin(draft: Draft) -> None:
    """The round of signatures begins (again): nobody signed the file that was just prepared."""
    if not draft.co_signers:
        return
    rows = CoSigner.objects.filter(draft=draft)
    rows.update(signed_at=None, level="")
    draft.next_co_signer = rows.select_related("post").order_by("position")[0].post
    draft.save(update_fields=["next_co_signer"])


def following(draft: Draft, by: Actor) -> CoSigner:
    """The co-signer whose turn it is, if that is the actor. Raises `Conflict` when it is not."""
    rows = [one for one in queries.co_signers(draft.pk) if one.post_id == draft.next_co_signer_id]
    if not rows or rows[0].post_id not in by.post_ids:
        raise Conflict("Chưa đến lượt, hoặc anh/chị đã ký văn bản này. Tải lại trang để xem.")
    return rows[0]


def pass_on(draft: Draft, done: CoSigner, level: str) -> None:
    """Keep that this co-signer signed; the next one follows, or the signer."""
    CoSigner.objects.filter(pk=done.pk).update(signed_at=now(), level=level)
    left = (
        CoSigner.objects.filter(draft=draft, signed_at=None)
        .select_related("post")
        .order_by("position")
        .first()
    )
    draft.next_co_signer = left.post if left else None
    draft.save(update_fields=["next_co_signer"])


def signed_on_paper(draft: Draft) -> list[str]:
    """Those who had not signed yet signed the sheet that the clerk scanned; returns their names."""
    if not draft.co_signers:
        return []
    left = [one for one in queries.co_signers(draft.pk) if one.signed_at is None]
    CoSigner.objects.filter(pk__in=[one.pk for one in left]).update(signed_at=now(), level=ON_PAPER)
    return [one.post.person.full_name for one in left]


def field_of(one: CoSigner, rows: Iterable[CoSigner]) -> str:
    """The field in the PDF that this co-signer signs."""
    same = [row.pk for row in rows if row.initials == one.initials]
    place = same.index(one.pk) + 1
    return initials_field(place) if one.initials else joint_field(place)


def joint_fields(rows: Iterable[CoSigner]) -> dict[str, str]:
    """{field: full name} of those who sign in full with the signer."""
    full = [row for row in rows if not row.initials]
    return {joint_field(place): row.post.person.full_name for place, row in enumerate(full, 1)}

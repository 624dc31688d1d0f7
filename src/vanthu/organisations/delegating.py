"""Give powers of one's post to a colleague for a time, and take them back. Decree 30/2020/NĐ-CP, article 13."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.refusals import Conflict, Invalid, NotFound
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations import delegations, queries, rights, rules
from vanthu.organisations.models import Account, Delegation, OfficeRules, Post, Unit
from vanthu.organisations.powers import POWERS, Book, Role

_ONLY_THE_HEAD = (  # a deputy signs for the head and does not pass that on
    "Chỉ Viện trưởng ủy quyền ký, cho Phó Viện trưởng (KT.) hoặc lãnh đạo đơn vị (TUQ.)."
    " Bỏ quyền duyệt, ký rồi gửi lại."
)
WRITTEN = re.compile(r"\d+/[\w-]+")  # the number and symbol of a document


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """How far a delegation goes: one unit, kinds of documents (codes), one book; nothing named = all of the post."""

    unit_id: int | None = None
    kinds: tuple[str, ...] = ()
    book: str = Book.BOTH


EVERYTHING = Scope()


@transaction.atomic
def delegate(
    receiver_post_id: int,
    powers: Iterable[str],
    *,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    basis: str = "",
    scope: Scope = EVERYTHING,
    by: Actor,
) -> Delegation:
    """Let a colleague of the office use powers of the actor's own post for a time, as far as the rules let it.

    `basis` is the written authorisation, needed for signing TUQ. Raises `Invalid` beside each field.
    """
    by.require("delegate")
    wanted = frozenset(powers)
    found = queries.rules_of(by.office)
    giver = _giver(wanted, found, by)
    _check_time(starts_at, ends_at, found)
    if not reason.strip():
        raise Invalid(fields={"reason": "Ghi lý do, ví dụ: đi công tác."})
    receiver = _receiver(receiver_post_id, giver)
    unit = _confined(scope, wanted, giver)
    if "approve" in wanted:
        _check_signing(giver, receiver, basis or reason)
    made = Delegation.objects.create(
        giver=giver, receiver=receiver, powers=sorted(wanted), starts_at=starts_at, ends_at=ends_at,
        reason=nfc(reason), basis=nfc(basis), unit=unit, kinds=sorted(scope.kinds), book=scope.book,
    )  # fmt: skip
    rights.changed([receiver.person_id])
    sentence = _sentence(made)
    ledger.record(
        "organisations.delegated", made, by=by,
        changes={
            "powers": ([], made.powers), "starts_at": (None, starts_at), "ends_at": (None, ends_at),
            "unit": (None, scope.unit_id), "kinds": ([], made.kinds), "book": ("", made.book),
            "basis": ("", made.basis),
        },
        note=f"ủy quyền cho {receiver.person.full_name}: {sentence}",
    )  # fmt: skip
    until = timezone.localtime(ends_at)
    rights.tell(
        [receiver.person_id],
        f"Được {by.name} ủy quyền đến {until:%H:%M ngày %d/%m/%Y}: {sentence}.",
        by=by,
    )
    return made


@transaction.atomic
def revoke_delegation(delegation_id: int, *, by: Actor) -> Delegation:
    """End a delegation at once: by who gave it, or by the office's administrator."""
    made = Delegation.objects.select_related("giver", "receiver__person").filter(pk=delegation_id).first()
    if made is None or not _may_revoke(made, by):
        raise NotFound("Không tìm thấy ủy quyền này.")
    moment = now()
    if not Delegation.objects.filter(pk=made.pk, revoked_at=None, ends_at__gt=moment).update(
        revoked_at=moment
    ):
        raise Conflict("Ủy quyền này đã hết hiệu lực. Tải lại trang để xem.")
    made.revoked_at = moment
    rights.changed([made.receiver.person_id])
    ledger.record(
        "organisations.delegation_revoked", made, by=by,
        changes={"revoked_at": (None, moment)}, note=f"thu hồi ủy quyền đã giao cho {made.receiver.person.full_name}",
    )  # fmt: skip
    rights.tell([made.receiver.person_id], f"Thôi làm thay: {delegations.words_for(made.powers)}.", by=by)
    return made


def _sentence(made: Delegation) -> str:
    scope = delegations.scope_of(made.unit, made.kinds, made.book)
    parts = [
        delegations.words_for(made.powers),
        f"phạm vi: {scope}" if scope else "",
        f"theo {made.basis}" if made.basis else "",
    ]
    return "; ".join(part for part in parts if part)


def _giver(wanted: frozenset[str], found: OfficeRules, by: Actor) -> Post:
    """The post of the actor that holds these powers and may pass them on."""
    if not wanted:
        raise Invalid(fields={"powers": "Chọn ít nhất một quyền."})
    if kept := wanted & frozenset(found.kept_powers):
        words = ", ".join(POWERS[power] for power in sorted(kept))
        raise Invalid(fields={"powers": f"Quy chế của cơ quan không cho ủy quyền: {words}. Bỏ quyền này."})
    if "approve" in wanted and Role.HEAD not in by.roles:
        raise Invalid(fields={"powers": _ONLY_THE_HEAD})
    for post in queries.valid_posts(person_id=by.person_id, office_id=by.office_id):
        if wanted <= rules.delegable_of(post.role, found):
            return post
    raise Invalid(
        fields={
            "powers": "Chỉ ủy quyền được quyền của một chức vụ anh/chị đang giữ. Bỏ bớt quyền rồi gửi lại."
        }
    )


def _receiver(post_id: int, giver: Post) -> Post:
    posts = queries.valid_posts(office_id=giver.office_id)
    found = next((post for post in posts if post.pk == post_id), None)
    if found is None:
        raise Invalid(fields={"receiver": "Chọn một đồng nghiệp trong cơ quan."})
    if found.person_id == giver.person_id:
        raise Invalid(fields={"receiver": "Không ủy quyền cho chính mình. Chọn một đồng nghiệp."})
    if Account.objects.filter(person=found.person_id, is_program=True).exists():
        raise Invalid(fields={"receiver": "Không ủy quyền cho phần mềm. Chọn một đồng nghiệp."})
    return found


def _confined(scope: Scope, wanted: frozenset[str], giver: Post) -> Unit | None:
    """The unit of the scope; raises `Invalid` for a scope in which a power cannot be used."""
    if scope.book not in Book.values:
        raise Invalid(fields={"book": "Chọn phạm vi trong danh sách."})
    if scope.book and (out := wanted - delegations.OF_BOOK[scope.book]):
        words = delegations.words_for(sorted(out))
        raise Invalid(fields={"book": f"Phạm vi này không có việc: {words}. Chọn cả hai, hoặc bỏ quyền này."})
    if any(not 1 <= len(kind) <= 12 for kind in scope.kinds):
        raise Invalid(fields={"kinds": "Chọn loại văn bản trong danh sách."})
    if scope.unit_id is None:
        return None
    if wide := wanted - delegations.BY_UNIT:
        words = delegations.words_for(sorted(wide))
        raise Invalid(
            fields={"unit": f"Việc này không chia theo đơn vị: {words}. Bỏ trống đơn vị, hoặc bỏ quyền này."}
        )
    unit = queries.unit(scope.unit_id, office_id=giver.office_id)
    if giver.role in delegations.HEADS and unit.pk != giver.unit_id:
        raise Invalid(fields={"unit": "Chỉ ủy quyền việc của đơn vị mình phụ trách."})
    return unit


def _check_signing(giver: Post, receiver: Post, basis: str) -> None:
    form = delegations.form_of(giver, receiver)
    if not form:
        raise Invalid(fields={"powers": _ONLY_THE_HEAD})
    if form == "TUQ." and not WRITTEN.search(basis):
        raise Invalid(
            fields={
                "basis": "Ký thừa ủy quyền phải có văn bản. Ghi số, ký hiệu, ví dụ: Giấy ủy quyền số 05/GUQ-VKS."
            }
        )


def _check_time(starts_at: datetime, ends_at: datetime, found: OfficeRules) -> None:
    if ends_at <= starts_at:
        raise Invalid(fields={"ends_at": "Lúc kết thúc phải sau lúc bắt đầu."})
    if ends_at <= now():
        raise Invalid(fields={"ends_at": "Lúc kết thúc đã qua. Chọn lúc khác."})
    if ends_at - starts_at > timedelta(days=found.longest_delegation):
        raise Invalid(
            fields={"ends_at": f"Ủy quyền nhiều nhất {found.longest_delegation} ngày. Chọn lúc sớm hơn."}
        )


def _may_revoke(made: Delegation, by: Actor) -> bool:
    return made.giver.person_id == by.person_id or (
        by.may("administer") and made.giver.office_id == by.office_id
    )

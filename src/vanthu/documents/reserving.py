"""Numbers that are held (giữ số), used, let go or voided; supplementary ones (12a) where the office allows them.

Locks in the order of all numbering: series, held number, entry, ledger head.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from string import ascii_lowercase

from django.db import transaction
from django.db.models import Q

from vanthu.documents import kinds, numbering, series, symbols
from vanthu.documents.kinds import Kind
from vanthu.documents.models import OutgoingEntry, Series
from vanthu.documents.series import Place
from vanthu.documents.series_models import HeldNumber
from vanthu.documents.states import HELD, STILL_OPEN, HeldState
from vanthu.kernel import ledger, moves
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Conflict, Invalid, NotFound
from vanthu.kernel.vietnamese import nfc

AT_ONCE = 20  # numbers held in one act
_WANTED = re.compile(r"0*([1-9]\d{0,5})([a-z]?)")
_LEAST = 10  # letters of a purpose or reason that says something


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Numbers to be held: for which kind and symbol, what for, for whom, and until when."""

    kind: str
    notation: str
    purpose: str
    expires_on: date
    held_for: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Claimed:
    """A number for a document: a fresh one, a held one, or a supplementary one (`letter`)."""

    series_id: int
    number: int
    letter: str = ""
    held: HeldNumber | None = None

    def __str__(self) -> str:
        return symbols.written(f"{self.number}{self.letter}", "")


@transaction.atomic
def hold(wish: Hold, *, by: Actor) -> list[HeldNumber]:
    """Hold the next numbers of the series of a kind; each is a line of the book from now on.

    Raises `Invalid` per field: at most `hold_days` of the office, and never past the period of the series.
    """
    by.require("number")
    place = _checked(wish, by)
    made = []
    for _ in range(wish.count):
        taken = numbering.take(by.office, "out", place.scope, place.period.name)
        held = HeldNumber.objects.create(
            series_id=taken.series_id,
            office_id=by.office,
            number=taken.number,
            kind=wish.kind,
            notation=wish.notation,
            purpose=nfc(wish.purpose),
            held_for=nfc(wish.held_for),
            holder_id=by.person,
            holder_name=by.name,
            held_at=now(),
            expires_on=wish.expires_on,
        )
        made.append(held)
    for held in made:
        asked = f" cho {held.held_for}" if held.held_for else ""
        ledger.record(
            "documents.number_held",
            held,
            by=by,
            changes={"number": (None, held.number), "expires_on": (None, held.expires_on)},
            note=f"giữ số {held.symbol}{asked} đến hết ngày {held.expires_on:%d/%m/%Y}: {held.purpose}",
            power="number",
        )
    return made


def _checked(wish: Hold, by: Actor) -> Place:
    wrong: dict[str, str] = {}
    if wish.kind not in {kind.code for kind in kinds.ALL}:
        raise Invalid(fields={"kind": "Chọn tên loại văn bản trong danh sách."})
    place = series.upcoming(by.office, "out", kinds.by_code(wish.kind))
    longest = min(today() + timedelta(days=series.number_rules(by.office).hold_days), place.period.last_on)
    if not today() <= wish.expires_on <= longest:
        wrong["expires_on"] = (
            f"Giữ số nhiều nhất đến {longest:%d/%m/%Y}, theo quy định của cơ quan và kỳ của sổ. Chọn lại ngày."
        )
    if len(nfc(wish.purpose)) < _LEAST:
        wrong["purpose"] = f"Ghi số này giữ cho văn bản nào, ít nhất {_LEAST} ký tự; sổ sẽ in nội dung này."
    if not 1 <= wish.count <= AT_ONCE:
        wrong["count"] = f"Mỗi lần giữ từ 1 đến {AT_ONCE} số."
    if wrong:
        raise Invalid(fields=wrong)
    return place


def claim(wanted: str, kind: Kind, day: date, *, by: Actor) -> Claimed:
    """The number for a document of this kind: the next one, or what is `wanted`: a held "12", a new "12a".

    Call it last, as `numbering.take`. Raises `Conflict` that names the number and who has it.
    """
    place = series.place(by.office, "out", kind, day)
    if not wanted.strip():
        taken = numbering.take(by.office, "out", place.scope, place.period.name)
        return Claimed(taken.series_id, taken.number)
    found = _WANTED.fullmatch(wanted.strip().lower())
    if found is None:
        raise Invalid(
            fields={"wanted": "Nhập số đang giữ, ví dụ 12, hoặc số phụ, ví dụ 12a; để trống là số tiếp theo."}
        )
    locked = _locked(by.office, place)
    number, letter = int(found[1]), found[2]
    return _beside(locked, number, letter, by) if letter else _held(locked, number, by)


def _locked(office_id: int, place: Place) -> Series:
    """The series, locked until commit."""
    found = (
        Series.objects.select_for_update()
        .filter(office_id=office_id, direction="out", scope=place.scope, period=place.period.name)
        .first()
    )
    if found is None:
        raise Conflict("Sổ này chưa cấp số nào. Để trống ô số để lấy số 01.", code="number_not_held")
    numbering.refuse_closed(found)
    return found


def _held(locked: Series, number: int, by: Actor) -> Claimed:
    held = HeldNumber.objects.filter(series=locked, number=number).first()
    if held is None or held.state not in STILL_OPEN:
        raise Conflict(_whose(locked, number, held), code="number_taken")
    if held.holder_id != by.person_id and not _over(held):
        asked = f" cho {held.held_for}" if held.held_for else ""
        raise Conflict(
            f"Số {held.symbol} do {held.holder_name} giữ{asked} đến hết ngày {held.expires_on:%d/%m/%Y}"
            f" ({held.purpose}). Nhận lại số này ở trang Số đang giữ, hoặc để trống ô số để lấy số tiếp theo.",
            code="number_held",
        )
    return Claimed(locked.pk, number, held=held)


def _over(held: HeldNumber) -> bool:
    """Whether anybody may use it: it expired, though the nightly job may not have said so yet."""
    return held.state == HeldState.EXPIRED or held.expires_on < today()


def _whose(locked: Series, number: int, held: HeldNumber | None) -> str:
    """The sentence for a number that cannot be had: whose it is, or that it was never given."""
    entry = (
        OutgoingEntry.objects.filter(series=locked, number=number, letter="")
        .select_related("document")
        .first()
    )
    next_one = f" Để trống ô số để lấy số tiếp theo ({locked.last + 1:02d})."
    if entry is not None:
        act = ledger.last_act(entry)
        subject = "" if entry.restricted else f", “{entry.document.subject}”"
        given = f", {act.actor_name} {act.at_local:%H:%M %d/%m/%Y}" if act else ""
        return f"Số {number:02d} đã cấp cho {entry.document.symbol}{subject}{given}.{next_one}"
    if held is not None:
        return f"Số {held.symbol} đã hủy: {held.voided_reason}.{next_one}"
    return f"Số {number:02d} chưa ai giữ; sổ không nhảy số.{next_one}"


def _beside(locked: Series, number: int, letter: str, by: Actor) -> Claimed:
    """A supplementary number: only where the office's rules allow it, beside a given one, letters in order."""
    if not series.number_rules(by.office).letters_allowed:
        raise Conflict(
            f"Quy định của cơ quan không cho dùng số phụ (số {number:02d}{letter}). Để trống ô số để lấy số tiếp theo.",
            code="letters_not_allowed",
        )
    given = OutgoingEntry.objects.filter(series=locked, number=number)
    letters = list(given.order_by("letter").values_list("letter", flat=True))
    if "" not in letters:
        raise Conflict(_whose(locked, number, None), code="number_not_given")
    following = ascii_lowercase[len(letters) - 1]
    if letter != following:
        raise Conflict(
            f"Số phụ tiếp theo của số {number:02d} là {number:02d}{following}"
            + (f"; {number:02d}{letters[-1]} đã cấp" if letters[-1] else "")
            + ". Nhập lại số phụ.",
            code="number_taken",
        )
    return Claimed(locked.pk, number, letter)


def use(claimed: Claimed, entry: OutgoingEntry, *, by: Actor) -> None:
    """Note that a held number got its document; nothing for a number that nobody held."""
    held = claimed.held
    if held is None:
        return
    moves.make(HELD, "use", held, by=by, also={"outgoing_id": entry.pk})
    ledger.record(
        "documents.held_number_used",
        held,
        by=by,
        changes={"outgoing": (None, entry.pk)},
        note=f"dùng số đã giữ {held.symbol}",
        power="number",
    )


def held_number(pk: int, by: Actor) -> HeldNumber:
    """A held number of the actor's office, locked until commit; `NotFound` for strangers."""
    by.require("number")
    found = HeldNumber.objects.select_for_update(of=("self",)).filter(pk=pk, office_id=by.office).first()
    if found is None:
        raise NotFound("Không tìm thấy số giữ này. Mở lại trang Số đang giữ.")
    return found


@transaction.atomic
def take_over(pk: int, *, by: Actor) -> HeldNumber:
    """Become the holder of a number that a colleague held."""
    held = held_number(pk, by)
    if held.state != HeldState.HELD or held.holder_id == by.person:
        raise Conflict("Số này đã ở tay anh/chị, hoặc không còn được giữ. Tải lại trang để xem.")
    before, held.holder_id, held.holder_name = held.holder_name, by.person, by.name
    held.save(update_fields=["holder_id", "holder_name"])
    ledger.record(
        "documents.held_number_taken_over",
        held,
        by=by,
        changes={"holder": (before, by.name)},
        note=f"nhận lại số giữ {held.symbol} từ {before}",
        power="number",
    )
    return held


@transaction.atomic
def void_held(pk: int, reason: str, *, by: Actor) -> HeldNumber:
    """Void a held number that no document will use; the book prints it with the reason."""
    held = held_number(pk, by)
    if len(nfc(reason)) < _LEAST:
        raise Invalid(
            fields={"reason": "Ghi rõ lý do hủy số (ít nhất 10 ký tự); sổ đăng ký sẽ in lý do này."}
        )
    moves.make(HELD, "void", held, by=by, also={"voided_reason": nfc(reason)[:500]})
    ledger.record(
        "documents.held_number_voided",
        held,
        by=by,
        changes={"voided_reason": ("", held.voided_reason)},
        note=f"hủy số giữ {held.symbol}: {held.voided_reason}",
        power="number",
    )
    return held


@transaction.atomic
def expire() -> int:
    """Let go what was held until yesterday; returns how many. Each waits to be used as next, or voided."""
    over = HeldNumber.objects.select_for_update(of=("self",)).filter(
        state=HeldState.HELD, expires_on__lt=today()
    )
    rows = list(over.order_by("office_id", "pk"))
    for held in rows:
        by = Actor.for_system(held.office_id)
        moves.make(HELD, "expire", held, by=by)
        ledger.record(
            "documents.held_number_expired",
            held,
            by=by,
            note=f"hết hạn giữ số {held.symbol}, chờ dùng cho văn bản khác hoặc hủy",
        )
    return len(rows)


def held_numbers(by: Actor, *, states: tuple[str, ...] = STILL_OPEN, limit: int = 200) -> list[HeldNumber]:
    """What the actor's office holds, what expired first; needs `number`. One query."""
    by.require("number")
    rows = HeldNumber.objects.filter(office_id=by.office, state__in=states).order_by("expires_on", "number")
    return list(rows[:limit])


def offered(kind: Kind, by: Actor) -> list[HeldNumber]:
    """Held numbers of the book of this kind that the actor may use today: their own, and expired ones. In order."""
    place = series.upcoming(by.office, "out", kind)
    rows = HeldNumber.objects.filter(
        office_id=by.office,
        state__in=STILL_OPEN,
        series__direction="out",
        series__scope=place.scope,
        series__period=place.period.name,
        series__closed_on=None,
    )
    return [one for one in rows.order_by("number") if one.holder_id == by.person_id or _over(one)]


def lines(by: Actor, start: date, end: date, *, series_id: int = 0) -> list[HeldNumber]:
    """Numbers without a document as lines of the book: held between two days, or all of one book; in its order."""
    by.require("print_books")
    wanted = Q(held_at__date__range=(start, end), office=by.office)
    if series_id:  # of an office that was taken over, too
        wanted = Q(series=series_id, office__in=by.own_offices)
    rows = HeldNumber.objects.filter(wanted).exclude(state=HeldState.USED)
    return list(rows.order_by("number") if series_id else rows.order_by("held_at", "number"))


def reusable(by: Actor) -> list[HeldNumber]:
    """Expired numbers whose book still runs: the next document of the kind may get one. One query."""
    rows = HeldNumber.objects.filter(office_id=by.office, state=HeldState.EXPIRED, series__closed_on=None)
    day = today()
    return [
        one for one in rows.select_related("series").order_by("number") if day in series.period_of(one.series)
    ]

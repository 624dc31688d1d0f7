"""From a document or draft in the tables, and two facts of the story, to the letter that it is."""

from datetime import date
from random import Random

from vanthu.documents.kinds import by_code
from vanthu.documents.models import Document, OutgoingEntry
from vanthu.exchange.models import Delivery
from vanthu.issuing.models import Draft, Recipient
from vanthu.issuing.signing_forms import lines_of
from vanthu.organisations.models import Office
from vanthu.practice.letter import Letter
from vanthu_tools.demo.bodies import DECISIONS, basis, paragraphs
from vanthu_tools.demo.filing.scan import stamp_and_hand
from vanthu_tools.demo.offices import place_of as place_name
from vanthu_tools.demo.places import PROVINCES

PLACES = tuple((old.kind, old.name) for province in PROVINCES for old in province.former)
MANY = 4
EVERYBODY = "Viện trưởng Viện kiểm sát nhân dân các tỉnh, thành phố"
EVERYBODY_BELOW = "Viện trưởng Viện kiểm sát nhân dân khu vực"
ADDRESSED = frozenset({"CV", "DCV", "TTR", "BC", "KNG", "YC", "PC", "GM"})


def letter_of_document(document: Document, matter: str, seed: int, *, by_hand: bool) -> Letter:
    """The letter of a document that was issued; `by_hand` puts a stamp and a signature on it."""
    random = Random(seed)
    office = document.issuer or document.entered_by_office
    issuer, superior = parts_of_issuer(document)
    day = document.issued_on or date.today()  # noqa: DTZ011 - every loaded document has a date
    leader = document.signer_title.upper()
    signing = (leader,) if "PHÓ" not in leader else (f"KT. {leader.removeprefix('PHÓ ')}", leader)
    names = recipients_of(document)
    return Letter(
        kind=document.kind,
        superior=superior,
        office=issuer,
        number=document.number,
        notation=document.notation,
        place=place_of(document, office),
        day=day,
        subject=document.subject,
        recipients=names if document.kind in ADDRESSED else (),
        basis=basis(matter, document.subject, document.issuer_name) if document.kind in DECISIONS else (),
        body=paragraphs(document.kind, matter, document.subject, document.issuer_name, day, random),
        signing=signing,
        signer=document.signer_name,
        copies=() if document.kind in ADDRESSED else names,
        archive=f"VT, {matter}",
        urgency=document.urgency,
        mark=stamp_and_hand(random, issuer)
        if by_hand
        else '<div class="i" style="padding-top:11mm">(đã ký)</div>',
    )


def parts_of_issuer(document: Document) -> tuple[str, str]:
    """(issuer, the body above it) as the head prints them."""
    if document.issuer is not None:
        parent = document.issuer.parent
        return document.issuer.name, parent.name if parent else ""
    name = document.issuer_name
    if name.startswith("Cơ quan Cảnh sát điều tra "):
        return "Cơ quan Cảnh sát điều tra", name.removeprefix("Cơ quan Cảnh sát điều tra ")
    return name, ""


def place_of(document: Document, office: Office) -> str:
    """The place name of the issuer: its own, that of the province in its name, a ministry's, else the receiver's."""
    if document.issuer is not None:
        return document.issuer.place
    if document.issuer_name.startswith("Bộ "):
        return "Hà Nội"
    named = [(kind, name) for kind, name in PLACES if name in document.issuer_name]
    return place_name(*named[0]) if named else office.place


def recipients_of(document: Document) -> tuple[str, ...]:
    """Names for "Kính gửi" or "Nơi nhận"; many become one phrase."""
    sent = OutgoingEntry.objects.filter(document=document).first()
    if sent is None:
        return (document.entered_by_office.name,)
    names = Delivery.objects.filter(outgoing=sent).order_by("position").values_list("to_name", flat=True)
    return shortened(tuple(names[: MANY + 1]))


def shortened(names: tuple[str, ...]) -> tuple[str, ...]:
    """Four names at most; more are everybody."""
    if len(names) <= MANY:
        return names
    return (EVERYBODY_BELOW,) if "khu vực" in names[0] else (EVERYBODY,)


def body_of_draft(draft: Draft, matter: str, seed: int, *, missing: int = 0) -> tuple[str, ...]:
    """The text of a draft; an earlier version lacks so many paragraphs before the last."""
    day = draft.created_at.date()
    whole = paragraphs(draft.kind, matter, draft.subject, draft.office.name, day, Random(seed))
    if not missing or len(whole) < 4 + missing:
        return whole
    return (*whole[: -1 - missing], whole[-1])


def letter_of_draft(draft: Draft, body: tuple[str, ...], matter: str) -> Letter:
    """The letter of a draft, with open places for number and date."""
    names = shortened(
        tuple(Recipient.objects.filter(draft=draft).order_by("position").values_list("name", flat=True))
    )
    kind = by_code(draft.kind)
    parent = draft.office.parent
    assert draft.signer is not None
    return Letter(
        kind=draft.kind,
        superior=parent.name if parent else "",
        office=draft.office.name,
        number="",
        notation=draft.notation,
        place=draft.office.place,
        day=draft.created_at.date(),
        subject=draft.subject,
        recipients=names if kind.addressed else (),
        basis=basis(matter, draft.subject, draft.office.name) if draft.kind in DECISIONS else (),
        body=body,
        signing=lines_of(draft.signer),
        signer=draft.signer.person.full_name,
        copies=() if kind.addressed else names,
        archive=f"VT, {draft.unit.abbreviation}" if draft.unit else "VT",
        urgency=draft.urgency,
    )

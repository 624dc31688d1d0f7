"""Make a room of practice, furnish it with invented documents, let a person in.

Whatever lies ready was done by the invented people of the room through the verbs of the product, so that every
history reads as in a real office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from vanthu.documents import actions as documents
from vanthu.documents import inventing
from vanthu.documents.fields import Description
from vanthu.documents.inventing import Invented
from vanthu.dossiers import actions as dossiers
from vanthu.dossiers import archiving
from vanthu.issuing import actions as issuing
from vanthu.issuing import reviews, saga, versions
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.kernel.jobs import together
from vanthu.kernel.participants import Item, Owner
from vanthu.organisations import practice
from vanthu.organisations.practice_sector import invent
from vanthu.practice import papers
from vanthu.practice.texts import ASSIGNMENT, DIRECTION, DOSSIER, PAPERS, REASON, RESULT, SKETCHES
from vanthu.signing import practising
from vanthu.tasks import actions as tasks
from vanthu.tasks.actions import Direction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vanthu.documents.models import IncomingEntry
    from vanthu.kernel.actor import Actor
    from vanthu.kernel.files.models import StoredFile
    from vanthu.organisations.practice_models import PracticeRoom
    from vanthu.organisations.practice_sector import Sector
    from vanthu.practice.texts import Paper, Sketch


@transaction.atomic
def enter(number: int | None, *, by: Actor) -> int:
    """Go to practise alone (None) or in a room shared with colleagues of the office; returns the post to begin with.

    Today's room is kept as it was left; a new one is a spare one that was made ahead, or is made now. Recorded as an
    act of the real person in their real office.
    """
    by.refuse_practice("Anh/chị đang thực hành. Đổi vai ở trình đơn cá nhân, hoặc thôi thực hành trước.")
    room = practice.taken(number, by=by)
    if room is None:
        room = practice.take(practice.spare_room() or make_room(today()), number, by=by)
    practice.note_entered(room, by=by)
    return practice.first_seat(room)


@transaction.atomic
def make_room(day: date) -> PracticeRoom:
    """A room of the day that is nobody's yet: its sector and what waits in the inboxes."""
    pack = papers.files_of(day)
    with together():
        room, sector = invent(day)
        practising.enrol(
            people={post.person_id: post.person.full_name for post in sector.posts.values()},
            offices={office.pk: office.name for office in sector.offices.values()},
        )
        cast = Cast(sector)
        for paper in PAPERS:
            if paper.stage == "waiting":
                _bring(paper, pack[paper.key], cast, day)
    return room


@transaction.atomic
def furnish(room_id: int) -> None:
    """Lay documents and drafts ready at every step. Idempotent."""
    if not practice.begin_furnishing(room_id):
        return
    room = practice.room(room_id)
    pack = papers.files_of(room.on)
    cast = Cast(practice.sector(room_id))
    with together():
        done = []
        for paper in PAPERS:
            if paper.stage != "waiting":
                entry = _bring(paper, pack[paper.key], cast, room.on)
                _present(entry, paper, cast)
                done += [entry.pk] if paper.stage == "done" else []
        _hand_over(done, cast)
        for sketch in SKETCHES:
            _draft(sketch, pack[sketch.key], cast)


class Cast:
    """The invented people of a room at work, each built once."""

    def __init__(self, sector: Sector) -> None:
        self.sector = sector
        self._actors: dict[str, Actor] = {}

    def __getitem__(self, key: str) -> Actor:
        if key not in self._actors:
            self._actors[key] = practice.in_part(self.sector.posts[key])
        return self._actors[key]


def _bring(paper: Paper, file: StoredFile, cast: Cast, day: date) -> IncomingEntry:
    """The document in the inbox of its office."""
    issuer = cast.sector.offices.get(paper.issuer)
    description = Description(
        kind=paper.kind,
        number=paper.number,
        notation=paper.notation,
        issued_on=papers.issued_on(paper, day),
        issuer_name=papers.issuer_of(paper),
        subject=paper.subject,
        signer_name=paper.signer,
        signer_title=paper.title,
        urgency=paper.urgency,
    )
    invented = Invented(description, file, f"{paper.key}.pdf", issuer.pk if issuer else None)
    return inventing.deliver(invented, to=cast[_CLERKS[paper.to]])


_CLERKS = {"province": "clerk", "supreme": "supreme_clerk", "region": "region_clerk"}


def _present(entry: IncomingEntry, paper: Paper, cast: Cast) -> None:
    """As far from the inbox as its stage says."""
    sector = cast.sector
    documents.receive(entry.pk, by=cast["clerk"])
    documents.present(entry.pk, sector.posts[paper.leader].person_id, by=cast["clerk"])
    if paper.stage == "presented":
        return
    direction = Direction(text=DIRECTION, lead=Owner("u", sector.units["P1"].pk))
    tasks.direct(entry.pk, direction, by=cast[paper.leader])
    if paper.stage in ("assigned", "done"):
        specialist = Owner("p", sector.posts["specialist"].person_id)
        tasks.assign(entry.pk, Direction(text=ASSIGNMENT, lead=specialist), by=cast["unit_head"])
    if paper.stage == "done":
        tasks.finish(entry.pk, RESULT, by=cast["specialist"])


def _hand_over(entry_ids: Iterable[int], cast: Cast) -> None:
    """A dossier of finished work that waits for the archivist."""
    keeper = cast["specialist"]
    dossier = dossiers.open_dossier(DOSSIER, retention_years=10, by=keeper)
    for pk in entry_ids:
        dossiers.put_in(dossier.pk, Item("in", pk), by=keeper)
    dossiers.close(dossier.pk, reason=REASON, by=keeper)
    archiving.hand_over(dossier.pk, by=keeper)


def _draft(sketch: Sketch, file: StoredFile, cast: Cast) -> None:
    """A draft of the specialist, as far as its step says."""
    drafter = cast["specialist"]
    outline = issuing.Outline(
        kind="CV",
        subject=sketch.subject,
        signer_id=cast.sector.posts["head"].pk,
        office_ids=[cast.sector.offices[key].pk for key in sketch.to],
    )
    draft = issuing.start(outline, from_template=False, by=drafter)
    upload = uuid4()
    files.set_aside(upload, file, f"{sketch.key}.pdf", by=drafter)
    versions.add_version(draft.pk, upload, by=drafter)
    if sketch.step == "drafting":
        return
    issuing.submit(draft.pk, by=drafter)
    if sketch.step in ("form", "approval"):
        reviews.pass_content(draft.pk, by=cast["unit_head"])
    if sketch.step == "approval":
        saga.pass_form(draft.pk, by=cast["chief"])


def missing(wanted: int) -> int:
    """How many rooms of today are still to be made, so that so many are spare."""
    return max(0, wanted - practice.spares(today()))

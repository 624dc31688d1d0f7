"""What a person has in hand when they leave or move: every room names its part and passes it on, so nothing stays."""

from dataclasses import dataclass
from datetime import date

from vanthu.kernel import participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import queries
from vanthu.organisations.models import Account, Post


@dataclass(frozen=True, slots=True)
class Work:
    """One thing in hand, named without its subject: an administrator hands over what they may not read."""

    id: int
    name: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Whose work goes to whom, and the successor's post."""

    leaver: int
    leaver_name: str
    to: Post

    @property
    def note(self) -> str:
        return f"chuyển việc của {self.leaver_name} cho {self.to.person.full_name}"


def change(person_id: int, successor_id: int, *, by: Actor) -> Change:
    """Check who receives; raises `Invalid` for the leaver, a stranger or a program; needs `administer`."""
    by.require("administer")
    both = Account.objects.filter(person__in=[person_id, successor_id]).select_related("person")
    names = {one.person_id: one for one in both}
    posts = queries.valid_posts(person_id=successor_id, office_id=by.office)
    to = names.get(successor_id)
    if successor_id == person_id or not posts or to is None or to.is_program or not to.is_active:
        raise Invalid(fields={"successor": "Chọn một đồng nghiệp đang giữ chức vụ trong cơ quan."})
    leaver = names.get(person_id)
    name = leaver.person.full_name if leaver and leaver.person else ""
    return Change(person_id, name, posts[0])


def pass_row(item: Item, given: Change) -> None:
    """The successor stands where the leaver stood; who has something of their own to do there keeps that state."""
    rows = {row.owner_id: row for row in participants.owners(item) if row.owner_kind == "p"}
    mine, theirs = rows.get(given.leaver), rows.get(given.to.person_id)
    if mine is None:
        return
    if theirs is None or (mine.pending and not theirs.pending):
        participants.include(
            item,
            Owner("p", given.to.person_id),
            office_id=mine.office_id,
            role=mine.role,
            state=mine.state,
            at=mine.at,
            pending=mine.pending,
            due_on=mine.due_on,
            urgency=mine.urgency,
            restricted=mine.restricted,
        )
    participants.move(item, Owner("p", given.leaver), state="done")

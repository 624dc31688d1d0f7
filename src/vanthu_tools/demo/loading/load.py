"""Load the whole sector: facts in one transaction, then what is found and what is printed; files follow in jobs."""

from datetime import date
from itertools import batched

from django.db import connection, transaction
from django.utils import timezone

from vanthu.dossiers.jobs import measure
from vanthu.kernel import participants
from vanthu.kernel.calendar import today as this_day
from vanthu.kernel.jobs import enqueue
from vanthu.organisations.models import Office
from vanthu.practice.jobs import make_tonight
from vanthu.search import actions as search
from vanthu.search import frequencies
from vanthu.search.sources import ITEM_KINDS
from vanthu.statistics import exchanged, signing, stock
from vanthu_tools.demo import axis, business, custody, form_trial, jobs, lying, recalls, schedules
from vanthu_tools.demo.cast import PASSWORD, cast
from vanthu_tools.demo.filing import orders
from vanthu_tools.demo.loading import documents, drafts, handling, history, organisations
from vanthu_tools.demo.loading.ids import Ids, Progress
from vanthu_tools.demo.plan import plan
from vanthu_tools.demo.specs import CastMember
from vanthu_tools.demo.story import Plan

STEPS = 11


def accounts() -> tuple[tuple[CastMember, ...], str]:
    """The cast of the sign-in page, and the password of everybody."""
    return cast(), PASSWORD


def quiet(_text: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def load(progress: Progress | None = None, today: date | None = None) -> bool:
    """Fill an empty database with the sector as it stood the evening before `today`; False when it is not empty.

    `progress(text, done, total)` is told of every step.
    """
    tell = progress or quiet
    if Office.objects.exists():
        return False
    story = plan(today or this_day())
    with transaction.atomic():
        ids = facts(tell, story)
    organisations.load_certificates(ids)
    custody.load(ids)
    organisations.write_cast()
    refresh_statistics()
    index(tell)
    stock.count()
    signing.count()
    exchanged.count()
    orders.write(story, ids)
    jobs.begin()
    enqueue(make_tonight)  # so that whoever comes to practise first does not wait
    for batch in batched(ids.dossiers.values(), 100):
        enqueue(measure, schedule_in=60, dossier_ids=list(batch))
    return True


def facts(tell: Progress, story: Plan) -> Ids:
    """Everything that is true of the sector, in one transaction."""
    ids = Ids()
    step = "Ngành trình diễn"
    tell(step, 1, STEPS)
    organisations.load_offices(ids)
    organisations.load_units(ids)
    tell(step, 2, STEPS)
    organisations.load_people(ids)
    organisations.load_delegations(ids, timezone.now())
    tell(step, 3, STEPS)
    loaders = (
        documents.load_entries,
        handling.load_tasks,
        handling.load_participants,
        drafts.load_drafts,
        drafts.load_deliveries,
        drafts.load_dossiers,
    )
    for number, loader in enumerate(loaders, 4):
        loader(story, ids)
        tell(step, number, STEPS)
    history.load_ledger(story, ids, tell)
    schedules.load(story.today, ids)
    recalls.load(story, ids)
    business.load(story, ids)
    axis.load(ids)
    lying.load()
    form_trial.load()
    participants.fold_counters()
    tell(step, STEPS, STEPS)
    return ids


def refresh_statistics() -> None:
    """Let the planner know what the tables hold now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def index(tell: Progress) -> None:
    """Make everything findable."""
    for number, kind in enumerate(ITEM_KINDS, 1):
        search.rebuild(kind)
        tell("Mục lục tra cứu", number, len(ITEM_KINDS))
    frequencies.refresh()

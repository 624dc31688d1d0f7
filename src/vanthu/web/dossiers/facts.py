"""What the rooms above know of the things in dossiers: the sources of the readiness meter (`config.wiring`)."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.conf import settings

from vanthu.documents import filing
from vanthu.documents.filing import Filed
from vanthu.dossiers.readiness import LASTING, Facts
from vanthu.exchange import queries as exchange
from vanthu.issuing import filing as drafting
from vanthu.signing import augmenting_queries
from vanthu.signing.augmenting_queries import Standing
from vanthu.tasks import queries as tasks
from vanthu.tasks.states import LIVE, TaskRole

if TYPE_CHECKING:
    from vanthu.tasks.models import Task

_SIGNATURES = {"valid": "good", "invalid": "bad", "unknown": "unknown", "unsigned": "none"}


def incoming(ids: Sequence[int]) -> Mapping[int, Facts]:
    """Incoming entries: fields, files, the verdict at receipt, levels of signatures, open tasks. Four queries."""
    given = tasks.tasks_by_items("in", ids)
    open_tasks = {pk: _open(rows) for pk, rows in given.items()}
    found = filing.filed_incoming(ids)
    stand = _standing(found)
    return {pk: _facts(one, one.verdict, stand, open_tasks.get(pk, 0)) for pk, one in found.items()}


def outgoing(ids: Sequence[int]) -> Mapping[int, Facts]:
    """Outgoing entries: fields, files, what was found about their signatures, their levels. Four queries."""
    found = filing.filed_outgoing(ids)
    stand = _standing(found)
    reports = exchange.signature_reports([one.document_id for one in found.values()])
    return {
        pk: _facts(one, reports.get(one.document_id, {}).get("verdict", ""), stand, 0)
        for pk, one in found.items()
    }


def drafts(ids: Sequence[int]) -> Mapping[int, Facts]:
    """Drafts: those that were issued are judged as what they became. At most four queries."""
    found = drafting.filed_drafts(ids)
    became = outgoing([one.outgoing_id for one in found.values() if one.outgoing_id])
    return {
        pk: became.get(one.outgoing_id or 0) or Facts(one.label, finished=False) for pk, one in found.items()
    }


def _open(rows: "Sequence[Task]") -> int:
    """How many are being worked on; what a unit passed on to its people counts once, with them."""
    going = [one for one in rows if one.state in LIVE and one.role != TaskRole.INFORM]
    passed_on = {one.parent_id for one in going}
    return sum(one.pk not in passed_on for one in going)


def _standing(found: Mapping[int, Filed]) -> Mapping[str, Standing]:
    """How the signatures of their files are kept for decades; not asked where no time stamps are to be had."""
    sha256s = [file.file_id for one in found.values() for file in one.files]
    return augmenting_queries.standing(sha256s) if settings.TSA_URL and sha256s else {}


def _lasting(one: Filed, stand: Mapping[str, Standing]) -> str:
    states = {stand[file.file_id].state for file in one.files if file.file_id in stand}
    return next((state for state in ("short", "waiting") if state in states), "")


def _facts(one: Filed, verdict: str, stand: Mapping[str, Standing], open_tasks: int) -> Facts:
    fragile = tuple(file.name for file in one.files if file.file.media_type not in LASTING)
    return Facts(
        label=one.label,
        pages=one.pages,
        missing=one.missing,
        has_file=bool(one.files),
        fragile=fragile,
        signature=_SIGNATURES.get(verdict, ""),
        lasting=_lasting(one, stand),
        open_tasks=open_tasks,
    )

"""Two hundred issues that fail at any step, again and again: no gap, every document is issued or voided."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from tests.cast import World
from tests.web.drafts import signed
from vanthu.documents import actions as documents
from vanthu.documents import outgoing
from vanthu.documents.models import OutgoingEntry
from vanthu.exchange.models import Delivery
from vanthu.issuing import jobs, saga
from vanthu.issuing.models import Draft
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.models import LedgerEntry
from vanthu.signing import actions as signing
from vanthu.signing import fields

ISSUES = 200
STEPS: tuple[tuple[ModuleType, str], ...] = (
    (outgoing, "number"), (outgoing, "issue"), (moves, "make"), (ledger, "record"), (participants, "move"),
    (fields, "fill"), (files, "store_bytes"), (signing, "sign_file"), (documents, "attach_file"),
    (files, "attach"),
)  # fmt: skip


class Struck(Exception):
    """The process died here."""


class Lightning:
    """Strikes before or after the n-th of the steps, once."""

    def __init__(self, patch: pytest.MonkeyPatch, chance: random.Random) -> None:
        self.left, self.after, self.hit = chance.randint(1, 16), chance.random() < 0.5, ""
        for module, name in STEPS:
            patch.setattr(module, name, self._around(getattr(module, name), name))

    def _around(self, step: Callable[..., Any], name: str) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:
            self.left -= 1
            here = self.left == 0
            if here and not self.after:
                self._strike(f"before {name}")
            answer = step(*arguments, **named)
            if here:
                self._strike(f"after {name}")
            return answer

        return called

    def _strike(self, place: str) -> None:
        self.hit = place
        raise Struck(place)


def survive(act: Callable[[], object], chance: random.Random) -> str:
    """Run an act under a thunderstorm; where it was struck, or ""."""
    with pytest.MonkeyPatch.context() as patch:
        lightning = Lightning(patch, chance)
        try:
            act()
        except Struck:
            return lightning.hit
    return ""


def issue(world: World, draft: Draft, chance: random.Random) -> Counter[str]:
    """From the clerk's confirmation to the end, whatever strikes."""
    by, struck = world.actor("clerk"), Counter[str]()
    while place := survive(lambda: saga.number(draft.pk, by=by), chance):
        struck[place] += 1
        draft.refresh_from_db()
        assert (draft.state, draft.outgoing_id) == ("signed", None)
    for _ in range(chance.randint(0, 3)):
        place = survive(run_jobs, chance)
        struck[place] += bool(place)
        jobs.resume()  # what the minute brings
    draft.refresh_from_db()
    if draft.state == "numbered" and chance.random() < 0.2:
        saga.void(draft.pk, "Thiết bị ký hỏng, không phát hành được", by=by)
    run_jobs()
    return struck


@pytest.mark.long
def test_every_document_is_issued_or_voided(signing_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_PATIENCE", timedelta(0))
    chance, struck, drafts = random.Random(2), Counter[str](), []
    for number in range(ISSUES):
        draft = signed(signing_world, f"Kế hoạch kiểm tra công tác văn thư lần {number + 1}")
        struck += issue(signing_world, draft, chance)
        drafts.append(draft.pk)
    states = Counter(Draft.objects.filter(pk__in=drafts).values_list("state", flat=True))
    print(f"{ISSUES} issues, struck {struck.total()} times in {len(struck)} places: {dict(states)}")
    assert set(states) == {"issued", "voided"}
    assert struck.total() > ISSUES
    assert len(struck) > len(STEPS)
    entries = list(OutgoingEntry.objects.filter(office=signing_world.province).order_by("number"))
    assert [one.number for one in entries] == list(range(1, ISSUES + 1))
    for entry in entries:
        issued = entry.state == "issued"
        main = Attachment.objects.filter(owner_kind="document", owner_id=entry.document_id, role="main")
        assert main.count() == (1 if issued else 0)
        assert Delivery.objects.filter(outgoing=entry.pk).count() == (3 if issued else 0)
        assert issued or entry.voided_reason
    told = LedgerEntry.objects.filter(verb="issuing.issued", item_id__in=drafts).count()
    assert told == states["issued"]
    assert list(ledger.check()) == []

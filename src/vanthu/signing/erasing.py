"""Files that may not be kept: what signing made of them goes with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from django.db import transaction
from django.db.models import Q

from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.files import queries as files
from vanthu.kernel.files import written
from vanthu.signing.augmenting_models import Keeping
from vanthu.signing.models import SigningRequest, SigningSession
from vanthu.signing.states import OPEN, SessionState

_WHY = "Tệp đã xóa khỏi hệ thống vì có dấu mật."
_TITLE = "Văn bản đã xóa khỏi hệ thống"


@transaction.atomic
def erase(sha256s: Collection[str], *, purposes: Sequence[str] = (), subject_id: int | None = None) -> None:
    """Take away prepared, signed and lasting files made of these, or for a subject; open sessions fail.

    That something was signed, when and by whom, stays. What a step before left behind, held by nothing, the sweep
    takes within a day.
    """
    made = Q(file_sha256__in=list(sha256s)) | Q(pk__in=files.holding(sha256s, SigningSession.item_kind))
    if subject_id is not None:
        made |= Q(request__purpose__in=purposes, subject_id=subject_id)
    sessions = SigningSession.objects.filter(made)
    ids = list(sessions.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    rows = SigningSession.objects.filter(pk__in=ids)
    titles = rows.exclude(request=None).values_list("request", "title")
    for request_id, title in list(titles):  # a request for one file has its title
        SigningRequest.objects.filter(pk=request_id, title=title).update(title=_TITLE)
    rows.filter(state__in=OPEN).update(state=SessionState.FAILED, problem=_WHY)
    rows.update(holds_files=False, words="", title=_TITLE, prepared=b"")
    for pk in ids:
        written.destroy(SigningSession.item_kind, pk)
    for sha256 in set(rows.values_list("file_sha256", flat=True)):
        transaction.on_commit(partial(file_actions.erase, sha256))
    for pk in Keeping.objects.filter(file_sha256__in=list(sha256s)).values_list("pk", flat=True):
        written.destroy(Keeping.item_kind, pk)
    Keeping.objects.filter(file_sha256__in=list(sha256s)).update(due_at=None)

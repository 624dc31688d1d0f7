"""The check of form goes with every version: counted, shown, mended in a new version by those who may."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cast import World
from tests.reading.forms import DATE, LETTER, LONG, SYMBOL, look, say, swap, texts, written
from vanthu.issuing import actions, form_check, queries, reviews, versions
from vanthu.issuing.actions import Outline
from vanthu.issuing.form_models import FormCheck
from vanthu.kernel import ledger
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed
from vanthu.organisations.models import OfficeRules

if TYPE_CHECKING:
    from docx.document import Document as DocumentFile

    from vanthu.issuing.models import Draft, Version

pytestmark = pytest.mark.django_db


def spoilt(document: DocumentFile) -> None:
    say(SYMBOL, "Số: 5/VKS-P1")(document)
    swap(DATE, ",", "")(document)
    look(LONG[:20], bold=False, name="Arial")(document)
    say("1. Nội", "1. Phục vụ nhân dân.")(document)


def a_draft(world: World, folder: Path) -> Draft:
    """A letter with three errors and one advice, in the drafter's hands, checked."""
    by = world.actor("specialist")
    outline = Outline(
        kind="CV", subject="Kiểm tra công tác văn thư", signer_id=world.post("head").pk, others=["Sở Nội vụ"]
    )
    draft = actions.start(outline, from_template=False, by=by)
    data = written(LETTER, folder, spoilt).read_bytes()
    upload = files.stage(BytesIO(data), "cong-van.docx", by=by)
    versions.add_version(draft.pk, upload.pk, by=by)
    return draft


def newest(draft: Draft) -> tuple[Version, FormCheck]:
    version = queries.newest(draft.pk)
    form_check.check_version(version.pk)
    found = form_check.of_version(version.pk)
    assert found is not None
    return queries.newest(draft.pk), found


def said_in(version: Version, folder: Path) -> list[str]:
    assert version.source is not None
    with file_queries.copy_of(version.source.file, "one.docx") as path:
        return texts(path)


def test_a_version_keeps_what_was_found(world: World, tmp_path: Path) -> None:
    version, found = newest(a_draft(world, tmp_path))
    assert {one["id"] for one in found.findings} == {"3.zero", "4.comma", "font.name", "capital.people"}
    assert (version.form_errors, version.form_advice) == (found.errors, found.advice) == (3, 1)
    form_check.check_version(version.pk)
    assert FormCheck.objects.count() == 1


def test_one_fix_is_a_new_version_of_who_clicked(world: World, tmp_path: Path) -> None:
    draft = a_draft(world, tmp_path)
    before, found = newest(draft)
    key = next(one["key"] for one in found.findings if one["id"] == "3.zero")
    made = form_check.mend(draft.pk, [key], ordinal=1, by=world.actor("specialist"))
    after, rest = newest(draft)
    assert (made.ordinal, after.form_errors, after.form_advice) == (2, 2, 1)
    assert "3.zero" not in {one["id"] for one in rest.findings}
    old, new = said_in(before, tmp_path), said_in(after, tmp_path)
    assert [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]] == [
        ("Số: 5/VKS-P1", "Số: 05/VKS-P1")
    ]
    last = ledger.history(draft)[-1]
    assert "sửa thể thức 1 chỗ: “Số: 5/VKS-P1” thành “Số: 05/VKS-P1”" in after.note
    assert last.verb == "issuing.versioned"
    assert last.actor_name == world.person("specialist").full_name


def test_all_errors_at_once_leave_the_advice(world: World, tmp_path: Path) -> None:
    draft = a_draft(world, tmp_path)
    newest(draft)
    form_check.mend(draft.pk, [], ordinal=1, by=world.actor("specialist"))
    after, rest = newest(draft)
    assert (after.form_errors, after.form_advice) == (0, 1)
    assert [one["id"] for one in rest.findings] == ["capital.people"]
    with pytest.raises(Conflict, match="bản mới"):
        form_check.mend(draft.pk, [], ordinal=1, by=world.actor("specialist"))
    with pytest.raises(Invalid, match="Không còn chỗ"):
        form_check.mend(draft.pk, [], ordinal=2, by=world.actor("specialist"))


def test_who_checks_the_form_may_mend_others_may_not(world: World, tmp_path: Path) -> None:
    draft = a_draft(world, tmp_path)
    newest(draft)
    with pytest.raises(NotAllowed):
        form_check.mend(draft.pk, [], ordinal=1, by=world.actor("head_of_unit"))
    actions.submit(draft.pk, by=world.actor("specialist"))
    with pytest.raises(NotAllowed):
        form_check.mend(draft.pk, [], ordinal=1, by=world.actor("specialist"))
    reviews.pass_content(draft.pk, by=world.actor("head_of_unit"))
    assert form_check.mend(draft.pk, [], ordinal=1, by=world.actor("chief")).ordinal == 2


def test_errors_do_not_stop_a_submission_unless_the_office_says_so(world: World, tmp_path: Path) -> None:
    draft = a_draft(world, tmp_path)
    OfficeRules.objects.filter(office=world.province).update(form_errors_stop=True)
    with pytest.raises(Invalid, match="còn 3 lỗi"):
        actions.submit(draft.pk, by=world.actor("specialist"))
    OfficeRules.objects.filter(office=world.province).update(form_errors_stop=False)
    assert actions.submit(draft.pk, by=world.actor("specialist")).state == "content"


def test_what_waits_is_checked_in_the_background_with_its_places(world: World, tmp_path: Path) -> None:
    draft = a_draft(world, tmp_path)
    actions.submit(draft.pk, by=world.actor("specialist"))
    run_jobs()
    version = queries.newest(draft.pk)
    found = form_check.of_version(version.pk)
    assert found is not None
    assert found.placed == (version.pdf_id is not None)
    if found.placed:  # LibreOffice is on this machine
        place = next(one["place"] for one in found.findings if one["id"] == "3.zero")
        assert place["page"] == 1
        left, top, right, bottom = place["box"]
        assert 0 < left < right < 0.5
        assert 0 < top < bottom < 0.3

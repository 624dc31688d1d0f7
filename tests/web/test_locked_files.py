"""Pages of what holds a file in which a virus was found later say so, and show nothing of it."""

import pytest
from django.urls import reverse

from tests.cast import World
from tests.entries import arrival
from tests.web import drafts
from vanthu.documents import actions as documents
from vanthu.documents import stacks
from vanthu.documents.models import OutgoingEntry
from vanthu.documents.receiving_models import StackRow
from vanthu.dossiers import actions as dossiers
from vanthu.dossiers import papers
from vanthu.issuing import jobs, queries, saga
from vanthu.issuing.models import Version
from vanthu.kernel.files import previews, told
from vanthu.kernel.files import queries as files
from vanthu.kernel.files.models import INFECTED, Attachment, StoredFile
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import NotAllowed
from vanthu.reading import keeping
from vanthu.reading.models import Reading
from vanthu.search import sources
from vanthu.signing import evidence
from vanthu.tasks.models import Notice

pytestmark = pytest.mark.django_db

SENTENCE = "Tệp này nhiễm mã độc (Test.Later) nên đã khóa. Báo quản trị; xin nơi gửi gửi lại tệp sạch."


def lock(sha256: str) -> StoredFile:
    """What the scanner does when it finds a virus."""
    StoredFile.objects.filter(pk=sha256).update(scan_state=INFECTED, virus="Test.Later")
    file = files.stored(sha256)
    told.locked(file)
    return file


def test_a_draft_says_that_its_file_is_locked_and_its_author_is_told(world: World) -> None:
    draft = drafts.drafted(world)
    held = queries.newest(draft.pk).pdf
    assert held is not None
    lock(held.file_id)
    page = world.client("specialist").get(reverse("draft", args=[draft.pk])).content.decode()
    assert SENTENCE in page
    assert reverse("page_image", args=[held.pk, 1]) not in page
    people = {world.person(key).pk for key in ("specialist", "head_of_unit", "clerk", "administrator")}
    rows = Notice.objects.filter(
        kind="virus_draft", about_id=draft.pk
    )  # once, however often it holds the file
    assert sorted(rows.values_list("person_id", flat=True)) == sorted(people)


def test_an_issued_document_says_it_and_every_office_that_has_it_is_told(signing_world: World) -> None:
    world = signing_world
    saga.number(drafts.signed(world).pk, by=world.actor("clerk"))
    run_jobs()
    entry = OutgoingEntry.objects.get()
    main = Attachment.objects.get(owner_kind="document", owner_id=entry.document_id, role="main")
    lock(main.file_id)
    page = world.client("clerk").get(reverse("outgoing_entry", args=[entry.pk])).content.decode()
    assert SENTENCE in page
    assert reverse("page_image", args=[main.pk, 1]) not in page
    told_in = Notice.objects.filter(kind__in=("virus_out", "virus_in")).values_list("office_id", flat=True)
    assert set(told_in) == {world.province.pk, world.region.pk, world.second_region.pk}


def test_what_goes_on_in_the_background_leaves_a_locked_file_alone(world: World) -> None:
    draft = drafts.drafted(world)
    version = queries.newest(draft.pk)
    assert version.source is not None
    file = lock(version.source.file_id)
    Reading.objects.update(state="waiting", pages_done=0)
    assert not keeping.read(file.sha256, most_pages=1, seconds=1)
    assert list(Reading.objects.values_list("state", "trouble")) == [("failed", SENTENCE)]
    Version.objects.update(text="", conversion_trouble="")
    jobs.convert(version.pk)
    version.refresh_from_db()
    assert version.conversion_trouble == SENTENCE
    run_jobs()
    previews.prepare(file, 240, pages=1)
    with pytest.raises(NotAllowed, match="đã khóa"):
        previews.page_image(version.source, 1, 240)
    assert sources.text_of("draft", draft.pk) == ""


def test_signatures_of_a_locked_file_are_not_judged_and_others_are(world: World) -> None:
    made = [
        documents.register(
            arrival(), uploads=[drafts.stage(world, "clerk", signer=name)], by=world.actor("clerk")
        )
        for name in ("Vũ Đình Lâm", "Lê Hải")
    ]
    bad, good = (Attachment.objects.get(owner_kind="document", owner_id=one.document_id) for one in made)
    lock(bad.file_id)
    run_jobs()
    assert evidence.judge(bad.file) == evidence.LOCKED
    assert evidence.judge(good.file).verdict == "unsigned"


def test_a_stack_says_which_of_its_files_is_locked_and_reads_the_others(world: World) -> None:
    by = world.actor("clerk")
    uploads = [drafts.stage(world, "clerk", signer=name) for name in ("Vũ Đình Lâm", "Lê Hải")]
    stack = stacks.bring(uploads, split_at_blank=False, by=by)
    held = Attachment.objects.filter(owner_kind="stack").order_by("position")[0]
    lock(held.file_id)
    run_jobs()
    stacks.read(stack.pk)
    stack.refresh_from_db()
    assert stack.read
    assert stack.trouble == f"{held.name}: {SENTENCE}"
    assert StackRow.objects.filter(stack=stack).count() == 1
    assert Notice.objects.filter(kind="virus_stack", about_id=stack.pk, person=world.person("clerk")).exists()
    page = world.client("clerk").get(reverse("stack", args=[stack.pk]) + "?rows").content.decode()
    assert SENTENCE in page


def test_a_paper_of_a_dossier_is_told_where_it_lies(world: World) -> None:
    by = world.actor("specialist")
    dossier = dossiers.open_dossier("Hồ sơ kiểm tra công tác văn thư", retention_years=5, by=by)
    papers.add_paper(dossier.pk, drafts.stage(world), papers.PaperFields(title="Biên bản họp"), by=by)
    lock(Attachment.objects.get(owner_kind="paper").file_id)
    rows = Notice.objects.filter(kind="virus_doss", about_id=dossier.pk)
    assert by.person in rows.values_list("person_id", flat=True)
    page = world.client("specialist").get(reverse("notices")).content.decode()
    assert reverse("dossier", args=[dossier.pk]) in page

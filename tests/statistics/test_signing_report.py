"""Who signed how much: digitally by level or on paper, by leader, month and office."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import World
from tests.entries import make_numbered
from tests.web import drafts
from vanthu.issuing.models import Draft
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.refusals import NotAllowed
from vanthu.signing.augmenting_models import Keeping
from vanthu.statistics import signing
from vanthu.statistics.jobs import count_signatures
from vanthu.statistics.signing import Signed

pytestmark = pytest.mark.django_db


def signed(world: World, level: str, persona: str = "head", *, on_paper: bool = False) -> Draft:
    """A numbered document of a draft that this leader signed at this level."""
    entry = make_numbered(world, "clerk")
    draft = drafts.drafted(world)
    fields: dict[str, object] = {
        "outgoing": entry, "signer": world.post(persona), "signature_level": level, "signed_at": entry.numbered_at,
        "state": "numbered",
    }  # fmt: skip
    if on_paper:
        fields |= {"paper_on": today(), "medium": "paper", "recorded_by": world.person("clerk")}
    Draft.objects.filter(pk=draft.pk).update(**fields)
    return draft


def lines(found: signing.Report, heading: str) -> dict[str, Signed]:
    return {line.label: line for group in found.groups if group.heading == heading for line in group.lines}


def fill(world: World) -> None:
    for level in ("B-B", "B-T", "B-T"):
        signed(world, level)
    signed(world, "", "deputy", on_paper=True)
    make_numbered(world, "clerk")  # without a draft
    count_signatures()


def test_signatures_are_counted_by_leader_level_and_month(world: World) -> None:
    fill(world)
    found = signing.report(world.actor("head"), today().year)
    total = found.groups[0].lines[0]
    assert (total.total, total.digital, total.paper, total.share, total.at) == (5, 3, 2, 60, (1, 2, 0, 0))
    leaders = lines(found, "Theo người ký")
    assert [(name, line.total, line.share) for name, line in leaders.items()] == [
        ("Nguyễn Văn Minh", 1, 0),
        ("Đào Trọng Khánh", 1, 0),  # as the book names them
        ("Vũ Đình Lâm", 3, 100),
    ]
    assert [(name, line.total) for name, line in lines(found, "Theo tháng").items()] == [
        (f"Tháng {today():%m/%Y}", 5)
    ]
    assert lines(found, "Theo cơ quan")["VKSND tỉnh Bắc Ninh"].total == 5
    assert signing.report(world.actor("head"), 2001).groups == ()


def test_the_level_is_that_of_the_file_as_it_is_kept(world: World) -> None:
    draft = signed(world, "B-T")
    outgoing = Draft.objects.get(pk=draft.pk).outgoing
    assert outgoing is not None
    paper = files.store_bytes(b"%PDF-1.7", PDF)
    files.attach(paper, owner_kind="document", owner_id=outgoing.document_id, role="main", name="main.pdf")
    Keeping.objects.update_or_create(file_sha256=paper.sha256, defaults={"level": "B-LTA"})
    signing.count()
    assert signing.report(world.actor("head")).groups[0].lines[0].at == (0, 0, 0, 1)


def test_only_who_sees_the_whole_office_has_it(world: World) -> None:
    for persona in ("specialist", "head_of_unit", "deputy", "administrator"):
        with pytest.raises(NotAllowed):
            signing.report(world.actor(persona))


def test_the_page_costs_the_same_and_leaves_as_xlsx(world: World) -> None:
    fill(world)
    browser = world.client("clerk")
    browser.get(reverse("signing_report"))
    with CaptureQueriesContext(connection) as few:
        page = browser.get(reverse("signing_report")).content.decode()
    assert "60% văn bản đi" in page
    for persona in ("head", "deputy", "chief"):
        signed(world, "B-T", persona)
    signing.count()
    with CaptureQueriesContext(connection) as many:
        browser.get(reverse("signing_report"))
    assert len(many) == len(few) <= 9
    sheet = browser.get(reverse("signing_report"), {"nam": today().year, "format": "xlsx"})
    rows = list(load_workbook(BytesIO(b"".join(sheet.streaming_content)))["Sổ"].values)  # type: ignore[attr-defined]
    assert rows[0] == (
        "Nội dung", "Tổng số văn bản đi", "Ký số", "Ký giấy", "Tỷ lệ ký số", "Mức B-B", "Mức B-T", "Mức B-LT",
        "Mức B-LTA",
    )  # fmt: skip
    assert rows[2] == ("Tổng số", 8, 6, 2, "75%", 1, 5, 0, 0)

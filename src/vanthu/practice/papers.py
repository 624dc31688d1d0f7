"""The files of the invented documents of a day: made once, shared by every room of that day."""

from collections.abc import Mapping
from datetime import date, timedelta

from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.files.models import StoredFile
from vanthu.organisations.practice_sector import OFFICES
from vanthu.practice import letter
from vanthu.practice.letter import Letter
from vanthu.practice.texts import PAPERS, PLACE, PROVINCE, SKETCHES, Paper, Sketch
from vanthu.reading import actions as reading

OWNER = "practice"  # the files are held by their day
_LOOKED_BACK = 14  # days: as long as the nightly job may have been missing
BANNER = "VĂN BẢN THỰC HÀNH - KHÔNG CÓ GIÁ TRỊ"
NAMES = {one.key: one.name for one in OFFICES}
PARENTS = {one.key: one.parent for one in OFFICES}


def files_of(day: date) -> Mapping[str, StoredFile]:
    """{key of the paper or sketch: its PDF}; made when somebody needs them first, in about a second."""
    held = file_queries.attachments(OWNER, [day.toordinal()]).get(day.toordinal(), [])
    found = {one.name.removesuffix(".pdf"): one.file for one in held}
    letters = {one.key: _paper(one, day) for one in PAPERS} | {one.key: _sketch(one, day) for one in SKETCHES}
    for key, text in letters.items():
        if key not in found:
            found[key] = _kept(letter.pdf(text), key, day)
    return found


def give_up_before(day: date) -> None:
    """Let go of the files of the days before this one; rooms in which they lie hold them themselves."""
    days = [day.toordinal() - back for back in range(1, _LOOKED_BACK + 1)]
    for held in file_queries.attachments(OWNER, days).values():
        for one in held:
            files.detach(one)


def _kept(data: bytes, key: str, day: date) -> StoredFile:
    file = files.store_bytes(data, PDF)
    reading.count_pages(file)
    files.attach(file, owner_kind=OWNER, owner_id=day.toordinal(), role="pack", name=f"{key}.pdf", position=1)
    return file


def issuer_of(paper: Paper) -> str:
    """The name of whoever wrote it."""
    return NAMES.get(paper.issuer, paper.issuer)


def issued_on(paper: Paper, day: date) -> date:
    """The date that stands on it."""
    return day - timedelta(days=paper.days_ago)


def _paper(paper: Paper, day: date) -> Letter:
    return Letter(
        kind=paper.kind,
        superior=NAMES.get(PARENTS.get(paper.issuer, ""), ""),
        office=issuer_of(paper),
        number=paper.number,
        notation=paper.notation,
        place=PLACE,
        day=issued_on(paper, day),
        subject=paper.subject,
        recipients=(NAMES[paper.to],),
        basis=(),
        body=(*paper.body, "Trân trọng./."),
        signing=(paper.title.upper(),),
        signer=paper.signer,
        copies=(),
        archive="VT",
        urgency=paper.urgency,
        banner=BANNER,
    )


def _sketch(sketch: Sketch, day: date) -> Letter:
    """With open places for number and date, which the clerk's act fills in."""
    return Letter(
        kind="CV",
        superior=NAMES["supreme"],
        office=PROVINCE,
        number="",
        notation="VKS-P1",
        place=PLACE,
        day=day,
        subject=sketch.subject,
        recipients=tuple(NAMES[one] for one in sketch.to),
        basis=(),
        body=(*sketch.body, "Trân trọng./."),
        signing=("VIỆN TRƯỞNG",),
        signer="Nguyễn Văn Thực",
        copies=(),
        archive="VT, P1",
        banner=BANNER,
    )

"""Drafts on their way for web tests, with a PDF that needs no converter."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cast import World
from tests.signing.papers import make_paper
from vanthu.issuing import actions, reviews, saga, versions
from vanthu.issuing.actions import Outline
from vanthu.issuing.models import Draft
from vanthu.kernel.files import actions as files
from vanthu.kernel.jobs import run_jobs

SUBJECT = "Kế hoạch kiểm tra công tác văn thư, lưu trữ năm 2027"
_papers: dict[str, bytes] = {}


def paper(signer: str) -> bytes:
    """A plan with room for number, date, signature and seal; made once per signer."""
    if signer not in _papers:
        with TemporaryDirectory() as folder:
            _papers[signer] = make_paper(Path(folder) / "paper.pdf", signer=signer).read_bytes()
    return _papers[signer]


def stage(world: World, persona: str = "specialist", *, signer: str = "Vũ Đình Lâm") -> str:
    """The id of an upload of that PDF."""
    return str(files.stage(BytesIO(paper(signer)), "ke-hoach.pdf", by=world.actor(persona)).pk)


def drafted(world: World, subject: str = SUBJECT, *, replies_to: int | None = None) -> Draft:
    """A draft of the specialist with one version, to the region and a body outside, signed by the head."""
    outline = Outline(
        kind="KH",
        subject=subject,
        signer_id=world.post("head").pk,
        office_ids=[world.region.pk, world.second_region.pk],
        others=["Sở Nội vụ tỉnh Bắc Ninh"],
    )
    by = world.actor("specialist")
    draft = actions.start(outline, replies_to=replies_to, from_template=False, by=by)
    versions.add_version(draft.pk, stage(world), by=by)
    run_jobs()
    return draft


def submitted(world: World, subject: str = SUBJECT) -> Draft:
    """A draft that waits for the head of the unit."""
    return actions.submit(drafted(world, subject).pk, by=world.actor("specialist"))


def checked(world: World, subject: str = SUBJECT) -> Draft:
    """A draft whose content is right and whose form the office checks."""
    return reviews.pass_content(submitted(world, subject).pk, "Nhất trí", by=world.actor("head_of_unit"))


def to_sign(world: World, subject: str = SUBJECT) -> Draft:
    """A draft that waits for the signature of the head."""
    return saga.pass_form(checked(world, subject).pk, by=world.actor("chief"))


def signed(world: World, subject: str = SUBJECT) -> Draft:
    """A draft that waits for its number."""
    return saga.sign(to_sign(world, subject).pk, by=world.actor("head"))

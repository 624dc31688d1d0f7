"""Drafts: the history of what was issued, and what people are writing now."""

from vanthu.documents import symbols
from vanthu.documents.kinds import by_code
from vanthu_tools.bench.outline import Outline, pattern_for
from vanthu_tools.bench.sector import Office, Person, Unit
from vanthu_tools.bench.slices import Paper, Slice
from vanthu_tools.bench.timeline import DAY, stamp
from vanthu_tools.demo.texts import CONTENT_AGREED, FORM_AGREED

SECOND_VERSION = 0.4  # of all drafts
_CONTENT, _FORM = CONTENT_AGREED.strip().splitlines(), FORM_AGREED.strip().splitlines()


def write_issued(slice_: Slice, paper: Paper, unit: Unit, drafter: Person, signer: Person) -> None:
    """The way of an issued document: versions, content, form, signature."""
    one, random = paper.outline, slice_.random
    draft, home = slice_.ids.next("draft"), one.home
    started = max(one.at - random.randint(2, 9) * DAY, slice_.timeline.midnights[0])
    step = (one.at - started) // 6
    versions = 2 if random.random() < SECOND_VERSION else 1
    slice_.sheets.drafts.add(
        draft, home.id, unit.id, drafter.id, paper.kind, paper.notation, paper.subject[:500], paper.urgency,
        paper.restricted, None, signer.id, "", "issued", versions, unit.head.id, paper.outgoing_id,
        stamp(started), stamp(started + 3 * step), stamp(started + 5 * step), "B-T", "{}", "",
    )  # fmt: skip
    last = _versions(slice_, draft, paper, drafter, versions, started, step)
    checker = next((other.head for other in home.units if other.administration), home.leaders[0])
    reviews = (
        (3, "content", unit.head, random.choice(_CONTENT), "content_passed", "đồng ý nội dung dự thảo"),
        (4, "form", checker, random.choice(_FORM), "form_passed", "kiểm tra thể thức, trình ký"),
        (5, "approval", signer, "", "signed", "duyệt và ký số (mức B-T)"),
    )
    for place, name, author, text, verb, note in reviews:
        at = started + place * step + 60
        slice_.sheets.reviews.add(
            slice_.ids.next("review"),
            draft,
            last,
            name,
            "agree",
            author.id,
            author.title,
            "",
            text,
            stamp(at),
        )
        slice_.act(at, home, author, f"issuing.{verb}", "draft", draft, note)
    clerk = home.clerks[0]
    slice_.act(
        one.at, home, clerk, "issuing.numbered", "draft", draft, f"cấp số {paper.symbol}, chuyển đóng dấu"
    )
    slice_.act(
        one.at + 90, home, clerk, "issuing.issued", "draft", draft, f"đóng dấu, phát hành {paper.symbol}"
    )
    for place, office in enumerate(one.receivers):
        slice_.sheets.recipients.add(
            slice_.ids.next("recipient"), draft, office.id, office.spec.name, True, place
        )
    _owners(slice_, draft, paper, unit, drafter, signer)


def _versions(
    slice_: Slice, draft: int, paper: Paper, drafter: Person, count: int, started: int, step: int
) -> int:
    """Its versions with their files; returns the id of the last."""
    home, version = paper.outline.home, 0
    slice_.act(started, home, drafter, "issuing.started", "draft", draft, "mở dự thảo")
    for place in range(1, count + 1):
        version, at = slice_.ids.next("version"), started + place * step
        name = f"du-thao-{place}.pdf"
        pdf = slice_.attach("version", version, paper.file, "pdf", name, at)
        slice_.sheets.versions.add(version, draft, place, drafter.id, stamp(at), pdf, paper.subject, "", "")
        slice_.act(at, home, drafter, "issuing.versioned", "draft", draft, f"thêm bản dự thảo {place}")
    note = f"trình lãnh đạo đơn vị kiểm tra nội dung (bản {count})"
    slice_.act(started + 3 * step, home, drafter, "issuing.submitted", "draft", draft, note)
    return version


def _owners(slice_: Slice, draft: int, paper: Paper, unit: Unit, drafter: Person, signer: Person) -> None:
    at, home = paper.outline.at + 90, paper.outline.home
    rows = (
        (("o", home.id), "holder", "issued"),
        (("p", drafter.id), "drafter", "issued"),
        (("u", unit.id), "unit", "watch"),
        (("p", signer.id), "signer", "signed"),
    )
    for owner, role, state in rows:
        slice_.take_part("draft", draft, home, owner, role, state, at, paper=paper)


UNFINISHED = {"drafting": 6, "content": 3, "form": 1, "approval": 2, "signed": 1}
"""States of what is being written, and how often."""
NEWEST = 0.01  # of the whole time: how long drafts lie open


def write_unfinished(slice_: Slice) -> None:
    """What everybody is writing at the end of the time: tens in an office, none where little is written."""
    timeline = slice_.timeline
    for office in slice_.sector.offices:
        wanted = min(office.strength // 2, slice_.world.arrivals.get(office.id, 0) // 5)
        for state in slice_.random.choices(list(UNFINISHED), list(UNFINISHED.values()), k=wanted):
            place = 1 - slice_.random.random() * NEWEST
            at, day = timeline.at(place)
            pattern = pattern_for(slice_.random, office.writer)
            _write_unfinished(slice_, Outline(at, day, office, pattern, None, (), False, False), state)


def _write_unfinished(slice_: Slice, one: Outline, state: str) -> None:
    office, unit = one.home, one.home.unit_for(one.pattern.unit)
    drafter, signer = slice_.worker(unit), slice_.leader(office)
    draft, version = slice_.ids.next("draft"), slice_.ids.next("version")
    kind = by_code(one.pattern.kind)
    notation = symbols.notation_for(kind, office.spec.symbol, unit.abbreviation)
    subject = slice_.wording.subject(one)[:500]
    submitted = None if state == "drafting" else stamp(one.at + 1800)
    signed = stamp(one.at + 5400) if state == "signed" else None
    slice_.sheets.drafts.add(
        draft, office.id, unit.id, drafter.id, kind.code, notation, subject, 0, False, None, signer.id, "",
        state, 1, None if state in {"drafting", "content"} else unit.head.id, None, stamp(one.at), submitted,
        signed, "B-T" if signed else "", "{}", "",
    )  # fmt: skip
    pdf = slice_.attach(
        "version", version, slice_.random.choice(slice_.world.files), "pdf", "du-thao.pdf", one.at
    )
    slice_.sheets.versions.add(version, draft, 1, drafter.id, stamp(one.at), pdf, subject, "", "")
    slice_.act(one.at, office, drafter, "issuing.started", "draft", draft, "mở dự thảo")
    slice_.act(one.at, office, drafter, "issuing.versioned", "draft", draft, "thêm bản dự thảo 1")
    if submitted:
        note = "trình lãnh đạo đơn vị kiểm tra nội dung (bản 1)"
        slice_.act(one.at + 1800, office, drafter, "issuing.submitted", "draft", draft, note)
    owners = _unfinished_owners(office, unit, drafter, signer, state)
    for owner, role, own, pending in owners:
        slice_.take_part("draft", draft, office, owner, role, own, one.at, pending=pending)
    slice_.find_other(
        "draft", draft, office, one.at, title=subject, symbol=notation, signer=drafter.name,
        owners=[owner for owner, *_ in owners], paper_kind=kind.code,
    )  # fmt: skip


def _unfinished_owners(
    office: Office, unit: Unit, drafter: Person, signer: Person, state: str
) -> list[tuple[tuple[str, int], str, str, bool]]:
    """(owner, role, own state, whether it is their turn), as `issuing.showing` keeps them."""
    own = state if state in {"drafting", "signed"} else "submitted"
    reviewing = state == "content"
    rows = [
        (("o", office.id), "holder", state, state in {"form", "signed"}),
        (("p", drafter.id), "drafter", own, own == "drafting"),
        (("u", unit.id), "unit", "to_review" if reviewing else "watch", reviewing),
    ]
    if state in {"approval", "signed"}:
        turn = state == "approval"
        rows.append((("p", signer.id), "signer", "to_sign" if turn else "signed", turn))
    return rows

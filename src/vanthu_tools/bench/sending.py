"""Documents as they are written, and what their office does with them: number, issue, send."""

from datetime import timedelta
from functools import cache

from vanthu.documents import symbols
from vanthu.documents.kinds import by_code
from vanthu.search import sources
from vanthu_tools.bench import drafting, finding
from vanthu_tools.bench.outline import Outline
from vanthu_tools.bench.sector import Office, Person, Unit
from vanthu_tools.bench.slices import URGENCY, Arrival, Paper, Slice
from vanthu_tools.bench.timeline import stamp
from vanthu_tools.demo.ground import notation as demo_notation
from vanthu_tools.demo.texts import VOIDED

RESTRICTED_UNITS = frozenset({"TTr", "P15"})
RESTRICTED = 0.15  # of what concerns them
WANTS_REPLY = frozenset({"CV", "YC", "KNG"})
BY_ORDER = frozenset({"TB", "CV", "GM"})
BODIES = 0.1  # of all documents have a text that is searched
DRAFTED = 0.25  # of what is issued keeps the history of its draft here
REPLIES = 0.2  # of what is issued answers something that came from outside
OUTSIDERS = (
    "Công an tỉnh",
    "Tòa án nhân dân tỉnh",
    "Ủy ban nhân dân tỉnh",
    "Thi hành án dân sự tỉnh",
    "Tòa án nhân dân khu vực",
    "Sở Tư pháp",
)


def write(slice_: Slice, outlines: list[Outline]) -> None:
    """Every document of the slice, in order of time; who receives them comes after."""
    last: dict[int, int] = {}
    for one in outlines:
        paper = _from_outside(slice_, one) if one.body else _from_sector(slice_, one, last)
        if one.body:
            last[one.home.id] = paper.id
        _write_document(slice_, paper)


def _from_outside(slice_: Slice, one: Outline) -> Paper:
    """What a body outside sent to the home: it came over the axis, on paper or by mail."""
    assert one.body is not None
    random, sender = slice_.random, slice_.wording.sender(one)
    number = random.randint(1, one.body.per_year)
    paper = _paper(slice_, one, f"{number:02d}", sender.notation, sender.name, sender.signer, sender.title)
    paper.issued_on = one.day - timedelta(days=random.randint(0, 6))
    _make_findable(paper)
    slice_.arrivals.append(Arrival(one.at, paper, one.home, one.body.channel))
    return paper


def _from_sector(slice_: Slice, one: Outline, last: dict[int, int]) -> Paper:
    """What the home issued."""
    unit = one.home.unit_for(one.pattern.unit)
    signer = _signer(slice_, one, unit)
    key = one.out_series
    number = slice_.take(key)
    notation = _notation(one.home, one.pattern.kind, unit)
    spec = one.home.spec
    paper = _paper(slice_, one, f"{number:02d}", notation, spec.name, signer.name, signer.title)
    _make_findable(paper)
    drafter = slice_.worker(unit)
    paper.outgoing_id = slice_.ids.next("outgoing")
    recipients, kept_by = _addressed(one), f"VT, {unit.abbreviation}"
    _write_outgoing(slice_, paper, recipients, kept_by, number, slice_.world.ids[key])
    owners = [("o", one.home.id), ("p", drafter.id), ("p", signer.id), ("u", unit.id)]
    state = "voided" if one.voided else "issued"
    for owner in owners:
        role = "holder" if owner[0] == "o" else "drafter"
        slice_.take_part("out", paper.outgoing_id, one.home, owner, role, state, one.at, paper=paper)
    more = sources.more(sources.due(paper.reply_due_on), recipients, kept_by)
    slice_.find("out", paper.outgoing_id, one.home, paper, owners, more=more)
    _record(slice_, paper)
    _deliver(slice_, paper)
    if not one.voided and slice_.random.random() < DRAFTED:
        drafting.write_issued(slice_, paper, unit, drafter, signer)
    if one.home.id in last and slice_.random.random() < REPLIES:
        slice_.sheets.relations.add(slice_.ids.next("relation"), paper.id, last[one.home.id], "replies_to")
    if not one.voided:
        slice_.filed[one.home.id, unit.id].append(("out", paper.outgoing_id, one.at))
    return paper


def _signer(slice_: Slice, one: Outline, unit: Unit) -> Person:
    """A leader, or for some kinds the head of the unit."""
    if one.pattern.kind in BY_ORDER and slice_.random.random() < 0.3:
        return unit.head
    return slice_.leader(one.home)


@cache
def _notation(office: Office, kind: str, unit: Unit) -> str:
    abbreviation = by_code(kind).abbreviation
    return demo_notation(office.spec, abbreviation, f"{office.spec.key}/{unit.abbreviation}")


def _paper(
    slice_: Slice, one: Outline, number: str, notation: str, issuer: str, signer: str, title: str
) -> Paper:
    random = slice_.random
    restricted = one.pattern.unit in RESTRICTED_UNITS and random.random() < RESTRICTED
    paper = Paper(
        slice_.ids.next("document"), one, one.pattern.kind, number, notation, symbols.join(number, notation),
        one.day, issuer[:200], slice_.wording.subject(one)[:1000], signer, title, restricted, random.choice(URGENCY),
        random.choice(slice_.world.files),
    )  # fmt: skip
    if one.pattern.kind in WANTS_REPLY and random.random() < 0.5:
        paper.reply_due_on = slice_.timeline.due(one.day, random.randint(5, 22))
    return paper


def _make_findable(paper: Paper) -> None:
    """Take its words apart, once for all of its rows."""
    paper.shown = finding.shown(paper.symbol, paper.issuer_name)
    signer = finding.remembered_lexemes(paper.signer)
    paper.lexemes = f"{paper.shown} {finding.lexemes(paper.subject)} {signer}"


def _write_document(slice_: Slice, paper: Paper) -> None:
    """The document, its file, and for some the text."""
    one, home = paper.outline, paper.outline.home
    slice_.sheets.documents.add(
        paper.id, *paper.described, None if one.body else home.id, home.id, "Tiếng Việt", paper.restricted,
        paper.reply_due_on, stamp(one.at),
    )  # fmt: skip
    name = f"{paper.symbol.replace('/', '-')}.pdf"
    slice_.attach("document", paper.id, paper.file, "main" if one.body else "issued", name, one.at)
    if not one.voided and slice_.random.random() < BODIES:
        slice_.bodies.append((paper, *slice_.wording.body(one)))


def _addressed(one: Outline) -> str:
    """Nơi nhận, as the book has it."""
    return "; ".join(office.spec.name for office in one.receivers)[:4000]


def _write_outgoing(
    slice_: Slice, paper: Paper, recipients: str, kept_by: str, number: int, series: int
) -> None:
    one = paper.outline
    slice_.sheets.outgoing.add(
        paper.outgoing_id, one.home.id, paper.id, series, number, "voided" if one.voided else "issued",
        "electronic", paper.restricted, recipients, kept_by, max(1, len(one.receivers)), "",
        stamp(one.at), None if one.voided else stamp(one.at + 90), VOIDED if one.voided else "",
    )  # fmt: skip


def _record(slice_: Slice, paper: Paper) -> None:
    """Numbered, then issued and sent, or voided."""
    one, item = paper.outline, paper.outgoing_id
    assert item is not None
    clerk, home = one.home.clerks[0], one.home
    day = paper.issued_on
    note = f"cấp số {paper.symbol} ngày {day:%d/%m/%Y}"
    slice_.act(
        one.at, home, clerk, "documents.numbered", "out", item, note,
        number=[None, paper.number], issued_on=[None, day.isoformat()],
    )  # fmt: skip
    if one.voided:
        note = f"hủy số {paper.symbol}: {VOIDED}"
        slice_.act(
            one.at + 60, home, clerk, "documents.voided", "out", item, note, voided_reason=["", VOIDED]
        )
        return
    slice_.act(one.at + 90, home, clerk, "documents.issued", "out", item, f"phát hành {paper.symbol}")
    count = max(1, len(one.receivers))
    note = f"gửi tới {count} nơi nhận"
    slice_.act(one.at + 90, home, clerk, "exchange.sent", "out", item, note, recipients=[0, count])


def _deliver(slice_: Slice, paper: Paper) -> None:
    """To offices of the sector, whose clerks will find it, or to one body outside."""
    one = paper.outline
    if not one.receivers and not one.voided:
        name = f"{slice_.random.choice(OUTSIDERS)} {one.home.province.name}"
        slice_.sheets.deliveries.add(
            slice_.ids.next("delivery"), paper.id, paper.outgoing_id, one.home.id, None, name, "paper", "outside",
            None, None, "", 0, stamp(one.at + 90), stamp(one.at + 90),
        )  # fmt: skip
    for place, office in enumerate(one.receivers):
        returned = one.returned and place == 0
        at = one.at + 100 + slice_.random.randrange(500)
        slice_.arrivals.append(
            Arrival(at, paper, office, "internal", returned, slice_.ids.next("delivery"), place)
        )

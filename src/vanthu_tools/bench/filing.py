"""Dossiers of a slice: what a unit handled, a dozen papers in each."""

from datetime import UTC, date, datetime, time
from itertools import batched

from vanthu.dossiers import retention
from vanthu_tools.bench.sector import Office, Unit
from vanthu_tools.bench.slices import Slice
from vanthu_tools.bench.timeline import stamp
from vanthu_tools.demo.clock import ZONE

PAPERS = 12  # in one dossier
FEWEST = 2
FILED = 0.6  # of what was handled lies in a dossier
ORDINALS = 100  # that a unit gives in one slice
TITLES = (
    "Hồ sơ kiểm sát việc giải quyết vụ việc của {unit}, tập {number}",
    "Tập văn bản trao đổi nghiệp vụ của {unit}, tập {number}",
    "Hồ sơ giải quyết công việc thường xuyên của {unit}, tập {number}",
)
RETENTIONS = (70, 20, 10, 10, 5)  # years


def write(slice_: Slice) -> None:
    """Make the dossiers of every unit that handled something in this slice."""
    for (office_id, unit_id), items in slice_.filed.items():
        office = slice_.sector.offices[office_id - 1]
        unit = next(one for one in office.units if one.id == unit_id)
        kept = sorted((item for item in items if slice_.random.random() < FILED), key=lambda item: item[2])[
            : PAPERS * ORDINALS
        ]
        for place, papers in enumerate(batched(kept, PAPERS)):
            if len(papers) >= FEWEST:
                _open(slice_, office, unit, place, papers)


def _open(
    slice_: Slice, office: Office, unit: Unit, place: int, items: tuple[tuple[str, int, int], ...]
) -> None:
    """One dossier with what lies in it; those of earlier years are closed."""
    number, keeper = slice_.ids.next("dossier"), slice_.worker(unit)
    at, last = items[0][2], items[-1][2]
    started, ended = _day(at), _day(last)
    is_open = started.year == slice_.timeline.last.year and slice_.random.random() < 0.5
    state = "open" if is_open else "closed"
    ordinal = slice_.chunk.number * ORDINALS + place
    notation = f"{ordinal:02d}.{unit.abbreviation}"
    title = slice_.random.choice(TITLES).format(unit=unit.name, number=ordinal)
    years = slice_.random.choice(RETENTIONS)
    slice_.sheets.dossiers.add(
        number, office.id, unit.id, keeper.id, started.year, ordinal, notation, title,
        years, "Tiếng Việt", state, False, started, None if is_open else ended,
        len(items), "",
    )  # fmt: skip
    owners = (("o", office.id), ("p", keeper.id), ("u", unit.id))
    for owner in owners:
        role = "keeper" if owner[0] == "p" else "holder"
        pending = is_open and role == "keeper"
        slice_.take_part("dossier", number, office, owner, role, state, at, pending=pending)
    slice_.act(
        at, office, keeper, "dossiers.opened", "dossier", number, f"mở hồ sơ {notation}", title=["", title]
    )
    for ordinal, (kind, item, added) in enumerate(items, 1):
        slice_.sheets.dossier_items.add(
            slice_.ids.next("dossier_item"), number, kind, item, ordinal, stamp(added), keeper.id
        )
        note = f"đưa văn bản thứ {ordinal} vào hồ sơ"
        slice_.act(
            added, office, keeper, "dossiers.filed", "dossier", number, note, item=[None, f"{kind}:{item}"]
        )
    if not is_open:
        slice_.act(last, office, keeper, "dossiers.closed", "dossier", number, f"kết thúc hồ sơ {notation}")
    noon = int(datetime.combine(started, time(12), ZONE).timestamp())
    slice_.find_other(
        "dossier", number, office, noon, title=title, symbol=notation, signer=keeper.name, owners=owners,
        more=retention.name(years),
    )  # fmt: skip


def _day(moment: int) -> date:
    return datetime.fromtimestamp(moment, UTC).astimezone(ZONE).date()

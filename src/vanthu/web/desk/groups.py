"""Lines gathered under their headings; what can be done in one go becomes one line."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from vanthu.web.desk.todo import Mark, Tally, Todo, in_order
from vanthu.web.incoming.rows import Act

SHOWN = 8  # lines under one heading; the others are behind a link
_SENDER, _PRESENT, _ISSUE = 2, 3, 3  # from so many on, a batch


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading; `more_url` leads to the list when it has others."""

    heading: str
    lines: tuple[Todo, ...]
    more_url: str = ""


def gathered(tallies: Iterable[Tally], others: Iterable[Todo]) -> list[Group]:
    """The desk of an actor: headings in their order, each sorted by urgency and date, batches folded."""
    headed: defaultdict[str, list[Todo]] = defaultdict(list)
    for tally in tallies:
        calm = [line for line in tally.lines if line.heading == tally.tab.label]
        for line in tally.lines:
            if line.heading != tally.tab.label:
                headed[line.heading].append(line)
        headed[tally.tab.label] += _folded(tally.tab.key, calm)
    for line in others:
        headed[line.heading].append(line)
    return [_group(heading, headed[heading]) for heading in in_order(headed) if headed[heading]]


def _group(heading: str, lines: list[Todo]) -> Group:
    ordered = sorted(lines, key=lambda line: (-line.urgency, line.due_on or date.max))
    more = ordered[SHOWN].tab if len(ordered) > SHOWN else ""
    return Group(heading, tuple(ordered[:SHOWN]), more)


def _folded(key: str, lines: list[Todo]) -> list[Todo]:
    if key == "waiting":
        return _by_sender(lines)
    if key == "registered" and len(lines) >= _PRESENT:
        return [_presented(lines)]
    ready = [line for line in lines if line.number]
    if key == "signed" and len(ready) >= _ISSUE:
        return [_issued(ready), *(line for line in lines if not line.number)]
    return lines


def _by_sender(lines: Sequence[Todo]) -> list[Todo]:
    senders: defaultdict[str, list[Todo]] = defaultdict(list)
    for line in lines:
        senders[line.issuer or line.key].append(line)
    return [
        _batch_of_sender(issuer, found) if len(found) >= _SENDER else found[0]
        for issuer, found in senders.items()
    ]


def _batch_of_sender(issuer: str, lines: Sequence[Todo]) -> Todo:
    symbols = [line.small.split(" · ")[0] for line in lines]
    return Todo(
        key=f"sender-{lines[0].key}",
        symbol="files",
        title=f"{len(lines)} văn bản cùng nơi gửi: {issuer}",
        small=", ".join(symbols),
        url=lines[0].tab,
        heading=lines[0].heading,
        tab=lines[0].tab,
        marks=(Mark(f"Lô {len(lines)}", "info"),),
        act=Act("Tiếp nhận cả lô", reverse("receive_batch"), post=True, primary=False),
        picked=_ids(lines),
    )


def _presented(lines: Sequence[Todo]) -> Todo:
    numbers = sorted(line.number for line in lines if line.number)
    return Todo(
        key="present",
        symbol="send",
        title=f"Trình lãnh đạo {len(lines)} văn bản đã vào sổ",
        small=f"Số đến {numbers[0]} đến {numbers[-1]}" if numbers else "",
        url=lines[0].tab,
        heading=lines[0].heading,
        tab=lines[0].tab,
        due_on=min((line.due_on for line in lines if line.due_on), default=None),
        marks=(Mark(f"Lô {len(lines)}", "info"),),
        act=Act("Trình cả lô", reverse("present_picked"), post=True, primary=False),
        picked=_ids(lines),
    )


def _issued(lines: Sequence[Todo]) -> Todo:
    picks = urlencode([("pick", pk) for pk in _ids(lines)])
    kinds = dict.fromkeys(line.small.split(" · ")[0] for line in lines)
    return Todo(
        key="issue",
        symbol="seal",
        title=f"Phát hành {len(lines)} văn bản lãnh đạo đã ký",
        small=", ".join(kinds),
        url=lines[0].tab,
        heading=lines[0].heading,
        tab=lines[0].tab,
        due_on=min((line.due_on for line in lines if line.due_on), default=None),
        marks=(Mark(f"Lô {len(lines)}", "info"),),
        act=Act("Cấp số, đóng dấu", f"{reverse('issue_batch')}?{picks}", primary=False),
    )


def _ids(lines: Sequence[Todo]) -> tuple[int, ...]:
    return tuple(int(line.key.rpartition("-")[2]) for line in lines)

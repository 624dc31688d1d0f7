"""Figures of a run: what was measured, as data that goes to JSON and back, and what it is held against."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import fmean, median
from typing import Any

from vanthu_tools.bench.measure.driving import Drive, Page, Sample
from vanthu_tools.bench.measure.issuing import Issue
from vanthu_tools.bench.measure.percentiles import percentile
from vanthu_tools.bench.measure.series import Registrations

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Figures:
    """One page under one load. Times in milliseconds; `html` and `travelled` in bytes (median)."""

    page: str
    group: str
    requests: int
    errors: int
    trouble: str
    per_second: float
    p50: float
    p95: float
    p99: float
    statements: float | None
    most_statements: int | None
    sql_p50: float | None
    sql_p95: float | None
    cpu: float | None
    html: float | None
    travelled: float


@dataclass(frozen=True, slots=True)
class Load:
    """One table. `cpu`: processor seconds per second of web, database, worker and client; `memory`: megabytes (PSS)."""

    clients: int
    think: float
    seconds: float
    requests: int
    per_second: float
    pages: list[Figures]
    cpu: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)

    def page(self, name: str) -> Figures | None:
        """The figures of one page, if it was measured."""
        return next((one for one in self.pages if one.page == name), None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The list of an ordinary person beside that of whoever sees most; milliseconds at the client."""

    requests: int
    ordinary_p50: float
    ordinary_p95: float
    everything_p50: float
    everything_p95: float

    @property
    def ratio(self) -> float:
        """Ordinary to all-seeing, by the median."""
        return self.ordinary_p50 / self.everything_p50 if self.everything_p50 else 0.0


@dataclass(frozen=True, slots=True)
class Weight:
    """One page in a browser; `usable` is in seconds, with a processor six times slower."""

    page: str
    cold: int
    requests: int
    warm: int
    usable: float


@dataclass(frozen=True, slots=True)
class Run:
    """Everything that `vanthu bench run` found. `sizes` are rows per table, `machine` where it ran."""

    taken_at: str
    commit: str
    machine: dict[str, str]
    documents: int
    sizes: dict[str, int]
    loads: list[Load]
    lists: Comparison | None = None
    registration: Registrations | None = None
    issues: list[Issue] = field(default_factory=list)
    weights: list[Weight] = field(default_factory=list)
    format: int = FORMAT

    @property
    def thinking(self) -> Load | None:
        """The table with time to think."""
        return next((load for load in self.loads if load.think), None)

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        data: dict[str, Any] = rounded(asdict(self))
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Run":
        """The run that `as_json` wrote. Raises `ValueError` for another format."""
        if data.get("format") != FORMAT:
            raise ValueError(f"the figures have format {data.get('format')}, this version reads {FORMAT}")
        loads = [
            Load(**{**load, "pages": [Figures(**page) for page in load["pages"]]}) for load in data["loads"]
        ]
        made = {
            "loads": loads,
            "lists": Comparison(**data["lists"]) if data["lists"] else None,
            "registration": Registrations(**data["registration"]) if data["registration"] else None,
            "issues": [Issue(**one) for one in data["issues"]],
            "weights": [Weight(**one) for one in data["weights"]],
        }
        return cls(**{**data, **made})


def rounded(value: Any) -> Any:
    """Numbers as exact as they are meant: three digits behind the point."""
    if isinstance(value, dict):
        return {name: rounded(one) for name, one in value.items()}
    if isinstance(value, list):
        return [rounded(one) for one in value]
    return round(value, 3) if isinstance(value, float) else value


def load_of(drive: Drive, pages: Sequence[Page], *, cpu: dict[str, float], memory: dict[str, float]) -> Load:
    """The table of one drive, pages in their order."""
    samples: defaultdict[str, list[Sample]] = defaultdict(list)
    for one in drive.samples:
        samples[one.page].append(one)
    return Load(
        clients=drive.pace.clients,
        think=drive.pace.think,
        seconds=drive.seconds,
        requests=len(drive.samples),
        per_second=len(drive.samples) / drive.seconds,
        pages=[figures(page, samples[page.name], drive.seconds) for page in pages if samples.get(page.name)],
        cpu=cpu,
        memory=memory,
    )


def figures(page: Page, samples: Sequence[Sample], seconds: float) -> Figures:
    """The figures of one page; what failed counts as an error and not as an answer."""
    good = [one for one in samples if not one.trouble]
    failed = [one.trouble for one in samples if one.trouble]
    times = [one.seconds * 1000 for one in good]
    statements = [one.statements for one in good if one.statements is not None]
    sql = [one.sql for one in good if one.sql is not None]
    cpu = [one.cpu for one in good if one.cpu is not None]
    lengths = [one.length for one in good if one.length is not None]
    return Figures(
        page=page.name,
        group=page.group,
        requests=len(good),
        errors=len(failed),
        trouble=failed[0] if failed else "",
        per_second=len(good) / seconds,
        p50=percentile(times, 50),
        p95=percentile(times, 95),
        p99=percentile(times, 99),
        statements=median(statements) if statements else None,
        most_statements=max(statements, default=None),
        sql_p50=percentile(sql, 50) if sql else None,
        sql_p95=percentile(sql, 95) if sql else None,
        cpu=fmean(cpu) if cpu else None,
        html=median(lengths) if lengths else None,
        travelled=median(one.travelled for one in good) if good else 0,
    )

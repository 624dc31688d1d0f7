"""`vanthu bench run`: starts the product on the benchmark's database, drives it, and gathers the figures."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Event, Thread

import psutil
from django.db import connection

from vanthu_tools import running, services
from vanthu_tools.bench.measure import acts, issuing, machine, series
from vanthu_tools.bench.measure.driving import Client, Pace, Page, drive
from vanthu_tools.bench.measure.figures import Comparison, Load, Run, load_of
from vanthu_tools.bench.measure.issuing import Issue
from vanthu_tools.bench.measure.machine import Watch
from vanthu_tools.bench.measure.pages import reading_pages
from vanthu_tools.bench.measure.percentiles import percentile
from vanthu_tools.bench.measure.seats import Seat, Seats, leave, sit_down
from vanthu_tools.bench.measure.series import Registrations
from vanthu_tools.bench.measure.words import search_pages
from vanthu_tools.processes import Child, Supervisor

HOST, PORT = "127.0.0.1", 8170
PATIENCE = 180.0  # seconds until the server must answer and the workers be done: a busy machine is slow
LISTS = 200  # looks at each of two lists that are compared
REGISTRATIONS = 10.0  # seconds of registering at the action, and again through HTTP
WRITERS = psutil.cpu_count() or 1  # processes that register at the action
RUSH = 0.25  # the table without a pause asks many times as often: it needs this share of the time
ISSUES = (1, 1, 1, 400, 400, 700)  # receivers of the issues
WARM_UP = 2  # times that every page is asked for before the clock starts

_WAITING = """
SELECT count(*) FROM procrastinate_jobs
WHERE status IN ('todo', 'doing') AND (scheduled_at IS NULL OR scheduled_at <= now())
"""

type Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a run. `seconds` and `think` are the first table's; the second is shorter, without a pause."""

    documents: int
    clients: int = 8
    seconds: float = 60
    think: float = 1.0
    registrations: float = REGISTRATIONS
    issues: Sequence[int] = ISSUES
    lists: int = LISTS


@dataclass(frozen=True, slots=True)
class Product:
    """The running product: where it answers, and its processes by what they do."""

    address: tuple[str, int]
    groups: dict[str, Sequence[psutil.Process]]


@contextmanager
def product(say: Say) -> Iterator[Product]:
    """Web server, workers and test authority as `vanthu up` starts them, telling what every answer costs."""
    port = running.free_port(PORT, HOST)
    web, others = services.children(HOST, port)
    web.environment["VANTHU_MEASURE"] = "1"
    supervisor = Supervisor(say)
    try:
        supervisor.start(web, *others)
        _wait_for(f"http://{HOST}:{port}/health", supervisor)
        workers = [child for child in others if child.name.startswith("worker")]
        yield Product(
            (HOST, port),
            {
                "web": _processes([web]),
                "workers": _processes(workers),
                "database": machine.database_process(),
            },
        )
    finally:
        supervisor.stop()


def _wait_for(address: str, supervisor: Supervisor) -> None:
    until = time.monotonic() + PATIENCE
    while not services.answers(address):
        if time.monotonic() > until:
            raise TimeoutError(f"the web server does not answer at {address}")
        supervisor.wait(0.1)


def _processes(children: Sequence[Child]) -> list[psutil.Process]:
    return [psutil.Process(child.process.pid) for child in children if child.process is not None]


def measure(plan: Plan, product: Product, registration: Registrations | None, say: Say) -> Run:
    """All figures of one database, in the order: pages, lists, registration, issue. It takes a few minutes."""
    with seated() as seats:
        for line in who(seats):
            say(line)
        return _measured(plan, product, registration, seats, say)


@contextmanager
def seated() -> Iterator[Seats]:
    """Those who work in this run, signed in."""
    seats = sit_down()
    try:
        yield seats
    finally:
        leave(seats.all)


def _measured(
    plan: Plan, product: Product, registration: Registrations | None, seats: Seats, say: Say
) -> Run:
    reading = [*reading_pages(seats), *search_pages(seats)]
    say(f"{len(reading)} pages; every page is asked for {WARM_UP} times before the clock starts.")
    warm_up(product.address, reading)
    say("The workers do what waits …")
    wait_for_workers()
    loads = []
    for think, seconds in {0.0: plan.seconds * RUSH, plan.think: plan.seconds}.items():
        say(f"{plan.clients} clients, {think:g} s to think, {seconds:g} s …")
        loads.append(load(replace(plan, seconds=seconds, think=think), product, seats, reading))
    say("The ordinary person's list and the all-seeing one's …")
    lists = compare_lists(product.address, seats, plan.lists)
    if registration is not None:
        say("Registration in one series, through HTTP …")
        registration = through_http(plan, product, seats, registration)
    say(f"Issue to {', '.join(map(str, plan.issues))} offices while {plan.clients} clients read …")
    issues = issue_under_load(plan, product, seats, reading)
    return Run(
        taken_at=acts.stamp(),
        commit=machine.commit(),
        machine=machine.description(),
        documents=plan.documents,
        sizes=machine.sizes(),
        loads=loads,
        lists=lists,
        registration=registration,
        issues=issues,
    )


def who(seats: Seats) -> Iterator[str]:
    """Who sits at the browsers."""
    for seat in seats.all:
        mark = " (all-seeing)" if seat is seats.everything else ""
        mark = " (ordinary person)" if seat is seats.ordinary else mark
        yield f"  {seat.office_name}: {seat.role}, {seat.rows} incoming documents{mark}"


def warm_up(address: tuple[str, int], pages: Sequence[Page]) -> None:
    """Ask for every page, so that processes have read their modules and templates."""
    client = Client(*address)
    for _ in range(WARM_UP):
        for page in pages:
            call = page.take()
            if call is not None:
                client.ask(page.name, call)
    client.connection.close()


def wait_for_workers() -> None:
    """Until nothing waits that was registered before: indexing it would be measured with the pages."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(_WAITING)
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.5)
    raise TimeoutError("the workers are not done with what waited")


def load(plan: Plan, product: Product, seats: Seats, reading: Sequence[Page]) -> Load:
    """One table: all pages and acts, by so many clients."""
    stock = acts.enough(len(reading), plan.clients, plan.seconds, plan.think)
    pages = [*reading, *acts.acting_pages(seats, stock)]
    watch = Watch(product.groups)
    done = drive(product.address, pages, Pace(plan.clients, plan.seconds, plan.think))
    cpu, memory = watch.since(done.seconds)
    return load_of(done, pages, cpu={**cpu, "client": done.cpu}, memory=memory)


def compare_lists(address: tuple[str, int], seats: Seats, times: int) -> Comparison | None:
    """The same list for both, in turn, so that whatever else the machine does touches both alike."""
    wanted = {"ordinary": seats.ordinary, "everything": seats.everything}
    pages = [
        page for page in reading_pages(replace(seats, all=())) if page.name.startswith("Incoming, first")
    ]
    if len(pages) < len(wanted) or not times:
        return None
    client = Client(*address)
    seconds: dict[str, list[float]] = {name: [] for name in wanted}
    for _ in range(times):
        for name, page in zip(wanted, pages, strict=False):
            call = page.take()
            if call is not None:
                seconds[name].append(client.ask(page.name, call).seconds * 1000)
    ordinary, everything = seconds["ordinary"], seconds["everything"]
    return Comparison(
        times,
        percentile(ordinary, 50),
        percentile(ordinary, 95),
        percentile(everything, 50),
        percentile(everything, 95),
    )


def at_the_action(plan: Plan) -> Registrations | None:
    """In the book of the busiest office, by a process for each core; nothing else may be at work."""
    with seated() as seats:
        clerk = _busiest(seats)
    if clerk is None or not plan.registrations:
        return None
    return series.measure(clerk.account_id, clerk.actor.office, processes=WRITERS, seconds=plan.registrations)


def through_http(plan: Plan, product: Product, seats: Seats, found: Registrations) -> Registrations:
    """The same book through the form, by all clients, while workers index what was registered."""
    clerk = _busiest(seats)
    assert clerk is not None
    page = Page("Register", "act", acts.registering([clerk]))
    done = drive(product.address, [page], Pace(plan.clients, plan.registrations, 0))
    good = [one.seconds * 1000 for one in done.samples if not one.trouble]
    return replace(found, http_per_second=len(good) / done.seconds, http_p95=percentile(good, 95))


def _busiest(seats: Seats) -> Seat | None:
    return max(seats.of("clerk"), key=lambda seat: seat.rows, default=None)


def issue_under_load(plan: Plan, product: Product, seats: Seats, reading: Sequence[Page]) -> list[Issue]:
    """Issue one document after the other while everybody else reads with time to think."""
    desk = issuing.desk_of(seats)
    if desk is None or not plan.issues:
        return []
    offices = issuing.receivers(desk.clerk.actor.office, max(plan.issues))
    drafts = [issuing.signed_draft(desk, offices[:size]) for size in plan.issues]
    over = Event()
    pace = Pace(plan.clients, float("inf"), plan.think or 1.0)
    readers = Thread(target=drive, args=(product.address, reading, pace), kwargs={"stop": over.is_set})
    readers.start()
    try:
        return [issuing.issue(desk, draft, product.address) for draft in drafts]
    finally:
        over.set()
        readers.join()

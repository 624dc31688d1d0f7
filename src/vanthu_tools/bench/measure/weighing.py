"""What a browser loads for the first pages, and how soon they can be used where the processor is six times slower."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from vanthu.organisations.powers import Role
from vanthu_tools.bench.measure.driving import TOKEN
from vanthu_tools.bench.measure.figures import Run, Weight
from vanthu_tools.bench.measure.seats import Seat, Seats, leave, sit_down

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
SLOWER = 6  # times
TIMES = 3  # slow looks at a page; the middle one counts

# Long tasks of the main thread, noted from the first moment on.
WATCH = """
window.busyUntil = 0;
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.busyUntil = Math.max(window.busyUntil, task.startTime + task.duration);
}).observe({type: "longtask", buffered: true});
"""
USABLE = """() => {
  const [shown] = performance.getEntriesByType("navigation");
  return Math.max(shown.loadEventEnd, window.busyUntil) / 1000;
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium. Raises `FileNotFoundError` where none is installed."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        raise FileNotFoundError("Chromium is missing: install the package `chromium`.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def first_pages(seats: Seats) -> list[tuple[str, Seat, str]]:
    """(name, who, path): the pages with which a day begins."""
    pages = [("Desk of a clerk", Role.CLERK, "/"), ("Incoming documents of a clerk", Role.CLERK, "/incoming?tab=all"),
             ("Desk of a head", Role.HEAD, "/")]  # fmt: skip
    return [(name, max(seats.of(role), key=lambda seat: seat.rows), path) for name, role, path in pages]


def measure(address: tuple[str, int]) -> list[Weight]:
    """The weight of the first pages of this server."""
    seats = sit_down()
    try:
        with chromium() as browser:
            pages = first_pages(seats)
            return [weigh(browser, address, name, seat, path) for name, seat, path in pages]
    finally:
        leave(seats.all)


def added(run: Run, address: tuple[str, int]) -> Run:
    """The run with these figures."""
    return replace(run, weights=measure(address))


def weigh(browser: Browser, address: tuple[str, int], name: str, seat: Seat, path: str) -> Weight:
    """One page: as the first that a browser ever loads, again, and slowly."""
    host = f"http://{address[0]}:{address[1]}"
    with signed_in(browser, host, seat) as context:
        page = context.new_page()
        cold, requests = travelled(page, host + path)
        warm, _ = travelled(page, host + path)
    slow = sorted(usable(browser, host, seat, path) for _ in range(TIMES))
    return Weight(name, cold, requests, warm, slow[TIMES // 2])


@contextmanager
def signed_in(browser: Browser, host: str, seat: Seat) -> Iterator[BrowserContext]:
    """An empty browser with the person's session."""
    context = browser.new_context(locale="vi-VN", viewport={"width": 1366, "height": 768})
    values = {"sessionid": seat.session, "csrftoken": TOKEN}
    context.add_cookies([{"name": name, "value": value, "url": host} for name, value in values.items()])
    try:
        yield context
    finally:
        context.close()


def travelled(page: Page, url: str) -> tuple[int, int]:
    """Bytes as they travel, and requests that brought any, until the network is quiet."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[int] = []

    def finished(event: dict[str, Any]) -> None:
        sizes.append(int(event["encodedDataLength"]))

    session.on("Network.loadingFinished", finished)
    page.goto(url, wait_until="networkidle")
    session.detach()
    return sum(sizes), len([size for size in sizes if size])


def usable(browser: Browser, host: str, seat: Seat, path: str) -> float:
    """Seconds from the click until a cold page is loaded and its main thread has done its last long task."""
    with signed_in(browser, host, seat) as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(host + path, wait_until="networkidle")
        return float(page.evaluate(USABLE))

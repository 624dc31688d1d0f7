"""A small sector at work: real pages from a live server, a browser per person, jobs run when the test says so."""

import os
import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from django.db import connection
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response

from tests.cast import World
from vanthu.kernel.jobs import run_jobs

PICTURES = Path(__file__).resolve().parents[2] / "docs/manual/pictures"
WANTED = os.environ.get("VANTHU_PICTURES") == "1"
DESKTOP: dict[str, Any] = {"viewport": {"width": 1366, "height": 768}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True,
}  # fmt: skip
SMALL_PHONE = PHONE | {"viewport": {"width": 360, "height": 640}}
_REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (\d{3})")

_FORGOT = re.compile(r"Clear-Site-Data header on '[^']*': Cleared data types: \"cache\", \"storage\"\.$")


@dataclass
class Watch:
    """What browsers complain about: console messages, errors of scripts, answers of status 500 and more."""

    complaints: list[str] = field(default_factory=list)
    announced: set[int] = field(default_factory=set)

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))
        context.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        if _FORGOT.match(message.text):  # what sign-out asks for
            return
        refused = _REFUSED.match(message.text)
        if not refused or int(refused[1]) not in self.announced:
            place = f"{message.location.get('url')}:{message.location.get('lineNumber')}"
            self.complaints.append(f"{message.type}: {message.text} ({place})")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status}: {response.request.method} {response.url}")


@dataclass
class Sector:
    """The world with its pages. `seat` opens a browser in which a persona is signed in."""

    world: World
    browser: Browser
    address: str
    options: dict[str, Any]
    watch: Watch = field(default_factory=Watch)
    contexts: list[BrowserContext] = field(default_factory=list)

    def seat(self, persona: str = "", path: str = "/", **options: Any) -> Page:
        """A browser of its own, signed in ("" = nobody), at this path; options of a Playwright context."""
        context = self.browser.new_context(**{**self.options, **DESKTOP, "base_url": self.address, **options})
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        self.watch.follow(context)
        if persona:
            context.add_cookies(
                [
                    {"name": name, "value": cookie.value, "url": self.address}
                    for name, cookie in self.world.client(persona).cookies.items()
                ]
            )
        page = context.new_page()
        page.goto(path)
        return page

    def expects(self, *statuses: int) -> None:
        """Answers with these statuses belong to the test (a form with errors is 422)."""
        self.watch.announced.update(statuses)

    def work(self, *, ahead: int = 0) -> None:
        """The worker does what waits (and what is due in `ahead` seconds): texts, conversions, seals, deliveries."""
        self.apart(run_jobs, ahead=ahead)

    def apart[T](self, act: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """Call something in a thread of its own: signing runs an event loop, and the browser's runs in this one."""

        def called() -> T:
            try:
                return act(*arguments, **named)
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as thread:
            return thread.submit(called).result()

    def keep_screens(self, folder: Path) -> None:
        """Pictures of all open pages, to see why a test failed."""
        pages = [page for context in self.contexts for page in context.pages]
        for number, page in enumerate(pages, 1):
            page.screenshot(path=folder / f"{number}.png")

    def close(self) -> None:
        while self.contexts:
            self.contexts.pop().close()


def settle(page: Page) -> None:
    """Wait until pictures and fragments of the page are there."""
    page.wait_for_load_state("networkidle")


def loaded(page: Page) -> None:
    """Wait until the page is whole and no fragment is on its way; half a second less than `settle`."""
    page.wait_for_function(
        """() => document.readyState === "complete" && !document.querySelector(".htmx-request")
            && [...document.images].every((one) => one.complete || one.loading === "lazy")"""
    )


def look(page: Page, name: str, *, animations: Literal["allow", "disabled"] = "disabled") -> None:
    """Keep a picture for the manual, as a palette PNG, when VANTHU_PICTURES=1.

    Disabled animations are brought to their end: a toast with its ten seconds would be gone.
    """
    if not WANTED:
        return
    settle(page)
    # an image of a fragment that came after the page was quiet may still be on its way; a lazy one may never come
    page.evaluate(
        """() => Promise.allSettled([...document.images].filter((one) => one.complete || one.loading !== "lazy")
            .map((one) => one.decode()))"""
    )
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture = Image.open(BytesIO(page.screenshot(animations=animations))).convert("RGB")
    if picture.width < 1000:  # a phone, twice as sharp
        picture = picture.resize((picture.width * 3 // 4, picture.height * 3 // 4), Image.Resampling.LANCZOS)
    picture = picture.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    picture.save(PICTURES / f"{name}.png", optimize=True)


def drop(target: Locator, files: Iterable[Path]) -> None:
    """Drag files from the desktop onto a place of the page and let go."""
    carried = [(path.name, b64encode(path.read_bytes()).decode()) for path in files]
    target.evaluate(
        """(target, carried) => {
            const data = new DataTransfer();
            for (const [name, bytes] of carried)
                data.items.add(new File([Uint8Array.from(atob(bytes), letter => letter.charCodeAt(0))], name,
                    {type: "application/pdf"}));
            for (const kind of ["dragenter", "dragover", "drop"])
                target.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        carried,
    )

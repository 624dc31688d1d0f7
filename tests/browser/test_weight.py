"""First pages weigh at most 100 KB in 15 requests cold, 25 KB warm: the built files as a server sends them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page
from pytest_django.fixtures import Settings

from tests.browser.pages import furnish
from tests.browser.sector import Sector, settle
from vanthu.web.shell.templatetags.vanthu import icon

COLLECTED = Path(__file__).resolve().parents[2] / "var/static"
COLD, WARM, REQUESTS = 100_000, 25_000, 15  # bytes as they travel


class Untouched:
    """In place of Django's handler of static files: WhiteNoise answers, as in production."""

    def __new__(cls, application: WSGIHandler) -> WSGIHandler:  # type: ignore[misc]
        return application


@pytest.fixture
def built(sector: Sector, settings: Settings) -> Iterator[Sector]:
    """The sector behind a server that sends hashed, compressed files from the folder of collected ones."""
    settings.STATIC_ROOT = COLLECTED
    settings.WHITENOISE_USE_FINDERS = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    icon.cache_clear()  # it remembers addresses, which are others with hashes
    server = LiveServerThread("localhost", Untouched)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    sector.address = f"http://localhost:{server.port}"
    yield sector
    sector.close()
    server.terminate()
    icon.cache_clear()


def travelled(page: Page, path: str) -> tuple[int, int]:
    """Bytes and requests until the page is quiet."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    seen: list[int] = []

    def finished(event: dict[str, Any]) -> None:
        seen.append(event["encodedDataLength"])

    session.on("Network.loadingFinished", finished)
    page.goto(path)
    settle(page)
    session.detach()
    return sum(seen), len([size for size in seen if size])


@pytest.mark.parametrize(("persona", "path"), [("clerk", "/"), ("clerk", "/incoming?tab=all"), ("head", "/")])
def test_first_pages_are_light(built: Sector, tmp_path: Path, persona: str, path: str) -> None:
    furnish(built, tmp_path)
    page = built.seat(persona, "about:blank")
    cold, requests = travelled(page, path)
    warm, _ = travelled(page, path)
    print(f"{persona} {path}: {cold / 1000:.0f} KB in {requests} requests, warm {warm / 1000:.0f} KB")
    assert cold <= COLD
    assert requests <= REQUESTS
    assert warm <= WARM

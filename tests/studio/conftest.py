"""The kit of the studio's browser tests: a real server, a real browser, a small song.

Fixtures: `studio_server` (a `studio_kit.Studio`, one for all), `browser`, `page` (English, dark, 1440 x 900,
on the start screen; a test fails if the page's code did), `open_page(...)` (another page: language, theme,
size), `open_song(page)` (a project of eight bars and four parts, opened in the page; returns the project).
"""

from __future__ import annotations

import importlib.util
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from studio_kit import (
    BROWSER_FLAGS,
    LEAST_MS,
    LoopbackSocket,
    Studio,
    find_browser,
    small_song,
    why_not,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


if importlib.util.find_spec("playwright") is None:
    collect_ignore_glob = ["test_*.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip browser tests, with the reason, where there is no browser."""
    reason = why_not()
    if reason:
        for item in items:
            if item.path.is_relative_to(Path(__file__).parent):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(autouse=True)
def loopback(own_world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let these tests reach the machine they run on, and no other."""
    del own_world
    monkeypatch.setattr(socket, "socket", LoopbackSocket)


@pytest.fixture(scope="session")
def studio_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """The real server with the real model on a database of its own."""
    server = Studio(tmp_path_factory.mktemp("studio")).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium without a window."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=LEAST_MS)
    # One for each file: while Playwright runs, other tests cannot run event loops of their own.
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=find_browser(), args=BROWSER_FLAGS)
        yield found
        found.close()


@pytest.fixture
def open_page(browser: Browser, studio_server: Studio) -> Iterator[Callable[..., Page]]:
    """Open pages; a test fails if the code of one of them failed."""
    opened: list[Page] = []
    failures: list[str] = []

    def open_one(
        *,
        language: str = "en",
        theme: str = "dark",
        width: int = 1440,
        height: int = 900,
        is_phone: bool = False,
        server: Studio = studio_server,
        **more: Any,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme,
            locale="zh-CN" if language == "zh" else "en-GB", has_touch=is_phone,
            is_mobile=is_phone, accept_downloads=True, reduced_motion="reduce", **more,
        )  # fmt: skip
        context.set_default_timeout(LEAST_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(f"{error}\n{error.stack or ''}"))
        page.goto(server.url)
        opened.append(page)
        return page

    yield open_one
    for page in opened:
        page.context.close()
    assert not failures, "\n".join(failures)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """The start screen in English, dark, on a desk."""
    return open_page()


@pytest.fixture
def open_song(studio_server: Studio) -> Callable[..., dict[str, Any]]:
    """Make a project of a small song (or of bytes) and open it in a page; returns the project."""

    def open_it(
        page: Page,
        *,
        data: bytes | None = None,
        name: str = "song.mid",
        title: str = "Small song",
        server: Studio = studio_server,
    ) -> dict[str, Any]:
        project = server.take_in(data or small_song(), name, title)
        page.goto(f"{server.url}/?project={project['id']}")
        page.get_by_test_id("shell-title").wait_for()
        return project

    return open_it

"""Make the pictures of the studio's guide: a real piece by the real model, in a real browser.

Run: python tools/studio_pictures.py [FOLDER]  (docs/guides is usual; needs playwright and chromium)
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from studio_kit import BROWSER_FLAGS, Studio, find_browser, why_not  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["main"]

WISH = "a hopeful pop song in D major, 16 bars"
SEED = 7
DESK = {"width": 1440, "height": 900}


def open_piece(browser: Browser, server: Studio, piece: str, **look: Any) -> Page:
    """Return a page with the piece open, its sound ready."""
    context = browser.new_context(viewport=DESK, **look)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{server.url}/?project={piece}")
    page.get_by_test_id("grid-cell-0-0").wait_for()
    return page


def play(page: Page, seconds: float) -> None:
    """Let the piece sound for a while, so that the playhead is somewhere."""
    page.get_by_test_id("transport-play").click()
    page.wait_for_timeout(int(1000 * seconds))


def make(server: Studio, folder: Path) -> None:
    """Write all pictures."""
    from playwright.sync_api import sync_playwright

    job = server.ask("POST", "/compose", {"text": WISH, "language": "en", "seed": SEED})
    piece = server.wait(job)["project_id"]
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=find_browser(), args=BROWSER_FLAGS)
        dark = {"color_scheme": "dark", "locale": "en-GB"}
        page = open_piece(browser, server, piece, **dark)
        page.get_by_test_id("grid-cell-0-4").click()
        page.get_by_test_id("grid-cell-0-7").click(modifiers=["Shift"])
        page.keyboard.press("r")
        page.get_by_test_id("candidate-1").click()  # plays it, in its place
        page.wait_for_timeout(5000)
        page.screenshot(path=folder / "studio-dark.png")
        page.get_by_test_id("candidates-discard").click()
        page.get_by_test_id("shell-view-roll").click()
        page.wait_for_timeout(1500)
        page.screenshot(path=folder / "studio-roll.png")
        page.context.close()
        page = open_piece(browser, server, piece, **dark)
        page.get_by_test_id("shell-tab-why").click()
        page.get_by_test_id("why-explain").click()
        page.get_by_test_id("why-told").wait_for()
        page.get_by_test_id("why-heat").scroll_into_view_if_needed()
        page.screenshot(path=folder / "studio-why.png")
        page.context.close()
        page = open_piece(browser, server, piece, color_scheme="light", locale="zh-CN")
        page.get_by_test_id("grid-cell-1-2").click()
        play(page, 5)
        page.screenshot(path=folder / "studio-zh.png")
        browser.close()


def main(arguments: list[str]) -> int:
    """Make the pictures; the reason where that cannot be."""
    reason = why_not()
    if reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    folder = Path(arguments[0]) if arguments else ROOT / "docs" / "guides"
    with tempfile.TemporaryDirectory() as scratch:
        server = Studio(Path(scratch)).start()
        try:
            make(server, folder)
        finally:
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

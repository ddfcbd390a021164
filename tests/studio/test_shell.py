"""The page around the music: language, theme, keys, what is kept, a server that goes away."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from studio_kit import LEAST_MS, Studio

if TYPE_CHECKING:
    from playwright.sync_api import Page

expect.set_options(LEAST_MS)

SAVED = "[data-testid=shell-saved][data-state=saved]"


def n_notes(server: Studio, project: dict[str, Any]) -> int:
    """How many notes the server has."""
    return sum(len(part["notes"]) for part in server.project(project["id"])["score"]["parts"])


def clear_first_cell(page: Page) -> None:
    """Take the notes out of the first cell of the first part, with keys."""
    page.get_by_role("grid").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")


def test_language_and_theme_change_at_once_and_are_kept(
    page: Page, open_song: Callable[..., dict[str, Any]]
) -> None:
    open_song(page)
    page.evaluate("window.isSame = true")
    page.get_by_test_id("shell-language").click()
    page.get_by_test_id("shell-theme").click()
    assert page.get_by_test_id("shell-view-grid").inner_text() == "网格"
    assert page.evaluate("window.isSame"), "the page was loaded again"
    page.reload()
    page.get_by_test_id("shell-view-grid").wait_for()
    root = page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("data-theme")) == ("zh-CN", "light")


def test_keys_undo_and_redo_and_rest_while_one_types(
    page: Page, open_song: Callable[..., dict[str, Any]], studio_server: Studio
) -> None:
    project = open_song(page)
    full = n_notes(studio_server, project)
    clear_first_cell(page)
    expect(page.get_by_test_id("shell-undo")).to_be_enabled()
    page.locator(SAVED).wait_for()
    assert n_notes(studio_server, project) == full - 4

    title = page.get_by_test_id("shell-title")
    title.fill("My ? song")
    title.press("Control+z")
    title.fill("My song")
    title.press("Enter")
    expect(page).to_have_title(re.compile("^My song"))
    assert not page.get_by_test_id("shell-help").is_visible()
    assert n_notes(studio_server, project) == full - 4

    page.keyboard.press("Control+z")
    expect(page.get_by_test_id("shell-redo")).to_be_enabled()
    assert n_notes(studio_server, project) == full
    page.keyboard.press("Control+Shift+Z")
    expect(page.get_by_test_id("shell-redo")).to_be_disabled()
    page.locator(SAVED).wait_for()
    assert n_notes(studio_server, project) == full - 4

    page.keyboard.press("?")
    page.get_by_test_id("shell-help").wait_for()
    assert "Ctrl" in page.get_by_test_id("shell-help").inner_text()


def test_the_place_is_kept_and_the_panel_is_a_sheet_on_a_phone(
    open_page: Callable[..., Page], open_song: Callable[..., dict[str, Any]]
) -> None:
    page = open_page(width=390, height=844, is_phone=True)
    open_song(page)
    page.get_by_test_id("shell-panel-open").click()
    page.get_by_test_id("shell-tab-history").click()
    page.get_by_test_id("history").wait_for()
    page.keyboard.press("Escape")
    page.get_by_test_id("shell-panel-open").wait_for()
    page.get_by_test_id("shell-view-roll").click()
    page.get_by_test_id("roll").wait_for()
    page.reload()
    page.get_by_test_id("roll").wait_for()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, "the page is wider than the phone"
    page.go_back()
    page.get_by_test_id("start-text").wait_for()


def test_a_step_made_while_the_server_is_away_is_not_lost(
    open_page: Callable[..., Page],
    open_song: Callable[..., dict[str, Any]],
    tmp_path: Path,
) -> None:
    server = Studio(tmp_path).start()
    try:
        page = open_page(server=server)
        project = open_song(page, server=server)
        full = n_notes(server, project)
        server.kill()
        clear_first_cell(page)
        page.locator("[data-testid=shell-saved][data-state=offline]").wait_for()
        server.start()
        page.locator(SAVED).wait_for()
        assert n_notes(server, project) == full - 4
    finally:
        server.stop()

"""Reasons, likeness and provenance in the page, of the real piece by the real model."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from studio_kit import Studio

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_the_piece_is_explained_and_another_idea_taken(
    page: Page, open_song: Callable[..., dict[str, Any]], studio_server: Studio
) -> None:
    project = open_song(page)
    page.get_by_test_id("shell-tab-why").click()
    expect(page.get_by_test_id("why-writers").locator("svg")).to_have_count(4)
    page.get_by_test_id("why-explain").click()
    told = page.get_by_test_id("why-told")
    expect(told).to_contain_text("C major")
    # Every two bars are the first two again, and the page says so.
    expect(told).to_contain_text("bars 3-8 come back to bars 1-6: exactly")
    expect(page.get_by_test_id("why-heat").get_by_role("button")).to_have_count(8)

    page.get_by_test_id("why-use-1").click()
    page.locator("[data-testid=shell-saved][data-state=saved]").wait_for()
    expect(page.get_by_text("The music has changed since this was written.")).to_be_visible()
    now = studio_server.project(project["id"])
    assert len(now["nodes"]) == 2
    assert now["nodes"][-1]["note"].startswith("Another idea for")
    # The imported file was not composed from a wish: there is no wish to change.
    assert page.get_by_test_id("why-control").count() == 0


def test_likeness_is_told_in_the_language_of_the_page(
    open_page: Callable[..., Page], open_song: Callable[..., dict[str, Any]]
) -> None:
    page = open_page(language="zh")
    open_song(page)
    page.get_by_test_id("shell-tab-why").click()
    page.get_by_test_id("why-judge").click()
    expect(page.get_by_test_id("why-verdict")).to_contain_text("原创")

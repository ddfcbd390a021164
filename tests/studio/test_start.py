"""The start screen: words, moods, files and empty grids become music."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from studio_kit import LEAST_MS, Studio, small_song

if TYPE_CHECKING:
    from playwright.sync_api import Page

expect.set_options(LEAST_MS)


def opened(page: Page, server: Studio) -> dict[str, Any]:
    """The project that the page opens; its address names it."""
    page.get_by_test_id("shell-home").wait_for()
    return server.project(parse_qs(urlsplit(page.url).query)["project"][0])


def test_words_become_music_that_plays(page: Page, studio_server: Studio) -> None:
    page.get_by_test_id("start-text").fill("a sad waltz in A minor, 8 bars")
    # What was understood can be changed before anything is written.
    expect(page.get_by_test_id("start-style")).to_have_value("waltz")
    assert page.get_by_test_id("start-bars").inner_text() == "8"
    page.get_by_test_id("start-key").select_option("D minor")
    page.get_by_test_id("start-text").press("Enter")
    project = opened(page, studio_server)
    assert project["brief"]["style"] == "waltz"
    assert project["brief"]["key"] == "D minor"
    assert len(project["score"]["bars"]) == 8
    # It plays by itself.
    expect(page.get_by_test_id("transport-play")).to_have_attribute(
        "aria-label", re.compile("pause|stop", re.I)
    )


def test_a_mood_and_a_style_are_enough_in_chinese(
    open_page: Callable[..., Page], studio_server: Studio
) -> None:
    page = open_page(language="zh", theme="light", width=390, height=844, is_phone=True)
    assert page.get_by_role("heading", level=1).inner_text() == "说说你想听什么"
    page.get_by_test_id("start-mood-sad").click()
    page.get_by_test_id("start-style-tango").click()
    assert page.get_by_test_id("start-mood-sad").get_attribute("aria-pressed") == "true"
    page.get_by_test_id("start-go").click()
    project = opened(page, studio_server)
    assert project["brief"]["style"] == "tango"
    assert project["brief"]["emotion"] == [-0.7, -0.4]


def test_a_file_is_opened_and_a_broken_one_is_told(page: Page, studio_server: Studio) -> None:
    file = page.get_by_test_id("start-file")
    file.set_input_files({"name": "x.mid", "mimeType": "audio/midi", "buffer": b"MThd no music"})
    told = page.get_by_test_id("shell-toast-error")
    told.wait_for()
    page.get_by_test_id("shell-language").click()
    assert any("一" <= letter <= "鿿" for letter in told.inner_text())
    assert page.get_by_test_id("start-text").is_enabled()

    file.set_input_files({"name": "song.mid", "mimeType": "audio/midi", "buffer": small_song()})
    project = opened(page, studio_server)
    assert [part["name"] for part in project["score"]["parts"]] == [
        "Flute", "Piano", "Bass", "Drums"
    ]  # fmt: skip


def test_an_empty_grid_is_among_the_pieces_until_it_is_deleted(
    page: Page, studio_server: Studio
) -> None:
    page.get_by_test_id("start-blank").click()
    project = opened(page, studio_server)
    assert sum(len(part["notes"]) for part in project["score"]["parts"]) == 0
    assert len(project["score"]["bars"]) == 8
    page.get_by_test_id("shell-home").click()
    row = page.get_by_test_id(f"start-recent-{project['id']}")
    row.wait_for()
    item = page.locator("li", has=row)
    item.get_by_role("button", name="Delete").click()
    item.get_by_role("button", name="Delete for good?").click()
    row.wait_for(state="detached")
    ids = [one["id"] for one in studio_server.ask("GET", "/projects")]
    assert project["id"] not in ids

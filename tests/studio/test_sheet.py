"""The score view: it shows what the server engraves, shares the selection, follows the music."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

Song = Callable[..., dict[str, Any]]


@pytest.fixture
def sheet(page: Page, open_song: Song) -> Page:
    open_song(page)
    page.get_by_test_id("shell-view-score").click()
    page.get_by_test_id("sheet").wait_for()
    return page


def test_a_click_in_the_score_picks_the_note_in_the_roll(sheet: Page) -> None:
    sheet.get_by_test_id("sheet-layout-full").click()
    note = sheet.locator("[id='n-0-480-64']")
    note.click()
    assert "picked" in (note.get_attribute("class") or "")
    sheet.get_by_test_id("shell-view-roll").click()
    told = sheet.get_by_test_id("roll-picked")
    told.filter(has_text="E4").wait_for()
    sheet.keyboard.press("Control+a")
    sheet.get_by_test_id("shell-view-score").click()
    sheet.locator("[id='n-0-480-64'].picked").wait_for()
    assert sheet.locator("[id^='n-0-'].picked").count() >= 32


def test_the_score_follows_the_music(sheet: Page) -> None:
    sheet.get_by_test_id("sheet-layout-full").click()
    sheet.locator("[id='n-0-0-60']").wait_for()
    sheet.get_by_test_id("transport-play").click()
    sheet.locator("g.sounding").first.wait_for()
    heard = sheet.locator("g.sounding").first.get_attribute("id") or ""
    assert heard.startswith("n-")
    sheet.get_by_test_id("transport-play").click()
    sheet.wait_for_function("document.querySelectorAll('g.sounding').length === 0")


def test_numbered_notation_of_the_melody(sheet: Page) -> None:
    sheet.get_by_test_id("sheet-layout-jianpu").click()
    paper = sheet.get_by_test_id("sheet-jianpu")
    paper.wait_for()
    figures = paper.locator("text.figure").all_text_contents()
    assert figures == list("13517532" * 4)
    assert "1=C" in paper.inner_text()
    paper.locator("[data-note='0:960:67']").click()
    assert sheet.get_by_test_id("sheet-spoken").inner_text() == "Bar 1, Flute: G4"

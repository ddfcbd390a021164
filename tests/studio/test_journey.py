"""One hour in a minute: from a wish to a song, kept bars, new bars, an edit, a file; then it all comes back.

The Chinese page is read as a whole: no English may be left on it but names of formats, notes and programs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from studio_kit import Studio

if TYPE_CHECKING:
    from playwright.sync_api import Page

TAKEN = re.compile(
    r"(?<![A-Za-z])("
    r"Motet|MIDI|MusicXML|MXL|ABC|PDF|SVG|PNG|WAV|MP3|FLAC|OGG|JSON|DAW|MuseScore|Sibelius|Dorico|"
    r"English|Ctrl|Shift|Alt|Space|Enter|Delete|Esc|Escape|Home|End|Tab|nat|small|BPM|CC BY|CC0|"
    r"Flute|Piano|Bass|Drums|Small song"
    r")(?![A-Za-z])"
)
LONG_MS = 90_000
"""For what the model writes, on a machine with other work."""
WORD = re.compile(r"[A-Za-z]{3,}")
READ = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement;
    if (!owner || owner.closest("svg, script, style, [lang=en], option")) continue;
    if (owner.getClientRects().length) found.push(node.textContent);
  }
  for (const one of document.querySelectorAll("[aria-label], [title], [placeholder]"))
    if (!one.closest("[lang=en]"))
      for (const name of ["aria-label", "title", "placeholder"]) found.push(one.getAttribute(name) ?? "");
  return found;
}"""


def saved(page: Page) -> None:
    """Wait until the server has all that was done."""
    page.locator("[data-testid=shell-saved][data-state=saved]").wait_for()


def english_on(page: Page, titles: list[str]) -> list[str]:
    """What on a Chinese page is English and should not be; titles of pieces are people's own."""
    texts = {text.strip() for text in page.evaluate(READ)}
    for title in titles:
        texts = {text.replace(title, "") for text in texts}
    return sorted(text for text in texts if WORD.search(TAKEN.sub("", text)))


def test_from_a_wish_to_a_song_that_comes_back(
    page: Page, studio_server: Studio, tmp_path: Path
) -> None:
    # A wish: the piece opens by itself.
    page.get_by_test_id("start-text").fill("a calm waltz for piano and cello, 8 bars")
    page.get_by_test_id("start-go").click()
    page.get_by_test_id("grid-cell-0-0").wait_for(timeout=LONG_MS)
    expect(page).to_have_url(re.compile(r"\?project="))
    project_id = page.url.rpartition("=")[2]
    before = studio_server.project(project_id)
    assert len(before["score"]["bars"]) == 8

    # Bars that are liked are locked; another is written anew; one of the candidates is taken.
    page.get_by_test_id("grid-cell-0-0").click()
    page.keyboard.press("l")
    expect(page.get_by_test_id("grid-cell-0-0")).to_have_attribute(
        "aria-label", re.compile("locked")
    )
    saved(page)
    page.get_by_test_id("grid-cell-0-2").click()
    page.keyboard.press("r")
    page.get_by_test_id("candidate-1").click(timeout=LONG_MS)
    page.get_by_test_id("candidate-take-1").click()
    page.get_by_test_id("candidate-1").wait_for(state="detached")
    saved(page)
    taken = studio_server.project(project_id)
    assert len(taken["nodes"]) == 2
    notes = [part["notes"] for part in taken["score"]["parts"]]
    end = taken["score"]["bars"][0]["end_tick"]
    assert [row for row in notes[0] if row[0] < end] == [
        row for row in before["score"]["parts"][0]["notes"] if row[0] < end
    ]

    # An edit by hand, taken back; the page says so in its undo.
    page.evaluate("document.activeElement?.blur()")
    page.get_by_test_id("grid-cell-1-3").click()
    page.keyboard.press("Delete")
    saved(page)
    assert len(studio_server.project(project_id)["nodes"]) == 3
    page.get_by_test_id("shell-undo").click()
    saved(page)
    assert studio_server.project(project_id)["score"] == taken["score"]

    # A file, and the whole again after a reload.
    page.get_by_test_id("shell-export").click()
    page.get_by_test_id("export-mid").check(force=True)
    page.get_by_test_id("export-go").click()
    with page.expect_download() as waiting:
        page.get_by_test_id("export-download").click()
    waiting.value.save_as(tmp_path / "song.mid")
    assert (tmp_path / "song.mid").read_bytes()[:4] == b"MThd"
    page.reload()
    expect(page.get_by_test_id("shell-title")).to_have_value(taken["title"])
    page.get_by_test_id("export").wait_for()
    page.get_by_test_id("grid-cell-0-0").wait_for()


def test_a_killed_server_loses_nothing_that_was_accepted(
    open_page: Callable[..., Page], open_song: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    server = Studio(tmp_path / "other").start()
    try:
        page = open_page(server=server)
        project = open_song(page, server=server)
        page.get_by_test_id("grid-cell-0-1").click()
        page.keyboard.press("Delete")
        saved(page)
        server.kill()
        # What is done meanwhile waits in the page and goes out when the server is back.
        page.get_by_test_id("grid-cell-0-2").click()
        page.keyboard.press("Delete")
        page.locator("[data-testid=shell-saved][data-state=offline]").wait_for()
        server.start()
        saved(page)
        now = server.project(project["id"])
        bars = now["score"]["bars"]
        onsets = [row[0] for row in now["score"]["parts"][0]["notes"]]
        assert not [tick for tick in onsets if bars[1]["start_tick"] <= tick < bars[2]["end_tick"]]
        assert [tick for tick in onsets if tick < bars[0]["end_tick"]]
        assert len(now["nodes"]) == 3
    finally:
        server.kill()


def test_no_english_is_left_on_the_chinese_page(
    open_page: Callable[..., Page], open_song: Callable[..., dict[str, Any]], studio_server: Studio
) -> None:
    titles = [one["title"] for one in studio_server.ask("GET", "/projects")]
    page = open_page(language="zh")
    page.get_by_test_id("start-text").wait_for()
    found = {"start": english_on(page, titles)}
    open_song(page)
    for mode in ("grid", "roll", "score"):
        page.get_by_test_id(f"shell-view-{mode}").click()
        page.wait_for_timeout(300)
        found[mode] = english_on(page, titles)
    for panel in ("ask", "why", "history", "export"):
        page.get_by_test_id(f"shell-tab-{panel}").click()
        page.wait_for_timeout(300)
        found[panel] = english_on(page, titles)
    page.get_by_test_id("shell-tab-why").click()
    page.get_by_test_id("why-explain").click()
    page.get_by_test_id("why-told").wait_for()
    found["told"] = english_on(page, titles)
    page.get_by_test_id("shell-language").click()
    expect(page.get_by_test_id("shell-tab-why")).to_have_text("Why")
    assert page.locator("html").get_attribute("lang") == "en"
    assert {name: rows for name, rows in found.items() if rows} == {}

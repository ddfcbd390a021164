"""Files from the page: whole or chosen bars, told losses, and what lies in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from motet.io import read

if TYPE_CHECKING:
    from playwright.sync_api import Page


def fetch(page: Page, folder: Path) -> Path:
    """Click on the newest file and return it."""
    with page.expect_download() as waiting:
        page.get_by_test_id("export-download").first.click()
    found = folder / waiting.value.suggested_filename
    waiting.value.save_as(found)
    return found


def test_a_piece_goes_out_whole_and_in_part(
    page: Page, open_song: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    open_song(page)
    page.get_by_test_id("shell-export").click()
    page.get_by_test_id("export-mid").check(force=True)
    page.get_by_test_id("export-go").click()
    whole = read(fetch(page, tmp_path)).score
    assert [part.name for part in whole.parts] == ["Flute", "Piano", "Bass", "Drums"]
    assert [note.pitch for note in whole.parts[0].notes[:4]] == [60, 64, 67, 72]

    # Two bars of the bass alone, as MusicXML.
    page.get_by_test_id("grid-cell-2-1").click()
    page.get_by_test_id("grid-cell-2-2").click(modifiers=["Shift"])
    page.get_by_test_id("export-scope").select_option("cells")
    page.get_by_test_id("export-musicxml").check(force=True)
    page.get_by_test_id("export-go").click()
    expect(page.get_by_test_id("export-file")).to_have_count(2)
    some = read(fetch(page, tmp_path)).score
    assert [part.name for part in some.parts] == ["Bass"]
    assert [note.pitch for note in some.parts[0].notes] == [33, 33, 41, 41]


def test_what_a_format_cannot_hold_is_said(
    page: Page, open_song: Callable[..., dict[str, Any]]
) -> None:
    open_song(page)
    page.get_by_test_id("shell-tab-export").click()
    page.get_by_test_id("export-abc").check(force=True)
    page.get_by_test_id("export-go").click()
    file = page.get_by_test_id("export-file")
    expect(file).to_contain_text(".abc")
    expect(file.locator("li").first).to_be_visible()

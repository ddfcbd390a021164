"""The grid of cells by mouse, keys and fingers; what the server then has is what counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from studio_kit import Studio

Song = Callable[..., dict[str, Any]]
BAR = 4 * 480


def test_what_is_locked_stays_when_the_rest_is_written_anew(
    page: Page, open_song: Song, studio_server: Studio
) -> None:
    """Select, lock, regenerate, accept, undo: the locked cells never change."""
    before = open_song(page)
    _drag(page, (0, 0), (0, 1))
    page.get_by_test_id("grid-lock").click()
    page.get_by_test_id("grid-cell-0-1").and_(page.get_by_label("locked")).wait_for()
    _drag(page, (0, 0), (1, 3))
    page.get_by_test_id("grid-regenerate").click()
    page.get_by_test_id("candidate-1").wait_for()
    page.get_by_test_id("candidate-1").click()
    page.get_by_test_id("shell-preview").wait_for()
    page.get_by_test_id("candidate-take-1").click()
    page.get_by_test_id("candidate-1").wait_for(state="detached")
    after = _settled(studio_server, before, lambda now: now["score"] != before["score"])
    assert _rows(after, 0, 0, 2) == _rows(before, 0, 0, 2)
    assert _rows(after, 0, 4, 8) == _rows(before, 0, 4, 8)
    assert _rows(after, 2, 0, 8) == _rows(before, 2, 0, 8)
    changed = _rows(after, 0, 2, 4) + _rows(after, 1, 0, 4)
    assert changed != _rows(before, 0, 2, 4) + _rows(before, 1, 0, 4)
    page.get_by_test_id("shell-undo").click()
    back = _settled(studio_server, before, lambda now: now["current"] != after["current"])
    assert back["score"]["parts"] == before["score"]["parts"]


def test_keys_alone_select_copy_paste_clear_and_open(
    page: Page, open_song: Song, studio_server: Studio
) -> None:
    """Arrows move, Shift extends, Ctrl+C, Ctrl+V and Delete change, Enter opens the roll."""
    before = open_song(page)
    page.get_by_test_id("grid-cells").focus()
    board = page.keyboard
    board.press("ArrowRight")
    board.press("Shift+ArrowRight")
    assert page.get_by_test_id("grid-selection").inner_text() == "Flute, bars 2-3"
    board.press("Control+c")
    for _ in range(2):
        board.press("ArrowRight")
    assert page.get_by_test_id("grid-selection").inner_text() == "Flute, bar 5"
    board.press("Control+v")
    pasted = _settled(studio_server, before, lambda now: now["revision"] > before["revision"])
    moved = [[row[0] - 3 * BAR, *row[1:]] for row in _rows(pasted, 0, 4, 6)]
    assert moved == _rows(before, 0, 1, 3)
    board.press("ArrowDown")
    board.press("Delete")
    cleared = _settled(studio_server, pasted, lambda now: now["revision"] > pasted["revision"])
    assert _rows(cleared, 1, 4, 5) == []
    assert _rows(cleared, 1, 5, 8) == _rows(before, 1, 5, 8)
    board.press("Enter")
    page.get_by_test_id("roll-surface").wait_for()


def test_lanes_are_edited_in_place(page: Page, open_song: Song, studio_server: Studio) -> None:
    """A section, its edge, a chord from the suggestions, a tempo and a loop."""
    project = open_song(page)
    for bar, label in ((0, "A"), (4, "B")):
        page.get_by_test_id(f"grid-add-section-{bar}").or_(
            page.get_by_test_id(f"grid-section-{bar}")
        ).first.click(position={"x": 12, "y": 10})
        page.get_by_test_id("grid-section-name").fill(label)
        page.get_by_test_id("grid-section-save").click()
        page.get_by_test_id(f"grid-section-{bar}").get_by_text(label, exact=True).wait_for()
    bar = _box(page.get_by_test_id("grid-bar-6"))
    page.get_by_test_id("grid-section-edge-0").hover()
    page.mouse.down()
    page.mouse.move(bar["x"] + 3, bar["y"] + 30, steps=3)
    page.mouse.up()
    page.get_by_test_id("grid-section-6").wait_for()
    page.get_by_test_id("grid-cell-0-2").click(button="right")
    page.get_by_test_id("grid-chord-here").click()
    page.get_by_test_id("grid-chord-suggestion").first.wait_for()
    page.get_by_test_id("grid-chord-symbol").fill("Dm7")
    page.get_by_test_id("grid-chord-save").click()
    page.get_by_test_id(f"grid-chord-{2 * BAR}").get_by_text("Dm7").wait_for()
    page.get_by_test_id("grid-tempo-0").click()
    page.get_by_test_id("grid-tempo-qpm").fill("72")
    page.get_by_test_id("grid-tempo-save").click()
    now = _settled(
        studio_server, project, lambda now: round(now["score"]["tempos"][0]["qpm"]) == 72
    )
    sections = [(one["bar"], one["n_bars"], one["label"]) for one in now["score"]["sections"]]
    assert sections == [(0, 6, "A"), (6, 2, "B")]
    assert {"tick": 2 * BAR, "symbol": "Dm7"}.items() <= next(
        one for one in now["score"]["chords"] if one["tick"] == 2 * BAR
    ).items()


def test_fingers_choose_hold_for_the_menu_and_zoom(open_page: Any, open_song: Song) -> None:
    """On a phone a tap selects, a held finger opens the menu and chooses nothing, two fingers zoom."""
    page = open_page(width=390, height=844, is_phone=True)
    open_song(page)
    cell = page.get_by_test_id("grid-cell-1-1")
    cell.tap()
    assert cell.get_attribute("aria-selected") == "true"
    box = _box(cell)
    wire = page.context.new_cdp_session(page)

    def touch(kind: str, *xs: float) -> None:
        points = [{"x": x, "y": box["y"] + 20, "id": k} for k, x in enumerate(xs)]
        wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", box["x"] + 20)
    page.get_by_test_id("grid-menu").wait_for()
    touch("touchEnd")
    page.wait_for_timeout(100)
    assert page.get_by_test_id("grid-menu").is_visible()
    assert "locked" not in str(cell.get_attribute("aria-label"))
    page.keyboard.press("Escape")
    touch("touchStart", 200, 230)
    for more in (10, 20, 30, 40):
        touch("touchMove", 200 - more, 230 + more)
    touch("touchEnd")
    page.wait_for_timeout(100)
    assert _box(page.get_by_test_id("grid-cell-0-1"))["width"] > 1.5 * box["width"]


def test_a_large_piece_keeps_the_page_small(page: Page, open_song: Song) -> None:
    """Two hundred bars of twelve parts: only what is seen is there, wherever one scrolls."""
    open_song(page, data=large_song(), title="Large")
    cells = page.locator("[role=gridcell]")
    cells.first.wait_for()
    assert cells.count() < 250
    assert page.locator("*").count() < 2500
    page.get_by_test_id("grid-scroller").evaluate("one => one.scrollTo(1e6, 1e6)")
    last = page.get_by_test_id("grid-cell-11-199")
    last.wait_for()
    assert str(last.get_attribute("aria-label")).startswith("Part 12, bar 200, 4 notes")
    assert cells.count() < 250


def large_song() -> bytes:
    """Return a MIDI file of 200 bars and twelve parts, four notes in each cell."""
    from motet.io import write_midi
    from motet.score import Note, Part, Score

    parts = tuple(
        Part(
            name=f"Part {k + 1}",
            program=8 * k,
            notes=tuple(
                Note(onset_tick=480 * i, duration_tick=480, pitch=40 + 2 * k + i % 7, velocity=80)
                for i in range(800)
            ),
        )
        for k in range(12)
    )
    return bytes(write_midi(Score(parts=parts, resolution=480)))


def _drag(page: Page, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Drag the mouse from a cell to another."""
    boxes = [_box(page.get_by_test_id(f"grid-cell-{part}-{bar}")) for part, bar in (start, end)]
    (a, b) = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    page.mouse.move(*a)
    page.mouse.down()
    page.mouse.move(*b, steps=4)
    page.mouse.up()


def _box(found: Locator) -> Any:
    """Return where something is on the page."""
    box = found.bounding_box()
    assert box is not None
    return box


def _rows(project: dict[str, Any], part: int, start: int, end: int) -> list[list[int]]:
    """Return the notes of a part that begin in some bars."""
    rows = project["score"]["parts"][part]["notes"]
    return sorted(row for row in rows if start * BAR <= row[0] < end * BAR)


def _settled(
    server: Studio, project: dict[str, Any], is_so: Callable[[dict[str, Any]], bool]
) -> dict[str, Any]:
    """Return the project once something holds of it."""
    end = time.monotonic() + 20
    while not is_so(now := server.project(project["id"])):
        assert time.monotonic() < end, "the server's project stayed as it was"
        time.sleep(0.1)
    return dict(now)

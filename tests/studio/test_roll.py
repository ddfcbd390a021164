"""The piano roll by mouse, keys and fingers; what the server then has is what counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from studio_kit import Studio

Place = tuple[float, float]
Song = Callable[..., dict[str, Any]]


@dataclass
class Roll:
    """The open piano roll of a project."""

    page: Page
    server: Studio
    project: str

    def notes(self, part: int = 0, *, until: int = 1920) -> list[list[int]]:
        """Return the server's notes of a part that begin before a tick."""
        rows = self.server.project(self.project)["score"]["parts"][part]["notes"]
        return [row for row in rows if row[0] < until]

    def at(self, tick: float, pitch: int) -> Place:
        """Return where a tick and a pitch are on the page."""
        surface = self.page.get_by_test_id("roll-surface")
        box = surface.bounding_box()
        assert box is not None
        left, tick_px, row, row_px = map(float, _told(surface, "camera"))
        keys, top, _, high = map(float, _told(surface, "areas"))
        return (
            box["x"] + keys + (tick - left) * tick_px,
            box["y"] + top + (high - pitch - row + 0.5) * row_px,
        )

    def loudness_at(self, tick: float, velocity: int) -> Place:
        """Return where a velocity is over a tick in the lane."""
        surface = self.page.get_by_test_id("roll-surface")
        box = surface.bounding_box()
        assert box is not None
        tall = float(_told(surface, "areas")[2])
        bottom = box["y"] + box["height"]
        return self.at(tick, 60)[0] + 2, bottom - 4 - (tall - 12) * velocity / 127

    def drag(self, start: Place, end: Place, *keys: str) -> None:
        """Drag the mouse with keys held down."""
        mouse, board = self.page.mouse, self.page.keyboard
        mouse.move(*start)
        for key in keys:
            board.down(key)
        mouse.down()
        mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        mouse.move(*end, steps=3)
        mouse.up()
        for key in keys:
            board.up(key)

    def edit(self, act: Callable[[], object]) -> None:
        """Do something that is one edit, and wait until the server has it."""
        with self.page.expect_response(lambda reply: reply.url.endswith("/edits")) as reply:
            act()
        assert reply.value.ok, reply.value.text()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


def _told(surface: Any, name: str) -> list[str]:
    return str(surface.get_attribute(f"data-{name}")).split(",")


@pytest.fixture
def roll(page: Page, open_song: Song, studio_server: Studio) -> Roll:
    project = open_song(page)
    page.get_by_test_id("shell-view-roll").click()
    page.get_by_test_id("roll-surface").wait_for()
    return Roll(page, studio_server, str(project["id"]))


def _onsets(rows: Iterable[list[int]]) -> list[int]:
    return [row[0] for row in rows]


def test_draw_move_resize_delete_and_undo(roll: Roll) -> None:
    page = roll.page
    before = roll.notes()
    page.get_by_test_id("roll-tool-draw").click()
    roll.edit(lambda: roll.drag(roll.at(245, 69), roll.at(700, 69)))
    assert [row[:3] for row in roll.notes() if row[2] == 69] == [[240, 480, 69]]
    page.get_by_test_id("roll-tool-select").click()
    roll.edit(lambda: roll.drag(roll.at(400, 69), roll.at(880, 70)))
    assert [row[:3] for row in roll.notes() if row[2] == 70] == [[720, 480, 70]]
    roll.edit(lambda: roll.drag(roll.at(1197, 70), roll.at(1437, 70)))
    assert [row[:3] for row in roll.notes() if row[2] == 70] == [[720, 720, 70]]
    roll.edit(lambda: roll.drag(roll.at(724, 70), roll.at(844, 70)))
    assert [row[:3] for row in roll.notes() if row[2] == 70] == [[840, 600, 70]]
    roll.edit(lambda: roll.press("Shift+ArrowUp"))
    assert [row[:3] for row in roll.notes() if row[2] == 82] == [[840, 600, 82]]
    roll.edit(lambda: roll.press("Delete"))
    assert roll.notes() == before
    with page.expect_response(lambda reply: reply.url.endswith("/undo")):
        roll.press("Control+z")
    assert [row[:3] for row in roll.notes() if row[2] == 82] == [[840, 600, 82]]


def test_marquee_copy_paste_and_duplicate(roll: Roll) -> None:
    page = roll.page
    roll.drag(roll.at(0, 76), roll.at(1900, 58))
    assert page.get_by_test_id("roll-picked").inner_text() == "4 notes picked"
    roll.press("Control+c")
    page.mouse.move(*roll.at(5 * 1920 + 10, 76))
    roll.edit(lambda: roll.press("Control+v"))
    first = roll.notes()
    sixth = [row for row in roll.notes(until=6 * 1920) if row[0] >= 5 * 1920]
    assert len(sixth) == 8
    assert all([row[0] + 5 * 1920, *row[1:]] in sixth for row in first)
    roll.edit(lambda: roll.press("ArrowUp"))
    roll.edit(lambda: roll.press("Control+d"))
    seventh = [row for row in roll.notes(until=7 * 1920) if row[0] >= 6 * 1920]
    assert all([row[0] + 6 * 1920, row[1], row[2] + 1, row[3]] in seventh for row in first)


def test_velocity_of_one_note_and_a_ramp_over_all(roll: Roll) -> None:
    roll.edit(lambda: roll.drag(roll.loudness_at(480, 84), roll.loudness_at(480, 40)))
    velocities = [row[3] for row in roll.notes()]
    assert abs(velocities[1] - 40) <= 3
    assert velocities[0] == velocities[2] == 84
    roll.edit(lambda: roll.drag(roll.loudness_at(0, 20), roll.loudness_at(1440, 110), "Shift"))
    first, second, third, last = (row[3] for row in roll.notes())
    assert abs(first - 20) <= 3
    assert first < second < third < last
    assert abs(last - 110) <= 4


def test_quantise_with_strength_and_a_lock_that_refuses(roll: Roll, studio_server: Studio) -> None:
    page = roll.page
    loose = [[40, 200, 60, 80], [520, 200, 62, 80], [1010, 200, 64, 80]]
    edit = {"op": "set_notes", "part": 0, "start_bar": 0, "end_bar": 1, "notes": loose}
    revision = studio_server.project(roll.project)["revision"]
    studio_server.ask(
        "POST", f"/projects/{roll.project}/edits", {"revision": revision, "ops": [edit]}
    )
    studio_server.ask(
        "POST",
        f"/projects/{roll.project}/locks",
        {"cells": ["Flute:2"], "layer": "all", "locked": True},
    )
    page.reload()
    page.get_by_test_id("shell-view-roll").click()
    page.get_by_test_id("roll-snap").select_option("1/4")
    page.get_by_test_id("roll-strength").fill("50")
    roll.drag(roll.at(0, 76), roll.at(1900, 58))
    roll.edit(lambda: page.get_by_test_id("roll-quantise").click())
    assert _onsets(roll.notes()) == [20, 500, 985]
    page.get_by_test_id("roll-strength").fill("100")
    roll.edit(lambda: page.get_by_test_id("roll-quantise").click())
    assert _onsets(roll.notes()) == [0, 480, 960]
    before = roll.notes(until=3840)
    roll.drag(roll.at(2160, 71), roll.at(2160, 73))
    page.get_by_text("Bar 2 of Flute is locked").first.wait_for()
    assert roll.notes(until=3840) == before


def test_by_keyboard_alone(roll: Roll) -> None:
    page = roll.page
    page.get_by_test_id("roll-surface").focus()
    roll.press("Escape", "ArrowRight", "ArrowLeft")
    spoken = page.get_by_test_id("roll-spoken")
    assert spoken.inner_text().startswith("Bar 1, beat 1, C4: note")
    roll.edit(lambda: roll.press("Enter"))
    assert _onsets(roll.notes()) == [480, 960, 1440]
    roll.edit(lambda: roll.press("Enter"))
    length = next(row[1] for row in roll.notes() if row[0] == 0)
    roll.edit(lambda: roll.press("+"))
    assert next(row[1] for row in roll.notes() if row[0] == 0) == length + 120


def test_fingers_scroll_zoom_and_put_a_note(
    open_page: Callable[..., Page], open_song: Song, studio_server: Studio
) -> None:
    page = open_page(width=390, height=844, is_phone=True)
    project = open_song(page)
    page.get_by_test_id("shell-view-roll").click()
    surface = page.get_by_test_id("roll-surface")
    surface.wait_for()
    roll = Roll(page, studio_server, str(project["id"]))
    line = page.context.new_cdp_session(page)

    def touch(kind: str, *places: Place) -> None:
        points = [{"x": x, "y": y, "id": k} for k, (x, y) in enumerate(places)]
        line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = roll.at(960, 70)
    wide = float(_told(surface, "camera")[1])
    touch("touchStart", (x - 20, y), (x + 20, y))
    touch("touchMove", (x - 45, y), (x + 45, y))
    touch("touchEnd")
    assert float(_told(surface, "camera")[1]) > 1.5 * wide
    n = len(roll.notes())
    for _ in range(2):
        touch("touchStart", roll.at(1000, 69))
        touch("touchEnd")
    page.wait_for_timeout(600)
    assert len(roll.notes()) == n + 1

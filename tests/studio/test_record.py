"""Recording with the computer keyboard: what is played becomes one edit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from studio_kit import Studio

Song = Callable[..., dict[str, Any]]


def test_a_take_is_quantised_and_one_step_of_undo(
    page: Page, open_song: Song, studio_server: Studio
) -> None:
    project = open_song(page)
    before = project["score"]["parts"][0]["notes"]
    page.get_by_test_id("transport-record").click()
    piano = page.get_by_test_id("keyboard-piano")
    piano.wait_for()
    page.wait_for_function("!document.querySelector('[data-testid=transport-play]')?.disabled")
    page.wait_for_timeout(1500)
    page.keyboard.press("x")
    assert "Octave 5" in piano.inner_text()
    for key in ("d", "t"):
        page.keyboard.down(key)
        page.wait_for_timeout(250)
        page.keyboard.up(key)
    with page.expect_response(lambda reply: reply.url.endswith("/edits")) as reply:
        page.get_by_test_id("transport-record").click()
    assert reply.value.ok
    after = studio_server.project(str(project["id"]))["score"]["parts"][0]["notes"]
    fresh = [row for row in after if row not in before]
    assert [row[2] for row in fresh] == [76, 78]
    assert all(row[0] % 120 == 0 for row in fresh)
    assert len(after) == len(before) + 2
    with page.expect_response(lambda reply: reply.url.endswith("/undo")):
        page.get_by_test_id("shell-undo").click()
    assert studio_server.project(str(project["id"]))["score"]["parts"][0]["notes"] == before

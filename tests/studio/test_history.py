"""Versions in the page: the tree, going back, names, two versions beside each other, cells taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from studio_kit import Studio

if TYPE_CHECKING:
    from playwright.sync_api import Page

HIGH = [[0, 1920, 84, 90]]
LOW = [[1920, 1920, 48, 90]]


def put(
    server: Studio, project: dict[str, Any], bar: int, notes: list[list[int]]
) -> dict[str, Any]:
    """Write a bar of the first part, as another page would."""
    op = {"op": "set_notes", "part": 0, "start_bar": bar, "end_bar": bar + 1, "notes": notes}
    known = server.project(project["id"])
    server.ask(
        "POST", f"/projects/{project['id']}/edits", {"revision": known["revision"], "ops": [op]}
    )
    return server.project(project["id"])


def notes_in(project: dict[str, Any], bar: int) -> list[list[int]]:
    """The notes of a bar of the first part."""
    score = project["score"]
    place = score["bars"][bar]
    notes = score["parts"][0]["notes"]
    return [row for row in notes if place["start_tick"] <= row[0] < place["end_tick"]]


def test_versions_are_seen_compared_and_returned_to(
    page: Page, open_song: Callable[..., dict[str, Any]], studio_server: Studio
) -> None:
    project = open_song(page)
    first = project["current"]
    edited = put(studio_server, project, 0, HIGH)
    edited = put(studio_server, edited, 1, LOW)
    second = edited["current"]
    page.reload()
    page.get_by_test_id("shell-tab-history").click()
    expect(page.get_by_test_id("history").locator("li")).to_have_count(3)

    # Cells of the first version are taken into the current one: one cell, one step.
    page.get_by_test_id(f"history-node-{first}").click()
    page.get_by_test_id("history-compare").click()
    page.get_by_test_id("compare-cell-0-0").click()
    page.get_by_test_id("compare-take").click()
    page.get_by_test_id("compare-cell-0-0").wait_for(state="detached")
    page.locator("[data-testid=shell-saved][data-state=saved]").wait_for()
    taken = studio_server.project(project["id"])
    assert notes_in(taken, 0) == notes_in(project, 0)
    assert notes_in(taken, 1) == LOW
    assert len(taken["nodes"]) == 4

    # A version is heard before one goes there; then it is current, and nothing is lost.
    page.get_by_test_id("compare-back").click()
    page.get_by_test_id(f"history-node-{second}").click()
    page.get_by_test_id("history-go").click()
    page.locator(f"[data-testid=history-node-{second}][aria-current=step]").wait_for()
    gone = studio_server.project(project["id"])
    assert gone["current"] == second
    assert notes_in(gone, 0) == HIGH
    assert len(gone["nodes"]) == 4

    page.get_by_test_id("history-name").click()
    page.get_by_test_id("history-name-field").fill("high ending")
    page.keyboard.press("Enter")
    page.get_by_text("high ending").first.wait_for()
    assert studio_server.project(project["id"])["branches"]["high ending"] == second


def test_arrow_keys_walk_through_the_versions(
    page: Page, open_song: Callable[..., dict[str, Any]], studio_server: Studio
) -> None:
    project = put(studio_server, open_song(page), 0, HIGH)
    page.reload()
    page.get_by_test_id("shell-tab-history").click()
    page.get_by_test_id(f"history-node-{project['current']}").focus()
    page.keyboard.press("ArrowDown")
    focused = page.evaluate("document.activeElement.dataset.testid")
    assert focused == f"history-node-{project['nodes'][0]['id']}"
    page.keyboard.press("Enter")
    assert page.get_by_test_id("history-go").is_visible()

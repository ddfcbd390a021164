"""Asking: sliders by a sentence, candidates heard in context, taken whole or cell by cell, again, discarded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from studio_kit import Studio

if TYPE_CHECKING:
    from playwright.sync_api import Page


def propose(server: Studio, project: dict[str, Any], **wish: Any) -> str:
    """Let the server write candidates, as another page would; return the proposal."""
    asked = server.ask("POST", f"/projects/{project['id']}/proposals", wish)
    return str(server.wait(asked)["proposal"])


def notes_in(score: dict[str, Any], part: int, bar: int) -> list[list[int]]:
    """The notes of a cell."""
    place = score["bars"][bar]
    rows = score["parts"][part]["notes"]
    return [row for row in rows if place["start_tick"] <= row[0] < place["end_tick"]]


def test_candidates_are_heard_compared_and_taken(
    page: Page, open_song: Callable[..., dict[str, Any]], studio_server: Studio
) -> None:
    project = open_song(page)
    name = project["score"]["parts"][0]["name"]
    proposal = propose(studio_server, project, task="infill", n=3, bars="3-4", parts=[name])
    page.reload()
    page.get_by_test_id("candidate-2").click()
    page.get_by_test_id("candidate-take-2").wait_for()
    assert page.get_by_test_id("candidate-2").get_attribute("aria-pressed") == "true"

    # Keys go to another candidate, to what was there, and back.
    page.keyboard.press("1")
    page.get_by_test_id("candidate-take-1").wait_for()
    page.keyboard.press("b")
    page.locator("[data-testid=candidate-0][aria-pressed=true]").wait_for()
    page.keyboard.press("b")
    page.get_by_test_id("candidate-take-1").click()
    page.get_by_test_id("candidates").wait_for(state="detached")

    wanted = studio_server.ask("GET", f"/projects/{project['id']}/score?version={proposal}.1")
    taken = studio_server.project(project["id"])["score"]
    assert notes_in(taken, 0, 2) == notes_in(wanted, 0, 2) != notes_in(project["score"], 0, 2)
    assert notes_in(taken, 0, 0) == notes_in(project["score"], 0, 0)
    assert notes_in(taken, 1, 2) == notes_in(project["score"], 1, 2)


def test_a_sentence_moves_sliders_and_the_button_asks(
    page: Page, open_song: Callable[..., dict[str, Any]], studio_server: Studio
) -> None:
    project = open_song(page)
    page.get_by_test_id("ask-say").fill("make it darker and much more energetic")
    page.get_by_test_id("ask-say-go").click()
    page.get_by_test_id("ask-reset").wait_for()
    assert float(page.get_by_test_id("ask-brightness").input_value()) < -0.3
    assert float(page.get_by_test_id("ask-energy").input_value()) > 0.3

    page.get_by_test_id("ask-task-continue").click()
    page.get_by_test_id("ask-continue-bars").fill("2")
    page.get_by_test_id("ask-go").click()
    page.get_by_test_id("candidate-1").wait_for()
    known = studio_server.project(project["id"])["proposals"][-1]
    assert (known["task"], known["options"]["bars"]) == ("continue", "2")
    assert known["options"]["emotion"][0] < 0 < known["options"]["emotion"][1]
    page.get_by_test_id("candidates-discard").click()
    page.get_by_test_id("candidates").wait_for(state="detached")
    assert studio_server.project(project["id"])["score"] == project["score"]

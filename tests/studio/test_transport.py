"""The transport and the strips of parts, as hands use them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

READY = """async () => {
    while (!window.motetPlayer?.ready) await new Promise((done) => setTimeout(done, 20));
}"""


@pytest.fixture
def song(page: Page, open_song: Callable[..., dict[str, Any]]) -> tuple[Page, str]:
    """The page with a song open and its sounds there; and the project's id."""
    project = open_song(page)
    page.evaluate(READY)
    return page, project["id"]


def soon(check: Callable[[], bool]) -> bool:
    """Whether something becomes true within ten seconds."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.05)
    return check()


def test_keys_and_buttons_play_pause_stop_and_loop(song: tuple[Page, str]) -> None:
    page, _ = song
    place = page.get_by_test_id("transport-position")
    page.get_by_test_id("transport-play").click()
    assert soon(lambda: page.evaluate("() => window.motetPlayer.tick") > 300)
    page.keyboard.press("Space")
    assert page.evaluate("() => window.motetPlayer.playing") is False
    assert page.evaluate("() => window.motetPlayer.tick") > 300
    page.keyboard.press("Home")
    assert "Bar 1, beat 1" in (place.get_attribute("aria-label") or "")
    page.keyboard.press("Shift+L")
    page.get_by_test_id("transport-loop-from").fill("3")
    page.get_by_test_id("transport-loop-from").press("Enter")
    loop = page.evaluate("() => ({...window.motetPlayer.loop})")
    assert loop == {"on": True, "start": 3840, "end": 7680}
    page.get_by_test_id("transport-stop").click()
    assert "Bar 3, beat 1" in (place.get_attribute("aria-label") or "")
    page.keyboard.press("k")
    assert page.get_by_test_id("transport-metronome").get_attribute("aria-pressed") == "true"


def test_a_tempo_is_typed_or_tapped_and_then_taken(
    song: tuple[Page, str], studio_server: Any
) -> None:
    page, project = song
    field = page.get_by_test_id("transport-tempo")
    assert field.input_value() == "120"
    field.fill("90")
    field.press("Enter")
    assert soon(lambda: round(studio_server.project(project)["score"]["qpm"]) == 90)
    field.fill("9000")
    field.press("Enter")
    assert field.input_value() == "90"
    page.evaluate(
        """async () => {
            const button = document.querySelector('[data-testid=transport-tap]');
            for (let k = 0; k < 5; k++) {
                button.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}));
                await new Promise((done) => setTimeout(done, 500));
            }
        }"""
    )
    tapped = int(field.input_value())
    assert 100 <= tapped <= 122
    page.get_by_test_id("transport-take").click()
    assert soon(lambda: round(studio_server.project(project)["score"]["qpm"]) == tapped)


def test_a_strip_changes_sound_name_and_volume_each_as_one_step(
    song: tuple[Page, str], studio_server: Any
) -> None:
    page, project = song
    page.get_by_test_id("strip-mute-1").click()
    assert page.evaluate("() => window.motetPlayer.isHeard(1)") is False
    page.get_by_test_id("strip-solo-1").click()
    assert page.evaluate("() => [0, 1].map((k) => window.motetPlayer.isHeard(k))") == [False, True]
    before = len(studio_server.project(project)["nodes"])
    fader = page.get_by_test_id("strip-volume-0")
    fader.focus()
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    page.get_by_test_id("strip-open-0").click()
    page.get_by_test_id("strip-search").fill("clarinet")
    page.get_by_test_id("strip-program-71").click()
    page.get_by_test_id("strip-name-0").fill("Lead")
    page.get_by_test_id("strip-name-0").press("Enter")
    page.keyboard.press("Escape")
    assert soon(lambda: studio_server.project(project)["score"]["parts"][0]["name"] == "Lead")
    part = studio_server.project(project)["score"]["parts"][0]
    assert part["program"] == 71
    assert part["volume"] < 100
    assert len(studio_server.project(project)["nodes"]) <= before + 4


def test_the_page_speaks_chinese_too(
    open_page: Callable[..., Page], open_song: Callable[..., dict[str, Any]]
) -> None:
    page = open_page(language="zh", theme="light", width=390, height=844, is_phone=True)
    open_song(page)
    assert page.get_by_role("button", name="播放", exact=True).is_visible()
    page.get_by_test_id("transport-more").click()
    assert page.get_by_label("总音量").is_visible()
    box = page.get_by_test_id("transport-volume").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390

"""Humming: a fake microphone sings a tune, and the tune becomes a piece."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from studio_kit import BROWSER_FLAGS, LEAST_MS, find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from studio_kit import Studio

TUNE = (60, 62, 64, 65, 67, 67)
RATE_HZ = 48_000


def _sing(path: Path) -> None:
    """Write a tune of half-second notes, sung on a plain vowel, and again until it is long enough."""
    samples = []
    for pitch in TUNE * 3:
        time_s = np.arange(int(0.5 * RATE_HZ)) / RATE_HZ
        hz = 440 * 2 ** ((pitch - 69) / 12)
        tone = sum(np.sin(2 * np.pi * hz * k * time_s) / k for k in (1, 2, 3))
        samples.append(tone * np.minimum(1, np.minimum(time_s, 0.5 - time_s) / 0.03))
    sound = (np.concatenate(samples) * 0.3 * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(sound.tobytes())


@pytest.fixture
def singing_page(studio_server: Studio, tmp_path: Path) -> Iterator[Page]:
    from playwright.sync_api import sync_playwright

    _sing(tmp_path / "tune.wav")
    flags = [
        *BROWSER_FLAGS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={tmp_path / 'tune.wav'}",
    ]  # fmt: skip
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_browser(), args=flags)
        page = browser.new_page(locale="en-GB")
        page.set_default_timeout(LEAST_MS)
        page.goto(studio_server.url)
        yield page
        browser.close()


def test_a_hummed_tune_becomes_a_piece(singing_page: Page, studio_server: Studio) -> None:
    page = singing_page
    page.get_by_test_id("start-hum").click()
    page.get_by_test_id("hum-start").click()
    page.get_by_text("I hear").wait_for()
    page.wait_for_timeout(3200)
    page.get_by_test_id("hum-stop").click()
    page.get_by_test_id("hum-band").uncheck()
    page.get_by_test_id("hum-go").click()
    page.wait_for_url("**/?project=*")
    project = studio_server.project(page.url.split("project=")[1])
    (part,) = project["score"]["parts"]
    heard = [row[2] for row in part["notes"]]
    assert {62, 64, 65, 67} <= set(heard)
    assert all(60 <= pitch <= 67 for pitch in heard)

"""What is heard: the end of the page's audio graph, captured and measured."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from numpy.typing import NDArray

from motet.io import write_json, write_midi
from motet.score import Note, Part, Score, Tempo

if TYPE_CHECKING:
    from playwright.sync_api import Page

BEAT = 480
BEAT_S = 0.25
A4_HZ = 440.0
E6_HZ = 1318.51
READY = """async () => {
    while (!window.motetPlayer?.ready) await new Promise((done) => setTimeout(done, 20));
}"""
CAPTURE = """async ({seconds, from}) => {
    const player = window.motetPlayer;
    if (from !== null) await player.play(from);
    const {rate, left, right} = await player.captureSeconds(seconds);
    const text = (samples) => {
        const bytes = new Uint8Array(samples.buffer);
        let all = '';
        for (let i = 0; i < bytes.length; i += 32768)
            all += String.fromCharCode(...bytes.subarray(i, i + 32768));
        return btoa(all);
    };
    return {rate, sides: [text(left), text(right)]};
}"""


def note(onset: int, duration: int, pitch: int, velocity: int = 90) -> Note:
    """A note; times in beats."""
    return Note(
        onset_tick=onset * BEAT, duration_tick=duration * BEAT, pitch=pitch, velocity=velocity
    )


def sounding_song() -> bytes:
    """Four bars at 240: A4 and E6 held, a clave on each beat, and a very loud cluster in bar 4."""
    loud = tuple(note(12, 4, pitch, 127) for pitch in range(40, 88, 3))
    parts = (
        Part(name="Ocarina", program=79, notes=(note(0, 8, 69),)),
        Part(name="Flute", program=73, notes=(note(0, 8, 88),)),
        Part(name="Claves", is_drums=True, notes=tuple(note(i, 1, 75, 110) for i in range(16))),
        Part(name="Brass", program=61, notes=loud),
    )
    tempo = (Tempo(tick=0, quarter_us=250_000),)
    return bytes(write_midi(Score(parts=parts, resolution=BEAT, tempos=tempo)))


@pytest.fixture
def song(page: Page, open_song: Callable[..., dict[str, Any]]) -> Page:
    """The page with the song open and its sounds there."""
    open_song(page, data=sounding_song(), title="Tones")
    page.evaluate(READY)
    return page


def hear(page: Page, seconds: float, *, play_from: int | None = None) -> tuple[int, NDArray[Any]]:
    """Return the rate and what the loudspeakers get, float32, shape (2, n)."""
    got = page.evaluate(CAPTURE, {"seconds": seconds, "from": play_from})
    sides = [np.frombuffer(base64.b64decode(side), dtype="<f4") for side in got["sides"]]
    return int(got["rate"]), np.stack(sides)


def strength(rate: int, sound: NDArray[Any], hz: float) -> float:
    """The largest magnitude within 2 % of a frequency."""
    heard = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    axis = np.fft.rfftfreq(len(sound), 1 / rate)
    return float(heard[np.abs(axis - hz) < 0.02 * hz].max())


def onsets(rate: int, sound: NDArray[Any]) -> NDArray[Any]:
    """The seconds at which the sound jumps up."""
    step = rate // 500
    frames = np.abs(sound[: len(sound) // step * step]).reshape(-1, step).max(axis=1)
    found: list[int] = []
    for i in range(3, len(frames)):
        is_jump = frames[i] > 0.35 * frames.max() and frames[i] > 2.5 * frames[i - 3]
        if is_jump and (not found or i - found[-1] > 40):
            found.append(i)
    return np.array(found) * step / rate


def test_pitches_are_right_and_mute_and_solo_work_while_it_plays(song: Page) -> None:
    song.evaluate("() => { window.motetPlayer.mute(2); }")
    rate, sound = hear(song, 0.7, play_from=0)
    left = sound[0][rate // 5 :]
    axis = np.fft.rfftfreq(len(left), 1 / rate)
    heard = np.abs(np.fft.rfft(left * np.hanning(len(left))))
    low = axis < 600
    assert abs(axis[low][heard[low].argmax()] - A4_HZ) < 4
    both = strength(rate, left, A4_HZ), strength(rate, left, E6_HZ)
    assert both[1] > 0.02 * both[0]
    song.evaluate("() => { window.motetPlayer.mute(1); window.motetPlayer.seek(0); }")
    rate, sound = hear(song, 0.7)
    muted = sound[0][rate // 3 :]
    assert strength(rate, muted, A4_HZ) > 0.2 * both[0]
    assert strength(rate, muted, E6_HZ) < 0.15 * both[1]
    song.evaluate("() => { const p = window.motetPlayer; p.mute(1); p.solo(1); p.seek(0); }")
    rate, sound = hear(song, 0.7)
    alone = sound[0][rate // 3 :]
    assert strength(rate, alone, E6_HZ) > 0.2 * both[1]
    assert strength(rate, alone, A4_HZ) < 0.1 * both[0]


def test_a_loop_has_no_gap_and_the_tempo_is_kept(song: Page) -> None:
    bar = 4 * BEAT
    song.evaluate(
        "(end) => { const p = window.motetPlayer; p.solo(2); p.loop = {on: true, start: 0, end}; }",
        bar,
    )
    rate, sound = hear(song, 2.4, play_from=0)
    times = onsets(rate, sound.mean(axis=0))
    assert len(times) in {9, 10}
    assert np.abs(np.diff(times) - BEAT_S).max() < 0.006
    song.evaluate("() => { window.motetPlayer.tempoScale = 0.5; }")
    rate, sound = hear(song, 2.2)
    slow = np.diff(onsets(rate, sound.mean(axis=0)))
    assert np.abs(slow[1:] - 2 * BEAT_S).max() < 0.006
    assert song.evaluate("() => window.motetPlayer.tick") < bar


def test_clicks_count_the_beats_and_stop_is_silent(song: Page) -> None:
    song.evaluate(
        "() => { const p = window.motetPlayer; [0, 1, 2, 3].map((k) => p.mute(k)); p.metronome = true; }"
    )
    rate, sound = hear(song, 1.3, play_from=0)
    times = onsets(rate, sound.mean(axis=0))
    assert len(times) >= 4
    assert np.abs(np.diff(times) - BEAT_S).max() < 0.006
    song.evaluate("() => window.motetPlayer.stop()")
    rate, sound = hear(song, 0.5)
    assert np.abs(sound[:, rate // 5 :]).max() < 1e-4
    assert song.evaluate("() => [window.motetPlayer.playing, window.motetPlayer.tick]") == [
        False,
        0,
    ]


def test_the_loudest_bar_does_not_clip_and_fades_after_stop(song: Page) -> None:
    song.evaluate("() => { window.motetPlayer.volume = 1; }")
    _, sound = hear(song, 1.0, play_from=12 * BEAT)
    assert np.isfinite(sound).all()
    assert 0.3 < np.abs(sound).max() < 0.995
    song.evaluate(
        "async () => { window.motetPlayer.stop(); await new Promise((d) => setTimeout(d, 1800)); }"
    )
    _, after = hear(song, 0.2)
    assert np.abs(after).max() < 0.01 * np.abs(sound).max()


def test_parts_beyond_sixteen_and_drums_on_any_channel_sound(
    page: Page, open_song: Callable[..., dict[str, Any]]
) -> None:
    parts = tuple(
        Part(name=f"P{k}", program=73, is_drums=k == 12, notes=(note(0, 8, 75 if k == 12 else 69),))
        for k in range(18)
    )
    open_song(page, data=bytes(write_json(Score(parts=parts, resolution=BEAT))), name="many.json")
    page.evaluate(READY)
    page.evaluate("() => window.motetPlayer.solo(17)")
    rate, sound = hear(page, 0.6, play_from=0)
    assert strength(rate, sound[0][rate // 5 :], A4_HZ) > 50
    page.evaluate("() => { const p = window.motetPlayer; p.solo(17); p.solo(12); p.seek(0); }")
    rate, sound = hear(page, 0.6)
    assert strength(rate, sound[0][rate // 3 :], A4_HZ) < 10
    assert np.abs(sound).max() > 0.05


def test_an_undo_while_it_plays_is_heard_from_the_next_bar_without_a_hole(
    page: Page, open_song: Callable[..., dict[str, Any]], studio_server: Any
) -> None:
    project = open_song(page, data=sounding_song(), title="Change")
    ops = [
        {
            "op": "set_notes",
            "part": 0,
            "start_bar": 0,
            "end_bar": 4,
            "notes": [[0, 16 * BEAT, 64, 90]],
        }
    ]
    sent = {"revision": project["revision"], "ops": ops}
    studio_server.ask("POST", f"/projects/{project['id']}/edits", sent)
    page.reload()
    page.evaluate(READY)
    page.get_by_test_id("shell-undo").wait_for()
    page.evaluate(
        "(loop) => { const p = window.motetPlayer; p.mute(1); p.mute(3); p.loop = loop; }",
        {"on": True, "start": 0, "end": 8 * BEAT},
    )
    rate, before = hear(page, 0.6, play_from=0)
    assert strength(rate, before[0], 329.63) > 3 * strength(rate, before[0], A4_HZ)
    page.get_by_test_id("shell-undo").click()
    rate, sound = hear(page, 1.5)
    beats = np.diff(onsets(rate, sound.mean(axis=0)))
    # The first may be the end of a beat that the capture began in.
    assert np.abs(beats[1:] / BEAT_S - np.round(beats[1:] / BEAT_S)).max() < 0.05
    page.locator("[data-testid=shell-undo]:disabled").wait_for()
    hear(page, 1.05)
    rate, late = hear(page, 0.5)
    late = late[0]
    assert strength(rate, late, A4_HZ) > 3 * strength(rate, late, 329.63)

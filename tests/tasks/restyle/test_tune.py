"""The tune in the new manner, and what is never touched."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from motet.arranger.style_file import find_style
from motet.score import Lyric, Score, make_score
from motet.tasks.restyle.keep import read_keep
from motet.tasks.restyle.source import Source, read_source
from motet.tasks.restyle.target import find_target
from motet.tasks.restyle.tune import Tune, push_rate, sing_in_style

STYLES = ("bossa", "swing", "rock", "reel", "ragtime", "hymn", "baroque", "funk")


def sing(source: Source, style: str, keep: str, strength: float = 1.0, seed: int = 0) -> Tune:
    found = find_target(style).style
    return sing_in_style(
        source, found, source.chords, read_keep(keep, source.score), strength=strength, seed=seed
    )


@pytest.mark.parametrize("style", STYLES)
def test_a_kept_melody_is_untouched(source: Source, style: str) -> None:
    assert sing(source, style, "melody").notes == source.melody


@pytest.mark.parametrize("style", STYLES)
def test_a_kept_tune_has_its_pitches_in_order(source: Source, style: str) -> None:
    found = sing(source, style, "tune")
    assert [n.pitch - found.shift_semi for n in found.notes] == [n.pitch for n in source.melody]


@pytest.mark.parametrize("style", STYLES)
def test_a_kept_rhythm_has_its_onsets(source: Source, style: str) -> None:
    found = sing(source, style, "rhythm")
    assert [n.onset_tick for n in found.notes] == [n.onset_tick for n in source.melody]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", [1, 2])
def test_an_open_tune_stays_one_line_within_its_bars(source: Source, style: str, seed: int) -> None:
    notes = [n for n in sing(source, style, "form", seed=seed).notes if n.duration_tick]
    assert all(a.end_tick <= b.onset_tick for a, b in pairwise(notes))
    assert notes[-1].end_tick <= source.score.end_tick


def test_styles_push_as_often_as_their_melodies_do() -> None:
    assert push_rate(find_style("bossa")) > 0.3
    assert push_rate(find_style("march")) < push_rate(find_style("bossa"))


def test_bars_that_return_are_treated_alike(source: Source) -> None:
    found = sing(source, "bossa", "tune").notes
    half = source.score.bars[4].start_tick
    early = [n.onset_tick for n in found if n.onset_tick < half - 1920]
    late = [n.onset_tick - half for n in found if half - 240 <= n.onset_tick < 2 * half - 1920]
    assert early[1:] == late[1:]


def test_syllables_go_with_their_notes(song: Score) -> None:
    words = tuple(Lyric(tick=n.onset_tick, text="la") for n in song.parts[0].notes)
    source = read_source(song.with_parts(replace(song.parts[0], lyrics=words), song.parts[1]))
    found = sing(source, "bossa", "tune")
    assert [one.tick for one in found.lyrics] == [n.onset_tick for n in found.notes]


def test_hymns_go_by_the_beat() -> None:
    tune = "C5:0.25 D5:0.25 E5:0.25 F5:0.25 G5:1 E5:0.5 D5:0.5 C5:1 | C5:4"
    source = read_source(make_score(tune, chords="C:8", fifths=0))
    found = sing(source, "hymn", "form")
    assert all(n.onset_tick % 480 == 0 for n in found.notes)
    assert found.n_dropped == 4

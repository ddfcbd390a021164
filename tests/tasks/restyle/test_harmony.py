"""Chords under a restyled tune: kept, coloured, or exchanged as far as strength says."""

from __future__ import annotations

import pytest

from motet.arranger.style_file import find_style
from motet.score import make_score
from motet.tasks.restyle.harmony import Harmony, choose_harmony
from motet.tasks.restyle.source import Source, read_source


def choose(source: Source, style: str, strength: float, *, is_kept: bool = False) -> Harmony:
    return choose_harmony(
        source, find_style(style), strength=strength, is_kept=is_kept, melody=source.melody
    )


def test_kept_harmony_is_the_sources_at_any_strength(source: Source) -> None:
    found = choose(source, "bossa", 1.0, is_kept=True)
    assert found.chords == source.chords
    assert found.share_same == 1.0


def test_no_strength_changes_no_chord(source: Source) -> None:
    assert choose(source, "bossa", 0.0).chords == source.chords


def test_some_strength_colours_without_new_roots(source: Source) -> None:
    found = choose(source, "bossa", 0.2)
    assert found.share_root == 1.0
    assert [chord.symbol for _, chord in found.chords][:3] == ["Cmaj7", "G7", "Am7"]


@pytest.mark.parametrize("style", ["bossa", "rock", "classical", "neo-soul", "blues"])
def test_first_and_last_chord_stay_at_full_strength(source: Source, style: str) -> None:
    found = choose(source, style, 1.0)
    assert found.chords[0][1].root == "C"
    assert found.chords[-1][1].root == "C"
    ticks = [tick for tick, _ in found.chords]
    assert ticks == sorted(set(ticks))


def test_jazz_puts_two_before_five() -> None:
    tune = "C4:4 | D4:2 F4:2 | C4:4 | C4:4"
    found = choose(read_source(make_score(tune, chords="C:4 G7:4 C:8", fifths=0)), "swing", 0.7)
    assert [chord.symbol for _, chord in found.chords][1:3] == ["Dm7", "G7"]

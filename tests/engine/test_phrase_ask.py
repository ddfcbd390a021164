"""What an ask binds: key, chords, range, the ending; and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from motet.engine.phrase_ask import (
    PhraseAsk,
    check_ask,
    join_notes,
    lay_parts,
    open_bars,
    pitch_mask,
)
from motet.engine.probe import practice_grid
from motet.errors import ConstraintError, ParameterError
from motet.tokens.layout import GRID_CHORD, GRID_NOTE, NO_KEY

_D7 = 42  # root D, third of CHORD_QUALITIES


def _ask(*, n_bars: int = 2, chord: int | None = None, **options: Any) -> PhraseAsk:
    grid = replace(practice_grid(0, n_bars), parts=())
    if chord is not None:
        grid = replace(grid, chords=np.array([(0, 0, chord, -1, 1.0)], GRID_CHORD))
    return PhraseAsk(**{"grid": grid, "parts": ("melody",), **options})


def _classes(ask: PhraseAsk, position: int) -> set[int]:
    return {int(pitch) % 12 for pitch in np.flatnonzero(pitch_mask(ask, position))}


def test_an_altered_tone_puts_its_neighbour_out_of_use() -> None:
    assert _classes(_ask(chord=_D7), 0) == {0, 2, 4, 6, 7, 9, 11}  # F# for F
    assert _classes(_ask(chord=_D7, scale=False), 0) == set(range(12))


def test_the_last_bar_holds_its_chord_alone() -> None:
    ask = _ask(chord=_D7)
    assert _classes(ask, 96) == _classes(ask, 191) == {2, 6, 9, 0}
    assert _classes(replace(ask, ends=False), 96) == _classes(ask, 0)


def test_strong_beats_hold_chord_tones_alone() -> None:
    ask = _ask(chord=_D7, strong=True, ends=False)
    assert ask.strong_places == {0, 48, 96, 144}
    assert [_classes(ask, place) for place in (0, 48, 96)] == [{2, 6, 9, 0}] * 3
    assert len(_classes(ask, 24)) == len(_classes(ask, 47)) == 7


def test_without_a_key_the_chord_alone_binds() -> None:
    grid = replace(_ask(chord=_D7).grid, key=NO_KEY)
    assert _classes(_ask(grid=grid), 0) == {2, 6, 9, 0}
    bare = replace(grid, chords=grid.chords[:0])
    assert _classes(_ask(grid=bare), 0) == set(range(12))


def test_the_range_is_the_sounding_one() -> None:
    ask = _ask(low_midi=60, high_midi=62, scale=False)
    moved = replace(ask, grid=replace(ask.grid, shift_semi=-2))
    assert np.flatnonzero(pitch_mask(ask, 0)).tolist() == [60, 61, 62]
    assert np.flatnonzero(pitch_mask(moved, 0)).tolist() == [58, 59, 60]
    assert pitch_mask(ask, 0, is_drums=True).sum() == 61


@pytest.mark.parametrize(
    ("options", "error", "word"),
    [
        ({"parts": ()}, ParameterError, "a part to write"),
        ({"parts": ("lute",)}, ParameterError, "melody, chords"),
        ({"parts": ("bass", "bass")}, ParameterError, "each once"),
        ({"temperature": 0.0}, ParameterError, "temperature must be"),
        ({"temperature": float("nan")}, ParameterError, "temperature must be"),
        ({"n": 0}, ParameterError, "n must be"),
        ({"seed": -1}, ParameterError, "seed must be"),
        ({"max_polyphony": 0}, ParameterError, "max_polyphony must be"),
        ({"high_midi": 128}, ParameterError, "high_midi must be"),
        ({"low_midi": 72, "high_midi": 60}, ConstraintError, "C5 to C4 is empty"),
        ({"low_midi": 61, "high_midi": 61}, ConstraintError, "bar 1: the range C#4 to C#4"),
        ({"low_midi": 62, "high_midi": 62, "chord": 0}, ConstraintError, "bar 2: .* chord C;"),
    ],
)
def test_what_cannot_be_met_is_refused_in_both_languages(
    options: dict[str, Any], error: type[Exception], word: str
) -> None:
    with pytest.raises(error, match=word) as caught:
        check_ask(_ask(**options))
    assert any("一" <= sign <= "鿿" for sign in caught.value.zh)  # type: ignore[attr-defined]


def test_drums_know_no_range() -> None:
    check_ask(_ask(parts=("drums",), low_midi=61, high_midi=61))


def test_given_parts_are_found_and_their_bars_kept() -> None:
    ask = PhraseAsk(grid=practice_grid(2, 2), parts=("bass", "strings"))
    grid, rows = lay_parts(ask)
    assert rows == {"bass": 2, "strings": 4}
    assert [one.role for one in grid.parts] == ["melody", "comping", "bass", "drums", "strings"]
    assert (open_bars(grid, 2), open_bars(grid, 4)) == (range(2, 4), range(4))
    rows_of = [(1, 0, 0, 24, 40, 9), (3, 0, 90, 400, 41, 9)]
    joined = join_notes(ask, {"bass": np.array(rows_of, GRID_NOTE)})
    assert joined.n_notes == ask.grid.n_notes + 1
    assert joined.cell(3, 2)[["pos", "dur", "pitch"]].tolist() == [(90, 6, 41)]

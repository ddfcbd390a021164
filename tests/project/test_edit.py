"""A score that comes back from another program."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.errors import ParameterError
from motet.io import read, write_midi
from motet.project.author import changed_cells
from motet.project.edit import take_back
from motet.score import Note, Part, Score, change_resolution, make_score


def rich() -> Score:
    base = make_score("C4:1 Eb4:1 G4:2 | A4:4", "C3:8", chords="C:8", fifths=0)
    notes = list(base.parts[0].notes)
    notes[0] = replace(notes[0], articulations=("staccato",))
    grace = Note(onset_tick=1920, duration_tick=0, pitch=71, grace="acciaccatura")
    return base.with_parts(
        replace(base.parts[0], notes=(*notes, grace), role="melody"),
        replace(base.parts[1], role="bass"),
    )


def plain(score: Score) -> Score:
    """What another program makes of it: bare notes in its own resolution."""
    parts = tuple(
        Part(name=part.name, notes=tuple(
            Note(onset_tick=n.onset_tick, duration_tick=n.duration_tick, pitch=n.pitch,
                 velocity=n.velocity) for n in part.notes if not n.grace
        )) for part in score.parts
    )  # fmt: skip
    return change_resolution(Score(parts=parts, metres=score.metres), resolution=960).score


def test_nothing_is_lost_on_the_way() -> None:
    base = rich()
    found = take_back(base, plain(base))
    assert found.parts[0].notes == base.parts[0].notes
    assert [part.role for part in found.parts] == ["melody", "bass"]
    assert found.chords == base.chords
    assert changed_cells(base, found) == set()


def test_our_own_midi_comes_back_without_a_change() -> None:
    base = rich()
    found = take_back(base, read(write_midi(base)).score)
    assert changed_cells(base, found) == set()
    assert found.parts[0].notes[0].articulations == ("staccato",)


def test_an_edit_wins() -> None:
    base = rich()
    other = plain(base)
    notes = list(other.parts[0].notes)
    notes[2] = replace(notes[2], pitch=65, velocity=99)
    other = other.with_parts(replace(other.parts[0], notes=tuple(notes)), other.parts[1])
    found = take_back(base, other)
    assert changed_cells(base, found) == {(0, 0)}
    assert [n.pitch for n in found.parts[0].notes if not n.grace] == [60, 63, 65, 69]
    assert found.parts[0].notes[1].spelling == "Eb"


def test_a_tick_between_ours_is_not_rounded() -> None:
    base = make_score("C4:4")
    other = change_resolution(base, resolution=960).score
    odd = replace(other.parts[0].notes[0], onset_tick=1)
    assert (
        take_back(base, other.with_parts(replace(other.parts[0], notes=(odd,)))).resolution == 960
    )


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(ParameterError, match="no note"):
        take_back(rich(), Score(parts=(Part(name="x"),)))

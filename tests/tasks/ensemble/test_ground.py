"""Voices under a bare melody."""

from __future__ import annotations

import pytest

from motet.score import make_score
from motet.tasks.ensemble.ground import FIGURES, write_ground
from motet.tasks.harmony import HeldHarmony, chord_tones
from motet.theory.scale import Key

SCORE = make_score("E5:3 F5:1 | D5:4 | G5:2 F5:2 | E5:4", chords="C:4 G:4 G7:4 C:4")


@pytest.mark.parametrize("figure", FIGURES)
def test_strokes_belong_to_the_chords_and_stay_in_their_section(figure: str) -> None:
    end = SCORE.bars[-1].end_tick
    voices = write_ground(SCORE, SCORE.parts[0], Key("C"), [(0, end)], [figure])
    held = HeldHarmony(SCORE)
    assert all(voices)
    for k, voice in enumerate(voices):
        for note in voice:
            assert note.end_tick <= end
            if k or figure != "answer":
                assert note.pitch % 12 in chord_tones(held.at(note.onset_tick))


def test_figures_differ_and_sections_take_theirs() -> None:
    half = SCORE.bars[2].start_tick
    end = SCORE.bars[-1].end_tick
    spans = [(0, half), (half, end)]
    plain = write_ground(SCORE, SCORE.parts[0], Key("C"), spans, ["sustained", "sustained"])
    mixed = write_ground(SCORE, SCORE.parts[0], Key("C"), spans, ["sustained", "flow"])
    first = [[n for n in voice if n.onset_tick < half] for voice in plain]
    assert first == [[n for n in voice if n.onset_tick < half] for voice in mixed]
    assert len(mixed[1]) > len(plain[1])


def test_without_chords_there_is_nothing() -> None:
    bare = make_score("C5:4")
    assert write_ground(bare, bare.parts[0], Key("C"), [(0, 1920)], ["sustained"]) == ((), (), ())

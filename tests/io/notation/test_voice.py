"""Voices: one where it reads, two where it must."""

from __future__ import annotations

from dataclasses import replace

from motet.io.notation.grid import ReadingGrid
from motet.io.notation.metre import UNITS_PER_QN as QN
from motet.io.notation.voice import read_voices
from motet.score import Note, Part, Score, make_score


def lines_of(part: Part, **options) -> dict[tuple[int, int], list[tuple[float, float, int]]]:
    score = Score(parts=(part,), **options)
    lines, _ = read_voices(part, ReadingGrid(score))
    return {
        key: [(e.start / QN, e.end / QN, len(e.notes)) for e in events]
        for key, events in lines.items()
    }


def note(onset: float, duration: float, pitch: int, **more) -> Note:
    return Note(
        onset_tick=round(onset * 480), duration_tick=round(duration * 480), pitch=pitch, **more
    )


def test_a_held_note_over_moving_ones_is_a_second_voice() -> None:
    part = Part(notes=(note(0, 4, 72), *(note(k, 1, 60 + k) for k in range(4))), program=73)
    assert lines_of(part) == {
        (1, 1): [(0, 4, 1)],
        (1, 2): [(k, k + 1, 1) for k in range(4)],
    }


def test_the_lower_line_is_voice_two_even_when_it_is_held() -> None:
    part = Part(notes=(note(0, 4, 60), *(note(k, 1, 72 + k) for k in range(4))), program=73)
    assert lines_of(part)[1, 2] == [(0, 4, 1)]


def test_accompaniment_is_one_voice_of_blocks() -> None:
    notes = (note(0, 2, 60), note(0, 2, 64), note(1, 1, 67), note(2, 2, 59), note(2, 1.9, 62))
    part = Part(notes=notes, role="comping", program=25)
    assert lines_of(part) == {(1, 1): [(0, 1, 2), (1, 2, 1), (2, 4, 2)]}


def test_legato_overlap_is_cut() -> None:
    part = Part(notes=tuple(note(k, 1.1, 60 + k) for k in range(4)), program=73)
    assert lines_of(part) == {(1, 1): [(k, k + 1, 1) for k in range(4)]}


def test_given_voices_and_staves_are_kept() -> None:
    notes = (
        note(0, 4, 72),
        note(0, 2, 60, voice=2),
        note(2, 2, 62, voice=2),
        note(0, 4, 40, staff=2),
    )
    found = lines_of(Part(notes=notes))
    assert found == {(1, 1): [(0, 4, 1)], (1, 2): [(0, 2, 1), (2, 4, 1)], (2, 1): [(0, 4, 1)]}


def test_one_pitch_at_one_place_is_one_note() -> None:
    part = Part(notes=(note(0, 1, 60), note(0, 1, 60, velocity=90)), program=73)
    assert lines_of(part) == {(1, 1): [(0, 1, 1)]}


def test_grace_notes_hang_on_their_note() -> None:
    score = make_score("C4:4")
    grace = Note(onset_tick=0, duration_tick=0, pitch=62, grace="acciaccatura")
    part = replace(score.parts[0], notes=(grace, *score.parts[0].notes))
    lines, _ = read_voices(part, ReadingGrid(score))
    assert [one.pitch for one in lines[1, 1][0].graces] == [62]


def test_pedalled_arpeggio_is_one_voice() -> None:
    notes = tuple(
        Note(onset_tick=240 * k + 7 * (k % 3), duration_tick=1900 - 240 * k, pitch=48 + 4 * k)
        for k in range(8)
    )
    found = lines_of(Part(notes=notes, program=25))
    assert list(found) == [(1, 1)]

"""What is written where."""

from fractions import Fraction

from motet.io.abc.plan import cut_bars, is_written_time, lay_strands, settle
from motet.score import Note, Part, Score, make_score


def test_times_that_people_write():
    assert [is_written_time(Fraction(1, n)) for n in (8, 12, 20, 96, 480)] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_voices_and_overlaps_become_strands():
    notes = (
        Note(onset_tick=0, duration_tick=4, pitch=60),
        Note(onset_tick=2, duration_tick=4, pitch=62),
        Note(onset_tick=0, duration_tick=4, pitch=48, voice=2),
    )
    strands = lay_strands(Part(notes=notes))
    assert [(one.voice, one.is_first, len(one.chords)) for one in strands] == [
        (1, True, 1),
        (1, False, 1),
        (2, True, 1),
    ]


def test_cuts_inside_notes_and_rests():
    score = make_score("C4:2 r:2")
    pieces = cut_bars(lay_strands(score.parts[0])[0], score.bars, [480, 1440])[0]
    assert [(one.start, one.end) for one in pieces] == [
        (0, 480), (480, 960), (960, 1440), (1440, 1920),
    ]  # fmt: skip


def test_one_odd_note_does_not_merge_sixty_fourths():
    notes = [Note(onset_tick=30 * k, duration_tick=30, pitch=60) for k in range(64)]
    odd = Note(onset_tick=1930, duration_tick=100, pitch=72)
    score = Score(parts=(Part(notes=(*notes, odd)),))
    settled, n_moved = settle(score)
    assert n_moved == 1
    assert [note.onset_tick for note in settled.parts[0].notes][:64] == [30 * k for k in range(64)]


def test_played_notes_go_to_plain_places():
    notes = tuple(Note(onset_tick=240 * k + 7, duration_tick=230, pitch=60) for k in range(8))
    settled, n_moved = settle(Score(parts=(Part(notes=notes),)))
    assert n_moved == 8
    assert [note.onset_tick for note in settled.parts[0].notes] == [240 * k for k in range(8)]

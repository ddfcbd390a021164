"""Text that people would write, and that reads back."""

from dataclasses import replace

import pytest

from motet.io import read, write
from motet.io.abc.read import read_abc
from motet.io.abc.write import write_abc
from motet.score import ChordSymbol, KeySignature, Metre, Part, Repeat, make_score


def body(score):
    text = write_abc(score).decode()
    return text[text.index("\nK:") :].split("\n", 2)[2]


TUNES = [
    "X:1\nM:4/4\nL:1/8\nK:D\n|: DEFG A2 Bc | d4 d4 :|\n",
    "X:1\nM:6/8\nL:1/8\nK:Edor\nB | EBB (3ABc d | e3 z2 :|\n",
    'X:1\nM:3/4\nL:1/4\nK:Gm\n"Gm"G>^F G- | G2 [GBd] |1 D3 :|2 {/c}B3 |]\n',
    "X:1\nM:C|\nL:1/4\n%%score (1 2)\nV:1\nV:2\nK:C\n[V:1] cdef|g4|\nw: la la- la _\n[V:2] C4|E4|\n",
    "X:1\nM:5/4\nL:1/16\nK:F\nTc4 .d4 !fermata!e4 (fg)ab c'2c2-|c20|\n",
    "X:1\nM:4/4\nL:1/4\nK:C\nCDEF|[M:3/4][K:Bb]BAG|[P:B]!mf!G3|\n",
    'X:1\nV:1 clef=treble transpose=-2 name="Clarinet"\nM:2/4\nL:1/8\nK:D\nD2F2|c4|\n',
]


@pytest.mark.parametrize("text", TUNES)
def test_written_tunes_read_back_the_same(text):
    first = read_abc(text.encode()).score
    data = write_abc(first)
    again = read_abc(data)
    assert again.repairs == ()
    assert again.score == first
    assert write_abc(again.score) == data


def test_lines_have_four_bars_and_notes_stand_by_beat():
    score = replace(
        make_score("C4:0.5 D4:0.5 E4:0.5 F4:0.5 G4:0.5 A4:0.5 B4:0.5 C5:0.5 " * 5),
        metres=(Metre(tick=0, numerator=4, denominator=4),),
    )
    lines = body(score).splitlines()
    assert [line.count("|") for line in lines] == [4, 1]
    assert lines[1] == "CDEF GABc |]"


def test_accidentals_are_minimal():
    score = replace(
        make_score("F#4:1 F#4:1 F4:1 F#5:1 F#4:1"),
        keys=(KeySignature(tick=0, fifths=1),),
    )
    assert body(score).startswith("F F =F f |")


def test_triplets_and_dotted_pairs_are_written_so():
    assert body(make_score("C4:0.3333333333 D4:0.3333333333 E4:0.3333333333")).startswith("(3CDE")
    score = make_score("C4:0.75 D4:0.25 " + "E4:0.5 " * 6)
    assert body(score).startswith("C>DEE")


def test_chord_symbols_inside_a_note_cut_it_with_a_tie():
    score = replace(
        make_score("C4:4"),
        chords=(ChordSymbol(tick=0, symbol="C"), ChordSymbol(tick=960, symbol="G7")),
    )
    assert body(score) == '"C"C4- "G7"C4 |]\n'
    assert read_abc(write_abc(score)).score.parts[0].notes[0].duration_tick == 1920


def test_repeats_stand_at_bar_lines():
    score = replace(
        make_score("C4:4 D4:4"),
        repeats=(Repeat(tick=1920, kind="end", times=3), Repeat(tick=1920, kind="start")),
    )
    text = write_abc(score)
    assert b"::|:" in text
    assert read_abc(text).score.repeats == score.repeats


def test_unsteady_times_are_settled_and_told(tmp_path):
    score = make_score("C4:1.02 D4:0.98 E4:2")
    losses = write(score, tmp_path / "a.abc")
    assert any("nearest rhythm" in loss.en for loss in losses)
    again = read(tmp_path / "a.abc").score
    assert [n.onset_tick / again.resolution for n in again.parts[0].notes] == [0, 1, 2]


def test_drums_and_empty_scores_are_written():
    score = make_score("drums 36:1 38:1 36:1 38:1")
    again = read_abc(write_abc(score)).score
    assert again.parts[0].is_drums
    assert [note.pitch for note in again.parts[0].notes] == [36, 38, 36, 38]
    assert read_abc(write_abc(replace(score, parts=()))).score.n_notes == 0
    assert read_abc(write_abc(replace(score, parts=(Part(),)))).score.n_notes == 0

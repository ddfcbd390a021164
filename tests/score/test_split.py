"""Splitting and merging parts."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.score import make_score, merge_parts, split_part
from strategies import full_score, scores


def counted(*parts):
    return Counter((n.onset_tick, n.duration_tick, n.pitch) for part in parts for n in part.notes)


def test_hands_by_pitch():
    score = split_part(make_score("C5+C3:1 G4:1"), part=0, by="pitch", at_pitch=60)
    assert [[n.pitch for n in part.notes] for part in score.parts] == [[72, 67], [48]]
    assert [part.name for part in score.parts] == ["Part 1 1", "Part 1 2"]


def test_staves_take_their_marks_along():
    score = full_score()
    split = split_part(score, part=0, by="staff", names=("Right", "Left"))
    right, left, drums = split.parts
    assert (right.name, left.name, drums) == ("Right", "Left", score.parts[1])
    assert [clef.sign for clef in right.clefs] == ["G"]
    assert [clef.sign for clef in left.clefs] == ["F", "G"]
    assert {note.staff for part in (right, left) for note in part.notes} == {1}
    assert (right.n_staves, left.n_staves) == (1, 1)
    assert (len(right.lyrics), len(left.lyrics)) == (2, 0)
    assert right.controls == left.controls == score.parts[0].controls


def test_merging_staves_back_gives_the_piano_again():
    score = full_score()
    split = split_part(score, part=0, by="staff")
    merged = merge_parts(split, parts=[0, 1], name="Piano", as_staves=True)
    assert merged == score


def test_a_part_of_one_voice_stays_whole():
    score = make_score("C4:1 D4:1")
    assert split_part(score, part=0, by="voice") == score


@settings(max_examples=20)
@given(scores(), st.sampled_from(("pitch", "staff", "voice")))
def test_no_note_is_lost_or_doubled(score, by):
    split = split_part(score, part=0, by=by)
    n_new = len(split.parts) - len(score.parts) + 1
    assert counted(*split.parts[:n_new]) == counted(score.parts[0])
    assert sum(len(p.lyrics) for p in split.parts[:n_new]) == len(score.parts[0].lyrics)
    assert sum(len(p.spans) for p in split.parts[:n_new]) == len(score.parts[0].spans)
    if n_new > 1:
        merged = merge_parts(split, parts=range(n_new))
        assert counted(merged.parts[0]) == counted(score.parts[0])
        assert set(merged.parts[0].controls) == set(score.parts[0].controls)


def test_merging_keeps_the_place_of_the_first():
    score = make_score("C4:1", "drums 36:1", "E4:1")
    merged = merge_parts(score, parts=[2, 0], name="Both")
    assert [part.name for part in merged.parts] == ["Both", "Drums"]
    assert [note.pitch for note in merged.parts[0].notes] == [60, 64]


def test_what_cannot_be_merged_or_split():
    score = make_score("C4:1", "drums 36:1")
    with pytest.raises(ParameterError, match="drums"):
        merge_parts(score, parts=[0, 1])
    with pytest.raises(ParameterError, match="two"):
        merge_parts(score, parts=[0])
    with pytest.raises(ParameterError, match="by must be"):
        split_part(score, part=0, by="channel")

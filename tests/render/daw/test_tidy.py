"""Scores made fit for a sequencer."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from motet.render.daw.tidy import channel_slots, tidy_score
from motet.score import Note, Part, Score, make_score

NOTES = st.lists(
    st.builds(
        Note,
        onset_tick=st.integers(0, 4000),
        duration_tick=st.integers(0, 3000),
        pitch=st.integers(58, 62),
        velocity=st.integers(1, 127),
        grace=st.sampled_from(["", "", "acciaccatura"]),
    ),
    max_size=25,
)


@settings(max_examples=60)
@given(NOTES)
def test_no_note_is_empty_or_meets_another_of_its_pitch(notes: list[Note]) -> None:
    found = tidy_score(Score(parts=(Part(notes=tuple(notes)),))).score.parts[0].notes
    ends: dict[int, int] = {}
    for note in found:
        assert note.duration_tick > 0
        assert note.grace == ""
        assert note.onset_tick >= ends.get(note.pitch, 0)
        ends[note.pitch] = note.end_tick
    plain = {(n.onset_tick, n.pitch) for n in notes if not n.grace}
    assert plain <= {(n.onset_tick, n.pitch) for n in found}


def test_what_is_clean_stays_as_it_is() -> None:
    score = make_score("C4:1 E4:1 G4:2", "C3:4", qpm=90)
    found = tidy_score(score)
    assert found.counts == {}
    assert found.remarks() == []
    assert [part.notes for part in found.score.parts] == [part.notes for part in score.parts]


def test_each_change_is_counted_and_told() -> None:
    one = Note(onset_tick=480, duration_tick=960, pitch=60)
    notes = (
        one,
        replace(one, velocity=100, duration_tick=480),  # doubles the first
        replace(one, onset_tick=960),  # strikes it again
        replace(one, pitch=62, duration_tick=0),
        replace(one, pitch=59, duration_tick=0, grace="acciaccatura"),
    )
    found = tidy_score(Score(parts=(Part(notes=notes),)))
    assert found.counts == {"double": 1, "overlap": 1, "empty": 1, "grace": 1}
    told = [
        (n.onset_tick, n.duration_tick, n.pitch, n.velocity) for n in found.score.parts[0].notes
    ]
    assert told == [(420, 60, 59, 80), (480, 480, 60, 100), (480, 60, 62, 80), (960, 960, 60, 80)]
    assert len(found.remarks()) == 4
    assert all(en[0] == zh[0] == "1" for en, zh in found.remarks())


def test_graces_at_the_very_start_stay_inside_the_score() -> None:
    grace = Note(onset_tick=0, duration_tick=0, pitch=59, grace="acciaccatura")
    main = Note(onset_tick=0, duration_tick=480, pitch=60)
    found = tidy_score(Score(parts=(Part(notes=(grace, main)),))).score.parts[0].notes
    assert [(n.onset_tick, n.duration_tick) for n in found] == [(0, 60), (0, 480)]


def test_forty_parts_have_forty_channels() -> None:
    parts = [Part(is_drums=k % 10 == 3) for k in range(40)]
    slots = channel_slots(parts)
    assert max(Counter(slots).values()) == 1
    assert all(
        (channel == 9) == part.is_drums for (_, channel), part in zip(slots, parts, strict=True)
    )
    assert max(port for port, _ in slots) == 3


def test_parts_get_names_and_the_maps_a_start() -> None:
    parts = (Part(name="Horn"), Part(name="Horn"), Part(), Part(is_drums=True))
    found = tidy_score(Score(parts=parts)).score
    assert [part.name for part in found.parts] == ["Horn", "Horn 2", "Part 3", "Drums 4"]
    assert (found.tempos[0].qpm, found.metres[0].numerator) == (120, 4)
    assert found.length_tick == found.bars[-1].end_tick

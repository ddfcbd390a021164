"""Every tick through one function: nothing may be forgotten."""

import dataclasses

import pytest
from hypothesis import given, settings

from motet.score import Control, Note, Part, Score, map_note, map_part, map_score
from motet.score.retime import PART_EVENTS, SCORE_EVENTS, state_at, state_key
from strategies import full_score, scores


def ticks_of(value):
    """Every tick in a score, found by the names of fields, however deep."""
    if isinstance(value, tuple):
        return [tick for one in value for tick in ticks_of(one)]
    if not dataclasses.is_dataclass(value):
        return []
    found = []
    for field in dataclasses.fields(value):
        inner = getattr(value, field.name)
        if field.name == "tick" or (field.name.endswith("_tick") and isinstance(inner, int)):
            found.append(inner)
        elif field.name == "ties_tick":
            found.extend(inner)
        else:
            found.extend(ticks_of(inner))
    return found


def test_the_lists_of_event_fields_are_complete():
    for kind, names in ((Score, SCORE_EVENTS), (Part, PART_EVENTS)):
        tuples = {f.name for f in dataclasses.fields(kind) if str(f.type).startswith("tuple")}
        assert tuples - {"parts", "notes"} == set(names)


def test_full_score_has_every_kind_of_event():
    score = full_score()
    assert all(getattr(score, name) for name in SCORE_EVENTS)
    assert all(getattr(score.parts[0], name) for name in PART_EVENTS)


@settings(max_examples=20)
@given(scores())
def test_every_tick_is_mapped(score):
    tripled = map_score(score, lambda tick: 3 * tick)
    assert ticks_of(tripled) == [3 * tick for tick in ticks_of(score)]


def test_every_tick_of_a_full_score_is_mapped():
    score = full_score()
    assert ticks_of(map_score(score, lambda tick: 3 * tick)) == [3 * t for t in ticks_of(score)]
    assert map_score(score, lambda tick: tick) == score


def test_a_shift_leaves_durations():
    part = full_score().parts[0]
    later = map_part(part, lambda tick: tick + 7)
    assert [n.duration_tick for n in later.notes] == [n.duration_tick for n in part.notes]
    assert later.notes[1].ties_tick == part.notes[1].ties_tick


def test_a_sounding_note_keeps_a_tick_and_a_grace_note_none():
    sounding = Note(onset_tick=10, duration_tick=5, pitch=60)
    grace = Note(onset_tick=10, duration_tick=0, pitch=60, grace="acciaccatura")
    assert map_note(sounding, lambda tick: tick // 100).duration_tick == 1
    assert map_note(grace, lambda tick: tick // 100).duration_tick == 0


def test_ties_that_fall_on_an_end_vanish():
    note = Note(onset_tick=0, duration_tick=100, pitch=60, ties_tick=(1, 50, 99))
    assert map_note(note, lambda tick: round(tick / 50)).ties_tick == (1,)


@pytest.mark.parametrize(("tick", "value"), [(0, None), (5, 1), (9, 2), (100, 2)])
def test_states(tick, value):
    controls = (
        Control(tick=5, kind="cc", number=7, value=1),
        Control(tick=9, kind="cc", number=7, value=2),
    )
    held = state_at(controls, tick).get(("cc", 7))
    assert (held.value if held else None) == value


def test_each_staff_has_its_own_clef():
    clefs = full_score().parts[0].clefs
    assert {state_key(clef) for clef in clefs} == {1, 2}
    assert state_at(clefs, 1920)[2].sign == "G"

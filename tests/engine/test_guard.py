"""The guard: whatever is drawn from its mask, the cell obeys its rules, and nothing is a dead end."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.engine.guard import CellGuard
from motet.engine.rules import CellRules, check_rules, link_rules
from motet.errors import ConstraintError, ParameterError
from motet.tokens.grammar import Grammar, find_error
from motet.tokens.vocab import FAMILY_OF, token_id
from naive_document import read_document, write_cell

MAJOR = frozenset({0, 2, 4, 5, 7, 9, 11})


def open_cell(length, *, is_drums=False):
    """Return a grammar that stands at the start of a cell, and its ids."""
    ids = [token_id("BOS"), token_id("KEY", 0), token_id("PART", 0)]
    ids += [token_id("PROG", 128 if is_drums else 0), token_id("PLAN"), token_id("PBAR")]
    ids.append(token_id("METRE", 13))
    if length != 96:
        ids.append(token_id("BARLEN"))
        if length >= 144:
            ids.append(token_id("POSX", length // 144 - 1))
        ids.append(token_id("POS", length % 144))
    ids += [token_id("NOTES"), token_id("BAR"), token_id("PART", 0)]
    return Grammar.after(ids), ids


def write(rules, rng, *, length=96, is_drums=False, sounding=(), p_stop=0.05, skew=0.0):
    """Return the notes of a cell drawn at random from the guard's mask."""
    guard = CellGuard(rules, sounding=sounding)
    if not guard.may_write(length, is_drums=is_drums):
        assert not guard.must_write()
        return []
    grammar, ids = open_cell(length, is_drums=is_drums)
    for _ in range(600):
        mask = guard.mask(grammar)
        assert not (mask & ~grammar.mask()).any(), "the guard allows what the grammar does not"
        allowed = np.flatnonzero(mask)
        may_stop = guard.may_stop(grammar) and grammar.cell_may_end
        if may_stop and (not len(allowed) or rng.random() < p_stop or len(ids) > 400):
            break
        assert len(allowed), "the mask is empty and the cell may not stop"
        if rng.random() < skew:  # the last id: long durations, late positions, high pitches
            token = int(allowed[-1])
        else:
            families = np.unique(FAMILY_OF[allowed])
            token = int(rng.choice(allowed[FAMILY_OF[allowed] == rng.choice(families)]))
        grammar.push(token)
        guard.push(token, grammar)
        ids.append(token)
    else:
        pytest.fail("the cell does not end")
    ids.append(token_id("EOS"))
    assert find_error(ids) is None
    return read_document(ids)["cells"][0, 0]


def find_breach(notes, rules, *, is_drums=False, sounding=()):
    """Return which rule a cell breaks, checked note by note; empty if none."""
    onsets = sorted({pos for pos, *_ in notes})
    if len(onsets) < rules.min_onsets:
        return "too few onsets"
    if rules.max_onsets is not None and len(onsets) > rules.max_onsets:
        return "too many onsets"
    if rules.rhythm is not None:
        if {pos for pos, _ in rules.rhythm} != set(onsets):
            return "other onsets"
        if not is_drums:
            pairs = Counter((pos, duration) for pos, duration, *_ in notes)
            if set(pairs) != set(rules.rhythm):
                return "other durations"
            if any(pairs[one] < count for one, count in Counter(rules.rhythm).items()):
                return "too few notes of the rhythm"
        elif any(
            sum(note[0] == pos for note in notes) < count
            for pos, count in Counter(pos for pos, _ in rules.rhythm).items()
        ):
            return "too few notes of the rhythm"
    for pos, duration, pitch, velocity in notes:
        group = [note for note in notes if note[0] == pos]
        if rules.max_group is not None and len(group) > rules.max_group:
            return "group"
        if rules.velocities and not rules.velocities[0] <= velocity <= rules.velocities[1]:
            return "velocity"
        if is_drums:
            if rules.drum_keys is not None and pitch not in rules.drum_keys:
                return "drum key"
            continue
        if not rules.low <= pitch <= rules.high:
            return "range"
        if any(start <= pos < end and pitch == one for start, end, one in rules.forbid):
            return "forbidden"
        chord = frozenset()
        for start, end, pcs in rules.chords:
            if start <= pos < end:
                chord = pcs
        if pos in rules.strong and chord:
            if pitch % 12 not in chord:
                return "strong"
        elif rules.scale is not None and pitch % 12 not in rules.scale | chord:
            return "scale"
        if rules.last_end is not None and pos + duration > rules.last_end:
            return "end"
        if rules.max_polyphony is not None:
            count = sum(at <= pos < at + long for at, long, *_ in notes)
            count += sum(end > pos for end, _ in sounding)
            if count > rules.max_polyphony:
                return "polyphony"
    return ""


def draw_rules(rng, length, *, is_drums):
    """Return random rules and notes held in."""
    sometimes = lambda value: value if rng.random() < 0.5 else None  # noqa: E731
    low = int(rng.integers(0, 110))
    cut = int(rng.integers(1, length + 1))
    pcs = lambda n: frozenset(int(one) for one in rng.choice(12, n, replace=False))  # noqa: E731
    most = sometimes(int(rng.integers(0, 12)))
    voices = sometimes(int(rng.integers(1, 4)))
    rules = {
        "scale": sometimes(pcs(int(rng.integers(1, 8)))),
        "chords": ((0, cut, pcs(3)), (cut, length, pcs(2))) if rng.random() < 0.5 else (),
        "strong": frozenset(int(one) for one in rng.integers(0, length, 3)),
        "low": low,
        "high": min(127, low + int(rng.integers(0, 40))),
        "max_polyphony": voices,
        "max_group": sometimes(int(rng.integers(1, 4))),
        "min_onsets": int(rng.integers(0, 1 + (12 if most is None else most))),
        "max_onsets": most,
        "last_end": sometimes(int(rng.integers(1, 2 * length + 1))),
        "velocities": sometimes(tuple(sorted(int(one) for one in rng.integers(0, 16, 2)))),
        "forbid": ((0, cut, low), (cut // 2, length, low + 1)) if rng.random() < 0.3 else (),
        "n_positions": length,
    }
    if rng.random() < 0.4:
        places = sorted(int(one) for one in rng.integers(0, length, int(rng.integers(1, 8))))
        long = rng.choice([1, 6, 12, 24, 48, 97, 200], len(places))
        rules["rhythm"] = tuple((pos, int(one)) for pos, one in zip(places, long))
        if rng.random() < 0.7:
            rules["min_onsets"], rules["max_onsets"] = 0, None
    if is_drums:
        keys = rng.integers(27, 88, int(rng.integers(1, 5)))
        rules["drum_keys"] = sometimes(frozenset(int(one) for one in keys))
    sounding = [(int(end), int(rng.integers(128))) for end in rng.integers(1, length, 2)]
    return CellRules(**rules), sounding[: int(rng.integers(0, 3))]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans(), st.sampled_from([0.0, 0.5, 0.9]))
def test_every_cell_obeys_its_rules(seed, is_drums, skew):
    rng = np.random.default_rng(seed)
    length = int(rng.choice([3, 12, 36, 96, 150, 300]))
    rules, sounding = draw_rules(rng, length, is_drums=is_drums)
    try:
        check_rules(rules, sounding=sounding, is_drums=is_drums)
    except ConstraintError:
        return
    notes = write(rules, rng, length=length, is_drums=is_drums, sounding=sounding, skew=skew)
    assert find_breach(notes, rules, is_drums=is_drums, sounding=sounding) == ""


def describe(notes, length, *, is_drums, has_rhythm):
    """Return the tightest rules that a cell obeys."""
    groups = Counter(pos for pos, *_ in notes)
    voices = max(sum(at <= pos < at + long for at, long, *_ in notes) for pos in groups)
    pitches = [pitch for _, _, pitch, _ in notes]
    velocities = [velocity for *_, velocity in notes]
    return CellRules(
        scale=frozenset(pitch % 12 for pitch in pitches),
        low=min(pitches),
        high=max(pitches),
        max_polyphony=max(groups.values()) if is_drums else voices,
        max_group=max(groups.values()),
        min_onsets=len(groups),
        max_onsets=len(groups),
        rhythm=tuple((pos, long) for pos, long, *_ in notes) if has_rhythm else None,
        n_positions=length,
        last_end=max(pos + long for pos, long, *_ in notes),
        drum_keys=frozenset(pitches) if is_drums else None,
        velocities=(min(velocities), max(velocities)),
    )


def has_restrike(notes):
    """Return whether a pitch begins while it still sounds, which the guard avoids."""
    return any(
        one[2] == other[2] and other[0] < one[0] < other[0] + other[1]
        for one in notes
        for other in notes
    )


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans(), st.booleans())
def test_a_cell_can_be_written_under_the_tightest_rules_it_obeys(seed, is_drums, has_rhythm):
    rng = np.random.default_rng(seed)
    length = int(rng.choice([3, 12, 96, 150]))
    loose = CellRules(n_positions=length, max_polyphony=int(rng.integers(1, 5)), max_group=3)
    notes = write(loose, rng, length=length, is_drums=is_drums)
    if not is_drums and has_restrike(notes):
        return
    rules = describe(notes, length, is_drums=is_drums, has_rhythm=has_rhythm)
    assert find_breach(notes, rules, is_drums=is_drums) == ""
    check_rules(rules, is_drums=is_drums)
    grammar, _ = open_cell(length, is_drums=is_drums)
    guard = CellGuard(rules)
    for token in write_cell(notes, is_drums):
        assert guard.mask(grammar)[token]
        grammar.push(token)
    assert guard.may_stop(grammar)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_bars_in_a_row_keep_the_polyphony_and_never_starve(seed):
    rng = np.random.default_rng(seed)
    lengths = [int(one) for one in rng.choice([12, 24, 96], 5)]
    voices = int(rng.integers(1, 4))
    rules = {}
    for bar, length in enumerate(lengths):
        kind = int(rng.integers(4))
        rhythm = None
        if kind == 0:
            rhythm = tuple((pos, int(rng.choice([3, 12, 30]))) for pos in (0, length // 2)[:voices])
        count = int(rng.integers(0, length)) if kind == 1 else 0
        rules[bar, 0] = CellRules(
            max_polyphony=voices if kind < 3 else None, min_onsets=count, rhythm=rhythm
        )
    try:
        linked = link_rules(rules, bar_lengths=lengths)
    except ConstraintError:
        assert any(one.rhythm for one in rules.values())  # rhythms alone may overlap too much
        return
    assert link_rules(linked, bar_lengths=lengths) == linked
    starts = np.concatenate([[0], np.cumsum(lengths)]).tolist()
    written = []
    for bar, length in enumerate(lengths):
        start = starts[bar]
        sounding = [(end - start, pitch) for end, pitch in written if end > start]
        notes = write(linked[bar, 0], rng, length=length, sounding=sounding, skew=0.5)
        assert find_breach(notes, rules[bar, 0], sounding=sounding) == ""
        written += [(start + pos + long, pitch) for pos, long, pitch, _ in notes]


def test_a_rest_takes_no_note():
    guard = CellGuard(CellRules(max_onsets=0))
    assert not guard.may_write(96, is_drums=False)
    assert not guard.must_write()
    grammar, _ = open_cell(96)
    assert not guard.mask(grammar).any()
    assert guard.may_stop(grammar)


def test_a_held_note_blocks_its_voice_and_its_pitch():
    guard = CellGuard(CellRules(max_polyphony=1), sounding=[(90, 60)])
    grammar, _ = open_cell(96)
    positions = np.flatnonzero(guard.mask(grammar)[token_id("POS") : token_id("POS", 143)])
    assert positions.tolist() == [90, 91, 92, 93, 94, 95]
    guard = CellGuard(CellRules(max_polyphony=2), sounding=[(90, 60)])
    grammar.push(token_id("DUR", 23))
    pitches = guard.mask(grammar)[token_id("PITCH") :][:128]
    assert not pitches[60]
    assert pitches.sum() == 127


def test_what_is_held_may_leave_no_room():
    rules = CellRules(max_polyphony=1, min_onsets=7)
    guard = CellGuard(rules, sounding=[(90, 60)])
    with pytest.raises(ConstraintError, match=r"at least 7 onsets .* leave no voice of 1 free"):
        guard.may_write(96, is_drums=False)


def test_look_ahead_keeps_room_for_what_must_come():
    # three onsets in a bar of four positions, one voice
    rules = CellRules(max_polyphony=1, min_onsets=3)
    guard = CellGuard(rules)
    grammar, _ = open_cell(4)
    mask = guard.mask(grammar)
    assert np.flatnonzero(mask).tolist() == [
        token_id("POS", 1), token_id("DUR", 0), token_id("DUR", 1),
    ]  # fmt: skip
    for token in (token_id("POS", 1), token_id("DUR", 0)):
        assert guard.mask(grammar)[token]
        grammar.push(token)
    assert not guard.mask(grammar)[token_id("DUR") : token_id("DUR", 95)].any()


def test_a_rhythm_asks_for_chords_from_below():
    rules = CellRules(
        rhythm=((0, 24), (0, 24), (0, 12)), scale=frozenset({0}), low=48, high=72, max_group=3
    )
    guard = CellGuard(rules)
    grammar, _ = open_cell(96)
    for token in (token_id("DUR", 23), token_id("PITCH", 60), token_id("ADD", 72)):
        if token != token_id("DUR", 23):
            names = np.flatnonzero(
                guard.mask(grammar)[token_id("PITCH") : token_id("ADD", 127) + 1]
            )
            assert (names % 128).tolist() == ([48, 60] if token == token_id("PITCH", 60) else [72])
        grammar.push(token)
    assert not guard.may_stop(grammar)
    assert np.flatnonzero(guard.mask(grammar)).tolist() == [token_id("DUR", 11)]
    grammar.push(token_id("DUR", 11))
    allowed = np.flatnonzero(guard.mask(grammar))
    assert token_id("ADD", 48) in allowed
    assert token_id("ADD", 60) not in allowed
    grammar.push(token_id("ADD", 48))
    assert guard.may_stop(grammar)
    assert not guard.mask(grammar).any()


def after_notes(rules, notes, *, length=96):
    """Return guard and grammar after some notes were written."""
    guard = CellGuard(rules)
    grammar, _ = open_cell(length)
    for token in write_cell(notes, False):
        assert guard.mask(grammar)[token]
        grammar.push(token)
    return guard, grammar


def test_three_equal_notes_leave_each_other_room():
    rules = CellRules(rhythm=((0, 24),) * 3, scale=frozenset({0}), low=48, high=72)
    guard, grammar = after_notes(rules, [(0, 24, 48, 9)])
    adds = guard.mask(grammar)[token_id("ADD") : token_id("ADD", 127) + 1]
    assert np.flatnonzero(adds).tolist() == [60]


def test_no_note_joins_that_takes_the_last_pitch():
    rules = CellRules(rhythm=((0, 24), (0, 12)), scale=frozenset({0}), low=48, high=60)
    guard, grammar = after_notes(rules, [(0, 24, 48, 9)])
    assert np.flatnonzero(guard.mask(grammar)).tolist() == [token_id("DUR", 11)]


def test_a_long_duration_is_not_begun_again():
    rules = CellRules(rhythm=((0, 97), (97, 97)), max_group=1, velocities=(9, 9))
    guard, grammar = after_notes(rules, [(0, 97, 60, 9)], length=98)
    allowed = np.flatnonzero(guard.mask(grammar))
    assert set(FAMILY_OF[allowed]) == {FAMILY_OF[token_id("PITCH")]}


def test_the_guard_wants_an_open_cell():
    guard = CellGuard(CellRules())
    with pytest.raises(ParameterError, match="no cell is open"):
        guard.mask(Grammar())
    with pytest.raises(ParameterError, match="has seen no cell"):
        _ = guard.table

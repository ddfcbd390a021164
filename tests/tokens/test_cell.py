"""The notes of one cell: the mask holds exactly the beginnings of what may legally be said."""

from __future__ import annotations

import numpy as np
import pytest

from motet.tokens.cell import CellState
from motet.tokens.vocab import FAMILIES, FAMILY_NAMES, FAMILY_OF, VOCAB_SIZE, token_id, token_name


def ids_of(text):
    """Return ids of names such as ``POS_3 DUR_0``."""
    ids = []
    for word in text.split():
        name, _, value = word.partition("_")
        ids.append(token_id(name, int(value or 0)))
    return ids


def allowed(cell):
    """Return what may come, as a set of ids."""
    mask = np.zeros(VOCAB_SIZE, dtype=np.bool_)
    cell.allow(mask)
    return set(np.flatnonzero(mask).tolist())


def legal_notes(cell, pitches, durations):
    """Return each note that may follow in a cell, from the rules in words."""
    later = [
        (pos, duration, pitch)
        for pos in range(cell.onset + 1, cell.length)
        for duration in durations
        for pitch in pitches
    ]
    if cell.onset < 0:
        return later
    return later + [
        (cell.onset, duration, pitch)
        for duration in durations
        for pitch in pitches
        if pitch not in cell.group
        and (duration < cell.duration or (duration == cell.duration and pitch > cell.group[-1]))
    ]


def spell(note, velocity, cell):
    """Return how one note is said after what was said."""
    pos, duration, pitch = note
    ids = []
    if pos != cell.onset and pos != cell.cursor:
        ids.append(token_id("POS", pos))
    if duration != cell.duration:
        if duration > 96:
            ids.append(token_id("DURX", (duration - 1) // 96 - 1))
        ids.append(token_id("DUR", (duration - 1) % 96))
    if velocity != cell.velocity:
        ids.append(token_id("VEL", velocity))
    return [*ids, token_id("ADD" if pos == cell.onset else "PITCH", pitch)]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "DUR_1 PITCH_60",
        "DUR_1 PITCH_60 DUR_0 ADD_3",
        "DUR_7 PITCH_126",
        "DUR_7 PITCH_126 ADD_127",
        "DUR_0 PITCH_127",
        "POS_3 DURX_0 DUR_0 PITCH_0 ADD_5",
        "DURX_0 DUR_1 PITCH_127 DURX_0 DUR_0 ADD_126",
        "DURX_15 DUR_95 PITCH_60",
    ],
)
def test_the_mask_of_a_cell_is_the_prefixes_of_all_legal_notes(said):
    cell = CellState(4, is_drums=False)
    for token in ids_of(said):
        cell.push(token)
    near = sorted({1, 2, 6, 97, max(cell.duration, 1), max(cell.duration - 1, 1)})
    few = [0, 127] if cell.group else [0]
    follow = {}
    notes = legal_notes(cell, few, range(1, 1633)) + legal_notes(cell, range(128), near)
    for note in notes:
        for velocity in (cell.velocity, 3):
            one = tuple(spell(note, velocity, cell))
            for at in range(len(one)):
                follow.setdefault(one[:at], set()).add(one[at])
    ignored = {token_id("VEL", value) for value in range(16) if value != 3}
    pitches = {token_id(family, value) for family in ("PITCH", "ADD") for value in range(128)}
    prefixes = sorted(follow)[:: max(1, len(follow) // 400)]
    for prefix in prefixes:
        other = cell.copy()
        for token in prefix:
            other.push(token)
        skip = set(ignored)
        if (other.said_duration or cell.duration) not in near:
            skip |= pitches  # not all were listed for this duration
        assert allowed(other) - skip == follow[prefix] - skip, [token_name(one) for one in prefix]


def test_drums_always_say_where_and_have_no_durations():
    cell = CellState(300, is_drums=True)
    assert allowed(cell) == set(
        ids_of(" ".join(f"POS_{pos}" for pos in range(144)) + " POSX_0 POSX_1")
    )
    for token in ids_of("POSX_1 POS_10"):
        cell.push(token)
    names = {FAMILY_NAMES[FAMILY_OF[token]] for token in allowed(cell)}
    assert names == {"VEL", "DRUM"}
    for token in ids_of("VEL_3 DRUM_9 DRUM_12"):
        cell.push(token)
    assert cell.notes == [(298, 6, 36, 3), (298, 6, 39, 3)]
    velocities = set(range(FAMILIES["VEL"].start, FAMILIES["VEL"].end)) - {token_id("VEL", 3)}
    keys = {token_id("DRUM", value) for value in range(13, 61)}
    assert allowed(cell) == velocities | keys | {token_id("POSX", 1)}
    for token in ids_of("POSX_1"):
        cell.push(token)
    assert allowed(cell) == {token_id("POS", 11)}


def test_no_number_is_begun_that_only_the_cursor_could_end():
    cell = CellState(145, is_drums=False)
    for token in ids_of("POS_140 DUR_3 PITCH_60"):
        cell.push(token)
    assert cell.cursor == 144
    assert token_id("POSX", 0) not in allowed(cell)
    cell = CellState(146, is_drums=False)
    for token in ids_of("POS_140 DUR_3 PITCH_60"):
        cell.push(token)
    assert token_id("POSX", 0) in allowed(cell)


def test_a_full_group_takes_no_more():
    cell = CellState(4, is_drums=False)
    for token in ids_of(
        "POS_3 DUR_9 PITCH_0 " + " ".join(f"ADD_{pitch}" for pitch in range(1, 128))
    ):
        cell.push(token)
    assert allowed(cell) == set()
    assert not cell.is_partial


def test_copies_are_independent():
    cell = CellState(96, is_drums=False)
    other = cell.copy()
    for token in ids_of("DUR_5 PITCH_60"):
        other.push(token)
    assert (cell.notes, cell.group, cell.cursor) == ([], [], 0)
    assert (other.notes, other.group, other.cursor, other.n_groups) == ([(0, 6, 60, 9)], [60], 6, 1)

"""What is locked comes back as it was, and the proof finds what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ConstraintError
from motet.project.keep import check_kept, keep_locked
from motet.project.lock import LAYERS, Lock
from motet.score import Score, change_resolution, make_score, trim

BEFORE = make_score(
    "C4:1 D4:1 E4:2 | F4:4 | G4:2 A4:2 | C4+E4:4", "C3:4 | F3:2 C3:2 | G2:4 | C3:4",
    chords="C:4 F:4 G:4 C:4",
)  # fmt: skip
AFTER = make_score(
    "G4:3 A4:1 | B4:1 C5:1 D5:2 | E5:1 D5:1 C5:1 B4:1 | G4+B4:2 C5:2",
    "G3:2 A3:2 | B3:4 | C4:1 D4:3 | E4:4", chords="Am:8 Dm:8",
)  # fmt: skip
LOCKS = st.builds(
    Lock,
    st.sampled_from(["", "Part 1", "Part 2", "Part 1:1-2", "Part 2:3", "2", "3-4", "Part 1:4"]),
    st.sampled_from(LAYERS),
)


@settings(max_examples=60)
@given(st.lists(LOCKS, max_size=4))
def test_every_lock_is_kept(locks: list[Lock]) -> None:
    found = keep_locked(BEFORE, AFTER, locks)
    assert check_kept(BEFORE, found, locks) == ()
    assert found.n_bars == BEFORE.n_bars


def test_what_is_not_locked_is_the_new() -> None:
    found = keep_locked(BEFORE, AFTER, [Lock("Part 1:1")])
    assert found.parts[1] == AFTER.parts[1]
    assert [n.pitch for n in found.parts[0].notes[:3]] == [60, 62, 64]
    assert found.parts[0].notes[3:] == AFTER.parts[0].notes[2:]


def test_layers_are_mixed() -> None:
    found = keep_locked(BEFORE, AFTER, [Lock("Part 1:1", "rhythm"), Lock("Part 1:3", "pitch")])
    notes = found.parts[0].notes
    assert [(n.onset_tick, n.pitch) for n in notes[:3]] == [(0, 67), (480, 67), (960, 69)]
    third = [(n.onset_tick - 3840, n.pitch) for n in notes if 3840 <= n.onset_tick < 5760]
    assert third == [(0, 67), (1440, 69)]


def test_another_resolution_is_brought_back() -> None:
    fine = change_resolution(AFTER, resolution=960).score
    found = keep_locked(BEFORE, fine, [Lock("2")])
    assert found.resolution == 480
    assert check_kept(BEFORE, found, [Lock("2")]) == ()


@pytest.mark.parametrize(
    "after",
    [
        AFTER.with_parts(AFTER.parts[0]),
        make_score("G4:3 A4:3", "C3:6", metre="3/4"),
        trim(AFTER, start_bar=0, end_bar=2),
    ],
)
def test_a_task_that_takes_the_ground_away_is_refused(after: Score) -> None:
    with pytest.raises(ConstraintError, match="locked") as caught:
        keep_locked(BEFORE, after, [Lock("Part 2:4")])
    assert "锁定" in caught.value.zh


def spoiled(where: int, **change: int) -> Score:
    notes = list(BEFORE.parts[0].notes)
    notes[where] = replace(notes[where], **change)
    return BEFORE.with_parts(replace(BEFORE.parts[0], notes=tuple(notes)), BEFORE.parts[1])


@pytest.mark.parametrize(
    ("after", "lock", "said"),
    [
        (spoiled(1, pitch=63), Lock("Part 1:1"), "Part 1:1 (all)"),
        (spoiled(1, velocity=79), Lock("Part 1:1"), "Part 1:1 (all)"),
        (spoiled(1, onset_tick=481), Lock("Part 1", "rhythm"), "Part 1:1 (rhythm)"),
        (spoiled(1, duration_tick=479), Lock("1", "rhythm"), "Part 1:1 (rhythm)"),
        (spoiled(1, pitch=63), Lock("", "pitch"), "Part 1:1 (pitch)"),
        (replace(BEFORE, chords=BEFORE.chords[:2]), Lock("", "harmony"), "3 (harmony)"),
        (BEFORE.with_parts(BEFORE.parts[1]), Lock("Part 1:2"), "Part 1:2 (all)"),
    ],
)
def test_the_proof_sees_what_was_broken(after: Score, lock: Lock, said: str) -> None:
    assert said in check_kept(BEFORE, after, [lock])
    assert check_kept(BEFORE, BEFORE, [lock]) == ()


def test_cells_outside_a_selection_must_be_whole() -> None:
    assert check_kept(BEFORE, AFTER, [], outside=[(0, 1)]) == ("Part 2:1 (all)",)
    found = keep_locked(BEFORE, AFTER, [], outside=[(0, 1)])
    assert check_kept(BEFORE, found, [], outside=[(0, 1)]) == ()

"""Rules of cells: what clashes is said before anything is written, and cells do not spoil each other."""

from __future__ import annotations

import pytest

from motet.engine.rules import CellRules, check_rules, link_rules
from motet.errors import ConstraintError

MAJOR = frozenset({0, 2, 4, 5, 7, 9, 11})


@pytest.mark.parametrize(
    ("rules", "what", "zh"),
    [
        ({"n_positions": 0}, "a bar has 1 to 1151 positions", "格位"),
        ({"low": 70, "high": 60}, "lowest pitch 70 lies above the highest, 60", "高于最高音"),
        (
            {"scale": MAJOR, "low": 61, "high": 61},
            "no pitch of the scale lies from 61 to 61",
            "音阶",
        ),
        ({"max_polyphony": 0}, "max_polyphony 0 allows no note", "max_polyphony"),
        ({"max_group": 0}, "max_group 0 allows no note", "max_group"),
        ({"min_onsets": 5, "max_onsets": 4}, "at least 5 onsets clash with at most 4", "至多 4"),
        ({"velocities": (9, 3)}, "velocities 9 to 3", "力度"),
        ({"min_onsets": 97}, "97 onsets are asked for, but the bar has 96 positions", "96 个格位"),
        ({"min_onsets": 25, "last_end": 24}, "all notes must end by position 24", "24 前结束"),
        ({"min_onsets": 1, "last_end": 0}, "all notes must end by position 0", "0 前结束"),
        ({"drum_keys": frozenset()}, "drum_keys holds no percussion key", "打击乐键"),
        ({"drum_keys": frozenset({5})}, "drum_keys holds no percussion key from 27 to 87", "87"),
        (
            {
                "scale": MAJOR,
                "low": 62,
                "high": 63,
                "chords": ((0, 96, frozenset({0, 4, 7})),),
                "strong": frozenset(range(96)),
            },
            "no pitch of the scale lies from 62 to 63",
            "音域",
        ),
        (
            {
                "min_onsets": 96,
                "scale": MAJOR,
                "low": 62,
                "high": 65,
                "chords": ((0, 96, frozenset({0, 7})),),
                "strong": frozenset({0, 48}),
            },
            "chord tones at strong places and range leave a pitch at 94 positions",
            "强位和弦音",
        ),
        ({"rhythm": ((0, 24), (90, 7)), "last_end": 96}, "at position 90 that lasts to 97", "97"),
        ({"rhythm": ((96, 1),)}, "a note at position 96 of length 1", "位置 96"),
        ({"rhythm": ((0, 0),)}, "a note at position 0 of length 0", "时值 0"),
        ({"rhythm": ((0, 1633),)}, "lengths 1 to 1632", "1632"),
        (
            {"rhythm": ((0, 48), (24, 24)), "max_polyphony": 1},
            "2 notes sounding at position 24, held ones included, which clashes with at most 1",
            "同时发声",
        ),
        (
            {"rhythm": ((0, 48), (0, 48)), "max_group": 1},
            "begins 2 notes at position 0, which clashes with at most 1",
            "同时开始",
        ),
        (
            {"rhythm": ((0, 8), (0, 8)), "scale": frozenset({0}), "low": 60, "high": 71},
            "position 0 of the fixed rhythm asks for 2 notes",
            "需要 2 个音",
        ),
        (
            {
                "rhythm": ((0, 8), (48, 8)),
                "low": 62,
                "high": 62,
                "chords": ((48, 96, frozenset({0})),),
                "strong": frozenset({48}),
            },
            "position 48 of the fixed rhythm asks for 1 notes, but key, chord and range leave 0",
            "位置 48",
        ),
        (
            {"rhythm": ((0, 8),), "min_onsets": 2},
            "has 1 onsets, which clashes with at least 2",
            "至少 2",
        ),
        (
            {"rhythm": ((0, 8), (9, 8)), "max_onsets": 1},
            "has 2 onsets, which clashes with at most 1",
            "至多 1",
        ),
        ({"rhythm": ((0, 8),), "max_onsets": 0}, "clashes with at most 0 onsets", "固定节奏"),
    ],
)
def test_what_cannot_be_met_is_named_in_both_languages(rules, what, zh):
    with pytest.raises(ConstraintError) as caught:
        check_rules(CellRules(**{"n_positions": 96, **rules}), place="bar 3, part 2")
    assert what in caught.value.en
    assert zh in caught.value.zh
    assert str(caught.value).startswith("bar 3, part 2: ")
    assert caught.value.localised("zh").startswith("第 3 小节")


@pytest.mark.parametrize(
    "rules",
    [
        {},
        {"max_onsets": 0},
        {"max_onsets": 0, "drum_keys": frozenset()},
        {"min_onsets": 96},
        {"min_onsets": 24, "last_end": 24},
        {"rhythm": ((0, 96), (0, 96), (48, 200)), "max_polyphony": 3},
        {"rhythm": ((0, 1632),)},
        {"scale": frozenset({0}), "low": 60, "high": 60, "min_onsets": 96, "max_polyphony": 1},
        {"scale": frozenset(), "chords": ((0, 9, frozenset({0})),), "min_onsets": 9},
    ],
)
def test_what_can_be_met_passes(rules):
    check_rules(CellRules(**{"n_positions": 96, **rules}))


def test_notes_held_in_take_voices():
    rules = CellRules(n_positions=96, max_polyphony=2, min_onsets=7)
    check_rules(rules, sounding=[(90, 60)])
    check_rules(rules, sounding=[(90, 60), (89, 64)])
    with pytest.raises(ConstraintError, match="held from earlier bars leave no voice of 2 free"):
        check_rules(rules, sounding=[(90, 60), (90, 64)])
    check_rules(rules, sounding=[(90, 60), (90, 64)], is_drums=True)


def test_a_note_ends_before_a_later_bar_needs_its_voice():
    solo = CellRules(max_polyphony=1)
    rules = {
        (0, 0): solo,
        (1, 0): CellRules(max_polyphony=1, rhythm=((12, 12),)),
        (2, 0): CellRules(max_polyphony=1, min_onsets=48),
        (0, 1): CellRules(),
        (1, 1): CellRules(min_onsets=96),
    }
    linked = link_rules(rules, bar_lengths=[96, 96, 96])
    assert list(linked) == list(rules)
    assert {one.n_positions for one in linked.values()} == {96}
    assert linked[0, 0].last_end == 96 + 12
    assert (linked[1, 0].last_end, linked[1, 0].join_end) == (None, 96 + 48)
    assert linked[2, 0].last_end is None
    assert linked[0, 1].last_end is None  # polyphony is not bounded there
    assert link_rules(linked, bar_lengths=[96, 96, 96]) == linked


def test_the_notes_of_a_rhythm_count_in_later_bars():
    rules = {
        (0, 0): CellRules(max_polyphony=1, rhythm=((0, 100),)),
        (1, 0): CellRules(max_polyphony=1, rhythm=((0, 4),)),
    }
    with pytest.raises(ConstraintError, match=r"bar 2, part 1: .* 2 notes sounding at position 0"):
        link_rules(rules, bar_lengths=[96, 96])
    rules[1, 0] = CellRules(max_polyphony=1, rhythm=((4, 4),))
    link_rules(rules, bar_lengths=[96, 96])


def test_an_end_that_was_asked_for_stays():
    rules = {
        (0, 0): CellRules(max_polyphony=1, last_end=50),
        (1, 0): CellRules(max_polyphony=1, min_onsets=1),
    }
    assert link_rules(rules, bar_lengths=[96, 96])[0, 0].last_end == 50


def test_drums_hold_nothing():
    rules = {
        (0, 0): CellRules(max_polyphony=2),
        (1, 0): CellRules(max_polyphony=2, min_onsets=96),
    }
    linked = link_rules(rules, bar_lengths=[96, 96], drum_parts=[0])
    assert linked[0, 0].last_end is None

"""From bounds to rules: normalised, bent by chords, counted out over the bars."""

from __future__ import annotations

import pytest

from motet.brief import Brief
from motet.errors import ConstraintError
from motet.tasks.plan import plan_brief


def test_rules_are_in_normalised_pitch() -> None:
    plan = plan_brief(Brief(parts=[{"instrument": "flute", "low": 62, "high": 74}], bars=2, key="D",
                            chords="D | A7", ground="model"))  # fmt: skip
    first = plan.rules[0, 0]
    assert 60 <= first.low < first.high <= 72
    assert first.scale == {0, 2, 4, 5, 7, 9, 11}
    assert first.chords == ((0, 96, frozenset({0, 4, 7})),)
    assert first.strong == {0, 48}
    assert first.max_polyphony == 1


def test_the_bass_begins_each_chord_on_its_lowest_tone() -> None:
    plan = plan_brief(
        Brief(parts="acoustic_bass:bass,flute", bars=2, key="C", chords="C/E | G", ground="model")
    )
    assert plan.rules[0, 0].chords == ((0, 1, frozenset({4})), (1, 96, frozenset({0, 4, 7})))


def test_the_last_bar_is_one_long_chord_tone() -> None:
    plan = plan_brief(Brief(parts="flute", bars=2, key="C", chords="G7 | Cmaj7", ground="model"))
    last = plan.rules[1, 0]
    assert last.rhythm == ((0, 96),)
    assert last.strong == set(range(96))
    assert last.chords == ((0, 96, frozenset({0})),)


def test_densities_add_up_over_the_bars() -> None:
    wish = {"instrument": "piano", "role": "comping", "density": [0.6, 0.7]}
    plan = plan_brief(Brief(parts=[wish], bars=9, key="C", metre="4/4"))
    rules = [plan.rules[bar, 0] for bar in range(8)]
    assert sum(one.min_onsets for one in rules) <= 0.7 * 32
    assert sum(one.max_onsets or 0 for one in rules) >= 0.6 * 32
    assert all(one.min_onsets <= (one.max_onsets or 0) for one in rules)


def test_fixed_rhythms_and_rests() -> None:
    wish = {"instrument": "flute", "rhythm": "x--x | xxx.", "rests": "3"}
    plan = plan_brief(Brief(parts=[wish], bars=4, key="C", metre="4/4", ground="model"))
    assert plan.rules[0, 0].rhythm == ((0, 72), (72, 24))
    assert plan.rules[1, 0].rhythm == ((0, 24), (24, 24), (48, 24))
    assert plan.rules[2, 0].max_onsets == 0
    assert plan.rules[1, 0].last_end == 96


def test_free_harmony_asks_for_nothing_but_the_range() -> None:
    plan = plan_brief(Brief(parts="flute", bars=2, harmony="free", ground="model"))
    assert plan.rules[0, 0].scale is None
    assert plan.rules[0, 0].strong == frozenset()
    scale = plan_brief(Brief(parts="flute", bars=2, harmony="scale", ground="model"))
    assert scale.rules[0, 0].strong == frozenset()
    assert scale.rules[1, 0].strong == set(range(scale.rules[1, 0].n_positions))
    assert scale.rules[0, 0].scale is not None


def test_melodies_breathe_where_phrases_end() -> None:
    plan = plan_brief(Brief(parts="flute", bars=8, metre="4/4", ground="model"))
    assert plan.rules[3, 0].min_onsets == 1
    assert plan.rules[0, 0].min_onsets >= 2
    assert plan.rules[3, 0].last_end == 96
    assert 96 < (plan.rules[2, 0].last_end or 0) <= 192


@pytest.mark.parametrize(
    ("wish", "word"),
    [
        ({"instrument": "flute", "low": 61, "high": 61}, "61"),
        ({"instrument": "flute", "density": [0.05, 0.06]}, "density"),
        ({"instrument": "flute", "rests": "1-2"}, "rests"),
        ({"instrument": "flute", "density": [2, 3], "rhythm": "xxxx"}, "rhythm"),
    ],
)
def test_what_cannot_be_met_is_refused_before_a_note(wish: dict[str, object], word: str) -> None:
    brief = Brief(parts=[wish], bars=2, key="C", chords="C | C", metre="4/4", ground="model")
    with pytest.raises(ConstraintError) as caught:
        plan_brief(brief)
    assert word in str(caught.value)
    assert caught.value.localised("zh") != str(caught.value)


def test_an_altered_tone_puts_the_one_it_replaces_out_of_use() -> None:
    plan = plan_brief(
        Brief(parts="flute", bars=3, key="C", chords="D7 | Gm C | G7", ground="model")
    )
    assert plan.rules[0, 0].avoid == ((0, 96, frozenset({5})),)
    assert plan.rules[1, 0].avoid == ((0, 48, frozenset({11})),)
    assert plan.rules[2, 0].avoid == ()


def test_a_tune_that_cannot_reach_the_root_ends_on_the_chord() -> None:
    wish = {"instrument": "flute", "role": "melody", "low": 74, "high": 81}
    plan = plan_brief(Brief(parts=[wish], bars=2, key="C", chords="G | C", ground="model"))
    assert plan.rules[1, 0].chords == ((0, 96, frozenset({0, 4, 7})),)

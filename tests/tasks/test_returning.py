"""Sections that return: their order, how they differ, their chords and their accompaniment."""

from __future__ import annotations

from collections import Counter

import pytest

from motet.brief import Brief
from motet.tasks.cast import choose_cast
from motet.tasks.frame import FrameSection, plan_frame
from motet.tasks.ground import lay_ground, plan_ground
from motet.tasks.harmony import HeldHarmony
from motet.tasks.manner import Manner
from motet.tasks.returning import order_labels, plan_changes, refresh_ground

EIGHT = [(label, 8 * k, 8) for k, label in enumerate("AABACDBA")]


@pytest.mark.parametrize("n_blocks", range(1, 20))
@pytest.mark.parametrize("seed", range(4))
def test_a_piece_begins_and_ends_with_its_first_idea(n_blocks: int, seed: int) -> None:
    labels = order_labels(n_blocks, seed=seed)
    assert len(labels) == n_blocks
    assert labels[0] == "A"
    assert labels[-1] == ("B" if n_blocks == 2 else "A")
    if n_blocks > 4:
        assert len(set(labels)) >= 3
        assert ("A", "A", "A") not in [labels[k : k + 3] for k in range(n_blocks)]


def test_only_returns_change_and_mostly_they_do() -> None:
    told: Counter[str] = Counter()
    for seed in range(60):
        found = plan_changes(EIGHT, style="pop", repeats="vary", seed=seed)
        assert set(found) == {8, 24, 48, 56}
        told.update(found.values())
    assert told[""] < told["ornament"] < told["answer"]
    reels: Counter[str] = Counter()
    for seed in range(60):
        reels.update(plan_changes(EIGHT, style="reel", repeats="vary", seed=seed).values())
    assert reels["answer"] < reels[""]


@pytest.mark.parametrize("repeats", ["copy", "rhythm", "new"])
def test_who_asks_for_something_else_gets_no_change(repeats: str) -> None:
    assert set(plan_changes(EIGHT, style="", repeats=repeats, seed=1).values()) == {""}


def test_a_short_section_never_answers() -> None:
    short = [("A", 4 * k, 4) for k in range(30)]
    found = plan_changes(short, style="", repeats="vary", seed=0)
    assert "answer" not in found.values()
    assert "ornament" in found.values()


def test_an_answer_has_other_chords_in_its_second_half_an_ornament_in_its_cadence() -> None:
    n_other = n_answers = n_cadences = 0
    for seed in range(8):
        frame = plan_frame(Brief(style="pop", bars=64, seed=seed, key="G"))
        held = HeldHarmony(frame.score)
        for section in frame.sections[:-1]:
            if section.model_bar < 0:
                continue
            same = [held.are_same(section.model_bar + k, section.start_bar + k) for k in range(8)]
            assert all(same[:4])
            if section.change == "answer":
                n_answers += 1
                n_other += not all(same[4:])
            elif section.change == "ornament":
                assert all(same[:6])
                n_cadences += not all(same)
            else:
                assert all(same)
        assert frame.key.name() == "G major"
    assert n_answers > 4
    assert n_cadences
    assert n_other > n_answers / 2


def test_chords_that_were_asked_for_stay() -> None:
    for seed in range(6):
        frame = plan_frame(Brief(chords="C Am F G", form="A8 B8 A8 A8", seed=seed))
        held = HeldHarmony(frame.score)
        assert all(held.are_same(k, k % 4) for k in range(31))


def test_the_accompaniment_of_a_return_is_not_that_of_the_first_time() -> None:
    n_other = 0
    for seed in range(6):
        brief = Brief(style="bossa", form="A8 A8", seed=seed, chords="Dm7 G7 Cmaj7 A7")
        frame, cast = plan_frame(brief), choose_cast(brief)
        (comping,) = (k for k, one in enumerate(cast) if one.role == "comping")
        told = {
            refreshed: [
                (note.onset_tick, note.pitch)
                for note in lay_ground(
                    frame, cast, [comping], seed=seed, manner=Manner(is_refreshed=refreshed)
                )[comping].notes
            ]
            for refreshed in (True, False)
        }
        half = frame.score.bars[8].start_tick
        first, again = (
            [[one for one in told[key] if one[0] < half] for key in (True, False)],
            [[one for one in told[key] if one[0] >= half] for key in (True, False)],
        )
        assert first[0][:100] == first[1][:100]  # the last chord before may be led elsewhere
        n_other += again[0] != again[1]
    assert n_other >= 4


def test_nobody_falls_silent_in_a_return() -> None:
    for style in ("pop", "orchestral", "funk"):
        frame = plan_frame(Brief(style=style, form="A8 A8 A8", seed=1))
        plain = plan_ground(frame, intensity=3, manner=Manner(is_refreshed=False))
        fresh = refresh_ground(plain, frame.sections)
        for one, two in zip(plain.bars, fresh.bars, strict=True):
            who = [
                {layer.owner for layer in bar.groove.layers if layer.levels[0] <= bar.intensity}
                for bar in (one, two)
            ]
            assert who[0] <= who[1]
            assert abs(one.intensity - two.intensity) <= 1
        assert plain.bars[:4] == fresh.bars[:4]
        assert [bar.intensity for bar in plain.bars[:8]] == [
            bar.intensity for bar in fresh.bars[:8]
        ]
        assert plain.harmony == fresh.harmony


def test_a_section_without_a_model_is_left_alone() -> None:
    frame = plan_frame(Brief(form="A6 B6", seed=1))
    plain = plan_ground(frame, manner=Manner(is_refreshed=False))
    assert refresh_ground(plain, [FrameSection("A", 0, 6), FrameSection("A", 6, 12)]) == plain


def test_players_go_on_to_another_pattern_half_way() -> None:
    frame = plan_frame(Brief(style="bossa", form="A8", seed=1))
    plain = plan_ground(frame, manner=Manner(is_refreshed=False))
    fresh = refresh_ground(plain, frame.sections)
    assert plain.bars[:4] == fresh.bars[:4]
    for one, two in zip(plain.bars[4:], fresh.bars[4:], strict=True):
        assert one.groove.drums == two.groove.drums
        for row, turned in zip(one.groove.layers, two.groove.layers, strict=True):
            assert (*row.patterns[1:], row.patterns[0]) == turned.patterns

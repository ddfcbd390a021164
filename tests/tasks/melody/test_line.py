"""One line written into a score."""

from __future__ import annotations

from dataclasses import replace

from motet.brief import Brief, PartBrief
from motet.engine.bundle import Bundle
from motet.score import Part, Score, make_score
from motet.tasks.cast import plan_part
from motet.tasks.echo import Echo
from motet.tasks.melody.line import block_sections, write_line
from motet.theory.scale import Key

PLAN = plan_part(PartBrief(instrument="flute"), role="melody")


def frame(n_bars: int = 4) -> Score:
    score = make_score("C3:4 " * n_bars, chords="C:4 " * n_bars, fifths=0)
    return replace(score, parts=(*score.parts, Part(name="Flute", program=73)))


def test_a_fixed_rhythm_is_kept_and_rests_are_silent(bundle: Bundle) -> None:
    score = frame()
    rhythms = {0: ((0, 48), (48, 48)), 1: (), 2: ((24, 24),), 3: ((0, 96),)}
    line = write_line(
        score, 1, PLAN, sections=block_sections(score), key=Key("C"), chords=score.chords,
        brief=Brief(candidates=1), bundle=bundle, rhythms=rhythms, ends=False, originality=False,
    )  # fmt: skip
    assert [note.onset_tick for note in line.score.parts[1].notes] == [0, 960, 4320, 5760]
    assert line.score.parts[0] == score.parts[0]
    assert line.draft is not None


def test_an_echo_is_a_copy(bundle: Bundle) -> None:
    score = frame()
    rhythm = ((0, 24), (24, 24), (48, 48))
    line = write_line(
        score, 1, PLAN, sections=block_sections(score), key=Key("C"), chords=score.chords,
        brief=Brief(candidates=1, seed=4), bundle=bundle, rhythms=dict.fromkeys(range(4), rhythm),
        ends=False, echoes={2: Echo(0, "copy")}, originality=False,
    )  # fmt: skip
    bars = [
        [n.pitch for n in line.score.parts[1].notes if n.onset_tick // 1920 == k] for k in range(4)
    ]
    assert bars[2] == bars[0]


def test_without_a_model_the_arranger_finds_pitches() -> None:
    score = frame()
    line = write_line(
        score, 1, PLAN, sections=block_sections(score), key=Key("C"), chords=score.chords,
        brief=Brief(), bundle=None, rhythms={0: ((0, 96),)}, bars=[0],
    )  # fmt: skip
    assert line.draft is None
    assert len(line.score.parts[1].notes) == 1


def test_blocks_know_which_harmony_returns() -> None:
    score = make_score(" ".join(["C4:4"] * 19), chords="C:32 G:32 C:12")
    found = block_sections(score)
    assert [(one.label, one.start_bar, one.end_bar) for one in found] == [("A", 0, 8), ("B", 8, 19)]
    pickup = block_sections(score, start_bar=1)
    assert pickup[0].start_bar == 1

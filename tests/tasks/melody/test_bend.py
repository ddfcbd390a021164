"""Other notes between a tune's main ones; some bars anew."""

from __future__ import annotations

from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.score import make_score
from motet.tasks.melody.bend import bend_line, rewrite_bars
from motet.theory.scale import Key

TUNE = make_score(
    "C5:1 D5:1 E5:1 F5:1 | G5:1 A5:1 G5:2 | F5:1 E5:1 D5:1 E5:1 | C5:4",
    fifths=0,
    chords="C:8 G:4 C:4",
)


def test_main_notes_and_rhythm_stay() -> None:
    line = TUNE.parts[0].notes
    done = bend_line(TUNE, 0, line, 1.0, Key("C"), Brief(seed=3), None, {})
    assert [n.onset_tick for n in done] == [n.onset_tick for n in line]
    assert done[0].pitch == line[0].pitch
    assert done[-1].pitch == line[-1].pitch
    assert [n.pitch for n in done] != [n.pitch for n in line]


def test_less_strength_bends_less() -> None:
    line = TUNE.parts[0].notes
    low, high = (
        sum(
            a.pitch != b.pitch
            for seed in range(8)
            for a, b in zip(
                bend_line(TUNE, 0, line, strength, Key("C"), Brief(seed=seed), None, {}), line,
                strict=True,
            )
        )
        for strength in (0.2, 1.0)
    )  # fmt: skip
    assert low < high


def test_only_chosen_bars_are_new(bundle: Bundle) -> None:
    cells = {(bar, 0) for bar in range(4)}
    job = {"on_bar": None, "cancel": None, "originality": False}
    done, story = rewrite_bars(TUNE, cells, 0.5, Key("C"), Brief(seed=1, candidates=1), bundle, job)
    changed = {
        bar
        for bar in range(4)
        if [n for n in done.parts[0].notes if n.onset_tick // 1920 == bar]
        != [n for n in TUNE.parts[0].notes if n.onset_tick // 1920 == bar]
    }
    assert 1 <= len(changed) <= 2
    assert 0 not in changed
    assert story["n_tokens"] > 0

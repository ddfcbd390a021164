"""Chords that a brief leaves open are as surprising as it asks, and everything else still holds."""

from __future__ import annotations

from statistics import mean

import numpy as np
import pytest

from motet.arranger.planning import plan_invented
from motet.arranger.request import ArrangeRequest
from motet.arranger.style_file import find_style
from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.tasks.compose import compose
from motet.tasks.emotion import mood_style
from motet.tasks.frame import Frame, plan_frame
from motet.tasks.harmonise.habits import surprise_bits
from motet.tasks.harmony import read_harmony
from motet.tasks.surprise import choose_surprising

STYLES = ("pop", "swing", "string-quartet", "bossa")


def bits(frame: Frame) -> float:
    chords = [one.chord for one in read_harmony(frame.score)]
    return mean(surprise_bits(chords, frame.key, style=frame.style.name))


def test_more_surprise_gives_rarer_chords() -> None:
    found = {
        asked: mean(
            bits(plan_frame(Brief(style=STYLES[seed % 4], surprise=asked, seed=seed, bars=8)))
            for seed in range(20)
        )
        for asked in (0.0, 0.5, 1.0)
    }
    assert found[0.5] > found[0.0] + 0.5, found
    assert found[1.0] > found[0.5] + 1.0, found


def test_sections_of_one_label_have_the_same_chords_and_the_piece_comes_home() -> None:
    frame = plan_frame(Brief(style="pop", key="G", form="A8 B8 A8", surprise=0.9, seed=4))
    symbols = [one.symbol for one in frame.score.chords]
    size = frame.score.bars[8].start_tick
    by_tick = [
        [one.symbol for one in frame.score.chords if start <= one.tick < start + size * 3 // 4]
        for start in (0, 2 * size)
    ]
    assert by_tick[0] == by_tick[1]
    assert (symbols[0], symbols[-1]) == ("G", "G")


def test_what_decides_the_chords_otherwise_stays() -> None:
    blues = find_style("blues")
    plan = plan_invented(ArrangeRequest(style="blues", bars=12), blues)
    assert choose_surprising(plan, Brief(surprise=0.9), blues) is plan
    pop = find_style("pop")
    moved = plan_invented(
        ArrangeRequest(style="pop", bars=8), mood_style(pop, Brief(emotion="tense"))
    )
    assert choose_surprising(moved, Brief(surprise=0.9, emotion="tense"), pop) is moved
    given = [plan_frame(Brief(chords="C F G C", surprise=s)).score.chords for s in (0.0, 1.0)]
    assert given[0] == given[1]
    usual = [plan_frame(Brief(style="pop", seed=s, bars=8)).score.chords for s in (1, 1)]
    assert usual[0] == usual[1]


@pytest.mark.parametrize("avoid", ["chromatic notes", "seventh chords"])
def test_what_is_avoided_is_avoided(avoid: str) -> None:
    frame = plan_frame(Brief(style="swing", key="C", surprise=1.0, avoid=avoid, bars=8, seed=3))
    for one in read_harmony(frame.score):
        if avoid == "seventh chords":
            assert len(one.chord.pcs) <= 3, one
        else:
            assert set(one.chord.pcs) <= {0, 2, 4, 5, 7, 9, 11}, one


def test_every_guarantee_holds(bundle: Bundle) -> None:
    rng = np.random.default_rng(5)
    for seed in range(8):
        brief = Brief(
            style=STYLES[seed % 4], surprise=round(float(rng.random()), 2), seed=seed, bars=4,
            metre=("3/4", "4/4", "7/8", "12/8")[seed % 4], key=("D", "B minor")[seed % 2],
            parts="flute:melody,piano:comping,acoustic_bass:bass", candidates=1,
        )  # fmt: skip
        piece = compose(brief, bundle=bundle, originality=False)
        assert piece.adherence.is_met, (brief, piece.adherence.table())

"""A curve of emotion is heard: tempo, loudness, register, chords; and is measured."""

from __future__ import annotations

import numpy as np

from motet.brief import Brief
from motet.score import Score, make_score
from motet.tasks.curve import check_curve, curve_on
from motet.tasks.perform import perform
from motet.tasks.plan import TaskPlan, plan_brief

RISE = "1: gloomy, 16: excited"


def plan_of(**options: object) -> TaskPlan:
    """The plan of 16 bars for four players."""
    wish = {"parts": "flute,piano,acoustic_bass,drums", "bars": 16, "style": "pop", "seed": 2}
    return plan_brief(Brief(**(wish | options)), has_model=False)  # type: ignore[arg-type]


def velocity(score: Score, start: int, end: int) -> float:
    """How loud some bars are."""
    return float(
        np.mean(
            [
                n.velocity
                for p in score.parts
                for n in p.notes
                if start <= score.bar_at(n.onset_tick) < end
            ]
        )
    )


def test_tempo_and_loudness_follow_the_curve() -> None:
    plan = plan_of(emotion=RISE)
    qpms = [tempo.qpm for tempo in plan.score.tempos]
    assert len(qpms) > 4
    assert qpms == sorted(qpms)
    assert qpms[-1] > 1.2 * qpms[0]
    score = perform(plan, plan.score)
    assert velocity(score, 0, 4) + 10 < velocity(score, 12, 16)


def test_a_tempo_that_is_asked_for_holds_throughout() -> None:
    plan = plan_of(emotion=RISE, qpm=100)
    assert [round(tempo.qpm, 3) for tempo in plan.score.tempos] == [100.0]


def test_windows_and_densities_rise_with_the_curve() -> None:
    plan = plan_brief(Brief(parts="flute", bars=16, style="pop", emotion=RISE, seed=1))
    rules = [plan.rules[bar, 0] for bar in range(15)]
    low = [one.low for one in rules]
    assert np.mean(low[:4]) + 3 < np.mean(low[10:14])
    most = [one.max_onsets or 0 for one in rules]
    assert sum(most[:6]) < sum(most[8:14])


def test_chords_darken_and_brighten_where_the_key_is_given() -> None:
    score = plan_of(emotion="1: sad, 9: happy", key="C").score
    minor = [
        one.symbol.startswith(("Am", "Em", "Dm", "Fm", "Bdim", "Ddim")) for one in score.chords
    ]
    bars = [score.bar_at(one.tick) for one in score.chords]
    early = [m for m, bar in zip(minor, bars, strict=True) if bar < 4]
    late = [m for m, bar in zip(minor, bars, strict=True) if bar >= 8]
    assert np.mean(early) > np.mean(late)
    assert score.chords[-1].symbol.startswith("C")


def test_the_check_tells_a_change_that_goes_the_wrong_way() -> None:
    quiet, busy = "C4:4 | " * 4, "C5:.5 E5:.5 G5:.5 E5:.5 C5:.5 E5:.5 G5:1 | " * 4
    up = ((1, 0.0, -0.7), (5, 0.0, 0.9))
    found = [check_curve(make_score(text), up)[1].ok for text in (quiet + busy, busy + quiet)]
    assert found == [True, False]
    assert check_curve(make_score(quiet + busy), ((1, 0.0, 0.0), (5, 0.1, 0.1)))[1].ok is None


def test_the_whole_piece_goes_the_way_of_the_curve() -> None:
    plan = plan_of(emotion="1: calm, 9: excited, 16: sad")
    score = perform(plan, plan.score)
    checks = check_curve(score, plan.brief.emotion_curve)
    assert [one.ok for one in checks] == [True, True]


def test_a_tempo_that_is_there_is_left_by_little() -> None:
    score = make_score("C4:4 " * 16, qpm=100)
    found = curve_on(score, 4, Brief(emotion="5: gloomy, 16: excited"))
    assert found.tempos[0] == score.tempos[0]
    assert next(one.tick for one in found.tempos[1:]) >= 6 * 1920
    speeds = [one.qpm for one in found.tempos]
    assert speeds == sorted(speeds)
    assert 100 < speeds[-1] <= 130.5
    assert curve_on(score, 4, Brief(emotion="calm")) is score

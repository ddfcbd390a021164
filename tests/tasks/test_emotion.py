"""An emotion moves tempo, chords, cast and playing; what the brief names stays."""

from __future__ import annotations

import pytest

from motet.brief import Brief
from motet.score import Score, make_score
from motet.tasks.cast import choose_cast
from motet.tasks.check import Adherence
from motet.tasks.compose import compose
from motet.tasks.emotion import mood_cast, mood_qpm, mood_score, mood_style
from motet.tasks.frame import plan_frame
from motet.tasks.kin import kin_style
from motet.tasks.perform import perform
from motet.tasks.plan import plan_brief
from motet.theory import parse_key
from motet.theory.chord import parse_chord


def written(**options: object) -> Score:
    """A piece by the arranger alone."""
    plan = plan_brief(Brief(**options), has_model=False)  # type: ignore[arg-type]
    return perform(plan, plan.score)


def test_without_an_emotion_nothing_moves() -> None:
    brief = Brief(parts="flute,piano")
    style, cast = kin_style("pop"), choose_cast(brief)
    score = make_score("C4:1 E4:3 | C4:4", "C3:4 | C3:4")
    assert mood_style(style, brief) == style
    assert mood_qpm(100.0, style, brief) == 100.0
    assert mood_cast(cast, brief) == cast
    assert mood_score(score, cast, brief) == score


def test_tempo_key_register_and_density_that_were_asked_for_stay() -> None:
    brief = Brief(
        emotion="excited", qpm=60, key="A minor",
        parts=[{"instrument": "flute", "low": 60, "high": 72, "density": 1}],
    )  # fmt: skip
    frame = plan_frame(brief)
    (plain,) = choose_cast(brief)
    (moved,) = mood_cast([plain], brief)
    assert frame.qpm == 60
    assert frame.key == parse_key("A minor")
    assert (moved.low, moved.high, moved.density) == (plain.low, plain.high, plain.density)


def test_a_tempo_stays_near_its_style() -> None:
    style = kin_style("house")
    fast = mood_qpm(124.0, style, Brief(emotion=(1, 1)))
    slow = mood_qpm(124.0, style, Brief(emotion=(-1, -1)))
    assert style.qpm[0] * 0.74 <= slow < 124 < fast <= style.qpm[2] * 1.16


def test_tense_music_has_chords_outside_its_scale_and_no_other_has() -> None:
    def foreign(emotion: str) -> int:
        frame = plan_frame(Brief(emotion=emotion, style="pop", bars=16))
        return sum(
            not set(parse_chord(one.symbol).pcs) <= set(frame.key.pcs) for one in frame.score.chords
        )

    assert foreign("tense") > 2 * max(1, foreign("happy"), foreign("calm"))


def test_short_notes_of_a_stirred_tune_are_detached_but_not_the_ending() -> None:
    brief = Brief(emotion=(1.0, 1.0), parts="flute")
    score = make_score("C4:1 E4:3 | C4:1 D4:3")
    notes = mood_score(score, choose_cast(brief), brief).parts[0].notes
    lengths = [note.duration_tick / score.resolution for note in notes]
    assert lengths == [pytest.approx(0.6, abs=0.01), 3.0, 1.0, 3.0]


def test_a_drawn_rhythm_keeps_its_durations() -> None:
    brief = Brief(emotion=(0.5, 1.0), parts=[{"instrument": "flute", "rhythm": "x-x-"}])
    score = make_score("C4:2 E4:2 | C4:4")
    moved = mood_score(score, choose_cast(brief), brief).parts[0].notes
    assert [n.duration_tick for n in moved] == [n.duration_tick for n in score.parts[0].notes]


def test_the_arranger_alone_plays_an_excited_piece_louder_faster_and_fuller() -> None:
    calm, excited = (written(emotion=one, style="pop", bars=8) for one in ("calm", "excited"))

    def loud(score: Score) -> float:
        notes = [note.velocity for part in score.parts for note in part.notes]
        return sum(notes) / len(notes)

    def rate(score: Score) -> float:
        n_notes = sum(len(part.notes) for part in score.parts)
        return n_notes / score.time.tick_to_s(score.end_tick)

    assert loud(excited) > loud(calm) + 15
    assert rate(excited) > 1.5 * rate(calm)


@pytest.mark.parametrize("emotion", ["angry", "gloomy", "excited", "tender"])
def test_whatever_the_emotion_the_brief_is_kept(bundle: object, emotion: str) -> None:
    piece = compose(
        emotion=emotion, bars=4, metre="3/4", parts="flute,piano", candidates=1,
        bundle=bundle,  # type: ignore[arg-type]
    )  # fmt: skip
    found: Adherence = piece.adherence
    assert [one.name for one in found.checks if one.ok is False] == []

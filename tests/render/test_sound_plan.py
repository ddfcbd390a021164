import pytest

from motet.errors import ParameterError
from motet.render.fluidsynth import find_fluidsynth
from motet.render.sound_plan import choose_engine, plan_sound
from motet.score import Part, Score, make_score


def plan(score: Score, **changes: object):
    options = {
        "sample_rate_hz": 44100,
        "engine": "motet",
        "soundfont": None,
        "reverb": "room",
        "loop": False,
        "start_s": 0.0,
        "end_s": None,
    }
    return plan_sound(score, **(options | changes))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"engine": "midi"}, "engine must be"),
        ({"reverb": "cave"}, "reverb must be"),
        ({"sample_rate_hz": 100}, "sample_rate_hz must be"),
        ({"start_s": -1.0}, "start before end"),
        ({"start_s": 1.0, "end_s": 1.0}, "start before end"),
        ({"start_s": 99.0}, "start before end"),
        ({"loop": True, "end_s": 1.0}, "exactly the score's bars"),
    ],
)
def test_bad_options_are_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ParameterError, match=message) as caught:
        plan(make_score("C4:4"), **changes)
    assert caught.value.zh


def test_lengths() -> None:
    score = make_score("C4:1 C4:1", qpm=60)
    assert plan(score).n_body == 2 * 44100
    assert plan(score, loop=True).n_body == 4 * 44100
    assert plan(score, end_s=1.0).n == 44100
    assert plan(score, reverb="hall").n > plan(score, reverb="none").n


def test_names_are_unique() -> None:
    score = Score(parts=(Part(name="A"), Part(name="A"), Part(), Part(name="A 2")))
    assert plan(score).names == ("A", "A 2", "Part 3", "A 2 2")


def test_auto_is_the_same_everywhere() -> None:
    assert choose_engine("auto") == "motet"
    if find_fluidsynth():
        assert choose_engine("fluidsynth") == "fluidsynth"

import numpy as np
import pytest

from motet.render.loudness import measure_loudness_lufs
from motet.render.mix import ROLES, Channel, guess_role, place_stem, plan_channels
from motet.render.performance import Performance
from motet.score import Control, Note, Part, Score, make_score

RATE = 44100


def part(program: int, *pitches: int, role: str = "", is_drums: bool = False) -> Part:
    notes = tuple(
        Note(onset_tick=480 * k, duration_tick=480, pitch=pitch) for k, pitch in enumerate(pitches)
    )
    return Part(notes=notes, program=program, role=role, is_drums=is_drums)


def noise(level: float = 0.1) -> np.ndarray:
    rng = np.random.default_rng(7)
    one = rng.normal(0, level, 2 * RATE)
    return np.stack([one, one]).astype(np.float32)


def test_roles_are_guessed_in_a_band() -> None:
    score = Score(
        parts=(
            part(25, 55, 59),
            part(73, 76, 79),
            part(33, 36),
            part(0, 36, is_drums=True),
            part(89, 60),
            part(48, 72),
            part(61, 65),
        )
    )
    roles = [channel.role for channel in plan_channels(score)]
    assert roles == ["counter", "melody", "bass", "drums", "pad", "strings", "horns"]


def test_equals_are_spread_by_pitch() -> None:
    score = Score(parts=(part(68, 72), part(71, 67), part(70, 50)))
    channels = plan_channels(score)
    assert [channel.role for channel in channels] == ["ensemble"] * 3
    assert channels[0].pan < channels[1].pan < channels[2].pan
    assert channels[0].pan == pytest.approx(-channels[2].pan)
    assert channels[0].high_pass_hz < 30


def test_a_solo_stands_in_the_middle_with_its_low_end() -> None:
    (channel,) = plan_channels(make_score("C2:1 E4:1"))
    assert channel.pan == 0.0
    assert channel.high_pass_hz < 40


def test_parts_of_a_role_stand_on_both_sides() -> None:
    score = Score(parts=(part(25, 60, role="comping"), part(0, 60, role="comping")))
    left, right = plan_channels(score)
    assert left.pan < 0 < right.pan
    assert left.level_db is not None
    assert left.level_db < ROLES["comping"].level_db


def test_high_pass_never_reaches_the_lowest_note() -> None:
    score = Score(parts=(part(0, 33, role="comping"), part(33, 28, role="bass")))
    comping, bass = plan_channels(score)
    assert comping.high_pass_hz == pytest.approx(0.75 * 55.0, abs=0.1)
    assert bass.high_pass_hz < 41.2


def test_explicit_roles_win() -> None:
    assert guess_role(part(33, 60, role="melody")) == "melody"
    assert guess_role(part(58, 30)) == "bass"


@pytest.mark.parametrize("level", [0.05, 0.15])
def test_stems_reach_their_level_whatever_they_were(level: float) -> None:
    stem = noise(level)
    place_stem(stem, Channel("melody", -3.0, 0.0, 0.1, 0.0, 40.0), Performance(), rate_hz=RATE)
    assert measure_loudness_lufs(stem, rate_hz=RATE) == pytest.approx(-23.0, abs=0.1)


def test_correction_has_a_limit() -> None:
    channel = Channel("melody", 0.0, 0.0, 0.1, 0.0, 40.0)
    assert place_stem(noise(0.001), channel, Performance(), rate_hz=RATE) == 12.0


def test_soft_playing_stays_softer() -> None:
    loud = Part(notes=(Note(onset_tick=0, duration_tick=1, pitch=60, velocity=100),))
    soft = Part(notes=(Note(onset_tick=0, duration_tick=1, pitch=60, velocity=40),))
    a, b = plan_channels(Score(parts=(loud, soft)))
    assert a.drive_db > 0 > b.drive_db


@pytest.mark.parametrize("pan", [-1.0, -0.3, 0.0, 0.8])
def test_pan_keeps_the_power(pan: float) -> None:
    stem = noise()
    place_stem(stem, Channel("melody", 0.0, pan, 0.1, 0.0, 40.0), Performance(), rate_hz=RATE)
    assert measure_loudness_lufs(stem, rate_hz=RATE) == pytest.approx(-20.0, abs=0.15)
    assert np.sign(stem[1].std() - stem[0].std()) == np.sign(pan)


def test_expression_and_pan_controllers_move() -> None:
    stem = noise()
    moves = Performance(controls={11: ((1.0, 64.0),), 10: ((1.0, 0.0),)})
    place_stem(stem, Channel("melody", 0.0, 0.0, 0.1, 0.0, 40.0), moves, rate_hz=RATE)
    before, after = stem[:, 10000:40000], stem[:, 50000:80000]
    assert before[0].std() == pytest.approx(before[1].std(), rel=0.01)
    assert after[1].std() < 0.01 * after[0].std()
    expected = 2**0.5 * (64 / 127) ** 2
    assert after[0].std() / before[0].std() == pytest.approx(expected, rel=0.03)


def test_the_score_s_own_controllers_override() -> None:
    controls = tuple(Control(tick=0, kind="cc", number=n, value=v) for n, v in ((7, 50), (91, 127)))
    (channel,) = plan_channels(Score(parts=(Part(controls=controls),)))
    assert channel.level_db is None
    assert channel.reverb == pytest.approx(0.4)
    stem, loud = noise(), noise()
    place_stem(stem, channel, Performance(controls={7: ((0.0, 50.0),)}), rate_hz=RATE)
    place_stem(loud, channel, Performance(controls={7: ((0.0, 100.0),)}), rate_hz=RATE)
    assert loud.std() / stem.std() == pytest.approx(4.0, rel=0.01)

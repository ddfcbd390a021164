"""Which parts are the hands of one keyboard."""

from dataclasses import replace

import pytest

from motet.score import make_score
from motet.tokens.keyboard import keyboard_groups


def score_of(*parts, pitches=("C5", "C3", "C4", "C2")):
    """A score whose parts have these names and programs, from high to low in turn."""
    score = make_score(*(f"{pitch}:4" for pitch, _ in zip(pitches, parts, strict=False)))
    named = [
        replace(part, name=name, program=program)
        for part, (name, program) in zip(score.parts, parts, strict=True)
    ]
    return score.with_parts(*named)


@pytest.mark.parametrize(
    "names",
    [
        ("Piano right", "Piano left"),
        ("Right Hand", "Left Hand"),
        ("Piano RH", "Piano LH"),
        ("R.H.", "L.H."),
        ("upper:", "lower:"),
        ("up:", "down:"),
        ("M.D.", "M.G."),
        ("钢琴右手", "钢琴左手"),
        ("Piano LH", "Piano RH"),
        ("Piano", "Piano"),
        ("Pianoforte", "Pianoforte"),
    ],
)
def test_hands_are_found(names):
    assert keyboard_groups(score_of(*((name, 0) for name in names))) == ((0, 1),)


@pytest.mark.parametrize(
    "parts",
    [
        [("Soprano", 0), ("Alto", 0)],
        [("Violin", 40), ("Violin", 40)],
        [("Violin right", 40), ("Violin left", 40)],
        [("Piano right", 0), ("Organ left", 19)],
        [("Piano 1 right", 0), ("Piano 2 left", 0)],
        [("Right Hand", 0), ("Right Hand", 0), ("Right Hand", 0)],
        [("", 0), ("", 0)],
        [("Acoustic Grand Piano", 0), ("Acoustic Grand Piano", 0)],
        [("Piano", 0), ("Piano", 0), ("Piano", 0)],
        [("Voice", 52), ("Voice", 52), ("Voice", 52), ("Voice", 52)],
        [("MELODY", 0), ("BRIDGE", 0), ("PIANO", 0)],
        [("Piano right", 0), ("Voice", 52), ("Piano left", 0)],
    ],
)
def test_others_stay_apart(parts):
    assert keyboard_groups(score_of(*parts)) == tuple((k,) for k in range(len(parts)))


def test_a_choir_before_the_organ_stays_a_choir():
    score = score_of(("Soprano", 52), ("Bass", 52), ("Organ RH", 19), ("Organ LH", 19))
    assert keyboard_groups(score) == ((0,), (1,), (2, 3))


def test_equal_names_need_the_first_to_be_higher():
    score = score_of(("Piano", 0), ("Piano", 0), pitches=("C3", "C5"))
    assert keyboard_groups(score) == ((0,), (1,))


def test_parts_on_two_staves_are_whole_players():
    score = score_of(("Piano", 0), ("Piano", 0))
    score = score.with_parts(*(replace(part, n_staves=2) for part in score.parts))
    assert keyboard_groups(score) == ((0,), (1,))


def test_drums_have_no_hands():
    score = score_of(("Right Hand", 0), ("Left Hand", 0))
    score = score.with_parts(*(replace(part, is_drums=True) for part in score.parts))
    assert keyboard_groups(score) == ((0,), (1,))

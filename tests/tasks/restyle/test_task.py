"""Restyle as a whole: every style, every metre, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.errors import ParameterError
from motet.score import Repeat, Score, make_score
from motet.tasks import restyle
from motet.tasks.restyle.tally import same_form
from motet.tasks.restyle.target import list_targets

METRES = {
    "2/4": 2,
    "3/4": 3,
    "4/4": 4,
    "5/4": 5,
    "6/8": 3,
    "7/8": 3.5,
    "9/8": 4.5,
    "12/8": 6,
    "2/2": 4,
    "3/8": 1.5,
}


@pytest.mark.parametrize("style", list_targets())
def test_every_style_keeps_melody_and_form_and_has_a_band(song: Score, style: str) -> None:
    piece = restyle(song, to=style, ground="arranger", seed=1)
    assert piece.adherence.is_met, piece.adherence.table()
    assert len(piece.parts) > 1
    assert piece.score.end_tick <= piece.score.bars[-1].end_tick
    silent = [
        bar.number for bar in piece.score.bars
        if not any(
            n.onset_tick < bar.end_tick and n.end_tick > bar.start_tick
            for part in piece.parts[1:] for n in part.notes
        )
    ]  # fmt: skip
    assert silent == []


@pytest.mark.parametrize("metre", METRES)
@pytest.mark.parametrize("style", ["bossa", "swing", "string-quartet", "samba"])
def test_every_metre_survives(metre: str, style: str) -> None:
    length = METRES[metre]
    text = " | ".join(f"C5:{length - 0.5} D5:0.5" for _ in range(6)) + f" | C5:{length}"
    score = make_score(text, metre=metre, fifths=0)
    piece = restyle(score, to=style, ground="arranger")
    assert piece.adherence.is_met
    assert same_form(score, piece.score)


def test_metre_changes_repeats_and_odd_bars_survive() -> None:
    score = make_score("C5:4 D5:4 E5:3 F5:3 G5:2 C5:4", metre="4/4", fifths=0)
    metres = tuple(
        replace(score.metre_at(0), tick=tick, numerator=n)
        for tick, n in ((0, 4), (3840, 3), (6720, 2), (7680, 4))
    )
    score = replace(score, metres=metres, repeats=(Repeat(tick=3840, kind="end"),))
    piece = restyle(score, to="rock", ground="arranger")
    assert same_form(score, piece.score)
    assert piece.adherence.is_met


def test_same_seed_same_notes_and_another_seed_another_band(song: Score) -> None:
    one, two, three = (restyle(song, to="funk", ground="arranger", seed=s) for s in (1, 1, 2))
    assert one.score == two.score
    assert one.score != three.score


def test_strength_changes_more(song: Score) -> None:
    calm = restyle(song, to="bossa", keep="form", strength=0.0, ground="arranger")
    bold = restyle(song, to="bossa", keep="form", strength=1.0, ground="arranger")
    old = [chord.symbol for chord in song.chords]
    assert [chord.symbol for chord in calm.score.chords] == [
        symbol for k, symbol in enumerate(old) if not k or old[k - 1] != symbol
    ]
    assert [c.symbol for c in bold.score.chords] != [c.symbol for c in calm.score.chords]
    assert [n.pitch for n in calm.parts[0].notes] == [n.pitch for n in song.parts[0].notes]


def test_chinese_names(song: Score) -> None:
    piece = restyle(song, to="波萨诺瓦", language="zh", ground="arranger")
    assert "鼓组" in [part.name for part in piece.parts]
    assert "旋律音符" in piece.summary()


@pytest.mark.parametrize(
    ("wish", "word"),
    [
        ({"to": "bosa"}, "bossa"),
        ({"to": "bossa", "strength": 2}, "strength"),
        ({"to": "bossa", "strength": True}, "strength"),
        ({"to": "bossa", "keep": "melodies"}, "melody"),
        ({"to": "bossa", "styel": 1}, "styel"),
        ({"to": "bossa", "metre": "3/4", "keep": "metre"}, "metre"),
        ({"to": "bossa", "melody": "Nobody"}, "Nobody"),
        ({"to": "bossa", "qpm": 4000}, "qpm"),
    ],
)
def test_wrong_wishes_are_told_in_both_languages(
    song: Score, wish: dict[str, object], word: str
) -> None:
    with pytest.raises(ParameterError, match=word) as caught:
        restyle(song, **wish)  # type: ignore[arg-type]
    assert any(ord(sign) > 0x2E7F for sign in caught.value.zh)

"""Divisions, keys, metres, clefs, transposition."""

import pytest

from motet.errors import FormatError
from motet.score import BarLength, Clef, KeySignature
from musicxml_text import note, read_bars, texts

TIME = "<time><beats>{}</beats><beat-type>{}</beat-type></time>"


def attributes(inside):
    return f"<attributes><divisions>2</divisions>{inside}</attributes>"


def test_divisions_may_change_and_every_tick_is_exact():
    change = "<attributes><divisions>7</divisions></attributes>"
    score = read_bars(note("C4", 8), change + note("D4", 1) + note("E4", 27)).score
    assert score.resolution % (2 * 7) == 0
    qn = [
        (n.onset_tick / score.resolution, n.duration_tick / score.resolution)
        for n in score.parts[0].notes
    ]
    assert qn == [(0, 4), (4, 1 / 7), (4 + 1 / 7, 27 / 7)]


@pytest.mark.parametrize("value", ["0", "-4", "nan", "", "inf", "1e999", "four"])
def test_divisions_without_sense_are_refused_with_the_place(value):
    with pytest.raises(FormatError, match="divisions is") as caught:
        read_bars(note("C4"), f"<attributes><divisions>{value}</divisions></attributes>")
    assert caught.value.place == "part P1, measure 2, line 4"
    assert "divisions" in caught.value.zh


@pytest.mark.parametrize(
    ("beats", "kind", "expected"),
    [
        ("7", "8", (7, 8, ())),
        ("3+2", "8", (5, 8, (3, 2))),
        ("2+2+3", "16", (7, 16, (2, 2, 3))),
    ],
)
def test_metres(beats, kind, expected):
    metre = read_bars(note("C4"), first=attributes(TIME.format(beats, kind))).score.metres[0]
    assert (metre.numerator, metre.denominator, metre.groups) == expected


def test_metres_that_are_sums_share_a_denominator():
    both = "<time><beats>3</beats><beat-type>8</beat-type><beats>2</beats><beat-type>4</beat-type></time>"
    metre = read_bars(note("C4", 7), first=attributes(both)).score.metres[0]
    assert (metre.numerator, metre.denominator, metre.groups) == (7, 8, (3, 2, 2))


@pytest.mark.parametrize(
    ("beats", "kind"), [("0", "4"), ("4", "0"), ("-3", "4"), ("x", "4"), ("4", "nan")]
)
def test_metres_that_cannot_be_are_refused(beats, kind):
    with pytest.raises(FormatError, match="beats and beat type"):
        read_bars(note("C4"), first=attributes(TIME.format(beats, kind)))


def test_a_metre_of_thirds_is_listed_and_its_bars_keep_their_length():
    loaded = read_bars(note("C4", 3), first=attributes(TIME.format(4, 3)))
    assert loaded.score.metres == ()
    assert loaded.score.bar_lengths == (BarLength(tick=0, duration_tick=720),)
    assert any("metres that a score cannot hold" in text for text in texts(loaded))


def test_unmetred_music_keeps_its_bars():
    loaded = read_bars(note("C4", 5), first=attributes("<time><senza-misura/></time>"))
    assert loaded.score.metres[0].symbol == "none"
    assert loaded.score.bars[0].duration_tick == 5 * 240


def test_keys_and_modes_change():
    key = "<attributes><key><fifths>-3</fifths><mode>minor</mode></key></attributes>"
    score = read_bars(note("C4", 8), key + note("C4", 8)).score
    assert score.keys == (KeySignature(tick=1920, fifths=-3, mode="minor"),)


def test_a_clarinet_in_b_flat_is_read_as_it_sounds():
    first = attributes(
        "<key><fifths>2</fifths></key>"
        "<transpose><diatonic>-1</diatonic><chromatic>-2</chromatic></transpose>"
    )
    score = read_bars(note("D5", 4) + note("F#5", 4), first=first).score
    assert [(n.pitch, n.spelling) for n in score.parts[0].notes] == [(72, "C"), (76, "E")]
    assert score.parts[0].transposition_semi == -2
    assert score.keys[0].fifths == 0


def test_clefs_in_the_middle_of_a_bar_keep_their_place():
    bass = '<attributes><clef number="1"><sign>F</sign></clef></attributes>'
    first = attributes("<clef><sign>G</sign><line>2</line></clef>")
    clefs = read_bars(note("C5", 4) + bass + note("C3", 4), first=first).score.parts[0].clefs
    assert clefs == (Clef(tick=0, sign="G"), Clef(tick=960, sign="F", line=4))


def test_what_is_left_out_is_listed():
    style = "<measure-style><measure-repeat type='start'>1</measure-repeat></measure-style>"
    style = f"<attributes>{style}</attributes>"
    tab = "<attributes><clef><sign>TAB</sign></clef></attributes>"
    found = " ".join(texts(read_bars(style + tab + note("C4", 8))))
    assert "bar-repeat signs" in found
    assert "TAB" in found

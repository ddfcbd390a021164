"""Progressions: laying chords out in bars."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.theory.progression import default_beats, parse_progression, split_bar
from motet.theory.scale import parse_key


def _spans(progression, bar):
    return [(one.start_qn, one.duration_qn, one.chord.symbol) for one in progression.bars[bar]]


@pytest.mark.parametrize(
    ("n", "beats", "lengths"),
    [
        (1, (1, 1, 1, 1), (4,)),
        (2, (1, 1, 1, 1), (2, 2)),
        (3, (1, 1, 1, 1), (2, 1, 1)),
        (4, (1, 1, 1, 1), (1, 1, 1, 1)),
        (2, (1, 1, 1), (2, 1)),
        (2, (1, 1, 1, 1, 1), (3, 2)),
        (2, (Fraction(1), Fraction(1), Fraction(3, 2)), (2, 1.5)),
        (3, (1, 1, 1.5), (1, 1, 1.5)),
        (2, (1.5, 1.5), (1.5, 1.5)),
        (2, (1.5, 1.5, 1.5, 1.5), (3, 3)),
        (3, (1.5, 1.5), (1, 1, 1)),
        (3, (1, 1), (1, 0.5, 0.5)),
    ],
)
def test_chords_share_a_bar_by_beats(n, beats, lengths):
    assert split_bar(n, beats) == pytest.approx(lengths)


@given(st.integers(1, 12), st.lists(st.sampled_from([1.0, 1.5]), min_size=1, max_size=6))
@settings(max_examples=80)
def test_shares_fill_the_bar(n, beats):
    lengths = split_bar(n, beats)
    assert len(lengths) == n
    assert sum(lengths) == pytest.approx(sum(beats))
    assert min(lengths) > 0


def test_a_lead_sheet_line():
    song = parse_progression("| Am7 D7 | Gmaj7 |")
    assert song.n_bars == 2
    assert _spans(song, 0) == [(0.0, 2.0, "Am7"), (2.0, 2.0, "D7")]
    assert _spans(song, 1) == [(0.0, 4.0, "Gmaj7")]
    assert song.chord_at(0, 1.9).symbol == "Am7"
    assert song.chord_at(0, 2.0).symbol == "D7"


def test_beat_slashes_hold_the_chord():
    song = parse_progression("| C / F G | C / / F |")
    assert _spans(song, 0) == [(0.0, 2.0, "C"), (2.0, 1.0, "F"), (3.0, 1.0, "G")]
    assert _spans(song, 1) == [(0.0, 3.0, "C"), (3.0, 1.0, "F")]
    seven = parse_progression("| C / / / F / / |", metre_qn=3.5)
    assert _spans(seven, 0) == [(0.0, 2.0, "C"), (2.0, 1.5, "F")]


@pytest.mark.parametrize(
    ("metre_qn", "starts"), [(3.0, [0.0, 2.0]), (5.0, [0.0, 3.0]), (3.5, [0.0, 2.0])]
)
def test_other_metres(metre_qn, starts):
    song = parse_progression("| C F |", metre_qn=metre_qn)
    assert [one.start_qn for one in song.bars[0]] == starts
    assert song.bar_qn == metre_qn


def test_compound_beats_are_given():
    song = parse_progression("| C F |", beats_qn=(Fraction(3, 2), Fraction(3, 2)))
    assert [one.start_qn for one in song.bars[0]] == [0.0, 1.5]


def test_roman_numerals_need_a_key():
    song = parse_progression("| ii7 V7 | Imaj7 | bVII N.C. |", key=parse_key("D"))
    assert [chord.symbol for chord in song.chords] == ["Em7", "A7", "Dmaj7", "C", "N.C."]
    with pytest.raises(ParameterError, match="needs a key"):
        parse_progression("| I | V |")


@pytest.mark.parametrize(
    "text",
    [
        "[verse] | Am7 D7 | Gmaj7 |",
        "| C / F G | % |",
        "| C / / F | [副歌] F | N.C. |",
        "[A] |: C | G/B :| x3 | [B] Am C F G | C(b5) Cm7(no5) |",
        "| C F G Am Dm |",
    ],
)
def test_text_reads_back_the_same(text):
    song = parse_progression(text)
    assert parse_progression(song.text()) == song


@given(
    st.lists(
        st.lists(
            st.sampled_from(["C", "F", "Gm7", "Bb/D", "N.C.", "F#m7b5"]), min_size=1, max_size=6
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([3.0, 4.0, 5.0, 3.5]),
)
@settings(max_examples=60)
def test_any_bars_read_back_the_same(bars, metre_qn):
    text = "".join(f"| {' '.join(bar)} " for bar in bars) + "|"
    song = parse_progression(text, metre_qn=metre_qn)
    assert parse_progression(song.text(), metre_qn=metre_qn) == song
    assert all(sum(one.duration_qn for one in bar) == pytest.approx(metre_qn) for bar in song.bars)


def test_errors_name_bar_and_token():
    with pytest.raises(ParameterError, match=r"bar 2, 'Cmaj8'.*did you mean") as caught:
        parse_progression("| C | Cmaj8 |")
    assert "第 2 小节" in caught.value.localised("zh")
    with pytest.raises(ParameterError, match=r"bar 1.*4 beats, got 3"):
        parse_progression("| C / F |")


def test_lengths_must_make_sense():
    assert default_beats(4.0) == (1.0, 1.0, 1.0, 1.0)
    assert default_beats(0.5) == (0.5,)
    with pytest.raises(ParameterError, match="metre_qn"):
        default_beats(0.0)
    with pytest.raises(ParameterError, match="1 to 24"):
        split_bar(0, (1.0,))

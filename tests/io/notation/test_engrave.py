"""Whole parts as printed."""

from __future__ import annotations

from dataclasses import replace

from motet.io.notation.engrave import engrave_part
from motet.io.notation.grid import ReadingGrid
from motet.score import Lyric, Span, make_score


def engrave(score):
    return engrave_part(score.parts[0], ReadingGrid(score))


def test_a_note_over_the_bar_line_is_two_tied_pieces() -> None:
    bars = engrave(make_score("C4:3 D4:5")).bars
    first, second = bars[0][0].pieces[1], bars[1][0].pieces[0]
    assert first.event is second.event
    assert (first.tie_out, second.tie_in, second.tie_out) == (True, True, False)


def test_every_staff_has_a_voice_in_every_bar() -> None:
    score = make_score("C4:4 r:4 E4:4")
    score = score.with_parts(replace(score.parts[0], n_staves=2))
    for voices in engrave(score).bars:
        assert {voice.staff for voice in voices} == {1, 2}


def test_an_empty_part_is_bar_rests() -> None:
    score = make_score("", "C4:8")
    bars = engrave(score).bars
    assert [bar[0].symbols[0].is_bar_rest for bar in bars] == [True, True]


def test_lyrics_hang_on_the_nearest_note() -> None:
    score = make_score("C4:1 D4:1 E4:2")
    part = replace(
        score.parts[0],
        lyrics=(Lyric(tick=0, text="la"), Lyric(tick=485, text="lu"), Lyric(tick=490, text="lost")),
    )
    engraved = engrave(score.with_parts(part))
    sung = [[one.text for one in piece.event.lyrics] for piece in engraved.bars[0][0].pieces]
    assert (sung, engraved.lost_lyrics) == ([["la"], ["lu"], []], 1)


def test_slurs_start_and_stop_on_notes() -> None:
    score = make_score("C4:1 D4:1 E4:1 F4:1")
    part = replace(score.parts[0], spans=(Span(kind="slur", start_tick=0, end_tick=1440),))
    pieces = engrave(score.with_parts(part)).bars[0][0].pieces
    assert [bool(piece.event.slur_starts) for piece in pieces] == [True, False, False, False]
    assert [bool(piece.event.slur_stops) for piece in pieces] == [False, False, True, False]


def test_given_ties_are_kept() -> None:
    score = make_score("C4:2 D4:2")
    note = replace(score.parts[0].notes[0], ties_tick=(480,))
    part = replace(score.parts[0], notes=(note, score.parts[0].notes[1]))
    assert [s.name for s in engrave(score.with_parts(part)).bars[0][0].symbols] == [
        "quarter",
        "quarter",
        "half",
    ]


def test_the_kit_shows_no_rest_where_hand_or_foot_plays() -> None:
    score = make_score("drums 36:1 42:1 42:1 36:1 | r:2 42:1 36+42:1")
    hidden = [
        [[s.is_hidden for s in voice.symbols if s.span < 0] for voice in bar]
        for bar in engrave(score).bars
    ]
    # The hands' rests on one and four of the first bar are filled by the kick.
    assert hidden == [[[True, True], [True, True]], [[False], [True, True]]]

"""The frame of a piece: bars, metres, chords, sections, tempo, key."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.brief import Brief
from motet.tasks.frame import plan_frame
from motet.theory import parse_chord, parse_key


@settings(max_examples=25)
@given(st.integers(1, 70))
def test_bars_are_exact_whatever_their_number(bars: int) -> None:
    frame = plan_frame(Brief(bars=bars, metre="3/4"))
    assert frame.n_bars == bars
    assert frame.sections[0].start_bar == 0
    assert frame.sections[-1].end_bar == bars


def test_a_progression_alone_ends_on_the_tonic() -> None:
    frame = plan_frame(Brief(chords="Dm7 G7 Cmaj7 A7", metre="3/4", key="C"))
    assert frame.n_bars == 17
    assert [one.symbol for one in frame.score.chords[:5]] == ["Dm7", "G7", "Cmaj7", "A7", "Dm7"]
    assert frame.score.chords[-1].symbol == "Cmaj7"
    assert {bar.duration_tick for bar in frame.score.bars} == {1440}


def test_exact_bars_of_a_progression_keep_its_chords() -> None:
    frame = plan_frame(Brief(chords="Dm7 G7 Cmaj7 A7", bars=4))
    assert [one.symbol for one in frame.score.chords] == ["Dm7", "G7", "Cmaj7", "A7"]


def test_metre_changes_move_the_chords_with_the_bars() -> None:
    frame = plan_frame(Brief(chords="C F | G C", bars=2, metre="4/4, 2: 3/4"))
    assert [bar.duration_tick for bar in frame.score.bars] == [1920, 1440]
    assert [one.tick for one in frame.score.chords] == [0, 960, 1920, 2880]


def test_returning_sections_know_their_models() -> None:
    frame = plan_frame(Brief(form="A8 B8 A8"))
    assert [(one.label, one.model_bar) for one in frame.sections] == [
        ("A", -1),
        ("B", -1),
        ("A", 0),
    ]
    assert [section.tick for section in frame.score.sections] == [0, 15360, 30720]


def test_a_mood_chooses_mode_and_tempo() -> None:
    sad = plan_frame(Brief(emotion="sad", style="pop"))
    glad = plan_frame(Brief(emotion="excited", style="pop"))
    assert sad.key.is_minor
    assert not glad.key.is_minor
    assert sad.qpm < glad.qpm
    assert plan_frame(Brief(emotion="sad", key="C", qpm=90)).key == parse_key("C")


def test_invented_pieces_end_on_the_tonic() -> None:
    for style in ("bossa", "waltz", "baroque"):
        frame = plan_frame(Brief(style=style, key="G", bars=12))
        assert parse_chord(frame.score.chords[-1].symbol).root_pc == 7
        assert frame.score.keys[0].fifths == 1


@pytest.mark.parametrize(("language", "word"), [("en", "Verse"), ("zh", "主歌")])
def test_sections_and_titles_speak_both_languages(language: str, word: str) -> None:
    frame = plan_frame(Brief(form="verse4 chorus4"), language=language)  # type: ignore[arg-type]
    assert frame.score.sections[0].label == word
    assert frame.score.title

"""Adherence, measured afresh: it must see what is wrong."""

from __future__ import annotations

from dataclasses import replace

from motet.brief import Brief
from motet.score import ChordSymbol, Score, make_score
from motet.tasks.adherence import check_adherence


def missed(score: Score, brief: Brief, **options: object) -> list[str]:
    """Names of what is not met."""
    return [one.name for one in check_adherence(score, brief, **options).missed]  # type: ignore[arg-type]


def test_bars_metre_and_tempo() -> None:
    score = make_score("C4:3 | E4:3", metre="3/4", qpm=90)
    assert missed(score, Brief(bars=2, metre="3/4", qpm=90)) == []
    assert missed(score, Brief(bars=3, metre="4/4", qpm=91)) == ["bars", "metre", "tempo"]
    assert missed(score, Brief(metre="3/4, 2: 4/4")) == ["metre"]


def test_key_and_strong_beats_of_the_model_only() -> None:
    score = make_score("C4:1 F#4:1 D4:2", chords="C:4")
    assert missed(score, Brief(key="C")) == ["key", "strong beats", "ending"]
    assert missed(score, Brief(key="C", harmony="scale")) == ["key", "ending"]
    assert missed(score, Brief(key="C", harmony="free")) == []
    assert missed(score, Brief(key="C"), writers=["arranger"]) == ["ending"]


def test_chords_must_stand_where_they_were_asked_for() -> None:
    score = make_score("C4:4 | G4:4", chords="C:4 G:4")
    assert missed(score, Brief(), chords=[(0, "C"), (1920, "G")]) == []
    assert missed(score, Brief(), chords=[(0, "C"), (960, "G")]) == ["chords"]


def test_the_end_must_be_whole() -> None:
    score = make_score("C4:4 | C4:4", chords="C:8")
    assert missed(score, Brief()) == []
    moved = replace(score, chords=(ChordSymbol(tick=0, symbol="D"),))
    assert "ending" in missed(moved, Brief(harmony="scale"))


def test_given_notes_must_be_the_same() -> None:
    score = make_score("C4:4 | D4:4", "C3:4 | D3:4")
    other = make_score("C4:4 | E4:4", "C3:4 | D3:4")
    assert missed(other, Brief(), original=score, open_cells=[(1, 0)]) == []
    assert missed(other, Brief(), original=score, open_cells=[(1, 1)]) == ["kept"]
    more = make_score("C4:4 | D4:2 D4:2", "C3:4 | D3:4")
    assert missed(more, Brief(), original=score, open_cells=[(0, 0)]) == ["kept"]


def test_only_open_cells_are_judged() -> None:
    score = make_score("F#4:4 | C4:4", chords="C:8")
    found = check_adherence(score, Brief(key="C"), open_cells=[(1, 0)])
    assert [one.measured[0] for one in found.checks if one.name == "key"] == ["100 % (1/1)"]


def test_an_emotion_is_measured_and_nobody_is_blamed() -> None:
    score = make_score("C5:.5 E5:.5 G5:.5 E5:.5 " * 4, programs=(73,), qpm=160)
    checks = check_adherence(score, Brief(emotion="sad", parts="flute")).checks
    (found,) = [one for one in checks if one.name == "emotion"]
    assert found.requested == ("sad (-0.7, -0.4)", "悲伤(-0.7, -0.4)")
    assert not found.measured[0].startswith("sad")
    assert found.ok is None
    assert "emotion" not in {one.name for one in check_adherence(score, Brief()).checks}

"""Lead sheets: which part is the melody, where chords come from, which key, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.arranger.lead_sheet import read_lead_sheet
from motet.errors import ParameterError
from motet.score import ChordSymbol, Score, make_score
from motet.theory.scale import parse_key

TUNE = "E4:1 G4:1 C5:2 | A4:1 C5:1 F4:2 | D4:1 B4:1 G4:2 | C4:4"


def test_symbols_win() -> None:
    score = make_score(TUNE, "C3+E3+G3:16", chords="C:4 F:4 G7:4 C:4")
    sheet = read_lead_sheet(score)
    assert [(tick, chord.symbol) for tick, chord in sheet.chords] == [
        (0, "C"), (1920, "F"), (3840, "G7"), (5760, "C"),
    ]  # fmt: skip
    assert sheet.chords_from == "symbols"


def test_silence_before_the_first_symbol() -> None:
    score = replace(make_score(TUNE), chords=(ChordSymbol(tick=1920, symbol="F"),))
    assert [(t, c.symbol) for t, c in read_lead_sheet(score).chords] == [(0, "N.C."), (1920, "F")]


def test_chords_are_read_off_the_parts_under_the_melody() -> None:
    chords = "C3+E3+G3:4 F3+A3+C4:4 G3+B3+D4+F4:4 C3+E3+G3:4"
    sheet = read_lead_sheet(make_score(TUNE, chords))
    assert [chord.symbol for _, chord in sheet.chords] == ["C", "F", "G7", "C"]
    assert sheet.chords_from == "parts"


def test_a_bare_melody_gets_chords_that_fit() -> None:
    sheet = read_lead_sheet(make_score(TUNE, fifths=0))
    assert sheet.chords_from == "melody"
    assert next(tick for tick, _ in sheet.chords) == 0
    assert sheet.chords[0][1].symbol == "C"
    assert sheet.chords[-1][1].symbol == "C"
    assert sheet.melody is not None
    for note in sheet.melody.notes:
        if note.duration_tick >= 960:
            chord = [chord for tick, chord in sheet.chords if tick <= note.onset_tick][-1]
            assert note.pitch % 12 in chord.pcs


def test_the_melody_is_the_highest_part_of_one_voice() -> None:
    score = make_score("C3:4 G3:4", "C5:2 D5:2 E5:4", "C6+E6:4 D6+F6:4")
    sheet = read_lead_sheet(score)
    assert sheet.melody is not None
    assert sheet.melody.notes[0].pitch == 72


def test_a_part_that_says_it_is_the_melody_is_it() -> None:
    score = make_score("C3:4 G3:4", "C5:2 D5:2 E5:4")
    marked = replace(score, parts=(replace(score.parts[0], role="melody"), score.parts[1]))
    sheet = read_lead_sheet(marked)
    assert sheet.melody is not None
    assert sheet.melody.notes[0].pitch == 48


def test_chords_alone_have_no_melody() -> None:
    sheet = read_lead_sheet(make_score("C3+E3+G3:4 F3+A3+C4:4"))
    assert sheet.melody is None
    assert [chord.symbol for _, chord in sheet.chords] == ["C", "F"]


def test_the_key_is_given_signed_or_guessed() -> None:
    score = make_score(TUNE, fifths=0)
    assert read_lead_sheet(score, key=parse_key("A minor")).key.name() == "A minor"
    assert read_lead_sheet(score).key.name() == "C major"
    assert read_lead_sheet(make_score(TUNE)).key.name() == "C major"


def test_symbols_alone_are_enough() -> None:
    score = Score(chords=(ChordSymbol(tick=0, symbol="Dm"),), length_tick=7680)
    sheet = read_lead_sheet(score)
    assert sheet.melody is None
    assert sheet.key.name() == "D minor"


@pytest.mark.parametrize(
    "score",
    [Score(), make_score("drums 36:1 38:1"), make_score("r:4")],
    ids=["none", "drums", "rest"],
)
def test_a_score_without_music_is_refused(score: Score) -> None:
    with pytest.raises(ParameterError, match="no pitched note and no chord symbol") as caught:
        read_lead_sheet(score)
    assert "旋律" in caught.value.zh


def test_a_symbol_that_means_nothing_names_its_bar() -> None:
    score = replace(make_score(TUNE), chords=(ChordSymbol(tick=3840, symbol="Qx7"),))
    with pytest.raises(ParameterError, match=r"bar 3.*Qx7") as caught:
        read_lead_sheet(score)
    assert "第 3 小节" in caught.value.zh


@pytest.mark.parametrize("resolution", [96, 384, 480, 960, 1024])
def test_every_resolution_comes_to_the_same(resolution: int) -> None:
    score = make_score(TUNE, chords="C:4 F:4 G7:4 C:4", resolution=resolution)
    sheet = read_lead_sheet(score)
    assert sheet.score.resolution == 480
    assert [tick for tick, _ in sheet.chords] == [0, 1920, 3840, 5760]
    assert sheet.melody is not None
    assert [note.onset_tick for note in sheet.melody.notes[:3]] == [0, 480, 960]

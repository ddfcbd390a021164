"""Arranging: every melody note, no note out of range, the source's own inner notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.errors import ParameterError
from motet.io import read
from motet.score import Score, make_score
from motet.tasks.ensemble import ENSEMBLES, arrange_for
from motet.theory.instrument import find_instrument

TUNES = sorted((Path(__file__).parents[3] / "examples" / "tunes").glob("*.mid"))
BANDS = ("jazz-combo", "rock-band", "pop-band", "jazz-trio", "big-band")


@pytest.fixture
def song() -> Score:
    return make_score(
        "E5:1 F5:1 G5:2 | A5:1 G5:1 F5:2 | E5:2 D5:2 | C5:4",
        "C4+G4:4 A3+C4:4 C4+G4:2 B3+G4:2 C4+E4:4",
        "C3:4 F2:4 C3:2 G2:2 C3:4",
    )


@pytest.mark.parametrize("name", [name for name in ENSEMBLES if name not in BANDS])
@pytest.mark.parametrize("path", TUNES[:2], ids=lambda path: path.stem)
def test_all_melody_notes_and_no_note_out_of_range(path: Path, name: str) -> None:
    piece = arrange_for(read(path).score, name)
    checks = {one.name: one for one in piece.adherence.checks}
    assert checks["melody"].ok
    assert checks["range"].ok
    assert all(part.notes for part in piece.parts), name


def test_a_quartet_has_the_source_as_it_is(song: Score) -> None:
    parts = arrange_for(song, "string-quartet").parts
    assert [note.pitch for note in parts[0].notes] == [note.pitch for note in song.parts[0].notes]
    assert [note.pitch for note in parts[1].notes] == [67, 60, 67, 67, 64]
    assert [note.pitch for note in parts[2].notes] == [60, 57, 60, 59, 60]
    assert [note.pitch for note in parts[3].notes] == [48, 41, 48, 43, 48]


def test_lines_have_one_note_at_a_time(song: Score) -> None:
    for part in arrange_for(song, "saxophone-quartet").parts:
        for one, other in zip(part.notes, part.notes[1:]):
            assert one.end_tick <= other.onset_tick


def test_transposing_instruments_are_written_as_such(song: Score) -> None:
    for part in arrange_for(song, "saxophone-quartet").parts:
        assert part.transposition_semi == find_instrument(part.program).transposition_semi != 0


def test_a_melody_too_low_goes_up_by_octaves_and_that_is_told() -> None:
    low = make_score("C3:1 D3:1 E3:2 | D3:2 C3:2", chords="C:4 G:2 C:2")
    piece = arrange_for(low, "flute,clarinet,bassoon")
    assert {
        note.pitch - other.pitch for note, other in zip(piece.parts[0].notes, low.parts[0].notes)
    } == {24}
    assert "5 in another octave" in piece.adherence.checks[0].measured[0]


def test_the_melody_passes_where_a_section_comes_back() -> None:
    tune = read(next(path for path in TUNES if path.stem == "greensleeves")).score
    piece = arrange_for(tune, "string-quartet")
    still = arrange_for(tune, "string-quartet", passes=False)
    assert any("Violin 1, then Viola" in en for en, _ in piece.remarks)
    pitches = [note.pitch for note in still.parts[0].notes]
    assert pitches == [note.pitch for note in tune.parts[0].notes]
    assert [note.pitch for note in piece.parts[0].notes] != pitches


def test_a_band_gets_drums_and_keeps_the_melody() -> None:
    piece = arrange_for(read(TUNES[0]).score, "jazz-combo", language="zh")
    assert [part.is_drums for part in piece.parts] == [False, False, False, True]
    assert piece.writers[0] == "given"
    assert piece.writers[3] == "arranger"
    assert piece.adherence.is_met
    assert "旋律" in piece.summary()


def test_same_seed_same_notes() -> None:
    tune = read(TUNES[0]).score
    assert (
        arrange_for(tune, "pop-band", seed=3).score == arrange_for(tune, "pop-band", seed=3).score
    )


def test_mistakes() -> None:
    with pytest.raises(ParameterError, match="melody"):
        arrange_for(make_score("drums 36:4"), "string-quartet")
    with pytest.raises(ParameterError, match="soup"):
        arrange_for(make_score("C4:4"), "soup")
    with pytest.raises(ParameterError, match="size"):
        arrange_for(make_score("C4:4"), "piano", size=3)

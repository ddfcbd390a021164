"""Arranging a lead sheet: melody, bars, metres, tempi, sections and repeats are the sheet's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.arranger import ArrangeRequest, Piece, write_piece
from motet.errors import ParameterError
from motet.score import (
    BarLength,
    KeySignature,
    Metre,
    Note,
    Part,
    Repeat,
    Score,
    Section,
    Tempo,
    make_score,
)

TUNE = "E4:1 G4:1 C5:2 | A4:1 C5:1 F4:2 | D4:1 B4:1 G4:2 | C4:4"


def arrange(score: Score, **options: object) -> Piece:
    return write_piece(score, ArrangeRequest(style="pop", seed=1, **options))  # type: ignore[arg-type]


def melody_of(score: Score) -> list[tuple[int, int, int]]:
    part = next(part for part in score.parts if part.role == "melody")
    return [(note.onset_tick, note.duration_tick, note.pitch) for note in part.notes]


@pytest.mark.parametrize("resolution", [96, 384, 480])
def test_the_melody_is_kept_note_for_note(resolution: int) -> None:
    source = make_score(TUNE, chords="C:4 F:4 G7:4 C:4", resolution=resolution)
    found = arrange(source).score
    scale = 480 // resolution if resolution != 384 else 1.25
    expected = [
        (round(n.onset_tick * scale), round(n.duration_tick * scale), n.pitch)
        for n in source.parts[0].notes
    ]
    assert melody_of(found) == expected
    assert found.n_bars == 4
    assert [chord.symbol for chord in found.chords] == ["C", "F", "G7", "C"]


def pickup_score() -> Score:
    notes = [Note(onset_tick=0, duration_tick=480, pitch=67)]
    notes += [
        Note(onset_tick=480 + 480 * k, duration_tick=480, pitch=60 + k % 5) for k in range(32)
    ]
    return Score(
        parts=(Part(name="Voice", notes=tuple(notes)),),
        bar_lengths=(BarLength(tick=0, duration_tick=480),),
        length_tick=480 + 8 * 1920,
    )


def test_a_pickup_is_left_to_the_melody() -> None:
    source = pickup_score()
    found = arrange(source, intensity=5).score
    assert [bar.duration_tick for bar in found.bars] == [bar.duration_tick for bar in source.bars]
    for part in found.parts:
        if part.role != "melody":
            assert min(note.onset_tick for note in part.notes) >= 480 - 30, part.name
    assert melody_of(found) == melody_of(
        replace(source, parts=(replace(source.parts[0], role="melody"),))
    )


def test_metre_changes_are_kept() -> None:
    notes = tuple(Note(onset_tick=480 * k, duration_tick=480, pitch=60 + k % 7) for k in range(25))
    source = Score(
        parts=(Part(name="Voice", notes=notes),),
        metres=(
            Metre(tick=0, numerator=4, denominator=4),
            Metre(tick=3840, numerator=3, denominator=4),
            Metre(tick=8160, numerator=4, denominator=4),
        ),
        length_tick=12000,
    )
    piece = arrange(source, humanise=0)
    assert piece.score.metres == source.metres
    assert [bar.start_tick for bar in piece.score.bars] == [bar.start_tick for bar in source.bars]
    drums = next(part for part in piece.score.parts if part.is_drums)
    starts = {bar.start_tick for bar in source.bars}
    assert starts - {source.bars[-1].start_tick} <= {note.onset_tick for note in drums.notes}


def test_the_tempo_map_is_kept_once() -> None:
    tempos = (Tempo(tick=0, quarter_us=600_000), Tempo(tick=3840, quarter_us=500_000))
    source = replace(make_score(TUNE, chords="C:4 F:4 G7:4 C:4"), tempos=tempos)
    assert arrange(source).score.tempos == tempos
    assert [t.qpm for t in arrange(source, qpm=90).score.tempos] == [pytest.approx(90)]


def test_repeats_endings_and_sections_are_kept() -> None:
    source = replace(
        make_score(TUNE, chords="C:4 F:4 G7:4 C:4"),
        sections=(Section(tick=0, label="Verse"), Section(tick=3840, label="Chorus")),
        repeats=(Repeat(tick=0, kind="start"), Repeat(tick=7680, kind="end")),
    )
    piece = arrange(source)
    assert piece.score.sections == source.sections
    assert piece.score.repeats == source.repeats
    assert [bar.kind for bar in piece.plan.bars] == ["verse", "verse", "chorus", "chorus"]
    assert piece.plan.bars[3].intensity > piece.plan.bars[0].intensity


def test_no_chord_in_a_sheet_is_silence() -> None:
    piece = arrange(make_score(TUNE, chords="C:4 N.C.:4 G7:4 C:4"), humanise=0)
    for part in piece.score.parts:
        if part.role in ("bass", "comping", "pad"):
            assert not [n for n in part.notes if 1920 <= n.onset_tick < 3360], part.name


def test_the_key_asked_for_is_the_key() -> None:
    piece = arrange(make_score(TUNE), key="A minor")
    assert piece.plan.key.name() == "A minor"
    assert piece.score.keys == (KeySignature(tick=0, fifths=0, mode="minor"),)


def test_sheets_without_sections_are_cut_into_eights() -> None:
    piece = arrange(make_score("C4:4 E4:4 G4:4 C5:4 " * 5))
    assert [f"{s['label']}{s['n_bars']}" for s in piece.facts()["sections"]] == ["A8", "B8", "C4"]


@pytest.mark.parametrize("options", [{"form": "A8"}, {"bars": 4}])
def test_form_and_bars_are_the_sheets_own(options: dict[str, object]) -> None:
    with pytest.raises(ParameterError, match="do not apply to a lead sheet"):
        arrange(make_score(TUNE), **options)


def test_another_metre_than_the_sheets_is_refused() -> None:
    assert arrange(make_score(TUNE), metre="4/4").score.n_bars == 4
    with pytest.raises(ParameterError, match="the lead sheet is in 4/4") as caught:
        arrange(make_score(TUNE), metre="3/4")
    assert "4/4" in caught.value.zh


def test_a_sheet_of_one_bar() -> None:
    piece = arrange(make_score("C4:1 E4:1 G4:2"))
    assert piece.score.n_bars == 1
    assert len(piece.score.parts) > 2

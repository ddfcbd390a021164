"""Whole pieces in every style and metre: bars, ranges, chord tones, voices, seeds, parts by name."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import lru_cache
from itertools import pairwise, product

import pytest

from motet.arranger import ArrangeRequest, Piece, find_style, list_styles, write_piece
from motet.score import Note, Part, Score
from motet.theory.chord_scale import chord_scale
from motet.theory.general_midi import drum_key
from motet.theory.instrument import find_instrument

METRES = ("2/4", "3/4", "4/4", "5/4", "6/8", "7/8", "12/8", "5/8")
STYLES = tuple(style.name for style in list_styles())
EVERY = list(product(STYLES, METRES))
SAMPLE = [pair for k, pair in enumerate(EVERY) if k % 13 == 0]
CHORDS = "| Dm7 | G7 | Cmaj7 C/E | A7b9 | F#m7b5 | N.C. | Bb6 | Gsus4 G7 |"
SYMBOLS = ["Dm7", "G7", "Cmaj7", "C/E", "A7b9", "F#m7b5", "N.C.", "Bb6", "Gsus4", "G7"]


@lru_cache(maxsize=8)
def piece_in(style: str, metre: str) -> Piece:
    request = ArrangeRequest(style=style, metre=metre, seed=3, bars=16, humanise=0, intensity=4)
    return write_piece(CHORDS, request)


def notes_of(score: Score) -> dict[str, tuple[Note, ...]]:
    return {part.name: part.notes for part in score.parts}


def check_bars(piece: Piece) -> None:
    score = piece.score
    assert score.n_bars == 16
    assert score.end_tick == 16 * score.bars[0].duration_tick
    for part in score.parts:
        assert all(0 <= note.onset_tick < score.end_tick for note in part.notes)
        assert all(note.end_tick <= score.end_tick for note in part.notes)
        assert all(1 <= note.velocity <= 127 for note in part.notes)


def check_chords(piece: Piece) -> None:
    assert [chord.symbol for chord in piece.score.chords] == [*SYMBOLS, *SYMBOLS]
    bars = piece.score.bars
    starts = {bar.start_tick for bar in bars}
    ticks = [chord.tick for chord in piece.score.chords]
    assert ticks == sorted(set(ticks))
    assert sum(tick in starts for tick in ticks) == 16


def check_one_voice(part: Part) -> None:
    notes = sorted(part.notes, key=lambda note: note.onset_tick)
    for one, two in pairwise(notes):
        assert one.end_tick <= two.onset_tick, part.name


def check_pitches(piece: Piece, part: Part) -> None:
    plan = piece.plan
    spec = next(spec for spec in plan.style.parts if spec.name == part.name)
    for note in part.notes:
        spans = {plan.span_at(note.onset_tick).start_tick: plan.span_at(note.onset_tick)}
        early = plan.next_span(note.onset_tick)
        spans[early.start_tick] = early
        allowed = {pc for span in spans.values() for pc in span.chord.pcs}
        if part.role in ("bass", "counter"):
            for span in spans.values():
                if span.chord.pcs:
                    allowed |= set(chord_scale(span.chord, plan.key))
        if part.role == "bass":
            for span in spans.values():
                allowed |= {(span.chord.bass_pc + shift) % 12 for shift in (-1, 1)}
        if part.n_staves == 2 and note.pitch <= spec.low + 2:
            continue
        assert note.pitch % 12 in allowed, (part.name, note)
        top = spec.high
        if part.role not in ("bass", "counter"):
            top = max(top, min(top + 12, find_instrument(spec.instrument).high))
        assert spec.low <= note.pitch <= top, (part.name, note)


def check_silence(piece: Piece) -> None:
    silent = [span for span in piece.plan.harmony if not span.chord.pcs]
    for part in piece.score.parts:
        if part.role in ("bass", "comping", "pad", "strings", "horns", "counter"):
            for note in part.notes:
                for span in silent:
                    inside = span.start_tick <= note.onset_tick < span.end_tick - 720
                    assert not inside, (part.name, note)


def check_piece(style: str, metre: str) -> None:
    piece = piece_in(style, metre)
    check_bars(piece)
    check_chords(piece)
    check_silence(piece)
    melody = piece.plan.style.melody
    drums = {drum_key(row.owner) for groove in piece.plan.style.grooves for row in groove.drums}
    drums |= {drum_key(row.owner) for fill in piece.plan.style.fills for row in fill.rows}
    for part in piece.score.parts:
        if part.is_drums:
            assert {note.pitch for note in part.notes} <= drums | {drum_key("crash")}
            continue
        if part.role in ("melody", "bass", "counter"):
            check_one_voice(part)
        if part.role == "melody":
            assert all(melody.low <= note.pitch <= melody.high for note in part.notes)
        else:
            check_pitches(piece, part)


@pytest.mark.parametrize(("style", "metre"), SAMPLE)
def test_a_piece_holds_to_its_plan(style: str, metre: str) -> None:
    check_piece(style, metre)


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
def test_every_style_holds_in_every_metre(style: str) -> None:
    for metre in METRES:
        check_piece(style, metre)


@pytest.mark.parametrize("style", ["pop", "swing", "funk"])
def test_nothing_leaves_the_grid_without_a_hand(style: str) -> None:
    request = ArrangeRequest(style=style, bars=8, humanise=0, swing=0.0, seed=2)
    score = write_piece(CHORDS, request).score
    grid = {tick for step in (30, 40) for tick in range(0, score.end_tick, step)}
    for part in score.parts:
        assert {note.onset_tick for note in part.notes} <= grid, part.name


def test_the_same_seed_writes_the_same_notes() -> None:
    one, two, other = (
        write_piece(None, ArrangeRequest(style="pop", seed=seed, bars=12)).score
        for seed in (5, 5, 6)
    )
    assert one == two
    assert notes_of(one) != notes_of(other)


def test_the_same_seed_writes_the_same_notes_in_every_process() -> None:
    code = (
        "import motet, zlib; s = motet.arrange(style='bossa', seed=4, bars=12).score; "
        "print(zlib.crc32(repr(s.parts).encode()))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": number},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for number in ("1", "2")
    }
    assert len(found) == 1


@pytest.mark.parametrize("style", ["pop", "bossa", "funk"])
def test_leaving_parts_out_changes_no_other_part(style: str) -> None:
    full = notes_of(write_piece(CHORDS, ArrangeRequest(style=style, seed=2, intensity=5)).score)
    for name in ("bass", "drums", "comping"):
        request = ArrangeRequest(style=style, seed=2, intensity=5, parts=(name,))
        some = notes_of(write_piece(CHORDS, request).score)
        assert some
        for part, notes in some.items():
            assert notes == full[part]


def test_parts_come_in_score_order() -> None:
    order = ("melody", "counter", "horns", "comping", "pad", "strings", "bass", "drums")
    for style in STYLES[::4]:
        request = ArrangeRequest(style=style, bars=8, intensity=5)
        roles = [order.index(part.role) for part in write_piece(CHORDS, request).score.parts]
        assert roles == sorted(roles)


def test_more_intensity_has_more_notes() -> None:
    for style in ("pop", "rock", "funk"):
        soft, loud = (
            sum(
                len(part.notes)
                for part in write_piece(
                    CHORDS, ArrangeRequest(style=style, bars=16, intensity=level, seed=1)
                ).score.parts
            )
            for level in (1, 5)
        )
        assert loud > 1.2 * soft


def test_titles_sections_and_tempo() -> None:
    request = ArrangeRequest(style="ballad", form="intro2 A4 副歌4", key="F", seed=1, qpm=60)
    score = write_piece(None, request, language="zh").score
    assert [section.label for section in score.sections][:1] == ["前奏"]
    assert score.title.endswith("F大调") or "F" in score.title
    assert score.tempos[0].qpm == pytest.approx(60)
    if find_style("ballad").ending == "ritard":
        speeds = [tempo.qpm for tempo in score.tempos]
        assert speeds == sorted(speeds, reverse=True)
        assert len(speeds) > 1

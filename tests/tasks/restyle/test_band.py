"""The band under a tune: silent before it, out of its way, with an end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.score import BarLength, Score, Tempo, make_score
from motet.tasks.restyle import restyle


def test_nobody_plays_before_an_upbeat_that_is_written_with_rests() -> None:
    tune = "r:3 G4:1 | C5:1 D5:1 E5:1 C5:1 | D5:2 G4:2 | C5:4"
    score = restyle(make_score(tune, chords="C:8 G7:4 C:4"), to="rock", humanise=0).score
    for part in score.parts[1:]:
        assert all(note.onset_tick >= 1920 for note in part.notes), part.name


def test_nobody_plays_under_a_pickup(song: Score) -> None:
    pickup = make_score("G4:1 | " + "C5:1 D5:1 E5:1 C5:1 | " * 3 + "C5:4")
    score = replace(pickup, bar_lengths=(BarLength(tick=0, duration_tick=480),))
    done = restyle(score, to="pop", humanise=0).score
    assert done.bars[0].duration_tick == 480
    assert all(n.onset_tick >= 480 for part in done.parts[1:] for n in part.notes)
    del song


@pytest.mark.parametrize("style", ["bossa", "pop", "swing", "classical"])
def test_chords_do_not_stand_beside_the_tune(song: Score, style: str) -> None:
    score = restyle(song, to=style, humanise=0).score
    tune = score.parts[0].notes
    for part in score.parts[1:]:
        if part.role not in ("comping", "pad", "strings", "horns"):
            continue
        for note in part.notes:
            for sung in tune:
                together = min(note.end_tick, sung.end_tick) - max(note.onset_tick, sung.onset_tick)
                least = min(score.resolution // 4, note.duration_tick // 2)
                if together > least:
                    assert abs(sung.pitch - note.pitch) not in (1, 2), (part.name, note, sung)


def test_drums_do_not_beat_through_a_slowing_end(song: Score) -> None:
    slowing = (
        Tempo(tick=0, quarter_us=500_000),
        Tempo(tick=song.bars[6].start_tick, quarter_us=700_000),
        Tempo(tick=song.bars[7].start_tick, quarter_us=900_000),
    )
    score = restyle(replace(song, tempos=slowing), to="rock", keep="melody,tempo", humanise=0).score
    drums = next(part for part in score.parts if part.is_drums)
    last = score.bars[-1].start_tick
    assert score.tempos == slowing
    assert all(n.onset_tick < slowing[1].tick or n.onset_tick == last for n in drums.notes)


def test_the_band_holds_its_last_chord_with_the_tune(song: Score) -> None:
    score = restyle(song, to="reggae", humanise=0).score
    last = score.bars[-1]
    held = [
        n for part in score.parts[1:] if part.role == "comping"
        for n in part.notes if n.onset_tick >= last.start_tick
    ]  # fmt: skip
    assert held
    assert max(n.end_tick for n in held) == last.end_tick

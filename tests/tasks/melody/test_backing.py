"""A band under a song."""

from __future__ import annotations

from dataclasses import replace

from motet.brief import Brief
from motet.score import Lyric, Score, make_score
from motet.tasks.melody.backing import add_backing


def song() -> Score:
    score = make_score("E4:.5 F4:.5 G4:1 C5:2 | D5:2 C5:2", chords="C:4 G7:2 C:2", qpm=90)
    voice = score.parts[0]
    lyrics = tuple(Lyric(tick=note.onset_tick, text="la") for note in voice.notes)
    return score.with_parts(replace(voice, name="Voice", lyrics=lyrics))


def test_the_voice_stays_and_a_band_plays() -> None:
    done = add_backing(song(), Brief(style="pop", seed=2))
    assert [note.pitch for note in done.parts[0].notes] == [64, 65, 67, 72, 74, 72]
    assert done.parts[0].name == "Voice"
    assert {"bass", "drums"} <= {part.role for part in done.parts}
    assert done.tempos == song().tempos


def test_words_move_with_swung_notes() -> None:
    done = add_backing(song(), Brief(style="swing", seed=2))
    onsets = [note.onset_tick for note in done.parts[0].notes]
    assert onsets[1] > 240
    assert [one.tick for one in done.parts[0].lyrics] == onsets

"""Words set to music: every syllable has its note, in the score and in every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.engine.bundle import Bundle
from motet.errors import ParameterError
from motet.io import read, write
from motet.tasks.melody import set_lyrics

ENGLISH = """[Verse]
The river runs beneath the silver moon,
And carries all my sorrows to the sea

[Chorus]
I'll find my way back home
Wherever you may roam

[Verse 2]
The morning paints the window gold and red,
And nothing more is needed to be said

[Chorus]
"""
CHINESE = (
    "月光洒在窗前的小河\n晚风轻轻唱着一首歌\n\n【副歌】\n我要飞过高山和大海\n穿过风雨去寻找未来"
)


def sing(text: str, bundle: Bundle, **options: object):  # type: ignore[no-untyped-def]
    return set_lyrics(text, bundle=bundle, candidates=1, originality=False, **options)  # type: ignore[arg-type]


def test_every_syllable_has_a_note(bundle: Bundle) -> None:
    song = sing(ENGLISH, bundle, seed=1)
    voice = song.parts[0]
    onsets = {note.onset_tick for note in voice.notes}
    assert all(one.tick in onsets for one in voice.lyrics)
    text = "".join(one.text for one in voice.lyrics[:10]).lower()
    assert text == "theriverrunsbeneaththesilvermoon,"
    assert song.adherence.is_met, song.adherence.table()
    told = {one.name: one.measured[0] for one in song.adherence.checks}
    assert float(told["stress"].split()[0]) > 90


def test_the_words_are_given_and_proved_kept(bundle: Bundle) -> None:
    for options in ({}, {"style": "pop"}, {"chords": "C | Am | F | G7", "style": "swing"}):
        song = sing(ENGLISH, bundle, seed=1, **options)
        assert song.given is not None
        assert song.given.n_notes == 0
        words = song.given.parts[0].lyrics
        kept = [one for one in song.adherence.checks if one.name == "kept"]
        assert [(one.ok, one.measured[0]) for one in kept] == [(True, str(len(words)))]
        chords = [one.ok for one in song.adherence.checks if one.name == "chords"]
        assert chords == ([True] if "chords" in options else [])
        assert song.score.n_bars == song.given.n_bars


def test_the_chorus_comes_back_with_its_tune(bundle: Bundle) -> None:
    song = sing(ENGLISH, bundle, seed=2)
    score = song.score
    starts = [one.tick for one in score.sections if one.label == "Chorus"]
    assert len(starts) == 2
    first, second = (
        [
            (note.onset_tick - start, note.pitch)
            for note in song.parts[0].notes
            if start <= note.onset_tick < start + 2 * 1920
        ]
        for start in starts
    )
    assert first == second


def test_chinese_is_a_character_a_note_and_follows_the_tones(bundle: Bundle) -> None:
    song = sing(CHINESE, bundle, seed=3, language="zh")
    assert "".join(one.text for one in song.parts[0].lyrics) == "".join(
        sign for sign in CHINESE if sign not in "\n【】" and sign not in "副歌"
    ).replace("唱着一首", "唱着一首歌")
    told = {one.name: one.measured[0] for one in song.adherence.checks}
    assert float(told["tones"].split()[0]) >= 95


@pytest.mark.parametrize("ending", ["mid", "musicxml", "abc", "json"])
@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
def test_words_come_back_from_files(bundle: Bundle, tmp_path: Path, ending: str, text: str) -> None:
    song = sing(text, bundle, seed=1)
    path = tmp_path / f"song.{ending}"
    write(song.score, path)
    voice = read(path).score.parts[0]
    assert [one.text for one in voice.lyrics] == [one.text for one in song.parts[0].lyrics]
    assert [one.tick for one in voice.lyrics] == [one.tick for one in song.parts[0].lyrics]


@pytest.mark.parametrize("metre", ["3/4", "6/8", "2/4", "5/4"])
def test_other_metres(bundle: Bundle, metre: str) -> None:
    song = sing("Over the river the silver moon\nSinging a song to the sea", bundle, metre=metre)
    assert song.adherence.is_met, song.adherence.table()


def test_a_style_brings_a_band_and_the_words_stay(bundle: Bundle) -> None:
    song = sing(ENGLISH, bundle, style="swing", seed=4)
    assert len(song.parts) > 3
    assert song.writers == ("model", *["arranger"] * (len(song.parts) - 1))
    voice = song.parts[0]
    assert {one.tick for one in voice.lyrics} <= {note.onset_tick for note in voice.notes}
    assert len(sing(ENGLISH, bundle, style="swing", backing=False).parts) == 1


def test_given_chords_and_range_are_kept(bundle: Bundle) -> None:
    song = sing("Over the river\nUnder the moon", bundle, chords="C | G | Am | F", lowest="C4",
                highest="C5")  # fmt: skip
    assert [one.symbol for one in song.score.chords[:4]] == ["C", "G", "Am", "F"]
    assert all(60 <= note.pitch <= 72 for note in song.parts[0].notes)


def test_without_a_model_the_arranger_sings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("motet.tasks.melody.lyrics.open_bundle", lambda _: None)
    song = set_lyrics("Over the river\nUnder the moon")
    assert song.writers == ("arranger",)
    assert song.bundle == ""


def test_same_seed_same_song(bundle: Bundle) -> None:
    assert sing(CHINESE, bundle, seed=5).score == sing(CHINESE, bundle, seed=5).score


@pytest.mark.parametrize(
    ("text", "options", "word"),
    [
        ("", {}, "no word"), ("la la", {"bars_a_line": 99}, "bars_a_line"),
        ("la la", {"metre": "4/4, 3: 3/4"}, "one metre"), ("la la", {"wrong": 1}, "wrong"),
    ],
)  # fmt: skip
def test_mistakes_are_named(text: str, options: dict[str, object], word: str) -> None:
    with pytest.raises(ParameterError, match=word):
        set_lyrics(text, **options)  # type: ignore[arg-type]

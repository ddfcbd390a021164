import json
from pathlib import Path

import numpy as np

import motet
from motet.audio.beats import even_beats
from motet.audio.build import notes_to_score
from motet.audio.heard import HeardBeats, HeardChord, HeardKey, HeardNote
from motet.provenance import record_of
from motet.tasks.transcribe import Transcription


def make(*, swing: float = 0.5) -> Transcription:
    notes = tuple(HeardNote(0.5 * k + 0.01, 0.5 * k + 0.45, 60 + k, 80, 0.8) for k in range(8))
    even = even_beats(4.0)
    beats = HeardBeats(even.time_s, even.place, 4, 1.0, (4, 4), 120.0, swing, 0.6)
    key = HeardKey(9, "minor", "A minor", 0.7)
    chords = (HeardChord(0.0, 4.0, "Am", 0.8),)
    built = notes_to_score([("Melody", notes)], beats, title="Air", key=key, chords=chords)
    return Transcription(
        score=built.score,
        performed=built.performed,
        notes=notes,
        beats=beats,
        key=key,
        chords=chords,
        remarks=(("a remark", "一条说明"),),
        confidence=0.64,
        moved=built.moved,
        duration_s=4.0,
    )


def test_it_is_told_in_both_languages() -> None:
    english, chinese = make(swing=0.64).tell("en"), make(swing=0.64).tell("zh")
    assert len(english) == len(chinese) == 5
    assert "120 quarter notes a minute, swung (60% sure); A minor (70% sure)" in english[1]
    assert "A小调" in chinese[1]
    assert english[-1] == "a remark"
    assert chinese[-1] == "一条说明"


def test_plain_values_go_into_json() -> None:
    told = json.loads(json.dumps(make().to_dict()))
    assert (told["metre"], told["qpm"], told["key"], told["n_notes"]) == (
        "4/4",
        120.0,
        "A minor",
        8,
    )
    assert told["notes"][1]["onset_s"] == 0.51
    assert told["beat_s"][:3] == [0.0, 0.5, 1.0]
    assert "notes" not in make().facts()


def test_it_is_saved_like_any_piece(tmp_path: Path) -> None:
    heard = make()
    for ending in ("mid", "musicxml", "json"):
        (path,) = motet.save(heard, tmp_path / f"air.{ending}")
        assert motet.read(path).score.n_notes == 8
    assert heard.write(tmp_path / "own.mid").exists()
    assert motet.save(heard.performed, tmp_path / "played.mid")[0].exists()


def test_its_record_says_that_all_was_heard() -> None:
    record = record_of(make())
    assert record.steps[-1].task == "transcribe"
    assert set("".join(record.written)) <= {"g", "."}


def test_a_project_begins_with_it() -> None:
    assert motet.Project.start(make()).score.n_notes == 8


def test_the_parts_are_those_of_the_score() -> None:
    heard = make()
    assert heard.parts == heard.score.parts
    assert np.isclose(heard.score.time.tick_to_s(480), 0.5)

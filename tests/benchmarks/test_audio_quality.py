"""The benchmark of the ears measures what is true: performances, damage, rivals, figures, tables."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from motet.errors import FormatError
from motet.score import BarLength, Metre, Score, make_score

pytest.importorskip("mir_eval")
pytest.importorskip("librosa")

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "quality"


@pytest.fixture(scope="module")
def bench() -> Iterator[Any]:
    """Return a function that loads a module of the benchmark by its name."""
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module
    sys.path.remove(str(FOLDER))


@pytest.fixture
def take(bench: Any) -> Any:
    score = make_score("C4:1 E4:1 G4:2 | C5:1 B4:1 G4:2", chords="C:4 G:4")
    origin = bench("audio_catalogue").Origin(
        name="x", style="chorale", archive="", member="", qpm=120
    )
    labels = [(0, 1920, 0, "maj"), (1920, 3840, 7, "7")]
    return bench("audio_pieces").cut_take(origin, score, key="C major", chords=labels)


def test_a_take_says_when_everything_is(take: Any) -> None:
    assert take.notes[:2] == ((0.0, 0.5, 60), (0.5, 1.0, 64))
    assert take.beats_s == (0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5)
    assert take.downbeats_s == (0, 2.0)
    assert (take.metre, take.bpm) == ("4/4", 120)
    assert take.chords == ((0.0, 2.0, 0, "maj"), (2.0, 4.0, 7, "7"))


def test_touch_moves_the_notes_but_the_truth_moves_along(bench: Any, take: Any) -> None:
    origin = bench("audio_catalogue").Origin(
        name="x", style="chorale", archive="", member="", qpm=120, drift=0.05, jitter_ms=10
    )
    played = bench("audio_pieces").cut_take(origin, take.written)
    onsets = [onset for onset, _, _ in played.notes]
    assert onsets != [onset for onset, _, _ in take.notes]
    played_ticks = [played.score.time.tick_to_s(n.onset_tick) for n in played.score.parts[0].notes]
    assert onsets == sorted(played_ticks)
    assert [n.onset_tick for n in played.written.parts[0].notes] == [0, 480, 960, 1920, 2400, 2880]


def test_beats_of_compound_metre_and_of_a_pickup(bench: Any) -> None:
    jig = make_score("C4:1.5 D4:1.5 | E4:1.5 F4:1.5", metre="6/8")
    assert bench("audio_pieces").beats_of(jig) == ((0.0, 0.75, 1.5, 2.25), (0.0, 1.5))
    plain = make_score("G4:1 C5:1 B4:1 A4:1", metre="3/4")
    pickup = replace(plain, bar_lengths=(BarLength(tick=0, duration_tick=480),))
    beats, downs = bench("audio_pieces").beats_of(pickup)
    assert (beats, downs) == ((0.0, 0.5, 1.0, 1.5), (0.5,))


def test_doubled_pitches_are_one_note(bench: Any) -> None:
    one = make_score("C4:1 D4:1")
    both = one.with_parts(*one.parts, *make_score("C4:2").parts)
    origin = bench("audio_catalogue").Origin(
        name="x", style="chorale", archive="", member="", qpm=60
    )
    found = bench("audio_pieces").cut_take(origin, both)
    assert found.notes == ((0.0, 2.0, 60), (1.0, 2.0, 62))


def test_every_piece_says_where_it_lies(bench: Any) -> None:
    catalogue = bench("audio_catalogue")
    by_style: dict[str, list[str]] = {}
    for origin in catalogue.PIECES:
        by_style.setdefault(origin.style, []).append(origin.name)
        assert origin.archive.split("/")[0] in ("clean", "evaluate")
        assert origin.member.startswith(origin.archive.split("/")[1])
    assert list(by_style) == list(catalogue.STYLES)
    assert {len(names) for names in by_style.values()} == {3}


def test_noise_is_as_loud_as_said_and_mp3_stays_in_time(bench: Any, tmp_path: Path) -> None:
    sound = bench("audio_sound")
    rng = np.random.default_rng(2)
    click = np.zeros(2 * sound.RATE_HZ, np.float32)
    for at in (10000, 40000, 70000):
        click[at : at + 400] = 0.7 * rng.normal(size=400) * np.hanning(400)
    noisy, _ = sound.damage(click, "noise", tmp_path / "a.flac", seed=1)
    noise = sound.read_sound(noisy)
    scale = float(noise @ click / (click @ click))
    rest = noise - scale * click
    ratio = 10 * np.log10((scale * click @ (scale * click)) / (rest @ rest))
    assert ratio == pytest.approx(sound.NOISE_DB, abs=0.5)
    squeezed, facts = sound.damage(click, "mp3", tmp_path / "b.flac", seed=1)
    heard = sound.read_sound(squeezed)
    assert facts["kbit"] < 64
    assert abs(int(np.argmax(np.abs(heard[:20000]))) - int(np.argmax(np.abs(click[:20000])))) < 300


def test_the_room_decays_as_said(bench: Any) -> None:
    sound = bench("audio_sound")
    room = sound.make_room().astype(float)
    energy = np.cumsum(room[1:][::-1] ** 2)[::-1]
    level = 10 * np.log10(energy / energy[0])
    start, end = (np.flatnonzero(level < db)[0] / sound.RATE_HZ for db in (-5, -25))
    assert 3 * (end - start) == pytest.approx(sound.DECAY_S, rel=0.1)


def test_peaks_become_notes(bench: Any) -> None:
    onset, note = np.zeros((50, 88), np.float32), np.zeros((50, 88), np.float32)
    onset[10, 39], note[10:20, 39] = 0.9, 0.8
    onset[30, 39] = 0.4
    found = bench("audio_rivals").naive_notes({"onset": onset, "note": note})
    assert [(round(a, 3), round(b, 3), pitch) for a, b, pitch in found] == [(0.116, 0.232, 60)]


def test_a_steady_tone_is_one_note_to_pyin(bench: Any) -> None:
    rivals = bench("audio_rivals")
    times = np.arange(40) / 50
    hz, voiced = np.full(40, 440.0), np.ones(40, bool)
    hz[20:], voiced[35:] = 494.0, False
    assert [pitch for _, _, pitch in rivals.pyin_notes(times, hz, voiced)] == [69, 71]


def test_chords_without_gaps_and_in_hartes_words(bench: Any) -> None:
    spans, labels = bench("audio_measures").interval_of(
        [(1.0, 2.0, 0, "maj"), (1.5, 3.0, 9, "min7")]
    )
    assert spans.tolist() == [[0, 1], [1, 2], [2, 3]]
    assert labels == ["N", "C:maj", "A:min7"]
    heard = [
        SimpleNamespace(start_s=0.0, end_s=1.0, symbol="N"),
        SimpleNamespace(start_s=1.0, end_s=2.0, symbol="F#m7b5"),
    ]
    made = bench("audio_hearing").symbols_to_chords(heard)
    assert made == [(0.0, 1.0, -1, "N"), (1.0, 2.0, 6, "hdim7")]


@pytest.mark.parametrize("kind", ["sung", "hummed", "whistled"])
def test_the_singer_sings_what_is_true(bench: Any, kind: str) -> None:
    voice = bench("audio_voice")
    sung = voice.sing(voice.make_quick_tune(), kind)
    assert len(sung.notes) == 14
    assert np.abs(sung.sound).max() == pytest.approx(0.6, abs=0.01)
    track, wrong = sung.track, []
    for start, end, pitch in sung.notes:
        inside = (track["time_s"] > start) & (track["time_s"] < end)
        sounding = 69 + 12 * np.log2(track["hz"][inside] / 440)
        wrong.append(abs(float(np.median(sounding)) - pitch))
    assert max(wrong) < 1.0  # out of tune, but no other note
    assert len({round(one, 3) for one in wrong}) > 5


def test_the_line_of_a_score_is_its_top(bench: Any) -> None:
    score = make_score("C4+E4:1 D4+F4:1 G4:2")
    line = bench("audio_voice").line_of(score)
    assert [note.pitch for note in line.parts[0].notes] == [64, 65, 67]


def test_a_circle_without_loss_and_with_other_bars(bench: Any) -> None:
    circle = bench("audio_circle")
    score = make_score("C4:1 D4:1 E4:2 | F4:4")
    same = circle.compare(score, score)
    assert (same["n"], same["same"], same["missing"], same["added"]) == (4, 4, 0, 0)
    other = Score(parts=score.parts, metres=(Metre(tick=0, numerator=3, denominator=4),))
    found = circle.compare(score, other)
    assert found["same"] + found["length"] + found["moved"] + found["pitch"] + found["missing"] == 4


def test_what_a_bad_file_gets_for_an_answer(bench: Any, tmp_path: Path) -> None:
    robust = bench("audio_robust")
    names = [case.en for case in robust.CASES]
    assert len(names) == len(set(names)) > 35
    case = next(one for one in robust.CASES if one.en == "WAV, 8,000 Hz")
    notes = [SimpleNamespace(onset_s=a, offset_s=b, pitch=p) for a, b, p in robust.NOTES]
    assert robust.answer(case, tmp_path, lambda _: notes)["n_right"] == 5

    def refuse(path: Path) -> Any:
        raise FormatError("no sound", zh="没有声音", path=str(path))

    def crash(path: Path) -> Any:
        raise ValueError(path)

    refused = robust.answer(case, tmp_path, refuse)
    assert (refused["answer"], refused["why_zh"]) == ("refused", "没有声音")
    assert robust.answer(case, tmp_path, crash)["answer"] == "crash"


def test_every_case_can_be_made(bench: Any, tmp_path: Path) -> None:
    for k, case in enumerate(bench("audio_robust").CASES):
        folder = tmp_path / str(k)
        folder.mkdir()
        path = case.make(folder)
        assert path.parent == folder
        assert any("一" <= letter <= "鿿" for letter in case.zh) or case.zh == case.en


def _row(name: str, damage: str, f: float) -> dict[str, Any]:
    notes = {"precision": f, "recall": f, "f": f, "f_offset": f / 2}
    beats = {"f": f, "amlt": f, "downbeat": f, "metre": 1.0}
    return {
        "name": name, "style": "chorale", "font": "TimGM", "damage": damage, "n": 10, "kbit": 32.0,
        "notes": {"Motet": notes, "peaks": {**notes, "f": f - 0.1}},
        "beats": {"Motet": beats, "librosa": beats},
        "tempo": {"Motet": {"tempo": 1.0, "tempo_octave": 1.0}},
        "key": {"Motet": {"key": 1.0, "key_exact": 1.0}},
        "chords": {"Motet": {"root": 0.5, "majmin": 0.4}},
    }  # fmt: skip


def test_tables_and_figures_say_what_was_measured(bench: Any) -> None:
    page = bench("audio_page")
    music = [_row("a", "clean", 0.8), _row("b", "clean", 0.6), _row("a", "noise", 0.5)]
    voice = {**_row("a", "clean", 0.9), "kind": "sung", "right_pitch": 0.75}
    voice["track"] = {
        "pYIN": {"pitch": 0.9, "chroma": 1.0, "voicing_recall": 1.0, "voicing_false": 0.0}
    }
    ring = {"n": 4, "same": 2, "length": 1, "moved": 0, "pitch": 0, "missing": 1, "added": 0}
    ring |= {"bars": 2, "bars_heard": 3, "metre": "4/4", "metre_heard": "3/4"}
    circle = {"name": "a", "style": "chorale", "untold": ring, "told": {"error": "no"}}
    read = {"en": "x", "zh": "某", "answer": "read", "has_notes": True, "n_notes": 6, "n_right": 5}
    refused = {**read, "answer": "refused", "why_en": "bad", "why_zh": "坏"}
    rows = {"music": music, "voice": [voice], "circle": [circle], "robust": [read, refused]}
    summary = page.summarise(rows)
    assert summary["style"]["all"]["notes"]["Motet"]["f"] == 0.7
    assert summary["damage"]["clean"]["notes"]["Motet"]["f"] == 0.8
    assert summary["spread"]["peaks"] == [0.1, 0.1, 0.1]
    figures = page.make_figures(summary)
    assert figures["notes, f"] == {"median": 0.7, "better": "higher"}
    assert figures["notes, f, noise"]["median"] == 0.5
    for language in ("en", "zh"):
        tables = page.tell_tables(summary, language=language)
        assert set(tables) == set(page.TITLES)
        for name, text in tables.items():
            counts = {line.count("|") for line in text.splitlines() if "no |" not in line}
            assert len(counts) == 1, (language, name)
    assert "| x | 5 of 5 notes, 1 others |" in page.tell_tables(summary)["robust"]
    assert "拒绝:坏" in page.tell_tables(summary, language="zh")["robust"]


@pytest.mark.slow
def test_a_quick_run_measures_everything(bench: Any, tmp_path: Path) -> None:
    audio, page = bench("audio"), bench("audio_page")
    rows = audio.run(audio.PARTS, work=tmp_path, is_quick=True)
    summary = page.summarise(rows)
    assert summary["errors"] == []
    assert summary["style"]["all"]["notes"]["Motet"]["f"] > 0.4
    assert summary["voice"]["whistled"]["notes"]["Motet"]["f"] > 0.4
    assert not [row for row in rows["robust"] if row["answer"] == "crash"]
    again = audio.run(("music",), work=tmp_path, is_quick=True)  # kept rows are taken
    assert again["music"] == rows["music"]

"""The hand-off folder, opened with mido, music21 and symusic."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import mido
import numpy as np
import pytest
import symusic

import motet
from motet.audio.file import read_audio
from motet.errors import ParameterError
from motet.io import read, write
from motet.project import Project
from motet.render.daw import handoff
from motet.score import (
    ChordSymbol,
    KeySignature,
    Metre,
    Note,
    Part,
    Score,
    Section,
    Tempo,
    make_score,
)

MUSIC21 = """
import json, sys
import music21
score = music21.converter.parse(sys.argv[1], quantizePost=False)
rows = []
for part in score.parts:
    flat = part.flatten()
    notes = []
    for one in flat.notes:
        if one.tie is not None and one.tie.type != "start":
            continue  # music21 breaks notes at bar lines
        for pitch in one.pitches if hasattr(one, "pitches") else ():
            notes.append((float(one.offset), pitch.midi))
        if not getattr(one, "pitches", ()):
            notes += [(float(one.offset), -1)] * max(1, len(getattr(one, "notes", ())))
    rows.append([part.partName, len(notes), sorted(n[0] for n in notes)[:5]])
metres = [(float(m.getOffsetInHierarchy(score)), m.ratioString)
          for m in score.recurse().getElementsByClass("TimeSignature")]
tempos = sorted({(float(m.getOffsetInHierarchy(score)), round(m.number, 3))
                 for m in score.recurse().getElementsByClass("MetronomeMark")})
print(json.dumps({"parts": rows, "metres": sorted(set(metres)), "tempos": tempos}))
"""


@pytest.fixture(scope="module")
def song() -> Score:
    """Two metres, three tempos, two keys, sections, chords, drums and a transposing part."""
    notes = tuple(
        Note(onset_tick=k * 240, duration_tick=240, pitch=60 + k % 12, velocity=70 + k % 9)
        for k in range(48)
    )
    bass = tuple(Note(onset_tick=k * 960, duration_tick=900, pitch=36 + k % 5) for k in range(12))
    kit = tuple(
        Note(onset_tick=k * 480, duration_tick=120, pitch=(36, 38)[k % 2]) for k in range(24)
    )
    return Score(
        parts=(
            Part(name="Flute", notes=notes, program=73, role="melody"),
            Part(name="Bass", notes=bass, program=32, role="bass"),
            Part(name="Drums", notes=kit, is_drums=True, role="drums"),
        ),
        tempos=(
            Tempo(tick=0, quarter_us=500_000), Tempo(tick=3840, quarter_us=600_000),
            Tempo(tick=9600, quarter_us=400_000),
        ),
        metres=(
            Metre(tick=0, numerator=4, denominator=4), Metre(tick=7680, numerator=3, denominator=4),
        ),
        keys=(
            KeySignature(tick=0, fifths=0, mode="major"),
            KeySignature(tick=7680, fifths=-3, mode="minor"),
        ),
        sections=(Section(tick=0, label="verse"), Section(tick=7680, label="chorus")),
        chords=(ChordSymbol(tick=0, symbol="C"), ChordSymbol(tick=7680, symbol="Cm7")),
        title="Test / song",
    )  # fmt: skip


@pytest.fixture
def folder(song: Score, tmp_path: Path) -> Path:
    handoff(song, tmp_path, name="x", stems=False)
    return tmp_path


def expected(song: Score) -> list[tuple[str, list[tuple[int, int, int, int]]]]:
    return [
        (part.name, [(n.onset_tick, n.duration_tick, n.pitch, n.velocity) for n in part.notes])
        for part in song.parts
    ]


def test_mido_finds_tracks_channels_maps_and_markers(song: Score, folder: Path) -> None:
    file = mido.MidiFile(folder / "x.mid")
    assert (file.type, len(file.tracks), file.ticks_per_beat) == (1, 4, 480)
    events: dict[str, list[Any]] = {}
    now = 0
    for message in file.tracks[0]:
        now += message.time
        events.setdefault(message.type, []).append((now, message))
    assert [(t, m.tempo) for t, m in events["set_tempo"]] == [
        (0, 500_000), (3840, 600_000), (9600, 400_000),
    ]  # fmt: skip
    metres = [(t, m.numerator, m.denominator) for t, m in events["time_signature"]]
    assert metres == [(0, 4, 4), (7680, 3, 4)]
    assert [(t, m.key) for t, m in events["key_signature"]] == [(0, "C"), (7680, "Cm")]
    assert [(t, m.text) for t, m in events["marker"]] == [(0, "verse"), (7680, "chorus")]
    assert [m.text for _, m in events["text"]] == ["Chord: C", "Chord: Cm7"]
    found = []
    for track, (channel, program) in zip(file.tracks[1:], ((0, 73), (1, 32), (9, 0)), strict=True):
        found.append((track.name, _mido_notes(track, channel)))
        programs = {(m.channel, m.program) for m in track if m.type == "program_change"}
        assert programs == {(channel, program)}
    assert found == expected(song)


def _mido_notes(track: Any, channel: int) -> list[tuple[int, int, int, int]]:
    """Pair note-ons and note-offs, and see that none is left, empty or doubled."""
    now, sounding, found = 0, {}, []  # type: int, dict[int, tuple[int, int]], list[Any]
    for message in track:
        now += message.time
        if message.type not in ("note_on", "note_off"):
            continue
        assert message.channel == channel
        if message.type == "note_on" and message.velocity:
            assert message.note not in sounding
            sounding[message.note] = (now, message.velocity)
        else:
            onset, velocity = sounding.pop(message.note)
            assert now > onset
            found.append((onset, now - onset, message.note, velocity))
    assert not sounding
    return sorted(found, key=lambda row: (row[0], row[2]))


def test_symusic_finds_the_same(song: Score, folder: Path) -> None:
    found = symusic.Score(str(folder / "x.mid"))
    tracks = [
        (t.name, [(n.time, n.duration, n.pitch, n.velocity) for n in t.notes]) for t in found.tracks
    ]
    assert [(name, sorted(notes)) for name, notes in tracks] == [
        (name, sorted(notes)) for name, notes in expected(song)
    ]
    assert [(t.program, t.is_drum) for t in found.tracks] == [(73, False), (32, False), (0, True)]
    assert [(t.time, round(t.qpm, 3)) for t in found.tempos] == [(0, 120), (3840, 100), (9600, 150)]
    metres = [(t.time, t.numerator, t.denominator) for t in found.time_signatures]
    assert metres == [(0, 4, 4), (7680, 3, 4)]
    assert [(k.time, k.key, k.tonality) for k in found.key_signatures] == [(0, 0, 0), (7680, -3, 1)]
    assert [(m.time, m.text) for m in found.markers] == [(0, "verse"), (7680, "chorus")]


@pytest.mark.slow
def test_music21_finds_the_same(song: Score, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", MUSIC21, str(folder / "x.mid")],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout.strip().splitlines()[-1])
    names = {name: n for name, n, _ in found["parts"]}
    assert names == {part.name: len(part.notes) for part in song.parts}
    assert [tuple(row) for row in found["metres"]] == [(0.0, "4/4"), (16.0, "3/4")]
    assert [tuple(row) for row in found["tempos"]][:3] == [
        (0.0, 120.0),
        (8.0, 100.0),
        (20.0, 150.0),
    ]
    onsets = {name: places for name, _, places in found["parts"]}
    assert onsets["Bass"] == [float(Fraction(n.onset_tick, 480)) for n in song.parts[1].notes[:5]]


def test_twenty_parts_have_a_channel_each_over_two_ports(tmp_path: Path) -> None:
    parts = tuple(
        replace(make_score("C4:4").parts[0], name=f"Horn {k}", program=60) for k in range(20)
    )
    handoff(Score(parts=parts), tmp_path, name="x", stems=False)
    file = mido.MidiFile(tmp_path / "x.mid")
    slots = [
        (next(m.port for m in t if m.type == "midi_port"),
         next(m.channel for m in t if m.type == "note_on"))
        for t in file.tracks[1:]
    ]  # fmt: skip
    assert len(set(slots)) == 20
    assert [part.name for part in read(tmp_path / "x.mid").score.parts] == [p.name for p in parts]
    assert motet.verify(tmp_path / "x.mid").status == "authentic"


def test_a_chord_track_is_in_the_midi_alone(song: Score, tmp_path: Path) -> None:
    files = handoff(song, tmp_path, name="x", chords="track", stems=False)
    chords = read(tmp_path / "x.mid").score.parts[-1]
    assert chords.name == "Chords"
    assert [one.text for one in chords.lyrics] == ["C", "Cm7"]
    assert len(read(tmp_path / "x.musicxml").score.parts) == 3
    assert all(motet.verify(one).is_unchanged for one in files if one.suffix != ".json")


def test_grace_notes_are_played_in_the_midi_and_kept_in_the_notation(tmp_path: Path) -> None:
    score = make_score("C4:4 D4:4")
    grace = Note(onset_tick=1920, duration_tick=0, pitch=60, grace="acciaccatura")
    part = replace(score.parts[0], notes=(*score.parts[0].notes, grace), name="Oboe")
    told: list[str] = []
    files = handoff(
        score.with_parts(part),
        tmp_path,
        name="x",
        stems=False,
        on_remark=lambda en, _: told.append(en),
    )
    assert told[:1] == ["1 grace notes were given a short length"]
    assert [n.duration_tick for n in read(files[0]).score.parts[0].notes] == [1860, 60, 1920]
    assert any(n.grace for n in read(files[1]).score.parts[0].notes)
    edited = read(files[1]).score
    write(replace(edited, title="Mine"), files[1])
    assert [one.kind for one in motet.verify(files[1]).findings] == ["title"]


def test_stems_are_equally_long_begin_together_and_sum_to_the_mix(tmp_path: Path) -> None:
    score = make_score("C5:1 E5:1 G5:2", "C3:2 E3:2", qpm=96)
    lead, low = score.parts
    loud = (replace(lead, name="Lead"), replace(low, name="Low", notes=low.notes[1:]))
    files = handoff(score.with_parts(*loud), tmp_path, name="x", sample_rate_hz=22050)
    stems = sorted((tmp_path / "stems").iterdir())
    assert [one.name for one in stems] == ["x 01 Lead 96bpm.wav", "x 02 Low 96bpm.wav"]
    sounds = [read_audio(one).samples for one in stems]
    mix = read_audio(tmp_path / "x mix 96bpm.wav").samples
    assert {len(one) for one in sounds} == {len(mix)}
    assert all(float(np.abs(one).max()) <= 0.9 for one in sounds)
    heard = [int(np.argmax(np.abs(one).max(axis=1) > 0.01)) / 22050 for one in sounds]
    assert heard[0] == pytest.approx(0.0, abs=0.08)
    assert heard[1] == pytest.approx(2 * 60 / 96, abs=0.08)
    joined = sounds[0] + sounds[1]
    scale = float((joined * mix).sum() / (joined**2).sum())
    assert float(np.abs(joined * scale - mix).max()) < 0.02
    assert all(motet.verify(one).status == "authentic" for one in stems)
    assert {one.name for one in files} >= {"README.txt", "LICENSE-music.txt", "x.provenance.json"}


def test_a_project_is_handed_off_under_its_title(tmp_path: Path) -> None:
    piece = motet.arrange("| C | G |", bars=2, seed=1)
    Project.start(piece, title="Night: train").save(tmp_path / "a.motet")
    files = handoff(Project.open(tmp_path / "a.motet"), tmp_path / "daw", stems=False)
    assert files[0].name == "Night_ train.mid"
    assert read(files[0]).score.title == "Night: train"
    assert "| C" in (tmp_path / "daw" / "Night_ train chords.txt").read_text()
    assert motet.verify(files[0]).record is not None
    (first, *_) = handoff(tmp_path / "a.motet", tmp_path / "two", stems=False)
    assert (first.name, read(first).score.title) == ("a.mid", "Night: train")


def test_what_cannot_be_handed_off_is_told(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="no note"):
        handoff(Score(), tmp_path, stems=False)
    with pytest.raises(ParameterError, match="chords must be"):
        handoff(make_score("C4:4"), tmp_path, chords="some")  # type: ignore[arg-type]
    (tmp_path / "file").write_text("")
    with pytest.raises(ParameterError, match="cannot make the folder") as caught:
        handoff(make_score("C4:4"), tmp_path / "file" / "daw", stems=False)
    assert "文件夹" in caught.value.zh

"""MusicXML as other programs read it."""

from __future__ import annotations

import io
import random
import re
import warnings
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.io.musicxml_write import write_musicxml
from motet.score import (
    BarLength,
    Lyric,
    Metre,
    Note,
    Part,
    Score,
    Section,
    Tempo,
    Text,
    make_score,
)

STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


def read_back(data: bytes) -> list[list[tuple[Fraction, Fraction, int]]]:
    """Return the sounding notes of each part, ties joined: (onset, duration, pitch) in quarters."""
    parts = []
    for part in ET.fromstring(data).findall("part"):
        divisions, shift, bar_start = 1, 0, Fraction(0)
        notes: list[list] = []
        open_ties: dict[tuple[str, int], list] = {}
        for bar in part:
            now, longest, chord_start = Fraction(0), Fraction(0), Fraction(0)
            for item in bar:
                if item.tag == "attributes":
                    divisions = int(item.findtext("divisions") or divisions)
                    move = item.find("transpose")
                    if move is not None:
                        octave = int(move.findtext("octave-change") or 0)
                        shift = int(move.findtext("chromatic")) + 12 * octave
                length = Fraction(int(item.findtext("duration") or 0), divisions)
                if item.tag == "backup":
                    now -= length
                elif item.tag == "note" and item.find("grace") is None:
                    start = chord_start if item.find("chord") is not None else now
                    chord_start = start
                    now = start + length
                    pitch = item.find("pitch")
                    if pitch is None:
                        longest = max(longest, now)
                        continue
                    number = (
                        12 * (int(pitch.findtext("octave")) + 1) + STEPS[pitch.findtext("step")]
                    )
                    number += int(pitch.findtext("alter") or 0) + shift
                    ties = {tie.get("type") for tie in item.findall("tie")}
                    key = (item.findtext("voice"), number)
                    if "stop" in ties:
                        open_ties[key][1] += length
                    else:
                        open_ties[key] = [bar_start + start, length, number]
                        notes.append(open_ties[key])
                longest = max(longest, now)
            bar_start += longest
        parts.append(sorted((note[0], note[1], note[2]) for note in notes))
    return parts


def meant(score: Score) -> list[list[tuple[Fraction, Fraction, int]]]:
    def qn(tick: int) -> Fraction:
        return Fraction(tick, score.resolution)

    return [
        sorted((qn(n.onset_tick), qn(n.duration_tick), n.pitch) for n in part.notes)
        for part in score.parts
    ]


def piano() -> Score:
    notes = [
        n
        for text in (
            "C5:2 D5:2 | E5:4",
            "E4:1 F4:1 G4:1 F4:1 | r:1 G4:1 A4:1 B4:1",
            "C3:0.5 G3:0.5 E3:0.5 G3:0.5 C3:0.5 G3:0.5 E3:0.5 G3:0.5 | C3+G3:4",
        )
        for n in make_score(text).parts[0].notes
    ]
    return Score(parts=(Part(name="Piano", notes=tuple(notes)),))


def pickup() -> Score:
    score = make_score("G4:1 C5:1.5 B4:0.5 A4:1 G4:1 | F#4:2 Gb4:1 F4:1 | E4:3", chords="C7:1 F:8")
    lengths = (BarLength(tick=0, duration_tick=480), BarLength(tick=4320, duration_tick=1440))
    return replace(score, bar_lengths=lengths)


EXACT = {
    "seven": make_score("C4:0.5 D4:0.5 E4:2 G4:0.5 | C5:3.5 | r:1 C4:2.5", metre="7/8"),
    "five": make_score("C4:3 D4:2 | r:1 C4:4 | C4:1.5 D4:1.5 E4:2", metre="5/4"),
    "twelve": make_score("C4:1.5 D4:1 E4:0.5 F4:3 | C4:0.75 D4:0.75 r:1.5 C4:2 D4:1", metre="12/8"),
    "three-two": make_score("C4:1.5 D4:1.5 E4:3", metre="3/2"),
    "sixteenths": make_score("C4:0.25 D4:0.5 E4:0.25 F4:0.75 G4:0.25 A4:0.5 r:0.5 B4:1"),
    "pickup": pickup(),
    "piano": piano(),
}


@pytest.mark.parametrize("name", EXACT)
def test_exact_scores_come_back_note_for_note(name) -> None:
    assert read_back(write_musicxml(EXACT[name])) == meant(EXACT[name])


def test_transposing_parts_sound_as_before() -> None:
    part = EXACT["seven"].parts[0]
    parts = [replace(part, transposition_semi=semi) for semi in (-2, -9, -12, -14, -21, 3)]
    for fifths in (-6, 0, 5):
        score = EXACT["seven"].with_parts(*parts)
        score = replace(score, keys=make_score("C4:1", fifths=fifths).keys)
        assert read_back(write_musicxml(score)) == meant(score)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([1, 2, 3, 4, 6, 8, 12]), st.integers(40, 80), st.booleans()),
        min_size=1,
        max_size=24,
    ),
    st.sampled_from(["4/4", "3/4", "7/8", "6/8", "5/4"]),
)
def test_any_line_of_sixteenths_comes_back(words, metre) -> None:
    now, notes = 0, []
    for length, pitch, is_rest in words:
        if not is_rest:
            notes.append(Note(onset_tick=now * 120, duration_tick=length * 120, pitch=pitch))
        now += length
    metre_event = Metre(tick=0, numerator=int(metre[0]), denominator=int(metre[2]))
    score = Score(
        parts=(Part(notes=tuple(notes), role="melody", program=73),), metres=(metre_event,),
        length_tick=now * 120,
    )  # fmt: skip
    assert read_back(write_musicxml(score)) == meant(score)


def humanised(*, seed: int = 0, swing: bool = False) -> Score:
    """Return a little band as it is played: off the grid, uneven, legato and staccato."""
    rng = random.Random(seed)

    def play(onset: float, duration: float, pitch: int, velocity: int = 80) -> Note:
        beat, inside = divmod(onset, 1)
        if swing and inside == 0.5:
            onset = beat + 0.65
        return Note(
            onset_tick=max(0, round(onset * 480) + rng.randint(-15, 15)),
            duration_tick=max(30, round(duration * 480) + rng.randint(-20, 10)),
            pitch=pitch,
            velocity=velocity + rng.randint(-10, 10),
        )

    parts = []
    for role, program, pattern, pitches in (
        ("melody", 73, [(0, 1.4), (1.5, 0.45), (2, 0.9), (3, 0.5), (3.5, 0.4)], (72,)),
        ("comping", 0, [(0, 1.4), (1.5, 0.2), (2.5, 1.4)], (60, 64, 67)),
        ("bass", 33, [(0, 1.3), (1.5, 0.4), (2, 0.9), (3, 0.9)], (36,)),
    ):
        notes = [
            play(4 * bar + onset, duration, pitch + bar % 2)
            for bar in range(4)
            for onset, duration in pattern
            for pitch in pitches
        ]
        parts.append(Part(name=role, role=role, program=program, notes=tuple(notes)))
    drums = [play(k / 2, 0.1, 42) for k in range(32)]
    drums += [play(k, 0.1, 36 if k % 2 == 0 else 38, 100) for k in range(16)]
    parts.append(Part(name="Drums", role="drums", is_drums=True, notes=tuple(drums)))
    return Score(
        parts=tuple(parts),
        length_tick=4 * 1920,
        tempos=(Tempo(tick=0, quarter_us=500_000),),
        texts=(Text(tick=0, text="Swing", kind="expression"),) if swing else (),
        title="Played 演奏",
    )


@pytest.mark.parametrize("swing", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_played_music_reads_as_it_was_meant(seed, swing) -> None:
    melody, comping, bass = read_back(write_musicxml(humanised(seed=seed, swing=swing)))[:3]
    assert [float(n[0]) for n in melody] == [
        4 * bar + at for bar in range(4) for at in (0, 1.5, 2, 3, 3.5)
    ]
    assert {float(n[1]) for n in melody[:4]} <= {0.5, 1.0, 1.5}
    assert Counter(float(n[0]) % 4 for n in comping) == {0: 12, 1.5: 12, 2.5: 12}
    assert [float(n[0]) for n in bass[:4]] == [0, 1.5, 2, 3]


def test_played_music_has_no_needless_symbols() -> None:
    root = ET.fromstring(write_musicxml(humanised()))
    melody = root.findall("part")[0]
    assert len(melody.findall(".//note")) <= 4 * 6
    assert not melody.findall(".//time-modification")
    assert {note.findtext("type") for note in root.iter("note")} <= {
        None, "half", "quarter", "eighth",
    }  # fmt: skip


def test_the_same_score_gives_the_same_bytes(tmp_path) -> None:
    first = write_musicxml(humanised(), tmp_path / "a.mxl")
    assert write_musicxml(humanised(), tmp_path / "b.mxl") == first
    assert (tmp_path / "a.mxl").read_bytes() == first


def test_compressed_files_hold_the_plain_one(tmp_path) -> None:
    data = write_musicxml(EXACT["five"], tmp_path / "a.mxl")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist()[0] == "META-INF/container.xml"
        assert archive.read("score.musicxml") == write_musicxml(EXACT["five"])


def test_a_place_that_cannot_be_written_leaves_nothing(tmp_path) -> None:
    with pytest.raises(ParameterError, match="cannot write"):
        write_musicxml(EXACT["five"], tmp_path / "no" / "a.musicxml")
    with pytest.raises(ParameterError, match="layout must be"):
        write_musicxml(EXACT["five"], layout="half")
    assert list(tmp_path.iterdir()) == []


def test_lead_sheets_have_the_melody_alone() -> None:
    score = humanised()
    tune = replace(score.parts[0], transposition_semi=-9, lyrics=(Lyric(tick=0, text="la"),))
    score = replace(
        score.with_parts(score.parts[1], tune, *score.parts[2:]),
        chords=make_score("C4:1", chords="C:4 G7:4").chords,
        sections=(Section(tick=0, label="A"),),
    )
    root = ET.fromstring(write_musicxml(score, layout="lead"))
    assert len(root.findall("part")) == 1
    assert [one.text for one in root.iter("root-step")] == ["C", "G"]
    assert root.find(".//transpose") is None  # at concert pitch, as its chord symbols
    assert root.findtext(".//lyric/text") == "la"
    assert root.findtext(".//rehearsal") == "A"


def test_lead_sheets_join_empty_bars() -> None:
    score = make_score("C4:4 r:4 r:4 r:4 D4:4")
    root = ET.fromstring(write_musicxml(score, layout="lead"))
    assert [one.text for one in root.iter("multiple-rest")] == ["3"]
    assert not ET.fromstring(write_musicxml(score)).findall(".//multiple-rest")


def test_chord_symbols_stand_on_a_part_at_concert_pitch() -> None:
    score = make_score("C4:4", "C4:4", chords="C:4")
    sax = replace(score.parts[0], transposition_semi=-9)
    root = ET.fromstring(write_musicxml(score.with_parts(sax, score.parts[1])))
    assert [len(part.findall(".//harmony")) for part in root.findall("part")] == [0, 1]


def test_a_score_of_nothing_is_a_bar_of_rest() -> None:
    for score in (Score(), Score(parts=(Part(is_drums=True),)), make_score("")):
        root = ET.fromstring(write_musicxml(score))
        assert len(root.findall(".//rest")) == 1


def test_characters_that_xml_forbids_are_left_out() -> None:
    data = write_musicxml(replace(make_score("C4:4"), title="a\x00b\x1f<&>"))
    assert ET.fromstring(data).findtext("work/work-title") == "ab<&>"


@pytest.mark.parametrize("name", [*EXACT, "played", "swung"])
def test_verovio_reads_it_without_a_word(name, capfd) -> None:
    import verovio

    score = EXACT.get(name) or humanised(swing=name == "swung")
    toolkit = verovio.toolkit()
    assert toolkit.loadData(write_musicxml(score).decode())
    assert toolkit.renderToSVG(1).startswith("<svg")
    out = capfd.readouterr()
    assert "Warning" not in out.out + out.err
    assert "Error" not in out.out + out.err


def test_music21_reads_the_same_notes() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from music21 import converter

        for name in ("seven", "pickup", "piano"):
            read = converter.parse(write_musicxml(EXACT[name]).decode(), format="musicxml")
            found = sorted(
                (Fraction(note.getOffsetInHierarchy(read)).limit_denominator(48), pitch.midi)
                for part in read.parts
                for note in part.recurse().notes
                if note.isNote or note.isChord
                if note.tie is None or note.tie.type == "start"
                for pitch in note.pitches
                if "ChordSymbol" not in note.classes
            )
            assert found == sorted((onset, pitch) for onset, _, pitch in meant(EXACT[name])[0])


def test_notes_are_named_on_request_and_nothing_else_changes() -> None:
    score = make_score("C4:6 E4+G4:2", "C3:8")
    named = write_musicxml(score, note_ids=True).decode()
    found = re.findall(r'<note id="([^"]*)"', named)
    assert found == [
        "n-0-0-60",
        "n-0-0-60-2",
        "n-0-2880-64",
        "n-0-2880-67",
        "n-1-0-48",
        "n-1-0-48-2",
    ]
    plain = re.sub(r'<(note|measure) id="[^"]*"', r"<\1", named)
    assert plain == write_musicxml(score).decode()

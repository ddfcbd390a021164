"""MusicXML as a whole: written and read again, and beside music21."""

from __future__ import annotations

import warnings
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motet.errors import FormatError, ParameterError
from motet.io import read, read_musicxml, write_musicxml
from motet.io.musicxml_loss import musicxml_losses
from motet.score import (
    BarLength,
    ChordSymbol,
    Dynamic,
    Ending,
    KeySignature,
    Lyric,
    Metre,
    Note,
    Part,
    Repeat,
    Score,
    Section,
    Span,
    Tempo,
    Text,
    make_score,
)
from musicxml_text import note, partwise
from strategies import full_score, scores


def again(score):
    return read_musicxml(write_musicxml(score)).score


def qn(score, tick):
    return Fraction(tick, score.resolution)


def sounding(score, part, *, with_duration=True):
    return sorted(
        (
            qn(score, one.onset_tick),
            one.pitch,
            one.velocity,
            one.staff,
            qn(score, one.duration_tick) if with_duration else 0,
        )
        for one in part.notes
    )


def test_what_motet_writes_it_reads_back():
    score = make_score(
        "C4:1 E4+G4:1.5 r:0.5 A4:1 | B4:4",
        "C3:8",
        metre="4/4",
        qpm=97,
        fifths=-2,
        chords="Gm7:4 F7/A:4",
    )
    found = again(score)
    assert found.tempos == score.tempos
    assert found.metres == score.metres
    assert found.keys == score.keys
    assert found.chords == score.chords
    assert found.resolution == 480
    for one, two in zip(score.parts, found.parts, strict=True):
        assert sounding(score, one) == sounding(found, two)
        assert [n.spelling for n in one.notes] == [n.spelling for n in two.notes]
        assert (one.name, one.program, one.is_drums) == (two.name, two.program, two.is_drums)


def test_marks_come_back():
    part = Part(
        name="Alto Sax",
        program=65,
        transposition_semi=-9,
        notes=(
            Note(onset_tick=0, duration_tick=0, pitch=71, spelling="B", grace="acciaccatura"),
            Note(
                onset_tick=0,
                duration_tick=960,
                pitch=72,
                spelling="C",
                articulations=("accent", "tenuto"),
            ),
            Note(onset_tick=960, duration_tick=480, pitch=74, spelling="D", ornaments=("trill",)),
            Note(onset_tick=1440, duration_tick=480, pitch=70, spelling="Bb", velocity=33),
            Note(
                onset_tick=1920,
                duration_tick=1920,
                pitch=69,
                spelling="A",
                articulations=("fermata",),
            ),
        ),
        lyrics=(
            Lyric(tick=0, text="Glo", syllabic="begin"),
            Lyric(tick=960, text="ry", syllabic="end", extend=True),
        ),
        dynamics=(Dynamic(tick=0, mark="mf"), Dynamic(tick=1920, mark="pp")),
        spans=(
            Span(kind="slur", start_tick=0, end_tick=1440),
            Span(kind="diminuendo", start_tick=960, end_tick=1920),
        ),
        texts=(Text(tick=0, text="dolce", kind="expression"),),
    )
    score = Score(
        parts=(part,),
        metres=(Metre(tick=0, numerator=4, denominator=4),),
        keys=(KeySignature(tick=0, fifths=-1, mode="minor"),),
        tempos=(Tempo(tick=0, quarter_us=612_345, text="Lento"),),
        sections=(Section(tick=0, label="A"), Section(tick=1920, label="B")),
        repeats=(
            Repeat(tick=0, kind="start"),
            Repeat(tick=3840, kind="end", times=3),
            Repeat(tick=3840, kind="fine"),
        ),
        endings=(Ending(start_tick=1920, end_tick=3840, numbers=(1, 2)),),
        texts=(Text(tick=1920, text="poco"),),
        chords=(ChordSymbol(tick=0, symbol="F#m7b5/E"), ChordSymbol(tick=1920, symbol="N.C.")),
        title="Air & Dance",
        composer="A. B.",
        lyricist="C. D.",
        copyright="CC0",
        length_tick=3840,
    )
    found = again(score)
    (two,) = found.parts
    assert sorted(two.notes, key=repr) == sorted(part.notes, key=repr)
    for name in (
        "name",
        "program",
        "transposition_semi",
        "lyrics",
        "dynamics",
        "texts",
        "abbreviation",
    ):
        assert getattr(two, name) == getattr(part, name), name
    assert [(s.kind, s.start_tick, s.end_tick) for s in two.spans] == [
        ("slur", 0, 1440), ("diminuendo", 960, 1920),
    ]  # fmt: skip
    for name in (
        "metres",
        "keys",
        "tempos",
        "sections",
        "endings",
        "texts",
        "title",
        "composer",
        "lyricist",
    ):
        assert getattr(found, name) == getattr(score, name), name
    assert sorted(found.repeats, key=repr) == sorted(score.repeats, key=repr)
    assert found.copyright == "CC0"
    assert found.chords == score.chords


def test_drums_come_back_as_drums():
    score = make_score("drums 36:1 38:1 42:0.5 46:0.5 49:1")
    (drums,) = again(score).parts
    assert drums.is_drums
    assert [n.pitch for n in drums.notes] == [36, 38, 42, 46, 49]


def test_odd_bars_come_back():
    score = replace(
        make_score("C4:1 D4:4 E4:5 F4:3 G4:4"),
        bar_lengths=(
            BarLength(tick=0, duration_tick=480),
            BarLength(tick=2400, duration_tick=2400),
            BarLength(tick=4800, duration_tick=1440),
        ),
    )
    found = again(score)
    assert found.bar_lengths == score.bar_lengths
    assert [bar.number for bar in found.bars] == [0, 1, 2, 3, 4]


def test_unmetred_music_comes_back():
    score = replace(
        make_score("C4:5 D4:7"),
        metres=(Metre(tick=0, numerator=4, denominator=4, symbol="none"),),
        bar_lengths=(
            BarLength(tick=0, duration_tick=2400),
            BarLength(tick=2400, duration_tick=3360),
        ),
    )
    found = again(score)
    assert found.metres == score.metres
    assert found.bar_lengths == score.bar_lengths


def test_a_score_without_a_key_stays_without_one():
    assert again(make_score("C4:4")).keys == ()
    key = KeySignature(tick=0, fifths=0, mode="")
    assert again(replace(make_score("C4:4"), keys=(key,))).keys == (key,)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(scores())
def test_reading_settles_after_one_round(score):
    """What was read once comes back the same: nothing drifts, nothing grows."""
    once = again(score)
    twice = again(once)
    assert twice.bar_lengths == once.bar_lengths
    for name in ("tempos", "metres", "keys", "sections", "repeats", "title"):
        assert getattr(once, name) == getattr(twice, name), name
    is_exact = not any("onsets" in loss.en for loss in musicxml_losses(once))
    for one, two in zip(once.parts, twice.parts, strict=True):
        if is_exact and not one.is_drums:  # strokes close together become one with a grace note
            assert [(n.onset_tick, n.pitch) for n in one.notes] == [
                (n.onset_tick, n.pitch) for n in two.notes
            ]
        assert (one.name, one.program, one.is_drums) == (two.name, two.program, two.is_drums)


lines = st.lists(
    st.tuples(st.sampled_from((1, 2, 3, 4, 6, 8)), st.sampled_from((0, 60, 62, 64, 65, 67, 70))),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(lines, st.sampled_from(((4, 4), (3, 4), (6, 8), (7, 8))), st.integers(-6, 6))
def test_melodies_come_back_exactly(line, metre, fifths):
    notes, now = [], 0
    for length, pitch in line:
        if pitch:
            notes.append(Note(onset_tick=now * 120, duration_tick=length * 120, pitch=pitch))
        now += length
    now += -now % (metre[0] * 16 // metre[1])
    score = Score(
        parts=(Part(name="Flute", program=73, role="melody", notes=tuple(notes)),),
        metres=(Metre(tick=0, numerator=metre[0], denominator=metre[1]),),
        keys=(KeySignature(tick=0, fifths=fifths),),
        length_tick=now * 120,
    )
    found = again(score)
    assert sounding(found, found.parts[0]) == sounding(score, score.parts[0])
    assert (found.metres, found.keys) == (score.metres, score.keys)


def test_a_score_of_everything_is_written_and_read():
    found = again(full_score())
    assert found.n_notes == full_score().n_notes
    assert found.title == "All"


def test_files_streams_and_arguments(tmp_path):
    path = tmp_path / "a.mxl"
    write_musicxml(make_score("C4:4"), path)
    assert read(path).score.n_notes == 1
    assert read_musicxml(str(path)).score.n_notes == 1
    with pytest.raises(ParameterError, match="cannot read"):
        read_musicxml(tmp_path / "none.xml")
    path.write_bytes(b"PK")
    with pytest.raises(FormatError, match="damaged") as caught:
        read_musicxml(path)
    assert caught.value.path == str(path)


def test_pieces_longer_than_a_day_are_refused():
    slow = '<sound tempo="3.6"/>'
    bars = [slow + note("C4", 4000), *[note("C4", 4000)] * 60]
    with pytest.raises(FormatError, match="hours"):
        read_musicxml(partwise(*bars))


@pytest.mark.parametrize("seed", [1, 2])
def test_music21_reads_the_same_notes(seed):
    music21 = pytest.importorskip("music21")
    bars = [
        note("C4,E4", 4) + note("F#4", 1) + note("G4", 3, '<tie type="start"/>'),
        note("G4", 2, '<tie type="stop"/>')
        + "<backup><duration>2</duration></backup>"
        + note("C3", 8)
        if seed == 1
        else note("G4", 2, '<tie type="stop"/>') + note("Bb4", 6),
    ]
    data = partwise(*bars)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parsed = music21.converter.parseData(data.decode(), format="musicxml")
        theirs = sorted(
            (float(one.offset), pitch.midi, float(one.duration.quarterLength))
            for one in parsed.parts[0].stripTies().flatten().notes
            for pitch in one.pitches
        )
    score = read_musicxml(data).score
    ours = sorted(
        (n.onset_tick / score.resolution, n.pitch, n.duration_tick / score.resolution)
        for n in score.parts[0].notes
    )
    assert ours == theirs


def test_notes_that_outlast_their_chord_come_back():
    notes = [
        Note(
            onset_tick=0, duration_tick=1920, pitch=48, voice=1, staff=2, articulations=("accent",)
        ),
        Note(onset_tick=0, duration_tick=480, pitch=55, voice=1, staff=2),
        Note(onset_tick=480, duration_tick=960, pitch=57, voice=1, staff=2),
        Note(onset_tick=0, duration_tick=3840, pitch=72, voice=1, staff=1),
        Note(onset_tick=1920, duration_tick=1920, pitch=48, voice=1, staff=2),
        Note(onset_tick=1920, duration_tick=960, pitch=64, voice=1, staff=2),
    ]
    lyrics = (Lyric(tick=0, text="a"), Lyric(tick=480, text="b"))
    score = Score(
        parts=(Part(name="Piano", notes=tuple(notes), n_staves=2, lyrics=lyrics),), length_tick=3840
    )
    found = again(score)
    assert sounding(found, found.parts[0]) == sounding(score, score.parts[0])
    low = next(note for note in found.parts[0].notes if note.pitch == 48)
    assert low.articulations == ("accent",)
    assert [(one.tick, one.text) for one in found.parts[0].lyrics] == [(0, "a"), (480, "b")]

"""MIDI out: mido reads what we write, and reading it back gives the score."""

import io
from dataclasses import replace

import mido
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.io import midi_losses, read_midi, write_midi
from motet.score import (
    BarLength,
    ChordSymbol,
    Control,
    KeySignature,
    Lyric,
    Metre,
    Note,
    Part,
    RawEvent,
    Score,
    Section,
    Tempo,
    Text,
    make_score,
)

TICKS = st.integers(0, 5000)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=6
).filter(lambda text: text.strip() == text and not text.startswith("\ufeff") and ": " not in text)
BYTE = st.integers(0, 127)


def in_order(strategy, size=3):
    return st.lists(strategy, max_size=size).map(
        lambda events: tuple(sorted(events, key=lambda event: event.tick))
    )


@st.composite
def parts(draw):
    notes, ends = [], {}
    rows = draw(st.lists(st.tuples(TICKS, st.integers(0, 900), BYTE), max_size=8))
    for onset, duration, pitch in sorted(rows):
        end = max(onset + duration, ends.get(pitch, 0))
        ends[pitch] = end
        velocity, release = draw(st.integers(1, 127)), draw(BYTE)
        notes.append(
            Note(
                onset_tick=onset,
                duration_tick=end - onset,
                pitch=pitch,
                velocity=velocity,
                release_velocity=release,
            )
        )
    is_drums = draw(st.booleans())
    control = st.one_of(
        st.builds(Control, tick=TICKS, kind=st.just("cc"), number=BYTE, value=BYTE),
        st.builds(Control, tick=TICKS, kind=st.just("key-pressure"), number=BYTE, value=BYTE),
        st.builds(
            Control,
            tick=TICKS,
            kind=st.just("bend"),
            number=st.just(0),
            value=st.integers(-8192, 8191),
        ),
        st.builds(
            Control,
            tick=TICKS,
            kind=st.sampled_from(("pressure", "program")),
            number=st.just(0),
            value=BYTE,
        ),
    )
    return Part(
        name=draw(TEXTS),
        notes=tuple(notes),
        program=draw(BYTE),
        bank=draw(st.integers(0, 16383)),
        channel=9 if is_drums else draw(st.sampled_from((-1, 0, 1, 2, 8, 15))),
        is_drums=is_drums,
        role=draw(st.sampled_from(("", "melody", "bass", "pad"))),
        controls=draw(in_order(control)),
        lyrics=draw(
            in_order(st.builds(Lyric, tick=TICKS, text=TEXTS.filter(lambda t: t[-1] != "-")))
        ),
        texts=draw(in_order(st.builds(Text, tick=TICKS, text=TEXTS))),
        raw=draw(
            in_order(
                st.builds(RawEvent, tick=TICKS, kind=st.just("sysex"), data=st.binary(max_size=9))
            )
        ),
    )


scores = st.builds(
    Score,
    parts=st.lists(parts(), max_size=3).map(tuple),
    resolution=st.integers(1, 32767),
    tempos=in_order(st.builds(Tempo, tick=TICKS, quarter_us=st.integers(1, 0xFFFFFF))),
    metres=in_order(
        st.builds(
            Metre,
            tick=TICKS,
            numerator=st.integers(1, 255),
            denominator=st.sampled_from((1, 2, 4, 8, 16, 32, 64)),
            clocks=st.integers(0, 255),
            n_32nds=st.integers(0, 255),
        )
    ),
    keys=in_order(
        st.builds(
            KeySignature,
            tick=TICKS,
            fifths=st.integers(-7, 7),
            mode=st.sampled_from(("major", "minor")),
        )
    ),
    bar_lengths=in_order(st.builds(BarLength, tick=TICKS, duration_tick=st.integers(1, 4000))),
    chords=in_order(st.builds(ChordSymbol, tick=TICKS, symbol=TEXTS)),
    sections=in_order(st.builds(Section, tick=TICKS, label=TEXTS)),
    texts=in_order(st.builds(Text, tick=TICKS, text=TEXTS, kind=st.sampled_from(("text", "cue")))),
    title=TEXTS,
    composer=TEXTS,
    lyricist=TEXTS,
    subtitle=TEXTS,
    copyright=TEXTS,
    length_tick=TICKS,
)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(scores)
def test_everything_that_midi_can_say_comes_back(score):
    data = write_midi(score)
    loaded = read_midi(data, mend=False)
    found = loaded.score
    assert midi_losses(score) == ()
    for wanted, part in zip(score.parts, found.parts, strict=True):
        channel = wanted.channel if wanted.channel >= 0 else part.channel
        assert part == replace(wanted, channel=channel)
    assert found.length_tick >= score.end_tick
    wanted = replace(
        score,
        parts=found.parts,
        length_tick=found.length_tick,
        **{
            name: tuple(
                event
                for k, event in enumerate(getattr(score, name))
                if k == 0 or event != getattr(score, name)[k - 1]
            )
            for name in ("tempos", "metres", "keys")
        },
    )
    assert found == wanted
    assert read_midi(write_midi(found)).score == found


def test_mido_reads_what_is_written():
    score = make_score("C4:1 E4+G4:2", "drums 36:1", metre="3/4", qpm=90, fifths=-2, chords="Bb:3")
    file = mido.MidiFile(file=io.BytesIO(write_midi(score)))
    assert (file.type, file.ticks_per_beat, len(file.tracks)) == (1, 480, 3)
    ons = [[m.note for m in t if m.type == "note_on" and m.velocity] for t in file.tracks]
    assert ons == [[], [60, 64, 67], [36]]
    head = {m.type: m for m in file.tracks[0]}
    assert head["set_tempo"].tempo == 666_667
    assert (head["time_signature"].numerator, head["key_signature"].key) == (3, "Bb")
    assert head["text"].text == "Chord: Bb"
    assert [t.name for t in file.tracks] == ["", "Part 1", "Drums"]


def test_exact_bytes_of_a_small_score():
    part = Part(notes=(Note(onset_tick=0, duration_tick=96, pitch=60),), program=3)
    assert write_midi(Score(parts=(part,), resolution=96)) == (
        b"MThd\0\0\0\6\0\1\0\2\0\x60"
        b"MTrk\0\0\0\4\x60\xff\x2f\0"
        b"MTrk\0\0\0\x0e\0\xc0\3\0\x90\x3c\x50\x60\x3c\0\0\xff\x2f\0"
    )


def test_syllables_come_back():
    lyrics = tuple(
        Lyric(tick=k * 10, text=text, syllabic=kind)
        for k, (text, kind) in enumerate(
            [("Glo", "begin"), ("ri", "middle"), ("a", "end"), ("春", "single"), ("--", "single")]
        )
    )
    score = make_score("C4:1")
    score = score.with_parts(replace(score.parts[0], lyrics=lyrics))
    assert read_midi(write_midi(score)).score.parts[0].lyrics == lyrics


@pytest.mark.parametrize(
    ("control", "word"),
    [
        (Control(tick=0, kind="cc", number=7, value=200), "0 to 127"),
        (Control(tick=0, kind="bend", number=0, value=9000), "pitch bend"),
        (Control(tick=0, kind="wheel", number=0, value=0), "one of"),
        (Control(tick=-5, kind="cc", number=7, value=1), "tick -5"),
    ],
)
def test_what_midi_cannot_say_is_a_parameter_error(control, word, tmp_path):
    score = Score(parts=(Part(controls=(control,)),))
    with pytest.raises(ParameterError, match=word):
        write_midi(score, tmp_path / "a.mid")
    assert list(tmp_path.iterdir()) == []


def test_raw_events_are_checked():
    for kind in ("meta-zz", "meta-ff", "noise"):
        with pytest.raises(ParameterError, match="raw event"):
            write_midi(Score(raw=(RawEvent(tick=0, kind=kind, data=b""),)))

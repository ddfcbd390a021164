"""MIDI in: hand-made bytes, damage, and mido as the oracle."""

import io

import mido
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motet.errors import FormatError, ParameterError
from motet.io import read_midi, write_midi
from motet.score import ChordSymbol, KeySignature, Metre, Section, Tempo, Text

END = b"\x00\xff\x2f\x00"
NOTE = b"\x00\x90\x3c\x50\x60\x80\x3c\x28"


def track(body, *, length=None):
    return b"MTrk" + (len(body) if length is None else length).to_bytes(4, "big") + body


def midi(*bodies, kind=1, division=96, count=None):
    chunks = [body if body[:4] == b"MTrk" else track(body) for body in bodies]
    head = [kind, len(chunks) if count is None else count, division]
    return b"MThd\0\0\0\x06" + b"".join(n.to_bytes(2, "big") for n in head) + b"".join(chunks)


def meta(kind, data, *, delta=b"\0"):
    return delta + bytes((0xFF, kind, len(data))) + data


def spans(loaded, part=0):
    return [(n.onset_tick, n.end_tick, n.pitch) for n in loaded.score.parts[part].notes]


def texts(loaded):
    return [repair.localised("en") for repair in loaded.repairs]


def test_one_note_is_read_with_its_release():
    loaded = read_midi(midi(NOTE + END))
    (note,) = loaded.score.parts[0].notes
    assert (note.onset_tick, note.duration_tick, note.pitch) == (0, 96, 60)
    assert (note.velocity, note.release_velocity) == (80, 40)
    assert (loaded.score.resolution, loaded.score.length_tick, loaded.repairs) == (96, 96, ())


def test_running_status_and_note_on_of_velocity_zero():
    loaded = read_midi(midi(b"\0\x90\x3c\x50\x60\x3c\0\0\x3e\x50\x81\x40\x3e\0" + END))
    assert spans(loaded) == [(0, 96, 60), (96, 288, 62)]
    assert loaded.score.parts[0].notes[0].release_velocity == 64


def test_running_status_across_a_meta_event_is_kept_and_listed():
    loaded = read_midi(midi(b"\0\x90\x3c\x50" + meta(6, b"A") + b"\x60\x3c\0" + END))
    assert spans(loaded) == [(0, 96, 60)]
    assert len(loaded.repairs) == 1
    assert "status" in loaded.repairs[0].en
    assert loaded.repairs[0].place == "byte 32, track 1"


def test_overlapping_notes_of_one_pitch_end_in_the_order_they_began():
    body = b"\0\x90\x3c\x50\x0a\x3c\x51\x0a\x3c\0\x0a\x3c\0" + END
    assert spans(read_midi(midi(body))) == [(0, 20, 60), (10, 30, 60)]


def test_missing_note_off_ends_at_the_next_note_of_the_pitch():
    body = b"\0\x90\x3c\x50\x0a\x3c\x51\x0a\x3c\0" + END
    loaded = read_midi(midi(body))
    assert spans(loaded) == [(0, 10, 60), (10, 20, 60)]
    assert texts(loaded)[0].startswith("byte 22, track 1: 1 notes without a note-off")


def test_a_lost_note_off_does_not_shift_all_later_ends():
    body = b"\0\x90\x3c\x50" + b"\x64\x3c\x50\x14\x3c\0" * 5 + END
    assert spans(read_midi(midi(body)))[:3] == [(0, 100, 60), (100, 120, 60), (220, 240, 60)]


def test_note_never_ended_lasts_to_the_end_of_the_track():
    assert spans(read_midi(midi(b"\0\x90\x3c\x50\x60\xff\x2f\0"))) == [(0, 96, 60)]


def test_orphan_note_offs_are_counted_in_one_repair():
    loaded = read_midi(midi(b"\0\x80\x3c\0\0\x80\x3d\0" + NOTE + END))
    assert texts(loaded) == ["byte 22, track 1: 2 note-offs without a note were ignored"]
    assert loaded.repairs[0].localised("zh").startswith("第 22 字节,第 1 轨:忽略了 2 个")


def test_zero_length_notes_are_kept():
    assert spans(read_midi(midi(b"\0\x99\x24\x50\0\x99\x24\0" + END))) == [(0, 0, 36)]


def test_parts_are_tracks_and_channels_that_have_notes():
    body = b"\0\xc1\x28\0\x91\x3c\x50\x60\x3c\0" + b"\0\x99\x24\x50\x60\x24\0" + END
    loaded = read_midi(
        midi(meta(3, b"My tune") + END, meta(3, b"Band") + body, meta(3, b"x") + END)
    )
    assert [(p.channel, p.program, p.is_drums) for p in loaded.score.parts] == [
        (1, 40, False),
        (9, 0, True),
    ]
    assert loaded.score.title == "My tune"
    assert [p.name.startswith("Band (") for p in loaded.score.parts] == [True, True]
    assert loaded.score.texts == (Text(tick=0, text="x"),)


def test_instrument_names_name_a_part_at_its_start_and_are_kept_where_they_stand():
    body = meta(4, b"viola") + NOTE + meta(4, b"pizzicato") + END
    for data, name in (
        (midi(body), "viola"),
        (midi(NOTE + meta(4, b"late") + END, meta(3, b"x") + body), "x"),
    ):
        score = read_midi(data).score
        assert score.parts[-1].name == name
        assert [(e.tick, e.data) for e in score.parts[-1].raw] == [
            (0, b"viola"),
            (96, b"pizzicato"),
        ]
        assert score.parts[0].name != "late"
        assert read_midi(write_midi(score)).score == score


def test_type_0_is_split_into_channels_and_its_name_is_the_title():
    body = meta(3, b"Song") + NOTE + b"\0\x95\x40\x50\x60\x40\0" + END
    loaded = read_midi(midi(body, kind=0))
    assert loaded.score.title == "Song"
    assert [part.channel for part in loaded.score.parts] == [0, 5]


def test_maps_are_taken_from_every_track():
    head = meta(0x58, b"\x03\x02\x18\x08") + meta(0x59, b"\xfd\x01") + END
    body = NOTE + meta(0x51, b"\x0f\x42\x40") + meta(6, b"verse") + meta(1, b"Chord: Am7") + END
    score = read_midi(midi(head, body)).score
    assert score.metres == (Metre(tick=0, numerator=3, denominator=4),)
    assert score.keys == (KeySignature(tick=0, fifths=-3, mode="minor"),)
    assert score.tempos == (Tempo(tick=96, quarter_us=1_000_000),)
    assert score.sections == (Section(tick=96, label="verse"),)
    assert score.chords == (ChordSymbol(tick=96, symbol="Am7"),)


def test_impossible_maps_are_ignored_and_listed():
    body = meta(0x51, b"\0\0\0") + meta(0x58, b"\0\x02\x18\x08") + meta(0x59, b"\x20\0")
    loaded = read_midi(midi(body + NOTE + END))
    assert loaded.score.tempos == loaded.score.metres == loaded.score.keys == ()
    assert len(loaded.repairs) == 3


def test_bank_and_program_before_the_first_note_belong_to_the_part():
    body = b"\0\xb0\0\x01\0\xb0\x20\x02\0\xc0\x05\0\xb0\x07\x64" + NOTE + b"\0\xc0\x06" + END
    part = read_midi(midi(body)).score.parts[0]
    assert (part.program, part.bank) == (5, 130)
    assert [(c.tick, c.kind, c.number, c.value) for c in part.controls] == [
        (0, "cc", 7, 100),
        (96, "program", 0, 6),
    ]


def test_controllers_of_a_channel_in_another_track_reach_its_part():
    loaded = read_midi(midi(b"\0\xc0\x30\0\xb0\x07\x40\0\xc7\x01" + END, NOTE + END))
    part = loaded.score.parts[0]
    assert part.program == 48
    assert [c.value for c in part.controls] == [64]
    assert [(e.kind, e.data) for e in loaded.score.raw] == [("message", b"\xc7\x01")]


def test_two_ports_are_two_instruments():
    one, two = b"\0\xc0\x01" + NOTE + END, b"\0\xc0\x02" + NOTE + END
    loaded = read_midi(midi(meta(0x21, b"\0") + one, meta(0x21, b"\x01") + two))
    assert [part.program for part in loaded.score.parts] == [1, 2]
    assert b"\xff\x21\x01\x01" in write_midi(loaded.score)


def test_rmid_wrapper_is_no_damage():
    inner = midi(NOTE + END)
    size = len(inner).to_bytes(4, "little")
    data = b"RIFF" + (len(inner) + 12).to_bytes(4, "little") + b"RMIDdata" + size + inner
    assert read_midi(data + b"LIST").repairs == ()


def test_smpte_time_is_read_at_120_and_said():
    loaded = read_midi(midi(meta(0x51, b"\x01\0\0") + NOTE + END, division=0xE728))
    assert loaded.score.resolution == 500
    assert loaded.score.time.tick_to_s(1000) == pytest.approx(1.0)
    assert "SMPTE" in texts(loaded)[0]
    assert read_midi(midi(NOTE + END, division=0xE728), mend=False).score.resolution == 500
    slow = read_midi(midi(NOTE + END, division=0xE350)).score  # 29.97 frames of 80 ticks
    assert slow.time.tick_to_s(2400) == pytest.approx(1.001)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"junk" + midi(NOTE + END), "before the header"),
        (midi(NOTE + END) + b"\x1a\0\0", "after the tracks"),
        (midi(NOTE + END, count=7), "tells of 7 tracks"),
        (midi(NOTE + END, kind=9), "type 9"),
        (midi(NOTE), "no end mark"),
        (midi(NOTE + END)[:-6], "cut off"),
        (midi(track(NOTE + END, length=3)), "wrong length"),
        (midi(track(NOTE + END, length=3000)), "wrong length"),
        (midi(track(NOTE + END, length=900), NOTE + END), "wrong length"),
        (midi(NOTE + END + b"\0\0\0"), "3 bytes after the end mark"),
        (midi(b"\0\x3c\x40" + NOTE + END), "stray bytes"),
        (midi(b"\0\xf8" + NOTE + END), "live system"),
        (midi(NOTE + b"\0\xb0\x07\xff" + END), "above 127"),
        (midi(b"\x80\x80\x80\x80\0\x90\x3c\x50\x60\x3c\0" + END), "more than 4 bytes"),
    ],
)
def test_damage_is_mended_and_listed_or_raised(data, word):
    loaded = read_midi(data)
    assert any(word in repair.en for repair in loaded.repairs), loaded.repairs
    assert all(repair.place and repair.zh for repair in loaded.repairs)
    assert loaded.score.parts[0].notes[0].pitch == 60
    with pytest.raises(FormatError) as caught:
        read_midi(data, mend=False)
    assert caught.value.place == loaded.repairs[0].place


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"hello", "no MIDI file"),
        (b"MThd\0\0\0\x06\0", "inside its header"),
        (midi(), "no track"),
        (midi(NOTE + END, division=0), "resolution is 0"),
        (midi(NOTE + END, division=0x8000), "SMPTE"),
        (midi(NOTE + END, NOTE + END, kind=2), "separate pieces"),
        (
            midi(b"\x8f\xff\xff\x7f" * 1 + b"\x90\x3c\x50" + b"\xff\xff\xff\x7f\x3c\0" + END),
            "hours",
        ),
        (midi(meta(0x51, b"\0\0\x01") + b"\xff\xff\xff\x7f\x90\x3c\x50" + END), "bars"),
        (midi(*[END] * 8200), "tracks"),
        (midi(*[NOTE + END] * 1025), "parts"),
    ],
)
def test_what_cannot_be_mended_is_refused_with_its_place(data, word):
    with pytest.raises(FormatError, match=word) as caught:
        read_midi(data)
    assert caught.value.place


def test_half_a_million_events_are_refused():
    with pytest.raises(FormatError, match="events"):
        read_midi(midi(b"\0\xb0\x07\x40" + b"\0\x07\x40" * 500_001 + END))


def test_a_file_that_is_not_there_is_a_parameter_error(tmp_path):
    with pytest.raises(ParameterError, match=r"no\.mid"):
        read_midi(tmp_path / "no.mid")
    (tmp_path / "bad.mid").write_bytes(b"")
    with pytest.raises(FormatError, match=r"bad\.mid"):
        read_midi(str(tmp_path / "bad.mid"))


events = st.lists(
    st.tuples(
        st.integers(0, 300),
        st.sampled_from(("on", "on", "off", "cc", "bend", "program", "text", "tempo")),
        st.integers(0, 2),
        st.integers(58, 62),
        st.integers(1, 127),
    ),
    max_size=40,
)


def _message(kind, delta, channel, pitch, value):
    if kind == "on":
        return mido.Message("note_on", time=delta, channel=channel, note=pitch, velocity=value)
    if kind == "off":
        return mido.Message("note_off", time=delta, channel=channel, note=pitch, velocity=value)
    if kind == "cc":
        return mido.Message("control_change", time=delta, channel=channel, control=7, value=value)
    if kind == "bend":
        return mido.Message("pitchwheel", time=delta, channel=channel, pitch=value * 64)
    if kind == "program":
        return mido.Message("program_change", time=delta, channel=channel, program=value)
    if kind == "text":
        return mido.MetaMessage("text", time=delta, text=f"word {value}")
    return mido.MetaMessage("set_tempo", time=delta, tempo=value * 10_000)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(events, min_size=1, max_size=3), st.integers(24, 960))
def test_whatever_mido_writes_is_read_and_comes_back_equal(tracks, resolution):
    file = mido.MidiFile(type=1, ticks_per_beat=resolution)
    for found in tracks:
        file.tracks.append(mido.MidiTrack(_message(k, d, c, p, v) for d, k, c, p, v in found))
    buffer = io.BytesIO()
    file.save(file=buffer)
    loaded = read_midi(buffer.getvalue())
    ons = [m for t in file.tracks for m in t if m.type == "note_on"]
    assert loaded.score.n_notes == len(ons)
    tempos = sum(m.type == "set_tempo" for t in file.tracks for m in t)
    assert len(loaded.score.tempos) <= tempos
    again = read_midi(write_midi(loaded.score))
    assert again.score == loaded.score
    assert again.repairs == ()

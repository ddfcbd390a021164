"""Motet JSON: exact, readable, and strict about what it reads."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motet.errors import FormatError
from motet.io import read_json, write_json
from motet.score import (
    Clef,
    Control,
    Dynamic,
    Ending,
    Lyric,
    Metre,
    Note,
    Part,
    RawEvent,
    Repeat,
    Score,
    Span,
    Tempo,
    Text,
    make_score,
)

TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
TICKS = st.integers(0, 10**6)
NOTES = st.builds(
    Note,
    onset_tick=TICKS,
    duration_tick=TICKS,
    pitch=st.integers(0, 127),
    velocity=st.integers(1, 127),
    release_velocity=st.integers(0, 127),
    spelling=st.sampled_from(("", "F#", "Bb")),
    voice=st.integers(1, 4),
    staff=st.integers(1, 2),
    ties_tick=st.lists(TICKS, max_size=2).map(tuple),
    articulations=st.sampled_from(((), ("accent", "staccato"))),
    grace=st.sampled_from(("", "acciaccatura")),
)
PARTS = st.builds(
    Part,
    name=TEXTS,
    notes=st.lists(NOTES, max_size=4).map(tuple),
    program=st.integers(0, 127),
    is_drums=st.booleans(),
    transposition_semi=st.integers(-24, 24),
    clefs=st.lists(st.builds(Clef, tick=TICKS, sign=TEXTS), max_size=2).map(tuple),
    controls=st.lists(
        st.builds(
            Control,
            tick=TICKS,
            kind=st.just("bend"),
            number=st.just(0),
            value=st.integers(-8192, 8191),
        ),
        max_size=2,
    ).map(tuple),
    lyrics=st.lists(st.builds(Lyric, tick=TICKS, text=TEXTS, extend=st.booleans()), max_size=2).map(
        tuple
    ),
    spans=st.lists(
        st.builds(Span, kind=st.just("slur"), start_tick=TICKS, end_tick=TICKS), max_size=2
    ).map(tuple),
    raw=st.lists(
        st.builds(RawEvent, tick=TICKS, kind=st.just("sysex"), data=st.binary(max_size=9)),
        max_size=2,
    ).map(tuple),
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PARTS, max_size=3).map(tuple), TEXTS)
def test_everything_comes_back_and_equal_scores_give_equal_bytes(parts, title):
    score = Score(
        parts=parts,
        title=title,
        tempos=(Tempo(tick=5, quarter_us=1, text="Largo"),),
        metres=(Metre(tick=0, numerator=7, denominator=8, groups=(2, 2, 3), symbol="common"),),
        repeats=(Repeat(tick=0, kind="start"),),
        endings=(Ending(start_tick=0, end_tick=9, numbers=(1, 2)),),
        texts=(Text(tick=3, text=title, kind="cue"),),
    )
    data = write_json(score)
    found = read_json(data).score
    assert found == score
    assert write_json(found) == data


def test_the_file_is_short_and_readable():
    score = make_score("C4:1 E4:1", chords="C:2")
    score = score.with_parts(
        replace(score.parts[0], dynamics=(Dynamic(tick=0, mark="mf"),), name="钢琴")
    )
    text = write_json(score).decode()
    assert text.splitlines() == [
        "{",
        '  "format": 1,',
        '  "parts": [',
        "    {",
        '      "name": "钢琴",',
        '      "notes": [',
        '        {"onset_tick": 0, "duration_tick": 480, "pitch": 60, "spelling": "C"},',
        '        {"onset_tick": 480, "duration_tick": 480, "pitch": 64, "spelling": "E"}',
        "      ],",
        '      "dynamics": [',
        '        {"tick": 0, "mark": "mf"}',
        "      ]",
        "    }",
        "  ],",
        '  "tempos": [',
        '    {"tick": 0, "quarter_us": 500000}',
        "  ],",
        '  "metres": [',
        '    {"tick": 0, "numerator": 4, "denominator": 4}',
        "  ],",
        '  "chords": [',
        '    {"tick": 0, "symbol": "C"}',
        "  ]",
        "}",
    ]


def document(**more):
    return json.dumps({"format": 1, **more}).encode()


NOTE = {"onset_tick": 0, "duration_tick": 1, "pitch": 60}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"format": 1, "resolution": NaN}', "NaN"),
        (b'{"format": 1, "resolution": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"format": 1,\n "title": }', "line 2, column 11"),
        (b"[]", "at the top"),
        (b"{}", "at the top"),
        (b'{"format": 2}', "format 2; this version reads format 1"),
        (b'{"format": true}', "format true"),
        (document(titel="x"), "did you mean 'title'"),
        (document(parts=[{"notes": [{**NOTE, "pich": 3}]}]), r"parts\[0\].notes\[0\].*'pitch'"),
        (document(parts=[{"notes": [{"pitch": 60}]}]), "needs the key 'onset_tick'"),
        (document(parts=[{"notes": [{**NOTE, "pitch": 128}]}]), r"pitch: this must be 0 to 127"),
        (document(parts=[{"notes": [{**NOTE, "pitch": 60.0}]}]), "a whole number, got 60.0"),
        (document(parts=[{"notes": [{**NOTE, "velocity": True}]}]), "a whole number, got true"),
        (document(parts={}), "a list"),
        (document(parts=[3]), "an object"),
        (document(title=None), "text, got null"),
        (document(metres=[{"tick": 0, "numerator": 4, "denominator": 3}]), "1, 2, 4, 8"),
        (document(metres=[{"tick": 0, "numerator": 0, "denominator": 4}]), "1 to 1024"),
        (document(tempos=[{"tick": -1, "quarter_us": 5}]), "0 to"),
        (document(raw=[{"tick": 0, "kind": "sysex", "data": "xyz"}]), "hexadecimal"),
        (document(length_tick=1 << 39), "hours"),
        (document(length_tick=10**9, tempos=[{"tick": 0, "quarter_us": 1}]), "bars"),
    ],
)
def test_what_is_not_right_is_refused_with_its_place(data, words):
    with pytest.raises(FormatError, match=words) as caught:
        read_json(data)
    assert caught.value.zh


def test_a_list_inside_a_note_is_short():
    ties = ",".join(["1"] * 2000)
    note = f'{{"onset_tick": 0, "duration_tick": 9, "pitch": 60, "ties_tick": [{ties}]}}'
    with pytest.raises(FormatError, match="2,000 entries") as caught:
        read_json(f'{{"format": 1, "parts": [{{"notes": [{note}]}}]}}'.encode())
    assert caught.value.place == "parts[0].notes[0].ties_tick"


@pytest.mark.parametrize(
    "event",
    [
        '"controls": [{"tick": 0, "kind": "}cc", "number": 1, "value": 2}]',
        '"raw": [{"tick": 0, "kind": "meta-", "data": "00"}]',
    ],
)
def test_kinds_that_midi_cannot_write_are_refused(event):
    with pytest.raises(FormatError, match="this must be") as caught:
        read_json(f'{{"format": 1, "parts": [{{{event}}}]}}'.encode())
    assert caught.value.place.endswith("[0].kind")


def test_half_a_character_is_refused():
    with pytest.raises(FormatError, match="half a character") as caught:
        read_json(b'{"format": 1, "parts": [{"name": "\\ud800"}]}')
    assert caught.value.place == "parts[0].name"

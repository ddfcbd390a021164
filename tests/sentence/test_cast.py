"""Who plays."""

from __future__ import annotations

import pytest

from motet.sentence import understand


def players(text: str) -> list[str]:
    """Return the instruments named, in order."""
    return [part.instrument for part in understand(text).brief.parts]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("just piano and cello", ["piano", "cello"]), ("a string quartet", ["violin", "violin", "viola",
        "cello"]),
        ("弦乐四重奏", ["violin", "violin", "viola", "cello"]), ("钢琴独奏", ["piano"]),
        ("solo flute", ["flute"]),
        ("two violins and a viola", ["violin", "violin", "viola"]), ("三把小提琴", ["violin"] * 3),
        ("a rock band", ["overdriven_guitar", "electric_guitar", "electric_bass", "drums"]),
        ("busy bass line", ["electric_bass"]), ("walking bass", ["acoustic_bass"]), ("竖琴和长笛", ["harp",
        "flute"]),
        ("jazz with bass and drums", ["acoustic_bass", "drums"]), ("bass clarinet", ["bass_clarinet"]),
        ("piano. The piano should be soft", ["piano"]), ("古筝、二胡与笛子", ["guzheng", "erhu", "dizi"]),
        ("march for brass band", ["trumpet", "flugelhorn", "horn", "euphonium", "tuba"]),
        ("drums and bass", ["drums", "electric_bass"]), ("gypsy violin, chill vibes", ["violin"]),
        ("piano, vibes, bass", ["piano", "vibraphone", "electric_bass"]),
    ],
)  # fmt: skip
def test_instruments(text: str, names: list[str]) -> None:
    assert players(text) == names


@pytest.mark.parametrize(
    ("text", "avoided"),
    [
        ("no drums", ("drums",)), ("without drums, bass or vocals", ("drums", "bass", "voice")),
        ("不要鼓", ("drums",)),
        ("没有人声,没有贝斯", ("voice", "bass")), ("no big leaps", ("leaps",)),
        ("不要切分音", ("syncopation",)),
        ("no guitar please", ("steel_guitar",)), ("drum-free", ("drums",)), ("no high notes", ("high notes",)),
    ],
)  # fmt: skip
def test_what_must_not_be_there(text: str, avoided: tuple[str, ...]) -> None:
    assert set(understand(text).brief.avoid) == set(avoided)


def test_words_beside_an_instrument_describe_it() -> None:
    flute, bass = understand("flute melody above C5, busy bass line").brief.parts
    assert (flute.role, flute.low) == ("melody", 72)
    assert bass.density == (1.5, 4.0)
    low = understand("长笛旋律在C5以上").brief.parts[0]
    assert (low.role, low.low) == ("melody", 72)
    piano, cello = understand("cello plays the melody, piano accompaniment").brief.parts[::-1]
    assert (piano.role, cello.role) == ("comping", "melody")


@pytest.mark.parametrize(
    ("text", "players", "avoid"),
    [
        ("a cappella", {"soprano", "alto", "tenor", "bass_voice"}, {"drums", "comping"}),
        ("a cappella, sopranos and altos only", {"soprano", "alto"}, {"drums", "comping"}),
        ("清唱", {"soprano", "alto", "tenor", "bass_voice"}, {"drums", "comping"}),
        ("unaccompanied violin", {"violin"}, {"drums", "comping"}),
        ("无伴奏大提琴", {"cello"}, {"drums", "comping"}),
        ("unaccompanied guitar", {"steel_guitar"}, {"drums"}),
        ("纯人声,四部合唱", {"soprano", "alto", "tenor", "bass_voice"}, {"drums", "comping"}),
    ],
)
def test_who_is_left_alone(text: str, players: set[str], avoid: set[str]) -> None:
    understood = understand(text)
    assert {part.instrument for part in understood.brief.parts} == players
    assert set(understood.brief.avoid) == avoid
    assert not understood.clashes

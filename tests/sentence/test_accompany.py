"""Who plays besides where that was left open."""

from __future__ import annotations

from motet.sentence import understand


def test_one_guitarist_plays_melody_and_accompaniment() -> None:
    full = understand("古典吉他独奏").full
    assert [(part.instrument, part.role) for part in full.parts] == [
        ("nylon_guitar", "melody"),
        ("nylon_guitar", "comping"),
    ]


def test_a_tune_in_a_style_gets_its_band() -> None:
    understood = understand("bossa, flute melody")
    roles = [part.role for part in understood.full.parts]
    assert roles[0] == "melody"
    assert {"comping", "bass", "drums"} <= set(roles)
    assert [part.instrument for part in understood.brief.parts] == ["flute"]


def test_what_is_refused_is_not_added() -> None:
    full = understand("bossa, flute melody, no drums").full
    assert all(part.role != "drums" for part in full.parts)


def test_who_plays_alone_stays_alone() -> None:
    for text in ("bossa for flute", "only a flute, bossa", "solo cello tango"):
        assert len(understand(text).full.parts) == 1, text


def test_wanted_and_unwanted_at_once_is_told() -> None:
    understood = understand("solo piano with drums")
    assert understood.clashes
    assert [part.instrument for part in understood.brief.parts] == ["piano", "drums"]


def test_nothing_electric_has_the_parts_of_the_style_without_a_plug() -> None:
    understood = understand("rock, nothing electric")
    played = [part.instrument for part in understood.full.parts]
    assert played[0] == "steel_guitar"
    assert "acoustic_bass" in played
    assert len(set(played)) == len(played)
    assert not set(played) & set(understood.brief.avoid)
    assert not understood.brief.parts

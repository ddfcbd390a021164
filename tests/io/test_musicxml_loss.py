"""What MusicXML leaves out is told."""

from __future__ import annotations

from dataclasses import replace

import motet.io
from motet.io.musicxml_loss import musicxml_losses
from motet.io.musicxml_write import write_musicxml
from motet.score import Clef, Control, Dynamic, Lyric, Note, Part, RawEvent, Score, make_score


def test_nothing_is_lost_of_an_exact_score() -> None:
    assert musicxml_losses(make_score("C4:1 D4:0.3333333 E4:0.6666667 F4:2")) == ()


def test_controllers_and_raw_events_are_counted() -> None:
    score = make_score("C4:4")
    part = replace(
        score.parts[0],
        controls=(Control(tick=0, kind="cc", number=64, value=127),) * 2,
        raw=(RawEvent(tick=0, kind="sysex", data=b"1"),),
    )
    losses = musicxml_losses(score.with_parts(part))
    assert [loss.n for loss in losses] == [2, 1]
    assert all(loss.localised("zh") != loss.localised("en") for loss in losses)


def told(score) -> dict[str, int]:
    return {loss.localised("en").split(" × ")[1]: loss.n for loss in musicxml_losses(score)}


def test_what_the_print_changes_is_counted() -> None:
    score = make_score("C4:1 D4:1 E4:2")
    first, second, third = score.parts[0].notes
    double = replace(first, velocity=40)
    lyrics = (Lyric(tick=0, text="la"), Lyric(tick=0, text="lo"))
    part = replace(score.parts[0], notes=(first, double, second, third), lyrics=lyrics)
    assert told(score.with_parts(part)) == {
        "notes of one pitch (or one drum line) at one place are written as one": 1,
        "lyrics have no note of their own and are not written": 1,
    }


def test_lengths_that_are_cut_are_counted() -> None:
    low = Note(onset_tick=0, duration_tick=1920, pitch=48)
    high = Note(onset_tick=480, duration_tick=480, pitch=64)
    guitar = Part(notes=(low, high), program=25, role="comping")
    text = "lengths differ by more than a sixteenth note, so that they read well"
    roles = {"roles of parts are not written": 1}
    assert told(Score(parts=(guitar,))) == {text: 1} | roles
    assert told(Score(parts=(replace(guitar, program=48, role="strings"),))) == {text: 1} | roles
    held = replace(high, duration_tick=1440)
    assert told(Score(parts=(replace(guitar, notes=(low, held), program=48),))) == roles


def test_octaves_that_do_not_exist_are_counted() -> None:
    notes = (Note(onset_tick=0, duration_tick=1920, pitch=5),)
    text = "notes lie beyond the octaves 0 to 9 and are written an octave off"
    assert told(Score(parts=(Part(notes=notes),))) == {text: 1}


def test_the_package_offers_writer_and_losses() -> None:
    assert motet.io.musicxml_losses is musicxml_losses
    assert motet.io.write_musicxml is write_musicxml
    assert {"musicxml_losses", "write_musicxml"} <= set(motet.io.__all__)


def test_what_the_print_cannot_place_is_counted() -> None:
    notes = tuple(
        Note(onset_tick=0, duration_tick=length, pitch=pitch, voice=2)
        for length, pitch in ((480, 60), (960, 64))
    )
    part = Part(
        notes=notes,
        role="melody",
        clefs=(Clef(tick=480, sign="F", line=4),),
        dynamics=(Dynamic(tick=120, mark="p"), Dynamic(tick=240, mark="f")),
    )
    found = {loss.en: loss.n for loss in musicxml_losses(Score(parts=(part,), length_tick=1920))}
    assert found == {
        "clefs inside a bar are written at its start": 1,
        "chord symbols, words, dynamics and lines are written at the nearest eighth": 1,
        "roles of parts are not written": 1,
    }

"""What MusicXML leaves out is told."""

from __future__ import annotations

from dataclasses import replace

from motet.io.musicxml_loss import musicxml_losses
from motet.score import Clef, Control, Dynamic, Note, Part, RawEvent, Score, make_score


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

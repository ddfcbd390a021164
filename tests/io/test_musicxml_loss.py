"""What MusicXML does not hold is counted."""

from motet.io.musicxml_loss import musicxml_losses
from motet.score import Control, Note, Part, RawEvent, Score, make_score


def test_performed_notes_and_controllers_are_told():
    part = Part(
        notes=(
            Note(onset_tick=0, duration_tick=480, pitch=60),
            Note(onset_tick=487, duration_tick=453, pitch=62, release_velocity=0),
        ),
        controls=(Control(tick=0, kind="cc", number=64, value=127),) * 2,
    )
    score = Score(parts=(part,), raw=(RawEvent(tick=0, kind="sysex", data=b""),))
    assert [loss.n for loss in musicxml_losses(score)] == [1, 1, 2, 1]


def test_a_written_score_loses_nothing():
    assert musicxml_losses(make_score("C4:1 E4:0.5 F4:0.25", "drums 36:1")) == ()

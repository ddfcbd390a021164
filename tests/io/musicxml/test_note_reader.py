"""Notes: chords, voices, staves, ties, grace and cue notes, velocities."""

import pytest

from motet.errors import FormatError
from musicxml_text import note, read_bars, texts


def backup(duration):
    return f"<backup><duration>{duration}</duration></backup>"


def test_chords_share_an_onset_and_voices_go_back():
    bar = note("C4,E4", 4, "<voice>1</voice>") + note("G4", 4, "<voice>1</voice>")
    bar += (
        backup(8) + "<forward><duration>2</duration></forward>" + note("C3", 6, "<voice>2</voice>")
    )
    notes = read_bars(bar).score.parts[0].notes
    assert [(n.onset_tick, n.pitch, n.voice) for n in notes] == [
        (0, 60, 1), (0, 64, 1), (480, 48, 2), (960, 67, 1),
    ]  # fmt: skip


def test_ties_make_one_note_over_the_bar_line():
    first = note("F#4", 8, '<tie type="start"/>')
    second = note("F#4", 2, '<tie type="stop"/><tie type="start"/>') + note(
        "F#4", 6, '<tie type="stop"/>'
    )
    (one,) = read_bars(first, second).score.parts[0].notes
    assert (one.duration_tick, one.ties_tick, one.spelling) == (3840, (1920, 2400), "F#")


def test_ties_between_chords_join_the_same_pitches():
    first = note("C4,E4", 8, '<tie type="start"/>')
    second = note("C4,E4", 8, '<tie type="stop"/>')
    notes = read_bars(first, second).score.parts[0].notes
    assert [(n.pitch, n.duration_tick) for n in notes] == [(60, 3840), (64, 3840)]


def test_a_tie_from_nowhere_is_a_new_note_and_listed():
    loaded = read_bars(note("C4", 8, '<tie type="stop"/>'))
    assert loaded.score.n_notes == 1
    assert any("lead from no note before" in text for text in texts(loaded))


def test_notes_of_a_broken_chord_are_held_to_the_chord_they_are_tied_to():
    bar = note("C4", 2, '<tie type="start"/>') + note("E4", 2, '<tie type="start"/>')
    notes = read_bars(bar + note("C4,E4", 4, '<tie type="stop"/>')).score.parts[0].notes
    assert [(n.onset_tick, n.end_tick, n.pitch) for n in notes] == [(0, 1920, 60), (480, 1920, 64)]


def test_a_tie_without_an_end_goes_to_the_same_pitch_that_follows():
    loaded = read_bars(note("C4", 8, '<tie type="start"/>'), note("C4", 4) + note("C4", 4))
    assert [(n.onset_tick, n.end_tick) for n in loaded.score.parts[0].notes] == [
        (0, 2880),
        (2880, 3840),
    ]
    assert texts(loaded) == ["1 ties without an end were joined to the same pitch that follows"]
    sung = note("C4", 8, "<lyric><text>la</text></lyric>")
    assert read_bars(note("C4", 8, '<tie type="start"/>'), sung).score.n_notes == 2


def test_a_tie_may_come_from_a_voice_that_is_written_later():
    upper = "<forward><duration>4</duration></forward>" + note(
        "C4", 4, '<tie type="stop"/><tie type="start"/>'
    )
    lower = note("C4", 4, '<tie type="start"/>', before="")
    loaded = read_bars(upper + backup(8) + lower, note("C4", 8, '<tie type="stop"/>'))
    (one,) = loaded.score.parts[0].notes
    assert (one.onset_tick, one.end_tick, one.ties_tick) == (0, 3840, (960, 1920))
    assert loaded.repairs == ()


def test_grace_notes_stand_where_they_lead_in_their_order():
    grace = "<note><grace{}/><pitch><step>{}</step><octave>5</octave></pitch></note>"
    bar = note("C4", 4) + grace.format(' slash="yes"', "D") + grace.format("", "B") + note("C5", 4)
    notes = read_bars(bar).score.parts[0].notes
    assert [(n.onset_tick, n.duration_tick, n.pitch, n.grace) for n in notes[1:]] == [
        (960, 0, 74, "acciaccatura"), (960, 0, 83, "appoggiatura"), (960, 960, 72, ""),
    ]  # fmt: skip


def test_cue_notes_take_time_and_are_listed():
    loaded = read_bars(note("C4", 4, before="<cue/>") + note("D4", 4))
    assert [n.onset_tick for n in loaded.score.parts[0].notes] == [960]
    assert texts(loaded) == ["1 cue notes, which do not sound, were left out"]


def test_staves_stay_in_one_part_with_voices_counted_in_each():
    right = note("C5", 8, "<voice>1</voice><staff>1</staff>")
    left = note("C3", 8, "<voice>5</voice><staff>2</staff>")
    part = read_bars(right + backup(8) + left).score.parts[0]
    assert [(n.pitch, n.staff, n.voice) for n in part.notes] == [(48, 2, 1), (72, 1, 1)]
    assert part.n_staves == 2


def test_velocity_is_the_notes_own_or_that_of_the_dynamics():
    soft = "<direction><direction-type><dynamics><p/></dynamics></direction-type></direction>"
    loud = note("C4", 2).replace("<note>", '<note dynamics="100">')
    notes = (
        read_bars(note("D4", 2) + soft + note("E4", 2) + loud + note("F4", 2)).score.parts[0].notes
    )
    assert [n.velocity for n in notes] == [80, 49, 90, 49]


def test_tuplets_are_exact():
    ratio = "<time-modification><actual-notes>3</actual-notes><normal-notes>2</normal-notes></time-modification>"
    start = f'{ratio}<notations><tuplet type="start"/></notations>'
    stop = f'{ratio}<notations><tuplet type="stop"/></notations>'
    bar = note("C4", 1, start) + note("D4", 1, ratio) + note("E4", 1, stop) + note("F4", 9)
    first = "<attributes><divisions>3</divisions></attributes>"
    part = read_bars(bar, first=first).score.parts[0]
    assert [n.onset_tick for n in part.notes] == [0, 160, 320, 480]
    (span,) = part.spans
    assert (span.kind, span.start_tick, span.end_tick, span.number) == ("tuplet", 0, 480, 302)


@pytest.mark.parametrize("value", ["-1", "nan", "1e300", "x", "99999999999"])
def test_durations_without_sense_are_refused_with_the_place(value):
    with pytest.raises(FormatError, match="a duration is") as caught:
        read_bars(note("C4", 8), note("C4", value))
    assert caught.value.place.startswith("part P1, measure 2, line ")


def test_decimal_durations_are_exact():
    notes = read_bars(note("C4", "0.5") + note("D4", "7.5")).score.parts[0].notes
    assert [n.onset_tick for n in notes] == [0, 120]


def test_notes_beyond_midi_are_listed_and_keep_the_time():
    loaded = read_bars(note("C9", 2).replace("<octave>9", "<octave>11") + note("C4", 6))
    assert [n.onset_tick for n in loaded.score.parts[0].notes] == [480]
    assert any("no pitch that exists" in text for text in texts(loaded))


def test_going_back_too_far_is_mended_and_strict_reading_refuses():
    from motet.io.musicxml_read import read_musicxml
    from musicxml_text import partwise

    data = partwise(note("C4", 2) + backup(6) + note("E4", 8))
    assert any("backwards" in text for text in texts(read_musicxml(data)))
    with pytest.raises(FormatError, match="backwards"):
        read_musicxml(data, mend=False)


def test_a_change_of_instrument_is_a_change_of_program():
    names = (
        '<score-part id="P1"><part-name>Reeds</part-name>'
        '<midi-instrument id="I1"><midi-program>74</midi-program></midi-instrument>'
        '<midi-instrument id="I2"><midi-program>72</midi-program></midi-instrument></score-part>'
    )
    bar = note("C4", 4, '<instrument id="I1"/>') + note("D4", 4, '<instrument id="I2"/>')
    part = read_bars(bar, part_list=names).score.parts[0]
    assert part.program == 73
    assert [(c.tick, c.kind, c.value) for c in part.controls] == [(960, "program", 71)]

"""Unpitched notes."""

from motet.io.musicxml.drum_keys import choose_key
from motet.io.musicxml.head import Instrument
from motet.io.notation.percussion import KIT
from musicxml_text import read_bars, texts


def stroke(step, more=""):
    return (
        f"<note><unpitched><display-step>{step[0]}</display-step><display-octave>{step[1]}"
        f"</display-octave></unpitched><duration>4</duration>{more}</note>"
    )


NAMES = (
    '<score-part id="P1"><part-name>Kit</part-name>'
    '<score-instrument id="A"><instrument-name>Snare</instrument-name></score-instrument>'
    '<midi-instrument id="A"><midi-channel>10</midi-channel><midi-unpitched>39</midi-unpitched>'
    '</midi-instrument><midi-instrument id="B"><midi-channel>10</midi-channel>'
    "<midi-unpitched>43</midi-unpitched></midi-instrument>"
    "</score-part>"
)


def test_drum_staves_become_percussion_keys():
    bar = stroke("C5", '<instrument id="A"/>') + stroke("G5", '<instrument id="B"/>')
    part = read_bars(bar, part_list=NAMES).score.parts[0]
    assert part.is_drums
    assert (part.channel, part.role) == (9, "drums")
    assert [n.pitch for n in part.notes] == [38, 42]


def test_without_an_instrument_the_staff_tells():
    part = read_bars(stroke("F4") + stroke("G5", "<notehead>x</notehead>")).score.parts[0]
    assert [n.pitch for n in part.notes] == [36, 42]


def test_an_unknown_stroke_is_told():
    loaded = read_bars(stroke("C2") * 2)
    assert loaded.score.parts[0].notes[0].pitch == 37
    assert "unknown drum" in texts(loaded)[0]


def test_names_help():
    assert choose_key(Instrument(name="Open Hi-Hat"), "C2", "normal") == 46
    assert choose_key(Instrument(name="Zither"), "C5", "normal") == 38


def test_every_place_of_our_own_print_gives_a_key_printed_there():
    for key, print_as in KIT.items():
        found = choose_key(None, print_as.step, print_as.head)
        assert (KIT[found].step, KIT[found].head) == (print_as.step, print_as.head), key

"""Slurs, articulations, ornaments, lyrics."""

from motet.score import Lyric
from musicxml_text import note, read_bars, texts


def marked(pitch, duration, marks):
    return note(pitch, duration, f"<notations>{marks}</notations>")


def test_a_slur_lasts_to_the_end_of_its_last_note():
    bar = marked("C4", 2, '<slur type="start" number="1"/>') + note("D4", 2)
    part = read_bars(bar + marked("E4", 4, '<slur type="stop" number="1"/>')).score.parts[0]
    assert [(s.kind, s.start_tick, s.end_tick) for s in part.spans] == [("slur", 0, 1920)]


def test_a_slur_may_end_in_a_voice_that_is_written_first():
    upper = note("C5", 4) + marked("D5", 4, '<slur type="stop" number="2"/>')
    lower = marked("C3", 8, '<slur type="start" number="2"/>')
    loaded = read_bars(upper + "<backup><duration>8</duration></backup>" + lower)
    assert [(s.start_tick, s.end_tick) for s in loaded.score.parts[0].spans] == [(0, 1920)]
    assert loaded.repairs == ()


def test_slurs_without_an_end_are_listed():
    loaded = read_bars(marked("C4", 8, '<slur type="start"/>'))
    assert texts(loaded) == ["1 lines without an end were left out"]
    loaded = read_bars(marked("C4", 8, '<slur type="stop"/>'))
    assert texts(loaded) == ["1 ends of slurs that never began were ignored"]


def test_articulations_belong_to_the_chord_and_ornaments_to_the_note():
    marks = "<articulations><staccato/><strong-accent/></articulations><ornaments><trill-mark/></ornaments>"
    chord = marked("C4", 8, marks + "<fermata/>") + note("E4", 8).replace(
        "<note>", "<note><chord/>"
    )
    low, high = read_bars(chord).score.parts[0].notes
    assert low.articulations == high.articulations == ("staccato", "marcato", "fermata")
    assert (low.ornaments, high.ornaments) == (("trill",), ())


def test_technique_tremolo_and_arpeggio():
    marks = "<technical><up-bow/><fingering>1</fingering></technical><arpeggiate/>"
    marks += '<ornaments><tremolo type="single">2</tremolo></ornaments><glissando type="start"/>'
    loaded = read_bars(marked("C4", 8, marks))
    (one,) = loaded.score.parts[0].notes
    assert one.articulations == ("up-bow",)
    assert one.ornaments == ("arpeggio", "tremolo-2", "glissando")
    assert texts(loaded) == ["1 fingerings were left out"]


def test_a_ghost_note_has_its_head_in_brackets():
    (one,) = (
        read_bars(note("C4", 8, '<notehead parentheses="yes">normal</notehead>'))
        .score.parts[0]
        .notes
    )
    assert one.articulations == ("ghost",)


def lyric(text, syllabic, number="1", more=""):
    return (
        f'<lyric number="{number}"><syllabic>{syllabic}</syllabic><text>{text}</text>{more}</lyric>'
    )


def test_lyrics_have_verses_syllables_and_lines():
    first = lyric("Glo", "begin") + lyric("Lau", "begin", "2")
    second = lyric("ry", "end", more="<extend/>") + lyric("da", "end", "2")
    part = read_bars(note("C4", 4, first) + note("D4", 4, second)).score.parts[0]
    assert part.lyrics == (
        Lyric(tick=0, text="Glo", syllabic="begin"),
        Lyric(tick=0, text="Lau", syllabic="begin", verse=2),
        Lyric(tick=960, text="ry", syllabic="end", extend=True),
        Lyric(tick=960, text="da", syllabic="end", verse=2),
    )


def test_two_syllables_on_one_note_are_tied_together():
    both = (
        "<syllabic>end</syllabic><text>ta</text><elision/><syllabic>begin</syllabic><text>a</text>"
    )
    both = f"<lyric>{both}</lyric>"
    (one,) = read_bars(note("C4", 8, both)).score.parts[0].lyrics
    assert (one.text, one.syllabic) == ("ta‿a", "middle")


def test_verses_with_names_are_numbered():
    words = lyric("la", "single", "part1verse3") + lyric("lu", "single", "chorus")
    assert {one.text: one.verse for one in read_bars(note("C4", 8, words)).score.parts[0].lyrics} == {
        "la": 3, "lu": 4,
    }  # fmt: skip

"""Bar lines: repeats and endings; several harmonies and parts."""

from motet.score import ChordSymbol, Ending, Repeat
from musicxml_text import note, read_bars, texts


def barline(inside, location="right"):
    return f'<barline location="{location}">{inside}</barline>'


def test_repeats_and_endings():
    bars = (
        barline('<repeat direction="forward"/>', "left") + note("C4", 8),
        barline('<ending number="1, 2" type="start"/>', "left")
        + note("D4", 8)
        + barline('<ending number="1, 2" type="stop"/><repeat direction="backward" times="3"/>'),
        barline('<ending number="3" type="start"/>', "left")
        + note("E4", 8)
        + barline('<ending number="3" type="discontinue"/>'),
    )
    score = read_bars(*bars).score
    assert score.repeats == (Repeat(tick=0, kind="start"), Repeat(tick=3840, kind="end", times=3))
    assert score.endings == (
        Ending(start_tick=1920, end_tick=3840, numbers=(1, 2)),
        Ending(start_tick=3840, end_tick=5760, numbers=(3,)),
    )


def test_an_ending_without_an_end_lasts_to_the_end():
    loaded = read_bars(barline('<ending number="1" type="start"/>', "left") + note("C4", 8))
    assert loaded.score.endings == (Ending(start_tick=0, end_tick=1920, numbers=(1,)),)
    assert len(loaded.repairs) == 1


def test_chord_symbols_stand_in_their_place_and_in_sounding_pitch():
    harmony = "<harmony><root><root-step>{}</root-step></root><kind>{}</kind>{}</harmony>"
    bar = harmony.format("D", "minor-seventh", "") + note("C4", 4)
    bar += harmony.format("G", "dominant", "<offset>2</offset>") + note("C4", 4)
    move = (
        "<attributes><divisions>2</divisions><transpose><diatonic>-1</diatonic><chromatic>-2</chromatic>"
        "</transpose></attributes>"
    )
    assert read_bars(bar).score.chords == (
        ChordSymbol(tick=0, symbol="Dm7"), ChordSymbol(tick=1440, symbol="G7"),
    )  # fmt: skip
    assert [one.symbol for one in read_bars(bar, first=move).score.chords] == ["Cm7", "F7"]


def test_what_no_score_holds_is_listed_by_name():
    loaded = read_bars("<figured-bass><figure/></figured-bass><print/>" + note("C4", 8))
    assert texts(loaded) == ["1 figured basses were left out"]


def test_grace_notes_at_the_end_of_a_bar_are_told():
    grace = "<note><grace/><pitch><step>D</step><octave>5</octave></pitch></note>"
    loaded = read_bars(note("C4", 8) + grace, note("C4", 8))
    assert [n.onset_tick for n in loaded.score.parts[0].notes] == [0, 1920, 1920]
    assert any("grace notes after the last note" in text for text in texts(loaded))

"""What all parts share: keys, tempos, metres, marks, each once."""

from motet.io.musicxml_read import read_musicxml
from musicxml_text import note, partwise, texts


def two_parts(one, two):
    names = "".join(
        f'<score-part id="P{k}"><part-name>{k}</part-name></score-part>' for k in (1, 2)
    )
    data = partwise(one, first="", part_list=names)
    return data.replace(
        b"</part></score", f'</part><part id="P2"><measure>{two}</measure></part></score'.encode()
    )


DIVISIONS = "<divisions>2</divisions>"
KEY = "<key><fifths>{}</fifths></key>"
HORN = "<transpose><diatonic>-4</diatonic><chromatic>-7</chromatic></transpose>"


def test_the_key_is_that_of_a_part_that_sounds_as_written():
    one = f"<attributes>{DIVISIONS}{KEY.format(0)}{HORN}</attributes>" + note("C5", 8)
    two = f"<attributes>{DIVISIONS}{KEY.format(3)}</attributes>" + note("A4", 8)
    score = read_musicxml(two_parts(one, two)).score
    assert [key.fifths for key in score.keys] == [3]
    assert score.parts[0].notes[0].pitch == 65


def test_a_part_written_in_an_enharmonic_key_is_spelled_as_the_score():
    clarinet = "<transpose><diatonic>-1</diatonic><chromatic>-2</chromatic></transpose>"
    one = f"<attributes>{DIVISIONS}{KEY.format(5)}</attributes>" + note("D#5", 8)
    two = f"<attributes>{DIVISIONS}{KEY.format(-5)}{clarinet}</attributes>" + note("F5", 8)
    score = read_musicxml(two_parts(one, two)).score
    assert [part.notes[0].spelling for part in score.parts] == ["D#", "D#"]
    assert [part.notes[0].pitch for part in score.parts] == [75, 75]


def test_marks_that_every_part_repeats_are_kept_once():
    mark = "<direction><direction-type><rehearsal>B</rehearsal></direction-type><sound tempo='90'/></direction>"
    end = '<barline><repeat direction="backward"/></barline>'
    bar = f"<attributes>{DIVISIONS}</attributes>" + mark + note("C5", 8) + end
    score = read_musicxml(two_parts(bar, bar)).score
    assert (len(score.sections), len(score.tempos), len(score.repeats)) == (1, 1, 1)


def test_metres_that_differ_between_parts_are_told():
    time = "<time><beats>{}</beats><beat-type>{}</beat-type></time>"
    one = f"<attributes>{DIVISIONS}{time.format(4, 4)}</attributes>" + note("C5", 8)
    two = f"<attributes>{DIVISIONS}{time.format(12, 8)}</attributes>" + note("C5", 8)
    loaded = read_musicxml(two_parts(one, two))
    assert loaded.score.metres[0].numerator == 4
    assert any("metres of their own" in text for text in texts(loaded))

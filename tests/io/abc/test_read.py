"""Whole tunes."""

import pytest

from motet.errors import FormatError, ParameterError
from motet.io import read
from motet.io.abc.read import count_tunes, read_abc

HEAD = "X:1\nM:4/4\nL:1/8\nK:C\n"


def notes(body, head=HEAD, voice=0):
    score = read_abc((head + body + "\n").encode()).score
    unit = score.resolution / 2
    return [
        (note.onset_tick / unit, note.duration_tick / unit, note.pitch)
        for note in score.parts[voice].notes
    ]


def repairs(body, head=HEAD):
    return [one.localised("en") for one in read_abc((head + body + "\n").encode()).repairs]


@pytest.mark.parametrize(
    ("text", "pitches"),
    [
        ("C c c' C,", [60, 72, 84, 48]),
        ("^F _B =F ^^C __D", [66, 70, 65, 62, 60]),
        ("^F F f F | F", [66, 66, 77, 66, 65]),
        ("[K:D] F C | [K:C] F", [66, 61, 65]),
        ("^F-|F F", [66, 65]),
        ("[K:D mix ^g] G F c", [68, 66, 72]),
        ("[K:HP] f c g", [78, 73, 79]),
        ("[K:F exp ^f] B F", [71, 66]),
    ],
)
def test_pitches(text, pitches):
    assert [pitch for *_, pitch in notes(text)] == pitches


@pytest.mark.parametrize(
    ("text", "durations"),
    [
        ("C C2 C/ C3/2 C// C/4", [1, 2, 0.5, 1.5, 0.25, 0.25]),
        ("A>B", [1.5, 0.5]),
        ("A<<B", [0.25, 1.75]),
        ("(3ABc", [2 / 3] * 3),
        ("(3:2:2 A2 B", [4 / 3, 2 / 3]),
        ("(2AB", [1.5, 1.5]),
        ("A-A2", [3]),
        ("C4-|C4", [8]),
        ("[L:1/4] A", [2]),
    ],
)
def test_lengths(text, durations):
    assert [length for _, length, _ in notes(text)] == pytest.approx(durations)


def test_tuplet_of_five_goes_by_metre():
    compound = HEAD.replace("4/4", "6/8")
    assert notes("(5CDEFG", compound)[0][1] == pytest.approx(0.6)
    assert notes("(5CDEFG")[0][1] == pytest.approx(0.4)


def test_chord_lasts_as_long_as_its_first_note():
    assert notes("[C2E4]2 G") == [(0, 4, 60), (0, 8, 64), (4, 1, 67)]


def test_ties_in_chords_join_each_note():
    assert notes("[CE]2-[CE]2") == [(0, 4, 60), (0, 4, 64)]
    assert notes("[C-E]2[CE]2") == [(0, 4, 60), (0, 2, 64), (2, 2, 64)]


def test_rests_move_on_by_notes_and_by_bars():
    assert notes("z2 x C | Z2 | C") == [(3, 1, 60), (20, 1, 60)]


def test_grace_notes_take_no_time():
    score = read_abc((HEAD + "{/g}C {ab}c\n").encode()).score
    found = [(note.grace, note.pitch, note.onset_tick) for note in score.parts[0].notes]
    assert found == [
        ("acciaccatura", 79, 0),
        ("", 60, 0),
        ("appoggiatura", 81, 240),
        ("appoggiatura", 83, 240),
        ("", 72, 240),
    ]


def test_default_length_goes_by_metre():
    assert notes("C", "X:1\nM:2/4\nK:C\n") == [(0, 0.5, 60)]
    assert notes("C", "X:1\nM:6/8\nK:C\n") == [(0, 1, 60)]


def test_pickup_repeats_and_endings():
    text = "G2 |: C8 |1 D8 :|2 E4 |]"
    score = read_abc((HEAD + text).encode()).score
    assert [(bar.number, bar.duration_tick) for bar in score.bars] == [
        (0, 480), (1, 1920), (2, 1920), (3, 960),
    ]  # fmt: skip
    assert [(one.tick, one.kind) for one in score.repeats] == [(480, "start"), (4320, "end")]
    assert [(one.start_tick, one.end_tick, one.numbers) for one in score.endings] == [
        (2400, 4320, (1,)),
        (4320, 5280, (2,)),
    ]


def test_voices_and_staves():
    head = "X:1\nL:1/4\n%%score (S A) | B\nV:S\nV:A\nV:B clef=bass-8 name=Bass\nK:C\n"
    score = read_abc((head + "[V:S] c\n[V:A] E\n[V:B] C,\n").encode()).score
    assert [[(n.pitch, n.voice) for n in part.notes] for part in score.parts] == [
        [(64, 2), (72, 1)],
        [(36, 1)],
    ]
    assert score.parts[1].clefs[0].sign == "F"
    assert score.parts[1].name == "Bass"


def test_transposing_voice_sounds_lower_and_the_key_sounds():
    score = read_abc(b"X:1\nV:1 transpose=-2\nK:D\nD").score
    assert [(n.pitch, n.spelling) for n in score.parts[0].notes] == [(60, "C")]
    assert score.keys[0].fifths == 0
    assert score.parts[0].transposition_semi == -2


def test_overlay_is_another_voice_of_the_bar():
    assert notes("C4 & E2 G2 | C") == [(0, 4, 60), (0, 2, 64), (2, 2, 67), (4, 1, 60)]


def test_words_titles_tempo_and_chords():
    text = 'X:1\nT:Air\nT:Second\nC:Ann\nQ:"Slow" 3/8=40\nM:6/8\nK:G\n"Em"G3 A3 |\nw: A-men\n'
    score = read_abc(text.encode()).score
    assert (score.title, score.subtitle, score.composer) == ("Air", "Second", "Ann")
    assert (score.tempos[0].qpm, score.tempos[0].text) == (60, "Slow")
    assert [chord.symbol for chord in score.chords] == ["Em"]
    assert [(one.text, one.syllabic) for one in score.parts[0].lyrics] == [
        ("A", "begin"),
        ("men", "end"),
    ]


def test_several_tunes():
    data = b"X:1\nK:C\nC\n\nX:2\nK:C\nD\n"
    first = read_abc(data)
    assert first.score.parts[0].notes[0].pitch == 60
    assert "2 tunes" in first.repairs[0].en
    assert read_abc(data, index=1).score.parts[0].notes[0].pitch == 62
    assert read_abc(data, index=1).repairs == ()
    assert count_tunes(data) == 2
    with pytest.raises(ParameterError, match="index must be 0 to 1"):
        read_abc(data, index=2)


def test_repairs_name_the_line():
    assert repairs("C-D") == ["line 5: 1 ties between different notes became slurs"]
    assert repairs("C [CE") == ["line 5: 1 chords without a closing bracket"]
    assert repairs("C)") == ["line 5: 1 slurs without a beginning were dropped"]
    assert repairs("s: !f! *") == ["line 5: 1 symbol lines (s:) are not read"]
    assert repairs("C/0") == ["line 5: 1 lengths of zero became 1"]


def test_strict_reading_raises_with_the_line():
    with pytest.raises(FormatError, match="line 5"):
        read_abc((HEAD + "C [CE\n").encode(), mend=False)


@pytest.mark.parametrize(
    "data",
    [
        b"hello",
        b"",
        (HEAD + "Z99999\n").encode(),
        ("X:1\n" + "".join(f"V:{k}\n" for k in range(3000)) + "K:C\nC\n").encode(),
    ],
)
def test_what_cannot_be_read_is_refused(data):
    with pytest.raises(FormatError) as caught:
        read_abc(data)
    assert caught.value.place.startswith("line")
    assert caught.value.zh


def test_hostile_text_is_mended():
    text = "c" + "9" * 6000 + " " + "(" * 500 + "C" + "'" * 90 + "{" * 50 + "[" * 50 + "(9:9:9" * 50
    loaded = read_abc((HEAD + text + "\0\n").encode("utf-16"))
    assert loaded.repairs
    assert loaded.score.n_notes == 2


def test_formats_are_told_apart():
    assert read(b"X:1\nK:C\nC\n").score.n_notes == 1
    assert read(b"\xef\xbb\xbfX: 1\r\nT:\xc3\xa9\r\nK:C\r\nC\r\n").score.title == "é"
    latin = read(b"X:1\nT:Caf\xe9\nK:C\nC\n")
    assert latin.score.title == "Café"
    assert "UTF-8" in latin.repairs[0].en


@pytest.mark.parametrize(
    "line",
    [
        "M:(1" + " " * 100_000 + "x",
        "Q:" + "1/4 " * 40_000 + "=90",
        "L:1" + " " * 100_000 + "/8",
        "[a:" * 20_000,
        "w:" + "|" * 20_000,
    ],
)
def test_long_lines_are_answered_at_once(line):
    text = "X:1\nL:1/8\nK:C\nc2d2|\n" + f"{line}\n" * 3 + "e4|\n"
    assert read_abc(text.encode()).score.n_notes >= 3


def test_continued_words_are_all_kept():
    text = b"X:1\nL:1/4\nK:C\ncdef|\nw:a b\n+:c\n+:d\n"
    assert [one.text for one in read_abc(text).score.parts[0].lyrics] == ["a", "b", "c", "d"]


def test_verses_beyond_ninety_nine_are_told():
    text = b"X:1\nL:1/4\nK:C\nc|\n" + b"w:la\n" * 120
    loaded = read_abc(text)
    assert len(loaded.score.parts[0].lyrics) == 99
    assert [one.en for one in loaded.repairs] == ["21 lines of words after verse 99 are not kept"]


def test_a_tie_at_the_start_of_a_line_stays_in_its_voice():
    tune = b"X:1\nL:1/4\nV:1\nV:2\nK:C\n[V:1] [CE]4|\n[V:2] G4|\n[V:1] -[CE]4|\n[V:2] -G4|\n"
    score = read_abc(tune).score
    bar = 4 * score.resolution
    assert [sorted(n.duration_tick for n in part.notes) for part in score.parts] == [
        [2 * bar, 2 * bar],
        [2 * bar],
    ]

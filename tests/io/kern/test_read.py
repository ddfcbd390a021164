"""Reading whole kern snippets, written here by hand."""

from fractions import Fraction

import pytest

from motet.errors import FormatError, ParameterError
from motet.io import read, sniff
from motet.io.kern.read import read_kern


def kern(*lines):
    """Return the bytes of a file; blanks stand for tabs, so chords are written with +."""
    return "\n".join(line.replace(" ", "\t").replace("+", " ") for line in lines).encode() + b"\n"


PIANO = kern(
    "!!!COM:+Nobody,+Ann",
    "!!!OTL:+Small+Piece",
    "**kern **kern **dynam",
    "*part1 *part1 *part1",
    "*staff2 *staff1 *staff1/2",
    "*Ipiano *Ipiano *",
    "*clefF4 *clefG2 *",
    "*k[f#] *k[f#] *",
    "*e: *e: *",
    "*M3/4 *M3/4 *",
    "*MM90 *MM90 *",
    "4r 4b mf",
    "=1 =1 =1",
    "2.E+2.B (4ee <",
    ". 8dd#L .",
    ". 8eeJ) [",
    ". 4r .",
    "=2 =2 =2",
    "*^ * *",
    "2.E 4r [2.g p",
    ". 2B . .",
    "=3 =3 =3 =3",
    "*v *v * *",
    "2.E 2.g] .",
    "== == ==",
    "*- *- *-",
)


def notes_of(part):
    return [(n.onset_tick / 480, n.duration_tick / 480, n.spelling, n.pitch) for n in part.notes]


def test_a_piano_piece_is_one_part_of_two_staves():
    loaded = read_kern(PIANO)
    score = loaded.score
    assert loaded.repairs == ()
    assert (score.title, score.composer, score.resolution) == ("Small Piece", "Ann Nobody", 480)
    (part,) = score.parts
    assert (part.n_staves, part.program) == (2, 0)
    upper = [n for n in part.notes if n.staff == 1]
    lower = [n for n in part.notes if n.staff == 2]
    assert [(n.onset_tick / 480, n.duration_tick / 480, n.spelling) for n in upper] == [
        (0, 1, "B"),
        (1, 1, "E"),
        (2, 0.5, "D#"),
        (2.5, 0.5, "E"),
        (4, 6, "G"),
    ]
    assert upper[-1].ties_tick == (1440,)
    assert [(n.onset_tick / 480, n.pitch, n.voice) for n in lower] == [
        (1, 52, 1),
        (1, 59, 1),
        (4, 52, 1),
        (5, 59, 2),
        (7, 52, 1),
    ]
    assert [(clef.sign, clef.staff) for clef in part.clefs] == [("G", 1), ("F", 2)]
    assert [(d.tick, d.mark) for d in part.dynamics] == [(0, "mf"), (1920, "p")]
    spans = {(s.kind, s.start_tick, s.end_tick) for s in part.spans}
    assert spans == {("slur", 480, 1440), ("crescendo", 480, 1200)}


def test_pickup_key_metre_and_tempo_are_kept():
    score = read_kern(PIANO).score
    assert [(bar.number, bar.duration_tick) for bar in score.bars] == [
        (0, 480),
        (1, 1440),
        (2, 1440),
        (3, 1440),
    ]
    assert [(k.fifths, k.mode) for k in score.keys] == [(1, "minor")]
    assert [(m.numerator, m.denominator) for m in score.metres] == [(3, 4)]
    assert round(score.tempos[0].qpm, 2) == 90


def test_read_and_sniff_know_kern(tmp_path):
    assert sniff(PIANO) == "kern"
    path = tmp_path / "piece.krn"
    path.write_bytes(PIANO)
    assert read(path).score == read_kern(PIANO).score


def test_the_highest_spine_is_the_first_part():
    data = kern(
        "**kern **text **kern **text",
        '*I"Bass * *I"Soprano *',
        "*Ibass * *Isoprn *",
        "1C Ky- 1c Lord,",
        "1D -ri- 1d .",
        "1E -e 1e _",
        "*- *- *- *-",
    )
    score = read_kern(data).score
    assert [(part.name, part.program) for part in score.parts] == [("Soprano", 52), ("Bass", 52)]
    assert [(one.text, one.syllabic) for one in score.parts[1].lyrics] == [
        ("Ky", "begin"),
        ("ri", "middle"),
        ("e", "end"),
    ]
    assert [one.text for one in score.parts[0].lyrics] == ["Lord,"]


def test_tuplets_and_breves_are_exact():
    data = kern(
        "**kern", "12c", "12d", "12e", "20f", "20g", "20a", "20b", "20cc", "0dd", "2%3e", "*-"
    )
    score = read_kern(data).score
    qn = [
        (Fraction(n.onset_tick, score.resolution), Fraction(n.duration_tick, score.resolution))
        for n in score.parts[0].notes
    ]
    third, fifth = Fraction(1, 3), Fraction(1, 5)
    assert qn[:3] == [(0, third), (third, third), (2 * third, third)]
    assert qn[3:5] == [(1, fifth), (1 + fifth, fifth)]
    assert qn[8:] == [(2, 8), (10, 6)]


def test_grace_notes_stand_at_the_note_they_lead_to():
    data = kern("**kern **kern", "4C 4c", ". 8qdd", ". 16qqee", "4D 4f", "*- *-")
    score = read_kern(data).score
    assert [(n.onset_tick, n.duration_tick, n.pitch, n.grace) for n in score.parts[0].notes] == [
        (0, 480, 60, ""),
        (480, 0, 74, "acciaccatura"),
        (480, 0, 76, "appoggiatura"),
        (480, 480, 65, ""),
    ]


def test_irregular_bars_are_kept_as_they_are():
    data = kern("**kern", "*M4/4", "=1", "1c", "=2", "2.d", "=3", "1e", "2f", "=4", "1g", "*-")
    score = read_kern(data).score
    assert [bar.duration_tick // 480 for bar in score.bars] == [4, 3, 6, 4]
    assert [(one.tick, one.duration_tick) for one in score.bar_lengths] == [
        (1920, 1440),
        (3360, 2880),
    ]


def test_repeats_endings_and_sections_are_listed_not_played():
    data = kern(
        "**kern",
        "*>[A,A1,A,A2]",
        "*M2/4",
        "*>A",
        "=1!|:",
        "2c",
        "*>A1",
        "=2",
        "2d",
        "*>A2",
        "=3:|!",
        "2e",
        "==",
        "*-",
    )
    score = read_kern(data).score
    assert score.n_notes == 3
    assert [(one.tick, one.label) for one in score.sections] == [
        (0, "A"),
        (960, "A1"),
        (1920, "A2"),
    ]
    assert [(one.start_tick, one.end_tick, one.numbers) for one in score.endings] == [
        (960, 1920, (1,)),
        (1920, 2880, (2,)),
    ]
    assert [(one.tick, one.kind) for one in score.repeats] == [(0, "start"), (1920, "end")]


def test_transposing_instruments_sound_as_written_in_the_file():
    data = kern("**kern **kern", "*Iclars *Ivioln", "*ITrd1c2 *", "*k[f#c#] *k[]", "4c 4c", "*- *-")
    score = read_kern(data).score
    violin, clarinet = score.parts
    assert (clarinet.program, clarinet.transposition_semi) == (71, -2)
    assert (violin.program, clarinet.notes[0].pitch) == (40, 60)
    assert score.keys[0].fifths == 0


def test_chant_without_lengths_is_read_as_quarters_and_said():
    loaded = read_kern(kern("**kern", "G", "A", "c", "*-"))
    assert notes_of(loaded.score.parts[0]) == [(0, 1, "G", 55), (1, 1, "A", 57), (2, 1, "C", 60)]
    assert "no length" in loaded.repairs[0].en


def test_spines_that_disagree_are_listed_with_their_line():
    data = kern("**kern **kern", "=1 =1", "4C 8c", "4D 4d", "=2 =2", "4E 4e", "*- *-")
    loaded = read_kern(data)
    assert [repair.place for repair in loaded.repairs] == ["line 4, spine 2"]
    assert [n.onset_tick for n in loaded.score.parts[0].notes] == [0, 480, 960]
    with pytest.raises(FormatError, match="line 4, spine 2: 1 times a spine had too few"):
        read_kern(data, mend=False)


def test_ties_cross_bars_and_staves():
    data = kern(
        "**kern **kern",
        "*part1 *part1",
        "2C [2c",
        "=1 =1",
        "2c] 2e",
        "*- *-",
    )
    loaded = read_kern(data)
    assert loaded.repairs == ()
    assert [(n.pitch, n.duration_tick) for n in loaded.score.parts[0].notes] == [
        (48, 960),
        (60, 1920),
        (64, 960),
    ]


def test_a_missing_terminator_and_odd_rows_are_mended():
    loaded = read_kern(kern("**kern **kern", "4C 4c", "4D", "4E 4e 4g"))
    assert [n.pitch for n in loaded.score.parts[1].notes] == [48, 50, 52]
    texts = " ".join(repair.en for repair in loaded.repairs)
    assert "columns" in texts
    assert "cut off" in texts


def test_latin_1_is_read_and_said():
    data = "!!!OTL: Prélude\n**kern\n4c\n*-\n".encode("latin-1")
    loaded = read_kern(data)
    assert loaded.score.title == "Prélude"
    assert "UTF-8" in loaded.repairs[0].en
    assert loaded.repairs[0].place == "line 1"


def test_harmony_drums_and_pedal():
    data = kern(
        "**kern **kern **mxhm",
        "*Itrngl *Ipiano *",
        "4c 4c C+dominant",
        "* *ped *",
        "4c 4e F+major/A",
        "* *Xped *",
        "4c 4g .",
        "*- *- *-",
    )
    score = read_kern(data).score
    assert [(one.tick, one.symbol) for one in score.chords] == [(0, "C7"), (480, "F/A")]
    assert score.parts[1].is_drums
    assert {n.pitch for n in score.parts[1].notes} == {81}
    assert [(s.kind, s.start_tick, s.end_tick) for s in score.parts[0].spans] == [
        ("pedal", 480, 960)
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no Humdrum"),
        (b"hello", "no Humdrum"),
        (b"!!!COM: Nobody\n", "no \\*\\*kern spine"),
        (b"**text\nla\n*-\n", "no \\*\\*kern spine"),
        (b"\t".join([b"**kern"] * 300) + b"\n", "256"),
        (b"**kern\n" + b"\t".join([b"4c"]) + b"\n" + b"000c\n" * 12_000, "24"),
    ],
)
def test_what_cannot_be_read_is_refused(data, words):
    with pytest.raises(FormatError, match=words) as caught:
        read_kern(data)
    assert caught.value.zh


def test_spines_that_split_without_end_are_refused():
    rows = ["**kern"] + ["\t".join(["*^"] * 2**k) for k in range(12)]
    with pytest.raises(FormatError, match=r"line 10: .*256"):
        read_kern("\n".join(rows).encode())


def test_a_missing_file_is_the_callers_mistake(tmp_path):
    with pytest.raises(ParameterError):
        read_kern(tmp_path / "none.krn")

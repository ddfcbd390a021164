"""Reading chord symbols: every usual way of writing, and what is refused."""

import pytest

from motet.errors import ParameterError
from motet.theory.chord_symbol import read_symbol
from motet.theory.chord_table import QUALITIES

_WAYS = {
    "maj": "C Cmaj CM Cmajor",
    "min": "Cm Cmin C- Cmi Cminor",
    "maj7": "Cmaj7 CM7 C△7 CΔ7 C△ Cma7 CMaj7 C^7 Cj7",
    "m7": "Cm7 Cmi7 C-7 Cmin7 C−7",
    "m7b5": "Cm7b5 Cø Cø7 C-7b5 Cm7♭5 Cm7(b5) Cm7-5 Chalfdim7",
    "dim": "Cdim C° Co",
    "dim7": "Cdim7 C°7 Co7",
    "aug": "Caug C+ C(#5)",
    "7#5": "C7#5 C+7 Caug7 C7+ C7+5 C7(♯5)",
    "7": "C7 Cdom7",
    "7#9": "C7#9 C7(#9) C7+9 C7♯9",
    "7b9": "C7b9 C7-9 C7(b9)",
    "7alt": "C7alt Calt",
    "13": "C13",
    "69": "C6/9 C69 C6add9 C6(9)",
    "sus4": "Csus4 Csus C4",
    "7sus4": "C7sus4 C7sus",
    "9sus4": "C9sus4 C9sus",
    "7susb9": "C7sus4b9 C7sus(b9)",
    "add9": "Cadd9 Cadd2 C2 C(add9)",
    "5": "C5 C(no3)",
    "mMaj7": "CmMaj7 Cm(maj7) C-△7 CmM7 Cmin/maj7 C-^7",
    "7b9#11": "C7b9#11 C7(b9,#11) C7(#11b9)",
    "7#5#9": "C7#5#9 C7(#9,#5)",
    "m69": "Cm6/9 Cm69",
    "maj7#5": "Cmaj7#5 C+maj7 CaugMaj7",
    "dimMaj7": "Cdim(maj7) C°M7",
    "maj9": "Cmaj9 CM9 C△9 Cmaj7/9",
    "7add13": "C7add13 C7/13 C7(13)",
    "m7add11": "Cm7add11 Cm7/11 Cm7(11)",
    "sus24": "Csus24 Csus2sus4",
    "maj7#11": "Cmaj7#11 Cmaj7(#11) C△7#11",
}


@pytest.mark.parametrize(
    ("quality", "text"), [(name, one) for name, ways in _WAYS.items() for one in ways.split()]
)
def test_usual_ways_of_writing_mean_the_same(quality, text):
    symbol = read_symbol(text)
    assert symbol is not None
    assert symbol[0] == "C"
    assert set(symbol[1]) == set(QUALITIES[quality].degrees)
    assert symbol[2] == ""


@pytest.mark.parametrize(
    ("text", "root", "bass"),
    [("Bb7/F", "Bb", "F"), ("F♯m7♭5/E", "F#", "E"), ("C6/9/G", "C", "G"), ("Ab/C", "Ab", "C")],
)
def test_roots_and_basses(text, root, bass):
    symbol = read_symbol(text)
    assert symbol is not None
    assert (symbol[0], symbol[2]) == (root, bass)


@pytest.mark.parametrize("text", ["N.C.", "NC", "n.c.", "No chord"])
def test_no_chord(text):
    assert read_symbol(text) is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("am7", "Am7"),
        ("Hm", "Bm"),
        ("Cmaj8", "Cmaj"),
        ("C7b", "C7b"),
        ("Cm7/", "Cm7"),
        ("Cfoo", "C"),
        ("", "Am7"),
        ("C7#6", "C7"),
    ],
)
def test_other_text_is_refused_with_the_nearest(text, hint):
    with pytest.raises(ParameterError, match="did you mean") as caught:
        read_symbol(text)
    assert hint in str(caught.value).rpartition("did you mean")[2]
    assert "是否想写" in caught.value.localised("zh")

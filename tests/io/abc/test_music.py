"""Lines of music, sign by sign."""

import pytest

from motet.errors import FormatError
from motet.io.abc.music import MAX_SIGNS, MusicReader
from motet.io.abc.voice import ARTICULATIONS, ORNAMENTS, Voice
from motet.io.kern.ledger import LineLedger


def read(text, mend=True):
    voice = Voice("1")
    reader = MusicReader(LineLedger(mend=mend), lambda *_: None)
    reader.read(voice, text, 7)
    return voice, reader.ledger.repairs


def test_decorations_go_to_the_next_note():
    voice, _ = read("!trill!.c ~uHd e")
    assert [record[ORNAMENTS] for record in voice.records] == [("trill",), ("turn",), ()]
    assert [record[ARTICULATIONS] for record in voice.records] == [
        ("staccato",),
        ("up-bow", "fermata"),
        (),
    ]


def test_slurs_and_hairpins_last():
    voice, _ = read("(c !<(!d e) !<)!f")
    eighth = voice.records[1][0]
    assert sorted(voice.spans) == [
        ("crescendo", eighth, 3 * eighth, 1),
        ("slur", 0, 3 * eighth, 1),
    ]


def test_unknown_signs_are_told_and_strict_raises():
    assert read("c#§d")[1][0].localised("en").startswith("line 7: 1 characters")
    with pytest.raises(FormatError, match="line 7"):
        read("c§d", mend=False)


def test_ties_without_a_note_are_dropped():
    voice, repairs = read("c-z c")
    assert len(voice.records) == 2
    assert "ties lead to no note" in repairs[0].en


@pytest.mark.parametrize("text", ['"Am"', "]", "!pp!", "c|", "[K:D]", "(3", "$"])
def test_more_signs_than_a_tune_has_are_refused(text):
    with pytest.raises(FormatError, match="that many are not read"):
        read(text * (MAX_SIGNS + 1))


def test_a_bracket_without_end_is_cheap():
    assert read("[K:" * 20_000)[0].records == []

"""Time over the lines of a file."""

import pytest

from motet.errors import FormatError
from motet.io.kern.ledger import LineLedger
from motet.io.kern.scan import MAX_MARKS, Scan
from motet.io.kern.track import UNITS_PER_QN


def scan_of(*lines):
    scan = Scan(LineLedger())
    scan.read([line.replace(" ", "\t") for line in lines])
    return scan


def onsets(scan, number):
    return [record[0] / UNITS_PER_QN for record in scan.tracks[number].notes]


def test_a_sub_spine_that_starts_late_is_filled_up():
    scan = scan_of("**kern **kern", "=1 =1", "*^ *", "4c . 2e", "4d 4G .", "=2 =2 =2", "*- *- *-")
    assert onsets(scan, 0) == [0, 1, 1]
    assert "filled up" in scan.ledger.repairs[0].en


def test_notes_may_hold_over_bar_lines():
    scan = scan_of("**kern **kern", "1c 2C", "=1 =1", ". 2D", "2e 2E", "*- *-")
    assert onsets(scan, 0) == [0, 4]
    assert [time / UNITS_PER_QN for time, _, _ in scan.barlines] == [2]
    assert scan.ledger.repairs == ()


def test_marks_between_notes_are_spread():
    scan = scan_of("**kern **dynam", "1c p", ". <", ". [", ". f", "1d .", "*- *-")
    assert [time / UNITS_PER_QN for time, _, _ in scan.tracks[1].marks] == [0, 1, 2, 3]


def test_ties_without_a_partner_are_listed():
    scan = scan_of("**kern", "4c]", "[4d", "4e", "*-")
    texts = " ".join(repair.en for repair in scan.ledger.repairs)
    assert "tied to" in texts
    assert "lead to no note" in texts
    assert onsets(scan, 0) == [0, 1, 2]


def test_slurs_nest_by_voice():
    scan = scan_of("**kern", "*^", "(4c (4C", "4d) 4D", "4e 4E)", "*v *v", "*-")
    found = sorted((voice, end / UNITS_PER_QN) for _, end, voice in scan.tracks[0].slurs)
    assert found == [(1, 2), (2, 3)]


def test_hidden_notes_are_kept_and_said():
    scan = scan_of("**kern", "4cyy", "*-")
    assert onsets(scan, 0) == [0]
    assert "yy" in scan.ledger.repairs[0].en


def test_more_marks_than_music_has_are_refused():
    scan = Scan(LineLedger())
    with pytest.raises(FormatError, match="bar lines"):
        scan.read(["**kern", *["=1"] * 200_000, "4c"])
    with pytest.raises(FormatError, match="syllables"):
        Scan(LineLedger()).read(["**kern\t**text", *[".\tla"] * (MAX_MARKS + 1)])


def test_a_giant_token_costs_nothing():
    scan = scan_of("**kern", "4" + "c" * 3_000_000, "4d")
    assert onsets(scan, 0) == [0]


def test_records_behind_many_comments_are_read_and_too_many_told():
    scan = scan_of("**kern", *["!! remark"] * 1500, "!!!COM:Ann", "4c", "*-")
    assert [text for _, text, _ in scan.references] == ["COM:Ann"]
    scan = scan_of("**kern", *["!!!ENC: Ann"] * 1003, "4c", "*-")
    assert scan.ledger.repairs[0].en == "3 further reference records are not read"


def test_more_slurs_than_music_has_are_refused():
    with pytest.raises(FormatError, match="other marks"):
        Scan(LineLedger()).read(["**kern", *["((4c))"] * (MAX_MARKS // 4 + 1)])

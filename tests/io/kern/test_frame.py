"""What all parts share."""

from motet.io.kern.clock import tick_maker
from motet.io.kern.frame import read_frame, read_references
from motet.io.kern.ledger import LineLedger
from motet.io.kern.scan import Scan


def frame_of(*lines):
    scan = Scan(LineLedger())
    scan.read([line.replace(" ", "\t") for line in lines])
    return read_frame(scan, tick_maker(480), 480), scan


def test_most_spines_decide_the_key():
    frame, _ = frame_of(
        "**kern **kern **kern", "*k[b-] *k[b-] *k[]", "4c 4c 4c", "*k[] *k[] *k[]", "4c 4c 4c"
    )
    assert [(one.tick, one.fifths) for one in frame["keys"]] == [(0, -1), (480, 0)]


def test_metre_changes_inside_a_bar_start_one():
    frame, _ = frame_of("**kern", "*M4/4", "=1", "2c", "*M3/4", "2.d", "=2", "2.e", "*-")
    assert [(one.tick, one.numerator) for one in frame["metres"]] == [(0, 4), (960, 3)]
    assert [(one.tick, one.duration_tick) for one in frame["bar_lengths"]] == [(0, 960)]


def test_the_sign_of_common_time():
    frame, _ = frame_of("**kern", "*M4/4", "*met(c)", "1c", "*M2/2", "*met(c|)", "1c", "*-")
    assert [one.symbol for one in frame["metres"]] == ["common", "cut"]


def test_a_metronome_mark_in_the_heading_is_a_tempo():
    _, scan = frame_of("!!!OMD: Andante [quarter] = 72", "!!!LYR: Poe, E.", "**kern", "4c", "*-")
    frame = read_frame(scan, tick_maker(480), 480)
    assert [(round(one.qpm), one.text) for one in frame["tempos"]] == [(72, "Andante")]
    assert read_references(scan) == {"lyricist": "E. Poe"}


def test_impossible_metres_are_listed():
    _, scan = frame_of("**kern", "*M4/5", "4c", "*-")
    assert "metres" in scan.ledger.repairs[0].en
    assert scan.ledger.repairs[0].place == "line 2"

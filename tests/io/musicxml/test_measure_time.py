"""Bars as the file has them: pickups, short, long and empty ones."""

from motet.io.musicxml.measure_time import choose_resolution
from motet.score import BarLength
from musicxml_text import note, read_bars, rest, texts


def test_resolution_is_a_common_multiple():
    assert choose_resolution(b"<divisions>1</divisions>") == 480
    assert choose_resolution(b"<divisions>10080</divisions><divisions>3</divisions>") == 10080
    assert choose_resolution(b"<divisions>256</divisions>") % 256 == 0
    assert choose_resolution(b"<divisions>0</divisions><divisions>x</divisions>") == 480
    assert choose_resolution(b"<divisions>32003</divisions>") == 32003


def test_a_pickup_is_bar_nought():
    pickup = (
        '<measure number="0" implicit="yes"><attributes><divisions>2</divisions><time><beats>3</beats>'
        f"<beat-type>4</beat-type></time></attributes>{note('C4')}</measure>"
    )
    score = read_bars(pickup, note("D4", 6)).score
    assert [(bar.number, bar.start_tick) for bar in score.bars] == [(0, 0), (1, 480)]
    assert score.bar_lengths == (BarLength(tick=0, duration_tick=480),)


def test_long_and_short_bars_are_kept_and_full_ones_need_no_word():
    score = read_bars(note("C4", 8), note("C4", 10), note("C4", 3), note("C4", 8)).score
    assert [bar.duration_tick for bar in score.bars] == [1920, 2400, 720, 1920]
    assert [one.tick for one in score.bar_lengths] == [1920, 4320]
    assert score.length_tick == 1920 + 2400 + 720 + 1920


def test_a_bar_without_notes_is_as_long_as_its_metre():
    score = read_bars(note("C4", 8), "", note("D4", 8)).score
    assert score.parts[0].notes[1].onset_tick == 2 * 1920
    assert score.bar_lengths == ()


def test_whole_bar_rests_do_not_stretch_a_bar_of_three():
    whole = '<note><rest measure="yes"/><duration>8</duration></note>'
    time = "<time><beats>3</beats><beat-type>4</beat-type></time>"
    first = f"<attributes><divisions>2</divisions>{time}</attributes>"
    assert read_bars(whole, note("C4", 6), first=first).score.bar_lengths == ()


def test_triplets_that_miss_a_division_do_not_shift_the_next_bar():
    first = "<attributes><divisions>256</divisions></attributes>"
    bar = note("C4", 85) * 3 + note("D4", 768)
    loaded = read_bars(bar, note("E4", 1024), first=first)
    assert loaded.score.parts[0].notes[-1].onset_tick == 4 * loaded.score.resolution
    assert any("miss the metre by a rounding" in text for text in texts(loaded))


def test_parts_agree_on_where_bars_begin():
    names = "".join(f'<score-part id="P{k}"><part-name>x</part-name></score-part>' for k in (1, 2))
    two = (
        '</part><part id="P2"><measure number="1"><attributes><divisions>1</divisions></attributes>'
        f"{note('C3', 4)}</measure><measure number='2'>{note('D3', 4)}"
    )
    bars = (f'<measure number="1">{note("C4", 1)}</measure>', note("D4", 8) + "</measure>" + two)
    loaded = read_bars(*bars, first="", part_list=names)
    upper, lower = loaded.score.parts
    assert [note.onset_tick for note in lower.notes] == [0, 1920]
    assert [note.onset_tick for note in upper.notes] == [0, 1920]
    assert any("before any divisions" in text for text in texts(loaded))


def test_times_without_a_common_division_are_rounded_and_told():
    change = "<attributes><divisions>10007</divisions></attributes>"
    first = "<attributes><divisions>10009</divisions></attributes>"
    loaded = read_bars(note("C4", 1) + note("D4", 40035), change + note("E4", 40028), first=first)
    assert any("rounded to 10,080" in text for text in texts(loaded))
    assert loaded.score.parts[0].notes[2].onset_tick == 4 * 10080


def test_rests_count():
    assert read_bars(rest(4) + note("C4", 4)).score.parts[0].notes[0].onset_tick == 960

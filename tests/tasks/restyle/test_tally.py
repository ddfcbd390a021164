"""Notes found again, one by one."""

from __future__ import annotations

from dataclasses import replace

from motet.score import BarLength, Score, change_resolution, make_score
from motet.tasks.restyle.tally import count_kept, count_order, same_form


def test_resolutions_do_not_matter_and_doubles_count_once(song: Score) -> None:
    fine = change_resolution(song, resolution=960).score
    old, new = song.parts[0].notes, fine.parts[0].notes
    assert count_kept(old, new, resolutions=(480, 960)) == len(old)
    assert count_kept(old, (*new, *new), resolutions=(480, 960)) == len(old)
    assert count_kept(old, new[1:], resolutions=(480, 960)) == len(old) - 1


def test_order_finds_the_longest_run() -> None:
    one, two = (
        make_score(t).parts[0].notes for t in ("C4:1 E4:1 G4:1 C5:1", "C4:1 D4:1 G4:1 C5:1")
    )
    assert count_order(one, two) == 3
    assert count_order(one, tuple(replace(n, pitch=n.pitch + 12) for n in one), shift_semi=12) == 4


def test_form_is_bars_and_their_lengths(song: Score) -> None:
    short = replace(song, bar_lengths=(BarLength(tick=0, duration_tick=960),))
    assert same_form(song, change_resolution(song, resolution=960).score)
    assert not same_form(song, short)

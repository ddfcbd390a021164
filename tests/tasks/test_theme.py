"""Which bars take up which: forms of a block, sections that return, parts that accompany."""

from __future__ import annotations

import pytest

from motet.brief import Brief
from motet.tasks.cast import choose_cast
from motet.tasks.echo import Echo
from motet.tasks.frame import FrameSection
from motet.tasks.returning import Change
from motet.tasks.theme import plan_echoes, plan_pulse

CAST = choose_cast(Brief(parts="flute,clarinet:counter,piano:comping,drums"))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("n_bars", [1, 2, 3, 4, 5, 8, 12, 16, 19, 32])
def test_an_echo_takes_up_an_earlier_bar_of_the_piece(seed: int, n_bars: int) -> None:
    for style in ("", "baroque"):
        found = plan_echoes([FrameSection("A", 0, n_bars)], CAST, style=style, seed=seed)
        for (bar, part), echo in found.items():
            assert 0 <= echo.bar < bar < n_bars
            assert 0 <= part < len(CAST)
    if n_bars >= 4:
        assert any(part == 0 for _, part in found)


def test_a_section_that_returns_ends_anew() -> None:
    sections = [FrameSection("A", 0, 8), FrameSection("B", 8, 16), FrameSection("A", 16, 24, 0)]
    found = plan_echoes(sections, CAST, seed=3)
    again = [found.get((bar, 0)) for bar in range(16, 24)]
    assert all(echo is not None and echo.bar == k for k, echo in enumerate(again[:7]))
    assert sum(echo is not None and echo.kind == "copy" for echo in again[:6]) >= 3
    assert again[6] == Echo(6, "rhythm")
    assert again[7] is None


def test_how_much_a_section_is_changed_can_be_asked_for() -> None:
    sections = [FrameSection("A", 0, 8), FrameSection("A", 8, 16, 0)]
    assert plan_echoes(sections, CAST, repeats="new") == {}
    same = plan_echoes(sections, CAST, repeats="copy")
    assert [same[bar, 0] for bar in range(8, 15)] == [Echo(k, "copy") for k in range(7)]
    rhythm = plan_echoes(sections, CAST, repeats="rhythm")
    assert {rhythm[bar, 0].kind for bar in range(8, 15)} == {"rhythm"}


def test_the_more_often_a_section_returns_the_freer_it_is() -> None:
    sections = [FrameSection("A", 8 * k, 8 * k + 8, 0 if k else -1) for k in range(4)]
    for seed in range(6):
        found = plan_echoes(sections, CAST, seed=seed)
        third = [found[bar, 0].kind for bar in range(24, 30)]
        assert 2 <= sum(kind != "copy" for kind in third) <= 4


def test_accompaniment_keeps_its_figure_and_voices_follow_the_tune() -> None:
    found = plan_echoes([FrameSection("A", 0, 8)], CAST, seed=1)
    tune = {bar: echo for (bar, part), echo in found.items() if part == 0}
    voice = {bar: echo for (bar, part), echo in found.items() if part == 1}
    assert {bar: echo.bar for bar, echo in tune.items()} == {
        bar: echo.bar for bar, echo in voice.items()
    }
    comping = {bar: echo for (bar, part), echo in found.items() if part == 2}
    assert {"figure"} <= {echo.kind for echo in comping.values()}
    assert {echo.kind for (_, part), echo in found.items() if part == 3} == {"copy"}


def test_the_same_seed_gives_the_same_form() -> None:
    sections = [FrameSection("A", 0, 8), FrameSection("B", 8, 16)]
    one, two = (plan_echoes(sections, CAST, seed=5) for _ in range(2))
    assert one == two
    assert len({str(plan_echoes(sections, CAST, seed=seed)) for seed in range(8)}) > 3


def test_phrases_come_to_rest_and_only_free_bars_are_told_how() -> None:
    sections = [FrameSection("A", 0, 8), FrameSection("B", 8, 16)]
    echoes = plan_echoes(sections, CAST, seed=2)
    found = plan_pulse(sections, CAST, echoes, seed=2)
    assert not set(found) & set(echoes)
    assert {part for _, part in found} == {0}
    assert found.get((3, 0), "few") == "few"
    assert (7, 0) not in found
    assert found == plan_pulse(sections, CAST, echoes, seed=2)


@pytest.mark.parametrize("change", ["ornament", "answer"])
@pytest.mark.parametrize("seed", range(8))
def test_a_changed_return_begins_as_it_was_heard(change: Change, seed: int) -> None:
    sections = [
        FrameSection("A", 0, 8),
        FrameSection("B", 8, 16),
        FrameSection("A", 16, 24, 0, change),
    ]
    found = plan_echoes(sections, CAST, seed=seed)
    tune = [found.get((bar, 0)) for bar in range(16, 24)]
    assert tune[:2] == [Echo(0, "copy"), Echo(1, "copy")]
    assert tune[7] is None
    first_half = [one for one in tune[:4] if one is not None and one.bar < 8]
    assert len(first_half) == 4
    if change == "answer":
        assert any(one.kind == "ornament" for one in first_half)
        assert all(one is None or one.bar >= 16 for one in tune[4:])
        assert tune[4:].count(None) >= 2
    else:
        assert sum(one is not None and one.kind == "copy" for one in tune) <= 4


def test_who_accompanies_a_changed_return_finds_another_figure() -> None:
    sections = [FrameSection("A", 0, 8), FrameSection("A", 8, 16, 0, "ornament")]
    own = plan_echoes(sections, CAST, seed=1)
    assert all(echo.bar >= 8 for (bar, part), echo in own.items() if bar >= 8 and part == 2)
    n_own_lines = 0
    for seed in range(12):
        voice = [bar for bar, part in plan_echoes(sections, CAST, seed=seed) if part == 1]
        n_own_lines += max(voice) < 8
    assert 2 < n_own_lines < 10


def test_an_accompaniment_may_find_another_figure_half_way_but_drums_keep_theirs() -> None:
    n_split = 0
    for seed in range(12):
        found = plan_echoes([FrameSection("A", 0, 8)], CAST, seed=seed)
        comping = [echo.bar for (bar, part), echo in found.items() if part == 2 and bar >= 4]
        n_split += bool(comping) and min(comping) >= 4
        drums = [echo.bar for (bar, part), echo in found.items() if part == 3 and bar >= 4]
        assert min(drums) < 4
    assert 3 < n_split < 12

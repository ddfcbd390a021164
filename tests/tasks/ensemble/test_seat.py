"""Octaves for lines."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from motet.score import Note, make_score
from motet.tasks.ensemble.seat import fit_line
from motet.theory.instrument import INSTRUMENTS, find_instrument

PITCHED = sorted(
    name for name, one in INSTRUMENTS.items() if not one.is_drums and one.high - one.low >= 11
)


@given(st.lists(st.integers(24, 100), min_size=1, max_size=12), st.sampled_from(PITCHED))
@settings(max_examples=60, deadline=None)
def test_every_note_is_in_range_at_its_pitch_class(pitches: list[int], name: str) -> None:
    player = find_instrument(name)
    line = [Note(onset_tick=480 * k, duration_tick=480, pitch=p) for k, p in enumerate(pitches)]
    placed, n_moved = fit_line(line, player, resolution=480, is_melody=True)
    assert [n.pitch % 12 for n in placed] == [p % 12 for p in pitches]
    assert all(player.low <= n.pitch <= player.high for n in placed)
    assert n_moved == sum(n.pitch != p for n, p in zip(placed, pitches, strict=True))


def test_a_line_goes_under_the_one_above() -> None:
    score = make_score("C4:4", "E4:4")
    placed, n_moved = fit_line(
        score.parts[1].notes, find_instrument("cello"), resolution=480, above=[score.parts[0].notes]
    )
    assert placed[0].pitch == 52
    assert n_moved == 1


def test_a_melody_keeps_its_octave_within_a_phrase() -> None:
    line = make_score("C4:1 E4:1 G4:1 C5:1").parts[0].notes
    placed, _ = fit_line(line, find_instrument("flute"), resolution=480, is_melody=True)
    assert len({n.pitch - o.pitch for n, o in zip(placed, line, strict=True)}) == 1
    assert fit_line((), find_instrument("flute"), resolution=480) == ((), 0)

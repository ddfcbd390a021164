"""What is kept comes back to the tick, whatever the resolution."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from motet.score import Score, change_resolution, make_score
from motet.tasks.restyle import restyle
from motet.tasks.restyle.kept import KeptPart, put_back


def places(score: Score, part: int) -> list[tuple[Fraction, Fraction, int, int]]:
    unit = score.resolution
    return [
        (Fraction(n.onset_tick, unit), Fraction(n.duration_tick, unit), n.pitch, n.velocity)
        for n in score.parts[part].notes
    ]


@pytest.mark.parametrize("resolution", [96, 220, 256, 480, 1024, 10080])
def test_the_melody_is_exact_at_every_resolution(song: Score, resolution: int) -> None:
    fine = change_resolution(song, resolution=resolution).score
    notes = tuple(
        replace(n, onset_tick=n.onset_tick + (k % 3 == 1), duration_tick=n.duration_tick - 2)
        for k, n in enumerate(fine.parts[0].notes)
    )
    odd = fine.with_parts(replace(fine.parts[0], notes=notes), fine.parts[1])
    done = restyle(odd, to="funk", ground="arranger")
    assert places(done.score, 0) == places(odd, 0)
    assert done.adherence.is_met


def test_a_kept_bass_takes_the_place_of_the_styles(song: Score) -> None:
    done = restyle(song, to="bossa", keep="melody,bass", ground="arranger")
    basses = [k for k, part in enumerate(done.parts) if part.role == "bass"]
    assert len(basses) == 1
    assert places(done.score, basses[0]) == places(song, 1)
    assert done.writers[basses[0]] == "given"
    assert done.adherence.is_met


def test_drums_kept_by_name_are_the_only_drums(song: Score) -> None:
    hits = make_score("C2:1 D2:1 C2:1 D2:1 | " * 8).parts[0]
    kit = replace(hits, is_drums=True, name="Kit", channel=9)
    done = restyle(
        song.with_parts(*song.parts, kit), to="rock", keep="melody,Kit", ground="arranger"
    )
    drums = [part for part in done.parts if part.is_drums]
    assert [part.name for part in drums] == ["Kit"]
    assert len(drums[0].notes) == len(kit.notes)


def test_parts_come_in_score_order() -> None:
    band = make_score("C5:4", "C4:4", "C3:4")
    roles = ("melody", "comping", "bass")
    band = band.with_parts(*(replace(p, role=r) for p, r in zip(band.parts, roles, strict=True)))
    old = make_score("C5:4", "E4:4")
    done, where = put_back(band, old, [KeptPart(1, "counter", 40)], tune=None)
    assert [part.role for part in done.parts] == ["melody", "counter", "comping", "bass"]
    assert where == ((1, 1),)

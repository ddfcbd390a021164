"""The vectorised encoder beside its slow twin: an obvious loop over bars, parts and notes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from grid_strategies import grids, orders
from motet.tokens import GridScore, encode, metre_length, token_id, token_name
from motet.tokens.grid import describe_parts
from motet.tokens.values import tempo_value
from motet.tokens.vocab import ROLES


def say_number(family: str, extra: str, value: int) -> list[str]:
    """Return the names of one number: ``POS_30``, or ``POSX_0 POS_6`` for 150."""
    size = {"POS": 144, "DUR": 96}[family]
    if value < size:
        return [f"{family}_{value}"]
    return [f"{extra}_{value // size - 1}", f"{family}_{value % size}"]


def say_cell(grid: GridScore, bar: int, part: int) -> list[str]:
    """Return the names of one cell's notes."""
    names: list[str] = []
    cursor, onset, duration, velocity = 0, -1, 0, 9
    for note in grid.notes:
        if (note["bar"], note["part"]) != (bar, part):
            continue
        pos, dur, pitch, vel = (int(note[name]) for name in ("pos", "dur", "pitch", "vel"))
        is_new = pos != onset
        if grid.parts[part].is_drums:
            names += say_number("POS", "POSX", pos) if is_new else []
            names += [f"VEL_{vel}"] if vel != velocity else []
            names.append(f"DRUM_{pitch - 27}")
        else:
            names += say_number("POS", "POSX", pos) if is_new and pos != cursor else []
            names += say_number("DUR", "DURX", dur - 1) if dur != duration else []
            names += [f"VEL_{vel}"] if vel != velocity else []
            names.append(f"PITCH_{pitch}" if is_new else f"ADD_{pitch}")
        cursor, onset, duration, velocity = pos + dur, pos, dur, vel
    return names


def say_plan(grid: GridScore, *, has_chords: bool, min_confidence: float) -> list[str]:
    """Return the names of the plan's bars."""
    names: list[str] = []
    metre, chord_before = -1, None
    for index, bar in enumerate(grid.bars):
        names.append("PBAR")
        names += [f"SECTION_{bar['section']}"] if bar["section"] >= 0 else []
        names += [f"METRE_{bar['metre']}"] if bar["metre"] != metre else []
        metre = bar["metre"]
        if bar["length"] != metre_length(metre):
            names += ["BARLEN", *say_number("POS", "POSX", int(bar["length"]))]
        for chord in grid.chords if has_chords else ():
            if chord["bar"] != index:
                continue
            said = (int(chord["chord"]), int(chord["bass"]))
            if chord["confidence"] < min_confidence:
                said = (-1, -1)
                if chord_before is None:
                    continue
            if said == chord_before:
                continue
            chord_before = said
            names += say_number("POS", "POSX", int(chord["pos"])) if chord["pos"] else []
            names.append("NOCHORD" if said[0] < 0 else f"CHORD_{said[0]}")
            names += [f"BASS_{said[1]}"] if said[1] >= 0 else []
    return names


def slow_encode(
    grid: GridScore,
    *,
    order: Sequence[int],
    holes: Collection[tuple[int, int]],
    has_chords: bool,
    min_confidence: float,
) -> list[str]:
    """Return the names of a grid's document."""
    names = ["BOS"]
    for family, value in (
        ("EXTENT", grid.extent),
        ("STYLE", grid.style),
        ("EMOTION", grid.emotion),
        ("DIFFICULTY", grid.difficulty),
        ("TEMPO", tempo_value(grid.qpm)),
    ):
        names += [f"{family}_{value}"] if value >= 0 else []
    names.append(f"KEY_{grid.key}")
    described = describe_parts(grid)
    for part in order:
        one = grid.parts[part]
        names += [f"PART_{one.slot}", f"PROG_{one.program}"]
        names += [f"ROLE_{ROLES.index(one.role)}"] if one.role else []
        for family, value in zip(("RANGE", "DENSITY", "POLY"), described[part], strict=True):
            names += [f"{family}_{value}"] if value >= 0 else []
    names += [
        "PLAN",
        *say_plan(grid, has_chords=has_chords, min_confidence=min_confidence),
        "NOTES",
    ]
    answers: list[str] = []
    for bar in range(grid.n_bars):
        names.append("BAR")
        for part in order:
            slot, cell = f"PART_{grid.parts[part].slot}", say_cell(grid, bar, part)
            if (bar, part) in holes:
                names += [slot, "HOLE"]
                answers += [f"BARREF_{bar}", slot, *cell, "EOH"]
            elif cell:
                names += [slot, *cell]
    return [*names, *(["FILL", *answers] if answers else []), "EOS"]


def names_of(ids: Sequence[int]) -> list[str]:
    return [token_name(int(token)) for token in ids]


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_the_fast_encoder_agrees_with_the_slow_one(data):
    grid = data.draw(grids())
    options = {
        "order": data.draw(orders(grid)),
        "holes": data.draw(
            st.sets(
                st.tuples(st.integers(0, grid.n_bars - 1), st.integers(0, len(grid.parts) - 1)),
                max_size=4,
            )
        ),
        "has_chords": data.draw(st.booleans()),
        "min_confidence": data.draw(st.sampled_from((0.0, 0.5))),
    }
    assert names_of(encode(grid, **options)) == slow_encode(grid, **options)


def test_the_twin_knows_the_vocabulary():
    assert say_number("POS", "POSX", 150) == ["POSX_0", "POS_6"]
    assert token_name(token_id("POSX", 0)) == "POSX_0"

"""How fast a bundle writes on this machine, and how near it is to its weights.

Conventions: everything is measured as a user meets it: grammar, rules and sampling included. Rates count
all tokens that are written, forced ones too; `n_choices` says how many of them the model chose.

Offers `Speed`, `measure_speed`, `measure_bandwidth`, `measure_parity`, `practice_grid`, `practice_rules`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.engine.bundle import Bundle
from motet.engine.rules import CellRules
from motet.engine.session import Session
from motet.engine.write import write_cells
from motet.export.graph import read_shape
from motet.export.parity import Parity, compare_logits, reference_logits
from motet.tokens.encode import encode_prompt
from motet.tokens.grid import window
from motet.tokens.layout import GRID_BAR, GRID_CHORD, GRID_NOTE, GridPart, GridScore, sort_notes

__all__ = [
    "Speed",
    "measure_bandwidth",
    "measure_parity",
    "measure_speed",
    "practice_grid",
    "practice_rules",
]

_SCALE: Final = frozenset((0, 2, 4, 5, 7, 9, 11))
_CHORDS: Final = ((0, (0, 4, 7)), (100, (5, 9, 0)), (140, (7, 11, 2)), (180, (9, 0, 4)))
_BAR: Final = 96
_METRE: Final = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """What was measured.

    Parameters
    ----------
    n_rows, n_threads : int
    load_s : float
        Opening the session.
    prompt_tokens : int
    prompt_s : float
        Reading the prompt.
    n_tokens, n_choices : int
        Written after it, all rows together.
    tokens_per_s : float
        Without the prompt, all rows together.
    piece_s, first_bar_s : float
        Sixteen bars of four parts from nothing, and the first of them.
    cache_mb, weights_mb : float

    Examples
    --------
    >>> Speed.__name__
    'Speed'
    """

    n_rows: int
    n_threads: int
    load_s: float
    prompt_tokens: int
    prompt_s: float
    n_tokens: int
    n_choices: int
    tokens_per_s: float
    piece_s: float
    first_bar_s: float
    cache_mb: float
    weights_mb: float

    def facts(self) -> dict[str, Any]:
        """Return the fields as plain values."""
        return asdict(self)


def practice_grid(n_known: int, n_open: int) -> GridScore:
    """Return bars of melody, chords, bass and drums in C major, the first ones written.

    Parameters
    ----------
    n_known, n_open : int, bars

    Returns
    -------
    GridScore

    Examples
    --------
    >>> practice_grid(2, 2).n_notes
    28
    """
    notes: list[tuple[int, int, int, int, int, int]] = []
    for bar in range(n_known):
        _, tones = _CHORDS[bar % len(_CHORDS)]
        for beat in range(4):
            notes.append((bar, 0, 24 * beat, 24, 72 + tones[(beat + bar) % 3], 9))
            notes.append((bar, 3, 24 * beat, 6, (36, 42, 38, 42)[beat], 9))
        notes += [(bar, 1, 0, _BAR, 54 + (tone - 54) % 12, 9) for tone in tones]
        notes += [(bar, 2, pos, 48, 36 + tones[0], 9) for pos in (0, 48)]
        notes.append((bar, 3, 72, 6, 49, 9))
    n_bars = n_known + n_open
    chords = [(bar, 0, _CHORDS[bar % len(_CHORDS)][0], -1, 1.0) for bar in range(n_bars)]
    programs = ((0, "melody"), (24, "comping"), (32, "bass"), (128, "drums"))
    return GridScore(
        parts=tuple(
            GridPart(slot=slot, program=program, role=role)
            for slot, (program, role) in enumerate(programs)
        ),
        notes=sort_notes(np.array(notes, dtype=GRID_NOTE)),
        bars=np.array([(_BAR, _METRE, -1)] * n_bars, dtype=GRID_BAR),
        chords=np.array(chords, dtype=GRID_CHORD),
        key=0,
        qpm=100.0,
    )


def practice_rules(start: int, end: int) -> dict[tuple[int, int], CellRules]:
    """Return the rules of the open cells: scale, range, polyphony and density, as a brief would ask.

    Parameters
    ----------
    start, end : int, bars

    Returns
    -------
    dict of (bar, part) to CellRules

    Examples
    --------
    >>> len(practice_rules(2, 4))
    8
    """
    pitched = [
        CellRules(
            scale=_SCALE, low=low, high=high, max_polyphony=n, min_onsets=least, max_onsets=most
        )
        for low, high, n, least, most in ((60, 84, 1, 2, 8), (48, 72, 3, 1, 4), (36, 55, 1, 1, 4))
    ]
    drums = CellRules(
        drum_keys=frozenset((36, 38, 42, 46, 49)), max_group=2, min_onsets=2, max_onsets=8
    )
    rules = [*pitched, drums]
    return {(bar, part): rules[part] for bar in range(start, end) for part in range(4)}


def measure_speed(
    bundle: Bundle,
    *,
    n_rows: int = 1,
    n_threads: int | None = None,
    seed: int = 0,
    clock: Callable[[], float] = time.perf_counter,
) -> Speed:
    """Return how fast a bundle continues a piece, and writes one from nothing.

    Parameters
    ----------
    bundle : Bundle
    n_rows : int
        Candidates side by side.
    n_threads : int, optional
    seed : int
    clock : callable
        ``time.process_time`` counts what the processor does, where others keep it busy too.

    Returns
    -------
    Speed

    Examples
    --------
    >>> measure_speed.__name__
    'measure_speed'
    """
    begin = clock()
    session = Session(bundle, n_rows=n_rows, n_threads=n_threads)
    load_s = clock() - begin
    warm = practice_rules(1, 2)
    write_cells(
        session, practice_grid(1, 1), list(warm), rules=warm, n_candidates=n_rows, seed=seed
    )

    rules, known = practice_rules(16, 32), window(practice_grid(16, 16), 0, 32)
    prompt = encode_prompt(known, bar=16)
    session.rewind(0)
    begin = clock()
    session.prefill(prompt)
    prompt_s = clock() - begin
    begin = clock()
    got = write_cells(session, known, list(rules), rules=rules, n_candidates=n_rows, seed=seed)
    write_s = clock() - begin

    bars: list[float] = []
    rules = practice_rules(0, 16)
    session.rewind(0)
    begin = clock()
    write_cells(
        session,
        practice_grid(0, 16),
        list(rules),
        rules=rules,
        n_candidates=n_rows,
        seed=seed,
        on_bar=lambda *_: bars.append(clock() - begin),
    )
    piece_s = clock() - begin
    n_tokens = sum(one.n_tokens for one in got)
    return Speed(
        n_rows=n_rows,
        n_threads=session.n_threads,
        load_s=load_s,
        prompt_tokens=len(prompt),
        prompt_s=prompt_s,
        n_tokens=n_tokens,
        n_choices=sum(one.n_choices for one in got),
        tokens_per_s=n_tokens / write_s,
        piece_s=piece_s,
        first_bar_s=bars[0],
        cache_mb=session.cache_bytes / 1e6,
        weights_mb=bundle.model_path.stat().st_size / 1e6,
    )


def measure_bandwidth(*, n_bytes: int = 256_000_000, repeats: int = 3) -> float:
    """Return how many bytes a second this machine's memory moves, reading and writing counted.

    Parameters
    ----------
    n_bytes : int
        Of the block that is copied; far larger than the caches.
    repeats : int
        The best one counts.

    Returns
    -------
    float, bytes a second

    Examples
    --------
    >>> measure_bandwidth(n_bytes=1_000_000) > 0
    True
    """
    source = np.ones(n_bytes, dtype=np.uint8)
    target = np.empty_like(source)
    best = float("inf")
    for _ in range(repeats + 1):
        begin = time.perf_counter()
        np.copyto(target, source)
        best = min(best, time.perf_counter() - begin)
    return 2 * n_bytes / best


def measure_parity(
    bundle: Bundle,
    config: Mapping[str, Any],
    weights: Mapping[str, npt.NDArray[np.float32]],
    *,
    ids: npt.NDArray[np.integer[Any]],
) -> Parity:
    """Return how far a bundle's logits lie from those of the weights it was made from.

    Parameters
    ----------
    bundle : Bundle
    config, weights
        From `motet.export.bundle.read_weights`.
    ids : integers, shape (t,)
        A document; the first half is read as a prompt, the rest step by step.

    Returns
    -------
    Parity

    Examples
    --------
    >>> measure_parity.__name__
    'measure_parity'
    """
    expected = reference_logits(weights, read_shape(config, weights), ids)
    half = max(1, len(ids) // 2)
    session = Session(bundle)
    rows = [session.prefill(ids[:half])[0].copy()]
    rows += [session.step(ids[at : at + 1])[0].copy() for at in range(half, len(ids))]
    return compare_logits(expected[half - 1 :], np.array(rows))

"""The rows of music that tables compare: people, shuffled bars, a Markov chain, arranger and models.

Conventions: every row answers the same human windows in their order. Markov chain and model get what
surrounds the notes (parts, metres, chords, tempo, style, key) and write the notes; arranger and
``compose`` get the style. A row that could not answer a window has a None there. Rows are made once for
all tables that ask for the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from motet.arranger.piece import write_piece
from motet.arranger.request import ArrangeRequest
from motet.corpus.shards import open_shards
from motet.engine.bundle import Bundle, load_bundle
from motet.errors import MotetError
from motet.score import Score
from motet.suite.chain import learn_chain
from motet.suite.groups import style_name
from motet.suite.rewrite import rewrite_windows
from motet.suite.table import Request
from motet.suite.windows import pick_by_group, shuffle_bars, to_scores
from motet.tasks.compose import compose
from motet.tasks.kin import kin_style
from motet.tokens import GridScore, score_to_grid

__all__ = [
    "ARRANGER",
    "COMPOSED",
    "CONSTRAINED",
    "EARLIER",
    "FREE",
    "MARKOV",
    "MODEL_ROWS",
    "OTHERS",
    "PEOPLE",
    "SHUFFLED",
    "WITH_GROUND",
    "Row",
    "arrange_like",
    "compose_like",
    "make_rows",
]

PEOPLE: Final = "people (held out)"
OTHERS: Final = "people (others)"
SHUFFLED: Final = "bars shuffled"
MARKOV: Final = "Markov, order 3"
ARRANGER: Final = "arranger"
EARLIER: Final = "earlier model, free"
FREE: Final = "model, free"
CONSTRAINED: Final = "model, constrained"
COMPOSED: Final = "compose, model only"
WITH_GROUND: Final = "compose"
MODEL_ROWS: Final = (FREE, CONSTRAINED, COMPOSED, WITH_GROUND)
_CHAIN_PIECES: Final = 1500
_PER_PIECE: Final = 4


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of music.

    Parameters
    ----------
    name : str
    grids : tuple of GridScore or None
        One for each window.
    styles : tuple of int
        STYLE value of each window.

    Examples
    --------
    >>> Row(name="people", grids=(None,), styles=(3,)).scores
    []
    """

    name: str
    grids: tuple[GridScore | None, ...]
    styles: tuple[int, ...]

    @property
    def scores(self) -> list[Score]:
        """What is there, as scores."""
        return to_scores([grid for grid in self.grids if grid is not None])


def make_rows(request: Request, *, n: int, n_bars: int) -> dict[str, Row]:
    """Return the rows of music by name, people first.

    Parameters
    ----------
    request : Request
    n : int
        Windows a row.
    n_bars : int

    Returns
    -------
    dict of str to Row

    Raises
    ------
    CorpusError, BundleError
        An input is missing.

    Examples
    --------
    >>> make_rows(Request(), n=1, n_bars=8)
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no built corpus was given; ...
    """
    return dict(
        _rows(
            request.find_shards(),
            request.bundle,
            request.earlier,
            n,
            n_bars,
            request.seed,
            request.threads,
            request.say,
        )
    )


@lru_cache(maxsize=2)
def _rows(
    shards: Path,
    bundle: str,
    earlier: str,
    n: int,
    n_bars: int,
    seed: int,
    threads: int,
    say: Callable[[str], None],
) -> dict[str, Row]:
    """Return the rows; kept, for several tables measure the same music."""
    rng = np.random.default_rng(seed)
    model = load_bundle(bundle)
    rival = load_bundle(earlier) if earlier else None
    windows, others = (
        pick_by_group(open_shards(shards, split), n=n, n_bars=n_bars, rng=rng, per_piece=_PER_PIECE)
        for split in ("test", "valid")
    )
    styles = tuple(grid.style for grid in windows)
    found: dict[str, Row] = {}

    def add(name: str, grids: Sequence[GridScore | None]) -> None:
        found[name] = Row(name=name, grids=tuple(grids), styles=styles)

    add(PEOPLE, windows)
    found[OTHERS] = Row(
        name=OTHERS, grids=tuple(others), styles=tuple(grid.style for grid in others)
    )
    add(SHUFFLED, [shuffle_bars(grid, rng) for grid in windows])
    say(f"  {MARKOV}")
    chain = learn_chain(open_shards(shards, "train"), n_pieces=_CHAIN_PIECES, rng=rng)
    add(MARKOV, [chain.write(grid, rng) for grid in windows])
    say(f"  {ARRANGER}")
    add(ARRANGER, arrange_like(windows, n_bars=n_bars))
    for name, writer, is_constrained in (
        (EARLIER, rival, False),
        (FREE, model, False),
        (CONSTRAINED, model, True),
    ):
        if writer is not None:
            say(f"  {name}")
            add(
                name,
                rewrite_windows(
                    windows,
                    writer,
                    is_constrained=is_constrained,
                    seed=seed,
                    threads=threads,
                    say=say,
                ),
            )
    for name, ground in ((COMPOSED, "model"), (WITH_GROUND, "auto")):
        say(f"  {name}")
        add(name, compose_like(windows, model, n_bars=n_bars, ground=ground, seed=seed, say=say))
    return found


def arrange_like(grids: Sequence[GridScore], *, n_bars: int) -> list[GridScore | None]:
    """Return pieces of the arranger, each in the style that stands nearest to a window's.

    Parameters
    ----------
    grids : sequence of GridScore
    n_bars : int

    Returns
    -------
    list of GridScore or None

    Examples
    --------
    >>> arrange_like([], n_bars=4)
    []
    """
    out: list[GridScore | None] = []
    for seed, grid in enumerate(grids):
        name = style_name(grid.style)
        style = kin_style("" if name == "unknown" else name).name
        request = ArrangeRequest(style=style, bars=n_bars, seed=seed, humanise=0)
        out.append(_as_grid(write_piece(None, request).score, grid.style))
    return out


def compose_like(
    grids: Sequence[GridScore],
    bundle: Bundle,
    *,
    n_bars: int,
    ground: str,
    seed: int,
    candidates: int = 4,
    say: Callable[[str], None],
) -> list[GridScore | None]:
    """Return pieces that `motet.compose` makes in the styles of the windows, as a user would ask.

    Parameters
    ----------
    grids : sequence of GridScore
    bundle : Bundle
    n_bars : int
    ground : str
        Who writes what is no melody, as for `Brief`.
    seed, candidates : int
    say : callable
        Is told what was refused.

    Returns
    -------
    list of GridScore or None

    Examples
    --------
    >>> compose_like([], None, n_bars=4, ground="auto", seed=0, say=print)
    []
    """
    out: list[GridScore | None] = []
    for turn, grid in enumerate(grids):
        name = style_name(grid.style)
        try:
            piece = compose(
                style="" if name == "unknown" else name,
                bars=n_bars,
                ground=ground,
                seed=seed + turn,
                humanise=0,
                candidates=candidates,
                bundle=bundle,
            )
        except MotetError as error:
            say(f"  compose, {name}: {error.en}")
            out.append(None)
            continue
        out.append(_as_grid(piece.score, grid.style))
    return out


def _as_grid(score: Score, style: int) -> GridScore:
    """Return a score on the grid, with a window's style."""
    return replace(score_to_grid(score).grid, style=style)

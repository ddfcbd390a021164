"""Pieces that the arranger writes, for styles of which there is no free human data.

Conventions: they are machine-made and marked so: source ``arranger``, class ``made``. They are in training
only, and a lead sheet is arranged only if it is in training itself, in whose duplicate group the result
then is. The same number gives the same pieces.

Offers `ARRANGER`, `ARRANGED_STYLES`, `Order`, `order_pieces`, `write_order`, `arrange_pieces`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from motet.arranger import ArrangeRequest, find_style, write_piece
from motet.arranger.metre import parse_metre
from motet.corpus.layout import TIMING
from motet.corpus.manifest import Source
from motet.corpus.progression import draw_progression
from motet.corpus.shard import Piece
from motet.corpus.style import style_value
from motet.corpus.workers import map_ordered
from motet.errors import MotetError
from motet.theory.scale import parse_key
from motet.tokens import grid_to_score, score_to_grid
from motet.tokens.layout import GridScore, metre_of

__all__ = [
    "ARRANGED_STYLES",
    "ARRANGER",
    "Order",
    "arrange_pieces",
    "order_pieces",
    "write_order",
]

ARRANGED_STYLES: Final = (
    "balkan", "ballad", "blues", "bossa", "cha-cha", "chiptune", "cinematic", "country", "disco",
    "folk-waltz", "funk", "gospel", "gospel-shuffle", "guofeng", "hiphop", "house", "jazz-ballad",
    "jazz-waltz", "lofi", "milonga", "neo-soul", "pop", "prog", "reggae", "rock", "salsa", "samba",
    "slow-blues", "soul", "swing", "synthwave", "tango", "trap", "waltz",
)  # fmt: skip
"""Styles of the arranger of which the human sources have little or nothing."""

ARRANGER: Final = Source(
    name="arranger",
    title="Motet's arranger (machine-made)",
    licence_class="made",
    repository="",
    commit="",
    url="",
    archive="",
    sha256="",
    n_bytes=0,
    url_sha256="",
    licence="own work; the tunes of lead sheets are in the public domain",
    attribution="Motet",
    n_pieces=0,
)
"""The arranger as a source."""

_SEED: Final = 20261122
_FORMS: Final = (
    "A8 B8 A8", "intro4 A8 A8 B8 A8 outro4", "verse8 chorus8 verse8 chorus8 bridge8 chorus8",
    "intro2 A8 B8 A8 B8 outro2", "A16 B16", "intro4 verse8 pre4 chorus8 verse8 pre4 chorus8 outro4",
    "A8 A8 B8 C8 A8", "intro4 A12 B8 A12", "A6 B6 A6 B6", "verse16 chorus8 verse16 chorus8",
    "intro4 chorus8 break4 chorus8 outro4", "A4 B4 A4 C4 A4",
)  # fmt: skip
_METRES: Final = ("3/4", "6/8", "5/4", "7/8", "12/8")
_FREE_METRE: Final = frozenset((
    "ballad", "chiptune", "cinematic", "funk", "guofeng", "lofi", "neo-soul", "pop", "prog", "rock",
    "soul", "synthwave",
))  # fmt: skip
_TONICS: Final = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_TWELVE_BARS: Final = frozenset(("blues", "slow-blues"))
_SHEET_SHARE: Final = 6  # every sixth piece is over a lead sheet


@dataclass(frozen=True, eq=False, kw_only=True)
class Order:
    """One piece to write.

    Parameters
    ----------
    name : str
        ``arranger/style/number``.
    request : ArrangeRequest
    progression : str
        Empty: the style's own harmony, or the lead sheet's.
    sheet : int
        Index of the lead sheet, or -1.
    sheet_grid : GridScore or None
    """

    name: str
    request: ArrangeRequest
    progression: str = ""
    sheet: int = -1
    sheet_grid: GridScore | None = None


def order_pieces(n: int, sheets: Sequence[GridScore] = ()) -> list[Order]:
    """Return what the arranger is to write: styles in turn, everything else drawn.

    Parameters
    ----------
    n : int, >= 0
    sheets : sequence of GridScore
        Lead sheets: a tune with chords.

    Returns
    -------
    list of Order, length n

    Examples
    --------
    >>> [order.name for order in order_pieces(2)]
    ['arranger/balkan/0000', 'arranger/ballad/0001']
    """
    orders: list[Order] = []
    queue = np.random.default_rng(_SEED).permutation(len(sheets)).tolist()
    for k in range(n):
        name = ARRANGED_STYLES[k % len(ARRANGED_STYLES)]
        rng = np.random.default_rng((_SEED, k))
        order = _order(name, k, rng)
        if k % _SHEET_SHARE == _SHEET_SHARE - 1 and queue:
            chosen = _fitting_sheet(name, queue, sheets)
            if chosen is not None:
                queue.remove(chosen)
                queue.append(chosen)
                request = replace(order.request, form=None, metre=None, key=None)
                order = replace(
                    order,
                    request=request,
                    progression="",
                    sheet=chosen,
                    sheet_grid=sheets[chosen],
                )
        orders.append(order)
    return orders


def _order(name: str, k: int, rng: np.random.Generator) -> Order:
    """Return a piece of a style with everything drawn."""
    style = find_style(name)
    is_minor = parse_key(style.keys[int(rng.integers(len(style.keys)))]).is_minor
    slow, _, fast = style.qpm
    is_usual = name in _TWELVE_BARS or rng.random() < 0.35
    form = style.form if is_usual else str(rng.choice(_FORMS))
    metre = str(rng.choice(_METRES))
    request = ArrangeRequest(
        style=name,
        key=_TONICS[int(rng.integers(12))] + (" minor" if is_minor else ""),
        metre=metre if rng.random() < 0.2 and name in _FREE_METRE else None,
        qpm=float(round(slow * (fast / slow) ** rng.random())),
        form=form,
        intensity=int(rng.choice(5, p=(0.1, 0.2, 0.35, 0.25, 0.1))) + 1,
        seed=int(rng.integers(2**31)),
        melody=bool(rng.random() < 0.88),
        humanise=0.0,
    )
    progression = ""
    if name not in _TWELVE_BARS and rng.random() < 0.65:
        labels = _main_sections(form)
        progression = draw_progression(rng, labels=labels, is_minor=is_minor, colour=style.colour)
    return Order(name=f"arranger/{name}/{k:04d}", request=request, progression=progression)


def _main_sections(form: str) -> tuple[tuple[str, int], ...]:
    """Return the sections of a form that have harmony of their own, each once."""
    from motet.arranger.form import parse_form

    found = {section.label: section.n_bars for section in parse_form(form)}
    own = {label: n for label, n in found.items() if label not in ("intro", "outro", "break")}
    return tuple(own.items())


def _fitting_sheet(name: str, queue: Sequence[int], sheets: Sequence[GridScore]) -> int | None:
    """Return the lead sheet longest unused whose metre is the style's."""
    own = parse_metre(find_style(name).metre)
    for index in queue:
        metre = metre_of(int(np.bincount(sheets[index].bars["metre"]).argmax()))
        if metre == own:
            return index
    return None


def write_order(order: Order) -> GridScore | None:
    """Return the piece that was ordered on the grid, None where the arranger cannot write it.

    Parameters
    ----------
    order : Order

    Returns
    -------
    GridScore or None

    Examples
    --------
    >>> write_order(order_pieces(1)[0]).n_bars > 8
    True
    """
    source = None if order.sheet_grid is None else grid_to_score(order.sheet_grid)
    try:
        written = write_piece(source or order.progression or None, order.request)
        grid = score_to_grid(written.score).grid
    except MotetError:
        return None
    return replace(grid, style=style_value(order.request.style), qpm=round(written.plan.qpm, 2))


def arrange_pieces(
    n: int,
    pieces: Sequence[Piece],
    *,
    source: int,
    sheets_from: int = -1,
    n_workers: int = 1,
    on_progress: Callable[[float, str], None] | None = None,
) -> list[Piece]:
    """Return pieces that the arranger wrote, all for training, before any look for likeness.

    Parameters
    ----------
    n : int, >= 0
        How many are tried.
    pieces : sequence of Piece
        The corpus so far: its lead sheets in training are arranged.
    source : int
        Index that the arranger gets.
    sheets_from : int
        Index of the source of lead sheets, or -1.
    n_workers : int, >= 1
    on_progress : callable or None

    Returns
    -------
    list of Piece
        Weight 0; the group is the lead sheet's, else a new one.

    Examples
    --------
    >>> made = arrange_pieces(1, [], source=0)
    >>> made[0].name, made[0].split, made[0].group
    ('arranger/balkan/0000', 'train', 0)
    """
    sheets = [
        piece
        for piece in pieces
        if piece.source == sheets_from and piece.split == "train" and len(piece.grid.chords)
    ]
    orders = order_pieces(n, [piece.grid for piece in sheets])
    first = 1 + max((piece.group for piece in pieces), default=-1)
    made: list[Piece] = []
    for k, grid in enumerate(map_ordered(write_order, orders, n_workers=n_workers)):
        if on_progress is not None and k % 10 == 0:
            on_progress(k / n, f"arranger {k}/{n}")
        if grid is None:
            continue
        order = orders[k]
        made.append(
            Piece(
                name=order.name,
                source=source,
                split="train",
                group=first + k if order.sheet < 0 else sheets[order.sheet].group,
                weight=0.0,
                grid=grid,
                timing=np.zeros(0, TIMING),
            )
        )
    return made

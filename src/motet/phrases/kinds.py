"""Kinds of phrases by name: what is cut out of a piece, and how it may be varied.

Conventions: a batch is a dict of arrays, first axis phrases. Pitches are key-normalised, as a corpus has
them (`GridScore.shift_semi` tells the sounding ones); time is the grid's, 24 positions a quarter note.

Offers `Batch`, `PhraseKind`, `KINDS`, `find_kind`, `register_kind`.
"""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.tokens.layout import GridScore

__all__ = ["KINDS", "Batch", "PhraseKind", "find_kind", "read_options", "register_kind"]

Batch = dict[str, npt.NDArray[Any]]
"""Arrays by name, first axis phrases."""


@dataclass(frozen=True, kw_only=True)
class PhraseKind:
    """A kind of phrase.

    Parameters
    ----------
    name : str
    options : type
        Frozen dataclass of what may differ from model to model: bars, content.
    extract : callable
        (grid, options) to the phrases of a piece, each a dict of arrays without the first axis; shapes
        and dtypes depend on the options alone.
    vary : callable
        (batch, rng) to a batch with the same shapes: transposed, for example.
    """

    name: str
    options: type[Any]
    extract: Callable[[GridScore, Any], list[Batch]]
    vary: Callable[[Batch, np.random.Generator], Batch]


KINDS: Final[dict[str, str]] = {
    "steps": "motet.phrases.steps",
    "events": "motet.phrases.events",
    "band": "motet.phrases.band",
    "judged": "motet.phrases.judged",
    "binary-roll": "motet.phrases.binary_roll",
}
"""Name to the module whose constant ``KIND`` it is."""

_OWN: Final[dict[str, PhraseKind]] = {}


def register_kind(kind: PhraseKind) -> None:
    """Make a kind of one's own known by its name.

    Examples
    --------
    >>> register_kind(PhraseKind(name="mine", options=dict, extract=lambda g, o: [], vary=lambda b, r: b))
    >>> find_kind("mine").name
    'mine'
    """
    _OWN[kind.name] = kind


def find_kind(name: str) -> PhraseKind:
    """Return a kind of phrase.

    Parameters
    ----------
    name : str
        One of `KINDS`, or of those registered.

    Raises
    ------
    ParameterError
        There is none.

    Examples
    --------
    >>> find_kind("nothing")
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: there is no kind of phrase 'nothing'; there are: ...
    """
    if name in _OWN:
        return _OWN[name]
    if name not in KINDS:
        told = ", ".join((*KINDS, *_OWN))
        raise ParameterError(
            f"there is no kind of phrase {name!r}; there are: {told}",
            zh=f"没有名为 {name!r} 的乐句类型;现有:{told}",
        )
    found: PhraseKind = importlib.import_module(KINDS[name]).KIND
    return found


def read_options(kind: PhraseKind, values: Mapping[str, Any]) -> Any:
    """Return the options of a kind from a table, as a config has it.

    Raises
    ------
    ParameterError
        The kind has no such option, or the value is not allowed.

    Examples
    --------
    >>> kind = PhraseKind(name="a", options=PhraseKind, extract=lambda g, o: [], vary=lambda b, r: b)
    >>> read_options(kind, {"colour": 1})
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: phrases of kind a have no option 'colour'; did you mean ...
    """
    allowed = [one.name for one in fields(kind.options)]
    for name in values:
        if name not in allowed:
            near = ", ".join(difflib.get_close_matches(name, allowed, n=1) or allowed)
            raise ParameterError(
                f"phrases of kind {kind.name} have no option {name!r}; did you mean {near}?",
                zh=f"{kind.name} 类乐句没有选项 {name!r};您是否想用 {near}?",
            )
    return kind.options(**values)

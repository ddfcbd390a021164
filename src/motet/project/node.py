"""What a project remembers: accepted steps, proposals and their candidates, as plain values.

Conventions: a node is an accepted step; its identifier is a number as text, its parent's is empty at the
root. Scores are named by their digest. `written` tells who wrote each cell: one text a part, one letter a
bar: ``m`` model, ``a`` arranger, ``h`` human, ``e`` written by Motet and edited by hand, ``.`` silent. Times
are UTC, ``2026-11-22T19:04:05Z``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from motet.errors import FormatError

__all__ = ["WRITERS", "Candidate", "Node", "Proposal", "from_plain", "is_plain", "to_plain"]

WRITERS = {
    "m": ("model", "模型"), "a": ("arranger", "编配器"), "h": ("human", "人"),
    "b": ("model and arranger", "模型与编配器"),
    "e": ("Motet, edited by hand", "Motet 写成、人工修改"), ".": ("silent", "无音"),
}  # fmt: skip
"""Who wrote a cell, by its letter, in English and Chinese."""


@dataclass(frozen=True, kw_only=True)
class Node:
    """An accepted step.

    Parameters
    ----------
    id : str
    parent : str
    task : str
        One of `motet.tasks.Task`, or ``"start"``, ``"pick"`` (cells of a candidate), ``"harmony"`` (chords
        written down).
    score : str
        Digest of its score.
    time : str
    written : tuple of str
    cells : tuple of str
        What this step wrote: ``"Melody:5-8"``.
    proposal, candidate : str, int
        What was accepted; empty and 0 where nothing was.
    chosen : tuple of str
        The cells of the candidate that were asked for; empty is all that was left of it.
    brief, options : dict
        What was asked for.
    seed : int or None
    bundle, bundle_digest : str
    version : str
        Of Motet.
    note : str
        What a person would like to be told: the name of a file that was read back.
    edits : tuple of str
        What a human edit changed, in words.
    """

    id: str
    parent: str = ""
    task: str = "start"
    score: str = ""
    time: str = ""
    written: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    proposal: str = ""
    candidate: int = 0
    chosen: tuple[str, ...] = ()
    brief: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    seed: int | None = None
    bundle: str = ""
    bundle_digest: str = ""
    version: str = ""
    note: str = ""
    edits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One way to do what was asked.

    Parameters
    ----------
    score : str
        Digest of its score; empty once it was pruned.
    total : float, 0 to 1
        What the ranking gave it.
    figures : dict of str to float
        `motet.tasks.rank.Figures`.
    written, cells : tuple of str
        As for `Node`.
    brief : dict
    seed : int or None
    bundle, bundle_digest : str
    is_met : bool
        Whether everything asked for was met.
    missed : tuple of str
        What was not, in English.
    remarks : tuple of str
        In English.
    """

    score: str
    total: float = 0.0
    figures: dict[str, float] = field(default_factory=dict)
    written: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    brief: dict[str, Any] = field(default_factory=dict)
    seed: int | None = None
    bundle: str = ""
    bundle_digest: str = ""
    is_met: bool = True
    missed: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Candidates for one request, the best first.

    Parameters
    ----------
    id : str
        ``"p1"``.
    base : str
        The node they were made from.
    task : str
    options : dict
    time : str
    locks : tuple of str
        What was locked: ``"Bass:5-8 (rhythm)"``.
    candidates : tuple of Candidate
    state : str
        ``"open"``, ``"accepted"`` or ``"discarded"``; candidates stay until they are pruned.
    """

    id: str
    base: str
    task: str
    options: dict[str, Any] = field(default_factory=dict)
    time: str = ""
    locks: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    state: str = "open"


_Kind = TypeVar("_Kind", Node, Candidate, Proposal)
_TEXTS = ("written", "cells", "chosen", "edits", "missed", "remarks", "locks")


def to_plain(thing: Node | Candidate | Proposal) -> dict[str, Any]:
    """Return lists, dicts, text and numbers for JSON; what is at its default is left out.

    Parameters
    ----------
    thing : Node, Candidate or Proposal

    Returns
    -------
    dict

    Examples
    --------
    >>> to_plain(Node(id="1", task="import", written=("mm",)))
    {'id': '1', 'task': 'import', 'written': ['mm']}
    """
    found: dict[str, Any] = {}
    for one in fields(thing):
        value = getattr(thing, one.name)
        is_plain = value in ("", None, (), {}) or (one.name == "candidate" and value == 0)
        if is_plain and (one.default == value or value == {}):
            continue
        if one.name == "candidates":
            value = [to_plain(each) for each in value]
        found[one.name] = list(value) if isinstance(value, tuple) else value
    return found


def from_plain(kind: type[_Kind], value: Any, *, place: str) -> _Kind:
    """Return a node, candidate or proposal from what JSON holds.

    Parameters
    ----------
    kind : type
        `Node`, `Candidate` or `Proposal`.
    value : object
    place : str
        What a message names.

    Returns
    -------
    Node, Candidate or Proposal

    Raises
    ------
    FormatError
        A key is missing or unknown, or a value is not what its key holds.

    Examples
    --------
    >>> from_plain(Node, {"id": "1", "parent": 2}, place="tree.json, nodes[0]")
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: tree.json, nodes[0]: 'parent' does not hold what it should: 2
    """
    if not isinstance(value, Mapping):
        raise _refusal(place, "this entry", value)
    known = {one.name: one for one in fields(kind)}
    found: dict[str, Any] = {}
    for key, one in value.items():
        if key not in known:
            raise _refusal(place, repr(key), one)
        if key == "candidates":
            one = _candidates(one, place)
        elif not _fits(key, one):
            raise _refusal(place, repr(key), one)
        found[key] = tuple(one) if isinstance(one, list) else one
    needed = {"id"} if kind is Node else {"score"} if kind is Candidate else {"id", "base", "task"}
    missing = sorted(needed - found.keys())
    if missing:
        raise _refusal(place, repr(missing[0]), None)
    return kind(**found)


def is_plain(value: Any) -> bool:
    """Return whether an option can stand in a project file.

    Parameters
    ----------
    value : object

    Returns
    -------
    bool

    Examples
    --------
    >>> is_plain(["a", 1]), is_plain(None), is_plain({"a": 1})
    (True, False, False)
    """
    if isinstance(value, list | tuple):
        return all(map(is_plain, value))
    return value is not None and isinstance(value, str | int | float)


def _candidates(value: Any, place: str) -> list[Candidate]:
    if not isinstance(value, list):
        raise _refusal(place, "'candidates'", value)
    return [
        from_plain(Candidate, one, place=f"{place}.candidates[{k}]") for k, one in enumerate(value)
    ]


def _fits(key: str, value: Any) -> bool:
    """Whether a value is of the kind that its key holds."""
    if key in _TEXTS:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if key in ("brief", "options", "figures"):
        return isinstance(value, dict) and (
            key != "figures" or all(_is_number(one) for one in value.values())
        )
    if key in ("seed", "candidate"):
        return type(value) is int
    if key == "is_met":
        return isinstance(value, bool)
    return _is_number(value) if key == "total" else isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _refusal(place: str, what: str, value: Any) -> FormatError:
    told = repr(value)[:60]
    return FormatError(
        f"{what} does not hold what it should: {told}",
        zh=f"{what} 的内容不合规定:{told}",
        place=place,
    )

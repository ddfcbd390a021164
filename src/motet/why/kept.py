"""What was asked for and held, who wrote what, and what stayed as it was.

Conventions: everything is read off the score again; a composition brings the checks of its own making.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from motet.language import Language, say
from motet.project.author import changed_cells
from motet.project.lock import find_cells, tell_cells
from motet.provenance.record import WRITERS
from motet.tasks.adherence import check_adherence
from motet.tasks.check import Check
from motet.why.piece import Piece

__all__ = ["Kept", "find_kept"]

_MOST_TOLD = 12
_PLAIN = ("ending", "kept", "strong beats")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What held and what stayed.

    Parameters
    ----------
    checks : tuple of Check
        What was asked for beside what came out; empty where no brief is known.
    written : tuple of (part, counts)
        How many bars of each part each writer wrote, by its letter in `motet.provenance` records.
    steps : tuple of str
        The tasks that led here.
    n_cells, n_same : int
        Cells (one part in one bar) of what the last task was given, and how many of them are identical, note
        for note; 0 where nothing was given.
    changed : tuple of str
        The other cells: ``"Melody:5-8"``.
    locks : tuple of str
        What is locked in a project.

    Examples
    --------
    >>> Kept().tell()
    ['Nothing is known of how it came to be: no brief, no record; only the notes speak.']
    """

    checks: tuple[Check, ...] = ()
    written: tuple[tuple[str, dict[str, int]], ...] = ()
    steps: tuple[str, ...] = ()
    n_cells: int = 0
    n_same: int = 0
    changed: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "steps": list(self.steps),
            "written": [
                {"part": name, **{WRITERS[one][0]: n for one, n in counts.items()}}
                for name, counts in self.written
            ],
            "n_cells": self.n_cells,
            "n_same": self.n_same,
            "changed": list(self.changed),
            "locks": list(self.locks),
            "checks": [
                {"name": one.name, "what": one.what[0], "requested": one.requested[0],
                 "measured": one.measured[0], "ok": one.ok}
                for one in self.checks
            ],
        }  # fmt: skip

    def tell(self, language: Language = "en") -> list[str]:
        """Return the section in words."""

        def t(en: str, zh: str) -> str:
            return say(en, zh, language=language)

        lines = []
        if self.written:
            told = [
                f"{name} " + t(", ", "、").join(
                    t(f"{WRITERS[one][0]} {n}", f"{WRITERS[one][1]} {n}") for one, n in counts.items()
                )
                for name, counts in self.written
            ]  # fmt: skip
            lines.append(t("Bars written by: ", "各声部作者(小节数):") + t("; ", ";").join(told))
        if self.n_cells:
            lines.append(
                t(f"Kept note for note: {self.n_same} of {self.n_cells} bars, counted part by part",
                  f"逐音保留:{self.n_same}/{self.n_cells} 小节(各声部合计)")
            )  # fmt: skip
            if self.changed:
                lines.append(t("Written anew: ", "新写:") + t("; ", ";").join(self.changed))
        if self.locks:
            lines.append(t("Locked: ", "已锁定:") + t("; ", ";").join(self.locks))
        held = [one for one in self.checks if one.ok]
        if held:
            named = [one for one in held if one.requested[0] and ":" not in one.what[0]][
                :_MOST_TOLD
            ]
            short = t("; ", ";").join(_short(one, language) for one in named)
            more = len(held) - len(named)
            short += t(f"; {more} rules more", f";另 {more} 条规则") if more > 0 else ""
            lines.append(t(f"Held ({len(held)}): {short}", f"做到({len(held)} 项):{short}"))
        missed = [one for one in self.checks if one.ok is False]
        lines += [t("NOT held: ", "未做到:") + _long(one, language) for one in missed]
        return lines or [
            t("Nothing is known of how it came to be: no brief, no record; only the notes speak.",
              "不知其来历:没有需求,也没有记录;只能看音符。")
        ]  # fmt: skip


def _short(one: Check, language: Language) -> str:
    k = 1 if language == "zh" else 0
    asked = "" if one.name in _PLAIN else one.requested[k]
    return f"{one.what[k]} {asked}".strip()


def _long(one: Check, language: Language) -> str:
    k = 1 if language == "zh" else 0
    asked, got = one.requested[k], one.measured[k]
    return say(f"{one.what[k]}: asked {asked}, got {got}",
               f"{one.what[k]}:要求 {asked},实得 {got}", language=language)  # fmt: skip


def find_kept(piece: Piece) -> Kept:
    """Return what was kept and what held.

    Parameters
    ----------
    piece : Piece

    Returns
    -------
    Kept

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.why.piece import open_piece
    >>> find_kept(open_piece(make_score("C4:4"))).checks
    ()
    """
    record = piece.record
    written: list[tuple[str, dict[str, int]]] = []
    steps: tuple[str, ...] = ()
    if record is not None:
        steps = tuple(step.task for step in record.steps)
        for part, row in zip(piece.score.parts, record.written, strict=False):
            counts = Counter(row.replace(".", ""))
            if counts:
                written.append((part.name, {one: counts[one] for one in WRITERS if counts[one]}))
    n_cells, n_same, changed = _compare(piece)
    return Kept(
        checks=_checks(piece), written=tuple(written), steps=steps, n_cells=n_cells, n_same=n_same,
        changed=changed, locks=_locks(piece),
    )  # fmt: skip


def _compare(piece: Piece) -> tuple[int, int, tuple[str, ...]]:
    """Return how many cells the last task was given and left identical, and which it did not."""
    before = piece.made.given if piece.made is not None else None
    if piece.project is not None and piece.project.current.parent:
        before = piece.project.score_of(piece.project.current.parent)
    if before is None or not before.n_notes:  # words alone are given to a song
        return 0, 0, ()
    score = piece.score
    cells = {
        (score.bar_at(note.onset_tick), k)
        for k, part in enumerate(score.parts)
        for note in part.notes
    }
    changed = changed_cells(before, score)
    cells |= changed
    return len(cells), len(cells - changed), tell_cells(score, changed)


def _locks(piece: Piece) -> tuple[str, ...]:
    if piece.project is None:
        return ()
    return tuple(f"{one.where or '*'} ({one.layer})" for one in piece.project.locks)


def _checks(piece: Piece) -> tuple[Check, ...]:
    """Return the checks of a composition, or those of the brief that is on record."""
    if piece.made is not None:
        return piece.made.adherence.checks
    if piece.brief is None or piece.record is None:
        return ()
    brief, score = piece.brief, piece.score
    if len(brief.parts) != len(score.parts):
        brief = brief.with_(parts=())
    step = next(one for one in reversed(piece.record.steps) if one.brief)
    cells = None if step.task == "compose" else find_cells(score, step.cells)
    names = {"m": "model", "a": "arranger", "h": "human", "g": "given", "e": "human", "b": "both"}
    writers = []
    for row in piece.record.written:
        counts = Counter(row.replace(".", "")).most_common(1)
        writers.append(names[counts[0][0]] if counts else "given")
    return check_adherence(score, brief, writers=writers, open_cells=cells).checks

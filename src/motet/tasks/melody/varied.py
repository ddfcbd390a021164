"""One variation, and how it is told: what was done to the tune, and how much of it is left.

Offers `VARIED`, `Varied`, `tell_varied`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.language import Language
from motet.score import Score
from motet.tasks.adherence import check_adherence
from motet.tasks.check import Adherence, Check, same
from motet.tasks.composition import Composition
from motet.tasks.melody.likeness import Likeness
from motet.theory.scale import Key

__all__ = ["VARIED", "Varied", "tell_varied"]

VARIED = {
    "ornament": ("ornamented", "加花"), "simplify": ("simplified", "简化"),
    "rhythm": ("in another rhythm", "改变节奏"), "contour": ("bent between its main notes", "改变旋律线"),
    "rewrite": ("some bars new", "重写若干小节"), "mode": ("in the other mode", "换调式"),
}  # fmt: skip
"""What each kind of variation is called, in English and Chinese."""


@dataclass(frozen=True, kw_only=True)
class Varied:
    """One variation, before it is told.

    ``value`` ranks it; ``story`` is what a `Composition` tells of the draft, empty without a model.
    """

    kind: str
    score: Score
    key: Key
    likeness: Likeness
    value: float
    story: dict[str, Any]


def tell_varied(
    score: Score,
    one: Varied,
    cells: set[tuple[int, int]],
    brief: Brief,
    model: Bundle | None,
    strength: float,
    kept: tuple[str, ...],
    language: Language,
) -> Composition:
    """Return a variation as a composition, with what was kept.

    Parameters
    ----------
    score : Score
        What was varied.
    one : Varied
    cells : set of (bar, part)
        What might vary.
    brief : Brief
    model : Bundle or None
    strength : float, 0 to 1
    kept : tuple of str
    language : Language

    Returns
    -------
    Composition

    Examples
    --------
    >>> tell_varied.__name__
    'tell_varied'
    """
    rows = {k for _, k in cells}
    after = one.score
    uses_model = bool(one.story)
    open_cells = (
        {(bar, k) for bar in range(score.n_bars) for k in range(len(score.parts))}
        if one.kind == "mode"
        else cells
    )
    writers = tuple(
        ("model" if uses_model else "arranger") if k in rows or one.kind == "mode" else "given"
        for k in range(len(score.parts))
    )
    found = check_adherence(
        after, Brief(key=one.key.name(), harmony="free"), writers=writers, original=score,
        open_cells=open_cells,
    )  # fmt: skip
    like = one.likeness
    checks = (
        _line(("kind", "方式"), VARIED[one.kind][0], VARIED[one.kind][1]),
        _share("notes kept", "保留的音", like.notes, f"{like.n_before} -> {like.n_after}"),
        _share("onsets kept", "保留的起音", like.onsets, ""),
        _share("moves kept", "保留的走向", like.moves, ""),
    )
    story = dict(one.story)
    if uses_model and model is not None:
        story |= {"bundle": model.name, "bundle_digest": model.digest}
    remark = (
        f"Strength {strength:g}: {100 * (1 - like.kept):.0f} % of the tune changed; kept as asked: "
        f"{', '.join(kept) or 'nothing'}.",
        f"强度 {strength:g}:曲调改变了 {100 * (1 - like.kept):.0f}%;按要求保留:{'、'.join(kept) or '无'}。",
    )
    return Composition(
        task="vary", score=after, brief=brief.with_(key=one.key.name()),
        adherence=Adherence(checks=(*checks, *found.checks)), writers=writers, language=language,
        remarks=(remark,), given=score, **story,
    )  # fmt: skip


def _line(what: tuple[str, str], en: str, zh: str) -> Check:
    return Check(name=what[0], what=what, requested=("", ""), measured=(en, zh), ok=None)


def _share(en: str, zh: str, share: float, more: str) -> Check:
    text = f"{100 * share:.3g} %" + (f" ({more})" if more else "")
    return Check(name=en, what=(en, zh), requested=("", ""), measured=same(text), ok=None)

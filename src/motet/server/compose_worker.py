"""A sentence or a brief becomes a project, in a worker process.

Conventions: the project comes back packed (the bytes of a ``.motet`` file), so that the server only has to
keep it. Progress is told bar by bar, in both languages.

Offers `compose_piece`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motet.errors import ParameterError
from motet.server.asked_fields import refuse_paths

if TYPE_CHECKING:
    from motet.brief import Brief
    from motet.tasks import Adherence, Composition

__all__ = ["compose_piece", "tell_adherence"]


def compose_piece(payload: dict[str, Any], tell: Any) -> dict[str, Any]:
    """Return a new project, and what was understood and met.

    Parameters
    ----------
    payload : dict
        ``text`` (a sentence), ``brief`` (fields, which win over the sentence's), ``title``, ``seed``,
        ``language``.
    tell : Tell

    Returns
    -------
    dict
        ``packed`` (bytes of the project), ``adherence``, ``understood`` (or None), ``remarks``.

    Raises
    ------
    ParameterError
        There is nothing to go by, or a field is not allowed.
    ConstraintError
        What is asked for contradicts itself.

    Examples
    --------
    >>> from motet.engine.write import Cancel
    >>> from motet.server.telling import Tell
    >>> compose_piece({"text": ""}, Tell(lambda told: None, Cancel()))
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: say what you want to hear, or choose a mood or a style
    """
    from motet.tasks import compose

    language = payload.get("language", "en")
    tell.progress(0.02, "reading your wish", "正在读懂要求")
    brief, understood = _wish(payload, language)
    tell.progress(0.05, "planning", "正在规划")

    made = compose(brief, language=language, on_bar=_Listener(tell), cancel=tell.cancel)
    tell.progress(0.96, "finishing", "正在收尾")
    return {
        "packed": _pack(made, str(payload.get("title") or "")),
        "adherence": tell_adherence(made.adherence),
        "understood": understood,
        "remarks": [{"en": en, "zh": zh} for en, zh in made.remarks],
    }


class _Listener:
    """Passes on how far a piece is, and its bars as they are finished."""

    def __init__(self, tell: Any) -> None:
        self.tell = tell

    def __call__(self, done: int, total: int) -> None:
        share = 0.08 + 0.86 * done / max(1, total)
        self.tell.progress(share, f"writing bar {done} of {total}", f"正在写第 {done}/{total} 小节")

    def take_bars(self, grid: Any, bars: tuple[int, ...]) -> None:
        """Tell the piece as it stands."""
        from motet.server.score_view import score_view
        from motet.tokens.restore import grid_to_score

        self.tell.bars({"bars": list(bars), "score": score_view(grid_to_score(grid))})


def _wish(payload: dict[str, Any], language: str) -> tuple[Brief, dict[str, Any] | None]:
    """Return the brief that is meant, and what was understood of a sentence."""
    from motet.brief.read import brief_from_dict
    from motet.server.understand_worker import read_sentence

    text = str(payload.get("text") or "").strip()
    fields = dict(payload.get("brief") or {})
    if not text and not fields:
        raise ParameterError(
            "say what you want to hear, or choose a mood or a style",
            zh="请说说想听什么,或选择一种情绪或风格",
        )
    refuse_paths(fields)
    understood = None
    if text:
        understood = read_sentence({"text": text, "language": language})
        own = dict(understood["full"])
        for name in fields:
            for other in _GIVES_WAY.get(name, ()):
                own.pop(other, None)
        fields = {**own, **fields}
    if payload.get("seed") is not None:
        fields["seed"] = int(payload["seed"])
    if payload.get("title"):
        fields["title"] = str(payload["title"])
    return brief_from_dict(fields), understood


_GIVES_WAY: dict[str, tuple[str, ...]] = {
    "bars": ("form", "emotion_curve"), "form": ("bars", "emotion_curve"),
    "emotion": ("emotion_curve",), "emotion_curve": ("emotion",), "style": ("groove",),
}  # fmt: skip
"""A field that is named, and what of a sentence it takes the place of."""


def _pack(made: Composition, title: str) -> bytes:
    """Return a new project around a piece, packed."""
    from motet.project import Project

    project = Project.start(made, title=title or made.score.title)
    with tempfile.TemporaryDirectory() as folder:
        return project.save(Path(folder) / "new.motet").read_bytes()


def tell_adherence(adherence: Adherence) -> dict[str, Any]:
    """Return what was asked and what was measured, for a page.

    Parameters
    ----------
    adherence : Adherence

    Returns
    -------
    dict
        ``is_met``, ``checks``: name, what, requested, measured (each en, zh), ok.

    Examples
    --------
    >>> from motet.tasks import Adherence
    >>> tell_adherence(Adherence(checks=()))
    {'is_met': True, 'checks': []}
    """
    return {
        "is_met": adherence.is_met,
        "checks": [
            {
                "name": one.name, "what": dict(zip(("en", "zh"), one.what, strict=True)),
                "requested": dict(zip(("en", "zh"), one.requested, strict=True)),
                "measured": dict(zip(("en", "zh"), one.measured, strict=True)), "ok": one.ok,
            }
            for one in adherence.checks
        ],
    }  # fmt: skip

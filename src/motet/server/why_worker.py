"""Why a piece is as it is, and how new it is, found in a worker process.

Conventions: a piece comes as the path of a packed project (``project``) or as Motet JSON (``score``, bytes).

Offers `explain_piece`, `judge_originality`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from motet.errors import BusyError, ParameterError

if TYPE_CHECKING:
    from motet.originality import Neighbour
    from motet.project import Project
    from motet.score import Score

__all__ = ["explain_piece", "judge_originality"]

_LONGEST_NAME = 60
_VERDICTS = {
    "original": ("original: people's pieces are as alike", "原创:与人写作品之间的相似程度相当"),
    "alike": ("alike: more than most of people's pieces are", "相近:比多数人写作品之间更相似"),
    "copy": ("too much alike: write these bars anew", "过于相似:请重写这些小节"),
}  # fmt: skip
_NO_WISH = (
    "this piece was not composed from a wish, so no wish can be changed; compose a piece, or change the "
    "cells themselves",
    "此曲不是按要求作曲而成,无从改变要求;请先作一首曲子,或直接修改各个格子",
)
_NEW = (
    "Nothing in the training music is like it, or it has no line of ten notes.",
    "训练乐曲中没有相近之处,或其中没有十个音以上的旋律。",
)


def _source(payload: dict[str, Any]) -> Project | Score:
    """Return what is to be explained."""
    if payload.get("project"):
        from motet.project import Project

        path = Path(payload["project"])
        try:
            return Project.open(path)
        finally:
            path.unlink(missing_ok=True)
    from motet.io import read_json

    return read_json(payload["score"]).score


def explain_piece(payload: dict[str, Any], tell: Any) -> dict[str, Any]:
    """Return why a piece is as it is, laid out for a page.

    Parameters
    ----------
    payload : dict
        The piece; ``bars`` ("5-8"), ``part``, ``what_if`` (control to value), ``alternatives``, ``model``,
        ``seed``, ``language``.
    tell : Tell

    Returns
    -------
    dict
        As `motet.server.reasons.lay_out`.

    Raises
    ------
    ParameterError
        There is no such bar, part or control.

    Examples
    --------
    >>> from motet.engine.write import Cancel
    >>> from motet.server.telling import Tell
    >>> from motet.io import write_json
    >>> from motet.score import make_score
    >>> wish = {"score": write_json(make_score("C4:4 G4:4")), "model": False}
    >>> explain_piece(wish, Tell(lambda told: None, Cancel()))["bar_numbers"]
    [1, 2]
    """
    from motet.score import Score as ScoreClass
    from motet.server.reasons import lay_out
    from motet.why import explain

    source = _source(payload)
    score = source if isinstance(source, ScoreClass) else source.score
    tell.progress(0.1, "reading the piece", "正在分析乐曲")

    def on_bar(done: int, total: int) -> None:
        if tell.cancel is not None and tell.cancel.is_set:
            raise BusyError("stopped", zh="已停止")
        share = 0.2 + 0.75 * done / max(1, total)
        tell.progress(min(0.95, share), "trying what would change", "正在试改动的结果")

    wished = dict(payload.get("what_if") or {})
    if wished and not _was_composed(source):
        raise ParameterError(_NO_WISH[0], zh=_NO_WISH[1])
    found = explain(
        source, bars=payload.get("bars"), part=payload.get("part"), what_if=wished,
        alternatives=int(payload.get("alternatives", 3)),
        model=bool(payload.get("model", True)), seed=int(payload.get("seed", 0)),
        language=payload.get("language", "en"), on_bar=on_bar,
    )  # fmt: skip
    tell.progress(1.0, "explained", "说明完成")
    return lay_out(found, score)


def _was_composed(source: Project | Score) -> bool:
    """Whether the piece began as a wish, which can be wished otherwise."""
    from motet.why.piece import open_piece

    piece = open_piece(source)
    steps = piece.record.steps if piece.record is not None else ()
    return piece.brief is not None and any(step.task == "compose" for step in steps)


def judge_originality(payload: dict[str, Any], tell: Any) -> dict[str, Any]:
    """Return what a piece is most like among the training music.

    Parameters
    ----------
    payload : dict
        The piece.
    tell : Tell

    Returns
    -------
    dict
        ``verdict`` and ``said`` (en, zh), ``percentile``, ``neighbour`` (or None), ``others``.

    Examples
    --------
    >>> from motet.engine.write import Cancel
    >>> from motet.server.telling import Tell
    >>> from motet.io import write_json
    >>> from motet.score import make_score
    >>> wish = {"score": write_json(make_score("C4:4"))}
    >>> judge_originality(wish, Tell(lambda told: None, Cancel()))["neighbour"] is None
    True
    """
    from motet.originality import load_index
    from motet.score import Score as ScoreClass

    source = _source(payload)
    score = source if isinstance(source, ScoreClass) else source.score
    tell.progress(0.1, "looking through the training music", "正在查找训练乐曲")
    found = load_index().find(score)
    tell.progress(1.0, "compared", "比较完成")
    if not found:
        en, zh = _NEW
        verdict = {"en": "original", "zh": "原创"}
        return {
            "verdict": {**verdict, "name": "original"}, "said": {"en": en, "zh": zh},
            "percentile": None, "neighbour": None, "others": [],
        }  # fmt: skip
    nearest, *others = [_neighbour(one, score) for one in found[:4]]
    return {
        "verdict": nearest["verdict"], "said": nearest["said"],
        "percentile": nearest["percentile"], "neighbour": nearest, "others": others,
    }  # fmt: skip


def _neighbour(one: Neighbour, score: Score) -> dict[str, Any]:
    """Return a passage of a known piece, with words."""
    facts = one.to_dict()
    en, zh = _VERDICTS[one.verdict]
    name = _short_name(one)
    theirs, own = (f"{a}" if a == b else f"{a}–{b}" for a, b in (one.their_bars, one.own_bars))
    said_en = f"Bars {own} are nearest to bars {theirs} of {name}: {one.n_notes} notes agree."
    said_zh = f"第 {own} 小节与《{name}》第 {theirs} 小节最相近:{one.n_notes} 个音相同。"
    if facts["percentile"] is not None:
        share = f"{facts['percentile']:.0f}"
        said_en += f" That is more than in {share} % of people's pieces."
        said_zh += f"相似度高于 {share}% 的人写作品。"
    return {
        "verdict": {"name": one.verdict, "en": en, "zh": zh},
        "said": {"en": said_en, "zh": said_zh},
        "percentile": facts["percentile"],
        "title": name, "piece": one.piece, "source": one.source,
        "licence": one.licence, "bars": facts["their_bars"], "own_bars": facts["own_bars"],
        "part": score.parts[one.part].name if 0 <= one.part < len(score.parts) else "",
        "part_index": one.part, "length": one.n_notes, "n_verbatim": one.n_verbatim,
        "shift_semi": one.shift_semi, "tempo_ratio": facts["tempo_ratio"],
    }  # fmt: skip


def _short_name(one: Neighbour) -> str:
    """Return how people call a piece: its title and the last words of its name."""
    stem = one.piece.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    stem = stem.replace("--", ", ").replace("_", " ").strip()
    short = stem if len(stem) <= _LONGEST_NAME else stem[: _LONGEST_NAME - 1].rstrip(" ,-") + "…"
    return f"{one.title}: {short}" if one.title and one.title not in short else short

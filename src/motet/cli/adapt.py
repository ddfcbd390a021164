"""What ``motet train --from`` does: read a folder, adapt, write a bundle, tell what that did.

Conventions: files that cannot be used are told on stderr, one a line, and stop nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from motet.cli.output import Output

if TYPE_CHECKING:
    from motet.train.adapt import AdaptOutcome
    from motet.train.adapt_config import Figures
    from motet.train.folder import FolderPieces

__all__ = ["corpus_of", "run_adapt", "tell_files"]

_MOST_TOLD = 40


def run_adapt(
    out: Output,
    folder: Path,
    *,
    name: str | None,
    bundle: str,
    is_replaced: bool,
    shards: Path | None,
    options: dict[str, Any],
) -> None:
    """Adapt a bundle to a folder, and tell.

    Parameters
    ----------
    out : Output
    folder : Path
    name : str or None
        Of the bundle; None takes the folder's.
    bundle : str
        What to begin from.
    is_replaced : bool
        Whether a bundle of that name gives way.
    shards : Path or None
        A built corpus, for the figure on music in general.
    options : dict
        Fields of `motet.train.AdaptConfig`; None leaves its own.

    Examples
    --------
    >>> run_adapt(Output(language="en", as_json=True), Path("nowhere"), name="a", bundle="small",
    ...           is_replaced=False, shards=None, options={})
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: there is no folder 'nowhere'; give one that holds scores
    """
    from motet.engine.bundle import load_bundle
    from motet.train import AdaptConfig, adapt_model, read_folder, write_adapted
    from motet.train.adapted_bundle import choose_place

    config = AdaptConfig(**{key: value for key, value in options.items() if value is not None})
    chosen = name or folder.resolve().name
    choose_place(chosen, is_replaced=is_replaced)
    with out.progress("reading", "正在读取") as report:
        pieces = read_folder(folder, on_progress=report)
    tell_files(out, pieces)
    with out.progress("learning", "正在学习") as report:
        outcome = adapt_model(
            pieces, bundle=bundle, config=config, shards=shards, on_progress=report
        )
    place = write_adapted(
        outcome, pieces, name=chosen, folder=folder, bundle=bundle, config=config,
        is_replaced=is_replaced,
    )  # fmt: skip
    load_bundle(place)
    out.finish(_facts(outcome, pieces, place), _lines(out, outcome, pieces, place))


def corpus_of(out: Output, folder: Path, shards: Path) -> Path:
    """Return the corpus made of a folder of scores, having told what is in it.

    Examples
    --------
    >>> corpus_of(Output(language="en", as_json=True), Path("nowhere"), Path("shards"))
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: there is no folder 'nowhere'; give one that holds scores
    """
    from motet.train.own import build_own

    with out.progress("reading", "正在读取") as report:
        found = build_own(folder, shards, on_progress=report)
    if found.pieces is not None:
        tell_files(out, found.pieces)
    out.note(
        f"{found.n_train} pieces to learn from, {found.n_valid} to validate with",
        f"{found.n_train} 首用于学习,{found.n_valid} 首用于验证",
    )
    return found.shards


def tell_files(out: Output, pieces: FolderPieces) -> None:
    """Tell which files are left out, and why.

    Examples
    --------
    >>> from motet.train.folder import FolderPieces
    >>> empty = FolderPieces(names=(), grids=(), groups=None, copies=(("a.mid", "b.mid"),))
    >>> out = Output(language="en", as_json=True)
    >>> tell_files(out, empty)
    >>> out.notes
    ['left out: a.mid: the same notes as b.mid']
    """
    for name, error in pieces.refused[:_MOST_TOLD]:
        place = f" ({error.place})" if error.place else ""
        out.note(f"left out: {name}{place}: {error.en}", f"未采用:{name}{place}:{error.zh}")
    for name, other in pieces.copies[:_MOST_TOLD]:
        out.note(
            f"left out: {name}: the same notes as {other}", f"未采用:{name}:与 {other} 音符相同"
        )
    n_more = sum(max(0, len(rest) - _MOST_TOLD) for rest in (pieces.refused, pieces.copies))
    if n_more:
        out.note(f"left out: {n_more} more", f"未采用:另有 {n_more} 个")


def _facts(outcome: AdaptOutcome, pieces: FolderPieces, place: Path) -> dict[str, Any]:
    """Return what was done, as plain values."""
    split = outcome.split
    return {
        "bundle": place.name,
        "folder": place,
        "n_pieces": len(pieces),
        "n_learnt_from": len(split.train),
        "held_out": [pieces.names[k] for k in split.held],
        "held_out_said_when_to_stop": not split.is_independent,
        "refused": {name: error.en for name, error in pieces.refused},
        "copies": dict(pieces.copies),
        "own": outcome.own.to_dict(),
        "general": {name: one.to_dict() for name, one in outcome.general.items()},
        "steps": outcome.steps,
        "best_step": outcome.best_step,
        "minutes": round(outcome.minutes, 2),
        "reason": outcome.reason,
    }


def _lines(out: Output, outcome: AdaptOutcome, pieces: FolderPieces, place: Path) -> list[str]:
    """Return what was done, for people."""
    split = outcome.split
    first = out.say(
        f"{place.name}: learnt from {len(split.train)} of {len(pieces)} pieces, {outcome.best_step} steps "
        f"in {outcome.minutes:.1f} minutes",
        f"{place.name}:从 {len(pieces)} 首中的 {len(split.train)} 首学习,{outcome.minutes:.1f} 分钟,"
        f"{outcome.best_step} 步",
    )
    rows = [first, out.say("nats a note, fewer is better:", "每音符 nat 数,越少越好:")]
    held = out.say(f"your {len(split.held)} held out", f"您留出的 {len(split.held)} 首")
    rows.append(_row(held, outcome.own))
    names = {
        "arranger": out.say("arranger's pieces", "编配器的乐曲"),
        "corpus": out.say("corpus, test pieces", "语料库测试曲"),
    }
    rows += [_row(names[name], one) for name, one in outcome.general.items()]
    if not split.is_independent:
        rows.append(
            out.say(
                "With so few pieces, those held out also said when to stop: the figure flatters a little.",
                "乐曲较少,留出的乐曲也用于决定何时停止,因此数字略偏乐观。",
            )
        )
    return [*rows, f"motet compose --bundle {place.name}"]


def _row(name: str, figures: Figures) -> str:
    """Return one line of figures."""
    return f"  {name:<22} {figures.before:6.3f} → {figures.after:6.3f}  ({-figures.gain:+.1%})"

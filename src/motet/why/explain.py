"""Explain a piece: what was asked, its harmony, what comes back, what the model expected, what else could be.

Conventions: everything is computed from the notes, the brief on record and the model, nothing is told that was
not measured. Bars are named by their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from motet.brief import read_bars
from motet.engine import Bundle, list_bundles, load_bundle
from motet.errors import ParameterError
from motet.language import Language
from motet.score import Score, find_part
from motet.tasks.compose import open_bundle
from motet.why.change import explain_changes, read_what_ifs
from motet.why.explanation import Explanation
from motet.why.harmony import explain_harmony
from motet.why.kept import find_kept
from motet.why.otherwise import explain_otherwise
from motet.why.piece import Piece, open_piece
from motet.why.returns import explain_form
from motet.why.surprise import Surprise, explain_surprise
from motet.why.tones import Tones, explain_tones

__all__ = ["explain"]

_MOST_VERSIONS = 8
_NO_MODEL = ("No model was asked.", "没有询问模型。")
_NONE_INSTALLED = ("No model is installed, so nothing is foretold.", "没有安装模型,无法预测。")


def explain(
    source: Any,
    *,
    bars: str | int | Iterable[int] | None = None,
    part: str | int | None = None,
    bundle: str | Path | Bundle | None = None,
    alternatives: int = 3,
    what_if: Sequence[str] | Mapping[str, Any] = (),
    model: bool = True,
    seed: int = 0,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
) -> Explanation:
    """Return why a piece is as it is.

    Parameters
    ----------
    source : Composition, Arrangement, Project, Score, str or Path
        A file may be MIDI, MusicXML, JSON or a project; the record that it carries is read.
    bars : str, int, iterable of int or None
        Numbers of the bars to tell, ``"5-8"``; None is all.
    part : str, int or None
        The part to look at; None is the melody, and all parts where the model is asked.
    bundle : str, Path, Bundle or None
        The model; None is the one that wrote the piece, else the usual one.
    alternatives : int, 0 to 8
        How many other versions of the most surprising bar are written.
    what_if : sequence of str, or mapping
        Controls to move, ``["tempo=90", "key=G"]``, at most three; each composes the piece again.
    model : bool
        Whether a model is asked at all.
    seed : int, >= 0
        Of the other versions.
    language : Language
    on_bar : callable or None
        Called with (bars done, bars in all) while what-ifs are composed.

    Returns
    -------
    Explanation

    Raises
    ------
    ParameterError
        There is no such bar, part, control or file, or a what-if has no brief to start from.
    FormatError
        The file, or the record in it, is damaged.
    BundleError
        The bundle that is named is not there.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("E5:4 | D5:4 | C5:4", "G3+C4:4 | G3+B3+F4:4 | G3+E4:4", "C3:4 | G2:4 | C3:4")
    >>> found = explain(score, model=False)
    >>> found.harmony.cadences
    ((3, 'perfect authentic', ('V7', 'I')),)
    """
    if isinstance(alternatives, bool) or not 0 <= alternatives <= _MOST_VERSIONS:
        raise ParameterError(
            f"alternatives must be 0 to {_MOST_VERSIONS}, got {alternatives!r}; 3 is usual",
            zh=f"alternatives 必须在 0 到 {_MOST_VERSIONS} 之间,收到 {alternatives!r};通常为 3",
        )
    asked = read_what_ifs(what_if)
    piece = open_piece(source)
    score = piece.score
    chosen = _bars(score, bars)
    k = piece.melody if part is None else find_part(score, part)
    if k < 0:
        k = max(range(len(score.parts)), key=lambda one: len(score.parts[one].notes))
    opened = _model(piece, bundle) if model else None
    surprise = Surprise(reason=_NONE_INSTALLED if model else _NO_MODEL)
    otherwise = None
    if opened is not None:
        judged = range(len(score.parts)) if part is None else [k]
        surprise = explain_surprise(piece, bundle=opened, bars=chosen, parts=judged)
        if alternatives:
            bar, row = _oddest(piece, surprise, chosen, k)
            otherwise = explain_otherwise(
                piece,
                bar=bar,
                part=row,
                n=alternatives,
                bundle=opened,
                seed=seed,
                language=language,
            )
    is_drums = score.parts[k].is_drums
    return Explanation(
        title=score.title,
        n_bars=score.n_bars,
        bars=tuple(score.bars[bar].number for bar in chosen),
        part=score.parts[k].name,
        kept=find_kept(piece),
        harmony=explain_harmony(piece, bars=chosen),
        tones=Tones() if is_drums else explain_tones(piece, part=k, bars=chosen),
        form=explain_form(piece, part=k, bars=chosen),
        surprise=surprise,
        otherwise=otherwise,
        what_ifs=explain_changes(piece, asked, bundle=opened, language=language, on_bar=on_bar),
        language=language,
    )


def _bars(score: Score, bars: str | int | Iterable[int] | None) -> list[int]:
    """Return the indices of bars given by their numbers."""
    if bars is None:
        return list(range(score.n_bars))
    by_number = {bar.number: bar.index for bar in reversed(score.bars)}
    found = []
    for number in read_bars(bars):
        if number not in by_number:
            first, last = score.bars[0].number, score.bars[-1].number
            raise ParameterError(
                f"there is no bar {number}; the bars are {first} to {last}",
                zh=f"没有第 {number} 小节;小节为 {first} 到 {last}",
            )
        found.append(by_number[number])
    return sorted(set(found))


def _model(piece: Piece, bundle: str | Path | Bundle | None) -> Bundle | None:
    """Return the model to ask: the one named, the one that wrote the piece, else the usual one."""
    if bundle is None and piece.bundle in list_bundles():
        wrote = load_bundle(piece.bundle)
        if wrote.interface == "tokens":  # the only ones that tell a chance for each note of a piece
            return wrote
    return open_bundle(bundle)


def _oddest(piece: Piece, surprise: Surprise, chosen: Sequence[int], k: int) -> tuple[int, int]:
    """Return the cell to write anew: the most surprising bar of the part, else the first that plays."""
    score = piece.score
    name = score.parts[k].name
    rows = [(one.parts[name], one.bar) for one in surprise.bars if name in one.parts]
    if rows:
        number = max(rows)[1]
        return next(bar.index for bar in score.bars if bar.number == number), k
    playing = {score.bar_at(note.onset_tick) for note in score.parts[k].notes}
    return next((bar for bar in chosen if bar in playing), chosen[0]), k

"""Continue: bars 1 to n are given, those after them are written, under what the score itself does.

Conventions: the given bars stay as they are, note for note. Key, metre, ranges, polyphony and densities
are measured on the score; the harmony of the new bars is given, or that of the last bars again, with the
tonic at the end, or drawn for how surprising it is to be. Bars of a curve of emotion are those of the longer
score; along it the tempo of the new bars changes, beginning where the old one was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from motet.arranger.harmony import fit_progression
from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.errors import BundleError, ConstraintError, ParameterError
from motet.language import Language
from motet.score import ChordSymbol, Score, extend, part_indices
from motet.tasks.adherence import check_adherence
from motet.tasks.avoid_check import player_of
from motet.tasks.avoidance import refuse_clashes
from motet.tasks.compose import open_bundle
from motet.tasks.composition import Composition, Task
from motet.tasks.curve import curve_on
from motet.tasks.given import choose_rows, chord_symbols, find_key, measure_part, thin_out
from motet.tasks.job import Written, write_given
from motet.tasks.neighbour import tell_copies
from motet.tasks.surprise import draw_onward
from motet.tasks.wishes import read_wishes, tame_symbols
from motet.theory.chord import parse_chord
from motet.theory.progression import parse_progression
from motet.theory.roman import roman_to_chord
from motet.theory.scale import Key, parse_key

__all__ = ["OPTIONS", "continue_score", "need_bundle", "tell_written"]

OPTIONS = (
    "style", "key", "chords", "harmony", "temperature", "candidates", "seed", "emotion",
    "emotion_curve", "feel", "articulation", "avoid", "surprise",
)  # fmt: skip
"""Fields of `Brief` that hold for a given score too; of the new bars alone."""

_MEMORY_BARS = 8


def continue_score(
    score: Score,
    *,
    bars: int = 8,
    parts: Iterable[int | str] | None = None,
    bundle: str | Path | Bundle | None = None,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
    density_ratio: float = 1.0,
    **options: Any,
) -> Composition:
    """Return a score with more bars after its last.

    Parameters
    ----------
    score : Score
        With at least one note.
    bars : int, 1 to 400
        How many to add.
    parts : iterable of int or str, or None
        Who goes on; None is every part that plays in the last eight bars. The others are silent.
    bundle : str, Path, Bundle or None
        The model; None is the usual one.
    language : Language
        Of what is said about the result.
    on_bar : callable or None
        Called with (bars done, bars in all).
    cancel : Cancel or None
    originality : bool
        Whether long runs of training music are stopped, and the new notes looked up.
    density_ratio : float, 0.25 to 4
        How many times as many notes as in the last bars begin.
    **options
        Of `OPTIONS`: ``chords`` are those of the new bars; ``emotion``, ``feel``, ``articulation``,
        ``avoid`` and ``surprise`` (of chords that are not given) shape them. A part that ``avoid`` names
        does not go on.

    Returns
    -------
    Composition

    Raises
    ------
    ParameterError
        The score has no note, or an option is unknown or not allowed.
    BundleError
        There is no model.
    ConstraintError
        What is asked for cannot be met; nothing was written.

    Examples
    --------
    >>> from motet.score import make_score
    >>> continue_score(make_score("C4:4"), bars=0)
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: bars must be a whole number 1 to 400, got 0; try 8
    """
    if isinstance(bars, bool) or not isinstance(bars, int) or not 1 <= bars <= 400:
        raise ParameterError(
            f"bars must be a whole number 1 to 400, got {bars!r}; try 8",
            zh=f"小节数 bars 必须是 1 到 400 的整数,收到 {bars!r};可试 8",
        )
    if not score.n_notes:
        raise ParameterError(
            "the score has no note to go on from; use compose to begin a piece",
            zh="乐谱中没有可供续写的音符;从头写请用 compose",
        )
    brief = read_wishes(options, OPTIONS, what="continue", what_zh="续写")
    n_given = score.n_bars
    memory = range(max(0, n_given - _MEMORY_BARS), n_given)
    playing = [k for k in range(len(score.parts)) if _plays(score, k, memory)]
    wanted = (
        list(part_indices(score, parts)) if parts is not None else _liked(score, playing, brief)
    )
    rows = choose_rows(score, wanted)
    key = parse_key(brief.key) if brief.key else find_key(score)
    longer = curve_on(extend(score, n_bars=n_given + bars), n_given, brief)
    old = chord_symbols(score, key=key)
    fresh = _new_chords(longer, n_given, old, brief, key)
    refuse_clashes(brief, key, replace(longer, chords=tuple(fresh)))
    symbols = (*[one for one in old if one.tick < score.bars[-1].end_tick], *fresh)
    plans = {k: thin_out(measure_part(score, k, memory), density_ratio) for k in rows}
    cells = {(bar, k) for k in wanted for bar in range(n_given, n_given + bars)}
    model = need_bundle(bundle)
    written = write_given(
        longer, cells, plans, rows=rows, brief=brief, key=key, chords=symbols, bundle=model,
        ends=True, in_one_go=False, on_bar=on_bar, cancel=cancel, originality=originality,
    )  # fmt: skip
    done = written.score
    if score.chords:
        done = replace(done, chords=symbols)
    asked = brief.with_(key=key.name())
    return tell_written(
        "continue", replace(written, score=done), score, cells, asked, model, language
    )


def _liked(score: Score, playing: list[int], brief: Brief) -> list[int]:
    """Return the parts that go on without those that are to be avoided."""
    found = [
        k for k in playing
        if not ({"drums"} if score.parts[k].is_drums else {score.parts[k].role, player_of(score.parts[k])})
        & set(brief.avoid)
    ]  # fmt: skip
    if playing and not found:
        raise ConstraintError(
            "avoid names every part that plays, so that nobody goes on; drop some, or name parts",
            zh="avoid 涵盖了所有演奏的声部,无人续写;请去掉一些,或指明声部",
        )
    return found


def _plays(score: Score, k: int, bars: range) -> bool:
    """Whether a part begins a note in some bars."""
    start, end = score.bars[bars[0]].start_tick, score.bars[bars[-1]].end_tick
    return any(start <= note.onset_tick < end for note in score.parts[k].notes)


def need_bundle(bundle: str | Path | Bundle | None) -> Bundle:
    """Return the bundle that a caller means; an error where there is none.

    Parameters
    ----------
    bundle : str, Path, Bundle or None

    Returns
    -------
    Bundle

    Raises
    ------
    BundleError
        None is named, and the usual one is not installed.

    Examples
    --------
    >>> need_bundle("nobody")
    Traceback (most recent call last):
    motet.errors.BundleError: there is no bundle 'nobody'; ...
    """
    found = open_bundle(bundle)
    if found is None:
        raise BundleError(
            "no model is installed, and this needs one; give the folder of a bundle",
            zh="没有安装模型,而此操作需要模型;请给出模型包的文件夹",
        )
    return found


def tell_written(
    task: Task,
    written: Written,
    original: Score,
    cells: set[tuple[int, int]],
    brief: Brief,
    model: Bundle,
    language: Language,
) -> Composition:
    """Return what was written as a composition, measured against what it was made from.

    Parameters
    ----------
    task : "continue" or "infill"
    written : Written
    original : Score
    cells : set of (bar, part)
        What was open.
    brief : Brief
    model : Bundle
    language : Language

    Returns
    -------
    Composition

    Examples
    --------
    >>> tell_written.__name__
    'tell_written'
    """
    open_parts = {k for _, k in cells}
    writers = tuple(
        "model" if k in open_parts else "given" for k in range(len(written.score.parts))
    )
    adherence = check_adherence(
        written.judged, brief, writers=writers, original=original, open_cells=cells
    )
    return Composition(
        task=task,
        score=written.score,
        brief=brief,
        adherence=adherence,
        writers=writers,
        bundle=model.name,
        bundle_digest=model.digest,
        stretches=written.draft.stretches,
        n_tokens=written.draft.n_tokens,
        seconds=written.draft.seconds,
        originality=written.neighbour,
        remarks=tell_copies(written.neighbour),
        language=language,
        given=original,
    )


def _new_chords(
    longer: Score, n_given: int, old: tuple[ChordSymbol, ...], brief: Brief, key: Key
) -> list[ChordSymbol]:
    """Return the chords of the new bars: those asked for, or those of the last bars again."""
    bars = longer.bars[n_given:]
    if brief.chords:
        progression = parse_progression(brief.chords, beats_qn=bars[0].metre.beats_qn, key=key)
        laid = [
            tuple((float(s.start_qn), float(s.duration_qn), s.chord) for s in bar)
            for bar in progression.bars
        ]
        found = [
            ChordSymbol(
                tick=bar.start_tick + round(start_qn * longer.resolution), symbol=chord.symbol
            )
            for bar, chords in zip(bars, fit_progression(laid, len(bars)), strict=True)
            for start_qn, _, chord in chords
        ]
        return _changes(found)
    if brief.surprise is not None:
        drawn = draw_onward(old[-1].symbol if old else "", key, len(bars), brief)
        return _changes([ChordSymbol(tick=bar.start_tick, symbol=chord.symbol)
                         for bar, chord in zip(bars, drawn, strict=True)])  # fmt: skip
    if not old:
        return []
    memory = longer.bars[max(0, n_given - _MEMORY_BARS) : n_given]
    found = []
    for k, bar in enumerate(bars[:-1]):
        model = memory[k % len(memory)]
        held = [one for one in old if one.tick <= model.start_tick]
        inside = [one for one in old if model.start_tick < one.tick < model.end_tick]
        if held:
            found.append(ChordSymbol(tick=bar.start_tick, symbol=held[-1].symbol))
        found += [
            ChordSymbol(tick=bar.start_tick + one.tick - model.start_tick, symbol=one.symbol)
            for one in inside
            if one.tick - model.start_tick < bar.duration_tick
        ]
    found.append(ChordSymbol(tick=bars[-1].start_tick, symbol=_home(old, key)))
    return _changes(tame_symbols(found, key, brief))


def _home(old: tuple[ChordSymbol, ...], key: Key) -> str:
    """Return the last chord on the tonic that the score has, else the key's triad."""
    for one in reversed(old):
        try:
            chord = parse_chord(one.symbol)
        except ParameterError:
            continue
        if chord.root and chord.root_pc == key.tonic_pc and not chord.bass:
            return one.symbol
    return roman_to_chord("i" if key.is_minor else "I", key).symbol


def _changes(chords: list[ChordSymbol]) -> list[ChordSymbol]:
    """Return chords without those that only repeat the one before."""
    return [one for k, one in enumerate(chords) if k == 0 or chords[k - 1].symbol != one.symbol]

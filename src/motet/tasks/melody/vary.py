"""Variations: the same tune, recognisably, ornamented, simplified, rephrased, bent or in the other mode.

Conventions: `strength` from 0 (nothing) to 1 says how far. Parts and bars that are not named stay as they
are. What was kept is measured on the notes and told. Bars are numbered as people do.

Offers `KINDS`, `KEEPS`, `variations`, `vary`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from motet.analysis import estimate_melody
from motet.arranger.tune import judge_tune
from motet.brief import Brief
from motet.brief.text import check_keys
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.errors import ConstraintError, ParameterError
from motet.language import Language
from motet.score import Note, Part, Score, part_indices
from motet.tasks.compose import open_bundle
from motet.tasks.composition import Composition
from motet.tasks.given import chord_symbols, find_key
from motet.tasks.harmony import HeldHarmony
from motet.tasks.infill import select_cells
from motet.tasks.melody.bend import bend_line, rewrite_bars
from motet.tasks.melody.change import Ground, ornament_line, rephrase_line, simplify_line
from motet.tasks.melody.likeness import Likeness, measure_likeness, top_line
from motet.tasks.melody.mode import change_mode
from motet.tasks.melody.varied import VARIED, Varied, tell_varied
from motet.theory.pitch import spell_line
from motet.theory.scale import Key, parse_key

__all__ = ["KEEPS", "KINDS", "variations", "vary"]

KINDS = ("ornament", "simplify", "rhythm", "contour", "rewrite", "mode")
"""Ornaments added; notes left out; another rhythm; other notes between the main ones; some bars new;
minore or maggiore."""
KEEPS = ("harmony", "form", "rhythm", "contour")
"""What may be asked to stay: chords and other parts; bars and sections; onsets; the way the tune moves."""
_BREAKS = {
    "ornament": {"rhythm"}, "simplify": {"rhythm"}, "rhythm": {"rhythm"}, "contour": {"contour"},
    "rewrite": {"contour", "rhythm"}, "mode": {"harmony"},
}  # fmt: skip
_OPTIONS = ("style", "key", "temperature", "candidates", "seed")
_SEED_STEP = 7919


def vary(
    score: Score,
    *,
    parts: Iterable[int | str] | None = None,
    bars: str | int | Iterable[int] | None = None,
    strength: float = 0.5,
    keep: str | Iterable[str] = ("harmony", "form"),
    kind: str = "",
    amount: float | None = None,
    bundle: str | Path | Bundle | None = None,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
    **options: Any,
) -> Composition:
    """Return a variation of a score: the best of several, see `variations`.

    Parameters
    ----------
    score : Score
        With at least one pitched note.
    parts : iterable of int or str, or None
        Who varies; None is the melody.
    bars : str, int, iterable of int or None
        Which bars; None is all.
    strength : float, 0 to 1
        How far from the tune.
    keep : str or iterable of str
        Members of `KEEPS`.
    kind : str
        A member of `KINDS`; empty takes those that `keep` allows, the best wins.
    amount : float or None, 0 to 1
        Draws around the phrase in the space of a phrase autoencoder instead, so far from it; then
        `strength` and `keep` do not count (`motet.tasks.phrase.drift`).
    bundle : str, Path, Bundle or None
        The model; None is the usual one.
    language : Language
    on_bar : callable or None
    cancel : Cancel or None
    originality : bool
    **options
        ``style``, ``key``, ``temperature``, ``candidates``, ``seed``.

    Returns
    -------
    Composition
        Its adherence says how many notes, onsets and moves were kept.

    Raises
    ------
    ParameterError
        There is no pitched note, no such part or bar, or a value is not allowed.
    ConstraintError
        What is to be kept leaves nothing to vary.

    Examples
    --------
    >>> from motet.score import make_score
    >>> tune = make_score("C4:1 E4:1 G4:2 | F4:1 D4:1 C4:2", fifths=0)
    >>> piece = vary(tune, kind="ornament", strength=1.0)
    >>> piece.score.n_notes > tune.n_notes, piece.score.n_bars
    (True, 2)
    """
    found = variations(
        score, n=1, parts=parts, bars=bars, strength=strength, keep=keep, kind=kind, amount=amount,
        bundle=bundle, language=language, on_bar=on_bar, cancel=cancel, originality=originality, **options,
    )  # fmt: skip
    return found[0]


def variations(
    score: Score,
    *,
    n: int = 4,
    parts: Iterable[int | str] | None = None,
    bars: str | int | Iterable[int] | None = None,
    strength: float = 0.5,
    keep: str | Iterable[str] = ("harmony", "form"),
    kind: str = "",
    amount: float | None = None,
    bundle: str | Path | Bundle | None = None,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
    **options: Any,
) -> tuple[Composition, ...]:
    """Return several variations of a score, best first.

    Parameters
    ----------
    score : Score
    n : int, 1 to 16
        How many.
    parts, bars, strength, keep, kind, amount, bundle, language, on_bar, cancel, originality, **options
        As for `vary`.

    Returns
    -------
    tuple of Composition
        Of different kinds first; ranked by how singable they are and how near to what `strength` asks.

    Raises
    ------
    ParameterError
        As for `vary`.
    ConstraintError
        As for `vary`.

    Examples
    --------
    >>> from motet.score import make_score
    >>> tune = make_score("C4:1 E4:1 G4:2 | F4:1 D4:1 C4:2", fifths=0)
    >>> [one.task for one in variations(tune, n=2, keep="contour")]
    ['vary', 'vary']
    """
    check_keys(options, _OPTIONS, what="vary", what_zh="变奏")
    if amount is not None:
        return _around(score, n, parts, bars, kind, amount, bundle, language, options)
    kinds, kept = _check(n, strength, keep, kind)
    brief = Brief(**options)
    cells = _cells(score, parts, bars)
    key = parse_key(brief.key) if brief.key else find_key(score, tick=0)
    chords = chord_symbols(score, key=key)
    seen = replace(score, chords=chords)
    model = open_bundle(bundle)
    n_tries = max(n, len(kinds)) if not kind else max(n, min(brief.candidates, 4))
    found: list[Varied] = []
    for k in range(n_tries):
        which = kinds[k % len(kinds)]
        seed = brief.seed + (k // len(kinds)) * _SEED_STEP
        one = _vary_once(
            seen, score, cells, which, strength, key, brief.with_(seed=seed), model,
            {"on_bar": on_bar, "cancel": cancel, "originality": originality},
        )  # fmt: skip
        if one is not None and all(one.score != other.score for other in found):
            found.append(one)
    if not found:
        raise ConstraintError(
            "no note of the selection can be varied in this way; choose another kind, more "
            "strength or more bars",
            zh="所选部分无法这样变奏;请换一种变奏、加大强度或多选几小节",
        )
    found.sort(key=lambda one: -one.value)
    asked = brief.with_(key=key.name())
    return tuple(
        tell_varied(score, one, cells, asked, model, strength, kept, language) for one in found[:n]
    )


def _around(
    score: Score,
    n: int,
    parts: Iterable[int | str] | None,
    bars: str | int | Iterable[int] | None,
    kind: str,
    amount: float,
    bundle: str | Path | Bundle | None,
    language: Language,
    options: dict[str, Any],
) -> tuple[Composition, ...]:
    """Return variations drawn around the phrases."""
    from motet.tasks.phrase import drift

    clash = ["kind"] * bool(kind) + [name for name in options if name != "seed"]
    if clash:
        raise ParameterError(
            f"amount draws around the phrase and takes no {' or '.join(clash)}; leave one of them out",
            zh=f"amount 在乐句周围取样,不能与 {'、'.join(clash)} 同用;请去掉其一",
        )
    return drift(
        score, amount=amount, n=n, parts=parts, bars=bars, bundle=bundle,
        seed=int(options.get("seed", 0)), language=language,
    )  # fmt: skip


def _check(
    n: int, strength: float, keep: str | Iterable[str], kind: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the kinds that may be used, and what is kept; raise where a value is not allowed."""
    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= 16:
        raise ParameterError(
            f"n must be a whole number 1 to 16, got {n!r}; try 4",
            zh=f"变奏个数须为 1 到 16 的整数,收到 {n!r};可试 4",
        )
    if not isinstance(strength, int | float) or not 0 < strength <= 1:
        raise ParameterError(
            f"strength must be above 0, up to 1, got {strength!r}; 0.5 is usual",
            zh=f"强度 strength 须大于 0 且不超过 1,收到 {strength!r};通常为 0.5",
        )
    words = keep.replace(",", " ").split() if isinstance(keep, str) else list(keep)
    for word in words:
        if word not in KEEPS:
            raise ParameterError(
                f"keep may name {', '.join(KEEPS)}, got {word!r}",
                zh=f"keep 可为 {'、'.join(KEEPS)},收到 {word!r}",
            )
    if kind and kind not in KINDS:
        raise ParameterError(
            f"kind must be one of {', '.join(KINDS)}, got {kind!r}",
            zh=f"变奏方式须为 {'、'.join(KINDS)} 之一,收到 {kind!r}",
        )
    asked = set(words)
    if kind == "mode":
        asked.discard("harmony")
    clash = _BREAKS[kind] & asked if kind else set()
    if clash:
        raise ConstraintError(
            f"kind {kind!r} changes the {' and '.join(sorted(clash))}, which is to be kept; choose "
            "another kind or keep less",
            zh=f"{VARIED[kind][1]}会改变要保留的 {'、'.join(sorted(clash))};请换一种变奏或少保留一些",
        )
    kinds = (kind,) if kind else tuple(k for k in KINDS[:5] if not _BREAKS[k] & asked)
    if not kinds:
        raise ConstraintError(
            "with rhythm and contour kept there is nothing to vary; keep less",
            zh="节奏与旋律线都保留,便无可变奏;请少保留一些",
        )
    return kinds, tuple(word for word in words if word in asked)


def _cells(
    score: Score, parts: Iterable[int | str] | None, bars: str | int | Iterable[int] | None
) -> set[tuple[int, int]]:
    """Return the cells that may vary."""
    if parts is None:
        melody = estimate_melody(score)
        pitched = [k for k, one in enumerate(score.parts) if one.notes and not one.is_drums]
        if not pitched:
            raise ParameterError(
                "the score has no pitched note to vary", zh="乐谱中没有可变奏的有音高的音符"
            )
        wanted: list[int | str] = [melody.part if melody is not None else pitched[0]]
    else:
        wanted = list(parts)
        for k in part_indices(score, wanted):
            if score.parts[k].is_drums:
                raise ParameterError(
                    "a drum part has no tune to vary; name a pitched part",
                    zh="鼓声部没有可变奏的旋律;请指明有音高的声部",
                )
    columns = bars if bars is not None else [bar.number for bar in score.bars]
    return select_cells(score, bars=columns, parts=wanted)


def _vary_once(
    seen: Score,
    score: Score,
    cells: set[tuple[int, int]],
    kind: str,
    strength: float,
    key: Key,
    brief: Brief,
    model: Bundle | None,
    job: dict[str, Any],
) -> Varied | None:
    """Return one variation; None where this kind changes nothing or needs a model that is not there."""
    home, story = key, dict[str, Any]()
    rows = sorted({k for _, k in cells})
    if kind == "mode":
        changed, home = change_mode(seen, key)
        parts = list(changed.parts)
        after = replace(score, parts=tuple(parts), keys=changed.keys)
        after = replace(after, chords=changed.chords) if score.chords else after
    elif kind == "rewrite":
        if model is None:
            return None
        after, story = rewrite_bars(seen, cells, strength, key, brief, model, job)
        after = replace(after, chords=score.chords)
    else:
        after = score
        for k in rows:
            bars = {bar for bar, part in cells if part == k}
            line = [n for n in top_line(score.parts[k]) if score.bar_at(n.onset_tick) in bars]
            if not line:
                continue
            ground = Ground(seen, key, brief.seed)
            if kind == "contour":
                fresh = bend_line(seen, k, line, strength, key, brief, model, job)
            else:
                fresh = _CHANGES[kind](ground, line, strength=strength)
            after = _with_line(after, k, line, fresh, key)
    if after == score:
        return None
    pairs = [(top_line(score.parts[k]), top_line(after.parts[k])) for k in rows]
    old = [note for line, _ in pairs for note in line] if len(pairs) > 1 else list(pairs[0][0])
    new = [note for _, line in pairs for note in line] if len(pairs) > 1 else list(pairs[0][1])
    likeness = measure_likeness(score, old, new)
    return Varied(
        kind=kind, score=after, key=home, likeness=likeness, story=story,
        value=_value(after, rows, likeness, strength),
    )  # fmt: skip


_CHANGES = {"ornament": ornament_line, "simplify": simplify_line, "rhythm": rephrase_line}


def _with_line(score: Score, k: int, old: list[Note], new: Iterable[Note], key: Key) -> Score:
    """Return a score with some notes of a part replaced, the new ones named."""
    part: Part = score.parts[k]
    held = HeldHarmony(score)
    gone = {id(note) for note in old}
    fresh = sorted(new, key=lambda note: note.onset_tick)
    names = spell_line(
        [note.pitch for note in fresh], fifths=key.fifths,
        chord_tones=[held.at(note.onset_tick).tones() for note in fresh],
    )  # fmt: skip
    named = tuple(
        note if note.spelling else replace(note, spelling=name)
        for note, name in zip(fresh, names, strict=True)
    )
    kept = tuple(note for note in part.notes if id(note) not in gone)
    parts = list(score.parts)
    parts[k] = replace(part, notes=kept + named)
    return replace(score, parts=tuple(parts))


def _value(score: Score, rows: list[int], likeness: Likeness, strength: float) -> float:
    """Return how good a variation is: singable, and as far from the tune as was asked."""
    total = 0.0
    for k in rows:
        pitches = [note.pitch for note in top_line(score.parts[k])]
        if pitches:
            total += judge_tune(pitches, low=min(pitches) - 2, high=max(pitches) + 2)
    far = 1.0 - likeness.kept
    return total / max(1, len(rows)) - 4.0 * abs(far - 0.55 * strength)

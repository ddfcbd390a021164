"""A melody over chords or over what is there: `write_melody`.

Conventions: given notes stay as they are. Over a text the result is the melody with its chord symbols;
over a score the melody is a new part, above the others.

Offers `write_melody`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from motet.brief import Brief, PartBrief
from motet.brief.text import check_keys
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.errors import ParameterError
from motet.language import Language
from motet.score import Score
from motet.tasks.adherence import check_adherence
from motet.tasks.cast import plan_part
from motet.tasks.check import Adherence
from motet.tasks.compose import compose, open_bundle
from motet.tasks.composition import Composition
from motet.tasks.given import chord_symbols, find_key
from motet.tasks.kin import kin_style
from motet.tasks.melody.ladder import plain_rhythm
from motet.tasks.melody.line import block_sections, write_line
from motet.tasks.neighbour import tell_copies
from motet.tasks.part_check import check_part
from motet.theory.progression import parse_progression
from motet.theory.scale import parse_key

__all__ = ["OPTIONS", "write_melody"]

OPTIONS = (
    "style", "key", "metre", "qpm", "form", "bars", "harmony", "repeats", "temperature",
    "candidates", "seed", "emotion", "title",
)  # fmt: skip
"""Fields of `Brief` that a melody over chords may name."""
_OF_A_SCORE = ("style", "key", "harmony", "repeats", "temperature", "candidates", "seed")
_LEAST_BARS = 8


def write_melody(
    source: str | Score,
    *,
    instrument: str = "",
    lowest: str | int | None = None,
    highest: str | int | None = None,
    density: str | float | tuple[float, float] | None = None,
    rhythm: str = "",
    bundle: str | Path | Bundle | None = None,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
    **options: Any,
) -> Composition:
    """Return a melody over a chord progression, or over the parts of a score.

    Parameters
    ----------
    source : str or Score
        ``"Dm7 G7 | Cmaj7"``; or a score, to which the melody is added as a part on top.
    instrument : str
        Empty takes the one that sings in the style.
    lowest, highest : str, int or None
        ``"C4"`` or a MIDI number.
    density : str, number, (float, float) or None, onsets a quarter note
        See `motet.brief.text.read_density`.
    rhythm : str
        A fixed rhythm, see `motet.brief.text.read_rhythm`; pitches stay free.
    bundle : str, Path, Bundle or None
        The model; None is the usual one.
    language : Language
        Of title and part names.
    on_bar : callable or None
        Called with (bars done, bars in all).
    cancel : Cancel or None
    originality : bool
        Whether long runs of training music are stopped, and the new notes looked up.
    **options
        Of `OPTIONS`; over a score its own key, metre, tempo and bars hold.

    Returns
    -------
    Composition

    Raises
    ------
    ParameterError
        The progression cannot be read, the score is empty, or an option is unknown or not allowed.
    ConstraintError
        What is asked for contradicts itself; nothing was written.

    Examples
    --------
    >>> piece = write_melody("C | F G | C", bars=4, instrument="flute", candidates=1)
    >>> piece.score.n_bars, [part.role for part in piece.parts]
    (4, ['melody'])
    """
    style = str(options.get("style") or "")
    own = Brief(style=style).style
    given: dict[str, Any] = {"low": lowest, "high": highest, "density": density}
    wish = PartBrief(
        instrument=instrument or kin_style(own).melody.instrument, role="melody",
        **given, rhythm=rhythm,
    )  # fmt: skip
    known = OPTIONS if isinstance(source, str) else _OF_A_SCORE
    check_keys(options, known, what="write_melody", what_zh="写旋律")
    if isinstance(source, str):
        return _over_chords(
            source, wish, options, bundle=bundle, language=language, on_bar=on_bar, cancel=cancel,
            originality=originality,
        )  # fmt: skip
    return _over_score(
        source, wish, options, bundle=bundle, language=language, on_bar=on_bar, cancel=cancel,
        originality=originality,
    )  # fmt: skip


def _over_chords(text: str, wish: PartBrief, options: dict[str, Any], **job: Any) -> Composition:
    """Return a melody over a progression, its bars as asked or as the progression has them."""
    if not text.strip():
        raise ParameterError(
            'the progression is empty; write chords such as "Dm7 G7 | Cmaj7"',
            zh='和弦进行是空的;请写和弦,如 "Dm7 G7 | Cmaj7"',
        )
    brief = Brief(**{**options, "chords": text, "parts": (wish,)})
    remarks: tuple[tuple[str, str], ...] = ()
    if brief.bars is None and not brief.form:
        key = parse_key(brief.key) if brief.key else None
        n_given = len(parse_progression(text, key=key).bars)
        n_bars = n_given * max(1, -(-_LEAST_BARS // n_given)) if n_given < _LEAST_BARS else n_given
        brief = brief.with_(bars=n_bars)
        if n_bars != n_given:
            remarks = (
                (
                    f"The {n_given} bars of chords go round {n_bars // n_given} times; "
                    f"for once only, ask for {n_given} bars.",
                    f"{n_given} 小节和弦循环 {n_bars // n_given} 遍;只要一遍请指定 {n_given} 小节。",
                ),
            )
    piece = compose(brief, **job)
    return replace(piece, task="melody", remarks=(*remarks, *piece.remarks))


def _over_score(
    score: Score,
    wish: PartBrief,
    options: dict[str, Any],
    *,
    bundle: str | Path | Bundle | None,
    language: Language,
    on_bar: Callable[[int, int], None] | None,
    cancel: Cancel | None,
    originality: bool,
) -> Composition:
    """Return a score with a melody as a new part, whatever it has untouched."""
    if not score.n_notes and not score.chords:
        raise ParameterError(
            "the score has no note and no chord to write a melody over; give chords as text",
            zh="乐谱中没有音符也没有和弦,无从写旋律;请以文字给出和弦",
        )
    brief = Brief(**{"harmony": "strict", **options, "parts": (wish,)})
    key = parse_key(brief.key) if brief.key else find_key(score, tick=0)
    plan = plan_part(wish, role="melody")
    first = 1 if score.n_bars > 1 and score.bars[0].number == 0 else 0
    name = _free_name(score, plan.name_zh if language == "zh" else plan.name)
    longer = replace(
        score,
        parts=(*score.parts, replace(plan.as_part(), name=name)),
        length_tick=score.bars[-1].end_tick,
    )
    k = len(score.parts)
    chords = chord_symbols(score, key=key)
    model = open_bundle(bundle)
    bars = list(range(first, score.n_bars))
    judged = replace(longer, chords=chords)
    sections = block_sections(judged, start_bar=first)
    rhythms = None if model is not None else {bar: plain_rhythm(judged, bar) for bar in bars}
    line = write_line(
        longer, k, plan, sections=sections, key=key, chords=chords, brief=brief, bundle=model,
        rhythms=rhythms, bars=bars, on_bar=on_bar, cancel=cancel, originality=originality,
    )  # fmt: skip
    writers = (*("given" for _ in score.parts), "model" if model is not None else "arranger")
    judged = replace(line.score, chords=chords)
    found = check_adherence(
        judged, Brief(key=key.name(), harmony=brief.harmony), writers=writers, original=score,
        open_cells={(bar, k) for bar in bars},
    )  # fmt: skip
    more = check_part(judged, k, wish, bars, is_whole=True)
    n_own = len(check_part(judged, k, None, bars, is_whole=False))
    kept = found.checks[-1:]
    asked = found.checks[: len(found.checks) - 1 - n_own]
    draft = line.draft
    order = (k, *range(k))
    return Composition(
        task="melody",
        score=replace(line.score, parts=tuple(line.score.parts[one] for one in order)),
        brief=brief.with_(key=key.name()),
        adherence=Adherence(checks=(*asked, *more, *kept)),
        writers=tuple(writers[one] for one in order),
        bundle=model.name if model is not None else "",
        bundle_digest=model.digest if model is not None else "",
        stretches=draft.stretches if draft is not None else (),
        n_tokens=draft.n_tokens if draft is not None else 0,
        seconds=draft.seconds if draft is not None else 0.0,
        originality=line.neighbour,
        remarks=tuple(tell_copies(line.neighbour, n_tries=line.n_tries)),
        language=language,
        given=score,
    )


def _free_name(score: Score, name: str) -> str:
    """Return a name that no part has: numbered where it is taken."""
    taken = {part.name for part in score.parts}
    number = 2
    free = name
    while free in taken:
        free = f"{name} {number}"
        number += 1
    return free

"""Generate: phrases from a bundle of any family, over chords and within bounds, measured afresh.

Conventions: the frame (bars, chords, key, tempo) is planned as in `motet.tasks.compose`; the bundle writes
every part. Of several candidates the best is kept, by the figures of `motet.tasks.rank`.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from motet.brief import Brief, PartBrief, brief_from_dict
from motet.engine.bundle import Bundle, load_bundle
from motet.engine.generate import find_driver
from motet.engine.generate import generate as write_phrases
from motet.engine.phrase_ask import PHRASE_PARTS, PhraseAsk
from motet.engine.write import Cancel
from motet.errors import BusyError, ConstraintError
from motet.language import Language
from motet.tasks.adherence import check_adherence
from motet.tasks.cast import PartPlan, usual_parts
from motet.tasks.composition import Composition
from motet.tasks.notes import put_cells
from motet.tasks.perform import perform
from motet.tasks.plan import TaskPlan, plan_brief
from motet.tasks.rank import rank_candidates
from motet.tokens import GridScore, sort_notes

__all__ = ["GENERATOR", "generate"]

GENERATOR = "rnn-melody"
"""The bundle that writes when none is named."""

_NAMES = {
    "solo": "melody",
    "voice": "melody",
    "counter": "strings",
    "pad": "strings",
    "horns": "strings",
}
_NAMES |= {role: name for name, (role, _) in PHRASE_PARTS.items()}
_BOUNDS = frozenset({"low", "high"})
_OCTAVE = 12
_ENOUGH = 0.5  # of the bars: a part that begins notes in these plays
_NEAR = 0.25  # so much less of it, all parts together, still counts as the same
_LEAST = (
    0.25  # of the bars: a part that nobody asked for and that begins notes in fewer is left out
)
_USUAL = {"melody": "violin:melody", "chords": "piano:comping", "bass": "acoustic_bass:bass",
          "strings": "strings:strings", "drums": "drums"}  # fmt: skip


def generate(
    bundle: str | Path | Bundle = GENERATOR,
    *,
    bars: int = 8,
    chords: str | Sequence[str] = "",
    key: str = "",
    metre: str = "",
    qpm: float | None = None,
    style: str = "",
    parts: str | Sequence[str] = (),
    low: int | str | None = None,
    high: int | str | None = None,
    polyphony: int | None = None,
    harmony: str = "strict",
    temperature: float = 1.0,
    n: int = 4,
    seed: int = 0,
    title: str = "",
    language: Language = "en",
    cancel: Cancel | None = None,
) -> Composition:
    """Return music that a bundle of any family wrote.

    Parameters
    ----------
    bundle : str, Path or Bundle
        A name of `motet.engine.list_bundles`, or a folder: a recurrent network, a variational
        autoencoder, a generative adversarial network or a Transformer.
    bars : int, 1 to 400
    chords : str or sequence of str
        ``"Dm7 G7 | Cmaj7"``; else a progression of the style.
    key, metre, style : str
        ``"F"``, ``"3/4"``, ``"bossa"``; what is left open is chosen.
    qpm : float or None, quarter notes a minute
    parts : str or sequence of str
        ``"flute:melody,cello:bass"``; else those that the bundle writes, on the style's instruments, and
        of these the ones that play.
    low, high : int, str or None
        Sounding range of a part, as MIDI number or name (``"C4"``); for a bundle of several parts, of all
        but drums.
    polyphony : int or None
        How many notes of a part may sound at once.
    harmony : str
        ``"strict"`` (chord tones on strong beats), ``"scale"`` (only tones of key and chords, the last bar
        on its chord) or ``"free"``.
    temperature : float, 0.05 to 2
    n : int, 1 to 64
        How many candidates are written; the best is returned.
    seed : int, >= 0
        With bundle and build it decides the notes.
    title : str
    language : Language
    cancel : Cancel or None
        Set from another thread to stop.

    Returns
    -------
    Composition
        With a report of what was asked for, measured on its notes.

    Raises
    ------
    ParameterError
        An option is not allowed.
    ConstraintError
        What is asked for contradicts itself or the bundle; nothing was written.
    BundleError
        There is no such bundle, or it does not fit.

    Examples
    --------
    >>> piece = generate("small", bars=4, chords="Dm7 G7 C C", parts="flute:melody", seed=3)
    >>> piece.score.n_bars, piece.adherence.is_met
    (4, True)
    """
    model = bundle if isinstance(bundle, Bundle) else load_bundle(bundle)
    driver = find_driver(model)
    names = tuple(driver.parts(model)) if hasattr(driver, "parts") else tuple(PHRASE_PARTS)
    if not parts and model.interface == "tokens":
        names = ("melody", "bass")
    asked = {
        "bars": bars, "chords": chords, "key": key, "metre": metre, "qpm": qpm, "style": style,
        "harmony": harmony, "parts": parts or _players(names, style), "ground": "model",
        "seed": seed, "temperature": temperature, "title": title, "candidates": min(16, max(1, n)),
    }  # fmt: skip
    brief = brief_from_dict({name: one for name, one in asked.items() if one not in (None, "")})
    brief = brief.with_(parts=_bounded(brief.parts, low, high, polyphony))
    plan = plan_brief(brief, language=language)
    ask = _ask(plan, harmony=harmony, n=n, polyphony=polyphony)
    began = time.perf_counter()
    found = [
        _reach(replace(one, parts=plan.grid.parts), plan)
        for one in write_phrases(model, ask, cancel=cancel)
    ]
    if len(found) < n:
        raise BusyError(
            "stopped before it was finished; nothing was written to a file",
            zh="未完成即已停止;没有写入任何文件",
        )
    best = _choose(found, plan)
    played = perform(plan, put_cells(plan.score, best, plan.open_cells, key=plan.key))
    heard = [k for k, share in enumerate(_presence(best)) if share >= _LEAST or parts]
    if heard and len(heard) < len(played.parts):  # nobody asked for those that are silent
        played = played.with_parts(*(played.parts[k] for k in heard))
        brief = brief.with_(parts=[brief.parts[k] for k in heard])
    writers = ("model",) * len(played.parts)
    asked_chords = [(one.tick, one.symbol) for one in plan.score.chords]
    return Composition(
        task="generate",
        score=played,
        brief=brief,
        adherence=check_adherence(played, brief, writers=writers, chords=asked_chords),
        writers=writers,
        bundle=model.name,
        bundle_digest=model.digest,
        seconds=time.perf_counter() - began,
        language=language,
    )


def _players(names: Sequence[str], style: str) -> list[str]:
    """Return who plays the parts of a bundle: those of the style where it has such parts."""
    own: dict[str, str] = {}
    for part in usual_parts(Brief(style=style)) if style else ():
        name = _NAMES.get(part.role, "")
        if name in names and not part.found.is_drums:
            own.setdefault(name, f"{part.instrument}:{PHRASE_PARTS[name][0]}")
    return [own.get(name, _USUAL[name]) for name in names]


def _choose(found: Sequence[GridScore], plan: TaskPlan) -> GridScore:
    """Return the best candidate, of those whose parts play most nearly all along."""
    playing = [float(np.minimum(_presence(one), _ENOUGH).sum()) for one in found]
    full = [one for one, n in zip(found, playing, strict=True) if n >= max(playing) - _NEAR]
    order, _ = rank_candidates(full, [0.0] * len(full), plan.open_cells, plan.cast)
    return full[order[0]]


def _presence(grid: GridScore) -> npt.NDArray[np.float64]:
    """Return in which share of the bars each part begins a note."""
    bars = [
        len(np.unique(grid.notes["bar"][grid.notes["part"] == k])) for k in range(len(grid.parts))
    ]
    return np.array(bars) / max(1, grid.n_bars)


def _bounded(
    parts: Sequence[PartBrief],
    low: int | str | None,
    high: int | str | None,
    polyphony: int | None,
) -> list[PartBrief]:
    """Return the parts with the bounds that were asked for."""
    bounded = []
    for part in parts:
        is_drums = part.found.is_drums
        changes: dict[str, int | str] = {} if is_drums or low is None else {"low": low}
        if high is not None and not is_drums:
            changes["high"] = high
        if polyphony is not None:
            changes["polyphony"] = polyphony
        bounded.append(replace(part, **changes))  # type: ignore[arg-type]
    return bounded


def _ask(plan: TaskPlan, *, harmony: str, n: int, polyphony: int | None) -> PhraseAsk:
    """Return what the engine is asked."""
    rows = tuple(_NAMES.get(one.role, "chords") for one in plan.cast)
    if len(set(rows)) < len(rows):
        raise ConstraintError(
            f"the parts {', '.join(rows)} hold one kind twice; a bundle writes each once",
            zh=f"声部 {'、'.join(rows)} 中有重复;模型包每种声部只写一个",
        )
    parts = tuple(
        replace(one, role=PHRASE_PARTS[name][0])
        for one, name in zip(plan.grid.parts, rows, strict=True)
    )
    low, high = _span(plan)
    return PhraseAsk(
        grid=replace(plan.grid, parts=parts),
        parts=rows,
        temperature=plan.brief.temperature,
        n=n,
        seed=plan.brief.seed,
        scale=harmony != "free",
        strong=harmony == "strict",
        low_midi=low,
        high_midi=high,
        max_polyphony=polyphony,
    )


def _span(plan: TaskPlan) -> tuple[int, int]:
    """Return the range that holds for all parts: that of the only one, else what all that were asked span.

    Raises
    ------
    ConstraintError
        One of several parts is to lie within less than an octave.
    """
    pitched = [one for one in plan.cast if not one.is_drums]
    if len(pitched) == 1:
        return pitched[0].low, pitched[0].high
    if not any(one.asked & _BOUNDS for one in pitched):
        return 0, 127
    for one in pitched:
        low, high = _bounds(one)
        if high - low < _OCTAVE - 1:
            raise ConstraintError(
                f"{one.name}: the range {low} to {high} is less than an octave, which is kept for a single "
                "part only; widen it, or write this part alone",
                zh=f"{one.name_zh}:音域 {low} 到 {high} 不足八度,只有单独写一个声部时才能保证;"
                "请放宽音域,或单独写该声部",
            )
    return min(_bounds(one)[0] for one in pitched), max(_bounds(one)[1] for one in pitched)


def _bounds(one: PartPlan) -> tuple[int, int]:
    """Return where a part may lie: what was asked for, else what its instrument plays."""
    return (
        one.low if "low" in one.asked else one.found.low,
        one.high if "high" in one.asked else one.found.high,
    )


def _reach(grid: GridScore, plan: TaskPlan) -> GridScore:
    """Return a grid whose notes lie where their parts may; those that did not move by octaves."""
    notes = grid.notes.copy()
    if sum(not one.is_drums for one in plan.cast) < 2:
        return grid
    for row, one in enumerate(plan.cast):
        if one.is_drums:
            continue
        mine = notes["part"] == row
        low, high = _bounds(one)
        pitch = notes["pitch"][mine].astype(np.int64) - grid.shift_semi
        pitch += _OCTAVE * np.maximum(0, -((pitch - low) // _OCTAVE))
        pitch -= _OCTAVE * np.maximum(0, -((high - pitch) // _OCTAVE))
        notes["pitch"][mine] = pitch + grid.shift_semi
    return replace(grid, notes=sort_notes(notes))

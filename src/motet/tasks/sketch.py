"""Sketches: many short ideas of a whole band at once, from noise, the best first.

Conventions: an idea is four bars (or as many as are asked for) of melody, chords, bass, drums and strings.
Ideas share their chords and style where those are given; else a few frames (style, key, progression,
tempo) are drawn from the seed, and each gets its share. Far more are written than are returned: they are
ranked, and of those that resemble a better one the better one stays.

Offers `sketch`, `Sketches`, `Sketch`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from motet.arranger import find_style
from motet.brief import brief_from_dict
from motet.engine.bundle import Bundle, load_bundle
from motet.engine.noise_driver import write
from motet.engine.phrase_ask import PHRASE_PARTS, PhraseAsk
from motet.engine.write import Cancel
from motet.errors import BusyError, ParameterError
from motet.language import Language, say
from motet.phrases.band import TRACKS
from motet.tasks.adherence import check_adherence
from motet.tasks.composition import Composition
from motet.tasks.notes import put_cells
from motet.tasks.perform import perform
from motet.tasks.plan import TaskPlan, plan_brief
from motet.tasks.sketch_rank import choose_ideas, mark_ideas
from motet.theory.instrument import find_instrument
from motet.tokens.layout import GridScore, sort_notes

__all__ = ["SKETCHER", "Sketch", "Sketches", "sketch"]

SKETCHER: Final = "gan-band"
"""The bundle that sketches when none is named."""

_MOST: Final = 48
_POOL: Final = 4
"""Ideas written for one that is returned."""
_STYLES: Final = (
    "pop", "lofi", "bossa", "rock", "house", "funk", "ballad", "waltz", "soul", "synthwave", "reggae",
    "country", "disco", "samba", "swing", "hiphop",
)  # fmt: skip
_USUAL: Final = {
    "melody": "flute", "chords": "piano", "bass": "acoustic_bass", "strings": "strings",
    "drums": "drums",
}  # fmt: skip
_ROLES: Final = {
    "chords": ("comping",), "bass": ("bass",), "strings": ("strings", "pad", "horns", "counter"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """One idea.

    Parameters
    ----------
    piece : Composition
    mark : float
        Of the ranking; higher is better, and only ideas of one call compare.
    style, chords : str
        What it stands on.
    """

    piece: Composition
    mark: float
    style: str
    chords: str


@dataclass(frozen=True, kw_only=True)
class Sketches:
    """Ideas, the best first.

    Parameters
    ----------
    ideas : tuple of Sketch
    n_written : int
        How many they were chosen from.
    seed : int
    seconds : float
    language : Language

    Examples
    --------
    >>> import motet
    >>> found = motet.sketch(2, chords="C Am F G", seed=3)
    >>> len(found), found[0].piece.score.n_bars
    (2, 4)
    """

    ideas: tuple[Sketch, ...]
    n_written: int
    seed: int
    seconds: float
    language: Language = "en"

    def __len__(self) -> int:
        return len(self.ideas)

    def __getitem__(self, index: int) -> Sketch:
        """Return an idea, 0 being the best."""
        return self.ideas[index]

    def __iter__(self) -> Iterator[Sketch]:
        return iter(self.ideas)

    def facts(self) -> dict[str, Any]:
        """Return what was sketched as plain values for JSON."""
        return {
            "n": len(self.ideas),
            "n_written": self.n_written,
            "seed": self.seed,
            "seconds": round(self.seconds, 2),
            "ideas": [
                {
                    "mark": round(one.mark, 3), "style": one.style, "chords": one.chords,
                    "n_notes": sum(len(part.notes) for part in one.piece.score.parts),
                    **{key: one.piece.facts()[key] for key in ("metre", "qpm", "seed", "bundle")},
                }
                for one in self.ideas
            ],
        }  # fmt: skip

    def summary(self, language: Language | None = None) -> str:
        """Return the ideas, a line each."""
        spoken = language or self.language
        lines = [
            say(
                f"{len(self.ideas)} ideas of {self.n_written}, seed {self.seed}, {self.seconds:.1f} s",
                f"从 {self.n_written} 个想法中选出 {len(self.ideas)} 个,种子 {self.seed},"
                f"用时 {self.seconds:.1f} 秒",
                language=spoken,
            )
        ]
        for place, one in enumerate(self.ideas, start=1):
            facts = one.piece.facts()
            lines.append(
                f"{place:3}  {one.mark:+6.2f}  {one.style:12} {facts['metre']:4} "
                f"{facts['qpm']:5.0f}  {one.chords}"
            )
        return "\n".join(lines)


def sketch(
    n: int = 16,
    *,
    chords: str | Sequence[str] = "",
    style: str = "",
    key: str = "",
    metre: str = "",
    qpm: float | None = None,
    bars: int = 4,
    parts: Sequence[str] = TRACKS,
    temperature: float = 1.0,
    seed: int = 0,
    bundle: str | Bundle = SKETCHER,
    language: Language = "en",
    cancel: Cancel | None = None,
) -> Sketches:
    """Return ranked ideas of a band, each a piece to go on from.

    Parameters
    ----------
    n : int, 1 to 48
    chords : str or sequence of str
        ``"Dm7 G7 | Cmaj7"``; else a progression of each idea's style.
    style, key, metre : str
        ``"bossa"``, ``"F"``, ``"3/4"``; what is left open is drawn.
    qpm : float or None, quarter notes a minute
    bars : int, 1 to 32
    parts : sequence of str
        Of melody, chords, bass, drums, strings.
    temperature : float, 0.05 to 2
        Less is nearer to what is typical.
    seed : int, >= 0
        With bundle and build it decides the notes.
    bundle : str or Bundle
        One of interface "noise".
    language : Language
    cancel : Cancel or None
        Set from another thread to stop.

    Returns
    -------
    Sketches
        Only tones of key and chords in each.

    Raises
    ------
    ParameterError
        An option is not allowed, or the bundle runs otherwise.
    ConstraintError
        What is asked for contradicts itself; nothing was written.

    Examples
    --------
    >>> found = sketch(2, style="bossa", chords="Dm7 G7 Cmaj7 Cmaj7", seed=1)
    >>> [one.style for one in found]
    ['bossa', 'bossa']
    """
    began = time.perf_counter()
    model = bundle if isinstance(bundle, Bundle) else load_bundle(bundle)
    _check(n, bars, parts, model)
    asked = {
        "bars": bars, "chords": chords, "key": key, "metre": metre, "qpm": qpm, "ground": "model",
        "harmony": "scale", "temperature": temperature,
    }  # fmt: skip
    given = {name: one for name, one in asked.items() if one not in (None, "", ())}
    plans = _plan(n, given, style, tuple(parts), seed, language)
    each = -(-_POOL * n // len(plans))
    found: list[tuple[TaskPlan, GridScore]] = []
    for plan in plans:
        ask = _ask(plan, tuple(parts), min(64, each))
        grids = write(model, ask, cancel=cancel)
        if not grids:
            raise BusyError("stopped before it was finished", zh="未完成即已停止")
        found += [(plan, _seat(plan, grid)) for grid in grids]
    marks = mark_ideas(model, [grid for _, grid in found], len(found) // len(plans))
    order = choose_ideas(marks, [grid for _, grid in found], n)
    ideas = [_finish(*found[at], marks[at], model, language) for at in order]
    return Sketches(
        ideas=tuple(ideas),
        n_written=len(found),
        seed=seed,
        seconds=time.perf_counter() - began,
        language=language,
    )


def _check(n: int, bars: int, parts: Sequence[str], model: Bundle) -> None:
    """Raise unless the options can be met."""
    for name, value, most in (("n", n, _MOST), ("bars", bars, 32)):
        if not 1 <= value <= most:
            raise ParameterError(
                f"{name} must be 1 to {most}, got {value}",
                zh=f"{name} 须为 1 到 {most},收到 {value}",
            )
    wrong = [name for name in parts if name not in TRACKS or list(parts).count(name) > 1]
    if wrong or not parts:
        raise ParameterError(
            f"parts must be some of {', '.join(TRACKS)}, each once, got {', '.join(parts) or 'none'}",
            zh=f"parts 须取自 {'、'.join(TRACKS)},各一次,收到 {'、'.join(parts) or '空'}",
        )
    if model.interface != "noise":
        raise ParameterError(
            f"the bundle {model.name!r} runs by {model.interface!r} and cannot sketch; take {SKETCHER}",
            zh=f"模型包 {model.name!r} 的接口为 {model.interface!r},不能用于草拟;请改用 {SKETCHER}",
        )


def _plan(
    n: int,
    given: dict[str, Any],
    style: str,
    parts: tuple[str, ...],
    seed: int,
    language: Language,
) -> list[TaskPlan]:
    """Return the frames that the ideas stand on: one where style and chords are given, else some."""
    is_fixed = bool(style and given.get("chords"))
    n_frames = 1 if is_fixed else min(n, 6)
    rng = np.random.default_rng((seed, 8))
    names = [style] * n_frames
    if not style:
        names = [str(one) for one in rng.permutation(np.array(_STYLES))[:n_frames]]
    plans = []
    for at, name in enumerate(names):
        # the metre of the style, unless one is asked for
        brief = brief_from_dict(
            {**given, "style": name, "parts": _cast(name, parts), "seed": seed * 64 + at}
        )
        plans.append(plan_brief(brief, language=language))
    return plans


def _cast(style: str, parts: tuple[str, ...]) -> list[str]:
    """Return each part with the instrument that the style gives its role."""
    found = find_style(style)
    named = {role: one.name for one in reversed(found.parts) for role in (one.role,)}
    cast = []
    for name in parts:
        role = PHRASE_PARTS[name][0]
        if name == "melody":
            wish = [found.melody.instrument]
        else:
            wish = [named[one] for one in _ROLES.get(name, ()) if one in named]
        cast.append("drums" if name == "drums" else f"{_instrument(wish, name)}:{role}")
    return cast


def _instrument(wish: Sequence[str], name: str) -> str:
    """Return the first instrument that is known, else the usual one."""
    for one in wish:
        try:
            return find_instrument(one).identifier
        except ParameterError:
            continue
    return _USUAL[name]


def _ask(plan: TaskPlan, parts: tuple[str, ...], n: int) -> PhraseAsk:
    """Return what the engine is asked."""
    rows = tuple(
        replace(one, role=PHRASE_PARTS[name][0])
        for one, name in zip(plan.grid.parts, parts, strict=True)
    )
    return PhraseAsk(
        grid=replace(plan.grid, parts=rows),
        parts=parts,
        temperature=plan.brief.temperature,
        n=n,
        seed=plan.brief.seed,
    )


def _seat(plan: TaskPlan, grid: GridScore) -> GridScore:
    """Return the grid with each part moved by octaves into the range of its instrument."""
    notes = grid.notes.copy()
    for row, part in enumerate(plan.cast):
        mine = notes["part"] == row
        if part.is_drums or not mine.any():
            continue
        low, high = part.low + grid.shift_semi, part.high + grid.shift_semi
        pitch = notes["pitch"][mine].astype(np.int64)
        moves = 12 * np.array([0, 1, -1, 2, -2])
        moved = pitch + moves[:, None]
        outside = ((moved < low) | (moved > high)).sum(axis=1)
        best = moved[int(outside.argmin())]
        best = np.where(best < low, low + (best - low) % 12, best)
        notes["pitch"][mine] = np.where(best > high, high - (high - best) % 12, best)
    return replace(grid, notes=sort_notes(notes))


def _finish(
    plan: TaskPlan, grid: GridScore, mark: float, model: Bundle, language: Language
) -> Sketch:
    """Return an idea as a piece that is played."""
    laid = replace(grid, parts=plan.grid.parts)
    played = perform(plan, put_cells(plan.score, laid, plan.open_cells, key=plan.key))
    asked = [(one.tick, one.symbol) for one in plan.score.chords]
    piece = Composition(
        task="sketch",
        score=played,
        brief=plan.brief,
        adherence=check_adherence(played, plan.brief, writers=plan.writers, chords=asked),
        writers=plan.writers,
        bundle=model.name,
        bundle_digest=model.digest,
        language=language,
    )
    symbols = " ".join(one.symbol for one in plan.score.chords)
    return Sketch(piece=piece, mark=float(mark), style=plan.brief.style or "", chords=symbols)

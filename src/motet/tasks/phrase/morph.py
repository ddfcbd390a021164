"""From one phrase to another in steps, each of which is music: a way through the model's space.

Conventions: step 0 is the first score and the last step the second, as the model hears them; the steps
between lie on great circles, as evenly apart as they sound. Bars, metre, key and chords of a step are
those of the nearer end. Where one score has more phrases, phrases of the other stand for several.

Offers `Morph`, `morph`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.engine.latent import LatentModel, Points, blend_points
from motet.errors import ParameterError
from motet.language import Language
from motet.phrases.step_cover import write_cover
from motet.score import Score, concatenate
from motet.tasks.check import Adherence, Check, same
from motet.tasks.composition import Composition
from motet.tasks.phrase.heard import Heard, allow_harmony, choose_space, hear, say_lost
from motet.tasks.phrase.path import PathFigures, blend_notes, measure_path, step_distance
from motet.tasks.phrase.settle import settle
from motet.tokens import grid_to_score, keep_parts

__all__ = ["Morph", "morph"]

Tokens = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Morph:
    """A way from one score to another.

    Parameters
    ----------
    pieces : tuple of Composition
        The steps, both ends with them.
    figures, mixed : PathFigures
        Of the way, and of mixing the notes of both ends by chance instead.
    reached : tuple of float
        How much of each end the model gives back from its own point, 0 to 1.

    Examples
    --------
    >>> Morph.__name__
    'Morph'
    """

    pieces: tuple[Composition, ...]
    figures: PathFigures
    mixed: PathFigures
    reached: tuple[float, float]

    @property
    def scores(self) -> tuple[Score, ...]:
        """The steps as scores."""
        return tuple(one.score for one in self.pieces)

    @property
    def joined(self) -> Score:
        """All steps one after another."""
        title = self.scores[0].title.rpartition(" (")[0]
        return replace(reduce(concatenate, self.scores), title=title)

    def facts(self) -> dict[str, Any]:
        """Return the figures as plain values for JSON."""
        return {
            "steps": len(self.pieces),
            "bundle": self.pieces[0].bundle,
            "reached": list(self.reached),
            "figures": self.figures.to_dict(),
            "mixed": self.mixed.to_dict(),
        }

    def summary(self, language: Language = "en") -> str:
        """Return the way told in a table."""
        zh = language == "zh"
        head = "步  离起点  离终点  离上一步  合调  每拍起音" if zh else (
            "step  from A  from B  from last  in key  onsets/beat"
        )  # fmt: skip
        one = self.figures
        lines = [head]
        for n in range(len(self.pieces)):
            leap = one.leaps[n - 1] if n else 0.0
            fit = "   - " if np.isnan(one.scale_fit[n]) else f"{100 * one.scale_fit[n]:4.0f}%"
            lines.append(
                f"{n:4d}  {100 * one.to_first[n]:5.0f}%  {100 * one.to_last[n]:5.0f}%  "
                f"{100 * leap:8.0f}%  {fit:>6}  {one.density[n]:11.2f}"
            )
        if zh:
            lines.append(
                f"模型能还原起点的 {100 * self.reached[0]:.0f}%、终点的 {100 * self.reached[1]:.0f}%;"
                f"最大一跳 {100 * one.largest_leap:.0f}%,随机混合两端的音则为 "
                f"{100 * self.mixed.largest_leap:.0f}%。"
            )
        else:
            lines.append(
                f"The model gives back {100 * self.reached[0]:.0f} % of A and "
                f"{100 * self.reached[1]:.0f} % of B; largest leap {100 * one.largest_leap:.0f} %, when "
                f"the notes of both are mixed by chance {100 * self.mixed.largest_leap:.0f} %."
            )
        return "\n".join(lines)


def morph(
    first: Score,
    second: Score,
    *,
    steps: int = 7,
    content: str = "",
    bundle: str | Path | Bundle | None = None,
    seed: int = 0,
    language: Language = "en",
) -> Morph:
    """Return the steps from one score to another.

    Parameters
    ----------
    first, second : Score
        Of any length; a score of one melody, of drums, or a band with melody, bass and drums.
    steps : int, 3 to 33
        How many, both ends with them.
    content : str
        ``melody``, ``drums`` or ``trio``; empty takes the most that both have.
    bundle : str, Path, Bundle or None
        A phrase autoencoder; None is the usual one for the content.
    seed : int, >= 0
    language : Language

    Returns
    -------
    Morph

    Raises
    ------
    ParameterError
        A number or name is not allowed.
    ConstraintError
        A score has no such part, or no bar of 4 to 16 sixteenths.
    BundleError
        The bundle is no phrase autoencoder.

    Examples
    --------
    >>> from motet.score import make_score
    >>> rising = make_score("C4:1 D4:1 E4:1 F4:1 | G4:2 G4:2", fifths=0)
    >>> falling = make_score("G5:0.5 F5:0.5 E5:1 D5:2 | C5:4", fifths=0)
    >>> way = morph(rising, falling, steps=5)
    >>> len(way.scores), [note.pitch for note in way.scores[0].parts[0].notes][:4]
    (5, [60, 62, 64, 65])
    """
    if isinstance(steps, bool) or not isinstance(steps, int) or not 3 <= steps <= 33:
        raise ParameterError(
            f"steps must be a whole number 3 to 33, got {steps!r}; 7 is usual",
            zh=f"steps 须为 3 到 33 的整数,收到 {steps!r};通常为 7",
        )
    began = time.perf_counter()
    found, model = choose_space((first, second), bundle, content)
    ends = (hear(first, model), hear(second, model))
    settled = [settle(one, model, seed=seed) for one in ends]
    n = max(len(one.cover) for one in ends)
    places = [np.arange(n) * len(one.cover) // n for one in ends]
    originals = [one.tokens[place] for one, place in zip(ends, places, strict=True)]
    points = [z[place] for (z, _), place in zip(settled, places, strict=True)]
    made, shares = _walk(model, ends, places, points, originals, steps)
    nearer = [0 if share <= 0.5 else 1 for share in shares]
    common = np.minimum(
        *(one.cover.n_steps[place] for one, place in zip(ends, places, strict=True))
    )
    rng = np.random.default_rng(seed)
    mixed = [
        blend_notes(originals[0], originals[1], float(share), rng)
        for share in np.linspace(0, 1, steps)
    ]
    content = model.options.content
    figures = measure_path(made, common, content)
    elapsed = time.perf_counter() - began
    pieces = tuple(
        _tell(ends, places, side, tokens, figures, k, found, model, seed, language, elapsed, share)
        for k, (side, tokens, share) in enumerate(zip(nearer, made, shares, strict=True))
    )
    return Morph(
        pieces=pieces,
        figures=figures,
        mixed=measure_path(mixed, common, content),
        reached=(float(settled[0][1].mean()), float(settled[1][1].mean())),
    )


def _walk(
    model: LatentModel,
    ends: tuple[Heard, Heard],
    places: list[npt.NDArray[np.int64]],
    points: list[Points],
    originals: list[Tokens],
    steps: int,
) -> tuple[list[Tokens], list[float]]:
    """Return the steps, and where on the way each lies: of many the ones that sound evenly apart."""
    shares = np.linspace(0, 1, 4 * (steps - 1) + 1)[1:-1]
    fine = [originals[0]]
    for share in shares:
        side = 0 if share <= 0.5 else 1
        fine.append(_step(model, ends[side], places[side], points, originals, float(share)))
    fine.append(originals[1])
    common = np.minimum(*(one.cover.n_steps[at] for one, at in zip(ends, places, strict=True)))
    content = model.options.content
    from_first = np.array([step_distance(one, fine[0], common, content) for one in fine])
    from_last = np.array([step_distance(one, fine[-1], common, content) for one in fine])
    along = np.maximum.accumulate((from_first - from_last + 1) / 2)
    whole = [0.0, *(float(one) for one in shares), 1.0]
    chosen = [0]
    for k in range(1, steps - 1):
        first, last = chosen[-1] + 1, len(fine) - (steps - k)
        aim = k / (steps - 1)
        places_left = range(first, last + 1)
        chosen.append(min(places_left, key=lambda at: (abs(along[at] - aim), abs(whole[at] - aim))))
    chosen.append(len(fine) - 1)
    return [fine[at] for at in chosen], [whole[at] for at in chosen]


def _step(
    model: LatentModel,
    frame: Heard,
    place: npt.NDArray[np.int64],
    points: list[Points],
    originals: list[Tokens],
    share: float,
) -> Tokens:
    """Return the phrases of one step between the ends."""
    z = blend_points(points[0], points[1], share)
    masks = allow_harmony(frame, model, place.tolist(), originals)
    return model.decode(z, frame.cover.n_steps[place], allowed=masks).tokens


def _tell(
    ends: tuple[Heard, Heard],
    places: list[npt.NDArray[np.int64]],
    side: int,
    tokens: Tokens,
    figures: PathFigures,
    k: int,
    bundle: Bundle,
    model: LatentModel,
    seed: int,
    language: Language,
    elapsed: float,
    share: float,
) -> Composition:
    """Return one step as a composition."""
    frame = ends[side]
    index = np.array([int(np.argmax(places[side] == n)) for n in range(len(frame.cover))])
    grid = write_cover(frame.grid, frame.cast, frame.cover, tokens[index], model.options)
    qpms = [one.grid.qpm or 120.0 for one in ends]
    qpm = qpms[0] ** (1 - share) * qpms[1] ** share
    score = grid_to_score(keep_parts(replace(grid, qpm=qpm), sorted(set(frame.cast))))
    title = " > ".join(one.score.title or letter for one, letter in zip(ends, "AB", strict=True))
    last = len(figures.to_first) - 1
    score = replace(score, title=f"{title} ({k}/{last})")
    checks = (
        _line("from the first", "离起点", figures.to_first[k]),
        _line("from the second", "离终点", figures.to_last[k]),
        _line("onsets in key", "调内起音", figures.scale_fit[k]),
    )
    is_end = k in (0, last)
    writer = "given" if is_end else "model"
    remarks = say_lost(frame) if is_end else ()
    return Composition(
        task="morph", score=score, brief=Brief(seed=seed), adherence=Adherence(checks=checks),
        writers=(writer,) * len(score.parts), bundle=bundle.name, bundle_digest=bundle.digest,
        seconds=elapsed, remarks=remarks, language=language, given=frame.score,
    )  # fmt: skip


def _line(en: str, zh: str, share: float) -> Check:
    text = "-" if np.isnan(share) else f"{100 * share:.0f} %"
    return Check(name=en, what=(en, zh), requested=("", ""), measured=same(text), ok=None)

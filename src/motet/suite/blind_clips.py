"""The music of a listening test: bars of held-out pieces, and the same asked of model, arranger, Markov chain.

Conventions: all versions of a clip have the same style, key, metre, tempo, instruments and number of bars;
every note is equally loud and in time, so that notes alone are judged. One bar more is written than is
heard, so that no version is known by its ending. Drums alone, more than five parts, changes of metre and
clips shorter than 8 s or longer than 30 s are left out.

Offers `Clip`, `pick_clips`, `write_version`, `SOURCES`.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from motet.brief import Brief, PartBrief, usual_role
from motet.corpus.shards import Shards
from motet.engine.bundle import Bundle
from motet.errors import MotetError
from motet.score import Note, Part, Score, Tempo, trim
from motet.suite.chain import Chain
from motet.suite.groups import group_of
from motet.suite.windows import cut_window
from motet.tasks import compose
from motet.tasks.perform import perform
from motet.tasks.plan import plan_brief
from motet.theory.instrument import find_instrument
from motet.theory.scale import key_from_signature
from motet.tokens import GridScore, grid_to_score
from motet.tokens.vocab import STYLES
from motet.units import qpm_to_quarter_us

__all__ = ["SOURCES", "Clip", "Source", "pick_clips", "write_version"]

Source = Literal["human", "model", "arranger", "markov"]
SOURCES: Final[tuple[Source, ...]] = ("human", "model", "arranger", "markov")
"""Who may have written a clip."""
N_BARS: Final = 8
MAX_PARTS: Final = 5
_USUAL_QPM: Final = 96.0
_VELOCITY: Final = 80
_LENGTHS_S: Final = (8.0, 30.0)


@dataclass(frozen=True, kw_only=True)
class Clip:
    """Some bars of a person's piece, and what they ask of every other version.

    Parameters
    ----------
    name : str
        ``source/path`` of the piece.
    style : str
    qpm : float, quarter notes a minute
    grid : GridScore
        One bar more than is heard.
    """

    name: str
    style: str
    qpm: float
    grid: GridScore

    @property
    def source(self) -> str:
        """Name of the corpus's source."""
        return self.name.split("/", 1)[0]


def pick_clips(shards: Shards, *, n: int, rng: np.random.Generator) -> list[Clip]:
    """Return clips of different pieces, group of styles after group in turn.

    Parameters
    ----------
    shards : Shards
        Of pieces that no model was trained on.
    n : int
        Most clips; fewer come where there are no more.
    rng : numpy.random.Generator

    Returns
    -------
    list of Clip

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> score = make_score(" | ".join(["C4:1 D4:1 E4:2"] * 16), qpm=120)
    >>> class Shelf(list):
    ...     n_bars, styles, names = np.array([16]), np.array([STYLES.index("reel")]), ("a/b",)
    >>> found = pick_clips(Shelf([score_to_grid(score).grid]), n=3, rng=np.random.default_rng(0))
    >>> [(one.source, one.qpm, one.grid.n_bars) for one in found]
    [('a', 120.0, 9)]
    """
    queues: dict[str, deque[int]] = defaultdict(deque)
    for index in rng.permutation(len(shards)).tolist():
        style = int(shards.styles[index])
        group = group_of(style)
        if group and shards.n_bars[index] > N_BARS:
            queues[group].append(index)
    found: list[Clip] = []
    while queues and len(found) < n:
        for group in sorted(queues):
            queue = queues[group]
            clip = None
            while queue and clip is None and len(found) < n:
                index = queue.popleft()
                clip = _cut_clip(shards[index], shards.names[index], int(shards.styles[index]), rng)
            if clip is not None:
                found.append(clip)
            if not queue:
                del queues[group]
    return found


def _cut_clip(grid: GridScore, name: str, style: int, rng: np.random.Generator) -> Clip | None:
    """Return a clip of a piece, None where it has no bars that serve."""
    cut = cut_window(grid, n_bars=N_BARS + 1, rng=rng)
    if cut is None or len(cut.parts) > MAX_PARTS or any(part.is_drums for part in cut.parts):
        return None
    qpm = cut.qpm or _USUAL_QPM
    score = grid_to_score(cut)
    bars = score.bars
    whole = round(bars[0].metre.bar_qn * score.resolution)
    metres = {(bar.metre.numerator, bar.metre.denominator) for bar in bars}
    length_s = N_BARS * whole / score.resolution * 60.0 / qpm
    if len(metres) > 1 or any(bar.duration_tick != whole for bar in bars) or not score.keys:
        return None
    if not _LENGTHS_S[0] <= length_s <= _LENGTHS_S[1] or bars[0].metre.denominator > 8:
        return None
    filled = {score.bar_at(note.onset_tick) for part in score.parts for note in part.notes}
    if len(filled) < N_BARS:
        return None
    return Clip(name=name, style=STYLES[style], qpm=float(qpm), grid=cut)


def write_version(
    clip: Clip, source: Source, *, bundle: Bundle, chain: Chain | None, seed: int
) -> Score | None:
    """Return a clip as one of the sources writes it.

    Parameters
    ----------
    clip : Clip
    source : str
        One of `SOURCES`.
    bundle : Bundle
    chain : Chain or None
        Needed for ``"markov"``.
    seed : int

    Returns
    -------
    Score or None
        None where the source refuses what is asked.

    Examples
    --------
    >>> write_version.__name__
    'write_version'
    """
    if source == "human":
        return _level(grid_to_score(clip.grid), clip)
    if source == "markov":
        if chain is None:
            return None
        return _level(grid_to_score(chain.write(clip.grid, np.random.default_rng(seed))), clip)
    try:
        brief = _brief_of(clip, seed=seed)
        if source == "arranger":
            plan = plan_brief(brief, has_model=False)
            return _level(perform(plan, plan.score), clip)
        return _level(compose(brief, bundle=bundle).score, clip)
    except MotetError:
        return None


def _brief_of(clip: Clip, *, seed: int) -> Brief:
    """Return the brief that a clip answers: all but its notes and chords."""
    score = grid_to_score(clip.grid)
    metre, sign = score.bars[0].metre, score.keys[0]
    return Brief(
        style=clip.style,
        key=key_from_signature(sign.fifths, sign.mode or "major").name(),
        metre=f"{metre.numerator}/{metre.denominator}",
        qpm=min(400.0, max(20.0, clip.qpm)),
        bars=N_BARS + 1,
        parts=_parts_of(score),
        ground="model",
        humanise=0.0,
        swing=0.0,
        seed=seed,
    )


def _parts_of(score: Score) -> tuple[PartBrief, ...]:
    """Return the parts of a score as a brief asks for them; chords played alone become tune and chords."""
    players = [find_instrument(part.program).identifier for part in score.parts]
    if len(players) == 1 and _is_full(score.parts[0]):
        return tuple(PartBrief(instrument=players[0], role=role) for role in ("melody", "comping"))
    heights = [
        sum(note.pitch for note in part.notes) / max(1, len(part.notes)) for part in score.parts
    ]
    singers = [k for k, part in enumerate(score.parts) if not _is_full(part)]
    top = max(singers or range(len(players)), key=lambda k: heights[k])
    bottom = min(singers, key=lambda k: heights[k]) if len(singers) > 2 else -1
    found = []
    for k, player in enumerate(players):
        role = "melody" if k == top else "bass" if k == bottom else ""
        role = role or usual_role(find_instrument(player), ("melody", "bass"))
        found.append(PartBrief(instrument=player, role=role))
    return tuple(found)


def _is_full(part: Part) -> bool:
    """Whether a fifth of the onsets or more have several notes."""
    onsets = [note.onset_tick for note in part.notes]
    return len(onsets) > 1.2 * len(set(onsets))


def _level(score: Score, clip: Clip) -> Score:
    """Return the bars that are heard: one part an instrument, all notes equally loud, one tempo."""
    cut = trim(score, end_bar=N_BARS)
    notes: dict[int, list[Note]] = {}
    for part in cut.parts:
        held = notes.setdefault(part.program, [])
        held += [replace(note, velocity=_VELOCITY, articulations=()) for note in part.notes]
    return Score(
        parts=tuple(
            Part(program=program, notes=tuple(dict.fromkeys(found)))
            for program, found in sorted(notes.items())
        ),
        resolution=cut.resolution,
        metres=cut.metres,
        tempos=(Tempo(tick=0, quarter_us=qpm_to_quarter_us(clip.qpm)),),
        length_tick=cut.end_tick,
    )

"""What an arrangement keeps of its source: notes, onsets, pitch classes, the melody; what is out of range.

Conventions: a note is kept where its pitch class starts at its onset; shares are of the source's pitched
notes, 0 to 1, and nan where it has none.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from motet.score import Note, Score
from motet.tasks.check import Check, same
from motet.theory.instrument import Instrument

__all__ = ["Kept", "kept_checks", "measure_kept", "range_check"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Shares of a source that a result keeps, and its melody notes: all, kept, moved by octaves."""

    notes: float
    exact: float
    onsets: float
    pitch_classes: float
    n_melody: int
    n_melody_kept: int
    n_melody_moved: int


def measure_kept(
    source: Score, result: Score, melody: Iterable[Note], *, singers: Iterable[int] | None = None
) -> Kept:
    """Return what a result keeps of its source.

    Parameters
    ----------
    source, result : Score
        Of the same resolution.
    melody : iterable of Note
        The source's melody.
    singers : iterable of int or None
        Parts of the result that have the melody; None is all.

    Returns
    -------
    Kept

    Examples
    --------
    >>> from motet.score import make_score
    >>> source = make_score("C5:2 D5:2", "E4:2 F4:2")
    >>> found = measure_kept(source, make_score("C6:2 D5:2", "E4:2"), source.parts[0].notes)
    >>> found.notes, found.exact, found.n_melody_moved
    (0.75, 0.5, 1)
    """
    mine = [note for part in result.parts if not part.is_drums for note in part.notes]
    theirs = [note for part in source.parts if not part.is_drums for note in part.notes]
    exact = {(note.onset_tick, note.pitch) for note in mine}
    classes = {(note.onset_tick, note.pitch % 12) for note in mine}
    onsets = {note.onset_tick for note in mine}
    bars: dict[int, set[int]] = {}
    for note in mine:
        bars.setdefault(source.bar_at(note.onset_tick), set()).add(note.pitch % 12)
    wanted = {(source.bar_at(note.onset_tick), note.pitch % 12) for note in theirs}
    tune = list(melody)
    rows = range(len(result.parts)) if singers is None else singers
    sung = [note for k in rows for note in result.parts[k].notes if not result.parts[k].is_drums]
    heard = {(note.onset_tick, note.pitch) for note in sung}
    sung_classes = {(tick, pitch % 12) for tick, pitch in heard}
    kept = [note for note in tune if (note.onset_tick, note.pitch % 12) in sung_classes]
    return Kept(
        notes=_share([(note.onset_tick, note.pitch % 12) in classes for note in theirs]),
        exact=_share([(note.onset_tick, note.pitch) in exact for note in theirs]),
        onsets=_share([tick in onsets for tick in {note.onset_tick for note in theirs}]),
        pitch_classes=_share([pc in bars.get(bar, ()) for bar, pc in wanted]),
        n_melody=len(tune),
        n_melody_kept=len(kept),
        n_melody_moved=sum((note.onset_tick, note.pitch) not in heard for note in kept),
    )


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else math.nan


def _percent(share: float) -> str:
    return "-" if math.isnan(share) else f"{100 * share:.1f} %"


def kept_checks(kept: Kept) -> list[Check]:
    """Return what was kept as lines of a report.

    Parameters
    ----------
    kept : Kept

    Returns
    -------
    list of Check

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C5:4")
    >>> [one.ok for one in kept_checks(measure_kept(score, score, score.parts[0].notes))]
    [True, None, None, None]
    """
    moved = kept.n_melody_moved
    told = f"{kept.n_melody_kept}/{kept.n_melody}"
    return [
        Check(
            name="melody",
            what=("melody notes kept", "保留的旋律音"),
            requested=("all", "全部"),
            measured=(
                told + (f", {moved} in another octave" if moved else ""),
                told + (f",其中 {moved} 个换了八度" if moved else ""),
            ),
            ok=kept.n_melody_kept == kept.n_melody,
        ),
        Check(name="notes", what=("source notes kept", "保留的原有音符"), requested=same(""),
              measured=(f"{_percent(kept.notes)} ({_percent(kept.exact)} in their octave)",
                        f"{_percent(kept.notes)}(原八度 {_percent(kept.exact)})"), ok=None),
        Check(name="onsets", what=("source onsets kept", "保留的原有起音"), requested=same(""),
              measured=same(_percent(kept.onsets)), ok=None),
        Check(name="pitch classes", what=("pitch classes kept, by bar", "各小节保留的音级"),
              requested=same(""), measured=same(_percent(kept.pitch_classes)), ok=None),
    ]  # fmt: skip


def range_check(score: Score, players: Sequence[Instrument]) -> Check:
    """Return whether every note lies in the range of its instrument, and how many lie comfortably.

    Parameters
    ----------
    score : Score
    players : sequence of Instrument
        One a part.

    Returns
    -------
    Check

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.theory.instrument import find_instrument
    >>> range_check(make_score("C2:4"), [find_instrument("violin")]).ok
    False
    """
    n_out = n_easy = n_all = 0
    for part, player in zip(score.parts, players, strict=True):
        if part.is_drums:
            continue
        for note in part.notes:
            n_all += 1
            n_out += not player.low <= note.pitch <= player.high
            n_easy += player.comfortable_low <= note.pitch <= player.comfortable_high
    easy = _percent(n_easy / n_all if n_all else math.nan)
    return Check(
        name="range",
        what=("notes out of range", "超出音域的音"),
        requested=same("0"),
        measured=(f"{n_out}; {easy} comfortable", f"{n_out};舒适音区 {easy}"),
        ok=n_out == 0,
    )

"""The full circle: a piece becomes sound, the sound a score, and the scores are compared.

Conventions: both scores are laid into one part without drums first (nobody can know how a recording was
written down in parts); then `motet.analysis.diff_scores` counts. "same": pitch, place and length agree;
"length": only the length differs; "moved": the pitch stands elsewhere in its bar; the rest is missing or
added.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from audio_pieces import Take

import motet
from motet.analysis import diff_scores
from motet.errors import MotetError
from motet.score import Note, Part, Score, trim

__all__ = ["compare", "go_round", "lay_together", "save_pictures"]


_CELLS = 24


def lay_together(score: Score) -> Score:
    """Return a score with all its pitched notes in one part, each pitch and onset once.

    Ticks are snapped to a twenty-fourth of a quarter note: many files lie a tick beside the grid.
    """

    def snap(tick: int) -> int:
        return round(round(tick * _CELLS / score.resolution) * score.resolution / _CELLS)

    found: dict[tuple[int, int], Note] = {}
    for part in score.parts:
        for note in () if part.is_drums else part.notes:
            if note.grace:
                continue
            onset, end = snap(note.onset_tick), snap(note.end_tick)
            place = (onset, note.pitch)
            if place not in found or end > found[place].end_tick:
                length = max(1, end - onset)
                found[place] = Note(onset_tick=onset, duration_tick=length, pitch=note.pitch)
    return replace(
        score, parts=(Part(name="All", notes=tuple(found.values())),), chords=(), keys=()
    )


def compare(written: Score, heard: Score) -> dict[str, Any]:
    """Return how many notes of a score came back, and how.

    Examples
    --------
    >>> from motet.score import make_score
    >>> one, other = make_score("C4:1 D4:1 E4:2"), make_score("C4:1 D4:0.5 r:0.5 F4:2")
    >>> found = compare(one, other)
    >>> found["n"], found["same"], found["length"], found["pitch"]
    (3, 1, 1, 1)
    """
    before, after = lay_together(written), lay_together(heard)
    difference = diff_scores(before, after)
    counts = difference.counts()
    n = before.n_notes
    changed = {
        name: counts.get(name, 0) for name in ("rhythm", "moved", "pitch", "removed", "added")
    }
    return {
        "n": n,
        "n_heard": after.n_notes,
        "same": difference.n_same,
        "length": changed["rhythm"],
        "moved": changed["moved"],
        "pitch": changed["pitch"],
        "missing": n - difference.n_same - changed["rhythm"] - changed["moved"] - changed["pitch"],
        "added": after.n_notes
        - difference.n_same
        - changed["rhythm"]
        - changed["moved"]
        - changed["pitch"],
        "bars": before.n_bars,
        "bars_heard": after.n_bars,
    }


def go_round(take: Take, path: Path) -> dict[str, Any]:
    """Return the comparison of a take as it was heard, untold and told its metre and tempo."""
    from motet.tasks.transcribe import transcribe

    row: dict[str, Any] = {"name": take.name, "style": take.style}
    written = take.written
    metre = written.metre_at(0)
    wishes: dict[str, dict[str, Any]] = {"untold": {}}
    if take.metre:
        qpm = take.bpm * (1.5 if metre.denominator == 8 and metre.numerator % 3 == 0 else 1.0)
        wishes["told"] = {"metre": take.metre, "qpm": qpm}
    for name, wish in wishes.items():
        try:
            score = transcribe(path, **wish).score
        except MotetError as error:
            row[name] = {"error": str(error)}
            continue
        found = score.metre_at(0)
        row[name] = compare(written, score) | {
            "metre": f"{metre.numerator}/{metre.denominator}",
            "metre_heard": f"{found.numerator}/{found.denominator}",
        }
    return row


def save_pictures(take: Take, path: Path, folder: Path, *, bars: int = 8) -> list[Path]:
    """Return pictures of the first bars as written and as heard from a recording."""
    from motet.tasks.transcribe import transcribe

    made = []
    heard = transcribe(path).score
    for name, score in (("written", take.written), ("heard", heard)):
        short = trim(score, end_bar=min(bars, score.n_bars))
        short = replace(
            short, title="", composer="", chords=() if name == "written" else short.chords
        )
        target = folder / f"audio-{name}.png"
        motet.save(short, target)
        made += sorted(folder.glob(f"audio-{name}*.png"))
    return made

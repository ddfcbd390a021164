"""Opens the archives that the harmony benchmarks read, a half of each.

Conventions: every second piece belongs to a half, ``"even"`` or ``"odd"``; of it, at most so many
pieces are taken, evenly spread.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from harmony_truth import (
    Piece,
    labels_of_chord_track,
    labels_of_harte,
    labels_of_symbols,
    read_romantext,
    share_explained,
    with_bars,
)

from motet.errors import MotetError
from motet.io import read_midi, read_musicxml
from motet.score import Note, Part, Score

__all__ = ["Corpus", "shuffle_beats"]

ROOT = Path(__file__).parents[2]


class Corpus:
    """The archives, unpacked into a folder that goes away."""

    def __init__(self, folder: Path, half: str, pieces: int) -> None:
        self._folder, self._half, self._pieces = folder, half, pieces
        self._home = Path(os.environ.get("MOTET_CORPUS", ROOT.parent / "shared" / "corpus"))

    def open(self, name: str) -> Path:
        """Return the folder of an unpacked archive."""
        archive, target = self._home / f"{name}.tar.zst", self._folder / name
        if not archive.exists():
            sys.exit(f"{archive} is not there; set MOTET_CORPUS to the corpus folder")
        if not target.exists():
            target.mkdir(parents=True)
            subprocess.run(["tar", "--zstd", "-xf", str(archive), "-C", str(target)], check=True)
        return target

    def pick(self, paths: Iterator[Path]) -> list[Path]:
        """Return every second path, evenly spread, as many as wanted."""
        half = sorted(paths)[1 if self._half == "odd" else 0 :: 2]
        step = max(1, len(half) // self._pieces)
        return half[::step][: self._pieces]

    def pop909_cl(self) -> Iterator[Piece]:
        """Yield full textures with a chord track."""
        for path in self.pick(self.open("evaluate/pop909-cl").rglob("*.mid")):
            score = read_midi(path).score
            if len(score.parts) == 2:
                labels = labels_of_chord_track(score, 1)
                yield Piece(path.stem, score.with_parts(score.parts[0]), labels)

    def pop909(self, *, melody_only: bool) -> Iterator[Piece]:
        """Yield the first edition's scores with the labels that were read off them."""
        for path in self.pick(self.open("evaluate/pop909").glob("*/POP909/*/[0-9]*.mid")):
            score = with_bars(read_midi(path).score, (path.parent / "beat_midi.txt").read_text())
            labels = labels_of_harte((path.parent / "chord_midi.txt").read_text(), score)
            kept = [p for p in score.parts if p.name == "MELODY" or not melody_only]
            yield Piece(path.stem, score.with_parts(*kept), labels)

    def openewld(self) -> Iterator[Piece]:
        """Yield lead sheets that are free everywhere: melodies with chord symbols."""
        folder = next(self.open("clean/openewld").iterdir())
        with (folder / "pd-check" / "openewld_pd.tsv").open(encoding="utf-8") as file:
            rows = list(csv.reader(file, delimiter="\t"))[1:]
        # A song with several rows must not fall into both halves.
        paths = {folder / row[0] for row in rows if row[-1] == row[-2] == "1"}
        for path in self.pick(one for one in paths if one.exists()):
            try:
                score = read_musicxml(path).score
            except MotetError:
                continue
            if score.chords and score.n_notes:
                yield Piece(path.stem, score, labels_of_symbols(score))

    def when_in_rome(self) -> Iterator[Piece]:
        """Yield songs with a human analysis whose bars agree with the score's."""
        for path in self.pick(self.open("sharealike/when-in-rome-lieder").rglob("analysis.txt")):
            try:
                score = read_musicxml(path.parent / "score.mxl").score
            except MotetError:
                continue
            piece = read_romantext(path, score)
            if piece is not None and share_explained(piece) >= 0.6:
                yield piece

    def chorales(self) -> Iterator[Score]:
        """Yield Bach chorales in four parts; their bar lines are not known."""
        path = next(self.open("evaluate/jsb-chorales").rglob("jsb-chorales-16th.json"))
        rolls = [one for part in json.loads(path.read_text()).values() for one in part]
        for roll in rolls[1 if self._half == "odd" else 0 :: 2][: self._pieces]:
            yield _score_of_roll(roll)


def _score_of_roll(roll: list[list[int]]) -> Score:
    """Return four parts from a table of pitches a sixteenth; equal ones in a row are one note."""
    parts = []
    for voice in range(4):
        notes: list[Note] = []
        for step, column in enumerate(roll):
            pitch = column[voice] if voice < len(column) else -1
            is_held = step % 4 and notes and notes[-1].pitch == pitch
            if is_held and notes[-1].end_tick == step * 120:
                last = notes.pop()
                notes.append(
                    Note(
                        onset_tick=last.onset_tick,
                        duration_tick=last.duration_tick + 120,
                        pitch=pitch,
                    )
                )
            elif pitch > 0:
                notes.append(Note(onset_tick=step * 120, duration_tick=120, pitch=pitch))
        parts.append(Part(name=f"Voice {voice + 1}", notes=tuple(notes)))
    return Score(parts=tuple(parts))


def shuffle_beats(score: Score, rng: np.random.Generator) -> Score:
    """Return a score with its quarter notes in another order."""
    n_beats = -(-score.end_tick // 480)
    order = rng.permutation(n_beats)
    parts = []
    for part in score.parts:
        notes = [
            Note(
                onset_tick=int(order[n.onset_tick // 480]) * 480 + n.onset_tick % 480,
                duration_tick=min(n.duration_tick, 480 - n.onset_tick % 480),
                pitch=n.pitch,
            )
            for n in part.notes
        ]
        parts.append(Part(name=part.name, notes=tuple(sorted(notes, key=lambda n: n.onset_tick))))
    return Score(parts=tuple(parts))

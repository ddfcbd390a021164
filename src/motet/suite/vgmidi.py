"""VGMIDI: piano arrangements of game music with people's labels of valence and arousal.

Conventions: only for checks, on the machine of whoever has the archive; nothing of it is shipped or
trained into a model. A piece whose phrases were labelled differently is left out, for only whole pieces
are here.

Source: Lucas Ferreira and Jim Whitehead, "Learning to Generate Music With Sentiment", ISMIR 2019.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from motet.errors import CorpusError, MotetError
from motet.io import read
from motet.score import Score

__all__ = ["ARCHIVE", "LabelledPiece", "read_vgmidi"]

ARCHIVE = "vgmidi.tar.zst"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPiece:
    """A piece, the game it is from, and its labels, -1 or 1."""

    name: str
    game: str
    valence: int
    arousal: int
    score: Score


def read_vgmidi(folder: str | Path) -> list[LabelledPiece]:
    """Return the labelled pieces of an unpacked archive.

    Parameters
    ----------
    folder : str or Path
        That holds ``vgmidi_labelled.csv`` and ``labelled/midi/``, or a folder ``vgmidi`` with them.

    Returns
    -------
    list of LabelledPiece
        By name.

    Raises
    ------
    CorpusError
        The labels are missing, or not a piece can be read.

    Examples
    --------
    >>> read_vgmidi("nowhere")
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: ...
    """
    root = Path(folder)
    root = root if (root / "vgmidi_labelled.csv").is_file() else root / "vgmidi"
    table = root / "vgmidi_labelled.csv"
    labels: dict[str, set[tuple[int, int]]] = defaultdict(set)
    games: dict[str, str] = {}
    try:
        with table.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                name = re.sub(r"_\d+\.mid$", ".mid", Path(row["midi"]).name)
                labels[name].add((int(row["valence"]), int(row["arousal"])))
                games[name] = row["game"]
    except (OSError, KeyError, ValueError) as error:
        raise CorpusError(
            f"there are no labels of VGMIDI: {error}; fetch the archive again",
            zh=f"没有 VGMIDI 的标签:{error};请重新下载归档",
            path=str(table),
        ) from error
    found = []
    for name in sorted(labels):
        if len(labels[name]) > 1:
            continue
        try:
            score = read(root / "labelled" / "midi" / name).score
        except (MotetError, OSError):
            continue
        ((valence, arousal),) = labels[name]
        found.append(
            LabelledPiece(
                name=name, game=games[name], valence=valence, arousal=arousal, score=score
            )
        )
    if not found:
        raise CorpusError(
            "not a labelled piece of VGMIDI can be read; fetch the archive again",
            zh="VGMIDI 的带标签乐曲一首也读不出;请重新下载归档",
            path=str(root),
        )
    return found

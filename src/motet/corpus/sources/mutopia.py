"""Mutopia: pieces typeset in LilyPond, as the MIDI files that LilyPond makes of them.

Conventions: ``mutopia_meta.tsv`` says style and instrument of each piece; a composer's opus is a
work. A piece's folder often holds the score, each movement of it, and each player's part: the score
is taken, or its movements where there are several.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

from motet.corpus.item import Item

__all__ = ["choose_scores", "list_mutopia"]

_SCORE = re.compile(r"(score|full|conductor|partitura|complete|tutti)", re.IGNORECASE)
_PLAYER = re.compile(
    r"(violin|viola|violoncello|cello|bass|basso|mand|flut|flaut|obo[ei]|clarin|fagott|bassoon|horn|corn|"
    r"trump|tromb|tromp|timp|tuba|euph|percussion|drum|cymbal|sax|vln\d?|vlc|vla|soprano|alto|tenor|"
    r"voix\d|[_-]part|part[-_]|piccolo|continuo|harp|piano[-_]?solo)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"-(\d+)$")


def list_mutopia(source: str, folder: Path) -> list[Item]:
    """Return the pieces with style and work.

    Parameters
    ----------
    source : str
        Its name.
    folder : Path
        The content of its archive.

    Returns
    -------
    list of Item

    Examples
    --------
    >>> Path("in/midi/PD/BachJS/BWV850/p/p.mid").parent.mkdir(parents=True, exist_ok=True)
    >>> Path("in/midi/PD/BachJS/BWV850/p/p.mid").touch()
    >>> [item.work for item in list_mutopia("mutopia", Path("in"))]
    ['mutopia/BachJS/BWV850']
    """
    table = _read_table(folder)
    items = []
    for place in sorted(folder.rglob("midi")):
        folders: dict[str, list[Path]] = defaultdict(list)
        for path in sorted(place.rglob("*.mid")):
            folders[path.parent.relative_to(place).as_posix()].append(path)
        for name, paths in folders.items():
            words = name.split("/")[1:]
            row = table.get("/".join(words), {})
            kept = set(choose_scores(paths))
            items += [
                Item(
                    source=source,
                    name=path.relative_to(folder).as_posix(),
                    path=path,
                    work=f"{source}/{'/'.join(words[:2])}",
                    style=_mutopia_style(words, row),
                    title=row.get("title", ""),
                    credit=row.get("maintainer", "")
                    if "BY" in row.get("licence_class", "")
                    else "",
                    default_qpm=60.0,
                    reason="" if path in kept else "a player's part of a score",
                )
                for path in paths
            ]
    return items


def choose_scores(paths: list[Path]) -> list[Path]:
    """Return the files of one folder that are whole pieces or movements.

    Parameters
    ----------
    paths : list of Path
        MIDI files of one piece.

    Returns
    -------
    list of Path
        Empty where every file is a player's part of one work.

    Examples
    --------
    >>> names = ["k1-score-1.mid", "k1-score-2.mid", "k1-score.mid", "k1-viola-1.mid"]
    >>> [path.name for path in choose_scores([Path(name) for name in names])]
    ['k1-score-1.mid', 'k1-score-2.mid', 'k1-score.mid']
    """
    if len(paths) == 1:
        return paths
    folder = paths[0].parent.name
    players = {path for path in paths if _PLAYER.search(path.stem.replace(folder, ""))}
    scores = [path for path in paths if _SCORE.search(path.stem)]
    if scores:
        whole = [path for path in scores if path not in players]
        return whole or scores
    plain = [path for path in paths if _NUMBER.sub("", path.stem) == folder]
    whole = [path for path in paths if path not in players]
    if plain or whole:
        return plain or whole
    is_one_work = all(path.stem.startswith(folder) for path in paths)
    return [] if is_one_work and len(paths) > 2 else paths


def _read_table(folder: Path) -> dict[str, dict[str, str]]:
    """Return the rows of the table by piece."""
    rows = {}
    for path in folder.rglob("mutopia_meta.tsv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                rows[row["piece"]] = row
    return rows


def _mutopia_style(words: list[str], row: dict[str, str]) -> str:
    """Return the style that composer, style and instrument of a piece make likely."""
    style = row.get("style", "").lower()
    player = row.get("instrument", "").lower()
    composer = words[0] if words else ""
    title = row.get("title", "").lower()
    if composer == "JoplinS" or "rag" in title.split() or "rag" in style:
        return "ragtime"
    if "march" in style or composer == "SousaJP":
        return "march"
    if "hymn" in style:
        return "hymn"
    for words_of, found in (
        (("guit", "lute", "mandolin"), "guitar"),
        (("orchestra",), "orchestral"),
        (("organ",), "organ"),
    ):
        if any(word in player for word in words_of) and "voice" not in player:
            return found
    if "quartet" in player and "string" in player:
        return "string-quartet"
    if "voice" in player or "choir" in player or "satb" in player:
        if "piano" in player or player.strip() in ("voice", "voice (soprano)"):
            return "art-song"
        return "renaissance" if "renaissance" in style else "choral"
    if "baroque" in style:
        is_keyboard = any(word in player for word in ("harpsichord", "clavi", "piano"))
        return "keyboard" if is_keyboard else "baroque"
    if "renaissance" in style:
        return "renaissance"
    if "piano" in player or "clavi" in player or "harpsichord" in player:
        if any(word in title for word in ("mazurka",)):
            return "mazurka"
        if "polonaise" in title:
            return "polonaise"
        if "waltz" in title or "valse" in title:
            return "dance-piano"
        return "keyboard" if "classical" in style else "piano-romantic"
    if "folk" in style:
        return "folk"
    if "jazz" in style:
        return "jazz"
    return "chamber"

"""Groove MIDI: drummers at an electronic kit, with human time and force.

Conventions: the table ``info.csv`` says style and session; one session's takes of one style are one
work, for fills and beats were cut from the same take.

Source: J. Gillick, A. Roberts, J. Engel, D. Eck, D. Bamman, "Learning to Groove with Inverse Sequence
Transformations", ICML 2019.
"""

from __future__ import annotations

import csv
from pathlib import Path

from motet.corpus.item import Item

__all__ = ["list_groove"]

_STYLES = {
    "rock": "drum-rock", "punk": "drum-rock", "country": "drum-rock", "pop": "drum-rock",
    "blues": "drum-rock", "dance": "drum-rock", "funk": "drum-funk", "soul": "drum-funk",
    "neworleans": "drum-funk", "gospel": "drum-funk", "afrobeat": "drum-funk", "jazz": "drum-jazz",
    "latin": "drum-latin", "afrocuban": "drum-latin", "reggae": "drum-latin",
    "highlife": "drum-latin", "middleeastern": "drum-latin", "hiphop": "drum-hiphop",
}  # fmt: skip


def list_groove(source: str, folder: Path) -> list[Item]:
    """Return the takes that the table names.

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
    >>> Path("in/d1").mkdir(parents=True)
    >>> Path("in/d1/a.mid").touch()
    >>> head = "session,style,beat_type,midi_filename"
    >>> Path("in/info.csv").write_text(f"{head}\\nd1/s1,funk/fast,beat,d1/a.mid\\n") > 0
    True
    >>> [(item.work, item.style) for item in list_groove("groove", Path("in"))]
    [('groove/d1/s1/funk/fast', 'drum-funk')]
    """
    items = []
    for table in folder.rglob("info.csv"):
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                path = table.parent / row["midi_filename"]
                if not path.is_file():
                    continue
                style = row["style"]
                items.append(
                    Item(
                        source=source,
                        name=row["midi_filename"],
                        path=path,
                        work=f"{source}/{row['session']}/{style}",
                        style=_STYLES.get(style.split("/")[0], "drum-rock"),
                        title=f"{style} {row['beat_type']}",
                        has_velocity=True,
                        is_performed=True,
                    )
                )
    return items

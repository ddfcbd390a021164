"""OpenEWLD: lead sheets, of which only those are read that are free everywhere.

Conventions: ``pd-check/openewld_pd.tsv`` says for each whether it is public domain in the United
States (published by 1930) and where authors' rights last 70 years; both must hold, in every row of
the table that names the file.
"""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

from motet.corpus.item import Item

__all__ = ["list_ewld"]

_JAZZ = {
    "Jazz", "Blues", "Big Band", "Swing", "Dixieland", "Hard Bop", "Bop", "Post Bop", "Cool Jazz",
    "Ragtime", "Soul-Jazz", "Contemporary Jazz",
}  # fmt: skip


def list_ewld(source: str, folder: Path) -> list[Item]:
    """Return the lead sheets that are certain to be free; jazz where the database says so.

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
    >>> Path("in/a").mkdir(parents=True)
    >>> Path("in/a/x.mxl").touch()
    >>> rows = ["path\\ttitle\\tPD_US(<=1930)\\tPD_life70(death<=1955)"]
    >>> rows += ["a/x.mxl\\tHalf free\\t1\\t0", "a/x.mxl\\tFree\\t1\\t1"]
    >>> Path("in/openewld_pd.tsv").write_text("\\n".join(rows)) > 0
    True
    >>> [item.reason for item in list_ewld("ewld", Path("in"))]
    ['not certain to be free everywhere']
    """
    jazz = _find_jazz(folder)
    items: dict[str, Item] = {}
    for table in folder.rglob("openewld_pd.tsv"):
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                path = folder / row["path"]
                is_free = row["PD_US(<=1930)"] == "1" and row["PD_life70(death<=1955)"] == "1"
                if not path.is_file():
                    continue
                before = items.get(row["path"])
                if before is not None and (before.reason or is_free):
                    continue
                items[row["path"]] = Item(
                    source=source,
                    name=row["path"],
                    path=path,
                    work=f"{source}/{row['title']}",
                    style="jazz" if row["path"] in jazz else "tin-pan-alley",
                    title=row["title"],
                    reason="" if is_free else "not certain to be free everywhere",
                )
    return list(items.values())


def _find_jazz(folder: Path) -> frozenset[str]:
    """Return the paths of lead sheets that the database calls jazz."""
    found: set[str] = set()
    query = (
        "select path_leadsheet, genre from works join work_genres using (id) union "
        "select path_leadsheet, style from works join work_style using (id)"
    )
    for database in folder.rglob("OpenEWLD.db"):
        try:
            with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
                rows = connection.execute(query).fetchall()
        except sqlite3.Error:
            continue
        found |= {str(path).removeprefix("./") for path, word in rows if word in _JAZZ}
    return frozenset(found)

"""OpenEWLD: only what is free everywhere, once, jazz by the database."""

import sqlite3
from contextlib import closing
from pathlib import Path

from motet.corpus.sources.lead_sheet import list_ewld

ROWS = [
    ("path", "title", "first", "death", "PD_US(<=1930)", "PD_life70(death<=1955)"),
    ("d/free.mxl", "Free", "1920", "1940", "1", "1"),
    ("d/free.mxl", "Free", "1920", "1940", "1", "1"),
    ("d/swing.mxl", "Swing", "1925", "1950", "1", "1"),
    ("d/young.mxl", "Young", "1940", "1950", "0", "1"),
    ("d/alive.mxl", "Alive", "1920", "1990", "1", "0"),
    ("d/doubt.mxl", "Doubt", "1920", "1930", "1", "1"),
    ("d/doubt.mxl", "Doubt", "None", "?", "0", "1"),
    ("d/gone.mxl", "Gone", "1920", "1930", "1", "1"),
]


def test_only_what_is_free(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    for name in ("free", "swing", "young", "alive", "doubt"):
        (tmp_path / "d" / f"{name}.mxl").touch()
    (tmp_path / "openewld_pd.tsv").write_text("\n".join("\t".join(row) for row in ROWS) + "\n")
    with closing(sqlite3.connect(tmp_path / "OpenEWLD.db")) as base:
        base.execute("create table works (id integer, path_leadsheet text)")
        base.execute("create table work_genres (id integer, genre text)")
        base.execute("create table work_style (id integer, style text)")
        base.execute("insert into works values (1, 'd/swing.mxl')")
        base.execute("insert into work_style values (1, 'Big Band')")
        base.commit()
    everything = list_ewld("e", tmp_path)
    assert {item.name for item in everything if item.reason} == {
        "d/young.mxl",
        "d/alive.mxl",
        "d/doubt.mxl",
    }
    items = [item for item in everything if not item.reason]
    assert {item.name: item.style for item in items} == {
        "d/free.mxl": "tin-pan-alley",
        "d/swing.mxl": "jazz",
    }
    assert len(items) == 2


def test_a_broken_database_means_no_jazz(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "free.mxl").touch()
    (tmp_path / "openewld_pd.tsv").write_text("\n".join("\t".join(row) for row in ROWS[:2]) + "\n")
    (tmp_path / "OpenEWLD.db").write_text("no database")
    assert [item.style for item in list_ewld("e", tmp_path)] == ["tin-pan-alley"]

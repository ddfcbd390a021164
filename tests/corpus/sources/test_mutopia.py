"""Mutopia: scores before players' parts, styles from the table."""

from pathlib import Path

import pytest

from motet.corpus.sources.mutopia import choose_scores, list_mutopia

HEAD = "piece\tlicence_class\tmidis\ttitle\tcomposer\tstyle\tinstrument\tdate\tsource\tmaintainer"


def paths(folder: str, *names: str) -> list[Path]:
    return [Path(folder) / f"{name}.mid" for name in names]


@pytest.mark.parametrize(
    ("folder", "names", "kept"),
    [
        ("k421", ["k421-cello", "k421-score", "k421-score-1"], ["k421-score", "k421-score-1"]),
        ("bwv1007", ["bwv1007", "bwv1007-1", "bwv1007-viola"], ["bwv1007", "bwv1007-1"]),
        ("fidelio", ["fidelio", "oboi_sc", "viola_sc"], ["fidelio"]),
        ("1-Partita", ["11hub", "12hub"], ["11hub", "12hub"]),
        ("partita-1", ["1-cello", "1-violin"], ["1-cello", "1-violin"]),
        ("x", ["horn"], ["horn"]),
        ("b5", ["cello-score", "flute-score", "score"], ["score"]),
        ("q18", ["q18-cello", "q18-viola", "q18-violin1"], []),
    ],
)
def test_scores_before_parts(folder: str, names: list[str], kept: list[str]) -> None:
    assert [path.stem for path in choose_scores(paths(folder, *names))] == kept


@pytest.mark.parametrize(
    ("piece", "style", "instrument", "found"),
    [
        ("JoplinS/maple", "Jazz", "Piano", "ragtime"),
        ("SousaJP/stars", "March", "Orchestra", "march"),
        ("BachJS/BWV850", "Baroque", "Harpsichord, Piano", "keyboard"),
        ("BachJS/BWV565", "Baroque", "Organ", "organ"),
        ("SorF/op1", "Classical", "Guitar", "guitar"),
        ("VivaldiA/op8", "Baroque", "Violin", "baroque"),
        ("ChopinFF/op28", "Romantic", "Piano", "piano-romantic"),
        ("SchubertF/d911", "Romantic", "Voice and Piano", "art-song"),
        ("Anon/hymn", "Hymn", "Voice (SATB)", "hymn"),
        ("PalestrinaG/m", "Renaissance", "Voice (SATB)", "renaissance"),
    ],
)
def test_styles(tmp_path: Path, piece: str, style: str, instrument: str, found: str) -> None:
    path = tmp_path / "midi" / "PD" / piece / "a.mid"
    path.parent.mkdir(parents=True)
    path.touch()
    row = f"{piece}\tPD\t1\tTitle\t{piece.split('/')[0]}\t{style}\t{instrument}\t\t\tme"
    (tmp_path / "mutopia_meta.tsv").write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
    (item,) = list_mutopia("m", tmp_path)
    assert item.credit == ""
    assert (item.style, item.work, item.title) == (found, f"m/{piece}", "Title")


def test_who_made_a_piece_under_cc_by_is_named(tmp_path: Path) -> None:
    for folder in ("CC-BY", "PD"):
        path = tmp_path / "midi" / folder / "A" / folder / "a.mid"
        path.parent.mkdir(parents=True)
        path.touch()
    rows = [f"A/{name}\t{name}\t1\tT\tA\tFolk\tLute\t\t\tAnn" for name in ("CC-BY", "PD")]
    (tmp_path / "mutopia_meta.tsv").write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    credits = {item.work: item.credit for item in list_mutopia("m", tmp_path)}
    assert credits == {"m/A/CC-BY": "Ann", "m/A/PD": ""}

"""Interpretations that belong to spines."""

from motet.io.kern.ledger import LineLedger
from motet.io.kern.scan import Scan


def test_names_parts_and_words():
    scan = Scan(LineLedger())
    scan.read(
        [
            "**kern",
            "*part2",
            '*I"Corno\\n in F',
            "*I'cor",
            "*Icor",
            "*ICbras",
            "*ITrd4c7",
            "!LO:TX:a:t=espr.",
            "!LO:TX:t=P:editor's remark",
            "4c",
            "*-",
        ]
    )
    (track,) = scan.tracks
    assert track.words == {"name": "Corno  in F", "short": "cor", "code": "cor", "class": "bras"}
    assert (track.part, track.transposition_semi) == ("2", -7)
    assert [text for _, text, _ in track.texts] == ["espr."]


def test_labels_count_once_a_line():
    scan = Scan(LineLedger())
    scan.read(["**kern\t**kern", "*>[A,A]\t*>[A,A]", "*>A\t*>A", "4c\t4c", "*-\t*-"])
    assert [text for _, text, _ in scan.labels] == ["A"]
    assert [text for _, text, _ in scan.orders] == ["[A,A]"]

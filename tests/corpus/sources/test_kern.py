"""Kern sources: reference records, works, editions, styles."""

from pathlib import Path

import pytest

from motet.corpus.sources.kern import kern_style, list_chopin, list_polish, read_records


def touch(folder: Path, *names: str, text: str = "**kern\n*-\n") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_records_at_the_end_of_a_long_file(tmp_path: Path) -> None:
    path = tmp_path / "a.krn"
    path.write_text("!!!COM: Żeleński\n" + "4c\n" * 20_000 + "!!!AIN: 1 piano\n!!!COM: Other\n")
    assert read_records(path) == {"COM": "Żeleński", "AIN": "1 piano"}


@pytest.mark.parametrize(
    ("records", "style"),
    [
        ({"AGN": "Secular; Polonaise", "AIN": "1 piano"}, "polonaise"),
        ({"AGN": "Secular; Waltz", "AIN": "2 piano"}, "dance-piano"),
        ({"AGN": "Secular; Opera", "AIN": "1 vox 1 piano"}, "opera"),
        ({"AGN": "Secular; Prelude", "AIN": "1 organ", "CDT": "~1852-1937"}, "organ"),
        ({"AGN": "Secular", "AIN": "1 piano 1 vox"}, "art-song"),
        ({"AGN": "Secular", "AIN": "1 alto 1 bass 1 soprn 1 tenor"}, "choral"),
        (
            {"AGN": "Sacred; Mass", "AIN": "1 alto 1 bass 2 violn", "CDT": "1760-1820"},
            "sacred-choral",
        ),
        ({"AGN": "Sacred", "AIN": "1 alto 1 bass", "CDT": "1535-1591"}, "renaissance"),
        ({"OTL": "Missa in D", "AIN": "1 alto", "cenid": "17xx:12"}, "sacred-choral"),
        ({"AGN": "Secular; String quartet", "AIN": "1 cello 1 viola 2 violn"}, "string-quartet"),
        ({"AIN": "2 clars 2 cor 1 fagot 2 flt 1 oboe"}, "orchestral"),
        ({"AIN": "1 piano 1 violn", "CDT": "1835-1880"}, "chamber"),
        ({"AIN": "1 piano", "CDT": "1835-1880"}, "piano-romantic"),
        ({"AIN": "3 empty"}, ""),
        ({}, ""),
    ],
)
def test_styles(records: dict[str, str], style: str) -> None:
    assert kern_style(records) == style


def test_works_of_a_shelf_mark(tmp_path: Path) -> None:
    touch(
        tmp_path,
        "pl-kk/kern/pl-kk--kk-i-382--010-004_anonim--agnus.krn",
        "pl-kk/kern/pl-kk--kk-i-382--010-005_anonim--dona.krn",
        "pl-kk/kern/pl-kk--kk-i-382--011_anonim--other.krn",
        "pl-wtm/kern/pl-wtm--r-425-m_moniuszko--hamlet.krn",
    )
    works = {item.name.split("/")[-1]: item.work for item in list_polish("p", tmp_path)}
    assert sorted(works.values()) == [
        "p/pl-kk--kk-i-382/010",
        "p/pl-kk--kk-i-382/010",
        "p/pl-kk--kk-i-382/011",
        "p/pl-wtm--r-425-m/001",
    ]


def test_editions_of_chopin(tmp_path: Path) -> None:
    touch(
        tmp_path,
        "kern/006-1-KI-002.krn",
        "kern/006-1b-Sm-002.krn",
        "kern/010_1-6-1b-KI-002.krn",
        "kern/008-1-Sm-003-piano.krn",
        "kern/PolGm-1-CY.krn",
        text="!!!OTL: Polonaise\n**kern\n*-\n",
    )
    items = {item.path.stem: item for item in list_chopin("c", tmp_path)}
    assert [item.path.stem for item in items.values() if item.reason] == ["008-1-Sm-003-piano"]
    assert items["006-1-KI-002"].work == items["006-1b-Sm-002"].work == "c/006"
    assert items["006-1-KI-002"].style == "mazurka"
    assert items["010_1-6-1b-KI-002"].work == "c/010"
    assert items["PolGm-1-CY"].style == "polonaise"

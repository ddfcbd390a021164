"""The table of the GAN: rows beside one another, and what is said of them."""

from __future__ import annotations

from motet.evaluate.band import BAND_FIGURES
from motet.suite.gan import ARRANGER, GAN, PEOPLE, TABLE, write_gan
from motet.suite.registry import load_tables

_COVER = {"precision": 0.9, "recall": 0.6, "nearest": 1.0, "distinct": 1.0, "to training": 1.0}


def _row(**changes: float) -> dict[str, float]:
    return {
        **dict.fromkeys(BAND_FIGURES, 0.5),
        **_COVER,
        "n": 9,
        "critic": 0.0,
        "judge": 0.0,
        **changes,
    }


def test_what_falls_short_is_said() -> None:
    rows = {
        PEOPLE: _row(),
        GAN: _row(**{"empty bars": 0.9, "recall": 0.2}),
        ARRANGER: _row(recall=0.3),
    }
    text = write_gan({"n_train": 7, "card": {"minutes": 25}, "rows": rows})
    assert "empty bars 0.900 against 0.500" in text
    assert "The GAN covers less of what people do than the arranger." in text
    assert "minutes 25" in text
    better = {**rows, GAN: _row(recall=0.5)}
    fine = write_gan({"n_train": 7, "card": {}, "rows": better})
    assert "more than a quarter: nothing" in fine
    assert "covers less" not in fine


def test_the_table_is_registered() -> None:
    assert load_tables(["gan"])[0].name == TABLE.name

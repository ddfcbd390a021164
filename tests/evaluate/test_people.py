"""A score stands where it should beside people's music, in both languages."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

import motet
from motet.errors import FormatError, ParameterError
from motet.evaluate import MEASURES, measure_score
from motet.evaluate.people import (
    EVERYONE,
    Place,
    compare_with_people,
    list_reference_styles,
    load_reference,
    measure_stretches,
    tell_places,
)
from motet.score import make_score
from motet.tokens import score_to_grid


def test_the_shipped_ranges_are_whole_and_small() -> None:
    facts = load_reference()
    assert len(json.dumps(facts)) < 100_000
    assert {"hymn", "jig", "piano-romantic"} <= set(list_reference_styles())
    for style in facts["styles"].values():
        assert style["n"] >= 20
        assert all(low <= middle <= high for low, middle, high in style["ranges"].values())


def test_noise_is_not_like_people() -> None:
    noise = make_score(" | ".join(["C4:1 F#5:1 C#3:1 B4:1 ", "Eb6:1 A2:1 E5:1 Ab3:1"] * 8))
    found = {place.name: place.verdict for place in compare_with_people(noise, style="hymn")}
    assert found["scale_fit"] == "below"
    assert found["mean_interval_semi"] == "above"
    assert list(found) == list(MEASURES)


def test_long_scores_are_measured_by_stretches() -> None:
    first, second = "C4:1 D4:1 E4:1 F4:1 | " * 16, "C5:4 | " * 16
    parts = [measure_score(make_score(tune))["note_density"] for tune in (first, second)]
    whole = measure_stretches(score_to_grid(make_score(first + second)).grid)
    assert whole["note_density"] == pytest.approx(sum(parts) / 2)
    short = measure_stretches(score_to_grid(make_score(first + "C5:4 | " * 7)).grid)
    assert short["note_density"] == pytest.approx(parts[0])


def test_chords_are_read_off_where_there_are_none() -> None:
    score = motet.arrange("| C | F | G7 | C |", style="pop", bars=4, seed=1, humanise=0).score
    found = compare_with_people(score)
    assert not math.isnan(next(p.value for p in found if p.name == "chord_tone_share"))


def test_wrong_styles_and_empty_scores_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="no human range for the style 'bossa'"):
        compare_with_people(make_score("C4:4"), style="bossa")
    with pytest.raises(ParameterError, match="no notes"):
        compare_with_people(make_score("r:4"))
    broken = tmp_path / "people.json"
    broken.write_text('{"format": 9, "styles": {}}', encoding="utf-8")
    with pytest.raises(FormatError, match="format 9"):
        load_reference(broken)


def test_tables_speak_both_languages() -> None:
    places = [
        Place(name="consonance", value=0.5, low=0.7, median=0.8, high=0.9),
        Place(name="lag_structure", value=math.nan, low=0.0, median=0.1, high=0.2),
    ]
    english, chinese = (tell_places(places, language=one) for one in ("en", "zh"))
    assert english[1].endswith("below")
    assert chinese[1].endswith("偏低")
    assert english[2].split()[-1] == "-"
    assert places[1].to_dict()["value"] is None
    assert EVERYONE == "all"

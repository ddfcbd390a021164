"""Generating with a bundle of any family: what is asked for is kept, measured, or refused."""

from __future__ import annotations

from typing import Any

import pytest

import motet
from motet.engine.write import Cancel
from motet.errors import BundleError, BusyError, ConstraintError, ParameterError
from motet.tasks.generate import generate
from tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(make_tiny_bundle(tmp_path_factory.mktemp("bundle")))


def test_what_is_asked_for_is_kept_and_told(bundle: str) -> None:
    piece = generate(
        bundle, bars=4, chords="Dm7 G7 C A7", key="C", metre="3/4", qpm=90, seed=5,
        parts="flute:melody,cello:bass,drums", low="C4", high="A5", polyphony=1, n=2,
    )  # fmt: skip
    score = piece.score
    assert piece.adherence.is_met
    assert (score.n_bars, piece.facts()["metre"], piece.facts()["qpm"]) == (4, "3/4", 90)
    assert [chord.symbol for chord in score.chords] == ["Dm7", "G7", "C", "A7"]
    assert [part.program for part in score.parts[:2]] == [73, 42]
    pitches = [note.pitch for part in score.parts[:2] for note in part.notes]
    assert min(pitches) >= 60
    assert max(pitches) <= 81
    assert (piece.task, piece.bundle, piece.writers) == ("generate", "seedling", ("model",) * 3)
    asked = {check.name for check in piece.adherence.checks if check.ok}
    assert {
        "bars",
        "metre",
        "tempo",
        "chords",
        "key",
        "strong beats",
        "range",
        "polyphony",
    } <= asked


def test_the_same_seed_gives_the_same_score(bundle: str) -> None:
    one, two, other = (generate(bundle, bars=2, key="D", seed=seed).score for seed in (3, 3, 4))
    assert one.parts == two.parts
    assert one.parts != other.parts


def test_each_part_lies_where_it_plays(bundle: str) -> None:
    piece = generate(bundle, bars=4, parts="flute:melody,cello:bass", low="C3", n=1, harmony="free")
    assert piece.adherence.is_met
    flute, cello = ({note.pitch for note in part.notes} for part in piece.score.parts)
    assert min(flute) >= 60
    assert 48 <= min(cello) <= max(cello) <= 84


def test_a_style_brings_its_players(bundle: str) -> None:
    piece = generate(bundle, bars=2, style="string-quartet", n=1)
    assert [part.program for part in piece.parts] == [40, 42]


def test_free_harmony_leaves_the_key(bundle: str) -> None:
    piece = generate(bundle, bars=4, key="C", harmony="free", parts="piano:melody", seed=1)
    assert any(note.pitch % 12 in (1, 3, 6, 8, 10) for note in piece.score.parts[0].notes)
    assert piece.adherence.is_met


@pytest.mark.parametrize(
    ("options", "error", "word"),
    [
        ({"harmony": "soup"}, ParameterError, "harmony must be"),
        ({"bars": 0}, ParameterError, "bars"),
        ({"n": 65}, ParameterError, "n must be"),
        ({"temperature": 9.0}, ParameterError, "temperature"),
        ({"key": "H"}, ParameterError, "H"),
        ({"low": "C8", "parts": "cello:bass"}, ConstraintError, "Cello"),
        ({"parts": "flute:melody,oboe:melody"}, ConstraintError, "one kind twice"),
        (
            {"low": "C4", "high": "F4", "parts": "violin:melody,piano:comping"},
            ConstraintError,
            "octave",
        ),
        ({"bundle": "nobody"}, BundleError, "nobody"),
    ],
)
def test_what_cannot_be_is_refused(
    bundle: str, options: dict[str, Any], error: type[motet.MotetError], word: str
) -> None:
    with pytest.raises(error, match=word) as caught:
        generate(**{"bundle": bundle, "bars": 2, **options})
    assert any("一" <= sign <= "鿿" for sign in caught.value.zh)


def test_cancelled_it_says_so(bundle: str) -> None:
    stop = Cancel()
    stop.set()
    with pytest.raises(BusyError):
        generate(bundle, bars=2, cancel=stop)

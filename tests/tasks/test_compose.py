"""Compose: whatever the weights say, what was asked for holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import motet
from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.errors import BundleError, ConstraintError, ParameterError
from motet.io import read
from motet.tasks.compose import compose, open_bundle
from motet.theory import parse_chord


def test_the_issue_s_own_request_meets_every_constraint(bundle: Bundle) -> None:
    piece = compose(
        chords="Dm7 G7 Cmaj7 A7", metre="3/4", key="C", parts="piano:melody,acoustic_bass",
        seed=7, bundle=bundle, ground="model",
    )  # fmt: skip
    score = piece.score
    assert piece.adherence.is_met, piece.adherence.table()
    assert piece.writers == ("model", "model")
    assert {(bar.metre.numerator, bar.metre.denominator) for bar in score.bars} == {(3, 4)}
    assert [part.program for part in score.parts] == [0, 32]
    symbols = [one.symbol for one in score.chords]
    assert symbols[:4] == ["Dm7", "G7", "Cmaj7", "A7"]
    for part in score.parts:
        assert part.notes
        for note in part.notes:
            chord = parse_chord(score.chord_at(note.onset_tick).symbol)  # type: ignore[union-attr]
            bar = score.bars[score.bar_at(note.onset_tick)]
            assert note.pitch % 12 in {0, 2, 4, 5, 7, 9, 11, *chord.pcs}
            if note.onset_tick == bar.start_tick:
                assert note.pitch % 12 in chord.pcs
        ends = [note.end_tick for note in part.notes]
        starts = [note.onset_tick for note in part.notes[1:]]
        assert all(end <= start for end, start in zip(ends, starts, strict=False))
        assert max(ends) == score.bars[-1].end_tick


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["4/4", "3/4", "7/8", "6/8", "4/4, 3: 5/4"]),
    st.sampled_from(["C", "F# minor", "Eb", "D dorian"]),
    st.integers(1, 6),
    st.sampled_from(["piano", "violin,cello", "flute,piano,acoustic_bass", "strings,drums"]),
    st.integers(0, 99),
    st.sampled_from(["auto", "model", "arranger"]),
    st.sampled_from(["strict", "scale", "free"]),
)
def test_any_brief_is_obeyed(
    bundle: Bundle,
    metre: str,
    key: str,
    bars: int,
    parts: str,
    seed: int,
    ground: str,
    harmony: str,
) -> None:
    if bars < 3:
        metre = metre.partition(",")[0]
    piece = compose(
        metre=metre, key=key, bars=bars, parts=parts, seed=seed, ground=ground, candidates=1,
        bundle=bundle, humanise=0.0, harmony=harmony,
    )  # fmt: skip
    assert piece.adherence.is_met, piece.adherence.table()
    assert piece.score.n_bars == bars


@pytest.mark.parametrize(
    "wish",
    [
        {"instrument": "violin", "low": "A4", "high": "E5"},
        {"instrument": "piano", "role": "comping", "polyphony": 2, "density": [1, 2]},
        {"instrument": "cello", "rhythm": "x--x--x-"},
        {"instrument": "flute", "rests": "2, 4"},
        {"instrument": "drums", "density": [2, 4]},
        {"instrument": "guitar", "density": "sparse"},
    ],
)
def test_bounds_of_a_part_hold(bundle: Bundle, wish: dict[str, Any]) -> None:
    piece = compose(
        parts=[wish], bars=6, metre="4/4", key="G", bundle=bundle, candidates=1, ground="model"
    )
    assert piece.adherence.is_met, piece.adherence.table()


def test_the_same_request_gives_the_same_piece(bundle: Bundle) -> None:
    one, two = (compose(bars=4, seed=3, bundle=bundle, candidates=2) for _ in range(2))
    assert one.score == two.score


def test_nothing_depends_on_parts_that_the_arranger_leaves(bundle: Bundle) -> None:
    piece = compose(style="bossa", bars=4, bundle=bundle, candidates=1, seed=2)
    assert piece.writers[0] == "model"
    assert set(piece.writers[1:]) == {"arranger"}
    assert "model" in piece.summary()
    assert "编配器" in piece.summary("zh")


def test_without_a_model_the_arranger_writes_and_says_so() -> None:
    if open_bundle(None) is not None:
        pytest.skip("a model is installed")
    piece = compose(bars=4, parts="flute,piano", seed=1)
    assert piece.writers == ("arranger", "arranger")
    assert "No model is installed" in piece.summary()
    assert "没有安装模型" in piece.summary("zh")
    assert all(part.notes for part in piece.parts)


def test_briefs_tables_and_options(bundle: Bundle) -> None:
    brief = Brief(bars=2, parts="flute", key="C", seed=1)
    one = compose(brief, bundle=bundle)
    two = compose({"bars": 2, "parts": "flute", "key": "C"}, seed=1, bundle=bundle)
    assert one.score == two.score
    assert compose(brief, bars=3, bundle=bundle).score.n_bars == 3


@pytest.mark.parametrize(
    ("options", "kind", "word"),
    [
        ({"barz": 4}, ParameterError, "bars"),
        ({"chords": "Xyz9"}, ParameterError, "Xyz9"),
        ({"parts": "flute", "bundle": "nobody"}, BundleError, "nobody"),
        ({"parts": [{"instrument": "flute", "polyphony": 4}]}, ConstraintError, "polyphony"),
    ],
)
def test_what_cannot_be_is_refused(options: dict[str, Any], kind: type, word: str) -> None:
    with pytest.raises(kind, match=word):
        compose(**options)
    with pytest.raises(ParameterError, match="must be a Brief"):
        compose(5)  # type: ignore[arg-type]


def test_a_sentence_is_a_brief(bundle: Bundle) -> None:
    piece = compose(
        "a waltz for flute in D, 4 bars", bundle=bundle, candidates=1, seed=2, originality=False
    )
    assert (piece.score.n_bars, piece.brief.metre, piece.brief.key) == (4, "3/4", "D")
    assert piece.score.parts[0].name == "Flute"


def test_it_is_saved_like_any_piece(bundle: Bundle, tmp_path: Path) -> None:
    piece = motet.compose(bars=2, parts="flute,piano", bundle=bundle, candidates=1, language="zh")
    (path,) = motet.save(piece, tmp_path / "a.mid")
    assert read(path).score.n_notes == piece.score.n_notes
    assert piece.write(tmp_path / "a.json").is_file()


def test_a_model_of_phrases_is_refused_with_a_way_out() -> None:
    with pytest.raises(BundleError, match="motet generate"):
        open_bundle("vae-melody-2")

"""What a brief may ask of new bars: honoured and checked in them, or refused with the reason."""

from __future__ import annotations

from typing import Any

import pytest

from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.errors import ConstraintError, MotetError, ParameterError
from motet.score import Score, make_score
from motet.tasks.extend import continue_score
from motet.tasks.infill import infill
from motet.tasks.wishes import bend_cast, read_wishes, refuse_layers, tame_symbols
from motet.theory import Key


def tune(**options: Any) -> Score:
    """Four bars in G major, a melody over a bass, with chords."""
    return make_score(
        "B4:1 A4:.5 G4:.5 A4:2 | A4:2 D4:1 E4:1 | G4:1 A4:.5 C5:.5 B4:2 | G4:4",
        "G2:4 | D3:4 | E3:4 | G2:4",
        fifths=1, chords="G:4 D7:4 Em:4 G:4", **options,
    )  # fmt: skip


WISHES: list[dict[str, Any]] = [
    {"feel": "laid-back"},
    {"feel": "pushed"},
    {"articulation": "staccato"},
    {"articulation": "legato"},
    {"avoid": "leaps, syncopation"},
    {"avoid": "high notes, chromatic notes"},
    {"emotion": "excited"},
    {"emotion": "1: calm, 8: excited"},
]


@pytest.mark.parametrize("wish", WISHES, ids=str)
def test_new_bars_honour_a_wish_and_given_notes_stay(wish: dict[str, Any], bundle: Bundle) -> None:
    score = tune()
    job: dict[str, Any] = {"bundle": bundle, "candidates": 1, "originality": False, "seed": 2}
    longer = continue_score(score, bars=6, **wish, **job)
    filled = infill(score, bars="2-3", parts=[0], **wish, **job)
    for piece, n_free in ((longer, 0), (filled, 2)):
        checks = {one.name: one.ok for one in piece.adherence.checks}
        missed = [name for name, ok in checks.items() if ok is False]
        assert [name for name in missed if not name.startswith("emotion curve")] == []
        assert checks["kept"] is True
        told = {"emotion": "emotion"}.get(next(iter(wish)), next(iter(wish)))
        assert told in checks, checks
        if n_free:
            assert piece.parts[1] == score.parts[1]
        else:
            assert piece.parts[0].notes[: len(score.parts[0].notes)] == score.parts[0].notes


def test_surprise_chooses_the_new_chords(bundle: Bundle) -> None:
    job: dict[str, Any] = {"bundle": bundle, "candidates": 1, "originality": False, "bars": 6}
    found = {}
    for asked in (0.0, 1.0):
        piece = continue_score(tune(), surprise=asked, **job)
        assert piece.adherence.is_met, piece.adherence.table()
        symbols = [one.symbol for one in piece.score.chords if one.tick >= 4 * 1920]
        assert symbols[-1] == "G"
        (check,) = [one for one in piece.adherence.checks if one.name == "surprise"]
        found[asked] = float(check.measured[0].split()[0])
    assert found[1.0] > found[0.0] + 1.0
    plain = continue_score(tune(), surprise=1.0, avoid="chromatic notes, seventh chords", **job)
    assert plain.adherence.is_met, plain.adherence.table()


def test_chords_that_go_on_are_tamed_and_parts_to_avoid_do_not_go_on(bundle: Bundle) -> None:
    job: dict[str, Any] = {"bundle": bundle, "candidates": 1, "originality": False, "bars": 4}
    piece = continue_score(tune(), avoid="seventh chords", **job)
    assert [one.symbol for one in piece.score.chords][-3:] == ["D", "Em", "G"]
    band = make_score("G4:4 | G4:4", "G2:4 | G2:4", programs=(73, 32), fifths=1)
    alone = continue_score(band, avoid="acoustic_bass", **job)
    assert alone.writers == ("model", "given")
    assert alone.parts[1].notes == band.parts[1].notes
    with pytest.raises(ConstraintError, match="Upright Bass"):
        continue_score(band, avoid="acoustic_bass", parts=[1], **job)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"groove": "bossa"}, "arranger"),
        ({"references": "a.mid"}, "compose"),
        ({"feel": "half-time"}, "stretches"),
        ({"metre": "3/4"}, "goes on"),
        ({"grove": "bossa"}, "grove"),
        ({"avoid": "major"}, "G major"),
        ({"surprise": 3}, "surprise"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(
    options: dict[str, Any], word: str, bundle: Bundle
) -> None:
    for do, job in ((continue_score, {"bars": 2}), (infill, {"bars": "2"})):
        if do is infill and "surprise" in options:
            word = "keeps those of the score"
        with pytest.raises((ParameterError, ConstraintError), match=word) as told:
            do(tune(), bundle=bundle, **job, **options)  # type: ignore[operator]
        assert isinstance(told.value, MotetError)
        assert any("\u4e00" <= sign <= "\u9fff" for sign in told.value.zh)


def test_infill_refuses_what_its_chords_or_layers_forbid(bundle: Bundle) -> None:
    with pytest.raises(ConstraintError, match="the chord D7"):
        infill(tune(), bars="2", avoid="seventh chords", bundle=bundle)
    assert infill(tune(), bars="3", avoid="seventh chords", bundle=bundle, candidates=1)
    with pytest.raises(ConstraintError, match="rhythm of some bars is kept"):
        infill(tune(), bars="3", keep_rhythm=True, feel="swing", bundle=bundle)
    with pytest.raises(ConstraintError, match="avoid leaps would change it"):
        refuse_layers(Brief(avoid="leaps"), (), {(0, 0)})
    refuse_layers(Brief(avoid="leaps"), {(0, 0)}, ())


def test_wishes_are_read_like_a_brief() -> None:
    brief = read_wishes({"emotion": "1: calm, 5: excited"}, ("emotion",), what="x", what_zh="某")
    assert len(brief.emotion_curve) == 2
    assert tame_symbols((), Key("C"), Brief(avoid="seventh chords")) == []
    assert bend_cast((), Brief(emotion="sad"), tune(), ()) == ()

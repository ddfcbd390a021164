"""A motif developed: the form is kept, phrases are what they are said to be."""

from __future__ import annotations

import pytest

from motet.engine.bundle import Bundle
from motet.errors import ParameterError
from motet.provenance import record_of
from motet.score import make_score
from motet.tasks.melody import develop

FATE = "r:.5 G4:.5 G4:.5 G4:.5 Eb4:2 | r:.5 F4:.5 F4:.5 F4:.5 D4:2"


def test_every_planned_phrase_is_found_in_the_notes(bundle: Bundle) -> None:
    piece = develop(FATE, key="C minor", form="A8 B8 A8", bundle=bundle, candidates=1,
                    originality=False)  # fmt: skip
    assert piece.task == "develop"
    assert piece.score.n_bars == 24
    phrases = [one for one in piece.adherence.checks if one.name == "phrase"]
    assert sum(one.ok is True for one in phrases) >= 6
    assert piece.adherence.is_met, piece.adherence.table()
    motif = make_score(FATE).parts[0].notes
    start = [(n.onset_tick, n.pitch) for n in piece.score.parts[0].notes if n.onset_tick < 3840]
    assert start == [(n.onset_tick, n.pitch) for n in motif]


def test_the_motif_is_given_and_proved_kept(bundle: Bundle) -> None:
    motif = make_score("C5:1 Eb5:.5 D5:.5 F#4:2", fifths=0)
    piece = develop(motif, key="C", form="A4 A4", chords="C | G7 | F | C", bundle=bundle, candidates=1,
                    originality=False)  # fmt: skip
    assert piece.given is not None
    assert piece.given.parts[0].notes == motif.parts[0].notes
    assert piece.given.n_bars == piece.score.n_bars == 8
    kept = [one for one in piece.adherence.checks if one.name == "kept"]
    assert [(one.ok, one.measured[0]) for one in kept] == [(True, "4")]
    assert [note for note in piece.parts[0].notes if note.onset_tick < 1920] == list(
        motif.parts[0].notes
    )
    record = record_of(piece)
    assert record.written[0].startswith("gm") or record.written[0].startswith("ga")


def test_an_accompaniment_leaves_the_line_as_it_is(bundle: Bundle) -> None:
    job = {
        "key": "C minor",
        "form": "A4 B4",
        "bundle": bundle,
        "candidates": 1,
        "originality": False,
    }
    alone = develop(FATE, **job)  # type: ignore[arg-type]
    band = develop(FATE, accompany="bossa", instrument="piano", **job)  # type: ignore[arg-type]
    assert len(alone.parts) == 1
    assert band.parts[0].notes == alone.parts[0].notes
    assert {"bass", "drums"} <= {part.role for part in band.parts[1:]}
    assert all(part.notes for part in band.parts[1:])
    assert set(band.writers[1:]) <= {"arranger", "model"}
    assert [one.ok for one in band.adherence.checks if one.name == "kept"] == [True]
    quartet = develop(FATE, accompany="string-quartet", **job)  # type: ignore[arg-type]
    assert not any(part.is_drums for part in quartet.parts)
    assert quartet.parts[0].program == 40  # written notes have no player of their own
    flute = make_score(FATE, programs=(73,))
    assert develop(flute, accompany="string-quartet", **job).parts[0].program == 73  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match="polkaa"):
        develop(FATE, accompany="polkaa", **job)  # type: ignore[arg-type]


def test_a_form_that_cannot_hold_the_motif_is_refused(bundle: Bundle) -> None:
    with pytest.raises(ParameterError, match="begins with 1 bars and the motif has 2"):
        develop(FATE, key="C minor", form="A1", bundle=bundle)


def test_techniques_asked_for_are_there(bundle: Bundle) -> None:
    piece = develop(
        "C5:1.5 D5:.5 E5:1 G5:1 | E5:2 C5:2", key="C", form="A8 B8",
        techniques="inversion augmentation retrograde", bundle=bundle, candidates=1, originality=False,
    )  # fmt: skip
    told = [one.measured[0] for one in piece.adherence.checks if one.name == "phrase"]
    for name in ("inversion", "augmentation", "retrograde"):
        assert any(text.startswith(name) for text in told), told


def test_given_chords_are_kept(bundle: Bundle) -> None:
    piece = develop(
        "C5:1 E5:.5 D5:.5 G4:2", key="C", form="A4", chords="C | F | G7 | C", bundle=bundle,
        candidates=1, originality=False,
    )  # fmt: skip
    assert [one.symbol for one in piece.score.chords] == ["C", "F", "G7", "C"]


def test_what_finds_no_room_is_said(bundle: Bundle) -> None:
    piece = develop(
        FATE, key="C minor", form="A4", techniques=["augmentation"], bundle=bundle, candidates=1,
        originality=False,
    )  # fmt: skip
    assert "augmentation" in piece.remarks[0][0]


def test_a_score_is_a_motif_too_and_seeds_count(bundle: Bundle) -> None:
    score = make_score("E5:1 D5:1 C5:1", metre="3/4", programs=(40,), fifths=0)
    pieces = [
        develop(score, form="A8 B8", seed=seed, bundle=bundle, candidates=1, originality=False)
        for seed in (1, 1, 2)
    ]
    assert pieces[0].score == pieces[1].score != pieces[2].score
    assert pieces[0].score.metres[0].numerator == 3
    assert pieces[0].parts[0].program == 40


@pytest.mark.parametrize(
    ("options", "word"),
    [({"techniques": "magic"}, "magic"), ({"form": "A"}, "form"), ({"bars": 8}, "bars")],
)
def test_mistakes_are_named(options: dict[str, object], word: str) -> None:
    with pytest.raises(ParameterError, match=word):
        develop(FATE, **options)  # type: ignore[arg-type]


def test_another_metre_than_the_motifs_is_refused() -> None:
    with pytest.raises(ParameterError, match="3/4"):
        develop(make_score("C4:1 D4:1 E4:1", metre="3/4"), metre="4/4")

"""What the report holds to account, and what it says besides."""

from __future__ import annotations

from dataclasses import replace

from motet.score import Score, make_score
from motet.tasks import Composition, restyle


def check(piece: Composition, name: str) -> bool | None:
    return next(one.ok for one in piece.adherence.checks if one.name == name)


def test_only_what_was_kept_is_held_to_account(song: Score) -> None:
    piece = restyle(song, to="bossa", keep="tune,key", ground="arranger")
    assert check(piece, "tune") is True
    assert check(piece, "melody") is None
    assert check(piece, "form") is None
    assert check(piece, "ending") is True


def test_every_word_kept_is_measured(song: Score) -> None:
    keep = "melody,harmony,form,bass,rhythm,key,tempo,metre,lyrics"
    piece = restyle(song, to="rock", keep=keep, ground="arranger")
    for name in ("melody", "harmony", "form", "part", "rhythm", "key", "tempo", "metre", "lyrics"):
        assert check(piece, name) is True, name
    assert "style drums" in {one.name for one in piece.adherence.checks}


def test_what_became_of_an_open_tune_is_told(song: Score) -> None:
    piece = restyle(song, to="bossa", keep="form", strength=1.0, ground="arranger")
    told = next(one for one in piece.adherence.checks if one.name == "tune changes")
    assert "moved in time" in told.measured[0]
    assert "改动时间" in told.measured[1]
    kept = restyle(song, to="bossa", ground="arranger")
    assert "tune changes" not in {one.name for one in kept.adherence.checks}
    assert "8 > " in next(one for one in kept.adherence.checks if one.name == "roots").measured[0]


def test_a_doubtful_melody_is_said() -> None:
    line = "C5:1 D5:1 E5:1 F5:1 | G5:4"
    piece = restyle(make_score(line, line), to="bossa", ground="arranger")
    assert any("% sure" in en and "把握" in zh for en, zh in piece.remarks)


def test_a_metre_is_offered_where_the_groove_was_bent(waltz: Score) -> None:
    bent = restyle(waltz, to="bossa", ground="arranger")
    moved = restyle(waltz, to="bossa", metre="style", ground="arranger")
    assert any("metre='4/4'" in en for en, _ in bent.remarks)
    assert not any("metre=" in en for en, _ in moved.remarks)
    assert check(moved, "melody") is True


def test_a_straight_melody_over_swing_is_said(song: Score) -> None:
    eighths = make_score("C4:0.5 D4:0.5 E4:0.5 F4:0.5 G4:2 | " * 3 + "C4:4", fifths=0)
    piece = restyle(eighths, to="swing", ground="arranger")
    assert any("quavers" in en for en, _ in piece.remarks)
    open_piece = restyle(eighths, to="swing", keep="tune", ground="arranger")
    assert not any("quavers" in en for en, _ in open_piece.remarks)
    del song


def test_a_tune_out_of_range_is_said(song: Score) -> None:
    low = song.with_parts(
        replace(
            song.parts[0], notes=tuple(replace(n, pitch=n.pitch - 36) for n in song.parts[0].notes)
        ),
        song.parts[1],
    )
    piece = restyle(low, to="hymn", melody=0, ground="arranger")
    assert any("outside the range" in en for en, _ in piece.remarks)

"""The piano roll as a whole: every note is there, sizes hold, words do not run into each other."""

import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.render.font import text_width_em
from motet.render.roll import draw_roll
from motet.score import BarLength, Metre, Note, Part, Score, Section, make_score

_SVG = "{http://www.w3.org/2000/svg}"


def _notes(svg: str) -> list[dict[str, float]]:
    root = ET.fromstring(svg)
    return [
        {name: float(rect.get(name, "0")) for name in ("x", "y", "width", "height")}
        for rect in root.iter(f"{_SVG}rect")
        if rect.get("class") == "note"
    ]


def _texts(svg: str) -> list[tuple[float, float, float, str, str]]:
    """Left, right, baseline, words and weight of every line of text."""
    out = []
    for text in ET.fromstring(svg).iter(f"{_SVG}text"):
        words, size = text.text or "", float(text.get("font-size", "0"))
        x, y = float(text.get("x", "0")), float(text.get("y", "0"))
        bold = text.get("font-weight") == "bold"
        width = float(text.get("textLength", text_width_em(words, bold=bold) * size))
        left = x - width if text.get("text-anchor") == "end" else x
        out.append((left, left + width, y, words, "bold" if bold else ""))
    return out


def test_every_note_is_drawn_once(song: Score) -> None:
    svg = draw_roll(song)
    # Notes end with their bar here, so no row cuts one in two.
    assert len(_notes(svg)) == song.n_notes


def test_time_and_pitch_become_places() -> None:
    svg = draw_roll(make_score("C4:1 r:1 D4:2", metre="4/4"))
    low, high = _notes(svg)
    assert high["x"] - low["x"] == pytest.approx(1080 / 2, abs=0.1)
    # Notes end a little early so that repeated ones are told apart.
    assert (high["width"] + 0.6) / (low["width"] + 0.6) == pytest.approx(2.0, abs=0.01)
    assert high["y"] < low["y"]
    assert (low["y"] - high["y"]) == pytest.approx(2 * high["height"] / 0.8, rel=0.02)


def test_a_note_over_a_row_edge_is_drawn_in_both_rows() -> None:
    svg = draw_roll(make_score("C4:3 E4:2 G4:3"), bars_per_row=1)
    assert len(_notes(svg)) == 4


def test_louder_is_stronger() -> None:
    notes = (
        Note(onset_tick=0, duration_tick=480, pitch=60, velocity=30),
        Note(onset_tick=480, duration_tick=480, pitch=60, velocity=120),
    )
    svg = draw_roll(Score(parts=(Part(name="A", notes=notes),)))
    fills = re.findall(r'<g fill="#([0-9a-f]{6})"', svg)
    light, strong = (sum(int(fill[k : k + 2], 16) for k in (0, 2, 4)) for fill in fills)
    assert strong < light


def test_words_stand_clear_of_each_other(song: Score) -> None:
    for options in ({}, {"height_px": 900}, {"bars_per_row": 24}, {"language": "zh"}):
        texts = _texts(draw_roll(song, **options))
        assert len(texts) > 40
        for k, (left, right, y, words, _) in enumerate(texts):
            assert left >= 0
            assert right <= 1200
            for left_2, right_2, y_2, words_2, _ in texts[k + 1 :]:
                if abs(y - y_2) < 5:
                    assert right <= left_2 + 0.5 or right_2 <= left + 0.5, (words, words_2)


def test_chords_sections_facts_and_legend_are_shown(song: Score) -> None:
    words = [text[3] for text in _texts(draw_roll(song))]
    assert words.count("B♭maj7") == 3
    assert words.count("F♯m7♭5") == 3
    assert {"Intro", "Verse 1", "Chorus", "Outro", "月光下的小路", "Motet"} <= set(words)
    assert "♩ = 96 · 4/4 · A minor · 24 bars · 1:00" in words
    assert {"Lead 主唱", "Warm Pad", "Drums", "Kick", "Snare", "Closed hat", "C4"} <= set(words)
    chinese = [text[3] for text in _texts(draw_roll(song, language="zh"))]
    assert {"前奏", "主歌 1", "副歌", "底鼓", "军鼓"} <= set(chinese)
    assert "♩ = 96 · 4/4 · A 小调 · 24 小节 · 1:00" in chinese


def test_chords_stand_at_their_ticks() -> None:
    svg = draw_roll(make_score("C4:4 C4:4", chords="C:2 F:4 G:2"))
    places = {words: left for left, _, _, words, bold in _texts(svg) if bold and words in "CFG"}
    assert places["F"] - places["C"] == pytest.approx(1080 / 4, abs=0.2)
    assert places["G"] - places["F"] == pytest.approx(1080 / 2, abs=0.2)


def test_bars_and_parts_can_be_chosen(song: Score) -> None:
    some = draw_roll(song, start_bar=5, end_bar=7, parts=["Fingered Bass", "Strings"])
    assert len(_notes(some)) == 8
    assert "bars 5 to 6" in some
    assert "Warm Pad" not in some


def test_pickup_bar_is_number_0() -> None:
    score = make_score("G4:1 C4:4 D4:4")
    score = Score(parts=score.parts, bar_lengths=(BarLength(tick=0, duration_tick=480),))
    words = [text[3] for text in _texts(draw_roll(score))]
    assert "0" in words
    assert len(_notes(draw_roll(score, start_bar=0, end_bar=1))) == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_sizes_are_kept(tmp_path: Path, song: Score, theme: str) -> None:
    path = tmp_path / "a.png"
    svg = draw_roll(song, path, width_px=800, height_px=500, theme=theme)
    assert struct.unpack(">II", path.read_bytes()[16:24]) == (800, 500)
    root = ET.fromstring(svg)
    assert (root.get("width"), root.get("height")) == ("800", "500")
    assert max(note["y"] + note["height"] for note in _notes(svg)) < 500 * 1200 / 800


def test_svg_and_pdf_are_written(tmp_path: Path, song: Score) -> None:
    svg = draw_roll(song, tmp_path / "a.svg")
    assert (tmp_path / "a.svg").read_text(encoding="utf-8") == svg
    draw_roll(song, tmp_path / "a.PDF")
    assert (tmp_path / "a.PDF").read_bytes()[:5] == b"%PDF-"
    assert draw_roll(song) == svg


def test_long_pieces_wrap_and_stay_a_page(make_song: Callable[[int], Score]) -> None:
    for n_bars in (1, 8, 60, 400):
        root = ET.fromstring(draw_roll(make_song(n_bars)))
        assert int(root.get("height", "0")) < 7000


def test_empty_and_odd_scores_are_drawn() -> None:
    assert "<svg" in draw_roll(Score())
    assert _notes(draw_roll(make_score("drums 36:1 0:1 127:2")))
    high = draw_roll(make_score("C-1:1 G9:1"))
    assert len(_notes(high)) == 2
    same_tick = Score(
        parts=make_score("C4:4").parts,
        sections=(Section(tick=0, label="A"), Section(tick=0, label="<B&>")),
        metres=(Metre(tick=0, numerator=13, denominator=16),),
        title='<&"',
    )
    ET.fromstring(draw_roll(same_tick))


@settings(max_examples=25, deadline=None)
@given(
    notes=st.lists(
        st.tuples(st.integers(0, 5000), st.integers(0, 3000), st.integers(0, 127)), max_size=20
    ),
    numerator=st.integers(1, 12),
    denominator=st.sampled_from([2, 4, 8, 16]),
    bars_per_row=st.one_of(st.none(), st.integers(1, 9)),
)
def test_any_score_gives_a_whole_picture(
    notes: list[tuple[int, int, int]],
    numerator: int,
    denominator: int,
    bars_per_row: int | None,
) -> None:
    made = tuple(
        Note(onset_tick=onset, duration_tick=duration, pitch=pitch)
        for onset, duration, pitch in notes
    )
    score = Score(
        parts=(Part(name="A", notes=made), Part(name="B", notes=made, is_drums=True)),
        metres=(Metre(tick=0, numerator=numerator, denominator=denominator),),
    )
    svg = draw_roll(score, bars_per_row=bars_per_row)
    drawn = _notes(svg)
    assert len(drawn) >= 2 * len(notes)
    for note in drawn:
        assert 90 <= note["x"] <= 1174
        assert note["width"] > 0
        assert note["height"] > 0


def test_wrong_options_are_named(tmp_path: Path, song: Score) -> None:
    for options, word in (
        ({"width_px": 10}, "width_px"),
        ({"height_px": 10}, "height_px"),
        ({"theme": "pink"}, "theme"),
        ({"bars_per_row": 0}, "bars_per_row"),
        ({"start_bar": 99}, "start_bar=99"),
        ({"parts": ["Kazoo"]}, "Kazoo"),
    ):
        with pytest.raises(ParameterError, match=word):
            draw_roll(song, **options)
    with pytest.raises(ParameterError, match=r"\.svg, \.png or \.pdf"):
        draw_roll(song, tmp_path / "a.gif")

"""One row: keys, drums, bar lines, notes."""

import re
import xml.etree.ElementTree as ET

from motet.render.roll_layout import Row, row_furniture
from motet.render.roll_row import draw_row
from motet.render.roll_style import RollStyle
from motet.score import Metre, Note, Part, Score, make_score


def _draw(score: Score, *, key_height: float = 6.0, px_per_tick: float = 0.1) -> tuple[str, float]:
    furniture = row_furniture(score, score.bars, score.parts)
    row = Row(bars=score.bars, px_per_tick=px_per_tick, furniture=furniture)
    colours = ("#d55e00", "#0072b2", "#009e73")[: len(score.parts)]
    return draw_row(
        score, row, score.parts, colours, key_height=key_height, y=100.0, style=RollStyle()
    )


def test_row_is_sound_xml_and_as_high_as_its_lanes() -> None:
    score = make_score("C4:4", "drums 36:1 42:1", chords="C:4")
    text, height = _draw(score)
    ET.fromstring(f"<g>{text}</g>")
    # Bar numbers, chords, 15 keys, a gap, two drums.
    assert height == 17 + 23 + 15 * 6 + 7 + 2 * 13


def test_octaves_are_labelled() -> None:
    text, _ = _draw(make_score("C3:2 C6:2"))
    assert re.findall(r">(C\d)<", text) == ["C3", "C4", "C5", "C6"]


def test_beats_of_a_metre_have_lines() -> None:
    def n_beat_lines(numerator: int, denominator: int) -> int:
        score = Score(
            parts=make_score("C4:1").parts,
            metres=(Metre(tick=0, numerator=numerator, denominator=denominator),),
        )
        text, _ = _draw(score)
        path = re.search(r'<path d="([^"]+)" stroke="#dfe3e9" stroke-width="0.8"', text)
        return path.group(1).count("M") if path else 0

    assert [n_beat_lines(4, 4), n_beat_lines(6, 8), n_beat_lines(7, 8)] == [3, 1, 2]


def test_pads_lie_behind_melodies() -> None:
    note = (Note(onset_tick=0, duration_tick=480, pitch=60),)
    score = Score(
        parts=(
            Part(name="Tune", notes=note, role="melody"),
            Part(name="Pad", notes=note, role="pad"),
            Part(name="Bass", notes=note, role="bass"),
        )
    )
    text, _ = _draw(score)
    assert re.findall('data-part="([^"]+)"', text) == ["Pad", "Bass", "Tune"]


def test_a_note_a_little_early_leaves_no_splinter_in_the_row_before() -> None:
    note = Note(onset_tick=1910, duration_tick=400, pitch=60)
    score = Score(parts=(Part(name="A", notes=(note,)),))
    furniture = row_furniture(score, score.bars, score.parts)
    drawn = []
    for bars in (score.bars[:1], score.bars[1:]):
        row = Row(bars=bars, px_per_tick=0.1, furniture=furniture)
        text, _ = draw_row(
            score, row, score.parts, ("#d55e00",), key_height=6.0, y=0.0, style=RollStyle()
        )
        drawn.append(text.count('class="note"'))
    assert drawn == [0, 1]


def test_grace_and_zero_length_notes_can_be_seen() -> None:
    notes = (
        Note(onset_tick=0, duration_tick=0, pitch=60, grace="acciaccatura"),
        Note(onset_tick=0, duration_tick=0, pitch=64),
    )
    text, _ = _draw(Score(parts=(Part(name="A", notes=notes),)))
    widths = [float(w) for w in re.findall(r'class="note"[^>]* width="([^"]+)"', text)]
    assert len(widths) == 2
    assert min(widths) > 1

"""Title, facts and legend."""

from motet.render.roll_head import draw_head
from motet.render.roll_style import RollStyle
from motet.score import Metre, Part, Score, Tempo, make_score

_STYLE = RollStyle()


def _head(score: Score, first: int = 0) -> tuple[str, float]:
    colours = ("#000000",) * len(score.parts)
    return draw_head(score, score.bars[first:], score.parts, colours, style=_STYLE)


def test_facts_are_those_at_the_first_bar_shown() -> None:
    score = make_score("C4:4 C4:4 C4:4", metre="4/4", qpm=60, fifths=-2)
    assert "♩ = 60 · 4/4 · B♭ major · 3 bars · 0:12" in _head(score)[0]
    score = Score(
        parts=score.parts,
        tempos=(*score.tempos, Tempo(tick=1920, quarter_us=500_000)),
        metres=(*score.metres, Metre(tick=1920, numerator=2, denominator=4)),
    )
    assert "♩ = 120 · 2/4 · bars 2 to 5 · 0:04" in _head(score, first=1)[0]


def test_parts_without_a_name_are_called_something() -> None:
    text, _ = _head(Score(parts=(Part(program=40), Part(is_drums=True))))
    assert "Program 40" in text
    assert "Drums" in text


def test_a_long_legend_wraps() -> None:
    few = _head(Score(parts=(Part(name="Violin"),)))[1]
    many = _head(Score(parts=tuple(Part(name=f"Violin number {k}") for k in range(30))))[1]
    assert many >= few + 3 * 21


def test_a_long_title_is_made_to_fit() -> None:
    text, _ = _head(Score(title="月光" * 40))
    size = float(text.split('font-size="')[1].split('"')[0])
    assert 80 * size <= 1200 - 2 * 28 + 1

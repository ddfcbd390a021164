"""Form, length and the curve of emotion settled against each other.

Conventions: a form whose sections all have bars decides the length; otherwise the length said is dealt out.
"""

from __future__ import annotations

import re
from fractions import Fraction

from motet.brief.text import read_form, read_metres
from motet.sentence.curve import Point, lay_curve
from motet.sentence.form import lay_out
from motet.sentence.said import Said, last_wins
from motet.sentence.settle import Settled, style_facts

__all__ = ["settle_curve", "settle_form"]

_SHORT, _LONG = 8, 64
_MOST = 400
_CURVE_BARS = 32


def settle_form(out: Settled, said: list[Said]) -> None:
    """Settle form and length.

    Parameters
    ----------
    out : Settled
        Style, tempo and metre are settled.
    said : list of Said

    Examples
    --------
    >>> from motet.sentence.text import Sentence
    >>> out = Settled(Sentence("two minutes at 120"))
    >>> out.fields["qpm"] = 120.0
    >>> settle_form(out, [Said("seconds", 120.0, 0, 11)])
    >>> out.fields["bars"]
    60
    """
    form, _ = last_wins(said, "form")
    bars, other_bars = last_wins(said, "bars")
    for one in other_bars:
        if bars is not None:
            out.clash(bars, one)
    seconds, _ = last_wins(said, "seconds")
    length, _ = last_wins(said, "length")
    if bars is None and seconds is not None:
        n = _bars_of(out, float(seconds.value))
        bars = Said("bars", n, seconds.start, seconds.end, confidence=0.9)
        out.assumed.append(_tell_bars(out, seconds, n))
    elif bars is not None and seconds is not None:
        n = _bars_of(out, float(seconds.value))
        if not 0.6 <= n / bars.value <= 1.7:
            out.clash(bars, seconds)
    if form is not None:
        _put_form(out, form, bars, is_exact=seconds is None)
        return
    if bars is not None:
        out.put("bars", bars.value, bars)
    elif length is not None:
        n = _SHORT if length.value == "short" else _LONG
        out.extra["bars"] = n
        out.assumed.append((f"{n} bars: only “{out.words(length)}” was said",
                            f"{n} 小节:只说了“{out.words(length)}”"))  # fmt: skip


def _put_form(out: Settled, form: Said, bars: Said | None, *, is_exact: bool) -> None:
    """Set a form, with bars for every section, and its length."""
    sections = form.value
    are_said = all(n for _, n in sections)
    total = sum(n for _, n in sections)
    if are_said and bars is not None and total != bars.value and is_exact:
        out.clash(form, bars, f"{total} bars")
    text = lay_out(sections, bars.value if bars is not None else None)
    if text is None:
        text = lay_out(sections, None)
        if bars is not None:
            out.clash(form, bars)
    if not text:
        return
    length = sum(int(one) for one in re.findall(r"\d+", text))
    if length > _MOST:
        out.clashes.append(
            (
                f"the form has {length} bars, more than {_MOST}; it was left out",
                f"曲式共 {length} 小节,超过 {_MOST};未予采用",
            )
        )
        return
    out.put("form", text, form)
    if are_said or bars is not None:
        out.put("bars", length, bars if bars is not None and bars.value == length else form)
    else:
        out.assumed.append(
            (f"sections have {text.replace(' ', ', ')} bars", f"各段小节数取 {text}")
        )


def _bars_of(out: Settled, seconds: float) -> int:
    """Return how many bars last so long."""
    style = style_facts(out.fields.get("style", ""))
    qpm = out.fields.get("qpm") or (style.qpm[1] if style is not None else 104.0)
    metre = out.fields.get("metre") or (style.metre if style is not None else "4/4")
    bar_qn = float(read_metres(metre)[0].bar_qn or Fraction(4))
    bars = seconds * qpm / 60 / bar_qn
    step = 2 if bars >= 5 else 1
    return int(max(1, min(_MOST, step * round(bars / step))))


def _tell_bars(out: Settled, seconds: Said, n: int) -> tuple[str, str]:
    words = out.words(seconds)
    return f"“{words}” is {n} bars at the tempo taken", f"按所取速度,“{words}”为 {n} 小节"


def settle_curve(out: Settled, points: list[Point], words: list[Said]) -> None:
    """Settle a curve of emotion over the bars.

    Parameters
    ----------
    out : Settled
        Form and length are settled.
    points : list of Point
    words : list of Said

    Examples
    --------
    >>> from motet.sentence.text import Sentence
    >>> out = Settled(Sentence("sad to happy"), fields={"bars": 8})
    >>> settle_curve(out, [Point(0, (-0.7, -0.4)), Point(1, (0.8, 0.5))], [Said("mood", 0, 0, 12)])
    >>> out.fields["emotion_curve"]
    ((1, -0.7, -0.4), (8, 0.8, 0.5))
    """
    source = Said("emotion_curve", None, words[0].start, words[-1].end, "lexicon")
    n_bars = out.fields.get("bars")
    if n_bars is None and out.fields.get("form"):
        n_bars = sum(one.n_bars for one in read_form(out.fields["form"]))
    if n_bars is None:
        last = max(
            (one.bars[1] for one in points if one.bars and one.bars[0] < one.bars[1]), default=0
        )
        n_bars = last or out.extra.get("bars") or _usual_bars(out)
        if last:
            out.put("bars", last, source)
        else:
            out.extra["bars"] = n_bars
            out.assumed.append((f"{n_bars} bars, so that the emotion has room to change",
                                f"共 {n_bars} 小节,供情绪变化"))  # fmt: skip
    curve = lay_curve(points, n_bars)
    if len(curve) > 1:
        out.put("emotion_curve", curve, source)


def _usual_bars(out: Settled) -> int:
    """Return the length that a curve is laid over when none was said."""
    style = style_facts(out.fields.get("style", ""))
    if style is None:
        return _CURVE_BARS
    return (
        sum(one.n_bars for one in read_form(style.form))
        if isinstance(style.form, str)
        else _CURVE_BARS
    )

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
from motet.sentence.section_mood import SECTION_ORDER
from motet.sentence.settle import Settled, style_facts

__all__ = ["settle_curve", "settle_form"]

_SHORT, _LONG = 8, 64
_MOST = 400
_CURVE_BARS = 32
_LEAST_QPM, _MOST_QPM = 40.0, 220.0
"""Between these, bars and seconds together tell the tempo; else they contradict each other."""


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
        qpm = round(out.fields.get("qpm") or _qpm_of(out, bars.value, float(seconds.value)), 1)
        if "qpm" not in out.fields and _LEAST_QPM <= qpm <= _MOST_QPM:
            told, told_zh = f"“{out.words(bars)}”", f"“{out.words(seconds)}”"
            out.assume("qpm", qpm, f"the tempo is {qpm:g}, so that {told} last {told_zh}",
                       f"速度取 {qpm:g},使{told}正好{told_zh}")  # fmt: skip
        elif not 0.6 <= _bars_of(out, float(seconds.value)) / bars.value <= 1.7:
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


def _bar_qn(out: Settled) -> float:
    """Return the length of a bar in quarter notes."""
    style = style_facts(out.fields.get("style", ""))
    metre = out.fields.get("metre") or (style.metre if style is not None else "4/4")
    return float(read_metres(metre)[0].bar_qn or Fraction(4))


def _qpm_of(out: Settled, bars: int, seconds: float) -> float:
    """Return the tempo at which so many bars last so long."""
    return bars * _bar_qn(out) * 60 / seconds


def _bars_of(out: Settled, seconds: float) -> int:
    """Return how many bars last so long."""
    style = style_facts(out.fields.get("style", ""))
    qpm = out.fields.get("qpm") or (style.qpm[1] if style is not None else 104.0)
    bars = seconds * qpm / 60 / _bar_qn(out)
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
    labels = [one.section for one in points if one.section and one.section != "*"]
    sections = _sections(out, points, source) if labels else ()
    n_bars = sum(length for _, length in sections) or out.fields.get("bars")
    if not n_bars and out.fields.get("form"):
        n_bars = sum(one.n_bars for one in read_form(out.fields["form"]))
    if not n_bars:
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
    if labels and not sections:  # no room for the sections: one after another
        own = [one for one in points if one.section != "*"]
        points = [
            Point(one.share if not one.section else k / max(1, len(own) - 1), one.place)
            for k, one in enumerate(own)
        ]
    curve = lay_curve(points, n_bars, sections=sections)
    if len(curve) > 1:
        out.put("emotion_curve", curve, source)


def _sections(out: Settled, points: list[Point], source: Said) -> tuple[tuple[str, int], ...]:
    """Return the sections that a curve is laid over: those said, the style's, or those it speaks of."""
    spoken = [one.section for one in points if one.section and one.section != "*"]
    if out.fields.get("form"):
        said = tuple((one.label, one.n_bars) for one in read_form(out.fields["form"]))
        return said if {label for label, _ in said} & set(spoken) else ()
    style = style_facts(out.fields.get("style", ""))
    bars = out.fields.get("bars") or out.extra.get("bars")
    if bars is None and style is not None and isinstance(style.form, str):
        usual = tuple((one.label, one.n_bars) for one in read_form(style.form))
        if set(spoken) <= {label for label, _ in usual}:
            out.assume("form", style.form, f"the form is {style.form}, usual in the style",
                       f"曲式取该风格常用的 {style.form}")  # fmt: skip
            return usual
    text = lay_out(tuple((label, 0) for label in _row(spoken, bars)), bars)
    if text is None:
        return ()
    out.extra.pop("bars", None)
    out.put("form", text, source)
    out.assumed.append((f"sections have {text.replace(' ', ', ')} bars", f"各段小节数取 {text}"))
    return tuple((one.label, one.n_bars) for one in read_form(text))


def _row(spoken: list[str], bars: int | None) -> list[str]:
    """Return the sections of a form that was not said, in their usual order; long ones come again."""
    labels = set(spoken)
    if "chorus" in labels and not labels & {"verse", "intro"}:
        labels.add("verse")  # "builds to a joyful chorus"
    elif len(labels) == 1:
        labels.add("chorus" if "verse" in labels else "verse" if len(spoken[0]) > 1 else "B")
    row = sorted(labels, key=SECTION_ORDER.index)
    body = [label for label in row if label in ("verse", "pre-chorus", "chorus")]
    times = (bars or 0) // (16 * max(1, len(body))) if len(body) > 1 else 1
    if times > 1:
        at = row.index(body[0])
        row = [*row[:at], *body * times, *(one for one in row[at:] if one not in body)]
    return row


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

"""Harmony for an arrangement: invented from a style's progressions, given as text, or read off a score.

Conventions: a bar's harmony is a tuple of (start, duration, chord) in quarter notes within the bar. A
section that returns has the same chords. Invented pieces end on the tonic.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from motet.arranger.form import FormSection
from motet.arranger.plan import rng_for
from motet.arranger.style import Style
from motet.arranger.surprise import adorn_bars, pick_by_surprise
from motet.theory.chord import Chord
from motet.theory.progression import Progression, parse_progression
from motet.theory.roman import roman_to_chord
from motet.theory.scale import Key

__all__ = ["BarChords", "fit_progression", "invent_harmony", "tonic_chord"]

BarChords = tuple[tuple[float, float, Chord], ...]

_PLAIN = {
    "major": ("I | vi | IV | V", "I | IV | I | V", "I | V | vi | IV"),
    "minor": ("i | bVI | bIII | bVII", "i | iv | V | i", "i | bVII | bVI | V"),
}
_TONIC = {
    ("triads", False): "I", ("triads", True): "i",
    ("sevenths", False): "Imaj7", ("sevenths", True): "i7",
    ("ninths", False): "Imaj9", ("ninths", True): "i9",
    ("blues", False): "I7", ("blues", True): "i7",
}  # fmt: skip


def tonic_chord(style: Style, key: Key) -> Chord:
    """Return the chord on which a piece in a style and key comes to rest.

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> from motet.theory.scale import parse_key
    >>> tonic_chord(find_style("bossa"), parse_key("D minor")).symbol
    'Dm7'
    """
    return roman_to_chord(_TONIC.get((style.colour, key.is_minor), "I"), key)


def _bars_of(progression: Progression) -> list[BarChords]:
    return [
        tuple((float(span.start_qn), float(span.duration_qn), span.chord) for span in bar)
        for bar in progression.bars
    ]


def fit_progression(bars: Sequence[BarChords], n_bars: int) -> list[BarChords]:
    """Return so many bars of a progression: repeated from its start, or cut, as needed.

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> bars = [((0.0, 4.0, parse_chord(symbol)),) for symbol in ("C", "G")]
    >>> [bar[0][2].symbol for bar in fit_progression(bars, 3)]
    ['C', 'G', 'C']
    """
    return [bars[k % len(bars)] for k in range(n_bars)]


def _choices(style: Style, key: Key, kind: str) -> tuple[str, ...]:
    mode = "minor" if key.is_minor else "major"
    own = style.progressions.get(f"{mode}_{kind}", ())
    usual = style.progressions.get(mode, ())
    return own or usual or _PLAIN[mode]


def invent_harmony(
    style: Style,
    key: Key,
    sections: tuple[FormSection, ...],
    *,
    beats_qn: tuple[Fraction, ...],
    seed: int,
    surprise: float | None = None,
) -> list[list[BarChords]]:
    """Return the harmony of every section, from the style's progressions.

    Parameters
    ----------
    style : Style
    key : Key
    sections : tuple of FormSection
    beats_qn : tuple of Fraction, quarter notes
        Beats of a bar.
    seed : int
    surprise : float or None, 0 to 1
        See `motet.arranger.surprise`.

    Returns
    -------
    list of list of BarChords
        One list a section, one entry a bar. The last bar of the piece is the tonic.

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> from motet.arranger.form import parse_form
    >>> beats = (Fraction(1),) * 4
    >>> style, key = find_style("bossa"), Key("C", "major")
    >>> bars = invent_harmony(style, key, parse_form("A8 B8"), beats_qn=beats, seed=1)
    >>> len(bars), len(bars[0]), bars[-1][-1][0][2].symbol
    (2, 8, 'Cmaj7')
    """
    rng = rng_for(seed, "harmony")
    by_label: dict[str, list[BarChords]] = {}
    used: dict[str, str] = {}
    out = []
    main = [s for s in sections if s.kind not in ("intro", "outro", "break")] or list(sections)
    for section in [*main, *sections]:
        if section.label in by_label:
            continue
        choices = _choices(style, key, section.kind)
        text = _pick(choices, used, section.kind, rng)
        if surprise is not None:
            text = pick_by_surprise(choices, key, surprise, rng)
        used[section.kind] = text
        borrowed = section.kind in ("intro", "outro", "break") and not style.progressions.get(
            f"{'minor' if key.is_minor else 'major'}_{section.kind}"
        )
        if borrowed and used.get("first"):
            text = used["first"]
        used.setdefault("first", text)
        progression = parse_progression(text, beats_qn=beats_qn, key=key)
        by_label[section.label] = _bars_of(progression)
        if surprise is not None:
            whole = fit_progression(by_label[section.label], section.n_bars)
            by_label[section.label] = adorn_bars(whole, key, surprise, rng)
    total = float(sum(beats_qn))
    for section in sections:
        bars = fit_progression(by_label[section.label], section.n_bars)
        out.append(bars)
    home = tonic_chord(style, key)
    out[-1] = [*out[-1][:-1], ((0.0, total, home),)]
    if len(out[-1]) > 1:
        out[-1][-2] = _lead_home(out[-1][-2], key, style, total)
    return out


def _lead_home(bar: BarChords, key: Key, style: Style, total: float) -> BarChords:
    """Return the last bar but one, made to want the tonic: a dominant unless it already leads there."""
    last = bar[-1][2]
    tonic = key.tonic_pc
    if last.root_pc in {(tonic + 7) % 12, (tonic + 5) % 12, (tonic + 10) % 12, (tonic + 1) % 12}:
        return bar
    dominant = roman_to_chord("V7" if style.colour != "triads" else "V", key)
    if len(bar) == 1 or total < 3:
        return ((0.0, total, dominant),)
    return (*bar[:-1], (bar[-1][0], bar[-1][1], dominant))


def _pick(
    choices: tuple[str, ...], used: dict[str, str], kind: str, rng: np.random.Generator
) -> str:
    """Return one of the progressions, another one for a chorus or bridge than for the verse."""
    fresh = [text for text in choices if text not in used.values()] or list(choices)
    if kind == "verse":
        fresh = list(choices)
    return fresh[int(rng.integers(0, len(fresh)))]

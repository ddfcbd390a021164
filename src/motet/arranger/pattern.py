"""Step patterns: the text in which grooves are written, one character a step.

Conventions: a pattern is bars divided by ``|``; the steps of a bar are of equal length (16
characters in 4/4 are sixteenths, 12 are triplets or the eighths of 12/8), spaces are for the eye.
``.`` is silence, ``-`` goes on sounding. What the other characters mean depends on who plays:

- drums: ``X`` accent, ``x`` stroke, ``o`` soft, ``g`` ghost, ``f`` flam, ``r`` roll over the step.
- chords: ``X x o`` the whole voicing (loud, usual, soft), ``D d`` strum down, ``U u`` strum up,
  ``m`` muted strum, ``1``-``6`` one note of the voicing from the lowest, ``t`` its upper notes,
  ``b`` its lowest note, ``P p`` the *next* chord, early (loud, usual).
- bass: ``R r`` root (usual, soft), ``8`` the octave above, ``5`` fifth, ``l`` fifth below, ``3 7 6 2
  4`` degrees, ``a`` chromatic approach to the next root, ``s`` approach by scale, ``w`` a walking
  note, ``x`` dead note, ``p`` the next root, early.

Offers `Step`, `parse_pattern`, `lay_steps`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from motet.errors import ParameterError

__all__ = ["BASS_SIGNS", "CHORD_SIGNS", "DRUM_SIGNS", "Step", "lay_steps", "parse_pattern"]

DRUM_SIGNS = frozenset("Xxogfr.-")
CHORD_SIGNS = frozenset("XxoDdUumtbPp123456.-")
BASS_SIGNS = frozenset("Rr85l37624aswxp.-")


@dataclass(frozen=True, slots=True)
class Step:
    """One stroke of a pattern: where in its bar, how long, and its sign (times in quarter notes)."""

    onset_qn: Fraction
    duration_qn: Fraction
    sign: str


def parse_pattern(text: str, *, signs: frozenset[str]) -> tuple[str, ...]:
    """Return the bars of a pattern, spaces removed.

    Parameters
    ----------
    text : str
        ``"x..x..x. | x..x..x."``.
    signs : frozenset of str
        Which characters are allowed.

    Returns
    -------
    tuple of str
        One string of steps a bar, at least one bar, at least one step each.

    Raises
    ------
    ParameterError
        A bar is empty or a character unknown.

    Examples
    --------
    >>> parse_pattern("x... o... | X-..", signs=DRUM_SIGNS)
    ('x...o...', 'X-..')
    """
    bars = ["".join(bar.split()) for bar in text.strip().strip("|").split("|")]
    for number, bar in enumerate(bars, start=1):
        if not bar:
            raise ParameterError(
                f"bar {number} of the pattern {text!r} is empty; write '.' for silence",
                zh=f"节奏型 {text!r} 的第 {number} 小节是空的;休止请写 '.'",
            )
        for sign in bar:
            if sign not in signs:
                allowed = " ".join(sorted(signs))
                raise ParameterError(
                    f"{sign!r} in bar {number} of {text!r} means nothing here; allowed: {allowed}",
                    zh=f"{text!r} 第 {number} 小节中的 {sign!r} 在此无意义;可用:{allowed}",
                )
    return tuple(bars)


def lay_steps(bar: str, *, bar_qn: Fraction) -> tuple[tuple[Step, ...], Fraction]:
    """Return the strokes of one bar, and how long its beginning prolongs what sounded before.

    Parameters
    ----------
    bar : str
        Steps without spaces.
    bar_qn : Fraction, quarter notes, > 0
        Length of the bar.

    Returns
    -------
    tuple of Step, Fraction
        Strokes in order; quarter notes of leading ``-``.

    Examples
    --------
    >>> steps, held = lay_steps("--x-.x..", bar_qn=Fraction(4))
    >>> [(float(step.onset_qn), float(step.duration_qn)) for step in steps], float(held)
    ([(1.0, 1.0), (2.5, 0.5)], 1.0)
    """
    unit = bar_qn / len(bar)
    held = Fraction(0)
    found: list[Step] = []
    silent = False
    for k, sign in enumerate(bar):
        if sign == "-":
            if found and not silent:
                last = found[-1]
                found[-1] = Step(last.onset_qn, last.duration_qn + unit, last.sign)
            elif not found and not silent:
                held += unit
        elif sign == ".":
            silent = True
        else:
            silent = False
            found.append(Step(unit * k, unit, sign))
    return tuple(found), held

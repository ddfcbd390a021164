"""A progression that was written: its chords, numerals, what they do, how surprising they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from motet.arranger.metre import parse_metre
from motet.language import Language, say
from motet.score import ChordSymbol, KeySignature, Metre, Part, Score, Tempo
from motet.tasks.harmonise.habits import surprise_bits
from motet.tasks.harmonise.keyboard import write_piano
from motet.tasks.harmonise.words import tell_chord
from motet.tasks.harmony import read_harmony
from motet.theory.chord import Chord
from motet.theory.progression import ChordSpan, Progression, split_bar
from motet.theory.roman import chord_to_roman
from motet.theory.scale import Key
from motet.units import DEFAULT_RESOLUTION, qpm_to_quarter_us

__all__ = ["ProgressionIdea", "make_idea", "measure_bits", "tell_bits"]

_QPM = 96.0
_BANDS = (
    (1.5, "very safe", "很稳妥"), (2.3, "safe", "稳妥"), (3.2, "coloured", "有色彩"),
    (4.2, "surprising", "意外"), (99.0, "very surprising", "很意外"),
)  # fmt: skip


def tell_bits(bits: float) -> tuple[str, str]:
    """Return a mean surprise in words.

    Parameters
    ----------
    bits : float

    Returns
    -------
    (str, str)

    Examples
    --------
    >>> tell_bits(1.0)[0], tell_bits(5.0)[0]
    ('very safe', 'very surprising')
    """
    return next((en, zh) for limit, en, zh in _BANDS if bits < limit)


@dataclass(frozen=True, kw_only=True)
class ProgressionIdea:
    """A progression.

    Parameters
    ----------
    progression : Progression
    key : Key
    metre : str
    romans : tuple of str
        One a chord.
    functions : tuple of (str, str)
        What each does, in English and Chinese.
    bits : tuple of float
        How surprising each is after the one before.

    Examples
    --------
    >>> from motet.theory import parse_chord
    >>> idea = make_idea([parse_chord(one) for one in ("C", "G7", "C")], Key("C"))
    >>> idea.text(), idea.romans
    ('| C | G7 | C |', ('I', 'V7', 'I'))
    """

    progression: Progression
    key: Key
    metre: str
    romans: tuple[str, ...]
    functions: tuple[tuple[str, str], ...]
    bits: tuple[float, ...]

    @property
    def chords(self) -> tuple[Chord, ...]:
        """The chords in order."""
        return self.progression.chords

    @property
    def symbols(self) -> tuple[str, ...]:
        """The chords as printed."""
        return tuple(chord.symbol for chord in self.chords)

    @property
    def surprise_bits(self) -> float:
        """Mean surprise of a chord."""
        return sum(self.bits) / max(1, len(self.bits))

    def text(self) -> str:
        """Return it as text that reads back the same."""
        return self.progression.text()

    def facts(self) -> dict[str, Any]:
        """Return it as plain values for JSON."""
        return {
            "text": self.text(),
            "key": self.key.name(),
            "metre": self.metre,
            "surprise_bits": round(self.surprise_bits, 2),
            "chords": [
                {"symbol": symbol, "roman": roman, "function": function[0], "bits": round(bits, 2)}
                for symbol, roman, function, bits in zip(
                    self.symbols, self.romans, self.functions, self.bits, strict=True
                )
            ],
        }

    def to_score(self, *, qpm: float = _QPM, language: Language = "en") -> Score:
        """Return it as a score: chord symbols over a voice-led piano.

        Parameters
        ----------
        qpm : float, quarter notes a minute
        language : Language

        Returns
        -------
        Score
        """
        numerator, denominator = parse_metre(self.metre)
        metre = Metre(tick=0, numerator=numerator, denominator=denominator)
        bar_tick = round(float(metre.bar_qn) * DEFAULT_RESOLUTION)
        symbols: list[ChordSymbol] = []
        for number, bar in enumerate(self.progression.bars):
            for span in bar:
                tick = number * bar_tick + round(span.start_qn * DEFAULT_RESOLUTION)
                if not symbols or symbols[-1].symbol != span.chord.symbol:
                    symbols.append(ChordSymbol(tick=tick, symbol=span.chord.symbol))
        en, zh = self.key.name(), self.key.name(language="zh")
        score = Score(
            resolution=DEFAULT_RESOLUTION,
            tempos=(Tempo(tick=0, quarter_us=qpm_to_quarter_us(qpm)),),
            metres=(metre,),
            keys=(KeySignature(tick=0, fifths=self.key.fifths, mode=self.key.mode),),
            chords=tuple(symbols),
            title=say(f"Progression in {en}", f"和弦进行 · {zh}", language=language),
            composer="Motet",
            length_tick=bar_tick * self.progression.n_bars,
        )
        notes = write_piano(score, Part(), read_harmony(score), self.key, adventure=2)
        name = say("Piano", "钢琴", language=language)
        part = Part(name=name, notes=notes, role="comping", n_staves=2)
        return Score(**{**_fields(score), "parts": (part,)})


def _fields(score: Score) -> dict[str, Any]:
    return {name: getattr(score, name) for name in score.__dataclass_fields__}


def make_idea(
    chords: Sequence[Chord],
    key: Key,
    *,
    metre: str = "4/4",
    per_bar: Sequence[int] = (),
    style: str = "",
) -> ProgressionIdea:
    """Return chords as an idea.

    Parameters
    ----------
    chords : sequence of Chord
    key : Key
    metre : str
    per_bar : sequence of int
        How many chords each bar has; empty for one each.
    style : str
        Of the arranger: surprise is told under its habits.

    Returns
    -------
    ProgressionIdea

    Examples
    --------
    >>> from motet.theory import parse_chord
    >>> make_idea([parse_chord(one) for one in ("Am", "Dm", "E7")], Key("A", "minor"),
    ...           per_bar=(1, 2)).text()
    '| Am | Dm E7 |'
    """
    numerator, denominator = parse_metre(metre)
    beats = tuple(
        float(one) for one in Metre(tick=0, numerator=numerator, denominator=denominator).beats_qn
    )
    sizes = list(per_bar) or [1] * len(chords)
    bars, at = [], 0
    for size in sizes:
        spans, start = [], 0.0
        own = chords[at : at + size]
        for chord, length in zip(own, split_bar(len(own), beats), strict=True):
            spans.append(ChordSpan(start, length, chord))
            start += length
        bars.append(tuple(spans))
        at += size
    found = list(chords)
    return ProgressionIdea(
        progression=Progression(bars=tuple(bars), beats_qn=beats),
        key=key,
        metre=metre,
        romans=tuple(
            chord_to_roman(one, key, following=found[k + 1] if k + 1 < len(found) else None)
            for k, one in enumerate(found)
        ),
        functions=tuple(
            tell_chord(one, key, following=found[k + 1] if k + 1 < len(found) else None)
            for k, one in enumerate(found)
        ),
        bits=measure_bits(found, key, style=style),
    )


def measure_bits(chords: Sequence[Chord], key: Key, *, style: str = "") -> tuple[float, ...]:
    """Return the surprise of each chord after the one before; a repeated one has none.

    Parameters
    ----------
    chords : sequence of Chord
    key : Key
    style : str
        Of the arranger.

    Returns
    -------
    tuple of float, bits

    Examples
    --------
    >>> from motet.theory import parse_chord
    >>> usual, _, odd = measure_bits([parse_chord(one) for one in ("C", "C", "F#m")], Key("C"))
    >>> usual < odd
    True
    """
    found = []
    for k in range(len(chords)):
        pair = list(chords[max(0, k - 1) : k + 1])
        own = surprise_bits(pair, key, style=style)
        found.append(own[-1] if len(own) == len(pair) else 0.0)
    return tuple(found)

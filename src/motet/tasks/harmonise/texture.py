"""The parts that sound a harmonisation: a choir under the melody, a piano, a guitar.

Conventions: the melody stays where it is; parts come after those that are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

from motet.arranger.style_file import list_styles
from motet.errors import ParameterError
from motet.language import Language, say
from motet.score import Note, Part, Score
from motet.tasks.harmonise.choir import lay_strikes, write_choir
from motet.tasks.harmonise.florid import decorate_choir
from motet.tasks.harmonise.fretted import write_guitar
from motet.tasks.harmonise.keyboard import write_piano
from motet.tasks.harmony import HeldChord
from motet.theory.instrument import find_instrument
from motet.theory.scale import Key

__all__ = ["TEXTURES", "check_texture", "write_texture"]

TEXTURES: Final = ("chords", "satb", "piano", "guitar")
"""What a harmonisation can be written as, besides a style of the arranger."""

_CHOIR: Final = (
    ("alto", "Alto", "女低音"),
    ("tenor", "Tenor", "男高音"),
    ("bass_voice", "Bass", "男低音"),
)
_STRINGS: Final = (("violin", "Violin 2", "第二小提琴"), ("viola", "Viola", "中提琴"),
                   ("cello", "Cello", "大提琴"))  # fmt: skip


def check_texture(texture: str) -> None:
    """Raise unless there is such a texture or style.

    Parameters
    ----------
    texture : str

    Raises
    ------
    ParameterError

    Examples
    --------
    >>> check_texture("choir")
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: texture must be chords, satb, piano, guitar or a style, got 'choir'; ...
    """
    styles = [one.name for one in list_styles()]
    if texture in TEXTURES or texture in styles:
        return
    near = get_close_matches(str(texture), [*TEXTURES, *styles], n=1, cutoff=0.3)
    guess = near[0] if near else "satb"
    raise ParameterError(
        f"texture must be {', '.join(TEXTURES)} or a style, got {texture!r}; did you mean {guess!r}?",
        zh=f"texture 须为 {'、'.join(TEXTURES)} 或风格名,收到 {texture!r};是否想写 {guess!r}?",
    )


def write_texture(
    score: Score,
    melody: Part,
    spans: Sequence[HeldChord],
    key: Key,
    *,
    texture: str,
    adventure: int = 1,
    language: Language = "en",
) -> tuple[Part, ...]:
    """Return the new parts of a texture; none for ``"chords"``.

    Parameters
    ----------
    score : Score
    melody : Part
    spans : sequence of HeldChord
    key : Key
    texture : str
        Of `TEXTURES`.
    adventure : int, 1 to 3
    language : Language
        Of the parts' names.

    Returns
    -------
    tuple of Part

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.harmony import read_harmony
    >>> score = make_score("E5:4 | D5:4", chords="C:4 G7:4")
    >>> chords = read_harmony(score)
    >>> [part.name for part in write_texture(score, score.parts[0], chords, Key("C"), texture="satb")]
    ['Alto', 'Tenor', 'Bass']
    """
    if texture == "satb":
        strikes = lay_strikes(score, melody, spans)
        voices = decorate_choir(
            strikes, write_choir(strikes, key), melody, key, resolution=score.resolution,
            adventure=adventure,
        )  # fmt: skip
        is_strings = 40 <= melody.program <= 47
        rows = _STRINGS if is_strings else _CHOIR
        return tuple(
            _part(name, say(en, zh, language=language), notes, "bass" if k == 2 else "voice")
            for k, ((name, en, zh), notes) in enumerate(zip(rows, voices, strict=True))
            if notes
        )
    if texture == "piano":
        notes = write_piano(score, melody, spans, key, adventure=adventure)
        return (_part("piano", say("Piano", "钢琴", language=language), notes, "comping"),)
    if texture == "guitar":
        notes = write_guitar(score, spans, key)
        return (_part("nylon_guitar", say("Guitar", "吉他", language=language), notes, "comping"),)
    return ()


def _part(instrument: str, name: str, notes: tuple[Note, ...], role: str) -> Part:
    """Return a part played by an instrument."""
    found = find_instrument(instrument)
    shift = found.transposition_semi
    return Part(
        name=name,
        notes=notes,
        program=found.program,
        role=role,
        transposition_semi=shift if shift % 12 == 0 else 0,
        n_staves=2 if instrument == "piano" else 1,
    )

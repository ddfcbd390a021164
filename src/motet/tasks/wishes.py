"""What a brief may ask of new bars in a given score: read, or refused where it makes no sense there.

Conventions: emotion moves the registers and densities of what is written, measured on the score; bars of its
curve are those of the score. Grooves are the arranger's and references fill what is open: neither has a place
here, and the refusal says where it has. How new bars are played: `motet.tasks.touch`.

Offers `bend_cast`, `read_wishes`, `refuse_layers`, `tame_symbols`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from motet.arranger.surprise import tame_bars
from motet.brief import Brief
from motet.brief.text import check_keys
from motet.errors import ConstraintError, ParameterError
from motet.score import ChordSymbol, Score
from motet.tasks.avoidance import avoid_in_cast
from motet.tasks.cast import PartPlan
from motet.tasks.emotion import mood_cast
from motet.theory.chord import parse_chord
from motet.theory.scale import Key

__all__ = ["bend_cast", "read_wishes", "refuse_layers", "tame_symbols"]

Cells = Collection[tuple[int, int]]
_REFUSED: Final = {
    "groove": (
        "a groove is the arranger's, and these bars are the model's; compose, accompany and restyle play "
        "one",
        "律动由编配器演奏,而这些小节由模型写;作曲、配伴奏与换风格可用律动",
    ),
    "references": (
        "references fill what a brief leaves open, and here the score itself says it; give them to compose",
        "参考只填补需求的空白,而这里由乐谱本身决定;请用于作曲",
    ),
    "metre": ("the score has its metre, which goes on", "乐谱已有拍号,沿用不变"),
    "qpm": ("the score has its tempo, which goes on", "乐谱已有速度,沿用不变"),
    "surprise": (
        "surprise chooses chords, and infill keeps those of the score; harmonise and continue choose them",
        "surprise 用于选择和弦,而填补保留乐谱的和弦;配和声与续写可用",
    ),
    "chords": (
        "infill keeps the chords of the score; harmonise and restyle change them",
        "填补保留乐谱的和弦;配和声与换风格可改变和弦",
    ),
}
_PITCHED: Final = ("leaps", "high notes", "low notes", "chromatic notes")
_STRETCHED: Final = ("half-time", "double-time")


def read_wishes(
    options: Mapping[str, Any], allowed: Sequence[str], *, what: str, what_zh: str
) -> Brief:
    """Return the brief that options make, refused where they make no sense for new bars of a score.

    Parameters
    ----------
    options : mapping
    allowed : sequence of str
        Fields of `Brief` that the task takes.
    what, what_zh : str
        The task.

    Returns
    -------
    Brief

    Raises
    ------
    ParameterError
        An option is unknown, has no place here (the reason is told), or a value is not allowed.

    Examples
    --------
    >>> read_wishes({"groove": "bossa"}, ("feel",), what="infill", what_zh="填补")
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: infill takes no groove: a groove is the arranger's, ...
    """
    for name in options:
        if name in _REFUSED and name not in allowed:
            en, zh = _REFUSED[name]
            raise ParameterError(f"{what} takes no {name}: {en}", zh=f"{what_zh}不接受 {name}:{zh}")
    check_keys(dict(options), allowed, what=what, what_zh=what_zh)
    brief = Brief(**options)
    if brief.feel in _STRETCHED:
        raise ParameterError(
            f"{what} takes no feel {brief.feel!r}: it stretches a groove, which is the arranger's; "
            "straight, swing, shuffle, laid-back and pushed move new notes",
            zh=f"{what_zh}不接受律动感 {brief.feel!r}:它伸缩编配器的律动;"
            "可用 straight、swing、shuffle、laid-back、pushed",
        )
    return brief


def refuse_layers(brief: Brief, rhythm: Cells, pitch: Cells) -> None:
    """Raise where a layer that open cells keep leaves no room for a wish.

    Parameters
    ----------
    brief : Brief
    rhythm, pitch : collection of (bar, part)
        Open cells whose rhythm, or whose pitches, are kept.

    Raises
    ------
    ConstraintError

    Examples
    --------
    >>> refuse_layers(Brief(feel="swing"), {(0, 0)}, ())
    Traceback (most recent call last):
    ...
    motet.errors.ConstraintError: the rhythm of some bars is kept, and feel would change it; drop one ...
    """
    avoided = [f"avoid {name}" for name in brief.avoid]
    timed = [name for name in ("feel", "articulation") if getattr(brief, name)]
    timed += [name for name in avoided if name == "avoid syncopation"]
    pitched = [name for name in avoided if name.removeprefix("avoid ") in _PITCHED]
    for cells, clash, layer, layer_zh in (
        (rhythm, timed, "rhythm", "节奏"),
        (pitch, pitched, "order of pitches", "音高次序"),
    ):
        if cells and clash:
            raise ConstraintError(
                f"the {layer} of some bars is kept, and {clash[0]} would change it; drop one of them",
                zh=f"部分小节保留{layer_zh},而 {clash[0]} 会改变它;请去掉其一",
            )


def bend_cast(
    cast: Sequence[PartPlan], brief: Brief, score: Score, rows: Collection[int]
) -> tuple[PartPlan, ...]:
    """Return measured parts whose new bars feel and avoid what a brief asks.

    Parameters
    ----------
    cast : sequence of PartPlan
    brief : Brief
    score : Score
    rows : collection of int
        The parts that are written; the others stay.

    Returns
    -------
    tuple of PartPlan

    Raises
    ------
    ConstraintError
        A part that is written is what is to be avoided.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.given import measure_part
    >>> score = make_score("C4:1 E4:1 G4:1 C5:1")
    >>> plan = measure_part(score, 0, [0])
    >>> (glad,) = bend_cast([plan], Brief(emotion="happy"), score, {0})
    >>> glad.low > plan.low, bend_cast([plan], Brief(), score, {0}) == (plan,)
    (True, True)
    """
    found = list(cast)
    for row in rows:
        (own,) = avoid_in_cast([cast[row]], brief, score) if brief.avoid else (cast[row],)
        (found[row],) = mood_cast([own], brief)
    return tuple(found)


def tame_symbols(chords: Sequence[ChordSymbol], key: Key, brief: Brief) -> list[ChordSymbol]:
    """Return chord symbols that nobody asked for without what is to be avoided.

    Parameters
    ----------
    chords : sequence of ChordSymbol
    key : Key
    brief : Brief

    Returns
    -------
    list of ChordSymbol

    Examples
    --------
    >>> chords = [ChordSymbol(tick=0, symbol="Fm7")]
    >>> [one.symbol for one in tame_symbols(chords, Key("C"), Brief(avoid="chromatic notes"))]
    ['F']
    """
    if not {"chromatic notes", "seventh chords"} & set(brief.avoid):
        return list(chords)
    found = []
    for one in chords:
        try:
            chord = parse_chord(one.symbol)
        except ParameterError:
            found.append(one)
            continue
        ((bar,),) = tame_bars([((0.0, 1.0, chord),)], key, brief.avoid)
        found.append(one if bar[2] == chord else replace(one, symbol=bar[2].symbol))
    return found

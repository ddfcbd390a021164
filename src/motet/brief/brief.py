"""The brief: everything that may be asked of a piece, checked once, in one place.

Conventions: immutable; None and empty leave a choice to Motet. Texts are those that people write
(``"A8 B8 A8"``, ``"| Dm7 G7 |"``), with what they mean as properties beside them. Stored briefs carry
``format = 2``; format 1, which knew fewer fields, is read too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from os import PathLike
from typing import Any, Literal

from motet.brief.avoid import read_avoid
from motet.brief.curve import Curve, is_curve, mean_emotion, read_curve
from motet.brief.emotion import read_emotion
from motet.brief.manner import read_articulation, read_feel
from motet.brief.part import PartBrief, read_parts
from motet.brief.style_name import find_style_name
from motet.brief.text import (
    MAX_BARS,
    FormSection,
    MetreChange,
    check_keys,
    read_form,
    read_metres,
)
from motet.errors import ParameterError
from motet.theory.scale import parse_key

__all__ = ["BRIEF_FORMAT", "GROUNDS", "HARMONIES", "REPEATS", "Brief", "Harmony"]

BRIEF_FORMAT = 2
Harmony = Literal["strict", "scale", "free"]
HARMONIES: tuple[Harmony, ...] = ("strict", "scale", "free")
"""How strictly notes follow key and chords: chord tones on strong beats; the scale; anything."""
GROUNDS = ("auto", "model", "arranger")
"""Who writes the parts that name no writer: Motet chooses; the model; the arranger all but melodies."""
REPEATS = ("vary", "copy", "rhythm", "new")
"""What a section that returns is: the same with a new ending and some bars varied; the same; its rhythm
with other pitches; something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What is asked for.

    Parameters
    ----------
    title : str
    style : str
        One of `motet.tokens.vocab.STYLES`, in either language; empty is none in particular.
    emotion : (float, float), str or None
        Valence and arousal, -1 to 1, or a word of `motet.brief.emotion.EMOTIONS`; what else is open
        (style, mode, tempo, register, density, loudness, articulation, fullness) follows it. Also a
        curve, ``"1: calm, 9: excited"``: it is kept as `emotion_curve`, and here its mean.
    emotion_curve : tuple of (bar, valence, arousal)
        The points of a curve, see `motet.brief.read_curve`; empty is one emotion throughout.
    qpm : float or None, quarter notes a minute, 20 to 400
    metre : str
        ``"3/4"``; with changes ``"4/4, 9: 3/4"``.
    key : str
        ``"F"``, ``"A minor"``, ``"C大调"``.
    form : str
        ``"A8 B8 A8"``.
    bars : int or None, 1 to 400
        Exact length.
    chords : str
        A progression, see `motet.theory.parse_progression`; a sequence gives one bar each.
    parts : tuple of PartBrief, str or sequence
        See `read_parts`; empty takes those usual in the style.
    harmony : str
        One of `HARMONIES`.
    repeats : str
        One of `REPEATS`.
    intensity : int or None, 1 to 5
        How full the arranger plays; None is 3, or what the emotion asks for.
    swing : float or None, 0 to 1
        0 straight, 1 triplets; None is the style's.
    humanise : float, 0 to 2
        How freely the arranger plays: 0 keeps the grid, 1 as usual.
    groove : str
        A groove of the arranger's style; empty is the style's.
    feel : str
        One of `motet.brief.FEELS`, or empty.
    articulation : str
        One of `motet.brief.MANNERS`, or empty; a part's own wins.
    avoid : tuple of str
        What must not be there, see `motet.brief.read_avoid`.
    references : tuple of str
        Score files whose key, metre, tempo, density, emotion and style fill what is open.
    surprise : float or None, 0 to 1
        How adventurous the chords are that Motet chooses; None is the style's.
    ground : str
        One of `GROUNDS`.
    temperature : float, 0.05 to 2
        How daring the model is.
    candidates : int, 1 to 16
        How many ways the model tries for each section.
    seed : int, >= 0
        Same seed, same notes.

    Raises
    ------
    ParameterError
        A value is not allowed, or two contradict each other.

    Examples
    --------
    >>> brief = Brief(chords="Dm7 G7 Cmaj7 A7", metre="3/4", key="C", parts="piano:melody")
    >>> brief.metres[0].numerator, brief.parts[0].role
    (3, 'melody')
    """

    title: str = ""
    style: str = ""
    emotion: tuple[float, float] | None = None
    emotion_curve: Curve = ()
    qpm: float | None = None
    metre: str = ""
    key: str = ""
    form: str = ""
    bars: int | None = None
    chords: str = ""
    parts: tuple[PartBrief, ...] = field(default=())
    harmony: Harmony = "strict"
    repeats: str = "vary"
    intensity: int | None = None
    swing: float | None = None
    humanise: float = 1.0
    groove: str = ""
    feel: str = ""
    articulation: str = ""
    avoid: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    surprise: float | None = None
    ground: str = "auto"
    temperature: float = 1.0
    candidates: int = 4
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("title", "style", "metre", "key", "form", "chords", "groove"):
            self._set(name, _as_text(name, getattr(self, name)))
        if self.style:
            self._set("style", find_style_name(self.style))
        if self.key:
            parse_key(self.key)
        self._read_emotions()
        self._set("feel", read_feel(self.feel))
        self._set("articulation", read_articulation(self.articulation))
        self._set("avoid", read_avoid(self.avoid))
        self._set("references", _as_paths(self.references))
        self._set("parts", read_parts(self.parts))
        _check_number("qpm", self.qpm, 20, 400, "120")
        _check_number("bars", self.bars, 1, MAX_BARS, "16", is_whole=True)
        _check_number("intensity", self.intensity, 1, 5, "3", is_whole=True)
        _check_number("swing", self.swing, 0, 1, "0.6")
        _check_number("humanise", self.humanise, 0, 2, "1")
        _check_number("surprise", self.surprise, 0, 1, "0.5")
        _check_number("temperature", self.temperature, 0.05, 2, "1")
        _check_number("candidates", self.candidates, 1, 16, "4", is_whole=True)
        _check_number("seed", self.seed, 0, 2**63 - 1, "7", is_whole=True)
        for name, allowed in (("harmony", HARMONIES), ("repeats", REPEATS), ("ground", GROUNDS)):
            _check_word(name, getattr(self, name), allowed)
        sections, metres = self.sections, self.metres
        n_form = sum(one.n_bars for one in sections)
        if sections and self.bars is not None and n_form != self.bars:
            raise ParameterError(
                f"form has {n_form} bars but bars is {self.bars}; leave one of them out",
                zh=f"曲式 form 共 {n_form} 小节,而 bars 为 {self.bars};请去掉其一",
            )
        length = n_form or self.bars
        if length and metres and metres[-1].bar > length:
            raise ParameterError(
                f"metre changes in bar {metres[-1].bar}, but there are {length} bars",
                zh=f"拍号在第 {metres[-1].bar} 小节变换,但全曲只有 {length} 小节",
            )
        for part in self.parts:
            if length and part.rests and part.rests[-1] > length:
                raise ParameterError(
                    f"{part.instrument} rests in bar {part.rests[-1]}, but there are {length} bars",
                    zh=f"{part.found.name_zh} 在第 {part.rests[-1]} 小节休止,但全曲只有 {length} 小节",
                )

        last = self.emotion_curve[-1][0] if self.emotion_curve else 0
        if length and last > length:
            raise ParameterError(
                f"the emotion changes in bar {last}, but there are {length} bars",
                zh=f"情绪在第 {last} 小节变化,但全曲只有 {length} 小节",
            )

    def _set(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)

    def _read_emotions(self) -> None:
        """Set the emotion and its curve from whichever was given; a curve decides the mean."""
        curve = read_curve(self.emotion if is_curve(self.emotion) else self.emotion_curve)
        self._set("emotion_curve", curve)
        if curve:
            n_bars = sum(one.n_bars for one in self.sections) or self.bars
            is_count = isinstance(n_bars, int) and not isinstance(n_bars, bool) and n_bars > 0
            self._set("emotion", mean_emotion(curve, n_bars if is_count else None))
        else:
            self._set("emotion", read_emotion(self.emotion))

    @property
    def metres(self) -> tuple[MetreChange, ...]:
        """The metres asked for, by bar; empty when the metre is open."""
        return read_metres(self.metre) if self.metre else ()

    @property
    def sections(self) -> tuple[FormSection, ...]:
        """The sections asked for; empty when the form is open."""
        return read_form(self.form) if self.form else ()

    def with_(self, **changes: Any) -> Brief:
        """Return the brief with other values.

        Raises
        ------
        ParameterError
            A name is unknown (the nearest is offered) or its value is not allowed.

        Examples
        --------
        >>> Brief(key="C").with_(seed=3).seed
        3
        """
        check_keys(changes, BRIEF_KEYS, what="a brief", what_zh="需求")
        if "emotion" in changes and "emotion_curve" not in changes:
            changes = {**changes, "emotion_curve": ()}
        return replace(self, **changes)

    def to_dict(self) -> dict[str, Any]:
        """Return what was asked for, as plain values; what was left open is left out.

        Examples
        --------
        >>> Brief(key="C", seed=3).to_dict()["key"]
        'C'
        """
        told: dict[str, Any] = {"format": BRIEF_FORMAT}
        for one in fields(self):
            value = getattr(self, one.name)
            if value in ("", None, ()):
                continue
            told[one.name] = list(value) if isinstance(value, tuple) else value
        if self.parts:
            told["parts"] = [part.to_dict() for part in self.parts]
        if self.emotion_curve:
            told["emotion_curve"] = [list(point) for point in self.emotion_curve]
        return told


BRIEF_KEYS = tuple(one.name for one in fields(Brief))


def _as_text(name: str, value: Any) -> str:
    """Return a text; sequences of chords and sections are joined."""
    if value is None:
        return ""
    if isinstance(value, list | tuple) and name in ("chords", "form"):
        return (" | " if name == "chords" else " ").join(str(one) for one in value)
    if not isinstance(value, str):
        raise ParameterError(
            f"{name} must be text, got {value!r}", zh=f"{name} 必须是文字,收到 {value!r}"
        )
    return value.strip()


def _as_paths(value: Any) -> tuple[str, ...]:
    """Return the paths of references as texts."""
    found = [value] if isinstance(value, str | PathLike) else value or ()
    if not isinstance(found, list | tuple) or not all(isinstance(x, str | PathLike) for x in found):
        raise ParameterError(
            f"references are paths of score files, got {value!r}",
            zh=f"参考 references 须为乐谱文件路径,收到 {value!r}",
        )
    return tuple(str(one) for one in found if str(one).strip())


def _check_word(name: str, value: Any, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise ParameterError(
            f"{name} must be one of {', '.join(allowed)}, got {value!r}; {allowed[0]} is usual",
            zh=f"{name} 须为 {'、'.join(allowed)} 之一,收到 {value!r};通常用 {allowed[0]}",
        )


def _check_number(
    name: str, value: Any, low: float, high: float, usual: str, *, is_whole: bool = False
) -> None:
    if value is None:
        return
    kinds = (int,) if is_whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
        kind, kind_zh = ("a whole number ", "整数,") if is_whole else ("", "")
        raise ParameterError(
            f"{name} must be {kind}{low} to {high}, got {value!r}; try {usual}",
            zh=f"{name} 必须是{kind_zh}在 {low} 到 {high} 之间,收到 {value!r};可试 {usual}",
        )

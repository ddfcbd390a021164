"""Emotions: the words people use for them, and what each asks of the music.

Conventions: an emotion is valence (unpleasant to pleasant) and arousal (quiet to stirred), each -1 to 1;
(0, 0) changes nothing. A `Mood` says how far each means of music moves; what the brief itself names wins
over it.

Source: the plane is that of James A. Russell, "A Circumplex Model of Affect", Journal of Personality and
Social Psychology 39 (1980), 1161-1178. Which way each means moves follows the review of Alf Gabrielsson
and Erik Lindström, "The Role of Structure in the Musical Expression of Emotions", in Juslin and Sloboda
(eds.), Handbook of Music and Emotion (Oxford, 2010), chapter 14, and for loudness and articulation
Patrik Juslin and Petri Laukka, Psychological Bulletin 129 (2003), 770-814. How far it moves, and where
words and styles lie, is our own placing.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from motet.errors import ParameterError

if TYPE_CHECKING:
    from motet.brief.brief import Brief

__all__ = [
    "EMOTIONS",
    "Mood",
    "find_mood",
    "read_emotion",
    "settle_emotion",
    "tell_emotion",
]

_WORDS: dict[tuple[float, float], tuple[str, ...]] = {
    (0.8, 0.5): ("happy", "joyful", "cheerful", "欢快", "开心", "快乐", "高兴", "愉快"),
    (0.6, 0.9): ("excited", "triumphant", "激动", "兴奋", "激昂"),
    (-0.5, 0.7): ("tense", "anxious", "scary", "紧张", "不安", "恐怖"),
    (-0.8, 0.8): ("angry", "furious", "愤怒", "生气"),
    (-0.7, -0.4): ("sad", "melancholy", "悲伤", "伤心", "难过", "忧郁"),
    (-0.6, -0.7): ("gloomy", "bleak", "阴沉", "压抑", "阴郁"),
    (0.4, -0.7): ("calm", "peaceful", "relaxed", "平静", "宁静", "放松"),
    (0.6, -0.4): ("tender", "warm", "gentle", "温柔", "温暖", "柔和"),
}
EMOTIONS = {word: place for place, words in _WORDS.items() for word in words}
"""Words to (valence, arousal), each -1 to 1; our own placing."""
_PAIR = re.compile(r"\s*([+-]?\d*\.?\d+)\s*[,;\uff0c\s]\s*([+-]?\d*\.?\d+)\s*")
_STYLES = (
    ("pop", 0.8, 0.4), ("disco", 0.7, 0.9), ("rock", -0.8, 0.8), ("cinematic", -0.4, 0.6),
    ("ballad", -0.7, -0.3), ("ballad", 0.6, -0.4), ("cinematic", -0.6, -0.8), ("ballad", 0.4, -0.8),
)  # fmt: skip
_USUAL_QPM = 108.0
_DARK = -0.3  # the valence from which harmony darkens


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """What an emotion asks of the music.

    Parameters
    ----------
    tempo_ratio : float, 0.6 to 1.6
        Of the tempo that is usual: fast for high arousal, a little for high valence.
    wants_minor : bool
        Minor for a low valence.
    density_ratio : float, 0.6 to 1.6
        Of the onsets a quarter note: more for high arousal.
    register_semi : int, -5 to 5
        How far parts above the bass move: up for high valence.
    held_share : float, 0.5 to 1
        Of its value that a short note sounds: detached for high arousal, connected for low.
    velocity_shift : int, -16 to 16
        Loud for high arousal.
    intensity : int, 1 to 5
        How full the arranger plays.
    harmony : str
        ``"tense"`` (chords outside the scale) for low valence with high arousal, ``"dark"`` (diminished
        and borrowed chords) for low valence without, else ``"plain"``.
    """

    tempo_ratio: float
    wants_minor: bool
    density_ratio: float
    register_semi: int
    held_share: float
    velocity_shift: int
    intensity: int
    harmony: str


def find_mood(emotion: tuple[float, float]) -> Mood:
    """Return what an emotion asks of the music.

    Parameters
    ----------
    emotion : (float, float)
        Valence and arousal, -1 to 1.

    Returns
    -------
    Mood

    Source
    ------
    See the module: directions are published, sizes are our own.

    Examples
    --------
    >>> angry = find_mood((-0.8, 0.8))
    >>> angry.wants_minor, angry.tempo_ratio > 1.2, angry.register_semi, angry.harmony
    (True, True, -4, 'tense')
    >>> find_mood((0.0, 0.0)).tempo_ratio, find_mood((0.0, 0.0)).intensity
    (1.0, 3)
    """
    valence, arousal = emotion
    return Mood(
        tempo_ratio=_pace(0.55 * arousal + 0.1 * valence),
        wants_minor=valence < 0,
        density_ratio=2.0 ** (0.6 * arousal),
        register_semi=round(5 * valence),
        held_share=1.0 - 0.4 * max(0.0, arousal) * (0.75 + 0.25 * valence),
        velocity_shift=round(16 * arousal),
        intensity=min(5, max(1, round(3 + 2 * arousal))),
        harmony="plain" if valence > _DARK else "tense" if arousal > 0 else "dark",
    )


def _pace(octaves: float) -> float:
    """Return a ratio of tempos: slow moods go further from the usual than fast ones, down to 0.6."""
    return max(0.6, math.exp2(octaves * (1.5 if octaves < 0 else 1.0)))


def read_emotion(value: Any) -> tuple[float, float] | None:
    """Return valence and arousal of a word, of two numbers, or of a text with two numbers.

    Parameters
    ----------
    value : str, pair of float or None

    Returns
    -------
    (float, float) or None
        None where nothing is asked.

    Raises
    ------
    ParameterError
        It is no word of `EMOTIONS` and no pair within -1 to 1.

    Examples
    --------
    >>> read_emotion("开心"), read_emotion("0.7,-0.3"), read_emotion((0, 1)), read_emotion("")
    ((0.8, 0.5), (0.7, -0.3), (0.0, 1.0), None)
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        place = EMOTIONS.get(value.strip().lower())
        if place is not None:
            return place
        pair = _PAIR.fullmatch(value)
        numbers = [float(pair[1]), float(pair[2])] if pair else []
    elif isinstance(value, list | tuple) and len(value) == 2:
        numbers = [one for one in value if isinstance(one, int | float)]
    else:
        numbers = []
    if len(numbers) == 2 and all(-1 <= one <= 1 for one in numbers):
        return float(numbers[0]), float(numbers[1])
    words = ", ".join(words[0] for words in _WORDS.values())
    words_zh = "、".join(
        next(word for word in words if not word.isascii()) for words in _WORDS.values()
    )
    raise ParameterError(
        f"emotion must be valence and arousal, each -1 to 1 (such as 0.7,-0.3), or one of {words}; "
        f"got {value!r}",
        zh=f"情绪 emotion 须为效价与唤醒度(各 -1 到 1,如 0.7,-0.3),或 {words_zh} 之一;收到 {value!r}",
    )


def tell_emotion(emotion: tuple[float, float]) -> tuple[str, str]:
    """Return the word nearest to an emotion, in English and Chinese.

    Parameters
    ----------
    emotion : (float, float)

    Returns
    -------
    (str, str)

    Examples
    --------
    >>> tell_emotion((-0.7, -0.5))
    ('sad', '悲伤')
    """
    words = _WORDS[min(_WORDS, key=lambda place: _apart(place, emotion))]
    return words[0], next(word for word in words if not word.isascii())


def settle_emotion(brief: Brief) -> Brief:
    """Return a brief whose open style, with its tempo, and intensity follow its emotion.

    Parameters
    ----------
    brief : Brief

    Returns
    -------
    Brief
        With an intensity; what was said stays.

    Examples
    --------
    >>> from motet.brief import Brief
    >>> sad = settle_emotion(Brief(emotion="sad"))
    >>> sad.style, sad.intensity, settle_emotion(Brief(emotion="sad", style="swing")).style
    ('ballad', 2, 'swing')
    """
    if brief.emotion is None:
        return brief if brief.intensity is not None else replace(brief, intensity=3)
    changes: dict[str, Any] = {}
    if brief.intensity is None:
        changes["intensity"] = find_mood(brief.emotion).intensity
    if not brief.style:
        asked = brief.emotion
        # Styles chosen for their mood are slow or fast already: the tempo is counted from the usual one.
        if brief.qpm is None and not brief.emotion_curve:
            human = 1.0 + (brief.seed * 37 % 13 - 6) / 100
            changes["qpm"] = float(round(_USUAL_QPM * find_mood(asked).tempo_ratio * human))
        changes["style"] = min(_STYLES, key=lambda one: _apart(one[1:], asked))[0]
    return replace(brief, **changes)


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far two emotions are apart, squared."""
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2

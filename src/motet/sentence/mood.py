"""The emotion of a sentence: its words for moods, weighed, and what unwanted ones leave.

Conventions: a place is (valence, arousal), -1 to 1.
"""

from __future__ import annotations

from motet.brief.emotion import EMOTIONS
from motet.sentence.said import Said

__all__ = ["Place", "choose_mood", "hint_place"]

Place = tuple[float, float]
_FACTORS = {"yes": 1.0, "very": 1.15, "slight": 0.7}
_HINTS: dict[str, Place] = {
    "triumphant": (0.7, 0.8), "nostalgic": (-0.25, -0.35), "playful": (0.7, 0.55),
    "solemn": (0.3, -0.1), "mysterious": (-0.3, -0.2), "heroic": (0.5, 0.8), "scary": (-0.6, 0.6),
    "menacing": (-0.6, 0.3), "dreamlike": (0.4, -0.5), "lonely": (-0.6, -0.6), "tender": (0.6, -0.4),
}  # fmt: skip


def hint_place(word: str) -> Place:
    """Return the place of a mood that a scene hints at.

    Parameters
    ----------
    word : str

    Returns
    -------
    (float, float)

    Examples
    --------
    >>> hint_place("calm")
    (0.4, -0.7)
    """
    return _HINTS.get(word) or EMOTIONS[word]


def _clip(value: float) -> float:
    return round(max(-1.0, min(1.0, value)), 2)


def choose_mood(said: list[Said], corrections: list[int]) -> tuple[Place | None, list[Said]]:
    """Return the emotion that is meant, and the words it comes from.

    Parameters
    ----------
    said : list of Said
        Fields ``mood`` (values are places) and ``mood_hint``.
    corrections : list of int

    Returns
    -------
    (float, float) or None, list of Said

    Examples
    --------
    >>> choose_mood([Said("mood", (0.8, 0.5), 0, 5)], [])[0]
    (0.8, 0.5)
    >>> choose_mood([Said("mood", (-0.7, -0.4), 0, 5, polarity="no")], [])[0]
    (0.42, 0.16)
    """
    words = [one for one in said if one.field == "mood"]
    wanted = [one for one in words if one.polarity in _FACTORS]
    for place in corrections:
        wanted = [one for one in wanted if one.start >= place] or wanted
    if wanted:
        return _mean(wanted), wanted
    hints = [one for one in said if one.field == "mood_hint" and one.polarity in _FACTORS]
    if hints:
        places = [hint_place(one.value) for one in hints]
        valence = sum(one[0] for one in places) / len(places)
        arousal = sum(one[1] for one in places) / len(places)
        return (_clip(valence), _clip(arousal)), hints
    unwanted = [one for one in words if one.polarity in ("no", "less")]
    if unwanted:
        valence, arousal = _mean([Said("mood", one.value, one.start, one.end) for one in unwanted])
        return (_clip(-0.6 * valence), _clip(-0.4 * arousal)), unwanted
    return None, []


def _mean(words: list[Said]) -> Place:
    """Return the mean place; a word that is weakened counts less."""
    weights = [_FACTORS[one.polarity] for one in words]
    total = sum(weights)
    scale = total / len(weights) if len(weights) == 1 else 1.0
    valence = sum(w * one.value[0] for w, one in zip(weights, words, strict=True)) / total
    arousal = sum(w * one.value[1] for w, one in zip(weights, words, strict=True)) / total
    return _clip(valence * scale), _clip(arousal * scale)

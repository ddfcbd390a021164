"""What is kept: words that people write, in either language, and names of parts.

Conventions: ``melody`` is every note of the tune, tick for tick; ``tune`` is its pitches in their order,
played with the new feel. ``rhythm`` is the rhythm of the tune whatever its pitches do. ``form`` is the
number, order and length of the bars with their repeats and sections.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from motet.errors import ParameterError
from motet.score import Score

__all__ = ["KEEPS", "Keep", "read_keep"]

KEEPS: dict[str, tuple[str, ...]] = {
    "melody": ("旋律", "主旋律"),
    "tune": ("曲调", "pitches", "音高"),
    "harmony": ("和声", "chords", "和弦"),
    "form": ("曲式", "结构", "structure"),
    "bass": ("低音", "bass line", "bassline", "贝斯"),
    "rhythm": ("节奏",),
    "key": ("调", "调性"),
    "tempo": ("速度",),
    "metre": ("拍号", "meter", "time"),
    "lyrics": ("歌词", "words"),
}
"""Word to its other names."""
_MEANT = {other: word for word, others in KEEPS.items() for other in (word, *others)}


@dataclass(frozen=True, slots=True)
class Keep:
    """What is kept: words of `KEEPS`, and indices of parts kept whole."""

    words: frozenset[str]
    parts: tuple[int, ...] = ()

    def __contains__(self, word: str) -> bool:
        return word in self.words


def read_keep(keep: str | Iterable[str], score: Score) -> Keep:
    """Return what is meant by a list of things to keep.

    Parameters
    ----------
    keep : str or iterable of str
        Words of `KEEPS` in either language, or names of parts; a text divides them by commas.
    score : Score
        Whose parts may be named.

    Returns
    -------
    Keep

    Raises
    ------
    ParameterError
        A word is neither; the nearest is offered.

    Examples
    --------
    >>> from motet.score import make_score
    >>> found = read_keep("旋律, form, Part 2", make_score("C4:4", "C3:4"))
    >>> sorted(found.words), found.parts
    (['form', 'melody'], (1,))
    """
    if isinstance(keep, str):
        keep = keep.replace("\uff0c", ",").replace("、", ",").split(",")
    names = {part.name.strip().lower(): k for k, part in reversed(list(enumerate(score.parts)))}
    words: set[str] = set()
    parts: list[int] = []
    for one in keep:
        plain = one.strip().lower()
        if not plain or plain in ("nothing", "none", "无"):
            continue
        if plain in _MEANT:
            words.add(_MEANT[plain])
        elif plain in names:
            parts.append(names[plain])
        else:
            near = get_close_matches(plain, [*_MEANT, *names], n=2, cutoff=0.5)
            hint = " / ".join(near) or ", ".join(KEEPS)
            raise ParameterError(
                f"keep names {one.strip()!r}, which is neither {', '.join(KEEPS)} nor a part of the "
                f"score; did you mean {hint}?",
                zh=f"keep 中的 {one.strip()!r} 既不是 {'、'.join(KEEPS)},也不是乐谱的声部;是否想写 {hint}?",
            )
    return Keep(frozenset(words), tuple(dict.fromkeys(parts)))

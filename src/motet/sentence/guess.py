"""Style and mood of words that the lexicon does not know, by a small sentence encoder.

Conventions: only what is left of the sentence is asked about; below a threshold nothing is claimed.
"""

from __future__ import annotations

from motet.sentence.said import Said
from motet.sentence.text import Sentence

__all__ = ["guess_rest"]


def guess_rest(
    sentence: Sentence, *, wants_style: bool, wants_mood: bool
) -> tuple[dict[str, Said], list[tuple[str, str]]]:
    """Return style and mood of the words that nothing else understood."""
    del sentence, wants_style, wants_mood
    return {}, []

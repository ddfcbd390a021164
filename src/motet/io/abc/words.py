"""``w:`` lines: syllables laid under notes.

Source: The abc music standard 2.1, section 5.1.
"""

from __future__ import annotations

import re

from motet.io.abc.voice import Voice

__all__ = ["lay_syllables"]

_TOKEN = re.compile(r"(?P<word>(?:\\-|[^\s\-_*|\\]|\\(?!-))+)|(?P<mark>[-_*|])|(?P<space>\s+)")


def lay_syllables(voice: Voice, text: str, verse: int) -> int:
    """Return how many syllables found no note; the others are put under the notes of a voice.

    Parameters
    ----------
    voice : Voice
        Its ``slots`` are the notes that wait for words.
    text : str
        After ``w:``.
    verse : int, >= 1

    Returns
    -------
    int

    Examples
    --------
    >>> voice = Voice("1", slots=[(0, 0), (4, 0), (8, 0), (12, 1)])
    >>> lay_syllables(voice, "A-men _ so~be", 1)
    0
    >>> [(time, word, kind) for time, word, _, kind, _ in voice.lyrics]
    [(0, 'A', 'begin'), (4, 'men', 'end'), (12, 'so be', 'single')]
    """
    slots = voice.slots
    at = 0
    lost = 0
    is_inside = verse in voice.open_words
    voice.open_words.discard(verse)
    last = -1
    was_mark = True
    for match in _TOKEN.finditer(text):
        kind, token = match.lastgroup, match.group()
        if kind == "space":
            was_mark = True
            continue
        if kind == "word":
            if at < len(slots):
                words = token.replace("\\-", "-").replace("~", " ").strip()[:200]
                syllabic = "end" if is_inside else "single"
                last = len(voice.lyrics)
                voice.lyrics.append((slots[at][0], words, verse, syllabic, False))
            else:
                lost += 1
            is_inside = False
            at += 1
            was_mark = False
        elif token == "-":
            if was_mark:
                at += 1  # a hyphen after a blank or a hyphen holds one more note
            elif last >= 0:
                if not is_inside:
                    _begin(voice, last)
                is_inside = True
            was_mark = True
        elif token == "|":
            bar = slots[at - 1][1] if 0 < at <= len(slots) else slots[0][1] - 1 if slots else 0
            while at < len(slots) and slots[at][1] <= bar:
                at += 1
            was_mark = True
        else:
            if token == "_" and last >= 0 and at < len(slots):
                time, words, number, syllabic, _ = voice.lyrics[last]
                voice.lyrics[last] = (time, words, number, syllabic, True)
            at += 1
            was_mark = True
    if is_inside and last >= 0:
        voice.open_words.add(verse)
    return lost


def _begin(voice: Voice, at: int) -> None:
    """Note that a word goes on after a syllable."""
    time, words, verse, syllabic, extend = voice.lyrics[at]
    kind = {"single": "begin", "end": "middle"}.get(syllabic, syllabic)
    voice.lyrics[at] = (time, words, verse, kind, extend)

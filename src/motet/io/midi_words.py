"""How Motet says in MIDI what MIDI has no event for: text events with a word in front.

Conventions: ``Word: value`` in a text event (meta 01). Other programs show them as plain text.

=============  ====================================  =========================================
word           where                                 stands for
=============  ====================================  =========================================
Chord          any track                             a chord symbol from that tick on
BarLength      first track                           ticks of the bar that starts there
Subtitle       any track without notes               `Score.subtitle`
Composer       any track without notes               `Score.composer`
Lyricist       any track without notes               `Score.lyricist`
Role           a part's own track                    `Part.role`
Part           a part's own track, ``no notes``      keeps a part that has no notes
=============  ====================================  =========================================
"""

from __future__ import annotations

from collections.abc import Iterable

from motet.score import Lyric

__all__ = ["EMPTY_PART", "ROLES", "lyric_texts", "read_lyrics", "split_word"]

ROLES = frozenset(("melody", "bass", "drums", "comping", "pad", "strings", "horns", "counter"))
EMPTY_PART = "no notes"
_WORDS = frozenset(("Chord", "BarLength", "Subtitle", "Composer", "Lyricist", "Role", "Part"))


def split_word(text: str) -> tuple[str, str]:
    """Return the word and the value of a text, or two empty texts when it is plain text.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple of str and str

    Examples
    --------
    >>> split_word("Chord: Am7"), split_word("Allegro: con brio")
    (('Chord', 'Am7'), ('', ''))
    """
    word, colon, value = text.partition(": ")
    value = value.strip()
    if not (colon and value and word in _WORDS):
        return "", ""
    if word == "Role" and value not in ROLES:
        return "", ""
    if word == "Part" and value != EMPTY_PART:
        return "", ""
    if word == "BarLength" and not (value.isascii() and value.isdigit() and 0 < len(value) < 10):
        return "", ""
    return word, value


def read_lyrics(words: Iterable[tuple[int, str]]) -> tuple[Lyric, ...]:
    """Return lyrics from texts in which a hyphen at the end says that the word goes on.

    Parameters
    ----------
    words : iterable of (int, str)
        Tick and text of each lyric event, in order.

    Returns
    -------
    tuple of Lyric

    Examples
    --------
    >>> [(lyric.text, lyric.syllabic) for lyric in read_lyrics([(0, "Glo-"), (480, "ry")])]
    [('Glo', 'begin'), ('ry', 'end')]
    """
    lyrics = []
    is_inside = False
    for tick, text in words:
        goes_on = len(text) > 1 and text[-1] == "-" and text[-2] not in "- "
        if goes_on:
            syllabic, text = ("middle" if is_inside else "begin"), text[:-1]
        else:
            syllabic = "end" if is_inside else "single"
        is_inside = goes_on
        lyrics.append(Lyric(tick=tick, text=text, syllabic=syllabic))
    return tuple(lyrics)


def lyric_texts(lyrics: Iterable[Lyric]) -> list[tuple[int, str]]:
    """Return what `read_lyrics` reads: tick and text, with the hyphens of words that go on.

    Parameters
    ----------
    lyrics : iterable of Lyric
        Verses after the first are left out.

    Returns
    -------
    list of (int, str)

    Examples
    --------
    >>> lyric_texts([Lyric(tick=0, text="Glo", syllabic="begin")])
    [(0, 'Glo-')]
    """
    return [
        (lyric.tick, lyric.text + ("-" if lyric.syllabic in ("begin", "middle") else ""))
        for lyric in lyrics
        if lyric.verse == 1
    ]

"""Lyrics as text: sections, lines and syllables, with what each syllable asks of the music.

Conventions: a section begins after an empty line or at a mark of its own line: ``[Chorus]``,
``Verse 2:``, ``【副歌】``. A mark without lines repeats the section of that name. Blocks with the same
words are one section that returns; a block that returns and has no mark is a chorus. Weight 2 is a
stressed syllable, 1 may fall anywhere, 0 is weak. In Chinese a syllable is a character, particles are
weak, and a segment's first and last characters bear weight; elsewhere in English, where the
dictionary says so.

Offers `LyricLine`, `LyricSection`, `Syllable`, `read_words`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from motet.errors import ParameterError
from motet.tasks.melody.stress import read_stress, short_vowels
from motet.tasks.melody.syllable import cut_word
from motet.tasks.melody.tone import read_tones

__all__ = ["MAX_LINES", "LyricLine", "LyricSection", "Syllable", "read_words"]

MAX_LINES = 160
"""Longest lyrics."""
_MAX_SYLLABLES = 40
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]*)*|\d+")
_BREATH = re.compile(r"[,;:.!?\u2014\u2013\u2026\uff0c\u3001\uff1b\uff1a\u3002\uff01\uff1f/|]")
_MARK = re.compile(r"^\s*[\[(\u3010\uff08](?P<a>[^\])\u3011\uff09]{1,40})[\])\u3011\uff09]\s*:?\s*$"
                   r"|^\s*(?P<b>[A-Za-z][A-Za-z -]{1,18}\d*|[\u4e00-\u9fff]{1,4}\d*)[:\uff1a]\s*$")  # fmt: skip
_KINDS = {
    "verse": ("verse", "strophe", "主歌", "段"), "chorus": ("chorus", "refrain", "hook", "副歌"),
    "pre": ("pre", "导歌", "预副歌"), "bridge": ("bridge", "middle", "桥", "过渡"),
    "outro": ("outro", "coda", "ending", "尾"), "intro": ("intro", "前奏"),
}  # fmt: skip
_PARTICLES = frozenset("的了着过吗呢吧啊呀哦嘛们地得么")


@dataclass(frozen=True, slots=True, kw_only=True)
class Syllable:
    """One syllable.

    ``syllabic`` as in `motet.score.Lyric`; ``weight`` 0 to 2; ``tone`` 0 to 5; ``breath`` whether a
    sign after it lets the singer breathe.
    """

    text: str
    syllabic: str = "single"
    weight: int = 1
    tone: int = 0
    breath: bool = False


@dataclass(frozen=True, slots=True)
class LyricLine:
    """One line: its text and its syllables."""

    text: str
    syllables: tuple[Syllable, ...]


@dataclass(frozen=True, slots=True)
class LyricSection:
    """A section: its kind, its label (the same for the same words), its lines, and what it repeats."""

    kind: str
    label: str
    lines: tuple[LyricLine, ...]
    model: int = -1


def read_words(text: str, *, language: str = "") -> tuple[LyricSection, ...]:
    """Return the sections of lyrics.

    Parameters
    ----------
    text : str
    language : str
        ``"en"``, ``"zh"``, or empty to tell each word by its script.

    Returns
    -------
    tuple of LyricSection

    Raises
    ------
    ParameterError
        There is no word, a line is too long, or the language is not one of these.

    Examples
    --------
    >>> found = read_words("Over the river\\n\\n[Chorus]\\n月亮")
    >>> [(one.kind, [s.text for s in one.lines[0].syllables]) for one in found]
    [('verse', ['O', 'ver', 'the', 'riv', 'er']), ('chorus', ['月', '亮'])]
    >>> [(s.weight, s.tone) for s in found[1].lines[0].syllables]
    [(2, 4), (2, 4)]
    """
    if language not in ("", "en", "zh"):
        raise ParameterError(
            f"language of lyrics must be en or zh, got {language!r}; leave it out to let Motet see",
            zh=f"歌词语言须为 en 或 zh,收到 {language!r};不写则由 Motet 判断",
        )
    blocks = _blocks(text)
    n_lines = sum(len(lines) for _, lines in blocks)
    if not n_lines:
        raise ParameterError(
            "the lyrics have no word to sing; write a line of text, and an empty line between "
            "sections",
            zh="歌词中没有可唱的字;请写歌词,段落之间空一行",
        )
    if n_lines > MAX_LINES:
        raise ParameterError(
            f"lyrics may have {MAX_LINES} lines at most, got {n_lines}; set them in parts",
            zh=f"歌词最多 {MAX_LINES} 行,收到 {n_lines} 行;请分次谱曲",
        )
    return _sections(blocks)


def _blocks(text: str) -> list[tuple[str, list[LyricLine]]]:
    """Return (mark, lines) of each block; the mark is empty where there is none."""
    found: list[tuple[str, list[LyricLine]]] = []
    is_open = False
    for number, raw in enumerate(text.replace("\ufeff", "").splitlines(), start=1):
        match = _MARK.match(raw)
        if match is not None and (match["a"] or _kind(match["b"])):
            found.append(((match["a"] or match["b"]).strip(), []))
            is_open = True
            continue
        line = LyricLine(raw.strip(), _syllables(raw))
        if not line.syllables:
            is_open = is_open and bool(found) and not found[-1][1]
            continue
        if len(line.syllables) > _MAX_SYLLABLES:
            raise ParameterError(
                f"line {number} has {len(line.syllables)} syllables; {_MAX_SYLLABLES} can be sung "
                "in a line at most: break it",
                zh=f"第 {number} 行有 {len(line.syllables)} 个音节;一行最多可唱 {_MAX_SYLLABLES} "
                "个,请分行",
            )
        if not is_open:
            found.append(("", []))
            is_open = True
        found[-1][1].append(line)
    return found


def _kind(mark: str) -> str:
    """Return the kind of section that a mark names, empty for none."""
    low = mark.lower().strip()
    order = ("pre", "chorus", "bridge", "outro", "intro", "verse")
    return next((k for k in order if any(low.startswith(w) or (w in low and not w.isascii())
                                         for w in _KINDS[k])), "")  # fmt: skip


def _sections(blocks: list[tuple[str, list[LyricLine]]]) -> tuple[LyricSection, ...]:
    """Return blocks as sections: kinds, labels, and which repeat which."""
    words = [tuple(line.text for line in lines) for _, lines in blocks]
    found: list[LyricSection] = []
    by_kind: dict[str, int] = {}
    for (mark, lines), own in zip(blocks, words, strict=True):
        kind = _kind(mark) if mark else ("chorus" if words.count(own) > 1 else "verse")
        kind = kind or "verse"
        if not lines:
            k = by_kind.get(kind, -1)
            if k < 0:
                continue
            lines, own = list(found[k].lines), tuple(line.text for line in found[k].lines)
        model = next(
            (
                k
                for k, one in enumerate(found)
                if one.model < 0 and one.kind == kind
                and (tuple(line.text for line in one.lines) == own or len(one.lines) == len(lines))
            ),
            -1,
        )  # fmt: skip
        same_kind = sum(one.kind == kind and one.model < 0 for one in found)
        label = (
            found[model].label if model >= 0 else kind + ("" if not same_kind else "b" * same_kind)
        )
        by_kind.setdefault(kind, len(found))
        found.append(LyricSection(kind, label, tuple(lines), model))
    return tuple(found)


def _syllables(line: str) -> tuple[Syllable, ...]:
    """Return the syllables of a line."""
    found: list[Syllable] = []
    line = re.sub(r"[\u2018\u2019\u0060\u00b4]", "'", line)
    at = 0
    while at < len(line):
        if _HAN.match(line[at]):
            end = at
            while end < len(line) and _HAN.match(line[end]):
                end += 1
            found += _chinese(line[at:end])
            at = end
            continue
        match = _WORD.match(line, at)
        if match is None:
            if found and _BREATH.match(line[at]):
                found[-1] = replace(found[-1], breath=True)
            at += 1
            continue
        word = re.split(_HAN, match.group(), maxsplit=1)[0]
        found += _english(word)
        at += len(word)
    return tuple(found)


def _chinese(text: str) -> list[Syllable]:
    """Return the characters of a run of Chinese."""
    last = len(text) - 1
    out = []
    for k, (sign, tone) in enumerate(zip(text, read_tones(text), strict=True)):
        weight = 2 if k in (0, last) else 1
        if k and (tone == 5 or sign in _PARTICLES) and k != last:
            weight = 0
        out.append(Syllable(text=sign, weight=weight, tone=tone))
    return out


def _english(word: str) -> list[Syllable]:
    """Return the syllables of a word of letters; a number is sung as it stands."""
    stress = read_stress(word) if word.isascii() and not word.isdigit() else ""
    n = len(stress) or 1
    pieces = cut_word(word, n, short=short_vowels(word) if stress else ())
    if len(pieces) != n:
        stress = stress[: len(pieces)]
    return [
        Syllable(
            text=piece,
            syllabic=_syllabic(k, len(pieces)),
            weight={"1": 2, "2": 1, "0": 0}[stress[k]] if stress else 1,
        )
        for k, piece in enumerate(pieces)
    ]


def _syllabic(k: int, n: int) -> str:
    if n == 1:
        return "single"
    return "begin" if k == 0 else "end" if k == n - 1 else "middle"

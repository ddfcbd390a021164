"""Sentences with what they ask for, and whether a reading of one is right.

Conventions: a sentence fixes some fields (`FIELDS`); an `Answer` claims some, each in one canonical
form, and says how it came by them. What a sentence leaves open must not be claimed, unless it lies in
what is fixed (chords tell a key) or the sentence says that it may be. The files of
``motet/suite/data`` say what their entries mean; the half ``test`` is not for those who write a reader.

Offers `FIELDS`, `Sentence`, `Answer`, `load_sentences`, `has_field`, `is_open`, `is_right`, `read_answer`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from motet.brief import Brief
from motet.errors import FormatError, MotetError, ParameterError
from motet.theory import find_instrument, parse_key, parse_progression
from motet.theory.pitch import spelling_to_pc

__all__ = [
    "FIELDS",
    "Answer",
    "Sentence",
    "has_field",
    "is_open",
    "is_right",
    "load_sentences",
    "read_answer",
]

FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "tempo": ("qpm", "qpm_range"),
    "key": ("key", "mode"),
    "metre": ("metre",),
    "length": ("bars", "bars_range"),
    "instruments": ("instruments",),
    "style": ("style", "styles"),
    "mood": ("mood",),
    "form": ("form",),
    "curve": ("curve",),
    "chords": ("chords",),
    "feel": ("feel",),
    "articulation": ("articulation",),
    "absent": ("absent",),
    "clash": ("clash",),
}
"""Fields to what fixes them in the files."""
_LIES_IN: Final = {"length": "form", "key": "chords", "mood": "curve"}
"""Fields that may be claimed where another is fixed."""
_KEYS: Final = frozenset(key for keys in FIELDS.values() for key in keys) | {
    "may", "instruments_or",
}  # fmt: skip
_SAID_AS: Final = {
    "tempo": ("qpm", "tempo"),
    "key": ("key", "mode"),
    "metre": ("metre",),
    "length": ("bars", "length"),
    "instruments": ("parts", "instruments", "instrument"),
    "mood": ("emotion", "mood"),
    "curve": ("emotion_curve", "curve", "emotion"),
    "feel": ("feel", "swing"),
    "absent": ("avoid", "absent"),
}
"""Fields to the names under which a reader may tell them."""
_FILES: Final = {
    "dev": ("sentences.toml", "sentences_first.toml", "sentences_second.toml"),
    "test": ("sentences_third.toml",),
}
_SECTIONS: Final = {
    "主歌": "verse", "副歌": "chorus", "前奏": "intro", "引子": "intro", "尾奏": "outro",
    "间奏": "interlude", "桥段": "bridge", "导歌": "pre-chorus",
}  # fmt: skip
_TONICS: Final = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its language (``en``, ``zh``, ``mixed``), and what it fixes."""

    text: str
    language: str
    expect: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader claims of a sentence.

    Parameters
    ----------
    values : mapping
        Field to value: tempo in quarter notes a minute; key as (pitch class, mode); metre as text;
        length in bars; instruments and absent as sets; mood as (valence, arousal); form as (label,
        bars); curve as (share of the piece, valence, arousal); chords as text; others as they are.
    how : mapping
        Field to how it was found, where the reader tells.

    Examples
    --------
    >>> Answer({"tempo": 120.0}).values["tempo"]
    120.0
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    how: Mapping[str, str] = field(default_factory=dict)


def load_sentences(split_or_path: str | Path) -> tuple[Sentence, ...]:
    """Return the sentences of a half (``"dev"``; ``"test"``, which has two files) or of a file.

    Parameters
    ----------
    split_or_path : str or Path

    Returns
    -------
    tuple of Sentence

    Raises
    ------
    FormatError
        The file cannot be read, or an entry means nothing.

    Examples
    --------
    >>> len(load_sentences("dev")) >= 200
    True
    """
    if split_or_path in _FILES:
        home = Path(__file__).parent / "data"
        return tuple(
            one for name in _FILES[str(split_or_path)] for one in load_sentences(home / name)
        )
    path = Path(split_or_path)
    try:
        loaded = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FormatError(
            f"cannot read sentences: {error}", zh=f"无法读取句子:{error}", path=str(path)
        ) from error
    groups = {name: "|".join(words) for name, words in loaded.get("any", {}).items()}
    found = []
    for k, entry in enumerate(loaded.get("sentence", ())):
        expect = dict(entry.get("expect", {}))
        unknown = sorted((set(expect) - _KEYS) | (set(expect.get("may", ())) - set(FIELDS)))
        if unknown or not isinstance(entry.get("text"), str):
            raise FormatError(
                f"a sentence has a text and may expect {', '.join(sorted(_KEYS))}; got {unknown}",
                zh=f"句子须有 text,可期望 {'、'.join(sorted(_KEYS))};收到 {unknown}",
                path=str(path),
                place=f"sentence {k}",
            )
        if "instruments" in expect:
            expect["instruments"] = _name_groups(expect["instruments"], groups)
            others = expect.get("instruments_or", ())
            expect["instruments_or"] = [_name_groups(one, groups) for one in others]
        found.append(Sentence(entry["text"], entry.get("language", "en"), expect))
    return tuple(found)


def _name_groups(asked: list[str], groups: Mapping[str, str]) -> list[str]:
    """Return instruments with ``any NAME`` written out."""
    return [
        "|".join(groups.get(word.removeprefix("any "), word) if " " in word else word
                 for word in one.split("|"))
        for one in asked
    ]  # fmt: skip


def has_field(sentence: Sentence, name: str) -> bool:
    """Return whether a sentence fixes a field.

    Examples
    --------
    >>> has_field(Sentence("slow", "en", {"qpm_range": [40, 90]}), "tempo")
    True
    """
    return any(key in sentence.expect for key in FIELDS[name])


def is_open(sentence: Sentence, name: str) -> bool:
    """Return whether a field must not be claimed of a sentence.

    Examples
    --------
    >>> asks = Sentence("ii-V-I, maybe", "en", {"chords": "ii V I", "may": ["style"]})
    >>> [name for name in ("chords", "key", "style", "tempo") if is_open(asks, name)]
    ['tempo']
    """
    if has_field(sentence, name) or name in sentence.expect.get("may", ()):
        return False
    return not (name in _LIES_IN and has_field(sentence, _LIES_IN[name]))


def is_right(sentence: Sentence, answer: Answer, name: str) -> bool:
    """Return whether an answer meets what a sentence fixes of a field.

    Parameters
    ----------
    sentence : Sentence
        It fixes the field.
    answer : Answer
    name : str
        One of `FIELDS`.

    Returns
    -------
    bool
        False where nothing is claimed.

    Examples
    --------
    >>> slow = Sentence("slow", "en", {"qpm_range": [40, 90]})
    >>> is_right(slow, Answer({"tempo": 60.0}), "tempo"), is_right(slow, Answer(), "tempo")
    (True, False)
    """
    value = answer.values.get(name)
    if value is None:
        return False
    asked = sentence.expect
    if name == "tempo":
        low, high = asked.get("qpm_range", (0, 0))
        exact = asked.get("qpm", [])
        options = exact if isinstance(exact, list) else [exact]
        return low <= value <= high or any(abs(value - one) < 0.5 for one in options)
    if name == "length":
        low, high = asked.get("bars_range", (asked.get("bars"),) * 2)
        return bool(low <= value <= high)
    if name == "key":
        options = asked.get("key", [])
        keys = [parse_key(one) for one in ([options] if isinstance(options, str) else options)]
        return value in [(one.tonic_pc, one.mode) for one in keys] or value[1] == asked.get("mode")
    if name == "instruments":
        return any(
            _covers(one, value) for one in [asked["instruments"], *asked.get("instruments_or", ())]
        )
    if name == "absent":
        there = {_plain(one) for one in value}
        return all(any(_plain(one) in there for one in word.split("|")) for word in asked["absent"])
    if name == "style":
        return value in asked.get("styles", [asked.get("style")])
    if name == "mood":
        return _agrees(asked["mood"], value)
    if name == "curve":
        return all(_agrees(signs, _at(value, share)) for share, *signs in asked["curve"])
    if name == "form":
        return _same_form(asked["form"], value)
    if name == "chords":
        return _same_chords(asked["chords"], value, answer.values.get("key"))
    return bool(value in asked[name] if isinstance(asked[name], list) else value == asked[name])


def _agrees(signs: list[int], emotion: tuple[float, ...]) -> bool:
    """Return whether an emotion lies on the sides asked for."""
    return all(sign == 0 or sign * value > 0 for sign, value in zip(signs, emotion, strict=True))


def _at(curve: list[tuple[float, float, float]], share: float) -> tuple[float, float]:
    """Return valence and arousal at a share of the piece, linear between points."""
    before = max((one for one in curve if one[0] <= share), default=min(curve))
    after = min((one for one in curve if one[0] >= share), default=max(curve))
    part = (share - before[0]) / (after[0] - before[0]) if after[0] > before[0] else 0.0
    valence, arousal = (before[k] + part * (after[k] - before[k]) for k in (1, 2))
    return valence, arousal


def _covers(asked: list[str], found: frozenset[str]) -> bool:
    """Return whether each asked instrument has one of those found, and none is left over."""
    options = [frozenset(one.split("|")) for one in asked]
    if not found <= frozenset().union(*options):
        return False

    def place(k: int, free: frozenset[str]) -> bool:
        return k == len(options) or any(place(k + 1, free - {one}) for one in free & options[k])

    return place(0, found)


def _plain(word: str) -> str:
    """Return a word of what is to be left out as a brief writes it, instruments as identifiers."""
    text = word.strip().lower().replace("_", " ")
    try:
        text = Brief(avoid=(text,)).avoid[0]
        return find_instrument(text).identifier
    except ParameterError:
        return text


def _same_form(asked: str, found: tuple[tuple[str, int], ...]) -> bool:
    """Return whether labels are the same, and their bars where they were asked for."""
    labels = [_SECTIONS.get(label, label).lower() for label, _ in found]
    wanted = asked.lower().split()
    if not any(letter.isdigit() for letter in asked):
        return labels == wanted
    return [f"{label}{n_bars}" for label, (_, n_bars) in zip(labels, found, strict=True)] == wanted


def _same_chords(asked: str, found: str, key: tuple[int, str] | None) -> bool:
    """Return whether chords are those asked for, once or in rounds, however long each lasts.

    Roman numerals fix root and third; symbols fix the whole chord.
    """
    tonality = parse_key("C" if key is None else f"{_TONICS[key[0]]} {key[1]}")
    is_roman = asked.lstrip("b#")[0] in "iIvV"
    rows = []
    for text in (asked, found):
        try:
            bars = parse_progression(text, key=tonality).bars
        except MotetError:
            return False
        row: list[tuple[int, ...]] = []
        for chord in (span.chord for bar in bars for span in bar if span.chord is not None):
            kind = (int(3 in chord.intervals),) if is_roman else chord.intervals
            one = (spelling_to_pc(chord.root), *kind)
            if not row or row[-1] != one:
                row.append(one)
        rows.append(row)
    wanted, played = rows
    if len(played) < len(wanted):
        return False
    return all(one == wanted[k % len(wanted)] for k, one in enumerate(played))


def read_answer(understanding: Any) -> Answer:
    """Return what `motet.sentence.understand` found, field by field.

    Parameters
    ----------
    understanding : motet.sentence.Understanding

    Returns
    -------
    Answer
        ``how`` is ``"encoder"`` where nothing else found the field.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from motet.brief import Brief
    >>> told = SimpleNamespace(brief=Brief(qpm=90, key="Am"), found=(), clashes=())
    >>> read_answer(told).values
    {'tempo': 90.0, 'key': (9, 'minor')}
    """
    brief = understanding.brief
    key = parse_key(brief.key) if brief.key else None
    sections = tuple((one.label, one.n_bars) for one in brief.sections)
    points = brief.emotion_curve
    n_bars = sum(bars for _, bars in sections) or brief.bars
    last = max(2, n_bars or 0, *(int(one[0]) for one in points)) if points else 2
    values = {
        "tempo": None if brief.qpm is None else float(brief.qpm),
        "key": key and (key.tonic_pc, key.mode),
        "metre": brief.metre.replace(" ", ""),
        "length": n_bars,
        "instruments": frozenset(part.found.identifier for part in brief.parts),
        "style": brief.style,
        "mood": brief.emotion,
        "form": sections,
        "curve": [((bar - 1) / (last - 1), v, a) for bar, v, a in points],
        "chords": brief.chords,
        "feel": brief.feel,
        "articulation": brief.articulation,
        "absent": frozenset(brief.avoid),
        "clash": bool(understanding.clashes) or None,
    }
    how: dict[str, str] = {}
    for name in FIELDS:
        said = [one.how for one in understanding.found if one.field in _SAID_AS.get(name, (name,))]
        if said:
            how[name] = next((one for one in said if one != "encoder"), "encoder")
    return Answer({name: value for name, value in values.items() if value}, how)

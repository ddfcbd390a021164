"""The lexicon: phrases of both languages, what each says, and finding them in a sentence.

Conventions: phrases live in ``data/*.toml``; names of styles, moods, instruments and roles that Motet
knows anyway are added here. The longest phrase wins. An English word of six letters or more that is
not known is read as its neighbour in spelling.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from motet.brief.emotion import EMOTIONS
from motet.brief.style_name import STYLE_NAMES_ZH
from motet.sentence.text import Sentence
from motet.theory.instrument import INSTRUMENTS
from motet.theory.instrument_table import ALIASES
from motet.tokens.vocab import STYLES

__all__ = ["Effect", "Hit", "Lexicon", "Token", "load_lexicon", "tokens_of"]

_TOKEN = re.compile(r"[a-z]+|\d+|[^\x00-\x7f]")
_JOIN = re.compile(r"[ \-_'&/.]*")
_CHINESE_JOIN = re.compile(r"[ (]*")
_EXACT = ("drum", "and", "bass")  # "drums and bass" are two players
_COLOURS = {"dark": (-0.6, -0.2), "epic": (0.6, 0.9), "史诗": (0.6, 0.9)}
"""Words for moods that count within the name of a style too ("dark trap")."""
_NOUNS = {
    "guitar": "吉他", "piano": "钢琴", "bass": "贝斯", "drums": "鼓", "strings": "弦乐", "organ": "风琴",
    "flute": "长笛", "violin": "小提琴", "quartet": "四重奏", "trio": "三重奏", "band": "乐队", "choir": "合唱",
}  # fmt: skip
"""Nouns that people say in the other language beside an adjective of their own."""
_PACE_WORDS = ((("slow", "downtempo", "慢"), -1), (("fast", "快速"), 1))
_DOUBLED = re.compile(r"(.)\1+")
_WITHOUT = (
    r"(drum|bass|beat|guitar|vocal|voice|piano|percussion|string|synth|brass|rhythm|chord)less"
)
_AND = ("和", "与", "同")
_MENDED = ("style", "instrument", "mood", "parts")


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a phrase says: a field and its value."""

    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a sentence.

    Parameters
    ----------
    start, end : int
        Letters of the sentence.
    effects : tuple of Effect
    is_guess : bool
        Whether a misspelling was mended.
    """

    start: int
    end: int
    effects: tuple[Effect, ...]
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a Chinese letter, with its place."""

    text: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text in small letters: English words, digits, single Chinese letters.

    Examples
    --------
    >>> [one.text for one in tokens_of("8-bit 小调")]
    ['8', 'bit', '小', '调']
    """
    return [Token(one[0], one.start(), one.end()) for one in _TOKEN.finditer(text)]


class Lexicon:
    """Phrases to what they say.

    Parameters
    ----------
    phrases : dict of str to list of Effect
    plain_words : set of str
        English words that are right as they are and mean nothing here.
    sounds : list of set of str
        Chinese letters that sound alike.
    """

    def __init__(
        self, phrases: dict[str, list[Effect]], plain_words: set[str], sounds: list[set[str]]
    ) -> None:
        self._sounds: dict[str, set[str]] = {}
        for row in sounds:
            for letter in row:
                self._sounds.setdefault(letter, set()).update(row - {letter})
        self._plain = frozenset(plain_words)
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[Effect, ...]]]] = {}
        vocabulary = set(plain_words)
        targets: set[str] = set()
        for phrase, effects in phrases.items():
            key = tuple(one.text for one in tokens_of(phrase.lower()))
            if not key:
                continue
            self._by_first.setdefault(key[0], []).append((key, tuple(effects)))
            vocabulary.update(key)
            targets.update(word for word in key if len(word) >= 4)
        for rows in self._by_first.values():
            rows.sort(key=lambda row: -len(row[0]))
        self.vocabulary = frozenset(vocabulary)
        self._targets = sorted(targets - plain_words)

    def find(self, sentence: Sentence) -> list[Hit]:
        """Return the phrases of the free letters of a sentence, in order, longest first."""
        tokens = tokens_of(sentence.low)
        spelled = [self._forms(one.text) for one in tokens]
        hits: list[Hit] = []
        at = 0
        while at < len(tokens):
            found = self._at(sentence, tokens, spelled, at)
            if found is None or (found[1] == 1 and not tokens[at].text.isascii()):
                found = self._alike(sentence, tokens, at) or found
            if found is None:
                at += 1
                continue
            hit, n_tokens = found
            if tokens[at].text in _AND and at + 1 < len(tokens):
                after = self._at(sentence, tokens, spelled, at + 1)
                if after is not None and after[1] >= n_tokens:
                    at += 1  # 和弦乐 is "and strings", not 和弦
                    continue
            hits.append(hit)
            at += n_tokens
        return hits

    def _at(
        self, sentence: Sentence, tokens: list[Token], spelled: list[tuple[str, ...]], at: int
    ) -> tuple[Hit, int] | None:
        """Return the longest phrase that begins at a token."""
        best: tuple[Hit, int] | None = None
        for form in spelled[at]:
            for key, effects in self._by_first.get(form, ()):
                n = len(key)
                if best is not None and n <= best[1]:
                    break
                if key == _EXACT and [one.text for one in tokens[at : at + n]] != list(_EXACT):
                    continue
                if at + n > len(tokens) or any(key[k] not in spelled[at + k] for k in range(1, n)):
                    continue
                if not all(_touch(sentence.low, tokens[at + k], tokens[at + k + 1])
                           for k in range(n - 1)):  # fmt: skip
                    continue
                start, end = tokens[at].start, tokens[at + n - 1].end
                if not sentence.is_free(start, end):
                    continue
                is_guess = any(tokens[at + k].text not in self.vocabulary and
                               _stem_free(tokens[at + k].text, key[k]) for k in range(n))  # fmt: skip
                best = Hit(start, end, effects, is_guess), n
                break
        return best

    def _alike(self, sentence: Sentence, tokens: list[Token], at: int) -> tuple[Hit, int] | None:
        """Return a Chinese phrase with one letter written as another that sounds the same."""
        first = tokens[at].text
        if first.isascii():
            return None
        for letter in (first, *sorted(self._sounds.get(first, ()))):
            for key, effects in self._by_first.get(letter, ()):
                n = len(key)
                if n < 2 or at + n > len(tokens) or effects[0].field not in _MENDED:
                    continue
                own = [one.text for one in tokens[at : at + n]]
                wrong = [k for k in range(n) if own[k] != key[k]]
                start, end = tokens[at].start, tokens[at + n - 1].end
                if (
                    len(wrong) == 1
                    and own[wrong[0]] in self._sounds.get(key[wrong[0]], ())
                    and end - start == n
                    and sentence.is_free(start, end)
                ):
                    return Hit(start, end, effects, True), n
        return None

    @lru_cache(maxsize=4096)  # noqa: B019 - one lexicon lives as long as the process
    def _forms(self, word: str) -> tuple[str, ...]:
        """Return a word, what it is the plural or another form of, or its neighbour in spelling."""
        forms = [word]
        if word.isascii() and word.isalpha() and len(word) > 2 and word not in self._plain:
            forms += [one for one in _stems(word) if one in self.vocabulary]
            if len(forms) == 1 and word not in self.vocabulary and len(word) >= 4:
                near = self._mend(word)
                forms += [near] if near else []
        return tuple(forms)

    def _mend(self, word: str) -> str:
        """Return the word of the lexicon that is one letter away (two for long ones), or nothing."""
        most = 1 if len(word) < 9 else 2
        best, best_far = "", most + 1
        for other in self._targets:
            if other[0] != word[0] or abs(len(other) - len(word)) > most:
                continue
            far = _distance(word, other, most)
            if min(len(word), len(other)) <= 5 and not _is_slip(word, other):
                continue
            if far < best_far:
                best, best_far = other, far
        return best


def _is_slip(word: str, other: str) -> bool:
    """Whether short words differ by letters that changed places or by one that is doubled, no more."""
    return sorted(word) == sorted(other) or _DOUBLED.sub(r"\1", word) == _DOUBLED.sub(r"\1", other)


def _stem_free(word: str, key: str) -> bool:
    return word != key and key not in _stems(word)


def _touch(text: str, one: Token, other: Token) -> bool:
    """Whether two words stand beside each other, with nothing but joints between."""
    between = text[one.end : other.start]
    is_latin = one.text.isascii() and other.text.isascii()
    return (_JOIN if is_latin else _CHINESE_JOIN).fullmatch(between) is not None


def _stems(word: str) -> list[str]:
    """Return what an English word may be a form of."""
    if without := re.fullmatch(_WITHOUT, word):
        return [without[1]]  # beatless is not the Beatles
    found = []
    for ending, instead in (
        ("ies", "y"), ("es", ""), ("s", ""), ("ily", "y"), ("ly", ""), ("iness", "y"),
        ("ness", ""), ("ier", "y"), ("er", ""), ("er", "e"), ("iest", "y"), ("est", ""),
        ("est", "e"), ("ish", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("y", ""),
        ("ally", ""), ("al", ""), ("like", ""), ("ful", ""), ("ic", ""),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)] + instead
            found.append(stem)
            if len(stem) > 3 and stem[-1] == stem[-2]:
                found.append(stem[:-1])  # saddest, sad
    return found


def _distance(one: str, other: str, most: int) -> int:
    """Return how many letters must be added, dropped, changed or exchanged; most + 1 if more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _load(name: str) -> dict[str, Any]:
    """Return one data file."""
    return tomllib.loads(files("motet.sentence").joinpath("data", name).read_text("utf-8"))


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Return the lexicon of both languages.

    Returns
    -------
    Lexicon

    Examples
    --------
    >>> hits = load_lexicon().find(Sentence("a melancholic bossa with cellos"))
    >>> [(one.effects[0].field, one.effects[0].value) for one in hits][1:]
    [('style', 'bossa'), ('instrument', 'cello')]
    """
    phrases: dict[str, list[Effect]] = {}

    def add(words: list[str], *effects: Effect) -> None:
        for word in words:
            known = phrases.setdefault(word.lower(), [])
            known += [one for one in effects if all(one.field != k.field for k in known)]

    def add_rows(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            add(row["words"], *(Effect(key, value) for key, value in row.items() if key != "words"))

    plain, instruments = _load("plain.toml"), _load("instruments.toml")
    for table in ("styles.toml", "styles_more.toml"):
        for name, row in _load(table).items():
            add(row.get("words", []), Effect("style", name))
            add(row.get("hints", []), Effect("style_hint", name))
            add(row.get("maybe", []), Effect("style_maybe", name))
    add_rows(_load("scenes.toml")["scene"])
    add_rows(_load("grooves.toml")["beat"])
    add_rows(instruments["ensemble"])
    for name, words in instruments["instrument"].items():
        add(words, Effect("instrument", name))
    for rows in _load("terms.toml").values():
        add_rows(rows)
    for row in _load("moods.toml")["mood"]:
        add(row["words"], Effect("mood", tuple(row["place"])))
    for word, place in EMOTIONS.items():
        add([word], Effect("mood", place))
    _add_instruments(phrases, set(plain["not_instruments"]))
    _mix_languages(phrases)
    for name in STYLES:
        for word in (name, STYLE_NAMES_ZH[name]):
            if word not in phrases and word not in INSTRUMENTS:
                add([word], Effect("style", name))
    for effects in phrases.values():
        if any(one.field == "parts" for one in effects):
            effects[:] = [one for one in effects if one.field != "instrument"]
    _add_paces(phrases)
    sounds = [set(line) for line in plain["sounds"].split()]
    return Lexicon(phrases, set(plain["words"].split()), sounds)


def _add_paces(phrases: dict[str, list[Effect]]) -> None:
    """Let names of styles that hold a word for the pace say it too: uptempo gospel, slow air, 慢速蓝调."""
    for phrase, effects in phrases.items():
        fields = {one.field for one in effects}
        if fields & {"pace", "qpm"} or not fields & {"style", "style_hint"}:
            continue
        key = [one.text for one in tokens_of(phrase)]
        joined = "".join(key)
        if "中速" in phrase or "medium" in key:
            effects.append(Effect("qpm", 112))
            continue
        for words, pace in _PACE_WORDS:
            if any(word in key or (not word.isascii() and word in phrase) for word in words) or (
                pace > 0 and "uptempo" in joined
            ):
                effects.append(Effect("pace", pace))
                break


def _mix_languages(phrases: dict[str, list[Effect]]) -> None:
    """Add the names of instruments whose noun is said in the other language (overdriven 吉他, 电 guitar)."""
    for phrase, effects in list(phrases.items()):
        if all(one.field not in ("instrument", "parts") for one in effects):
            continue
        for noun, noun_zh in _NOUNS.items():
            for own, other in ((noun, noun_zh), (noun_zh, noun)):
                kind = phrase.removesuffix(own)
                if kind != phrase and kind.strip() and (own == noun_zh or kind.endswith(" ")):
                    phrases.setdefault(kind + other, list(effects))


def _add_instruments(phrases: dict[str, list[Effect]], taken: set[str]) -> None:
    """Add the names that theory knows, and the instruments within phrases that name a style."""
    known = dict(ALIASES)
    for identifier, found in INSTRUMENTS.items():
        for name in (identifier.replace("_", " "), found.name.lower(), found.name_zh):
            known.setdefault(name, identifier)
    for name, identifier in known.items():
        if name not in taken and all(one.field != "instrument" for one in phrases.get(name, ())):
            told = phrases.setdefault(name, [])
            if all(one.field not in ("parts", "trait") for one in told):
                told.append(Effect("instrument", identifier))
    names = {tuple(one.text for one in tokens_of(name)): effect.value
             for name, effects in phrases.items()
             for effect in effects if effect.field == "instrument"}  # fmt: skip
    for phrase, effects in phrases.items():
        fields = {one.field for one in effects}
        if fields & {"instrument", "parts", "mood", "trait", "role", "feel", "density"} or not fields & {
            "style", "style_hint", "style_maybe"}:  # fmt: skip
            continue
        key = tuple(one.text for one in tokens_of(phrase))
        if phrase.startswith(("drum ", "future ")) or len(key) < 2:
            continue
        inside = [names[key[i:j]] for i in range(len(key)) for j in range(len(key), i, -1)
                  if key[i:j] in names and j - i < len(key)][:1]  # fmt: skip
        effects += [Effect("instrument", one) for one in inside]
        for word, place in _COLOURS.items():
            if word in key or (word in phrase.split("配")[0] and not word.isascii()):
                effects.append(Effect("mood", place))

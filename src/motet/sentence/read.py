"""From a sentence to a brief.

Conventions: what is exact (numbers, keys, chords, forms) is read by grammar first and claimed; the rest is
looked up in the lexicon; the encoder answers only for style and mood where the lexicon found none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from motet.brief import Brief, style_title
from motet.errors import MotetError
from motet.language import Language
from motet.sentence.accompany import add_parts
from motet.sentence.cast import read_cast
from motet.sentence.chords import read_chords
from motet.sentence.curve import Point, read_curve_words
from motet.sentence.endpoint import Endpoint, ask_endpoint
from motet.sentence.form import read_form_words
from motet.sentence.groove import read_groove_names, settle_groove, weigh_beats
from motet.sentence.guess import guess_rest
from motet.sentence.key import read_key
from motet.sentence.length import read_length
from motet.sentence.lexicon import Hit, load_lexicon
from motet.sentence.metre import read_metre
from motet.sentence.mood import choose_mood
from motet.sentence.naming import read_naming
from motet.sentence.polarity import carry_over, find_corrections, find_polarity
from motet.sentence.refusal import find_refusals
from motet.sentence.said import Said, last_wins
from motet.sentence.settle import (
    Settled,
    settle_key,
    settle_metre,
    settle_tempo,
    style_facts,
)
from motet.sentence.settle_form import settle_curve, settle_form
from motet.sentence.style import choose_style
from motet.sentence.swell import Swell, read_swell
from motet.sentence.tempo import read_bare_tempo, read_tempo
from motet.sentence.text import Sentence
from motet.sentence.understanding import Found, Understanding
from motet.sentence.unused import find_unused
from motet.theory.roman import is_roman
from motet.theory.scale import parse_key

__all__ = ["understand"]

_SINGLE = ("surprise", "harmony", "repeats", "intensity", "humanise")
_THINGS = ("instrument", "parts", "avoid_only", "trait")
_MERGED = ("title", "seed", "candidates")


def understand(
    text: str,
    *,
    language: Language | None = None,
    endpoint: Endpoint | Mapping[str, str] | None = None,
) -> Understanding:
    """Return the brief that a sentence asks for, and where each field comes from.

    Parameters
    ----------
    text : str
        One sentence or several, in English, Chinese or both, 4,000 letters at most.
    language : Language or None
        In which it is told; None is that of the sentence.
    endpoint : Endpoint, mapping or None
        A language model of the user's own (``url``, ``model``, ``key``) that is asked too; None stays
        offline. Its answer is checked against the same schema; when it fails, the offline reading holds.

    Returns
    -------
    Understanding

    Raises
    ------
    ParameterError
        The sentence is empty or too long.

    Examples
    --------
    >>> understood = understand("一首悲伤的钢琴圆舞曲,A小调,16小节")
    >>> understood.brief.style, understood.brief.key, understood.brief.bars
    ('waltz', 'A minor', 16)
    >>> understand("slow, 180 bpm").clashes[0][0]
    '“slow” and “180 bpm” contradict each other; “180 bpm” was taken'
    """
    sentence = Sentence(text)
    told: Language = language or ("zh" if sentence.is_chinese else "en")
    said = _wanted(sentence, _read_exact(sentence))
    free = sentence.rest()
    swell = read_swell(sentence)
    hits = load_lexicon().find(sentence)
    words = _read_words(sentence, hits)
    out = Settled(sentence)
    remarks: list[tuple[str, str]] = []
    corrections = find_corrections(sentence)
    words += [one for one in said if one.field in ("style", "beat")]
    words = weigh_beats(words)
    points, curve_words = _settle_colour(out, words, corrections, remarks, swell, free)
    settle_metre(out, said)
    settle_key(out, _with_polarity(sentence, said), corrections)
    settle_tempo(out, said + words)
    settle_form(out, said)
    if points:
        settle_curve(out, points, curve_words)
    chords, other_chords = last_wins(said, "chords")
    if chords is not None:
        for one in other_chords:
            out.clash(chords, one)
        out.put("chords", chords.value, chords)
        _assume_key(out, chords.value)
    blues, _ = last_wins(said, "blues_bars")
    if blues is not None and "bars" not in out.fields:
        out.put("bars", blues.value, blues)
    _settle_manner(out, words)
    unsaid = settle_groove(out, words)
    for name in _MERGED:
        single, _ = last_wins(said, name)
        if single is not None:
            out.put(name, single.value, single)
    references = [one for one in said if one.field == "references"]
    if references:
        out.fields["references"] = tuple(dict.fromkeys(one.value for one in references))
        out.sources += [("references", one.value, one) for one in references]
    _settle_cast(out, words)
    _assume_style(out, words)
    add_parts(out, read_cast(sentence, words))
    unused = (*unsaid, *find_unused(sentence, hits))
    return _finish(sentence, out, told, remarks, unused, endpoint)


def _read_exact(sentence: Sentence) -> list[Said]:
    """Return what the grammar reads; the order decides who may claim which letters."""
    said = read_naming(sentence)
    for reader in (
        read_groove_names, read_chords, read_form_words, read_metre, read_tempo, read_length, read_key,
        read_bare_tempo,
    ):  # fmt: skip
        said += reader(sentence)
    return said


def _wanted(sentence: Sentence, said: list[Said]) -> list[Said]:
    """Return what was said without metres that are refused ("no 3/4")."""
    return [
        one
        for one in said
        if one.field != "metre" or find_polarity(sentence, one.start, one.end) != "no"
    ]


def _read_words(sentence: Sentence, hits: list[Hit]) -> list[Said]:
    """Return what the lexicon says, wanted or not, and claim its words."""
    said: list[Said] = []
    spans = [(hit.start, hit.end) for hit in hits]
    things = [any(one.field in _THINGS for one in hit.effects) for hit in hits]
    polarities = [find_polarity(sentence, *span) for span in spans]
    polarities = carry_over(sentence, spans, find_refusals(sentence, spans, polarities, things))
    for k, hit in enumerate(hits):
        polarity = polarities[k]
        if _is_adverb(sentence, hits, polarities, k):
            continue
        is_hidden = _is_hidden(sentence, hits, k)
        for effect in hit.effects:
            if effect.field == "instrument" and is_hidden:
                continue
            name = "term" if effect.field == "qpm" else effect.field
            confidence = 0.8 if hit.is_guess else 1.0
            said.append(
                Said(name, effect.value, hit.start, hit.end, "lexicon", confidence, polarity)
            )
    for hit in hits:
        sentence.claim(hit.start, hit.end)
    return said


def _is_adverb(sentence: Sentence, hits: list[Hit], polarities: list[str], k: int) -> bool:
    """Whether a word for a mood is none: "pretty fast", "I hate flutes"."""
    hit = hits[k]
    own = sentence.low[hit.start : hit.end]
    if own == "alone" and k and not sentence.low[hits[k - 1].end : hit.start].strip():
        return any(one.field in ("instrument", "parts") for one in hits[k - 1].effects)
    if k + 1 >= len(hits) or own not in ("pretty", "hate", "慢慢", "缓缓", "slowly"):
        return False
    if own == "hate":
        return polarities[k + 1] == "no"
    after = hits[k + 1]
    fields = ("pace", "mood", "qpm", "density", "surprise") if own == "pretty" else ("mood",)
    return not sentence.low[hit.end : after.start].strip() and any(
        one.field in fields for one in after.effects
    )


def _is_hidden(sentence: Sentence, hits: list[Hit], k: int) -> bool:
    """Whether an instrument's name only tells how the next one plays ("pizzicato cello")."""
    hit = hits[k]
    if sentence.low[hit.start : hit.end] == "vibes":
        before = sentence.low[: hit.start].rstrip()
        return not (
            not before
            or before[-1] in ",:+&;"
            or before.endswith((" and", " with", " for", " plus", " on"))
        )
    if all(one.field != "articulation" for one in hit.effects) or k + 1 >= len(hits):
        return False
    after = hits[k + 1]
    return not sentence.low[hit.end : after.start].strip(" 的") and any(
        one.field in ("instrument", "parts") for one in after.effects
    )


def _with_polarity(sentence: Sentence, said: list[Said]) -> list[Said]:
    """Return what was said with modes that are not wanted turned: not in minor is in major."""
    other = {"minor": "major", "major": "minor"}
    turned = []
    for one in said:
        polarity = find_polarity(sentence, one.start, one.end) if one.field == "mode" else ""
        if polarity == "no" and one.value in other:
            turned.append(replace(one, value=other[one.value]))
        else:
            turned.append(replace(one, polarity=polarity) if polarity else one)
    return turned


def _settle_colour(
    out: Settled,
    words: list[Said],
    corrections: list[int],
    remarks: list[tuple[str, str]],
    swell: tuple[Swell, Said] | None,
    free: str,
) -> tuple[list[Any], list[Said]]:
    """Settle style and emotion; return the curve's points."""
    style, _ = choose_style(words, corrections)
    is_slow = any(
        w.field == "pace" and w.value <= -1 and w.polarity in ("yes", "very") for w in words
    )
    if style is not None and style.value == "blues" and is_slow:
        style = replace(style, value="slow-blues")
    points, curve_words = read_curve_words(
        out.sentence, [one for one in words if one.field == "mood"], free=free
    )
    mood, moods = choose_mood(words, corrections)
    if swell is not None and not points:
        valence = mood[0] if mood is not None else 0.0
        points = [Point(share, (v or valence, a)) for share, (v, a) in swell[0]]
        curve_words = [swell[1]]
    if style is None or (mood is None and not points):
        guessed, found = guess_rest(
            out.sentence, wants_style=style is None, wants_mood=mood is None and not points
        )
        remarks += found
        style = style or guessed.get("style")
        if mood is None and "mood" in guessed:
            mood, moods = guessed["mood"].value, [guessed["mood"]]
    if style is not None:
        out.put("style", style.value, style)
    if mood is not None and (not points or (swell is not None and curve_words == [swell[1]])):
        first = replace(moods[0], value=mood, end=moods[-1].end) if len(moods) > 1 else moods[0]
        out.put("emotion", mood, first)
    return points, curve_words


def _settle_manner(out: Settled, words: list[Said]) -> None:
    """Settle feel and the dials that single words set."""
    whole = {
        one.value for one in words if one.field == "feel" and one.polarity not in ("no", "less")
    }
    if whole & {"half-time", "double-time"} and whole & {"swing", "shuffle"}:
        swung = next(
            one for one in words if one.field == "feel" and one.value in ("swing", "shuffle")
        )
        out.put("swing", 1.0 if swung.value == "shuffle" else 0.7, swung)
        words = [one for one in words if one is not swung]
    feels = [one for one in words if one.field == "feel" and one.polarity not in ("no", "less")]
    unfelt = [one for one in words if one.field == "feel" and one.polarity in ("no", "less")]
    if feels:
        out.put("feel", feels[-1].value, feels[-1])
        for one in feels[:-1]:
            if one.value != feels[-1].value:
                out.clash(feels[-1], one)
    elif unfelt and unfelt[-1].value in ("swing", "shuffle"):
        out.put("feel", "straight", unfelt[-1])
    for name in _SINGLE:
        single, _ = last_wins([w for w in words if w.polarity not in ("no", "less")], name)
        if single is not None:
            out.put(name, single.value, single)


def _assume_key(out: Settled, chords: str) -> None:
    """Assume a key for Roman numerals that stand without one."""
    words = [word for word in chords.split() if word != "|"]
    if "key" in out.fields or not words or not is_roman(words[0]):
        return
    wants_minor = words[0].lstrip("b#")[0] == "i" and words[0][1:2] not in ("i", "v")
    style = style_facts(out.fields.get("style", ""))
    keys = style.keys if style is not None else ()
    usual = [key for key in keys if parse_key(key).is_minor == wants_minor]
    key = usual[0] if usual else "A minor" if wants_minor else "C"
    name, name_zh = parse_key(key).name(), parse_key(key).name(language="zh")
    out.assume("key", key, f"the key is {name}, for the numerals", f"级数和弦取{name_zh}")


def _assume_style(out: Settled, words: list[Said]) -> None:
    """Assume the style that instruments and scenes suggest where none was said."""
    maybe = [
        one for one in words if one.field == "style_maybe" and one.polarity not in ("no", "less")
    ]
    if maybe and "style" not in out.fields:
        name = maybe[-1].value
        en, zh = style_title(name), style_title(name, language="zh")
        told = out.words(maybe[-1])
        out.assume(
            "style", name, f"the style is {en}, for “{told}”", f"风格取{zh},因为提到“{told}”"
        )


def _settle_cast(out: Settled, words: list[Said]) -> None:
    """Settle an articulation that holds for everybody."""
    one, _ = last_wins([w for w in words if w.polarity not in ("no", "less")], "articulation")
    if one is not None:
        players = [w for w in words if w.field in ("instrument", "parts") and w.start != one.start]
        is_own = any(w.start == one.start for w in words if w.field == "instrument")
        if one.value == "pizzicato" and (is_own or len(players) > 1):
            return
        out.put("articulation", one.value, one)


def _finish(
    sentence: Sentence,
    out: Settled,
    language: Language,
    remarks: list[tuple[str, str]],
    unused: tuple[str, ...],
    endpoint: Endpoint | Mapping[str, str] | None,
) -> Understanding:
    """Return the understanding, with what no brief can hold taken out and told."""
    brief = _brief_of(out, remarks)
    extra = {name: value for name, value in out.extra.items() if name != "parts" or value}
    found = tuple(
        Found(
            name,
            value,
            sentence.words(one.start, one.end),
            one.start,
            one.end,
            one.how,
            one.confidence,
        )
        for name, value, one in out.sources
        if name in out.fields
    )
    if endpoint is not None:
        brief, found, more = ask_endpoint(sentence.raw, brief, found, endpoint)
        remarks += more
    try:
        full = brief.with_(
            **{
                name: value
                for name, value in extra.items()
                if not _is_set(brief, name) or name == "parts"
            }
        )
    except MotetError:
        full = brief
    return Understanding(
        text=sentence.raw, language=language, brief=brief, full=full, found=found,
        assumed=tuple(out.assumed), clashes=tuple(dict.fromkeys(out.clashes)), remarks=tuple(remarks),
        unused=unused,
    )  # fmt: skip


def _is_set(brief: Brief, name: str) -> bool:
    return getattr(brief, name) not in ("", None, ())


def _brief_of(out: Settled, remarks: list[tuple[str, str]]) -> Brief:
    """Return the brief of the fields; one that is refused is left out, and the refusal told."""
    fields = dict(out.fields)
    try:
        return Brief(**fields)
    except MotetError:
        kept: dict[str, Any] = {}
        for name, value in fields.items():
            try:
                Brief(**kept, **{name: value})
            except MotetError as error:
                remarks.append((error.localised("en"), error.localised("zh")))
                out.fields.pop(name)
            else:
                kept[name] = value
        return Brief(**kept)

"""Lyrics set to music: `set_lyrics`.

Conventions: plan first: words into bars, then the harmony of those bars, then the line, by the model in
the words' rhythm. A section that repeats an earlier one has its tune; the same words have the same notes.
Chinese tones bend the line where it would contradict them.

Offers `set_lyrics`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from motet.brief import Brief, PartBrief
from motet.brief.text import check_keys
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.errors import ParameterError
from motet.language import Language
from motet.score import Metre, Score
from motet.tasks.adherence import check_adherence
from motet.tasks.cast import PartPlan, plan_part
from motet.tasks.check import Adherence
from motet.tasks.compose import open_bundle
from motet.tasks.composition import Composition
from motet.tasks.frame import FrameSection, plan_frame
from motet.tasks.kin import kin_style
from motet.tasks.melody.backing import add_backing
from motet.tasks.melody.critic import judge_song
from motet.tasks.melody.line import Line, write_line
from motet.tasks.melody.prosody import check_text, check_words, lay_text
from motet.tasks.melody.sing import line_echoes, line_rhythms, sing_words, with_upbeat
from motet.tasks.melody.verse import Verse, lay_words
from motet.tasks.melody.words import LyricSection, read_words
from motet.tasks.neighbour import tell_copies
from motet.theory.scale import Key

__all__ = ["OPTIONS", "set_lyrics"]

OPTIONS = (
    "style", "key", "metre", "qpm", "chords", "emotion", "harmony", "temperature", "candidates",
    "seed", "title", "intensity",
)  # fmt: skip
"""Fields of `Brief` that a song may name."""
_INTRO_BARS = 4
_VOICE = "mezzo_soprano"
_MOST = 4
_SEED_STEP = 7919
_TRUST = 0.15
_SUNG_BY_ARRANGER = (
    (
        "The arranger's tune was more singable than the model's.",
        "编配器写的曲调比模型的更适合演唱。",
    ),
)


def set_lyrics(
    text: str,
    *,
    words: str = "",
    instrument: str = "",
    lowest: str | int | None = None,
    highest: str | int | None = None,
    bars_a_line: int | None = None,
    backing: bool | None = None,
    bundle: str | Path | Bundle | None = None,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
    **options: Any,
) -> Composition:
    """Return a song for some words, every syllable under its note.

    Parameters
    ----------
    text : str
        Lines; an empty line or a mark such as ``[Chorus]`` between sections.
    words : str
        Language of the words, ``"en"`` or ``"zh"``; empty tells it by their script.
    instrument : str
        Who sings; empty is a mezzo-soprano.
    lowest, highest : str, int or None
        ``"A3"`` or a MIDI number.
    bars_a_line : int or None, 1 to 16
        How many bars a line takes; None finds it from the words.
    backing : bool or None
        Whether the arranger accompanies; None does so where a style is named.
    bundle : str, Path, Bundle or None
        The model; None is the usual one.
    language : Language
        Of title, section names and what is said.
    on_bar : callable or None
        Called with (bars done, bars in all).
    cancel : Cancel or None
    originality : bool
        Whether long runs of training music are stopped, and the new notes looked up.
    **options
        Of `OPTIONS`.

    Returns
    -------
    Composition
        `given` has the words where they are sung, the chords and no note.

    Raises
    ------
    ParameterError
        There is nothing to sing, or an option is unknown or not allowed.
    ConstraintError
        What is asked for contradicts itself; nothing was written.

    Examples
    --------
    >>> song = set_lyrics("Over the river the silver moon", candidates=1)
    >>> [(one.text, one.syllabic) for one in song.parts[0].lyrics][:3]
    [('O', 'begin'), ('ver', 'end'), ('the', 'single')]
    """
    check_keys(options, OPTIONS, what="set_lyrics", what_zh="谱曲")
    if bars_a_line is not None and not 1 <= bars_a_line <= 16:
        raise ParameterError(
            f"bars_a_line must be 1 to 16, got {bars_a_line!r}; leave it out to fit the words",
            zh=f"每行小节数须为 1 到 16,收到 {bars_a_line!r};不写则随歌词而定",
        )
    bounds: dict[str, Any] = {"low": lowest, "high": highest}
    wish = PartBrief(instrument=instrument or _VOICE, role="melody", **bounds)
    brief = Brief(**{**options, "parts": (wish,)})
    has_backing = bool(brief.style) if backing is None else backing
    metre = _metre(brief)
    intro = _INTRO_BARS if has_backing else 0
    sections = read_words(text, language=words)
    verses = lay_words(sections, metre, start_bar=intro, bars_a_line=bars_a_line)
    form = " ".join(([f"intro{intro}"] if intro else []) + [f"{v.kind}{v.n_bars}" for v in verses])
    asked = brief.with_(form=form)
    frame = plan_frame(asked.with_(repeats="copy"), language=language)  # same tune, same chords
    if not brief.title:
        frame = replace(frame, score=replace(frame.score, title=_title(sections)))
    model = open_bundle(bundle)
    plan = plan_part(wish, role="melody")
    part = replace(plan.as_part(), name=plan.name_zh if language == "zh" else plan.name)
    score, verses, shift = with_upbeat(frame.score.with_parts(part), verses, metre)
    fresh = [
        bar + shift
        for verse in verses
        if verse.model < 0
        for bar in range(verse.start_bar, verse.start_bar + verse.n_bars)
    ]
    rhythms = line_rhythms(score, verses)
    bars = sorted({*fresh, *(bar for bar in rhythms if _is_fresh(bar, verses, shift))})
    rhythms = {bar: rhythms.get(bar, ()) for bar in bars}
    job: dict[str, Any] = {
        "sections": _sections(verses, shift), "key": frame.key, "chords": score.chords,
        "rhythms": rhythms, "bars": bars, "ends": False,
        "on_bar": on_bar, "cancel": cancel, "originality": originality,
    }  # fmt: skip
    line, sung, who = _best(score, verses, plan, frame.key, brief, model, shift, job)
    checks = check_words(sung, verses, seed=brief.seed)
    done = add_backing(sung, brief, language=language) if has_backing else sung
    found = check_adherence(
        replace(sung, chords=done.chords), brief.with_(parts=(wish,)), writers=(who,),
        chords=[(one.tick, one.symbol) for one in score.chords] if brief.chords else None,
    )  # fmt: skip
    words_given = lay_text(verses)
    kept = check_text(done, words_given)
    draft = line.draft
    return Composition(
        task="lyrics",
        score=done,
        brief=asked,
        adherence=Adherence(checks=(*found.checks, *checks, kept)),
        writers=(who, *("arranger" for _ in done.parts[1:])),
        bundle=model.name if model is not None and draft is not None else "",
        bundle_digest=model.digest if model is not None and draft is not None else "",
        stretches=draft.stretches if draft is not None else (),
        n_tokens=draft.n_tokens if draft is not None else 0,
        seconds=draft.seconds if draft is not None else 0.0,
        originality=line.neighbour,
        remarks=(
            *(_SUNG_BY_ARRANGER if model is not None and draft is None else ()),
            *tell_copies(line.neighbour, n_tries=line.n_tries),
        ),
        language=language,
        given=score.with_parts(replace(part, lyrics=words_given)),
    )


def _title(sections: tuple[LyricSection, ...]) -> str:
    """Return a title for a song that has none: how its chorus begins, else its first line."""
    first = next((one for one in sections if one.kind == "chorus"), sections[0])
    return first.lines[0].text.strip(" ,.;:!?\u3002\uff0c\uff01\uff1f")[:60]


def _best(
    score: Score,
    verses: tuple[Verse, ...],
    plan: PartPlan,
    key: Key,
    brief: Brief,
    model: Bundle | None,
    shift: int,
    job: dict[str, Any],
) -> tuple[Line, Score, str]:
    """Return the most singable of several lines: the model's, and one of the arranger's."""
    found: list[tuple[float, Line, Score, str]] = []
    n_model = 0 if model is None else max(1, min(_MOST, brief.candidates))
    for k in range(n_model + 1):
        writer = model if k < n_model else None
        if writer is None and n_model and brief.candidates < _MOST:
            continue
        own = brief.with_(seed=brief.seed + k * _SEED_STEP)
        echoes = line_echoes(score, verses, job["rhythms"], shift=shift, seed=own.seed)
        line = write_line(score, 0, plan, brief=own, bundle=writer, echoes=echoes, **job)
        sung = sing_words(line.score, verses, plan, key=key, seed=brief.seed)
        value = judge_song(sung, verses)
        value += 0.0 if writer is None else _TRUST
        found.append((value, line, sung, "model" if writer is not None else "arranger"))
    best = max(found, key=lambda one: one[0])
    return best[1], best[2], best[3]


def _metre(brief: Brief) -> Metre:
    """Return the metre of a song; words are set in one."""
    if len(brief.metres) > 1:
        raise ParameterError(
            f"words are set in one metre, got {brief.metre!r}; name one",
            zh=f"谱词只用一种拍号,收到 {brief.metre!r};请只写一种",
        )
    text = brief.metre or kin_style(brief.style).metre
    top, _, bottom = text.partition("/")
    return Metre(tick=0, numerator=int(top), denominator=int(bottom))


def _is_fresh(bar: int, verses: tuple[Verse, ...], shift: int) -> bool:
    """Whether a bar belongs to words that are set for the first time, or to their upbeat."""
    for verse in verses:
        if verse.start_bar + shift <= bar < verse.start_bar + verse.n_bars + shift:
            return verse.model < 0
    return True


def _sections(verses: tuple[Verse, ...], shift: int) -> tuple[FrameSection, ...]:
    """Return the sections of the whole song, moved by its upbeat."""
    found = [
        FrameSection(v.label, v.start_bar + shift, v.start_bar + v.n_bars + shift) for v in verses
    ]
    first = found[0].start_bar
    return (FrameSection("intro", 0, first), *found) if first else tuple(found)

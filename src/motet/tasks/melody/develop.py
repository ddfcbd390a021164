"""A motif developed through a form: `develop`.

Conventions: the motif opens the piece note for note; the phrases that say it again are made by its
transformations, exactly; their harmony is given or found for them; what leads to cadences is written by the
model. Who accompanies leaves the line as it is, so that off-beats are straight. The report is read back off
the notes.

Offers `develop`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from motet.brief import Brief, PartBrief
from motet.brief.text import check_keys
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.errors import ParameterError
from motet.language import Language, say
from motet.score import Note, Score
from motet.tasks.adherence import check_adherence, check_kept
from motet.tasks.cast import plan_part, usual_parts
from motet.tasks.check import Adherence, Check
from motet.tasks.compose import open_bundle
from motet.tasks.composition import Composition
from motet.tasks.frame import FrameSection, plan_frame
from motet.tasks.given import find_key
from motet.tasks.harmonise.under_notes import accompany as accompany_line
from motet.tasks.melody.ladder import plain_rhythm
from motet.tasks.melody.line import write_line
from motet.tasks.melody.motif import Motif, motif_of, read_motif
from motet.tasks.melody.phrase import TECHNIQUES, Phrase, plan_phrases
from motet.tasks.melody.technique import NAMES, find_technique
from motet.tasks.melody.unfold import bend_notes, copy_bars, harmonise_bars, unfold_phrases
from motet.tasks.neighbour import tell_copies
from motet.theory.instrument import find_instrument
from motet.theory.scale import Key, parse_key

__all__ = ["develop"]

_OPTIONS = (
    "style", "key", "metre", "qpm", "chords", "temperature", "candidates", "seed", "title", "intensity",
)  # fmt: skip
_REACH_SEMI = 9


def develop(
    motif: str | Score,
    *,
    form: str = "A8 B8 A8",
    techniques: str | Iterable[str] = (),
    instrument: str = "",
    accompany: str = "",
    bundle: str | Path | Bundle | None = None,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
    **options: Any,
) -> Composition:
    """Return a piece made of one motif.

    Parameters
    ----------
    motif : str or Score
        ``"r:.5 G4:.5 G4:.5 G4:.5 Eb4:2"``, or a score of one to four bars.
    form : str
        ``"A8 A8 B8 A8"``; sections of one label say the same.
    techniques : str or iterable of str
        To be used, in this order, see `motet.tasks.melody.phrase.TECHNIQUES`; empty lets Motet choose.
    instrument : str
        Empty is the motif's own; for notes written as text that which sings in the style, else a piano.
    accompany : str
        A style whose usual parts play below the line, as `motet.accompany` writes them; empty takes that of
        ``style``, if there is one.
    bundle : str, Path, Bundle or None
        The model; None is the usual one.
    language : Language
    on_bar : callable or None
    cancel : Cancel or None
    originality : bool
    **options
        ``style``, ``key``, ``metre`` (of a text), ``qpm``, ``chords`` (over which it is developed),
        ``temperature``, ``candidates``, ``seed``, ``title``, ``intensity``.

    Returns
    -------
    Composition
        Its adherence names the technique of every phrase, read off the notes; `given` is the motif where it
        opens the piece.

    Raises
    ------
    ParameterError
        The motif, form or a technique cannot be understood.
    ConstraintError
        What is asked for contradicts itself; nothing was written.

    Examples
    --------
    >>> piece = develop("r:.5 G4:.5 G4:.5 G4:.5 Eb4:2", form="A4 B4", key="C minor", candidates=1)
    >>> [one.measured[0] for one in piece.adherence.checks if one.name == "phrase"][0]
    'statement'
    """
    check_keys(options, _OPTIONS, what="develop", what_zh="发展动机")
    wanted = _techniques(techniques)
    own = read_motif(motif, metre=str(options.get("metre") or "4/4"))
    brief = Brief(**{**options, "form": form, "metre": _metre_text(own, options)})
    key = parse_key(brief.key) if brief.key else find_key(own, tick=0)
    band_style = Brief(style=accompany).style or brief.style
    if not instrument and isinstance(motif, str) and band_style:
        usual = usual_parts(Brief(style=band_style))
        instrument = next((one.instrument for one in usual if one.role in ("melody", "solo")), "")
    wish = _wish(own, instrument)
    asked = brief.with_(key=key.name(), parts=(wish,), qpm=brief.qpm or _qpm(own))
    frame = plan_frame(asked, language=language).score
    plan = plan_part(wish, role="melody")
    first = own.parts[0].notes
    seed_motif = motif_of(first, 0, own.bars[-1].end_tick, own, key)
    pitches = [note.pitch for note in first]
    low = max(plan.low, min(pitches) - _REACH_SEMI)
    high = min(plan.high, max(pitches) + _REACH_SEMI)
    low, high = min(low, min(pitches)), max(high, max(pitches))
    if not brief.title:
        name = key.name(language=language)
        title = say(f"Development in {name}", f"{name}动机发展", language=language)
        frame = replace(frame, title=title)
    phrases = plan_phrases(asked.sections, own.n_bars, techniques=wanted, seed=brief.seed)
    n_own = own.n_bars
    if phrases[0].technique != "statement":
        n_first = asked.sections[0].n_bars
        raise ParameterError(
            f"the form begins with {n_first} bars and the motif has {n_own}; lengthen form's first section",
            zh=f"曲式 form 的第一段有 {n_first} 小节,而动机有 {n_own} 小节;请加长第一段",
        )
    stated = _stated(own, frame)
    has_chords = bool(brief.chords)
    _, notes = unfold_phrases(
        seed_motif, phrases, frame, key, low=low, high=high, has_chords=has_chords
    )
    part = replace(
        plan.as_part(), name=plan.name_zh if language == "zh" else plan.name, notes=notes
    )
    score = frame.with_parts(part)
    if not has_chords:
        score = replace(score, chords=harmonise_bars(score, phrases, key))
        score = score.with_parts(replace(part, notes=bend_notes(score, notes, key)))
    given = score.with_parts(replace(part, notes=stated))
    later = [one for one in score.parts[0].notes if score.bar_at(one.onset_tick) >= n_own]
    score = copy_bars(score.with_parts(replace(part, notes=(*stated, *later))), phrases)
    model = open_bundle(bundle)
    open_bars = [
        one.start_bar + k
        for one in phrases
        if one.technique in ("cadence", "free")
        for k in range(one.n_bars)
    ]
    rhythms = None if model is not None else {bar: plain_rhythm(score, bar) for bar in open_bars}
    plan = replace(plan, low=low, high=high)
    line = write_line(
        score, 0, plan, sections=_blocks(phrases, score), key=key, chords=score.chords,
        brief=asked.with_(chords="", form="", repeats="new"), bundle=model, rhythms=rhythms,
        bars=open_bars, echoes={}, on_bar=on_bar, cancel=cancel, originality=originality,
    )  # fmt: skip
    done = copy_bars(line.score, phrases)
    checks = _report(done, phrases, seed_motif, key)
    who = "model" if model is not None else "arranger"
    found = check_adherence(done, asked, writers=(who,), open_cells={(bar, 0) for bar in open_bars})
    band = _accompanied(
        done, band_style, key, brief, bundle=model, language=language, cancel=cancel,
        originality=originality,
    )  # fmt: skip
    full = band.score if band is not None else done
    kept = check_kept(full, given, {(bar, k) for bar in range(full.n_bars)
                                    for k in range(len(full.parts)) if k or bar >= n_own})  # fmt: skip
    draft = line.draft
    return Composition(
        task="develop",
        score=full,
        brief=asked,
        adherence=Adherence(checks=(*checks, *found.checks, kept)),
        writers=(who, *(band.writers[1:] if band is not None else ())),
        bundle=model.name if model is not None else "",
        bundle_digest=model.digest if model is not None else "",
        stretches=draft.stretches if draft is not None else (),
        n_tokens=draft.n_tokens if draft is not None else 0,
        seconds=draft.seconds if draft is not None else 0.0,
        originality=line.neighbour,
        remarks=(*_left_out(wanted, phrases), *tell_copies(line.neighbour, n_tries=line.n_tries)),
        language=language,
        given=given,
    )


def _stated(own: Score, frame: Score) -> tuple[Note, ...]:
    """Return the notes of the motif as they open the piece, in its ticks."""
    size = frame.resolution / own.resolution
    notes = own.parts[0].notes
    if size != 1:
        notes = tuple(
            replace(
                note, onset_tick=round(note.onset_tick * size), ties_tick=(),
                duration_tick=max(1, round(note.duration_tick * size)),
            )
            for note in notes
        )  # fmt: skip
    end = frame.end_tick
    return tuple(
        replace(note, duration_tick=min(note.duration_tick, end - note.onset_tick), ties_tick=())
        if note.end_tick > end else note
        for note in notes if note.onset_tick < end
    )  # fmt: skip


def _accompanied(
    line: Score, style: str, key: Key, brief: Brief, *, bundle: Bundle | None, **job: Any
) -> Composition | None:
    """Return the line with the usual parts of a style below it; None where no style is asked for."""
    if not style:
        return None
    usual = [one for one in usual_parts(Brief(style=style)) if one.role not in ("melody", "solo")]
    return accompany_line(
        line, parts=usual or "comping", style=style, melody=0, swing=0.0, key=key.name(),
        intensity=brief.intensity or 3, seed=brief.seed, bundle=bundle,
        ground="arranger" if bundle is None else "both", **job,
    )  # fmt: skip


def _techniques(given: str | Iterable[str]) -> tuple[str, ...]:
    """Return the techniques asked for; raise where one is unknown."""
    words = given.replace(",", " ").split() if isinstance(given, str) else list(given)
    for word in words:
        if word not in TECHNIQUES:
            raise ParameterError(
                f"techniques may be {', '.join(TECHNIQUES)}, got {word!r}",
                zh=f"手法可为 {'、'.join(TECHNIQUES)},收到 {word!r}",
            )
    return tuple(words)


def _left_out(wanted: Sequence[str], phrases: Sequence[Phrase]) -> tuple[tuple[str, str], ...]:
    """Return which techniques that were asked for found no room."""
    left = list(wanted)
    for phrase in phrases:
        if phrase.technique in left:
            left.remove(phrase.technique)
    if not left:
        return ()
    zh = "、".join(NAMES[name][1] for name in left)
    en = ", ".join(left)
    return (
        (
            f"No room in the form for: {en}; a longer form has it.",
            f"曲式中容不下:{zh};可加长曲式。",
        ),
    )


def _metre_text(own: Score, options: dict[str, Any]) -> str:
    """Return the metre of a motif; a score's own may not be changed."""
    metre = own.metre_at(0)
    text = f"{metre.numerator}/{metre.denominator}"
    asked = str(options.get("metre") or text)
    if asked != text:
        raise ParameterError(
            f"the motif is in {text}, which is kept; leave metre={asked!r} out",
            zh=f"动机为 {text} 拍,会保留;请去掉 metre={asked!r}",
        )
    return text


def _qpm(own: Score) -> float | None:
    return own.tempos[0].qpm if own.tempos else None


def _wish(own: Score, instrument: str) -> PartBrief:
    """Return who plays: the instrument asked for, else the motif's."""
    name = instrument or find_instrument(own.parts[0].program).identifier
    return PartBrief(instrument=name, role="melody")


def _blocks(phrases: Sequence[Phrase], score: Score) -> tuple[FrameSection, ...]:
    """Return the sections of the form, for contours and breaths."""
    found = []
    for number in sorted({one.section for one in phrases}):
        own = [one for one in phrases if one.section == number]
        end = own[-1].start_bar + own[-1].n_bars
        found.append(FrameSection(chr(65 + number % 26), own[0].start_bar, min(end, score.n_bars)))
    return tuple(found)


def _report(score: Score, phrases: Sequence[Phrase], motif: Motif, key: Key) -> tuple[Check, ...]:
    """Return a line a phrase: what was planned, and what the notes say."""
    out = []
    for phrase in phrases:
        name = phrase.technique
        start = score.bars[phrase.start_bar].start_tick
        end = score.bars[phrase.start_bar + phrase.n_bars - 1].end_tick
        notes = [n for n in score.parts[0].notes if start <= n.onset_tick < end]
        passage = motif_of(notes, start, end, score, key)
        en, zh, found = _read_back(motif, passage)
        numbers = (
            score.bars[phrase.start_bar].number,
            score.bars[phrase.start_bar + phrase.n_bars - 1].number,
        )
        span = f"{numbers[0]}" if phrase.n_bars == 1 else f"{numbers[0]}-{numbers[1]}"
        if name == "copy":
            source = score.bars[phrase.model_bar].number
            wanted = (f"again, from bar {source}", f"重现第 {source} 小节起")
            share = _same_share(score, phrase)
            en, zh = f"{100 * share:.3g} % the same", f"{100 * share:.3g}% 相同"
            ok = share == 1
        elif name in ("cadence", "free"):
            wanted, ok = ("free, to a cadence", "自由,走向终止"), None
        else:
            wanted, ok = NAMES[name], found == name or (
                name == "sequence" and found in ("statement", "dominant")
            )  # fmt: skip
        out.append(
            Check(
                name="phrase", what=(f"bar{'s' * (phrase.n_bars > 1)} {span}", f"第 {span} 小节"),
                requested=wanted, measured=(en, zh), ok=ok,
            )
        )  # fmt: skip
    return tuple(out)


def _read_back(motif: Motif, passage: Motif) -> tuple[str, str, str]:
    """Return what a passage does with a motif, in English and Chinese, and the technique's name."""
    found = find_technique(motif, passage)
    en, zh = NAMES[found.name]
    if found.steps % 7 and found.name not in ("free", "dominant"):
        n, is_up = abs(found.steps), found.steps > 0
        size = "a step" if n == 1 else f"{n} steps"
        en, zh = (
            f"{en}, {size} {'up' if is_up else 'down'}",
            f"{zh},{'高' if is_up else '低'} {n} 级",
        )
    return en, zh, found.name


def _same_share(score: Score, phrase: Phrase) -> float:
    """Return the share of a phrase's notes that the bars it takes up have too."""
    shift = score.bars[phrase.start_bar].start_tick - score.bars[phrase.model_bar].start_tick
    places = {(note.onset_tick, note.pitch) for note in score.parts[0].notes}
    start = score.bars[phrase.start_bar].start_tick
    end = score.bars[phrase.start_bar + phrase.n_bars - 1].end_tick
    own = [(tick, pitch) for tick, pitch in places if start <= tick < end]
    return sum((tick - shift, pitch) in places for tick, pitch in own) / len(own) if own else 1.0

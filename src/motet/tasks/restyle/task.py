"""Restyle: what is kept of a score stays, note for note; the rest is written anew in another style.

Conventions: the arranger lays the ground in the new style, the model writes the line that sings beside
the tune where the style has one, and the better of the two lines is taken. What was kept is measured on
the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from motet.arranger.humanise import swing_note
from motet.brief import Brief
from motet.brief.text import check_keys
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.errors import ParameterError
from motet.language import Language, say
from motet.score import Part, Score, Tempo
from motet.tasks.compose import open_bundle
from motet.tasks.composition import Composition
from motet.tasks.neighbour import tell_copies
from motet.tasks.restyle.answer import Answer, answer_tune
from motet.tasks.restyle.band import LEFT_HAND, BandWish, play_band
from motet.tasks.restyle.harmony import Harmony, choose_harmony
from motet.tasks.restyle.keep import Keep, read_keep
from motet.tasks.restyle.kept import find_kept_parts, put_back
from motet.tasks.restyle.rebar import rebar
from motet.tasks.restyle.report import Story, report_restyled
from motet.tasks.restyle.singer import choose_singer
from motet.tasks.restyle.source import Source, find_line, read_source
from motet.tasks.restyle.target import Target, find_target
from motet.tasks.restyle.tempo import choose_tempo
from motet.tasks.restyle.tune import Tune, sing_in_style
from motet.theory.instrument import Instrument
from motet.units import qpm_to_quarter_us

__all__ = ["OPTIONS", "restyle"]

OPTIONS = (
    "seed", "qpm", "metre", "swing", "humanise", "intensity", "temperature", "candidates", "ground",
)  # fmt: skip
"""Fields of the brief that `restyle` takes besides; ``ground="arranger"`` leaves the model out."""
_FULL_FROM = 0.3
_ANSWER_FROM = 0.3
_LIGHT_SWING = 0.5


def restyle(
    score: Score,
    *,
    to: str,
    keep: str | Iterable[str] = ("melody", "form"),
    strength: float = 0.7,
    melody: int | str | None = None,
    bundle: str | Path | Bundle | None = None,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
    **options: Any,
) -> Composition:
    """Return a score in another style, with what was to be kept kept.

    Parameters
    ----------
    score : Score
    to : str
        A style: of `motet.tokens.vocab.STYLES` in either language, or the path of a style file.
    keep : str or iterable of str
        Any of ``melody`` (every note, to the tick), ``tune`` (its pitches in order, with the new feel),
        ``harmony``, ``form``, ``bass``, ``rhythm`` (of the tune), ``key``, ``tempo``, ``metre``,
        ``lyrics``, and names of parts; ``"nothing"`` leaves all open.
    strength : float, 0 to 1
        0 changes what must (instruments, a light groove), 1 leaves everything open that is not kept.
    melody : int, str or None
        The part that sings; None finds it.
    bundle : str, Path, Bundle or None
        The model; None is the usual one. Without one the arranger writes everything.
    language : Language
        Of part names and remarks.
    on_bar : callable or None
        Called with (bars done, bars in all) while the model writes.
    cancel : Cancel or None
    originality : bool
        Whether long runs of training music are stopped, and the new notes looked up.
    **options
        Of `OPTIONS`. ``metre="4/4"`` (or ``"style"``) moves the tune into another metre, no note lost.

    Returns
    -------
    Composition
        The tune is its first part; the adherence tells what was kept and which marks of the style it
        shows.

    Raises
    ------
    ParameterError
        A style, something to keep or an option is unknown, or nothing pitched sounds.
    BundleError
        The bundle that is named is not there.

    Examples
    --------
    >>> from motet.score import make_score
    >>> song = make_score("E4:1 E4:1 F4:1 G4:1 | G4:1 F4:1 E4:1 D4:1 | C4:1 C4:1 D4:1 E4:1 | D4:2 C4:2")
    >>> piece = restyle(song, to="bossa", ground="arranger")
    >>> piece.adherence.is_met, [part.role for part in piece.parts][:2]
    (True, ['melody', 'comping'])
    """
    check_keys(options, OPTIONS, what="restyle", what_zh="换风格")
    _check_strength(strength)
    target = find_target(to)
    source = read_source(score, melody=melody)
    kept = read_keep(keep, source.score)
    if str(options.get("metre") or "").strip().lower() in ("style", "风格"):
        options["metre"] = target.style.metre
    brief = Brief(style=target.name, key=source.key.name(), **options)
    if brief.metre:
        _check_metre(kept)
        score = rebar(score, metre=brief.metre)
        source = read_source(score, melody=melody)
    target = target.for_metre(source.score.bars[-1].metre)
    harmony = choose_harmony(
        source, target.style, strength=strength, is_kept="harmony" in kept, melody=source.melody
    )
    tune = sing_in_style(
        source, target.style, harmony.chords, kept, strength=strength, seed=brief.seed
    )
    singer, share = choose_singer(target.style, tune.notes)
    parts = find_kept_parts(source, kept, target.style)
    wish = replace(
        _wish(source, target, kept, harmony, brief, strength, language),
        melody=_tune_part(source, tune, singer, target, language),
        without=frozenset(one.role for one in parts if one.role != "counter"),
    )
    band, plan = play_band(wish)
    answer, model = None, None
    if strength >= _ANSWER_FROM and not target.is_voiced and brief.ground != "arranger":
        model = open_bundle(bundle)
        if model is not None:
            straight, _ = play_band(replace(wish, swing=0.0, humanise=0.0))
            answer = answer_tune(
                band, straight, plan, brief=brief, key=source.key, bundle=model, on_bar=on_bar,
                cancel=cancel, originality=originality,
            )  # fmt: skip
            band = answer.score if answer else band
    if "melody" not in kept:
        swung = tuple(swing_note(plan, note) for note in tune.notes)
        band = replace(band, parts=(replace(band.parts[0], notes=swung), *band.parts[1:]))
    band = _ended(band, source.score.bars[-1].end_tick)
    line = find_line(score, source.melody_part)
    done, where = put_back(band, score, parts, tune=line if "melody" in kept else None)
    story = Story(
        source=source, target=target, keep=kept, harmony=harmony, tune=line, kept_parts=where,
        shift_semi=tune.shift_semi, share_playable=share, n_moved=tune.n_moved,
        n_added=tune.n_added, n_bent=tune.n_bent, n_dropped=tune.n_dropped, is_rebarred=bool(brief.metre),
    )  # fmt: skip
    return _told(done, score, story, brief, answer, model, language)


def _told(
    done: Score,
    score: Score,
    story: Story,
    brief: Brief,
    answer: Answer | None,
    model: Bundle | None,
    language: Language,
) -> Composition:
    """Return the result with everything measured on it."""
    adherence, remarks = report_restyled(done, score, story)
    given = {now for now, _ in story.kept_parts} | (
        {0} if {"melody", "tune"} & story.keep.words else set()
    )
    sung = None
    if answer is not None and answer.writer == "model":
        sung = answer.part + sum(now <= answer.part for now, _ in story.kept_parts)
    writers = tuple(
        "given" if k in given else "model" if k == sung else "arranger"
        for k in range(len(done.parts))
    )
    told: dict[str, Any] = {}
    if answer is not None:
        remarks = (*remarks, _tell_answer(answer, _line_name(done)))
    if model is not None and answer is not None and sung is not None:
        draft, near = answer.written.draft, answer.written.neighbour
        remarks = (*remarks, *tell_copies(near))
        told = {
            "bundle": model.name, "bundle_digest": model.digest, "stretches": draft.stretches,
            "n_tokens": draft.n_tokens, "seconds": draft.seconds, "originality": near,
        }  # fmt: skip
    return Composition(
        task="restyle", score=done, brief=brief, adherence=adherence, writers=writers,
        remarks=remarks, language=language, given=score, **told,
    )  # fmt: skip


def _line_name(done: Score) -> str:
    return next((part.name for part in done.parts if part.role == "counter"), "")


def _tell_answer(answer: Answer, name: str) -> tuple[str, str]:
    """Return whose line beside the tune was taken, and by what figures."""
    own, theirs = answer.figures
    who, who_zh = ("model", "模型") if answer.writer == "model" else ("arranger", "编配器")
    return (
        f"Beside the tune ({name}) the {who}'s line was taken: the model's scored {own:.2f}, the "
        f"arranger's {theirs:.2f}.",
        f"与曲调相伴的线条({name})取{who_zh}所写:模型 {own:.2f} 分,编配器 {theirs:.2f} 分。",
    )


def _ended(band: Score, end_tick: int) -> Score:
    """Return a score in which nothing sounds past the end, also where a swung note would."""
    if band.end_tick <= end_tick:
        return band
    parts = []
    for part in band.parts:
        notes = tuple(
            replace(note, duration_tick=min(note.duration_tick, end_tick - note.onset_tick))
            for note in part.notes
            if note.onset_tick < end_tick
        )
        parts.append(replace(part, notes=notes))
    return replace(band, parts=tuple(parts))


def _check_strength(strength: float) -> None:
    if (
        isinstance(strength, bool)
        or not isinstance(strength, int | float)
        or not 0 <= strength <= 1
    ):
        raise ParameterError(
            f"strength must be 0 to 1, got {strength!r}; 0.7 is usual",
            zh=f"强度 strength 必须在 0 到 1 之间,收到 {strength!r};通常用 0.7",
        )


def _check_metre(keep: Keep) -> None:
    if "metre" in keep:
        raise ParameterError(
            "keep names metre, and metre= asks for another; leave one of them out",
            zh="keep 要保留拍号,而 metre= 要改拍号;请去掉其一",
        )


def _tune_part(
    source: Source, tune: Tune, singer: Instrument, target: Target, language: Language
) -> Part:
    """Return the tune as a part of the new band; over a left hand it is the right one."""
    is_hand = any(spec.name == LEFT_HAND for spec in target.style.parts)
    name = say("Right Hand", "右手", language=language) if is_hand else ""
    own = source.score.parts[source.melody_part]
    shift = singer.transposition_semi
    return Part(
        name=name or singer.name_in(language=language),
        notes=tuple(replace(note, staff=1, voice=1) for note in tune.notes),
        program=singer.program,
        role="melody",
        transposition_semi=shift if shift % 12 == 0 else 0,
        lyrics=tune.lyrics,
        spans=own.spans if own.n_staves == 1 else (),
    )


def _wish(
    source: Source,
    target: Target,
    keep: Keep,
    harmony: Harmony,
    brief: Brief,
    strength: float,
    language: Language,
) -> BandWish:
    """Return what the band is to play."""
    frame, style = source.score, target.style
    keeps_tempo = "tempo" in keep and brief.qpm is None
    qpm = brief.qpm
    if qpm is None and keeps_tempo:
        qpm = frame.tempos[0].qpm if frame.tempos else 120.0
    if qpm is None:
        qpm = choose_tempo(frame, style, strength=strength, melody=source.melody)
    if not keeps_tempo:
        frame = replace(frame, tempos=(Tempo(tick=0, quarter_us=qpm_to_quarter_us(qpm)),))
    return BandWish(
        frame=frame, melody=Part(), key=source.key, chords=harmony.chords, sections=source.sections,
        style=style, is_voiced=target.is_voiced, qpm=float(qpm), keeps_tempo=keeps_tempo,
        intensity=brief.intensity or (3 if strength >= _FULL_FROM else 2),
        swing=_swing(brief, target, keep), seed=brief.seed, humanise=brief.humanise, language=language,
    )  # fmt: skip


def _swing(brief: Brief, target: Target, keep: Keep) -> float | None:
    """Return the band's swing: light under a tune that is kept to the tick."""
    if brief.swing is not None or "melody" not in keep:
        return brief.swing
    most = max((groove.swing for groove in target.style.grooves), default=0.5)
    return _LIGHT_SWING if most > 0.5 + _LIGHT_SWING / 6 else None

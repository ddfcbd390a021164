"""Harmonise: a melody in, chords for it out, and parts that sound them.

Conventions: no given note is touched. Chords are searched for (`motet.tasks.harmonise.search`), several ways
are weighed, and the model says under which of them the melody is most at home.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from motet.brief import Brief
from motet.brief.text import check_keys
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.errors import BusyError, ParameterError
from motet.language import Language
from motet.score import ChordSymbol, KeySignature, Part, Score
from motet.tasks.adherence import check_adherence
from motet.tasks.check import Adherence, Check, same
from motet.tasks.compose import open_bundle
from motet.tasks.harmonise.choose import Plan, choose_chords, find_line, tell_spans
from motet.tasks.harmonise.faults import Faults, count_faults, is_fingerable, verticalities
from motet.tasks.harmonise.home import find_melody_key
from motet.tasks.harmonise.judge import judge_chords
from motet.tasks.harmonise.keyboard import HAND_SEMI
from motet.tasks.harmonise.story import Alternative, Harmonisation
from motet.tasks.harmonise.texture import TEXTURES, check_texture, write_texture
from motet.tasks.harmony import HeldChord, read_harmony
from motet.tasks.measure import chord_tone_counts
from motet.theory.scale import Key, parse_key

__all__ = ["harmonise"]

_OPTIONS = ("style", "key", "seed", "candidates")
_MODEL_WEIGHT = 0.6
_CHOIR_RANGES = ((36, 62), (45, 69), (50, 76))


def harmonise(
    score: Score,
    *,
    adventure: int = 1,
    texture: str = "chords",
    melody: int | str | None = None,
    chords_per_bar: int | None = None,
    keep_chords: bool = False,
    bundle: str | Path | Bundle | None = None,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
    **options: Any,
) -> Harmonisation:
    """Return a melody with chords for it, and parts that sound them.

    Parameters
    ----------
    score : Score
        With a melody; its other parts stay, and the chords heed them.
    adventure : int, 1 to 3
        1 keeps to the key, 2 adds secondary dominants, borrowed chords and inversions, 3 reharmonises:
        tritone substitutes, modal interchange, extended chords, chromatic approach.
    texture : str
        ``"chords"`` (symbols alone), ``"satb"``, ``"piano"``, ``"guitar"``, or a style of the arranger.
    melody : int, str or None
        The part to harmonise; None finds it.
    chords_per_bar : int or None, 1 to 8
        At most; None lets texture and metre decide.
    keep_chords : bool
        Whether the chord symbols of the score are used as they are.
    bundle : str, Path, Bundle or None
        The model that ranks; None is the usual one, if it is there.
    language : Language
    on_bar : callable or None
        Called with (bars done, bars in all).
    cancel : Cancel or None
    originality : bool
        For a style whose parts a model writes.
    **options
        ``style``, ``key``, ``seed``, ``candidates`` (how many ways are weighed), as in `Brief`.

    Returns
    -------
    Harmonisation

    Raises
    ------
    ParameterError
        There is no melody, or an option is unknown or not allowed.

    Examples
    --------
    >>> from motet.score import make_score
    >>> tune = make_score("C5:1 D5:1 E5:2 | F5:1 E5:1 D5:2 | G4:2 B4:2 | C5:4")
    >>> piece = harmonise(tune, chords_per_bar=1, candidates=1)
    >>> [chord.symbol for chord in piece.score.chords]
    ['C', 'Dm7', 'G', 'C']
    """
    began = time.perf_counter()
    check_keys(options, _OPTIONS, what="harmonise", what_zh="配和声")
    check_texture(texture)
    _check_number("chords_per_bar", chords_per_bar, 1, 8)
    brief = Brief(**options)
    n = brief.candidates if "candidates" in options else 4
    index, line = find_line(score, melody)
    key = parse_key(brief.key) if brief.key else None
    per_bar = chords_per_bar or _usual_rate(score, line, texture)
    model = open_bundle(bundle) if n > 1 and not keep_chords else None
    if keep_chords and score.chords:
        home = key or find_melody_key(score, line)
        spans = tuple(one for one in read_harmony(score) if one.chord.root)
        ways: tuple[tuple[Plan, float | None], ...] = (
            (Plan(spans=spans, score=0.0, bits=0.0), None),
        )
    else:
        plans, home = choose_chords(
            score, line, key=key, adventure=adventure, chords_per_bar=per_bar, style=brief.style,
            n=n, seed=brief.seed, eager=0.5 if texture == "satb" else 0.0,
        )  # fmt: skip
        ways = _rank(score, line, plans, home, model, cancel)
    spans = ways[0][0].spans
    chorded = _with_chords(score, spans, home)
    remarks = _remarks(score, keep_chords=keep_chords, has_model=model is not None, n=n)
    if texture not in TEXTURES:
        from motet.tasks.harmonise.under_notes import accompany

        played = accompany(
            chorded, style=texture, melody=index, key=home.name(), seed=brief.seed, bundle=bundle,
            language=language, on_bar=on_bar, cancel=cancel, originality=originality,
        )  # fmt: skip
        new = played.score.parts[len(score.parts) :]
    else:
        new = write_texture(
            chorded, line, spans, home, texture=texture, adventure=adventure, language=language
        )
    done = replace(chorded, parts=(*score.parts, *new))
    if on_bar is not None:
        on_bar(score.n_bars, score.n_bars)
    asked = brief.with_(key=home.name())
    writers = ("given",) * len(score.parts) + ("arranger",) * len(new)
    open_cells = {
        (bar, k) for bar in range(done.n_bars) for k in range(len(score.parts), len(done.parts))
    }
    adherence = check_adherence(
        done, asked, writers=writers, original=score, open_cells=open_cells,
        chords=[(one.tick, one.symbol) for one in chorded.chords],
    )  # fmt: skip
    faults = _faults(done, index, len(score.parts), home) if texture == "satb" else None
    stories = tell_spans(done, spans, home)
    bits = sum(one.bits for one in stories) / max(1, len(stories))
    more = _checks(done, index, len(score.parts), texture, faults, bits)
    return Harmonisation(
        task="harmonise",
        score=done,
        brief=asked,
        adherence=Adherence(checks=(*adherence.checks, *more)),
        writers=writers,
        bundle=model.name if model else "",
        bundle_digest=model.digest if model else "",
        seconds=time.perf_counter() - began,
        remarks=remarks,
        language=language,
        given=score,
        stories=stories,
        bits=bits,
        faults=faults,
        alternatives=tuple(
            Alternative(
                symbols=tuple(span.chord.symbol for span in plan.spans),
                score=plan.score,
                bits=plan.bits,
                nats=nats,
            )
            for plan, nats in ways
        ),
    )


def _check_number(name: str, value: object, low: int, high: int) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ParameterError(
            f"{name} must be a whole number {low} to {high}, got {value!r}; try 2",
            zh=f"{name} 必须是 {low} 到 {high} 的整数,收到 {value!r};可试 2",
        )


def _usual_rate(score: Score, line: Part, texture: str) -> int:
    """Return how many chords a bar may have: a chorale changes with its melody."""
    if texture != "satb":
        return 2
    beats = max(len(bar.metre.beats_qn) for bar in score.bars)
    per_bar = len(line.notes) / max(1, score.n_bars)
    return min(8, beats) if per_bar <= 1.8 * beats else 2


def _rank(
    score: Score,
    line: Part,
    plans: Sequence[Plan],
    key: Key,
    model: Bundle | None,
    cancel: Cancel | None,
) -> tuple[tuple[Plan, float | None], ...]:
    """Return the ways, the best first: by the search, and by what the model makes of each."""
    if model is None or len(plans) < 2:
        return tuple((plan, None) for plan in plans)
    judged = []
    for plan in plans:
        if cancel is not None and cancel.is_set:
            raise BusyError(
                "stopped before it was finished; nothing was written to a file",
                zh="未完成即已停止;没有写入任何文件",
            )
        judged.append((plan, judge_chords(score, line, plan.spans, key, model)))
    n = max(1, len(line.notes))
    judged.sort(key=lambda one: (_MODEL_WEIGHT * n * one[1] - one[0].score, -one[0].score))
    return tuple(judged)


def _with_chords(score: Score, spans: Sequence[HeldChord], key: Key) -> Score:
    """Return the score with its chord symbols, and a key signature if it had none."""
    chords = tuple(ChordSymbol(tick=one.start_tick, symbol=one.chord.symbol) for one in spans)
    keys = score.keys or (KeySignature(tick=0, fifths=key.fifths, mode=key.mode),)
    return replace(score, chords=chords, keys=keys)


def _remarks(
    score: Score, *, keep_chords: bool, has_model: bool, n: int
) -> tuple[tuple[str, str], ...]:
    """Return what a user should know."""
    found = []
    if score.chords and not keep_chords:
        found.append(
            (
                "The score had chord symbols; they were replaced (keep_chords keeps them).",
                "乐谱原有的和弦记号已被替换(可用 keep_chords 保留)。",
            )
        )
    if n > 1 and not has_model and not keep_chords:
        found.append(
            ("No model is installed, so the search alone chose.", "没有安装模型,仅由搜索选定。")
        )
    return tuple(found)


def _faults(score: Score, top: int, first_new: int, key: Key) -> Faults:
    """Measure the voice leading of soprano and the new voices."""
    voices = [*reversed(score.parts[first_new:]), score.parts[top]]
    rows = [pitches for _, pitches in verticalities(voices)]
    found = count_faults(rows, key, ranges=_CHOIR_RANGES, given_top=True)
    # Passing notes make passing chords: faults are told of the chords that were chosen.
    return replace(found, n_chords=min(found.n_chords, len(score.chords)))


def _checks(
    score: Score, top: int, first_new: int, texture: str, faults: Faults | None, bits: float
) -> list[Check]:
    """Return what harmonising adds to the report."""
    inside, total = chord_tone_counts(score, [top])
    share = f"{100 * inside / total:.4g} % ({inside}/{total})" if total else "-"
    found = [
        Check(name="melody on chords", what=("melody's strong beats on chord tones", "旋律强拍为和弦音"),
              requested=same(""), measured=same(share), ok=None),
        Check(name="surprise", what=("surprise, bits a chord", "意外程度(比特/和弦)"),
              requested=same(""), measured=same(f"{bits:.2f}"), ok=None),
    ]  # fmt: skip
    if faults is not None:
        found.append(
            Check(name="voice leading", what=("voice leading faults", "声部进行的毛病"),
                  requested=("no parallels, no crossing", "无平行、无交叉"), measured=faults.tell(),
                  ok=faults.parallels == 0 and faults.crossings == 0)
        )  # fmt: skip
    if texture == "guitar":
        n_all, n_bad = _grips(score.parts[first_new])
        found.append(
            Check(name="playable", what=("grips on the neck", "指板可按"),
                  requested=same(str(n_all)), measured=same(str(n_all - n_bad)), ok=n_bad == 0)
        )  # fmt: skip
    if texture == "piano":
        widest = _widest_hand(score.parts[first_new])
        found.append(
            Check(name="playable", what=("widest hand, semitones", "单手最大跨度(半音)"),
                  requested=same(f"≤ {HAND_SEMI}"), measured=same(str(widest)), ok=widest <= HAND_SEMI)
        )  # fmt: skip
    return found


def _grips(part: Part) -> tuple[int, int]:
    """Return how many grips a guitar part has, and how many cannot be held."""
    grips: dict[int, list[int]] = {}
    for note in part.notes:
        grips.setdefault(note.onset_tick, []).append(note.pitch)
    return len(grips), sum(not is_fingerable(pitches) for pitches in grips.values())


def _widest_hand(part: Part) -> int:
    """Return the widest that one hand strikes at once."""
    hands: dict[tuple[int, int], list[int]] = {}
    for note in part.notes:
        hands.setdefault((note.onset_tick, note.staff), []).append(note.pitch)
    return max((max(one) - min(one) for one in hands.values()), default=0)

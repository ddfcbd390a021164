"""Arrange: a song or a piano piece for an ensemble, every melody note kept.

Conventions: the source's own notes first; voices that it does not have are led by its chords, and that is
told. Only octaves change. Parts sound at the pitches written here; transposing instruments are notated by
`Part.transposition_semi`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from motet.brief import Brief
from motet.brief.text import check_keys
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.language import Language
from motet.score import KeySignature, Note, Part, Score
from motet.tasks.adherence import check_adherence
from motet.tasks.check import Adherence
from motet.tasks.composition import Composition
from motet.tasks.ensemble.band import Chair, Ensemble, find_ensemble
from motet.tasks.ensemble.grip import lay_grips
from motet.tasks.ensemble.inner import fill_rests, inner_lines, third_voice
from motet.tasks.ensemble.kept import kept_checks, measure_kept, range_check
from motet.tasks.ensemble.keyboard import lay_keyboard
from motet.tasks.ensemble.material import Material, cut_line, read_material
from motet.tasks.ensemble.plan import BASS, Seating, Stretch, lay_sections, plan_seating
from motet.tasks.ensemble.seat import fit_line
from motet.tasks.ensemble.supply import Supply, supply_ground

__all__ = ["arrange_for"]

_OPTIONS = ("seed", "title")
Line = tuple[Note, ...]


def arrange_for(
    score: Score,
    ensemble: str | Iterable[str] | Ensemble,
    *,
    melody: int | str | None = None,
    passes: bool = True,
    bundle: str | Path | Bundle | None = None,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
    **options: Any,
) -> Composition:
    """Return a score arranged for an ensemble.

    Parameters
    ----------
    score : Score
        A song, a piano piece, or a melody alone (then chords are found and voices led).
    ensemble : str, iterable of str, or Ensemble
        As in `find_ensemble`: ``"string-quartet"``, ``"铜管五重奏"``, ``"flute,viola,harp"``.
    melody : int, str or None
        The part with the melody; None finds it.
    passes : bool
        Whether the melody goes to another chair where a section comes back.
    bundle : str, Path, Bundle or None
        The model for the parts of a band that the source lacks; None is the usual one.
    language : Language
        Of part names.
    on_bar, cancel, originality
        As in `motet.tasks.accompany`.
    **options
        ``seed``, ``title``.

    Returns
    -------
    Composition
        Its report says how much of the source was kept; no note is out of its instrument's range.

    Raises
    ------
    ParameterError
        There is no such ensemble or part, or no melody.

    Examples
    --------
    >>> from motet.score import make_score
    >>> song = make_score("E5:2 F5:2 | D5:2 E5:2", "C4+G4:2 C4+A4:2 B3+G4:2 C4+G4:2", "C3:4 G2:4")
    >>> piece = arrange_for(song, "string-quartet")
    >>> [part.name for part in piece.parts], piece.adherence.is_met
    (['Violin 1', 'Violin 2', 'Viola', 'Cello'], True)
    """
    began = time.perf_counter()
    check_keys(options, _OPTIONS, what="arrange_for", what_zh="编配")
    brief = Brief(**options)
    group = find_ensemble(ensemble)
    chairs = group.chairs(language)
    material = read_material(score, melody=melody)
    supply = supply_ground(
        material, group, chairs, bundle=bundle, seed=brief.seed, language=language,
        on_bar=on_bar, cancel=cancel, originality=originality,
    )  # fmt: skip
    sections = lay_sections(material.score)
    seatings = plan_seating(chairs, sections, passes=passes)
    parts, remarks = _write(material, supply, chairs, sections, seatings)
    done = replace(
        material.score, parts=parts, chords=supply.chords, title=brief.title or score.title, raw=(),
        keys=material.score.keys
        or (KeySignature(tick=0, fifths=supply.key.fifths, mode=supply.key.mode),),
        length_tick=max(score.length_tick, material.score.bars[-1].end_tick),
    )  # fmt: skip
    if on_bar is not None:
        on_bar(done.n_bars, done.n_bars)
    leads = {one.lead for one in seatings}
    adherence = check_adherence(done, brief)
    kept = measure_kept(material.score, done, material.melody, singers=leads)
    own = [*kept_checks(kept), range_check(done, [one.instrument for one in chairs])]
    facts = [one for one in adherence.checks if one.name in ("bars", "metre", "length")]
    writers = tuple(_writer(k, chairs, supply, leads) for k in range(len(chairs)))
    return Composition(
        task="arrange",
        score=done,
        brief=brief,
        adherence=Adherence(checks=(*own, *facts)),
        writers=writers,
        bundle=supply.bundle,
        bundle_digest=supply.bundle_digest,
        seconds=time.perf_counter() - began,
        remarks=(*material.remarks, *supply.remarks, *remarks),
        language=language,
        given=score,
    )


def _writer(k: int, chairs: tuple[Chair, ...], supply: Supply, leads: set[int]) -> str:
    """Return who wrote a chair's part."""
    if chairs[k].is_drums:
        return "given" if supply.has_own_drums else "arranger"
    return "given" if supply.is_own or k in leads else "arranger"


def _write(
    material: Material,
    supply: Supply,
    chairs: tuple[Chair, ...],
    sections: tuple[Stretch, ...],
    seatings: tuple[Seating, ...],
) -> tuple[tuple[Part, ...], list[tuple[str, str]]]:
    """Return the parts, and what a user should know."""
    notes: list[list[Note]] = [[] for _ in chairs]
    tune, bass, inner, n_new = _lines(material, supply, max(one.n_inner for one in seatings))
    n_out = 0
    for section, seating in zip(sections, seatings, strict=True):
        is_first = section is sections[0]
        here = [_cut(line, section, is_first=is_first) for line in (tune, bass, *inner)]
        n_out += _seat_section(material, supply, chairs, seating, section, here, notes)
    parts = tuple(
        _part(chair, row, k, seatings, material)
        for k, (chair, row) in enumerate(zip(chairs, notes))
    )
    remarks: list[tuple[str, str]] = []
    leads = list(dict.fromkeys(one.lead for one in seatings))
    names = [chairs[k].name for k in leads]
    remarks.append((f"Melody: {', then '.join(names)}.", f"旋律:{',然后 '.join(names)}。"))
    if n_new:
        remarks.append((f"{n_new} inner notes were led by the chords, where the source has none.",
                        f"原曲没有内声部之处,按和弦写了 {n_new} 个音。"))  # fmt: skip
    if n_out:
        remarks.append((f"{n_out} doubled or unreachable notes were left out.",
                        f"省去了 {n_out} 个重复或够不到的音。"))  # fmt: skip
    return parts, remarks


def _lines(material: Material, supply: Supply, n_inner: int) -> tuple[Line, Line, list[Line], int]:
    """Return melody, bass and inner lines, and how many inner notes are new."""
    score = replace(material.score, chords=supply.chords)
    tune = cut_line(list(material.melody))
    alto, tenor, low = supply.voices
    if not supply.is_own:
        inner = [alto, tenor][:n_inner]
        while len(inner) < n_inner:
            inner.append(third_voice(score, [tune, *inner, low]))
        return tune, cut_line(list(low or material.bass)), [cut_line(list(x)) for x in inner], 0
    bass = cut_line(list(material.bass))
    inner = list(inner_lines(material, n_inner))
    n_new = 0
    for k, line in enumerate(inner):
        spare = (alto, tenor)[k] if k < 2 else third_voice(score, [tune, alto, tenor, bass])
        inner[k], new = fill_rests(score, line, spare, [tune, bass])
        n_new += new
    return tune, bass, inner, n_new


def _cut(line: Line, section: Stretch, *, is_first: bool) -> Line:
    """Return the notes of a line that begin in a section."""
    start = 0 if is_first else section.start_tick
    return tuple(note for note in line if start <= note.onset_tick < section.end_tick)


def _seat_section(
    material: Material,
    supply: Supply,
    chairs: tuple[Chair, ...],
    seating: Seating,
    section: Stretch,
    lines: list[Line],
    notes: list[list[Note]],
) -> int:
    """Add a section's notes to the chairs; return how many were left out."""
    tune, bass, *inner = lines
    resolution = material.score.resolution
    placed: dict[int, Line] = {}
    order = sorted(seating.lines, key=lambda k: (seating.lines[k] != 0, seating.lines[k] != BASS))
    lead = chairs[seating.lead].instrument
    for k in [*order, *seating.doubles]:
        line = {**seating.lines, **seating.doubles}[k]
        source = tune if line == 0 else bass if line == BASS else inner[line - 1]
        player = chairs[k].instrument
        is_above = player.comfortable_low > lead.comfortable_low
        above = [] if line == 0 or is_above else [placed[0]] if 0 in placed else []
        below = [placed[BASS]] if line > 0 and BASS in placed else []
        above += [placed[one] for one in range(1, line) if one in placed]
        fitted, _ = fit_line(
            source, player, resolution=resolution, above=above, below=below, is_melody=line == 0
        )
        placed.setdefault(line, fitted)
        notes[k] += fitted
    chords = [k for k, one in enumerate(chairs) if not one.is_line and not one.is_drums]
    has_bass = BASS in seating.lines.values()
    n_out = 0
    mine = _cut(supply.inner, section, is_first=section.start_tick == 0)
    low = _cut(supply.bass, section, is_first=section.start_tick == 0)
    n_helpers = len([k for k in chords if k != seating.lead])
    for place, k in enumerate(chords):
        leads = k == seating.lead
        sung = tune if leads else ()
        alone = len(chords) == 1 or n_helpers == 0
        own = mine if alone or not leads else ()
        if n_helpers and leads and chairs[k].instrument.n_staves == 2:
            own = tuple(note for note in mine if note.pitch >= 60)
        takes_bass = not has_bass or chairs[k].instrument.n_staves == 2
        ground = low if takes_bass and (k == chords[-1] or alone) else ()
        if chairs[k].instrument.n_staves == 2:
            laid = lay_keyboard(sung, ground, own)
            notes[k] += laid.notes
            n_out += laid.n_left_out
        else:
            grips, n_lost = lay_grips(
                chairs[k].instrument, sung, ground, own, resolution=resolution
            )
            notes[k] += grips
            n_out += n_lost * (place == len(chords) - 1)
    for k, chair in enumerate(chairs):
        if chair.is_drums:
            notes[k] += _cut(supply.drums, section, is_first=section.start_tick == 0)
    return n_out


def _part(
    chair: Chair, notes: list[Note], k: int, seatings: tuple[Seating, ...], material: Material
) -> Part:
    """Return a chair's part; the first singer keeps the words."""
    one = chair.instrument
    leads = sum(seat.lead == k for seat in seatings) * 2 > len(seatings)
    grounds = any(seat.lines.get(k) == BASS for seat in seatings)
    role = "drums" if chair.is_drums else "melody" if leads else "bass" if grounds else ""
    if not role:
        role = "counter" if chair.is_line else "comping"
    source = material.score.parts[material.index]
    is_singer = leads and all(seat.lead == k for seat in seatings)
    return Part(
        name=chair.name,
        notes=tuple(notes),
        program=one.program,
        is_drums=chair.is_drums,
        role=role,
        transposition_semi=one.transposition_semi,
        n_staves=one.n_staves,
        lyrics=source.lyrics if is_singer else (),
    )

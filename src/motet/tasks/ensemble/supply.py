"""What an ensemble needs and a source lacks: chords, voices under a bare melody, a band's drums and comping.

Conventions: a source with notes of its own under the melody is not added to, save for drums that a band has
a chair for. Chords that are not written are found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.language import Language
from motet.score import ChordSymbol, Note, Part
from motet.tasks.ensemble.band import Chair, Ensemble
from motet.tasks.ensemble.ground import write_ground
from motet.tasks.ensemble.material import Material, read_material
from motet.tasks.ensemble.plan import lay_sections
from motet.tasks.given import chord_symbols, find_key
from motet.tasks.harmonise import accompany, harmonise
from motet.tasks.harmonise.keyboard import write_piano
from motet.tasks.harmony import read_harmony
from motet.theory.scale import Key

__all__ = ["Supply", "supply_ground"]

Line = tuple[Note, ...]
_CYCLE = ("answer", "flow", "pulse")


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What stands under the melody.

    ``voices`` are alto, tenor and bass led by the chords; ``bass`` and ``inner`` are for chairs that play
    chords; ``is_own`` tells whether the notes under the melody are the source's.
    """

    key: Key
    chords: tuple[ChordSymbol, ...]
    voices: tuple[Line, Line, Line]
    bass: Line
    inner: Line
    drums: Line
    is_own: bool
    has_own_drums: bool
    bundle: str = ""
    bundle_digest: str = ""
    remarks: tuple[tuple[str, str], ...] = ()


def supply_ground(
    material: Material,
    ensemble: Ensemble,
    chairs: Sequence[Chair],
    *,
    bundle: str | Path | Bundle | None = None,
    seed: int = 0,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
) -> Supply:
    """Return what an ensemble plays under a melody.

    Parameters
    ----------
    material : Material
    ensemble : Ensemble
    chairs : sequence of Chair
    bundle, seed, language, on_bar, cancel, originality
        As in `motet.tasks.accompany`.

    Returns
    -------
    Supply

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.ensemble.band import find_ensemble
    >>> tune = read_material(make_score("E5:2 F5:2 | D5:2 E5:2", chords="C:2 F:2 G:2 C:2"))
    >>> trio = find_ensemble("string-trio")
    >>> found = supply_ground(tune, trio, trio.chairs())
    >>> found.is_own, len(found.voices)
    (False, 3)
    """
    remarks: list[tuple[str, str]] = []
    score = material.score
    tune = replace(
        score.parts[material.index], notes=tuple(n for n in material.melody if not n.grace)
    )
    if score.chords:
        chords, key = score.chords, find_key(score, tick=0)
    elif material.has_ground:
        key = find_key(score)
        chords = chord_symbols(score, key=key)
    else:
        found = harmonise(score.with_parts(tune), candidates=1, language=language)
        chords, key = found.score.chords, find_key(found.score, tick=0)
        remarks.append(("The source has no chords; they were found for its melody.",
                        "原曲没有和弦,已为旋律配上。"))  # fmt: skip
    chorded = replace(score, chords=chords)
    sections = lay_sections(score)
    is_choir = all(one.instrument.family == "voice" for one in chairs)
    figures = ["hymn" if is_choir else _CYCLE[k % 3] for k in range(len(sections))]
    if material.has_ground:
        figures = ["sustained"] * len(sections)
    spans = [(one.start_tick, one.end_tick) for one in sections]
    voices = write_ground(chorded, tune, key, spans, figures)
    story = {"bundle": "", "bundle_digest": ""}
    bass, inner, drums = material.bass, material.inner, material.drums
    wants = _wanted(material, ensemble, chairs)
    if wants:
        style = ensemble.style or "pop"
        played = accompany(
            chorded, parts=wants, style=style, melody=material.index, seed=seed, bundle=bundle,
            language=language, on_bar=on_bar, cancel=cancel, originality=originality,
        )  # fmt: skip
        new = played.score.parts[len(score.parts) :]
        drums = drums or tuple(n for part in new if part.is_drums for n in part.notes)
        if not material.has_ground:
            bass, inner = _pitched(new)
        story = {"bundle": played.bundle, "bundle_digest": played.bundle_digest}
        names, names_zh = wants.replace(",", ", "), wants.replace(",", "、")
        remarks.append(
            (f"Written in the style {style}: {names}.", f"以 {style} 风格新写:{names_zh}。")
        )
    elif not material.has_ground:
        notes = write_piano(chorded, tune, read_harmony(chorded), key)
        made = read_material(score.with_parts(tune, Part(notes=notes)), melody=0)
        bass, inner = made.bass, made.inner
        remarks.append(("The source is a melody; the other voices are led by its chords.",
                        "原曲只有旋律;其余声部按和弦写成。"))  # fmt: skip
    low = tuple(voices[2])
    if wants and not material.has_ground:
        low = bass
    return Supply(
        key=key, chords=chords, voices=(voices[0], voices[1], low), bass=bass, inner=inner, drums=drums,
        is_own=material.has_ground, has_own_drums=bool(material.drums), remarks=tuple(remarks), **story,
    )  # fmt: skip


def _wanted(material: Material, ensemble: Ensemble, chairs: Sequence[Chair]) -> str:
    """Return the roles that a band has players for and a source no notes."""
    has_drums = any(one.is_drums for one in chairs)
    roles = []
    if not material.has_ground and ensemble.style:
        roles += ["bass", "comping"]
    if has_drums and not material.drums:
        roles.append("drums")
    return ",".join(roles)


def _pitched(parts: Sequence[Part]) -> tuple[Line, Line]:
    """Return the bass and the other pitched notes of new parts."""
    bass = tuple(n for part in parts if part.role == "bass" for n in part.notes)
    inner = tuple(
        n for part in parts if part.role != "bass" and not part.is_drums for n in part.notes
    )
    return bass, tuple(sorted(inner, key=lambda n: (n.onset_tick, n.pitch)))

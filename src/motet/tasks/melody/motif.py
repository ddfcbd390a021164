"""A motif, and what composers do with it.

Conventions: a motif is cells, each an onset and a duration in quarter notes from its start and a place on
the ladder of its key: `step` counts scale degrees (7 an octave, 0 the tonic at C4's octave), `alter`
semitones beside it. Every transformation gives a motif that begins at 0; `length_qn` is the time it
takes, rests included.

Source: the names are those of the textbooks: sequence, inversion, retrograde, augmentation, diminution,
fragmentation, extension in Arnold Schoenberg, Fundamentals of Musical Composition (Faber, 1967),
chapters 3 to 5.

Offers `Motif`, `Tone`, `augment`, `diminish`, `extend_motif`, `fragment`, `invert`, `join_motifs`,
`motif_of`, `move`, `read_motif`, `retrograde`, `step_of`, `tone_pitch`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from motet.errors import ParameterError
from motet.score import Note, Score, make_score
from motet.tasks.melody.likeness import top_line
from motet.theory.scale import Key

__all__ = [
    "Motif", "Tone", "augment", "diminish", "extend_motif", "fragment", "invert", "join_motifs", "motif_of",
    "move", "read_motif", "retrograde", "step_of", "tone_pitch",
]  # fmt: skip

_MOST_BARS = 4


@dataclass(frozen=True, slots=True)
class Tone:
    """One note of a motif."""

    onset_qn: Fraction
    duration_qn: Fraction
    step: int
    alter: int = 0
    velocity: int = 80

    @property
    def end_qn(self) -> Fraction:
        """Where it ends."""
        return self.onset_qn + self.duration_qn


@dataclass(frozen=True, slots=True)
class Motif:
    """Notes, and the time that they take with the rests around them."""

    tones: tuple[Tone, ...]
    length_qn: Fraction


def read_motif(source: str | Score, *, metre: str = "4/4") -> Score:
    """Return the score of a motif, one line of one to four bars.

    Parameters
    ----------
    source : str or Score
        ``"G4:.5 G4:.5 G4:.5 Eb4:2.5"``: pitch and quarter notes, ``r`` for a rest; or a score, whose
        melody counts.
    metre : str
        Of a text.

    Returns
    -------
    Score
        With one part.

    Raises
    ------
    ParameterError
        It has less than two notes, or more than four bars.

    Examples
    --------
    >>> read_motif("r:.5 G4:.5 G4:.5 G4:.5 Eb4:2").n_bars
    1
    """
    score = make_score(source, metre=metre) if isinstance(source, str) else source
    lines = [(top_line(part), part) for part in score.parts if part.notes and not part.is_drums]
    if not lines:
        raise ParameterError(
            "the motif has no pitched note; write notes such as 'C4:1 E4:1 G4:2'",
            zh="动机中没有有音高的音符;请写音符,如 'C4:1 E4:1 G4:2'",
        )
    line, part = next((one for one in lines if one[1].role == "melody"), lines[0])
    if len(line) < 2:
        raise ParameterError(
            "a motif needs two notes at least; add some", zh="动机至少需要两个音;请补充"
        )
    if score.n_bars > _MOST_BARS:
        raise ParameterError(
            f"a motif has {_MOST_BARS} bars at most, got {score.n_bars}; cut it, or use vary for a "
            "whole tune",
            zh=f"动机最多 {_MOST_BARS} 小节,收到 {score.n_bars};请截短,整首曲调可用变奏 vary",
        )
    return replace(score, parts=(replace(part, notes=line),))


def step_of(pitch: int, key: Key, *, spelling: str = "") -> tuple[int, int]:
    """Return the place of a pitch on the ladder of a key: its step, and semitones beside it.

    Parameters
    ----------
    pitch : int, MIDI number
    key : Key
        With seven degrees.
    spelling : str
        Its name, which tells G sharp from A flat; empty takes the nearest degree.

    Returns
    -------
    (int, int)

    Examples
    --------
    >>> step_of(64, Key("C")), step_of(68, Key("A", "minor"), spelling="G#"), step_of(57, Key("A"))
    ((2, 0), (6, 1), (0, 0))
    """
    names = [name[0] for name in key.spelled_scale()]
    pcs = list(key.pcs) if len(key.pcs) == 7 else []
    if not pcs:
        raise ParameterError(
            f"a motif is developed in a key of seven tones, got {key.name()}; name major or minor",
            zh=f"动机须在七声音阶的调中发展,收到 {key.name(language='zh')};请指定大调或小调",
        )
    order = [(key.tonic_pc + (pc - key.tonic_pc) % 12) for pc in pcs]
    base = 60 if key.tonic_pc <= 6 else 48
    found: list[tuple[int, int, int]] = []
    for degree, place in enumerate(order):
        for octave in range(-6, 7):
            at = base + place + 12 * octave
            alter = pitch - at
            if abs(alter) > 2:
                continue
            is_named = bool(spelling) and names[degree] == spelling[0]
            found.append((0 if is_named else 1, abs(alter), degree + 7 * octave))
    _, _, step = min(found)
    return step, pitch - _ladder(step, key)


def _ladder(step: int, key: Key) -> int:
    """Return the pitch of a step of a key."""
    octave, degree = divmod(step, 7)
    pc = key.pcs[degree]
    base = 60 if key.tonic_pc <= 6 else 48
    return base + key.tonic_pc + (pc - key.tonic_pc) % 12 + 12 * octave


def tone_pitch(tone: Tone, key: Key) -> int:
    """Return the pitch of a tone of a motif.

    Parameters
    ----------
    tone : Tone
    key : Key

    Returns
    -------
    int, MIDI number

    Examples
    --------
    >>> tone_pitch(Tone(Fraction(0), Fraction(1), 7), Key("D"))
    74
    >>> [tone_pitch(Tone(Fraction(0), Fraction(1), step, 1), Key("C")) for step in (1, 2)]
    [63, 64]
    """
    return min(127, max(0, _ladder(tone.step, key) + _kept_alter(tone, key)))


def _kept_alter(tone: Tone, key: Key) -> int:
    """Return how far a tone stands beside its step: a leaning semitone stays one after a sequence."""
    if abs(tone.alter) != 1:
        return tone.alter
    by = tone.alter
    gap = abs(_ladder(tone.step + by, key) - _ladder(tone.step, key))
    return by if gap > 1 else 0


def motif_of(
    notes: Sequence[Note], start_tick: int, end_tick: int, score: Score, key: Key
) -> Motif:
    """Return the notes of a span as a motif.

    Parameters
    ----------
    notes : sequence of Note
    start_tick, end_tick : int
    score : Score
    key : Key

    Returns
    -------
    Motif

    Examples
    --------
    >>> score = make_score("C4:1 E4:1")
    >>> [tone.step for tone in motif_of(score.parts[0].notes, 0, 960, score, Key("C")).tones]
    [0, 2]
    """
    tones = []
    for note in notes:
        step, alter = step_of(note.pitch, key, spelling=note.spelling)
        tones.append(
            Tone(
                Fraction(note.onset_tick - start_tick, score.resolution),
                Fraction(note.duration_tick, score.resolution), step, alter, note.velocity,
            )
        )  # fmt: skip
    return Motif(tuple(tones), Fraction(end_tick - start_tick, score.resolution))


def move(motif: Motif, steps: int) -> Motif:
    """Return a motif some degrees higher or lower: a sequence.

    Examples
    --------
    >>> one = Motif((Tone(Fraction(0), Fraction(1), 0), Tone(Fraction(1), Fraction(1), 2)), Fraction(2))
    >>> [tone.step for tone in move(one, 1).tones]
    [1, 3]
    """
    return replace(motif, tones=tuple(replace(one, step=one.step + steps) for one in motif.tones))


def invert(motif: Motif) -> Motif:
    """Return a motif upside down, its first note held.

    Examples
    --------
    >>> one = Motif((Tone(Fraction(0), Fraction(1), 0), Tone(Fraction(1), Fraction(1), 2)), Fraction(2))
    >>> [tone.step for tone in invert(one).tones]
    [0, -2]
    """
    axis = 2 * motif.tones[0].step
    return replace(
        motif,
        tones=tuple(replace(one, step=axis - one.step, alter=-one.alter) for one in motif.tones),
    )


def retrograde(motif: Motif) -> Motif:
    """Return a motif backwards, pitches and rhythm.

    Examples
    --------
    >>> one = Motif((Tone(Fraction(0), Fraction(3), 0), Tone(Fraction(3), Fraction(1), 2)), Fraction(4))
    >>> [(int(tone.onset_qn), tone.step) for tone in retrograde(one).tones]
    [(0, 2), (1, 0)]
    """
    tones = tuple(
        replace(one, onset_qn=motif.length_qn - one.end_qn) for one in reversed(motif.tones)
    )
    return replace(motif, tones=tones)


def augment(motif: Motif, factor: Fraction = Fraction(2)) -> Motif:
    """Return a motif in longer notes.

    Examples
    --------
    >>> one = Motif((Tone(Fraction(0), Fraction(1), 0), Tone(Fraction(1), Fraction(1), 2)), Fraction(2))
    >>> augment(one).length_qn
    Fraction(4, 1)
    """
    tones = tuple(
        replace(one, onset_qn=one.onset_qn * factor, duration_qn=one.duration_qn * factor)
        for one in motif.tones
    )
    return Motif(tones, motif.length_qn * factor)


def diminish(motif: Motif) -> Motif:
    """Return a motif in notes half as long.

    Examples
    --------
    >>> one = Motif((Tone(Fraction(0), Fraction(1), 0), Tone(Fraction(1), Fraction(1), 2)), Fraction(2))
    >>> diminish(one).length_qn
    Fraction(1, 1)
    """
    return augment(motif, Fraction(1, 2))


def fragment(motif: Motif, length_qn: Fraction, *, from_end: bool = False) -> Motif:
    """Return the head (or the tail) of a motif.

    Examples
    --------
    >>> one = Motif((Tone(Fraction(0), Fraction(1), 0), Tone(Fraction(1), Fraction(1), 2)), Fraction(2))
    >>> len(fragment(one, Fraction(1)).tones), fragment(one, Fraction(1), from_end=True).tones[0].step
    (1, 2)
    """
    start = motif.length_qn - length_qn if from_end else Fraction(0)
    end = start + length_qn
    tones = tuple(
        replace(
            one, onset_qn=one.onset_qn - start, duration_qn=min(one.duration_qn, end - one.onset_qn)
        )
        for one in motif.tones
        if start <= one.onset_qn < end
    )
    return Motif(tones, length_qn)


def join_motifs(*motifs: Motif) -> Motif:
    """Return motifs one after another.

    Examples
    --------
    >>> one = Motif((Tone(Fraction(0), Fraction(1), 0), Tone(Fraction(1), Fraction(1), 2)), Fraction(2))
    >>> [int(tone.onset_qn) for tone in join_motifs(one, one).tones]
    [0, 1, 2, 3]
    """
    tones: list[Tone] = []
    at = Fraction(0)
    for one in motifs:
        tones += [replace(tone, onset_qn=tone.onset_qn + at) for tone in one.tones]
        at += one.length_qn
    return Motif(tuple(tones), at)


def extend_motif(motif: Motif, *, steps: int = 1) -> Motif:
    """Return a motif whose second half goes on twice, each time some degrees away.

    Examples
    --------
    >>> one = Motif((Tone(Fraction(0), Fraction(1), 0), Tone(Fraction(1), Fraction(1), 2)), Fraction(2))
    >>> [tone.step for tone in extend_motif(one).tones]
    [0, 2, 3, 4]
    """
    tail = fragment(motif, motif.length_qn / 2, from_end=True)
    if not tail.tones:
        tail = fragment(motif, motif.length_qn / 2)
    return join_motifs(motif, move(tail, steps), move(tail, 2 * steps))

"""Songs with the chords that people wrote, and chorales in four voices: for measuring harmony alone.

Conventions: a song is a melody, its key, and its chords; nothing of these sets is shipped or learned from.
POP909's labels are in Harte's syntax; its bars are laid anew from its beats, and a song is cut after
forty bars.

Sources: Ziyu Wang et al., "POP909: A Pop-song Dataset for Music Arrangement Generation", ISMIR 2020;
chorales as published by Nicolas Boulanger-Lewandowski and, on the 16th grid, Cheng-Zhi Anna Huang.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from motet.corpus.shards import Shards
from motet.errors import CorpusError, MotetError
from motet.io import read_midi
from motet.score import BarLength, Metre, Note, Part, Score
from motet.tasks.harmony import HeldChord, read_harmony
from motet.theory.chord import Chord, make_chord, parse_chord
from motet.theory.chord_table import QUALITIES
from motet.theory.scale import Key, key_from_signature
from motet.tokens.restore import grid_to_score

__all__ = ["Song", "read_chorales", "read_lead_sheets", "read_pop909"]

_HARTE = {"maj": "maj", "min": "min", "7": "7", "maj7": "maj7", "min7": "m7", "dim": "dim", "dim7": "dim7",
          "hdim7": "m7b5", "aug": "aug", "sus4": "sus4", "sus2": "sus2", "maj6": "6", "min6": "m6",
          "9": "9", "maj9": "maj9", "min9": "m9", "sus4(b7)": "7sus4", "minmaj7": "mMaj7"}  # fmt: skip
_BARS = 40


@dataclass(frozen=True, kw_only=True)
class Song:
    """A melody with people's chords.

    Parameters
    ----------
    name : str
    score : Score
        One part, no chord symbols.
    key : Key
    chords : tuple of HeldChord
    """

    name: str
    score: Score
    key: Key
    chords: tuple[HeldChord, ...]


def read_pop909(folder: Path, n: int, rng: np.random.Generator) -> list[Song]:
    """Return melodies of POP909 with its chords.

    Parameters
    ----------
    folder : Path
        The unpacked archive.
    n : int
        How many, drawn at random.
    rng : numpy.random.Generator

    Returns
    -------
    list of Song

    Raises
    ------
    CorpusError
        The songs are not there.

    Examples
    --------
    >>> read_pop909(Path("nowhere"), 1, np.random.default_rng(0))
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: there are no songs ...
    """
    paths = sorted(folder.rglob("POP909/*/[0-9]*.mid"))
    paths = [path for path in paths if path.stem == path.parent.name]
    if not paths:
        raise CorpusError(f"there are no songs in {folder}", zh=f"{folder} 中没有歌曲")
    found: list[Song] = []
    for k in rng.permutation(len(paths)):
        song = _read_song(paths[int(k)])
        if song is not None:
            found.append(song)
        if len(found) == n:
            break
    return found


def _read_song(path: Path) -> Song | None:
    """Return one song; None where melody, labels or one key are missing."""
    score = read_midi(path).score
    melody = next((part for part in score.parts if part.name == "MELODY"), None)
    keys = (path.parent / "key_audio.txt").read_text(encoding="utf-8").split()
    if melody is None or not melody.notes or len(keys) != 3 or ":" not in keys[2]:
        return None
    tonic, _, mode = keys[2].partition(":")
    barred = _with_bars(score, (path.parent / "beat_midi.txt").read_text(encoding="utf-8"))
    labels = _read_harte((path.parent / "chord_midi.txt").read_text(encoding="utf-8"), barred)
    first = barred.bar_at(melody.notes[0].onset_tick)
    start = barred.bars[first].start_tick
    end = barred.bars[min(barred.n_bars, first + _BARS) - 1].end_tick
    notes = tuple(
        replace(one, onset_tick=_snap(one.onset_tick - start, barred), staff=1)
        for one in melody.notes
        if start <= one.onset_tick < end
    )
    chords = tuple(
        HeldChord(max(0, one.start_tick - start), min(end, one.end_tick) - start, one.chord)
        for one in labels
        if one.end_tick > start and one.start_tick < end
    )
    if not chords or not notes:
        return None
    own = Score(
        parts=(Part(name="Melody", notes=notes, role="melody"),), resolution=barred.resolution,
        metres=(Metre(tick=0, numerator=4, denominator=4),), length_tick=end - start,
    )  # fmt: skip
    key = Key(parse_chord(tonic).root, "minor" if mode.startswith("min") else "major")
    return Song(name=path.stem, score=own, key=key, chords=chords)


def _snap(tick: int, score: Score) -> int:
    """Return a tick on the sixteenth it is nearest to: POP909 is played, not notated."""
    step = score.resolution // 4
    return max(0, round(tick / step) * step)


def _with_bars(score: Score, beats: str) -> Score:
    """Return a score with the bar lines of its beat file in place of bars of one beat."""
    rows = [[float(word) for word in line.split()] for line in beats.splitlines() if line.strip()]
    lines = [score.time.s_to_tick(row[0]) for row in rows if len(row) > 2 and row[2] == 1.0]
    first = round(lines[0]) % (4 * score.resolution) if lines else 0
    pickup = (BarLength(tick=0, duration_tick=first),) if first else ()
    metre = Metre(tick=0, numerator=4, denominator=4)
    return replace(score, metres=(metre,), bar_lengths=pickup)


def _read_harte(text: str, score: Score) -> list[HeldChord]:
    """Return chord labels with times in seconds; those that cannot be read are left out."""
    found = []
    for line in text.splitlines():
        words = line.split()
        if len(words) != 3 or ":" not in words[2]:
            continue
        root, _, rest = words[2].partition(":")
        quality = _HARTE.get(rest.partition("/")[0])
        if quality is None or quality not in QUALITIES:
            continue
        start, end = (_snap(round(score.time.s_to_tick(float(one))), score) for one in words[:2])
        if end > start:
            found.append(HeldChord(start, end, make_chord(parse_chord(root).root, quality)))
    return found


def read_lead_sheets(splits: Sequence[Shards]) -> list[Song]:
    """Return the lead sheets of splits that nothing was learned from.

    Parameters
    ----------
    splits : sequence of Shards

    Returns
    -------
    list of Song

    Examples
    --------
    >>> read_lead_sheets([])
    []
    """
    found: list[Song] = []
    for shards in splits:
        for k in range(len(shards)):
            if shards.sources[int(shards.pieces["source"][k])] != "openewld":
                continue
            song = _song_of(shards.names[k], grid_to_score(shards[k]))
            if song is not None:
                found.append(song)
    return found


def _song_of(name: str, score: Score) -> Song | None:
    """Return a lead sheet as a song; its last chord tells its mode, for its signature does not."""
    chords = tuple(one for one in read_harmony(score) if one.chord.root)
    if not chords or not score.parts[0].notes or not score.keys:
        return None
    major = key_from_signature(score.keys[0].fifths, "major")
    last: Chord = chords[-1].chord
    is_minor = last.is_minor and (last.root_pc - major.tonic_pc) % 12 == 9
    key = key_from_signature(score.keys[0].fifths, "minor") if is_minor else major
    return Song(
        name=name, score=replace(score, parts=score.parts[:1], chords=()), key=key, chords=chords
    )


def read_chorales(folder: Path, n: int) -> list[Score]:
    """Return Bach's chorales of the test split in four parts, the soprano first.

    Parameters
    ----------
    folder : Path
        The unpacked archive.
    n : int

    Returns
    -------
    list of Score
        In 4/4 from the first frame, for their bar lines are not known.

    Raises
    ------
    CorpusError
        The chorales are not there.

    Examples
    --------
    >>> read_chorales(Path("nowhere"), 1)
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: there are no chorales ...
    """
    path = next(iter(sorted(folder.rglob("Jsb16thSeparated.json"))), None)
    if path is None:
        raise CorpusError(f"there are no chorales in {folder}", zh=f"{folder} 中没有众赞歌")
    try:
        rolls = json.loads(path.read_text(encoding="utf-8"))["test"]
    except (ValueError, KeyError) as error:
        raise CorpusError(
            f"{path} cannot be read: {error}", zh=f"无法读取 {path}:{error}"
        ) from error
    found: list[Score] = []
    for roll in rolls:
        try:
            found.append(_score_of_roll(roll))
        except MotetError:
            continue
        if len(found) == n:
            break
    return found


def _score_of_roll(roll: list[list[int]]) -> Score:
    """Return a roll of sixteenths as a score: a voice strikes anew where its pitch changes."""
    parts = []
    for voice in range(4):
        notes: list[Note] = []
        start = 0
        line = [frame[voice] for frame in roll]
        for t in range(1, len(line) + 1):
            # Without onsets in the data, a repeated pitch is struck anew on each beat.
            if t == len(line) or line[t] != line[start] or t % 4 == 0:
                if line[start] > 0:
                    notes.append(
                        Note(
                            onset_tick=start * 120,
                            duration_tick=(t - start) * 120,
                            pitch=line[start],
                        )
                    )
                start = t
        parts.append(Part(name=("Soprano", "Alto", "Tenor", "Bass")[voice], notes=tuple(notes)))
    metre = Metre(tick=0, numerator=4, denominator=4)
    return Score(parts=tuple(parts), metres=(metre,), length_tick=len(roll) * 120)

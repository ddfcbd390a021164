"""Chords for melodies beside those that people wrote, and voice leading beside Bach's.

Conventions: agreement is a share of time, in the key that people give. A function is what
`motet.theory.function_of` says of a chord; "each alike" is the mean share over tonic, subdominant and
dominant, so that staying on the tonic gains nothing. Surprise is in bits a chord under the habits that
Motet counted. Faults are counted by one program on everything; a soprano that was given is not blamed alone.

Offers `TABLE`, `measure_harmonising`, `write_harmonising`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np

from motet.corpus.archive import unpack
from motet.corpus.shards import open_shards
from motet.evaluate.harmony import strong_places_tick
from motet.score import Score
from motet.suite.page import make_table
from motet.suite.song_sets import Song, read_chorales, read_lead_sheets, read_pop909
from motet.suite.table import Request, Table
from motet.tasks.harmonise.choose import choose_chords
from motet.tasks.harmonise.faults import Faults, count_faults, verticalities
from motet.tasks.harmonise.habits import surprise_bits
from motet.tasks.harmonise.home import find_melody_key
from motet.tasks.harmonise.texture import write_texture
from motet.tasks.harmony import HeldChord
from motet.theory.chord import Chord
from motet.theory.function import function_of
from motet.theory.roman import roman_to_chord
from motet.theory.scale import Key

__all__ = ["TABLE", "measure_harmonising", "write_harmonising"]

_SONGS: Final = 60
_CHORALES: Final = 20
_FAULTS: Final = ("parallels", "crossings", "leading", "sevenths", "doubled", "spacing")
_ROWS: Final = ("people", "I, IV or V a bar", "triad of best fit a bar", "adventure 1", "adventure 2",
                "adventure 3")  # fmt: skip

_KINDS: Final = ("tonic", "subdominant", "dominant")

Spans = tuple[HeldChord, ...]


def measure_harmonising(request: Request) -> dict[str, Any]:
    """Return how well melodies are harmonised, and how well four voices are led.

    Parameters
    ----------
    request : Request

    Returns
    -------
    dict

    Raises
    ------
    CorpusError
        Corpus or benchmark archives are missing.

    Examples
    --------
    >>> measure_harmonising(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no ...
    """
    rng = np.random.default_rng((request.seed, 97))
    shards = request.find_shards()
    n = request.n or _SONGS
    with tempfile.TemporaryDirectory() as cache:
        pop = read_pop909(unpack(request.find_bench("pop909.tar.zst"), cache), n, rng)
        folder = unpack(request.find_bench("jsb-chorales.tar.zst"), cache)
        chorales = read_chorales(folder, min(n, _CHORALES))
    sheets = read_lead_sheets([open_shards(shards, split) for split in ("valid", "test")])
    songs = {"POP909": pop, "lead sheets": sheets[:n]}
    request.say(f"harmonise: {len(pop)} pop songs, {len(sheets[:n])} lead sheets")
    facts: dict[str, Any] = {"n": {name: len(own) for name, own in songs.items()}, "songs": {}}
    for name, own in songs.items():
        facts["songs"][name] = {row: _measure_row(row, own) for row in _ROWS}
    facts["keys"] = {
        name: sum(find_melody_key(one.score, one.score.parts[0]) == one.key for one in own)
        / len(own)
        for name, own in songs.items()
        if own
    }
    request.say(f"harmonise: {len(chorales)} chorales")
    facts["n_chorales"] = len(chorales)
    facts["faults"] = _measure_voices(chorales)
    return facts


def _measure_row(row: str, songs: Sequence[Song]) -> dict[str, float]:
    """Return the figures of one way of harmonising."""
    write = _writer(row)
    total = np.zeros(3)
    kinds = {kind: np.zeros(2) for kind in _KINDS}
    places = np.zeros(2)
    bits: list[float] = []
    n_chords = n_bars = 0
    for song in songs:
        spans = write(song)
        total += _agreement(song, spans)
        for kind, found in _recall(song, spans).items():
            kinds[kind] += found
        places += _strong_tones(song.score, spans)
        chords = [span.chord for span in spans]
        bits += surprise_bits(chords, song.key)
        n_chords += len(spans)
        n_bars += song.score.n_bars
    return {
        "root": total[0] / total[2],
        "function": total[1] / total[2],
        "balanced": float(np.mean([one[0] / max(1e-9, one[1]) for one in kinds.values()])),
        "strong": places[0] / max(1.0, places[1]),
        "bits": float(np.mean(bits)),
        "chords_a_bar": n_chords / n_bars,
    }


def _writer(row: str) -> Callable[[Song], Spans]:
    """Return what harmonises a song in a row of the table."""
    if row == "people":
        return lambda song: song.chords
    if row.startswith("adventure"):
        adventure = int(row[-1])
        return lambda song: (
            choose_chords(song.score, song.score.parts[0], key=song.key, adventure=adventure)[0][
                0
            ].spans
        )
    if row.startswith("I,"):
        return lambda song: _best_a_bar(song, _primary(song.key))
    return lambda song: _best_a_bar(song, _triads(song.key))


def _primary(key: Key) -> list[Chord]:
    """Return tonic, subdominant and dominant."""
    return [
        roman_to_chord(one, key) for one in (("i", "iv", "V") if key.is_minor else ("I", "IV", "V"))
    ]


def _triads(key: Key) -> list[Chord]:
    """Return all major and minor triads, those of the key first."""
    from motet.theory.chord import make_chord
    from motet.theory.pitch import spell_pitch

    names = [spell_pitch((key.tonic_pc + k) % 12, fifths=key.fifths) for k in range(12)]
    found = [make_chord(name, quality) for name in names for quality in ("maj", "min")]
    return sorted(found, key=lambda chord: -len(set(chord.pcs) & set(key.pcs)))


def _best_a_bar(song: Song, chords: Sequence[Chord]) -> Spans:
    """Return for each bar the chord that holds most of the melody's time, the first of equals."""
    found: list[HeldChord] = []
    last = chords[0]
    for bar in song.score.bars:
        time = np.zeros(12)
        for note in song.score.parts[0].notes:
            length = min(note.end_tick, bar.end_tick) - max(note.onset_tick, bar.start_tick)
            if length > 0:
                time[note.pitch % 12] += length
        if time.any():
            last = max(chords, key=lambda chord: time[list(chord.pcs)].sum())
        if found and found[-1].chord == last:
            found[-1] = HeldChord(found[-1].start_tick, bar.end_tick, last)
        else:
            found.append(HeldChord(bar.start_tick, bar.end_tick, last))
    return tuple(found)


def _agreement(song: Song, spans: Spans) -> Any:
    """Return for how long root and function agree with people, and how long there is to compare."""
    total = np.zeros(3)
    for theirs in song.chords:
        kind = function_of(theirs.chord, song.key).kind
        for ours in spans:
            both = min(theirs.end_tick, ours.end_tick) - max(theirs.start_tick, ours.start_tick)
            if both <= 0:
                continue
            same_root = theirs.chord.root_pc == ours.chord.root_pc
            same_kind = kind == function_of(ours.chord, song.key).kind
            total += both * np.array((same_root, same_kind, 1.0)) / song.score.resolution
    return total


def _recall(song: Song, spans: Spans) -> dict[str, Any]:
    """Return for how long each function of people's is ours, too, and how long it is there."""
    found = {kind: np.zeros(2) for kind in _KINDS}
    for theirs in song.chords:
        kind = function_of(theirs.chord, song.key).kind
        if kind not in found:
            continue
        for ours in spans:
            both = min(theirs.end_tick, ours.end_tick) - max(theirs.start_tick, ours.start_tick)
            if both > 0:
                same = kind == function_of(ours.chord, song.key).kind
                found[kind] += both * np.array((same, 1.0)) / song.score.resolution
    return found


def _strong_tones(score: Score, spans: Spans) -> Any:
    """Return how many notes of the melody on strong beats belong to their chord, and how many there are."""
    strong = {tick for bar in score.bars for tick in strong_places_tick(bar)}
    found = np.zeros(2)
    for note in score.parts[0].notes:
        if note.onset_tick not in strong:
            continue
        held = next(
            (one for one in spans if one.start_tick <= note.onset_tick < one.end_tick), None
        )
        if held is not None and held.chord.root:
            found += (note.pitch % 12 in held.chord.pcs, 1.0)
    return found


def _measure_voices(chorales: Sequence[Score]) -> dict[str, dict[str, float]]:
    """Return faults in 100 chords: Bach's, and those of the same sopranos harmonised here."""
    rows: dict[str, list[Faults]] = {"Bach": []}
    for score in chorales:
        soprano = score.parts[0]
        key = find_melody_key(score, soprano)
        rows["Bach"].append(_count(list(reversed(score.parts)), key))
        alone = Score(parts=(soprano,), metres=score.metres, length_tick=score.length_tick)
        for adventure in (1, 2, 3):
            plans, home = choose_chords(
                alone, soprano, key=key, adventure=adventure, chords_per_bar=4, eager=0.5
            )
            parts = write_texture(
                alone, soprano, plans[0].spans, home, texture="satb", adventure=adventure
            )
            if len(parts) == 3:
                rows.setdefault(f"adventure {adventure}", []).append(
                    _count([*reversed(parts), soprano], home)
                )
    return {name: _in_hundred(found) for name, found in rows.items()}


def _count(voices: Sequence[Any], key: Key) -> Faults:
    return count_faults([row for _, row in verticalities(voices)], key, given_top=True)


def _in_hundred(found: Sequence[Faults]) -> dict[str, float]:
    """Return faults in 100 changes of harmony."""
    n = max(1, sum(one.n_chords for one in found))
    rates = {name: 100 * sum(getattr(one, name) for one in found) / n for name in _FAULTS}
    return {**rates, "total": sum(rates.values()), "n_chords": float(n)}


def write_harmonising(facts: dict[str, Any]) -> str:
    """Return the tables in Markdown.

    Parameters
    ----------
    facts : dict
        Of `measure_harmonising`.

    Returns
    -------
    str

    Examples
    --------
    >>> one = {"root": 0.5, "function": 0.6, "balanced": 0.5, "strong": 0.9, "bits": 2.0, "chords_a_bar": 1.0}
    >>> rate = {name: 0.0 for name in _FAULTS} | {"total": 0.0, "n_chords": 9.0}
    >>> facts = {"n": {"POP909": 1}, "keys": {"POP909": 1.0}, "songs": {"POP909": {"people": one}},
    ...          "n_chorales": 1, "faults": {"Bach": rate}}
    >>> print(write_harmonising(facts).splitlines()[2])
    | POP909: people | 0.500 | 0.600 | 0.500 | 0.900 | 2.00 | 1.00 |
    """
    head = ("melodies, chords by", "root as people", "function as people", "… each alike",
            "strong beats on chord tones", "bits a chord", "chords a bar")  # fmt: skip
    rows = [
        (
            f"{name}: {row}",
            *(f"{one[key]:.3f}" for key in ("root", "function", "balanced", "strong")),
            f"{one['bits']:.2f}",
            f"{one['chords_a_bar']:.2f}",
        )
        for name, own in facts["songs"].items()
        for row, one in own.items()
    ]
    voices = [
        (name, *(f"{one[fault]:.1f}" for fault in _FAULTS), f"{one['total']:.1f}")
        for name, one in facts["faults"].items()
    ]
    second = make_table(("faults in 100 chords", *_FAULTS, "all"), voices)
    return f"{make_table(head, rows)}\n\n{second}\n\n{_tell(facts)}\n"


def _tell(facts: dict[str, Any]) -> str:
    """Return what the figures mean, and where they fall short."""
    n = ", ".join(f"{count} of {name}" for name, count in facts["n"].items())
    keys = ", ".join(f"{100 * share:.0f} % of {name}" for name, share in facts["keys"].items())
    parts = [
        f"Songs: {n} (none learned from); chorales: {facts['n_chorales']} of the test split, the soprano "
        "given, bar lines unknown. Key given; found from the melody alone it agrees with people for "
        f"{keys}. People's function is not the one right answer: the figure says how often ours is theirs."
    ]
    short = []
    for name, own in facts["songs"].items():
        bits = [own[row]["bits"] for row in own if row.startswith("adventure")]
        if any(b <= a for a, b in pairwise(bits)):
            short.append(f"surprise does not rise with adventure on {name}")
        base = [own[row] for row in own if row.startswith(("I,", "triad"))]
        ours = own.get("adventure 1")
        if ours and any(one[key] >= ours[key] for one in base for key in ("root", "balanced")):
            short.append(f"a baseline agrees with people at least as often on {name}")
    rates = facts["faults"]
    worse = [name for name in rates if rates[name]["total"] > rates["Bach"]["total"]]
    if worse:
        short.append(f"more faults than Bach: {', '.join(worse)}")
    parts.append(f"Falls short: {'; '.join(short)}." if short else "Nothing falls short.")
    return " ".join(parts)


TABLE: Final = Table(
    name="harmonise",
    title=("Harmony: chords for melodies", "和声:为旋律配和弦"),
    needs=frozenset({"shards", "bench"}),
    measure=measure_harmonising,
    write=write_harmonising,
)

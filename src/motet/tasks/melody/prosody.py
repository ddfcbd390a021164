"""How well words sit on their notes: stress on strong beats, tones against intervals; beside chance.

Conventions: chance for stress is the share of all syllables on such places; for tones it is the same notes
with the tones of their line in a random order, the mean of 200 draws. A pair of syllables counts for tones
where their heights differ and no breath parts them.

Offers `check_text`, `check_words`, `lay_text`, `stress_share`, `tone_share`.
"""

from __future__ import annotations

from collections.abc import Sequence

from motet.arranger.plan import rng_for
from motet.score import Lyric, Score
from motet.tasks.check import Check, same
from motet.tasks.melody.setting import slot_strength
from motet.tasks.melody.settle import Sung, count_contradictions
from motet.tasks.melody.verse import Verse

__all__ = ["check_text", "check_words", "lay_text", "stress_share", "tone_share"]

_DRAWS = 200


def stress_share(
    weights: Sequence[int], strengths: Sequence[int], *, least: int = 1
) -> tuple[int, int]:
    """Return how many stressed syllables stand on a beat, and how many there are.

    Parameters
    ----------
    weights : sequence of int, 0 to 2
    strengths : sequence of int, 0 to 3
        Of the places where the syllables begin.
    least : int, 1 to 3
        What counts: 1 any beat, 2 a bar's first and middle beats.

    Returns
    -------
    (int, int)

    Examples
    --------
    >>> stress_share([2, 0, 2], [3, 0, 0])
    (1, 2)
    """
    stressed = [s for w, s in zip(weights, strengths, strict=True) if w == 2]
    return sum(s >= least for s in stressed), len(stressed)


def tone_share(lines: Sequence[Sequence[Sung]]) -> tuple[int, int]:
    """Return how many intervals do not contradict their tones, and how many could.

    Parameters
    ----------
    lines : sequence of sequence of Sung

    Returns
    -------
    (int, int)

    Examples
    --------
    >>> tone_share([[Sung(pitch=60, tone=3), Sung(pitch=64, tone=1)]])
    (1, 1)
    """
    counts = [count_contradictions(line) for line in lines]
    total = sum(b for _, b in counts)
    return total - sum(a for a, _ in counts), total


def lay_text(verses: Sequence[Verse]) -> tuple[Lyric, ...]:
    """Return the words as they were given, each syllable where it is to be sung.

    Parameters
    ----------
    verses : sequence of Verse

    Returns
    -------
    tuple of Lyric
        In the order of time.

    Examples
    --------
    >>> lay_text(())
    ()
    """
    found = [
        Lyric(tick=one.tick, text=word.text, syllabic=word.syllabic)
        for verse in verses
        for line in verse.lines
        for one, word in zip(line.sets, line.syllables, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: one.tick))


def check_text(score: Score, given: Sequence[Lyric]) -> Check:
    """Return whether a finished song has its words: all, in order, each where a note begins.

    Parameters
    ----------
    score : Score
        Part 0 sings.
    given : sequence of Lyric

    Returns
    -------
    Check

    Examples
    --------
    >>> from dataclasses import replace
    >>> from motet.score import make_score
    >>> song = make_score("C4:2 D4:2")
    >>> words = (Lyric(tick=0, text="my"), Lyric(tick=960, text="love"))
    >>> check_text(song.with_parts(replace(song.parts[0], lyrics=words)), words).ok
    True
    """
    onsets = {note.onset_tick for note in score.parts[0].notes}
    sung = sorted(score.parts[0].lyrics, key=lambda one: one.tick)
    n_same = sum(
        one.text == two.text.rstrip(",") and one.syllabic == two.syllabic and two.tick in onsets
        for one, two in zip(given, sung, strict=False)
    )
    return Check(
        name="kept", what=("given words unchanged, each on a note", "歌词不变,逐字有音"),
        requested=same(str(len(given))), measured=same(str(n_same)),
        ok=n_same == len(given) == len(sung),
    )  # fmt: skip


def check_words(score: Score, verses: tuple[Verse, ...], *, seed: int) -> tuple[Check, ...]:
    """Return the checks of a song: every syllable sung, stress on beats, tones not contradicted.

    Parameters
    ----------
    score : Score
        Part 0 sings.
    verses : tuple of Verse
    seed : int, >= 0
        Of the draws that chance is measured by.

    Returns
    -------
    tuple of Check

    Examples
    --------
    >>> check_words.__name__
    'check_words'
    """
    part = score.parts[0]
    by_tick = {note.onset_tick: note for note in part.notes}
    words = [
        (one, word, by_tick.get(one.tick))
        for verse in verses
        for line in verse.lines
        for one, word in zip(line.sets, line.syllables, strict=True)
    ]
    n_sung = sum(note is not None for _, _, note in words)
    checks = [
        Check(
            name="syllables", what=("syllables under notes", "音节就位"),
            requested=same(str(len(words))), measured=same(str(n_sung)), ok=n_sung == len(words),
        )
    ]  # fmt: skip
    strengths = []
    for one, _, _ in words:
        bar = score.bars[score.bar_at(one.tick)]
        late = bar.metre.bar_qn - (bar.duration_tick / score.resolution) if bar.index == 0 else 0
        place = (one.tick - bar.start_tick) / score.resolution + float(late)
        strengths.append(slot_strength(bar.metre, place))
    weights = [word.weight for _, word, _ in words]
    rng = rng_for(seed, "prosody")
    english = [k for k, (_, word, _) in enumerate(words) if not word.tone]
    if any(weights[k] == 2 for k in english):
        own, places = [weights[k] for k in english], [strengths[k] for k in english]
        for least, name, what in (
            (1, "stress", ("stressed syllables on beats", "重读音节落在拍上")),
            (2, "strong stress", ("stressed syllables on strong beats", "重读音节落在强拍上")),
        ):
            n, total = stress_share(own, places, least=least)
            strong = sum(place >= least for place in places) / len(places)
            checks.append(_share(name, what, n, total, strong))
    lines = [
        [
            Sung(
                pitch=by_tick[one.tick].pitch, tone=word.tone,
                after_breath=k == 0 or line.syllables[k - 1].breath,
            )
            for k, (one, word) in enumerate(zip(line.sets, line.syllables, strict=True))
            if one.tick in by_tick
        ]
        for verse in verses
        for line in verse.lines
    ]  # fmt: skip
    n, total = tone_share(lines)
    if total:
        shares = []
        for _ in range(_DRAWS):
            mixed = [_shuffled(line, rng.permutation(len(line)).tolist()) for line in lines]
            good, could = tone_share(mixed)
            shares.append(good / could if could else 1.0)
        checks.append(
            _share("tones", ("intervals that do not contradict the tones", "旋律不违声调的音程"),
                   n, total, sum(shares) / _DRAWS)
        )  # fmt: skip
    return tuple(checks)


def _shuffled(line: list[Sung], order: list[int]) -> list[Sung]:
    """Return a line with its tones in another order."""
    return [
        Sung(pitch=one.pitch, tone=line[k].tone, after_breath=one.after_breath)
        for one, k in zip(line, order, strict=True)
    ]


def _share(name: str, what: tuple[str, str], n: int, total: int, chance: float) -> Check:
    text = f"{100 * n / total:.3g} % ({n}/{total})"
    return Check(
        name=name, what=what, requested=(f"chance: {100 * chance:.2g} %", f"随机:{100 * chance:.2g} %"),
        measured=same(text), ok=None,
    )  # fmt: skip

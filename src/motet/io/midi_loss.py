"""What of a score a MIDI file cannot say."""

from __future__ import annotations

from collections.abc import Iterator

from motet.io.loaded import Loss
from motet.score import Note, Part, Score

__all__ = ["midi_losses"]


def midi_losses(score: Score) -> tuple[Loss, ...]:
    """Return what `motet.io.midi_write.write_midi` leaves out of a score, with counts.

    Parameters
    ----------
    score : Score

    Returns
    -------
    tuple of Loss
        Empty when reading the file back gives everything.

    Examples
    --------
    >>> from motet.score import make_score
    >>> [loss.localised("en") for loss in midi_losses(make_score("F#4:1 Gb4:1"))]
    ['2 × spellings (F# or Gb) are not written; only the pitch is']
    """
    return tuple(Loss(n, en, zh) for n, en, zh in _count(score) if n)


def _count(score: Score) -> Iterator[tuple[int, str, str]]:
    notes = [note for part in score.parts for note in part.notes]
    yield (
        sum(bool(note.spelling) for note in notes),
        "spellings (F# or Gb) are not written; only the pitch is",
        "未写入音名拼写(F# 或 Gb),只写入音高",
    )
    yield (
        sum(note.voice != 1 or note.staff != 1 or bool(note.ties_tick) for note in notes),
        "notes lose their voice, staff or ties",
        "音符的声部线、谱表或延音线未写入",
    )
    yield (
        sum(bool(note.articulations or note.ornaments) for note in notes),
        "notes lose their articulations and ornaments",
        "音符的奏法与装饰音记号未写入",
    )
    yield (
        sum(bool(note.grace) for note in notes),
        "grace notes are written as notes of their stated duration only",
        "倚音仅按其自身时值写成普通音符",
    )
    yield (
        sum(_count_crossed(part) for part in score.parts),
        "notes end inside a longer note of the same pitch; their ends are exchanged",
        "音符在同音高的较长音符之内结束;两者的结束时间被互换",
    )
    yield (
        sum(len(part.dynamics) + len(part.spans) + len(part.clefs) for part in score.parts),
        "dynamics, slurs, other lines and clefs are not written",
        "未写入力度记号、连线等线条与谱号",
    )
    yield (
        sum(len(part.dynamics) == 0 and part.n_staves > 1 for part in score.parts)
        + sum(bool(part.abbreviation or part.transposition_semi) for part in score.parts),
        "parts lose their number of staves, abbreviation or transposition",
        "声部的谱表数、缩写或移调未写入",
    )
    yield (
        sum(
            lyric.verse != 1 or lyric.extend or lyric.voice != 1
            for part in score.parts
            for lyric in part.lyrics
        ),
        "lyrics of later verses are not written; extension lines and voices neither",
        "未写入第二段及以后的歌词,延长线与声部线亦然",
    )
    yield (
        len(score.repeats) + len(score.endings),
        "repeats, jumps and endings are not written; bars are in written order",
        "未写入反复、跳转与结尾括号;小节按记谱顺序排列",
    )
    yield (
        sum(bool(metre.groups or metre.symbol) for metre in score.metres),
        "metres lose their beat groups or sign (common, cut)",
        "拍号的分组或符号(C、₵)未写入",
    )
    yield (
        sum(metre.numerator > 255 for metre in score.metres),
        "metres with more than 255 beats are not written",
        "未写入超过 255 拍的拍号",
    )
    yield (
        sum(key.mode not in ("major", "minor") for key in score.keys),
        "key signatures lose their mode; only major and minor can be written",
        "调号的调式未写入;只能写入大调与小调",
    )
    yield (
        sum(bool(tempo.text) for tempo in score.tempos),
        "tempos lose their words",
        "速度的文字说明未写入",
    )
    texts = [*score.texts, *(text for part in score.parts for text in part.texts)]
    yield (
        sum(text.kind not in ("text", "copyright", "cue") for text in texts),
        "texts are written as plain text or marker, without their kind",
        "文字仅写成普通文字或标记,不含其类别",
    )


def _count_crossed(part: Part) -> int:
    """Return how many notes end before an earlier one of their pitch does."""
    ends: dict[int, int] = {}
    count = 0
    for note in _by_onset(part):
        last = ends.get(note.pitch, 0)
        count += note.end_tick < last
        ends[note.pitch] = max(last, note.end_tick)
    return count


def _by_onset(part: Part) -> list[Note]:
    return sorted(part.notes, key=lambda note: (note.onset_tick, note.end_tick))

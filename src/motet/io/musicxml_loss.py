"""What of a score a MusicXML file, as Motet writes it, cannot say."""

from __future__ import annotations

from collections.abc import Iterator

from motet.io.loaded import Loss
from motet.io.notation.engrave import EngravedPart, engrave_part
from motet.io.notation.grid import ReadingGrid
from motet.io.notation.metre import UNITS_PER_QN
from motet.io.notation.writing import part_transposition, write_pitch
from motet.io.record_mark import is_mark
from motet.score import Part, Score

__all__ = ["musicxml_losses"]

_WRITTEN_SPANS = frozenset(
    {"slur", "crescendo", "diminuendo", "pedal", "octave-up", "octave-down", "tuplet"}
)
_STEP = UNITS_PER_QN // 4


def musicxml_losses(score: Score) -> tuple[Loss, ...]:
    """Return what `motet.io.musicxml_write.write_musicxml` leaves out of a score, with counts.

    Parameters
    ----------
    score : Score

    Returns
    -------
    tuple of Loss
        Empty when the written music says everything.

    Examples
    --------
    >>> from motet.score import make_score
    >>> [loss.localised("en") for loss in musicxml_losses(make_score("C4:1.01 D4:1"))]
    ['1 × onsets are written at the nearest place of the printed rhythm']
    """
    return tuple(Loss(n, en, zh) for n, en, zh in _count(score) if n)


def _printed_lengths(engraved: EngravedPart) -> dict[int, int]:
    """Return the printed length of each note by its identity; -1 where length is not in question."""
    events = {id(p.event): p.event for bar in engraved.bars for voice in bar for p in voice.pieces}
    lengths: dict[int, int] = {}
    for event in sorted(events.values(), key=lambda one: one.start):
        is_free = event.is_staccato or engraved.part.is_drums
        for note in event.notes:
            before = lengths.get(id(note), 0) if note.pitch in event.tied_in else 0
            lengths[id(note)] = -1 if is_free or before < 0 else before + event.end - event.start
        lengths.update((id(note), -1) for note in event.graces)
    return lengths


def _n_clamped(part: Part) -> int:
    """Return how many notes are written in another octave, for want of theirs."""
    if part.is_drums:
        return 0
    transposition = part_transposition(part)
    edge = [n for n in part.notes if not 14 <= n.pitch + transposition.up_semi <= 128]
    written = [write_pitch(note, transposition=transposition).octave for note in edge]
    return sum(not 0 <= octave <= 9 for octave in written)


def _count(score: Score) -> Iterator[tuple[int, str, str]]:
    grid = ReadingGrid(score)
    tolerance = max(1, UNITS_PER_QN // score.resolution)
    moved = longer = merged = lyrics = octaves = 0
    for part in score.parts:
        engraved = engrave_part(part, grid)
        printed = _printed_lengths(engraved)
        for read in grid.read_part(part):
            moved += abs(grid.place(read.note.onset_tick) - read.start) > tolerance
            length = printed.get(id(read.note))
            if length is None:
                merged += 1
            elif length >= 0:
                longer += abs(length - (read.end - read.start)) > _STEP
        lyrics += engraved.lost_lyrics
        octaves += _n_clamped(part)
    yield (
        moved,
        "onsets are written at the nearest place of the printed rhythm",
        "音符起点写在最接近的记谱节奏位置",
    )
    yield (
        longer,
        "lengths differ by more than a sixteenth note, so that they read well",
        "音符时值为便于阅读而改动超过十六分音符",
    )
    yield (
        merged,
        "notes of one pitch (or one drum line) at one place are written as one",
        "同一位置同音高(或同一鼓谱位置)的音符合写为一个",
    )
    yield (
        lyrics,
        "lyrics have no note of their own and are not written",
        "歌词没有对应的音符,未写入",
    )
    yield (
        octaves,
        "notes lie beyond the octaves 0 to 9 and are written an octave off",
        "音符超出 0 至 9 八度范围,写在相差八度的位置",
    )
    yield (
        sum(len(part.controls) for part in score.parts),
        "controllers, bends and program changes are not written",
        "未写入控制器、弯音与音色变换",
    )
    notes = [note for part in score.parts for note in part.notes]
    yield (
        sum(note.release_velocity not in (0, 64) for note in notes),
        "release velocities are not written",
        "未写入释放力度",
    )
    yield (
        sum("glissando" in note.ornaments for note in notes),
        "glissandos are not written",
        "未写入滑音",
    )
    yield (
        sum(span.kind not in _WRITTEN_SPANS for part in score.parts for span in part.spans),
        "lines other than slurs, hairpins, pedal and octave lines are not written",
        "除连线、渐强渐弱线、踏板与八度线以外的线条未写入",
    )
    yield (
        sum(not is_mark(one) for one in score.raw) + sum(len(part.raw) for part in score.parts),
        "raw MIDI events are not written",
        "未写入 MIDI 原始事件",
    )
    starts = {bar.start_tick for bar in score.bars}
    yield (
        sum(clef.tick not in starts for part in score.parts for clef in part.clefs),
        "clefs inside a bar are written at its start",
        "小节中间的谱号写在小节开头",
    )
    yield (
        sum(abs(grid.snap(tick) - grid.place(tick)) > tolerance for tick in _mark_ticks(score)),
        "chord symbols, words, dynamics and lines are written at the nearest eighth",
        "和弦记号、文字、力度与线条写在最近的八分音符处",
    )
    yield (
        sum(part.role not in ("", "drums") for part in score.parts),
        "roles of parts are not written",
        "未写入声部角色",
    )
    texts = [*score.texts, *(text for part in score.parts for text in part.texts)]
    yield (
        sum(text.kind in ("cue", "copyright") for text in texts),
        "cues and copyright texts are not written",
        "未写入提示与版权文字",
    )


def _mark_ticks(score: Score) -> Iterator[int]:
    """Give the tick of everything that is written above or below a staff."""
    yield from (chord.tick for chord in score.chords)
    yield from (text.tick for text in score.texts)
    for part in score.parts:
        yield from (text.tick for text in part.texts)
        yield from (dynamic.tick for dynamic in part.dynamics)
        for span in part.spans:
            if span.kind not in ("slur", "tuplet"):
                yield from (span.start_tick, span.end_tick)

"""Standard MIDI File bytes to raw events, and the byte at which each stands.

What it is for: a parser that survives damage and can say where it is. Chunks with wrong lengths,
cut-off files, junk, stray bytes and running status across meta events are mended and listed in a
`Ledger`; what cannot be mended raises with the byte.

Conventions: tracks are numbered from 1 for people. Events are those of `motet.io.midi_track`.

Source: Standard MIDI Files 1.0 (MIDI Manufacturers Association, 1996).
"""

from __future__ import annotations

from dataclasses import dataclass

from motet.io.limits import MAX_EVENTS, MAX_NOTES
from motet.io.loaded import Ledger
from motet.io.midi_track import MidiTrack, parse_track

__all__ = ["MAX_CONTROLS", "MAX_TRACKS", "MidiFile", "parse_midi"]

MAX_TRACKS = 8192
MAX_CONTROLS = 300_000
_FRAMES = {24: 500_000, 25: 500_000, 29: 500_500, 30: 500_000}
"""Frames a second in SMPTE time, and microseconds of half as many (29: 30 frames in 1.001 s)."""


@dataclass(frozen=True, slots=True)
class MidiFile:
    """A parsed file. ``quarter_us`` is set where time is SMPTE frames: the tempo that holds."""

    format: int
    resolution: int
    tracks: list[MidiTrack]
    quarter_us: int = 0


def parse_midi(data: bytes, *, ledger: Ledger) -> MidiFile:
    """Return the raw events of a Standard MIDI File.

    Parameters
    ----------
    data : bytes
        A whole file; a RIFF (RMID) wrapper is allowed.
    ledger : Ledger
        Takes the repairs.

    Returns
    -------
    MidiFile

    Raises
    ------
    FormatError
        There is no header or no track, time has no unit, the type is 2 with several tracks, or
        there are too many tracks or events; or any damage when the ledger is strict.

    Examples
    --------
    >>> track = bytes([0, 0x90, 60, 80, 96, 60, 0, 0, 0xFF, 0x2F, 0])
    >>> header = b"MThd" + bytes([0, 0, 0, 6, 0, 0, 0, 1, 0, 96])
    >>> file = parse_midi(header + b"MTrk" + bytes([0, 0, 0, len(track)]) + track, ledger=Ledger())
    >>> file.resolution, file.tracks[0].messages
    (96, [(0, 144, 60, 80, 22), (96, 144, 60, 0, 26)])
    """
    if not data:
        raise ledger.refusal(0, 0, "the file is empty", "文件为空")
    start, data = _find_header(data, ledger)
    if len(data) < start + 14:
        raise ledger.refusal(
            start,
            0,
            "the file ends inside its header; nothing can be read",
            "文件在文件头中就结束了,无法读取",
        )
    size = int.from_bytes(data[start + 4 : start + 8], "big")
    kind = int.from_bytes(data[start + 8 : start + 10], "big")
    told = int.from_bytes(data[start + 10 : start + 12], "big")
    body = start + 8 + size
    if size < 6 or (data[body : body + 4] != b"MTrk" and data[start + 14 : start + 18] == b"MTrk"):
        body = start + 14
        if size != 6:
            ledger.mend(
                start + 4,
                0,
                "the header states a wrong length; the usual 6 bytes were read",
                "文件头的长度有误;按通常的 6 字节读取",
            )
    resolution, quarter_us = _read_division(data, start + 12, ledger)
    if kind > 2:
        ledger.mend(
            start + 8,
            0,
            f"there is no MIDI file type {kind}; it was read as type 1",
            f"不存在 {kind} 型 MIDI 文件;按 1 型读取",
        )
    tracks = _read_chunks(data, body, ledger)
    if not tracks:
        raise ledger.refusal(
            body, 0, "the file has no track (no MTrk chunk)", "文件没有音轨(缺少 MTrk 块)"
        )
    if kind == 2 and len(tracks) > 1:
        raise ledger.refusal(
            start + 8,
            0,
            f"a type 2 file holds {len(tracks)} separate pieces; "
            "save the one you want as type 0 or 1",
            f"2 型文件含有 {len(tracks)} 首各自独立的乐曲;请将所需的一首存为 0 型或 1 型",
        )
    if len(tracks) != told:
        ledger.mend(
            start + 10,
            0,
            f"the header tells of {told} tracks; {len(tracks)} were found and read",
            f"文件头称有 {told} 条音轨;实际找到并读取 {len(tracks)} 条",
        )
    return MidiFile(0 if len(tracks) == 1 and kind != 1 else 1, resolution, tracks, quarter_us)


def _find_header(data: bytes, ledger: Ledger) -> tuple[int, bytes]:
    """Return where the header is, and the data up to where its file ends."""
    found = data.find(b"MThd", 0, 1 << 20)
    if found < 0:
        raise ledger.refusal(
            0,
            0,
            "this is no MIDI file: there is no MThd header in it",
            "这不是 MIDI 文件:其中没有 MThd 文件头",
        )
    if found and data[:4] == b"RIFF" and data[8:12] == b"RMID":
        length = int.from_bytes(data[found - 4 : found], "little")
        if data[found - 8 : found - 4] == b"data" and 14 <= length <= len(data) - found:
            data = data[: found + length]
    elif found:
        ledger.mend(
            0,
            0,
            f"{found} bytes before the header were skipped",
            f"跳过了文件头之前的 {found} 个字节",
        )
    return found, data


def _read_division(data: bytes, at: int, ledger: Ledger) -> tuple[int, int]:
    """Return the resolution, and the tempo that SMPTE time amounts to (0 for metric time)."""
    division = int.from_bytes(data[at : at + 2], "big")
    if division == 0:
        raise ledger.refusal(
            at,
            0,
            "the resolution is 0 ticks a quarter note, so no time can be read; 480 is usual",
            "分辨率为每四分音符 0 个 tick,无法读出时间;常用 480",
        )
    if division < 0x8000:
        return division, 0
    frames, per_frame = 256 - (division >> 8), division & 0xFF
    if frames not in _FRAMES or per_frame == 0:
        raise ledger.refusal(
            at,
            0,
            f"SMPTE time with {frames} frames a second of {per_frame} ticks is not possible; "
            "24, 25, 29 and 30 frames are",
            f"SMPTE 时间不可能是每秒 {frames} 帧、每帧 {per_frame} 个 tick;可用 24、25、29、30 帧",
        )
    ledger.tell(
        at,
        0,
        f"time is in SMPTE frames ({frames} a second), not in quarter notes; "
        "bars were laid at 120 quarter notes a minute",
        f"时间以 SMPTE 帧(每秒 {frames} 帧)而非四分音符计;小节按每分钟 120 个四分音符划分",
    )
    per_second = (30 if frames == 29 else frames) * per_frame
    if per_second % 2:
        return per_second, 2 * _FRAMES[frames]
    return per_second // 2, _FRAMES[frames]


def _read_chunks(data: bytes, pos: int, ledger: Ledger) -> list[MidiTrack]:
    """Return the tracks from a byte on; other chunks are passed over as the standard asks."""
    tracks: list[MidiTrack] = []
    left, left_notes, left_controls = MAX_EVENTS, MAX_NOTES, MAX_CONTROLS
    size = len(data)
    while pos < size:
        name = data[pos : pos + 4]
        if name != b"MTrk":
            pos = _skip_chunk(data, pos, len(tracks), ledger)
            continue
        if len(tracks) >= MAX_TRACKS:
            raise ledger.refusal(
                pos,
                0,
                f"the file has more than {MAX_TRACKS:,} tracks; that many are not read",
                f"文件的音轨超过 {MAX_TRACKS:,} 条,不予读取",
            )
        number = len(tracks) + 1
        start = pos + 8
        if start > size:
            ledger.mend(
                pos,
                number,
                "the file ends inside the head of a track",
                "文件在音轨的开头处就结束了",
            )
            break
        stated = start + int.from_bytes(data[pos + 4 : start], "big")
        limit = stated
        if not _chunk_may_end(data, stated):
            following = data.find(b"MTrk", start)
            limit = size if following < 0 else following
        track, end, has_end = parse_track(data, start, limit, number, left, ledger)
        tracks.append(track)
        left -= len(track.messages) + 2 * len(track.metas)
        left_notes -= sum(1 for _, status, _, two, _ in track.messages if status < 0xA0 and two)
        left_controls -= sum(1 for message in track.messages if message[1] >= 0xA0)
        if left_controls < 0:
            raise ledger.refusal(
                start,
                number,
                f"the file has more than {MAX_CONTROLS:,} controllers, bends and program changes; "
                "that many are not read",
                f"文件的控制器、弯音与音色变化超过 {MAX_CONTROLS:,} 个,不予读取",
            )
        if left < 0 or left_notes < 0:
            raise ledger.refusal(
                start,
                number,
                f"the file has more than {MAX_NOTES:,} notes, or as many texts and tempos; "
                "that many are not read",
                f"文件的音符,或文字与速度等事件,超过 {MAX_NOTES:,} 个,不予读取",
            )
        pos = _settle_end(data, end, stated, limit, has_end, number, ledger)
    return tracks


def _chunk_may_end(data: bytes, at: int) -> bool:
    """Return whether a chunk or the end of the file is at a byte."""
    if at >= len(data):
        return at == len(data)
    name = data[at : at + 4]
    if name == b"MTrk":
        return True
    after = at + 8 + int.from_bytes(data[at + 4 : at + 8], "big")
    return len(name) == 4 and all(32 <= byte < 127 for byte in name) and after <= len(data)


def _settle_end(
    data: bytes, end: int, stated: int, limit: int, has_end: bool, number: int, ledger: Ledger
) -> int:
    """Return where the next chunk is looked for, listing what was wrong with the end."""
    if not has_end:
        ledger.mend(
            end,
            number,
            "the track has no end mark; it was ended after its last event",
            "音轨没有结束标记;在其最后一个事件之后结束",
        )
        return limit
    if end == stated:
        return end
    if limit == stated and data[end : end + 4] != b"MTrk":
        ledger.mend(
            end,
            number,
            f"{stated - end} bytes after the end mark of the track were skipped",
            f"跳过了音轨结束标记之后的 {stated - end} 个字节",
        )
        return stated
    ledger.mend(
        end,
        number,
        "the track states a wrong length; it was read to its end mark",
        "音轨的长度有误;读到其结束标记为止",
    )
    return end


def _skip_chunk(data: bytes, pos: int, n_tracks: int, ledger: Ledger) -> int:
    """Return where reading goes on after something that is no track."""
    name = data[pos : pos + 4]
    after = pos + 8 + int.from_bytes(data[pos + 4 : pos + 8], "big")
    if len(data) - pos >= 8 and name.isalnum() and name.isascii() and after <= len(data):
        ledger.tell(
            pos,
            n_tracks,
            "{n} chunks of a kind that MIDI does not know were passed over",
            "略过了 {n} 个 MIDI 未定义的数据块",
        )
        return after
    following = data.find(b"MTrk", pos + 1)
    stop = len(data) if following < 0 else following
    ledger.mend(
        pos,
        n_tracks,
        f"{stop - pos} bytes between or after the tracks were skipped",
        f"跳过了音轨之间或之后的 {stop - pos} 个字节",
    )
    return stop

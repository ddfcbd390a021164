"""The bytes of one MIDI track to raw events, and the byte at which each stands.

Conventions: ticks are absolute; a message is a tuple ``(tick, status, data 1, data 2, byte)``, a
meta or system event ``(tick, type, data, byte)`` where type is the meta number, or `SYSEX` or
`ESCAPE`.

Source: Standard MIDI Files 1.0 (MIDI Manufacturers Association, 1996).
"""

from __future__ import annotations

from dataclasses import dataclass

from motet.io.limits import MAX_EVENTS
from motet.io.loaded import Ledger

__all__ = ["ESCAPE", "SYSEX", "Message", "Meta", "MidiTrack", "parse_track"]

Message = tuple[int, int, int, int, int]
Meta = tuple[int, int, bytes, int]
SYSEX = 0x1F0
ESCAPE = 0x1F7
_END_OF_TRACK = 0x2F
_SYSTEM_DATA = {0xF1: 1, 0xF2: 2, 0xF3: 1}


@dataclass(frozen=True, slots=True)
class MidiTrack:
    """One track: its messages, its meta and system events, and the tick at which it ends."""

    number: int
    messages: list[Message]
    metas: list[Meta]
    end_tick: int


def parse_track(
    data: bytes, start: int, limit: int, number: int, left: int, ledger: Ledger
) -> tuple[MidiTrack, int, bool]:
    """Return a track, the byte after its last event, and whether it had an end mark.

    Parameters
    ----------
    data : bytes
        The whole file.
    start, limit : int, bytes
        Where the events begin, and where they must have ended.
    number : int
        Of the track, from 1.
    left : int
        How many events the file may still have.
    ledger : Ledger
        Takes the repairs.

    Returns
    -------
    tuple of MidiTrack, int and bool

    Raises
    ------
    FormatError
        There are too many events; or any damage when the ledger is strict.

    Examples
    --------
    >>> data = bytes([0, 0x90, 60, 80, 96, 60, 0, 0, 0xFF, 0x2F, 0])
    >>> track, end, has_end = parse_track(data, 0, len(data), 1, 99, Ledger())
    >>> track.messages, track.end_tick, end, has_end
    ([(0, 144, 60, 80, 0), (96, 144, 60, 0, 4)], 96, 11, True)
    """
    chunk = data[start:limit]
    size = len(chunk)
    messages: list[Message] = []
    metas: list[Meta] = []
    add = messages.append
    now = running = pos = at = 0
    is_stale = has_end = False
    try:
        for _ in range(left + 1):
            if pos >= size:
                break
            at = pos
            delta = chunk[pos]
            pos += 1
            if delta >= 0x80:
                delta, pos = _read_length(chunk, at)
                if pos - at > 4:
                    ledger.mend(
                        start + at,
                        number,
                        "{n} times are written with more than 4 bytes; the first 4 were read",
                        "{n} 处时间的字节数多于 4;只读取前 4 个",
                    )
            now += delta
            status = chunk[pos]
            if status >= 0x80:
                pos += 1
            elif running:
                status = running
                if is_stale:
                    is_stale = False
                    ledger.mend(
                        start + pos,
                        number,
                        "{n} events repeat a status across a meta or system event; "
                        "the status was kept",
                        "{n} 个事件跨越元事件或系统事件沿用状态字节;已照旧沿用",
                    )
            else:
                while chunk[pos] < 0x80:
                    pos += 1
                ledger.mend(
                    start + at,
                    number,
                    "{n} runs of stray bytes without a status were skipped",
                    "跳过了 {n} 段没有状态字节的数据",
                )
                status = chunk[pos]
                pos += 1
            if status < 0xF0:
                running = status
                is_stale = False
                one = chunk[pos]
                if 0xC0 <= status < 0xE0:
                    two = 0
                    pos += 1
                else:
                    two = chunk[pos + 1]
                    pos += 2
                if (one | two) & 0x80:
                    ledger.mend(
                        start + at,
                        number,
                        "{n} events hold a value above 127; it was taken as 127",
                        "{n} 个事件含有大于 127 的数值;按 127 处理",
                    )
                    one, two = min(one, 127), min(two, 127)
                add((now, status, one, two, start + at))
                continue
            is_stale = running != 0
            if status not in (0xFF, 0xF0, 0xF7):
                pos += _SYSTEM_DATA.get(status, 0)
                ledger.mend(
                    start + at,
                    number,
                    "{n} live system messages, which files may not hold, were skipped",
                    "跳过了 {n} 个文件中不允许出现的实时系统消息",
                )
                continue
            kind = SYSEX if status == 0xF0 else ESCAPE
            if status == 0xFF:
                kind = chunk[pos]
                pos += 1
            count, pos = _read_length(chunk, pos)
            if kind == _END_OF_TRACK:
                pos += min(count, 0 if chunk[pos : pos + 4] == b"MTrk" else size - pos)
                has_end = True
                break
            if pos + count > size:
                raise IndexError
            if 0x80 <= kind < SYSEX:
                ledger.mend(
                    start + at,
                    number,
                    "{n} meta events of a type above 127 were left out",
                    "略去了 {n} 个类型编号大于 127 的元事件",
                )
            else:
                metas.append((now, kind, chunk[pos : pos + count], start + at))
            pos += count
        else:
            raise ledger.refusal(
                start + pos,
                number,
                f"the file has more than {MAX_EVENTS:,} events; that many are not read",
                f"文件的事件超过 {MAX_EVENTS:,} 个,不予读取",
            )
    except IndexError:
        ledger.mend(
            start + at,
            number,
            "the last event of the track is cut off and was left out",
            "音轨的最后一个事件不完整,已略去",
        )
        pos = at
    return MidiTrack(number, messages, metas, now), start + pos, has_end


def _read_length(chunk: bytes, pos: int) -> tuple[int, int]:
    """Return a variable-length number and the byte after it; 4 bytes count, more are eaten."""
    value = 0
    for _ in range(4):
        byte = chunk[pos]
        pos += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, pos
    while chunk[pos] >= 0x80:
        pos += 1
    return value, pos + 1

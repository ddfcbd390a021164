"""Raw messages of one track to notes: which note-off ends which note-on.

Conventions: notes of one pitch and channel that overlap end in the order in which they began. A
note without its note-off ends where the same pitch begins again, or at the end of the track.
"""

from __future__ import annotations

from motet.io.loaded import Ledger
from motet.io.midi_track import Message, MidiTrack
from motet.score import Note

__all__ = ["pair_notes"]

_Row = tuple[int, int, int, int, int, int]
_On = tuple[int, int, int]
_Off = tuple[int, int]
_UNKNOWN_RELEASE = 64


def pair_notes(
    track: MidiTrack, *, ledger: Ledger
) -> tuple[dict[int, tuple[Note, ...]], dict[int, list[Message]]]:
    """Return the notes, and the other messages, of each channel of a track.

    Parameters
    ----------
    track : MidiTrack
    ledger : Ledger
        Takes the repairs.

    Returns
    -------
    notes : dict of int to tuple of Note
        By channel, in order of first note-on; each tuple sorted by onset, pitch, duration.
    others : dict of int to list of Message
        Messages that are not notes, by channel, in file order.

    Raises
    ------
    FormatError
        Damage, when the ledger is strict.

    Examples
    --------
    >>> messages = [(0, 0x90, 60, 80, 22), (0, 0xC0, 5, 0, 25), (96, 0x90, 60, 0, 26)]
    >>> notes, others = pair_notes(MidiTrack(1, messages, [], 96), ledger=Ledger())
    >>> [(note.pitch, note.duration_tick) for note in notes[0]], others
    ([(60, 96)], {0: [(0, 192, 5, 0, 25)]})
    """
    rows: dict[int, list[_Row]] = {}
    others: dict[int, list[Message]] = {}
    opened: dict[int, tuple[list[_On], list[_Off]]] = {}
    serial = 0
    for message in track.messages:
        now, status, one, two, byte = message
        if status >= 0xA0:
            others.setdefault(status & 15, []).append(message)
            continue
        key = (status & 15) << 7 | one
        cluster = opened.get(key)
        if status >= 0x90 and two:
            if cluster is None:
                opened[key] = ([(now, two, byte)], [])
                if status & 15 not in rows:
                    rows[status & 15] = []
            else:
                cluster[0].append((now, two, byte))
        elif cluster is None:
            ledger.mend(
                byte,
                track.number,
                "{n} note-offs without a note were ignored",
                "忽略了 {n} 个没有对应音符的音符结束事件",
            )
        else:
            ons, offs = cluster
            release = two if status < 0x90 else _UNKNOWN_RELEASE
            offs.append((now, release))
            if len(offs) == len(ons):
                del opened[key]
                add = rows[status & 15].append
                for (onset, velocity, _), (end, release) in zip(ons, offs):
                    serial += 1
                    add((onset, one, end - onset, serial, velocity, release))
    for key, (ons, offs) in opened.items():
        serial = _close(key, ons, offs, rows[key >> 7], serial, track, ledger)
    return {channel: _make_notes(found) for channel, found in rows.items()}, others


def _close(
    key: int,
    ons: list[_On],
    offs: list[_Off],
    rows: list[_Row],
    serial: int,
    track: MidiTrack,
    ledger: Ledger,
) -> int:
    """Add notes of one pitch of which some have no note-off; return the last serial number."""
    k = 0
    for index, (onset, velocity, byte) in enumerate(ons):
        following = ons[index + 1][0] if index + 1 < len(ons) else track.end_tick
        while k < len(offs) and offs[k][0] <= onset:
            k += 1
        serial += 1
        if k < len(offs) and offs[k][0] <= following:
            end, release = offs[k]
            k += 1
        else:
            end, release = following, _UNKNOWN_RELEASE
            ledger.mend(
                byte,
                track.number,
                "{n} notes without a note-off were ended at the next note of their pitch "
                "or at the end of the track",
                "{n} 个没有结束事件的音符在同音高的下一个音符处或音轨末尾结束",
            )
        rows.append((onset, key & 127, end - onset, serial, velocity, release))
    return serial


def _make_notes(rows: list[_Row]) -> tuple[Note, ...]:
    rows.sort()
    return tuple(
        [
            Note(
                onset_tick=onset,
                duration_tick=duration,
                pitch=pitch,
                velocity=velocity,
                release_velocity=release,
            )
            for onset, pitch, duration, _, velocity, release in rows
        ]
    )

"""Drafts of parts, gathered from MIDI tracks, to parts.

Conventions: a channel's program and bank at a part's first note become `Part.program` and
`Part.bank`; every other message stays a `Control`, in file order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from motet.io.midi_track import Message
from motet.io.midi_words import read_lyrics
from motet.score import Control, Note, Part, RawEvent, Text
from motet.theory.general_midi import GM_PROGRAMS

__all__ = [
    "DRUM_CHANNEL",
    "Draft",
    "assign_lyrics",
    "channel_programs",
    "make_part",
    "spread_messages",
]

DRUM_CHANNEL = 9
_CHANNEL_KINDS = {0xA0: "key-pressure", 0xB0: "cc", 0xC0: "program", 0xD0: "pressure", 0xE0: "bend"}


@dataclass
class Draft:
    """What a track says of one channel that has notes."""

    port: int
    channel: int
    notes: tuple[Note, ...]
    messages: list[Message]
    track_name: str = ""
    instrument: str = ""
    is_one_of_many: bool = False
    role: str = ""
    texts: list[Text] = field(default_factory=list)
    lyrics: list[tuple[int, str]] = field(default_factory=list)
    raw: list[RawEvent] = field(default_factory=list)


def spread_messages(
    drafts: list[Draft], strays: Iterable[tuple[int, int, list[Message]]]
) -> list[RawEvent]:
    """Return the messages of channels without any part, after giving the others to their part.

    Parameters
    ----------
    drafts : list of Draft
        Changed in place: stray messages of a channel go to its first part.
    strays : iterable of (int, int, list of Message)
        Port, channel and messages from tracks in which the channel has no notes.

    Returns
    -------
    list of RawEvent
        Of kind ``"message"``: the status and data bytes; by tick, then channel.

    Examples
    --------
    >>> spread_messages([], [(0, 3, [(0, 0xC3, 5, 0, 22)])])
    [RawEvent(tick=0, kind='message', data=b'\\xc3\\x05')]
    """
    raw = []
    homes: dict[tuple[int, int], Draft] = {}
    for draft in reversed(drafts):
        homes[-1, draft.channel] = homes[draft.port, draft.channel] = draft
    moved: dict[int, list[Message]] = {}
    for port, channel, messages in strays:
        home = homes.get((port, channel)) or homes.get((-1, channel))
        if home is not None:
            moved.setdefault(id(home), home.messages).extend(messages)
            continue
        for tick, status, one, two, _ in messages:
            data = (status, one) if 0xC0 <= status < 0xE0 else (status, one, two)
            raw.append(RawEvent(tick=tick, kind="message", data=bytes(data)))
    raw.sort(key=lambda event: (event.tick, event.data[0] & 15))
    for found in moved.values():
        found.sort(key=lambda message: message[0])
    return raw


def assign_lyrics(drafts: list[Draft], words: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the lyrics that have no part, after giving them to the part that they fit best.

    Parameters
    ----------
    drafts : list of Draft
        Changed in place: the part with most onsets at the lyrics' ticks takes them.
    words : list of (int, str)
        Tick and text, from tracks that are not those of one part.

    Returns
    -------
    list of (int, str)
        All of them when there are no parts, else none.

    Examples
    --------
    >>> assign_lyrics([], [(0, "la")])
    [(0, 'la')]
    """
    if not words or not drafts:
        return words
    ticks = {tick for tick, _ in words}
    fits = [len(ticks.intersection(note.onset_tick for note in draft.notes)) for draft in drafts]
    home = drafts[fits.index(max(fits))]
    home.lyrics = sorted((*home.lyrics, *words), key=lambda word: word[0])
    return []


def channel_programs(drafts: Iterable[Draft]) -> dict[tuple[int, int], tuple[int, int, int]]:
    """Return tick, program and bank that a channel is first given, by port and channel.

    Parameters
    ----------
    drafts : iterable of Draft

    Returns
    -------
    dict of (int, int) to (int, int, int)

    Examples
    --------
    >>> channel_programs([Draft(0, 2, (), [(5, 0xC2, 40, 0, 22)])])
    {(0, 2): (5, 40, 0)}
    """
    found: dict[tuple[int, int], tuple[int, int, int]] = {}
    for draft in drafts:
        slot = (draft.port, draft.channel)
        if slot not in found:
            index = _find_program(draft.messages)
            if index is not None:
                found[slot] = (draft.messages[index[0]][0], index[1], index[2])
    return found


def make_part(draft: Draft, programs: dict[tuple[int, int], tuple[int, int, int]]) -> Part:
    """Return the part of a draft.

    Parameters
    ----------
    draft : Draft
    programs : dict
        From `channel_programs`: a part without a program takes that of its channel.

    Returns
    -------
    Part

    Examples
    --------
    >>> part = make_part(Draft(0, 0, (), [(0, 0xC0, 40, 0, 22)]), {})
    >>> part.program, part.controls
    (40, ())
    """
    first = draft.notes[0].onset_tick if draft.notes else 0
    found = _find_program(draft.messages)
    messages = draft.messages
    if found is None or messages[found[0]][0] > first:
        tick, program, bank = programs.get((draft.port, draft.channel), (0, 0, 0))
        program, bank = (program, bank) if tick <= first else (0, 0)
    else:
        index, program, bank = found
        messages = [
            message
            for k, message in enumerate(messages)
            if k > index or not (k == index or _is_bank(message))
        ]
    is_drums = draft.channel == DRUM_CHANNEL
    usual = "Drums" if is_drums else GM_PROGRAMS[program]
    name = draft.track_name or draft.instrument or usual
    if draft.is_one_of_many and name != usual:
        name = f"{name} ({usual})"
    return Part(
        name=name,
        notes=draft.notes,
        program=program,
        bank=bank,
        channel=draft.channel,
        is_drums=is_drums,
        role=draft.role,
        controls=tuple([_make_control(message) for message in messages]),
        lyrics=read_lyrics(draft.lyrics),
        texts=tuple(draft.texts),
        raw=tuple(draft.raw),
    )


def _is_bank(message: Message) -> bool:
    return 0xB0 <= message[1] < 0xC0 and message[2] in (0, 32)


def _find_program(messages: list[Message]) -> tuple[int, int, int] | None:
    """Return index, program and bank of the first program change, if there is one."""
    coarse = fine = 0
    for k, (_, status, one, two, _) in enumerate(messages):
        if 0xC0 <= status < 0xD0:
            return k, one, coarse << 7 | fine
        if 0xB0 <= status < 0xC0 and one == 0:
            coarse = two
        elif 0xB0 <= status < 0xC0 and one == 32:
            fine = two
    return None


def _make_control(message: Message) -> Control:
    tick, status, one, two, _ = message
    kind = _CHANNEL_KINDS[status & 0xF0]
    if kind == "bend":
        return Control(tick=tick, kind=kind, number=0, value=(two << 7 | one) - 8192)
    if kind in ("program", "pressure"):
        return Control(tick=tick, kind=kind, number=0, value=one)
    return Control(tick=tick, kind=kind, number=one, value=two)

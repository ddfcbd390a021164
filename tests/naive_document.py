"""A document read and written the slow, obvious way: the twin of grammar and codec in the tests.

A document is a dict: ``head`` (list of (family, value)), ``parts`` (list of (slot, program, extras)),
``plan`` (list of bars: section, metre or None if unchanged, length or None if normal, chords), and
``cells`` ((bar, slot) to a list of (pos, duration, pitch, velocity)), ``holes`` (list of (bar, slot)).
"""

from __future__ import annotations

from motet.tokens.vocab import FAMILY_NAMES, FAMILY_OF, VALUE_OF, token_id


def _split(ids):
    return [(FAMILY_NAMES[FAMILY_OF[one]], int(VALUE_OF[one])) for one in ids]


def metre_positions(metre):
    """Length of a bar of a METRE value."""
    return 96 if metre == 64 else (metre // 4 + 1) * 96 // (2, 4, 8, 16)[metre % 4]


class Reader:
    """Takes tokens from the front."""

    def __init__(self, ids):
        self.tokens = _split(ids)
        self.at = 0

    def peek(self):
        return self.tokens[self.at][0] if self.at < len(self.tokens) else "nothing"

    def take(self, family):
        assert self.peek() == family, (self.at, self.tokens[self.at], family)
        self.at += 1
        return self.tokens[self.at - 1][1]

    def maybe(self, family):
        return self.take(family) if self.peek() == family else None

    def number(self, big, small, step):
        base = self.maybe(big)
        return (0 if base is None else step * (base + 1)) + self.take(small)


def _read_cell(reader, is_drums):
    notes, onset, cursor, duration, velocity = [], -1, 0, 0, 9
    while reader.peek() in ("POSX", "POS", "DURX", "DUR", "VEL", "PITCH", "ADD", "DRUM"):
        pos = None
        if reader.peek() in ("POSX", "POS"):
            pos = reader.number("POSX", "POS", 144)
        if reader.peek() in ("DURX", "DUR"):
            duration = reader.number("DURX", "DUR", 96) + 1
        if reader.peek() == "VEL":
            velocity = reader.take("VEL")
        if is_drums:
            onset = onset if pos is None else pos
            notes.append((onset, 6, reader.take("DRUM") + 27, velocity))
            continue
        if reader.peek() == "PITCH":
            onset = cursor if pos is None else pos
            pitch = reader.take("PITCH")
        else:
            assert pos is None
            pitch = reader.take("ADD")
        notes.append((onset, duration, pitch, velocity))
        cursor = onset + duration
    return notes


def read_document(ids):
    """Return what a document says."""
    reader = Reader(ids)
    reader.take("BOS")
    head = [
        (family, reader.take(family))
        for family in ("EXTENT", "STYLE", "EMOTION", "DIFFICULTY", "TEMPO", "KEY")
        if reader.peek() == family
    ]
    parts = []
    while reader.peek() == "PART":
        slot, program = reader.take("PART"), reader.take("PROG")
        extras = [
            (family, reader.take(family))
            for family in ("ROLE", "RANGE", "DENSITY", "POLY")
            if reader.peek() == family
        ]
        parts.append((slot, program, extras))
    drums = {slot for slot, program, _ in parts if program == 128}
    reader.take("PLAN")
    plan = []
    while reader.maybe("PBAR") is not None:
        section, metre, length = reader.maybe("SECTION"), reader.maybe("METRE"), None
        if reader.maybe("BARLEN") is not None:
            length = reader.number("POSX", "POS", 144)
        chords = []
        while reader.peek() in ("POSX", "POS", "CHORD", "NOCHORD"):
            pos = reader.number("POSX", "POS", 144) if reader.peek() in ("POSX", "POS") else 0
            if reader.maybe("NOCHORD") is not None:
                chords.append((pos, -1, None))
            else:
                chords.append((pos, reader.take("CHORD"), reader.maybe("BASS")))
        plan.append((section, metre, length, chords))
    reader.take("NOTES")
    cells, holes = {}, []
    for bar in range(len(plan)):
        reader.take("BAR")
        while reader.peek() == "PART":
            slot = reader.take("PART")
            assert (bar, slot) not in cells
            assert (bar, slot) not in holes
            if reader.maybe("HOLE") is not None:
                holes.append((bar, slot))
            else:
                cells[bar, slot] = _read_cell(reader, slot in drums)
    if reader.maybe("FILL") is not None:
        for bar, slot in holes:
            assert (reader.take("BARREF"), reader.take("PART")) == (bar, slot)
            cells[bar, slot] = _read_cell(reader, slot in drums)
            reader.take("EOH")
    reader.take("EOS")
    assert reader.peek() == "nothing"
    return {"head": head, "parts": parts, "plan": plan, "cells": cells, "holes": holes}


def _number(ids, big, small, step, number):
    if number >= step:
        ids.append(token_id(big, number // step - 1))
    ids.append(token_id(small, number % step))


def write_cell(notes, is_drums):
    """Return the one spelling of the notes of a cell, which may be in any order."""
    ids, last_onset, cursor, duration, velocity = [], None, 0, None, 9
    for pos, dur, pitch, vel in sorted(notes, key=lambda note: (note[0], -note[1], note[2])):
        is_new = pos != last_onset
        if is_new and (is_drums or pos != cursor):
            _number(ids, "POSX", "POS", 144, pos)
        if not is_drums and dur != duration:
            _number(ids, "DURX", "DUR", 96, dur - 1)
        if vel != velocity:
            ids.append(token_id("VEL", vel))
        if is_drums:
            ids.append(token_id("DRUM", pitch - 27))
        else:
            ids.append(token_id("PITCH" if is_new else "ADD", pitch))
        last_onset, cursor, duration, velocity = pos, pos + dur, dur, vel
    return ids


def write_document(document):
    """Return the one spelling of a document."""
    ids = [token_id("BOS")]
    ids += [token_id(family, value) for family, value in document["head"]]
    for slot, program, extras in document["parts"]:
        ids += [token_id("PART", slot), token_id("PROG", program)]
        ids += [token_id(family, value) for family, value in extras]
    drums = {slot for slot, program, _ in document["parts"] if program == 128}
    ids.append(token_id("PLAN"))
    last_metre, last_chord = None, None
    for section, metre, length, chords in document["plan"]:
        ids.append(token_id("PBAR"))
        if section is not None:
            ids.append(token_id("SECTION", section))
        if metre is not None and metre != last_metre:
            ids.append(token_id("METRE", metre))
            last_metre = metre
        if length is not None and length != metre_positions(last_metre):
            ids.append(token_id("BARLEN"))
            _number(ids, "POSX", "POS", 144, length)
        for pos, chord, bass in chords:
            if (chord, bass) == last_chord:
                continue
            last_chord = (chord, bass)
            if pos:
                _number(ids, "POSX", "POS", 144, pos)
            ids.append(token_id("NOCHORD") if chord < 0 else token_id("CHORD", chord))
            if bass is not None and bass != chord // 20:
                ids.append(token_id("BASS", bass))
    ids.append(token_id("NOTES"))
    cells, holes = document["cells"], document["holes"]
    for bar in range(len(document["plan"])):
        ids.append(token_id("BAR"))
        for slot, _, _ in document["parts"]:
            if (bar, slot) in holes:
                ids += [token_id("PART", slot), token_id("HOLE")]
            elif cells.get((bar, slot)):
                ids += [token_id("PART", slot), *write_cell(cells[bar, slot], slot in drums)]
    if holes:
        ids.append(token_id("FILL"))
        for bar, slot in holes:
            ids += [token_id("BARREF", bar), token_id("PART", slot)]
            ids += [*write_cell(cells.get((bar, slot), []), slot in drums), token_id("EOH")]
    return [*ids, token_id("EOS")]

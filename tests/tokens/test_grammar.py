"""The grammar: every walk is a document with one spelling, every document passes, the rest is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.tokens import decode, encode
from motet.tokens.grammar import Grammar, find_error
from motet.tokens.vocab import FAMILIES, FAMILY_NAMES, FAMILY_OF, VOCAB_SIZE, token_id, token_name
from naive_document import read_document, write_document

_STRUCTURE = ("BAR", "PBAR", "NOTES", "PLAN", "PART", "EOS", "EOH", "FILL")
_WAY_OUT = [token_id(name) for name in ("EOS", "FILL", "EOH", "BAR", "NOTES", "PLAN")]


def ids_of(text):
    """Return ids of names such as ``BOS KEY_0``."""
    ids = []
    for word in text.split():
        name, _, value = word.partition("_")
        ids.append(token_id(name, int(value or 0)))
    return ids


HEAD = "BOS KEY_0 PART_0 PROG_0 PART_3 PROG_128 PLAN PBAR METRE_13 PBAR "
NOTES = HEAD + "NOTES BAR "


def next_token(grammar, rng, *, leave):
    """Return a random allowed token, of a random family; structure seldom, or the way out."""
    mask = grammar.mask()
    allowed = np.flatnonzero(mask)
    assert len(allowed), "nothing may come"
    if leave:
        for token in _WAY_OUT:
            if mask[token]:
                return token
    families = np.unique(FAMILY_OF[allowed])
    inner = [one for one in families if FAMILY_NAMES[one] not in _STRUCTURE]
    if inner and len(inner) < len(families) and rng.random() < 0.8:
        families = inner
    chosen = allowed[FAMILY_OF[allowed] == rng.choice(families)]
    return int(chosen[0] if rng.random() < 0.2 else rng.choice(chosen))


def walk(rng, n_tokens):
    """Return a random document that is steered to its end after so many tokens."""
    grammar, ids = Grammar(), []
    while not grammar.is_done:
        token = next_token(grammar, rng, leave=len(ids) >= n_tokens)
        grammar.push(token)
        ids.append(token)
        assert len(ids) < n_tokens + 600
    return ids


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 500))
def test_every_walk_is_a_document_with_one_spelling(seed, n_tokens):
    ids = walk(np.random.default_rng(seed), n_tokens)
    assert write_document(read_document(ids)) == ids
    assert find_error(ids) is None
    assert find_error(ids[:-1])[0] == len(ids) - 1


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 400))
def test_every_walk_is_what_the_codec_writes(seed, n_tokens):
    ids = walk(np.random.default_rng(seed), n_tokens)
    document = read_document(ids)
    grid = decode(ids)
    index = {part.slot: k for k, part in enumerate(grid.parts)}
    says = {slot: dict(extras) for slot, _, extras in document["parts"]}
    families = ("RANGE", "DENSITY", "POLY")
    again = encode(
        grid,
        order=[index[slot] for slot, _, _ in document["parts"]],
        holes=[(bar, index[slot]) for bar, slot in document["holes"]],
        describe=np.array(
            [[says[part.slot].get(name, -1) for name in families] for part in grid.parts], np.int8
        ),
    )
    assert again.tolist() == ids


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_codec_writes_what_the_grammar_allows(seed):
    grid = decode(write_document(random_document(np.random.default_rng(seed))))
    ids = encode(grid, order=range(len(grid.parts))[::-1], holes=[(1, 0)])
    assert find_error(ids.tolist()) is None
    assert decode(ids).equals(grid)


def random_cell(rng, length, *, is_drums):
    """Return random notes of one cell, unique in (pos, pitch)."""
    notes = {}
    for _ in range(rng.integers(1, 12)):
        pos, pitch = int(rng.integers(length)), int(rng.integers(27, 40 if is_drums else 88))
        duration = 6 if is_drums else int(rng.choice([1, 6, 12, 24, 96, 97, 192, 193, 1632]))
        notes[pos, pitch] = (pos, duration, pitch, int(rng.choice([0, 8, 9, 15])))
    return list(notes.values())


def random_document(rng):
    """Return a random document as the naive writer takes it."""
    slots = [int(one) for one in rng.permutation(16)[: rng.integers(1, 5)]]
    parts = [(slot, int(rng.choice([0, 40, 128])), []) for slot in slots]
    lengths = [int(one) for one in rng.choice([1, 2, 72, 96, 144, 145, 300, 1151], 4)]
    plan = []
    for bar, length in enumerate(lengths):
        places = sorted({int(one) for one in rng.integers(0, length, 3)})
        chords = [(pos, int(rng.integers(-1, 240)), None) for pos in places]
        chords = [(p, c, (c // 20 + 3) % 12 if c >= 0 and p % 2 else None) for p, c, _ in chords]
        metre = int(rng.choice([13, 9, 64])) if bar == 0 or rng.random() < 0.3 else None
        plan.append((2 if rng.random() < 0.3 else None, metre, length, chords))
    cells, holes = {}, []
    for bar, length in enumerate(lengths):
        for slot, program, _ in parts:
            choice = rng.random()
            if choice < 0.7:
                cells[bar, slot] = random_cell(rng, length, is_drums=program == 128)
            if choice < 0.2 or choice > 0.9:
                holes.append((bar, slot))
    head = [("STYLE", 3), ("TEMPO", 5), ("KEY", 84)]
    return {"head": head, "parts": parts, "plan": plan, "cells": cells, "holes": holes}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_every_document_passes(seed):
    document = random_document(np.random.default_rng(seed))
    ids = write_document(document)
    assert find_error(ids) is None
    read = read_document(ids)
    for cell, notes in document["cells"].items():
        assert sorted(read["cells"][cell]) == sorted(notes)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_mask_says_exactly_what_may_be_pushed(seed):
    rng = np.random.default_rng(seed)
    ids = walk(rng, 120)
    grammar = Grammar.after(ids[: rng.integers(len(ids))])
    mask = grammar.mask()
    for token in range(VOCAB_SIZE):
        other = grammar.copy()
        if mask[token]:
            other.push(token)
            assert other.length == grammar.length + 1
        else:
            with pytest.raises(ParameterError, match=f"token {token} "):
                other.push(token)
    assert np.array_equal(grammar.mask(), mask), "copies are independent"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("KEY_0", "BOS"),
        ("BOS TEMPO_3 STYLE_2", "KEY"),
        ("BOS PART_0", "KEY"),
        ("BOS STYLE_79", "STYLE 0-68"),
        ("BOS KEY_0 PLAN", "PART 0-15"),
        ("BOS KEY_0 PART_1 PART_2", "PROG"),
        ("BOS KEY_0 PART_1 PROG_0 PART_1", "PART 0 2-15"),
        ("BOS KEY_0 PART_1 PROG_0 POLY_1 ROLE_1", "PART"),
        ("BOS KEY_0 PART_1 PROG_0 ROLE_11", "ROLE 0-9"),
        ("BOS KEY_0 PART_1 PROG_128 RANGE_3", "DENSITY"),
        ("BOS KEY_0 PART_1 PROG_0 PLAN NOTES", "PBAR"),
        ("BOS KEY_0 PART_1 PROG_0 PLAN PBAR NOTES", "METRE"),
        (HEAD + "METRE_13", "METRE 0-12 14-64"),
        (HEAD + "BARLEN POS_96", "POS 1-95"),
        (HEAD + "BARLEN POS_0", "POS 1-95"),
        (HEAD + "POS_0", "POS 1-95"),
        (HEAD + "POS_96", "POS 1-95"),
        (HEAD + "POSX_0", "POS 1-95"),
        (HEAD + "CHORD_0 CHORD_5", "BASS"),
        (HEAD + "CHORD_25 BASS_1", "BASS 0 2-11"),
        (HEAD + "CHORD_25 POS_40 NOCHORD BASS_1", "POS 41-95"),
        (HEAD + "CHORD_25 POS_40 POS_50", "NOCHORD"),
        (HEAD + "NOTES EOS", "BAR"),
        (NOTES + "EOS", "BAR"),
        (NOTES + "FILL", "BAR"),
        (NOTES + "BAR BAR", "EOS"),
        (NOTES + "BAR FILL", "EOS"),
        (NOTES + "PART_1", "PART 0 3"),
        (NOTES + "PART_3 HOLE PART_0", "BAR"),
        (NOTES + "PART_0 HOLE PART_0", "PART 3"),
        (NOTES + "PART_0 BAR", "HOLE"),
        (NOTES + "PART_0 PITCH_60", "DUR 0-95"),
        (NOTES + "PART_0 POS_0", "POS 1-95"),
        (NOTES + "PART_0 DUR_23 ADD_60", "PITCH"),
        (NOTES + "PART_0 DUR_23 VEL_9", "VEL 0-8 10-15"),
        (NOTES + "PART_0 DUR_23 BAR", "PITCH"),
        (NOTES + "PART_0 DUR_23 PITCH_60 POS_24", "POS 1-23 25-95"),
        (NOTES + "PART_0 DUR_23 PITCH_60 DUR_23", "DUR 0-22 24-95"),
        (NOTES + "PART_0 DUR_23 PITCH_60 ADD_60", "ADD 61-127"),
        (NOTES + "PART_0 DUR_23 PITCH_60 HOLE", "BAR"),
        (NOTES + "PART_0 DUR_23 PITCH_60 POS_40 POS_50", "PITCH"),
        (NOTES + "PART_0 DUR_23 PITCH_60 POS_40 ADD_62", "PITCH"),
        (NOTES + "PART_0 DURX_0 DUR_23 PITCH_60 PITCH_60", "ADD"),
        (NOTES + "PART_0 DURX_0 DUR_23 PITCH_60 DURX_0 DUR_30", "DUR 0-22"),
        (NOTES + "PART_0 DUR_23 PITCH_60 DUR_22 ADD_60", "ADD 0-59 61-127"),
        (NOTES + "PART_3 DRUM_3", "POS 0-95"),
        (NOTES + "PART_3 DUR_3", "POS 0-95"),
        (NOTES + "PART_3 POS_0 PITCH_3", "DRUM"),
        (NOTES + "PART_3 POS_0 DRUM_9 DRUM_9", "DRUM 10-60"),
        (NOTES + "PART_3 POS_0 DRUM_60 VEL_3", "POS 1-95"),
        (NOTES + "PART_0 HOLE BAR EOS", "FILL"),
        (NOTES + "PART_0 HOLE BAR FILL EOS", "BARREF 0"),
        (NOTES + "PART_0 HOLE BAR FILL BARREF_0 PART_3", "PART 0"),
        (NOTES + "PART_0 HOLE BAR FILL BARREF_0 PART_0 EOS", "EOH"),
        (NOTES + "PART_0 HOLE BAR FILL BARREF_0 PART_0 EOH BARREF_0", "EOS"),
        (NOTES + "BAR EOS BAR", "may come: -"),
    ],
)
def test_what_may_not_come_is_refused_in_words(text, what):
    *good, bad = ids_of(text)
    grammar = Grammar.after(good)
    with pytest.raises(ParameterError) as caught:
        grammar.push(bad)
    message, zh = caught.value.en, caught.value.zh
    assert token_name(bad) in message
    assert what in message
    assert "不能出现" in zh
    assert grammar.length == len(good)
    assert find_error([*good, bad]) == (len(good), message)


def test_the_state_can_be_read():
    text = NOTES.replace("PBAR METRE_13", "PBAR SECTION_1 METRE_13 CHORD_25 POS_48 CHORD_0 BASS_4")
    grammar = Grammar.after(ids_of(text + "PART_0 POS_12 DURX_0 DUR_1 VEL_11 PITCH_60 DUR_3"))
    frame, cell = grammar.frame, grammar.cell
    assert (grammar.phase, grammar.bar, grammar.part, grammar.is_drums) == ("notes", 0, 0, False)
    assert (frame.key, frame.slots, frame.programs) == (0, [0, 3], {0: 0, 3: 128})
    assert (frame.bar_lengths, frame.metres, frame.sections) == ([96, 96], [13, 13], [1, -1])
    assert frame.chords == [[(0, 25, -1), (48, 0, 4)], []]
    assert (cell.onset, cell.cursor, cell.duration, cell.velocity) == (12, 110, 98, 11)
    assert (cell.said_duration, cell.said_pos, cell.group) == (4, -1, [60])
    assert cell.notes == [(12, 98, 60, 11)]
    assert not grammar.cell_may_end


def test_holes_are_answered_in_order():
    text = NOTES + "PART_0 HOLE PART_3 HOLE BAR PART_0 DUR_5 PITCH_60 PART_3 HOLE FILL"
    grammar = Grammar.after(ids_of(text))
    assert grammar.holes == [(0, 0), (0, 3), (1, 3)]
    for bar, slot in grammar.holes:
        assert np.flatnonzero(grammar.mask()).tolist() == [token_id("BARREF", bar)]
        grammar.push(token_id("BARREF", bar))
        grammar.push(token_id("PART", slot))
        assert (grammar.bar, grammar.part, grammar.is_drums) == (bar, slot, slot == 3)
        assert grammar.cell_may_end
        grammar.push(token_id("EOH"))
    grammar.push(token_id("EOS"))
    assert not grammar.mask().any()


@pytest.mark.parametrize("token", [-1, VOCAB_SIZE])
def test_ids_outside_the_vocabulary_are_refused(token):
    with pytest.raises(ParameterError, match=f"token {token} may not come at place 0"):
        Grammar().push(token)


def test_reserved_ids_never_come():
    rng = np.random.default_rng(5)
    reserved = FAMILIES["RESERVED"].start
    for _ in range(5):
        grammar = Grammar()
        for token in walk(rng, 200):
            assert not grammar.mask()[reserved:].any()
            grammar.push(token)

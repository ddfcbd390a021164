"""Documents about to be written: their grammar, told less, allows what it would allow if told all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from motet.engine.candidate import Candidate, Task
from motet.engine.document import Document, open_answers, open_bars
from motet.engine.rules import CellRules, link_rules
from motet.tokens import GRID_NOTE, GridScore, describe_parts, token_id, token_name
from motet.tokens.grammar import Grammar


@pytest.fixture
def known(frame: GridScore) -> GridScore:
    """Bass and drums in every bar, a melody in bars 1, 2 and 6."""
    notes = [(bar, 1, 0, 36, 40 + bar, 9) for bar in range(8)]
    notes += [(bar, 2, 0, 6, 36, 9) for bar in range(8)]
    notes += [(bar, 0, 24, 24, 64, 9) for bar in (0, 1, 5)]
    return replace(frame, notes=np.sort(np.array(notes, dtype=GRID_NOTE), order=["bar", "part"]))


def _open(grid: GridScore, bar: int) -> Document:
    return open_bars(
        grid, bar, 7, order=(1, 2, 0), describe=describe_parts(grid), limit=1024, spare=32
    )


def test_the_grammar_behind_a_prompt_allows_what_it_would_when_told_all(known: GridScore) -> None:
    made = _open(known, 2)
    told, quick = Grammar.after(made.prompt), made.grammar.copy()
    assert made.prompt[-1] == token_id("BAR")
    assert (quick.bar, quick.phase, quick.slots) == (told.bar, told.phase, told.slots)
    for token in [token_id("PART", 1), *made.given[2, 1]]:
        told.push(token)  # quick is not told of the bass
    for token in (token_id("PART", 0), token_id("DUR", 23), token_id("PITCH", 60)):
        for grammar in (told, quick):
            grammar.push(token)
        assert np.array_equal(told.mask(), quick.mask())
    assert told.cell is not None
    assert quick.cell is not None
    assert told.cell.notes == quick.cell.notes


def test_the_prompt_is_whole_and_given_cells_are_by_bar_of_the_piece(known: GridScore) -> None:
    made = _open(known, 4)
    assert made.span.start == 0
    assert [token_name(one) for one in made.given[5, 0]] == ["POS_24", "DUR_23", "PITCH_64"]
    assert (4, 0) not in made.given
    names = [token_name(one) for one in made.prompt]
    assert names[names.index("NOTES") + 1 :].count("PART_1") == 4


def test_holes_are_known_to_the_grammar_in_their_order(known: GridScore) -> None:
    left = {(2, 0), (4, 0), (6, 0)}
    made = open_answers(
        known,
        left,
        {(2, 0), (4, 0)},
        order=(1, 2, 0),
        describe=describe_parts(known),
        limit=1024,
    )
    told = Grammar.after(made.prompt)
    assert made.grammar.holes == told.holes
    assert np.array_equal(made.grammar.mask(), told.mask())
    assert made.asked == ((2, 0), (4, 0), (6, 0))
    assert made.n_answers == 2


def test_what_candidates_write_is_a_document_though_the_grammar_was_not_told(
    known: GridScore,
) -> None:
    rules = {(bar, 0): CellRules(min_onsets=1, max_onsets=3, max_group=1) for bar in (2, 3, 6, 7)}
    linked = link_rules(rules, bar_lengths=known.bars["length"].tolist(), drum_parts={2})
    task = Task(
        grid=known,
        rules=linked,
        order=(1, 2, 0),
        describe=describe_parts(known),
        seed=3,
        limit=1024,
    )
    for number in range(3):
        candidate = Candidate(task, number)
        script = candidate.write()
        ask, docs = next(script, None), []
        while ask is not None:
            docs = docs if docs and docs[-1] is candidate.doc else [*docs, candidate.doc]
            try:
                ask = script.send(int(ask.allowed[int(ask.point * len(ask.allowed))]))
            except StopIteration:
                ask = None
        assert len(docs) == 2  # answers to holes, then the open end
        for doc in docs:
            Grammar.after(doc)  # raises where a token may not come
    assert sorted(task.openings) == [(-1, -1)]  # shared; what follows depends on the answers

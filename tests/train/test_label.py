"""Kinds and documents of packed rows, against a token at a time."""

from __future__ import annotations

import numpy as np
import torch

from motet.score import make_score
from motet.tokens import count_notes, encode, score_to_grid
from motet.tokens.vocab import FAMILIES, FAMILY_NAMES, FAMILY_OF
from motet.train.label import KINDS, PITCH_KIND, label_rows

torch.set_num_threads(1)


def slow_labels(ids: list[int]) -> tuple[list[int], list[int]]:
    """One token at a time."""
    note_kinds = {"POSX": 4, "POS": 4, "DURX": 5, "DUR": 5, "VEL": 6}
    note_kinds |= dict.fromkeys(("PITCH", "ADD", "DRUM"), 7)
    segments, kinds, phase = [], [], "header"
    for one in ids:
        name = FAMILY_NAMES[FAMILY_OF[one]]
        segments.append((segments[-1] if segments else 0) + (name == "BOS"))
        phase = {"BOS": "header", "PLAN": "plan", "NOTES": "notes"}.get(name, phase)
        if name == "PAD":
            kinds.append(0)
        elif phase == "notes":
            kinds.append(note_kinds.get(name, 3))
        else:
            kinds.append(KINDS.index(phase))
    return segments, kinds


def test_labels_agree_with_the_slow_way() -> None:
    grids = [
        score_to_grid(make_score("C4:1 E4:2 G4:1 | C5+E5:4", "C3:4 | r:2 G2:2", chords="C:8")).grid,
        score_to_grid(make_score("drums 36:1 38:1 36:2")).grid,
    ]
    documents = [encode(grids[0], holes=[(1, 0)]), encode(grids[1])]
    row = np.concatenate([*documents, np.zeros(5, np.int32)])
    segments, kinds = label_rows(torch.from_numpy(row.astype(np.int64))[None])
    assert (segments[0].tolist(), kinds[0].tolist()) == slow_labels(row.tolist())
    assert int((kinds == PITCH_KIND).sum()) == sum(map(count_notes, documents))


def test_positions_in_the_plan_are_no_notes() -> None:
    ids = [FAMILIES[name].start for name in ("BOS", "PLAN", "PBAR", "POS", "CHORD", "NOTES", "POS")]
    _, kinds = label_rows(torch.tensor([ids]))
    assert kinds[0].tolist() == [1, 2, 2, 2, 2, 3, 4]

"""Edits as steps: whatever is done, nothing breaks, and undo gives back what was."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from motet.errors import ConstraintError, MotetError, ParameterError
from motet.project import Project
from motet.score import make_score
from motet.server.edit_steps import edit_project
from motet.server.schemas.op import Op
from motet.server.store import Changed, Store
from motet.server.views import project_json

_OP: TypeAdapter[Any] = TypeAdapter(Op)
_bar, _end, _part = st.integers(0, 2), st.integers(2, 3), st.integers(0, 1)


def _ops(*rows: dict[str, Any]) -> list[Any]:
    return [_OP.validate_python(row) for row in rows]


def _kind(name: str, /, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"op": st.just(name), **fields})


_note = st.tuples(
    st.integers(0, 9000), st.integers(1, 2000), st.integers(30, 90), st.integers(1, 127)
)
_ANY = st.one_of(
    _kind("set_notes", part=_part, start_bar=_bar, end_bar=_end, notes=st.lists(_note, max_size=4)),
    _kind("set_chord", tick=st.integers(0, 9000), symbol=st.sampled_from(["Am7", "", "G7", "?"])),
    _kind("set_section", bar=_bar, label=st.sampled_from(["A", "B", ""])),
    _kind("set_tempo", tick=st.integers(0, 9000), qpm=st.integers(40, 200)),
    _kind("set_metre", bar=_bar, metre=st.sampled_from(["3/4", "4/4", "6/8", "x"])),
    _kind("set_part", part=_part, name=st.sampled_from(["Flute", "Bass"]), volume=st.integers(0, 127)),
    _kind("add_part", name=st.sampled_from(["Flute", "Oboe"]), at=st.none() | _part),
    _kind("remove_part", part=_part),
    _kind("move_part", part=_part, to=_part),
    _kind("insert_bars", at=_bar, n=st.integers(1, 2)),
    _kind("remove_bars", start=_bar, end=_end),
    _kind("duplicate_bars", start=_bar, end=_end, at=st.none() | _bar),
    _kind("clear_cells", start_bar=_bar, end_bar=_end),
    _kind("transpose", shift_semi=st.integers(-12, 12), start_bar=_bar, end_bar=_end),
)  # fmt: skip


@given(steps=st.lists(st.lists(_ANY, min_size=1, max_size=3), max_size=6), lock=st.booleans())
@settings(max_examples=25, deadline=None)
def test_whatever_is_done_can_be_undone(steps: list[list[dict[str, Any]]], lock: bool) -> None:
    store = Store("sqlite://")
    store.start()
    score = make_score("C4:4 D4:4 E4:4", "C3:4 D3:4 E3:4", chords="C:4 G:4 C:4")
    name = store.create(Project.start(score))
    first = store.load(name).project
    if lock:
        store.change(name, lambda project: project.lock("Part 1:2"))
    held = store.load(name).project.locks
    seen = [first.score]
    for rows in steps:
        with contextlib.suppress(MotetError):
            found, _ = store.change(
                name, lambda project, rows=rows: edit_project(project, _ops(*rows))
            )  # type: ignore[misc]
            seen.append(found.project.score)
            parts = found.project.score.parts
            assert len({part.name for part in parts}) == len(parts)
            rows_of = found.project.current.written
            assert [len(row) for row in rows_of] == [found.project.score.n_bars] * len(parts)
            for row, part in zip(rows_of, parts, strict=True):
                bars = {found.project.score.bar_at(note.onset_tick) for note in part.notes}
                assert {bar for bar, letter in enumerate(row) if letter != "."} == bars
            if lock:
                bar, k = next(iter(found.project.locks[0].cells(found.project.score)))
                here = found.project.score
                start = here.bars[bar].start_tick
                kept = [
                    (note.onset_tick - start, note.pitch)
                    for note in here.parts[k].notes
                    if here.bar_at(note.onset_tick) == bar
                ]
                assert kept == [(0, 62)]
    again = Store(store.url)
    again._engine = store.engine
    for score in reversed(seen):
        assert again.load(name).project.score == score
        project_json(again.load(name))
        if score is not seen[0]:
            again.change(name, lambda project: project.undo())
    assert again.load(name).project.locks == held
    for score in seen[1:]:
        again.change(name, lambda project: project.redo())
        assert again.load(name).project.score == score
    store.stop()


def test_what_moved_keeps_its_writers() -> None:
    project = Project.start(make_score("C4:4 D4:4", "C3:4 D3:4"))
    rows = ["ma", "am"]
    project.edit(
        project.score.with_parts(*project.score.parts[::-1]), written=rows, base=project.score
    )
    project = Project.start(make_score("C4:4 D4:4", "C3:4 D3:4"))
    node = edit_project(
        project,
        _ops(
            {"op": "insert_bars", "at": 1, "n": 1},
            {"op": "set_notes", "part": 0, "start_bar": 1, "end_bar": 2, "notes": [(1920, 480, 60, 80)]},
            {"op": "move_part", "part": 1, "to": 0},
        ),
    )  # fmt: skip
    assert node.written == ("h.h", "hhh")
    assert node.cells == ("Part 1:2",)
    assert node.options == {"moved": {"bars": [0, -1, 1], "parts": [1, 0]}}


def test_a_volume_is_a_step_and_goes_into_the_file() -> None:
    project = Project.start(make_score("C4:4"))
    node = edit_project(project, _ops({"op": "set_part", "part": 0, "volume": 70, "pan": 20}))
    told = {one.number: one.value for one in project.score.parts[0].controls}
    assert (told, node.options) == ({7: 70, 10: 20}, {})
    view = Changed(project, project_id="x", revision=2, updated="", view={})
    assert b'"volume":70,"pan":20' in project_json(view)


def test_what_is_locked_is_refused_whole() -> None:
    project = Project.start(make_score("C4:4 D4:4"))
    project.lock("Part 1:2")
    with pytest.raises(ConstraintError, match="Part 1:2"):
        edit_project(
            project,
            _ops(
                {"op": "set_tempo", "tick": 0, "qpm": 60},
                {"op": "clear_cells", "start_bar": 0, "end_bar": 2},
            ),
        )
    assert len(project.tree) == 1
    edit_project(project, _ops({"op": "set_tempo", "tick": 0, "qpm": 60}))
    with pytest.raises(ParameterError, match="nothing would change"):
        edit_project(project, _ops({"op": "set_tempo", "tick": 0, "qpm": 60}))

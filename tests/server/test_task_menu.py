"""The menu of tasks names what the tasks really take."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import pytest

from motet.project.propose import TASKS
from motet.server.task_menu import TASK_MENU, MenuTask
from motet.tasks.extend import OPTIONS
from motet.theory.instrument import find_instrument


def _function(task: str) -> Any:
    found = getattr(importlib.import_module("motet.tasks"), TASKS[task], None)
    if task == "infill":
        found = importlib.import_module("motet.tasks.infill").infill_candidates
    return getattr(found, TASKS[task], found)


def test_every_task_is_on_the_menu() -> None:
    assert {one.name for one in TASK_MENU} == set(TASKS)


@pytest.mark.parametrize("task", TASK_MENU, ids=[one.name for one in TASK_MENU])
def test_options_are_those_of_the_task(task: MenuTask) -> None:
    taken = set(inspect.signature(_function(task.name)).parameters)
    if task.name in ("infill", "continue"):
        taken |= set(OPTIONS)
    if task.name in ("vary", "melody"):
        taken |= {"temperature", "style", "key", "candidates"}
    if task.name in ("accompany", "harmonise", "humanise"):
        taken |= {"style"}
    assert {one.name for one in task.options} <= taken


@pytest.mark.parametrize("task", TASK_MENU, ids=[one.name for one in TASK_MENU])
def test_defaults_are_allowed_by_their_own_menu(task: MenuTask) -> None:
    for option in task.options:
        values = {value for value, _, _ in option.choices}
        if option.kind == "choice":
            assert option.default in values
        if option.kind == "choices":
            assert set(option.default) <= values
        if option.low is not None and option.default is not None:
            assert option.low <= option.default <= (option.high or option.low)


def test_roles_of_accompaniment_can_be_asked_for() -> None:
    from motet.brief.role import is_role

    parts = next(one for one in TASK_MENU if one.name == "accompany").options[0]
    assert all(is_role(value) for value, _, _ in parts.choices)
    assert find_instrument("piano").program == 0

"""Errors: every one that is raised speaks English and Chinese, and all leaves have a code."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from motet import errors
from motet.errors import MotetError

NAMES = set(errors.__all__)
CODES = {
    "ParameterError": (2, 422),
    "FormatError": (3, 400),
    "CorpusError": (4, 500),
    "BundleError": (5, 500),
    "ConstraintError": (6, 409),
    "BusyError": (7, 503),
}


def missing_chinese(tree: ast.AST) -> list[int]:
    """Lines that build one of our errors without ``zh=`` (or ``**``, or as a plain subclass)."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in NAMES:
            keywords = {one.arg for one in node.keywords}
            if not keywords & {"zh", None}:
                lines.append(node.lineno)
    return lines


def has_han(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_each_raise_has_chinese(modules: list[Any]) -> None:
    found = [f"{one.name}:{line}" for one in modules for line in missing_chinese(one.tree)]
    assert not found, "\n".join(found)


def test_plain_chinese_texts_are_chinese(modules: list[Any]) -> None:
    wrong = []
    for module in modules:
        for node in ast.walk(module.tree):
            for one in node.keywords if isinstance(node, ast.Call) else ():
                value = one.value
                is_text = one.arg == "zh" and isinstance(value, ast.Constant) and value.value
                if is_text and not has_han(str(value.value)):
                    wrong.append(f"{module.name}:{node.lineno}")
    assert not wrong, "\n".join(wrong)


def test_a_missing_translation_would_be_seen() -> None:
    assert missing_chinese(ast.parse("raise ParameterError('no')")) == [1]
    assert missing_chinese(ast.parse("raise ParameterError('no', zh='不')")) == []


def test_the_tree_has_the_leaves_that_are_promised() -> None:
    leaves = {one.__name__: (one.exit_code, one.http_status) for one in MotetError.__subclasses__()}
    assert {name: leaves[name] for name in CODES} == CODES


@pytest.mark.parametrize("name", sorted(CODES))
def test_every_leaf_speaks_both_languages(name: str) -> None:
    error = getattr(errors, name)("no", zh="不", path="a.mid", place="bar 2")
    assert str(error) == "a.mid, bar 2: no"
    assert error.localised("zh") == "a.mid,第 2 小节:不"

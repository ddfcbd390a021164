"""Menus: complete, in both languages, and nothing in them that the rest of Motet does not know."""

from __future__ import annotations

from typing import Any

from motet.api import styles
from motet.server.meta import make_meta
from motet.server.schemas.meta import Meta
from motet.tasks.ensemble.band import ENSEMBLES


def _texts(value: Any) -> list[tuple[str, str]]:
    """Return every text of a tree in both languages."""
    if isinstance(value, dict):
        own = [(value["en"], value["zh"])] if "en" in value and "zh" in value else []
        return own + [one for each in value.values() for one in _texts(each)]
    if isinstance(value, list):
        return [one for each in value for one in _texts(each)]
    return []


def test_the_menus_hold_what_motet_has() -> None:
    meta = make_meta()
    Meta.model_validate(meta)
    assert [one["name"] for one in meta["styles"]] == [one.name for one in styles()]
    assert [one["program"] for one in meta["instruments"]] == list(range(128))
    assert {one["name"] for one in meta["ensembles"]} == set(ENSEMBLES)
    assert [one["program"] for one in meta["drum_kits"]] == [0, 8, 16, 24, 25, 32, 40, 48]
    assert "small" in meta["bundles"]


def test_every_text_exists_in_both_languages() -> None:
    texts = [pair for pair in _texts(make_meta()) if any(pair)]
    assert len(texts) > 600
    missing = [
        pair
        for pair in texts
        if not pair[0] or not any("\u3400" <= sign <= "\u9fff" for sign in pair[1])
    ]
    assert missing == []


def test_families_hold_eight_programs_each() -> None:
    families = make_meta()["families"]
    assert [program for one in families for program in one["programs"]] == list(range(128))
    assert all(len(one["programs"]) == 8 for one in families)

"""What the studio's menus hold: styles, moods, roles, instruments, ensembles, tasks, limits.

Conventions: made once a process; every text in English and Chinese. Programs count from 0.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import Any

from motet.server.meta_words import LAYER_WORDS, MOODS, SOUNDS_ZH
from motet.server.task_menu import TASK_MENU, MenuOption, MenuTask
from motet.tasks.feel_options import SLIDERS, TASK_SLIDERS

__all__ = ["make_meta"]

_MOST_CANDIDATES = 8
_MOST_BARS = 400
_HUM_S = 60.0


@cache
def make_meta() -> dict[str, Any]:
    """Return what menus hold, as plain values.

    Returns
    -------
    dict
        As `motet.server.schemas.meta.Meta`.

    Examples
    --------
    >>> meta = make_meta()
    >>> len(meta["instruments"]), meta["instruments"][73]["en"], meta["moods"][0]["zh"]
    (128, 'Flute', '欢快')
    """
    from motet import __version__
    from motet.engine import list_bundles

    return {
        "version": __version__,
        "styles": _styles(),
        "moods": [
            {"name": name, "en": en, "zh": zh, "valence": valence, "arousal": arousal}
            for name, en, zh, valence, arousal in MOODS
        ],
        "roles": _roles(),
        "families": _families(),
        "instruments": _instruments(),
        "drum_kits": _drum_kits(),
        "drum_keys": _drum_keys(),
        "ensembles": _ensembles(),
        "tasks": [_task(one) for one in TASK_MENU],
        "sliders": [{"name": name, "en": en, "zh": zh} for name, (en, zh) in SLIDERS.items()],
        "feels": _feels(),
        "articulations": _articulations(),
        "layers": [{"name": name, "en": en, "zh": zh} for name, (en, zh) in LAYER_WORDS.items()],
        "bundles": sorted(list_bundles()),
        "limits": _limits(),
    }


def _styles() -> list[dict[str, Any]]:
    from motet.api import styles

    return [
        {
            "name": one.name, "en": one.title_en, "zh": one.title_zh, "metre": one.metre,
            "qpm": one.qpm, "group": one.group,
            "parts": [{"en": en, "zh": zh} for en, zh in zip(one.parts, one.parts_zh, strict=True)],
        }
        for one in styles()
    ]  # fmt: skip


def _roles() -> list[dict[str, Any]]:
    from motet.brief.role import ROLE_HABITS

    return [{"name": name, "en": name, "zh": one.name_zh} for name, one in ROLE_HABITS.items()]


def _families() -> list[dict[str, Any]]:
    from motet.theory.general_midi import GM_FAMILIES

    return [
        {"name": en, "en": en.capitalize(), "zh": zh, "programs": list(range(8 * k, 8 * k + 8))}
        for k, (en, zh) in enumerate(GM_FAMILIES)
    ]


def _instruments() -> list[dict[str, Any]]:
    from motet.theory.general_midi import GM_PROGRAMS, program_family
    from motet.theory.instrument import INSTRUMENTS

    chinese: dict[int, str] = {}
    names: dict[int, str] = {}
    for one in INSTRUMENTS.values():
        if not one.is_drums:
            chinese.setdefault(one.program, one.name_zh)
            names.setdefault(one.program, one.identifier)
    return [
        {
            "program": program, "en": english, "zh": chinese.get(program) or SOUNDS_ZH[program],
            "family": program_family(program), "name": names.get(program, ""),
        }
        for program, english in enumerate(GM_PROGRAMS)
    ]  # fmt: skip


def _drum_kits() -> list[dict[str, Any]]:
    from motet.theory.instrument import INSTRUMENTS

    return [
        {"program": one.program, "en": one.name, "zh": one.name_zh, "name": one.identifier}
        for one in INSTRUMENTS.values()
        if one.is_drums
    ]


def _drum_keys() -> list[dict[str, Any]]:
    from motet.theory.general_midi import DRUM_KEYS

    return [{"pitch": one.pitch, "en": one.name, "zh": one.name_zh} for one in DRUM_KEYS.values()]


def _ensembles() -> list[dict[str, Any]]:
    from motet.tasks.ensemble.band import ENSEMBLES

    return [
        {"name": one.identifier, "en": one.name, "zh": one.name_zh, "n_players": len(one.instruments)}
        for one in ENSEMBLES.values()
    ]  # fmt: skip


def _feels() -> list[dict[str, Any]]:
    from motet.brief.manner import FEELS

    return [{"name": name, "en": name.replace("-", " "), "zh": zh} for name, zh in FEELS.items()]


def _articulations() -> list[dict[str, Any]]:
    from motet.brief.manner import MANNERS

    return [{"name": name, "en": name, "zh": zh} for name, zh in MANNERS.items()]


def _task(one: MenuTask) -> dict[str, Any]:
    return {
        "name": one.name, "en": one.title[0], "zh": one.title[1], "adds": one.adds,
        "sliders": list(TASK_SLIDERS[one.name]),
        "says": {"en": one.says[0], "zh": one.says[1]},
        "options": [_option(option) for option in one.options],
    }  # fmt: skip


def _option(one: MenuOption) -> dict[str, Any]:
    found = asdict(one)
    title, says = found.pop("title"), found.pop("says")
    found["choices"] = [{"value": value, "en": en, "zh": zh} for value, en, zh in one.choices]
    return {**found, "en": title[0], "zh": title[1], "says": {"en": says[0], "zh": says[1]}}


def _limits() -> dict[str, Any]:
    from motet.server.upload_limits import SCORE_BYTES, SOUND_BYTES

    return {
        "score_bytes": SCORE_BYTES,
        "sound_bytes": SOUND_BYTES,
        "hum_s": _HUM_S,
        "n_candidates": _MOST_CANDIDATES,
        "n_bars": _MOST_BARS,
    }

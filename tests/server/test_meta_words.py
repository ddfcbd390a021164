"""Moods lie where the sentence reader puts their names."""

from __future__ import annotations

import pytest

from motet.sentence import understand
from motet.server.meta_words import LAYER_WORDS, MOODS, SOUNDS_ZH
from motet.theory.general_midi import GM_PROGRAMS
from motet.theory.instrument import INSTRUMENTS


@pytest.mark.parametrize("mood", MOODS, ids=[one[0] for one in MOODS])
def test_moods_are_understood_in_both_languages(mood: tuple[str, str, str, float, float]) -> None:
    name, _, zh, *place = mood
    for text in (f"a {name} piece", f"一首{zh}的曲子"):
        emotion = understand(text).brief.emotion
        assert emotion is not None
        assert list(emotion) == pytest.approx(place, abs=0.16)


def test_every_sound_without_an_instrument_has_a_chinese_name() -> None:
    known = {one.program for one in INSTRUMENTS.values() if not one.is_drums}
    assert set(SOUNDS_ZH) == set(range(len(GM_PROGRAMS))) - known


def test_layers_are_those_of_projects() -> None:
    from motet.project.lock import LAYERS

    assert tuple(LAYER_WORDS) == LAYERS

"""What every family keeps to: shapes, save and load, export, and all that an ask may bind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from families_made import smallest
from motet.engine.bundle import Bundle, list_bundles, load_bundle
from motet.engine.generate import DRIVERS, check_written, find_driver, generate
from motet.engine.graph import open_graphs
from motet.engine.phrase_ask import PHRASE_PARTS, PhraseAsk
from motet.engine.probe import practice_grid
from motet.engine.write import Cancel
from motet.errors import ConstraintError, MotetError
from motet.export.graphs import build_graphs, measure_graphs
from motet.models.registry import MODEL_FAMILIES, restore_model
from motet.phrases.kinds import find_kind, read_options
from motet.tokens.layout import GRID_NOTE, NO_KEY, GridScore

torch.set_num_threads(1)

LEARNERS = sorted(
    name for name, one in MODEL_FAMILIES.items() if one.takes not in ("tokens", "rolls")
)
WRITERS = sorted(name for name, one in MODEL_FAMILIES.items() if one.interface in DRIVERS)
SHIPPED = [
    name for name in list_bundles() if name != "small-4" and load_bundle(name).interface in DRIVERS
]
Make = Callable[[str], Bundle]


def _bars(n: int = 4) -> GridScore:
    return replace(practice_grid(0, n), parts=())


def _parts(bundle: Bundle) -> tuple[str, ...]:
    return tuple(find_driver(bundle).parts(bundle))[:3]


@pytest.mark.parametrize("family", LEARNERS)
def test_a_batch_of_phrases_is_learned_from_and_measured(family: str, band: GridScore) -> None:
    model, data = smallest(family)
    kind = find_kind(MODEL_FAMILIES[family].takes)
    phrases = kind.extract(band, read_options(kind, data))
    assert phrases
    batch = {name: np.stack([phrases[0][name]] * 4) for name in phrases[0]}
    varied = kind.vary({name: one.copy() for name, one in batch.items()}, np.random.default_rng(1))
    for name, one in batch.items():
        assert (varied[name].shape, varied[name].dtype) == (one.shape, one.dtype)
    tensors = {name: torch.from_numpy(np.ascontiguousarray(one)) for name, one in varied.items()}
    for player in model.players:
        model.train()
        loss, told = model.loss(tensors, player=player, step=0, progress=0.5)
        assert loss.shape == ()
        assert torch.isfinite(loss)
        assert told
        torch.autograd.backward(loss)
        assert any(one.grad is not None for one in model.weights_of(player))
    with torch.no_grad():
        figures = model.eval().measure(tensors)
    assert set(model.metrics) <= set(figures)
    assert all(np.isfinite(value) and count > 0 for value, count in figures.values())
    made = model.sample_arrays(2, seed=3)
    for name, one in made.items():
        assert one.shape == (2, *phrases[0][name].shape)


@pytest.mark.parametrize("family", [one for one in LEARNERS if MODEL_FAMILIES[one].interface])
def test_saved_loaded_and_exported_it_is_the_same_model(family: str) -> None:
    model, _ = smallest(family)
    weights = {name: one.numpy() for name, one in model.state_dict().items()}
    again = restore_model({"family": family, **model.config.to_dict()}, weights)
    whole, packed = build_graphs(again, bits=32), build_graphs(model, bits=8)
    for one, two in zip(whole, packed, strict=True):
        assert one.expected.keys() == two.expected.keys()
        assert all(np.array_equal(one.expected[name], two.expected[name]) for name in one.expected)
    assert max(measure_graphs(whole).values()) < 1e-4
    assert max(measure_graphs(packed).values()) < 0.05


@pytest.mark.parametrize("family", WRITERS)
def test_a_bundle_runs_without_its_weights(family: str, family_bundle: Make) -> None:
    bundle = family_bundle(family)
    assert (bundle.family, bundle.interface) == (family, MODEL_FAMILIES[family].interface)
    if family == "transformer":
        return
    for name, graph in open_graphs(bundle).items():
        found = graph.run({one: graph.zeros(one, b=3) for one in graph.inputs})
        assert set(found) == {one["name"] for one in bundle.graphs[name]["outputs"]}
    assert "## " in (bundle.folder / "CARD.zh.md").read_text("utf-8")


def _check_all(bundle: Bundle, n_bars: int) -> None:
    """Hold a bundle to scale, range, polyphony and seed."""
    ask = PhraseAsk(
        grid=_bars(n_bars), parts=_parts(bundle), n=2, seed=11, low_midi=40, high_midi=76,
        max_polyphony=2, temperature=1.5, strong=True,
    )  # fmt: skip
    found = generate(bundle, ask)
    assert [check_written(ask, grid) for grid in found] == [(), ()]
    for grid in found:
        assert np.array_equal(grid.bars, ask.grid.bars)
        assert np.array_equal(grid.chords, ask.grid.chords)
    again = generate(bundle, ask)
    assert all(np.array_equal(a.notes, b.notes) for a, b in zip(found, again, strict=True))


@pytest.mark.parametrize("family", WRITERS)
def test_constraints_are_obeyed_and_a_seed_decides(family: str, family_bundle: Make) -> None:
    _check_all(family_bundle(family), 5)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_bundles_write_and_obey(name: str) -> None:
    bundle = load_bundle(name)
    _check_all(bundle, 4)
    ask = PhraseAsk(grid=_bars(4), parts=_parts(bundle), seed=2)
    one, two = (generate(bundle, replace(ask, seed=seed))[0] for seed in (2, 3))
    assert one.n_notes >= 4
    assert not np.array_equal(one.notes, two.notes)


def test_what_ships_is_small_and_writes_without_torch() -> None:
    for name in SHIPPED:
        bundle = load_bundle(name)
        if bundle.interface != "tokens":
            assert sum(one.stat().st_size for one in bundle.folder.iterdir()) <= 2_500_000
    code = f"""
import sys
import motet
for name in {SHIPPED}:
    assert motet.generate(name, bars=2, n=1).score.n_bars == 2
assert not {{"torch", "onnx"}} & set(sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("family", WRITERS)
@pytest.mark.parametrize("what", ["nothing", "one note", "free"])
def test_it_writes_from_nothing_and_from_one_note(
    family: str, what: str, family_bundle: Make
) -> None:
    bundle = family_bundle(family)
    name = _parts(bundle)[0]
    grid, options = replace(_bars(3), key=NO_KEY, chords=_bars(3).chords[:0]), {}
    if what == "one note":
        ask = PhraseAsk(grid=grid, parts=(name,))
        grid = generate(bundle, ask)[0]
        pitch = 36 if name == "drums" else 60
        grid = replace(grid, notes=np.array([(0, 0, 0, 24, pitch, 9)], GRID_NOTE))
    elif what == "free":
        options = {"scale": False, "ends": False}
    ask = PhraseAsk(grid=grid, parts=(name,), seed=4, **options)
    (found,) = generate(bundle, ask)
    assert check_written(ask, found) == ()
    assert found.n_bars == 3


@pytest.mark.parametrize("family", WRITERS)
def test_wrong_parts_and_clashes_are_refused_in_both_languages(
    family: str, family_bundle: Make
) -> None:
    bundle = family_bundle(family)
    asks: list[dict[str, Any]] = [{"parts": ("lute",)}, {"parts": ()}, {"n": 0}]
    foreign = [one for one in PHRASE_PARTS if one not in find_driver(bundle).parts(bundle)]
    asks += [{"parts": (foreign[0],)}] if foreign else []
    if _parts(bundle)[0] != "drums":
        asks.append({"low_midi": 61, "high_midi": 61})
    for options in asks:
        ask = PhraseAsk(**{"grid": _bars(2), "parts": _parts(bundle)[:1], **options})
        with pytest.raises(MotetError) as caught:
            generate(bundle, ask)
        assert any("一" <= sign <= "鿿" for sign in caught.value.zh)
    if foreign:
        with pytest.raises(ConstraintError, match=foreign[0]):
            generate(bundle, PhraseAsk(grid=_bars(2), parts=(foreign[0],)))


@pytest.mark.parametrize("family", WRITERS)
def test_a_cancelled_call_writes_nothing(family: str, family_bundle: Make) -> None:
    stop = Cancel()
    stop.set()
    bundle = family_bundle(family)
    ask = PhraseAsk(grid=_bars(2), parts=_parts(bundle), n=2)
    assert generate(bundle, ask, cancel=stop) == []

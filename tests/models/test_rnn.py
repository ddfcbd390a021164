"""The recurrent network: it learns, asks only what there is, and its look-back copies."""

import numpy as np
import pytest
import torch

from motet.errors import ParameterError
from motet.export.graphs import build_graphs, measure_graphs
from motet.models.rnn import RNN_SIZES, Rnn, RnnConfig
from motet.phrases.events import EventOptions, extract
from motet.score import make_score
from motet.tokens import score_to_grid

torch.set_num_threads(1)

PIECE = score_to_grid(
    make_score(
        " | ".join(["C5:1 E5:0.5 G5:0.5 A5:1 G5:1", "F5:1 E5:1 D5:2"] * 8),
        " | ".join(["C3:2 C3:2", "F2:2 G2:2"] * 8),
        "drums " + " | ".join(["36:1 42:1 38:1 42:1"] * 16),
        fifths=0,
    ),
    key="none",
).grid


def _batch(content, length=48):
    rows = extract(PIECE, EventOptions(content=content, length=length))
    return {name: torch.from_numpy(np.stack([row[name] for row in rows])) for name in rows[0]}


def _model(**fields):
    torch.manual_seed(0)
    return Rnn(RnnConfig(**{**RNN_SIZES["tiny"].to_dict(), **fields}))


@pytest.mark.parametrize("content", ["melody", "drums", "poly"])
def test_it_learns_and_asks_only_what_there_is(content):
    model, batch = _model(content=content), _batch(content)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    first = model.loss(batch)[0].item()
    for _ in range(25):
        total, parts = model.loss(batch)
        optimizer.zero_grad()
        total.backward()
        optimizer.step()
    assert total.item() < first / 2
    assert (parts["part"].item() == 0) == (content != "poly")
    assert (parts["duration"].item() == 0) == (content == "drums")
    measured = model.eval().measure(batch)
    n_notes = int((batch["events"][:, 1:, 2] < 128).sum())
    assert measured["nats_per_note"][1] == n_notes
    assert measured["nats_per_note"][0] == pytest.approx(
        sum(value for name, (value, _) in measured.items() if name != "nats_per_note")
    )


def test_nothing_foretold_depends_on_what_comes_later():
    model, batch = _model(content="poly").eval(), _batch("poly")
    short = {name: one.clone() for name, one in batch.items()}
    short["events"][:, 21:, 2] = 130
    twisted = {name: one.clone() for name, one in short.items()}
    for name in ("events", "place", "chords", "lags", "last", "sound"):
        kept = twisted["events"][:, :, 2].clone()
        twisted[name][:, 21:] = 1
        if name == "events":
            twisted["events"][:, :, 2] = kept
    with torch.no_grad():
        assert model.loss(short)[0].item() == pytest.approx(model.loss(twisted)[0].item(), abs=1e-5)


def test_without_look_back_the_lags_say_nothing():
    model, batch = _model(lookback=False).eval(), _batch("melody")
    other = {**batch, "lags": torch.zeros_like(batch["lags"])}
    with torch.no_grad():
        assert model.loss(batch)[0] == model.loss(other)[0]
        seeing = _model().eval()
        assert seeing.loss(batch)[0] != seeing.loss(other)[0]


def test_exported_graphs_agree_with_the_model():
    apart = measure_graphs(build_graphs(_model(content="poly").eval(), bits=32))
    assert set(apart) == {"step", "onset", "pitch", "shape"}
    assert max(apart.values()) < 1e-4


@pytest.mark.parametrize("wrong", [{"content": "choir"}, {"width": 0}, {"head": 0}])
def test_other_shapes_are_refused(wrong):
    with pytest.raises(ParameterError, match="must be"):
        RnnConfig(**wrong)

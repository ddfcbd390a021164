"""Phrase autoencoders: what comes back, what is drawn, ways, amounts and sliders.

Conventions: see `motet.suite.vae_figures`. Every bundle ``vae-...`` that ships is measured, on phrases
of pieces that no model was trained on. Published figures are of other data and far longer training.

Offers `TABLE`, `PUBLISHED`, `measure_vae`, `write_vae`.

Sources: Roberts et al., "A Hierarchical Latent Vector Model for Learning Long-Term Structure in Music",
ICML 2018, table of reconstruction accuracies; those under sampling.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from motet.corpus.shards import open_shards
from motet.engine.bundle import list_bundles, load_bundle
from motet.engine.latent import open_latent
from motet.phrases.sliders import SLIDERS
from motet.suite.page import make_table
from motet.suite.step_chain import learn_steps
from motet.suite.table import Request, Table
from motet.suite.vae_figures import (
    draw_phrases,
    measure_amounts,
    measure_back,
    measure_drawn,
    measure_slides,
    measure_ways,
)

__all__ = ["PUBLISHED", "TABLE", "measure_vae", "write_vae"]

PUBLISHED: Final = {
    ("melody", 2, "melody"): 0.951,
    ("drums", 2, "drums"): 0.917,
    ("melody", 16, "melody"): 0.812,
    ("trio", 16, "melody"): 0.753,
    ("trio", 16, "bass"): 0.773,
    ("trio", 16, "drums"): 0.863,
}
"""Content, bars and voice to the published share of steps under sampling."""
_LEAST: Final = 4
_PIECES: Final = {"melody": 250, "drums": 2000, "trio": 2000}
"""Pieces looked at: few have drums."""
_PHRASES: Final = {2: 192, 4: 96, 16: 32}


def measure_vae(request: Request) -> dict[str, Any]:
    """Return the figures of every phrase autoencoder that ships.

    Parameters
    ----------
    request : Request

    Returns
    -------
    dict

    Raises
    ------
    CorpusError
        There are no shards.

    Examples
    --------
    >>> measure_vae(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no built corpus was given; ...
    """
    folder = request.find_shards()
    train, test = open_shards(folder, "train"), open_shards(folder, "test")
    found: dict[str, Any] = {}
    for name in list_bundles():
        bundle = load_bundle(name)
        if bundle.interface != "latent":
            continue
        request.say(f"{name}: phrases")
        model = open_latent(bundle)
        rng = np.random.default_rng(request.seed)
        n = request.n or _PHRASES[model.options.bars]
        people = draw_phrases(test, model, n, rng, pieces=_PIECES[model.options.content])
        heard = draw_phrases(train, model, 20 * n, rng)
        if min(len(people.tokens), len(heard.tokens)) < _LEAST:
            request.say(f"{name}: too few phrases in these shards")
            continue
        chain = learn_steps(model.options.content, heard.tokens, heard.n_steps)
        request.say(f"{name}: giving back")
        recipe = bundle.contract.get("recipe", {})
        found[name] = {
            "bars": model.options.bars,
            "content": model.options.content,
            "minutes": recipe.get("minutes"),
            "steps": recipe.get("steps"),
            "rows": recipe.get("rows"),
            "back": measure_back(model, people, chain),
            "drawn": measure_drawn(model, people, chain, n),
            "ways": measure_ways(model, people, chain, max(4, n // 4)),
            "amounts": measure_amounts(model, people, max(8, n // 3)),
            "slides": measure_slides(model, people, max(8, n // 4)),
        }
    return {"bundles": found}


def write_vae(facts: dict[str, Any]) -> str:
    """Return the tables as Markdown.

    Parameters
    ----------
    facts : dict
        Of `measure_vae`.

    Examples
    --------
    >>> write_vae({"bundles": {}}).splitlines()[0]
    '| bundle | voice | given the true past | sampled | likeliest | Markov, true past | published, sampled |'
    """
    bundles = facts["bundles"]
    parts = [
        make_table(
            ["bundle", "voice", "given the true past", "sampled", "likeliest", "Markov, true past",
             "published, sampled"],
            [row for name, one in bundles.items() for row in _back_rows(name, one)],
        ),
        _SAID_BACK,
        make_table(
            ["bundle", "phrases", "ELBO", "reconstruction", "KL", "drawn", "Markov drawn",
             "people among themselves", "trained"],
            [_loss_row(name, one) for name, one in bundles.items()],
        ),
        _SAID_LOSS,
        make_table(
            ["way between two phrases", "density", "in key", "entropy", "syncopation",
             "surprise (ends)", "evenness", "from A / B at the middle"],
            [row for name, one in bundles.items() for row in _way_rows(name, one["ways"])],
        ),
        _SAID_WAY,
        make_table(
            ["sixteenths that stay, so far towards a draw", *_shares(bundles)],
            [
                [name, *(f"{100 * kept:.0f} %" for kept in one["amounts"].values())]
                for name, one in bundles.items()
            ],
        ),
        "",
        make_table(
            ["slider asked for +1", *SLIDERS],
            [row for name, one in bundles.items() for row in _slide_rows(name, one["slides"])],
        ),
        _SAID_SLIDES,
    ]  # fmt: skip
    return "\n".join(parts)


_SAID_BACK: Final = """
Share of sixteenths, rests and held notes too, that come back from a point drawn from the posterior of \
held-out phrases: each foretold from the true ones before it; written freely at temperature 1; written \
freely, the likeliest. Published figures (MusicVAE, ICML 2018) are of other data (a million files) and of \
days on a GPU; they count under sampling. They are not reached.
"""
_SAID_LOSS: Final = """
Nats a phrase, the posterior's own noise in. "Drawn": how far the five sliders of 4/4 phrases drawn from \
the prior lie from people's (earth mover's distance in standard deviations, mean of five), beside a \
Markov chain of steps and one half of people's phrases against the other.
"""
_SAID_WAY: Final = """
Great circles in seven steps against mixing both phrases' notes by chance, means over pairs of phrases \
in 4/4 and over the five inner steps: onsets a quarter, share in the key, bits of pitch class, syncopation \
(standard deviations from people's mean), and nats a step by the Markov chain, beside those of the ends. \
Evenness is the distance of the ends over the sum of the leaps: mixing is even by its nature, step by \
step, but breaks notes and beats. `motet morph` also chooses steps that sound evenly apart and keeps to \
the harmony.
"""
_SAID_SLIDES: Final = """
Change of each slider, standard deviations of people's phrases, when the one named is asked to rise by 1 \
and the others to stay; no harmony binds here.
"""


def _back_rows(name: str, one: dict[str, Any]) -> list[list[str]]:
    rows = []
    for voice, share in one["back"]["voices"].items():
        published = PUBLISHED.get((one["content"], one["bars"], voice))
        rows.append(
            [name, voice]
            + [f"{share[how]:.3f}" for how in ("forced", "sampled", "likeliest", "chain")]
            + ["–" if published is None else f"{published:.3f}"]
        )
    return rows


def _loss_row(name: str, one: dict[str, Any]) -> list[str]:
    back, drawn = one["back"], one["drawn"]
    trained = f"{one['minutes']:.0f} min on one busy core" if one.get("minutes") else "–"
    return [
        name, str(back["n"]), f"{back['elbo']:.1f}", f"{back['nats']:.1f}", f"{back['kl']:.1f}",
        f"{drawn['model']:.2f}", f"{drawn['chain']:.2f}", f"{drawn['half']:.2f}", trained,
    ]  # fmt: skip


def _way_rows(name: str, ways: dict[str, Any]) -> list[list[str]]:
    rows = []
    for label, kind in (("great circle", "way"), ("notes mixed", "mixed")):
        one = ways[kind]
        inner = slice(1, -1)
        fit = float(np.mean(one["scale_fit"][inner]))
        middle = len(one["to_first"]) // 2
        sliders = np.array(one["sliders"])[inner]
        rows.append([
            f"{name}, {label}", f"{float(np.mean(one['density'][inner])):.2f}",
            "–" if np.isnan(fit) else f"{100 * fit:.0f} %",
            f"{float(np.mean(one['entropy_bits'][inner])):.2f}", f"{sliders[:, 1].mean():+.2f}",
            f"{float(np.mean(one['surprise'][inner])):.2f} ({ways['ends']:.2f})",
            f"{one['smoothness']:.2f}",
            f"{one['to_first'][middle]:.2f} / {one['to_last'][middle]:.2f}",
        ])  # fmt: skip
    return rows


def _slide_rows(name: str, slides: list[list[float]]) -> list[list[str]]:
    return [
        [f"{name}, {slider}", *(f"{value:+.2f}" for value in row)]
        for slider, row in zip(SLIDERS, slides, strict=True)
    ]


def _shares(bundles: dict[str, Any]) -> list[str]:
    return [share for one in list(bundles.values())[:1] for share in one["amounts"]]


TABLE: Final = Table(
    name="vae",
    title=("Phrase autoencoders", "乐句自编码器"),
    needs=frozenset({"shards"}),
    measure=measure_vae,
    write=write_vae,
)

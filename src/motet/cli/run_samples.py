"""What a run writes to be seen and heard: by the model itself, or by a bundle made of it for the moment.

Offers `make_sampler`, `compose_with`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from motet.score import Score
    from motet.train import RunConfig
    from motet.train.samples import Sampler

__all__ = ["compose_with", "make_sampler"]

_CHORDS: Final = "C | Am | F | G"
_N: Final = 2


def make_sampler(config: RunConfig, output: Path) -> Sampler:
    """Return what writes samples after a validation, with their sound.

    Parameters
    ----------
    config : RunConfig
    output : Path
        Folder of the run.

    Examples
    --------
    >>> from motet.train import RunConfig
    >>> type(make_sampler(RunConfig(), Path("run"))).__name__
    'Sampler'
    """
    from motet.models.registry import find_family, load_plugin
    from motet.render.save import save_score
    from motet.train.samples import Sampler

    if config.plugin:
        load_plugin(config.plugin)

    def sound(score: Score, place: Path) -> None:
        save_score(score, place.with_suffix(".ogg"))

    def compose(model: Any) -> list[Score]:
        return compose_with(model, config)

    takes = find_family(config.family).takes
    return Sampler(output, takes=takes, n=_N, sound=sound, compose=compose)


def compose_with(model: Any, config: RunConfig) -> list[Score]:
    """Return four bars over four chords, twice, by a bundle that lives as long as this call.

    Parameters
    ----------
    model : Module
    config : RunConfig
        Of its run.

    Raises
    ------
    MotetError
        The family has no way to write.

    Examples
    --------
    >>> from motet.models import build_model
    >>> from motet.train import RunConfig
    >>> config = RunConfig(family="rnn", size="tiny")
    >>> [len(score.bars) for score in compose_with(build_model("rnn", "tiny").eval(), config)]
    [4, 4]
    """
    from motet import tasks
    from motet.export.bundle import write_bundle
    from motet.tokens.vocab import vocab_hash
    from motet.train.checkpoint import save_weights

    sizes: Any = model.config
    facts = {
        "format": 1, "family": config.family, "size": config.size, **sizes.to_dict(),
        "vocab_hash": vocab_hash(), "recipe": config.to_dict(),
    }  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="motet-run-") as place:
        weights = Path(place) / "weights.npz"
        save_weights(weights, model.state_dict(), facts)
        bundle = write_bundle(weights, Path(place) / "now", bits=32)
        return [
            tasks.generate(bundle, bars=4, chords=_CHORDS, seed=seed, n=1).score
            for seed in range(_N)
        ]

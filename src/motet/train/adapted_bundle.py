"""An adapted model as a bundle of the user's own, that every command takes by its name.

Conventions: the bundle appears whole or not at all; its weights lie beside it, so that it can be adapted
further. Names and counts of the files are stated in it, nothing else of them is.

Offers `write_adapted`, `choose_place`.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

from motet.errors import ParameterError
from motet.export.bundle import write_bundle
from motet.export.card import Card
from motet.export.place import (
    CONTRACT_FILE,
    SHIPPED_FOLDER,
    find_bundle,
    find_weights,
    user_folder,
)
from motet.train.adapt import AdaptOutcome
from motet.train.adapt_config import AdaptConfig
from motet.train.checkpoint import load_weights, save_weights
from motet.train.folder import FolderPieces

__all__ = ["choose_place", "write_adapted"]

_NAME: Final = re.compile(r"\w[\w.-]{0,63}")
_MAX_NAMED: Final = 500


def choose_place(name: str, *, is_replaced: bool = False) -> Path:
    """Return the folder of a bundle that is to be written, once its name is found to be free.

    Parameters
    ----------
    name : str
        Letters of any script, digits, ``_``, ``-`` and ``.``; none of a shipped bundle.
    is_replaced : bool
        Whether a bundle of the user's own with that name gives way.

    Returns
    -------
    Path
        In the user's folder of bundles; it need not exist.

    Raises
    ------
    ParameterError
        The name cannot be one, or is taken.

    Examples
    --------
    >>> choose_place("my-reels").name
    'my-reels'
    """
    if not _NAME.fullmatch(name) or name.endswith((".", ".npz")):
        raise ParameterError(
            f"a bundle's name has letters, digits, - and _, and at most 64 of them, got {name!r}",
            zh=f"模型包名称只能由字母、汉字、数字、- 与 _ 组成,至多 64 个字符,收到 {name!r}",
        )
    if (SHIPPED_FOLDER / name).is_dir():
        raise ParameterError(
            f"{name!r} is the name of a bundle that comes with Motet; choose another --name",
            zh=f"{name!r} 是 Motet 自带模型包的名称;请另选 --name",
        )
    place = user_folder() / name
    if place.exists() and not (is_replaced and (place / CONTRACT_FILE).is_file()):
        raise ParameterError(
            f"there is a bundle {name!r} already; choose another --name, or give --replace",
            zh=f"已有名为 {name!r} 的模型包;请另选 --name,或加 --replace",
        )
    return place


def write_adapted(
    outcome: AdaptOutcome,
    pieces: FolderPieces,
    *,
    name: str,
    folder: str | Path,
    bundle: str | Path = "small",
    config: AdaptConfig | None = None,
    is_replaced: bool = False,
    bits: int = 8,
) -> Path:
    """Return the folder of a bundle made of an adapted model, with cards that say to what.

    Parameters
    ----------
    outcome : AdaptOutcome
    pieces : FolderPieces
        What it was adapted to.
    name : str
        See `choose_place`.
    folder : str or Path
        Where the pieces lay; its own name is stated, not where it is.
    bundle : str or Path
        What it was adapted from.
    config : AdaptConfig or None
        As it was adapted.
    is_replaced : bool
        As for `choose_place`.
    bits : int
        4, 8 or 32 a weight.

    Returns
    -------
    Path

    Raises
    ------
    ParameterError
        The name is taken, or the place cannot be written.
    BundleError
        There is no such bundle to adapt from.

    Examples
    --------
    >>> write_adapted(None, None, name="small", folder=".")
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: 'small' is the name of a bundle that comes with Motet; choose another --name
    """
    place = choose_place(name, is_replaced=is_replaced)
    base = find_bundle(bundle)
    contract = json.loads((base / CONTRACT_FILE).read_text(encoding="utf-8"))
    facts = load_weights(find_weights(bundle))[0]
    kept = {key: value for key, value in facts.items() if key not in ("shard", "n_shards")}
    adapted = _tell_adapted(outcome, pieces, config or AdaptConfig())
    adapted = {"from": base.name, "folder": Path(folder).resolve().name, **adapted}
    quality = {"held_out_of_the_folder": outcome.own.to_dict()}
    quality |= {f"general_{name}": one.to_dict() for name, one in outcome.general.items()}
    source = {"name": adapted["folder"], "n_pieces": len(pieces), "licence": "its owner's to state"}
    card = Card(
        sources=[*(contract.get("sources") or ()), source],
        quality=quality,
        licence=str(contract.get("licence") or ""),
        uses_en=f"Writing music like that of {adapted['folder']}, with every command: --bundle {name}.",
        uses_zh=f"写作与 {adapted['folder']} 相近的音乐,各命令均可用:--bundle {name}。",
        adapted=adapted,
    )
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(mkdtemp(dir=place.parent, prefix=".adapt-"))
    except OSError as error:
        raise _cannot_write(place, error) from error
    try:
        weights = draft / "weights.npz"
        save_weights(weights, outcome.weights, {**kept, "measured": {}, "adapted": adapted})
        made = write_bundle(
            weights, draft / name, bits=bits, context=contract.get("context"), card=card
        )
        weights.replace(made / "weights.npz")
        if place.exists():
            place.replace(draft / "before")
        made.replace(place)
    except OSError as error:
        raise _cannot_write(place, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return place


def _cannot_write(place: Path, error: OSError) -> ParameterError:
    """Return what to say when the user's folder takes no bundle."""
    return ParameterError(
        f"cannot write the bundle to {str(place)!r}: {error.strerror}; free some space, or make that "
        "folder yours",
        zh=f"无法把模型包写入 {str(place)!r}:{error.strerror};请腾出空间,或取得该文件夹的写权限",
    )


def _tell_adapted(
    outcome: AdaptOutcome, pieces: FolderPieces, config: AdaptConfig
) -> Mapping[str, Any]:
    """Return what a card says of adapting."""
    named = ", ".join(pieces.names[:_MAX_NAMED])
    if len(pieces) > _MAX_NAMED:
        named += f", … ({len(pieces) - _MAX_NAMED})"
    held = ", ".join(pieces.names[k] for k in outcome.split.held[:_MAX_NAMED])
    return {
        "n_pieces": len(pieces),
        "n_learnt_from": len(outcome.split.train),
        "n_held_out": len(outcome.split.held),
        "held_out_said_when_to_stop": not outcome.split.is_independent,
        **({"style": config.style} if config.style else {}),
        "rank": config.rank,
        "learning_rate": config.lr,
        "seed": config.seed,
        "steps": outcome.best_step,
        "tokens": outcome.best_step * config.rows * config.context,
        "minutes": round(outcome.minutes, 1),
        "files": named,
        "files_held_out": held,
    }

"""Where bundles lie, and which of their files holds the weights they were made from.

Conventions: a bundle is a folder with ``bundle.json``, named by its folder. Shipped ones lie in the
package, a user's own in the user's data folder; a shipped name wins. Weights lie beside the graph as
``weights.npz``, or in numbered shards (``weights-0001.npz`` ...); a bundle works without them.

Offers `find_bundle`, `find_weights`, `list_bundles`, `user_folder`, `CONTRACT_FILE`, `SHIPPED_FOLDER`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from motet.errors import BundleError

__all__ = [
    "CONTRACT_FILE",
    "SHIPPED_FOLDER",
    "find_bundle",
    "find_weights",
    "list_bundles",
    "user_folder",
]

CONTRACT_FILE: Final = "bundle.json"
"""What makes a folder a bundle."""

SHIPPED_FOLDER: Final = Path(__file__).parents[1] / "bundles"
"""Where the bundles of the package lie."""


def user_folder() -> Path:
    """Return the folder of a user's own bundles, which may not exist.

    Returns
    -------
    Path

    Examples
    --------
    >>> user_folder().name
    'bundles'
    """
    from platformdirs import user_data_path

    return user_data_path("motet", appauthor=False) / "bundles"


def list_bundles() -> tuple[str, ...]:
    """Return the names of all bundles that can be loaded by name, shipped ones first.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> isinstance(list_bundles(), tuple)
    True
    """
    names: list[str] = []
    for home in (SHIPPED_FOLDER, user_folder()):
        if home.is_dir():
            found = sorted(one.parent.name for one in home.glob(f"*/{CONTRACT_FILE}"))
            names += [name for name in found if name not in names and not name.startswith(".")]
    return tuple(names)


def find_bundle(source: str | Path) -> Path:
    """Return the folder that a name or a path stands for.

    Parameters
    ----------
    source : str or Path
        A name of `list_bundles`, or a folder.

    Returns
    -------
    Path

    Raises
    ------
    BundleError
        There is none.

    Examples
    --------
    >>> find_bundle("nobody")
    Traceback (most recent call last):
    motet.errors.BundleError: there is no bundle 'nobody'; ...
    """
    if isinstance(source, str) and Path(source).name == source:
        for home in (SHIPPED_FOLDER, user_folder()):
            if _has_contract(home / source):
                return home / source
    if source and _has_contract(Path(source)):
        return Path(source).resolve()
    names = list_bundles()
    raise BundleError(
        f"there is no bundle {str(source)!r}; give a folder that holds {CONTRACT_FILE}, or one of: "
        f"{', '.join(names) or 'none is installed'}",
        zh=f"没有名为 {str(source)!r} 的模型包;请给出含有 {CONTRACT_FILE} 的文件夹,或以下之一:"
        f"{'、'.join(names) or '尚未安装任何模型包'}",
    )


def _has_contract(folder: Path) -> bool:
    """Return whether a folder holds a contract; a name that no file can have is no folder."""
    try:
        return (folder / CONTRACT_FILE).is_file()
    except (OSError, ValueError):
        return False


def find_weights(source: str | Path) -> Path:
    """Return where the weights of a bundle lie, as `motet.train.load_weights` takes it.

    Parameters
    ----------
    source : str or Path
        A bundle by name or folder, or a weights file.

    Returns
    -------
    Path
        The file, or the folder of its shards.

    Raises
    ------
    BundleError
        There is no such bundle, or it came without weights.

    Examples
    --------
    >>> find_weights("nobody")
    Traceback (most recent call last):
    motet.errors.BundleError: there is no bundle 'nobody'; ...
    """
    if Path(source).suffix == ".npz":
        return Path(source)
    folder = Path(source)
    if not (folder.is_dir() and any(folder.glob("weights-*.npz"))):
        folder = find_bundle(source)
    if (folder / "weights.npz").is_file():
        return folder / "weights.npz"
    if any(folder.glob("weights-*.npz")):
        return folder
    raise BundleError(
        f"the bundle {folder.name!r} came without the weights it was made from; put its weights.npz "
        "beside its graph, or take another bundle",
        zh=f"模型包 {folder.name!r} 不含其原始权重;请把 weights.npz 放在计算图旁边,或改用其他模型包",
        path=str(folder),
    )

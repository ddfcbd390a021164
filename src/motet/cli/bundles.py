"""``motet bundles``: which models are here, what they were made from, and away with one's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from motet.cli.output import Output
from motet.cli.wording import Translate
from motet.errors import MotetError

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "bundles" in command_names()
    True
    """

    @app.command(
        "bundles",
        cls=cls,
        short_help=t("List models; remove your own.", "列出模型;移除自己的模型。"),
        help=t(
            "List the models that --bundle takes by name: family and what it is for, size, parameters, "
            "bits, what each was made from and what was measured. remove NAME deletes one of your own "
            "(motet train --from makes them); those that come with Motet stay.",
            "列出 --bundle 可按名称使用的模型:类别与用途、大小、参数、位数、来源与实测结果。remove 名称 可删除"
            "自己的模型(由 motet train --from 生成);Motet 自带的模型不会删除。",
        ),
        epilog="motet bundles\nmotet bundles --json\nmotet bundles remove my-reels",
    )
    def bundles(
        ctx: typer.Context,
        action: str = typer.Argument(
            "list", metavar="[list|remove]", help=t("What to do.", "要做什么。")
        ),
        name: str = typer.Argument(
            "", metavar="[NAME]", help=t("Which one to remove.", "要移除哪一个。")
        ),
    ) -> None:
        _check_action(action, name)
        if action == "remove":
            _remove(ctx.obj, name)
        else:
            _list(ctx.obj)


def _check_action(action: str, name: str) -> None:
    """Refuse a word that is no action, and a removal of nothing."""
    from motet.errors import ParameterError

    if action not in ("list", "remove"):
        raise ParameterError(
            f"motet bundles takes list or remove NAME, got {action!r}",
            zh=f"motet bundles 的用法为 list 或 remove 名称,收到 {action!r}",
        )
    if (action == "remove") != bool(name):
        raise ParameterError(
            "motet bundles remove takes one name, motet bundles list takes none",
            zh="motet bundles remove 需要一个名称,motet bundles list 不需要",
        )


@dataclass(frozen=True, kw_only=True)
class _Row:
    """One bundle, or why it cannot be opened."""

    name: str
    is_own: bool
    facts: dict[str, Any]
    error: MotetError | None = None


def _look(name: str) -> _Row:
    """Return what a bundle states."""
    from motet.engine.bundle import load_bundle
    from motet.export.card_family import tell_family
    from motet.export.place import SHIPPED_FOLDER

    is_own = not (SHIPPED_FOLDER / name).is_dir()
    try:
        bundle = load_bundle(name)
    except MotetError as error:
        return _Row(name=name, is_own=is_own, facts={}, error=error)
    contract = bundle.contract
    adapted = contract.get("adapted") or {}
    facts = {
        "family": bundle.family,
        "purpose": (tell_family(contract, "short", "en"), tell_family(contract, "short", "zh")),
        "folder": bundle.folder,
        "n_bytes": sum(one.stat().st_size for one in bundle.folder.iterdir() if one.is_file()),
        "n_parameters": contract.get("n_parameters"),
        "bits": bundle.bits,
        "digest": bundle.digest,
        "adapted": adapted,
        "quality": contract.get("quality") or {},
    }
    return _Row(name=name, is_own=is_own, facts=facts)


def _list(out: Output) -> None:
    """Tell of every bundle."""
    from motet.engine.bundle import list_bundles, user_folder

    rows = [_look(name) for name in list_bundles()]
    told = [
        {"name": row.name, "own": row.is_own, **row.facts}
        | ({"error": row.error.en} if row.error else {})
        for row in rows
    ]
    lines = [line for row in rows for line in _lines(out, row)]
    if not any(row.is_own for row in rows):
        lines.append(
            out.say(
                "None of your own yet: motet train --from FOLDER --name NAME makes one.",
                "尚无自己的模型:可用 motet train --from 文件夹 --name 名称 制作。",
            )
        )
    out.finish({"bundles": told, "user_folder": user_folder()}, lines)


def _lines(out: Output, row: _Row) -> list[str]:
    """Return what a person is told of one bundle."""
    if row.error is not None:
        return [f"{row.name:<16} {row.error.localised(out.language)}"]
    facts = row.facts
    size = f"{facts['n_bytes'] / 1e6:.1f} MB"
    n_millions = (facts["n_parameters"] or 0) / 1e6
    adapted = facts["adapted"]
    origin = out.say("comes with Motet", "Motet 自带") if not row.is_own else out.say("own", "自有")
    if adapted:
        origin = out.say(
            f"{adapted.get('from')} adapted to {adapted.get('n_pieces')} pieces of {adapted.get('folder')}",
            f"由 {adapted.get('from')} 适配 {adapted.get('folder')} 的 {adapted.get('n_pieces')} 首乐曲",
        )
    head = out.say(
        f"{row.name:<16} {facts['family']}, {n_millions:.1f} M parameters, {facts['bits']} bits, {size}; "
        f"{origin}",
        f"{row.name:<16} {facts['family']},{n_millions:.1f} M 参数,{facts['bits']} 位,{size};{origin}",
    )
    purpose = out.say(*facts["purpose"])
    why = [f"{'':<16} {purpose}"] if purpose else []
    return [head, *why, *_figures(out, facts["quality"])]


def _figures(out: Output, quality: dict[str, Any]) -> list[str]:
    """Return the figures that say how well a bundle foretells music."""
    lines = []
    for name, value in quality.items():
        if isinstance(value, dict) and "nats_per_note_after" in value:
            before, after = value["nats_per_note_before"], value["nats_per_note_after"]
            title = name.replace("_", " ")
            lines.append(
                out.say(
                    f"{'':<16} {title}: {before:.3f} → {after:.3f} nats a note",
                    f"{'':<16} {title}:每音符 {before:.3f} → {after:.3f} nat",
                )
            )
    if "nats_per_note" in quality:
        nats = quality["nats_per_note"]
        lines.append(
            out.say(
                f"{'':<16} {nats:.3f} nats a note on held-out music",
                f"{'':<16} 留出音乐上每音符 {nats:.3f} nat",
            )
        )
    return lines


def _remove(out: Output, name: str) -> None:
    """Delete a bundle of the user's own."""
    from motet.engine.bundle import user_folder
    from motet.errors import BundleError, ParameterError
    from motet.export.place import CONTRACT_FILE, SHIPPED_FOLDER

    if (SHIPPED_FOLDER / name).is_dir():
        raise ParameterError(
            f"{name!r} comes with Motet and stays; remove takes one of your own",
            zh=f"{name!r} 是 Motet 自带的模型,不能移除;remove 只用于自己的模型",
        )
    place = user_folder() / name
    if Path(name).name != name or not (place / CONTRACT_FILE).is_file():
        raise BundleError(
            f"there is no bundle {name!r} of yours; motet bundles lists them",
            zh=f"没有名为 {name!r} 的自有模型;可用 motet bundles 查看",
        )
    _delete(place)
    out.finish({"removed": name}, [out.say(f"{name} is removed", f"已移除 {name}")])


def _delete(place: Path) -> None:
    """Delete a bundle's folder; at once it is no bundle any more."""
    import shutil

    from motet.errors import ParameterError
    from motet.export.place import CONTRACT_FILE

    try:
        (place / CONTRACT_FILE).unlink()
        shutil.rmtree(place)
    except OSError as error:
        raise ParameterError(
            f"cannot remove {str(place)!r}: {error.strerror}; see whose folder it is",
            zh=f"无法移除 {str(place)!r}:{error.strerror};请检查该文件夹的权限",
        ) from error

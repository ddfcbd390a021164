"""``motet doctor``: is everything here that Motet needs, and what to do if not."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from importlib import metadata, resources
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Any

import typer

from motet.cli.output import Output
from motet.cli.wording import Translate
from motet.errors import MotetError

__all__ = ["Check", "examine", "register"]


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing looked at. ``needed``: Motet is not usable without it.

    Examples
    --------
    >>> Check(name="fluidsynth", ok=False, needed=False, detail="", advice="").ok
    False
    """

    name: str
    ok: bool
    needed: bool
    detail: str
    advice: str = ""


def _check_python(t: Translate) -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    advice = t("install Python 3.11 or newer", "请安装 Python 3.11 或更新版本")
    return Check(
        name="Python", ok=sys.version_info >= (3, 11), needed=True, detail=version, advice=advice
    )


def _check_packages(t: Translate) -> Iterable[Check]:
    """Look at each package that Motet's own metadata requires."""
    for line in metadata.requires("motet") or ():
        if "extra ==" in line:
            continue
        name = line.split(";")[0]
        for mark in "<>=!~[ (":
            name = name.split(mark)[0]
        try:
            yield Check(name=name, ok=True, needed=True, detail=metadata.version(name))
        except metadata.PackageNotFoundError:
            advice = t(f"pip install {name}", f"运行 pip install {name}")
            yield Check(name=name, ok=False, needed=True, detail="", advice=advice)


def _check_files(t: Translate) -> Iterable[Check]:
    """Look at the sound font and the fonts that ship with Motet."""
    home = Path(str(resources.files("motet")))
    again = t("install Motet again: the package is not whole", "请重新安装 Motet:安装包不完整")
    for name, folder, kinds in (
        (t("sound font", "音色库"), "soundfonts", (".sf2", ".sf3")),
        (t("text font", "文字字体"), "fonts", (".ttf", ".otf", ".ttc")),
    ):
        found = sorted(path for path in (home / folder).glob("*") if path.suffix in kinds)
        detail = ", ".join(f"{path.name} ({path.stat().st_size / 1e6:.1f} MB)" for path in found)
        yield Check(name=name, ok=bool(found), needed=True, detail=detail, advice=again)


def _check_programs(t: Translate) -> Iterable[Check]:
    """Look for the programs that are welcome, but not needed."""
    from motet.render.play import find_players

    own = t("Motet's own synthesiser is used instead", "将使用 Motet 自己的合成器")
    path = shutil.which("fluidsynth") or ""
    yield Check(name="fluidsynth", ok=bool(path), needed=False, detail=path, advice=own)
    players = find_players()
    advice = t(
        "only for motet play: install aplay, paplay or ffplay",
        "仅 motet play 需要:请安装 aplay、paplay 或 ffplay",
    )
    name = t("audio player", "播放器")
    detail = players[0][0] if players else ""
    yield Check(name=name, ok=bool(players), needed=False, detail=detail, advice=advice)


def _check_work(t: Translate) -> Iterable[Check]:
    """Do a little of everything: packages may be there and still not run on this machine."""
    from motet.score import make_score

    again = t("install Motet again, or report this", "请重新安装 Motet,或向我们报告")
    score = make_score("C4:1")
    names = ((t("sound", "声音"), "try.mp3"), (t("sheet music", "乐谱"), "try.pdf"))
    with TemporaryDirectory(prefix="motet-") as folder:
        for name, file in (*names, (t("picture", "图像"), "try.png")):
            began_s = time.perf_counter()
            try:
                from motet.api import save

                save(score, Path(folder) / file)
            except (MotetError, OSError, ImportError) as error:
                yield Check(name=name, ok=False, needed=True, detail=str(error), advice=again)
                continue
            detail = f"{file.rpartition('.')[2]}, {time.perf_counter() - began_s:.1f} s"
            yield Check(name=name, ok=True, needed=True, detail=detail)


def _check_styles(t: Translate) -> Check:
    """Count the styles, and name the user's own files that cannot be read."""
    from motet.arranger import list_broken_styles, list_styles

    n_styles, broken = len(list_styles()), list_broken_styles()
    advice = t("mend or remove the file", "请修正或移走该文件")
    detail = "; ".join(t(error.localised("en"), error.localised("zh")) for error in broken)
    name, count = t("styles", "风格"), str(n_styles)
    return Check(name=name, ok=not broken, needed=False, detail=detail or count, advice=advice)


def _check_folder(t: Translate, folder: Path) -> Check:
    """Try to write a file where the user stands."""
    name, advice = (
        t("write here", "此处可写"),
        t("go to a folder of your own", "请换到自己的文件夹"),
    )
    try:
        with NamedTemporaryFile(dir=folder, prefix=".motet-"):
            free_gb = shutil.disk_usage(folder).free / 1e9
    except OSError as error:
        detail = f"{folder}: {error.strerror}"
        return Check(name=name, ok=False, needed=True, detail=detail, advice=advice)
    return Check(name=name, ok=True, needed=True, detail=f"{folder} ({free_gb:.1f} GB)")


def examine(t: Translate, *, folder: Path) -> list[Check]:
    """Return everything that the doctor looks at.

    Parameters
    ----------
    t : callable
        Picks English or Chinese.
    folder : Path
        Where the user wants to write.

    Returns
    -------
    list of Check

    Examples
    --------
    >>> checks = examine(lambda en, zh: en, folder=Path("."))
    >>> [check.name for check in checks if check.needed and not check.ok]
    []
    """
    return [
        _check_python(t),
        *_check_packages(t),
        *_check_files(t),
        *_check_work(t),
        _check_styles(t),
        *_check_programs(t),
        _check_folder(t, folder),
    ]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "doctor" in command_names()
    True
    """

    @app.command(
        "doctor",
        cls=cls,
        short_help=t("Check that everything works.", "检查一切是否就绪。"),
        help=t(
            "Check Python, packages, sound font, fonts, styles, audio player and write access, make "
            "a little sound, sheet music and a picture, and say what to do about what fails. Exit "
            "code 0 when Motet is usable.",
            "检查 Python、依赖包、音色库、字体、风格、播放器与写权限,并试做一点声音、乐谱与图像,"
            "有不妥之处会说明该怎么办。"
            "若可以使用,退出码为 0。",
        ),
        epilog="motet doctor --json",
    )
    def doctor(ctx: typer.Context) -> None:
        out: Output = ctx.obj
        checks = examine(t, folder=Path.cwd())
        is_usable = all(check.ok or not check.needed for check in checks)
        signs = {True: t("ok", "就绪"), False: t("missing", "缺少")}
        lines = []
        for check in checks:
            words = check.detail if check.ok else f"{check.detail} → {check.advice}".strip()
            lines.append(f"{signs[check.ok]:<8}{check.name}  {words}".rstrip())
        lines.append(
            t("Motet is usable.", "Motet 可以使用。")
            if is_usable
            else t(
                "Motet is not usable yet; see the arrows above.", "Motet 尚不可用;请看上面箭头处。"
            )
        )
        told = [replace(check, advice="") if check.ok else check for check in checks]
        facts = {"usable": is_usable, "checks": [asdict(check) for check in told]}
        out.finish({**facts, "platform": sys.platform, "cores": os.cpu_count()}, lines)
        raise typer.Exit(0 if is_usable else 1)

"""``motet corpus fetch|build|info|check|card|credits``: what models are trained on.

Conventions: archives are looked for in ``--archives``, else where MOTET_CORPUS says, else in
``../shared/corpus`` beside the working folder when it is there, else in the user's data folder.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from motet.cli.output import Output
from motet.cli.wording import Translate

if TYPE_CHECKING:
    from motet.corpus import BuildConfig, Source

__all__ = ["register"]

_RECORDINGS = "recordings"


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "corpus" in command_names()
    True
    """

    @app.command(
        "corpus",
        cls=cls,
        short_help=t(
            "Fetch, build, describe or check the corpus.", "下载、构建、查看或检查语料库。"
        ),
        help=t(
            "fetch downloads the archives of the manifest; build reads them and writes shards; info "
            "tells what a built corpus holds; check looks afresh whether it is whole, its splits share "
            "no music and benchmarks are out; card writes its data card; credits whom to name. Only "
            "sources that are free are taken, unless --licences says more.",
            "fetch 下载清单中的归档;build 读取归档并写出分片;info 说明已构建的语料库;check 重新检查"
            "其是否完整、各划分是否无共同乐曲、基准乐曲是否已排除;card 写出数据卡;credits 列出应署之名。"
            "默认只采用自由许可的来源,除非 --licences 另有指定。",
        ),
        epilog="motet corpus fetch --source openhymnal\n"
        "motet corpus build --output shards\nmotet corpus info --output shards\n"
        "motet corpus build --recordings takes/ --source recordings -o mine",
    )
    def corpus(
        ctx: typer.Context,
        action: str = typer.Argument(
            ..., metavar="fetch|build|info|check|card|credits", help=t("What to do.", "要做什么。")
        ),
        output: Path | None = typer.Option(
            None, "--output", "-o", help=t("Folder of the shards.", "分片所在文件夹。")
        ),
        archives: Path | None = typer.Option(
            None, "--archives", help=t("Folder of the archives.", "归档所在文件夹。")
        ),
        licences: str = typer.Option(
            "clean",
            "--licences",
            help=t("clean, or clean,sharealike.", "clean,或 clean,sharealike。"),
        ),
        source: list[str] = typer.Option(
            [], "--source", help=t("Only this source (repeatable).", "仅此来源(可重复)。")
        ),
        workers: int = typer.Option(
            0, "--workers", help=t("Processes; 0: one a core.", "进程数;0 为每核一个。")
        ),
        chords: str = typer.Option(
            "quick", "--chords", help=t("quick, full or none.", "quick、full 或 none。")
        ),
        arranged: int | None = typer.Option(
            None,
            "--arranged",
            metavar="N",
            help=t(
                "Pieces that the arranger writes for styles without free data, 0: none; 1,496 with "
                "all of Motet's own sources, else 0.",
                "编配器为缺少自由数据的风格所写的乐曲数,0 为不写;采用 Motet 全部自有来源时默认 1,496,否则为 0。",
            ),
        ),
        base: Path | None = typer.Option(
            None,
            "--base",
            metavar="FOLDER",
            help=t(
                "Take people's pieces from this built corpus, not from the archives.",
                "人写的乐曲取自此已构建的语料库,不读归档。",
            ),
        ),
        recordings: Path | None = typer.Option(
            None,
            "--recordings",
            metavar="FOLDER",
            help=t(
                "Recordings of yours too: transcribed first, and marked so; with --source recordings, "
                "they alone.",
                "也收入您的录音:先转写并加以标明;与 --source recordings 同用则只收录音。",
            ),
        ),
        manifest: Path | None = typer.Option(
            None, "--manifest", help=t("Another manifest.", "另一份清单。")
        ),
    ) -> None:
        from motet.corpus import BuildConfig

        out: Output = ctx.obj
        _check_action(action)
        heard = None if recordings is None else _hear_recordings(recordings, action, out)
        config = BuildConfig(
            recordings=heard,
            benchmarks=() if source == [_RECORDINGS] else None,
            archives=archives or _archive_folder(),
            output=output or _user_folder("shards"),
            cache=_user_folder("corpus"),
            licences=tuple(one.strip() for one in licences.split(",") if one.strip()),
            sources=tuple(source),
            n_workers=workers or os.cpu_count() or 1,
            chords=chords,
            n_arranged=_usual_number(source, manifest) if arranged is None else arranged,
            base=base,
            manifest=manifest,
        )
        _DOERS[action](config, out)


def _hear_recordings(folder: Path, action: str, out: Output) -> Path:
    """Return the folder of the transcriptions of recordings; what was transcribed before is kept."""
    from motet.cli.reason import tell_error
    from motet.errors import ParameterError
    from motet.render.transcribed import transcribe_missing

    if action != "build":
        raise ParameterError(
            f"--recordings is for motet corpus build, not {action}; leave it out",
            zh=f"--recordings 只用于 motet corpus build,不用于 {action};请去掉",
        )
    home = (
        _user_folder("recordings") / hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    )
    with out.progress("listening", "正在听") as report:
        failed = transcribe_missing(
            folder, home, progress=lambda k, n, path: report(k / n, f"{k}/{n} {path.name}")
        )
    for one in failed:
        if one.error is not None:
            told = [tell_error(one.error, language=language) for language in ("en", "zh")]
            out.note(f"left out: {told[0]}", f"未收入:{told[1]}")
    return home


def _usual_number(sources: list[str], manifest: Path | None) -> int:
    """Return how many pieces the arranger adds: some to our corpus, none to another's."""
    return 0 if sources or manifest else 1496


def _check_action(action: str) -> None:
    """Refuse a word that is no action."""
    from motet.errors import ParameterError

    if action not in _DOERS:
        raise ParameterError(
            f"motet corpus takes {', '.join(_DOERS)}, got {action!r}",
            zh=f"motet corpus 的用法为 {'、'.join(_DOERS)},收到 {action!r}",
        )


def _user_folder(name: str) -> Path:
    """Return a folder for what can be made again."""
    from platformdirs import user_cache_path

    return user_cache_path("motet") / name


def _archive_folder() -> Path:
    """Return where the archives are looked for."""
    told = os.environ.get("MOTET_CORPUS")
    if told:
        return Path(told)
    beside = Path.cwd().parent / "shared" / "corpus"
    if beside.is_dir():
        return beside
    from platformdirs import user_data_path

    return user_data_path("motet") / "corpus"


def _fetch(config: BuildConfig, out: Output) -> None:
    """Download the chosen sources."""
    from motet.corpus import fetch_source

    rows = []
    for source in config.chosen:
        with out.progress(f"fetch {source.name}", f"下载 {source.name}") as report:

            def tell(
                done: int, total: int, _report: Any = report, _source: Source = source
            ) -> None:
                _report(done / total if total else 0.0, _source.name)

            path, found = fetch_source(source, config.archives, on_progress=tell)
        if not source.url_sha256 and path.name != Path(source.archive).name:
            out.note(
                f"{source.name}: its fingerprint is not in the manifest; it came with {found}",
                f"{source.name}:清单中没有其指纹;所得文件为 {found}",
            )
        rows.append({"name": source.name, "path": str(path), "sha256": found})
    out.finish({"sources": rows}, [f"{row['name']:<24} {row['path']}" for row in rows])


def _build(config: BuildConfig, out: Output) -> None:
    """Build the shards and tell what they hold."""
    from motet.corpus import build_corpus

    with out.progress("build", "构建") as report:
        facts = build_corpus(config, on_progress=report)
    out.finish(_short(facts, config.output), _lines(facts, config.output, out))


def _info(config: BuildConfig, out: Output) -> None:
    """Tell what a built corpus holds."""
    from motet.corpus import read_facts

    facts = read_facts(config.output)
    out.finish(_short(facts, config.output), _lines(facts, config.output, out))


def _check(config: BuildConfig, out: Output) -> None:
    """Look at a built corpus afresh; what is not sound is an error."""
    from motet.corpus.check import check_corpus, save_check
    from motet.errors import CorpusError

    with out.progress("check", "检查") as report:
        found = check_corpus(config, on_progress=report)
    save_check(config.output, found)
    lines = _check_lines(found, out)
    if not found["is_sound"]:
        raise CorpusError(
            "the corpus is not sound: " + "; ".join(lines[1:]) + "; build it again",
            zh="语料库不合格:" + ";".join(lines[1:]) + ";请重新构建",
            path=str(config.output),
        )
    out.finish(found, lines)


def _check_lines(found: dict[str, Any], out: Output) -> list[str]:
    """Return what a look at a corpus found as lines for a person."""
    frozen, classes = found["frozen"], found["classes"]
    lines = [
        out.say(
            f"{found['n_files']} files whole, {found['n_pieces']} pieces",
            f"{found['n_files']} 个文件完整,{found['n_pieces']} 首乐曲",
        ),
        out.say(
            f"pieces that tokens do not give back: {found['n_not_given_back']}",
            f"token 无法还原的乐曲:{found['n_not_given_back']}",
        ),
        out.say(
            f"groups in two splits: {found['n_split_groups']}; pairs across splits that share "
            f"music: {found['n_across']}",
            f"跨划分的组:{found['n_split_groups']};跨划分且有共同音乐的乐曲对:{found['n_across']}",
        ),
        out.say(
            "splits as frozen"
            if frozen["is_same"]
            else f"splits are not the frozen ones: {frozen['n_leaked']} held-out pieces in training",
            "划分与固定划分一致"
            if frozen["is_same"]
            else f"划分与固定划分不同:有 {frozen['n_leaked']} 首留出乐曲在训练中",
        ),
        out.say("licence classes: ", "许可类别:")
        + ", ".join(f"{name} {n}" for name, n in classes.items() if n),
        out.say("samples drawn in training, by source:", "训练抽取比例(按来源):"),
    ]
    shares = sorted(found["shares"].items(), key=lambda item: -item[1])
    lines += [f"  {name:<24} {100 * share:5.1f} %" for name, share in shares]
    lines.append(out.say("music of benchmarks in any split:", "各划分中的基准音乐:"))
    for name, row in found["benchmarks"].items():
        gone = found["n_left_out"].get(name, 0)
        told = out.say(f"; {gone} pieces were left out for it", f";为此排除 {gone} 首")
        lines.append(_bench_line(name, row, out) + told)
        lines += [_bench_line(f"  {one}", own, out) for one, own in row.get("sets", {}).items()]
    return lines


def _bench_line(name: str, row: dict[str, Any], out: Output) -> str:
    """Return how much of a benchmark is in a corpus."""
    return out.say(
        f"  {name:<22} {row['n_pieces']:>5} pieces, shared by {row['n_shared']} of the corpus; "
        f"largest likeness {row['largest_share']:.0%}",
        f"  {name:<22} {row['n_pieces']:>5} 首,语料库中 {row['n_shared']} 首与之相同;"
        f"最大相似度 {row['largest_share']:.0%}",
    )


def _short(facts: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return the facts of a corpus without its files."""
    return {
        "path": str(folder),
        **{name: value for name, value in facts.items() if name not in ("format", "files")},
    }


def _lines(facts: dict[str, Any], folder: Path, out: Output) -> list[str]:
    """Return a built corpus as lines for a person."""
    head = out.say("pieces      notes       bars", "乐曲        音符        小节")
    lines = [str(folder), f"{'':<24}{head}"]
    for name in ("splits", "sources", "styles"):
        for key, row in facts[name].items():
            counts = f"{row['n_pieces']:>6} {row['n_notes']:>10} {row['n_bars']:>10}"
            share = f"{100 * row['draws']:>7.1f} %" if name != "splits" else ""
            lines.append(f"{key:<23} {counts}{share}")
        lines.append("")
    left_out = out.say(
        f"left out: {facts['n_duplicates']} duplicates, {facts['n_benchmark']} pieces of benchmarks",
        f"未收入:重复 {facts['n_duplicates']} 首,基准乐曲 {facts['n_benchmark']} 首",
    )
    return [*lines, left_out]


def _card(config: BuildConfig, out: Output) -> None:
    """Write the data card of a built corpus."""
    from motet.corpus import write_card

    card = write_card(config.output, language=out.language)
    out.finish({"card": card}, card.splitlines())


def _credits(config: BuildConfig, out: Output) -> None:
    """Write whom to name; names of single pieces where a corpus is built."""
    from motet.corpus import read_facts
    from motet.corpus.attribution import tell_credits
    from motet.errors import CorpusError

    people: dict[str, list[str]] = {}
    try:
        people = read_facts(config.output)["credits"]
    except CorpusError:
        out.note(
            f"{config.output}: no built corpus, so the makers of single pieces are not named",
            f"{config.output}:没有已构建的语料库,因此未列出单首乐曲的制作者",
        )
    text = tell_credits(config.chosen, people=people)
    out.finish({"credits": text}, text.splitlines())


_DOERS = {
    "fetch": _fetch,
    "build": _build,
    "info": _info,
    "check": _check,
    "card": _card,
    "credits": _credits,
}

"""The typer application, built for one language.

Conventions: nothing is built at import; each command group registers itself from its own file.
Usage errors become `ParameterError`, so that one place turns errors into exit codes.
"""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from motet.cli import (
    accompany,
    adjust,
    analyse,
    arrange,
    batch,
    bench,
    bundles,
    completion,
    compose,
    convert,
    corpus,
    develop,
    diff,
    doctor,
    draw,
    evaluate,
    export,
    extend,
    generate,
    handoff,
    harmonise,
    hum,
    humanise,
    infill,
    lyrics,
    melody,
    morph,
    originality,
    play,
    progression,
    project,
    rank,
    reduce,
    render,
    restyle,
    show,
    sketch,
    studio,
    styles,
    sweep,
    train,
    transcribe,
    understand,
    vary,
    verify,
    watch,
    why,
)
from motet.cli.help import render_help
from motet.cli.output import Output, write_lines
from motet.cli.suggest import did_you_mean
from motet.cli.usage import check_repeats, usage_error
from motet.cli.wording import Translate, translator
from motet.errors import ParameterError
from motet.language import Language

__all__ = ["build_app", "command_names", "help_page", "page_names"]


def _show_page(ctx: Any, param: Any, is_wanted: bool) -> None:  # noqa: ARG001
    """Print the help page and leave."""
    if is_wanted and not ctx.resilient_parsing:
        write_lines(sys.stdout, [ctx.get_help()])
        raise typer.Exit


def _classes(t: Translate) -> tuple[type[TyperCommand], type[TyperGroup]]:
    """Return the command and group classes that speak one language."""

    class Speaking:
        """Help and usage errors in one language, for commands and groups alike."""

        def get_help_option(self, ctx: Any) -> Any:
            option = super().get_help_option(ctx)  # type: ignore[misc]
            if option is not None:
                option.help = t("Show this page.", "显示本页。")
                option.callback = _show_page
            return option

        def parse_args(self, ctx: Any, args: list[str]) -> Any:
            check_repeats(args, self, ctx)
            try:
                return super().parse_args(ctx, args)  # type: ignore[misc]
            except typer.TyperException as error:
                raise usage_error(error, self, ctx) from error

        def format_help(self, ctx: Any, formatter: Any) -> None:
            formatter.write(render_help(self, ctx, t=t))

    class Group(Speaking, TyperGroup):
        """All commands, or those of one kind."""

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:
            if args[0] in self.commands:
                return super().resolve_command(ctx, args)
            en, zh = did_you_mean(args[0], self.commands)
            raise ParameterError(
                f"there is no command {args[0]!r}{en or f'; see {ctx.command_path} --help'}",
                zh=f"没有命令 {args[0]!r}{zh or f';见 {ctx.command_path} --help'}",
            )

    class Command(Speaking, TyperCommand):
        """One command; `group_class` is for those that have commands of their own."""

        group_class = Group

    return Command, Group


def build_app(language: Language) -> typer.Typer:
    """Return the command line application whose texts are in one language.

    Parameters
    ----------
    language : Language

    Returns
    -------
    typer.Typer
        Its context object must be an `Output`.

    Examples
    --------
    >>> build_app("zh").info.help
    'Motet:作曲伙伴,在您自己的机器上写作、编配、演奏音乐。'
    """
    t = translator(language)
    command_class, group_class = _classes(t)
    app = typer.Typer(
        name="motet",
        cls=group_class,
        add_completion=False,
        rich_markup_mode=None,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=t(
            "Motet: a composition partner that writes, arranges and plays music on your machine.",
            "Motet:作曲伙伴,在您自己的机器上写作、编配、演奏音乐。",
        ),
    )

    @app.callback()
    def start(
        ctx: typer.Context,
        version: bool = typer.Option(
            False, "--version", help=t("Show the version.", "显示版本。"), is_eager=True
        ),
    ) -> None:
        if version:
            from motet import __version__

            out: Output = ctx.obj
            out.finish({"version": __version__}, [f"motet {__version__}"])
            raise typer.Exit
        if ctx.invoked_subcommand is None:
            _show_page(ctx, None, True)

    for group in (
        studio, arrange, compose, generate, sketch, understand, transcribe, hum, project, extend, infill, melody,
        harmonise, accompany, progression, lyrics, vary, morph, adjust, develop, restyle, reduce,
        humanise, batch,
        convert, render, handoff, play, show, rank, analyse, why, diff, verify, originality, styles,
        corpus, train, watch, sweep, draw, export, bundles, bench, evaluate, doctor, completion,
    ):  # fmt: skip
        group.register(app, t, command_class)
    return app


def command_names() -> tuple[str, ...]:
    """Return the names of all commands, in the order of the help page.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> command_names()[:2]
    ('studio', 'arrange')
    """
    group: Any = typer.main.get_command(build_app("en"))
    return tuple(group.commands)


def help_page(name: str, *, language: Language) -> str:
    """Return the help page of a command, or of Motet itself for an empty name.

    Parameters
    ----------
    name : str
        One of `command_names`, ``"project lock"`` for a command of a group, or ``""``.
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> "--loop" in help_page("render", language="en")
    True
    >>> help_page("project lock", language="en").splitlines()[0]
    'Usage: motet project lock [OPTIONS] FILE [WHAT]...'
    """
    group: Any = typer.main.get_command(build_app(language))
    ctx = typer.Context(group, info_name="motet", help_option_names=["-h", "--help"])
    for word in name.split():
        group = group.commands[word]
        ctx = typer.Context(group, info_name=word, parent=ctx)
    return str(group.get_help(ctx))


def page_names() -> tuple[str, ...]:
    """Return the names of all help pages, those of commands in groups too.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> [name for name in page_names() if name.startswith("project")][:3]
    ['project', 'project new', 'project show']
    """
    group: Any = typer.main.get_command(build_app("en"))
    found: list[str] = []
    for name, command in group.commands.items():
        found += [name, *(f"{name} {inner}" for inner in getattr(command, "commands", {}))]
    return tuple(found)

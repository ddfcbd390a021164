"""``motet develop``: a motif developed through a form."""

from __future__ import annotations

from typing import Any

import typer

from motet.cli.wish import instrument_option, metre_option, qpm_option
from motet.cli.wording import Translate
from motet.cli.writing import (
    bundle_option,
    candidates_option,
    finish_composition,
    given_options,
    key_option,
    originality_option,
    output_option,
    seed_option,
    style_option,
    temperature_option,
    writing_progress,
)

__all__ = ["is_notes", "register"]


def is_notes(source: str) -> bool:
    """Whether a source is notes written out rather than a file.

    Parameters
    ----------
    source : str

    Returns
    -------
    bool

    Examples
    --------
    >>> is_notes("G4:.5 Eb4:2"), is_notes("motif.mid")
    (True, False)
    """
    words = source.replace("|", " ").split()
    return bool(words) and all(":" in word and not word.endswith(":") for word in words)


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "develop" in command_names()
    True
    """

    @app.command(
        "develop",
        cls=cls,
        short_help=t("Develop a motif through a form.", "把动机发展成一首曲子。"),
        help=t(
            "Develop a motif of one to four bars through a form: by sequence, inversion, retrograde, "
            "augmentation, diminution, fragmentation, extension and on the dominant. What each phrase "
            "does is read back off the notes and told. With --accompany a band or an ensemble plays below.",
            "把一到四小节的动机按曲式发展:模进、倒影、逆行、扩大、缩小、碎分、扩展、移至属音。"
            "每句用了什么手法,均由音符反推并列出。给出 --accompany 则配上乐队或重奏。",
        ),
        epilog='motet develop "r:.5 G4:.5 G4:.5 G4:.5 Eb4:2" --key "C minor" -o piece.musicxml\n'
        'motet develop motif.mid --form "A8 A8 B8 A8" --technique inversion -o piece.mid\n'
        'motet develop "C5:1 E5:.5 D5:.5 G4:2" --accompany bossa -o song/',
    )
    def develop(
        ctx: typer.Context,
        source: str = typer.Argument(
            ...,
            metavar="MOTIF",
            help=t(
                'Notes, "C4:1 E4:.5 r:.5 G4:2" (pitch:quarter notes), a score file, or -.',
                "音符(音高:四分音符数),如 C4:1 E4:.5 r:.5 G4:2;或乐谱文件;或 -。",
            ),
        ),
        form: str = typer.Option(
            "A8 B8 A8",
            "--form",
            metavar="FORM",
            help=t("Sections and their bars.", "段落与小节数。"),
        ),
        technique: list[str] = typer.Option(
            [],
            "--technique",
            metavar="NAME",
            help=t(
                "sequence, inversion, retrograde, augmentation, diminution, fragmentation, extension, "
                "dominant; may be repeated, used in this order.",
                "手法:sequence 模进、inversion 倒影、retrograde 逆行、augmentation 扩大、"
                "diminution 缩小、fragmentation 碎分、extension 扩展、dominant 属音;可重复,依次使用。",
            ),
        ),
        chords: str | None = typer.Option(
            None, "--chords", metavar="CHORDS", help=t("Chords to go by.", "所依的和弦。")
        ),
        instrument: str = instrument_option(
            t, "Who plays; else the motif's, or the style's.", "由谁演奏;默认同动机,或随风格。"
        ),
        metre: str | None = metre_option(t, "Of written notes.", "用于文字音符的拍号。"),
        qpm: float | None = qpm_option(t),
        accompany: str = typer.Option(
            "",
            "--accompany",
            metavar="STYLE",
            help=t(
                "A style whose usual parts play below; with --style it is that one.",
                "由该风格常用的声部伴奏;给出 --style 时即用其风格。",
            ),
        ),
        style: str | None = style_option(t),
        key: str | None = key_option(t),
        temperature: float | None = temperature_option(t),
        candidates: int | None = candidates_option(t),
        seed: int | None = seed_option(t),
        bundle: str | None = bundle_option(t),
        originality: bool = originality_option(t),
        output: str = output_option(t),
    ) -> None:
        from motet.cli.source import load_score
        from motet.tasks import develop as develop_motif

        motif = source if is_notes(source) else load_score(source, ctx.obj)
        asked = {
            "chords": chords, "metre": metre, "qpm": qpm, "style": style, "key": key,
            "temperature": temperature, "candidates": candidates, "seed": seed,
        }  # fmt: skip
        words = [word for text in technique for word in text.replace(",", " ").split()]
        with writing_progress(ctx.obj) as tell:
            piece = develop_motif(
                motif, form=form, techniques=words, instrument=instrument, accompany=accompany,
                bundle=bundle, language=ctx.obj.language, on_bar=tell, originality=originality,
                **given_options(asked),
            )  # fmt: skip
        finish_composition(ctx.obj, piece, output, {})

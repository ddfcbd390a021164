"""The handful of calls most users need: arrange, and save what came of it in every form.

Conventions: progress is told as ``progress(fraction, label)``, 0 to 1. Everything heavy loads on first
use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from motet.language import Language, say

if TYPE_CHECKING:
    from motet.arranger.piece import Piece
    from motet.io import Loss
    from motet.project import Project
    from motet.score import Part, Score
    from motet.tasks import Composition

__all__ = [
    "ALL_FORMATS",
    "Arrangement",
    "StyleInfo",
    "arrange",
    "save",
    "save_all",
    "styles",
]

Report = Callable[[float, str], None]
Remark = Callable[[str, str], None]
ALL_FORMATS = ("mid", "musicxml", "svg", "pdf", "png", "wav", "json")


@dataclass(frozen=True)
class StyleInfo:
    """What a style is called and made of."""

    name: str
    title_en: str
    title_zh: str
    metre: str
    qpm: float
    parts: tuple[str, ...]
    grooves: tuple[str, ...]
    group: str = ""
    metres: tuple[str, ...] = ()
    parts_zh: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrangement:
    """An arranged piece, ready to be rendered or saved.

    Examples
    --------
    >>> piece = arrange("| Dm7 | G7 | Cmaj7 | A7 |", style="swing", seed=3)
    >>> piece.facts()["metre"], piece.score.n_bars
    ('4/4', 17)
    """

    piece: Piece
    language: Language = "en"
    given: Score | None = None
    task = "arrange"

    @property
    def score(self) -> Score:
        """The score."""
        return self.piece.score

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the score."""
        return self.piece.score.parts

    def summary(self, language: Language | None = None) -> str:
        """Return the piece told in a few lines."""
        return self.piece.summary(language or self.language)

    def facts(self) -> dict[str, Any]:
        """Return what the piece is, as plain values for JSON."""
        return self.piece.facts()

    def write(self, path: str | Path) -> Path:
        """Write the notes (``.mid``, ``.musicxml``, ``.mxl``, ``.abc``, ``.json``), return the path."""
        from motet.provenance.origin import write_piece

        return write_piece(self, path)

    def render(self, path: str | Path, **options: Any) -> list[Path]:
        """Write the piece in the form that the extension names, and return the files.

        Parameters
        ----------
        path : str or Path
            ``.wav .flac .ogg .mp3`` sound, ``.svg .pdf`` sheet music, ``.png`` piano roll, notes
            (``.mid .musicxml .json``), or a folder, which gets everything.
        **options
            Of `save`.
        """
        return save(self, path, **options)


def arrange(
    source: str | Path | Score | None = None,
    *,
    style: str = "pop",
    key: str | None = None,
    metre: str | None = None,
    qpm: float | None = None,
    form: str | None = None,
    intensity: int = 3,
    seed: int = 0,
    melody: bool = True,
    parts: Sequence[str] | None = None,
    bars: int | None = None,
    swing: float | None = None,
    humanise: float = 1.0,
    title: str = "",
    language: Language = "en",
    progress: Report | None = None,
) -> Arrangement:
    """Return an idiomatic multi-part piece over chords, under a melody, or from nothing.

    Parameters
    ----------
    source : str, Path, Score or None
        A progression (``"| Am7 D7 | Gmaj7 |"``, sections in ``[ ]``), the path of a lead sheet, a score
        with a melody, chord symbols or both, or nothing: then harmony and melody are invented.
    style : str
        One of `styles`, a groove's name, or the path of your own TOML file.
    key : str or None
        ``"F"``, ``"A minor"``, ``"C大调"``.
    metre : str or None
        ``"3/4"``; any metre works with any style.
    qpm : float or None, quarter notes a minute, 20 to 400
    form : str or None
        ``"intro4 A8 B8 A8 outro4"``.
    intensity : int, 1 to 5
        How full and loud.
    seed : int, >= 0
        Same seed, same notes.
    melody : bool
        Whether to write a melody when the source has none.
    parts : sequence of str or None
        Roles, part names or instruments to keep; ``"comping=harpsichord"`` changes an instrument.
    bars : int or None, 1 to 400
        Exact length of a progression or an invented piece.
    swing : float or None, 0 to 1
        0 straight, 1 triplets; None is the style's.
    humanise : float, 0 to 2
        0 plays on the grid, 1 as usual.
    title : str
    language : "en" or "zh"
        Of titles and section names.
    progress : callable or None
        ``progress(fraction, label)``.

    Returns
    -------
    Arrangement

    Raises
    ------
    ParameterError
        An option, chord, style or part cannot be understood.
    FormatError
        The lead sheet cannot be read.

    Examples
    --------
    >>> piece = arrange("| Am7 D7 | Gmaj7 |", style="bossa", bars=8, seed=1)
    >>> piece.score.n_bars, piece.score.chords[0].symbol
    (8, 'Am7')
    """
    from motet.arranger.piece import write_piece
    from motet.arranger.request import ArrangeRequest

    request = ArrangeRequest(
        style=str(style),
        key=key,
        metre=metre,
        qpm=qpm,
        form=form,
        intensity=intensity,
        seed=seed,
        melody=melody,
        parts=(parts,) if isinstance(parts, str) else None if parts is None else tuple(parts),
        bars=bars,
        swing=swing,
        humanise=humanise,
        title=title,
    )

    def report(done: int, total: int) -> None:
        if progress is not None:
            progress(done / total, say("writing parts", "写各声部", language=language))

    given = _open(source)
    piece = write_piece(given, request, progress=report, language=language)
    return Arrangement(piece, language, given if not isinstance(given, str) else None)


def _open(source: str | Path | Score | None) -> str | Score | None:
    if isinstance(source, Path) or (isinstance(source, str) and _is_file(source)):
        from motet.io import read

        return read(source).score
    return source


def _is_file(text: str) -> bool:
    if "|" in text or "\n" in text or len(text) > 1024:
        return False
    return Path(text).suffix.lower() in (
        ".mid", ".midi", ".json", ".musicxml", ".xml", ".mxl", ".abc", ".krn", ".kern",
    )  # fmt: skip


def styles() -> tuple[StyleInfo, ...]:
    """Return all styles, built-in and the user's own.

    Examples
    --------
    >>> len(styles()) >= 16
    True
    """
    from motet.arranger.style_file import list_styles

    return tuple(
        StyleInfo(
            name=style.name,
            title_en=style.title,
            title_zh=style.title_zh,
            metre=style.metre,
            qpm=style.qpm[1],
            parts=tuple(part.name for part in style.parts),
            grooves=tuple(groove.name for groove in style.grooves),
            group=style.group,
            metres=style.metres,
            parts_zh=tuple(part.name_zh or part.name for part in style.parts),
        )
        for style in list_styles()
    )


def save(
    source: Arrangement | Composition | Project | Score,
    path: str | Path,
    *,
    language: Language | None = None,
    layout: Literal["full", "lead"] = "full",
    page: Literal["a4", "letter"] = "a4",
    stems: bool = False,
    progress: Report | None = None,
    on_loss: Callable[[Loss], None] | None = None,
    on_remark: Remark | None = None,
    **sound: Any,
) -> list[Path]:
    """Return the files written for a piece, in the form that the extension names.

    Parameters
    ----------
    source : Arrangement, Composition, Project or Score
    path : str or Path
        ``.mid .midi .json .musicxml .mxl`` notes, ``.svg .pdf`` sheet music, ``.png`` piano roll,
        ``.wav .flac .ogg .mp3`` sound, or a folder for everything. Missing folders are made.
    language : "en", "zh" or None
        Of words in pictures; None is the arrangement's.
    layout : "full" or "lead"
        Sheet music and MusicXML of all parts, or of melody and chords.
    page : "a4" or "letter"
    stems : bool
        Whether each part's sound is written too, as ``NAME-PART.wav``.
    progress : callable or None
        ``progress(fraction, label)``.
    on_loss : callable or None
        Called with each thing that a notes format cannot hold.
    on_remark : callable or None
        Called with what a user should know, in English and Chinese: that a record is not signed.
    **sound
        ``sample_rate_hz``, ``engine``, ``soundfont``, ``loudness_lufs``, ``reverb``, ``loop``,
        ``start_s``, ``end_s`` of `motet.render.render_audio`; ``quality`` of `write_audio`.

    Returns
    -------
    list of Path
        A score of several pages has several SVG files.

    Raises
    ------
    ParameterError
        The extension or an option is unknown, or an option says nothing about this form.

    Examples
    --------
    >>> save(arrange("| C | G |", bars=2), "two.mid")[0].name
    'two.mid'
    """
    from motet.render.save import is_folder, save_score

    if is_folder(path):
        return save_all(
            source, path, language=language, layout=layout, page=page, stems=stems,
            progress=progress, on_remark=on_remark, **sound,
        )  # fmt: skip
    score, spoken = _opened(source, language, layout=layout)
    return save_score(
        score, Path(path), language=spoken, layout=layout, page=page, stems=stems,
        progress=progress, on_loss=on_loss, **sound,
    )  # fmt: skip


def save_all(
    source: Arrangement | Composition | Project | Score,
    folder: str | Path,
    *,
    stem: str = "song",
    formats: Sequence[str] = ALL_FORMATS,
    language: Language | None = None,
    layout: Literal["full", "lead"] = "full",
    page: Literal["a4", "letter"] = "a4",
    stems: bool = False,
    progress: Report | None = None,
    on_remark: Remark | None = None,
    **sound: Any,
) -> list[Path]:
    """Write a piece in several forms into a folder and return the files.

    Parameters
    ----------
    source : Arrangement, Composition, Project or Score
    folder : str or Path
        Made if missing.
    stem : str
        Name of the files, without extension.
    formats : sequence of str
        Extensions, see `ALL_FORMATS`; also ``flac``, ``ogg``, ``mp3``. With ``pdf`` comes a lead
        sheet (``song-lead.pdf``) where there is a melody or chords beside other parts.
    language, layout, page, stems, progress, on_remark, **sound
        As for `save`.

    Returns
    -------
    list of Path
        In the order written, sound first; a score of several pages has several SVG files. Last, for
        what Motet made, a licence file and a signed record (see `motet.verify`).

    Raises
    ------
    ParameterError
        A format or an option is unknown.

    Examples
    --------
    >>> files = save_all(arrange("| C | G |", style="pop"), "all", formats=("mid", "json"))
    >>> [path.name for path in files]
    ['song.mid', 'song.json', 'LICENSE-music.txt', 'song.provenance.json']
    """
    from motet.provenance.folder import vouch_for
    from motet.render.save import save_folder

    score, spoken = _opened(source, language, layout=layout)
    files = save_folder(
        score, Path(folder), stem=stem, formats=formats, language=spoken, layout=layout,
        page=page, stems=stems, progress=progress, **sound,
    )  # fmt: skip
    font = Path(str(sound.get("soundfont") or "")).name
    return files + vouch_for(files, score, folder, stem=stem, font=font, on_remark=on_remark)


def _opened(
    source: Arrangement | Composition | Project | Score, language: Language | None, *, layout: str
) -> tuple[Score, Language]:
    """Return the score, with the record of how it came to be where Motet made it."""
    from motet.provenance import embed, record_of
    from motet.score import Score

    if isinstance(source, Score):
        return source, language or "en"
    return embed(source.score, record_of(source), layout=layout), language or source.language

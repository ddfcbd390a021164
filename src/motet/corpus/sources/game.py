"""Music of free games: Freedoom, Blasphemer, Simutrans. The only full-band pieces by people.

Conventions: what style a piece of Freedoom or Simutrans is, its instruments tell (see
`motet.corpus.style`); each piece is a work of its own.
"""

from __future__ import annotations

from pathlib import Path

from motet.corpus.item import Item

__all__ = ["list_blasphemer", "list_freedoom", "list_simutrans"]


def list_freedoom(source: str, folder: Path) -> list[Item]:
    """Return the pieces of Freedoom: rock, metal and electronic music.

    Parameters
    ----------
    source : str
        Its name.
    folder : Path
        The content of its archive.

    Returns
    -------
    list of Item

    Examples
    --------
    >>> Path("in/musics/d_e1m1.mid").parent.mkdir(parents=True, exist_ok=True)
    >>> Path("in/musics/d_e1m1.mid").touch()
    >>> [item.work for item in list_freedoom("freedoom", Path("in"))]
    ['freedoom/d_e1m1']
    """
    return _game_items(source, folder, "", has_velocity=True)


def list_simutrans(source: str, folder: Path) -> list[Item]:
    """Return the pieces of Simutrans: pop, jazz, rock and electronic music.

    Parameters
    ----------
    source : str
        Its name.
    folder : Path
        The content of its archive.

    Returns
    -------
    list of Item

    Examples
    --------
    >>> Path("in/music/31-Blue.mid").parent.mkdir(parents=True, exist_ok=True)
    >>> Path("in/music/31-Blue.mid").touch()
    >>> [item.work for item in list_simutrans("simutrans", Path("in"))]
    ['simutrans/31-blue']
    """
    return _game_items(source, folder, "", has_velocity=True)


def list_blasphemer(source: str, folder: Path) -> list[Item]:
    """Return the pieces of Blasphemer: dark orchestral music; the .mus files are the same.

    Parameters
    ----------
    source : str
        Its name.
    folder : Path
        The content of its archive.

    Returns
    -------
    list of Item

    Examples
    --------
    >>> Path("in/musics/mus_e1m1.mid").parent.mkdir(parents=True, exist_ok=True)
    >>> Path("in/musics/mus_e1m1.mid").touch()
    >>> [item.work for item in list_blasphemer("blasphemer", Path("in"))]
    ['blasphemer/mus_e1m1']
    """
    return _game_items(source, folder, "game", has_velocity=False, has_beats=False)


def _game_items(
    source: str, folder: Path, style: str, *, has_velocity: bool, has_beats: bool = True
) -> list[Item]:
    """Return every MIDI file."""
    return [
        Item(
            source=source,
            name=path.relative_to(folder).as_posix(),
            path=path,
            work=f"{source}/{path.stem.lower()}",
            style=style,
            title=path.stem,
            has_velocity=has_velocity,
            has_beats=has_beats,
        )
        for path in folder.rglob("*.mid")
    ]

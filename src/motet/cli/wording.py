"""Which language the command line speaks, and the global options that every command takes.

Conventions: ``--lang`` beats ``MOTET_LANG``, which beats ``LC_ALL``, ``LC_MESSAGES`` and ``LANG``.
``--lang`` and ``--json`` may stand anywhere before a ``--``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from motet.errors import ParameterError
from motet.language import LANGUAGES, Language, choose_language, say

__all__ = ["Globals", "Translate", "split_globals", "translator"]

Translate = Callable[[str, str], str]


@dataclass(frozen=True, kw_only=True)
class Globals:
    """What holds for every command: the language and whether to answer in JSON.

    Examples
    --------
    >>> Globals(language="en", as_json=False).args
    ()
    """

    language: Language
    as_json: bool
    args: tuple[str, ...] = ()
    wrong_language: str = ""
    is_chosen: bool = field(default=False, repr=False)

    def check(self) -> None:
        """Raise a ParameterError if ``--lang`` named a language that Motet does not speak."""
        if self.wrong_language:
            raise ParameterError(
                f"--lang must be en or zh, got {self.wrong_language}; "
                "leave it out to use the system's",
                zh=f"--lang 只能是 en 或 zh,收到 {self.wrong_language};省略则用系统语言",
            )


def translator(language: Language) -> Translate:
    """Return a function that picks the English or the Chinese of two texts.

    Parameters
    ----------
    language : Language

    Returns
    -------
    callable
        ``t(en, zh) -> str``.

    Examples
    --------
    >>> translator("zh")("bar", "小节")
    '小节'
    """
    return lambda en, zh: say(en, zh, language=language)


def split_globals(args: Sequence[str], environ: Mapping[str, str]) -> Globals:
    """Return the language and output kind asked for, and the arguments without them.

    Parameters
    ----------
    args : sequence of str
        Command line after the program's name.
    environ : mapping
        The environment.

    Returns
    -------
    Globals

    Examples
    --------
    >>> split_globals(["show", "--lang", "zh", "a.mid", "--json"], {"LANG": "C"})
    Globals(language='zh', as_json=True, args=('show', 'a.mid'), wrong_language='')
    >>> split_globals(["styles"], {"LANG": "zh_CN.UTF-8", "MOTET_LANG": "en"}).language
    'en'
    """
    rest: list[str] = []
    wish: str | None = None
    as_json = False
    words = list(args)
    while words:
        word = words.pop(0)
        if word == "--":
            rest += [word, *words]
            break
        if word == "--json":
            as_json = True
        elif word == "--lang":
            wish = words.pop(0) if words else ""
        elif word.startswith("--lang="):
            wish = word.partition("=")[2]
        else:
            rest.append(word)
    names = ("MOTET_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    fallback = next((environ[name] for name in names if environ.get(name)), None)
    is_wrong = wish is not None and wish.lower().replace("_", "-").split("-")[0] not in LANGUAGES
    return Globals(
        language=choose_language(fallback if wish is None or is_wrong else wish),
        as_json=as_json,
        args=tuple(rest),
        wrong_language=repr(wish) if is_wrong else "",
        is_chosen=wish is not None,
    )

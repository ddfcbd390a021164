"""The one exception tree. Every message exists in English and in Chinese.

::

    MotetError
    ├── ParameterError (ValueError)   the caller's argument      exit 2   HTTP 422
    ├── FormatError                   the file is not valid      exit 3   HTTP 400
    ├── CorpusError                   manifest, split, hash      exit 4   HTTP 500
    ├── BundleError                   vocab, shape, version      exit 5   HTTP 500
    ├── ConstraintError               no music satisfies this    exit 6   HTTP 409
    └── BusyError                     queue full, deadline past  exit 7   HTTP 503

A message has four facts: which argument, what was allowed, what came, what to do.
``str(error)`` is English; ``error.localised("zh")`` is Chinese.
"""

from __future__ import annotations

from motet.language import Language, say_place, say_reason

__all__ = [
    "BundleError",
    "BusyError",
    "ConstraintError",
    "CorpusError",
    "FormatError",
    "MotetError",
    "ParameterError",
]


class MotetError(Exception):
    """Root of all errors that Motet raises on purpose.

    Parameters
    ----------
    en, zh : str
        The message in both languages.
    path : str
        File the error is about, or empty.
    place : str
        Where in the file: ``"byte 120"``, ``"bar 7"``, ``"line 3"``, or empty.

    Examples
    --------
    >>> error = FormatError("no header", zh="缺少文件头", path="a.mid", place="byte 0")
    >>> str(error)
    'a.mid, byte 0: no header'
    >>> error.localised("zh")
    'a.mid,第 0 字节:缺少文件头'
    """

    exit_code = 1
    http_status = 500

    def __init__(self, en: str, *, zh: str, path: str = "", place: str = "") -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh
        self.path = path
        self.place = place

    def localised(self, language: Language) -> str:
        """Return the message, with path and place in front, in one language."""
        if language == "zh":
            text = say_reason(self.zh, language="zh")
            where = ",".join(
                one for one in (self.path, say_place(self.place, language="zh")) if one
            )
            return f"{where}:{text}" if where else text
        where = ", ".join(one for one in (self.path, self.place) if one)
        return f"{where}: {self.en}" if where else self.en

    def __str__(self) -> str:
        return self.localised("en")

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with keywords, so that errors cross process borders."""
        return _rebuild, (type(self), self.en, self.zh, self.path, self.place)


def _rebuild(kind: type[MotetError], en: str, zh: str, path: str, place: str) -> MotetError:
    return kind(en, zh=zh, path=path, place=place)


class ParameterError(MotetError, ValueError):
    """An argument of the caller is not allowed (exit 2, HTTP 422)."""

    exit_code = 2
    http_status = 422


class FormatError(MotetError):
    """A file is damaged or not what it claims to be (exit 3, HTTP 400)."""

    exit_code = 3
    http_status = 400


class CorpusError(MotetError):
    """A corpus manifest, split or hash does not hold (exit 4, HTTP 500)."""

    exit_code = 4
    http_status = 500


class BundleError(MotetError):
    """A model bundle does not fit this version (exit 5, HTTP 500)."""

    exit_code = 5
    http_status = 500


class ConstraintError(MotetError):
    """No music can satisfy what was asked (exit 6, HTTP 409)."""

    exit_code = 6
    http_status = 409


class BusyError(MotetError):
    """Too much work is waiting, or a deadline has passed (exit 7, HTTP 503)."""

    exit_code = 7
    http_status = 503

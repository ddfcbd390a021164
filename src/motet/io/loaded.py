"""What reading and writing a file gives beside the notes: what was mended, what could not be said.

Conventions: a *repair* is damage that was mended on reading; a *loss* is something of a score that
a format cannot say, found on writing. Both exist in English and in Chinese.
"""

from __future__ import annotations

from dataclasses import dataclass

from motet.errors import FormatError
from motet.language import Language, say, say_place
from motet.score import Score

__all__ = ["Ledger", "Loaded", "Loss", "Repair"]


@dataclass(frozen=True, slots=True)
class Repair:
    """One kind of damage that was mended at one place.

    Parameters
    ----------
    place : str
        ``"byte 120, track 2"``: where it was met first.
    en, zh : str
        What was wrong and what was done about it.

    Examples
    --------
    >>> Repair("byte 120, track 2", "tempo 0 was ignored", "忽略了为 0 的速度").localised("zh")
    '第 120 字节,第 2 轨:忽略了为 0 的速度'
    """

    place: str
    en: str
    zh: str

    def localised(self, language: Language) -> str:
        """Return the repair, place first, in one language."""
        text = say(self.en, self.zh, language=language)
        if not self.place:
            return text
        place = say_place(self.place, language=language)
        return place + say(": ", ":", language=language) + text


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of thing that a written file does not hold.

    Parameters
    ----------
    n : int, > 0
        How many there are in the score.
    en, zh : str
        What is missing, and what stands for it if anything does.

    Examples
    --------
    >>> Loss(3, "slurs are not written", "未写入连线").localised("en")
    '3 × slurs are not written'
    """

    n: int
    en: str
    zh: str

    def localised(self, language: Language) -> str:
        """Return the loss with its count in one language."""
        return f"{self.n} × {say(self.en, self.zh, language=language)}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A score that was read, and each repair that reading it took.

    Parameters
    ----------
    score : Score
    repairs : tuple of Repair
        Empty for a sound file.

    Examples
    --------
    >>> from motet.score import make_score
    >>> Loaded(make_score("C4:1")).repairs
    ()
    """

    score: Score
    repairs: tuple[Repair, ...] = ()


class Ledger:
    """The list of repairs while a file is read; in strict mode the first damage raises.

    Damage of one kind in one track is one entry with a count, so that hostile files stay cheap.

    Parameters
    ----------
    mend : bool
        False raises at the first damage.
    path : str
        Name of the file for messages.

    Examples
    --------
    >>> ledger = Ledger()
    >>> ledger.mend(30, 2, "{n} note-offs ignored", "忽略 {n} 个音符结束")
    >>> ledger.mend(90, 2, "{n} note-offs ignored", "忽略 {n} 个音符结束")
    >>> [repair.localised("en") for repair in ledger.repairs]
    ['byte 30, track 2: 2 note-offs ignored']
    """

    def __init__(self, *, mend: bool = True, path: str = "") -> None:
        self.path = path
        self._mends = mend
        self._found: dict[tuple[int, str], list[int]] = {}
        self._chinese: dict[str, str] = {}

    def mend(self, byte: int, track: int, en: str, zh: str) -> None:
        """List a repair, or raise it in strict mode; ``{n}`` in the texts becomes the count.

        Raises
        ------
        FormatError
            Strict mode.
        """
        if not self._mends:
            raise self.refusal(byte, track, en.replace("{n}", "1"), zh.replace("{n}", "1"))
        self.tell(byte, track, en, zh)

    def tell(self, byte: int, track: int, en: str, zh: str) -> None:
        """List something that readers should know and that is no damage."""
        entry = self._found.get((track, en))
        if entry is None:
            self._found[track, en] = [byte, 1]
            self._chinese[en] = zh
        else:
            entry[1] += 1

    def refusal(self, byte: int, track: int, en: str, zh: str) -> FormatError:
        """Return the error that says where the file cannot be read."""
        return FormatError(en, zh=zh, path=self.path, place=_place(byte, track))

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """Everything listed so far, in the order of first meeting."""
        return tuple(
            Repair(
                _place(byte, track),
                en.replace("{n}", str(count)),
                self._chinese[en].replace("{n}", str(count)),
            )
            for (track, en), (byte, count) in self._found.items()
        )


def _place(byte: int, track: int) -> str:
    """Return a place in words; track 0 is the file itself."""
    return f"byte {byte}, track {track}" if track else f"byte {byte}"

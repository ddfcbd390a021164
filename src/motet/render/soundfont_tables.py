"""The tables of a SoundFont file: its chunks, sample headers, presets, and zones.

Conventions: everything is checked when read; a `FormatError` names the byte. Offsets and amounts
are as the file has them; global zones are merged into the zones that follow them.

Source: SoundFont Technical Specification 2.04 (2006), sections 4 to 7; SF3 is the same file with
Ogg Vorbis samples (sample type bit 0x10), as MuseScore and FluidSynth define it.
"""

from __future__ import annotations

import itertools
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from motet.errors import FormatError
from motet.render.region import Modulator

__all__ = ["SampleHeader", "SoundFontTables", "Zone"]

_RECORDS = {
    b"phdr": 38, b"pbag": 4, b"pmod": 10, b"pgen": 4,
    b"inst": 22, b"ibag": 4, b"imod": 10, b"igen": 4, b"shdr": 46,
}  # fmt: skip
_VORBIS = 0x10
_Generators = dict[int, int]


@dataclass(frozen=True, slots=True)
class SampleHeader:
    """Where a sample lies and how it is tuned; addresses as the file has them."""

    name: str
    start: int
    end: int
    loop_start: int
    loop_end: int
    rate_hz: int
    root_key: int
    correction_cents: int
    is_vorbis: bool


@dataclass(frozen=True, slots=True)
class Zone:
    """Generators and modulators of one zone, its global zone merged in, and what it points to."""

    generators: _Generators
    modulators: tuple[Modulator, ...]
    target: int


def _text(raw: bytes) -> str:
    return raw.split(b"\0", 1)[0].decode("latin-1").strip()


class SoundFontTables:
    """The tables of one file: `name`, `samples`, `presets`, `preset_zones`, `instruments`.

    Parameters
    ----------
    path : Path
        An SF2 or SF3 file; mapped, not copied.

    Raises
    ------
    FormatError
        The file is no SoundFont, or is damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = ""
        try:
            self._data = memoryview(np.memmap(path, dtype=np.uint8, mode="r"))  # type: ignore[arg-type]
        except (OSError, ValueError) as error:
            raise self.bad(f"cannot be read: {error}", f"无法读取:{error}", 0) from error
        self.smpl: memoryview = self._data[:0]
        self.sm24: memoryview = self._data[:0]
        self._chunks: dict[bytes, memoryview] = {}
        self._scan()
        self.samples = self._headers()
        self.presets = self._preset_heads()
        self.instruments = self._zone_lists(b"inst", b"ibag", b"igen", b"imod", 53)
        self.preset_zones = self._zone_lists(b"phdr", b"pbag", b"pgen", b"pmod", 41)

    def bad(self, en: str, zh: str, byte: int) -> FormatError:
        """Return the error that says what is wrong with the file, and where."""
        return FormatError(en, zh=zh, path=str(self.path), place=f"byte {byte}")

    def _scan(self) -> None:
        """Find all chunks, or say what is wrong."""
        data = self._data
        if len(data) < 12 or bytes(data[:4]) != b"RIFF" or bytes(data[8:12]) != b"sfbk":
            raise self.bad(
                "not a SoundFont: RIFF sfbk expected; give an .sf2 or .sf3 file",
                "不是 SoundFont 文件:应以 RIFF sfbk 开头;请提供 .sf2 或 .sf3 文件",
                0,
            )
        at = 12
        while at + 8 <= len(data):
            name, size = bytes(data[at : at + 4]), int.from_bytes(data[at + 4 : at + 8], "little")
            if at + 8 + size > len(data):
                raise self.bad(
                    f"chunk {name!r} of {size} bytes runs past the end of the file; fetch it again",
                    f"数据块 {name!r}({size} 字节)超出文件末尾;请重新下载",
                    at,
                )
            if name == b"LIST" and size >= 4:
                self._scan_list(at + 12, at + 8 + size)
            at += 8 + size + (size & 1)
        for name, size in _RECORDS.items():
            chunk = self._chunks.get(name)
            if chunk is None or len(chunk) % size or len(chunk) < size:
                raise self.bad(
                    f"chunk {name.decode()} is missing or not a multiple of {size} bytes",
                    f"缺少数据块 {name.decode()},或其长度不是 {size} 字节的整数倍",
                    at,
                )

    def _scan_list(self, at: int, end: int) -> None:
        while at + 8 <= end:
            name = bytes(self._data[at : at + 4])
            size = int.from_bytes(self._data[at + 4 : at + 8], "little")
            if at + 8 + size > end:
                raise self.bad(
                    f"chunk {name!r} of {size} bytes runs past its list",
                    f"数据块 {name!r}({size} 字节)超出所在列表",
                    at,
                )
            body = self._data[at + 8 : at + 8 + size]
            if name == b"smpl":
                self.smpl = body
            elif name == b"sm24":
                self.sm24 = body
            elif name == b"INAM":
                self.name = _text(bytes(body))
            else:
                self._chunks.setdefault(name, body)
            at += 8 + size + (size & 1)

    def _headers(self) -> tuple[SampleHeader, ...]:
        records = list(struct.iter_unpack("<20sIIIIIBbHH", self._chunks[b"shdr"]))[:-1]
        found = []
        for name, start, end, loop, loop_end, rate, root, correction, _, kind in records:
            vorbis = bool(kind & _VORBIS)
            limit = len(self.smpl) if vorbis else len(self.smpl) // 2
            if not (kind & 0x8000) and (end > limit or start > end or rate == 0):
                raise self.bad(
                    f"sample {_text(name)!r} lies outside the data ({start} to {end} of {limit})",
                    f"采样 {_text(name)!r} 超出采样数据范围(共 {limit},所指 {start} 至 {end})",
                    0,
                )
            found.append(
                SampleHeader(
                    _text(name), start, end, loop, loop_end, rate, root, correction, vorbis
                )
            )
        return tuple(found)

    def _preset_heads(self) -> dict[tuple[int, int], tuple[str, int]]:
        records = list(struct.iter_unpack("<20sHHHIII", self._chunks[b"phdr"]))[:-1]
        found: dict[tuple[int, int], tuple[str, int]] = {}
        for k, (name, program, bank, *_) in enumerate(records):
            found.setdefault((bank, program), (_text(name), k))
        if not found:
            raise self.bad("the SoundFont has no presets", "该 SoundFont 没有任何音色", 0)
        return found

    def _zone_lists(
        self, heads: bytes, bags: bytes, generators: bytes, modulators: bytes, target: int
    ) -> tuple[tuple[Zone, ...], ...]:
        """Return the zones of every preset or instrument, global zones merged in."""
        layout = "<20sHHHIII" if heads == b"phdr" else "<20sH"
        column = 3 if heads == b"phdr" else 1
        first = [record[column] for record in struct.iter_unpack(layout, self._chunks[heads])]
        bag = list(struct.iter_unpack("<HH", self._chunks[bags]))
        gen = list(struct.iter_unpack("<HH", self._chunks[generators]))
        mod = list(struct.iter_unpack("<HHhHH", self._chunks[modulators]))
        if (
            first != sorted(first)
            or first[-1] >= len(bag)
            or bag[-1][0] > len(gen)
            or bag[-1][1] > len(mod)
            or any(a[0] > b[0] or a[1] > b[1] for a, b in itertools.pairwise(bag))
        ):
            raise self.bad(
                f"the zone tables {bags.decode()} and {generators.decode()} contradict each other",
                f"区域表 {bags.decode()} 与 {generators.decode()} 互相矛盾",
                0,
            )
        lists = []
        for low, high in itertools.pairwise(first):
            zones: list[Zone] = []
            shared: _Generators = {}
            shared_mods: dict[tuple[int, int, int], Modulator] = {}
            for index in range(low, high):
                own: _Generators = {}
                for number, amount in gen[bag[index][0] : bag[index + 1][0]]:
                    ranged = number in (43, 44) or number == target
                    own[number] = amount if ranged or amount < 32768 else amount - 65536
                mods = {}
                for source, dest, amount, by, _ in mod[bag[index][1] : bag[index + 1][1]]:
                    one = Modulator(source, dest, amount, by)
                    mods[one.identity] = one
                if target in own:
                    zones.append(
                        Zone(shared | own, tuple((shared_mods | mods).values()), own[target])
                    )
                elif index == low:
                    shared, shared_mods = own, mods
            lists.append(tuple(zones))
        return tuple(lists)

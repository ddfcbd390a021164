"""SoundFonts: SF2 and SF3 files read into presets, regions and samples.

Conventions: samples are float32, -1 to 1, decoded when first asked for and then kept; a program is
a General MIDI number 0 to 127; drum kits are in bank 128. The file is mapped, not copied.

Source: SoundFont Technical Specification 2.04 (2006), sections 4 to 7; SF3 is the same file with
Ogg Vorbis samples (sample type bit 0x10, loop points counted from the sample's own start), as
MuseScore and FluidSynth define it.
"""

from __future__ import annotations

import io
import threading
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motet.errors import FormatError
from motet.render.region import Region, build_region
from motet.render.soundfont_tables import SampleHeader, SoundFontTables

__all__ = ["DRUM_BANK", "SoundFont", "load_soundfont", "read_soundfont"]

DRUM_BANK = 128


def _range(generators: dict[int, int], number: int) -> tuple[int, int]:
    value = generators.get(number)
    return (0, 127) if value is None else (value & 0xFF, value >> 8 & 0xFF)


class SoundFont:
    """A SoundFont file, ready to give regions and samples. Made by `read_soundfont`.

    Parameters
    ----------
    path : Path
        An SF2 or SF3 file.

    Raises
    ------
    FormatError
        The file is no SoundFont, or is damaged.

    Examples
    --------
    >>> font = load_soundfont()
    >>> font.name, font.presets[(0, 0)]
    ('FluidR3Mono_GM2-312.SF2', 'Yamaha Grand Piano')
    >>> len(font.regions(0, 0, key=60, velocity=80)) >= 1
    True
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._tables = SoundFontTables(path)
        self.name = self._tables.name
        self.samples = self._tables.samples
        self._lock = threading.Lock()
        self._pcm: dict[int, NDArray[np.float32]] = {}
        self._zones: dict[tuple[int, int], tuple[Region, ...]] = {}

    @property
    def presets(self) -> dict[tuple[int, int], str]:
        """Names of the presets by (bank, program)."""
        return {key: name for key, (name, _) in self._tables.presets.items()}

    def find_preset(self, bank: int, program: int) -> tuple[int, int]:
        """Return the (bank, program) that really sounds: itself, else bank 0, else program 0."""
        if bank == DRUM_BANK:
            kit = program & ~7
            wishes = [(bank, program), (bank, kit), (bank, 0)]
        else:
            wishes = [(bank, program), (0, program), (0, 0)]
        for wish in wishes:
            if wish in self._tables.presets:
                return wish
        return min(
            self._tables.presets, key=lambda key: (key[0] == DRUM_BANK) != (bank == DRUM_BANK)
        )

    def regions(self, bank: int, program: int, *, key: int, velocity: int) -> tuple[Region, ...]:
        """Return the regions that a key struck so hard sets sounding, in file order."""
        home = self.find_preset(bank, program)
        if home not in self._zones:
            self._zones[home] = self._resolve(self._tables.presets[home][1])
        return tuple(region for region in self._zones[home] if region.holds(key, velocity))

    def _resolve(self, preset: int) -> tuple[Region, ...]:
        found = []
        for outer in self._tables.preset_zones[preset]:
            if outer.target >= len(self._tables.instruments):
                raise self._tables.bad(
                    f"a preset names instrument {outer.target}, which does not exist",
                    f"某音色引用了不存在的乐器 {outer.target}",
                    0,
                )
            for inner in self._tables.instruments[outer.target]:
                if inner.target >= len(self.samples):
                    raise self._tables.bad(
                        f"an instrument names sample {inner.target}, which does not exist",
                        f"某乐器引用了不存在的采样 {inner.target}",
                        0,
                    )
                ranges = []
                for number in (43, 44):
                    a, b = _range(outer.generators, number), _range(inner.generators, number)
                    ranges.append((max(a[0], b[0]), min(a[1], b[1])))
                if any(low > high for low, high in ranges):
                    continue
                head = self.samples[inner.target]
                base = 0 if head.is_vorbis else head.start
                frames = self._vorbis_frames(head) if head.is_vorbis else head.end - head.start
                found.append(
                    build_region(
                        sample=inner.target,
                        instrument=inner.generators,
                        preset=outer.generators,
                        keys=ranges[0],
                        velocities=ranges[1],
                        instrument_modulators=inner.modulators,
                        preset_modulators=outer.modulators,
                        sample_root=head.root_key,
                        sample_correction=head.correction_cents,
                        sample_frames=frames,
                        sample_loop=(head.loop_start - base, head.loop_end - base),
                    )
                )
        return tuple(found)

    def _vorbis_frames(self, head: SampleHeader) -> int:
        """Return the length that the last Ogg page states, without decoding."""
        packed = bytes(self._tables.smpl[head.start : head.end])
        page = packed.rfind(b"OggS")
        if page < 0 or page + 14 > len(packed):
            raise self._tables.bad(
                f"sample {head.name!r} is not valid Ogg Vorbis; fetch the SoundFont again",
                f"采样 {head.name!r} 不是有效的 Ogg Vorbis 数据;请重新下载 SoundFont",
                head.start,
            )
        return max(0, int.from_bytes(packed[page + 6 : page + 14], "little", signed=True))

    def sample(self, index: int) -> NDArray[np.float32]:
        """Return a sample: float32, shape (frames,), -1 to 1, mono."""
        with self._lock:
            if index not in self._pcm:
                self._pcm[index] = self._decode(self.samples[index])
            return self._pcm[index]

    def _decode(self, head: SampleHeader) -> NDArray[np.float32]:
        if head.is_vorbis:
            import soundfile

            try:
                pcm, _ = soundfile.read(
                    io.BytesIO(self._tables.smpl[head.start : head.end]),
                    dtype="float32",
                    always_2d=True,
                )
            except soundfile.SoundFileError as error:
                raise self._tables.bad(
                    f"sample {head.name!r} is not valid Ogg Vorbis; fetch the SoundFont again",
                    f"采样 {head.name!r} 不是有效的 Ogg Vorbis 数据;请重新下载 SoundFont",
                    head.start,
                ) from error
            return np.ascontiguousarray(pcm[:, 0])
        raw = np.frombuffer(
            self._tables.smpl, dtype="<i2", count=head.end - head.start, offset=2 * head.start
        )
        pcm16 = raw.astype(np.float32) / np.float32(32768.0)
        if len(self._tables.sm24) >= head.end:
            low = np.frombuffer(
                self._tables.sm24, np.uint8, count=head.end - head.start, offset=head.start
            )
            pcm16 += low.astype(np.float32) / np.float32(8388608.0)
        return pcm16


_LOADED: dict[tuple[str, int], SoundFont] = {}
_LOADED_LOCK = threading.Lock()


def read_soundfont(path: Path | str) -> SoundFont:
    """Return a SoundFont file, its tables checked and its samples still packed.

    Parameters
    ----------
    path : Path or str
        An SF2 or SF3 file. Read once a process: the same file gives the same object.

    Returns
    -------
    SoundFont

    Raises
    ------
    FormatError
        The file is missing, is no SoundFont, or is damaged.

    Source
    ------
    SoundFont Technical Specification 2.04.

    Examples
    --------
    >>> read_soundfont("no such file.sf2")
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: no such file.sf2, byte 0: cannot be read: ...
    """
    path = Path(path)
    try:
        key = (str(path.resolve()), path.stat().st_mtime_ns)
    except OSError as error:
        raise FormatError(
            f"cannot be read: {error.strerror}",
            zh=f"无法读取:{error.strerror}",
            path=str(path),
            place="byte 0",
        ) from error
    with _LOADED_LOCK:
        if key not in _LOADED:
            _LOADED[key] = SoundFont(path)
        return _LOADED[key]


def load_soundfont() -> SoundFont:
    """Return the SoundFont that ships with Motet (FluidR3Mono_GM, General MIDI).

    Returns
    -------
    SoundFont

    Examples
    --------
    >>> load_soundfont().find_preset(128, 3)
    (128, 3)
    """
    return read_soundfont(Path(str(resources.files("motet"))) / "soundfonts" / "FluidR3Mono_GM.sf3")

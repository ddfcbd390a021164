"""Regions: what one key and velocity of a SoundFont preset sets sounding.

Conventions: times in seconds, levels in dB (attenuation is positive), pitch in cents, filter
cut-off in absolute cents (6,900 is 440 Hz). A region is a sample with every generator of its
instrument zone, instrument, preset zone and preset resolved.

Source: SoundFont Technical Specification 2.04 (2006), section 8 (generators, default modulators)
and section 9 (the synthesis model). As FluidSynth and EMU hardware do, and unlike the text, initial
attenuation counts 0.4 and velocity does not close the filter unless the font asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Envelope", "Modulator", "Region", "build_region"]

_DEFAULTS = {
    8: 13500, 13: 0, 21: -12000, 22: 0, 23: -12000, 24: 0, 25: -12000, 26: -12000, 27: -12000,
    28: -12000, 30: -12000, 33: -12000, 34: -12000, 35: -12000, 36: -12000, 38: -12000,
    46: -1, 47: -1, 56: 100, 58: -1,
}  # fmt: skip
_NOT_IN_PRESETS = frozenset((0, 1, 2, 3, 4, 12, 45, 46, 47, 50, 54, 57, 58))
_RANGES = {
    5: (-12000, 12000), 6: (-12000, 12000), 7: (-12000, 12000), 8: (1500, 13500), 9: (0, 960),
    10: (-12000, 12000), 11: (-12000, 12000), 13: (-960, 960), 15: (0, 1000), 16: (0, 1000),
    17: (-500, 500), 22: (-16000, 4500), 24: (-16000, 4500), 29: (0, 1000), 37: (0, 1440),
    48: (-600, 1440), 51: (-120, 120), 52: (-99, 99), 56: (0, 1200),
}  # fmt: skip
_MAX_TIME_CENTS = 8000


@dataclass(frozen=True, slots=True)
class Envelope:
    """A DAHDSR envelope: seconds; ``sustain`` is dB of attenuation (volume) or 0 to 1 (modulation).

    ``hold_per_key`` and ``decay_per_key``: time cents that a key below 60 adds to each stage.
    """

    delay_s: float
    attack_s: float
    hold_s: float
    decay_s: float
    sustain: float
    release_s: float
    hold_per_key: float = 0.0
    decay_per_key: float = 0.0


@dataclass(frozen=True, slots=True)
class Modulator:
    """A modulator as the file has it: source and amount source operators, destination, amount."""

    source: int
    destination: int
    amount: int
    amount_source: int

    @property
    def identity(self) -> tuple[int, int, int]:
        """What makes two modulators the same one."""
        return (self.source, self.destination, self.amount_source)


_VELOCITY_TO_ATTENUATION = Modulator(0x0502, 48, 960, 0)
_PRESSURE_TO_VIBRATO = Modulator(0x000D, 6, 50, 0)
_WHEEL_TO_VIBRATO = Modulator(0x0081, 6, 50, 0)
_DEFAULT_MODULATORS = (_VELOCITY_TO_ATTENUATION, _PRESSURE_TO_VIBRATO, _WHEEL_TO_VIBRATO)


@dataclass(frozen=True, slots=True)
class Region:
    """One sample with its resolved generators; ``sample`` indexes the font's samples.

    ``loop`` is 0 (none), 1 (for ever) or 3 (until the key is released). Addresses are frames of the
    sample; ``tune_cents`` is coarse and fine tuning with the sample's own correction.
    """

    sample: int
    keys: tuple[int, int]
    velocities: tuple[int, int]
    root_key: int
    tune_cents: float
    cents_per_key: float
    loop: int
    start: int
    end: int
    loop_start: int
    loop_end: int
    attenuation_db: float
    pan: float
    volume: Envelope
    modulation: Envelope
    filter_cents: float
    resonance_db: float
    modulation_to_pitch_cents: float
    modulation_to_filter_cents: float
    lfo_delay_s: float
    lfo_hz: float
    lfo_to_pitch_cents: float
    lfo_to_filter_cents: float
    lfo_to_volume_db: float
    vibrato_delay_s: float
    vibrato_hz: float
    vibrato_to_pitch_cents: float
    exclusive_class: int
    fixed_key: int
    fixed_velocity: int
    reverb: float
    chorus: float
    modulators: tuple[Modulator, ...]

    def holds(self, key: int, velocity: int) -> bool:
        """Return whether a key struck so hard sounds this region."""
        return (
            self.keys[0] <= key <= self.keys[1]
            and self.velocities[0] <= velocity <= self.velocities[1]
        )


def _seconds(time_cents: float) -> float:
    return 0.0 if time_cents <= -12000 else float(2.0 ** (min(time_cents, _MAX_TIME_CENTS) / 1200))


def build_region(
    *,
    sample: int,
    instrument: Mapping[int, int],
    preset: Mapping[int, int],
    keys: tuple[int, int],
    velocities: tuple[int, int],
    instrument_modulators: tuple[Modulator, ...],
    preset_modulators: tuple[Modulator, ...],
    sample_root: int,
    sample_correction: int,
    sample_frames: int,
    sample_loop: tuple[int, int],
) -> Region:
    """Return the region that an instrument zone and a preset zone make together.

    Parameters
    ----------
    sample : int
        Index of the sample header.
    instrument, preset : mapping of generator number to signed amount
        Global zones already merged in; instrument amounts are absolute, preset amounts are added.
    keys, velocities : (int, int), 0 to 127
        Both ends belong to the range; already intersected.
    instrument_modulators, preset_modulators : tuple of Modulator
        Instrument modulators replace default ones of the same identity, preset ones add.
    sample_root, sample_correction : int
        MIDI key and cents of the sample header.
    sample_frames : int
        Length of the sample.
    sample_loop : (int, int), frames after the sample's start

    Returns
    -------
    Region

    Source
    ------
    SoundFont Technical Specification 2.04, sections 8.1.2 and 9.

    Examples
    --------
    >>> region = build_region(
    ...     sample=0, instrument={54: 1, 34: 0}, preset={34: -1200}, keys=(0, 127),
    ...     velocities=(0, 127), instrument_modulators=(), preset_modulators=(), sample_root=60,
    ...     sample_correction=0, sample_frames=1000, sample_loop=(100, 900))
    >>> region.loop, region.volume.attack_s, region.loop_end
    (1, 0.5, 900)
    """

    def get(number: int) -> int:
        value = instrument.get(number, _DEFAULTS.get(number, 0))
        if number not in _NOT_IN_PRESETS:
            value += preset.get(number, 0)
        low, high = _RANGES.get(number, (-32768, 32767))
        return max(low, min(high, value))

    root = get(58)
    if not 0 <= root <= 127:
        root = sample_root if 0 <= sample_root <= 127 else 60
    start = max(0, get(0) + 32768 * get(4))
    end = min(sample_frames, sample_frames + get(1) + 32768 * get(12))
    start = min(start, max(0, end - 1))
    loop_start = max(start, sample_loop[0] + get(2) + 32768 * get(45))
    loop_end = min(end, sample_loop[1] + get(3) + 32768 * get(50))
    loop = get(54) & 3
    if loop == 2 or loop_end - loop_start < 8:
        loop = 0
    merged = {one.identity: one for one in _DEFAULT_MODULATORS}
    merged.update((one.identity, one) for one in instrument_modulators)
    for one in preset_modulators:
        old = merged.get(one.identity)
        amount = one.amount + (old.amount if old else 0)
        merged[one.identity] = Modulator(one.source, one.destination, amount, one.amount_source)
    return Region(
        sample=sample,
        keys=keys,
        velocities=velocities,
        root_key=root,
        tune_cents=100.0 * get(51) + get(52) + sample_correction,
        cents_per_key=float(get(56)),
        loop=loop,
        start=start,
        end=end,
        loop_start=loop_start,
        loop_end=loop_end,
        attenuation_db=0.04 * get(48),
        pan=get(17) / 500.0,
        volume=Envelope(
            _seconds(get(33)),
            _seconds(get(34)),
            _seconds(get(35)),
            _seconds(get(36)),
            sustain=get(37) / 10.0,
            release_s=_seconds(get(38)),
            hold_per_key=float(get(39)),
            decay_per_key=float(get(40)),
        ),
        modulation=Envelope(
            _seconds(get(25)),
            _seconds(get(26)),
            _seconds(get(27)),
            _seconds(get(28)),
            sustain=1.0 - get(29) / 1000.0,
            release_s=_seconds(get(30)),
            hold_per_key=float(get(31)),
            decay_per_key=float(get(32)),
        ),
        filter_cents=float(get(8)),
        resonance_db=get(9) / 10.0,
        modulation_to_pitch_cents=float(get(7)),
        modulation_to_filter_cents=float(get(11)),
        lfo_delay_s=_seconds(get(21)),
        lfo_hz=8.176 * 2.0 ** (get(22) / 1200),
        lfo_to_pitch_cents=float(get(5)),
        lfo_to_filter_cents=float(get(10)),
        lfo_to_volume_db=get(13) / 10.0,
        vibrato_delay_s=_seconds(get(23)),
        vibrato_hz=8.176 * 2.0 ** (get(24) / 1200),
        vibrato_to_pitch_cents=float(get(6)),
        exclusive_class=get(57),
        fixed_key=get(46),
        fixed_velocity=get(47),
        reverb=get(16) / 1000.0,
        chorus=get(15) / 1000.0,
        modulators=tuple(one for one in merged.values() if one.amount),
    )

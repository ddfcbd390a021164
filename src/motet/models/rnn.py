"""A recurrent network that writes one note event after another, with a look-back that repeats motifs.

Conventions: arrays are those of the phrase kind "events" (`motet.phrases.events`). Nats an event: time,
part, pitch, duration and velocity are foretold one after another, each knowing those before it; in music of
one part the part, and of drums the duration, is not asked. Shape letters: b batch, t steps, d width, l
layers, k lags.

How it works: GRUs run over the events. From their state a head foretells the time shift. Then, where and
over which chord the next note begins is known, and small layers foretell part, pitch, duration and velocity.
The look-back says what stood one, two and four bars ago; heads see it, and can copy from it: a gate for
each lag adds to the logit of what stood then, or of what it would be moved to where the part now stands.

Offers `Rnn`, `RnnConfig`, `RNN_SIZES`.

Sources: Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder", EMNLP 2014 (GRU); Waite,
"Generating Long-Term Structure in Songs and Stories", 2016 (events of one and two bars ago as input).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from motet.errors import ParameterError
from motet.models.learner import Graph, Learner
from motet.models.rnn_graphs import make_graphs
from motet.phrases.event_codec import (
    CONTENTS,
    DRUMS,
    DURATIONS_TICK,
    FAR,
    N_PITCHES,
    NO_CHORD,
    NO_MODE,
    NO_STYLE,
    PAD,
    PARTS,
    REST,
    SHIFTS_TICK,
)
from motet.phrases.event_memory import LAGS, MOST_RUN, NO_DUR, NO_PART, NO_PITCH, NO_SHIFT
from motet.tokens.harmony import chord_pcs
from motet.tokens.vocab import CHORD_QUALITIES

__all__ = ["RNN_SIZES", "Rnn", "RnnConfig"]

_N_SHIFTS: Final = len(SHIFTS_TICK)
_N_DURS: Final = len(DURATIONS_TICK)
_N_PARTS: Final = len(PARTS)
_N_VELS: Final = 16
_PITCH, _SHIFT, _DUR, _PART, _VEL, _STYLE, _MODE = 32, 24, 16, 8, 4, 12, 4
_PLACE: Final = ((64, 16), (6, 4), (65, 8), (8, 4), (FAR + 1, 4))
_CHORD: Final = 20
_NATS: Final = ("time", "part", "pitch", "duration", "velocity")


@dataclass(frozen=True, slots=True, kw_only=True)
class RnnConfig:
    """The shape of an `Rnn`.

    Parameters
    ----------
    content : str
        ``melody``, ``drums`` or ``poly``.
    width : int
        Of a layer's state.
    n_layers : int
    head : int
        Width of the layers between state and logits.
    lookback : bool
        Without it the network knows of earlier bars what its state keeps.
    dropout : float, 0 to 1

    Raises
    ------
    ParameterError
        Another content, or a size below 1.

    Examples
    --------
    >>> RnnConfig().state_bytes
    1536
    """

    content: str = "melody"
    width: int = 192
    n_layers: int = 2
    head: int = 160
    lookback: bool = True
    dropout: float = 0.0

    def __post_init__(self) -> None:
        if self.content not in CONTENTS:
            raise ParameterError(
                f"content must be {', '.join(CONTENTS)}, got {self.content!r}",
                zh=f"content 须为 {'、'.join(CONTENTS)} 之一,收到 {self.content!r}",
            )
        for name in ("width", "n_layers", "head"):
            if getattr(self, name) < 1:
                raise ParameterError(
                    f"{name} must be >= 1, got {getattr(self, name)}",
                    zh=f"{name} 须 >= 1,收到 {getattr(self, name)}",
                )

    @property
    def state_bytes(self) -> int:
        """Size of the layers' state."""
        return 4 * self.width * self.n_layers

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain values."""
        return asdict(self)


RNN_SIZES: Final = {
    "tiny": RnnConfig(width=24, n_layers=1, head=24),
    "small": RnnConfig(),
    "large": RnnConfig(width=320, head=256),
}


class Rnn(Learner):
    """The network.

    Parameters
    ----------
    config : RnnConfig

    Examples
    --------
    >>> [graph.name for graph in Rnn(RNN_SIZES["tiny"]).graphs()]
    ['step', 'onset', 'pitch', 'shape']
    """

    metrics: ClassVar[dict[str, str]] = {"nats_per_note": "low"}

    def __init__(self, config: RnnConfig) -> None:
        super().__init__()
        self.config = config
        d, head, k = config.width, config.head, len(LAGS)
        self.chord_table: Tensor
        self.register_buffer("chord_table", _chord_table(), persistent=False)
        self.pitch = nn.Embedding(PAD + 1, _PITCH)
        self.shift = nn.Embedding(_N_SHIFTS + 1, _SHIFT)
        self.dur = nn.Embedding(_N_DURS + 1, _DUR)
        self.part = nn.Embedding(_N_PARTS + 1, _PART)
        self.vel = nn.Embedding(_N_VELS, _VEL)
        self.style = nn.Embedding(NO_STYLE + 1, _STYLE)
        self.mode = nn.Embedding(NO_MODE + 1, _MODE)
        self.place = nn.ModuleList(nn.Embedding(n, size) for n, size in _PLACE)
        self.chord = nn.Linear(self.chord_table.shape[1], _CHORD)
        under = sum(size for _, size in _PLACE) + 2 * _CHORD
        time = k * (_SHIFT + _PART + 2)
        inner = _PITCH + _SHIFT + _DUR + _PART + _VEL + under + _STYLE + _MODE + time
        self.layers = nn.ModuleList(
            nn.GRU(inner if i == 0 else d, d, batch_first=True) for i in range(config.n_layers)
        )
        self.time_head = nn.Linear(d + time, head)
        self.time_out = nn.Linear(head, _N_SHIFTS + k)
        self.onset_head = nn.Linear(d + _SHIFT + under + 12 + k * _PART, head)
        self.part_out = nn.Linear(head, _N_PARTS + k)
        self.pitch_head = nn.Linear(head + _PART + _PITCH + k * (2 * _PITCH + _DUR + 1), head)
        self.pitch_out = nn.Linear(head, N_PITCHES + 2 * k)
        self.shape_head = nn.Linear(head + _PITCH + k * _DUR, head)
        self.dur_out = nn.Linear(head, _N_DURS + k)
        self.vel_out = nn.Linear(head, _N_VELS)
        self.drop = nn.Dropout(config.dropout)

    def loss(
        self,
        batch: dict[str, Tensor],
        *,
        player: str = "model",  # noqa: ARG002
        step: int = 0,  # noqa: ARG002
        progress: float = 0.0,  # noqa: ARG002
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """Return nats a note, and each of its parts."""
        nats, n_notes = self._nats(batch)
        parts = {name: one / n_notes for name, one in nats.items()}
        total = torch.stack(list(parts.values())).sum()
        return total, {name: one.detach() for name, one in parts.items()}

    def measure(self, batch: dict[str, Tensor]) -> dict[str, tuple[float, float]]:
        """Return nats and notes: of all, and of each part."""
        nats, n_notes = self._nats(batch)
        count = float(n_notes)
        found = {f"{name}_nats": (float(one.detach()), count) for name, one in nats.items()}
        whole = sum(total for total, _ in found.values())
        return {"nats_per_note": (whole, count), **found}

    def _nats(self, batch: dict[str, Tensor]) -> tuple[dict[str, Tensor], Tensor]:
        """Return the nats of each part of all events, and how many notes there are."""
        rows = {name: one.long() for name, one in batch.items()}
        events, place, chords = rows["events"], rows["place"], rows["chords"]
        lags = self._lags(rows["lags"])
        b, t = events.shape[:2]
        style, mode = (rows[name][:, None].expand(b, t) for name in ("style", "mode"))
        time = self.tell_time(lags)[:, 1:]  # (b, t-1, *)
        x = self.tell_event(events, place, chords, style, mode)[:, :-1]
        x = torch.cat((x, time), dim=-1)
        for layer in self.layers:
            x = self.drop(layer(x)[0])  # (b, t-1, d)
        now, lags = events[:, 1:], lags[:, 1:]
        shift, part, pitch, dur, vel = now.unbind(-1)
        logits = {"time": self.foretell_time(x, time, lags[..., 0])}
        sound = _bits(rows["sound"][:, 1:])
        u, logits["part"] = self.foretell_part(
            x, shift, place[:, 1:], chords[:, 1:], sound, lags[..., 1]
        )
        w, logits["pitch"] = self.foretell_pitch(u, part, rows["last"][:, 1:], lags[..., 2:])
        logits["duration"], logits["velocity"] = self.foretell_shape(w, pitch, lags[..., 4])
        told = pitch != PAD
        sounds = pitch < REST
        n_notes = sounds.sum()
        asked = {
            "time": told,
            "part": told & (self.config.content == "poly"),
            "pitch": told,
            "duration": sounds & (part != DRUMS),
            "velocity": sounds,
        }
        targets = {"time": shift, "part": part, "pitch": pitch, "duration": dur, "velocity": vel}
        nats = {}
        for name in _NATS:
            flat = torch.where(asked[name], targets[name], -100).reshape(-1)
            nats[name] = functional.cross_entropy(
                logits[name].flatten(0, -2).float(), flat, ignore_index=-100, reduction="sum"
            )
        return nats, n_notes

    def _lags(self, lags: Tensor) -> Tensor:
        """Return the look-back, nothing of it where the config leaves it out."""
        if self.config.lookback:
            return lags
        none = torch.tensor([NO_SHIFT, NO_PART, NO_PITCH, NO_PITCH, NO_DUR, 0], device=lags.device)
        return none.expand_as(lags)

    def tell_event(
        self, events: Tensor, place: Tensor, chords: Tensor, style: Tensor, mode: Tensor
    ) -> Tensor:
        """Return what goes into the first layer of an event, but the look-back."""
        shift, part, pitch, dur, vel = events.unbind(-1)
        return torch.cat(
            (
                self.pitch(pitch), self.shift(shift), self.dur(dur), self.part(part), self.vel(vel),
                self._under(place, chords), self.style(style), self.mode(mode),
            ),
            dim=-1,
        )  # fmt: skip

    def _under(self, place: Tensor, chords: Tensor) -> Tensor:
        """Return the features of a position: bar and chords."""
        tables = zip(self.place, place.unbind(-1), strict=True)
        chord = self.chord(self.chord_table[chords])  # (..., 2, _CHORD)
        return torch.cat((*(one(value) for one, value in tables), chord.flatten(-2)), dim=-1)

    def tell_time(self, lags: Tensor) -> Tensor:
        """Return what the look-back says before an event is placed."""
        run = lags[..., 5:].float()  # (..., k, 1)
        every = torch.cat(
            (self.shift(lags[..., 0]), self.part(lags[..., 1]), run / MOST_RUN, run.clamp(max=1)),
            dim=-1,
        )
        return every.flatten(-2)

    def foretell_time(self, state: Tensor, time: Tensor, shifts: Tensor) -> Tensor:
        """Return logits of the time shift."""
        out = self.time_out(functional.gelu(self.time_head(torch.cat((state, time), dim=-1))))
        return _copy(out[..., :_N_SHIFTS], out[..., _N_SHIFTS:], shifts)

    def foretell_part(
        self,
        state: Tensor,
        shift: Tensor,
        place: Tensor,
        chords: Tensor,
        sound: Tensor,
        parts: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """Return what is known where the note begins, and logits of its part."""
        known = torch.cat(
            (
                state,
                self.shift(shift),
                self._under(place, chords),
                sound,
                self.part(parts).flatten(-2),
            ),
            dim=-1,
        )
        u = functional.gelu(self.onset_head(known))
        out = self.part_out(u)
        return u, _copy(out[..., :_N_PARTS], out[..., _N_PARTS:], parts)

    def foretell_pitch(
        self, u: Tensor, part: Tensor, last: Tensor, lags: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return what is known of the part, and logits of the pitch."""
        then, moved, dur = lags[..., 0], lags[..., 1], lags[..., 2]
        back = torch.cat(
            (
                self.pitch(then),
                self.pitch(moved),
                self.dur(dur),
                (then == moved).unsqueeze(-1).float(),
            ),
            dim=-1,
        )
        known = torch.cat((u, self.part(part), self.pitch(last), back.flatten(-2)), dim=-1)
        w = functional.gelu(self.pitch_head(known))
        out = self.pitch_out(w)
        copied = torch.cat((then, moved), dim=-1)
        copied = torch.where(copied < REST, copied, N_PITCHES)
        return w, _copy(out[..., :N_PITCHES], out[..., N_PITCHES:], copied)

    def foretell_shape(self, w: Tensor, pitch: Tensor, durs: Tensor) -> tuple[Tensor, Tensor]:
        """Return logits of duration and velocity."""
        known = torch.cat((w, self.pitch(pitch), self.dur(durs).flatten(-2)), dim=-1)
        z = functional.gelu(self.shape_head(known))
        out = self.dur_out(z)
        return _copy(out[..., :_N_DURS], out[..., _N_DURS:], durs), self.vel_out(z)

    def graphs(self) -> tuple[Graph, ...]:
        """Return the four steps of an event: state and time, part, pitch, duration with velocity."""
        return make_graphs(self)


def _copy(logits: Tensor, gates: Tensor, values: Tensor) -> Tensor:
    """Return logits with each gate added to that of its value; a value past the end is none."""
    n = logits.shape[-1]
    hit = values.unsqueeze(-1) == torch.arange(n, device=values.device)  # (..., k, n)
    return logits + (gates.unsqueeze(-1) * hit).sum(dim=-2)


def _bits(sound: Tensor) -> Tensor:
    """Return pitch classes as twelve numbers."""
    return ((sound.unsqueeze(-1) >> torch.arange(12, device=sound.device)) & 1).float()


def _chord_table() -> Tensor:
    """Return for each chord its tones, its root, and whether there is one."""
    table = torch.zeros(NO_CHORD + 1, 25)
    for value in range(NO_CHORD):
        table[value, sorted(chord_pcs(value))] = 1
        table[value, 12 + value // len(CHORD_QUALITIES)] = 1
    table[NO_CHORD, 24] = 1
    return table

"""The listening test: a page of paired clips with hidden labels, and the key that tells who wrote what.

Conventions: a pair is two versions of the same task (`motet.suite.blind_clips`), rendered by the same
sound engine to the same length and loudness. The page holds everything, so that one file can be sent to
a listener; the key is another file and is packed, so that nobody reads it by chance. Clips have random
names. Human clips are held-out pieces of the user's own corpus; their credits are shown at the end.

Offers `write_kit`, `KIT_FORMAT`, `KINDS`.
"""

from __future__ import annotations

import base64
import json
import secrets
import tempfile
import zlib
from pathlib import Path
from typing import Any, Final

import numpy as np

from motet.audio import Audio, write_audio
from motet.corpus.manifest import load_manifest
from motet.corpus.shards import open_shards
from motet.engine.bundle import load_bundle
from motet.errors import CorpusError, ParameterError
from motet.io.atomic import write_whole
from motet.render import render_audio
from motet.score import Score
from motet.suite.blind_clips import Clip, Source, pick_clips, write_version
from motet.suite.blind_page import make_page
from motet.suite.chain import learn_chain
from motet.suite.table import Request

__all__ = ["KINDS", "KIT_FORMAT", "pack_key", "unpack_key", "write_kit"]

KIT_FORMAT: Final = 1
KINDS: Final[tuple[tuple[Source, Source], ...]] = (
    ("human", "model"), ("model", "arranger"), ("model", "markov"), ("human", "arranger"),
)  # fmt: skip
"""Which sources meet, in turn."""
N_PAIRS: Final = 16
_MOST_TRIES: Final = 3
_CHAIN_PIECES: Final = 400
_LOUDNESS_LUFS: Final = -20.0
_TAIL_S: Final = 0.8
_FADE_S: Final = 1.2


def write_kit(folder: str | Path, request: Request) -> list[Path]:
    """Return the files of a listening test: the page for listeners, and the key.

    Parameters
    ----------
    folder : str or Path
        Made if it is not there.
    request : Request
        Needs a corpus and a bundle; its ``n`` is the number of pairs (16 unless told).

    Returns
    -------
    list of Path
        ``listen.html`` and ``key.json``.

    Raises
    ------
    CorpusError, BundleError
        An input is missing, or no held-out piece serves.
    ParameterError
        The folder cannot be written.

    Examples
    --------
    >>> write_kit("kit", Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no built corpus was given; ...
    """
    shards, bundle = request.find_shards(), load_bundle(request.bundle)
    place = _make_folder(Path(folder))
    rng = np.random.default_rng(request.seed)
    n_pairs = request.n or N_PAIRS
    clips = pick_clips(open_shards(shards, "test"), n=_MOST_TRIES * n_pairs, rng=rng)
    request.say(f"listening test: {len(clips)} held-out passages to choose from")
    chain = learn_chain(open_shards(shards, "train"), n_pieces=_CHAIN_PIECES, rng=rng)
    pairs: list[dict[str, Any]] = []
    for turn, clip in enumerate(clips):
        if len(pairs) == n_pairs:
            break
        kind = KINDS[len(pairs) % len(KINDS)]
        found = [
            write_version(clip, source, bundle=bundle, chain=chain, seed=request.seed + turn)
            for source in kind
        ]
        if any(score is None or not any(part.notes for part in score.parts) for score in found):
            continue
        sounds = _sound_pair([score for score in found if score is not None])
        pairs.append(_pack_pair(clip, kind, sounds, is_swapped=bool(rng.random() < 0.5)))
        request.say(f"listening test: {len(pairs)} of {n_pairs} pairs")
    if not pairs:
        raise CorpusError(
            "no held-out piece of the corpus serves for a listening test; build a larger corpus",
            zh="语料库的保留乐曲中没有适合盲听的片段;请构建更大的语料库",
            path=str(shards),
        )
    named = open_shards(shards, "test").facts.get("credits", {})
    return _write_files(place, pairs, request, _credits(pairs, named))


def _make_folder(folder: Path) -> Path:
    """Return the folder, made if need be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ParameterError(
            f"cannot make the folder {str(folder)!r}: {error.strerror}; choose another",
            zh=f"无法建立文件夹 {str(folder)!r}:{error.strerror};请另选",
        ) from error
    return folder


def _sound_pair(scores: list[Score]) -> list[bytes]:
    """Return two versions as OGG files of one length."""
    sounds = [render_audio(score, loudness_lufs=_LOUDNESS_LUFS, reverb="room") for score in scores]
    rate = sounds[0].sample_rate_hz
    length_s = max(score.time.tick_to_s(score.end_tick) for score in scores) + _TAIL_S
    return [_as_ogg(_cut(sound, round(length_s * rate))) for sound in sounds]


def _cut(sound: Audio, n: int) -> Audio:
    """Return a recording of exactly `n` frames that fades out."""
    samples = np.zeros((n, 2), np.float32)
    kept = sound.samples[:n]
    samples[: len(kept)] = kept
    n_fade = min(n, round(_FADE_S * sound.sample_rate_hz))
    samples[n - n_fade :] *= np.linspace(1.0, 0.0, n_fade, dtype=np.float32)[:, None]
    return Audio(samples, sound.sample_rate_hz)


def _as_ogg(sound: Audio) -> bytes:
    """Return a recording as the bytes of an OGG file without any tag."""
    with tempfile.TemporaryDirectory() as folder:
        return write_audio(sound, Path(folder) / "clip.ogg", quality="low").read_bytes()


def _pack_pair(
    clip: Clip, kind: tuple[Source, Source], sounds: list[bytes], *, is_swapped: bool
) -> dict[str, Any]:
    """Return a pair with the side of each source, random names and the sound."""
    order = (1, 0) if is_swapped else (0, 1)
    return {
        "id": secrets.token_hex(4),
        "clips": [{"id": secrets.token_hex(4), "sound": sounds[k]} for k in order],
        "sources": [kind[k] for k in order],
        "style": clip.style,
        "piece": clip.name,
        "source": clip.source,
    }


def _write_files(
    place: Path, pairs: list[dict[str, Any]], request: Request, credits: list[str]
) -> list[Path]:
    """Write page and key, and return where they are."""
    kit = secrets.token_hex(8)
    shown = [
        {
            "id": pair["id"],
            "clips": [
                {"id": clip["id"], "ogg": base64.b64encode(clip["sound"]).decode("ascii")}
                for clip in pair["clips"]
            ],
        }
        for pair in pairs
    ]
    hidden = {
        "format": KIT_FORMAT,
        "kit": kit,
        "bundle": request.bundle,
        "seed": request.seed,
        "pairs": [
            {
                "id": pair["id"],
                "clips": [clip["id"] for clip in pair["clips"]],
                "sources": pair["sources"],
                "style": pair["style"],
                "piece": pair["piece"],
            }
            for pair in pairs
        ],
        "credits": credits,
    }
    page, key = place / "listen.html", place / "key.json"
    write_whole(page, make_page(kit, shown, credits).encode("utf-8"))
    write_whole(key, pack_key(hidden).encode("utf-8"))
    return [page, key]


def _credits(pairs: list[dict[str, Any]], named: dict[str, list[str]]) -> list[str]:
    """Return whom to name for the human clips, in alphabetical order, so that it betrays no pair."""
    known = {one.name: one for one in load_manifest()}
    found = set()
    for pair in pairs:
        if "human" not in pair["sources"]:
            continue
        entry = known.get(pair["source"])
        rights = "" if entry is None else f" · {entry.licence} · {entry.attribution}"
        names = ", ".join(named.get(pair["source"], []))
        found.add(f"{pair['piece']}{rights}{' · ' + names if names else ''}")
    return sorted(found)


def pack_key(hidden: dict[str, Any]) -> str:
    """Return the text of a key file: what it says is packed, so that nobody reads it by chance.

    Parameters
    ----------
    hidden : dict
        With ``format`` and ``kit``.

    Returns
    -------
    str
        JSON.

    Examples
    --------
    >>> unpack_key(pack_key({"format": 1, "kit": "a", "pairs": []}))["kit"]
    'a'
    """
    packed = zlib.compress(json.dumps(hidden, ensure_ascii=False).encode("utf-8"))
    told = {
        "format": hidden["format"],
        "kit": hidden["kit"],
        "note": "packed; motet evaluate --blind-results reads it / 已打包,由该命令读取",
        "key": base64.b64encode(packed).decode("ascii"),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def unpack_key(text: str, *, path: str = "") -> dict[str, Any]:
    """Return what a key file says.

    Parameters
    ----------
    text : str
    path : str
        Of the file, for messages.

    Returns
    -------
    dict

    Raises
    ------
    FormatError
        It is no key of this format.

    Examples
    --------
    >>> unpack_key("{}")
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: this is not the key of a listening test; give the key.json ...
    """
    from motet.errors import FormatError

    try:
        told = json.loads(text)
        packed = zlib.decompressobj().decompress(base64.b64decode(told["key"]), 1 << 24)
        hidden = json.loads(packed)
        if hidden["format"] != KIT_FORMAT or not isinstance(hidden["pairs"], list):
            raise ValueError(f"format {hidden['format']!r}")
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise FormatError(
            "this is not the key of a listening test; give the key.json beside its page",
            zh="这不是盲听测试的答案文件;请给出页面旁的 key.json",
            path=path,
        ) from error
    if not isinstance(hidden, dict):
        raise FormatError("the key is empty", zh="答案文件为空", path=path)
    return hidden

"""A language model of the user's own, asked by way of an OpenAI-compatible endpoint.

Conventions: off unless the user names one. Only the sentence is sent, never a file. The answer is a table
of a brief and passes the same checks as any other; what grammar and lexicon read for certain stays. On
any failure the offline reading holds, and a remark says why.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from motet.brief import Brief, brief_from_dict
from motet.errors import MotetError, ParameterError
from motet.sentence.understanding import Found
from motet.tokens.vocab import ROLES, STYLES

__all__ = ["ENDPOINT_FIELDS", "Endpoint", "ask_endpoint", "read_endpoint"]

ENDPOINT_FIELDS = (
    "title", "style", "emotion", "qpm", "metre", "key", "form", "bars", "chords", "parts", "feel",
    "articulation", "avoid", "surprise", "intensity", "harmony",
)  # fmt: skip
"""Fields that an answer may have; others are refused."""
_MOST_BYTES = 200_000
_CERTAIN = ("qpm", "metre", "key", "form", "bars", "chords", "title")
_PROMPT = (
    "Turn the request for a piece of music into one JSON object and nothing else. Use only these"
    " keys, and only those "
    "that the request states: title, style (one of {styles}), emotion ([valence, arousal], each"
    " -1 to 1), qpm (quarter "
    "notes a minute), metre ('3/4'), key ('A minor'), form ('A8 B8 A8'), bars (integer), chords"
    " ('Dm7 G7 Cmaj7'), parts "
    "(list of objects with instrument and role, role one of {roles}), feel (straight, swing,"
    " shuffle, laid-back, pushed, "
    "half-time, double-time), articulation (legato, staccato, tenuto, marcato, portato,"
    " pizzicato), avoid (list of words), "
    "surprise (0 to 1), intensity (1 to 5), harmony (strict, scale, free). The request may be"
    " English or Chinese."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where to ask.

    Parameters
    ----------
    url : str
        Base address of an OpenAI-compatible service (``http://localhost:11434/v1``) or its
        ``/chat/completions``.
    model : str
        Its name there.
    key : str
        Sent as a bearer token where it is not empty.
    timeout_s : float, 0.1 to 120, seconds

    Raises
    ------
    ParameterError
        The address is no http address, or the timeout is out of range.

    Examples
    --------
    >>> Endpoint(url="http://localhost:11434/v1", model="qwen").address
    'http://localhost:11434/v1/chat/completions'
    """

    url: str
    model: str = ""
    key: str = ""
    timeout_s: float = 20.0

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ParameterError(
                f"the endpoint must be an http or https address, got {self.url!r}; "
                "write http://localhost:11434/v1",
                zh=f"端点须为 http 或 https 地址,收到 {self.url!r};请写 http://localhost:11434/v1",
            )
        if not 0.1 <= self.timeout_s <= 120:
            raise ParameterError(
                f"timeout_s must be 0.1 to 120 seconds, got {self.timeout_s}; try 20",
                zh=f"timeout_s 必须在 0.1 到 120 秒之间,收到 {self.timeout_s};可试 20",
            )

    @property
    def address(self) -> str:
        """The full address that is asked."""
        plain = self.url.rstrip("/")
        return plain if plain.endswith("/chat/completions") else f"{plain}/chat/completions"


def read_endpoint(settings: Mapping[str, str]) -> Endpoint | None:
    """Return the endpoint that settings name.

    Parameters
    ----------
    settings : mapping
        The environment: ``MOTET_ENDPOINT``, ``MOTET_ENDPOINT_MODEL``, ``MOTET_ENDPOINT_KEY``.

    Returns
    -------
    Endpoint or None
        None where none is named.

    Raises
    ------
    ParameterError
        The address is no http address.

    Examples
    --------
    >>> read_endpoint({}) is None
    True
    """
    url = settings.get("MOTET_ENDPOINT", "").strip()
    if not url:
        return None
    return Endpoint(
        url=url,
        model=settings.get("MOTET_ENDPOINT_MODEL", ""),
        key=settings.get("MOTET_ENDPOINT_KEY", ""),
    )


def ask_endpoint(
    text: str, brief: Brief, found: tuple[Found, ...], endpoint: Endpoint | Mapping[str, Any]
) -> tuple[Brief, tuple[Found, ...], list[tuple[str, str]]]:
    """Return the brief with what the endpoint adds to the offline reading.

    Parameters
    ----------
    text : str
        The sentence; nothing else is sent.
    brief : Brief
        The offline reading.
    found : tuple of Found
    endpoint : Endpoint or mapping

    Returns
    -------
    Brief, tuple of Found, list of (str, str)
        The last are remarks, in English and Chinese.

    Examples
    --------
    >>> "style" in ENDPOINT_FIELDS  # see tests/sentence/test_endpoint.py for a whole exchange
    True
    """
    asked = endpoint if isinstance(endpoint, Endpoint) else Endpoint(**dict(endpoint))
    try:
        table = _request(text, asked)
        told = {
            name: value
            for name, value in table.items()
            if name in ENDPOINT_FIELDS and value not in (None, "", [])
        }
        wrong = sorted(set(table) - set(ENDPOINT_FIELDS) - {"format"})
        own = brief.to_dict()
        certain = {one.field for one in found if one.field in _CERTAIN or one.how == "lexicon"}
        added = {name: value for name, value in told.items() if name not in certain}
        if "parts" in added and brief.parts:
            added.pop("parts")
        if "form" in added and brief.bars:
            added.pop("form")
        if "emotion" in added:
            own.pop("emotion_curve", None)
        whole = brief_from_dict({**own, **added})
    except (OSError, ValueError, TypeError, KeyError, IndexError, MotetError) as error:
        reason = (
            error.localised("en")
            if isinstance(error, MotetError)
            else str(error) or type(error).__name__
        )
        reason_zh = error.localised("zh") if isinstance(error, MotetError) else reason
        return brief, found, [
            (f"the endpoint did not help ({reason[:160]}); the offline reading holds",
             f"端点没有给出可用的回答({reason_zh[:160]});采用离线的理解"),
        ]  # fmt: skip
    more = tuple(
        Found(
            name,
            getattr(whole, name) if name != "parts" else value,
            text[:60],
            0,
            len(text),
            "endpoint",
            0.6,
        )
        for name, value in added.items()
        if name != "parts"
    )
    remarks = []
    if added:
        names = ", ".join(added)
        remarks.append((f"the endpoint added: {names}", f"端点补充了:{names}"))
    if wrong:
        remarks.append((f"the endpoint also said what no brief has: {', '.join(wrong)[:80]}",
                        f"端点还说了需求中没有的字段:{', '.join(wrong)[:80]}"))  # fmt: skip
    kept = tuple(one for one in found if one.field not in added)
    return whole, (*kept, *more), remarks


def _request(text: str, endpoint: Endpoint) -> dict[str, Any]:
    """Return the table that the endpoint answers with."""
    prompt = _PROMPT.format(styles=", ".join(STYLES), roles=", ".join(ROLES))
    body = {
        "model": endpoint.model,
        "temperature": 0,
        "messages": [{"role": "system", "content": prompt}, {"role": "user", "content": text}],
    }
    headers = {"Content-Type": "application/json"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    request = urllib.request.Request(
        endpoint.address, data=json.dumps(body).encode(), headers=headers, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=endpoint.timeout_s) as reply:
            raw = reply.read(_MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        with error:
            raise OSError(f"HTTP {error.code}") from error
    if len(raw) > _MOST_BYTES:
        raise ValueError("the answer is too long")
    content = json.loads(raw)["choices"][0]["message"]["content"]
    if not isinstance(content, str):
        raise ValueError("the answer holds no text")
    first, last = content.find("{"), content.rfind("}")
    table = json.loads(content[first : last + 1]) if first >= 0 else None
    if not isinstance(table, dict):
        raise ValueError("the answer holds no JSON object")
    return table

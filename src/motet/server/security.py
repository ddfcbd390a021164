"""Who may speak to the server, and what its page may do.

Conventions: a plain ASGI layer around the app. The name in ``Host`` must be ours (a page of another site
that points its name at this machine is refused); ``Origin``, where a browser sends one, must be the same
place; a token is asked for where the server is open to other machines.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import SimpleCookie
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qs, urlsplit

from motet.errors import MotetError, ParameterError
from motet.server.replies import reply_error
from motet.server.settings import LOOPBACK, Settings

__all__ = ["COOKIE", "POLICY", "Guard", "is_own_host", "is_same_origin"]

COOKIE = "motet_token"
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""What the page may load and run: only what this server sends."""
_MOST_BYTES = 12_000_000
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def _name_of(host: str) -> str:
    """Return the name in a host header, without its port and brackets."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def is_own_host(host: str, settings: Settings) -> bool:
    """Whether a ``Host`` header names this server.

    Examples
    --------
    >>> from pathlib import Path
    >>> own = Settings(folder=Path("studio"))
    >>> is_own_host("localhost:8765", own), is_own_host("evil.example:8765", own)
    (True, False)
    """
    name = _name_of(host)
    if name in LOOPBACK or name == settings.host.lower():
        return True
    if settings.is_local:
        return False
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def is_same_origin(origin: str, host: str) -> bool:
    """Whether an ``Origin`` is the place that a request went to.

    Examples
    --------
    >>> is_same_origin("http://localhost:8765", "localhost:8765")
    True
    >>> is_same_origin("http://localhost:3000", "localhost:8765"), is_same_origin("null", "localhost")
    (False, False)
    """
    return origin.startswith(("http://", "https://")) and urlsplit(origin).netloc == host


class Guard:
    """An app that answers only those who may ask.

    Parameters
    ----------
    app : ASGI app
    settings : Settings

    Examples
    --------
    >>> from pathlib import Path
    >>> Guard(None, Settings(folder=Path("studio"))).settings.is_local
    True
    """

    def __init__(self, app: Any, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or socket."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        refusal = self._refusal(scope, headers)
        if refusal is None:
            await self.app(scope, receive, self._with_headers(scope, send))
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 4403, "reason": str(refusal[0])[:120]})
        else:
            error, status = refusal
            await reply_error(error, status=status)(scope, receive, self._with_headers(scope, send))

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> tuple[MotetError, int] | None:
        host = headers.get("host", "")
        if not is_own_host(host, self.settings):
            return ParameterError(
                f"this server is not called {_name_of(host)!r}; open {self.settings.url.split('?')[0]}",
                zh=f"此服务器不叫 {_name_of(host)!r};请打开 {self.settings.url.split('?')[0]}",
            ), 421
        origin = headers.get("origin")
        is_unsafe = scope["type"] == "websocket" or scope["method"] not in (
            "GET",
            "HEAD",
            "OPTIONS",
        )
        if origin is not None and is_unsafe and not is_same_origin(origin, host):
            return ParameterError(
                "another page may not change anything here; use the studio's own page",
                zh="其他网页不能在此改动内容;请使用工作室自己的页面",
            ), 403
        if self._is_too_large(scope, headers):
            return ParameterError(
                f"a request may have {_MOST_BYTES // 1_000_000} MB at most; send files to /api/uploads",
                zh=f"请求最多 {_MOST_BYTES // 1_000_000} MB;文件请发到 /api/uploads",
            ), 413
        if self.settings.token and not self._has_token(scope, headers):
            return ParameterError(
                "a token is needed; open the address that motet studio printed",
                zh="需要令牌;请打开 motet studio 显示的地址",
            ), 401
        return None

    def _is_too_large(self, scope: Scope, headers: dict[str, str]) -> bool:
        if scope["type"] != "http" or scope["path"] == "/api/uploads":
            return False
        length = headers.get("content-length", "0")
        return not length.isdigit() or int(length) > _MOST_BYTES

    def _has_token(self, scope: Scope, headers: dict[str, str]) -> bool:
        cookie: SimpleCookie = SimpleCookie()
        cookie.load(headers.get("cookie", ""))
        said = [headers.get("authorization", "").removeprefix("Bearer ")]
        said += [cookie[COOKIE].value] if COOKIE in cookie else []
        said += parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [])
        return any(hmac.compare_digest(one.encode(), self.settings.token.encode()) for one in said)

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        gives_cookie = bool(self.settings.token) and query.get("token") == [self.settings.token]

        async def send_with(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                more = list(_HEADERS)
                if gives_cookie:
                    told = f"{COOKIE}={self.settings.token}; HttpOnly; SameSite=Strict; Path=/"
                    more.append((b"set-cookie", told.encode()))
                message["headers"] = [*message.get("headers", []), *more]
            await send(message)

        return send_with

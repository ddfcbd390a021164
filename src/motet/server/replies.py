"""Errors as replies: the one place that turns the tree of `motet.errors` into HTTP.

Conventions: ``{"error": {"kind", "en", "zh", "place"}}``; 503 says when to come back.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from motet.errors import MotetError, ParameterError
from motet.language import say_place

__all__ = ["RETRY_S", "add_error_replies", "reply_error", "tell_error"]

RETRY_S = 5
"""Seconds after which a full server is worth asking again."""


def tell_error(error: MotetError) -> dict[str, Any]:
    """Return an error as plain values.

    Examples
    --------
    >>> tell_error(ParameterError("no such part", zh="没有这个声部"))["kind"]
    'ParameterError'
    """
    return {
        "kind": type(error).__name__,
        "en": str(error),
        "zh": error.localised("zh"),
        "place": error.place,
    }


def reply_error(error: MotetError, *, status: int | None = None) -> JSONResponse:
    """Return the reply to an error: its status by its kind, unless another is given.

    Examples
    --------
    >>> reply_error(ParameterError("no such part", zh="没有这个声部")).status_code
    422
    """
    code = status or getattr(error, "status", None) or error.http_status
    headers = {"Retry-After": str(RETRY_S)} if code == 503 else None
    body: dict[str, Any] = {"error": tell_error(error)}
    more = getattr(error, "more", None)
    if isinstance(more, dict):
        body.update(more)
    return JSONResponse(body, code, headers)


_STATUS_TEXTS = {
    404: ("there is nothing at this address", "此地址没有内容"),
    405: ("this address does not take that method", "此地址不接受该方法"),
    413: ("what was sent is too large", "发送的内容过大"),
}


def add_error_replies(app: FastAPI) -> None:
    """Let every error of an app be told in both languages, in one shape.

    Examples
    --------
    >>> app = FastAPI()
    >>> add_error_replies(app)
    >>> MotetError in app.exception_handlers
    True
    """

    @app.exception_handler(MotetError)
    async def on_error(_: Request, error: MotetError) -> JSONResponse:
        return reply_error(error)

    @app.exception_handler(RequestValidationError)
    async def on_wrong_request(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0] if error.errors() else {"loc": (), "msg": "not valid"}
        place = ".".join(str(one) for one in first["loc"][1:]) or str(first["loc"][-1:] or "")
        told = ParameterError(
            f"{place or 'the request'}: {first['msg']}; see /api/docs",
            zh=f"{place or '请求'}:{first['msg']};参见 /api/docs",
        )
        return reply_error(told)

    @app.exception_handler(HTTPException)
    async def on_status(_: Request, error: HTTPException) -> JSONResponse:
        en, zh = _STATUS_TEXTS.get(error.status_code, (str(error.detail), str(error.detail)))
        body = {"error": {"kind": "HTTP", "en": en, "zh": zh, "place": say_place("")}}
        return JSONResponse(body, error.status_code, getattr(error, "headers", None))

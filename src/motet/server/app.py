"""The app factory: nothing is built when this is imported."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

import motet
from motet.server.jobs import Jobs
from motet.server.replies import add_error_replies
from motet.server.routes import ROUTERS
from motet.server.schemas.job import ErrorReply
from motet.server.security import Guard
from motet.server.settings import Settings
from motet.server.store import Store

__all__ = ["create_app"]

_ERRORS = {
    code: {"model": ErrorReply, "description": text}
    for code, text in (
        (400, "The file is not valid."),
        (404, "There is no such thing."),
        (409, "No music satisfies this, or a lock or a newer edit is in the way."),
        (422, "A value is not allowed."),
        (500, "A bundle or the corpus is damaged."),
        (503, "Full, or the deadline has passed; come back later."),
    )
}


def create_app(settings: Settings) -> FastAPI:
    """Return the studio's server: the API, the sockets, the page.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    FastAPI

    Examples
    --------
    >>> from pathlib import Path
    >>> app = create_app(Settings(folder=Path("studio")))
    >>> "/api/health" in app.openapi()["paths"]
    True
    """

    @asynccontextmanager
    async def run(app: FastAPI) -> AsyncIterator[None]:
        settings.folder.mkdir(parents=True, exist_ok=True)
        app.state.store.start()
        await app.state.jobs.start()
        yield
        await app.state.jobs.stop()
        app.state.store.stop()

    app = FastAPI(
        title="Motet studio",
        version=motet.__version__,
        description="Write music with Motet: projects, edits, candidates, sheets, sound.",
        lifespan=run,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        responses=_ERRORS,  # type: ignore[arg-type]
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.settings = settings
    app.state.jobs = Jobs(settings)
    app.state.store = Store(settings.database_url)
    add_error_replies(app)
    for name in ROUTERS:
        app.include_router(importlib.import_module(f"motet.server.routes.{name}").router)
    app.add_middleware(Guard, settings=settings)
    return app

"""Projects: made, listed, opened, renamed, copied, deleted."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response

from motet.server.empty import empty_project
from motet.server.schemas.project import NewProject, PatchRequest, ProjectInfo, ProjectView
from motet.server.store import Changed, Store
from motet.server.views import project_json

__all__ = ["router"]

router = APIRouter(tags=["projects"])


def _show(store: Store, project_id: str, status: int = 200) -> Response:
    return _reply(store.load(project_id), status)


def _reply(found: Changed, status: int = 200) -> Response:
    return Response(project_json(found), status_code=status, media_type="application/json")


@router.get("/api/projects", response_model=list[ProjectInfo])
async def list_projects(request: Request) -> list[dict[str, Any]]:
    """Return all projects, the newest change first."""
    return await asyncio.to_thread(request.app.state.store.list)


@router.post("/api/projects", response_model=ProjectView, status_code=201)
async def create_project(request: Request, wish: NewProject) -> Response:
    """Make an empty grid to write in."""
    store: Store = request.app.state.store
    project = await asyncio.to_thread(empty_project, wish)
    project_id = await asyncio.to_thread(store.create, project)
    return await asyncio.to_thread(_show, store, project_id, 201)


@router.get("/api/projects/{project_id}", response_model=ProjectView)
async def get_project(request: Request, project_id: str) -> Response:
    """Return a project: its piece, its versions, its locks, its candidates."""
    return await asyncio.to_thread(_show, request.app.state.store, project_id)


@router.patch("/api/projects/{project_id}", response_model=ProjectView)
async def patch_project(request: Request, project_id: str, wish: PatchRequest) -> Response:
    """Change a project's title, or the settings of its page."""
    store: Store = request.app.state.store
    if wish.title is None:
        found = await asyncio.to_thread(store.set_view, project_id, wish.view or {})
        return await asyncio.to_thread(_reply, found)
    title = wish.title
    found, _ = await asyncio.to_thread(
        store.change, project_id, lambda project: project.rename(title), view=wish.view
    )
    return await asyncio.to_thread(_reply, found)


@router.post("/api/projects/{project_id}/copy", response_model=ProjectView, status_code=201)
async def copy_project(request: Request, project_id: str) -> Response:
    """Make a copy of a project, with its whole history."""
    store: Store = request.app.state.store
    project = await asyncio.to_thread(store.open, project_id)
    name = await asyncio.to_thread(store.create, project)
    return await asyncio.to_thread(_show, store, name, 201)


@router.delete("/api/projects/{project_id}", status_code=204)
async def delete_project(request: Request, project_id: str) -> Response:
    """Forget a project."""
    await asyncio.to_thread(request.app.state.store.delete, project_id)
    return Response(status_code=204)

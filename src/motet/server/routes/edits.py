"""Edits by hand, locks, undo and redo: each is kept before it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response

from motet.project import Project
from motet.server.edit_steps import edit_project
from motet.server.schemas.op import EditRequest
from motet.server.schemas.project import BranchRequest, GoRequest, LockRequest, ProjectView
from motet.server.views import project_json

__all__ = ["router"]

router = APIRouter(tags=["edits"])


async def _change(
    request: Request, project_id: str, do: Callable[[Project], Any], revision: int | None = None
) -> Response:
    def work() -> Response:
        found, _ = request.app.state.store.change(project_id, do, revision=revision)
        return Response(project_json(found), media_type="application/json")

    return await asyncio.to_thread(work)


@router.post("/api/projects/{project_id}/edits", response_model=ProjectView)
async def edit_notes(request: Request, project_id: str, wish: EditRequest) -> Response:
    """Edit the piece: operations that are one step together."""
    return await _change(
        request, project_id, lambda project: edit_project(project, wish.ops, note=wish.note),
        wish.revision,
    )  # fmt: skip


@router.post("/api/projects/{project_id}/undo", response_model=ProjectView)
async def undo_step(request: Request, project_id: str) -> Response:
    """Go back one step."""
    return await _change(request, project_id, lambda project: project.undo())


@router.post("/api/projects/{project_id}/redo", response_model=ProjectView)
async def redo_step(request: Request, project_id: str) -> Response:
    """Go forward one step again."""
    return await _change(request, project_id, lambda project: project.redo())


@router.post("/api/projects/{project_id}/go", response_model=ProjectView)
async def go_to_version(request: Request, project_id: str, wish: GoRequest) -> Response:
    """Go to any version or branch."""
    return await _change(request, project_id, lambda project: project.go(wish.node))


@router.post("/api/projects/{project_id}/branches", response_model=ProjectView)
async def begin_branch(request: Request, project_id: str, wish: BranchRequest) -> Response:
    """Begin a branch at the current version."""
    return await _change(request, project_id, lambda project: project.branch(wish.name))


@router.post("/api/projects/{project_id}/locks", response_model=ProjectView)
async def lock_cells(request: Request, project_id: str, wish: LockRequest) -> Response:
    """Keep cells, wholly or one layer of them, or let them go; no cell named is all."""

    def do(project: Project) -> None:
        for where in wish.cells or [""]:
            if wish.locked:
                project.lock(where, layer=wish.layer)
            else:
                project.unlock(where, layer=None if wish.layer == "all" else wish.layer)

    return await _change(request, project_id, do)

"""Jobs: their state, their end, and a socket that tells how they go."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Query, Request, WebSocket, WebSocketDisconnect

from motet.errors import MotetError
from motet.server.schemas.job import JobView

__all__ = ["router"]

router = APIRouter(tags=["jobs"])


@router.get("/api/jobs", response_model=list[JobView])
async def list_jobs(
    request: Request, project_id: str | None = Query(default=None, max_length=80)
) -> list[dict[str, Any]]:
    """Return the jobs of the last hour, oldest first."""
    return [one.view() for one in request.app.state.jobs.list(project_id=project_id)]


@router.get("/api/jobs/{job_id}", response_model=JobView)
async def get_job(request: Request, job_id: str) -> dict[str, Any]:
    """Return one job."""
    found: dict[str, Any] = request.app.state.jobs.find(job_id).view()
    return found


@router.delete("/api/jobs/{job_id}", response_model=JobView)
async def cancel_job(request: Request, job_id: str) -> dict[str, Any]:
    """Cancel a job; what it would have made is thrown away."""
    found: dict[str, Any] = request.app.state.jobs.cancel(job_id).view()
    return found


@router.websocket("/api/jobs/{job_id}/events")
async def follow_job(socket: WebSocket, job_id: str, after: int = 0) -> None:
    """Send the events of a job after a number, and those that come, to its end."""
    await socket.accept()
    try:
        job = socket.app.state.jobs.find(job_id)
        async for event in job.follow(after=after):
            await socket.send_json(event)
        await socket.close(1000)
    except MotetError as error:
        await socket.close(4404, str(error)[:120])
    except (WebSocketDisconnect, RuntimeError):
        return  # the page is gone; the job goes on

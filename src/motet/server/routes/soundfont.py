"""The shipped sounds and the font of musical signs: files that never change while a version runs."""

from __future__ import annotations

from enum import StrEnum
from importlib import resources
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

__all__ = ["FontName", "router"]

router = APIRouter(tags=["meta"])
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


class FontName(StrEnum):
    """Fonts that sheet music asks for."""

    MUSIC = "MotetMusic.ttf"


@router.get(
    "/api/soundfont",
    response_class=FileResponse,
    responses={
        200: {"content": {"application/octet-stream": {}}, "description": "An SF3 file."},
        206: {"content": {"application/octet-stream": {}}, "description": "A part of it."},
    },
)
async def get_soundfont() -> FileResponse:
    """Return the General MIDI sounds that ship with Motet; ranges are answered."""
    path = _place("soundfonts", "FluidR3Mono_GM.sf3")
    return FileResponse(
        path, media_type="application/octet-stream", headers=_FOR_EVER, filename=path.name
    )


@router.get(
    "/api/fonts/{name}",
    response_class=FileResponse,
    responses={200: {"content": {"font/ttf": {}}, "description": "A font."}},
)
async def get_font(name: FontName) -> FileResponse:
    """Return the font of musical signs inside words."""
    return FileResponse(_place("fonts", name.value), media_type="font/ttf", headers=_FOR_EVER)


def _place(folder: str, name: str) -> Path:
    """Return where a shipped file is."""
    return Path(str(resources.files("motet"))) / folder / name

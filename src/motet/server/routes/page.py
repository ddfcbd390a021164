"""The built page and its files."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.exceptions import HTTPException

__all__ = ["router"]

router = APIRouter(tags=["page"], include_in_schema=False)
_MISSING = (
    "<!doctype html><meta charset=utf-8><title>Motet</title><h1>The page is not built</h1>"
    "<p>Run <code>make studio-build</code> in a checkout of Motet, or install the released package, "
    "which has it.</p><h1>网页尚未构建</h1><p>请在 Motet 的源码目录运行 <code>make studio-build</code>,"
    "或安装已发布的软件包,其中已包含网页。</p>"
)
_FOREVER = "public, max-age=31536000, immutable"
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("application/wasm", ".wasm")


@router.get("/{path:path}")
async def get_page(request: Request, path: str) -> Response:
    """Return a file of the page; every address of the page itself is its first file."""
    root: Path = request.app.state.settings.page
    if path.startswith("api/"):
        raise HTTPException(404)
    start = root / "index.html"
    if not start.is_file():
        return HTMLResponse(_MISSING, 503)
    found = (root / path).resolve()
    if path and found.is_file() and found.is_relative_to(root.resolve()):
        kept = _FOREVER if path.startswith("assets/") else "no-cache"
        return FileResponse(found, headers={"Cache-Control": kept})
    if Path(path).suffix:
        raise HTTPException(404)
    return FileResponse(start, headers={"Cache-Control": "no-cache"})

"""The studio's server: the tasks of Motet over HTTP, projects in a database, a page to make music with.

Conventions: `create_app` builds it; nothing is built at import. Long work is a job in a worker process; the
event loop is never blocked. Only this machine may ask unless a host and a token say otherwise.
"""

from typing import TYPE_CHECKING

from motet.lazy import load_on_use

if TYPE_CHECKING:
    from motet.server.app import create_app
    from motet.server.settings import Settings

__all__ = ["Settings", "create_app"]

load_on_use(__name__, {"motet.server.app": ("create_app",), "motet.server.settings": ("Settings",)})

"""The files that the page in the browser is made of."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web
from pylopdf_fonts_zh_cn import sans_path

PAGES = Path(__file__).resolve().parent / "pages"


def routes(index: str = "index.html") -> list[web.RouteDef]:
    """The page, what it loads, and a font for a machine that has none with Chinese in it."""

    async def first(_: web.Request) -> web.StreamResponse:
        return _file(index)

    return [
        web.get("/", first),
        web.get("/pages/chinese.otf", _chinese),
        web.get("/pages/{path:.*}", _page),
    ]


async def _chinese(_: web.Request) -> web.StreamResponse:
    return web.FileResponse(sans_path(), headers={"Cache-Control": "max-age=31536000"})


async def _page(request: web.Request) -> web.StreamResponse:
    return _file(request.match_info["path"])


def _file(path: str) -> web.StreamResponse:
    wanted = (PAGES / path).resolve()
    if not wanted.is_relative_to(PAGES) or not wanted.is_file():
        raise web.HTTPNotFound(text="no such page")
    return web.FileResponse(wanted)

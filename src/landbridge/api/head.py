"""``HEAD`` as ``GET`` without its body, so that whoever looks whether something is there gets its headers."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ENDLESS = "/events"
"""An answer that goes on until somebody hangs up has no headers of its own worth waiting for."""


class HeadAsGet:
    """Stands around the application and its guard: what is asked for is allowed, counted and refused as a ``GET``."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD" or scope["path"].endswith(_ENDLESS):
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_head)

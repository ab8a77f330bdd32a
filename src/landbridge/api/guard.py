"""What every request passes before any route sees it: host, origin, size, key, rate; and the headers of every answer."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import anyio.to_thread
from starlette.exceptions import HTTPException

from landbridge.api.caller import LOCAL, Caller
from landbridge.api.problem import MEDIA_TYPE, describe_problem
from landbridge.api.settings import LOOPBACK_NAMES, ServerSettings
from landbridge.domain.errors import SettingError
from landbridge.planner import saved

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "landbridge_key"
OPEN_PATHS = ("/login", "/logout", "/healthz", "/_nicegui/", "/assets/")
"""What is answered without a key: the page that asks for one, and files that are the same for everybody."""
_SAFE = ("GET", "HEAD", "OPTIONS")
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
)
HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_MOST_CALLERS = 10_000
_KEY_SECONDS = 10.0
"""A key that was just looked up is believed for so long; a revoked one ends at the latest then."""


@dataclass(slots=True)
class _Bucket:
    """Requests that a caller may still make now."""

    left: float
    at: float


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: App, settings: ServerSettings, desk: object = None) -> None:
        """``desk`` is handed on with every request, to pages that are mounted as well."""
        self._app, self._settings, self._desk = app, settings, desk
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._known: dict[str, tuple[float, Caller | None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})["desk"] = self._desk
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refused = self._look(scope, headers)
        if refused is None and not _is_open(scope["path"]):
            refused = await self._admit(scope, headers)
        if refused is None:
            limit = self._limit(scope["path"])
            receive = _Measured(receive, limit) if scope["type"] == "http" else receive
            await self._pass(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif refused[0] == 401 and not scope["path"].startswith("/v1") and "text/html" in headers.get("accept", ""):
            await _redirect(send, "/login")
        else:
            await _refuse(_with_headers(send), scope["path"], *refused)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except _TooLargeError as error:
            await _refuse(send, scope["path"], 413, f"at most {error.limit:,} bytes are taken here", ())

    def _look(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str, tuple[tuple[bytes, bytes], ...]] | None:
        """What is wrong before anybody is known: the host, the origin, the size."""
        host = headers.get("host", "")
        if not self._settings.needs_key and _name_of(host) not in (*LOOPBACK_NAMES, self._settings.host):
            return 421, "without API keys this server answers only to its own address", ()
        origin = headers.get("origin")
        is_unsafe = scope["type"] == "websocket" or scope["method"] not in _SAFE
        if is_unsafe and origin is not None and urlsplit(origin).netloc != host:
            return 403, "the request was sent by a page of another origin", ()
        length = headers.get("content-length", "0")
        limit = self._limit(scope["path"])
        if not length.isdigit() or int(length) > limit:
            return 413, f"at most {limit:,} bytes are taken here", ()
        return None

    async def _admit(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str, tuple[tuple[bytes, bytes], ...]] | None:
        """Who calls, and whether not too often."""
        caller = await self._find_caller(headers)
        if caller is None:
            return 401, "send an API key: Authorization: Bearer KEY", ((b"www-authenticate", b"Bearer"),)
        scope["state"]["caller"] = caller
        if scope["path"].startswith("/v1"):
            wait = self._take(caller.name)
            if wait > 0:
                return 429, f"at most {self._settings.most_requests} requests a minute", ((b"retry-after", str(wait).encode()),)
        return None

    async def _find_caller(self, headers: dict[str, str]) -> Caller | None:
        secret = _secret_of(headers)
        if secret is None:
            return None if self._settings.needs_key else LOCAL
        at, caller = self._known.get(secret, (-_KEY_SECONDS, None))
        if monotonic() - at > _KEY_SECONDS:
            caller = await anyio.to_thread.run_sync(find_caller, secret)
            if len(self._known) > _MOST_CALLERS:
                self._known.clear()
            self._known[secret] = (monotonic(), caller)
        if caller is None and not self._settings.needs_key and "authorization" not in headers:
            return LOCAL
        return caller

    def _take(self, name: str) -> int:
        """Take one request from the caller's bucket; seconds to wait where it is empty."""
        rate = self._settings.most_requests
        if rate is None:
            return 0
        now = monotonic()
        bucket = self._buckets.setdefault(name, _Bucket(rate, now))
        self._buckets.move_to_end(name)
        if len(self._buckets) > _MOST_CALLERS:
            self._buckets.popitem(last=False)
        bucket.left = min(rate, bucket.left + (now - bucket.at) * rate / 60)
        bucket.at = now
        if bucket.left < 1:
            return max(1, round((1 - bucket.left) * 60 / rate))
        bucket.left -= 1
        return 0

    def _limit(self, path: str) -> int:
        if path == "/v1/lists":
            return self._settings.max_list_bytes
        is_upload = path.startswith(("/v1/feeds", "/v1/jobs", "/v1/screen", "/_nicegui/"))
        return self._settings.max_upload_bytes if is_upload else self._settings.max_body_bytes


def find_caller(secret: str) -> Caller | None:
    """Who holds a key; None if nobody does."""
    try:
        key = saved.find_key(secret)
    except SettingError:
        return None
    return Caller(name=key.name, role=key.role, party=key.party) if key is not None else None


class _TooLargeError(HTTPException):
    """Of the kind that FastAPI lets through while it reads a body."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(413, f"at most {limit:,} bytes are taken here")


class _Measured:
    """A request's body, counted while it comes in."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive, self._limit, self._seen = receive, limit, 0

    async def __call__(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._seen += len(message.get("body", b""))
            if self._seen > self._limit:
                raise _TooLargeError(self._limit)
        return message


def _is_open(path: str) -> bool:
    return any(path == one or (one.endswith("/") and path.startswith(one)) for one in OPEN_PATHS)


def _name_of(host: str) -> str:
    name = urlsplit(f"//{host}").hostname if host else None
    return name or ""


def _secret_of(headers: dict[str, str]) -> str | None:
    scheme, _, secret = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and secret.strip():
        return secret.strip()
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return cookie.value if cookie is not None else None


def _with_headers(send: Send) -> Send:
    async def _send(message: Message) -> None:
        if message["type"] == "http.response.start":
            told = {name.lower() for name, _ in message.get("headers", ())}
            message["headers"] = [*message.get("headers", ()), *((name, value) for name, value in HEADERS if name not in told)]
        await send(message)

    return _send


async def _refuse(send: Send, path: str, status: int, detail: str, headers: tuple[tuple[bytes, bytes], ...]) -> None:
    body = json.dumps(describe_problem(status, detail, (), path), ensure_ascii=False).encode("utf-8", "backslashreplace")
    kept = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode()), (b"connection", b"close"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": kept})
    await send({"type": "http.response.body", "body": body})


async def _redirect(send: Send, path: str) -> None:
    await send({"type": "http.response.start", "status": 303, "headers": [(b"location", path.encode()), (b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})

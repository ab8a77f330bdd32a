"""Places, goods, distances; feeds."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response

from landbridge import planner
from landbridge.api.answers import has_edition
from landbridge.api.desk import Desk
from landbridge.api.problem import ProblemError
from landbridge.api.routes_plan import FAULTS, caller_of, desk_of
from landbridge.api.schemas import FeedAnswer, FeedPage, FindingAnswer, PlaceAnswer, UploadAnswer
from landbridge.domain.dataset import Dataset
from landbridge.domain.way import Way
from landbridge.planner import saved, tasks
from landbridge.report.place_table import place_rows
from landbridge.report.way_document import no_way_document, way_document

router = APIRouter(prefix="/v1", responses=FAULTS)
Asked = Annotated[str, Query(min_length=1, max_length=200)]
_MOST_DRAWN = 2_000
Digest = Annotated[str | None, Query(max_length=80, description="Digest of an uploaded feed; null: the feed of the server.")]
Match = Annotated[str | None, Header(alias="If-None-Match", max_length=500)]
_UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "Unchanged."}}
Several = Annotated[list[str] | None, Query(max_length=20)]


@router.get("/places", tags=["places"])
async def places(
    request: Request, q: Asked, limit: Annotated[int, Query(ge=1, le=20)] = 5, world: bool = False, feed: Digest = None
) -> dict[str, Any]:
    """Places that a text may mean, in any spelling or script, the closest first: of the feed, with ``world`` those of the atlas too.

    Where both are as close, those of the feed go before. ``ask`` is the text that means the place in a question: its name, with the
    country where the feed lacks it, or its id where others have that name.
    """
    caller_of(request)
    dataset = await asyncio.to_thread(_feed_of, desk_of(request), feed)
    own = await asyncio.to_thread(planner.find_places, dataset, q, limit)
    if not world:
        return {"places": [PlaceAnswer.from_domain(one, planner.word_place(dataset, one)).model_dump() for one in own]}
    return {"places": await asyncio.to_thread(_find_in_both, dataset, q, limit, own)}


@router.get("/goods", tags=["places"])
async def goods(request: Request, q: Asked, limit: Annotated[int, Query(ge=1, le=50)] = 10, feed: Digest = None) -> dict[str, Any]:
    """Goods of the feed whose name or HS code has the text."""
    caller_of(request)
    found = find_goods(await asyncio.to_thread(_feed_of, desk_of(request), feed), q, limit)
    return {"goods": [{"hs": hs, "name": name} for hs, name in found]}


@router.get("/distance", tags=["places"])
async def distance(
    request: Request,
    origin: Annotated[str, Query(alias="from", min_length=1, max_length=200)],
    destination: Annotated[str, Query(alias="to", min_length=1, max_length=200)],
    mode: Annotated[str, Query(max_length=20)] = "road",
    avoid: Several = None,
    allow: Several = None,
    gauge_mm: Annotated[int | None, Query(ge=1, le=3_000)] = None,
) -> dict[str, Any]:
    """Distance, time and way between two places of the world by one mode, from the atlas alone."""
    caller_of(request)
    found = await asyncio.to_thread(
        lambda: planner.find_distance(origin, destination, mode=mode, avoid=tuple(avoid or ()), allow=tuple(allow or ()), gauge_mm=gauge_mm)
    )
    if not isinstance(found, Way):
        return no_way_document(origin, destination, found)
    return way_document(found, planner.tell_namesakes(origin, destination, found))


@router.get("/feeds", tags=["feeds"])
async def feeds(
    request: Request, limit: Annotated[int, Query(ge=1, le=500)] = 100, before: Annotated[int | None, Query(ge=1, le=2**31)] = None
) -> FeedPage:
    """The feed of the server, then the uploaded ones, the newest first."""
    caller_of(request)
    desk = desk_of(request)
    main = desk.shelf.main()
    served = FeedAnswer(digest=main.digest, name=main.info.name, form="feed", created_at=None, is_served=True)
    kept = await asyncio.to_thread(lambda: saved.list_feeds(limit=limit + 1, before=before))
    uploaded = kept[:limit]
    following = f"/v1/feeds?limit={limit}&before={uploaded[-1].seq}" if len(kept) > limit else None
    others = [FeedAnswer(digest=one.digest, name=one.name, form=one.form, created_at=one.created_at, is_served=False) for one in uploaded]
    return FeedPage(feeds=[*([served] if before is None else []), *others], next=following)


@router.get("/feeds/{digest}", tags=["feeds"], responses={304: {"description": "Unchanged."}})
async def feed(request: Request, response: Response, digest: str, match: Match = None) -> Any:  # noqa: ANN401  # a document, or an answer without one
    """What a feed says of itself and how many rows its tables have; its ETag is its digest."""
    caller_of(request)
    desk = desk_of(request)
    dataset = await asyncio.to_thread(lambda: tasks.keep_feed(desk.shelf.locate(digest)))
    headers = _tagged(dataset)
    if has_edition(match, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    info = dataset.info
    tables = {name: len(rows) for name, rows in vars(dataset).items() if isinstance(rows, tuple)}
    return {
        "digest": dataset.digest, "name": info.name, "title": info.title, "version": info.version, "as_of": info.as_of.isoformat(),
        "currency": info.settlement_currency, "gates": None if info.gates is None else list(info.gates), "tables": tables,
    }  # fmt: skip


@router.get(
    "/feeds/{digest}/map.geojson",
    tags=["feeds"],
    response_class=Response,
    responses=_UNCHANGED | {200: {"content": {"application/geo+json": {}}}},
)
async def feed_map(request: Request, digest: str, match: Match = None) -> Response:
    """Places, services and links of a feed, and what is closed on its day, as GeoJSON; its ETag is the feed's digest."""
    caller_of(request)
    desk = desk_of(request)
    headers = _tagged(await asyncio.to_thread(_feed_of, desk, digest))
    if has_edition(match, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(await asyncio.to_thread(_render_map, desk, digest), media_type="application/geo+json", headers=headers)


@router.get(
    "/feeds/{digest}/feed.zip", tags=["feeds"], response_class=Response, responses=_UNCHANGED | {200: {"content": {"application/zip": {}}}}
)
async def feed_archive(request: Request, digest: str, match: Match = None) -> Response:
    """A feed as a zip file of its tables, the shipments of all companies among them; its ETag is the feed's digest."""
    caller_of(request, "shipments")
    desk = desk_of(request)
    dataset = await asyncio.to_thread(_feed_of, desk, digest)
    headers = _tagged(dataset)
    if has_edition(match, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    content = await asyncio.to_thread(desk.shelf.pack, digest)
    headers["Content-Disposition"] = f'attachment; filename="feed-{dataset.digest[:12]}.zip"'
    return Response(content, media_type="application/zip", headers=headers)


@router.post(
    "/feeds",
    tags=["feeds"],
    status_code=201,
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}},
)
async def upload(request: Request, response: Response, name: Annotated[str, Query(max_length=200)] = "") -> UploadAnswer:
    """Upload a feed as zip or xlsx, the bytes as the body; it is checked, and kept only without errors."""
    desk, caller = desk_of(request), caller_of(request, "feeds")
    content = await request.body()
    if not content:
        raise ProblemError(400, "the body is empty: send the bytes of a .zip or .xlsx")
    dataset, findings, is_new = await asyncio.to_thread(desk.shelf.add, content, name, caller)
    response.headers["Location"] = f"/v1/feeds/{dataset.digest}"
    told = [FindingAnswer.from_domain(one) for one in findings]
    return UploadAnswer(digest=dataset.digest, name=name or dataset.info.name, is_new=is_new, findings=told)


def _find_in_both(dataset: Dataset, text: str, limit: int, own: tuple[planner.PlaceMatch, ...]) -> list[dict[str, Any]]:
    world = planner.find_atlas_places(text, limit)
    asks = [planner.word_place(dataset, one) for one in own] + [planner.word_atlas_place(dataset, one.place) for one in world]
    rows = [row | {"ask": ask} for row, ask in zip(place_rows(own, world), asks, strict=True)]
    return sorted(rows, key=lambda row: -row["score"])


def find_goods(dataset: Dataset, text: str, limit: int) -> list[tuple[str, str]]:
    """HS code and name of goods of a feed by code or by words of the name."""
    words = text.casefold().split()
    rows = ((row.hs, row.name) for row in dataset.goods)
    found = [(hs, name) for hs, name in rows if all(word in f"{hs} {name}".casefold() for word in words)]
    return sorted(found, key=lambda one: (not one[0].startswith(text.strip()), len(one[0]), one[0]))[:limit]


def _tagged(dataset: Dataset) -> dict[str, str]:
    return {"ETag": f'"{dataset.digest}"', "Cache-Control": "private, no-cache"}


def _feed_of(desk: Desk, feed: str | None) -> Dataset:
    return tasks.keep_feed(desk.shelf.locate(feed))


def _render_map(desk: Desk, digest: str) -> str:
    return _draw_map(desk.shelf.locate(digest))


@lru_cache(maxsize=4)
def _draw_map(location: str) -> str:
    """The map of a kept feed, drawn once: along the atlas, which takes seconds, straight where the feed is very large."""
    from landbridge.report.feed_view import feed_geojson
    from landbridge.report.plan_document import compact_text

    dataset = tasks.keep_feed(location)
    lines = planner.draw_network(dataset) if len(dataset.links) + len(dataset.services) <= _MOST_DRAWN else None
    return compact_text(feed_geojson(dataset, dataset.info.as_of, lines))

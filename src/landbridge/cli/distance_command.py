"""``landbridge distance`` and ``landbridge atlas``: ways and distances of the world, without a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli.options import ClusterOption, JsonOption, KeepOption, WorkersOption
from landbridge.cli.screen import page_width, write_page, write_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from landbridge.planner import Pairs, SharedPairs

_MANY_PAIRS = 50
atlas = typer.Typer(help="The world under the feeds.", rich_markup_mode=None, no_args_is_help=True)


def distance(
    origin: Annotated[str | None, typer.Argument(metavar="FROM", help="Place: code, name, 'name, COUNTRY' or 'lon lat'.")] = None,
    destination: Annotated[str | None, typer.Argument(metavar="TO", help="Place, likewise.")] = None,
    mode: Annotated[str, typer.Option("--mode", metavar="MODE", help="road, rail, sea or waterway.")] = "road",
    avoid: Annotated[list[str] | None, typer.Option(metavar="X", help="Not by this passage, country or place; repeatable.")] = None,
    allow: Annotated[
        list[str] | None, typer.Option(metavar="PASSAGE", help="Open a passage that is closed by default; repeatable.")
    ] = None,
    gauge: Annotated[int | None, typer.Option(metavar="MM", help="Rail: tracks of this gauge alone.")] = None,
    pairs: Annotated[str | None, typer.Option(metavar="FILE", help="CSV with the columns from and to, instead of FROM and TO.")] = None,
    workers: WorkersOption = 1,
    cluster: ClusterOption = None,
    keep: KeepOption = None,
    as_json: JsonOption = False,
    as_geojson: Annotated[bool, typer.Option("--geojson", help="The way as GeoJSON on standard output.")] = False,
) -> None:
    """Distance, time and way between two places by one mode, from the atlas alone."""
    if as_json and as_geojson:
        raise typer.BadParameter("--json and --geojson both ask for standard output; take one of them", param_hint="--geojson")
    from landbridge import planner

    asked = {"mode": mode, "avoid": tuple(avoid or ()), "allow": tuple(allow or ()), "gauge_mm": gauge}
    if pairs is not None:
        if origin is not None or as_geojson:
            raise typer.BadParameter("--pairs takes no FROM, no TO and no --geojson", param_hint="--pairs")
        crew = planner.Crew(workers=workers, cluster=cluster, keep=keep)
        _write_pairs(planner.share_distances(pairs, crew=crew, **asked), as_json=as_json)  # type: ignore[arg-type]
        return
    if keep is not None:
        raise typer.BadParameter("--keep goes with --pairs: one way alone has no parts to keep", param_hint="--keep")
    if origin is None or destination is None:
        raise typer.BadParameter("give FROM and TO, or --pairs FILE", param_hint="FROM TO")
    _write_way(origin, destination, planner.find_distance(origin, destination, **asked), as_json=as_json, as_geojson=as_geojson)  # type: ignore[arg-type]


def _write_way(origin: str, destination: str, answer: object, *, as_json: bool, as_geojson: bool) -> None:
    from landbridge import planner
    from landbridge.domain.way import NoWay, Way
    from landbridge.report import way_document
    from landbridge.report.plan_document import document_text

    if isinstance(answer, NoWay):
        if as_json or as_geojson:
            write_text(document_text(way_document.no_way_document(origin, destination, answer)))
        else:
            write_page(way_document.render_no_way(answer, width=page_width()))
    elif isinstance(answer, Way):
        if as_geojson:
            write_text(document_text(way_document.way_geojson(answer)))
        elif as_json:
            write_text(document_text(way_document.way_document(answer, planner.tell_namesakes(origin, destination, answer))))
        else:
            notices = planner.tell_namesakes(origin, destination, answer)
            write_page(way_document.render_way(answer, notices=notices, width=page_width()))


def _write_pairs(pairs: Pairs | SharedPairs, *, as_json: bool) -> None:
    """Each row as soon as it is known, so that 100,000 of them need no more memory than one."""
    import json

    from landbridge.report.way_document import pair_document

    with _progress(len(pairs)) as heard:
        for number, (origin, destination, answer) in enumerate(pairs.answers(heard)):
            document = pair_document(origin, destination, answer)
            if as_json:
                write_text(("[\n" if number == 0 else ",\n") + json.dumps(document, ensure_ascii=False))
            else:
                write_text(_row(origin, destination, document))
    if as_json:
        write_text("\n]\n" if len(pairs) else "[]\n")


def _row(origin: str, destination: str, document: dict[str, object]) -> str:
    figure = document.get("distance_m")
    told = f"{figure / 1000:,.0f} km" if isinstance(figure, int) else f"no way: {document['error']}"
    return f"{origin} - {destination}: {told}\n"


class _progress:  # used like a function
    """A bar on standard error where that is a terminal and there are many rows; nothing elsewhere."""

    def __init__(self, total: int) -> None:
        self._total = total

    def __enter__(self) -> Callable[[], None]:
        import sys

        if self._total < _MANY_PAIRS or not sys.stderr.isatty():
            return lambda: None
        self._bar = typer.progressbar(length=self._total, label="pairs", file=sys.stderr)
        self._bar.__enter__()
        return lambda: self._bar.update(1)

    def __exit__(self, *error: object) -> None:
        if hasattr(self, "_bar"):
            self._bar.__exit__(None, None, None)


@atlas.command("info")
def info(as_json: JsonOption = False) -> None:
    """Version, checksum, sizes, sources and licenses of the atlas; every section is checked."""
    from landbridge import planner
    from landbridge.report.plan_document import document_text
    from landbridge.report.way_document import render_atlas

    about = planner.describe_atlas()
    if as_json:
        write_text(document_text(about))
    else:
        write_page(render_atlas(about, width=page_width()))


@atlas.callback()
def _atlas() -> None:
    """The world under the feeds: roads, railways, sea lanes and places."""

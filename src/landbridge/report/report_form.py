"""The form of reports that are passed on: one HTML file without a script, nothing from elsewhere, light and dark, made to be printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from landbridge.report.markup import Markup, Part, el

_CSS = """
:root{color-scheme:light dark;--ink:#17212b;--muted:#52606d;--line:#d9dfe6;--bg:#fff;--sunk:#f1f4f7;--accent:#0a5ca8;
--warn:#8a4b00}
@media (prefers-color-scheme:dark){:root{--ink:#e6ecf2;--muted:#a3b0bd;--line:#2a3642;--bg:#12181f;--sunk:#1b242e;
--accent:#74b6f5;--warn:#f1b765}}
*{box-sizing:border-box}body{margin:0 auto;max-width:1000px;padding:28px 20px 60px;
font:15px/1.45 system-ui,"Segoe UI",Roboto,sans-serif;color:var(--ink);background:var(--bg);font-variant-numeric:tabular-nums}
h1{font-size:1.5rem;margin:0 0 4px}h2{font-size:1.1rem;margin:30px 0 10px;padding-bottom:5px;border-bottom:2px solid var(--line)}
h3{font-size:1rem;margin:18px 0 6px}
p{margin:4px 0}.muted{color:var(--muted)}.num{text-align:right;white-space:nowrap}.warn{color:var(--warn)}a{color:var(--accent)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px;margin:16px 0}.tile{background:var(--sunk);
border-radius:10px;padding:12px 14px}.tile b{display:block;font-size:1.25rem}
svg{width:100%;height:auto;border-radius:10px;border:1px solid var(--line);display:block}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.88rem}th{text-align:left;font-weight:600;
color:var(--muted);font-size:.8rem}th,td{padding:6px 10px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}
tr.sum td{font-weight:700;border-top:2px solid var(--line)}
code{font-size:.82rem;overflow-wrap:anywhere}ul{margin:6px 0;padding-left:20px}
@media print{body{padding:0}h2{break-after:avoid}tr{break-inside:avoid}}
"""


def make_page(title: str, *parts: Part) -> str:
    """A whole page from its parts."""
    head = el("head", *_meta(), el("title", title), Markup(f"<style>{_CSS}</style>"))
    return "<!doctype html>\n" + el("html", head, el("body", el("main", *parts)), lang="en") + "\n"


def section(title: str, *parts: Part) -> Markup:
    return el("section", el("h2", title), *parts)


def tiles(*told: tuple[str, str]) -> Markup:
    """The few figures that matter, each with what it is."""
    return el("div", *(el("div", el("b", value), el("span", note, cls="muted"), cls="tile") for value, note in told), cls="tiles")


def table(
    titles: Sequence[str], rows: Sequence[Sequence[Part]], numbers: frozenset[int] = frozenset(), sums: Sequence[Part] = ()
) -> Markup:
    """A table; columns in ``numbers`` are set to the right."""
    top = el("tr", *(el("th", one, scope="col", cls="num" if at in numbers else None) for at, one in enumerate(titles)))
    lines = [el("tr", *(el("td", cell, cls="num" if at in numbers else None) for at, cell in enumerate(row))) for row in rows]
    if sums:
        lines.append(el("tr", *(el("td", cell, cls="num" if at in numbers else None) for at, cell in enumerate(sums)), cls="sum"))
    return el("div", el("table", el("thead", top), el("tbody", *lines)), cls="scroll")


def _meta() -> Iterator[Markup]:
    yield Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">')
    yield Markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
    yield Markup('<meta name="referrer" content="no-referrer">')

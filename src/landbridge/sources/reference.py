"""The pages that describe feeds and findings, made from the dictionary and the list of codes: nobody edits them by hand."""

from __future__ import annotations

from landbridge.sources.cell import FIRST_YEAR, LAST_YEAR, MAX_COUNT, MAXIMUM_BY_UNIT
from landbridge.sources.codes import get_codes
from landbridge.sources.container import MAX_BYTES, MAX_FILES
from landbridge.sources.dictionary import LIST_TYPES, FieldSpec, TableSpec, get_tables
from landbridge.sources.raw import MAX_CELL
from landbridge.sources.workbook import MAX_SHEET_ROWS

_TYPES = {
    "id": "public id of a row: letters, digits, `-` `_` `.` `:` `+`",
    "ref": "id of a row of another table",
    "string": "text on one line",
    "text": "free text; may run over several lines",
    "date": f"`YYYY-MM-DD`, years {FIRST_YEAR} to {LAST_YEAR}",
    "time": "local time, `HH:MM`; `24:00` is the end of the day",
    "monthday": "day of each year, `MM-DD`",
    "boolean": "`true` or `false`",
    "decimal": "number with a decimal point, no sign for thousands",
    "integer": "whole number",
    "enum": "one of the words listed",
    "country": "ISO 3166-1 alpha-2, e.g. `BY`",
    "currency": "ISO 4217, e.g. `USD`",
    "hs": "prefix of the Harmonized System, 2, 4, 6, 8 or 10 digits",
    "zone": "IANA time zone, e.g. `Asia/Karachi`",
    "weekdays": "any of `Mon;Tue;Wed;Thu;Fri;Sat;Sun`",
}

_FEED_INTRO = """# The corridor feed

This page is generated from the field dictionary (`src/landbridge/sources/fields.csv` and `tables.csv`): run `make docs`.
Reader, checks and `datapackage.json` are made from the same dictionary.

A feed is a folder of CSV files with a `datapackage.json`, a zip file of such a folder, or an `.xlsx` workbook with one sheet
per table and a sheet `datapackage`. `landbridge init FOLDER` makes a small one that plans, `landbridge check FEED` says all that
is wrong with one, `landbridge convert A B` turns one format into another. What each finding means stands in
[findings.md](findings.md); how the planner reads the tables in [model.md](model.md).
"""

_FORMAT = f"""## Format

- CSV: UTF-8 (a byte order mark is allowed), commas, double quotes, first row the names of the columns. One file per table,
  `<table>.csv`, or the `path` of its resource in `datapackage.json`. Columns and tables that are not needed may be left out.
- Lists in a cell are joined with `;`. An empty cell means: not known, or does not apply; it is never 0.
- A figure may have three columns: `x_low`, `x` and `x_high`. Without low or high these equal the typical figure. Where the source
  has grade D (an assumption), money, percentages, factors and delays must have both.
- Every row cites a row of `sources` in `source_id`. `note` is free text.
- Bounds: {MAX_FILES} files and {MAX_BYTES // 1_000_000} MB unpacked, {MAX_SHEET_ROWS:,} rows a sheet, {MAX_CELL:,} characters a cell.
- In a workbook formulas are not read: paste values. Its sheet `datapackage` holds the JSON, one line a row, or keys and values
  in two columns.
- Where a row stands is shown as `feed/table.csv:line`, the header being line 1, whatever the format.
"""

_PACKAGE = """## `datapackage.json`

A [Data Package](https://specs.frictionlessdata.io/data-package/) with these keys; others are kept and not read.

| key | | meaning |
|---|---|---|
| `name` | required | small letters, digits, `.` `-` `_`; stands before every row that is cited |
| `title`, `version` | | text |
| `licenses`, `sources`, `contributors` | | as the standard says |
| `resources` | | `name` (the table) and `path` of each file; else `<table>.csv`. `landbridge convert` adds a Table Schema |
| `landbridge.as_of` | required | day on which the feed is read if a question names none |
| `landbridge.settlement_currency` | `USD` | currency of all totals |
| `landbridge.gates` | all regimes | regimes whose designations block, e.g. `["UN", "US", "EU"]` |
| `landbridge.evidence_days` | `450` | an operating service counts as confirmed for this long after its latest evidence |
| `landbridge.capital_percent` | `12` | yearly cost of the capital that lies in the goods, for the balanced plan |
| `landbridge.extends` | | name of a shipped feed, or path of another one seen from this file |

In every feed the regimes, lists, sanctions and bans of the shipped feed `world` hold too, but for those that the feed has
itself ([compliance.md](compliance.md), Lists). Each gate is a row of [regimes](#regimes), of the feed, of the one that it
extends or of `world`. Without `gates` the designations of all of these regimes block.

A feed that extends another holds only what it adds or overrides: a row with the same key takes the place of the base's row,
settings that it does not state are those of the base. Every row keeps the name of the feed it comes from.

`--rates FILE` lays a forwarder's own rates over a feed: a CSV file with the columns of `tariffs`. `source_id` and `tariff_id` may be
left out; the rows then cite the source `rates:<file>`, grade B. A rate takes the place of the feed's tariffs of the same service,
haulage or operator, places and unit, for the same or narrower goods and masses, within its dates.

A tariff with `basis_tariff_id` carries another row forward: its amount is that of the basis times `factor`, low with low and high with
high; `per` is that of the basis, currency, minimum and inclusions too unless the row has its own.
"""

_FINDINGS_INTRO = """# Findings

This page is generated from `src/landbridge/sources/findings.csv`: run `make docs`.

Each finding has a code, a severity, the file, row and column it is about, what is wrong, and what to do. An *error* stops the use
of a feed, a *warning* does not, an *info* is a notice. `landbridge check FEED` prints all of them at once.

| code | severity | meaning | what to do |
|---|---|---|---|
"""


def render_feed_page() -> str:
    """Render docs/feed.md: the format of feeds, and every table with its columns."""
    tables = get_tables()
    types = {field.type for spec in tables.values() for field in spec.fields}
    parts = [_FEED_INTRO, _FORMAT, _PACKAGE, _render_types(types), _render_contents(tables)]
    parts += [_render_table(spec) for spec in tables.values()]
    return "\n".join(parts)


def render_findings_page() -> str:
    """Render docs/findings.md: every code with its severity, meaning and what to do."""
    rows = [f"| `{entry.code}` | {entry.severity} | {_escape(entry.meaning)} | {_escape(entry.fix)} |" for entry in get_codes().values()]
    return _FINDINGS_INTRO + "\n".join(rows) + "\n"


def _render_types(types: set[str]) -> str:
    lines = ["## Types", "", "| type | written as |", "|---|---|"]
    lines += [f"| {name} | {text} |" for name, text in _TYPES.items() if name in types]
    lists = [f"`{name}`" for name in LIST_TYPES if name in types and name not in _TYPES]
    lines.append(f"| {', '.join(lists)} | list of such values, joined with `;` |")
    bounds = ", ".join(f"{maximum:,} {unit}" for unit, maximum in MAXIMUM_BY_UNIT.items())
    return "\n".join([*lines, "", f"Where a column states no bound, figures are at most {bounds}; counts at most {MAX_COUNT:,}.", ""])


def _render_contents(tables: dict[str, TableSpec]) -> str:
    lines = ["## Tables", "", "| table | holds | key |", "|---|---|---|"]
    lines += [
        f"| [{name}](#{name}) | {_escape(spec.title)} | {', '.join(f'`{key}`' for key in spec.key)} |" for name, spec in tables.items()
    ]
    return "\n".join([*lines, ""])


def _render_table(spec: TableSpec) -> str:
    lines = [f"### {spec.table}", "", f"{spec.title}. Key: {', '.join(f'`{key}`' for key in spec.key)}.", ""]
    lines += ["| column | type | unit | needed | default | allowed | meaning |", "|---|---|---|---|---|---|---|"]
    lines += [_render_field(field) for field in spec.fields]
    return "\n".join([*lines, ""])


def _render_field(field: FieldSpec) -> str:
    meaning = _escape(field.description) + (f" (e.g. `{_escape(field.example)}`)" if field.example else "")
    needed = "yes" if field.is_required else ""
    default = f"`{field.default}`" if field.default else ""
    return f"| `{field.field}` | {field.type} | {field.unit} | {needed} | {default} | {_describe_allowed(field)} | {meaning} |"


def _describe_allowed(field: FieldSpec) -> str:
    if field.references:
        return f"[{field.references}](#{field.references})"
    if field.choices:
        return ", ".join(f"`{choice}`" for choice in field.choices)
    bounds = (("from", field.minimum), ("to", field.maximum))
    return " ".join(f"{word} {bound}" for word, bound in bounds if bound is not None)


def _escape(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")

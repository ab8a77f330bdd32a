"""``python -m tools.make_docs``: write the pages that are generated, so that nobody edits them by hand.

docs/feed.md and docs/findings.md come from the field dictionary and the lists of codes, docs/dataset.md from the shipped feed,
docs/plausibility.md from some forty shipments planned, which takes a minute: ``--fast`` leaves it out.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from pathlib import Path

import landbridge as lb
from landbridge.sources.dictionary import get_tables
from landbridge.sources.reference import render_feed_page, render_findings_page

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
QUESTION_CODES = Path(__file__).with_name("question_codes.csv")
CODE_MODULES = (
    "planner/shipment.py",
    "planner/question.py",
    "planner/namesake.py",
    "planner/typed_parties.py",
    "planner/wish.py",
    "planner/shipment_file.py",
    "planner/profile.py",
    "planner/matrix.py",
    "planner/alternatives.py",
    "planner/batch.py",
    "planner/batch_part.py",
    "planner/batch_worker.py",
    "planner/plan_findings.py",
    "planner/world/law_findings.py",
    "planner/plan_file.py",
    "planner/screening.py",
    "planner/watchlists.py",
    "planner/list_upload.py",
    "store/baskets.py",
    "planner/gate.py",
    "planner/policy.py",
    "planner/papers.py",
    "planner/party_file.py",
    "store/decisions.py",
    "planner/trade.py",
    "planner/simulate.py",
    "planner/sound_plan.py",
    "uncertainty/position.py",
    "report/document_form.py",
    "report/plan_document.py",
    "api/problem.py",
    "api/feed_shelf.py",
    "planner/tasks.py",
    "planner/shipment_rows.py",
    "planner/report_file.py",
    "report/quote.py",
    "report/book_form.py",
    "store/keys.py",
    "store/backup.py",
    "planner/book/joint_plan.py",
    "planner/book/question.py",
    "planner/book/state.py",
    "planner/distance.py",
    "planner/pairs_file.py",
    "api/routes_plan.py",
    "planner/stress.py",
    "planner/flow_book.py",
    "planner/measures.py",
    "planner/sweep.py",
    "atlas/container.py",
)
PRICE_TABLES = ("tariffs", "haulage_rates", "surcharges", "handling", "storage", "detention")
_CODE = re.compile(r"(?:_add\(|_say\((?:wrong, )?|_fault\(|trouble\.add\(|self\.add\(|code=)\s*\"([A-Z]+(?:-[A-Z]+)*)\"")
_GRADES = {"A": "official text or tariff", "B": "trade press", "C": "single mention", "D": "assumption or estimate, prices with a range"}


def main() -> int:
    """Write all pages; give 0."""
    parser = argparse.ArgumentParser(prog="python -m tools.make_docs", description="Write the generated pages of docs/.")
    parser.add_argument("--fast", action="store_true", help="leave out docs/plausibility.md, which takes minutes")
    asked = parser.parse_args()
    for name, text in render_pages().items():
        _write(DOCS / name, text)
    if not asked.fast:
        from tools.plausibility import render_plausibility

        _write(DOCS / "plausibility.md", render_plausibility())
    return 0


def render_pages() -> dict[str, str]:
    """The pages that are quick to make, by file name."""
    return {"feed.md": render_feed_page(), "findings.md": render_all_findings(), "dataset.md": render_dataset_page()}


def render_all_findings() -> str:
    """The codes of feeds, then those of questions, answers and plan files."""
    rows = read_question_codes()
    lines = [
        "",
        "## Questions, answers and plan files",
        "",
        "These come from the planner, not from a feed: a question that cannot be asked, a notice on an answer, a plan file that is none.",
        "The list is `tools/question_codes.csv`; making this page fails if the code uses another one.",
        "",
        "| code | severity | meaning | what to do |",
        "|---|---|---|---|",
    ]
    lines += [f"| `{row['code']}` | {row['severity']} | {row['meaning']} | {row['fix']} |" for row in rows]
    return render_findings_page() + "\n".join(lines) + "\n"


def read_question_codes() -> list[dict[str, str]]:
    """The committed list; it must name exactly the codes that the source uses."""
    with QUESTION_CODES.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    source = ROOT / "src" / "landbridge"
    used = {code for module in CODE_MODULES for code in _CODE.findall((source / module).read_text(encoding="utf-8"))}
    listed = {row["code"] for row in rows}
    if used != listed:
        raise SystemExit(f"{QUESTION_CODES.name}: missing {sorted(used - listed)}, not used {sorted(listed - used)}")
    return rows


def render_dataset_page() -> str:
    """docs/dataset.md: rows, sources by grade, share of rows by grade, every source, and what was not found."""
    feed = lb.load()
    grade_of = {source.source_id: source.grade for source in feed.sources}
    counts: list[tuple[str, int]] = []
    cited: Counter[str] = Counter()
    by_table: dict[str, Counter[str]] = {}
    for name in get_tables():
        rows = getattr(feed, name)
        counts.append((name, len(rows)))
        if name == "sources":
            continue
        by_table[name] = Counter(grade_of[row.source_id] for row in rows)
        cited.update(row.source_id for row in rows)
    total = sum(number for name, number in counts if name != "sources")
    info = feed.info
    parts = [
        f"# The dataset `{info.name}`",
        "",
        "This page is generated from the shipped feed: run `make docs`. The format is in [feed.md](feed.md); how far totals can be",
        "trusted is in [plausibility.md](plausibility.md).",
        "",
        f"{info.title}. Version {info.version}, the world as known on {info.as_of}, in {info.settlement_currency}.",
        f"Designations of {', '.join(info.gates or ()) or 'all regimes'} block. Digest `{feed.digest[:12]}`.",
        "",
        "The compilation is licensed CC BY 4.0 by the landbridge contributors. Each row cites the source that its facts come from;",
        "the sources keep their own rights, see [NOTICE](../NOTICE).",
        "",
        "## Rows",
        "",
        f"{total:,} rows in {sum(1 for _, number in counts if number) - 1} tables cite {len(feed.sources):,} sources.",
        "",
        "| table | rows | grade A | B | C | D |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, number in counts:
        if name == "sources":
            parts.append(f"| {name} | {number:,} | | | | |")
        elif number:
            parts.append(f"| {name} | {number:,} | " + " | ".join(f"{by_table[name][grade]:,}" for grade in "ABCD") + " |")
    parts += ["", "## Grades", "", "| grade | means | sources | rows | share of rows |", "|---|---|---:|---:|---:|"]
    sources_by = Counter(grade_of.values())
    rows_by = sum(by_table.values(), Counter())
    for grade, text in _GRADES.items():
        parts.append(f"| {grade} | {text} | {sources_by[grade]:,} | {rows_by[grade]:,} | {100 * rows_by[grade] / total:.1f} % |")
    price_rows = [row for table in PRICE_TABLES for row in getattr(feed, table)]
    price_by = Counter(grade_of[row.source_id] for row in price_rows)
    shares = ", ".join(f"{grade} {100 * price_by[grade] / len(price_rows):.0f} %" for grade in "ABCD")
    parts += [
        "",
        f"Of the {len(price_rows):,} rows that carry prices (tariffs, haulage rates, surcharges, handling, storage, detention): {shares}.",
        "Prices of this corridor are seldom published, so most of them are estimates; every one has a low and a high. What",
        "it was formed from stands in its column `estimate`, its `note` or the title of its source.",
        "",
        (DOCS / "not_found.md").read_text(encoding="utf-8").strip(),
        "",
        "## Sources",
        "",
        "Grade, and the number of rows that cite it.",
        "",
        "| id | title | publisher | date | address | grade | rows |",
        "|---|---|---|---|---|---|---:|",
    ]
    for source in sorted(feed.sources, key=lambda row: row.source_id):
        fields = (
            f"`{source.source_id}`", _cell(source.title), _cell(source.publisher), str(source.published_on or ""), _address(source.address),
            source.grade, f"{cited[source.source_id]:,}",
        )  # fmt: skip
        parts.append("| " + " | ".join(fields) + " |")
    return "\n".join(parts) + "\n"


def _cell(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|").replace("<", "&lt;")


def _address(text: str | None) -> str:
    if not text:
        return ""
    return f"<{text}>" if re.fullmatch(r"https?://[^\s<>|]+", text) else _cell(text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"wrote {path.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

"""The pages that are made from the dictionary."""

import re

from landbridge.sources.codes import get_codes
from landbridge.sources.dictionary import get_tables
from landbridge.sources.reference import render_feed_page, render_findings_page


def test_every_table_and_column_is_described():
    """Each table has its section, each column its line with what it means."""
    page = render_feed_page()
    for table, spec in get_tables().items():
        section = page.split(f"\n### {table}\n")[1].split("\n### ")[0]
        assert re.findall(r"^\| `(\w+)` \|", section, re.M) == list(spec.field_by_name)


def test_every_type_is_described():
    """A type that a column has is explained above the tables."""
    types = page_types(render_feed_page())
    assert types == {field.type for spec in get_tables().values() for field in spec.fields}


def page_types(page):
    section = page.split("\n## Types\n")[1].split("\n## ")[0]
    return {name.strip(" `") for line in re.findall(r"^\| ([^|]+) \|", section, re.M)[1:] for name in line.split(",")} - {"---"}


def test_tables_of_markdown_are_whole():
    """Every line of a table has as many cells as its head."""
    for page in (render_feed_page(), render_findings_page()):
        for block in re.findall(r"(?:^\|.*\n)+", page, re.M):
            counts = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
            assert len(counts) == 1, block[:200]


def test_links_lead_somewhere():
    """A reference to another table is a link to its section."""
    page = render_feed_page()
    assert set(re.findall(r"\(#(\w+)\)", page)) <= set(re.findall(r"^### (\w+)$", page, re.M))


def test_every_code_is_described():
    """The page of findings lists each code once."""
    assert re.findall(r"^\| `([A-Z-]+)` \|", render_findings_page(), re.M) == list(get_codes())

from dataclasses import replace
from html.parser import HTMLParser

from landbridge.report.plan_html import plan_html


class Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_fragment_is_balanced_and_holds_the_plans(plan, dataset):
    page = plan_html(plan, dataset)
    parser = Balance()
    parser.feed(page)
    assert parser.open == []
    assert parser.seen <= {"div", "p", "b", "br", "table", "thead", "tbody", "tr", "th", "td", "details", "summary"}
    for words in ("9,738", "cheapest, cleanest", "Novorossiysk", "Compared and lost: 4", "Rejected: 6"):
        assert words in page.replace("\u00a0", " ")


def test_all_text_is_escaped(plan, dataset):
    wicked = replace(dataset, places=tuple(replace(place, name="<script>alert(1)</script>&\"'") for place in dataset.places))
    page = plan_html(replace(plan, policy_text="<b>"), wicked)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_no_plan_and_no_feed_are_shown_too(plan):
    assert "No plan" in plan_html(replace(plan, itineraries=(), compared=(), rejected=()))

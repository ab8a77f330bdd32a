"""The packages of the server are never on the way of the commands of the core."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("fastapi", "starlette", "nicegui", "pydantic", "sqlalchemy", "alembic", "uvicorn", "selenium")


def test_the_core_imports_no_package_of_the_server():
    script = (
        "import sys, json, landbridge.cli.app, landbridge.planner, landbridge.report.plan_document, landbridge.planner.shipment, "
        f"landbridge.planner.tasks; print(json.dumps([one for one in {HEAVY!r} if one in sys.modules]))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(found.stdout) == []


def test_a_list_without_a_day_is_told_with_what_to_do_on_the_page():
    from landbridge.domain.finding import Finding
    from landbridge.web.notices import findings

    told = Finding(code="LIST-DAY", column="--published", message="sdn.xml does not tell of which day it is", fix="add --published DATE")
    shown = str(findings([told]))
    assert "fill in the day" in shown
    assert "--published" not in shown


def test_a_queue_tells_when_the_own_question_is_done():
    from landbridge.web.texts import say_count

    assert say_count("plan.ahead", 2, seconds=9) == "2 questions go before it; done in about 9 s."


def test_days_in_sentences_are_written_as_the_reader_does():
    from landbridge.web.figures import local_text

    assert local_text("no connection that arrives by 2026-12-02") == "no connection that arrives by 2\u00a0Dec\u00a02026"
    assert local_text("'2026-13-45' is no date; eu-2026-12-02; 2026-13-45") == "'2026-13-45' is no date; eu-2026-12-02; 2026-13-45"


def test_reasons_speak_of_ways_as_the_cards_do():
    from landbridge.report.legend import Legend
    from landbridge.web.plan_reasons import render_why_not

    shown = str(render_why_not({"place_id": "X", "text": ["beaten by plan 4: 2 days later"]}, Legend()))
    assert "beaten by way 4: 2 days later" in shown


def test_no_page_carries_a_script_of_its_own():
    from landbridge.web.frame import HEAD
    from landbridge.web.texts import DIRECTION

    assert "<script>" not in HEAD
    assert f'data-dir="{DIRECTION}"' in HEAD


def test_the_progress_of_a_book_is_shown_from_values():
    from landbridge.domain.headway import Headway, Stage
    from landbridge.planner.tasks import keep_figures
    from landbridge.web.book_form import render_progress

    heard: list[dict] = []
    tell = keep_figures(heard.append)

    def shown() -> str:
        return str(render_progress([heard[-1]["text"]], heard[-1]))  # of a page that heard the last line alone

    tell(Headway(stage=Stage.KINDS, done=7, total=7))
    tell(Headway(stage=Stage.PLAN, cost_cents=262_300_200, spent_seconds=1.0))
    assert "7 / 7" in shown()
    assert shown().count("2,623,002") > 1
    assert "2,600,000" not in shown()
    tell(Headway(stage=Stage.SCARCE, done=1, total=2))
    assert "7 / 7" in shown()  # what is looked for around what is scarce are no kinds of load: the page had said 1 / 2
    tell(Headway(stage=Stage.PLAN, cost_cents=262_300_200, bound_cents=260_000_000, spent_seconds=2.34))
    assert "2,600,000" in shown()
    assert "0.88 %" in shown()
    tell(Headway(stage=Stage.PLAN, cost_cents=262_300_200, bound_cents=262_300_200))
    tell(Headway(stage=Stage.BOUND, done=0, total=26))
    assert "0.00 %" in shown()
    assert heard[-1]["plan"] == {"cost_cents": 262_300_200, "bound_cents": 262_300_200, "gap": 0.0, "seconds": 2.3}
    assert heard[-1]["candidates"] == {"stage": "kinds", "done": 7, "of": 7}
    json.dumps(heard)


def test_levers_and_methods_are_called_alike_on_every_page():
    from landbridge.report.book_words import METHODS, STEPS
    from landbridge.web.texts import word

    assert {name: word("lever", name) for name in STEPS} == STEPS
    assert {name: word("method", name) for name in METHODS} == METHODS


def test_the_page_of_a_book_tells_who_would_leave_when_goods_arrive_and_from_where():
    from landbridge.report.legend import Legend
    from landbridge.web.book_results import render_carried, render_payers

    leg = {"mode": "road", "from": "A", "to": "B", "arrives_at": "2027-01-29T21:55:00+00:00"}
    way = {"legs": [leg], "arrives_at": leg["arrives_at"], "late_days": 2}
    shipment = {"shipment_id": "s", "payer_id": "one", "starts_on": "2027-01-10", "itinerary": way, "cost_cents": 100, "reason": None}
    book = {
        "currency": "USD", "shipments": [shipment], "shares": {"shapley": {"one": 1}}, "alone_by_payer": {"one": {"cents": 2}},
        "in_core": {"shapley": False}, "core": {"shapley": {"excess_cents": 1_200, "coalition": ["one", "two"], "complete": False,
        "note": "5 of 7 coalition costs proven"}}, "statements": {},
    }  # fmt: skip
    shown = str(render_carried(book, Legend())).replace("\u00a0", " ")
    assert "A \u2192 B" in shown
    assert "29 Jan 2027" in shown
    assert "2 days late" in shown
    shares = str(render_payers(book, Legend(), "job")).replace("\u00a0", " ")
    assert "one, two would leave: by themselves they pay USD 12 less" in shares
    assert "5 of 7 coalition costs proven" in shares
    held = book | {"in_core": {"shapley": True}, "core": {"shapley": book["core"]["shapley"] | {"excess_cents": -3}}}
    assert "no group was found that would leave" in str(render_payers(held, Legend(), "job"))


def test_shipments_and_what_is_shared_sum_to_what_all_pay():
    """Rebates and boxes that are used again were not on the page, so that its figures did not add up."""
    from landbridge.report.legend import Legend
    from landbridge.web.book_results import render_departures

    book = {
        "currency": "USD", "departures": [], "quotas": [], "rebates": [{"name": "Volume", "cost_cents": -70_000}],
        "turns": [{"name": "Boxes", "cost_cents": -1_000}, {"name": "Boxes", "cost_cents": -2_500}],
    }  # fmt: skip
    shown = str(render_departures(book, Legend()))
    assert re.findall(r">(-[0-9]+)<", shown) == ["-700", "-35"]
    assert "rebate" in shown
    assert "used again" in shown


def test_partners_are_offered_for_those_who_pay():
    """An exporter that sells FCA pays for nothing here: it was offered, and asking for it ended in a fault."""
    from landbridge.planner import load_feed
    from landbridge.report.legend import Legend
    from landbridge.web.book_form import render_form

    dataset, _ = load_feed("belarus-pakistan")
    shown = str(render_form(dataset, Legend(dataset), {}))
    assert 'value="example-pk-spinning-mill"' in shown
    assert 'value="example-by-fibre-maker"' not in shown


def test_without_the_packages_serve_says_what_to_install(monkeypatch):
    import pytest

    from landbridge.cli import serve_command
    from landbridge.domain.errors import SettingError

    monkeypatch.setattr(serve_command, "find_spec", lambda name: None)
    with pytest.raises(SettingError, match=r"landbridge\[server\]"):
        serve_command.serve()


def test_every_text_is_used_and_every_used_text_is_there():
    import re
    from pathlib import Path

    import landbridge.web

    room = Path(landbridge.web.__file__).parent
    texts = json.loads((room / "texts.json").read_text(encoding="utf-8"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in room.glob("*.py"))
    asked = set(re.findall(r'say\(\s*"([a-z_.0-9]+)"', code))
    assert asked <= texts.keys()
    made = re.findall(r'(?:say|word)\(f?"([a-z_]+)[.{"]', code)
    groups = {*made, *(key.partition(".")[0] for key in asked)}
    assert {key for key in texts if key.partition(".")[0] not in groups} == set()


def test_every_make_target_that_is_named_anywhere_has_a_recipe():
    import re

    root = Path(__file__).parents[2]
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    pages = [root / "README.md", root / "CONTRIBUTING.md", *(root / "docs").rglob("*.md"), *(root / "src").rglob("*.py")]
    named = {
        name for page in pages for name in re.findall(r"`make ([a-z-]+)`|: make ([a-z-]+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert set(phony[1].split()) == targets
    assert {one for pair in named for one in pair if one} <= targets


@pytest.mark.parametrize(("count", "told"), [(1, "1 day left"), (2, "2 days left"), (0, "0 days left")])
def test_a_number_has_the_form_of_its_noun(count, told):
    from landbridge.web.texts import say_count

    assert say_count("papers.left", count) == told
    assert say_count("corridor.spans", count, first="May", last="June").startswith("One rule" if count == 1 else f"{count} rules")


def test_the_page_counts_ways_of_another_corridor_as_the_terminal_does():
    from dataclasses import replace

    from landbridge.domain.plan import RegimeState, Rejected
    from landbridge.planner.shipment import plan_shipment
    from landbridge.report.legend import Legend
    from landbridge.web.plan_reasons import render_law, render_other
    from tests.corridor import question, tiny_corridor

    dataset = replace(tiny_corridor(), places=tuple(replace(row, name=f"Town {row.place_id}") for row in tiny_corridor().places))
    made = plan_shipment(dataset, question(avoid=("sea",)))
    closed = Rejected(what="AP", gateway="AP", reason="shut", status="ended")
    near = replace(made, rejected=(closed,), matrix=(RegimeState(gateway="AP", regime="UN", state="blocked"),))
    short = tuple(replace(one, legs=tuple(replace(leg, distance_m=1) for leg in one.legs)) for one in made.itineraries)
    far = replace(near, itineraries=short)
    legend = Legend(dataset)
    assert "Town AP" in str(render_other(near, legend))
    shown = str(render_other(far, legend))
    assert "Town AP" not in shown
    assert "One more way, closed or far round, belongs to another corridor" in shown
    assert "Town AP" not in str(render_law(far, 1, [1], legend))
    blocked = replace(far, rejected=(replace(closed, regime="UN"),))
    assert "Town AP" in str(render_other(blocked, legend))
    assert "Town AP" in str(render_law(blocked, 1, [1], legend))


def test_a_warning_is_a_sentence_with_days_as_the_reader_writes_them_and_without_commands():
    from landbridge.web.notices import warning

    assert "of 2\u00a0Dec\u00a02026, " in str(warning("list is of 2026-12-02, 40 days old (landbridge lists import reads whole lists)"))
    assert ">List is " in str(warning("list is of 2026-12-02"))
    assert "landbridge" not in str(warning("of EU only excerpts are at hand (landbridge lists import reads whole lists)"))

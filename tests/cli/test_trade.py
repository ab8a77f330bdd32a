"""``landbridge trade`` through the door, on the feed of ``landbridge init``."""

import json

import pytest
from typer.testing import CliRunner

from landbridge.cli.app import app
from landbridge.sources.template import init_feed

HEADER = (
    "Nomenclature,ReporterISO3,ProductCode,ReporterName,PartnerISO3,PartnerName,Year,TradeFlowName,TradeFlowCode,TradeValue in 1000 USD"
)


def run(*arguments):
    return CliRunner().invoke(app, ["trade", *arguments])


@pytest.fixture
def feed(tmp_path):
    return str(init_feed(tmp_path / "my"))


def test_the_page_and_the_document(feed):
    page = run(feed)
    assert page.exit_code == 0
    assert "Claims" in page.stdout
    document = json.loads(run(feed, "--json").stdout)
    assert document["ledger"][0]["verdict"] == "not_decidable"
    assert document["ledger"][0]["decided_by"]["from_on"] == "2024-01-01"
    assert document["sources"][0]["source_id"] == "example-figures"


def test_the_shipped_corridor_answers_its_claims_in_words():
    """The three claims of the news with every reading, what repeats records, and whether a fall of 2022 follows."""
    page = " ".join(run("belarus-pakistan").stdout.split())
    assert "exports to PK in the books of BY, 2022 over 2021 0.37 to 2.69 times by records alone" in page
    assert "a fall is possible, and does not follow from them a fall of at least 57.4 % if exports-2023-up-250" in page
    assert "read as: 2023 is 3.5 times 2022 read as: 2023 is 250 percent of 2022, 2.5 times" in page
    assert "exports-h1-2024-17" in page
    assert "consistent trade-2021-8m-53" in page
    assert "repeats records of its own source" in page
    assert "whichever country's books they mean" in page


def test_figures_laid_over_the_feed_decide_the_claim(feed, tmp_path):
    """2024 disclosed as half of 2025: the claim of the template holds. As a third: the figures contradict it."""
    for value, verdict in (("1000", "consistent"), ("700", "contradicted")):
        path = tmp_path / "wits.csv"
        path.write_text(f"{HEADER}\nHS,BGR,8450,Bulgaria,ARM,Armenia,2024,Export,2,{value}\n", encoding="utf-8")
        document = json.loads(run(feed, "--records", str(path), "--json").stdout)
        assert document["ledger"][0]["verdict"] == verdict


def test_before_a_claim_was_made_it_is_not_there(feed):
    assert json.loads(run(feed, "--as-of", "2026-01-15", "--json").stdout)["ledger"] == []


def test_all_that_is_wrong_is_told_at_once(feed, tmp_path):
    asked = run(feed, "--as-of", "soon", "--seed", "-1", "--point", "p10", "--book", "0", "--companies", "0", "--workers", "-1")
    assert asked.exit_code == 2
    for code in ("DATE", "SEED", "POINT-UNKNOWN", "DRAWS", "COMPANIES", "WORKERS"):
        assert f"error {code}" in asked.stderr
    empty = run(feed, "--as-of", "")
    assert (empty.exit_code, "error DATE" in empty.stderr) == (2, True)
    path = tmp_path / "bad.csv"
    path.write_text(f"{HEADER}\nHS,BGR,8450,B,ARM,A,2024,Export,2,-1\nHS,BGR,8450,B,ARM,A,2024x,Export,2,1\n", encoding="utf-8")
    result = run(feed, "--records", str(path))
    assert result.exit_code == 1
    assert result.output.count("TRADE-FIGURE") + result.stderr.count("TRADE-FIGURE") >= 1
    assert "2024x" in result.output + result.stderr
    assert run(feed, "--records", str(tmp_path / "none.csv")).exit_code == 1


def told_of(feed, path, *lines):
    path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
    document = json.loads(run(feed, "--records", str(path), "--json").stdout)
    return [(one["code"], one["severity"], one["message"]) for one in document["findings"]]


def test_figures_of_other_countries_are_told_with_what_they_are_used_for(tmp_path):
    """Claims ask about Belarus and Pakistan: figures of Kazakhstan with one of them are a neighbor's, of France with Peru nobody's."""
    path, feed = tmp_path / "wits.csv", "belarus-pakistan"
    own, near, single, away = (
        "HS,BLR,Total,B,PAK,P,2019,Export,2,1000",
        "HS,BLR,Total,B,KAZ,K,2019,Export,2,700",
        "HS,KAZ,8450,K,BLR,B,2019,Import,1,9",
        "HS,FRA,Total,F,PER,P,2019,Export,2,5",
    )
    assert told_of(feed, path, own) == []
    (code, severity, message), (_, _, unused) = told_of(feed, path, own, near, near.replace("2019", "2018"), single, away)
    assert (code, severity) == ("TRADE-OTHER-PAIR", "info")
    assert message.startswith("2 figures of 5 of BY - KZ (2): used as neighbors of BY - PK: ")
    assert unused.startswith("2 figures of 5 of BY - KZ (1), FR - PE (1): not used: ")
    warned, _ = told_of(feed, path, away)
    assert warned == ("TRADE-NO-OWN-PAIR", "warning", "1 figure, none of BY - PK")
    assert "1 figure, none of BY - PK" in run(feed, "--records", str(path)).stderr


def test_without_a_claim_about_all_goods_other_countries_are_answered_for_too(feed, tmp_path):
    """The claim of the template is about washing machines: every flow of all goods is answered for, that of a file too."""
    ((code, _, message),) = told_of(feed, tmp_path / "wits.csv", "HS,FRA,Total,F,PER,P,2024,Export,2,5")[1:]
    assert code == "TRADE-OTHER-PAIR"
    assert message.startswith("1 figure of 1 of FR - PE (1): answered for beside AM - BG")

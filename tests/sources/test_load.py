"""From a location to a Dataset: what is worked out on the way, and what the digest stands for."""

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest

from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.domain.record import Range
from landbridge.sources.load import MAX_ALIKE, limit_findings, load_dataset


def test_known_from_is_the_earlier_of_two_days(example):
    """A row is known from its first day or from the day its source was published, whatever is earlier; else always."""
    example.set("services", 0, valid_from="2025-06-01").set("rules", 0, source_id="unlocode", valid_from="2026-02-01")
    example.set("rules", 1, source_id="unlocode").set("events", 0, known_from="", valid_from="2026-12-10")
    dataset = example.load()
    assert dataset.services[0].known_from == date(2025, 6, 1)
    assert dataset.rules[0].known_from == date(2026, 2, 1)
    assert dataset.rules[1].known_from is None
    assert dataset.events[0].known_from == date(2026, 1, 1)


def test_a_price_is_carried_forward(example):
    """The amount is that of the basis times the factor, end by end, over any number of rows; the rest is taken over."""
    example.add(
        "tariffs", like=2, tariff_id="ex-sea-20gp-2027", basis_tariff_id="ex-sea-20gp-2026", valid_from="2027-01-01", includes="bunker"
    )
    tariff = example.load().tariffs[3]
    assert tariff.amount == Range(low=Decimal("500"), typical=Decimal("617.4"), high=Decimal("859.625"))
    assert (tariff.currency, tariff.per, tariff.includes) == ("USD", "unit", ("bunker",))


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"basis_tariff_id": "ex-sea-20gp-2026"}, "TARIFF-BASIS-CYCLE"),
        ({"factor_low": "", "factor": "", "factor_high": ""}, "TARIFF-FACTOR-MISSING"),
        ({"basis_tariff_id": "", "factor_low": "", "factor": "", "factor_high": ""}, "TARIFF-AMOUNT-MISSING"),
        ({"amount_low": "1", "amount": "2", "amount_high": "3", "currency": "USD"}, "TARIFF-AMOUNT-TWICE"),
        ({"currency": "EUR"}, "TARIFF-CARRIED-CURRENCY"),
        ({"basis_tariff_id": "ex-sea-20gp-2024"}, "REFERENCE-UNKNOWN"),
    ],
)
def test_a_price_that_cannot_be_carried(example, cells, code):
    """A circle, a missing factor or two prices in one row is one error."""
    assert example.set("tariffs", 2, **cells).codes() == [code]


def test_a_long_chain_and_a_long_circle(example):
    """Thousands of rows that rest on each other are no danger."""
    example.tables["tariffs"] = example.tables["tariffs"][1:2]
    for number in range(3000):
        basis = f"t{number - 1}" if number else "ex-sea-20gp-2025"
        cells = {"amount_low": "", "amount": "", "amount_high": "", "currency": "", "factor_low": "1", "factor": "1", "factor_high": "1"}
        example.add("tariffs", tariff_id=f"t{number}", basis_tariff_id=basis, **cells)
    assert example.load().tariffs[-1].amount.typical == 560
    assert "TARIFF-BASIS-CYCLE" in example.set("tariffs", 1, basis_tariff_id="t2999").codes()


def test_the_digest_is_of_the_content(example):
    """How a number is written, columns that are empty or in another order do not count; a changed figure does."""
    digest = example.load().digest
    example.set("tariffs", 0, amount="900.00")
    example.tables["holidays"] = [dict(reversed(row.items())) for row in example.tables["holidays"]]
    for row in example.tables["links"]:
        del row["gauge_mm"]
    assert example.load().digest == digest
    assert example.set("tariffs", 0, amount="901").load().digest != digest
    assert example.set("tariffs", 0, amount="900").settings(capital_percent=13).load().digest != digest


def test_findings_of_one_kind_are_bounded():
    """Of many findings alike the first are listed and the rest counted."""
    many = [Finding(code="CELL-NUMBER", file="a/b.csv", row=row, column="x", message="?") for row in range(2000)]
    limited = limit_findings(many)
    assert len(limited) == MAX_ALIKE + 1
    assert limited[-1].message.startswith("1500 more")


def test_a_feed_without_places(example):
    """A feed in which there is nothing to go to is empty."""
    assert example.only("sources").settings(gates=[]).codes() == ["FEED-EMPTY"]


def test_errors_carry_warnings_too(example):
    """`DataError` holds everything that was found."""
    folder = example.set("places", 0, lat="99").save()
    (folder / "unknown.csv").write_text("a\n1\n")
    with pytest.raises(DataError) as error:
        load_dataset(folder)
    assert [finding.severity for finding in error.value.findings] == ["error", "warning"]


def test_nothing_heavy_is_imported(example):
    """Loading a good folder needs neither openpyxl nor rapidfuzz nor zipfile."""
    folder = example.save()
    code = (
        "import sys; from landbridge.sources.load import load_dataset; load_dataset(sys.argv[1]);"
        "print([name for name in ('openpyxl', 'rapidfuzz', 'defusedxml', 'zipfile', 'rich', 'typer') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_thousand_unknown_ids_are_quick(example):
    """A table of which every id is wrong is reported row by row; the nearest id is looked up for some only."""
    for number in range(1000):
        example.add("tariffs", tariff_id=f"t{number}", from_place_id=f"X{number}")
    found = [finding for finding in example.find() if finding.code == "REFERENCE-UNKNOWN"]
    assert len(found) == MAX_ALIKE

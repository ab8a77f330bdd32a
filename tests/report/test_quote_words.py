"""What a quote says that its price holds, and what of the rest is the seller's under the rule."""

from dataclasses import replace
from decimal import Decimal

import pytest

from landbridge.report.item_table import reckoned_text
from landbridge.report.plan_report import _included_text
from landbridge.report.quote import INCOTERMS


@pytest.mark.parametrize(
    ("letters", "kinds", "says", "not_says"),
    [
        ("CIF", ("freight", "box_return"), "Under CIF the seller insures the goods: the premium comes on top", "box_return"),
        ("CIP", ("freight",), "Under CIP the seller insures", "duties and taxes:"),
        ("DDP", ("freight",), "Under DDP the seller pays duties and taxes: they come on top", "insures"),
        ("DDP", ("freight", "duty"), "Included: duties and taxes, freight. Not included: insurance, storage", "on top"),
        ("DAP", ("freight", "box_return"), "Included: box return, freight. Not included: duties and taxes, insurance", "Under"),
        (None, ("freight",), "Not included: duties and taxes", "Under"),
    ],
)
def test_what_the_price_holds_and_what_comes_on_top(plan, letters, kinds, says, not_says):
    """A quote with duties in it said "Included: duty" and "Not included: duties and taxes", one under CIF nothing of insurance."""
    item = plan.itineraries[0].items[0]
    way = replace(plan.itineraries[0], items=tuple(replace(item, kind=kind) for kind in kinds))
    text = _included_text(way, INCOTERMS[letters] if letters else None)
    assert says in text
    assert not_says not in text


def test_one_unit_and_two_units(plan):
    item = replace(plan.itineraries[0].items[0], per="unit", currency="USD")
    for quantity, noun in ((1, "× 1 unit"), (2, "× 2 units")):
        assert noun in reckoned_text(replace(item, quantity=Decimal(quantity))).split(" at ")[0]
    assert "× 3 t" in reckoned_text(replace(item, per="tonne", quantity=Decimal(3)))
    assert "× 6 box-days" in reckoned_text(replace(item, per="unit and day", quantity=Decimal(6)))

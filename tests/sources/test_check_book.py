"""What a book can buy together."""

import pytest


@pytest.mark.parametrize(("fill", "code"), [("80", None), ("114", None), ("115", "BLOCK-FILL")])
def test_a_train_cannot_ask_for_more_than_it_holds(example, fill, code):
    """The least fill is no more than the capacity."""
    haulage, link = example.tables["haulage"][0], example.tables["links"][0]
    example.add(
        "block_offers", like=None, offer_id="b", name="Block train", kind="block_train", haulage_ids=haulage["haulage_id"],
        from_place_id=link["from_place_id"], to_place_id=link["to_place_id"], capacity_teu="114", min_fill_teu=fill,
        amount_low="90", amount="100", amount_high="110", currency="USD",
    )  # fmt: skip
    assert (code in example.codes()) if code else ("BLOCK-FILL" not in example.codes())


@pytest.mark.parametrize(("subject", "is_wrong"), [({}, True), ({"place_id": "AA"}, False)])
def test_a_quota_is_of_one_place_or_border(example, subject, is_wrong):
    place = example.tables["places"][0]["place_id"]
    told = {name: place for name in subject}
    example.add("quotas", like=None, quota_id="q", name="Quota", per="week", units="5", **told)
    assert ("QUOTA-SUBJECT" in example.codes()) == is_wrong


@pytest.mark.parametrize(
    ("told", "is_wrong"),
    [
        ({"late_per_day": "10"}, False),
        ({"late_per_day": "10", "max_late_days": "5"}, False),
        ({"late_per_day": "10", "due_on": ""}, True),
        ({"late_per_day": "10", "value": "", "currency": ""}, True),
        ({"late_per_day": "", "max_late_days": "5"}, True),
    ],
)
def test_a_price_of_days_late_needs_a_due_date_and_a_currency(example, told, is_wrong):
    example.tables["shipments"][0].update(told)
    assert ("LATE-PRICE" in example.codes()) == is_wrong


@pytest.mark.parametrize(
    ("reuse_id", "unit_type", "is_wrong"),
    [("area", "20GP", False), ("area", "40HC", True), ("trucks", "20GP", True), ("any", "40HC", False)],
)
def test_stocks_of_boxes_stand_where_there_are_such_boxes(example, reuse_id, unit_type, is_wrong):
    place, haulage = example.tables["places"][0]["place_id"], example.tables["haulage"][0]["haulage_id"]
    areas = {"area": {"unit_types": "20GP"}, "any": {}, "trucks": {"kind": "backhaul", "haulage_ids": haulage}}
    for name, told in areas.items():
        example.add(
            "reuses", like=None, reuse_id=name, name=name, place_ids=place, amount_low="1", amount="2", amount_high="3", per_day="1",
            currency="USD", **({"kind": "empty_box"} | told),
        )  # fmt: skip
    party = example.tables["parties"][0]["party_id"]
    example.add(
        "empty_stocks", like=None, stock_id="s", reuse_id=reuse_id, unit_type_id=unit_type, units="3", party_id=party, from_on="2026-12-01"
    )
    assert ("EMPTY-STOCK" in example.codes()) == is_wrong


@pytest.mark.parametrize(("to_reuse_id", "is_wrong"), [("other", False), ("area", True), ("trucks", True)])
def test_empty_boxes_go_from_one_area_of_boxes_to_another(example, to_reuse_id, is_wrong):
    place, haulage = example.tables["places"][0]["place_id"], example.tables["haulage"][0]["haulage_id"]
    for reuse_id, kind in (("area", "empty_box"), ("other", "empty_box"), ("trucks", "backhaul")):
        told = {"haulage_ids": haulage} if kind == "backhaul" else {}
        example.add(
            "reuses", like=None, reuse_id=reuse_id, name=reuse_id, kind=kind, place_ids=place, amount_low="1", amount="2", amount_high="3",
            per_day="1", currency="USD", **told,
        )  # fmt: skip
    example.add(
        "empty_moves", like=None, move_id="m", name="Move", kind="reposition", from_reuse_id="area", to_reuse_id=to_reuse_id,
        amount_low="1", amount="2", amount_high="3", currency="USD",
    )  # fmt: skip
    assert ("EMPTY-MOVE" in example.codes()) == is_wrong

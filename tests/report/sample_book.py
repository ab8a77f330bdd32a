"""A joint plan of two shipments, hand-made, in the form of ``landbridge book --json``."""


def make_book():
    leg = {"departs_at": "2026-12-01T06:00:00+00:00", "arrives_at": "2026-12-09T06:00:00+00:00", "is_confirmed": True}
    legs = [
        {"mode": "rail", "service_id": "train", "from": "BYMSQ", "to": "RUNVS", **leg},
        {"mode": "sea", "service_id": "ship", "from": "RUNVS", "to": "PKKHI", **leg | {"is_confirmed": False}},
    ]
    items = [
        {"kind": "freight", "name": "train", "cost_cents": 100_001, "cost_low_cents": 90_000, "cost_high_cents": 120_000, "grade": "B",
         "source_id": "kpt-2026", "row": "tariffs.csv:2"},
        {"kind": "fee", "name": "=HYPERLINK(1)", "cost_cents": 2_099, "cost_low_cents": 2_099, "cost_high_cents": 2_099, "grade": "D",
         "source_id": "kpt-2026", "row": "fees.csv:2"},
    ]  # fmt: skip
    itinerary = {
        "departs_at": leg["departs_at"], "arrives_at": leg["arrives_at"], "emission_g_co2e": 1_500_000, "is_confirmed": False, "legs": legs,
        "exposures": [{"regime": "UK", "what": "carrier", "text": "a list of the UK"}], "items": items,
        "documents": [{"name": "Certificate of origin", "issuer": "chamber", "apply_by": "2026-11-28"}],
    }  # fmt: skip
    carried = {"shipment_id": "one", "payer_id": "acme", "starts_on": "2026-12-01", "cost_cents": 102_100, "train_id": None, "reason": None}
    return {
        "format": "landbridge.book/1", "dataset": {"name": "sample", "digest": "ab" * 32},
        "as_of": "2026-11-01", "currency": "USD", "gap": 0.0123,
        "baselines": {
            "as_today": None, "alone": {"cents": 130_000, "bound_cents": 129_000}, "together": {"cents": 102_100, "bound_cents": 101_000},
        },
        "alone_by_payer": {"acme": {"cents": 120_000, "bound_cents": 119_000}, "<b>evil</b>": {"cents": 10_000, "bound_cents": 10_000}},
        "saving": {"of_as_today": None, "of_alone": {"proven": {"low": 0.208, "high": 0.223}}},
        "levers": [
            {"lever": "block_train", "contribution_cents": 20_000, "low_cents": 18_000, "high_cents": 22_000, "distinguishable": True},
            {"lever": "shared_room", "contribution_cents": 5_000, "low_cents": -100, "high_cents": 9_000, "distinguishable": False},
        ],
        "shares": {"shapley": {"acme": 95_000, "<b>evil</b>": 7_100}}, "in_core": {"shapley": True},
        "settlements": {"shapley": [{"from": "<b>evil</b>", "to": "acme", "cents": 1_234}]},
        "departures": [
            {"name": "block train", "leaves_on": "2026-12-01", "from": "BYMSQ", "to": "RUNVS", "used_teu": 4.0, "capacity_teu": 8.0,
             "fill": 0.5, "cost_cents": 50_000},
        ],
        "rebates": [{"name": "volume", "cost_cents": -700}],
        "shipments": [
            carried | {"itinerary": itinerary},
            {"shipment_id": "two", "payer_id": "<b>evil</b>", "itinerary": None, "reason": "no way is open"},
        ],
        "findings": [{"message": "an assumption"}], "notes": ["bounds are over the candidates"], "code_version": "0.1.0", "seed": 0,
    }  # fmt: skip

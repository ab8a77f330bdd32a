"""Terms: (load, leg, date) -> may it? money? time? CO2e? documents? itemised, each with the row that says so.

In: Dataset, Query. Out: terms of legs, of changes at a place, of the box and of the shipment; docs/model.md is the contract.
Never here: search, files, the clock, presentation.
"""

"""All checks of a dataset beyond its cells: guards, which stop its use, and remarks, which do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.sources import (
    check_book,
    check_border,
    check_law,
    check_network,
    check_places,
    check_prices,
    check_rows,
    check_services,
    check_terminal,
    check_trade,
    check_use,
)
from landbridge.sources.codes import sort_findings

Check = Callable[[Dataset], Iterable[Finding]]

GUARDS: tuple[Check, ...] = (
    check_rows.check_periods,
    check_rows.check_seasons,
    check_rows.check_subjects,
    check_rows.check_currencies,
    check_rows.check_opening,
    check_rows.check_calendar_fields,
    check_rows.check_driving,
    check_rows.check_rule_fields,
    check_rows.check_event_fields,
    check_rows.check_event_ends,
    check_rows.check_event_days,
    check_rows.check_mass_bands,
    check_rows.check_same_place,
    check_services.check_first_stops,
    check_services.check_time_order,
    check_services.check_loops,
    check_services.check_speeds,
    check_places.check_nowhere,
    check_law.check_owners,
    check_law.check_paper_circles,
    check_prices.check_through_legs,
    check_terminal.check_terminal_places,
    check_terminal.check_step_order,
    check_terminal.check_step_overlaps,
    check_book.check_block_fill,
    check_book.check_quotas,
    check_book.check_empty_moves,
    check_book.check_empty_stocks,
    check_book.check_late_prices,
    check_book.check_danger_classes,
    check_trade.check_trade_partners,
    check_trade.check_trade_twice,
    check_trade.check_claims_whole,
    check_trade.check_claim_bounds,
    check_trade.check_shares,
    check_trade.check_freight_margins,
)

REMARKS: tuple[Check, ...] = (
    check_services.check_stop_counts,
    check_services.check_calendars_exist,
    check_services.check_calendars_run,
    check_services.check_tariffs_exist,
    check_services.check_statuses_exist,
    check_services.check_evidence,
    check_places.check_codes,
    check_places.check_countries,
    check_places.check_zones,
    check_places.check_swapped,
    check_places.check_reach,
    check_places.check_changes,
    check_places.check_holidays,
    check_network.check_link_lengths,
    check_network.check_stop_distances,
    check_border.check_crossings,
    check_network.check_link_countries,
    check_network.check_gauges,
    check_network.check_links_served,
    check_network.check_haulage_rates,
    check_network.check_haulage_at_home,
    check_network.check_rates_used,
    check_network.check_emissions,
    check_prices.check_tariff_overlaps,
    check_prices.check_row_overlaps,
    check_prices.check_rates_exist,
    check_prices.check_rates_old,
    check_prices.check_rates_used,
    check_prices.check_includes,
    check_prices.check_service_lanes,
    check_prices.check_haulage_lanes,
    check_prices.check_expired,
    check_prices.check_carried_age,
    check_prices.check_through_rates,
    check_terminal.check_terminals_known,
    check_terminal.check_step_gaps,
    check_terminal.check_returns,
    check_terminal.check_masses,
    check_terminal.check_goods,
    check_law.check_rule_conditions,
    check_law.check_rule_ends,
    check_law.check_shares,
    check_law.check_unless,
    check_law.check_licences,
    check_law.check_permit_kinds,
    check_law.check_nexus,
    check_law.check_event_conditions,
    check_use.check_citations,
    check_use.check_used,
    check_use.check_borders,
    check_use.check_holidays_used,
    check_use.check_limits_used,
    check_trade.check_claims_ahead,
)


def check_guards(dataset: Dataset) -> tuple[Finding, ...]:
    """Check what the rooms behind rely on; every finding is an error. ``load_dataset`` runs this."""
    return tuple(finding for guard in GUARDS for finding in guard(dataset))


def check_dataset(dataset: Dataset) -> tuple[Finding, ...]:
    """Check a dataset beyond its cells.

    Returns
    -------
    tuple
        All findings, errors first, then by file and row; a dataset that was loaded has no errors left among them.
    """
    return tuple(sort_findings(finding for check in (*GUARDS, *REMARKS) for finding in check(dataset)))

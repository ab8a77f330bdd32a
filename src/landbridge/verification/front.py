"""What holds between itineraries: none dominates another, labels, confirmed before unconfirmed, gateways; section 8."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from landbridge.domain.plan import Itinerary, Plan
from landbridge.domain.source import WORLD_SOURCE_ID
from landbridge.verification.case import Case
from landbridge.verification.difference import Difference, demand

RULE = "8 What is a plan"
Figures = tuple[Fraction, ...]


def compare_front(case: Case, plan: Plan, touched: Mapping[str, frozenset[str]]) -> Iterator[Difference]:
    """Compare the itineraries of a plan with each other.

    Parameters
    ----------
    case
        The question and the dataset.
    plan
        The plan.
    touched
        What each itinerary uses, by its path in the plan; without those that could not be walked.
    """
    yield from _compare_dominance(plan)
    yield from _compare_labels(case, plan)
    is_part = plan.query.tolerance_percent > 0 or not plan.is_complete  # the way that is so much better may not be among the plans
    is_right = _are_alike(plan) or (WORLD_SOURCE_ID in case.dataset.source_by_id and (is_part or _lead_far_round(plan)))
    yield from demand("itineraries", is_right, "confirmed and unconfirmed", "confirmed ones only", RULE)
    yield from _compare_gateways(plan, touched)


def _are_alike(plan: Plan) -> bool:
    return len({one.is_confirmed for one in plan.itineraries}) < 2


def _lead_far_round(plan: Plan) -> bool:
    """Whether one plan costs and takes no more than each confirmed one does, and half of it in cost or time.

    The least of all confirmed ways may be less than that of the plans.
    """
    sure = [one for one in plan.itineraries if one.is_confirmed]
    cents, minutes = (min(getattr(one, what) for one in sure) for what in ("cost_cents", "duration_min"))
    no_worse = (one for one in plan.itineraries if not one.is_confirmed and one.cost_cents <= cents and one.duration_min <= minutes)
    return any(2 * one.cost_cents <= cents or 2 * one.duration_min <= minutes for one in no_worse)


def _criteria(one: Itinerary) -> Figures:
    return Fraction(one.cost_cents), Fraction(one.arrives_at.timestamp()), Fraction(one.emission_g_co2e)


def _is_no_worse(one: Itinerary, other: Itinerary) -> bool:
    return all(a <= b for a, b in zip(_criteria(one), _criteria(other), strict=True))


def _compare_dominance(plan: Plan) -> Iterator[Difference]:
    for index, one in enumerate(plan.itineraries):
        for other_index, other in enumerate(plan.itineraries):
            is_tie = _criteria(one) == _criteria(other)
            if index != other_index and _is_no_worse(other, one) and (not is_tie or other_index < index):
                found = f"{'equals' if is_tie else 'dominated by'} itineraries[{other_index}]"
                yield Difference(where=f"itineraries[{index}]", stated="not dominated", recomputed=found, rule=RULE)


def _compare_labels(case: Case, plan: Plan) -> Iterator[Difference]:
    """Compare each label with the least figure; of several with the same figure any may bear it, and one has to."""
    figures = {
        "cheapest": [_criteria(one)[0] for one in plan.itineraries],
        "fastest": [_criteria(one)[1] for one in plan.itineraries],
        "cleanest": [_criteria(one)[2] for one in plan.itineraries],
    }
    balanced = [_generalised(case, plan, one) for one in plan.itineraries]
    for label, values in figures.items():
        yield from demand("itineraries", not values or _bears_any(plan, label), "no label", label, RULE)
        yield from _compare_label(plan, label, values)
    yield from _compare_label(plan, "balanced", balanced)


def _bears_any(plan: Plan, label: str) -> bool:
    return any(label in one.labels for one in plan.itineraries)


def _compare_label(plan: Plan, label: str, values: list[Fraction]) -> Iterator[Difference]:
    for index, one in enumerate(plan.itineraries):
        if label in one.labels:
            found = f"that is itineraries[{values.index(min(values))}]"
            yield from demand(f"itineraries[{index}].labels", values[index] == min(values), label, found, RULE)


def _generalised(case: Case, plan: Plan, one: Itinerary) -> Fraction:
    """Give cost plus capital cost until the arrival, in cents, but for a constant."""
    days = Fraction(one.arrives_at.timestamp()) / 86_400
    return one.cost_cents + case.value_guessed * 100 * Fraction(plan.capital_percent) / 100 / 365 * days


def _compare_gateways(plan: Plan, touched: Mapping[str, frozenset[str]]) -> Iterator[Difference]:
    """Compare each compared itinerary with its gateway, with the plans, and with the one said to dominate it."""
    planned = frozenset[str]().union(*(touched.get(f"itineraries[{index}]", frozenset()) for index in range(len(plan.itineraries))))
    for index, one in enumerate(plan.compared):
        name, here = f"compared[{index}]", touched.get(f"compared[{index}].itinerary")
        if here is not None:
            yield from demand(f"{name}.gateway", one.gateway in here, one.gateway, "not on the way", RULE)
        yield from demand(f"{name}.gateway", one.gateway not in planned, one.gateway, "there is a plan through it", RULE)
        if one.dominated_by is None:
            continue
        is_index = 0 <= one.dominated_by < len(plan.itineraries)
        is_right = is_index and _is_no_worse(plan.itineraries[one.dominated_by], one.itinerary)
        yield from demand(f"{name}.dominated_by", is_right, one.dominated_by, "does not dominate it", RULE)

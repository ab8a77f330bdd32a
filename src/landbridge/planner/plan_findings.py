"""What a plan has to say of itself: what was taken for granted, how far its search may be relied on, and what would serve better."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.identity import MODES
from landbridge.domain.place import Place
from landbridge.domain.query import Query
from landbridge.domain.source import WORLD_SOURCE_ID
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.planner.plan_answer import PLANS_ALONE
from landbridge.planner.world.need import tell_need
from landbridge.planner.world.places import SOURCE_ID, has_land_way
from landbridge.planner.world.registrations import tell_bans
from landbridge.report.figures import count_text
from landbridge.routing.answer import SearchResult, search_best

FAR_AHEAD_DAYS = 365
"""Goods that are ready later than this after the day of asking are planned with a warning."""
_ATLAS = (SOURCE_ID, WORLD_SOURCE_ID)
"""Sources of places that no table of the feed names."""


def find_of_plan(graph: PlanningGraph, dataset: Dataset, query: Query, result: SearchResult) -> tuple[Finding, ...]:
    """Findings of a question and of what the search found for it.

    Parameters
    ----------
    graph
        The feed as searched, behind the gate.
    dataset
        The feed as asked.
    """
    return (
        *_find_of_question(dataset, query, result),
        *_find_of_search(query, result),
        *_find_better_unconfirmed(dataset, result),
        *_find_too_early(graph, query, result),
        *_find_islands(graph, query),
    )


def _find_of_question(dataset: Dataset, query: Query, result: SearchResult) -> list[Finding]:
    """What was taken for what the question or the feed does not tell."""
    found = []
    if result.load.mass_grade != "asked":
        found.append(
            Finding(
                code="MASS-ASSUMED",
                severity="info",
                message=f"no mass was told: {result.load.mass_kg / 1000:g} t taken, typical for the goods (grade {result.load.mass_grade})",
                fix="tell --mass in tonnes",
            )
        )
    if WORLD_SOURCE_ID in dataset.source_by_id:
        found.append(
            Finding(
                code="WORLD-FEED",
                severity="warning",
                message=f"{tell_need(dataset, query)}: roads, railways and ships of the atlas stand in, at estimated prices, times, waits "
                "and emissions (grade D); no carrier, sailing list or quotation was read for them",
                fix="ask carriers, or write a feed of your own for the corridor; --feed-alone plans without them",
            )
        )
        bans = tell_bans(dataset, query)
        if bans:
            found.append(
                Finding(
                    code="WORLD-REGISTRATION",
                    severity="warning",
                    message=f"by road the country of registration of the truck decides: forbidden are those of {bans}. Trucks of the two "
                    "ends were tried, and what no rule forbids stands in the leg; trucks of third countries are not offered, and whether "
                    "the goods can change truck at the border is not known to the feed",
                    fix="have a carrier confirm that its trucks may go all the way, and by which posts",
                )
            )
    found += _find_law(dataset, result.gates)
    found += _find_untouched(dataset, query)
    if query.as_of > dataset.info.as_of:
        found.append(
            Finding(
                code="AS-OF-AFTER-DATASET",
                severity="warning",
                message=f"asked as of {query.as_of}, the dataset knows the world until {dataset.info.as_of}",
                fix="update the feed",
            )
        )
    found += _find_unknown_duties(dataset, query, result)
    ahead = (query.ready_on - query.as_of).days
    if ahead > FAR_AHEAD_DAYS:
        found.append(
            Finding(
                code="READY-FAR-AHEAD",
                severity="warning",
                message=f"the goods are ready {ahead} days after the day of asking: timetables, prices and rules of that day are not "
                "known, those known now are taken, and that services are confirmed says that they run now",
                fix="ask again nearer to the day",
            )
        )
    return found


def _find_law(dataset: Dataset, gates: tuple[str, ...]) -> list[Finding]:
    """WORLD-LAW and LAW-OWN-COPY: whose law holds beside ways of the world, and what of the feed's own falls short of it."""
    from landbridge.planner.world.chain import find_base
    from landbridge.planner.world.held_law import hold_law
    from landbridge.planner.world.law_findings import say_joined, say_own_copies

    base = find_base(dataset)
    return [*say_joined(hold_law(dataset), base, gates), *say_own_copies(dataset, base)]


def _find_untouched(dataset: Dataset, query: Query) -> list[Finding]:
    """AVOID-UNTOUCHED: what is to be avoided and nothing in the feed touches."""
    if not query.avoid:
        return []
    known: set[str | None] = {*MODES, *(row.place_id for row in dataset.places), *(row.country for row in dataset.places)}
    known |= {*(row.border_id for row in dataset.borders), *(row.passage_id for row in dataset.passages)}
    known |= {*(row.service_id for row in dataset.services), *(row.haulage_id for row in dataset.haulage)}
    known |= {*(row.party_id for row in dataset.parties), *(link.country for link in dataset.links)}
    untouched = [one for one in query.avoid if one not in known]
    message = f"{', '.join(untouched)}: no way of the feed goes there, so that there is nothing to avoid"
    fix = "nothing; look whether it is what you mean"
    return [Finding(code="AVOID-UNTOUCHED", severity="info", column="--avoid", message=message, fix=fix)] if untouched else []


def _find_unknown_duties(dataset: Dataset, query: Query, result: SearchResult) -> list[Finding]:
    """DUTY-UNKNOWN: a landed cost in which no customs duty stands, since the feed names none for these goods in that country."""
    if not query.is_landed or not result.itineraries:
        return []
    kinds = {row.duty_id: row.kind for row in dataset.duties}
    charged = {kinds.get(item.row_id) for itinerary in result.itineraries for item in itinerary.duty_items}
    if "customs" in charged:
        return []
    country = dataset.place_by_id[query.destination_id].country
    rest = f"only {', '.join(sorted(str(kind).replace('_', ' ') for kind in charged))}" if charged else "no duty and no tax"
    message = f"the feed names no customs duty on HS {query.hs} into {country}: the landed cost holds {rest}"
    fix = "add rows to duties.csv, or reckon with more"
    return [Finding(code="DUTY-UNKNOWN", severity="warning", message=message, fix=fix)]


def _find_of_search(query: Query, result: SearchResult) -> list[Finding]:
    """How far the answer of the search may be relied on."""
    found = []
    if result.far_round:
        least = result.far_round
        found.append(
            Finding(
                code="CONFIRMED-FAR-ROUND",
                severity="warning",
                message=f"confirmed services lead only far round: they cost at least {least.cost_cents / 100:,.0f} "
                f"{result.itineraries[0].currency} and take at least {least.duration_min / (24 * 60):.1f} days; some way without recent "
                "evidence that it runs is no dearer and no slower, and costs or takes half of that at most; so such ways are plans too",
                fix="ask the operators named in the legs before you rely on it; --feed-alone plans without ways of the world",
            )
        )
    elif result.itineraries and not any(itinerary.is_confirmed for itinerary in result.itineraries):
        found.append(
            Finding(
                code="ONLY-UNCONFIRMED",
                severity="warning",
                message="no way of confirmed services was found: the plans use services without recent evidence that they run",
                fix="ask the operators named in the legs before you rely on it",
            )
        )
    if query.tolerance_percent and result.itineraries:
        found.append(
            Finding(
                code="NEAR-PARETO",
                severity="info",
                message="the plans are the best ones for 29 ways of weighing cost, time and CO2e, each exact; others that none of "
                "them beats in all three lie in between",
                fix="ask without --quick for every one of them",
            )
        )
    if not result.is_compared:
        found.append(
            Finding(
                code=PLANS_ALONE,
                severity="warning",
                message="this part of the answer has the plans alone: what they were compared with, and which ways are closed or blocked, "
                "by whose law and since when, is not in it",
                fix="ask for the whole answer before you rely on it",
            )
        )
    if not result.is_complete:
        found.append(
            Finding(
                code="SEARCH-BOUND",
                severity="warning",
                message=f"the search stopped at {query.max_labels} labels: the plans are feasible, others may be missing",
                fix="narrow the question with --avoid or --via",
            )
        )
    return found


def _find_better_unconfirmed(dataset: Dataset, result: SearchResult) -> tuple[Finding, ...]:
    """A compared way without recent evidence that costs less and takes less time than any plan, the cheapest of them: worth a call.

    Measures that touch it and no plan are told with it.
    """
    if not result.itineraries or result.far_round:
        return ()
    cents, minutes = (min(getattr(one, name) for one in result.itineraries) for name in ("cost_cents", "duration_min"))
    better = [row for row in result.compared if row.itinerary.cost_cents < cents and row.itinerary.duration_min < minutes]
    unsure = [row for row in better if not row.itinerary.is_confirmed]
    if not unsure:
        return ()
    best = min(unsure, key=lambda row: (row.itinerary.cost_cents, row.gateway))
    borne = {(one.regime, one.rule_id) for plan in result.itineraries for one in plan.exposures}
    exposed = sorted({one.regime for one in best.itinerary.exposures if (one.regime, one.rule_id) not in borne})
    names: dict[str, str] = {row.place_id: row.name for row in dataset.places}
    names |= {row.border_id: row.name for row in dataset.borders} | {row.passage_id: row.name for row in dataset.passages}
    by_service: dict[str, str] = {row.service_id: row.name for row in dataset.services}
    way = f"through {names[best.gateway]}" if best.gateway in names else f"by {by_service[best.gateway]}"
    return (
        Finding(
            code="UNCONFIRMED-BETTER",
            severity="warning",
            message=f"the way {way} costs {best.itinerary.cost_cents / 100:,.0f} "
            f"{best.itinerary.currency} and takes {best.itinerary.duration_min / (24 * 60):.1f} days, less of both than any plan; it is no "
            "plan, since there is no recent evidence that its services run"
            + (f"; it is exposed to measures of {', '.join(exposed)} that touch no plan" if exposed else ""),
            fix="ask the operators that are named beside it among the compared ways",
        ),
    )


def _find_too_early(graph: PlanningGraph, query: Query, result: SearchResult) -> tuple[Finding, ...]:
    """DUE-TOO-EARLY: nothing arrives by the due date; when the earliest way does."""
    if query.due_on is None or result.itineraries:
        return ()
    best, _ = search_best(graph, replace(query, due_on=None), "time")
    if best is None:
        return ()
    day = best.arrives_at.astimezone(ZoneInfo(graph.dataset.get_place(query.destination_id).zone)).date()
    if day <= query.due_on:
        return ()
    sure = "" if best.is_confirmed else ", by services that are not confirmed"
    message = (
        f"nothing arrives by {query.due_on}: the earliest way arrives on {day}, {count_text((day - query.due_on).days, 'day')} later{sure}"
    )
    return (
        Finding(code="DUE-TOO-EARLY", severity="warning", message=message, fix=f"tell a due date from {day} on, or goods ready earlier"),
    )


def _find_islands(graph: PlanningGraph, query: Query) -> tuple[Finding, ...]:
    """Ends that the feed joins to nothing: the plainest reason why there is no way."""
    origin, destination = query.origin_id, query.destination_id
    reached = {link.to_id for links in graph.links.values() for link in links}
    reached |= {stop.place_id for rows in graph.boardings.values() for row in rows for stop in row.stops[1:] if stop.alight}
    wrong = [] if graph.links.get(origin) or graph.boardings.get(origin) else [(origin, "leaves")]
    wrong += [] if destination in reached else [(destination, "reaches")]
    return tuple(_tell_island(graph.dataset.place_by_id[place_id], what) for place_id, what in wrong)


def _tell_island(place: Place, what: str) -> Finding:
    name = place.name if place.name == place.place_id else f"{place.name} ({place.place_id})"
    message, fix = (
        f"nothing in the feed {what} {name}: no service, no haulage",
        "add services, or links with haulage that has a rate where they lie",
    )
    if place.source_id in _ATLAS and not has_land_way(place):
        message += "; no road and no railway of the atlas comes within 60 km of it"
        fix = "name a place near by that has a road"
    return Finding(code="PLACE-ISLAND", severity="warning", message=message, fix=fix)

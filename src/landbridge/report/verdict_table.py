"""What is not among the plans and why: the law by way and regime, ways compared and lost, ways rejected."""

from __future__ import annotations

from collections.abc import Container, Sequence

from landbridge.domain.plan import Compared, Plan, RegimeState, Rejected
from landbridge.report.far_way import far_compared_text, far_rejected_text, group_ways, part_rejected, part_ways
from landbridge.report.figures import count_text, date_text, days_text, mass_text, money_text, month_text
from landbridge.report.itinerary_table import arrival_of, choose_plans
from landbridge.report.law_ways import part_law, plan_way
from landbridge.report.legend import Legend
from landbridge.report.page import BLANK, Cell, Column, Line, Span, heading, paragraph, table_lines

MOST_ROWS = 12
_MOST_WAYS = 6
_PLAN = "plan "
MORE = "and {count} more: landbridge plan ... --json"
UNNAMED = "nobody is named, so nobody was screened: screen whoever is asked to carry"
_STYLES = {"free": "dim", "unnamed": "dim", "exposed": "yellow", "blocked": "red"}
_TOUCHED = ("exposed", "blocked")


def render_law(plan: Plan, legend: Legend, width: int) -> tuple[Line, ...]:
    """The policy in one line and the matrix of ways by regime; ways of which all regimes say the same have one row.

    Services and offers that law blocks and that no port or border leads to are counted here: the page lists each where it tells what is
    rejected, with list and date.
    """
    lines = [*heading("LAW", plan.policy_text, width)]
    regimes = list(dict.fromkeys(cell.regime for cell in plan.matrix))
    ways, counted = part_law(plan, legend, choose_plans(plan.itineraries) if plan.itineraries else ())
    open_ways = {plan_way(index) for index in range(len(plan.itineraries))} | {one.gateway for one in part_ways(plan)[0]}
    touched = {way: cells for way, cells in ways.items() if any(cell.state in _TOUCHED for cell in cells.values())}
    if touched:
        columns = (Column(title="way", min_width=12), *(Column(title=_regime_title(regime, plan), min_width=8) for regime in regimes))
        alike: dict[object, list[str]] = {}
        for way, cells in touched.items():
            told = tuple((one.state, one.since) if (one := cells.get(regime)) else None for regime in regimes)
            alike.setdefault(told, []).append(way)
        rows: list[list[Cell]] = [
            [_alike_text(names, open_ways, legend), *(_state_cell(touched[names[0]].get(regime)) for regime in regimes)]
            for names in alike.values()
        ]
        lines += [BLANK, *table_lines(columns, rows, width)]
    if counted:
        count = count_text(len(counted), "service or offer", "services and offers")
        lines += paragraph(f"blocked by law: {count}, each under REJECTED", width, indent=2)
    others = [way for way in ways if way not in touched and way in open_ways]
    unnamed = {way for way in ways if any(cell.state == "unnamed" for cell in ways[way].values())}
    free = [legend.name(way) for way in others if way not in unnamed]
    if free:
        lines += paragraph("free under all of them: " + ", ".join(free), width, indent=2)
    untold = [legend.name(way) for way in others if way in unnamed]
    if untold:
        lines += paragraph("no measure touches whoever is named: " + ", ".join(untold), width, indent=2)
    if untold or unnamed & touched.keys():
        lines += paragraph(Span(f"unnamed: for the carriage of some legs {UNNAMED}", "dim"), width, indent=2)
    return tuple(lines)


def _regime_title(regime: str, plan: Plan) -> str:
    return f"{regime} (gates)" if regime in plan.policy_gates else regime


def _state_cell(cell: RegimeState | None) -> Span:
    if cell is None:
        return Span("-", "dim")
    since = f" {month_text(cell.since)}" if cell.since and cell.state in _TOUCHED else ""
    return Span(cell.state + since, _STYLES.get(cell.state, ""))


def render_compared(plan: Plan, legend: Legend, width: int) -> tuple[Line, ...]:
    """The best way through each other gateway, and why it lost."""
    if not plan.compared:
        return ()
    columns = (
        Column(title="way", min_width=12),
        Column(title=plan.compared[0].itinerary.currency, align="right"),
        Column(title="days", align="right"),
        Column(title="arrives", align="right", rank=2),
        Column(title="kg CO2e", align="right", rank=1),
        Column(title="why not", min_width=24),
    )
    near, far = part_ways(plan)
    ways = group_ways(near, legend)
    shown = ways[:MOST_ROWS]
    lines = [*heading("COMPARED", "the best way through each other port or border, and why it lost", width), BLANK]
    if shown:
        lines += table_lines(columns, [_compared_row(name, one, legend) for name, one in shown], width)
    lines += _more(len(ways) - len(shown), width)
    if far:
        lines += _not_listed(far_compared_text(far), width)
    return tuple(lines)


def _compared_row(name: str, compared: Compared, legend: Legend) -> list[Cell]:
    itinerary = compared.itinerary
    return [
        name,
        money_text(itinerary.cost_cents),
        days_text(itinerary.duration_min),
        date_text(arrival_of(itinerary, legend).date()),
        mass_text(itinerary.emission_g_co2e),
        Span(legend.reworded(why_text(compared)), "" if itinerary.is_confirmed else "yellow"),
    ]


def why_text(compared: Compared) -> str:
    """Why a way that was compared is not a plan."""
    why = compared.reason
    if not compared.itinerary.is_confirmed and "unconfirmed" not in why:
        why = f"unconfirmed; {why}" if why else "unconfirmed"
    beaten = "" if compared.dominated_by is None else f"plan {compared.dominated_by + 1}"
    if not beaten or beaten in why:
        return why
    return f"{why}; beaten by {beaten}" if why else f"beaten by {beaten}"


def render_rejected(plan: Plan, legend: Legend, width: int) -> tuple[Line, ...]:
    """What stands in the way elsewhere, and since when; what is said of several ways is said once."""
    if not plan.rejected:
        return ()
    near, far = part_rejected(plan, legend)
    return (
        *heading("REJECTED", "ways that are closed to this shipment or lead far round, by what and since when", width),
        BLANK,
        *(rejected_table(near, legend, width) if near else ()),
        *(_not_listed(far_rejected_text(far), width) if far else ()),
    )


def rejected_table(rejected: Sequence[Rejected], legend: Legend, width: int) -> tuple[Line, ...]:
    """Rejections as a table: of a long one the first rows, and all that law blocks."""
    columns = (
        Column(title="way", min_width=12),
        Column(title="since", align="right"),
        Column(title="what stands in the way", min_width=30),
    )
    groups = group_rejected(rejected)
    rows: list[list[Cell]] = []
    before = None
    shown = [group for position, group in enumerate(groups) if position < MOST_ROWS or group[1].regime]
    for gateways, one in shown:
        ways = ", ".join(legend.name(way) for way in gateways) if one.regime else _ways_text(gateways, legend)
        since = date_text(one.since) if one.since else ""
        rows.append(["" if ways == before else ways, Span(since, "red"), obstacle_text(one, gateways, legend)])
        before = ways
    return (*table_lines(columns, rows, width), *_more(len(groups) - len(shown), width))


def _alike_text(ways: Sequence[str], open_ways: Container[str], legend: Legend) -> str:
    """Names of some ways, each plan and each way that was compared; of closed ways the first few."""
    plans = [way.removeprefix(_PLAN) for way in ways if way.startswith(_PLAN)]
    parts = [f"{'plan' if len(plans) == 1 else 'plans'} {', '.join(plans)}"] if plans else []
    parts += [legend.name(way) for way in ways if way in open_ways and not way.startswith(_PLAN)]
    closed = [way for way in ways if way not in open_ways]
    return ", ".join([*parts, *([_ways_text(closed, legend)] if closed else [])])


def _ways_text(gateways: Sequence[str], legend: Legend) -> str:
    names = [legend.name(gateway) for gateway in gateways[:_MOST_WAYS]]
    return ", ".join(names) + (f" and {len(gateways) - _MOST_WAYS} more" if len(gateways) > _MOST_WAYS else "")


def group_rejected(rejected: Sequence[Rejected]) -> list[tuple[tuple[str, ...], Rejected]]:
    """Rejections that say the same of one thing, or each of its own way; those of one gateway stand together."""
    by_subject: dict[tuple[object, ...], list[Rejected]] = {}
    for one in rejected:
        by_subject.setdefault((one.what, one.reason, one.since, one.until, one.regime), []).append(one)
    groups: dict[tuple[object, ...], list[Rejected]] = {}
    for key, same in by_subject.items():
        is_own = all(one.gateway in (one.what, None) for one in same)
        groups.setdefault((None, *key[1:]) if is_own else key, []).extend(same)
    merged = [(tuple(dict.fromkeys(one.gateway or one.what for one in same)), same[0]) for same in groups.values()]
    order = {gateways: position for position, (gateways, _) in reversed(list(enumerate(merged)))}
    return sorted(merged, key=lambda group: order[group[0]])


def obstacle_text(rejected: Rejected, gateways: Sequence[str], legend: Legend) -> str:
    """What stands in the way, by name, of which regime and until when."""
    text = legend.reworded(rejected.reason)
    name = legend.name(rejected.what)
    if rejected.what not in gateways and name not in text and name != rejected.what:
        text = f"{name}: {text}"
    if rejected.regime and rejected.regime not in text:
        text += f" ({rejected.regime})"
    return text + (f", until {date_text(rejected.until)}" if rejected.until else "")


def _not_listed(text: str, width: int) -> tuple[Line, ...]:
    return paragraph(Span(f"{text}: landbridge plan ... --json", "dim"), width, indent=2)


def _more(count: int, width: int) -> tuple[Line, ...]:
    return paragraph(Span(MORE.format(count=count), "dim"), width, indent=2) if count > 0 else ()

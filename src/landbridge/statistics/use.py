"""What figures of other pairs of countries are used for: a flow of their own, a neighbour's books, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from landbridge.domain.dataset import Dataset
from landbridge.domain.trade import TradeRecord
from landbridge.statistics.answer import list_answered
from landbridge.statistics.figure import list_figures, name_series
from landbridge.statistics.series import Flow

Use = Literal["flow", "neighbour", "nothing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairUse:
    """So many figures of a pair of countries, by codes in order, and what they are used for."""

    pair: tuple[str, str]
    count: int
    use: Use


def list_other_pairs(
    feed: Dataset, full: Dataset, records: Sequence[TradeRecord], as_of: date
) -> tuple[tuple[str, ...], tuple[PairUse, ...]]:
    """What records of other pairs than the feed's are used for.

    Parameters
    ----------
    feed, full
        The feed alone, and with the records.
    records
        Those that were laid over it.
    as_of
        Day of asking.

    Returns
    -------
    tuple
        The feed's pairs, as ``BY - PK``: those that it answers for by itself; and the other pairs of the records, those with most figures
        first. A feed that answers for none has no other pairs.
    """
    own = {_pair_of(flow) for flow in list_answered(feed, as_of)}
    if not own:
        return (), ()
    known = {figure.record_id for figure in list_figures(full, as_of)}
    answered = list_answered(full, as_of)
    counts: Counter[tuple[tuple[str, str], Use]] = Counter()
    for record in records:
        flow = (record.partner, record.reporter) if record.flow == "import" else (record.reporter, record.partner)
        if _pair_of(flow) not in own:
            counts[_pair_of(flow), _use_of(record, flow, answered) if record.record_id in known else "nothing"] += 1
    order = sorted(counts, key=lambda key: (-counts[key], key))
    return tuple(sorted(" - ".join(pair) for pair in own)), tuple(
        PairUse(pair=pair, count=counts[pair, use], use=use) for pair, use in order
    )


def _pair_of(flow: Flow) -> tuple[str, str]:
    first, second = sorted(flow)
    return first, second


def _use_of(record: TradeRecord, flow: Flow, answered: frozenset[Flow]) -> Use:
    """Neighbors are flows of all goods with a country of a flow that is answered for; growth and difference of their books count."""
    if flow in answered:
        return "flow"
    is_near = any(set(flow) & set(one) for one in answered)
    return "neighbour" if is_near and name_series(record)[3] is None and record.flow != "re_export" else "nothing"

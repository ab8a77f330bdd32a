"""Plans kept between commands: the same question about the same feed is answered at once."""

from __future__ import annotations

from collections.abc import Callable

from landbridge.domain.dataset import Dataset
from landbridge.domain.query import Query
from landbridge.planner.plan_answer import Answer
from landbridge.planner.plan_record import stamp_gate
from landbridge.store.kept import keep, key_of, recall


def recall_plan(dataset: Dataset, query: Query, *, is_fresh: bool = False) -> tuple[Answer, bool]:
    """The plans of a question about a feed as it was loaded; and whether they were kept from an earlier command.

    The same feed, question, imported lists, decisions of people and code give the same plans, to the cent: where all of these are the same,
    what was found then is the answer now, the gate's verdicts with it.

    Parameters
    ----------
    dataset
        A loaded feed, with the digest of its content. Not a varied copy, which may share the digest of what it was made from.
    is_fresh
        Search anew, and keep that.
    """
    key = _key_of("plan", dataset, query)
    found = None if is_fresh else recall(key)
    if isinstance(found, Answer):
        return found, True
    from landbridge.planner.shipment import plan_shipment  # brings the search and its compiled code

    answer = plan_shipment(dataset, query)
    keep(key, answer)
    return answer, False


def recall_text(kind: str, dataset: Dataset, query: Query, make: Callable[[], str], *, is_fresh: bool = False) -> str:
    """A text that is written of the plans of :func:`recall_plan` and of nothing else, made if it was not kept."""
    key = _key_of(kind, dataset, query)
    found = None if is_fresh else recall(key)
    if not isinstance(found, str):
        found = make()
        keep(key, found)
    return found


def _key_of(kind: str, dataset: Dataset, query: Query) -> str:
    return key_of(kind, dataset.info.name, dataset.digest, query, stamp_gate())

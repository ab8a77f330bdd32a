"""Checks of what a book of shipments can buy together."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.sources.provenance import make_row_finding


def check_block_fill(dataset: Dataset) -> Iterator[Finding]:
    """BLOCK-FILL: a whole train, charter or call is sold only when filled beyond what it holds, so that it could never be bought."""
    for offer in dataset.block_offers:
        if offer.min_fill_teu > offer.capacity_teu:
            message = f"{offer.offer_id} asks for {offer.min_fill_teu} TEU and holds {offer.capacity_teu}"
            yield make_row_finding("BLOCK-FILL", offer, "min_fill_teu", message)

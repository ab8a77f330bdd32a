"""Public ids: strings that feeds, answers and people use. Indexes of compiled graphs never leave their rooms."""

from __future__ import annotations

from typing import NewType

SourceId = NewType("SourceId", str)
PlaceId = NewType("PlaceId", str)
PartyId = NewType("PartyId", str)
TerminalId = NewType("TerminalId", str)
ServiceId = NewType("ServiceId", str)
HaulageId = NewType("HaulageId", str)
UnitTypeId = NewType("UnitTypeId", str)
BorderId = NewType("BorderId", str)
PassageId = NewType("PassageId", str)
RegimeId = NewType("RegimeId", str)
TariffId = NewType("TariffId", str)
DocumentId = NewType("DocumentId", str)
RuleId = NewType("RuleId", str)
ThroughId = NewType("ThroughId", str)

MODES: tuple[str, ...] = ("road", "rail", "sea", "ferry", "waterway")
GRADES: tuple[str, ...] = ("A", "B", "C", "D")

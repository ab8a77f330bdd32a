"""The hallway: one module per use case; the only place that knows the order of the rooms.

In: strings and paths from the doors. Out: domain values and reports. Never here: rules, prices, search, printing.
"""

from landbridge.planner.feed import check_feed, convert_feed, init_feed, load_feed
from landbridge.planner.place_search import PlaceMatch, find_places
from landbridge.planner.plan_file import read_plan, write_text
from landbridge.planner.question import Question, ask
from landbridge.planner.replan import replan_goods
from landbridge.planner.shipment import Answer, WhyNot, plan_shipment, why_not
from landbridge.planner.simulate import choose_by, compare_risks, simulate_plan
from landbridge.planner.trade import add_records, hold_trade
from landbridge.planner.verify import verify_plan

__all__ = [
    "Answer",
    "PlaceMatch",
    "Question",
    "WhyNot",
    "add_records",
    "ask",
    "check_feed",
    "choose_by",
    "compare_risks",
    "convert_feed",
    "find_places",
    "hold_trade",
    "init_feed",
    "load_feed",
    "plan_shipment",
    "read_plan",
    "replan_goods",
    "simulate_plan",
    "verify_plan",
    "why_not",
    "write_text",
]

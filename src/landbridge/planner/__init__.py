"""The hallway: one module per use case; the only place that knows the order of the rooms.

In: strings and paths from the doors. Out: domain values and reports. Never here: rules, prices, search, printing.
"""

from landbridge.planner.distance import Pairs, describe_atlas, find_atlas_places, find_distance, find_distances, measure_matrix
from landbridge.planner.feed import check_feed, convert_feed, init_feed, load_feed
from landbridge.planner.place_search import PlaceMatch, find_places
from landbridge.planner.plan_file import read_plan, write_text
from landbridge.planner.question import Question, ask
from landbridge.planner.shipment import Answer, WhyNot, plan_shipment, why_not
from landbridge.planner.verify import verify_plan
from landbridge.planner.world_places import join_query_places, join_world_places

__all__ = [
    "Answer",
    "Pairs",
    "PlaceMatch",
    "Question",
    "WhyNot",
    "ask",
    "check_feed",
    "convert_feed",
    "describe_atlas",
    "find_atlas_places",
    "find_distance",
    "find_distances",
    "find_places",
    "init_feed",
    "join_query_places",
    "join_world_places",
    "load_feed",
    "measure_matrix",
    "plan_shipment",
    "read_plan",
    "verify_plan",
    "why_not",
    "write_text",
]

"""The hallway: one module per use case; the only place that knows the order of the rooms.

In: strings and paths from the doors. Out: domain values and reports. Never here: rules, prices, search, printing.
"""

from landbridge.planner.alternatives import find_alternatives
from landbridge.planner.batch import BatchQuestion, BatchResult, plan_batch
from landbridge.planner.book import plan_book
from landbridge.planner.book_candidates import BookQuestion
from landbridge.planner.book_file import write_book
from landbridge.planner.book_question import ask_book, ask_reach
from landbridge.planner.book_run import keep_searches, plan_book_from
from landbridge.planner.book_state import read_committed
from landbridge.planner.compare import compare_scenarios, list_scenario_names, load_scenarios, vary_dataset
from landbridge.planner.distance import Pairs, describe_atlas, find_atlas_places, find_distance, find_distances, measure_matrix
from landbridge.planner.draw import draw_plan
from landbridge.planner.feed import check_feed, convert_feed, init_feed, load_feed
from landbridge.planner.flow_book import make_flow_books, write_flow_feed
from landbridge.planner.gate import record_plan
from landbridge.planner.matrix import find_matrix
from landbridge.planner.party_file import answers_csv, read_parties
from landbridge.planner.place_search import PlaceMatch, find_places
from landbridge.planner.plan_file import read_plan, write_text
from landbridge.planner.policy import narrow
from landbridge.planner.profile import ask_latest, find_latest, find_profile
from landbridge.planner.question import Question, ask, parse_date
from landbridge.planner.reach import ReachQuestion, find_reach
from landbridge.planner.replan import replan_goods
from landbridge.planner.screening import (
    ask_party,
    confirm,
    decide,
    make_screener,
    name_match,
    record_batch,
    screen_parties,
    screen_party,
)
from landbridge.planner.shipment import Answer, WhyNot, plan_shipment, why_not
from landbridge.planner.simulate import check_by, choose_by, compare_risks, simulate_plan
from landbridge.planner.stress import ask_stress, stress_book
from landbridge.planner.sweep import Crew, Sweep, run_sweep
from landbridge.planner.trade import add_records, hold_trade
from landbridge.planner.verify import verify_plan
from landbridge.planner.watchlists import compare_lists, import_lists, show_lists
from landbridge.planner.what_it_takes import find_border_values, find_what_it_takes
from landbridge.planner.world_places import join_query_places, join_world_places
from landbridge.store.audit import verify_audit

__all__ = [
    "Answer",
    "BatchQuestion",
    "BatchResult",
    "BookQuestion",
    "Crew",
    "Pairs",
    "PlaceMatch",
    "Question",
    "ReachQuestion",
    "Sweep",
    "WhyNot",
    "add_records",
    "answers_csv",
    "ask",
    "ask_book",
    "ask_latest",
    "ask_party",
    "ask_reach",
    "ask_stress",
    "check_by",
    "check_feed",
    "choose_by",
    "compare_lists",
    "compare_risks",
    "compare_scenarios",
    "confirm",
    "convert_feed",
    "decide",
    "describe_atlas",
    "draw_plan",
    "find_alternatives",
    "find_atlas_places",
    "find_border_values",
    "find_distance",
    "find_distances",
    "find_latest",
    "find_matrix",
    "find_places",
    "find_profile",
    "find_reach",
    "find_what_it_takes",
    "hold_trade",
    "import_lists",
    "init_feed",
    "join_query_places",
    "join_world_places",
    "keep_searches",
    "list_scenario_names",
    "load_feed",
    "load_scenarios",
    "make_flow_books",
    "make_screener",
    "measure_matrix",
    "name_match",
    "narrow",
    "parse_date",
    "plan_batch",
    "plan_book",
    "plan_book_from",
    "plan_shipment",
    "read_committed",
    "read_parties",
    "read_plan",
    "record_batch",
    "record_plan",
    "replan_goods",
    "run_sweep",
    "screen_parties",
    "screen_party",
    "show_lists",
    "simulate_plan",
    "stress_book",
    "vary_dataset",
    "verify_audit",
    "verify_plan",
    "why_not",
    "write_book",
    "write_flow_feed",
    "write_text",
]

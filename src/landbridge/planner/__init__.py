"""The hallway: one module per use case; the only place that knows the order of the rooms.

In: strings and paths from the doors. Out: domain values and reports. Never here: rules, prices, search, printing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from landbridge.planner.alternatives import find_alternatives
    from landbridge.planner.batch import BatchQuestion, BatchResult, plan_batch
    from landbridge.planner.book.candidates import BookQuestion
    from landbridge.planner.book.joint_plan import plan_book
    from landbridge.planner.book.question import ask_book, ask_reach
    from landbridge.planner.book.reach import ReachQuestion, find_reach
    from landbridge.planner.book.run import keep_searches, plan_book_from
    from landbridge.planner.book.state import read_committed
    from landbridge.planner.book.statement_file import BookFiles, open_book_folder, write_book
    from landbridge.planner.compare import compare_scenarios, list_scenario_names, load_scenarios, vary_dataset
    from landbridge.planner.distance import (
        Pairs,
        describe_atlas,
        find_atlas_places,
        find_distance,
        find_distances,
        find_nearest,
        measure_matrix,
        tell_namesakes,
    )
    from landbridge.planner.distance_share import SharedPairs, share_distances
    from landbridge.planner.draw import draw_network, draw_plan
    from landbridge.planner.feed import convert_feed, init_feed, load_feed
    from landbridge.planner.feed_check import check_feed
    from landbridge.planner.flow_book import make_flow_books, write_flow_feed
    from landbridge.planner.held_lists import make_screener, screen_party
    from landbridge.planner.joined_question import join_query_places, join_question
    from landbridge.planner.kept_plan import recall_plan, recall_text
    from landbridge.planner.matrix import find_matrix
    from landbridge.planner.namesake import find_namesakes, with_namesakes
    from landbridge.planner.party_file import answers_csv, read_parties
    from landbridge.planner.place_search import PlaceMatch, find_places
    from landbridge.planner.place_words import word_atlas_place, word_place
    from landbridge.planner.plan_answer import Answer, WhyNot
    from landbridge.planner.plan_file import check_itinerary, read_plan, write_text
    from landbridge.planner.plan_record import record_plan
    from landbridge.planner.policy import narrow
    from landbridge.planner.profile import find_latest, find_profile, join_latest
    from landbridge.planner.question import Question, ask, parse_date
    from landbridge.planner.replan import replan_goods
    from landbridge.planner.screening import (
        ask_party,
        confirm,
        decide,
        name_match,
        record_batch,
        screen_parties,
    )
    from landbridge.planner.shipment import plan_shipment, why_not
    from landbridge.planner.simulate import check_by, choose_by, compare_risks, simulate_plan
    from landbridge.planner.sound_plan import demand_unaltered
    from landbridge.planner.stress import ask_stress, stress_book
    from landbridge.planner.sweep import Crew, Sweep, run_sweep
    from landbridge.planner.trade import add_records, check_trade, hold_trade
    from landbridge.planner.verify import verify_plan
    from landbridge.planner.watchlists import compare_lists, import_lists, show_lists
    from landbridge.planner.what_it_takes import find_border_values, find_what_it_takes
    from landbridge.planner.whole_trade import WholeTradeQuestion, book_whole_trade
    from landbridge.planner.world.places import join_world_places
    from landbridge.store.audit import list_audit, verify_audit

__all__ = [
    "Answer",
    "BatchQuestion",
    "BatchResult",
    "BookFiles",
    "BookQuestion",
    "Crew",
    "Pairs",
    "PlaceMatch",
    "Question",
    "ReachQuestion",
    "SharedPairs",
    "Sweep",
    "WholeTradeQuestion",
    "WhyNot",
    "add_records",
    "answers_csv",
    "ask",
    "ask_book",
    "ask_party",
    "ask_reach",
    "ask_stress",
    "book_whole_trade",
    "check_by",
    "check_feed",
    "check_itinerary",
    "check_trade",
    "choose_by",
    "compare_lists",
    "compare_risks",
    "compare_scenarios",
    "confirm",
    "convert_feed",
    "decide",
    "demand_unaltered",
    "describe_atlas",
    "draw_network",
    "draw_plan",
    "find_alternatives",
    "find_atlas_places",
    "find_border_values",
    "find_distance",
    "find_distances",
    "find_latest",
    "find_matrix",
    "find_namesakes",
    "find_nearest",
    "find_places",
    "find_profile",
    "find_reach",
    "find_what_it_takes",
    "hold_trade",
    "import_lists",
    "init_feed",
    "join_latest",
    "join_query_places",
    "join_question",
    "join_world_places",
    "keep_searches",
    "list_audit",
    "list_scenario_names",
    "load_feed",
    "load_scenarios",
    "make_flow_books",
    "make_screener",
    "measure_matrix",
    "name_match",
    "narrow",
    "open_book_folder",
    "parse_date",
    "plan_batch",
    "plan_book",
    "plan_book_from",
    "plan_shipment",
    "read_committed",
    "read_parties",
    "read_plan",
    "recall_plan",
    "recall_text",
    "record_batch",
    "record_plan",
    "replan_goods",
    "run_sweep",
    "screen_parties",
    "screen_party",
    "share_distances",
    "show_lists",
    "simulate_plan",
    "stress_book",
    "tell_namesakes",
    "vary_dataset",
    "verify_audit",
    "verify_plan",
    "why_not",
    "with_namesakes",
    "word_atlas_place",
    "word_place",
    "write_book",
    "write_flow_feed",
    "write_text",
]

_MODULES = {
    "Answer": "landbridge.planner.plan_answer",
    "BatchQuestion": "landbridge.planner.batch",
    "BatchResult": "landbridge.planner.batch",
    "BookFiles": "landbridge.planner.book.statement_file",
    "BookQuestion": "landbridge.planner.book.candidates",
    "Crew": "landbridge.planner.sweep",
    "Pairs": "landbridge.planner.distance",
    "PlaceMatch": "landbridge.planner.place_search",
    "Question": "landbridge.planner.question",
    "ReachQuestion": "landbridge.planner.book.reach",
    "SharedPairs": "landbridge.planner.distance_share",
    "Sweep": "landbridge.planner.sweep",
    "WholeTradeQuestion": "landbridge.planner.whole_trade",
    "WhyNot": "landbridge.planner.plan_answer",
    "add_records": "landbridge.planner.trade",
    "answers_csv": "landbridge.planner.party_file",
    "ask": "landbridge.planner.question",
    "ask_book": "landbridge.planner.book.question",
    "ask_party": "landbridge.planner.screening",
    "ask_reach": "landbridge.planner.book.question",
    "ask_stress": "landbridge.planner.stress",
    "book_whole_trade": "landbridge.planner.whole_trade",
    "check_by": "landbridge.planner.simulate",
    "check_feed": "landbridge.planner.feed_check",
    "check_itinerary": "landbridge.planner.plan_file",
    "check_trade": "landbridge.planner.trade",
    "choose_by": "landbridge.planner.simulate",
    "compare_lists": "landbridge.planner.watchlists",
    "compare_risks": "landbridge.planner.simulate",
    "compare_scenarios": "landbridge.planner.compare",
    "confirm": "landbridge.planner.screening",
    "convert_feed": "landbridge.planner.feed",
    "decide": "landbridge.planner.screening",
    "demand_unaltered": "landbridge.planner.sound_plan",
    "describe_atlas": "landbridge.planner.distance",
    "draw_network": "landbridge.planner.draw",
    "draw_plan": "landbridge.planner.draw",
    "find_alternatives": "landbridge.planner.alternatives",
    "find_atlas_places": "landbridge.planner.distance",
    "find_border_values": "landbridge.planner.what_it_takes",
    "find_distance": "landbridge.planner.distance",
    "find_distances": "landbridge.planner.distance",
    "find_latest": "landbridge.planner.profile",
    "find_matrix": "landbridge.planner.matrix",
    "find_namesakes": "landbridge.planner.namesake",
    "find_nearest": "landbridge.planner.distance",
    "find_places": "landbridge.planner.place_search",
    "find_profile": "landbridge.planner.profile",
    "find_reach": "landbridge.planner.book.reach",
    "find_what_it_takes": "landbridge.planner.what_it_takes",
    "hold_trade": "landbridge.planner.trade",
    "import_lists": "landbridge.planner.watchlists",
    "init_feed": "landbridge.planner.feed",
    "join_latest": "landbridge.planner.profile",
    "join_query_places": "landbridge.planner.joined_question",
    "join_question": "landbridge.planner.joined_question",
    "join_world_places": "landbridge.planner.world.places",
    "keep_searches": "landbridge.planner.book.run",
    "list_audit": "landbridge.store.audit",
    "list_scenario_names": "landbridge.planner.compare",
    "load_feed": "landbridge.planner.feed",
    "load_scenarios": "landbridge.planner.compare",
    "make_flow_books": "landbridge.planner.flow_book",
    "make_screener": "landbridge.planner.held_lists",
    "measure_matrix": "landbridge.planner.distance",
    "name_match": "landbridge.planner.screening",
    "narrow": "landbridge.planner.policy",
    "open_book_folder": "landbridge.planner.book.statement_file",
    "parse_date": "landbridge.planner.question",
    "plan_batch": "landbridge.planner.batch",
    "plan_book": "landbridge.planner.book.joint_plan",
    "plan_book_from": "landbridge.planner.book.run",
    "plan_shipment": "landbridge.planner.shipment",
    "read_committed": "landbridge.planner.book.state",
    "read_parties": "landbridge.planner.party_file",
    "read_plan": "landbridge.planner.plan_file",
    "recall_plan": "landbridge.planner.kept_plan",
    "recall_text": "landbridge.planner.kept_plan",
    "record_batch": "landbridge.planner.screening",
    "record_plan": "landbridge.planner.plan_record",
    "replan_goods": "landbridge.planner.replan",
    "run_sweep": "landbridge.planner.sweep",
    "screen_parties": "landbridge.planner.screening",
    "screen_party": "landbridge.planner.held_lists",
    "share_distances": "landbridge.planner.distance_share",
    "show_lists": "landbridge.planner.watchlists",
    "simulate_plan": "landbridge.planner.simulate",
    "stress_book": "landbridge.planner.stress",
    "tell_namesakes": "landbridge.planner.distance",
    "vary_dataset": "landbridge.planner.compare",
    "verify_audit": "landbridge.store.audit",
    "verify_plan": "landbridge.planner.verify",
    "why_not": "landbridge.planner.shipment",
    "with_namesakes": "landbridge.planner.namesake",
    "word_atlas_place": "landbridge.planner.place_words",
    "word_place": "landbridge.planner.place_words",
    "write_book": "landbridge.planner.book.statement_file",
    "write_flow_feed": "landbridge.planner.flow_book",
    "write_text": "landbridge.planner.plan_file",
}
"""Where each name stands; ``python -m tools.make_hallway`` writes it from the imports above."""


def __getattr__(name: str) -> object:
    """A use case, imported when it is first asked for (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_MODULES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})

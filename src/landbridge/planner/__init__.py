"""The hallway: one module per use case; the only place that knows the order of the rooms.

In: strings and paths from the doors. Out: domain values and reports. Never here: rules, prices, search, printing.
"""

from landbridge.planner.book import BookQuestion, plan_book
from landbridge.planner.book_file import write_book
from landbridge.planner.book_question import ask_book
from landbridge.planner.feed import check_feed, convert_feed, init_feed, load_feed
from landbridge.planner.place_search import PlaceMatch, find_places
from landbridge.planner.plan_file import read_plan, write_text
from landbridge.planner.question import Question, ask
from landbridge.planner.shipment import Answer, WhyNot, plan_shipment, why_not
from landbridge.planner.verify import verify_plan

__all__ = [
    "Answer",
    "BookQuestion",
    "PlaceMatch",
    "Question",
    "WhyNot",
    "ask",
    "ask_book",
    "check_feed",
    "convert_feed",
    "find_places",
    "init_feed",
    "load_feed",
    "plan_book",
    "plan_shipment",
    "read_plan",
    "verify_plan",
    "why_not",
    "write_book",
    "write_text",
]

"""What the server keeps, for its doors: jobs, plans, feeds, keys. Needs the optional packages of ``landbridge[server]``."""

from __future__ import annotations

from landbridge.store.baskets import MOST_FILES, drop_basket, drop_old_baskets, keep_basket
from landbridge.store.engine import open_engine
from landbridge.store.feeds import SavedFeed, find_feeds, find_saved_feed, hold_upload, list_feeds, save_feed, unfold_feed
from landbridge.store.jobs import (
    Job,
    add_job,
    begin_job,
    cancel_job,
    fail_job,
    find_job,
    find_keyed,
    finish_job,
    list_jobs,
    list_open_ids,
    note_progress,
)
from landbridge.store.keys import ROLES, ApiKey, add_key, find_key, list_keys, revoke_key
from landbridge.store.leases import begin_lease, end_lease, renew_lease, take_over
from landbridge.store.plans import SavedPlan, find_answer, find_plan, list_plans, new_plan_id, save_plan

__all__ = [
    "MOST_FILES",
    "ROLES",
    "ApiKey",
    "Job",
    "SavedFeed",
    "SavedPlan",
    "add_job",
    "add_key",
    "begin_job",
    "begin_lease",
    "cancel_job",
    "drop_basket",
    "drop_old_baskets",
    "end_lease",
    "fail_job",
    "find_answer",
    "find_feeds",
    "find_job",
    "find_key",
    "find_keyed",
    "find_plan",
    "find_saved_feed",
    "finish_job",
    "hold_upload",
    "keep_basket",
    "list_feeds",
    "list_jobs",
    "list_keys",
    "list_open_ids",
    "list_plans",
    "new_plan_id",
    "note_progress",
    "open_engine",
    "renew_lease",
    "revoke_key",
    "save_feed",
    "save_plan",
    "take_over",
    "unfold_feed",
]

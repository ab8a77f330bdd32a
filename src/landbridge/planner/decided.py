"""Decisions about matches, for the doors that show them."""

from __future__ import annotations

from landbridge.store.decisions import DecidedMatch, Decision, list_decided

__all__ = ["DecidedMatch", "Decision", "list_decided"]

"""Screening: does a name mean a listed one, and what then.

In: names, parties, watchlist entries, ownership rows, dates; the tables packaged in this room. Out: matches with each feature's share of
the score, verdicts, chains of ownership, a dataset with what screening found entered as designations.
Never here: lists read from files, decisions kept, the clock, a way around a measure.
"""

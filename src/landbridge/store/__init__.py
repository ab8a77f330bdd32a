"""The store: imported lists, decisions of two people, the audit log; the only room that knows SQL.

In: records of domain, a folder, the time from the door. Out: records of domain, findings about the log. Never here: matching, verdicts,
feeds read, the clock.
"""

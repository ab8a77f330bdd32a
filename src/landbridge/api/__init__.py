"""The HTTP door: one versioned interface over the use cases of planner, and the jobs that do long work.

In: HTTP requests. Out: JSON documents, problems of one shape (RFC 9457), events of jobs. Never here: prices, rules, search, SQL, pages.
"""

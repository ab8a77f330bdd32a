"""The web door: pages that ask the use cases and show their answers, mounted on the HTTP interface.

In: what a person types. Out: pages. Never here: prices, rules, search, SQL, anything from another machine.
"""

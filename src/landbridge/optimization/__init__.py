"""Plans many shipments at once: network design over arcs or departures with capacity and fixed cost, and the joint plan of a book.

In: commodities and arcs, or shipments and the itineraries that routing found. Out: a plan, a proven bound, progress on the way.
Never here: prices or rules worked out, files, the date, shares.
"""

"""The atlas: the world's roads, railways, sea lanes and places.

In: the packaged binary and a question about a way. Out: places, ways, distances, nearest terminals. Never here: prices, rules, feeds,
dates, any file but the packaged one.
"""

"""Ways of the world where a feed has none: ``Dataset -> Dataset``, for the ends of one question.

In: a dataset and two ends. Out: the dataset with places, links, borders and ships of the shipped feed ``world`` beside its own. Never
here: prices worked out, the search, printing.
"""

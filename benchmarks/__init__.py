"""Speed and size of landbridge, measured on the machine that runs ``python -m benchmarks``.

In: the shipped feed and the installed command. Out: one table or one JSON document. Never here: figures that were not measured just now.
"""

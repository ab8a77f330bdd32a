"""Report: a plan as a document, tables, an explanation, a map and a notebook view.

In: Plan and Dataset of domain. Out: values: JSON-ready dictionaries, lines of text with styles, HTML strings.
Never here: printing, files, the clock, prices or rules worked out.
"""

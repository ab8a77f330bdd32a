"""The joint plan of a book: from its shipments, their ways and units to the plan, its bound, levers, shares and statements.

In: a dataset and a ``BookQuestion``. Out: a ``JointPlan``. Never here: prices and rules, the search for one shipment, printing.
"""

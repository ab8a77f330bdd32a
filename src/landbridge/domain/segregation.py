"""Which dangerous goods may lie in one unit: the table of the IMDG Code, made stricter where road and rail rules are.

References
----------
IMDG Code 7.2.4, general segregation between classes, and 7.3.4, inside one cargo transport unit: what has to be segregated at all is not
packed together without leave of an authority. As told by OOCL, "IMDG - Segregation Rules", table 1
(https://www.oocl.com/usa/eng/localinformation/dg/Pages/DG%20segregation%20chart.aspx), and at http://malvarfreight.com/dangerous.htm.
ADR and RID 7.5.2.1, mixed loading (https://adrbook.com/en/2017/ADR/7.5): class 1 goes with no other class, but for exceptions by substance.
IMDG 7.3.4.2 and ADR 7.5.4: apart from food and feed.
"""

from __future__ import annotations

DANGER_CLASSES = ("1.1", "1.3", "1.4", "2.1", "2.2", "2.3", "3", "4.1", "4.2", "4.3", "5.1", "5.2", "6.1", "6.2", "7", "8", "9")
"""Classes and divisions in the order of the table; 1.2 and 1.5 stand with 1.1, and 1.6 with 1.3."""
SEGREGATION = (
    "***4224444442424X",
    "***4224334442422X",
    "***211222222X422X",
    "442XXX212222X421X",
    "221XXX1X1XX1X21XX",
    "221XXX2X22X2X21XX",
    "442212XX2222X32XX",
    "4321XXXX1X12X321X",
    "43221221X1221321X",
    "4422X22X1X22X221X",
    "4422XX2122X21312X",
    "44221222222X1322X",
    "22XXXXXX1X11X1XXX",
    "4444223332331X33X",
    "222211222212X3X2X",
    "4221XXX11122X32XX",
    "XXXXXXXXXXXXXXXXX",
)
"""A row for each class: X no general segregation; 1 away from; 2 separated from; 3 and 4 by whole compartments; * class 1 by its own rules.

Editions differ about 4.3 beside 2.1, 2.3 and 3: the stricter figure stands here.
"""
FOOD_CHAPTERS = frozenset(f"{chapter:02}" for chapter in (*range(2, 13), *range(15, 24)))
"""Chapters of the Harmonized System that hold food and feed."""
APART_FROM_FOOD = frozenset({"2.3", "6.1", "6.2", "7", "8"})

"""The exact distribution of the arrival of a course whose times are independent: what a simulation of it has to agree with.

Times in a row are convolved on a grid of minutes; openings, planned starts and departures move chances along. Not possible, and None, where
times hang together, closures are drawn, or several dated delays may be on at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from landbridge.uncertainty.course import Course, Delay, Departure, Element, Gate, Notice, Spell
from landbridge.uncertainty.engine import wait_open
from landbridge.uncertainty.spread import cumulate_normal, spread_draws, stretch_draws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from landbridge.uncertainty.spread import Draws

DAYS = 300
_STEPS = 20_001
_EDGE = 7.0


def convolve_course(course: Course, family: str, *, days: int = DAYS) -> Draws | None:
    """Chances of an arrival by the end of each minute since the day of asking, for times that have nothing in common and no closures drawn.

    Parameters
    ----------
    course
        From ``chart_course``.
    family
        ``pert``, ``triangular`` or ``lognormal``.
    days
        Length of the grid; what arrives later is missing from the last chance.

    Returns
    -------
    array of float or None
        Shape (minutes,): the distribution function. None: a dated delay stands in the way.
    """
    import numpy as np

    size = days * 1440
    chances = np.zeros(size)
    chances[round(course.start)] = 1.0
    for element in course.elements:
        if isinstance(element, Delay):
            return None
        if isinstance(element, Spell):
            chances = _add(chances, _spell_chances(element, family, size))
        else:
            moved = _move(element, size)
            if moved is not None:
                chances = np.asarray(np.bincount(np.minimum(moved, size), weights=chances, minlength=size + 1)[:size], dtype=np.float64)
    return np.asarray(np.cumsum(chances))


def _spell_chances(spell: Spell, family: str, size: int) -> Draws:
    """Chances of each whole minute: the distribution function half a minute to both sides."""
    import numpy as np

    normal = np.linspace(-_EDGE, _EDGE, _STEPS)
    if spell.stretch is not None:
        took = spell.typical * stretch_draws(normal, *spell.stretch)
    else:
        took = spread_draws(normal, spell.low, spell.typical, spell.high, family)
    found = np.zeros(size)
    if took[0] == took[-1]:
        found[min(round(float(took[0])), size - 1)] = 1.0
        return found
    edges = np.arange(-1, size) + 0.5
    heights = np.where(edges >= took[-1], 1.0, np.where(edges < took[0], 0.0, cumulate_normal(np.interp(edges, took, normal))))
    return np.asarray(np.diff(heights))


def _add(chances: Draws, more: Draws) -> Draws:
    import numpy as np

    room = 1 << (2 * len(chances) - 1).bit_length()
    product = np.fft.rfft(chances, room) * np.fft.rfft(more, room)
    return np.asarray(np.maximum(np.fft.irfft(product, room)[: len(chances)], 0.0))


def _move(element: Element, size: int) -> NDArray[np.int64] | None:
    """Where each minute is moved to; ``size`` or more: beyond the grid, or nowhere."""
    import numpy as np

    now = np.arange(size, dtype=np.float64)
    if isinstance(element, Gate):
        for _ in range(4):
            if element.spans is not None:
                now = wait_open(now, element.spans)
            for begin, end in element.closed:
                now = np.where((begin <= now) & (now < end), end, now)
    elif isinstance(element, Notice):
        now = np.maximum(now, element.planned)
    elif isinstance(element, Departure):
        leaves = np.append(np.array(element.leaves), np.inf)
        planned = int(np.searchsorted(np.array(element.leaves), element.planned))
        now = leaves[np.maximum(np.searchsorted(np.array(element.cutoffs), now, side="left"), planned)]
    else:
        return None
    return np.asarray(np.where(np.isfinite(now), np.round(np.minimum(now, size)), size), dtype=np.int64)

"""How the search is compiled: arrays without owners, functions without counting of references, cells of the flat tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit  # type: ignore[import-untyped]
from numba.core import cgutils, types  # type: ignore[import-untyped]
from numba.extending import intrinsic  # type: ignore[import-untyped]

from landbridge.routing.tables import I64

_Function = TypeVar("_Function", bound=Callable[..., Any])


def _bare(_typing: Any, array: types.Array) -> Any:
    """The same array without an owner.

    Each use of an array that has one counts it up and down, atomically. For arguments alone: the
    caller keeps their owner, while an array made here would be freed after its last use by name.
    """

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        found = context.make_array(signature.args[0])(context, builder, args[0])
        found.meminfo = cgutils.get_null_value(found.meminfo.type)  # type: ignore[no-untyped-call]
        found.parent = cgutils.get_null_value(found.parent.type)  # type: ignore[no-untyped-call]
        return found._getvalue()

    return array(array), generate


bare: Any = intrinsic(_bare)


def lean(function: _Function) -> _Function:
    """Compile a function that allocates nothing, without the counting of references to arrays.

    Counting was most of the time of a search (docs/routing.md). What a function so compiled uses must have an owner elsewhere.
    """
    compiled: _Function = njit(cache=True, _nrt=False)(function)  # type: ignore[call-overload]
    return compiled


@lean
def cell(t: I64, table: int, index: int) -> int:
    """One value of a table, the tables lying one behind the other with their places in front."""
    return t[t[table] + index]

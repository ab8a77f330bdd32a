"""Numbers as people write them: thousands set apart by commas, spaces or apostrophes, decimals behind a point or a comma."""

from __future__ import annotations

import re

_GROUPED = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d*)?")
_SPACED = re.compile(r"[1-9]\d{0,2}([ \u00a0\u202f\u2009'\u2019]\d{3})+([.,]\d*)?")
_DECIMAL_COMMA = re.compile(r"\d+,\d+")


def plain_number(text: str) -> str:
    """A number without its marks: 48,000, 48 000 and 48_000 are 48000, and 2,5 is 2.5, never 25. Other commas stay and are refused."""
    bare = text.strip().replace("_", "")
    if _GROUPED.fullmatch(bare):
        return bare.replace(",", "")
    if _SPACED.fullmatch(bare):
        return re.sub(r"[^\d.,]", "", bare).replace(",", ".")
    return bare.replace(",", ".") if _DECIMAL_COMMA.fullmatch(bare) else bare

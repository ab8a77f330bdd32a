"""English words as they are said, where their letters do not tell: Tidewater is Тайдуотер, Brown is 布朗."""

from __future__ import annotations

from functools import lru_cache

from landbridge.screening.letter_sound import Y_SOFT
from landbridge.screening.sorted_table import find_line
from landbridge.screening.sound_unit import unit

_ANY, _R = unit("aeiou", 0.15), unit("r", 0.3)

_CODES: dict[str, tuple[str, str]] = {
    "AA": ("A", unit("ao")), "AE": ("a", unit("ae")), "AH": ("u", unit("ao")), "AO": ("o", unit("oa")), "AW": ("w", "a" + unit("uwv", 0.3)),
    "AY": ("i", "a" + unit("yi", 0.2)), "EH": ("e", unit("ei")), "ER": ("r", unit("eoui") + _R), "EY": ("y", "e" + unit("yi", 0.2)), "IH": ("I", unit("ie")),  # noqa: E501
    "IY": ("E", "i"), "OW": ("O", "o" + unit("u", 0.15)), "OY": ("j", "o" + unit("yi", 0.2)), "UH": ("U", "u"), "UW": ("Y", Y_SOFT + "u"),
    "B": ("b", "b"), "CH": ("c", "C"), "D": ("d", "d"), "DH": ("D", unit("dzt")), "F": ("f", "f"), "G": ("g", "g"), "HH": ("h", unit("hgk", 0.5)),  # noqa: E501
    "JH": ("J", "J"), "K": ("k", "k"), "L": ("l", "l"), "M": ("m", "m"), "N": ("n", "n"), "NG": ("N", "n" + unit("gk", 0.25)), "P": ("p", "p"),  # noqa: E501
    "R": ("R", "r"), "S": ("s", "s"), "SH": ("S", "S"), "T": ("t", "t"), "TH": ("T", unit("tsf")), "V": ("v", "v"), "W": ("W", unit("wvu")),
    "Y": ("1", Y_SOFT), "Z": ("z", unit("zs")), "ZH": ("Z", "Z"), "-": ("-", _ANY),
}  # fmt: skip
"""Each phone of CMUdict: its letter in ``spoken.tsv`` and its units of sound; ``-`` is a vowel without stress that may be any."""
SPOKEN = {phone + stress: code for phone, (code, _) in _CODES.items() for stress in ("", "0", "1", "2")} | {"AH0": "-"}
"""The letter of each phone with its stress."""
_UNITS = {code: units for code, units in _CODES.values()}


def spell_phones(codes: str) -> str:
    """Units of sound of a row of ``spoken.tsv``."""
    return "".join(_UNITS[code] for code in codes)


@lru_cache(maxsize=50_000)
def spoken_sound(folded: str) -> str:
    """Units of sound of an English word as it is said; empty where its letters tell, or it is no English word."""
    return spell_phones(find_line("spoken.tsv", folded)) if folded.isascii() and len(folded) >= 3 else ""

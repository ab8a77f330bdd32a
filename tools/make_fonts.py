"""``python -m tools.make_fonts DEJAVU NOTO``: fonts of PDF reports, cut from DejaVu Sans 2.37 and Noto Sans Arabic 2.12.

DEJAVU holds ``DejaVuSans.ttf`` and ``DejaVuSans-Bold.ttf`` (Debian's fonts-dejavu-core, or matplotlib's mpl-data/fonts/ttf); NOTO is the
variable ``NotoSansArabic[wdth,wght].ttf`` of the package fontpkg-noto-sans-arabic: DejaVu lacks three letters of Urdu. Needs fontTools.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).parents[1] / "src" / "landbridge" / "data" / "fonts"
SCRIPTS = (
    (0x20, 0x24F), (0x259, 0x259), (0x2B0, 0x2FF), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F), (0x530, 0x58F), (0x590, 0x5FF),
    (0x10A0, 0x10FF), (0x1E00, 0x1EFF), (0x2010, 0x2044), (0x20A0, 0x20CF), (0x2100, 0x214F),
    (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF),
)  # fmt: skip
"""Latin, Greek, Cyrillic, Armenian, Hebrew, Georgian, punctuation, currencies, arrows, signs."""
ARABIC = ((0x60C, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))


def cut_font(font: TTFont, scripts: tuple[tuple[int, int], ...], target: Path) -> None:
    """One font with some ranges of characters and their layout rules."""
    options = subset.Options(layout_features=["*"], name_IDs=["*"], hinting=False, notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[point for first, last in scripts for point in range(first, last + 1)])
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    print(f"wrote {target}, {target.stat().st_size:,} bytes")


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        cut_font(TTFont(Path(sys.argv[1]) / name), SCRIPTS, TARGET / name)
    for name, weight in (("NotoSansArabic.ttf", 400), ("NotoSansArabic-Bold.ttf", 700)):
        font = instantiateVariableFont(TTFont(sys.argv[2]), {"wght": weight, "wdth": 100})
        cut_font(font, ARABIC, TARGET / name)


if __name__ == "__main__":
    main()

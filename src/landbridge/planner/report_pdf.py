"""A report page as PDF: the same words, tables and map on A4, with fonts for Latin, Cyrillic, Arabic and Urdu in the file.

Characters that the fonts lack are written in Latin letters; text from right to left is shaped by HarfBuzz.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

from anyascii import anyascii
from fpdf import FPDF
from fpdf.enums import TableBordersLayout, TextEmphasis
from fpdf.fonts import FontFace, TTFFont

from landbridge.planner.report_tree import Node, read_page

_FONTS = Path(__file__).parents[1] / "data" / "fonts"
_FAMILIES = (("DejaVu", "DejaVuSans"), ("NotoArabic", "NotoSansArabic"))
_INK, _MUTED, _LINE, _SUNK, _WARN = (23, 33, 43), (82, 96, 109), (200, 208, 216), (241, 244, 247), (138, 75, 0)
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SPACE = re.compile(r"[ \t\r\n]+")
_HEADINGS = {"h1": (15.0, 8.0), "h2": (12.0, 6.5), "h3": (10.0, 5.5)}
_BODY, _SMALL, _MARGIN = 9.0, 7.5, 14.0


def render_pdf(page: str, *, made_on: date) -> bytes:
    """A report page of landbridge as a PDF file.

    Parameters
    ----------
    page
        HTML of :mod:`landbridge.report`: headings, paragraphs, lists, tables, tiles, one map as SVG.
    made_on
        The day that the report is of; it stands as the file's day, so that the same report is the same file.
    """
    tree = read_page(page)
    paper = _Paper(has_rtl=bool(_RTL.search(page)))
    paper.set_title(next(tree.find_all("title")).text)
    paper.set_creator("landbridge")
    paper.set_creation_date(datetime.combine(made_on, time(), timezone(timedelta())))
    paper.set_lang("en")
    main = next(tree.find_all("main"))
    for node in main.children:
        paper.put(node)
    return bytes(paper.output())


class _Paper(FPDF):
    """A document on A4 that knows how each part of a page is set."""

    def __init__(self, *, has_rtl: bool) -> None:
        super().__init__(format="A4")
        self._has_rtl = has_rtl
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.set_auto_page_break(auto=True, margin=16)
        self._known: frozenset[int] = frozenset()
        for family, file in _FAMILIES if has_rtl else _FAMILIES[:1]:
            for style, mark in (("", ""), ("B", "-Bold")):
                self.add_font(family, style, _FONTS / f"{file}{mark}.ttf")
            font = self.fonts[family.lower()]
            self._known |= frozenset(font.cmap) if isinstance(font, TTFFont) else frozenset()
        if has_rtl:
            self.set_fallback_fonts([_FAMILIES[1][0]], exact_match=True)
        self.set_text_shaping(has_rtl)
        self.add_page()

    def set_font(self, family: str | None = None, style: str | TextEmphasis = "", size: float = 0) -> None:
        """Choose a font, and write the choice down at once.

        fpdf2 2.8 writes it with the next text; where that begins in a fallback font, the choice is lost when that text ends.
        """
        super().set_font(family, style, size)
        if self._has_rtl and self.page and not self.current_font_is_set_on_page:
            self.text(self.x, self.y, "")

    def footer(self) -> None:
        """The number of the page."""
        self.set_y(-12)
        self._style(_SMALL, _MUTED)
        self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="R")

    def put(self, node: Node) -> None:
        """Set one part of a page, with what stands in it."""
        if node.tag in _HEADINGS:
            self._heading(node)
        elif node.tag in ("p", "code"):
            self._paragraph(node)
        elif node.tag == "ul":
            self._list(node)
        elif node.tag == "svg":
            self._map(node)
        elif node.tag == "table":
            self._table(node)
        elif "tiles" in node.classes:
            self._tiles(node)
        else:
            for one in node.children:
                self.put(one)

    def _style(self, size: float, color: tuple[int, int, int] = _INK, *, is_bold: bool = False) -> None:
        self.set_font("DejaVu", "B" if is_bold else "", size)
        self.set_text_color(*color)

    def _written(self, text: str) -> str:
        """Text in characters that the fonts have."""
        return "".join(
            one if one == "\n" or ord(one) in self._known else anyascii(one)
            for one in _SPACE.sub(" ", text).strip()
            if one.isprintable() or one == "\u00a0"
        )

    def _heading(self, node: Node) -> None:
        size, height = _HEADINGS[node.tag]
        if node.tag != "h1":
            self.ln(3)
            if self.get_y() > self.h - 40:
                self.add_page()
        self._style(size, is_bold=True)
        self.multi_cell(0, height, self._written(node.text), align="L", new_x="LMARGIN", new_y="NEXT")
        if node.tag == "h2":
            self.set_draw_color(*_LINE)
            self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
            self.ln(1.5)

    def _paragraph(self, node: Node, indent: float = 0.0) -> None:
        color = _MUTED if "muted" in node.classes else _WARN if "warn" in node.classes else _INK
        self._style(_SMALL if node.tag == "code" else _BODY, color)
        self.set_x(self.l_margin + indent)
        self.multi_cell(0, 4.6, self._written(node.text), align="L", new_x="LMARGIN", new_y="NEXT")

    def _list(self, node: Node) -> None:
        for one in node.children:
            self._style(_BODY)
            self.set_x(self.l_margin + 1)
            self.cell(4, 4.6, "•")
            self._paragraph(one, indent=5)

    def _tiles(self, node: Node) -> None:
        tiles = node.children
        gap = 3.0
        width = (self.epw - gap * (len(tiles) - 1)) / max(1, len(tiles))
        self.ln(2)
        top = self.get_y()
        for number, tile in enumerate(tiles):
            left = self.l_margin + number * (width + gap)
            self.set_fill_color(*_SUNK)
            self.rect(left, top, width, 15, style="F", round_corners=True, corner_radius=1.5)
            for at, (part, size, color) in enumerate(zip(tile.children, (10.5, _SMALL), (_INK, _MUTED), strict=False)):
                self._style(size, color, is_bold=at == 0)
                text = self._written(part.text)
                while self.get_string_width(text) > width - 4 and size > 5:
                    size -= 0.5
                    self._style(size, color, is_bold=at == 0)
                self.set_xy(left + 2, top + 2.5 + at * 6)
                self.cell(width - 4, 5, text)
        self.set_xy(self.l_margin, top + 18)

    def _map(self, node: Node) -> None:
        """The map of a way: land, ways and names, as they stand in the picture of the page."""
        width, height = (float(one) for one in node.attributes["viewbox"].split()[2:])
        scale = self.epw / width
        if self.get_y() + height * scale > self.h - 18:
            self.add_page()
        left, top = self.l_margin, self.get_y()
        with self.local_context(), self.rect_clip(left, top, self.epw, height * scale):
            self._draw(node, left, top, scale, {})
        self.set_draw_color(*_LINE)
        self.rect(left, top, self.epw, height * scale)
        self.set_xy(self.l_margin, top + height * scale + 2)

    def _draw(self, node: Node, left: float, top: float, scale: float, inherited: dict[str, str]) -> None:
        for one in node.children:
            told = {**inherited, **one.attributes}
            self._color(told)
            self.set_line_width(float(told.get("stroke-width", "1")) * scale)
            if one.tag == "g":
                self._draw(one, left, top, scale, told)
            elif one.tag == "rect":
                self.rect(left, top, float(told["width"]) * scale, float(told["height"]) * scale, style="F")
            elif one.tag == "path":
                self._path(told, left, top, scale)
            elif one.tag == "circle":
                self.circle(left + float(told["cx"]) * scale, top + float(told["cy"]) * scale, float(told["r"]) * scale, style="DF")
            elif one.tag == "text":
                self._name(one, told, left, top, scale)

    def _color(self, told: dict[str, str]) -> None:
        fill, stroke = told.get("fill", "none"), told.get("stroke", "none")
        if fill != "none":
            self.set_fill_color(*_rgb(fill))
        if stroke != "none":
            self.set_draw_color(*_rgb(stroke))

    def _path(self, told: dict[str, str], left: float, top: float, scale: float) -> None:
        for part in told["d"].split("M")[1:]:
            numbers = [float(one) for one in _NUMBER.findall(part)]
            points = [(left + x * scale, top + y * scale) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
            if part.endswith("Z"):
                self.polygon(points, style="DF")
            elif len(points) > 1:
                self.polyline(points)

    def _name(self, node: Node, told: dict[str, str], left: float, top: float, scale: float) -> None:
        self._style(7, is_bold=True)
        text = self._written(node.text)
        x = left + float(told["x"]) * scale - (self.get_string_width(text) if told.get("text-anchor") == "end" else 0)
        self.text(x, top + float(told["y"]) * scale, text)

    def _table(self, node: Node) -> None:
        rows = [row.children for row in node.find_all("tr")]
        if not rows:
            return
        texts = [[self._written(cell.text) for cell in row] for row in rows]
        is_sum = [("sum" in row.classes) for row in node.find_all("tr")]
        aligns = tuple("RIGHT" if "num" in cell.classes else "LEFT" for cell in rows[0])
        self._style(_SMALL)
        self.set_line_width(0.2)
        heads = FontFace(emphasis=TextEmphasis.B, color=_MUTED)
        self.set_draw_color(*_LINE)
        self.set_fill_color(255)  # a table fills its cells with the color that was last used
        with warnings.catch_warnings(), self.table(
            col_widths=self._widths(texts), text_align=aligns, line_height=4, padding=(0.7, 1.2), headings_style=heads,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        ) as table:  # fmt: skip
            warnings.simplefilter("ignore")
            for cells, words, has_sum in zip(rows, texts, is_sum, strict=True):
                row = table.row()
                for cell, text in zip(cells, words, strict=True):
                    address = next((one.attributes.get("href") for one in cell.find_all("a")), None)
                    row.cell(text, link=address, style=FontFace(emphasis=TextEmphasis.B) if has_sum else None)
        self.ln(1.5)

    def _widths(self, texts: Sequence[Sequence[str]]) -> tuple[float, ...]:
        """Widths of columns: none narrower than its longest word, the rest by how much there is to say."""
        pad = 3.2
        columns = list(zip(*texts, strict=True))
        whole = [max(self.get_string_width(text) for text in column) * 1.06 + pad for column in columns]
        least = [max(self.get_string_width(word) for text in column for word in text.split(" ")) * 1.08 + pad for column in columns]
        least = [min(one, self.epw / 2.5) for one in least]
        room = self.epw - sum(least)
        wish = [max(0.0, more - less) for more, less in zip(whole, least, strict=True)]
        if room <= 0 or not sum(wish):
            return tuple(least)
        return tuple(less + room * more / sum(wish) for less, more in zip(least, wish, strict=True))


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)

"""Files as UN Comtrade, WITS and Eurostat Comext export them, read into trade records.

A file is known by its header. Only the columns named here are read, and only whole countries: rows of groups of countries, of second
partners, of single modes of transport or customs procedures would count the same goods twice.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from landbridge.domain.finding import Finding
from landbridge.domain.identity import SourceId
from landbridge.domain.record import Range
from landbridge.domain.source import Source
from landbridge.domain.trade import TradeRecord
from landbridge.sources.codes import make_finding
from landbridge.sources.countries import list_codes
from landbridge.sources.csv_text import read_csv
from landbridge.sources.files import read_bytes
from landbridge.sources.nearest import quote_text

Cells = Mapping[str, str]

_COMTRADE_FLOWS = {"X": "export", "M": "import", "RX": "re_export"}
_LEGACY_FLOWS = {"Export": "export", "Import": "import", "Re-Export": "re_export"}
_WITS_FLOWS = {"Gross Exports": "export", "Export": "export", "Gross Imports": "import", "Import": "import", "Re-Export": "re_export"}
_COMEXT_FLOWS = {"1": "import", "2": "export"}
_COMEXT_VALUES = ("VALUE_IN_EUROS", "VALUE_EUR")
_OWN_CODES = {"EL": "GR"}
_DELIMITERS = ",;\t"
"""Spreadsheets where the comma is the decimal mark save with semicolons."""
_MOST_VALUE = Decimal(10) ** 15
"""USD or EUR: forty times what the whole world trades in a year (about 25e12; assumed as a bound)."""
_ALL_GOODS = ("TOTAL", "999999", "AG", "")
_WITH_COMMA = re.compile(r"[0-9]+,(?![0-9]{3}$)[0-9]+")
_WHOLE = {"partner2Code": ("", "0"), "customsCode": ("", "C00"), "motCode": ("", "0"), "mosCode": ("", "0")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One published layout: what it is, the columns by which it is known, and how a row becomes a record."""

    name: str
    publisher: str
    columns: tuple[str, ...]
    parse: Callable[[Cells], dict[str, object] | None]


class _Fault(Exception):
    """A cell that cannot be read: its column and what is wrong."""

    def __init__(self, column: str, message: str) -> None:
        self.column = column
        self.message = message
        super().__init__(message)


def read_trade_file(path: str | Path, findings: list[Finding]) -> tuple[Source, tuple[TradeRecord, ...]]:
    """Read an export of UN Comtrade, WITS or Eurostat Comext.

    Parameters
    ----------
    path
        A CSV file with one of the published headers (docs/trade.md). Descriptions may be in Latin-1; they are not read.
    findings
        What is wrong is added here: a header of none of them, figures that are negative or no numbers, groups that are left out.

    Returns
    -------
    tuple
        The file as a source of grade A, and its records, values in whole units of USD or EUR, rounded to one unit.

    Raises
    ------
    DataError
        If the file cannot be read at all.
    """
    file = Path(path).name
    known = len(findings)
    lines, rows = read_csv(_to_utf8(read_bytes(path)), file, findings, delimiters=_DELIMITERS)
    layout = find_layout(rows[0] if rows else ())
    source_id = SourceId("file:" + re.sub(r"[^A-Za-z0-9_.+-]", "-", file)[:100])
    if layout is None:
        headers = "; ".join(f"{one.name}: {', '.join(one.columns)}" for one in LAYOUTS)
        told = f"the header is none of the known ones ({headers})" if rows else "the file is empty"
        if len(findings) == known:  # what is no text has no header either
            findings.append(make_finding("TRADE-LAYOUT", file=file, row=1 if rows else None, message=told))
        return Source(source_id=source_id, title=file, publisher="unknown", grade="C"), ()
    header = [name.strip() for name in rows[0]]
    numbered = [(line, dict(zip(header, row, strict=False))) for line, row in zip(lines[1:], rows[1:], strict=True) if any(row)]
    source = Source(source_id=source_id, title=f"{layout.name}, file {file}", publisher=layout.publisher, grade="A")
    return source, _read_rows(layout, source, file, numbered, findings)


def find_layout(header: Sequence[str]) -> Layout | None:
    """Find the layout that a header belongs to; None if it is none of the known ones."""
    names = {name.strip() for name in header}
    return next((layout for layout in LAYOUTS if names >= set(layout.columns)), None)


def _read_rows(
    layout: Layout, source: Source, file: str, rows: Sequence[tuple[int, Cells]], findings: list[Finding]
) -> tuple[TradeRecord, ...]:
    records: list[TradeRecord] = []
    left_out = 0
    for line, cells in rows:
        try:
            _check_whole(layout, cells)
            parsed = layout.parse(cells)
        except _Fault as fault:
            findings.append(make_finding("TRADE-FIGURE", file=file, row=line, column=fault.column, message=fault.message))
            continue
        if parsed is None:
            left_out += 1
            continue
        records.append(TradeRecord(record_id=f"{source.source_id}:{line}", source_id=source.source_id, row=f"{file}:{line}", **parsed))  # type: ignore[arg-type]
    if left_out:
        message = f"{left_out} of {len(rows)} rows are of groups of countries, other flows or parts of a figure and were left out"
        findings.append(make_finding("TRADE-ROWS-LEFT", file=file, message=message))
    if len(rows) == left_out:
        told = "the file holds a header and no row" if not rows else "none of its rows is a figure of two countries"
        findings.append(make_finding("TRADE-NO-FIGURE", file=file, message=told))
    return tuple(records)


def _check_whole(layout: Layout, cells: Cells) -> None:
    missing = next((name for name in layout.columns if name not in cells), None)
    if missing is not None:
        raise _Fault(missing, "the row ends before this column")


def _parse_comtrade(cells: Cells) -> dict[str, object] | None:
    flow = _COMTRADE_FLOWS.get(cells["flowCode"].strip())
    countries = _find_countries(cells["reporterISO"], cells["partnerISO"])
    if flow is None or countries is None or any(cells.get(name, "").strip() not in whole for name, whole in _WHOLE.items()):
        return None
    has_cif = bool(cells.get("cifvalue", "").strip())
    return {
        **countries,
        **_parse_period(cells["period"], "period"),
        "flow": flow,
        "hs": _parse_goods(cells["cmdCode"], "cmdCode"),
        "value": _parse_value(cells["primaryValue"], "primaryValue", 1),
        "currency": "USD",
        "basis": ("cif" if has_cif else "unknown") if flow == "import" else "fob",
        "mass_kg": _parse_mass(cells.get("netWgt", ""), "netWgt", 1),
    }


def _parse_legacy(cells: Cells) -> dict[str, object] | None:
    flow = _LEGACY_FLOWS.get(cells["Trade Flow"].strip())
    countries = _find_countries(cells["Reporter ISO"], cells["Partner ISO"])
    if flow is None or countries is None:
        return None
    return {
        **countries,
        **_parse_period(cells["Period"], "Period"),
        "flow": flow,
        "hs": _parse_goods(cells["Commodity Code"], "Commodity Code"),
        "value": _parse_value(cells["Trade Value (US$)"], "Trade Value (US$)", 1),
        "currency": "USD",
        "basis": "cif" if flow == "import" else "fob",
        "mass_kg": _parse_mass(cells.get("Netweight (kg)", ""), "Netweight (kg)", 1),
    }


def _parse_wits(cells: Cells) -> dict[str, object] | None:
    flow = _WITS_FLOWS.get(cells["TradeFlowName"].strip())
    countries = _find_countries(cells["ReporterISO3"], cells["PartnerISO3"])
    if flow is None or countries is None:
        return None
    return {
        **countries,
        **_parse_period(cells["Year"], "Year"),
        "flow": flow,
        "hs": _parse_goods(cells["ProductCode"], "ProductCode"),
        "value": _parse_value(cells["TradeValue in 1000 USD"], "TradeValue in 1000 USD", 1000),
        "currency": "USD",
        "basis": "cif" if flow == "import" else "fob",
        "mass_kg": _parse_mass(cells.get("NetWeight in KGM", ""), "NetWeight in KGM", 1),
    }


def _parse_comext(cells: Cells) -> dict[str, object] | None:
    """One row of SDMX-CSV; codes may carry their label behind a colon, and Greece is EL to Eurostat."""
    code = {name: text.split(":", 1)[0].strip() for name, text in cells.items() if name != "DATAFLOW"}
    code |= {name: _OWN_CODES[code[name]] for name in ("reporter", "partner") if code[name] in _OWN_CODES}
    flow = _COMEXT_FLOWS.get(code["flow"])
    known = list_codes(0)
    if flow is None or code["indicators"] not in _COMEXT_VALUES or not {code["reporter"], code["partner"]} <= known.keys():
        return None
    return {
        "reporter": code["reporter"],
        "partner": code["partner"],
        **_parse_period(code["TIME_PERIOD"], "TIME_PERIOD"),
        "flow": flow,
        "hs": _parse_goods(code["product"], "product"),
        "value": _parse_value(code["OBS_VALUE"], "OBS_VALUE", 1),
        "currency": "EUR",
        "basis": "cif" if flow == "import" else "fob",
    }


def _find_countries(reporter: str, partner: str) -> dict[str, str] | None:
    """Two-letter codes of both countries; None if one of them is a group or no country."""
    codes = list_codes(1)
    first, second = codes.get(reporter.strip()), codes.get(partner.strip())
    return None if first is None or second is None or first == second else {"reporter": first, "partner": second}


def _parse_period(text: str, column: str) -> dict[str, date]:
    """A year, ``2024``, or a month, ``202401`` or ``2024-01``."""
    match = re.fullmatch(r"(\d{4})-?(\d{2})?", text.strip())
    month = int(match[2]) if match and match[2] else None
    if not match or not 1900 <= int(match[1]) <= 2199 or (month is not None and not 1 <= month <= 12):
        raise _Fault(column, f"{quote_text(text)} is neither a year nor a month")
    year = int(match[1])
    first, last = (1, 12) if month is None else (month, month)
    return {"from_on": date(year, first, 1), "to_on": date(year, last, monthrange(year, last)[1])}


def _parse_goods(text: str, column: str) -> str | None:
    code = text.strip()
    if code.upper() in _ALL_GOODS:
        return None
    if re.fullmatch(r"([0-9]{2}){1,5}", code):
        return code
    lost = f": write 0{code} if a spreadsheet took the leading zero away" if re.fullmatch(r"[0-9]{1,9}", code) else ""
    raise _Fault(column, f"{quote_text(text)} is neither an HS code nor TOTAL{lost}")


def _parse_value(text: str, column: str, factor: int) -> Range[Decimal]:
    value = _parse_number(text, column) * factor
    half = Decimal(factor) / 2000 if factor > 1 else Decimal("0.5")
    return Range(low=max(value - half, Decimal(0)), typical=value, high=value + half)


def _parse_mass(text: str, column: str, factor: int) -> int | None:
    return int(_parse_number(text, column) * factor) or None if text.strip() else None


def _parse_number(text: str, column: str) -> Decimal:
    """A number with a decimal point, or with a decimal comma where it cannot be one between thousands."""
    cell = text.strip()
    try:
        number = Decimal(cell.replace(",", ".") if _WITH_COMMA.fullmatch(cell) else cell)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise _Fault(column, f"{quote_text(text)} is not a number from 0 up")
    if number > _MOST_VALUE:
        raise _Fault(column, f"{quote_text(text)} is more than the whole world trades")
    return number


def _to_utf8(data: bytes) -> bytes:
    """Descriptions of Comtrade files come in Latin-1 at times; none of the columns read here does."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1").encode("utf-8") if b"\0" not in data else data
    return data


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        name="UN Comtrade",
        publisher="United Nations Statistics Division",
        columns=("period", "reporterISO", "flowCode", "partnerISO", "cmdCode", "primaryValue"),
        parse=_parse_comtrade,
    ),
    Layout(
        name="UN Comtrade (until 2022)",
        publisher="United Nations Statistics Division",
        columns=("Period", "Trade Flow", "Reporter ISO", "Partner ISO", "Commodity Code", "Trade Value (US$)"),
        parse=_parse_legacy,
    ),
    Layout(
        name="WITS",
        publisher="World Bank, World Integrated Trade Solution",
        columns=("ReporterISO3", "PartnerISO3", "ProductCode", "Year", "TradeFlowName", "TradeValue in 1000 USD"),
        parse=_parse_wits,
    ),
    Layout(
        name="Eurostat Comext (SDMX-CSV)",
        publisher="Eurostat",
        columns=("freq", "reporter", "partner", "product", "flow", "indicators", "TIME_PERIOD", "OBS_VALUE"),
        parse=_parse_comext,
    ),
)

"""Exports of UN Comtrade, WITS and Eurostat Comext; every figure here is invented, the headers are the published ones."""

from datetime import date
from decimal import Decimal

import pytest

from landbridge.domain.errors import DataError
from landbridge.sources.trade_exports import read_trade_file

COMTRADE = (
    "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,partnerCode,partnerISO,"
    "partnerDesc,partner2Code,partner2ISO,partner2Desc,classificationCode,classificationSearchCode,isOriginalClassification,cmdCode,cmdDesc,"
    "aggrLevel,isLeaf,customsCode,customsDesc,mosCode,motCode,motDesc,qtyUnitCode,qtyUnitAbbr,qty,isQtyEstimated,altQtyUnitCode,"
    "altQtyUnitAbbr,altQty,isAltQtyEstimated,netWgt,isNetWgtEstimated,grossWgt,isGrossWgtEstimated,cifvalue,fobvalue,primaryValue,"
    "legacyEstimationFlag,isReported,isAggregate"
)
LEGACY = (
    "Classification,Year,Period,Period Desc.,Aggregate Level,Is Leaf Code,Trade Flow Code,Trade Flow,Reporter Code,Reporter,Reporter ISO,"
    "Partner Code,Partner,Partner ISO,Commodity Code,Commodity,Qty Unit Code,Qty Unit,Qty,Netweight (kg),Trade Value (US$),Flag"
)
WITS = (
    "Nomenclature,ReporterISO3,ProductCode,ReporterName,PartnerISO3,PartnerName,Year,TradeFlowName,TradeFlowCode,TradeValue in 1000 USD,"
    "Quantity,QtyUnit,NetWeight in KGM"
)
COMEXT = "DATAFLOW,LAST UPDATE,freq,reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE,OBS_FLAG"


def comtrade(**cells):
    usual = {
        "period": "2023", "reporterISO": "PAK", "flowCode": "M", "partnerISO": "BLR", "partner2Code": "0", "cmdCode": "TOTAL",
        "customsCode": "C00", "mosCode": "0", "motCode": "0", "netWgt": "", "cifvalue": "1200.5", "fobvalue": "", "primaryValue": "1200.5",
    }  # fmt: skip
    usual |= cells
    return ",".join(usual.get(name, "") for name in COMTRADE.split(","))


@pytest.fixture
def read(tmp_path):
    def read_lines(*lines, encoding="utf-8"):
        path = tmp_path / "export.csv"
        path.write_bytes("\n".join(lines).encode(encoding))
        findings = []
        source, records = read_trade_file(path, findings)
        return source, records, [finding.code for finding in findings]

    return read_lines


def test_comtrade(read):
    """Imports at their CIF value, a year or a month, goods or all of them."""
    source, records, codes = read(
        COMTRADE, comtrade(), comtrade(period="202302", flowCode="X", cmdCode="8701", fobvalue="9", primaryValue="9", netWgt="70")
    )
    assert (source.grade, source.publisher, codes) == ("A", "United Nations Statistics Division", [])
    first, second = records
    assert (first.reporter, first.partner, first.flow, first.basis, first.hs) == ("PK", "BY", "import", "cif", None)
    assert (first.value.low, first.value.typical, first.value.high) == (Decimal("1200.0"), Decimal("1200.5"), Decimal("1201.0"))
    assert (second.from_on, second.to_on, second.hs, second.basis, second.mass_kg) == (
        date(2023, 2, 1),
        date(2023, 2, 28),
        "8701",
        "fob",
        70,
    )


@pytest.mark.parametrize(
    "cells", [{"partnerISO": "W00"}, {"partner2Code": "643"}, {"motCode": "1000"}, {"customsCode": "C04"}, {"flowCode": "RM"}]
)
def test_comtrade_counts_nothing_twice(read, cells):
    """The world, parts by second partner, mode or procedure, and re-imports stay out, and it is told."""
    _, records, codes = read(COMTRADE, comtrade(), comtrade(**cells))
    assert (len(records), codes) == (1, ["TRADE-ROWS-LEFT"])


def test_comtrade_until_2022_in_latin_1(read):
    line = "HS,2019,2019,2019,0,0,2,Export,112,Belarus,BLR,586,Türkiye,PAK,TOTAL,All Commodities,1,No Quantity,,,5000,0"
    _, (record,), codes = read(LEGACY, line, encoding="latin-1")
    assert (record.reporter, record.flow, record.value.typical, record.basis, codes) == ("BY", "export", 5000, "fob", [])


def test_wits_counts_in_thousands(read):
    line = "HS,PAK,Total,Pakistan,BLR,Belarus,2020,Import,1,33.5,,,"
    _, (record,), codes = read(WITS, line)
    assert (record.value.typical, record.value.low, record.currency, codes) == (Decimal("33500.0"), Decimal("33499.5"), "USD", [])


def test_comext_in_euros(read):
    """Values only, codes with or without labels; quantities are rows of their own and left out."""
    lines = (
        "ESTAT:DS-045409(1.0),15/09/26 11:00:00,A,DE,PK,TOTAL,2,VALUE_IN_EUROS,2024,32313884,",
        "ESTAT:DS-045409(1.0),15/09/26 11:00:00,M,DE:Germany,PK:Pakistan,8701:Tractors,1:IMPORT,VALUE_IN_EUROS:Value,2024-01,17,",
        "ESTAT:DS-045409(1.0),15/09/26 11:00:00,A,DE,PK,TOTAL,2,QUANTITY_IN_100KG,2024,5,",
        "ESTAT:DS-045409(1.0),15/09/26 11:00:00,A,DE,WORLD,TOTAL,2,VALUE_IN_EUROS,2024,5,",
    )
    _, (first, second), codes = read(COMEXT, *lines)
    assert (first.currency, first.flow, first.value.typical, first.to_on) == ("EUR", "export", 32313884, date(2024, 12, 31))
    assert (second.reporter, second.flow, second.hs, second.to_on) == ("DE", "import", "8701", date(2024, 1, 31))
    assert codes == ["TRADE-ROWS-LEFT"]


def test_all_that_is_wrong_is_told_at_once(read):
    """Negative values, no numbers, no periods, no goods: each with its row; the good row is still read."""
    bad = [{"primaryValue": "-5"}, {"primaryValue": "NaN"}, {"primaryValue": ""}, {"period": "2023-13"}, {"cmdCode": "tractors"}]
    _, records, codes = read(COMTRADE, *(comtrade(**cells) for cells in bad), comtrade())
    assert (len(records), codes) == (1, ["TRADE-FIGURE"] * 5)


def test_another_file_is_told(read):
    assert read("a,b,c", "1,2,3")[1:] == ((), ["TRADE-LAYOUT"])
    assert read("")[1:] == ((), ["TRADE-LAYOUT"])


def test_a_short_row_is_no_traceback(read):
    _, records, codes = read(COMTRADE, "C,A,2023")
    assert records == ()
    assert codes == ["TRADE-FIGURE"]


def test_no_file(tmp_path):
    with pytest.raises(DataError):
        read_trade_file(tmp_path / "none.csv", [])


SHORT = "period,reporterISO,flowCode,partnerISO,cmdCode,primaryValue"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_files_saved_by_a_spreadsheet(read, delimiter):
    """Where the comma is the decimal mark, fields are parted by semicolons or tabs."""
    value = "1000.5" if delimiter == "," else "1000,5"
    _, records, codes = read(SHORT.replace(",", delimiter), delimiter.join(("2019", "BLR", "X", "PAK", "TOTAL", value)))
    assert (codes, [one.value.typical for one in records]) == ([], [Decimal("1000.5")])


@pytest.mark.parametrize("value", ["nan", "inf", "", "-3", "1e400", "1e16", '"1,000"', '"2.000,5"', "1 000"])
def test_what_is_no_figure_is_told(read, value):
    """A comma before three digits may stand between thousands or begin the cents: it is not guessed."""
    assert read(SHORT, f"2019,BLR,X,PAK,TOTAL,{value}")[1:] == ((), ["TRADE-FIGURE"])


def test_a_file_without_figures_is_told(read):
    assert read(SHORT)[2] == ["TRADE-NO-FIGURE"]
    assert read(SHORT, "2019,BLR,X,W00,TOTAL,1")[2] == ["TRADE-ROWS-LEFT", "TRADE-NO-FIGURE"]
    assert read("")[2] == ["TRADE-LAYOUT"]


def test_what_is_no_text_has_no_header_either(read):
    assert read(SHORT, encoding="utf-16")[2] == ["FILE-ENCODING"]
    assert read("\0\1")[2] == ["FILE-NUL"]


def test_greece_is_el_to_eurostat(read):
    row = "DS,,A,EL,BY,TOTAL,2,VALUE_IN_EUROS,2019,7,"
    _, (record,), codes = read(COMEXT, row)
    assert (record.reporter, record.partner, codes) == ("GR", "BY", [])

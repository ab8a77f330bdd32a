"""A forwarder's own rates over a feed."""

from datetime import date

import pytest

HEADER = "service_id,from_place_id,to_place_id,unit_type_id,amount,currency,valid_from,valid_to\n"


@pytest.fixture
def lay(example, tmp_path):
    """Lay rates with these rows over the example."""

    def lay_rows(*rows, header=HEADER, name="mine.csv"):
        path = tmp_path / name
        path.write_text(header + "\n".join(rows) + "\n")
        return example.load(rates=path)

    return lay_rows


@pytest.fixture
def find(example, tmp_path):
    def find_rows(text, name="mine.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return example.find(rates=path)

    return find_rows


def test_a_rate_takes_the_place_of_a_tariff(lay):
    """Source and id may be left out: the source is the file, of grade B, and the row says where the rate stands."""
    dataset = lay("ex-varna-poti,BGVAR,GEPTI,40HC,700,USD,,")
    rate = dataset.tariffs[0]
    assert (rate.amount.typical, rate.source_id, rate.row, rate.tariff_id) == (700, "rates:mine.csv", "mine.csv:2", "rates:2")
    assert dataset.get_source("rates:mine.csv").grade == "B"
    assert [tariff.tariff_id for tariff in dataset.tariffs[1:]] == ["ex-sea-20gp-2025", "ex-sea-20gp-2026"]


def test_a_rate_holds_within_its_dates(lay):
    """Before and after the rate the tariff of the feed holds on, and keeps where it stands."""
    dataset = lay("ex-varna-poti,BGVAR,GEPTI,40HC,700,USD,2026-10-01,2026-12-31")
    dates = [(tariff.valid_from, tariff.valid_to, tariff.row) for tariff in dataset.tariffs if tariff.unit_type_id == "40HC"]
    assert dates == [
        (date(2026, 10, 1), date(2026, 12, 31), "mine.csv:2"),
        (date(2026, 1, 1), date(2026, 9, 30), "example/tariffs.csv:2"),
        (date(2027, 1, 1), None, "example/tariffs.csv:2"),
    ]
    assert len({tariff.tariff_id for tariff in dataset.tariffs}) == len(dataset.tariffs)


def test_a_rate_is_known_today(lay):
    """Own rates for next month are known on the day of the feed; those from long ago since then; those without a day always."""
    dataset = lay(
        "ex-varna-poti,BGVAR,GEPTI,40HC,700,USD,2026-12-01,",
        "ex-varna-poti,BGVAR,GEPTI,40HC,800,USD,2025-01-01,2025-12-31",
        "ex-varna-poti,BGVAR,GEPTI,20GP,400,USD,,",
    )
    assert [tariff.known_from for tariff in dataset.tariffs[:3]] == [date(2026, 11, 24), date(2025, 1, 1), None]


def test_a_rate_for_any_unit_covers_every_unit(lay):
    """Without a unit a rate takes the place of the tariffs of all units of its lane."""
    dataset = lay("ex-varna-poti,BGVAR,GEPTI,,500,USD,,")
    assert [tariff.row for tariff in dataset.tariffs] == ["mine.csv:2"]


def test_a_rate_may_carry_a_tariff_forward(lay):
    """A tenth off the tariff of the feed is a factor on its row."""
    header = "tariff_id,service_id,from_place_id,to_place_id,unit_type_id,basis_tariff_id,factor\n"
    dataset = lay("mine,ex-varna-poti,BGVAR,GEPTI,40HC,ex-sea-40hc,0.9", header=header)
    assert (dataset.tariffs[0].tariff_id, dataset.tariffs[0].amount.typical) == ("mine", 810)
    assert "ex-sea-40hc" not in {tariff.tariff_id for tariff in dataset.tariffs}


def test_rates_change_the_digest(example, lay):
    """A plan made with own rates is not a plan of the feed alone."""
    assert lay("ex-varna-poti,BGVAR,GEPTI,40HC,700,USD,,").digest != example.load().digest


def test_a_more_particular_tariff_is_told(example, find):
    """A tariff of the feed for certain goods goes before a rate of one unit for all goods: a warning."""
    example.set("tariffs", 0, hs="8450", unit_type_id="")
    assert [finding.code for finding in find(HEADER + "ex-varna-poti,BGVAR,GEPTI,40HC,700,USD,,\n")] == ["RATES-OUTRANKED"]


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        (HEADER + "ex-varna-poti,BGVAR,GEPTI,40HC,-7,USD,,\n", "CELL-OUT-OF-RANGE", 2),
        (HEADER + "ex-varna-poty,BGVAR,GEPTI,40HC,7,USD,,\n", "REFERENCE-UNKNOWN", 2),
        (HEADER + "ex-varna-poti,BGVAR,GEPTI,40HC,7,,,\n", "CURRENCY-MISSING", 2),
        (HEADER + "ex-varna-poti,BGVAR,GEPTI,40HC,7,USD,soon,\n", "CELL-DATE", 2),
        (HEADER + "ex-varna-poti,BGVAR,GEPTI,40HC,7\n", "ROW-RAGGED", 2),
        (HEADER + ",BGVAR,GEPTI,40HC,7,USD,,\n", "SUBJECT-MISSING", 2),
        ("price\n5\n", "COLUMN-MISSING", 1),
        (b"%PDF-1.7", "FILE-FOREIGN", None),
        (b"", "HEADER-MISSING", None),
        (b"a,\xff\n", "FILE-ENCODING", 1),
    ],
)
def test_wrong_rates(find, text, code, row):
    """What is wrong in a rates file is a finding that names the file."""
    found = find(text)
    assert (code, row) in {(finding.code, finding.row) for finding in found}
    assert {finding.file for finding in found} == {"mine.csv"}


def test_missing_rates(example, tmp_path):
    """A rates file that is not there is one finding."""
    assert example.codes(rates=tmp_path / "none.csv") == ["FILE-MISSING"]


def test_a_file_name_becomes_an_id(lay):
    """Spaces and other scripts in the name of the file do not break the id of its source."""
    assert lay("ex-varna-poti,BGVAR,GEPTI,40HC,700,USD,,", name="Мои ставки 2026.csv").tariffs[0].source_id == "rates:-----------2026.csv"

"""Bad figures of trade, claims and events of a feed that extends the shipped one: all of them are told at once."""

import pytest

from landbridge.domain.errors import DataError
from landbridge.sources.load import load_dataset

pytestmark = pytest.mark.slow

FILES = {
    "datapackage.json": '{"name": "bad", "landbridge": {"extends": "belarus-pakistan"}}',
    "trade_records.csv": """record_id,reporter,partner,flow,from_on,to_on,value_low,value,value_high,currency,basis,source_id
negative,BY,PK,export,2019-01-01,2019-12-31,-5,-4,-3,USD,fob,law-pozirk-0
not-a-number,BY,PK,export,2018-01-01,2018-12-31,NaN,NaN,NaN,USD,fob,law-pozirk-0
units,BY,PK,export,2017-01-01,2017-12-31,30000000,30000000,30000000,USD,fob,law-pozirk-0
thousands,BY,PK,export,2017-01-01,2017-12-31,30000,30000,30000,USD,fob,trade-lcci-2021
""",
    "events.csv": """event_id,title,kind,border_id,valid_from,valid_to,known_from,source_id
ends-early,Ends early,closure,torkham-road,2026-05-02,2026-05-01,2026-05-01,law-pozirk-0
""",
    "claims.csv": """claim_id,title,speaker,said_on,source_id
nothing,It refers to nothing,Nobody,2026-01-01,law-pozirk-0
""",
    "trade_margins.csv": """margin_id,kind,percent_low,percent,percent_high,source_id
above-all,re_export,90,140,150,law-pozirk-0
""",
}
EXPECTED = {
    ("trade_records.csv", 2): "CELL-OUT-OF-RANGE",
    ("trade_records.csv", 3): "CELL-NUMBER",
    ("trade_records.csv", 5): "TRADE-UNITS",
    ("events.csv", 2): "DATES-REVERSED",
    ("claims.csv", 2): "CLAIM-EMPTY",
}


def test_all_at_once(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_dataset(str(tmp_path))
    found = {(one.file.rpartition("/")[2], one.row): one.code for one in caught.value.findings if one.severity == "error"}
    assert {place: found.get(place) for place in EXPECTED} == EXPECTED
    assert any(file == "trade_margins.csv" for file, _ in found), "a share above 100 % is told too"
    assert all(one.message and one.fix for one in caught.value.findings)

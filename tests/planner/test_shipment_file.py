"""A file of shipments as spreadsheets write it."""

from __future__ import annotations

from landbridge.planner.question import Question
from landbridge.planner.shipment_file import read_shipments

PLAIN = "shipment,from,to,avoid,mass\nA1,Minsk,Lahore,suez;sea,\nA2,Brest,Karachi,,12.5\n"


def read(tmp_path, text):
    path = tmp_path / "shipments.csv"
    path.write_text(text, encoding="utf-8")
    return [(row.shipment, row.question) for row in read_shipments(str(path), Question(origin="", destination=""))]


def test_semicolons_and_tabs_part_cells_as_commas_do(tmp_path):
    plain = read(tmp_path, PLAIN)
    assert [(name, asked.avoid, asked.mass) for name, asked in plain] == [("A1", ("suez", "sea"), None), ("A2", (), "12.5")]
    assert read(tmp_path, PLAIN.replace(",", "\t")) == plain
    spreadsheet = 'shipment;from;to;avoid;mass\nA1;Minsk;Lahore;"suez;sea";\nA2;Brest;Karachi;;12.5\n'
    assert read(tmp_path, "\ufeff" + spreadsheet.replace("\n", "\r\n")) == plain

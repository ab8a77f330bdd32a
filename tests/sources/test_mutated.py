"""A thousand feeds broken at random: findings that name a file, never another exception."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from landbridge.domain.errors import DataError
from landbridge.sources.check import check_dataset
from landbridge.sources.codes import get_codes
from landbridge.sources.load import load_dataset
from landbridge.sources.package import list_shipped_feeds
from landbridge.sources.template import list_template_files
from landbridge.sources.write import render_zip, write_feed

BATCHES, FEEDS = 10, 100
SHIPPED_FEEDS = 50

CELLS = (
    "", " ", "0", "-1", "1e9", "NaN", "inf", "999999999999", "9" * 400, "0.00001", "1,5", "½", "٣", "true", "maybe", "null", "None",
    "2026-02-30", "9999-12-31", "1899-12-31", "2026-12-01", "24:00", "25:00", "02-29", "12-32", "Mon;Mon", "Mon;;Tue", ";", ";;;", "XX",
    "USD", "usd", "BGVAR", "GEPTI", "ex-varna-poti", "ex-truck", "example-line", "40HC", "A", "D", "sea", "any", "origin", "percent",
    "=1+1", "@x", "'", '"', "a\nb", "a\rb", "\t", "\x00", "\x07", "\x7f", "\ufeff", "\ufffe", "\u2028", "لاہور", "🚢", "x" * 40_000,
    "../../etc/passwd", "Europe/Minsk", "Europe", "C:\\x", "%s%n", "{0}", "8450", "84", "0", "interval", "dates", "prohibit", "fee",
)  # fmt: skip


class Broken:
    """The files of a feed, broken by some random changes."""

    def __init__(self, files: dict[str, bytes], random_: random.Random) -> None:
        self.files = dict(files)
        self.random = random_

    def break_some(self) -> None:
        for _ in range(self.random.choice((1, 1, 1, 2, 3, 8))):
            change = self.random.choices(
                (self.break_cell, self.break_row, self.break_column, self.break_file, self.break_bytes, self.break_package),
                (12, 4, 4, 3, 3, 3),
            )[0]
            change()

    def pick(self) -> str:
        return self.random.choice([name for name in self.files if name.endswith(".csv")] or ["places.csv"])

    def read(self, name: str) -> list[list[str]]:
        lines = self.files.get(name, b"").decode("utf-8", "replace").split("\n")
        return [line.split(",") for line in lines if line]

    def store(self, name: str, rows: list[list[str]]) -> None:
        self.files[name] = ("\n".join(",".join(row) for row in rows) + "\n").encode("utf-8", "replace")

    def break_cell(self) -> None:
        name = self.pick()
        rows = self.read(name)
        for _ in range(self.random.choice((1, 1, 4))):
            row = self.random.choice(rows[1:] or rows or [[""]])
            if row:
                other = self.random.choice(self.random.choice(rows or [[""]]) or [""])
                row[self.random.randrange(len(row))] = self.random.choice((*CELLS, other, other, other))
        self.store(name, rows)

    def break_row(self) -> None:
        name = self.pick()
        rows = self.read(name)
        if rows:
            position = self.random.randrange(len(rows))
            rows[position : position + 1] = self.random.choice(
                ([], [rows[position]] * 2, [rows[position][:-1]], [[*rows[position], "x"]], [[""]], [["\x00"]], [['"']], rows[::-1])
            )
        self.store(name, rows)

    def break_column(self) -> None:
        name = self.pick()
        rows = self.read(name)
        if rows and rows[0]:
            position = self.random.randrange(len(rows[0]))
            kind = self.random.randrange(5)
            for row in rows[: 1 if kind == 0 else None]:
                if position < len(row):
                    row[position : position + 1] = ([row[position] + "x"], [], [row[position]] * 2, [""], [row[0]])[kind]
        self.store(name, rows)

    def break_file(self) -> None:
        name = self.random.choice(list(self.files) or ["places.csv"])
        data = self.files.pop(name, b"")
        kind = self.random.randrange(8)
        if kind == 1:
            self.files[name] = b""
        elif kind == 2:
            self.files[self.random.choice(("tarif.csv", "x.csv", "notes.txt", "sub/places.csv", "Places.CSV"))] = data
        elif kind == 3:
            self.files[name] = data.decode("utf-8", "replace").encode(
                self.random.choice(("utf-16", "utf-8-sig", "cp1251", "utf-32")), "replace"
            )
        elif kind == 4:
            self.files[name] = self.random.choice((b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG", b"\x1f\x8b\x08", b"<html>", b"{}", b"\n\n\n"))
        elif kind == 5:
            self.files[name] = self.files.get(self.pick(), b"")
        elif kind == 6:
            self.files[name] = data.replace(b"\n", self.random.choice((b"\r\n", b"\r", b"")))
        elif kind == 7:
            self.files[name] = data.replace(b",", b";")

    def break_bytes(self) -> None:
        name = self.random.choice(list(self.files) or ["places.csv"])
        data = bytearray(self.files.get(name, b""))
        for _ in range(self.random.choice((1, 5, 50))):
            if data:
                position = self.random.randrange(len(data))
                data[position : position + self.random.randrange(3)] = self.random.randbytes(self.random.randrange(3))
        self.files[name] = bytes(data[: self.random.choice((None, None, len(data) // 2))])

    def break_package(self) -> None:
        text = self.files.get("datapackage.json", b"").decode("utf-8", "replace")
        old, new = self.random.choice(
            (
                ('"2026-11-24"', '"never"'),
                ('"2026-11-24"', "5"),
                ('"USD"', '"EUR"'),
                ('"USD"', "[]"),
                ('["EU"]', '["XX"]'),
                ('["EU"]', "null"),
                ("450", "-1"),
                ("450", "1e400"),
                ("12", '"12"'),
                ('"as_of"', '"asof"'),
                ('"landbridge": {', '"landbridge": {"extends": "nowhere",'),
                ('"landbridge": {', '"landbridge": {"extends": ".",'),
                ("places.csv", "../places.csv"),
                ("places.csv", "/dev/zero"),
                ("places.csv", "stops.csv"),
                ('"resources": [', '"resources": [[],'),
                ('"name"', '"nam"'),
                ("{", "["),
                ("}", ""),
                ('"title"', '"\\ud800"'),
            )
        )
        self.files["datapackage.json"] = text.replace(old, new).encode("utf-8", "replace")


def check_findings(location: Path, **options: Path) -> bool:
    """Load and check; True if the feed could be used. Each finding must be whole and name a file."""
    try:
        dataset, findings = load_dataset(location, **options)
        findings = (*findings, *check_dataset(dataset))
        is_usable = True
    except DataError as error:
        findings, is_usable = error.findings, False
        assert any(finding.severity == "error" for finding in findings)
    for finding in findings:
        assert finding.code in get_codes()
        assert finding.file
        assert finding.message
        assert len(finding.message) < 1000
    return is_usable


def save_zip(path: Path, files: dict[str, bytes], random_: random.Random) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:  # stored: quicker, and broken bytes reach the tables
        for name, content in files.items():
            archive.writestr(name, content)
    data = bytearray(buffer.getvalue())
    if random_.random() < 0.1:
        for _ in range(random_.choice((1, 20))):
            data[random_.randrange(len(data))] = random_.randrange(256)
    path.write_bytes(data)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_broken_feeds(tmp_path, batch):
    """Cells, rows, columns, files and bytes of a feed are broken at random, in zip files and in folders."""
    template = list_template_files("example")
    usable = 0
    for number in range(FEEDS):
        random_ = random.Random(f"{batch}-{number}")
        broken = Broken(template, random_)
        broken.break_some()
        if number % 5:
            location = tmp_path / f"{number}.zip"
            save_zip(location, broken.files, random_)
        else:
            location = tmp_path / str(number)
            for name, data in broken.files.items():
                (location / name).parent.mkdir(parents=True, exist_ok=True)
                (location / name).write_bytes(data)
        usable += check_findings(location)
    assert 0 < usable < FEEDS


@pytest.mark.parametrize("batch", range(4))
def test_broken_workbooks(tmp_path, batch):
    """Parts and bytes of a workbook are broken at random."""
    (tmp_path / "a.zip").write_bytes(render_zip(list_template_files("example")))
    write_feed(tmp_path / "a.zip", tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for number in range(10):
        random_ = random.Random(f"book-{batch}-{number}")
        broken = dict(members)
        name = random_.choice([name for name in broken if name.endswith((".xml", ".rels"))])
        data = bytearray(broken[name])
        for _ in range(random_.choice((1, 3, 30))):
            position = random_.randrange(len(data))
            data[position : position + random_.randrange(3)] = random_.choice((b"", b"<", b"9", b'"', b"&x;", random_.randbytes(2)))
        broken[name] = bytes(data)
        if random_.random() < 0.2:
            del broken[random_.choice(list(broken))]
        (tmp_path / "b.xlsx").write_bytes(render_zip(broken))
        check_findings(tmp_path / "b.xlsx")


@pytest.mark.parametrize("number", range(200))
def test_broken_rates(tmp_path, number):
    """Own rates broken at random over a feed that is whole."""
    random_ = random.Random(f"rates-{number}")
    template = list_template_files("example")
    broken = Broken({"tariffs.csv": template["tariffs.csv"]}, random_)
    for _ in range(3):
        random_.choice((broken.break_cell, broken.break_row, broken.break_column, broken.break_bytes))()
    (tmp_path / "a.zip").write_bytes(render_zip(template))
    (tmp_path / "mine.csv").write_bytes(broken.files["tariffs.csv"])
    check_findings(tmp_path / "a.zip", rates=tmp_path / "mine.csv")


@pytest.mark.slow
@pytest.mark.skipif("belarus-pakistan" not in list_shipped_feeds(), reason="the shipped feed is not there yet")
def test_the_shipped_feed_broken(tmp_path):
    """The same for the shipped feed."""
    from landbridge.sources.package import SHIPPED

    files = {path.name: path.read_bytes() for path in (SHIPPED / "belarus-pakistan").iterdir() if path.is_file()}
    for number in range(SHIPPED_FEEDS):
        random_ = random.Random(f"shipped-{number}")
        broken = Broken(files, random_)
        broken.break_some()
        save_zip(tmp_path / "a.zip", broken.files, random_)
        check_findings(tmp_path / "a.zip")


def test_random_bytes_are_no_feed(tmp_path):
    """What is nothing at all is one finding."""
    for number in range(50):
        random_ = random.Random(number)
        head = random_.choice((b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"PK\x03\x04xl/workbook.xml"))
        (tmp_path / "a.zip").write_bytes(head + random_.randbytes(random_.randrange(400)))
        assert not check_findings(tmp_path / "a.zip")

"""Feeds at their location, and all that can lie there instead."""

import io
import json
import os
import zipfile

import pytest

from landbridge.domain.errors import DataError
from landbridge.sources import container, package
from landbridge.sources.load import load_dataset
from landbridge.sources.package import find_feed, read_feeds


def find(location, **options):
    try:
        return list(load_dataset(location, **options)[1])
    except DataError as error:
        return list(error.findings)


def make_zip(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    return path


def test_a_folder_a_zip_and_its_manifest_are_one_feed(example):
    """The folder, its datapackage.json and a zip file of it load with the same digest, and rows say the same."""
    folder, archive = example.save(), example.save("feed.zip")
    datasets = [load_dataset(location)[0] for location in (folder, str(folder / "datapackage.json"), archive)]
    assert len({dataset.digest for dataset in datasets}) == 1
    assert {dataset.places[0].row for dataset in datasets} == {"example/places.csv:2"}


def test_a_zip_may_hold_the_folder(example, tmp_path):
    """An archive made of a folder has one folder at its top; hidden files of a Mac do not count."""
    files = [(f"my feed/{name}", data) for name, data in example.list_files().items()]
    path = make_zip(tmp_path / "a.zip", [*files, ("__MACOSX/my feed/._x", b""), ("my feed/.DS_Store", b"")])
    assert find(path) == []


@pytest.mark.parametrize("location", ["", "no-such-feed", "a\0b", "x" * 5000, "/dev/null/x"])
def test_nothing_there(location):
    """A location without a feed is one finding."""
    assert [finding.code for finding in find(location)] == ["FEED-MISSING"]


def test_a_shipped_name_is_suggested(monkeypatch, example, tmp_path):
    """A shipped name goes before a path, and a typing error names it."""
    example.save("data/black-sea")
    monkeypatch.setattr(package, "SHIPPED", tmp_path / "data")
    assert find_feed("black-sea") == tmp_path / "data" / "black-sea"
    assert "'black-sea'" in find("black-see")[0].message
    assert load_dataset("black-sea")[0].info.name == "example"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"%PDF-1.7\n", "FILE-FOREIGN"),
        ("a.csv", b"place_id,name\n", "FILE-FOREIGN"),
        ("a.zip", b"PK\x03\x04 broken", "ARCHIVE-BROKEN"),
        ("a.zip", b"", "FILE-FOREIGN"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "FILE-FOREIGN"),
    ],
)
def test_a_file_of_another_kind(tmp_path, name, data, code):
    """A PDF, a single CSV file or a broken archive is no feed, and says so."""
    (tmp_path / name).write_bytes(data)
    assert [finding.code for finding in find(tmp_path / name)] == [code]


def test_a_device_is_no_feed():
    """What is no plain file is not read: it might never end."""
    assert [finding.code for finding in find("/dev/zero")] == ["FILE-UNREADABLE"]


@pytest.mark.parametrize("name", ["../places.csv", "/etc/places.csv", "C:/places.csv", "a/../../places.csv", "a\\b.csv"])
def test_a_name_that_leads_out_of_the_archive(tmp_path, name):
    """Archives with such names are not read at all."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = name
        archive.writestr(info, b"x")
    assert "ARCHIVE-PATH" in {finding.code for finding in find(path)}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_bounds_of_an_archive(tmp_path, monkeypatch):
    """Too many files, too many bytes and two files of a name are found before anything is unpacked."""
    monkeypatch.setattr(container, "MAX_BYTES", 1000)
    many = make_zip(tmp_path / "many.zip", [(f"{number}.csv", b"") for number in range(201)])
    large = make_zip(tmp_path / "large.zip", [("datapackage.json", b" " * 1001)])
    twice = make_zip(tmp_path / "twice.zip", [("a.csv", b"x"), ("a.csv", b"y")])
    codes = [[finding.code for finding in find(path)] for path in (many, large, twice)]
    assert codes == [["ARCHIVE-TOO-MANY-FILES"], ["ARCHIVE-TOO-LARGE"], ["ARCHIVE-DUPLICATE"]]


def test_an_encrypted_or_damaged_member(example):
    """A file that cannot be unpacked is a finding of its own; the others are still read."""
    path = example.save("feed.zip")
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo("places.csv")
    begin = info.header_offset + 30 + len("places.csv")
    path.write_bytes(data[: begin + 5] + b"\xff\xff\xff\xff" + data[begin + 9 :])
    found = find(path)
    assert ("ARCHIVE-BROKEN", f"{path}/places.csv") in {(finding.code, finding.file) for finding in found}


def test_a_missing_manifest_and_what_else_is_wrong(example, tmp_path):
    """Without datapackage.json the tables are still looked at: all findings at once."""
    folder = example.set("places", 0, lat="100").save()
    (folder / "datapackage.json").unlink()
    assert [finding.code for finding in find(folder)] == ["PACKAGE-MISSING", "CELL-OUT-OF-RANGE"]
    (tmp_path / "empty").mkdir()
    assert [finding.code for finding in find(tmp_path / "empty")] == ["PACKAGE-MISSING"]


def test_resources_name_the_files(example):
    """A table may lie in a file of another name, also in a folder below; what is named and missing is an error."""
    folder = example.save()
    (folder / "tables").mkdir()
    (folder / "places.csv").rename(folder / "tables" / "orte.csv")
    document = json.loads((folder / "datapackage.json").read_text())
    for resource in document["resources"]:
        if resource["name"] == "places":
            resource["path"] = "tables/orte.csv"
    (folder / "datapackage.json").write_text(json.dumps(document))
    assert find(folder) == []
    (folder / "tables" / "orte.csv").unlink()
    assert [finding.code for finding in find(folder)] == ["PACKAGE-PATH"]


@pytest.mark.parametrize("path", ["../places.csv", "/etc/passwd", "https://example.org/a.csv/../../b", ""])
def test_resources_stay_inside(example, path):
    """A resource cannot name a file outside the feed."""
    example.package["resources"] = [{"name": "places", "path": path}]
    folder = example.save()
    document = {**example.package, "resources": [{"name": "places", "path": path}]}
    (folder / "datapackage.json").write_text(json.dumps(document))
    assert "PACKAGE-PATH" in {finding.code for finding in find(folder)}


def test_a_link_out_of_the_folder_is_not_followed(example, tmp_path):
    """A table that is a link to a file elsewhere is refused."""
    folder = example.save()
    (tmp_path / "secret.csv").write_text("place_id\n")
    (folder / "places.csv").unlink()
    (folder / "places.csv").symlink_to(tmp_path / "secret.csv")
    assert "PACKAGE-PATH" in {finding.code for finding in find(folder)}


def test_unknown_tables_are_warned_of(example):
    """A CSV file that is no table is named, with the table that is nearest."""
    folder = example.save()
    (folder / "tarifs.csv").write_text("a\n1\n")
    (finding,) = find(folder)
    assert (finding.code, finding.severity) == ("TABLE-UNKNOWN", "warning")
    assert "'tariffs'" in finding.message


def test_a_feed_extends_another(example, make_example, tmp_path):
    """Only what is added or overridden stands in a feed; rows keep the name of the feed they come from."""
    example.save("base")
    own = make_example(tmp_path, "own").only("sources", "tariffs")
    own.package["landbridge"] = {"extends": "../base", "as_of": "2027-06-01"}
    own.tables["tariffs"] = own.tables["tariffs"][:1]
    own.set("tariffs", 0, amount="950")
    dataset, findings = load_dataset(own.save("own"))
    by_id = {tariff.tariff_id: tariff for tariff in dataset.tariffs}
    assert findings == ()
    assert (dataset.info.name, dataset.info.extends, dataset.info.gates) == ("own", "../base", ("EU",))
    assert (by_id["ex-sea-40hc"].amount.typical, by_id["ex-sea-40hc"].row) == (950, "own/tariffs.csv:2")
    assert by_id["ex-sea-20gp-2025"].row == "example/tariffs.csv:3"
    assert len(dataset.tariffs) == 3
    days = [dataset.info.find_feed(by_id[one])[1].isoformat() for one in ("ex-sea-40hc", "ex-sea-20gp-2025")]
    assert days == ["2027-06-01", "2026-11-24"]


def test_a_circle_of_feeds(example, make_example, tmp_path):
    """Feeds that extend each other are found out, and so is one that extends nothing that is there."""
    example.settings(extends="../b").save("a")
    make_example(tmp_path, "b").settings(extends="../a").save("b")
    assert "EXTENDS-CYCLE" in {finding.code for finding in find(tmp_path / "a")}
    example.settings(extends="../nowhere").save("c")
    (finding,) = find(tmp_path / "c")
    assert (finding.code, finding.file, finding.column) == ("FEED-MISSING", "example/datapackage.json", "extends")


def test_a_feed_needs_a_name_and_a_currency_that_fit_its_base(example, make_example, tmp_path):
    """Two feeds of one name could not be told apart, and exchange rates hold for one settlement currency."""
    example.save("base")
    make_example(tmp_path, "example").settings(extends="../base", settlement_currency="EUR").save("own")
    assert {"EXTENDS-NAME", "EXTENDS-CURRENCY"} <= {finding.code for finding in find(tmp_path / "own")}


def test_an_unreadable_table_does_not_make_its_ids_unknown(example):
    """One broken file is one finding, not a hundred references that lead nowhere."""
    folder = example.save()
    (folder / "places.csv").write_bytes("place_id,name\n".encode("utf-16"))
    assert [finding.code for finding in find(folder)] == ["FILE-ENCODING"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(example):
    """Missing permission is a finding."""
    folder = example.save()
    (folder / "places.csv").chmod(0)
    assert "FILE-UNREADABLE" in {finding.code for finding in find(folder)}


def test_reading_never_raises(tmp_path):
    """`read_feeds` gives what could be read and the findings, whatever lies there."""
    assert read_feeds(tmp_path)[0] == ()

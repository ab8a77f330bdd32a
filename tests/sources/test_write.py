"""Feeds turned from one format into another without loss."""

import json
from itertools import pairwise

import pytest

from landbridge.domain.errors import DataError
from landbridge.sources import write
from landbridge.sources.load import load_dataset
from landbridge.sources.package import read_feeds
from landbridge.sources.write import write_feed


def test_round_the_formats(example, tmp_path):
    """Folder, zip, workbook and folder again: the same digest, the same rows at the same lines, no file changed."""
    example.set("places", 0, note="=1+1, two\nlines").set("places", 1, note="+7 @x").set("goods", 0, name='-Ä;"q"')
    folder = example.save()
    text = (folder / "links.csv").read_text()
    (folder / "links.csv").write_text(text.replace("\n", "\n\n", 2))
    digest = load_dataset(folder)[0].digest
    steps = [folder, tmp_path / "a.zip", tmp_path / "b.xlsx", tmp_path / "c", tmp_path / "d.xlsx", tmp_path / "e.zip"]
    for source, target in pairwise(steps):
        assert write_feed(source, target) == ()
        dataset = load_dataset(target)[0]
        assert dataset.digest == digest
        assert dataset == load_dataset(folder)[0]
    assert {path.name: path.read_bytes() for path in (tmp_path / "c").iterdir() if path.suffix == ".csv"} == {
        path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".csv"
    }


def test_unknown_columns_tables_and_other_files_are_kept(example, tmp_path):
    """What the dictionary does not know is not thrown away; a workbook has no place for a README and says so."""
    for row in example.tables["places"]:
        row["my_column"] = "x"
    folder = example.save()
    (folder / "my_table.csv").write_text("a,b\n1,2\n")
    (folder / "README.md").write_text("hello")
    codes = [finding.code for finding in write_feed(folder, tmp_path / "a.xlsx")]
    assert set(codes) == {"COLUMN-UNKNOWN", "FILE-LEFT-OUT", "TABLE-UNKNOWN"}
    write_feed(folder, tmp_path / "a.zip")
    write_feed(tmp_path / "a.zip", tmp_path / "b")
    assert (tmp_path / "b" / "README.md").read_text() == "hello"
    write_feed(tmp_path / "a.xlsx", tmp_path / "c")
    for target in ("b", "c"):
        assert (tmp_path / target / "my_table.csv").read_text() == "a,b\n1,2\n"
        assert "my_column" in (tmp_path / target / "places.csv").read_text()


def test_the_manifest_keeps_what_it_says(example, tmp_path):
    """Licences and keys of others stay; resources get a Table Schema from the dictionary."""
    example.package["keywords"] = ["Лахор"]
    write_feed(example.save(), tmp_path / "out")
    document = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert document["keywords"] == ["Лахор"]
    (stops,) = [resource for resource in document["resources"] if resource["name"] == "stops"]
    assert stops["schema"]["primaryKey"] == ["service_id", "seq"]
    assert {"fields": "place_id", "reference": {"resource": "places", "fields": "place_id"}} in stops["schema"]["foreignKeys"]
    (field,) = [field for field in stops["schema"]["fields"] if field["name"] == "arrive_h"]
    assert (field["type"], field["unit"], field["constraints"]) == ("number", "h", {"required": True, "minimum": 0})


def test_the_base_is_found_from_the_new_place(example, make_example, tmp_path):
    """A relative `extends` is seen from the destination; a feed that is converted beside itself keeps it as it is."""
    example.save("base")
    make_example(tmp_path, "own").only("sources").settings(extends="../base").save("own")
    (tmp_path / "deep").mkdir()
    for target in ("own.zip", "deep/own.xlsx", "deep/own"):
        write_feed(tmp_path / "own", tmp_path / target)
        assert len(load_dataset(tmp_path / target)[0].places) == 5
    assert read_feeds(tmp_path / "own.zip")[0][-1].manifest.extends == "../base"


def test_a_feed_with_wrong_cells_can_be_converted(example, tmp_path):
    """Somebody may want to correct a feed in a workbook."""
    write_feed(example.set("places", 0, lat="north").save(), tmp_path / "a.xlsx")
    with pytest.raises(DataError, match="'north' is not a number"):
        load_dataset(tmp_path / "a.xlsx")


def test_nothing_is_overwritten(example, tmp_path):
    """A destination that exists is left alone, whatever it is."""
    folder = example.save()
    (tmp_path / "a.zip").write_bytes(b"precious")
    for target in (tmp_path / "a.zip", folder, tmp_path):
        with pytest.raises(DataError, match="exists already"):
            write_feed(folder, target)
    assert (tmp_path / "a.zip").read_bytes() == b"precious"


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        ("feed", "a.xls", "DESTINATION-KIND"),
        ("feed", "a.csv", "DESTINATION-KIND"),
        ("none", "a.zip", "FEED-MISSING"),
        ("broken", "a.zip", "CSV-BROKEN"),
        ("feed", "no/such/folder/a.zip", "FILE-UNWRITABLE"),
        ("feed", "no/such/folder/a", "FILE-UNWRITABLE"),
    ],
)
def test_what_cannot_be_written(example, make_example, tmp_path, source, target, code):
    """A conversion that fails is a finding, and leaves nothing behind."""
    example.save("feed")
    (make_example(tmp_path).save("broken") / "places.csv").write_text('place_id\n"x\n')
    before = set(tmp_path.rglob("*"))
    with pytest.raises(DataError) as error:
        write_feed(tmp_path / source, tmp_path / target)
    assert code in {finding.code for finding in error.value.findings}
    assert set(tmp_path.rglob("*")) == before


def test_a_break_leaves_nothing(example, tmp_path, monkeypatch):
    """Ctrl-C in the middle of a conversion leaves no file."""
    folder = example.save()

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(write, "_check_same", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_feed(folder, tmp_path / "a.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["feed"]


def test_a_workbook_that_would_lose_something_is_not_written(example, tmp_path):
    """A line of the manifest longer than a cell cannot be kept in a workbook."""
    example.package["description"] = "x" * 40_000
    with pytest.raises(DataError) as error:
        write_feed(example.save(), tmp_path / "a.xlsx")
    assert error.value.findings[0].code == "CONVERT-LOSS"
    write_feed(tmp_path / "feed", tmp_path / "a.zip")

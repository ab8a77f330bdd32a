"""One small feed, the template of ``landbridge init``, changed a little by each test."""

import csv
import io
import json
from pathlib import Path

import pytest

from landbridge.domain.errors import DataError
from landbridge.sources.check import check_dataset
from landbridge.sources.load import load_dataset
from landbridge.sources.template import list_template_files
from landbridge.sources.write import render_zip


class Example:
    """The template feed as tables of text, to be changed, saved and loaded."""

    def __init__(self, folder: Path, name: str = "example") -> None:
        self.folder = folder
        self.files = list_template_files(name)
        self.package = json.loads(self.files["datapackage.json"])
        self.tables = {}
        for file, data in self.files.items():
            if file.endswith(".csv"):
                self.tables[file.removesuffix(".csv")] = list(csv.DictReader(io.StringIO(data.decode("utf-8"))))

    def set(self, table: str, position: int, **cells: str) -> "Example":
        """Change cells of one row; ``class_`` is the column class."""
        self.tables[table][position].update({key.rstrip("_"): value for key, value in cells.items()})
        return self

    def add(self, table: str, like: int | None = 0, **cells: str) -> "Example":
        """Add a row like another one, or with nothing but these cells and the source."""
        base = dict(self.tables[table][like]) if like is not None and self.tables[table] else {"source_id": "example-figures"}
        self.tables[table].append({**base, **{key.rstrip("_"): value for key, value in cells.items()}})
        return self

    def only(self, *tables: str) -> "Example":
        self.tables = {table: rows for table, rows in self.tables.items() if table in tables}
        return self

    def settings(self, **settings: object) -> "Example":
        self.package["landbridge"].update(settings)
        return self

    def list_files(self) -> dict[str, bytes]:
        self.package["resources"] = [item for item in self.package["resources"] if item["name"] in self.tables]
        files = {"datapackage.json": json.dumps(self.package).encode()}
        for table, rows in self.tables.items():
            columns = list(dict.fromkeys(key for row in rows for key in row)) or self._header(table)
            buffer = io.StringIO()
            writer = csv.DictWriter(buffer, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
            files[f"{table}.csv"] = buffer.getvalue().encode()
        return files

    def _header(self, table: str) -> list[str]:
        return self.files[f"{table}.csv"].decode().splitlines()[0].split(",")

    def save(self, name: str = "feed") -> Path:
        path = self.folder / name
        files = self.list_files()
        if path.suffix == ".zip":
            path.write_bytes(render_zip(files))
            return path
        path.mkdir(parents=True)
        for file, data in files.items():
            (path / file).write_bytes(data)
        return path

    def load(self, **options: object):
        path = self.folder / "feed.zip"
        path.write_bytes(render_zip(self.list_files()))
        return load_dataset(path, **options)[0]

    def find(self, **options: object) -> list:
        """Everything that is found, as ``landbridge check`` does it."""
        path = self.folder / "feed.zip"
        path.write_bytes(render_zip(self.list_files()))
        try:
            dataset, findings = load_dataset(path, **options)
        except DataError as error:
            return list(error.findings)
        return [*findings, *check_dataset(dataset)]

    def codes(self, **options: object) -> list[str]:
        return [finding.code for finding in self.find(**options)]


@pytest.fixture
def example(tmp_path: Path) -> Example:
    return Example(tmp_path)


@pytest.fixture
def make_example():
    return Example


def codes_of(findings) -> set[str]:
    return {finding.code for finding in findings}


@pytest.fixture(name="codes_of")
def _codes_of():
    return codes_of

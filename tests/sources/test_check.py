"""Checks as a whole: guards stop a feed, remarks do not."""

import inspect
import re

import pytest

from landbridge.domain.dataset import Dataset, DatasetInfo
from landbridge.domain.place import Place
from landbridge.sources import check
from landbridge.sources.check import GUARDS, REMARKS, check_dataset, check_guards
from landbridge.sources.codes import get_codes


@pytest.mark.parametrize("function", [*GUARDS, *REMARKS], ids=lambda function: function.__name__)
def test_a_check_names_its_code(function):
    """The docstring of a check begins with the code it finds; guards find errors, remarks do not."""
    code = re.match(r"[A-Z-]+", inspect.getdoc(function)).group()
    assert (get_codes()[code].severity == "error") == (function in GUARDS)


def test_every_check_is_listed():
    """No check is written and then forgotten."""
    rooms = [value for value in vars(check).values() if inspect.ismodule(value)]
    written = {
        value for room in rooms for name, value in vars(room).items() if name.startswith("check_") and value.__module__ == room.__name__
    }
    assert written == {*GUARDS, *REMARKS}


def test_a_dataset_made_by_hand_is_checked_too(example):
    """Checks need no file: a place that was made in Python is found by where it says it stands."""
    place = Place(source_id="s", row="mine", place_id="XA1", name="x", kind="city", country="XA", lon=0.0, lat=0.0, zone="Etc/UTC")
    dataset = Dataset(info=DatasetInfo(name="mine", as_of=example.load().info.as_of), places=(place,))
    (finding,) = check_guards(dataset)
    assert (finding.code, finding.file, finding.row) == ("PLACE-NOWHERE", "mine", None)
    assert finding in check_dataset(dataset)


def test_an_empty_dataset_has_no_finding(example):
    """Where there is nothing, nothing is wrong."""
    assert check_dataset(Dataset(info=example.load().info.__class__(name="x", as_of=example.load().info.as_of, gates=()))) == ()

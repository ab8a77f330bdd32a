"""The field dictionary and the domain say the same."""

import dataclasses

import pytest

from landbridge.domain.dataset import Dataset
from landbridge.domain.record import Range
from landbridge.sources.cell import make_parser
from landbridge.sources.dictionary import RECORD_BY_TABLE, find_default, get_tables, name_attribute, name_end

TABLES = sorted(get_tables())


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_an_attribute_and_every_attribute_a_column(table):
    """Columns of a table, ranges taken as one, are the attributes of its domain class; only `row` comes from elsewhere."""
    spec = get_tables()[table]
    read = {column.field for attribute in spec.attributes for column in (attribute.low, attribute.field, attribute.high) if column}
    assert read == set(spec.field_by_name)
    assert spec.names == {field.name for field in dataclasses.fields(spec.record)} - {"row"}


@pytest.mark.parametrize("table", TABLES)
def test_ranges_are_ranges_in_the_domain(table):
    """Three columns make a `Range`, one column does not."""
    spec = get_tables()[table]
    types = {field.name: str(field.type) for field in dataclasses.fields(spec.record)}
    for attribute in spec.attributes:
        assert types[attribute.name].startswith(Range.__name__) == attribute.is_range, attribute.name


@pytest.mark.parametrize("table", TABLES)
def test_defaults_agree(table):
    """The default of a column is the default of its attribute, and an attribute without default is required."""
    spec = get_tables()[table]
    fields = {field.name: field for field in dataclasses.fields(spec.record)}
    for attribute in spec.attributes:
        column, default = attribute.field, fields[attribute.name].default
        assert (default is dataclasses.MISSING) == column.is_required, attribute.name
        if column.default:
            assert make_parser(column)(column.default) == default
        elif not column.is_required:
            assert default in ((), None, "")


def test_every_table_of_the_dataset_has_a_spec():
    """`Dataset` holds exactly the tables of the dictionary."""
    assert {field.name for field in dataclasses.fields(Dataset)} - {"info", "digest"} == set(get_tables()) == set(RECORD_BY_TABLE)


@pytest.mark.parametrize("table", TABLES)
def test_references_lead_to_a_table_with_one_key(table):
    """A reference names a table whose key is one id."""
    for field in get_tables()[table].fields:
        assert bool(field.references) == (field.type in ("ref", "refs"))
        if field.references:
            assert len(get_tables()[field.references].key) == 1


@pytest.mark.parametrize(
    ("table", "column", "attribute"),
    [
        ("stops", "arrive_h", "arrive_min"),
        ("links", "distance_km", "distance_m"),
        ("links", "speed_kmh", "speed_m_per_h"),
        ("haulage_rates", "per_km", "per_km"),
        ("hours", "opens", "opens_min"),
        ("emission_factors", "amount", "amount_g"),
        ("rules", "class", "rule_class"),
        ("goods_masses", "mass_kg", "mass_kg"),
    ],
)
def test_units_change_the_name(table, column, attribute):
    """A unit that is converted on entering changes the ending of the name."""
    assert name_attribute(get_tables()[table].field_by_name[column]) == attribute


def test_ends_of_a_range_keep_the_unit_last():
    """`arrive_h` has the ends `arrive_low_h` and `arrive_high_h`, `amount` has `amount_low`."""
    assert (name_end("arrive_h", "low"), name_end("mass_kg", "high"), name_end("amount", "low")) == (
        "arrive_low_h",
        "mass_high_kg",
        "amount_low",
    )


def test_default_of_a_note_is_an_empty_text():
    """An empty cell without default becomes what the domain says, else None."""
    assert find_default(RECORD_BY_TABLE["places"], "note") == ""
    assert find_default(RECORD_BY_TABLE["tariffs"], "estimate") is None

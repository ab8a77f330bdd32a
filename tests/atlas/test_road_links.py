"""Trunk roads that the data lack and rows of ``road_corrections.csv`` give back: the way between towns beyond their ends."""

from __future__ import annotations

import pytest

import landbridge
from landbridge.domain.way import Way


@pytest.mark.parametrize(
    ("origin", "destination", "published_km"),
    [
        ("Pitalito, CO", "Mocoa, CO", 133),
        ("Palu, ID", "Gorontalo, ID", 630),
        ("Guerrero Negro, MX", "Santa Rosalia, MX", 221),
        ("Mogadishu, SO", "Kismayo, SO", 485),
        ("El Calafate, AR", "El Chalten, AR", 215),
        ("Edfu, EG", "Marsa Alam, EG", 228),
        ("Darwin, AU", "Broome, AU", 1_870),  # a traveller's round figure; no row was fitted on it
        ("Palopo, ID", "Manado, ID", 1_342),  # Logistics Capacity Assessment, Sulawesi road network; no row was fitted on it
    ],
)
def test_a_mended_road_is_as_long_as_published(origin, destination, published_km):
    way = landbridge.distance(origin, destination, mode="road")
    assert isinstance(way, Way)
    assert abs(way.distance_m / 1_000 / published_km - 1) <= 0.08


@pytest.mark.parametrize(
    ("origin", "destination", "most"),
    [
        ("Butuan, PH", "Cagayan de Oro, PH", 1.6),
        ("Barquisimeto, VE", "Carora, VE", 1.4),
        ("Campeche, MX", "Ciudad del Carmen, MX", 1.4),
        ("Jimma, ET", "Nekemte, ET", 1.5),
        ("Parepare, ID", "Polewali, ID", 1.9),
        ("Makassar, ID", "Kendari, ID", 2.8),
        ("Vancouver, CA", "Whistler, CA", 1.4),
        ("Geelong, AU", "Warrnambool, AU", 1.4),
        ("Kalgoorlie, AU", "Esperance, AU", 1.4),
        ("Popayan, CO", "Pitalito, CO", 1.6),
        ("Abakan, RU", "Kyzyl, RU", 1.6),
        ("Bratsk, RU", "Ust-Ilimsk, RU", 2.0),
        ("Aktau, KZ", "Zhanaozen, KZ", 1.4),
        ("Villahermosa, MX", "Ciudad del Carmen, MX", 1.6),
        ("Cusco, PE", "Puerto Maldonado, PE", 1.6),
        ("Lusaka, ZM", "Mongu, ZM", 1.4),
        ("Nampula, MZ", "Lichinga, MZ", 1.6),
        ("Maputo, MZ", "Maxixe, MZ", 1.5),
        ("Kampala, UG", "Hoima, UG", 1.5),
        ("Addis Ababa, ET", "Gode, ET", 1.9),
        ("Khartoum, SD", "Nyala, SD", 1.5),
        ("Ulaanbaatar, MN", "Erdenet, MN", 1.7),
    ],
)
def test_a_mended_road_is_no_detour(origin, destination, most):
    """At most this many times the great circle; before each was at least twice as long, there was none, or it began far away."""
    way = landbridge.distance(origin, destination, mode="road")
    assert isinstance(way, Way)
    assert way.distance_m <= most * way.great_circle_m


@pytest.mark.parametrize(("origin", "destination", "country"), [("Goris, AM", "Kapan, AM", "AM"), ("Kapan, AM", "Meghri, AM", "AM")])
def test_a_road_along_a_border_is_in_its_own_country(origin, destination, country):
    way = landbridge.distance(origin, destination, mode="road")
    assert isinstance(way, Way)
    assert [share.country for share in way.countries] == [country]


def test_tabriz_and_yerevan_are_joined_by_the_border_of_iran_and_armenia():
    way = landbridge.distance("Tabriz, IR", "Yerevan, AM", mode="road", avoid=("AZ", "TR"))
    assert isinstance(way, Way)
    assert [share.country for share in way.countries] == ["IR", "AM"]


@pytest.mark.parametrize(
    ("origin", "destination", "border", "most"),
    [
        ("Copenhagen", "Malmo, SE", "DK-SE", 1.6),
        ("Oslo", "Gothenburg", "NO-SE", 1.25),
        ("Bialystok", "Grodno", "PL-BY", 1.3),
        ("Bialystok", "Vawkavysk", "PL-BY", 1.2),
        ("Dargaz, IR", "Kaka, TM", "IR-TM", 1.8),
        ("Parachinar", "Gardez, AF", "PK-AF", 1.2),
        ("Cahul", "Barlad", "MD-RO", 1.5),
        ("Andorra la Vella", "La Seu d'Urgell", "AD-ES", 1.3),
    ],
)
def test_a_road_that_the_data_tear_at_a_border_leads_over_it(origin, destination, border, most):
    """At most this many times the great circle; before, each way was longer than that or led through a third country."""
    way = landbridge.distance(origin, destination, mode="road")
    assert [one.crossing_id for one in way.border_crossings] == [border]
    assert way.distance_m <= most * way.great_circle_m

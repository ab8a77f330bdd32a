from dataclasses import replace
from datetime import date, timedelta

import pytest

from landbridge.domain.party import Regime
from landbridge.verification.case import Case
from landbridge.verification.facts import Facts
from landbridge.verification.law import is_in_force, list_hits, list_judgements
from landbridge.verification.matter import Matter, list_leg_matters, shipment_matter
from landbridge.verification.paper import find_fault, list_needs, papers_at
from landbridge.verification.run import resolve_run
from landbridge.verification.scheduled import resolve_scheduled
from landbridge.verification.status import Standing, standing_of
from tests.verification.corridor import DATASET, QUERY, RUN_1, SAIL, add_rows, document, listing, money, rule, status

DAY = date(2026, 2, 7)
SHIP = Facts(
    modes=frozenset({"sea"}),
    places=frozenset({"BBPRT", "CCPRT"}),
    countries=frozenset({"BB", "CC"}),
    enters=frozenset({"CC"}),
    leaves=frozenset({"BB"}),
    borders=frozenset({"ab"}),
    passages=frozenset({"canal"}),
    operators=frozenset({"line"}),
    vessels=frozenset({"ship"}),
    services=frozenset({"SEA1"}),
    registrations=frozenset({"PA"}),
    flags=frozenset({"PA"}),
)
MATTER = Matter(scope="leg", day=DAY, leg=1, parts=(SHIP,))


def case(*rules, watchlist=(), documents=DATASET.documents, regimes=(), statuses=(), **changes):
    dataset = replace(
        DATASET, rules=rules, watchlist=watchlist, documents=documents, statuses=statuses, regimes=(*DATASET.regimes, *regimes)
    )
    return Case(dataset=dataset, query=replace(QUERY, shipper_id="maker", **changes))


def is_met(*rules, matter=MATTER, **changes):
    return bool(list_hits(case(*rules, **changes), [matter]))


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"modes": ("road", "sea")},
        {"place_ids": ("CCPRT",)},
        {"border_ids": ("ab",)},
        {"passage_ids": ("canal",)},
        {"countries": ("BB",)},
        {"enters": ("CC",)},
        {"registrations": ("PA",)},
        {"flags": ("PA",)},
        {"operator_ids": ("line",)},
        {"service_ids": ("SEA1",)},
        {"hs": ("30", "87")},
        {"hs": ("8701109000",)},
        {"unit_types": ("40HC",)},
        {"party_ids": ("ship",)},
        {"party_ids": ("maker",)},
        {"origin_countries": ("AA",)},
        {"destination_countries": ("CC",)},
        {"not_origin_countries": ("BB",)},
        {"not_destination_countries": ("AA",)},
    ],
)
def test_a_condition_that_holds(condition):
    assert is_met(rule("R", "prohibit", "leg", **condition))


@pytest.mark.parametrize(
    "condition",
    [
        {"modes": ("road",)},
        {"place_ids": ("DDPRT",)},
        {"border_ids": ("xy",)},
        {"passage_ids": ("strait",)},
        {"countries": ("DD",)},
        {"enters": ("BB",)},
        {"registrations": ("AA",)},
        {"flags": ("AA",)},
        {"operator_ids": ("ship",)},
        {"service_ids": ("SEA2",)},
        {"haulage_ids": ("TRK",)},
        {"hs": ("30",)},
        {"hs": ("87012",)},
        {"unit_types": ("20GP",)},
        {"party_ids": ("truckco",)},
        {"origin_countries": ("CC",)},
        {"destination_countries": ("AA",)},
        {"not_origin_countries": ("AA",)},
        {"not_destination_countries": ("CC",)},
        {"modes": ("sea",), "countries": ("DD",)},
        {"status": "signed"},
        {"status": "proposed"},
        {"valid_from": date(2026, 2, 8)},
        {"valid_to": date(2026, 2, 6)},
        {"known_from": date(2026, 1, 11)},
    ],
)
def test_a_condition_that_does_not_hold(condition):
    assert not is_met(rule("R", "prohibit", "leg", **condition))


def test_goods_that_are_not_told_meet_no_rule_for_goods():
    assert not is_met(rule("R", "prohibit", "leg", hs=("87",)), hs=None)


def test_a_rule_of_another_scope_and_an_agreement_are_not_met():
    assert not is_met(rule("R", "prohibit", "transfer"))
    assert not is_met(rule("R", "agreement", "leg"))


def test_a_rule_is_set_aside_while_another_is_in_force():
    one, two, three = (rule(name, "prohibit", "leg", unless_rule_ids=others) for name, others in (("1", ("2",)), ("2", ("3",)), ("3", ())))
    assert [is_in_force(case(one, two, three), row, DAY) for row in (one, two, three)] == [True, False, True]
    ended = replace(three, valid_to=date(2026, 1, 1))
    assert [is_in_force(case(one, two, ended), row, DAY) for row in (one, two)] == [False, True]


def blocks(*rules, **more):
    return [judgement.blocks for judgement in list_judgements(case(*rules, **more), [MATTER])]


@pytest.mark.parametrize(
    ("countries", "is_blocking"), [((), True), (("DD",), True), (("PA",), True), (("AA",), True), (("CC",), True), (("GB",), False)]
)
def test_nexus_is_by_party_vessel_shipper_territory_or_flag(countries, is_blocking):
    regimes = (Regime(source_id="src", regime_id="X", name="", countries=countries),)
    assert blocks(rule("R", "prohibit", "leg", regime_id="X", nexus="jurisdiction"), regimes=regimes) == [is_blocking]
    assert blocks(rule("R", "prohibit", "leg", regime_id="X"), regimes=regimes) == [True]


def test_without_jurisdiction_a_fee_or_a_document_is_nothing():
    rules = (
        rule("F", "fee", "leg", regime_id="EU", nexus="jurisdiction", amount=money(1)),
        rule("D", "require_document", "leg", regime_id="EU", nexus="jurisdiction", document_id="CMR"),
    )
    hits = list_hits(case(*rules), [MATTER])
    assert all(not hit.parts for hit in hits)
    assert list_needs(case(*rules), hits) == ()


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        (listing("W", "UN", "freeze", party_id="line"), [True]),
        (listing("W", "UN", "freeze", party_id="ship"), [True]),
        (listing("W", "UN", "freeze", party_id="maker"), [True]),
        (listing("W", "UN", "freeze", name="THE LINE"), [True]),
        (listing("W", "UN", "freeze", name="The Line Ltd"), []),
        (listing("W", "UK", "freeze", party_id="line"), [False]),
        (listing("W", "EU", "transaction_ban", party_id="line"), [False]),
        (listing("W", "UN", "transaction_ban", party_id="line"), [True]),
        (listing("W", "UN", "sectoral", party_id="line"), [False]),
        (listing("W", "UN", "freeze", party_id="line", listed_on=date(2026, 1, 10)), [True]),
        (listing("W", "UN", "freeze", party_id="line", listed_on=date(2026, 1, 11)), []),
        (listing("W", "UN", "freeze", party_id="line", delisted_on=date(2026, 1, 10)), []),
        (listing("W", "UN", "freeze", party_id="line", delisted_on=date(2026, 1, 11)), [True]),
    ],
)
def test_designations(entry, found):
    assert blocks(watchlist=(entry,)) == found


def test_the_shipper_is_a_party_of_the_shipment_too():
    asked = case(watchlist=(listing("W", "UN", "freeze", party_id="maker"),))
    assert [one.leg for one in list_judgements(asked, [shipment_matter(asked)]) if one.blocks] == [None]


def test_crossings_are_links_and_changes_of_country():
    asked = Case(dataset=DATASET, query=QUERY)
    run = list_leg_matters(resolve_run(asked, RUN_1), 0, DAY, asked)
    ship = list_leg_matters(resolve_scheduled(asked, SAIL), 1, DAY, asked)
    assert [(one.scope, len(one.parts)) for one in run] == [("leg", 2), ("crossing", 1)]
    assert [sorted(part.enters) for one in ship[1:] for part in one.parts] == [["DD"], ["CC"]]


def test_a_change_of_country_without_a_border_row_is_a_crossing():
    links = tuple(replace(link, border_id=None) for link in DATASET.links)
    asked = Case(dataset=replace(DATASET, links=links), query=QUERY)
    matters = list_leg_matters(resolve_run(asked, RUN_1), 0, DAY, asked)
    assert [(one.scope, sorted(one.parts[0].enters)) for one in matters[1:]] == [("crossing", ["BB"])]


def test_documents_pass_their_need_on_even_in_a_circle():
    papers = (document("A", 1, None, needs=("B",)), document("B", 9, None, needs=("C", "A")), document("C", 4, None))
    asked = case(rule("R", "require_document", "leg", document_id="A"), documents=papers)
    hits = list_hits(asked, [MATTER, replace(MATTER, leg=0)])
    needs = list_needs(asked, hits)
    assert [(need.document_id, sorted(need.legs)) for need in needs] == [("A", [0, 1]), ("B", [0, 1]), ("C", [0, 1])]
    assert papers_at(asked, hits) == asked.asked_at + timedelta(days=1 + 9 + 4)


def test_papers_that_cannot_be_had():
    papers = (
        document("OLD", 0, None, valid_to=date(2026, 2, 6)),
        document("FULL", 0, None, kind="permit", quota_left=1),
        document("EUR", 0, money(1), currency="EUR"),
        document("OK", 0, None, kind="permit", quota_left=2),
    )
    ids = ("OLD", "FULL", "EUR", "NONE", "OK")
    asked = case(*(rule(f"R-{name}", "require_permit", "leg", document_id=name) for name in ids), documents=papers)
    needs = list_needs(asked, list_hits(asked, [MATTER]))
    assert {need.document_id for need in needs if find_fault(asked, need, DAY) is None} == {"OK"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), ("unconfirmed", False)),
        ((status("1", service_id="S"),), ("operating", True)),
        ((status("1", service_id="S", status="unconfirmed"),), ("unconfirmed", False)),
        ((status("1", service_id="S", evidence_on=None),), ("operating", False)),
        ((status("1", service_id="S", evidence_on=date(2024, 10, 17)),), ("operating", True)),  # 450 days
        ((status("1", service_id="S", evidence_on=date(2024, 10, 16)),), ("operating", False)),
        ((status("1", service_id="S", evidence_on=date(2026, 5, 1), known_from=date(2025, 1, 1)),), ("operating", True)),
        ((status("1", service_id="S", evidence_on=date(2026, 5, 1), known_from=date(2024, 1, 1)),), ("operating", False)),
        ((status("1", service_id="S", status="ended", valid_from=date(2026, 1, 1)), status("2", service_id="S")), ("ended", False)),
        ((status("1", service_id="S", status="ended", known_from=date(2025, 6, 1)), status("2", service_id="S")), ("ended", False)),
        ((status("1", service_id="S", status="ended"), status("2", service_id="S")), ("operating", True)),
        ((status("1", service_id="S", status="ended", known_from=date(2026, 1, 11)),), ("unconfirmed", False)),
        ((status("1", haulage_id="S"),), ("unconfirmed", False)),
        ((status("1", service_id="S", evidence_on=date(2026, 1, 10), known_from=date(2024, 1, 1)),), ("operating", True)),
    ],
)
def test_status_is_that_of_the_latest_row(rows, expected):
    assert standing_of(case(statuses=rows), "S", True, DAY) == Standing(status=expected[0], is_confirmed=expected[1])


def test_every_rule_of_the_corridor_is_met_or_not_as_planned():
    asked = Case(dataset=add_rows("rules"), query=QUERY)
    hits = list_hits(asked, list_leg_matters(resolve_run(asked, RUN_1), 0, date(2026, 2, 2), asked))
    assert {hit.rule.rule_id for hit in hits} == {"R-CMR", "R-BORDER"}

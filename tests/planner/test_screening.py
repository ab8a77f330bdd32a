"""Screening against the shipped lists, decisions of two people, and the gate inside a plan."""

from dataclasses import replace
from datetime import date

import pytest

from landbridge import planner
from landbridge.domain.errors import QueryError
from landbridge.domain.party import Ownership, WatchlistEntry
from landbridge.domain.party import Party as FeedParty
from landbridge.planner.feed import load_feed
from landbridge.planner.gate import gate_dataset
from landbridge.planner.held_lists import make_screener
from landbridge.planner.screening import Party, Screener, ask_party
from landbridge.planner.watchlists import show_lists
from landbridge.report.screening_document import screening_text
from landbridge.screening.ownership import list_owned
from tests.corridor import S, question, tiny_corridor

AT = "2026-11-26T10:00:00+00:00"
FREEZE = {"measure": "freeze", "listed_on": date(2025, 3, 1)}


def listed(name, **more):
    row = {"entry_id": "listed", "regime_id": "UN", "list_name": "The List", "program": "PROGRAM-1", "name": name, **FREEZE, **more}
    base = tiny_corridor()
    parties = tuple(replace(row, name="Белтаможсервис") if row.party_id == "line" else row for row in base.parties)
    return replace(base, parties=parties, watchlist=(WatchlistEntry(**row, **S),))


def modes(dataset, **asked):
    answer = planner.plan_shipment(dataset, question(tolerance_percent=0, **asked))
    return {leg.mode for itinerary in answer.itineraries for leg in itinerary.legs}, answer


def test_a_listed_carrier_in_another_script_is_rejected_with_list_program_date_and_reason():
    ways, answer = modes(listed("RUE BELTAMOZHSERVICE"))
    assert "sea" not in ways
    row = next(row for row in answer.rejected if row.regime == "UN")
    assert row.since == date(2025, 3, 1)
    for told in ("The List", "PROGRAM-1", "'RUE BELTAMOZHSERVICE' matches 'Белтаможсервис'", "score 1.00"):
        assert told in row.reason


def test_what_a_listed_party_owns_is_rejected_with_the_chain():
    dataset = listed("Owner", party_id="hauler")
    share = Ownership(ownership_id="o", owner_id="hauler", owned_id="line", share_percent=60, valid_from=date(2025, 6, 1), **S)
    ways, answer = modes(
        replace(dataset, ownership=(share,), watchlist=(replace(dataset.watchlist[0], regime_id="UN", party_id="hauler"),))
    )
    assert ways <= {"sea", "road"}
    gated = gate_dataset(
        replace(dataset, ownership=(share,), regimes=tuple(replace(row, ownership_percent=50) for row in dataset.regimes)), question()
    )
    assert any(row.party_id == "line" and "60 % of line" in (row.program or "") for row in gated.watchlist)
    del answer


def test_a_name_that_is_not_sure_is_planned_and_told():
    ways, answer = modes(listed("Beltamozhservice Holding Minsk Naroch"))
    told = [finding for finding in answer.findings if finding.code == "PARTY-REVIEW"]
    assert "sea" in ways
    assert told
    assert "The List" in told[0].message


def test_a_match_is_told_of_the_party_it_is_of_and_of_no_other():
    """The listed company itself is in the feed too: what was matched with it is no second reason against it."""
    dataset = listed("RUE BELTAMOZHSERVICE")
    itself = FeedParty(party_id="itself", name="RUE BELTAMOZHSERVICE", kind="company", **S)
    services = tuple(replace(row, operator_id="itself") for row in dataset.services)
    answer = modes(replace(dataset, parties=(*dataset.parties, itself), services=services))[1]
    reasons = [row.reason for row in answer.rejected if row.regime]
    assert reasons
    assert not [one for one in reasons if "Белтаможсервис" in one]


def test_another_name_changes_nothing():
    dataset = listed("Beltransservice")
    assert [row for row in gate_dataset(dataset, question()).watchlist if not row.row.startswith("world/")] == list(dataset.watchlist)
    assert "sea" in modes(dataset)[0]


def test_the_gate_is_compiled_once():
    dataset = listed("RUE BELTAMOZHSERVICE")
    assert gate_dataset(dataset, question()) is gate_dataset(dataset, question())


@pytest.fixture(scope="module")
def shipped():
    return planner.load_feed("belarus-pakistan")[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("Beltamozhservice", "blocked"),
        ("Белмытсэрвіс", "blocked"),
        ("کشتیرانی جمهوری اسلامی ایران", "blocked"),
        ("Beltransservice", "clear"),
        ("", "unknown"),
        ("x", "unknown"),
        ("\u202e\u2066", "unknown"),
        ("12345", "unknown"),
        ("y" * 10_001, "unknown"),
    ],
)
def test_verdicts_of_the_shipped_lists(shipped, name, verdict):
    assert Screener(shipped, as_of=shipped.info.as_of).screen(Party(name=name)).verdict == verdict


@pytest.mark.slow
def test_days_and_gates_count(shipped):
    rzd = Party(name="Российские железные дороги", kind="company")
    assert Screener(shipped, as_of=shipped.info.as_of).screen(rzd).verdict == "review"
    assert Screener(shipped, as_of=shipped.info.as_of, gates=frozenset({"UK"})).screen(rzd).verdict == "blocked"
    assert Screener(shipped, as_of=date(2020, 1, 1)).screen(rzd).verdict == "clear"


@pytest.mark.slow
def test_old_lists_are_told(shipped):
    found = Screener(shipped, as_of=date(2027, 6, 1)).screen(Party(name="Beltamozhservice"))
    assert any("import a newer edition" in warning for warning in found.warnings)


def test_without_a_list_nothing_is_clear():
    assert Screener(tiny_corridor(), as_of=date(2026, 1, 1)).screen(Party(name="Anybody Ltd")).verdict == "unknown"


def screened(dataset, name="Белтаможсервис"):
    party = Party(name=name, kind="company")
    screener = Screener(dataset, as_of=date(2026, 11, 24))
    found = screener.screen(party)
    planner.record_batch("parties.csv", (found,), AT)
    return found, planner.name_match(party, found.matches[0])


def test_two_people_clear_a_match_and_a_changed_entry_opens_it_again():
    dataset = listed("RUE BELTAMOZHSERVICE")
    found, match = screened(dataset)
    assert found.verdict == "blocked"
    planner.decide(match, "clear", "another company", "Anna", "2026-12-31", AT)
    assert screened(dataset)[0].verdict == "blocked"
    with pytest.raises(QueryError):
        planner.confirm(match, "anna", AT)
    planner.confirm(match, "Boris", AT)
    assert screened(dataset)[0].verdict == "clear"
    assert screened(listed("RUE BELTAMOZHSERVICE", program="PROGRAM-2"))[0].verdict == "blocked"
    late = Screener(dataset, as_of=date(2027, 1, 1)).screen(Party(name="Белтаможсервис", kind="company"))
    assert late.verdict == "blocked"
    assert "expired" in late.matches[0].decision
    assert planner.verify_audit().faults == ()


def test_one_person_is_enough_to_block():
    dataset = listed("Beltamozhservice Holding Minsk Naroch")
    found, match = screened(dataset)
    assert found.verdict == "review"
    planner.decide(match, "blocked", "the same", "Anna", "2026-12-31", AT)
    assert screened(dataset)[0].verdict == "blocked"


def test_a_wrong_decision_is_told_all_at_once():
    with pytest.raises(QueryError) as raised:
        planner.decide("nothing", "maybe", " ", "", "soon", AT)
    assert {finding.code for finding in raised.value.findings} == {"VERDICT", "REASON-NEEDED", "PERSON-NEEDED", "DATE"}
    with pytest.raises(QueryError) as raised:
        planner.decide("nothing", "clear", "why", "Anna", "2027-01-01", AT)
    assert raised.value.findings[0].code == "UNKNOWN-MATCH"


def decided(dataset, name, verdict, people):
    """Decide the match of the carrier as the plan's finding says."""
    party = Party(name=name, kind="company", country=next(row.country for row in dataset.parties if row.name == name) or "")
    found = Screener(dataset, as_of=date(2026, 11, 24)).screen(party)
    planner.record_batch("plan", (found,), AT)
    match = planner.name_match(party, found.matches[0])
    planner.decide(match, verdict, "looked at", people[0], "2027-12-31", AT)
    for other in people[1:]:
        planner.confirm(match, other, AT)


def test_a_plan_obeys_decisions():
    dataset = listed("RUE BELTAMOZHSERVICE")
    decided(dataset, "Белтаможсервис", "clear", ("Anna",))
    assert "sea" not in modes(dataset)[0]
    decided(dataset, "Белтаможсервис", "clear", ("Anna", "Boris"))
    assert "sea" in modes(dataset)[0]
    unsure = listed("Beltamozhservice Holding Minsk Naroch")
    decided(unsure, "Белтаможсервис", "blocked", ("Anna",))
    ways, answer = modes(unsure)
    assert "sea" not in ways
    assert any("blocked by Anna" in row.reason for row in answer.rejected)


@pytest.mark.parametrize("padding", [" " * 1_600, "\u200b" * 1_600])
def test_blanks_and_invisible_signs_hide_nothing(padding: str) -> None:
    screener = Screener(listed("RUE BELTAMOZHSERVICE"), as_of=date(2026, 1, 1))
    assert screener.screen(Party(name=f"Blue Heron {padding} Beltamozhservice")).verdict in ("review", "blocked")


@pytest.mark.parametrize("padding", ["Alpha " * 80, "\ufdfa" * 30, "Альфа\u200b " * 70, "Blue Heron " + "\u0301" * 3_000])
def test_what_is_behind_the_part_that_is_read_is_never_clear(padding: str) -> None:
    screener = Screener(listed("RUE BELTAMOZHSERVICE"), as_of=date(2026, 1, 1))
    found = screener.screen(Party(name=f"{padding}Beltamozhservice"))
    assert found.verdict == "unknown"
    assert any("only the first 400 characters" in warning for warning in found.warnings)
    assert screener.screen(Party(name="Zorvan Kelmaz")).verdict == "clear"


def test_that_lists_are_excerpts_is_told_until_whole_ones_are_there(monkeypatch):
    from landbridge.domain.screening import ListEdition

    screener = make_screener("belarus-pakistan")
    told = [row for row in screener.screen(Party(name="Nobody of all")).warnings if "only excerpts" in row]
    assert len(told) == 1
    assert "US" in told[0]
    whole = ListEdition(list_name="SDN", regime="US", published_on=screener.as_of, entries=17000, origin="sdn.csv", digest="")
    monkeypatch.setattr(screener, "lists", (*screener.lists, whole))
    told = [row for row in screener.screen(Party(name="Nobody of all")).warnings if "only excerpts" in row]
    assert "US" not in told[0]


@pytest.mark.parametrize(("code", "country"), [("UK", "GB"), ("by", "BY"), ("XK", "XK")])
def test_a_country_is_one_of_iso_3166(code, country):
    assert ask_party("A firm", None, code).country == country


@pytest.mark.parametrize("code", ["XX", "EN", "ZZ", "EU"])
def test_letters_that_are_no_country_are_no_evidence_against_anybody(code):
    with pytest.raises(QueryError) as caught:
        ask_party("BELAZ", None, code)
    assert caught.value.findings[0].code == "COUNTRY"


def test_lists_and_names_are_counted_alike_and_owned_parties_apart():
    """What the lists publish, and besides them who is held since somebody on them owns him."""
    shown = show_lists(load_feed("belarus-pakistan")[0])
    screener = make_screener("belarus-pakistan")
    assert [(row.list_name, row.entries, row.owned) for row in screener.lists] == [(row.list_name, row.entries, row.owned) for row in shown]
    found = screener.screen(Party(name="Zzyzx Quarry"))
    owned = [row for row in list_owned(load_feed("belarus-pakistan")[0])]
    assert sum(row.entries for row in shown) == len(load_feed("belarus-pakistan")[0].watchlist)
    assert sum(row.owned for row in shown) == len(owned) > 0
    assert f"{sum(row.entries for row in shown)} entries of {len(shown)} lists and {len(owned)} parties held" in screening_text(found)

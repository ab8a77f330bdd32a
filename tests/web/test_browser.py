"""The pages as a person uses them, in headless Chromium: keyboard, answers, errors; no request elsewhere, no complaint of the browser.

With ``LANDBRIDGE_AXE`` naming axe.min.js, each page is held against its rules too.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from landbridge import planner

AXE = os.environ.get("LANDBRIDGE_AXE")
_FETCH = "fetch(arguments[0]).then((one) => one.text()).then(arguments[1])"


def fill(browser, origin, destination):
    first = browser.find("input[name=origin]")
    first.send_keys(origin)
    browser.find("#lb-origin-list li")
    first.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    second = browser.find("input[name=destination]")
    second.send_keys(destination)
    browser.find("#lb-destination-list li")
    second.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    browser.wait_for("!document.querySelector('.lb-options')")
    second.send_keys(Keys.ENTER)


def check_page(browser, site):
    """What holds for every page: no request elsewhere, no complaint, nothing wider than the window, no rule of axe broken seriously."""
    host = site.removeprefix("http://")
    assert browser.hosts() <= {host}
    assert browser.complaints() == []
    assert browser.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    assert "Traceback" not in browser.text()
    if AXE:
        browser.driver.execute_script(Path(AXE).read_text(encoding="utf-8"))
        found = browser.driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
        serious = [
            (one["id"], [node["html"][:160] for node in one["nodes"][:3]])
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        assert serious == []


@pytest.fixture(scope="module")
def planned(wide, site):
    """The address of a plan, asked for with the keyboard alone."""
    wide.driver.get(site)
    fill(wide, "Varna", "Yerevan")
    wait_until_whole(wide)
    return wide.driver.current_url


def wait_until_whole(browser):
    """Wait for the ways, and for what they are compared with."""
    browser.find(".lb-card", 60)
    rest = "document.querySelector('#lb-panel-other')?.textContent"
    browser.wait_for(f"{rest} && !{rest}.includes('not there yet')", 60)


def test_a_question_is_asked_by_keyboard_and_answered(wide, site, planned):
    assert "/plan/" in planned
    assert "Varna → Yerevan" in wide.text()
    card = wide.find(".lb-card")
    assert "USD" in card.text
    wide.wait_for("document.querySelectorAll('.lb-leg').length > 0")
    wide.wait_for("document.querySelectorAll('.lb-land').length > 100")
    assert wide.find(".lb-chart canvas")
    check_page(wide, site)


@pytest.mark.parametrize("tab", ["journey", "money", "papers", "why", "other", "law"])
def test_every_tab_shows_something(wide, planned, tab):
    wide.click(f"#lb-tab-{tab}")
    assert len(wide.told(f"#lb-panel-{tab}")) > 20


def test_an_amount_opens_its_source(wide, planned):
    wide.click("#lb-tab-money")
    total = wide.told(".lb-total")
    assert "USD" in total
    wide.find(".lb-source summary").click()
    assert "row " in wide.told(".lb-source[open] div")


def test_why_not_is_answered_on_the_page(wide, planned):
    field = wide.find("#lb-why")
    field.clear()
    field.send_keys("Poti", Keys.ESCAPE, Keys.ENTER)
    assert wide.told(".lb-notice[role=status] b")


def test_the_menu_of_downloads_is_closed_by_escape(wide, planned):
    wide.driver.get(planned)
    wide.find(".lb-menu summary").send_keys(Keys.ENTER)
    wide.wait_for("document.querySelector('.lb-menu').open")
    wide.find(".lb-menu a").send_keys(Keys.ESCAPE)
    wide.wait_for("!document.querySelector('.lb-menu').open")
    assert wide.driver.execute_script("return document.activeElement.matches('.lb-menu summary')")


def test_a_shared_plan_opens_at_both_widths(narrow, site, planned):
    narrow.driver.get(planned)
    narrow.find(".lb-card")
    narrow.wait_for("document.querySelectorAll('.lb-leg').length > 0")
    check_page(narrow, site)


def test_a_wrong_question_is_told_field_by_field(wide, site):
    wide.driver.get(site)
    wide.find("input[name=origin]").send_keys("Nowhereville")
    wide.find("input[name=destination]").send_keys("Xyzzy", Keys.ENTER)
    wide.find("[role=alert]")
    assert wide.driver.find_element("css selector", "input[name=origin]").get_attribute("aria-invalid") == "true"
    assert "Nowhereville" in wide.text()
    check_page(wide, site)


def test_the_closest_suggestion_comes_first_and_is_told_by_name_and_country(wide, site):
    wide.driver.get(site)
    field = wide.find("input[name=origin]")
    field.send_keys("Варшава")
    wide.wait_for("document.querySelector('#lb-origin-list li')?.innerText.startsWith('Warsaw')")
    field.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    assert field.get_attribute("value") == "Warsaw, PL"


def test_a_town_with_namesakes_is_told_with_its_country_and_the_others(wide, site):
    wide.driver.get(f"{site}/?origin=Alexandria&destination=Varna&ready=2027-03-01")
    wide.find(".lb-card", 60)
    assert "Alexandria, EG → Varna" in wide.text()
    assert "could also mean Alexandria (" in wide.told(".lb-notes")
    wait_until_whole(wide)


def test_goods_that_the_feed_lacks_are_told_with_what_can_be_asked(wide, site):
    wide.driver.get(site)
    wide.find("#lb-goods").send_keys("cement")
    assert "Any HS code can be asked" in wide.told(".lb-none")
    wide.find("#lb-goods").send_keys(Keys.TAB)
    wide.wait_for("!document.querySelector('.lb-options')")


def test_an_empty_question_is_told_what_is_missing(wide, site):
    wide.driver.get(site)
    wide.wait_for("window.socket && window.socket.connected")
    wide.find(".lb-go").click()
    told = wide.told("[role=alert]")
    assert "Where it goes from is not told" in told
    assert "Where it goes to is not told" in told
    assert wide.wait_for("document.querySelector('.lb-go').getAttribute('aria-busy') === null")


def test_where_no_way_is_open_less_can_be_asked_at_a_click(wide, site):
    wide.driver.get(f"{site}/?origin=Varna&destination=Yerevan&ready=2026-12-01&due=2026-12-02")
    wide.find('.lb-empty [data-values=\'{"due": ""}\']', 60)
    assert "2026-12-02" not in wide.text()
    wide.click('.lb-empty [data-values=\'{"due": ""}\']')
    wait_until_whole(wide)
    assert wide.driver.find_element("css selector", "input[name=due]").get_attribute("value") == ""


def test_the_due_date_is_asked_for_once_where_the_keys_come_to_rest(wide, site, planned):
    wide.driver.get(planned)
    wait_until_whole(wide)
    slide, here = wide.find("#lb-due-slide", 60), wide.driver.current_url
    wide.driver.execute_script("window.asked = 0; document.addEventListener('submit', () => { window.asked += 1; })")
    slide.send_keys(Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_LEFT)
    wide.find(".lb-change", 60)
    assert wide.driver.execute_script("return window.asked") == 1
    wide.driver.back()
    wide.wait_for(f"location.href === '{here}'")


def test_back_shows_the_answer_before_even_while_the_rest_of_the_next_is_worked_out(wide, site, planned):
    wide.driver.get(planned)
    wait_until_whole(wide)
    asked = wide.wait_for("document.querySelector('input[name=ready]').value")
    wide.driver.execute_script(
        "const here = location.href, form = document.querySelector('form.lb-question'), see = new MutationObserver(() => {"
        " if (document.querySelector('.lb-change') && location.href !== here) { see.disconnect(); history.back(); } });"
        "see.observe(document.body, {childList: true, subtree: true});"
        "window.isFirst = true; form.elements.ready.value = '2027-08-03'; form.requestSubmit();"
    )
    wide.wait_for("!window.isFirst", 60)
    wait_until_whole(wide)
    assert wide.driver.current_url == planned
    assert wide.wait_for("document.querySelector('input[name=ready]').value") == asked
    assert not wide.driver.execute_script("return document.querySelector('.lb-change')")
    wide.driver.forward()
    wide.wait_for("document.querySelector('input[name=ready]')?.value === '2027-08-03'", 60)


def test_what_is_worked_out_for_a_question_that_was_replaced_is_stopped(wide, site):
    """The next question comes as soon as the plans of the first are seen; its whole answer, of ways of the world, takes seconds more."""
    import json

    stopped = []
    for day in (1, 3, 5, 7):
        first, second = f"2027-06-0{day}", f"2027-06-0{day + 1}"
        wide.driver.get(site)
        wide.wait_for("window.socket && window.socket.connected")
        wide.driver.execute_script(
            "const form = document.querySelector('form.lb-question');"
            "const ask = (values) => { for (const name in values) form.elements[name].value = values[name]; form.requestSubmit(); };"
            "const see = new MutationObserver(() => { if (document.querySelector('.lb-track') && document.querySelector('.lb-card'))"
            " { see.disconnect(); ask({ready: arguments[1]}); } });"
            "see.observe(document.body, {childList: true, subtree: true});"
            "ask({origin: 'Hamburg', destination: 'Almaty', ready: arguments[0], count: '4'});",
            first,
            second,
        )
        wide.wait_for(f"document.querySelector('input[name=ready]').value === '{second}'", 60)
        wait_until_whole(wide)
        jobs = json.loads(wide.driver.execute_async_script(_FETCH, f"{site}/v1/jobs?limit=4"))["jobs"]
        stopped.append([one["state"] for one in jobs])
        if "cancelled" in stopped[-1]:
            break
    assert stopped[-1] == ["done", "done", "cancelled", "done"]
    assert all(states == ["done"] * 4 for states in stopped[:-1])
    wide.driver.get(site)
    assert f"Ready on Jun\u00a0{day + 1},\u00a02027" in wide.told(".lb-earlier")


def test_earlier_plans_are_found_again(wide, site, planned):
    wide.driver.get(site)
    assert wide.find(".lb-earlier a[href^='/plan/']").is_displayed()


def test_the_form_shows_the_day_that_a_plan_was_made_for(wide, site):
    """A question that names no day is asked of the feed's own; the form must not show another one."""
    import json
    import urllib.request

    body = json.dumps({"origin": "Varna", "destination": "Yerevan"}).encode()
    request = urllib.request.Request(f"{site}/v1/plan", data=body, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        plan_id, plan = answer.headers["Landbridge-Plan"], json.load(answer)
    wide.driver.get(f"{site}/plan/{plan_id}")
    wide.find(".lb-card", 60)
    assert wide.driver.find_element("css selector", "input[name=ready]").get_attribute("value") == plan["query"]["ready_on"]


def test_an_answer_that_has_the_plans_alone_becomes_whole(wide, site):
    """What is chosen stays chosen, the address becomes that of the whole answer, and the rest stands in its place."""
    import json
    import urllib.request

    body = json.dumps({"origin": "Varna", "destination": "Yerevan", "units": "3x40HC"}).encode()
    request = urllib.request.Request(f"{site}/v1/plan?part=plans", data=body, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        alone, plan = answer.headers["Landbridge-Plan"], json.load(answer)
    assert "PLANS-ALONE" in [one["code"] for one in plan["findings"]]
    wide.driver.get(f"{site}/plan/{alone}")
    wide.find(".lb-card", 60)
    wide.wait_for(f"location.pathname.startsWith('/plan/') && location.pathname !== '/plan/{alone}'")
    whole = json.loads(wide.driver.execute_async_script(_FETCH, wide.driver.current_url.replace("/plan/", "/v1/plans/")))
    assert whole["itineraries"] == plan["itineraries"]
    assert "PLANS-ALONE" not in [one["code"] for one in whole["findings"]]
    wide.click("#lb-tab-other")
    assert "not there yet" not in wide.told("#lb-panel-other")
    wide.wait_for("document.querySelector('.lb-menu a').pathname.startsWith('/v1/plans/' + location.pathname.slice(6))")
    wide.wait_for("!document.querySelector('.lb-track')")
    check_page(wide, site)


def test_an_unknown_plan_is_told(wide, site):
    wide.driver.get(f"{site}/plan/no-such-plan")
    assert "no plan has the id" in wide.told("[role=alert]").lower()


def test_an_address_that_leads_nowhere_is_told(wide, site):
    wide.driver.get(f"{site}/nowhere")
    assert "There is no such page" in wide.told("h1")
    assert "Exception" not in wide.text()
    assert wide.find("a.lb-button").get_attribute("href") == f"{site}/"
    assert all("404" in one for one in wide.complaints())


def test_days_that_are_none_stand_in_no_field_and_are_told(wide, site):
    wide.driver.get(f"{site}/?origin=Varna&destination=Yerevan&ready=2026-13-45&due=tomorrow&count=99999999999999999999&goods=trac")
    told = wide.told("[role=alert]")
    assert "2026-13-45" in told
    assert "tomorrow" in told
    assert "no number of units" in told
    assert wide.driver.find_element("css selector", "#lb-ready").get_attribute("aria-invalid") == "true"
    check_page(wide, site)


def test_a_question_whose_page_was_left_is_found_under_way_and_answered(wide, site):
    wide.driver.get(f"{site}/?origin=Yerevan&destination=Varna&ready=2027-03-03&count=1&unit=40HC")
    wide.wait_for("window.socket && window.socket.connected")
    wide.find("[role=status]")
    wide.driver.get("about:blank")
    wide.driver.get(site)
    link = "document.querySelector('.lb-earlier li:first-child a')"  # the list is drawn anew while its questions go on
    wide.wait_for(f"/^Yerevan – Varna(,|$)/.test({link}?.textContent.trim())")
    wide.driver.execute_script(f"{link}.click()")
    wide.find(".lb-card", 60)
    wide.driver.back()
    wide.find("#lb-origin")


def test_two_windows_with_the_same_question_get_the_same_answer(wide, site):
    first = wide.driver.current_window_handle
    address = f"{site}/?origin=Varna&destination=Yerevan&ready=2027-04-04&count=1&unit=40HC"
    wide.driver.get(address)
    wide.driver.switch_to.new_window("tab")
    wide.driver.get(address)
    wide.find(".lb-card", 60)
    plan = wide.driver.current_url
    wide.driver.close()
    wide.driver.switch_to.window(first)
    wide.find(".lb-card", 60)
    assert "/plan/" in plan
    wide.driver.refresh()
    wide.find(".lb-card", 60)


def test_the_theme_is_kept(wide, site):
    wide.driver.get(site)
    before = wide.wait_for("getComputedStyle(document.body).backgroundColor")
    wide.find("[data-act=theme]").click()
    wide.wait_for(f"getComputedStyle(document.body).backgroundColor !== '{before}'")
    wide.driver.get(f"{site}/compliance")
    wide.wait_for(f"getComputedStyle(document.body).backgroundColor !== '{before}'")
    check_page(wide, site)
    wide.find("[data-act=theme]").click()


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_a_listed_name_is_blocked_with_its_reasons(request, site, width):
    browser = request.getfixturevalue(width)
    browser.driver.get(f"{site}/compliance")
    browser.find("input[name=name]").send_keys("Nordwind Obscura", Keys.ENTER)
    assert "Blocked" in browser.told(".lb-verdict")
    assert browser.told(".lb-match table")
    warning = browser.told(".lb-notice.warning")
    assert "only excerpts are at hand" in warning
    assert "landbridge " not in warning  # commands are no use on a page
    check_page(browser, site)


def test_a_decision_without_reason_is_refused(wide, site):
    wide.driver.get(f"{site}/compliance")
    wide.find("input[name=name]").send_keys("Nordwind Obscura Trading", Keys.ENTER)
    wide.find("details.lb-group summary").click()
    wide.find("#lb-by").send_keys("Ann")
    wide.find("button[value=decide]").click()
    assert "a decision needs its reason" in wide.told("[role=alert]").lower()


def test_a_decision_is_entered_and_confirmed_by_a_second_person_alone(wide, site):
    wide.driver.get(f"{site}/compliance")
    wide.find("input[name=name]").send_keys("Nordwind Obscura Trade", Keys.ENTER)
    wide.find("details.lb-group summary").click()
    for field, text in (("by", "Ann"), ("reason", "another party, seen in the register")):
        wide.find(f"#lb-{field}").send_keys(text)
    wide.driver.execute_script("document.getElementById('lb-until').value = '2027-06-01'")
    wide.find("button[value=decide]").click()
    assert "no verdict" in wide.told("[role=alert]").lower()
    wide.driver.execute_script("document.getElementById('lb-verdict').value = 'clear'")
    wide.find("button[value=decide]").click()
    assert "second person" in wide.told(".lb-decided li")
    assert wide.told(".lb-decided .lb-tag") == "Clear"
    wide.find("#lb-second").send_keys("Ann")
    wide.find(".lb-decided button").click()
    assert "another person" in wide.told("[role=alert]").lower()
    wide.find("#lb-second").clear()
    wide.find("#lb-second").send_keys("Bob")
    wide.find(".lb-decided button").click()
    wide.wait_for("document.querySelector('.lb-decided li').innerText.includes('Confirmed by Bob')")
    check_page(wide, site)


def test_a_file_of_names_is_screened(wide, site, tmp_path):
    wide.driver.get(f"{site}/compliance")
    path = tmp_path / "names.csv"
    path.write_text("name\nNordwind Obscura Trading\nHonest Farm\n", encoding="utf-8")
    wide.wait_for("document.querySelector('input[type=file]') !== null")
    wide.driver.find_element("css selector", "input[type=file]").send_keys(str(path))
    wide.find("a[href$='answers.csv']")
    assert "1 blocked" in wide.text()


def test_a_file_in_another_encoding_is_told_and_not_guessed(wide, site, tmp_path):
    """Letters that are guessed are another name, and another name may be clear."""
    wide.driver.get(f"{site}/compliance")
    path = tmp_path / "names.csv"
    path.write_bytes("name\nБеларуськалий\n".encode("cp1251"))
    wide.wait_for("document.querySelector('input[type=file]') !== null")
    wide.driver.find_element("css selector", "input[type=file]").send_keys(str(path))
    assert "is not UTF-8" in wide.told("[role=alert]")


def test_the_audit_log_is_verified(wide, site):
    wide.driver.get(f"{site}/compliance")
    wide.wait_for("window.socket && window.socket.connected")
    wide.driver.find_element("xpath", "//button[contains(., 'Verify now')]").click()
    assert ":" in wide.told("code.lb-code")
    wide.find(".lb-group summary").click()
    newest = wide.told(".lb-group table")
    assert re.search(r"\b[A-Z][a-z]{2}.\d{1,2},.\d{4}", newest)  # in the language of the page, not of the server
    assert not re.search(r"as_of|\d{4}-\d{2}-\d{2}", newest)


def test_the_bar_of_the_framework_that_has_no_name_is_not_shown(wide, site):
    wide.driver.get(site)
    wide.find("#lb-origin")
    shown = "const bar = document.createElement('div'); bar.className = 'q-loading-bar'; document.body.append(bar); "
    assert wide.driver.execute_script(f"{shown} return getComputedStyle(bar).display") == "none"


def test_all_pages_are_walked_by_tab_key(wide, site):
    wide.driver.get(site)
    wide.find("input[name=origin]")
    body = wide.driver.find_element("css selector", "body")
    body.send_keys(Keys.TAB)
    assert wide.driver.switch_to.active_element.get_attribute("class") == "lb-skip"
    names = set()
    for _ in range(24):
        wide.driver.switch_to.active_element.send_keys(Keys.TAB)
        names.add(wide.driver.switch_to.active_element.get_attribute("name"))
    assert {"origin", "destination", "count", "unit", "goods", "ready", "due"} <= names


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_the_corridor_is_shown_with_what_is_in_force(request, site, width):
    browser = request.getfixturevalue(width)
    browser.driver.get(f"{site}/corridor")
    browser.wait_for("document.querySelectorAll('.lb-place').length > 2")
    assert "Rules in force" in browser.text()
    check_page(browser, site)


def test_rows_of_a_table_are_filtered_as_one_types(wide, site):
    wide.driver.get(f"{site}/corridor")
    wide.wait_for("window.socket && window.socket.connected")
    wide.driver.execute_script(
        "const one = document.getElementById('lb-table'); one.value = 'places'; one.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    wide.wait_for("document.querySelector('.lb-raw tbody').innerText.includes('GEPTI')")
    wide.find("input[name=wanted]").send_keys("Poti")
    wide.wait_for("document.querySelectorAll('.lb-raw tbody tr').length === 1")
    assert "GEPTI" in wide.told(".lb-raw tbody")


def test_a_feed_is_checked_and_downloaded(wide, site):
    import urllib.request

    wide.driver.get(f"{site}/corridor")
    wide.wait_for("window.socket && window.socket.connected")
    wide.driver.find_element("xpath", "//button[contains(., 'Check this feed')]").click()
    assert wide.told("[role=status]")
    with urllib.request.urlopen(wide.find("a[href$='feed.zip']").get_attribute("href")) as answer:
        assert answer.read(2) == b"PK"


def test_the_due_date_is_dragged_and_the_change_is_told(wide, site):
    wide.driver.get(site)
    fill(wide, "Varna", "Yerevan")
    slide = wide.find("#lb-due-slide", 60)
    slide.send_keys(Keys.ARROW_LEFT)
    assert wide.told(".lb-change", 60)
    assert wide.driver.find_element("css selector", "input[name=due]").get_attribute("value")


def test_rows_are_pasted_and_faults_stand_in_their_cells(wide, site):
    wide.driver.get(f"{site}/book")
    wide.wait_for("window.socket && window.socket.connected")
    count = wide.driver.execute_script("return document.querySelectorAll('.lb-grid tbody tr').length")
    wide.driver.execute_script(
        "const cell = document.querySelectorAll('.lb-grid tbody tr')[arguments[0] - 1].querySelector('input[data-col=from_place_id]');"
        "const data = new DataTransfer(); data.setData('text/plain', 'Nowhereville\\tPKLHE\\nXyzzy\\tPKLHE\\n'); cell.focus();"
        "cell.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))",
        count,
    )
    assert wide.driver.execute_script("return document.querySelectorAll('.lb-grid tbody tr').length") == count + 1
    wide.find("form .lb-primary").click()
    assert "Nowhereville" in wide.told(".lb-cellfault")
    assert len(wide.driver.find_elements("css selector", ".lb-grid [aria-invalid]")) >= 2
    check_page(wide, site)


def test_a_spreadsheet_with_titles_and_companies_of_ones_own_is_pasted_and_planned(wide, site):
    wide.driver.get(f"{site}/book")
    wide.wait_for("window.socket && window.socket.connected")
    wide.find("[data-act=grid-clear]").click()
    lines = [
        ["Ready", "From", "To", "Units", "Type", "HS code", "Mass, kg", "Shipper", "Consignee"],
        ["05.12.2026", "Varna", "Yerevan", "1", "40HC", "8701", "15 600", "Honest Farm", "Armenian Tractor Yard"],
    ]
    text = "\n".join("\t".join(line) for line in lines)
    wide.driver.execute_script(
        "const cell = document.querySelector('.lb-grid tbody input'); const data = new DataTransfer();"
        "data.setData('text/plain', arguments[0]); cell.focus();"
        "cell.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))",
        text,
    )
    cells = "return Object.fromEntries([...document.querySelectorAll('.lb-grid tbody input')].map((one) => [one.dataset.col, one.value]))"
    shown = wide.driver.execute_script(cells)
    assert (shown["shipper_id"], shown["ready_on"], shown["shipment_id"]) == ("Honest Farm", "05.12.2026", "")
    for name, value in (("seconds", "2"), ("levers", "0"), ("shares", "0"), ("all_ways", "0")):
        field = wide.find(f"input[name={name}]")
        field.clear()
        field.send_keys(value)
    wide.driver.find_element("xpath", "//form//button[contains(., 'Plan the book')]").click()
    wide.wait_for("document.querySelector('.lb-columns')", 60)
    assert "Honest Farm is not in the feed: its name was screened" in wide.text()
    check_page(wide, site)


def test_an_empty_grid_is_told_with_what_to_do(wide, site):
    wide.driver.get(f"{site}/book")
    wide.wait_for("window.socket && window.socket.connected")
    wide.find("[data-act=grid-clear]").click()
    assert wide.wait_for("document.querySelector('.lb-grid').closest('details').querySelector('summary span:last-child').innerText") == "0"
    wide.driver.execute_script("document.querySelector('#lb-seconds').closest('form').requestSubmit()")
    assert "paste rows from a spreadsheet" in wide.told("[role=alert]")


def test_a_scenario_is_switched_on_with_before_and_after(wide, site):
    wide.driver.get(f"{site}/corridor")
    wide.wait_for("window.socket && window.socket.connected")
    wide.find("[role=switch]").click()
    wide.driver.execute_script("document.querySelector('.lb-switches').closest('form').requestSubmit()")
    told = wide.told("h3[role=status]", 60)
    assert "Varna" in told
    assert " × " in told
    check_page(wide, site)


def test_a_book_is_planned_with_progress_and_kept(wide, site):
    wide.driver.get(f"{site}/book")
    wide.wait_for("window.socket && window.socket.connected")
    for name, value in (("seconds", "3"), ("levers", "0"), ("shares", "2")):
        field = wide.find(f"input[name={name}]")
        field.clear()
        field.send_keys(value)
    wide.find("form .lb-primary").click()
    assert wide.told(".lb-tiles", 60)
    assert "?job=" in wide.driver.current_url
    check_page(wide, site)
    wide.driver.get(f"{site}/book")
    assert wide.find(".lb-earlier a").get_attribute("href").startswith(f"{site}/book?job=")


def test_the_form_of_a_run_shows_what_it_was_asked_with(wide, site):
    wide.driver.get(f"{site}/book")
    for name, value in (("seconds", "7"), ("levers", "0"), ("shares", "0")):
        field = wide.find(f"input[name={name}]")
        field.clear()
        field.send_keys(value)
    wide.driver.find_element("xpath", "//form//button[contains(., 'Plan the book')]").click()
    wide.wait_for("location.search.startsWith('?job=')", 60)
    wide.driver.refresh()
    wide.wait_for("document.querySelector('input[name=seconds]')?.value === '7'")
    assert wide.driver.find_element("css selector", "input[name=levers]").get_attribute("value") == "0"


def test_an_uploaded_feed_is_planned_on(wide, site, tmp_path):
    folder, packed = tmp_path / "mine", tmp_path / "mine.zip"
    planner.init_feed(str(folder))
    (folder / "datapackage.json").write_text(
        (folder / "datapackage.json").read_text(encoding="utf-8").replace('"name": "mine"', '"name": "my-own-feed"'), encoding="utf-8"
    )
    planner.convert_feed(str(folder), str(packed))
    wide.driver.get(f"{site}/corridor")
    wide.wait_for("document.querySelector('input[type=file]') !== null")
    wide.driver.find_element("css selector", "input[type=file]").send_keys(str(packed))
    address = wide.find(".lb-notice a[href*='feed=']", 60).get_attribute("href")
    wide.driver.get(address)
    wide.find("a.lb-button[href^='/?feed=']").click()
    wide.wait_for("location.pathname === '/' && window.socket && window.socket.connected")
    fill(wide, "Varna", "Yerevan")
    wide.find(".lb-card", 60)
    assert "feed=" in wide.find(".lb-nav a").get_attribute("href")
    check_page(wide, site)
    wide.driver.get(f"{site}/?feed=0123456789abcdef")
    assert "no feed has the digest" in wide.told("[role=alert]").lower()


def test_the_map_shows_the_way_its_borders_and_closures(wide, site, planned):
    wide.driver.get(planned)
    wide.wait_for("document.querySelectorAll('.lb-leg').length > 0", 60)
    points = wide.wait_for(
        "Math.max(...[...document.querySelectorAll('path.lb-leg')].map((one) => one.getAttribute('d').split('L').length))"
    )
    assert points > 10
    assert wide.driver.execute_script("return document.querySelectorAll('.lb-key .spot').length") == 3


def test_the_time_line_shows_what_changes_next(wide, site):
    wide.driver.get(f"{site}/corridor")
    assert wide.told(".lb-spans li", 30) or wide.told("main")
    assert "What changes when" in wide.text()


def test_a_list_is_imported_and_broken_ones_are_told(wide, site, tmp_path):
    broken, good = tmp_path / "broken.csv", tmp_path / "opensanctions.csv"
    broken.write_text("nonsense", encoding="utf-8")
    head = "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,program_ids,dataset,first_seen,last_seen,last_change\n"  # noqa: E501
    row = 'x-1,Company,Red Kite Shipping,,,ru,,,,,,EU-UKR,"EU Financial Sanctions Files (FSF)",2024-01-01,2026-11-20,2026-11-19\n'
    good.write_text(head + row, encoding="utf-8")
    wide.driver.get(f"{site}/compliance")
    wide.wait_for("window.socket && window.socket.connected")
    form = "//form[.//input[@id='lb-lists']]//button"
    wide.driver.find_element("xpath", form).click()
    assert "Choose a file" in wide.told("[role=alert]")
    wide.find("#lb-lists").send_keys(str(broken))
    wide.driver.find_element("xpath", form).click()
    wide.wait_for("document.querySelector('[role=alert]')?.innerText.includes('broken.csv')")
    wide.find("#lb-lists").send_keys(str(good))
    wide.driver.find_element("xpath", form).click()
    wide.wait_for("document.body.innerText.includes('Imported, and noted')")
    wide.wait_for("[...document.querySelectorAll('.lb-table td')].some(one => one.innerText.includes('OpenSanctions'))")
    check_page(wide, site)


@pytest.mark.parametrize("page", ["", "/corridor", "/book", "/compliance"])
def test_pages_fit_from_right_to_left(narrow, site, page):
    narrow.driver.get(f"{site}{page}")
    narrow.wait_for("window.socket && window.socket.connected")
    assert narrow.driver.execute_script("return document.documentElement.dir") == "ltr"
    narrow.driver.execute_script("document.documentElement.dir = 'rtl'")
    narrow.wait_for("document.querySelector('.lb-brand').getBoundingClientRect().left > innerWidth / 2")
    assert narrow.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")

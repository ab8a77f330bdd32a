"""A server in a process of its own and a headless Chromium, where both are there."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from landbridge import planner

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--hide-scrollbars", "--force-device-scale-factor=1", "--lang=en-US",
)  # fmt: skip


@pytest.fixture(scope="session")
def small_feed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("feeds") / "small"
    planner.init_feed(str(folder))
    row = "made-up,EU,Made-up list,NONE,Nordwind Obscura Trading,,,freeze,2024-01-15,,example-figures,for tests\n"
    with (folder / "watchlist.csv").open("a", encoding="utf-8") as lines:
        lines.write(row)
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "twice.toml").write_text(
        'title = "Twice as much"\ndated_on = 2026-11-24\nsource = "A test."\n'
        '[[scale]]\ntable = "shipments"\ncolumns = ["units"]\nfactor = 2\n',
        encoding="utf-8",
    )
    return str(folder)


@pytest.fixture(scope="session")
def site(small_feed, tmp_path_factory):
    """Address of a running ``landbridge serve``."""
    if not (CHROMIUM and DRIVER):
        pytest.skip("tests in a browser did not run: no chromium and chromedriver on this machine")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("site") / "store"
    command = [sys.executable, "-m", "landbridge", "serve", small_feed, "--port", str(port), "--planners", "1"]
    log = tmp_path_factory.mktemp("log") / "server.txt"
    with log.open("wb") as lines:
        server = subprocess.Popen(command, env={**os.environ, "LANDBRIDGE_HOME": str(home)}, stdout=lines, stderr=subprocess.STDOUT)
    address = f"http://localhost:{port}"
    try:
        wait_until_up(address, server, log)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def wait_until_up(address, server, log):
    for _ in range(1_200):
        if server.poll() is not None:
            raise AssertionError(f"the server ended: {log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not come up")


class Browser:
    """A window of Chromium, with what it asked for and what it complained about."""

    def __init__(self, width, height, profile):
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service

        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for flag in (*FLAGS, f"--window-size={width},{height}", f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(DRIVER))
        told = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", told)

    def find(self, selector, seconds=20):
        """The first visible element of a selector, waited for."""
        from selenium.common.exceptions import StaleElementReferenceException

        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with suppress(StaleElementReferenceException):  # drawn anew between being found and being asked
                for one in self.driver.find_elements("css selector", selector):
                    if one.is_displayed():
                        return one
            time.sleep(0.05)
        raise AssertionError(f"{selector} did not appear: {self.text()[:2000]}")

    def click(self, selector, seconds=20):
        """Click the first visible element of a selector, found anew where the page draws it anew in between."""
        from selenium.common.exceptions import StaleElementReferenceException

        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with suppress(StaleElementReferenceException):
                self.find(selector, until - time.monotonic()).click()
                return
        raise AssertionError(f"{selector} was drawn anew again and again")

    def told(self, selector, seconds=20):
        """The text of a selector as soon as it has one; safe where the page is just being drawn anew."""
        return self.wait_for(f"document.querySelector({json.dumps(selector)})?.innerText", seconds)

    def text(self):
        return self.driver.find_element("css selector", "body").text

    def wait_for(self, script, seconds=20):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if found := self.driver.execute_script(f"return {script}"):
                return found
            time.sleep(0.05)
        raise AssertionError(f"{script} did not come true")

    def hosts(self):
        """Hosts of all requests since the last call."""
        found = set()
        for line in self.driver.get_log("performance"):
            message = json.loads(line["message"])["message"]
            if message["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated"):
                url = message["params"].get("url") or message["params"]["request"]["url"]
                if url.startswith(("http", "ws")):
                    found.add(url.split("/")[2])
        return found

    def complaints(self):
        return [line["message"] for line in self.driver.get_log("browser") if line["level"] in ("SEVERE", "WARNING")]


def open_browser(width, height, profile):
    return Browser(width, height, Path(profile))


@pytest.fixture(scope="session")
def wide(site, tmp_path_factory):
    browser = open_browser(1440, 900, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.driver.quit()


@pytest.fixture(scope="session")
def narrow(site, tmp_path_factory):
    browser = open_browser(390, 844, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.driver.quit()

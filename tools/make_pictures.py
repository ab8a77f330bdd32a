"""``python -m tools.make_pictures [--into FOLDER] [--all]``: pictures of the web app, of a server on the shipped feed with a new store.

Without options the five that README and docs/server.md show (docs/pictures/app-*.png) are made anew. With ``--all`` every page at 1440 and
390 pixels, light and dark, to be looked at. Needs Chromium and chromedriver, as the tests in a browser do.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

SIZES = {"wide": (1440, 900), "phone": (390, 844)}
_FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1", "--lang=en-US")
_PLAN = "/?origin=Minsk&destination=Lahore&count=2&unit=40HC&goods=8701&ready=2026-12-01&go=1"
_UP_S, _ANSWER_S, _BOOK_S = 120, 180, 600
TABS = ("journey", "money", "papers", "why", "other", "law")
_TALLEST = 6_000


class Camera:
    """A window of Chromium on one server."""

    def __init__(self, address: str, size: str, theme: str, profile: str) -> None:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service

        self.address, self.width, self.height = address, *SIZES[size]
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
        for flag in (*_FLAGS, f"--window-size={self.width},{self.height}", f"--user-data-dir={profile}"):
            options.add_argument(flag)
        self.driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        self._set_size(self.height)
        scheme = [{"name": "prefers-color-scheme", "value": theme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})

    def _set_size(self, height: int) -> None:
        told = {"width": self.width, "height": height, "deviceScaleFactor": 1, "mobile": self.width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", told)

    def open(self, path: str, until: str) -> None:
        """Open a page and wait for what a selector names."""
        self.driver.get(self.address + path)
        self.wait(f"document.querySelector({until!r})")

    def wait(self, script: str, seconds: float = _ANSWER_S) -> Any:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := self.driver.execute_script(f"return {script}"):
                return found
            time.sleep(0.1)
        raise TimeoutError(f"{script} did not come true: {self.driver.find_element('css selector', 'body').text[:500]}")

    def press(self, selector: str) -> None:
        self.driver.execute_script(f"document.querySelector({selector!r}).click()")

    def take(self, path: Path, *, is_whole: bool = False) -> None:
        """Write what is seen, or the whole page."""
        time.sleep(1.5)
        if is_whole:
            self._set_size(min(_TALLEST, int(self.driver.execute_script("return document.documentElement.scrollHeight"))))
            time.sleep(0.5)
        self.driver.save_screenshot(str(path))
        self._set_size(self.height)


Show = Callable[[Camera], None]


@contextmanager
def serve() -> Iterator[str]:
    """The address of a server on the shipped feed, its store new and gone afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "landbridge", "serve", "--port", str(port), "--planners", "1"]
        server = subprocess.Popen(command, env={**os.environ, "LANDBRIDGE_HOME": home}, stdout=subprocess.DEVNULL)
        address = f"http://localhost:{port}"
        try:
            _wait_until_up(address)
            yield address
        finally:
            server.terminate()
            server.wait(15)


def _wait_until_up(address: str) -> None:
    for _ in range(10 * _UP_S):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not come up")


@contextmanager
def camera(address: str, size: str, theme: str) -> Iterator[Camera]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        found = Camera(address, size, theme, profile)
        try:
            yield found
        finally:
            found.driver.quit()


def show_plan(eye: Camera) -> None:
    eye.open(_PLAN, "#lb-origin")
    eye.wait("document.querySelector('.lb-card')")
    rest = "document.querySelector('#lb-panel-other')?.textContent"
    eye.wait(f"{rest} && !{rest}.includes('not there yet')")
    eye.wait("document.querySelectorAll('.lb-leg').length")


def show_tab(name: str) -> Show:
    def _show(eye: Camera) -> None:
        show_plan(eye)
        eye.press(f"#lb-tab-{name}")

    return _show


def show_empty(eye: Camera) -> None:
    eye.open("/", "#lb-origin")


def show_fault(eye: Camera) -> None:
    eye.open("/?origin=Nowhereville&destination=Lahore&due=2026-11-01", "[role=alert]")


def show_grid(eye: Camera) -> None:
    eye.open("/book", ".lb-grid")


def show_book(eye: Camera) -> None:
    """A joint plan: the newest one if there is one already."""
    eye.open("/book", ".lb-grid")
    known = eye.driver.execute_script("return document.querySelector('.lb-earlier a')?.getAttribute('href')")
    if known is None:
        eye.press("form button[type=submit]")
    else:
        eye.driver.get(eye.address + known)
    eye.wait("document.querySelector('.lb-columns')", _BOOK_S)


def show_corridor(eye: Camera) -> None:
    eye.open("/corridor", ".lb-map .lb-net")


def show_scenario(eye: Camera) -> None:
    show_corridor(eye)
    eye.press("input[name=scenarios]")
    eye.press("form:has(input[name=scenarios]) button[type=submit]")
    eye.wait("document.querySelector('form:has(input[name=scenarios]) + * table')")


def show_compliance(eye: Camera) -> None:
    eye.open("/compliance", "#lb-name")


def show_screening(eye: Camera) -> None:
    show_compliance(eye)
    eye.driver.execute_script("document.querySelector('#lb-name').value = 'Khazar Sea Shipping Lines'")
    eye.press("form:has(#lb-name) button[type=submit]")
    eye.wait("document.querySelector('.lb-verdict')")


def shoot_docs(address: str, folder: Path) -> None:
    """The pictures of README and docs/server.md."""
    for name, size, theme, show in (
        ("app-plan", "wide", "light", show_plan),
        ("app-book", "wide", "light", show_grid),
        ("app-corridor", "wide", "light", show_corridor),
        ("app-phone", "phone", "light", show_plan),
        ("app-compliance", "wide", "dark", show_screening),
    ):
        with camera(address, size, theme) as eye:
            show(eye)
            eye.take(folder / f"{name}.png")
        _shrink(folder / f"{name}.png")


def _shrink(path: Path) -> None:
    """Write a picture with few colors: fewer bytes, and nobody sees it."""
    from PIL import Image

    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(colors=256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


EVERY: dict[str, Show] = {
    "empty": show_empty, "fault": show_fault, "plan": show_plan, **{f"plan-{one}": show_tab(one) for one in TABS[1:]}, "grid": show_grid,
    "book": show_book, "corridor": show_corridor, "scenario": show_scenario, "compliance": show_compliance, "screening": show_screening,
}  # fmt: skip


def shoot_all(address: str, folder: Path, only: Sequence[str]) -> None:
    """Every page, whole, at both widths, light and dark."""
    for size in SIZES:
        for theme in ("light", "dark"):
            with camera(address, size, theme) as eye:
                for name, show in EVERY.items():
                    if not only or name in only:
                        show(eye)
                        eye.take(folder / f"{name}-{size}-{theme}.png", is_whole=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures."""
    parser = argparse.ArgumentParser(prog="python -m tools.make_pictures", description="Pictures of the web app.")
    parser.add_argument("--into", type=Path, default=Path("docs/pictures"), metavar="FOLDER")
    parser.add_argument("--all", action="store_true", help="every page at both widths, light and dark")
    parser.add_argument("--only", action="append", default=[], choices=sorted(EVERY), help="of those: this one; repeat")
    parser.add_argument("--address", help="of a server that runs already")
    asked = parser.parse_args(arguments)
    asked.into.mkdir(parents=True, exist_ok=True)
    with nullcontext(asked.address) if asked.address else serve() as address:
        if asked.all or asked.only:
            shoot_all(address, asked.into, asked.only)
        else:
            shoot_docs(address, asked.into)
    return 0


if __name__ == "__main__":
    sys.exit(main())

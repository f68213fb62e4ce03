"""A real browser, and the kit's page in it with words for what a reader does and sees."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.wait import WebDriverWait

AXE = Path(__file__).parent / "node" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--force-color-profile=srgb",
    "--window-size=1400,900",
]


def needed(tool: str | None, name: str) -> str:
    """What a test with a part from outside needs: skips where it is missing, but fails in CI, where it must be."""
    if tool is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is missing; .ci/run installs it")
        pytest.skip(f"needs {name}")
    return tool


def start(folder: Path) -> webdriver.Chrome:
    """A browser with an empty profile in `folder`, that keeps what the page says on its console."""
    options = webdriver.ChromeOptions()
    options.binary_location = needed(shutil.which("chromium") or shutil.which("google-chrome"), "Chromium")
    for flag in [*FLAGS, f"--user-data-dir={folder}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    os.environ["NO_PROXY"] = "localhost,127.0.0.1"
    return webdriver.Chrome(options=options, service=Service(needed(shutil.which("chromedriver"), "ChromeDriver")))


class Page:
    """The page in the browser, as someone sees it who was never there."""

    def __init__(self, browser, address, width=1400, height=900, scheme="dark", touch=False):
        self.browser, self.address = browser, address
        browser.get("about:blank")
        browser.get_log("browser")
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        self.command("Storage.clearDataForOrigin", origin=origin, storageTypes="local_storage")
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": touch}
        self.command("Emulation.setDeviceMetricsOverride", **size)
        self.command("Emulation.setTouchEmulationEnabled", enabled=touch)
        self.prefers(scheme)
        self.come()

    def come(self, hash=""):
        """Opens the page from elsewhere, as it is left in this browser."""
        self.browser.get("about:blank")
        self.browser.get(self.address + hash)
        self.until("video.readyState >= 1 && !video.seeking", "its metadata are there")

    def command(self, name, **arguments):
        return self.browser.execute_cdp_cmd(name, arguments)

    def prefers(self, scheme):
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def js(self, expression, *arguments):
        script = (
            "const video = document.getElementById('video'), id = (name) => document.getElementById(name),"
            f" text = (selector) => document.querySelector(selector)?.textContent; return {expression}"
        )
        return self.browser.execute_script(script, *arguments)

    def until(self, condition, what):
        WebDriverWait(self.browser, 15, 0.03).until(lambda _: self.js(condition), f"never so: {what}")

    def click(self, selector):
        self.js("document.querySelector(arguments[0]).click()", selector)

    def press(self, *keys):
        self.browser.switch_to.active_element.send_keys(*keys)

    def type(self, text):
        self.js("id('query').focus()")
        self.press(text)

    def seek(self, second):
        self.js("void (video.currentTime = arguments[0])", second)
        self.until(f"!video.seeking && Math.abs(video.currentTime - {second}) < 0.05", "it has sought")

    @property
    def second(self):
        return self.js("video.currentTime")

    @property
    def chapter(self):
        return self.js("text('#chapters [aria-current] span:last-child')")

    @property
    def caption(self):
        return self.js("text('#caption')")

    @property
    def background(self):
        return self.js("getComputedStyle(document.body).backgroundColor")

    def box(self, selector):
        """Left, top, right, bottom in the window."""
        box = "document.querySelector(arguments[0]).getBoundingClientRect()"
        return self.js(f"(b => [b.left, b.top, b.right, b.bottom])({box})", selector)

    def complaints(self):
        return [entry for entry in self.browser.get_log("browser") if entry["level"] != "INFO"]


def rgb(colour):
    return "rgb({}, {}, {})".format(*(int(colour[i : i + 2], 16) for i in (1, 3, 5)))

"""Draws docs/pictures/lab.webp, the lab in Chromium: python tools/lab_picture.py"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import time
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from reluviz.core import Experiment
from reluviz.lab.link import write_link
from reluviz.lab.page import write_page

PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "lab.webp"


def main() -> None:
    """Example 4 after 983 updates."""
    os.environ["NO_PROXY"] = "localhost,127.0.0.1"
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page = Path(folder) / "lab.html"
        write_page(page, write_link(Experiment.from_library("merging-neurons"), iteration=983))
        for flag in ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"):
            options.add_argument(flag)
        browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        size = {"width": 1280, "height": 760, "deviceScaleFactor": 1.25, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        dark = [{"name": "prefers-color-scheme", "value": "dark"}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": dark})
        browser.get(page.as_uri())
        time.sleep(2)
        drawn = Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB")
        browser.quit()
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    drawn.save(PICTURE, quality=82, method=6)
    print(f"{PICTURE.name}: {drawn.width} × {drawn.height}, {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

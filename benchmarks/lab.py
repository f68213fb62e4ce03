"""What the lab costs in Chromium without a GPU: training, a frame of a drag, the map, the first picture; into lab.md.

    python benchmarks/lab.py

At 1440 × 900. Three rounds, of which the quickest counts, so that figures hold on a noisy machine.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from reluviz.lab.page import given, page, write_page

ROUNDS = 3
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--window-size=1440,900", "--hide-scrollbars",
)  # fmt: skip

TRAIN = """
const times = [];
for (let k = 0; k < 400; k++) {
  const began = performance.now();
  for (let j = 0; j < 5; j++) lab.session.trained(lab.session.experiment, "benchmark");
  times.push((performance.now() - began) / 5);
}
return times.slice(100);
"""

# The pointer moves, the page trains and draws in its next frame; the canvas is read, so that what the browser puts off
# is done as well. From the pointer's event to the finished picture, without the wait for the frame.
DRAG = """
const done = arguments[0];
const times = [];
lab.session.beginDrag();
const draw = lab.board.draw;
lab.board.draw = function (moment) {
  const shown = draw.call(this, moment);
  this.canvas.getContext("2d").getImageData(700, 300, 1, 1);
  return shown;
};
function go() {
  if (times.length === 400) {
    lab.board.draw = draw;
    lab.session.endDrag();
    done(times.slice(100));
    return;
  }
  const began = performance.now();
  lab.board.handles.known.get("disc 1").handle.drag(300 + (times.length % 200) * 2, 500);
  const moved = performance.now() - began;
  let frame = 0;
  requestAnimationFrame(() => { times.push(moved + performance.now() - frame); setTimeout(go, 3); });
  const inner = lab.session.ensure;
  lab.session.ensure = function () {
    frame = performance.now();
    lab.session.ensure = inner;
    return inner.call(this);
  };
}
go();
"""

MAP = """
const done = arguments[0];
[...document.querySelectorAll("button")].find((button) => button.textContent === "Draw the map").click();
const began = performance.now();
const times = [];
let before = began;
function frame(now) {
  times.push(now - before);
  before = now;
  if (lab.map.workers.length) { lab.redraw(); requestAnimationFrame(frame); }
  else done([(performance.now() - began) / 1000, times.slice(5)]);
}
requestAnimationFrame(frame);
"""


def measured(address: str) -> dict[str, float]:
    """One round in a browser of its own."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            browser.set_script_timeout(300)
            browser.get(address)
            time.sleep(2)
            paint = browser.execute_script("return performance.getEntriesByType('paint')[0].startTime")
            train: Any = np.array(browser.execute_script(TRAIN))
            drag: Any = np.array(browser.execute_async_script(DRAG))
            browser.get(address)
            time.sleep(1)
            seconds, frames = browser.execute_async_script(MAP)
            return {
                "paint": paint / 1000,
                "train": float(np.median(train)),
                "drag": float(np.median(drag)),
                "drag95": float(np.quantile(drag, 0.95)),
                "map": seconds,
                "frame": float(np.median(frames)),
                "version": float(browser.capabilities["browserVersion"].split(".")[0]),
            }
        finally:
            browser.quit()


def main() -> None:
    """Measures, and writes lab.md beside this file."""
    os.environ["NO_PROXY"] = "localhost,127.0.0.1"
    with tempfile.TemporaryDirectory() as folder:
        write_page(Path(folder) / "lab.html")
        rounds = [measured((Path(folder) / "lab.html").as_uri()) for _ in range(ROUNDS)]
    best = {key: min(one[key] for one in rounds) for key in rounds[0]}
    size = len(page().encode()) - len(json.dumps(given(), separators=(",", ":")).encode())
    rows = [
        ("20,000 updates of four neurons, all recorded, warm", f"{best['train']:.2f} ms", "2 ms"),
        ("the same number of updates by TensorFlow Playground's `nn.ts`, in Node.js", "20 ms", ""),
        ("a frame of a drag: 20,000 updates anew, wake, picture, numbers; median", f"{best['drag']:.1f} ms", "16 ms"),
        ("the same, 95th percentile", f"{best['drag95']:.1f} ms", "33 ms"),
        ("the first paint of `lab.html`, from a file", f"{best['paint']:.2f} s", "1 s"),
        ("the page without its data", f"{size / 1000:.0f} kB", "150 kB"),
        ("map of 96 × 96 starts of 20,000 updates", f"{best['map']:.1f} s", "30 s"),
        ("frames of the page while the map is drawn, median", f"{1000 / best['frame']:.0f} a second", "30 a second"),
    ]
    table = "\n".join(f"| {what} | {got} | {wanted} |" for what, got, wanted in rows)
    text = (
        "# What the lab costs\n\n"
        f"Measured {date.today()} in Chromium {best['version']:.0f} without a GPU, 1440 × 900, on {os.cpu_count()} "
        f"cores, {platform.machine()}; made by `python benchmarks/lab.py`, the quickest of {ROUNDS} rounds.\n\n"
        f"| what | measured | at most, or at least |\n|---|---|---|\n{table}\n"
    )
    (Path(__file__).with_suffix(".md")).write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()

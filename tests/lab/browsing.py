"""The lab in a real browser, with words for what a student does and sees."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from selenium.webdriver.support.wait import WebDriverWait


class Silent(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *words):
        pass


@contextmanager
def served(folder):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


class Page:
    """The lab, with words for what a student does and sees."""

    def __init__(self, browser, address, width=1440, height=900, touch=False, scheme="dark"):
        self.browser = browser
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": touch}
        self.command("Emulation.setDeviceMetricsOverride", **size)
        self.command("Emulation.setTouchEmulationEnabled", enabled=touch)
        feature = [{"name": "prefers-color-scheme", "value": scheme}]
        self.command("Emulation.setEmulatedMedia", features=feature)
        browser.get("about:blank")
        browser.get_log("browser")
        browser.get(address)
        self.until("window.lab && lab.session && document.querySelectorAll('.handle.disc').length > 0", "it is there")

    def command(self, name, **arguments):
        return self.browser.execute_cdp_cmd(name, arguments)

    def js(self, expression, *arguments):
        return self.browser.execute_script(f"return {expression}", *arguments)

    def until(self, condition, what, seconds=15):
        WebDriverWait(self.browser, seconds, 0.03).until(lambda _: self.js(condition), f"never so: {what}")

    def settled(self):
        self.until("lab.player.playing || !lab.pending", "it is drawn")

    def button(self, text):
        found = "[...document.querySelectorAll('button')].find(b => b.textContent === arguments[0])"
        self.js(f"{found}.closest('details') && ({found}.closest('details').open = true)", text)
        self.js(f"{found}.click()", text)
        self.settled()

    def press(self, *keys):
        self.browser.switch_to.active_element.send_keys(*keys)
        self.settled()

    def focus(self, name):
        assert self.js("(h => h && (h.focus(), true))([...document.querySelectorAll('[role=slider]')]"
                       ".find(h => h.ariaLabel.startsWith(arguments[0])))", name), name  # fmt: skip

    def place(self, name):
        return self.js("(b => [b.x + b.width / 2, b.y + b.height / 2])([...document.querySelectorAll('[role=slider]')]"
                       ".find(h => h.ariaLabel.startsWith(arguments[0])).getBoundingClientRect())", name)  # fmt: skip

    def drag(self, name, dx, dy, touch=False):
        x, y = self.place(name)
        path = [(x + dx * k / 4, y + dy * k / 4) for k in range(5)]
        if touch:
            self.command("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
            for px, py in path:
                self.command("Input.dispatchTouchEvent", type="touchMove", touchPoints=[{"x": px, "y": py}])
            self.command("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
        else:
            mouse = partial(self.command, "Input.dispatchMouseEvent", button="left", clickCount=1)
            mouse(type="mousePressed", x=x, y=y)
            for px, py in path:
                mouse(type="mouseMoved", x=px, y=py, buttons=1)
            mouse(type="mouseReleased", x=path[-1][0], y=path[-1][1])
        self.settled()

    @property
    def link(self):
        self.until("!lab.remembering && lab.written === location.hash", "the address is written")
        return self.js("location.href")

    @property
    def experiment(self):
        return self.js("lab.session.experiment")

    @property
    def text(self):
        return self.js("document.querySelector('.reluviz-lab').innerText")

"""A server of files, and the lab in a browser with words for what a student does and sees."""

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
        self.open(address)

    def open(self, address):
        self.browser.get("about:blank")
        self.browser.get_log("browser")
        self.browser.get(address)
        self.until("window.lab && lab.session && document.querySelectorAll('.handle.disc').length > 0", "it is there")

    def command(self, name, **arguments):
        return self.browser.execute_cdp_cmd(name, arguments)

    def js(self, expression, *arguments):
        return self.browser.execute_script(f"return {expression}", *arguments)

    def until(self, condition, what, seconds=15, *arguments):
        WebDriverWait(self.browser, seconds, 0.03).until(lambda _: self.js(condition, *arguments), f"never so: {what}")

    def settled(self):
        self.until("!window.lab || lab.player.playing || !lab.pending", "it is drawn")

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
        self.move([(x + dx * k / 4, y + dy * k / 4) for k in range(5)], touch)

    def move(self, path, touch=False):
        """Down at the first place, over the others, up at the last: a click where there is one place."""
        kind = "touch" if touch else "mouse"
        for step, (x, y) in zip(("down", *["over"] * (len(path) - 1)), path, strict=True):
            self.point(kind, step, x, y)
        self.point(kind, "up", *path[-1])
        self.settled()

    def point(self, kind, step, x, y):
        if kind == "touch":
            name = {"down": "touchStart", "over": "touchMove", "up": "touchEnd"}[step]
            self.command("Input.dispatchTouchEvent", type=name, touchPoints=[] if step == "up" else [{"x": x, "y": y}])
        else:
            name = {"down": "mousePressed", "over": "mouseMoved", "up": "mouseReleased"}[step]
            self.command("Input.dispatchMouseEvent", type=name, x=x, y=y, button="left", buttons=1, clickCount=1)

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

"""The lab in a real browser, as a file and over HTTP: by mouse, by touch, by keys; its bits, its map, its links."""

import json
import shlex
import threading
import tomllib
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from reluviz.core import Experiment
from reluviz.core.summary import state_hash
from reluviz.core.training.one import train
from reluviz.lab.bundle import WEB
from reluviz.lab.link import read_iteration, read_link, write_link
from reluviz.lab.page import write_page
from reluviz.theme import THEMES
from tests.publish.conftest import needed
from tests.publish.test_browser import AXE, chromium, rgb  # noqa: F401


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


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    page = tmp_path_factory.mktemp("lab") / "lab.html"
    write_page(page)
    (page.parent / "course.html").write_text('<iframe src="lab.html" width="900" height="700"></iframe>')
    with served(page.parent) as address:
        yield {"file": page.as_uri(), "http": address + "lab.html", "course": address + "course.html"}


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


@pytest.fixture(params=["file", "http"])
def page(request, chromium, places):  # noqa: F811
    page = Page(chromium, places[request.param])
    yield page
    assert [entry for entry in chromium.get_log("browser") if entry["level"] != "INFO"] == []


@pytest.fixture
def lab(chromium, places):  # noqa: F811
    return Page(chromium, places["http"])


def test_a_drag_trains_anew_and_the_link_holds_it(page):
    before = page.js("lab.session.end.biases")
    page.drag("Neuron 2, origin", 120, 3)
    experiment = page.experiment
    assert experiment["start"]["biases"][1] < -0.9 and experiment["start"]["biases"][0] == -0.002
    assert page.js("lab.session.end.biases") != before
    read = read_link(page.link)
    assert read.start.biases.tolist() == experiment["start"]["biases"]
    page.until("document.querySelector('.hash').textContent.length === 64", "the hash is there")
    assert page.js("document.querySelector('.hash').textContent") == state_hash(train(read)), "the same bits as here"
    page.button("Undo")
    assert page.experiment["start"]["biases"][1] == -0.5
    page.button("Redo")
    assert page.experiment["start"]["biases"] == experiment["start"]["biases"]
    assert page.js("lab.session.history.past.length") == 1, "a drag is one change"


def test_arms_and_corners_by_mouse(lab):
    lab.drag("Neuron 4, weight", -20, -60)
    assert lab.experiment["start"]["weights"][3] > 0.5
    lab.drag("Target, corner 2, height", 0, -40)
    corners = lab.js("lab.session.corners")
    assert corners[2][1] > 3.2 and corners[1] == [1, 2] and len(corners) == 5
    lab.focus("Target, corner 1, height")
    lab.press(Keys.DELETE)
    assert len(lab.js("lab.session.corners")) == 4
    lab.button("Add a corner")
    assert len(lab.js("lab.session.corners")) == 5


def test_by_touch_on_a_phone(chromium, places):  # noqa: F811
    page = Page(chromium, places["file"], 390, 844, touch=True)
    page.drag("Neuron 3, origin", 45, 0, touch=True)
    assert page.experiment["start"]["biases"][2] < -1.3
    page.drag("Neuron 1, weight", 0, -30, touch=True)
    assert page.experiment["start"]["weights"][0] > 0.1
    assert page.js("document.documentElement.scrollWidth") == 390
    small = page.js("[...document.querySelectorAll('button, select, [role=slider]')].filter(b => b.offsetParent && "
                    "b.offsetHeight < 24 && b.ariaOrientation !== 'horizontal').length")  # fmt: skip
    assert small == 0


def test_everything_by_keys(page):
    page.focus("Neuron 1, origin")
    page.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert page.experiment["start"]["biases"][0] == pytest.approx(-0.02, abs=1e-9)
    assert page.js("document.activeElement.ariaValueText") == "0.020"
    page.press(Keys.SHIFT + Keys.ARROW_LEFT)
    page.focus("Neuron 1, weight")
    page.press(Keys.PAGE_UP)
    assert page.experiment["start"]["weights"][0] == pytest.approx(0.1)
    page.focus("Target, left end")
    page.press(Keys.ARROW_UP)
    assert page.experiment["target"]["output_bias"] == pytest.approx(0.01)
    page.focus("Target, corner 1, place")
    page.press(Keys.ARROW_LEFT)
    assert page.js("lab.session.corners[1][0]") == pytest.approx(0.99)
    page.press(Keys.CONTROL + "z")
    assert page.js("lab.session.corners[1][0]") == 1
    page.js("void document.activeElement.blur()")
    page.js("void document.querySelector('.layer [role=slider]').focus()")
    page.press(" ")
    page.until("lab.session.position > 1", "it plays")
    page.press(" ")
    assert not page.js("lab.player.playing")


def test_time(page):
    assert "iteration 0" in page.text and "end as one" in page.text
    page.button("One update")
    page.button("One update")
    run = train(Experiment.from_library("merging-neurons"))
    assert "iteration 2" in page.text
    assert page.js("lab.session.network.weights") == run.weights[2].tolist()
    page.button("One epoch")
    assert page.js("lab.session.state.iteration") == 400
    page.button("One epoch")
    assert page.js("lab.session.state.iteration") == 800
    page.button("End")
    assert page.js("lab.session.network.biases") == run.biases[-1].tolist()
    page.button("Start")
    page.button("Play")
    page.until("lab.session.position > 3", "it goes on")
    page.button("Pause")
    assert page.js("Number.isInteger(lab.session.position)")
    scrub = "document.querySelector('.scrub')"
    page.js(f"void ({scrub}.value = 700, {scrub}.dispatchEvent(new Event('input')))")
    page.settled()
    assert page.js(f"{scrub}.getAttribute('aria-valuetext')").endswith("of 20,000")
    assert 500 < page.js("lab.session.state.iteration") == read_iteration(page.link)


def test_one_update_with_its_numbers(lab):
    run = train(Experiment.from_library("merging-neurons"))
    lab.js("void lab.player.seek(983)")
    lab.settled()
    x, delta, weight, bias = run.inputs[983], run.residuals[983], run.weights[983, 0], run.biases[983, 0]
    rule = 1 if delta > 0 else 3
    assert f"984. x = {x:.3f}, δ = {delta:.3f}: too low".replace("-", "−") in lab.text
    assert f"w₁ ← {weight:.3f} + 2·0.01·{delta:.3f}·{x + bias:.3f}" in lab.text
    assert f"rule {rule}" in lab.text


def test_settings_presets_and_what_does_not_fit(lab):
    def put(name, value):
        choose(f"document.getElementsByName('{name}')[0]", value)

    def choose(element, value):
        lab.js(f"void ({element}.value = arguments[0], {element}.dispatchEvent(new Event('change')))", value)
        lab.settled()

    lab.js("void document.querySelectorAll('details').forEach(d => { d.open = true; })")
    put("optimizer.name", "adam")
    put("batch_size", "20")
    put("data.noise", "0.2")
    put("iterations", "3000")
    experiment = read_link(lab.link)
    assert (experiment.optimizer.name, experiment.batch_size, experiment.noise) == ("adam", 20, 0.2)
    lab.until("document.querySelector('.hash').textContent.length === 64", "the hash is there")
    assert lab.js("document.querySelector('.hash').textContent") == state_hash(train(experiment))
    put("iterations", "200001")
    assert "at most 200,000 iterations" in lab.text and lab.experiment["iterations"] == 3000
    choose("document.querySelector('.preset')", "two-neurons")
    assert read_link(lab.link).same_run(Experiment.from_library("two-neurons"))
    count = "document.querySelector('.settings input[type=number]')"
    choose(count, "8")
    assert len(lab.experiment["start"]["weights"]) == 8
    choose(count, "9")
    assert "eight neurons" in lab.text and len(lab.experiment["start"]["weights"]) == 8


def test_exact_numbers_and_runs_too_long_to_wait_for(lab):
    lab.js("void document.querySelectorAll('details').forEach(d => { d.open = true; })")
    put = "void (i => { i.value = arguments[1]; i.dispatchEvent(new Event('change')); })"
    put += "(document.getElementsByName(arguments[0])[0])"
    lab.js(put, "start.weights", "0.0012345, -0, 3, 1e-7")
    assert lab.experiment["start"]["weights"] == [0.0012345, 0, 3, 1e-7]
    lab.js(put, "start.weights", "1, 2, 3")
    assert "3 of 4 numbers" in lab.text and lab.experiment["start"]["weights"][2] == 3
    lab.js(put, "iterations", "2000")
    lab.button("all")
    assert lab.experiment["batch_size"] == 400
    lab.js(put, "data.samples", "1000")
    assert lab.experiment["batch_size"] == 1000, "all stay all"
    lab.js(put, "iterations", "100001")
    assert "100 million samples at most" in lab.text and lab.experiment["iterations"] == 2000


def test_every_control_is_reached_by_tab(lab):
    lab.js("void document.querySelectorAll('details').forEach(d => { d.open = true; })")
    kinds = "button, select, input, textarea, summary, [role=slider], canvas[tabindex]"
    controls = f"[...document.querySelectorAll('{kinds}')].filter(c => c.offsetParent && !c.disabled)"
    lab.js("void document.querySelector('h1').focus()")
    reached = set()
    for _ in range(lab.js(f"{controls}.length") + 5):
        lab.browser.switch_to.active_element.send_keys(Keys.TAB)
        reached.add(lab.js(f"{controls}.indexOf(document.activeElement)"))
    missing = lab.js(f"{controls}.map((c, k) => [k, c.ariaLabel || c.name || c.textContent])")
    assert [name for k, name in missing if k not in reached] == []


def test_own_data_is_dragged(lab):
    lab.js("void (document.querySelector('textarea').value = 'x, y\\n0, 1\\n1, 2.5\\n2, 2\\n')")
    lab.button("Use these")
    assert lab.experiment["data"]["points"] == [[0, 1], [1, 2.5], [2, 2]]
    lab.drag("Sample 2", 0, 30)
    points = read_link(lab.link).points
    assert points[1][1] < 2.4 and points[0] == (0.0, 1.0)
    lab.js("void (document.querySelector('textarea').value = '0, 1\\n1, no\\n')")
    lab.button("Use these")
    assert "is not two numbers" in lab.text
    lab.button("Drawn data again")
    assert "points" not in lab.experiment["data"]


def test_what_is_taken_along(lab, tmp_path):
    lab.command("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    lab.command("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    lab.drag("Neuron 2, origin", 50, 0)
    experiment = read_link(lab.link)

    def copied(name):
        lab.button(name)
        lab.until("lab.message === 'Copied.'", "it says so")
        lab.js("void (lab.message = '')")
        return lab.browser.execute_async_script("navigator.clipboard.readText().then(arguments[0])")

    assert copied("Copy link") == lab.link
    toml = tomllib.loads(copied("Copy TOML"))
    assert Experiment.from_dict(toml, name="toml", source="toml").same_run(experiment)
    command = shlex.split(copied("Film this"))
    assert command[:2] == ["reluviz", "explain"] and read_link(command[2]).same_run(experiment)
    lab.button("Download TOML")
    WebDriverWait(lab.browser, 10, 0.05).until(lambda _: (tmp_path / "two-neurons-become-one.toml").is_file())
    assert Experiment.from_toml(tmp_path / "two-neurons-become-one.toml").same_run(experiment)


def test_light_or_dark_as_wished(lab):
    colours = "[getComputedStyle(document.querySelector('.reluviz-lab')).backgroundColor, lab.theme.name]"
    assert lab.js(colours) == [rgb(THEMES["dark"].background), "dark"]
    lab.button("Light or dark")
    assert lab.js(colours) == [rgb(THEMES["light"].background), "light"]
    assert lab.js("getComputedStyle(document.body).backgroundColor") == rgb(THEMES["light"].background)


def test_kept_runs_stay_and_travel(lab):
    lab.button("Keep this run")
    lab.drag("Neuron 1, origin", 60, 0)
    assert lab.js("lab.session.kept.length") == 1
    link = lab.link
    again = Page(lab.browser, link)
    assert again.js("lab.session.kept[0].experiment.start.biases[0]") == -0.002
    again.button("Take")
    assert again.experiment["start"]["biases"][0] == -0.002
    again.button("Let go")
    assert again.js("lab.session.state.kept.length") == 0


def test_a_drag_in_the_middle_makes_a_start_of_that_state(lab):
    lab.js("void lab.player.seek(983)")
    lab.settled()
    run = train(Experiment.from_library("merging-neurons"))
    lab.drag("Neuron 4, origin", 30, 0)
    start = lab.experiment["start"]
    assert start["weights"] == run.weights[983].tolist() and start["biases"][:3] == run.biases[983, :3].tolist()
    assert lab.js("lab.session.state.iteration") == 0 and "A new start, from iteration 983" in lab.text


def test_a_link_that_is_wrong_says_so(lab, places):
    link = write_link(Experiment.from_library("two-neurons"))
    page = Page(lab.browser, places["http"] + "#" + link.replace("iterations=", "iterations=9999"))
    assert "at most 200,000 iterations" in page.text
    page.js("void (location.hash = arguments[0])", link)
    page.until("lab.session.experiment.title === 'Two neurons part'", "the address is followed")


def test_the_map_trains_in_workers_and_a_click_starts_there(page):
    short = Experiment.from_library("merging-neurons").to_dict() | {"iterations": 40}
    short = Experiment.from_dict(short, name="short", source="here")
    page.js("void lab.open(arguments[0])", write_link(short))
    page.button("Draw the map")
    page.until("document.querySelector('.map-panel .note').textContent.includes('9,216 starts in')", "it ends", 60)
    assert page.js("lab.map.errors.every(Number.isFinite)")
    page.js("void lab.map.canvas.focus()")
    page.press(Keys.ARROW_RIGHT)
    page.until("document.querySelector('.map-panel .note').textContent.includes('typical error')", "it is told")
    page.press(Keys.ENTER)
    start = page.experiment["start"]
    cell = page.js("lab.map.errors[lab.map.cell[1] * 96 + lab.map.cell[0]]")
    again = train(Experiment.from_dict(short.to_dict() | {"start": start}, name="there", source="here"))
    residuals = again.experiment.targets() - again.end(again.experiment.samples())
    assert cell == pytest.approx((residuals**2).mean() ** 0.5, rel=1e-12)


def test_within_another_page(chromium, places):  # noqa: F811
    chromium.get(places["course"])
    chromium.switch_to.frame(0)
    wait = WebDriverWait(chromium, 15, 0.05)
    wait.until(lambda browser: browser.execute_script("return document.querySelectorAll('.handle.disc').length === 4"))
    chromium.switch_to.default_content()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 820, 1440])
def test_axe_finds_nothing(chromium, places, scheme, width):  # noqa: F811
    needed(str(AXE) if AXE.is_file() else None, "axe-core: npm install --prefix tests/publish/node")
    page = Page(chromium, places["http"], width, 900, scheme=scheme)
    page.js("void document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.button("Keep this run")
    page.settled()
    page.browser.execute_script(AXE.read_text())
    found = page.browser.execute_async_script("axe.run().then(arguments[0])")["violations"]
    told = [(v["id"], v["impact"], [node["target"] for node in v["nodes"]]) for v in found]
    assert told == [], json.dumps(told)


def test_bits_in_the_browser(chromium, experiments):  # noqa: F811
    """The modules as they stand, over HTTP: every run's states hash as Python's."""
    with served(WEB) as address:
        chromium.get(address + "package.json")
        hashes = chromium.execute_async_script(
            """const [descriptions, done] = arguments;
            const modules = ["training", "state", "digest"].map((name) => import(`./science/${name}.js`));
            Promise.all(modules).then(([t, s, d]) =>
              done(descriptions.map((description) => {
                const experiment = s.settled(description);
                return [...d.stateHash(t.train(experiment, t.drawData(experiment)))].at(-1);
              })));""",
            [one.to_dict() for one in experiments],
        )
    assert hashes == [state_hash(train(one)) for one in experiments]



"""Every control of the page by mouse, by keys and by touch: a table of them, which must be all that there are."""

import dataclasses
import re

import pytest
from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from reluviz.core import Experiment
from reluviz.lab.link import write_link
from tests.lab.browser import Page

SHORT = Experiment.from_library("merging-neurons").to_dict() | {"iterations": 400, "title": "Short"}
PAST = "[lab.session.history.past.length, lab.session.history.future.length]"
START = "JSON.stringify(lab.session.experiment.start)"
TARGET = "JSON.stringify(lab.session.experiment.target)"
POINTS = "JSON.stringify(lab.session.experiment.data.points)"
AT = "lab.session.position"


def made(**changes):
    return Experiment.from_dict(SHORT | changes, name="short", source="here")


def own(count):
    points = [[k / 50, 1.0 + k % 7 / 10] for k in range(count)]
    return made(data={"points": points, "seed": 1})


STATES = {
    "drawn": write_link(made(), kept=[made(learning_rate=0.02)], iteration=100, film="one-neuron", second=3.0),
    "own": write_link(own(3)),
    "many": write_link(own(150)),
    "momentum": write_link(made(optimizer={"name": "momentum"})),
    "adam": write_link(made(optimizer={"name": "adam"})),
}


@dataclasses.dataclass(frozen=True)
class Control:
    """One control. watched: what using it must change. text: what is typed into it. state: where it is seen."""

    name: str
    watched: str
    text: str = ""
    state: str = "drawn"


def field(name, key, text="", state="drawn"):
    return Control(name, f"lab.session.experiment.{key}", text, state)


CONTROLS = [
    Control("Experiment", "lab.session.experiment.title"),
    Control("Back to the film", "location.href"),
    Control("Undo", PAST), Control("Redo", PAST),
    Control("Light or dark", "lab.theme.name"),
    Control("Start", AT), Control("Play", AT), Control("One update", AT), Control("One epoch", AT), Control("End", AT),
    Control("Speed", "lab.player.speed"), Control("Time", AT),
    *(Control(f"section {name}", f"[...document.querySelectorAll('details')].map(d => d.open)[{k}]")
      for k, name in enumerate(("Numbers", "The next update", "Error over iterations", "Settings", "Target and data",
                                "Compare", "Map of starts", "Take it with you"))),
    Control("Neurons", "lab.session.experiment.start.weights.length", "6"),
    field("Title", "title", "Mine"), field("Learning rate", "learning_rate", "0.02"),
    field("Iterations", "iterations", "300"), field("Stop when every δ is below", "stop_below", "0.5"),
    field("Order of samples", "order"), field("Samples an update", "batch_size", "20"), field("all", "batch_size"),
    field("Train the output bias", "train_output_bias"), field("Optimiser", "optimizer.name"),
    field("Momentum", "optimizer.momentum", "0.5", "momentum"), field("β₁", "optimizer.beta1", "0.5", "adam"),
    field("β₂", "optimizer.beta2", "0.5", "adam"), field("ε", "optimizer.epsilon", "0.5", "adam"),
    field("Target, weights", "target.weights[0]", "1, -1, -2, -1"),
    field("Target, biases", "target.biases[1]", "0, -1.5, -2, -3"),
    field("Target, output bias", "target.output_bias", "1"), field("Start, weights", "start.weights[0]", "1, 1, 1, 1"),
    field("Start, biases", "start.biases[0]", "-1, -1, -1, -1"), field("Start, output bias", "start.output_bias", "1"),
    field("Data from", "data.low", "-1"), field("Data to", "data.high", "5"), field("Samples", "data.samples", "50"),
    field("Data seed", "data.seed", "7"), field("Noise", "data.noise", "0.1"),
    Control("Add a corner", TARGET), Control("Take one away", TARGET),
    Control("Own data, a line x, y for each sample", "document.querySelector('textarea').value", "0, 1"),
    Control("Use these", "lab.own.problem.textContent"), Control("Start from a few", POINTS),
    Control("Drawn data again", POINTS, state="own"),
    Control("Keep this run", "lab.session.state.kept.length"),
    Control("Take kept run A", "lab.session.experiment.learning_rate"),
    Control("Let go of kept run A", "lab.session.state.kept.length"),
    Control("Across", "lab.map.across.selectedIndex"), Control("Up", "lab.map.up.selectedIndex"),
    Control("Draw the map", "lab.map.go.textContent"), Control("Map of starts", START), Control("Start there", START),
    Control("Copy link", "lab.message"), Control("Copy TOML", "lab.message"), Control("Film this", "lab.message"),
    Control("Download TOML", "lab.message"),
    *(Control(f"Neuron {k}, {part}", START) for k in (1, 2, 3, 4) for part in ("origin", "weight")),
    Control("Target, left end, height", TARGET), Control("Target, right end, height", TARGET),
    *(Control(f"Target, corner {k}, {part}", TARGET) for k in (1, 2, 3) for part in ("height", "place")),
    *(Control(f"Sample {k}", POINTS, state="own") for k in (1, 2, 3)),
    Control("Sample 1", POINTS, state="many"), Control("Which sample", "lab.board.picked.at", state="many"),
]  # fmt: skip

READY = """const [state, name, way, watched, done] = arguments;
document.activeElement.blur(); // a section that is opened with the focus in it scrolls
document.querySelectorAll("details").forEach((one) => { one.open = true; });
if (state) lab.open(state);
lab.session.keep();
lab.session.undo();
lab.message = "";
lab.board.picked.at = 0;
const kinds = "button, select, input, textarea, summary, a[href], [role=slider], [tabindex]";
const named = (one) => one.localName === "summary" ? `section ${one.textContent}` : one.ariaLabel
  || (one.localName !== "button" && one.closest("label")?.querySelector("span")?.textContent) || one.textContent;
requestAnimationFrame(() => requestAnimationFrame(() => {
  const seen = [...document.querySelectorAll(kinds)].filter((one) => one.offsetParent);
  if (!name) return done(seen.map(named));
  const one = seen.find((other) => named(other).replace(/(, height)? at .*|\\. Arrow.*/, "$1") === name);
  if (!one) return done(null);
  one.scrollIntoView({ block: "center" });
  if (way === "keys") one.focus({ preventScroll: true });
  const box = one.getBoundingClientRect();
  done({ kind: one.role === "slider" ? "slider" : one.localName === "input" ? one.type : one.localName,
    box: [box.x, box.y, box.width, box.height], before: JSON.stringify(eval(watched)), element: one });
}));"""


def ready(page, control=None, state="drawn", way=""):
    """The page in a state; of a control its kind, box, element and what it watches, or the names of all controls."""
    words = (control.name, way, control.watched) if control else ("", "", "")
    return page.browser.execute_async_script(READY, STATES.get(state), *words)


def use(page, control, found, way):
    """Takes the control, in one of the three ways."""
    x, y, width, height = found["box"]
    kind, keys, touch = found["kind"], way == "keys", way == "touch"

    def tap(across=0.5):
        """Of what is in sight there: nothing may lie over it."""
        page.move([(x + across * width, y + height / 2)], touch)

    if kind == "slider":
        middle = (x + width / 2, y + height / 2)
        path = [middle, (middle[0] + 9, middle[1] - 5), (middle[0] + 17, middle[1] - 9)]
        return page.press(Keys.ARROW_UP) if keys else page.move(path, touch)
    if kind == "select" and keys:
        return page.press(Keys.ARROW_DOWN)
    if kind == "select":  # the list that opens is not the page's
        last = len(Select(found["element"]).options) - 1
        at = int(found["element"].get_attribute("selectedIndex"))
        return Select(found["element"]).select_by_index(last if at < last else 0)
    if kind == "range":
        return page.press(Keys.ARROW_RIGHT) if keys else tap(0.9)
    if control.text:
        if not keys:
            tap()
        page.js("void document.activeElement.select()")
        return page.press(control.text, Keys.TAB)
    if keys:
        return page.press(" " if kind == "checkbox" else Keys.ENTER)
    return tap(0.3 if kind == "canvas" else 0.5)


def look(page, way):
    """At a start of the map, without taking it."""
    found = ready(page, next(one for one in CONTROLS if one.name == "Map of starts"), way=way)
    page.js("void lab.map.begin()")
    x, y, width, height = found["box"]
    if way == "keys":
        page.press(Keys.ARROW_RIGHT)
    elif way == "touch":
        page.move([(x + 0.3 * width, y + height / 2)], True)
    else:
        page.point("mouse", "over", x + 0.3 * width, y + height / 2)


def test_the_table_has_every_control(lab):
    for state in STATES:
        for name in ready(lab, state=state):
            name = re.sub(r"(, height)? at .*|\. Arrow.*", r"\1", name)
            assert name in [one.name for one in CONTROLS], name


@pytest.mark.parametrize("way", ["mouse", "keys", "touch"])
def test_every_control(chromium, places, way):
    page = Page(chromium, places["http"], *((390, 844) if way == "touch" else (1440, 900)), touch=way == "touch")
    page.command("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    failed = []
    for control in CONTROLS:
        if control.name == "Start there":
            look(page, way)
            found = ready(page, control, None, way)
        else:
            found = ready(page, control, control.state, way)
        if not found:
            failed.append(f"{control.name}: not there")
            continue
        if control.name == "Map of starts":
            page.js("void lab.map.begin()")
        small = round(min(found["box"][2:])) < (32 if "place" in control.name or "Which" in control.name else 44)
        if way == "touch" and small and found["kind"] != "a":
            failed.append(f"{control.name}: {found['box'][2:]}")
        use(page, control, found, way)
        if (control.name, way) == ("Map of starts", "touch"):
            continue  # a finger looks first: "Start there" takes it
        try:
            page.until(f"JSON.stringify({control.watched}) !== arguments[0]", "it does something", 3, found["before"])
        except TimeoutException:
            failed.append(f"{control.name}: {found['before']} stays")
        if control.name == "Back to the film":
            page.open(places["http"])
    assert failed == []


def test_all_is_reached_by_tab(lab):
    names = ready(lab)
    lab.js("void document.querySelector('h1').focus()")
    reached = 0
    new = "(one => one !== document.body && !one.seen && (one.seen = true))(document.activeElement)"
    for _ in range(len(names) + 5):
        lab.press(Keys.TAB)
        reached += lab.js(new)
    assert reached >= len(names) - lab.js("document.querySelectorAll('.lab :disabled').length")


def test_a_finger_that_drags_does_not_scroll(chromium, places):
    page = Page(chromium, places["file"], 390, 844, touch=True)
    page.drag("Neuron 3, origin", 30, -60, touch=True)
    page.drag("Target, corner 2, height", 0, 40, touch=True)
    assert page.js("scrollY") == 0 and page.experiment["start"]["biases"][2] < -1.2
    assert page.js("lab.session.corners[2][1]") < 2.9
    assert page.js("document.documentElement.scrollWidth") == 390

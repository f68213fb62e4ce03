"""The lab in a notebook: the same page as a widget, whose state Python can read while it is dragged.

Needs the extra "jupyter": pip install "reluviz[jupyter]".
"""

from __future__ import annotations

import functools
from typing import Any

import anywidget
import traitlets

from reluviz.core import Experiment, Trajectory
from reluviz.core.training.one import train
from reluviz.lab.bundle import joined
from reluviz.lab.link import open_experiment, read_iteration, read_link, write_link
from reluviz.lab.page import given, styles

_RENDER = """
export default {
  render({ model, el }) {
    const root = document.createElement("div");
    root.style.setProperty("--height", "640px");
    el.append(root);
    const source = `(${reluvizLab})().work();`;
    const given = { ...model.get("given"), state: model.get("state") };
    let told = given.state;
    const changed = (text) => {
      if (text === told) return;
      told = text;
      model.set("state", text);
      model.save_changes();
    };
    const lab = reluvizLab().mount(root, given, { source, address: false, changed });
    model.on("change:state", () => {
      if (model.get("state") === told) return;
      told = model.get("state");
      lab.open(told);
    });
    return () => lab.close();
  },
};
"""


class Lab(anywidget.AnyWidget):
    """The lab, in a notebook.

    name: an experiment of the library, a TOML file, a link, or an Experiment. `experiment`, `iteration` and `run` are
    what the page shows; observe "state" to follow them. Raises ExperimentError for what the lab cannot show.
    """

    _esm = joined() + _RENDER
    _css = styles()
    given = traitlets.Dict().tag(sync=True)
    state = traitlets.Unicode().tag(sync=True)

    def __init__(self, name: str | Experiment = "merging-neurons", iteration: int | None = None, **traits: Any) -> None:
        experiment = name if isinstance(name, Experiment) else open_experiment(name)
        if iteration is None:
            iteration = read_iteration(name) if isinstance(name, str) else 0
        super().__init__(given=given(), state=write_link(experiment, iteration=iteration), **traits)

    @property
    def experiment(self) -> Experiment:
        """What the page trains. Set, it is shown from its start."""
        return read_link(self.state)

    @experiment.setter
    def experiment(self, experiment: Experiment) -> None:
        self.state = write_link(experiment)

    @property
    def iteration(self) -> int:
        """The iteration that the page shows."""
        return read_iteration(self.state)

    @iteration.setter
    def iteration(self, iteration: int) -> None:
        self.state = write_link(self.experiment, iteration=iteration)

    @property
    def run(self) -> Trajectory:
        """The run of the experiment, trained here: the same bits as in the page."""
        return _trained(write_link(self.experiment))


@functools.lru_cache(maxsize=4)
def _trained(link: str) -> Trajectory:
    return train(read_link(link))
